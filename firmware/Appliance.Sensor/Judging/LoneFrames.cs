using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>Frames of which one is enough for an incident: nobody sends them in good faith.</summary>
public sealed class LoneFrames
{
    private readonly IncidentTable _incidents;
    private readonly SiteView _site;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public LoneFrames(IncidentTable incidents, SiteView site, Teller teller)
    {
        _incidents = incidents;
        _site = site;
        _teller = teller;
    }

    /// <summary>Takes in a fragment that overlaps a TCP header, by which a filter sees other flags or ports than the
    /// host.</summary>
    /// <param name="probe">The fragment.</param>
    public void Overlap(Probe probe)
    {
        int record = Take(probe, Kind.PortScan, IncidentForm.Overlap);
        int row = record * Column.Count;
        if (_incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.CoverDestination(record, probe);
            _incidents.Cells[row + Column.Destinations]++;
        }

        // Whose they are is what it is about.
        _incidents.Cells[row + Column.Flags] = -1;

        _teller.Consider(record);
    }

    /// <summary>Takes in such a frame; it is not told yet.</summary>
    /// <param name="probe">The frame.</param>
    /// <param name="kind">What it is told as, a constant of <see cref="Kind"/>.</param>
    /// <param name="form">A constant of <see cref="IncidentForm"/>.</param>
    /// <returns>The incident's record.</returns>
    public int Take(Probe probe, int kind, int form)
    {
        int record = _incidents.Find(Column.Form, form, probe.Actor, probe.Version);
        _site.Complete(probe);
        if (record < 0)
        {
            probe.IsSuspect = false;
            record = _teller.Open(kind, probe);
            _incidents.Cells[(record * Column.Count) + Column.Form] = form;
            _teller.Relate(record);
        }

        _incidents.Absorb(record, probe);
        return record;
    }
}
