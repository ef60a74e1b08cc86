using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Time;
using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Health;

/// <summary>
/// Looks once a second at what can fail, says when it does and when it is well again, keeps the light true, and frees a receiver
/// that has stalled.
/// </summary>
public sealed class HealthWatch
{
    private const long Second = 1000000;

    /// <summary>A link that is gone for less is a cable being straightened.</summary>
    private const long LinkDown = 3 * Second;

    /// <summary>A link that holds for less still flaps.</summary>
    private const long LinkUp = 10 * Second;

    /// <summary>On an imaging VLAN something is said every few seconds, if only ARP.</summary>
    private const long Silence = 60 * Second;

    /// <summary>Losses that pause for less are one loss.</summary>
    private const long LossPause = 60 * Second;

    /// <summary>A receiver with work to do that delivers nothing for so long is stalled.</summary>
    private const long Stall = 5 * Second;

    /// <summary>Between two resets of the receiver: each costs some milliseconds of frames.</summary>
    private const long ResetPause = 30 * Second;

    /// <summary>Connecting takes some seconds, TLS more.</summary>
    private const long CollectorAway = 30 * Second;

    /// <summary>An answer on the first attempts, 16 s and 32 s apart, is no trouble.</summary>
    private const long ClockAway = 60 * Second;

    /// <summary>Octets: less leaves no room for a new table's trial.</summary>
    private const long LittleMemory = 16384;

    private readonly byte[] _kind = LineBuffer.Word("health");
    private readonly byte[] _part = LineBuffer.Word("part");
    private readonly byte[] _state = LineBuffer.Word("state");
    private readonly byte[] _turns = LineBuffer.Word("turns");
    private readonly byte[] _lost = LineBuffer.Word("lost");
    private readonly byte[] _missed = LineBuffer.Word("missed");
    private readonly byte[] _dropped = LineBuffer.Word("dropped");
    private readonly byte[] _repeated = LineBuffer.Word("repeated");
    private readonly byte[] _waiting = LineBuffer.Word("waiting");
    private readonly byte[] _resets = LineBuffer.Word("resets");
    private readonly byte[] _step = LineBuffer.Word("step");
    private readonly byte[] _problem = LineBuffer.Word("problem");
    private readonly byte[] _octets = LineBuffer.Word("octets");
    private readonly byte[] _transmitted = LineBuffer.Word("transmitted");

    private readonly byte[] _mirror = LineBuffer.Word("mirror");
    private readonly byte[] _ring = LineBuffer.Word("ring");
    private readonly byte[] _receiver = LineBuffer.Word("receiver");
    private readonly byte[] _uplinkPart = LineBuffer.Word("uplink");
    private readonly byte[] _collector = LineBuffer.Word("collector");
    private readonly byte[] _clockPart = LineBuffer.Word("clock");
    private readonly byte[] _storage = LineBuffer.Word("storage");
    private readonly byte[] _memory = LineBuffer.Word("memory");
    private readonly byte[] _transmitter = LineBuffer.Word("transmitter");

    private readonly byte[] _linkLost = LineBuffer.Word("link-lost");
    private readonly byte[] _linkBack = LineBuffer.Word("link-up");
    private readonly byte[] _silent = LineBuffer.Word("silent");
    private readonly byte[] _frames = LineBuffer.Word("frames");
    private readonly byte[] _losing = LineBuffer.Word("losing");
    private readonly byte[] _keepsUp = LineBuffer.Word("keeps-up");
    private readonly byte[] _reset = LineBuffer.Word("reset");
    private readonly byte[] _unreachable = LineBuffer.Word("unreachable");
    private readonly byte[] _reached = LineBuffer.Word("reached");
    private readonly byte[] _none = LineBuffer.Word("none");
    private readonly byte[] _unknown = LineBuffer.Word("unknown");
    private readonly byte[] _synchronized = LineBuffer.Word("synchronized");
    private readonly byte[] _unsynchronized = LineBuffer.Word("unsynchronized");
    private readonly byte[] _stepped = LineBuffer.Word("stepped");
    private readonly byte[] _failing = LineBuffer.Word("failing");
    private readonly byte[] _well = LineBuffer.Word("well");
    private readonly byte[] _low = LineBuffer.Word("low");
    private readonly byte[] _sent = LineBuffer.Word("sent");

    private readonly byte[] _sayLinkLost = LineBuffer.Word("no link on the mirror port: look at the cable and the switch");
    private readonly byte[] _sayLinkBack = LineBuffer.Word("the mirror port has a link again");
    private readonly byte[] _saySilent = LineBuffer.Word("a link and no frames for a minute: the switch mirrors nothing");
    private readonly byte[] _sayFrames = LineBuffer.Word("frames come again");
    private readonly byte[] _sayLosing = LineBuffer.Word("more frames than the box can take: some are lost");
    private readonly byte[] _sayKeepsUp = LineBuffer.Word("no frame was lost for a minute");
    private readonly byte[] _sayReset = LineBuffer.Word("the receiver had stalled and was reset");
    private readonly byte[] _sayUplinkLost = LineBuffer.Word("no link on the uplink: messages wait");
    private readonly byte[] _sayUplinkBack = LineBuffer.Word("the uplink has a link again");
    private readonly byte[] _sayUnreachable = LineBuffer.Word("the collector can't be reached: messages wait");
    private readonly byte[] _sayReached = LineBuffer.Word("the collector is reached again");
    private readonly byte[] _sayNoCollector = LineBuffer.Word("the table names no collector");
    private readonly byte[] _sayNoServer = LineBuffer.Word("the table names no time server: times are those of the box");
    private readonly byte[] _sayNoTime = LineBuffer.Word("the time server does not answer");
    private readonly byte[] _saySynchronized = LineBuffer.Word("the time is that of the time server");
    private readonly byte[] _sayStepped = LineBuffer.Word("the clock was set by a step, as two answers of the time server agreed");
    private readonly byte[] _sayFailing = LineBuffer.Word("the storage does not keep what is written");
    private readonly byte[] _sayStorageWell = LineBuffer.Word("the storage works again");
    private readonly byte[] _sayLow = LineBuffer.Word("little memory is left");
    private readonly byte[] _sayMemoryWell = LineBuffer.Word("there is memory again");
    private readonly byte[] _saySent = LineBuffer.Word("the mirror port has transmitted, which it must not: take the box off the network");

    private readonly Condition _mirrorLink = new Condition(LinkDown, LinkUp);
    private readonly Condition _mirrorSilence = new Condition(0, 0);
    private readonly Condition _ringLoss = new Condition(0, 0);
    private readonly Condition _uplinkLink = new Condition(LinkDown, LinkDown);
    private readonly Condition _collectorAway = new Condition(CollectorAway, 0);
    private readonly Condition _noCollector = new Condition(0, 0);
    private readonly Condition _clockAway = new Condition(ClockAway, 0);
    private readonly Condition _storageBad = new Condition(0, 0);
    private readonly Condition _memoryLow = new Condition(0, 60 * Second);

    private readonly IMirrorPort _port;
    private readonly IUplink _uplink;
    private readonly SyslogSender _sender;
    private readonly ClockKeeper _clock;
    private readonly TableStore _store;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    private long _received;
    private long _receivedAt;
    private long _missedSeen;
    private long _missedAtReceived;
    private long _lostSeen;
    private long _lostAt;
    private long _lostBefore;
    private long _missedBefore;
    private long _resetAt;
    private long _transmittedTold;
    private int _stepsTold;
    private bool _isSynchronizedTold;
    private int _droppedTold;
    private int _repeatedTold;

    /// <summary>Times that the receiver was reset.</summary>
    public int Resets;

    /// <summary>The boot count could not be written at the start.</summary>
    public bool IsBootCountBad;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">The mirror port.</param>
    /// <param name="uplink">The uplink.</param>
    /// <param name="sender">The way to the collector.</param>
    /// <param name="clock">The time.</param>
    /// <param name="store">The tables.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public HealthWatch(IMirrorPort port, IUplink uplink, SyslogSender sender, ClockKeeper clock, TableStore store,
        MessageWriter writer,
        StatusLight light)
    {
        _port = port;
        _uplink = uplink;
        _sender = sender;
        _clock = clock;
        _store = store;
        _writer = writer;
        _light = light;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _receivedAt = now;
        _resetAt = now - ResetPause;
        _lostAt = now - LossPause;
    }

    /// <summary>Looks at everything; called once a second.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="hasTime">The time of day is known.</param>
    public void Look(long now, bool hasTime)
    {
        LookAtMirror(now);
        LookAtRing(now);
        LookAtUplink(now);
        LookAtClock(now, hasTime);
        LookAtBox(now);
    }

    private void LookAtMirror(long now)
    {
        bool hasLink = _port.IsLinkUp();
        long received = _port.Counter(PortCounter.Received);
        long missed = _port.Counter(PortCounter.Missed);
        if (received != _received || !hasLink)
        {
            _received = received;
            _receivedAt = now;
            _missedAtReceived = missed;
        }
        else if (now - _receivedAt >= Stall && missed > _missedAtReceived && now - _resetAt >= ResetPause)
        {
            // There are frames, and the receiver delivers none of them.
            _port.ResetReceiver();
            _resetAt = now;
            Resets++;
            Begin(_receiver, _reset, MessageWriter.Warning);
            _writer.Number(_missed, missed - _missedAtReceived);
            _writer.Number(_resets, Resets);
            End(_sayReset);
        }

        if (_mirrorLink.See(!hasLink, now))
        {
            Begin(_mirror, _mirrorLink.IsBad ? _linkLost : _linkBack,
                _mirrorLink.IsBad ? MessageWriter.Warning : MessageWriter.Notice);
            _writer.Number(_turns, _mirrorLink.Turns);
            End(_mirrorLink.IsBad ? _sayLinkLost : _sayLinkBack);
        }

        if (_mirrorSilence.See(hasLink && now - _receivedAt >= Silence, now))
        {
            Begin(_mirror, _mirrorSilence.IsBad ? _silent : _frames,
                _mirrorSilence.IsBad ? MessageWriter.Warning : MessageWriter.Notice);
            End(_mirrorSilence.IsBad ? _saySilent : _sayFrames);
        }

        _light.Set(LightCode.NoMirror, _mirrorLink.IsBad);
        _light.Set(LightCode.NoFrames, _mirrorSilence.IsBad);
        long transmitted = _port.Counter(PortCounter.Transmitted);
        if (transmitted > _transmittedTold)
        {
            _transmittedTold = transmitted;
            Begin(_transmitter, _sent, MessageWriter.Error);
            _writer.Number(_transmitted, transmitted);
            End(_saySent);
            _light.Set(LightCode.Broken, true);
        }
    }

    private void LookAtRing(long now)
    {
        long lost = _port.Counter(PortCounter.Lost);
        long missed = _port.Counter(PortCounter.Missed);
        if (lost != _lostSeen || missed != _missedSeen)
        {
            _lostSeen = lost;
            _missedSeen = missed;
            _lostAt = now;
        }

        if (!_ringLoss.See(now - _lostAt < LossPause, now))
        {
            return;
        }

        Begin(_ring, _ringLoss.IsBad ? _losing : _keepsUp, _ringLoss.IsBad ? MessageWriter.Warning : MessageWriter.Notice);
        _writer.Number(_lost, lost - _lostBefore);
        _writer.Number(_missed, missed - _missedBefore);
        End(_ringLoss.IsBad ? _sayLosing : _sayKeepsUp);
        if (!_ringLoss.IsBad)
        {
            _lostBefore = lost;
            _missedBefore = missed;
        }
    }

    private void LookAtUplink(long now)
    {
        bool hasLink = _uplink.IsLinkUp();
        if (!hasLink)
        {
            _sender.LoseLink();
        }

        if (_uplinkLink.See(!hasLink, now))
        {
            Begin(_uplinkPart, _uplinkLink.IsBad ? _linkLost : _linkBack, MessageWriter.Warning);
            _writer.Number(_turns, _uplinkLink.Turns);
            End(_uplinkLink.IsBad ? _sayUplinkLost : _sayUplinkBack);
        }

        bool isNone = _sender.Address.Protocol == CollectorAddress.None;
        if (_noCollector.See(isNone, now) && isNone)
        {
            Begin(_collector, _none, MessageWriter.Warning);
            End(_sayNoCollector);
        }

        bool isReached = _sender.IsOpen && _sender.Failures == 0;
        if (_collectorAway.See(!isReached && (_collectorAway.IsBad || !_sender.IsOpen) && !isNone && hasLink, now))
        {
            Begin(_collector, _collectorAway.IsBad ? _unreachable : _reached, MessageWriter.Warning);
            _writer.Number(_waiting, _sender.Queue.Count);
            PutLosses();
            End(_collectorAway.IsBad ? _sayUnreachable : _sayReached);
        }
        else if (isReached && (_sender.Queue.Dropped != _droppedTold || _sender.Queue.Repeated != _repeatedTold))
        {
            Begin(_collector, _reached, MessageWriter.Warning);
            PutLosses();
            End(_sayReached);
        }

        _light.Set(LightCode.NoUplink, _uplinkLink.IsBad);
        _light.Set(LightCode.NoCollector, isNone || _collectorAway.IsBad);
    }

    // Messages dropped and sent again since that was last told.
    private void PutLosses()
    {
        AlertQueue queue = _sender.Queue;
        _writer.Number(_dropped, queue.Dropped - _droppedTold);
        _writer.Number(_repeated, queue.Repeated - _repeatedTold);
        _droppedTold = queue.Dropped;
        _repeatedTold = queue.Repeated;
    }

    private void LookAtClock(long now, bool hasTime)
    {
        ClockKeeper clock = _clock;
        if (clock.Steps != _stepsTold)
        {
            _stepsTold = clock.Steps;
            Begin(_clockPart, _stepped, MessageWriter.Notice);
            _writer.Number(_step, clock.LastStep);
            End(_sayStepped);
        }

        bool isSynchronized = clock.Status == ClockKeeper.Synchronized;
        bool hasChanged = _clockAway.See(!isSynchronized, now);
        if (_clockAway.IsBad && hasChanged)
        {
            _isSynchronizedTold = false;
            Begin(_clockPart, hasTime ? _unsynchronized : _unknown, MessageWriter.Warning);
            _writer.Number(_problem, clock.Problem);
            End(clock.Status == ClockKeeper.NoServer ? _sayNoServer : _sayNoTime);
        }
        else if (isSynchronized && !_isSynchronizedTold)
        {
            _isSynchronizedTold = true;
            Begin(_clockPart, _synchronized, MessageWriter.Notice);
            End(_saySynchronized);
        }

        _light.Set(LightCode.NoTime, !hasTime && _clockAway.IsBad);
    }

    private void LookAtBox(long now)
    {
        if (_storageBad.See(_store.IsStorageBad || IsBootCountBad, now))
        {
            Begin(_storage, _storageBad.IsBad ? _failing : _well,
                _storageBad.IsBad ? MessageWriter.Warning : MessageWriter.Notice);
            End(_storageBad.IsBad ? _sayFailing : _sayStorageWell);
        }

        _light.Set(LightCode.NoStorage, _storageBad.IsBad || _store.Slots.Damaged == 2 || (_store.Slots.Damaged == 1
            && _store.Slots.InUse == SlotFiles.BuiltIn));
        long free = _port.FreeMemory();
        if (_memoryLow.See(free >= 0 && free < LittleMemory, now))
        {
            Begin(_memory, _memoryLow.IsBad ? _low : _well, _memoryLow.IsBad ? MessageWriter.Warning : MessageWriter.Notice);
            _writer.Number(_octets, free);
            End(_memoryLow.IsBad ? _sayLow : _sayMemoryWell);
        }
    }

    private void Begin(byte[] part, byte[] state, int severity)
    {
        _writer.Begin(_kind, severity);
        _writer.Word(_part, part);
        _writer.Word(_state, state);
    }

    private void End(byte[] words)
    {
        _writer.Meta();
        _writer.Say(words);
        _writer.Send();
    }
}
