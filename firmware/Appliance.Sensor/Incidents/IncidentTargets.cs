using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>Which targets an incident has seen, and how many: exact as long as its memory tells them apart.</summary>
public sealed partial class IncidentTable
{
    private const int WordsEach = Limits.TargetBits / 32;

    /// <summary>
    /// Bits from which on a set is too full to estimate by: a free one then stands for 32 targets, and the error is 5 %.
    /// </summary>
    private const int FullBits = Limits.TargetBits - (Limits.TargetBits / 32);

    /// <summary>
    /// Bits from which on a count is less than the truth: for the eight that came since <see cref="FullBits"/>, and were counted
    /// as one each, it takes some three hundred targets, nearly twice the estimate's error.
    /// </summary>
    private const int SurelyMoreBits = FullBits + 8;

    private readonly int[] _seen = new int[Limits.Incidents * WordsEach];

    private readonly ExactTargets _exact = new ExactTargets();

    /// <summary>
    /// Counts and remembers a target (or port, or source, as the kind counts) if it is new to an incident. Exact for the listed
    /// ones, for targets that span at most <see cref="Limits.TargetBits"/> numbers, and for any that come in order. Beyond that
    /// some new ones fall on bits of others; those that do not are counted for them (linear counting: Whang, Vander-Zanden,
    /// Taylor, A Linear-Time Probabilistic Counting Algorithm, ACM TODS 15(2), 1990). Its standard error, sqrt(m(e^t - t - 1)) /
    /// n for n targets in m bits and t = n / m, is 3 % for a thousand, and 5 % for 3,500 of 1,024 bits; beyond that it soon says
    /// nothing, so only targets that are surely new are counted then: see <see cref="IsAtLeast"/>. Never are there more targets
    /// than attempts.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="number">16 bits.</param>
    /// <returns>By how much the count grew; 0 when the target was known, or counted before without its number.</returns>
    public int AddNew(int record, int number)
    {
        // The device addresses the first four locals for less than the others.
        int[] cells = Cells;
        int at = record * Column.Count;
        int size = cells[at + Column.Size];
        int more = 1;
        int listAt = record * Limits.ListedTargets;
        int word = (record * WordsEach) + ((number >> 5) & (WordsEach - 1));
        int mask = 1 << (number & 31);
        int bits = cells[at + Column.Bits];
        int low = size == 0 ? number : cells[at + Column.TargetLow];
        int span = cells[at + Column.TargetSpan];
        // The numbers of a network may count on from 65,535 to 0 within it.
        int up = (ushort)(number - low);
        bool isBeyond = up > span;
        // Nearer below than above, or not.
        bool isBelow = up - span > 65536 - up;
        int reach = !isBeyond ? span : isBelow ? span + 65536 - up : up;
        bool isSet = (_seen[word] & mask) != 0;
        // The exact set is taken as soon as an incident's own bits do not tell its targets apart any more.
        bool isExact = _exact.Owner == cells[at + Column.Id]
            || (reach >= Limits.TargetBits && TakeExact(record));
        if (isExact)
        {
            if (!_exact.Add(number, cells[at + Column.Last]))
            {
                return 0;
            }
        }
        else if (isSet && (size > Limits.ListedTargets ? !isBeyond : IsListed(listAt, cells[at + Column.Listed], number)))
        {
            return 0;
        }

        if (!isSet)
        {
            _seen[word] |= mask;
            cells[at + Column.Bits] = bits + 1;
            if (!isExact && size > Limits.ListedTargets && span >= Limits.TargetBits && !isBeyond && bits < FullBits)
            {
                int fraction = cells[at + Column.SizeFraction] + (Limits.TargetBits * 1024 / (Limits.TargetBits - bits));
                more = fraction >> 10;
                cells[at + Column.SizeFraction] = fraction & 1023;
                int most = cells[at + Column.Frames] - size;
                more = more > most ? most : more;
            }
        }

        if (size < Limits.ListedTargets)
        {
            // Some may have been counted without their numbers.
            int listed = cells[at + Column.Listed];
            Listed[listAt + listed] = (ushort)number;
            cells[at + Column.Listed] = listed + 1;
            if (cells[at + Column.Unnumbered] > 0 && cells[at + Column.Sources] > 1)
            {
                // A decoy asks for what the first source asked for: it was counted already, without its number.
                cells[at + Column.Unnumbered]--;
                more = 0;
            }
        }

        if (isBeyond || size == 0)
        {
            cells[at + Column.TargetLow] = isBelow ? number : low;
            cells[at + Column.TargetSpan] = reach;
        }

        cells[at + Column.Size] = size + more;
        return more;
    }

    /// <summary>Whether a target was counted, of an incident whose targets span at most <see
    /// cref="Limits.TargetBits"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">The target's number.</param>
    public bool Holds(int record, int number)
    {
        return (_seen[(record * WordsEach) + ((number >> 5) & (WordsEach - 1))] & (1 << (number & 31))) != 0;
    }

    // Gives an incident the exact set, if it is free and all targets are still listed.
    private bool TakeExact(int record)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        int size = cells[at + Column.Size];
        if (size == 0 || size > cells[at + Column.Listed] || !_exact.IsFree(cells[at + Column.Last]))
        {
            return false;
        }

        _exact.Take(cells[at + Column.Id]);
        for (int i = 0; i < size; i++)
        {
            _exact.Add(Listed[(record * Limits.ListedTargets) + i], cells[at + Column.Last]);
        }

        return true;
    }

    /// <summary>Gives back what a record has that others may need, as it is closed.</summary>
    /// <param name="record">The record.</param>
    public void Release(int record)
    {
        int id = Cells[(record * Column.Count) + Column.Id];
        _exact.Free(id);
        _exact.Free(-id);
    }

    /// <summary>Whether there are more targets than were counted: the set was too full to tell new ones from old.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool IsAtLeast(int at)
    {
        // Where each attempt counted, or each number between the ends did, nothing was missed.
        int[] cells = Cells;
        int size = cells[at + Column.Size];
        return _exact.Owner != cells[at + Column.Id] && cells[at + Column.Bits] >= SurelyMoreBits
            && size < cells[at + Column.Frames] && size <= cells[at + Column.TargetSpan];
    }

    private bool IsListed(int listAt, int count, int number)
    {
        ushort[] listed = Listed;
        int end = listAt + count;
        for (int i = listAt; i < end; i++)
        {
            if (listed[i] == number)
            {
                return true;
            }
        }

        return false;
    }
}
