using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>Which record is free, which one gives way, and which one is of a form.</summary>
public sealed partial class IncidentTable
{
    /// <summary>
    /// A free record for an incident of a kind; -1 when all are in use, or when its kind holds its half of them.
    /// </summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    public int FindFree(int kind)
    {
        int free = -1;
        for (int i = 0; i < Limits.Incidents; i++)
        {
            if (Cells[(i * Column.Count) + Column.Id] == 0)
            {
                free = i;
            }
        }

        return CountOf(kind) < Limits.IncidentsOfKind ? free : -1;
    }

    /// <summary>
    /// The record to close for a new one: lowest severity, then smallest and shortest, then longest silent; of its kind where
    /// that has its half.
    /// </summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="kind">The new incident's kind.</param>
    public int FindLeast(int now, int kind)
    {
        int[] cells = Cells;
        int i;
        int at;
        int leastWorth = int.MaxValue;
        bool isOfKind = CountOf(kind) >= Limits.IncidentsOfKind;
        int least = 0;
        int longest = -1;
        for (i = 0; i < Limits.Incidents; i++)
        {
            at = i * Column.Count;
            if (cells[at + Column.Id] == 0 || (isOfKind && cells[at + Column.Kind] != kind))
            {
                continue;
            }

            // Severity before size: a sweep of three hosts goes before one that has walked further. A second of its story counts
            // as a host: spoofed sources that knock a few times each push out each other, not a scan that takes its time.
            int story = (cells[at + Column.Last] - cells[at + Column.First]) / Limits.Second;
            int worth = (cells[at + Column.ToldSeverity] << 24) + story + cells[at + Column.Size];
            int silent = now - cells[at + Column.Last];
            if (worth < leastWorth || (worth == leastWorth && silent > longest))
            {
                least = i;
                leastWorth = worth;
                longest = silent;
            }
        }

        return least;
    }

    /// <summary>The newest open record whose column has a value.</summary>
    /// <param name="column">A constant of <see cref="Column"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="actor">Its actor, 0 for any.</param>
    /// <param name="version">4 or 6.</param>
    /// <returns>-1 for none.</returns>
    public int Find(int column, int value, int actor, int version)
    {
        int found = -1;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int at = record * Column.Count;
            if (Cells[at + column] == value && IsOf(at, actor == 0 ? Cells[at + Column.Actor] : actor, version))
            {
                found = record;
            }
        }

        return found;
    }

    private int CountOf(int kind)
    {
        int count = 0;
        for (int at = 0; at < Cells.Length; at += Column.Count)
        {
            count += Cells[at + Column.Id] != 0 && Cells[at + Column.Kind] == kind ? 1 : 0;
        }

        return count;
    }
}
