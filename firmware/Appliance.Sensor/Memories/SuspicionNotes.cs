namespace Appliance.Sensor.Memories;

/// <summary>What a suspicion keeps of each attempt.</summary>
public sealed class SuspicionNotes
{
    // Targets that are counted: above, the eight bits of each count could run over.
    private const int MostCounted = 100;

    // Where the column of flags holds what was asked before.
    private const int BeforeShift = 18;
    private const int BeforeMask = 63;

    // Where the column of who answered holds the tool: 0 before the first attempt, its mark + 1, or all bits where they differ.
    private const int ToolShift = 8;
    private const int ToolMask = 15;

    private readonly int[] _cells;
    private readonly KeyedHash _hash;

    /// <summary>Makes the notes of a memory.</summary>
    /// <param name="suspicions">The memory.</param>
    /// <param name="hash">The sensor's hash.</param>
    public SuspicionNotes(Suspicions suspicions, KeyedHash hash)
    {
        _cells = suspicions.Cells;
        _hash = hash;
    }

    /// <summary>Writes down what the first attempt of a suspicion looks like.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt.</param>
    public void Start(int at, Probe probe)
    {
        int[] cells = _cells;
        cells[at + Suspicions.FirstTarget] = probe.Version == 6 ? _hash.DigestOfSix(probe.Addresses, probe.DestinationAt)
            : probe.Target;
        cells[at + Suspicions.Cover] = (probe.Version == 6 ? 128 : 32) | (probe.Ttl << 8) | (probe.Ttl << 16);
        cells[at + Suspicions.Facts] = (probe.Signature + 1) | ((probe.Expected + 1) << 16)
            | (probe.Signature >= 0 || probe.IsSuspect ? Suspicions.IsNamed : 0);
        cells[at + Suspicions.FirstPort] = (probe.Identification << 16) | probe.SourcePort;
        cells[at + Suspicions.Flags] = (probe.Fine << 8) | probe.Flags;
    }

    /// <summary>The place of a target in the list.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="number">The target's number, or port.</param>
    /// <returns>0-7; -1 when it is not listed.</returns>
    public int PlaceOf(int at, int number)
    {
        int[] cells = _cells;
        int count = ListedOf(at);
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            if ((int)((uint)cells[first + i] >> 16) == number)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>How many targets a suspicion lists.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    public int ListedOf(int at)
    {
        int count = _cells[at + Suspicions.Targets];
        return count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
    }

    /// <summary>Writes down how many targets its actor asked before the suspicion began that it does not count.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="count">How many; the column holds 63.</param>
    public void NoteBefore(int at, int count)
    {
        count = count < 0 ? 0 : count > BeforeMask ? BeforeMask : count;
        _cells[at + Suspicions.Flags] = (_cells[at + Suspicions.Flags] & ~(BeforeMask << BeforeShift))
            | (count << BeforeShift);
    }

    /// <summary>How many targets its actor asked before the suspicion began that it does not count.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    public int BeforeOf(int at)
    {
        return (_cells[at + Suspicions.Flags] >> BeforeShift) & BeforeMask;
    }

    /// <summary>Notes the mark of a tool on an attempt: a walk is a tool's when all of its attempts have the mark.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="mark">The mark, 0 for none.</param>
    public void NoteTool(int at, int mark)
    {
        int cell = at + Suspicions.Answered;
        int before = (_cells[cell] >> ToolShift) & ToolMask;
        int now = before == 0 || before == mark + 1 ? mark + 1 : ToolMask;
        _cells[cell] = (_cells[cell] & ~(ToolMask << ToolShift)) | (now << ToolShift);
    }

    /// <summary>The mark that all attempts have, 0 for none.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    public int ToolOf(int at)
    {
        int mark = (_cells[at + Suspicions.Answered] >> ToolShift) & ToolMask;
        return mark == 0 || mark == ToolMask ? 0 : mark - 1;
    }

    /// <summary>How many of the listed targets never spoke.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    public int DarkOf(int at)
    {
        return Bits.CountOf((int)((uint)_cells[at + Suspicions.Cover] >> 24));
    }

    /// <summary>Writes an attempt into a suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt, its outcome known.</param>
    /// <param name="number">What it is counted by: the target's number, or the port.</param>
    /// <param name="isFirst">
    /// It is a first contact, so that its target is new unless it is listed; else one that shares its bit with another is not.
    /// </param>
    /// <returns>Whether its target is new.</returns>
    public bool Write(int at, Probe probe, int number, bool isFirst)
    {
        int[] cells = _cells;
        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        cells[at + Suspicions.Attempts]++;
        int facts = FactsWith(at, probe);
        int cover = WidenTtl(cells[at + Suspicions.Cover], probe.Ttl);
        int outcome = probe.Outcome;
        bool isDark = outcome == Outcome.Dark;
        int place = PlaceOf(at, number);
        bool isNew = false;
        if (place >= 0)
        {
            int each = cells[at + Suspicions.AttemptsEach];
            if (((each >> (place << 2)) & 15) != 15)
            {
                cells[at + Suspicions.AttemptsEach] = each + (1 << (place << 2));
            }
        }
        else
        {
            int count = cells[at + Suspicions.Targets];
            bool hasAnswered = outcome == Outcome.Answered || outcome == Outcome.Open;
            isNew = true;
            if (count < Suspicions.ListedTargets)
            {
                place = count;
                cells[at + Suspicions.AttemptsEach] |= 1 << (place << 2);
                facts |= count == 1 && probe.SourcePort == (ushort)cells[at + Suspicions.FirstPort] ? Suspicions.HoldsIds : 0;
                cells[at + Suspicions.Target + place] = (number << 16) | OrderOf(probe, facts);
                cells[at + Suspicions.Answered] |= hasAnswered ? 1 << place : 0;
            }
            else
            {
                int bit = 1 << (number & 31);
                isNew = isFirst || (cells[at + Suspicions.Beyond] & bit) == 0;
                cells[at + Suspicions.Beyond] |= bit;
                if (!isNew && isDark)
                {
                    place = ListDark(at, number, OrderOf(probe, facts));
                }
            }

            if (isNew && count < MostCounted)
            {
                cells[at + Suspicions.Targets] = count + 1;
                cells[at + Suspicions.Counts] += (hasAnswered ? 1 << 8 : 1)
                    + (probe.IsSuspect && outcome != Outcome.Open ? 1 << 16 : 0)
                    + (outcome == Outcome.Refused ? 1 << 24 : 0);
            }

            // Of one that shares its bit with another, too: the prefix covers all that were asked.
            cover = (cover & ~0xff) | (probe.Version == 6
                ? _hash.SharedSix(cells[at + Suspicions.FirstTarget], probe.Addresses, probe.DestinationAt, (byte)cover)
                : Prefix.Shared(cells[at + Suspicions.FirstTarget], probe.Target, (byte)cover));
        }

        if (place >= 0 && isDark)
        {
            cover |= 1 << (24 + place);
        }

        cells[at + Suspicions.Cover] = cover;
        cells[at + Suspicions.Facts] = facts;
        return isNew;
    }

    /// <summary>
    /// Writes an attempt into a suspicion of many sources: the order of their ports or ids says nothing, so the list holds the
    /// sources instead.
    /// </summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt, counted by its target's number.</param>
    /// <param name="lastOctet">The last octet of the source's address.</param>
    /// <returns>Whether its target is new.</returns>
    public bool WriteSource(int at, Probe probe, int lastOctet)
    {
        int[] cells = _cells;
        int before = cells[at + Suspicions.Targets];
        bool isNew = Write(at, probe, probe.Number, false);
        int listed = cells[at + Suspicions.Targets];
        if (listed > before && listed <= Suspicions.ListedTargets)
        {
            int place = at + Suspicions.Target + before;
            cells[place] = (cells[place] & ~0xffff) | lastOctet;
            cells[at + Suspicions.Facts] &= ~Suspicions.HoldsIds;
        }

        return isNew;
    }

    private int FactsWith(int at, Probe probe)
    {
        int[] cells = _cells;
        int facts = cells[at + Suspicions.Facts];
        if ((ushort)facts != probe.Signature + 1)
        {
            facts |= Suspicions.NameDiffers;
            if ((ushort)facts == 0)
            {
                facts |= probe.Signature + 1;
            }
        }

        if (probe.Expected < 0)
        {
            facts &= ~0xff0000;
        }

        facts |= probe.Flags != (byte)cells[at + Suspicions.Flags] ? Suspicions.FlagsDiffer : 0;
        return facts | (probe.SourcePort == (ushort)cells[at + Suspicions.FirstPort] ? 0 : Suspicions.PortDiffers);
    }

    private int WidenTtl(int cover, int ttl)
    {
        if (ttl < (byte)(cover >> 8))
        {
            return (cover & ~0xff00) | (ttl << 8);
        }

        return ttl > (byte)(cover >> 16) ? (cover & ~0xff0000) | (ttl << 16) : cover;
    }

    private int OrderOf(Probe probe, int facts)
    {
        return (facts & Suspicions.HoldsIds) != 0 ? probe.Identification : probe.SourcePort;
    }

    /// <summary>
    /// Lists a dark target that came again in place of one that is not dark: who polls a network of living hosts would otherwise
    /// never be seen to poll the dead ones among them. The first target stays, since its source port and IP id stand apart.
    /// </summary>
    /// <returns>Its place, -1 when all that are listed are dark.</returns>
    private int ListDark(int at, int number, int order)
    {
        int[] cells = _cells;
        int dark = (int)((uint)cells[at + Suspicions.Cover] >> 24);
        for (int place = 1; place < Suspicions.ListedTargets; place++)
        {
            if (((dark >> place) & 1) == 0)
            {
                int cell = at + Suspicions.Target + place;
                cells[at + Suspicions.Beyond] |= 1 << ((cells[cell] >> 16) & 31);
                cells[cell] = (number << 16) | order;
                cells[at + Suspicions.Answered] &= ~(1 << place);
                cells[at + Suspicions.AttemptsEach] = (cells[at + Suspicions.AttemptsEach] & ~(15 << (place << 2)))
                    | (1 << (place << 2));
                return place;
            }
        }

        return -1;
    }
}
