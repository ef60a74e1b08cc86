using Appliance.Firmware.Health;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Every minute: the box lives, and what it has counted since its start. None is queued while the collector is away, since the
/// next one says it all, and room is for alerts.
/// </summary>
public sealed class Heartbeat
{
    /// <summary>Microseconds between two heartbeats.</summary>
    public const long Period = 60000000;


    private readonly IMirrorPort _port;
    private readonly RingRelief _relief;
    private readonly MessageWriter _writer;
    private readonly SyslogSender _sender;
    private readonly TableStore _store;
    private readonly LinkWatch _link;
    private readonly DetectorWatch _detectors;
    private long _nextAt;

    // A heartbeat has been begun.
    private bool _isBegun;
    private long _frames;
    private long _lost;

    // The sample up to here was told; a small one goes on growing.
    private long _sampledTold;
    private long _unseenTold;

    /// <summary>Makes a heartbeat; the first comes a minute after the start.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="relief">Knows what was lost, and what was left out.</param>
    /// <param name="writer">Writes the message.</param>
    /// <param name="sender">Its counters.</param>
    /// <param name="store">Knows the table.</param>
    /// <param name="detectors">Knows which are blind, and what the sensor forgot.</param>
    /// <param name="link">Knows how often the mirror port's link fell.</param>
    public Heartbeat(IMirrorPort port, RingRelief relief, MessageWriter writer, SyslogSender sender, TableStore store,
        DetectorWatch detectors, LinkWatch link)
    {
        _link = link;
        _port = port;
        _relief = relief;
        _writer = writer;
        _sender = sender;
        _store = store;
        _detectors = detectors;
    }

    /// <summary>Starts of the box.</summary>
    public int Boots;

    /// <summary>Begins to count the time.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _nextAt = now + Period;
    }

    /// <summary>Begins a heartbeat when it is time: it is written in three turns of the loop, since its numbers take as long as
    /// many frames.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void Begin(long now, long offset)
    {
        if (now < _nextAt)
        {
            return;
        }

        _nextAt = now + Period;
        if (!_sender.IsOpen)
        {
            return;
        }

        _isBegun = true;
        _frames = _port.Counter(PortCounter.Received);
        _lost = _relief.Lost();
        MessageWriter writer = _writer;
        writer.Begin(MessageWord.Heartbeat, SyslogSeverity.Informational);
        writer.Number(MessageWord.Boots, Boots);
        writer.Number(MessageWord.Frames, _frames);
        writer.Number(MessageWord.Kept, _port.Counter(PortCounter.Kept));
        writer.Number(MessageWord.Lost, _lost);
        writer.Number(MessageWord.Missed, _port.Counter(PortCounter.Missed));
        writer.Number(MessageWord.Evictions, _detectors.Evictions());
        writer.Number(MessageWord.Table, _store.Running.Sequence);
        long age = offset == ClockOffset.Unknown ? -1 : ((now + offset) / 1000000) - _store.Running.BuildTime;
        // The built-in table has no time of its making, and would be as old as the epoch.
        if (age >= 0 && _store.Running.BuildTime > 0)
        {
            writer.Number(MessageWord.TableAge, age);
        }
    }

    /// <summary>Goes on with the heartbeat that was begun: what is known of losses before the box.</summary>
    public void TellLosses()
    {
        if (!_isBegun)
        {
            return;
        }

        MessageWriter writer = _writer;
        long all = _port.Counter(PortCounter.Sampled);
        long unseen = _port.Counter(PortCounter.Unseen);
        long of = all - _sampledTold;
        if (of < LossInterval.Enough)
        {
            writer.Word(MessageWord.Unseen, MessageWord.Unknown);
        }
        else
        {
            long lost = unseen - _unseenTold;
            writer.Tenths(MessageWord.Unseen, LossInterval.Low(lost, of), LossInterval.High(lost, of));
            _sampledTold = all;
            _unseenTold = unseen;
        }

        writer.Number(MessageWord.Of, of);
        writer.Number(MessageWord.MirrorFull, _port.Counter(PortCounter.FullSeconds));
        writer.Number(MessageWord.Copies, _port.Counter(PortCounter.Copies));
    }

    /// <summary>Ends the heartbeat that was begun, and sends it; nothing else may have been written meanwhile.</summary>
    /// <param name="now">Microseconds.</param>
    public void End(long now)
    {
        if (!_isBegun)
        {
            return;
        }

        _isBegun = false;
        MessageWriter writer = _writer;
        writer.Hexadecimal(MessageWord.TableHash, _store.Hash, 0, TableStore.HashOctets);
        writer.Number(MessageWord.Transmitted, _port.Counter(PortCounter.Transmitted));
        writer.Number(MessageWord.Dropped, _sender.Queue.Dropped);
        writer.Number(MessageWord.Repeated, _sender.Queue.Repeated);
        MemoryParameters.Write(writer, _port);
        if (_link.FallsInAnHour != 0)
        {
            writer.Number(MessageWord.Flaps, _link.FallsInAnHour);
        }

        if (_relief.LeftOut != 0)
        {
            writer.Number(MessageWord.LeftOut, _relief.LeftOut);
        }

        _detectors.Put(now);
        writer.Meta();
        writer.Say(MessageWord.Watching);
        writer.SayNumber(_frames);
        writer.Say(MessageWord.FramesSaid);
        writer.SayNumber(_lost);
        writer.Say(MessageWord.LostSaid);
        writer.Send();
    }
}
