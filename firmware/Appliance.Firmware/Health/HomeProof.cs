using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Health;

/// <summary>Whether the mirror is this site's: some frame is from or to the table's home network.</summary>
public sealed class HomeProof
{
    private const long Second = 1000000;

    /// <summary>A VLAN is quiet for less.</summary>
    private const long Absence = 300 * Second;

    /// <summary>Fewer frames than these say nothing about where they come from.</summary>
    private const int FewFrames = 10;

    private readonly MirrorFaults _faults;

    // The last proof, and how many frames of hosts were looked at since.
    private long _provedAt;
    private int _strangers;

    /// <summary>Since the last look there was a frame of the home network.</summary>
    public bool IsProved;

    /// <summary>Since it was begun there was a proof.</summary>
    public bool IsHome;

    /// <summary>Makes a proof.</summary>
    /// <param name="faults">Has <see cref="MirrorFaults.Foreign"/>.</param>
    public HomeProof(MirrorFaults faults)
    {
        _faults = faults;
    }

    /// <summary>Begins anew: nothing is known of the network.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        IsHome = false;
        Note(now);
    }

    /// <summary>Looks at one slot. Link-local and unspecified addresses are of every network, and say nothing.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Which of them.</param>
    /// <param name="table">Knows the home network.</param>
    public void See(SlotBatch batch, int slot, SignatureTable table)
    {
        int[] words = batch.Words;
        int ip = (slot << SlotBatch.WordShift) + SlotBatch.IpWord;
        int at = (slot * SlotBatch.SlotLength) + Ethernet.HeaderLength;
        int type = words[ip - 1] & 0xffff;
        for (int tags = 0;
            tags < 2 && (type == Ethernet.TypeVlan || type == Ethernet.TypeServiceVlan || type == Ethernet.TypeOldQinQ); tags++)
        {
            ip++;
            at += Ethernet.TagLength;
            type = words[ip - 1] & 0xffff;
        }

        int source;
        int target;
        if (type == Ethernet.TypeIpv4)
        {
            source = words[ip + 3];
            target = words[ip + 4];
        }
        else if (type == Ethernet.TypeArp)
        {
            source = (words[ip + 3] << 16) | ((words[ip + 4] >> 16) & 0xffff);
            target = words[ip + 6];
        }
        else
        {
            if (type == Ethernet.TypeIpv6 && batch.Bytes[at + Ipv6.Source] != 0xfe && batch.Bytes[at + Ipv6.Source] != 0)
            {
                NoteNetwork(table.IsHome6(batch.Bytes, at + Ipv6.Source) || table.IsHome6(batch.Bytes, at + Ipv6.Destination));
            }

            return;
        }

        if (source != 0 && (source >> 16 & 0xffff) != 0xa9fe)
        {
            NoteNetwork(table.HomeIndex(source) >= 0 || table.HomeIndex(target) >= 0);
        }
    }

    /// <summary>Judges once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        if (IsProved)
        {
            IsHome = true;
            Note(now);
            _faults.Over(MirrorFaults.Foreign);
        }
        else if (now - _provedAt >= Absence && _strangers >= FewFrames
            // Where no frame can be read, or none is a host's, that none is of the site is no news.
            && !_faults.IsTold(MirrorFaults.NoMirror) && !_faults.IsTold(MirrorFaults.Unreadable)
            && _faults.IsDue(MirrorFaults.Foreign, now))
        {
            _faults.Begin(MirrorFaults.Foreign, now);
            _faults.Teller.Number(MessageWord.Frames, _strangers);
            _faults.End(MirrorFaults.Foreign);
        }
    }

    private void NoteNetwork(bool isHome)
    {
        IsProved = isHome;
        _strangers++;
    }

    private void Note(long now)
    {
        _provedAt = now;
        _strangers = 0;
        IsProved = false;
    }
}
