using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Inside hosts whose attempts outwards fail: behind a closed firewall, on an isolated VLAN, or as clients of peers that are
/// gone.
/// That has one cause for all of them, so it is one story for all, low, and told once a day. Who fails at hundreds is a worm and
/// told by itself (<see cref="FirstContacts.OutwardCrowd"/>).
/// </summary>
public sealed class OutwardFailures
{
    /// <summary>Who tells incidents.</summary>
    public readonly Teller Teller;

    private readonly Suspicions _suspicions;
    private readonly IncidentTable _incidents;

    /// <summary>Makes it of what it works on.</summary>
    public OutwardFailures(Suspicions suspicions, IncidentTable incidents, Teller teller)
    {
        _suspicions = suspicions;
        _incidents = incidents;
        Teller = teller;
    }

    /// <summary>Whether a walk is one over outside hosts that need no worse reading.</summary>
    /// <param name="at">Where its suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public bool Are(int at, Probe probe)
    {
        return probe.LivingBit < 0 && probe.Contacts < FirstContacts.OutwardCrowd
            && (byte)(_suspicions.Cells[at + Suspicions.Counts] >> 16) < Limits.SuspectTargets;
    }

    /// <summary>The story of the same cause.</summary>
    /// <param name="probe">The newest attempt of a walk.</param>
    /// <returns>Its record, -1 where it is not open.</returns>
    public int RecordOf(Probe probe)
    {
        return _incidents.Find(Column.Form, FormOf(probe), 0, probe.Version);
    }

    /// <summary>Opens the story.</summary>
    /// <param name="probe">The newest attempt of the first walk.</param>
    /// <returns>Its record.</returns>
    public int Open(Probe probe)
    {
        int record = Teller.Open(Kind.Sweep, probe);
        _incidents.Cells[(record * Column.Count) + Column.Form] = FormOf(probe);
        return record;
    }

    private int FormOf(Probe probe)
    {
        return probe.Outcome == Outcome.Refused ? IncidentForm.Outward + 1 : IncidentForm.Outward;
    }
}
