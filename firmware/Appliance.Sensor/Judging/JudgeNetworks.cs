using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>Sweeps by many sources of one /24: an actor who takes another address for each host.</summary>
public sealed partial class Judge
{
    private int NetworkKey(Probe probe)
    {
        return _hash.Of(probe.Actor & ~255, (probe.Port << 9) | probe.Protocol, (probe.Version << 4) | KeyNetwork);
    }

    /// <summary>
    /// Notes a suspect try for its source's /24 as well: one who takes another address for each host is one actor. Three sources at three hosts are
    /// an incident; a source that sweeps by itself has become one before.
    /// </summary>
    private bool ConcludeNetwork(int at, Probe probe, int keep)
    {
        int[] cells = _suspicions.Cells;
        if (at < 0)
        {
            at = _suspicions.Add(NetworkKey(probe), probe.Actor & ~255, probe.Now, keep);
            if (at < 0)
            {
                return false;
            }

            Start(at, probe);
        }

        int before = cells[at + Suspicions.Targets];
        Write(at, probe, probe.Number);
        int listed = cells[at + Suspicions.Targets];
        if (listed > before && listed <= Suspicions.ListedTargets)
        {
            // The order of ports or ids says nothing where each has its own source: the list holds the sources instead.
            int place = at + Suspicions.Target + before;
            cells[place] = (cells[place] & ~0xffff) | (probe.Actor & 255);
            cells[at + Suspicions.Facts] &= ~Suspicions.HoldsIds;
        }

        if (SourcesOf(at) < Limits.NetworkSources || !IsWalk(at, probe.Protocol))
        {
            return false;
        }

        Promote(at, probe, Kind.Sweep, true);
        return true;
    }

    /// <summary>How many sources the listed targets of a network's suspicion had.</summary>
    private int SourcesOf(int at)
    {
        int[] cells = _suspicions.Cells;
        int count = cells[at + Suspicions.Targets];
        count = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        int sources = 0;
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            int known = 0;
            while ((cells[first + known] & 255) != (cells[first + i] & 255))
            {
                known++;
            }

            sources += known == i ? 1 : 0;
        }

        return sources;
    }

    /// <summary>Adds a try to the sweep of its source's network.</summary>
    private void JoinNetwork(int at, Probe probe)
    {
        int record = _suspicions.Cells[at + Suspicions.Incident] - 1;
        _incidents.Absorb(record, probe);
        _incidents.CountSource(record, probe.Actor & 255);
        int more = _incidents.AddNew(record, probe.Number);
        if (more > 0)
        {
            _incidents.CoverDestination(record, probe);
            CountOutcome(record * Column.Count, probe, more);
        }

        _teller.Consider(record);
    }
}
