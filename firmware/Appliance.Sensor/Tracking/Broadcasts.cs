using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// Broadcasts that nothing explains, and whether they come at a period. What the destination MAC address calls a broadcast is one; no
/// arithmetic on addresses decides it.
/// </summary>
/// <remarks>
/// A newcomer takes the place of the longest silent sender that has not yet shown a period, so a flood of spoofed senders pushes out
/// other newcomers and leaves a rhythm that is being followed alone.
/// </remarks>
public sealed class Broadcasts
{
    /// <summary>Form: to 255.255.255.255 or the subnet's last address.</summary>
    public const int AllOnes = 1;

    /// <summary>Form: to the network's own address, as BSD 4.2 did (RFC 1122 section 3.3.6).</summary>
    public const int NetworkAddress = 2;

    /// <summary>Form: not IP.</summary>
    public const int NotIp = 3;

    /// <summary>Senders pushed out before they showed whether they have a period.</summary>
    public int Evictions;

    private const int Key = 0;
    private const int Last = 1;
    private const int Period = 2;
    private const int Count = 3;
    private const int First = 4;
    private const int Incident = 5;
    private const int Width = 6;

    private readonly KeyedHash _hash;
    private readonly int[] _cells = new int[Limits.BroadcastSenders * Width];

    /// <summary>The count that the newest frame's sender has kept its period for.</summary>
    public int InPeriod;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Broadcasts(KeyedHash hash)
    {
        _hash = hash;
    }

    /// <summary>Takes in a broadcast.</summary>
    /// <param name="probe">Who sends what to whom; the target of a frame that is not IP is 0 and its port the EtherType or LLC type.</param>
    /// <returns>The sender's place.</returns>
    public int Note(Probe probe)
    {
        int[] cells = _cells;
        int key = _hash.Of(probe.Actor, probe.Target, (probe.Port << 9) | (probe.Protocol & 511));
        int now = probe.Now;
        int place = Find(key);
        if (place < 0)
        {
            place = Make(now);
            int at = place * Width;
            cells[at + Key] = key;
            cells[at + Last] = now;
            cells[at + First] = now;
            cells[at + Period] = 0;
            cells[at + Count] = 1;
            cells[at + Incident] = 0;
        }
        else
        {
            Follow(place * Width, now);
        }

        InPeriod = cells[(place * Width) + Count];
        return place;
    }

    /// <summary>The period that a sender keeps, centiseconds.</summary>
    /// <param name="place">Its place.</param>
    public int PeriodOf(int place)
    {
        return _cells[(place * Width) + Period];
    }

    /// <summary>When a sender's rhythm began, centiseconds.</summary>
    /// <param name="place">Its place.</param>
    public int FirstOf(int place)
    {
        return _cells[(place * Width) + First];
    }

    /// <summary>The record of a sender's incident, -1 for none.</summary>
    /// <param name="place">Its place.</param>
    public int IncidentOf(int place)
    {
        return _cells[(place * Width) + Incident] - 1;
    }

    /// <summary>Ties a sender to its incident, or frees it.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="record">The incident's record, -1 for none.</param>
    public void Tie(int place, int record)
    {
        _cells[(place * Width) + Incident] = record + 1;
        if (record < 0)
        {
            _cells[(place * Width) + Key] = 0;
        }
    }

    private int Find(int key)
    {
        int[] cells = _cells;
        for (int i = 0; i < Limits.BroadcastSenders; i++)
        {
            if (cells[i * Width] == key)
            {
                return i;
            }
        }

        return -1;
    }

    private int Make(int now)
    {
        int[] cells = _cells;
        int victim = -1;
        int best = -1;
        for (int i = 0; i < Limits.BroadcastSenders; i++)
        {
            int at = i * Width;
            if (cells[at] == 0)
            {
                return i;
            }

            int age = now - cells[at + Last];
            if (cells[at + Incident] != 0)
            {
                continue;
            }

            // Two intervals alike are a rhythm that is being followed, until it missed too many beats. However fast others come, those
            // without one go first.
            bool isFollowed = cells[at + Count] >= 3 && age < Limits.StoryGap && age <= cells[at + Period] * (MostMissed + 1);
            int worth = isFollowed ? age : age | Unfollowed;
            if (worth > best)
            {
                best = worth;
                victim = i;
            }
        }

        Evictions++;
        return victim < 0 ? 0 : victim;
    }

    private void Follow(int at, int now)
    {
        int[] cells = _cells;
        int gap = now - cells[at + Last];
        if (gap < Limits.TryGap)
        {
            // A burst (three copies at once) is one beat.
            return;
        }

        int period = cells[at + Period];
        cells[at + Last] = now;
        if (gap > Limits.StoryGap)
        {
            cells[at + First] = now;
            cells[at + Period] = 0;
            cells[at + Count] = 1;
            return;
        }

        if (period == 0)
        {
            cells[at + Period] = gap;
            cells[at + Count] = 2;
            return;
        }

        // Beats may be missed: the gap is then a multiple of the period, or the first gap was a multiple of the true one.
        int beats = (gap + (period >> 1)) / period;
        if (beats >= 1 && beats <= MostMissed && IsNear(gap, beats * period, beats))
        {
            cells[at + Count]++;
            return;
        }

        int parts = (period + (gap >> 1)) / gap;
        if (parts >= 2 && parts <= MostMissed && IsNear(period, parts * gap, parts))
        {
            cells[at + Period] = gap;
            cells[at + Count]++;
            return;
        }

        if (cells[at + Incident] != 0)
        {
            // A known rhythm that paused (the machine was off) goes on at its next beat.
            return;
        }

        cells[at + First] = now - gap;
        cells[at + Period] = gap;
        cells[at + Count] = 2;
    }

    // Above every age that a followed rhythm can have.
    private const int Unfollowed = 1 << 30;

    /// <summary>Beats in a row that a lossy mirror may miss; more would let irregular gaps pass for multiples.</summary>
    private const int MostMissed = 4;

    private bool IsNear(int gap, int expected, int beats)
    {
        // 2 % of one period, and never less than the stamps' own grain.
        int slack = (expected / (50 * beats)) + 2;
        int off = gap - expected;
        return off <= slack && off >= -slack;
    }
}
