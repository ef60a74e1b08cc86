using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Stations that ask by ARP in a name that is not theirs: with the sender address 0.0.0.0, with the target's own, or with another
/// in each question. On one's own segment the MAC address is the actor. In the trackers it stands as an address of 0.0.0.0/8,
/// which is nobody's, with its last three octets.
/// </summary>
/// <remarks>
/// Sixteen stations. One that took several names stays longest; a flood of forged MAC addresses pushes it out, and then it is an
/// actor by its names again.
/// </remarks>
public sealed class Stations
{
    /// <summary>Stations of several names that others pushed out: each is an actor by its names again.</summary>
    public int Evictions;

    /// <summary>Where the questions wait that a station asked in its first names.</summary>
    public PendingAttempts Questions = null!;

    private const int Count = 16;
    private const int LowMask = 0xffffff;

    // Names that a station takes before it is known by its MAC: a router has one or two on a segment, a host with a container
    // some.
    private const int Many = 4 << NamesShift;
    private const int One = 1 << NamesShift;
    private const int NamesShift = 24;
    private const int Few = (Many >> NamesShift) - 1;

    private readonly int[] _low = new int[Count];

    // Above the address's other half how many names it took.
    private readonly int[] _high = new int[Count];
    private int _next;

    // The names of each before it is known by its MAC; their lower halves, since they are forgotten in seconds.
    private readonly ushort[] _names = new ushort[Count * Few];

    /// <summary>Whether an address of the trackers is a station's MAC.</summary>
    /// <param name="address">The address.</param>
    public static bool IsStation(int address)
    {
        return (address & ~LowMask) == 0 && address != 0;
    }

    /// <summary>Who asks.</summary>
    /// <param name="bytes">Where the frame's source MAC stands.</param>
    /// <param name="at">Offset of its six octets.</param>
    /// <param name="name">The sender address that it gives; 0 for none of its own.</param>
    /// <param name="target">
    /// Whom it asks for where it gives none, else 0: who wants an address probes for that one alone (RFC 5227), so that a VLAN
    /// that gets its power back pushes out nobody who asks for many.
    /// </param>
    /// <returns>That address, or the station's.</returns>
    public int ActorOf(byte[] bytes, int at, int name, int target)
    {
        // The device addresses the first four locals for less than the others.
        int place = 0;
        int[] highs = _high;
        int low = BigEndian.Read32(bytes, at + 2) & LowMask;
        int count;
        int high = (int)((uint)BigEndian.Read32(bytes, at) >> 8);
        low = low == 0 ? 1 : low;
        while (place < Count && (_low[place] != low || (highs[place] & LowMask) != high))
        {
            place++;
        }

        if (place == Count)
        {
            place = _next;
            for (int i = 0; i < Count && highs[place] >= Many; i++)
            {
                place = (place + 1) & (Count - 1);
            }

            Evictions += highs[place] >= Many ? 1 : 0;
            _next = (place + 1) & (Count - 1);
            _low[place] = low;
            highs[place] = high;
        }

        int said = name + target;
        if (said == 0)
        {
            return low;
        }

        count = highs[place] >> NamesShift;
        int newest = (place * Few) + count;
        if (count <= Few && (count == 0 || (ushort)said != _names[newest - 1]))
        {
            highs[place] += One;
            if (count < Few)
            {
                _names[newest] = (ushort)said;
                return name == 0 ? low : name;
            }

            // What it asked in its first names, and nobody judged yet, it asked itself.
            for (; name != 0 && count > 0; count--)
            {
                Questions.Rename(_names[newest - count], low);
            }
        }

        return name == 0 || highs[place] >= Many ? low : name;
    }

    /// <summary>The first three octets of a station's MAC, 0 when it is not remembered.</summary>
    /// <param name="address">Its address in the trackers.</param>
    public int HighOf(int address)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_low[i] == (address & LowMask))
            {
                return _high[i] & LowMask;
            }
        }

        return 0;
    }
}
