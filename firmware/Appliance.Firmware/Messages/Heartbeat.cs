using Appliance.Firmware.Tables;
using Appliance.Sensor;
using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Every minute: the box lives, and what it has counted since its start. None is queued while the collector is away, since the
/// next one says
/// it all, and room is for alerts.
/// </summary>
public sealed class Heartbeat
{
    /// <summary>Microseconds between two heartbeats.</summary>
    public const long Period = 60000000;

    private readonly byte[] _kind = LineBuffer.Word("heartbeat");
    private readonly byte[] _boots = LineBuffer.Word("boots");
    private readonly byte[] _frames = LineBuffer.Word("frames");
    private readonly byte[] _kept = LineBuffer.Word("kept");
    private readonly byte[] _lost = LineBuffer.Word("lost");
    private readonly byte[] _missed = LineBuffer.Word("missed");
    private readonly byte[] _evictions = LineBuffer.Word("evictions");
    private readonly byte[] _table = LineBuffer.Word("table");
    private readonly byte[] _tableAge = LineBuffer.Word("tableAge");
    private readonly byte[] _transmitted = LineBuffer.Word("transmitted");
    private readonly byte[] _dropped = LineBuffer.Word("dropped");
    private readonly byte[] _repeated = LineBuffer.Word("repeated");
    private readonly byte[] _memory = LineBuffer.Word("memory");
    private readonly byte[] _watching = LineBuffer.Word("watching, ");
    private readonly byte[] _framesWord = LineBuffer.Word(" frames, ");
    private readonly byte[] _lostWord = LineBuffer.Word(" lost");

    private readonly IMirrorPort _port;
    private readonly MessageWriter _writer;
    private readonly SyslogSender _sender;
    private readonly TableStore _store;
    private readonly TapSensor _sensor;
    private long _nextAt;

    /// <summary>Makes a heartbeat; the first comes a minute after the start.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="writer">Writes the message.</param>
    /// <param name="sender">Its counters.</param>
    /// <param name="store">Knows the table.</param>
    /// <param name="sensor">Its evictions.</param>
    public Heartbeat(IMirrorPort port, MessageWriter writer, SyslogSender sender, TableStore store, TapSensor sensor)
    {
        _port = port;
        _writer = writer;
        _sender = sender;
        _store = store;
        _sensor = sensor;
    }

    /// <summary>Starts of the box.</summary>
    public int Boots;

    /// <summary>Begins to count the time.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _nextAt = now + Period;
    }

    /// <summary>Sends a heartbeat when it is time.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void Tend(long now, long offset)
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

        long frames = _port.Counter(PortCounter.Received);
        long lost = _port.Counter(PortCounter.Lost);
        MessageWriter writer = _writer;
        writer.Begin(_kind, MessageWriter.Informational);
        writer.Number(_boots, Boots);
        writer.Number(_frames, frames);
        writer.Number(_kept, _port.Counter(PortCounter.Kept));
        writer.Number(_lost, lost);
        writer.Number(_missed, _port.Counter(PortCounter.Missed));
        writer.Number(_evictions, _sensor.Evictions());
        writer.Number(_table, _store.Running.Sequence);
        long age = offset == ClockOffset.Unknown ? -1 : ((now + offset) / 1000000) - _store.Running.BuildTime;
        if (age >= 0)
        {
            writer.Number(_tableAge, age);
        }

        writer.Number(_transmitted, _port.Counter(PortCounter.Transmitted));
        writer.Number(_dropped, _sender.Queue.Dropped);
        writer.Number(_repeated, _sender.Queue.Repeated);
        long memory = _port.FreeMemory();
        if (memory >= 0)
        {
            writer.Number(_memory, memory);
        }

        writer.Meta();
        writer.Say(_watching);
        writer.SayNumber(frames);
        writer.Say(_framesWord);
        writer.SayNumber(lost);
        writer.Say(_lostWord);
        writer.Send();
    }
}
