using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether what the box's own uplink sends comes by the mirror port.</summary>
public sealed class OwnFrames
{
    private const long Second = 1000000;

    /// <summary>Slots of a turn that are held against the uplink's address: all of them up to some eighty frames a second, and
    /// one in eight of any load. The uplink sends two frames a minute or more.</summary>
    private const int MostLooked = 4;

    /// <summary>One frame with that address may be forged, or a neighbour's that was copied; then it is over after an hour
    /// without.</summary>
    private const int Few = 2;
    private const long OverTime = 3600 * Second;

    private readonly IUplink _uplink;
    private readonly MirrorFaults _faults;

    // The uplink's address in two parts, how many of its frames came, whether one did since the last look, and when that was.
    private int _macHigh;
    private int _macLow;
    private int _count;
    private bool _isSeen;
    private long _seenAt;

    /// <summary>Makes one.</summary>
    /// <param name="uplink">Has the address.</param>
    /// <param name="faults">Has <see cref="MirrorFaults.OwnUplink"/>.</param>
    public OwnFrames(IUplink uplink, MirrorFaults faults)
    {
        _uplink = uplink;
        _faults = faults;
    }

    /// <summary>Begins anew, with the address that the uplink has now; what was counted stays.</summary>
    public void Begin()
    {
        byte[] mac = _uplink.MacAddress();
        _macHigh = BigEndian.Read32(mac, 0);
        _macLow = BigEndian.Read16(mac, 4);
    }

    /// <summary>Looks at the slots; called each turn.</summary>
    /// <param name="batch">The slots.</param>
    public void See(SlotBatch batch)
    {
        int[] words = batch.Words;
        int count = batch.Count < MostLooked ? batch.Count : MostLooked;
        for (int slot = 0; slot < count; slot++)
        {
            int word = slot << SlotBatch.WordShift;
            if (words[word + 2] == _macHigh && (words[word + 3] >> 16 & 0xffff) == _macLow)
            {
                _count++;
                _isSeen = true;
            }
        }
    }

    /// <summary>Judges once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        if (_isSeen)
        {
            _isSeen = false;
            _seenAt = now;
        }

        if (now - _seenAt >= OverTime)
        {
            _count = 0;
            _faults.Over(MirrorFaults.OwnUplink);
        }
        else if (_count >= Few && _faults.IsDue(MirrorFaults.OwnUplink, now))
        {
            _faults.Begin(MirrorFaults.OwnUplink, now);
            _faults.Teller.Number(MessageWord.Frames, _count);
            _faults.End(MirrorFaults.OwnUplink);
        }
    }
}
