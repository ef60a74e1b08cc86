using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Health;

/// <summary>
/// Whether what comes by the mirror port is a mirror of this site that can be read: a port that shows no conversation, one whose
/// frames are sealed or of another network, or one that shows everything twice or half of some conversations, has a link and
/// frames and looks well.
/// </summary>
public sealed class MirrorSight
{
    /// <summary>Slots that are looked at in a turn until there is an answer: all 32 of a turn that has no frame of the site would
    /// take as long as five judged ones.</summary>
    private const int MostLooked = 4;

    private readonly IMirrorPort _port;
    private readonly MirrorFaults _faults;
    private readonly MirrorProof _mirror;
    private readonly HomeProof _home;
    private readonly MirrorSides _sides;
    private readonly MirrorMinute _minute;
    private readonly OwnFrames _own;
    private readonly SwappedCables _cables;

    /// <summary>Makes a sight.</summary>
    /// <param name="port">Link and counters.</param>
    /// <param name="sensor">Takes no evidence from answers while conversations show one side only.</param>
    /// <param name="uplink">Whose cable may be in the mirror's place.</param>
    /// <param name="teller">Tells what it sees.</param>
    public MirrorSight(IMirrorPort port, TapSensor sensor, IUplink uplink, HealthTeller teller)
    {
        _port = port;
        _faults = new MirrorFaults(teller);
        _mirror = new MirrorProof(port, _faults);
        _home = new HomeProof(_faults);
        _sides = new MirrorSides(port, sensor, _faults);
        _minute = new MirrorMinute(port, _faults);
        _own = new OwnFrames(uplink, _faults);
        _cables = new SwappedCables(uplink, _faults);
    }

    /// <summary>Since the last look there was a frame of the site, and one that proves the mirror: slots need not be looked
    /// at.</summary>
    public bool IsSettled;

    /// <summary>Since it was begun there was a frame that proves the port to be a mirror.</summary>
    public bool IsMirror()
    {
        return _mirror.IsMirror;
    }

    /// <summary>Since it was begun there was a frame of the home network.</summary>
    public bool IsHome()
    {
        return _home.IsHome;
    }

    /// <summary>What was told of a fault and is not over.</summary>
    /// <param name="fault">A constant of <see cref="MirrorFaults"/>.</param>
    public bool IsTold(int fault)
    {
        return _faults.IsTold(fault);
    }

    /// <summary>Begins to watch: also behind a new link or table, of which nothing is known.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        IsSettled = false;
        _mirror.Begin(now);
        _home.Begin(now);
        _minute.Begin(now);
        _sides.Begin();
        _cables.Begin(now);
        _own.Begin();
    }

    /// <summary>Looks for frames of the box's own uplink; called each turn.</summary>
    /// <param name="batch">The slots.</param>
    public void SeeOwn(SlotBatch batch)
    {
        _own.See(batch);
    }

    /// <summary>Looks for frames to more than one host, and of the home network.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="table">Knows the home network.</param>
    public void See(SlotBatch batch, SignatureTable table)
    {
        int count = batch.Count < MostLooked ? batch.Count : MostLooked;
        for (int slot = 0; slot < count && !IsSettled; slot++)
        {
            if (!_mirror.IsProved)
            {
                _mirror.See(batch.Words, slot << SlotBatch.WordShift);
            }

            if (!_home.IsProved)
            {
                _home.See(batch, slot, table);
            }

            IsSettled = _mirror.IsProved && _home.IsProved;
        }
    }

    /// <summary>Judges once a second, tells what changed, and keeps the light.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isEnd">A replay ends: the minute so far must do.</param>
    public void Look(long now, bool isEnd)
    {
        if (!_port.IsLinkUp())
        {
            Begin(now);
            return;
        }

        _mirror.Look(now);
        _sides.Look(now, isEnd);
        _minute.Look(now, isEnd);
        _home.Look(now);
        _own.Look(now);
        _cables.Look(now);
        IsSettled = false;
    }
}
