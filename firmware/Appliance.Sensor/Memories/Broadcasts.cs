namespace Appliance.Sensor.Memories;

/// <summary>
/// Broadcasts that nothing explains, and whether they come at a period. What the destination MAC address calls a broadcast is
/// one; no arithmetic on addresses decides it.
/// </summary>
/// <remarks>
/// A period is learned from <see cref="Limits.Broadcasts"/> beats without a gap. Once it is an incident, beats may be missed; a
/// sender that leaves its period for long has none, until as many beats at another one are seen. A newcomer takes the place of
/// the longest silent sender that has not yet shown a period, so a flood of spoofed senders pushes out other newcomers and leaves
/// a rhythm that is being followed alone.
/// </remarks>
public sealed class Broadcasts
{
    /// <summary>Form: to 255.255.255.255 or the subnet's last address.</summary>
    public const int AllOnes = 1;

    /// <summary>Form: to the network's own address, as BSD 4.2 did (RFC 1122 section 3.3.6).</summary>
    public const int NetworkAddress = 2;

    /// <summary>Form: not IP.</summary>
    public const int NotIp = 3;

    /// <summary>Senders pushed out before they showed whether they have a period, though their story was not over.</summary>
    public int Evictions;

    private const int Key = 0;
    private const int Last = 1;

    // The period (bits 0-19), of an incident 0 where it was lost; beats in period (20-27), or of an incident equal gaps in a row
    // beside the period (20-23), and gaps in a row that are not the period (24-27); the incident's record + 1 (28-31).
    private const int Rhythm = 2;

    // How long the rhythm lasts, or of an incident the newest gap beside the period (bits 0-15). Copies since the newest beat
    // (16-22) and whether one of them came late (23); copies between it and the one before, if one came late (24-31).
    private const int Copies = 3;
    private const int Width = 4;

    // Times are kept as a number of so many bits and by how many bits it is shifted, so that two fit where one did: a period is
    // exact to a centisecond for eleven minutes and to 1.5 in 100,000 beyond, the other to 40 s and 0.5 in 1,000.
    private const int PeriodBits = 16;
    private const int SpanBits = 12;
    private const int PeriodMask = 0xfffff;

    private const int CountShift = 20;
    private const int IncidentShift = 28;

    // Of a count of an incident: how often in a row the gap was alike, and strayed.
    private const int AlikeMask = 15;
    private const int StrayShift = 4;
    private const int OneCopy = 1 << 16;
    private const int MostCopies = 127;
    private const int CopiesShift = 16;
    private const int CameLate = 1 << 23;
    private const int StreamShift = 24;

    /// <summary>Copies closer together than this are one beat: a second, less what a beat a second may come early.</summary>
    private const int BurstGap = Limits.AttemptGap - 5;

    /// <summary>
    /// Gaps in a row off the period after which there is none: of irregular ones every tenth or so meets it by chance.
    /// </summary>
    private const int MostStray = 8;

    private readonly KeyedHash _hash;
    private readonly int[] _cells = new int[Limits.BroadcastSenders * Width];

    /// <summary>Makes an empty memory.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Broadcasts(KeyedHash hash)
    {
        _hash = hash;
    }

    /// <summary>Takes in a broadcast.</summary>
    /// <param name="probe">Who sends what to whom; the target of a frame that is not IP is 0 and its port the EtherType or LLC
    /// type.</param>
    /// <returns>Where the sender begins.</returns>
    public int Note(Probe probe)
    {
        int[] cells = _cells;
        int key = _hash.Of(probe.Actor, probe.Target, (probe.Port << 9) | (probe.Protocol & 511));
        int now = probe.Now;
        int at = Find(key);
        if (at < 0)
        {
            at = Make(now);
            cells[at + Key] = key;
            cells[at + Last] = now;
            cells[at + Rhythm] = 1 << CountShift;
            cells[at + Copies] = 0;
        }
        else
        {
            Follow(at, now);
        }

        return at;
    }

    /// <summary>How many beats a sender has kept its period for.</summary>
    /// <param name="at">Where it begins.</param>
    public int InPeriodOf(int at)
    {
        return (byte)(_cells[at + Rhythm] >> CountShift);
    }

    /// <summary>The period that a sender keeps, centiseconds; 0 when it keeps none any more.</summary>
    /// <param name="at">Where it begins.</param>
    public int PeriodOf(int at)
    {
        int period = Unpack(_cells[at + Rhythm] & PeriodMask, PeriodBits);
        int parts = (byte)(_cells[at + Copies] >> StreamShift) + 1;
        if (parts == 1 || period == 0 || period >= 2 * BurstGap)
        {
            return period;
        }

        // Copies all over the second are no burst: beats closer together than that.
        int part = (period + (parts >> 1)) / parts;
        return part == 0 ? 1 : part;
    }

    /// <summary>When a sender's rhythm began, centiseconds.</summary>
    /// <param name="at">Where it begins.</param>
    public int FirstOf(int at)
    {
        return _cells[at + Last] - Unpack((ushort)_cells[at + Copies], SpanBits);
    }

    /// <summary>The record of a sender's incident, -1 for none.</summary>
    /// <param name="at">Where it begins.</param>
    public int IncidentOf(int at)
    {
        return (int)((uint)_cells[at + Rhythm] >> IncidentShift) - 1;
    }

    /// <summary>Frees all senders of a closed incident.</summary>
    /// <param name="record">The incident's record.</param>
    public void Release(int record)
    {
        for (int at = 0; at < _cells.Length; at += Width)
        {
            if (IncidentOf(at) == record)
            {
                Tie(at, -1);
            }
        }
    }

    /// <summary>Ties a sender to its incident, or frees it.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="record">The incident's record, -1 for none.</param>
    public void Tie(int at, int record)
    {
        _cells[at + Rhythm] = (_cells[at + Rhythm] & PeriodMask) | ((record + 1) << IncidentShift);
        _cells[at + Copies] &= ~0xffff;
        if (record < 0)
        {
            _cells[at + Key] = 0;
        }
    }

    /// <summary>Whether a gap is a number of beats: within 2 % of one period, and never less than the stamps' own
    /// grain.</summary>
    /// <param name="gap">Centiseconds.</param>
    /// <param name="expected">What so many beats take.</param>
    /// <param name="beats">How many.</param>
    public bool IsNear(int gap, int expected, int beats)
    {
        int slack = (expected / (50 * beats)) + 2;
        int off = gap - expected;
        return off <= slack && off >= -slack;
    }

    private int Find(int key)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at] == key)
            {
                return at;
            }
        }

        return -1;
    }

    private int Make(int now)
    {
        int[] cells = _cells;
        int victim = -1;
        int best = -1;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at] == 0)
            {
                return at;
            }

            int age = now - cells[at + Last];
            int rhythm = cells[at + Rhythm];
            if ((rhythm >> IncidentShift) != 0)
            {
                continue;
            }

            // Two intervals alike are a rhythm that is being followed, until it missed too many beats. However fast others come,
            // those without one go first.
            bool isFollowed = (byte)(rhythm >> CountShift) >= 3 && age < Limits.StoryGap
                && age <= Unpack(rhythm & PeriodMask, PeriodBits) * (MostMissed + 1);
            int worth = isFollowed ? age : age | Unfollowed;
            if (worth > best)
            {
                best = worth;
                victim = at;
            }
        }

        Evictions += (best & ~Unfollowed) < Limits.StoryGap ? 1 : 0;
        return victim < 0 ? 0 : victim;
    }

    private void Follow(int at, int now)
    {
        int[] cells = _cells;
        int gap = now - cells[at + Last];
        int copies = cells[at + Copies];
        if (gap < BurstGap)
        {
            // A burst (three copies at once) is one beat.
            copies |= gap >= BurstGap / 2 ? CameLate : 0;
            cells[at + Copies] = ((copies >> CopiesShift) & MostCopies) == MostCopies ? copies : copies + OneCopy;
            return;
        }

        cells[at + Last] = now;
        int span = Unpack((ushort)copies, SpanBits);
        cells[at + Copies] = ((copies & CameLate) == 0 ? 0 : ((copies >> CopiesShift) & MostCopies) << StreamShift)
            | (ushort)copies;
        int rhythm = cells[at + Rhythm];
        int count = (byte)(rhythm >> CountShift);
        int period = Unpack(rhythm & PeriodMask, PeriodBits);
        if ((rhythm >> IncidentShift) != 0)
        {
            count = FollowKnown(at, gap, count, period, span);
            cells[at + Rhythm] = (cells[at + Rhythm] & ~(255 << CountShift)) | (count << CountShift);
            return;
        }

        if (count >= 2 && IsNear(gap, period, 1))
        {
            span += gap;
            count += count < 255 ? 1 : 0;
        }
        else
        {
            bool isStory = gap <= Limits.StoryGap;
            span = isStory ? gap : 0;
            period = span;
            count = isStory ? 2 : 1;
        }

        cells[at + Rhythm] = Pack(period, PeriodBits) | (count << CountShift);
        PutSpan(at, span);
    }

    /// <summary>Follows the rhythm of an incident.</summary>
    /// <returns>How many gaps in a row were alike beside the period, and how many were off it.</returns>
    private int FollowKnown(int at, int gap, int count, int period, int other)
    {
        int beats = period == 0 ? 0 : (gap + (period >> 1)) / period;
        bool isKept = beats >= 1 && beats <= MostMissed && IsNear(gap, beats * period, beats);
        if (isKept && beats == 1)
        {
            return 0;
        }

        // A mirror that misses beats misses now and then one; the same number each time is another period.
        int alike = count & AlikeMask;
        if (alike == 0 || !IsNear(gap, other, 1))
        {
            other = gap;
            PutSpan(at, gap);
            alike = 0;
        }

        alike++;
        if (alike == Limits.Broadcasts - 1)
        {
            PutPeriod(at, other);
            return 0;
        }

        int stray = isKept ? 0 : (count >> StrayShift) + 1;
        if (stray >= MostStray)
        {
            // A machine that was off comes back to its beat; this one has none.
            PutPeriod(at, 0);
            stray = MostStray;
        }

        return (stray << StrayShift) | alike;
    }

    private void PutPeriod(int at, int period)
    {
        _cells[at + Rhythm] = (_cells[at + Rhythm] & ~PeriodMask) | Pack(period, PeriodBits);
    }

    private void PutSpan(int at, int span)
    {
        _cells[at + Copies] = (_cells[at + Copies] & ~0xffff) | Pack(span, SpanBits);
    }

    private int Pack(int time, int bits)
    {
        int shift = 0;
        while (time >> shift >> bits != 0)
        {
            shift++;
        }

        return (shift << bits) | (time >> shift);
    }

    private int Unpack(int packed, int bits)
    {
        return (packed & ((1 << bits) - 1)) << (packed >> bits);
    }

    // Above every age that a followed rhythm can have.
    private const int Unfollowed = 1 << 30;

    /// <summary>Beats in a row that a lossy mirror may miss; more would let irregular gaps pass for multiples.</summary>
    private const int MostMissed = 4;
}
