using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>How a further attempt joins the incident of its actor.</summary>
public sealed class Joining
{
    /// <summary><see cref="Join"/>: there is no incident to join.</summary>
    public const int No = -1;

    /// <summary><see cref="Join"/>: it joined, at a target that was counted before.</summary>
    public const int Known = 0;

    /// <summary><see cref="Join"/>: it joined, at a new target.</summary>
    public const int New = 1;

    /// <summary>The scans of several hosts and ports.</summary>
    public readonly WideScans Wide;

    private readonly Suspicions _suspicions;
    private readonly IncidentTable _incidents;
    private readonly OutcomeCounts _counts;
    private readonly DarkPolling _dark;
    private readonly SiteView _site;
    private readonly Teller _teller;
    private readonly ArpBursts _arp;

    /// <summary>Makes it of what it works on.</summary>
    public Joining(Suspicions suspicions, IncidentTable incidents, OutcomeCounts counts, DarkPolling dark, SiteView site,
        WideScans wide,
        ArpBursts arp)
    {
        _arp = arp;
        _suspicions = suspicions;
        _incidents = incidents;
        _counts = counts;
        _dark = dark;
        _site = site;
        _teller = arp.Teller;
        Wide = wide;
    }

    /// <summary>Adds an attempt to the incident that its suspicion has become.</summary>
    /// <param name="at">Where the suspicion begins, -1 for none.</param>
    /// <param name="probe">The attempt.</param>
    /// <param name="byPort">The suspicion is of a port; else of a host.</param>
    /// <returns>A constant of this class.</returns>
    public int Join(int at, Probe probe, bool byPort)
    {
        if (at < 0)
        {
            return No;
        }

        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            return No;
        }

        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int kind = incidents[row + Column.Kind];
        if (kind == Kind.DarkHost)
        {
            _dark.Join(at, record, probe);
            return Known;
        }

        if (probe.Protocol == Probe.Arp && incidents[row + Column.Protocol] != Probe.Arp)
        {
            _arp.Join(at, record, probe);
            return Known;
        }

        if (incidents[row + Column.Form] >= IncidentForm.Outward && probe.Contacts >= FirstContacts.OutwardCrowd)
        {
            // A worm, and no client whose peers fail: it is told by itself.
            return No;
        }

        if (incidents[row + Column.ByNumber] != 0 && probe.Contacts == 0)
        {
            // The daily round of who was new once is no story that goes on.
            return Known;
        }

        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        // Said before the attempt is absorbed, which may name what has no name. One port's name does not name a scan of many, and
        // a group's service does not name a sweep over others.
        int named = incidents[row + Column.Signature];
        bool isNameless = named != probe.Signature
            && (kind == Kind.PortScan || (kind == Kind.Sweep && (probe.IsRestricted || _site.IsOfGroup(named))));
        _incidents.Absorb(record, probe);
        int number = byPort ? probe.Number : probe.Port;
        if (isNameless)
        {
            incidents[row + Column.Signature] = -1;
        }

        int more = byPort == (kind == Kind.Sweep) ? _incidents.AddNew(record, number) : 0;
        if (more > 0)
        {
            if (byPort)
            {
                _incidents.FollowOrder(record, number, probe.SourcePort, probe.Identification);
                _incidents.CoverDestination(record, probe);
            }
            else
            {
                _incidents.ListPort(record, number);
            }

            _counts.Count(row, probe, more);
        }
        else if (kind == Kind.Sweep && incidents[row + Column.Ports] != 0 && probe.Outcome >= Outcome.Answered
            && probe.Outcome != Outcome.Unknown)
        {
            _counts.AnswerElsewhere(record, probe);
        }

        _teller.Consider(record);
        return more > 0 ? New : Known;
    }
}
