using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>When two walks of one actor are one incident, and what they are then together.</summary>
public sealed class Merging
{
    // Decoys send side by side; nmap's slowest timing that people use waits 15 s between two ports.
    private const int ChorusGap = Limits.Minute;

    // A tool that takes host by host is done with a host sooner.
    private const int AnotherWalk = 10 * Limits.Minute;

    private readonly Suspicions _suspicions;
    private readonly IncidentTable _incidents;
    private readonly int[] _records;
    private readonly OutcomeCounts _counts;
    private readonly RunningSweeps _running;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public Merging(Suspicions suspicions, IncidentTable incidents, OutcomeCounts counts, RunningSweeps running, Teller teller)
    {
        _suspicions = suspicions;
        _incidents = incidents;
        _records = incidents.Cells;
        _counts = counts;
        _running = running;
        _teller = teller;
    }

    /// <summary>
    /// The record of a walk of the same actor that is still going on: a tool that asks several ports at many hosts at once is one
    /// incident. Walks one after the other are incidents of their own, until an actor has <see cref="Limits.SweepsOfOneActor"/>.
    /// </summary>
    /// <param name="at">Where the suspicion of the other walk begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    /// <param name="isPortScan">The other walk is one over ports.</param>
    /// <returns>-1 for none.</returns>
    public int Overlapping(int at, Probe probe, bool isPortScan)
    {
        int[] incidents = _records;
        int record;
        int row;
        int newest = -1;
        int first = _suspicions.Cells[at + Suspicions.First];
        int expected = (byte)(_suspicions.Cells[at + Suspicions.Facts] >> 16) - 1;
        int count = 0;
        for (record = 0; record < Limits.Incidents; record++)
        {
            row = record * Column.Count;
            if (incidents[row + Column.Kind] > Kind.PortScan || !_incidents.IsOf(row, probe.Actor, probe.Version)
                || incidents[row + Column.Form] != 0
                || (incidents[row + Column.Protocol] == Probe.Arp) != (probe.Protocol == Probe.Arp)
                // What the profile explains must not carry along what it does not.
                || incidents[row + Column.Expected] != expected)
            {
                continue;
            }

            if (first - incidents[row + Column.Last] <= 0)
            {
                if (isPortScan && incidents[row + Column.Kind] == Kind.Sweep && incidents[row + Column.Ports] == 0
                    && first - incidents[row + Column.First] > AnotherWalk)
                {
                    // The port scan of one of the hosts that an older sweep found is what the sweep was for: it is told by
                    // itself.
                    continue;
                }

                return record;
            }

            count++;
            if (newest < 0 || incidents[row + Column.Last] - incidents[(newest * Column.Count) + Column.Last] > 0)
            {
                newest = record;
            }
        }

        return count >= Limits.SweepsOfOneActor ? newest : -1;
    }

    /// <summary>
    /// The record of a port scan of the same host that began with this one: decoys, whose addresses a scanner gives beside its
    /// own so that nobody knows which is his, are one story with him.
    /// </summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    /// <returns>-1 for none.</returns>
    public int Chorus(int at, Probe probe)
    {
        int[] incidents = _records;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            int apart = _suspicions.Cells[at + Suspicions.First] - incidents[row + Column.First];
            if (incidents[row + Column.Id] != 0 && incidents[row + Column.Kind] == Kind.PortScan
                && incidents[row + Column.Destination] == probe.Target
                && incidents[row + Column.Destinations] == 1 && incidents[row + Column.Version] == probe.Version
                && incidents[row + Column.Protocol] == probe.Protocol && incidents[row + Column.Actor] != probe.Actor
                && apart < ChorusGap && apart > -ChorusGap && probe.Now - incidents[row + Column.Last] < ChorusGap)
            {
                return record;
            }
        }

        return -1;
    }

    /// <summary>
    /// The record that takes in further actors when more scan at once than there is room for: another's incident is not closed
    /// for theirs, only to be opened anew with his next frame.
    /// </summary>
    /// <param name="probe">The newest attempt of a walk.</param>
    /// <param name="kind">What the walk is.</param>
    /// <returns>-1 where there is room, or where the least of those that are open has ended.</returns>
    public int Crowd(Probe probe, int kind)
    {
        int[] incidents = _records;
        if (_incidents.FindFree(kind) >= 0)
        {
            return -1;
        }

        int record = _incidents.Find(Column.Form, IncidentForm.Crowd, 0, probe.Version);
        record = record < 0 || incidents[(record * Column.Count) + Column.Kind] != kind
            ? _incidents.FindLeast(probe.Now, kind) : record;
        int row = record * Column.Count;
        if (incidents[row + Column.Kind] != kind || incidents[row + Column.Version] != probe.Version
            || incidents[row + Column.Expected] != probe.Expected || probe.Now - incidents[row + Column.Last] >= ChorusGap)
        {
            return -1;
        }

        incidents[row + Column.Form] = IncidentForm.Crowd;
        return record;
    }

    /// <summary>Makes a suspicion a part of the incident that another source began.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public void AddSource(int record, int at, Probe probe)
    {
        int[] incidents = _records;
        int row = record * Column.Count;
        // The first sixteen by their addresses; of the others, by which a source is told from others: exact within a /24.
        NamedTargets sources = _incidents.Asked;
        sources.NameNumber(record, incidents[row + Column.Actor]);
        if (sources.NameNumber(record, probe.Actor))
        {
            incidents[row + Column.Sources] = sources.CountOf(record);
        }
        else if (!sources.Holds(record, probe.Actor))
        {
            _incidents.CountSource(record, OctetOf(probe.Actor));
        }

        incidents[row + Column.SourcePort] = -1;
        _incidents.Agree(row + Column.Flags, (byte)_suspicions.Cells[at + Suspicions.Flags]);
        _incidents.CoverSource(record, probe);
        _incidents.Advance(record, probe);
    }

    private int OctetOf(int actor)
    {
        return (byte)(actor ^ (actor >> 8) ^ (actor >> 16) ^ (actor >> 24));
    }

    /// <summary>Makes a suspicion a part of its actor's incident.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    /// <param name="kind">What it would be alone.</param>
    public void Merge(int record, int at, Probe probe, int kind)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _records;
        int row = record * Column.Count;
        if (kind == Kind.Sweep && incidents[row + Column.Kind] == Kind.PortScan && probe.Version == 4
            && incidents[row + Column.Size] <= 2 * cells[at + Suspicions.Targets])
        {
            BecomeSweep(record, row, probe);
        }

        int facts = cells[at + Suspicions.Facts];
        _incidents.Agree(row + Column.SourcePort,
            (facts & Suspicions.PortDiffers) != 0 ? -1 : (ushort)cells[at + Suspicions.FirstPort]);
        _incidents.Agree(row + Column.Flags, (facts & Suspicions.FlagsDiffer) != 0 ? -1 : (byte)cells[at + Suspicions.Flags]);

        if (incidents[row + Column.Kind] == Kind.Sweep && incidents[row + Column.Port] != 0)
        {
            _incidents.ListPort(record, incidents[row + Column.Port]);
            incidents[row + Column.Port] = 0;
            // One port's name does not name a sweep over several.
            incidents[row + Column.Signature] = -1;
        }

        if (incidents[row + Column.Protocol] != probe.Protocol)
        {
            incidents[row + Column.Protocol] = 0;
        }

        if (kind == Kind.PortScan && incidents[row + Column.Kind] == Kind.PortScan)
        {
            incidents[row + Column.Destinations]++;
            if (incidents[row + Column.Group] != _teller.GroupOf(kind, probe))
            {
                // One host's group does not name a scan of several.
                incidents[row + Column.Group] = -1;
            }
        }

        _incidents.Advance(record, probe);

        _incidents.CoverDestination(record, probe);
        // What is of several ports from now on has no short way.
        _running.Forget();
    }

    /// <summary>
    /// Hosts and ports both: what began as a port scan of a host or two is told as a sweep over several ports, which counts
    /// hosts.
    /// </summary>
    private void BecomeSweep(int record, int row, Probe probe)
    {
        int[] incidents = _records;
        int[] cells = _suspicions.Cells;
        _incidents.BecomeSweep(record);
        // What answered were ports; of several hosts that had them only those are sure whose suspicion knows of an answer.
        bool isOneAnswerer = incidents[row + Column.Answered] > 0 && incidents[row + Column.Destinations] == 1;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            // Of a port scan the prefix is the one host.
            if (cells[at + Suspicions.Incident] == record + 1 && (byte)cells[at + Suspicions.Cover] == 32)
            {
                _incidents.AddNew(record, probe.NumberOf(cells[at + Suspicions.FirstTarget]));
                if (isOneAnswerer || (byte)cells[at + Suspicions.Answered] != 0)
                {
                    _incidents.Answerers.NameNumber(record, cells[at + Suspicions.FirstTarget]);
                }
            }
        }

        _counts.Cap(row, incidents[row + Column.Size]);
    }
}
