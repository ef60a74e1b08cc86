using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Time;

namespace Appliance.Firmware.Health;

/// <summary>
/// Looks once a second at what can fail on the box: each watch says when something does and when it is well again, and keeps the
/// light true. What comes by the mirror port is <see cref="MirrorSight"/>'s question.
/// </summary>
public sealed class HealthWatch
{
    /// <summary>Turns of the loop that a look takes.</summary>
    public const int Looks = 6;

    /// <summary>The mirror port's link.</summary>
    public readonly LinkWatch Link;

    /// <summary>The files.</summary>
    public readonly StorageWatch Storage;

    private readonly ReceiverWatch _receiver;
    private readonly SilenceWatch _silence;
    private readonly TransmitWatch _transmitter;
    private readonly RingWatch _ring;
    private readonly UplinkWatch _uplink;
    private readonly ClockWatch _clock;
    private readonly MemoryWatch _memory;
    private readonly TableAgeWatch _table;

    /// <summary>Makes the watches.</summary>
    /// <param name="port">The mirror port.</param>
    /// <param name="relief">What is left out while its ring fills.</param>
    /// <param name="uplink">The uplink.</param>
    /// <param name="sender">The way to the collector.</param>
    /// <param name="clock">The time.</param>
    /// <param name="store">The tables.</param>
    /// <param name="teller">Tells what they see.</param>
    public HealthWatch(IMirrorPort port, RingRelief relief, IUplink uplink, SyslogSender sender, ClockKeeper clock,
        TableStore store, HealthTeller teller)
    {
        Link = new LinkWatch(port, teller);
        Storage = new StorageWatch(store, teller);
        _receiver = new ReceiverWatch(port, teller);
        _silence = new SilenceWatch(port, teller);
        _transmitter = new TransmitWatch(port, teller);
        _ring = new RingWatch(relief, _receiver, teller);
        _uplink = new UplinkWatch(uplink, sender, teller);
        _clock = new ClockWatch(clock, teller);
        _memory = new MemoryWatch(port, teller);
        _table = new TableAgeWatch(store, teller);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _receiver.Start(now);
        _silence.Start(now);
        _ring.Start(now);
        Link.Start();
    }

    /// <summary>Takes one turn of the look.</summary>
    /// <param name="which">From 0; there are <see cref="Looks"/>.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void Look(int which, long now, long offset)
    {
        switch (which)
        {
            case 0:
                _receiver.Look(now);
                Link.Look(now);
                _silence.Look(now);
                _transmitter.Look();
                break;
            case 1:
                _ring.Look(now);
                break;
            case 2:
                _uplink.Look(now);
                break;
            case 3:
                _clock.Look(now, offset != ClockOffset.Unknown);
                break;
            case 4:
                Storage.Look();
                _memory.Look(now);
                break;
            default:
                _table.Look(now, offset);
                break;
        }
    }
}
