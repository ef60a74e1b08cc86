using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>An incident table of which one record is free.</summary>
internal static class FullTable
{
    // No kind that is stored, so that it takes no place from the kinds of a test.
    private const int NoKind = Kind.Scan;

    /// <summary>Fills all records but the first with incidents that were never told, go on for ever, and give way
    /// first.</summary>
    public static void FillAllButTheFirst(this IncidentTable incidents)
    {
        for (int record = 1; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            incidents.Cells[row + Column.Id] = 1000 + record;
            incidents.Cells[row + Column.Kind] = NoKind;
            incidents.Cells[row + Column.ToldKind] = -1;
            incidents.Cells[row + Column.Signature] = -1;
            incidents.Cells[row + Column.Last] = int.MaxValue / 2;
            incidents.Cells[row + Column.First] = int.MaxValue / 2;
            incidents.OpenCount++;
        }
    }
}
