using System;

using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// Digests of earlier sweeps: in which order they walked their targets. Two sweeps that share their order, and not a plain
/// ascending one, share a list: somebody has a table of this network.
/// </summary>
/// <remarks>
/// A new digest takes the place of the oldest; an attacker who sweeps nine times hides only that the tenth had a list.
/// </remarks>
public sealed class TargetLists
{
    private readonly int[] _ids = new int[Limits.Digests];
    private readonly int[] _actors = new int[Limits.Digests];
    private readonly int[] _times = new int[Limits.Digests];
    private readonly byte[] _counts = new byte[Limits.Digests];
    private readonly ushort[] _lists = new ushort[Limits.Digests * Limits.ListedTargets];
    private readonly byte[] _piles = new byte[Limits.ListedTargets];
    private int _next;

    /// <summary>Keeps the digest of a sweep that is being closed.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="record">Its record.</param>
    /// <param name="now">Centiseconds.</param>
    public void Keep(IncidentTable incidents, int record, int now)
    {
        int[] cells = incidents.Cells;
        int row = record * Column.Count;
        int place = _next;
        _next = place + 1 == Limits.Digests ? 0 : place + 1;
        _ids[place] = cells[row + Column.Id];
        _actors[place] = cells[row + Column.Actor];
        _times[place] = now;
        // A plain order proves nothing, so it is kept for its actor alone.
        _counts[place] = (byte)(incidents.IsPlainOrder(row) ? 0 : cells[row + Column.Listed]);
        Array.Copy(incidents.Listed, record * Limits.ListedTargets, _lists, place * Limits.ListedTargets, Limits.ListedTargets);
    }

    /// <summary>The newest kept sweep of an actor.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Its incident's number, 0 for none.</returns>
    public int RelatedTo(int actor, int now)
    {
        int newest = 0;
        for (int i = 0; i < Limits.Digests; i++)
        {
            if (_ids[i] > newest && _actors[i] == actor && now - _times[i] < Limits.ListKept)
            {
                newest = _ids[i];
            }
        }

        return newest;
    }

    /// <summary>The incident that walked the same list as a sweep, among the kept and the open ones.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="record">The sweep's record.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>The incident's number, 0 for none.</returns>
    public int SameAs(IncidentTable incidents, int record, int now)
    {
        int[] cells = incidents.Cells;
        int i;
        int at;
        ushort[] listed = incidents.Listed;
        int first = record * Limits.ListedTargets;
        int count = cells[(record * Column.Count) + Column.Listed];
        for (i = 0; i < Limits.Digests; i++)
        {
            if (_counts[i] >= Limits.SharedForOrder && now - _times[i] < Limits.ListKept
                && IsSameOrder(listed, first, count, _lists, i * Limits.ListedTargets, _counts[i]))
            {
                return _ids[i];
            }
        }

        for (i = 0; i < Limits.Incidents; i++)
        {
            at = i * Column.Count;
            if (i != record && cells[at + Column.Id] != 0 && cells[at + Column.Kind] == Kind.Sweep
                && cells[at + Column.Listed] >= Limits.SharedForOrder && !incidents.IsPlainOrder(at)
                && IsSameOrder(listed, first, count, listed, i * Limits.ListedTargets, cells[at + Column.Listed]))
            {
                return cells[at + Column.Id];
            }
        }

        return 0;
    }

    /// <summary>
    /// Whether two lists share at least eight targets and most of them in the same order: the longest run of the one that ascends
    /// in the other (patience sorting) covers four fifths of what they share. Gaps and swapped neighbours do not matter.
    /// </summary>
    private bool IsSameOrder(ushort[] a, int aAt, int aCount, ushort[] b, int bAt, int bCount)
    {
        int position;
        int pile;
        int shared = 0;
        int length = 0;
        byte[] piles = _piles;
        for (int i = 0; i < aCount; i++)
        {
            int number = a[aAt + i];
            position = 0;
            while (position < bCount && b[bAt + position] != number)
            {
                position++;
            }

            if (position == bCount)
            {
                continue;
            }

            shared++;
            pile = length;
            while (pile > 0 && piles[pile - 1] > position)
            {
                pile--;
            }

            piles[pile] = (byte)position;
            if (pile == length)
            {
                length++;
            }
        }

        return shared >= Limits.SharedForOrder && length * 5 >= shared * 4;
    }
}
