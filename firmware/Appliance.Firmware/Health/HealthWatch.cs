using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Time;
using Appliance.Sensor;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Health;

/// <summary>
/// Looks once a second at what can fail, says when it does and when it is well again, keeps the light true, and frees a receiver
/// that has stalled.
/// </summary>
public sealed class HealthWatch
{
    /// <summary>Things that are looked at.</summary>
    public const int Looks = 6;

    private const long Second = 1000000;
    private const long Day = 86400 * Second;

    /// <summary>A link that is gone for less is a cable being straightened.</summary>
    private const long LinkDown = 3 * Second;

    /// <summary>A link that holds for less still flaps.</summary>
    private const long LinkUp = 10 * Second;

    /// <summary>A link that falls so often within an hour flaps: a cable that is put straight falls twice or three
    /// times.</summary>
    private const int Flaps = 4;

    /// <summary>While a link flaps, one that is gone for less is a part of it; each fall by itself was a hundred messages a
    /// day.</summary>
    private const long FlapDown = 300 * Second;

    /// <summary>On an imaging VLAN something is said every few seconds, if only ARP.</summary>
    private const long Silence = 60 * Second;

    /// <summary>
    /// Once frames were seen, each silence that is told makes the next one wait so many times longer: a VLAN that is quiet at
    /// night told 18 times in
    /// 78 minutes. A minute, 6, 36, 216, 1,296: at most four silences a day, and back to a minute after a day without one.
    /// </summary>
    private const int PatienceGrowth = 6;

    /// <summary>Losses that pause for less are one loss.</summary>
    private const long LossPause = 60 * Second;

    /// <summary>
    /// So long after the first loss it is told: whether what was missed is a burst's or a stall's is known a stall's time later,
    /// and a message
    /// that comes before says 0 of it.
    /// </summary>
    private const long LossSettle = 6 * Second;

    /// <summary>A receiver with work to do that delivers nothing for so long is stalled.</summary>
    private const long Stall = 5 * Second;

    /// <summary>Looks in which frames were missed and none was delivered, before that is a stall: a single one may be a burst's
    /// end.</summary>
    private const int StallLooks = 2;

    /// <summary>Between two resets of the receiver: each costs some milliseconds of frames.</summary>
    private const long ResetPause = 30 * Second;

    /// <summary>A receiver that delivers nothing after so many resets needs more than those.</summary>
    private const int VainResets = 2;

    /// <summary>Connecting takes some seconds, TLS more.</summary>
    private const long CollectorAway = 30 * Second;

    /// <summary>An answer on the first attempts, 16 s and 32 s apart, is no trouble.</summary>
    private const long ClockAway = 60 * Second;

    /// <summary>Octets of native memory, from which lwIP lives: what a TCP connection may have on its way (5.8 KB) and a frame; a
    /// board without external memory has some 13.7 KB to spare at the least. The managed
    /// heap, from which a new table's trial lives, is another; a table that does not fit there is refused.</summary>
    private const long LittleMemory = 8192;

    /// <summary>Octets of its largest block: a received frame and what lwIP sends take up to 1.6 KB in one piece, two or three
    /// at once. Much memory in small pieces would fail them, and the sum would not show it.</summary>
    private const long LittleBlock = 4096;

    // Numbers of the sentences below.
    private const int SayLinkLost = 0;
    private const int SayLinkBack = 1;
    private const int SaySilent = 2;
    private const int SayFrames = 3;
    private const int SayLosing = 4;
    private const int SayBurst = 5;
    private const int SayKeepsUp = 6;
    private const int SayReset = 7;
    private const int SayUplinkLost = 8;
    private const int SayUplinkBack = 9;
    private const int SayUnreachable = 10;
    private const int SayReached = 11;
    private const int SayNoCollector = 12;
    private const int SayNoServer = 13;
    private const int SayNoTime = 14;
    private const int SaySynchronized = 15;
    private const int SayStepped = 16;
    private const int SayFailing = 17;
    private const int SayStorageWell = 18;
    private const int SayLow = 19;
    private const int SayMemoryWell = 20;
    private const int SaySent = 21;
    private const int SayOld = 22;
    private const int SayFlapping = 23;
    private const int SayQuiet = 24;

    private readonly Phrases _sentences = new Phrases(
        "no link on the mirror port: look at its cable|"
        + "the mirror port has a link again|"
        + "a link and no frames for a minute: the switch mirrors nothing|"
        + "frames come again|"
        + "more frames than the box can take: some are lost|"
        + "a burst was larger than the receive buffers: some frames are lost|"
        + "no frame was lost for a minute|"
        + "the receiver had stalled and was reset|"
        + "no link on the uplink: messages wait|"
        + "the uplink has a link again|"
        + "the collector can't be reached: messages wait|"
        + "the collector is reached again|"
        + "the table names no collector|"
        + "the table names no time server|"
        + "the time server does not answer|"
        + "the time is that of the time server|"
        + "the clock was set by a step|"
        + "the storage does not keep what is written|"
        + "the storage works again|"
        + "little memory is left|"
        + "there is memory again|"
        + "the mirror port has transmitted, which it must not: take the box off the network|"
        + "the table is past its date: ask for a new one|"
        + "the mirror port's link comes and goes: replace the cable|"
        + "no frame any more: a quiet VLAN, or the mirror is gone|");

    private readonly Condition _mirrorLink = new Condition(LinkDown, LinkUp);
    private readonly Condition _ringLoss = new Condition(LossSettle, 0);
    private readonly FlapCount _falls = new FlapCount();
    private readonly Condition _uplinkLink = new Condition(LinkDown, LinkDown);
    private readonly Condition _collectorAway = new Condition(CollectorAway, 0);
    private readonly Condition _clockAway = new Condition(ClockAway, 0);
    private readonly Condition _memoryLow = new Condition(0, 60 * Second);

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private readonly IUplink _uplink;
    private readonly SyslogSender _sender;
    private readonly ClockKeeper _clock;
    private readonly TableStore _store;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    private long _received;
    private long _receivedAt;
    private long _missedAtLook;

    // Since when nothing has come, neither delivered nor missed.
    private long _quietSince;

    // Missed frames that the ring has been told of, and up to which value of the missed counter it or a reset has told: what is
    // missed while nothing is delivered may be a stall's.
    private long _burst;
    private long _missedTold;

    // The missed counter at the first look that saw nothing delivered, -1 while something is: above it is what a stall would
    // miss, below it what a burst before a quiet time missed.
    private long _stallFrom = -1;

    // Looks since then, or since the last reset, that saw the missed counter rise.
    private int _stallLooks;

    // Resets since the receiver last delivered something.
    private int _vainResets;
    private long _burstSeen;
    private long _lostSeen;

    // A loss waits for one look, so that its message has the number of frames that the MAC missed in its first second.
    private bool _isLossHeld;
    private long _lostAt;
    private long _lostBefore;
    private long _burstBefore;
    private long _resetAt;
    private long _transmittedTold;
    private int _stepsTold;
    private bool _isSynchronizedTold;
    private int _droppedTold;
    private long _oldToldAt = long.MinValue;
    private bool _hadLink = true;
    private bool _hasSeenLink;
    private bool _isSilent;
    private bool _hasNoCollector;
    private bool _isStorageBad;
    private int _linkTurns;
    private int _uplinkTurns;
    private bool _hadUplink = true;
    private long _fellAt;
    private long _patience = Silence;
    private long _silenceToldAt;
    private long _linkToldAt;

    /// <summary>Times that the mirror port's link fell within an hour.</summary>
    public int FallsInAnHour;

    /// <summary>It fell so often that each fall is not told by itself.</summary>
    public bool IsFlapping;
    private int _repeatedTold;

    /// <summary>Times that the receiver was reset.</summary>
    public int Resets;

    /// <summary>The boot count could not be written at the start.</summary>
    public bool IsBootCountBad;

    /// <summary>The storage did not take what was learned of the site's hosts.</summary>
    public bool IsSiteMemoryBad;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">The mirror port.</param>
    /// <param name="sensor">Knows whether the mirror shows both directions.</param>
    /// <param name="uplink">The uplink.</param>
    /// <param name="sender">The way to the collector.</param>
    /// <param name="clock">The time.</param>
    /// <param name="store">The tables.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public HealthWatch(IMirrorPort port, TapSensor sensor, IUplink uplink, SyslogSender sender, ClockKeeper clock,
        TableStore store, MessageWriter writer, StatusLight light)
    {
        _port = port;
        _sensor = sensor;
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
        _quietSince = now;
        _resetAt = now - ResetPause;
        _lostAt = now - LossPause;
        // Not green for a moment, where there is nothing to see.
        _light.Set(LightCode.NoMirror, !_port.IsLinkUp());
    }

    /// <summary>Looks at one of the things that can fail; at each once a second, in turn.</summary>
    /// <param name="which">From 0; there are <see cref="Looks"/>.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void Look(int which, long now, long offset)
    {
        switch (which)
        {
            case 0:
                LookAtMirror(now);
                break;
            case 1:
                LookAtRing(now);
                break;
            case 2:
                LookAtUplink(now);
                break;
            case 3:
                LookAtClock(now, offset != ClockOffset.Unknown);
                break;
            case 4:
                LookAtBox(now);
                break;
            default:
                LookAtTable(now, offset);
                break;
        }
    }

    private void LookAtMirror(long now)
    {
        bool hasLink = _port.IsLinkUp();
        long received = _port.Counter(PortCounter.Received);
        long missed = _port.Counter(PortCounter.Missed);
        bool hasFrames = received != _received || missed != _missedAtLook;
        if (received != _received || !hasLink)
        {
            if (_vainResets != 0)
            {
                // The end of a stall, which has been told. Behind a quiet time what this look missed is none of its frames.
                _vainResets = 0;
                _missedTold = now - _quietSince >= Stall ? _missedAtLook : missed;
            }
            else if (received != _received)
            {
                TellRing(_missedAtLook);
            }

            _received = received;
            _receivedAt = now;
            _stallFrom = -1;
        }
        else if (_stallFrom < 0)
        {
            _stallFrom = missed;
            _stallLooks = 0;
        }
        else if (missed != _missedAtLook)
        {
            _stallLooks++;
            if (_stallLooks >= StallLooks && now - _receivedAt >= Stall && now - _resetAt >= ResetPause)
            {
                // There are frames, and the receiver delivers none of them.
                _port.ResetReceiver();
                _resetAt = now;
                Resets++;
                _vainResets++;
                Begin(MessageWord.Receiver, MessageWord.Reset, SyslogSeverity.Warning);
                _writer.Number(MessageWord.Missed, missed - _missedTold);
                _writer.Number(MessageWord.Resets, Resets);
                End(SayReset);
                _missedTold = missed;
                _stallFrom = missed;
                _stallLooks = 0;
            }
        }
        else if (now - _quietSince >= Stall && _stallFrom > _missedTold)
        {
            // Nothing was missed any more: a burst, and then a quiet time.
            TellRing(_stallFrom);
        }

        if (_receivedAt == now || missed != _missedAtLook)
        {
            _quietSince = now;
        }

        _missedAtLook = missed;

        LookAtLink(now, hasLink);
        LookAtSilence(now, hasLink, hasFrames);
        _hasSeenLink = _hasSeenLink || hasLink;
        _light.Set(LightCode.NoMirror, _mirrorLink.IsBad || !_hasSeenLink);
        _light.Set(LightCode.Flapping, IsFlapping);
        _light.Set(LightCode.NoFrames, _isSilent);
        _light.Set(LightCode.Broken, !_port.IsReady() || _vainResets >= VainResets);
        long transmitted = _port.Counter(PortCounter.Transmitted);
        if (transmitted > _transmittedTold)
        {
            _transmittedTold = transmitted;
            Begin(MessageWord.Transmitter, MessageWord.Sent, SyslogSeverity.Error);
            _writer.Number(MessageWord.Transmitted, transmitted);
            End(SaySent);
            _light.Set(LightCode.Transmitted, true);
        }
    }

    private void LookAtLink(long now, bool hasLink)
    {
        if (_hadLink && !hasLink)
        {
            _falls.Note(now);
            _fellAt = now;
        }

        _linkTurns += _hadLink != hasLink ? 1 : 0;
        _hadLink = hasLink;
        FallsInAnHour = _falls.Count(now);
        bool wasFlapping = IsFlapping;
        IsFlapping = FallsInAnHour >= (wasFlapping ? 1 : Flaps);
        bool isGone = !hasLink && (!IsFlapping || now - _fellAt >= FlapDown);
        if (IsFlapping && (!wasFlapping || now - _linkToldAt >= Day))
        {
            TellLink(now, MessageWord.Flapping, SayFlapping);
        }

        // The end of a flapping is that of the link's trouble, unless it is gone.
        if (_mirrorLink.See(isGone, now) || (_mirrorLink.IsBad && now - _linkToldAt >= Day) || (wasFlapping && !IsFlapping && !isGone))
        {
            TellLink(now, _mirrorLink.IsBad ? MessageWord.LinkLost : MessageWord.LinkUp, _mirrorLink.IsBad ? SayLinkLost : SayLinkBack);
        }
    }

    private void TellLink(long now, int state, int sentence)
    {
        _linkToldAt = now;
        Begin(MessageWord.Mirror, state, state == MessageWord.LinkUp ? SyslogSeverity.Notice : SyslogSeverity.Warning);
        _writer.Number(MessageWord.Turns, _linkTurns);
        _writer.Number(MessageWord.Flaps, FallsInAnHour);
        End(sentence);
    }

    // Only a frame ends a silence: a cable that is pulled, or put back, does not.
    private void LookAtSilence(long now, bool hasLink, bool hasFrames)
    {
        if (_patience != Silence && now - _silenceToldAt >= Day && !_isSilent)
        {
            _patience = Silence;
        }

        bool isSilent = !hasFrames && (_isSilent || (hasLink && now - _quietSince >= _patience));
        bool hasChanged = isSilent != _isSilent;
        _isSilent = isSilent;
        if (!hasChanged && !(isSilent && now - _silenceToldAt >= Day))
        {
            return;
        }

        bool isQuiet = _received != 0;
        _silenceToldAt = now;
        if (hasChanged && isSilent && isQuiet)
        {
            _patience = _patience * PatienceGrowth;
        }

        Begin(MessageWord.Mirror, !isSilent ? MessageWord.Frames : isQuiet ? MessageWord.Quiet : MessageWord.Silent,
            isSilent ? SyslogSeverity.Warning : SyslogSeverity.Notice);
        End(!isSilent ? SayFrames : isQuiet ? SayQuiet : SaySilent);
    }

    // What was missed up to a value of the counter was a burst's.
    private void TellRing(long until)
    {
        _burst += until - _missedTold;
        _missedTold = until;
    }

    private void LookAtRing(long now)
    {
        long lost = _port.Counter(PortCounter.Lost);
        if (lost != _lostSeen || _burst != _burstSeen)
        {
            _lostSeen = lost;
            _burstSeen = _burst;
            _lostAt = now;
        }

        bool isLosing = now - _lostAt < LossPause;
        if (isLosing && !_ringLoss.IsBad && !_isLossHeld && _missedAtLook != _missedTold)
        {
            // Whether what was missed in this second belongs to the loss or to a stall that begins, the next look knows.
            _isLossHeld = true;
            return;
        }

        _isLossHeld = false;
        bool hasChanged = _ringLoss.See(isLosing, now);
        _light.Set(LightCode.Losing, _ringLoss.IsBad);
        if (!hasChanged)
        {
            return;
        }

        Begin(MessageWord.Ring, _ringLoss.IsBad ? MessageWord.Losing : MessageWord.KeepsUp, _ringLoss.IsBad ? SyslogSeverity.Warning : SyslogSeverity.Notice);
        _writer.Number(MessageWord.Lost, lost - _lostBefore);
        _writer.Number(MessageWord.Missed, _burst - _burstBefore);
        End(!_ringLoss.IsBad ? SayKeepsUp : lost != _lostBefore ? SayLosing : SayBurst);
        if (!_ringLoss.IsBad)
        {
            _lostBefore = lost;
            _burstBefore = _burst;
        }
    }

    private void LookAtUplink(long now)
    {
        bool hasLink = _uplink.IsLinkUp();
        _uplinkTurns += hasLink != _hadUplink ? 1 : 0;
        _hadUplink = hasLink;
        if (!hasLink)
        {
            _sender.LoseLink();
        }

        if (_uplinkLink.See(!hasLink, now))
        {
            Begin(MessageWord.Uplink, _uplinkLink.IsBad ? MessageWord.LinkLost : MessageWord.LinkUp, SyslogSeverity.Warning);
            _writer.Number(MessageWord.Turns, _uplinkTurns);
            End(_uplinkLink.IsBad ? SayUplinkLost : SayUplinkBack);
        }

        bool isNone = _sender.Address.Protocol == CollectorAddress.None;
        bool isNews = isNone && !_hasNoCollector;
        _hasNoCollector = isNone;
        if (isNews)
        {
            Begin(MessageWord.Collector, MessageWord.None, SyslogSeverity.Warning);
            End(SayNoCollector);
        }

        // Without a link nothing is learnt of it: what was told last stays.
        bool isReached = _sender.IsOpen && _sender.Failures == 0;
        bool hasChanged = _collectorAway.See(!isReached && (_collectorAway.IsBad || (!_sender.IsOpen && hasLink)) && !isNone, now);
        // That there is none any more has been told, and does not mean that it was reached.
        if (hasChanged && !isNone)
        {
            Begin(MessageWord.Collector, _collectorAway.IsBad ? MessageWord.Unreachable : MessageWord.Reached, SyslogSeverity.Warning);
            _writer.Number(MessageWord.Waiting, _sender.Queue.Count);
            PutLosses();
            End(_collectorAway.IsBad ? SayUnreachable : SayReached);
        }
        else if (isReached && (_sender.Queue.Dropped != _droppedTold || _sender.Queue.Repeated != _repeatedTold))
        {
            Begin(MessageWord.Collector, MessageWord.Reached, SyslogSeverity.Warning);
            PutLosses();
            End(SayReached);
        }

        _light.Set(LightCode.NoUplink, _uplinkLink.IsBad);
        _light.Set(LightCode.NoCollector, isNone || _collectorAway.IsBad);
    }

    // Messages dropped and sent again since that was last told.
    private void PutLosses()
    {
        AlertQueue queue = _sender.Queue;
        _writer.Number(MessageWord.Dropped, queue.Dropped - _droppedTold);
        _writer.Number(MessageWord.Repeated, queue.Repeated - _repeatedTold);
        _droppedTold = queue.Dropped;
        _repeatedTold = queue.Repeated;
    }

    private void LookAtClock(long now, bool hasTime)
    {
        ClockKeeper clock = _clock;
        if (clock.Steps != _stepsTold)
        {
            _stepsTold = clock.Steps;
            Begin(MessageWord.Clock, MessageWord.Stepped, SyslogSeverity.Notice);
            _writer.Number(MessageWord.Step, clock.LastStep);
            End(SayStepped);
        }

        bool isSynchronized = clock.Status == ClockKeeper.Synchronized;
        bool hasChanged = _clockAway.See(!isSynchronized, now);
        if (_clockAway.IsBad && hasChanged)
        {
            _isSynchronizedTold = false;
            Begin(MessageWord.Clock, hasTime ? MessageWord.Unsynchronized : MessageWord.Unknown, SyslogSeverity.Warning);
            _writer.Number(MessageWord.Problem, clock.Problem);
            End(clock.Status == ClockKeeper.NoServer ? SayNoServer : SayNoTime);
        }
        else if (isSynchronized && !_isSynchronizedTold)
        {
            _isSynchronizedTold = true;
            Begin(MessageWord.Clock, MessageWord.Synchronized, SyslogSeverity.Notice);
            End(SaySynchronized);
        }

        _light.Set(LightCode.NoTime, !hasTime && _clockAway.IsBad);
    }

    private void LookAtBox(long now)
    {
        bool isBad = _store.IsStorageBad || IsBootCountBad || IsSiteMemoryBad;
        if (isBad != _isStorageBad)
        {
            _isStorageBad = isBad;
            Begin(MessageWord.Storage, _isStorageBad ? MessageWord.Failing : MessageWord.Well,
                _isStorageBad ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            End(_isStorageBad ? SayFailing : SayStorageWell);
        }

        _light.Set(LightCode.NoStorage, _isStorageBad || _store.Slots.Damaged == 2 || (_store.Slots.Damaged == 1
            && _store.Slots.InUse == SlotFiles.BuiltIn));
        long free = _port.Memory(MemoryFigure.Free);
        long block = _port.Memory(MemoryFigure.Block);
        if (_memoryLow.See(free >= 0 && (free < LittleMemory || block < LittleBlock), now))
        {
            Begin(MessageWord.Memory, _memoryLow.IsBad ? MessageWord.Low : MessageWord.Well, _memoryLow.IsBad ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            _writer.Number(MessageWord.Octets, free);
            _writer.Number(MessageWord.MemoryBlock, block);
            End(_memoryLow.IsBad ? SayLow : SayMemoryWell);
        }
    }

    // Without a time nobody can say how old a table is: what was found last stays.
    private void LookAtTable(long now, long offset)
    {
        SignatureTable table = _store.Running;
        if (table.LastDay == 0)
        {
            _oldToldAt = long.MinValue;
            _light.Set(LightCode.TableOld, false);
            return;
        }

        if (offset == ClockOffset.Unknown)
        {
            return;
        }

        long days = ((now + offset) / Day) - table.LastDay;
        _light.Set(LightCode.TableOld, days > 0);
        if (days <= 0)
        {
            _oldToldAt = long.MinValue;
        }
        else if (_oldToldAt == long.MinValue || now - _oldToldAt >= Day)
        {
            _oldToldAt = now;
            Begin(MessageWord.Table, MessageWord.Old, SyslogSeverity.Warning);
            _writer.Number(MessageWord.Sequence, table.Sequence);
            _writer.Number(MessageWord.Days, days);
            End(SayOld);
        }
    }

    private void Begin(int part, int state, int severity)
    {
        _writer.Begin(MessageWord.Health, severity);
        _writer.Word(MessageWord.Part, part);
        _writer.Word(MessageWord.State, state);
    }

    private void End(int sentence)
    {
        _writer.Meta();
        _writer.Say(_sentences, sentence);
        _writer.Send();
    }
}
