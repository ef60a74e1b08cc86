using System;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>What began as a port scan and turns out to walk hosts as well.</summary>
public sealed partial class IncidentTable
{
    /// <summary>Makes a sweep of a port scan: its ports stay listed, and its hosts are to be counted anew.</summary>
    /// <param name="record">The record.</param>
    public void BecomeSweep(int record)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        Array.Clear(_seen, record * WordsEach, WordsEach);
        Answerers.Clear(record);
        // The set of its ports goes on as one of the sweep's.
        _exact.Owner = _exact.Owner == cells[at + Column.Id] ? -_exact.Owner : _exact.Owner;
        cells[at + Column.DistinctPorts] = cells[at + Column.Size];
        cells[at + Column.Kind] = Kind.Sweep;
        cells[at + Column.Port] = 0;
        cells[at + Column.Signature] = -1;
        cells[at + Column.Group] = -1;
        cells[at + Column.Size] = 0;
        cells[at + Column.SizeFraction] = 0;
        cells[at + Column.Bits] = 0;
        cells[at + Column.Listed] = 0;
        BreakOrder(record);
    }
}
