using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>The polling of hosts that never spoke: an old configuration, not a scan, until it walks.</summary>
public sealed partial class Judge
{
    private bool IsDarkPolling(int at, Probe probe)
    {
        if (probe.Protocol == Probe.Arp || !_hosts.CanTellDark(probe.Now))
        {
            return false;
        }

        return DarkPolled(at, probe, false) >= Limits.DarkHosts;
    }

    /// <summary>How many listed targets are still dark and were tried again; or how many tries went to those that are dark.</summary>
    private int DarkPolled(int at, Probe probe, bool tries)
    {
        int[] cells = _suspicions.Cells;
        int dark = (cells[at + Suspicions.Cover] >> 24) & 255;
        int each = cells[at + Suspicions.TriesEach];
        int count = 0;
        for (int i = 0; dark != 0; i++)
        {
            int times = (each >> (i << 2)) & 15;
            if ((dark & 1) != 0 && (tries || times >= 2) && IsStillDark((cells[at + Suspicions.Target + i] >> 16) & 0xffff, probe))
            {
                count += tries ? times : 1;
            }

            dark >>= 1;
        }

        return count;
    }

    private bool IsStillDark(int number, Probe probe)
    {
        if (probe.Version != 4)
        {
            return true;
        }

        int home = _table.HomeIndex(probe.AddressOf(number, probe.Target));
        return home < 0 || !_hosts.Lives(_hosts.BitOf(home));
    }

    private void JoinDark(int at, int record, Probe probe)
    {
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        if (probe.Outcome == Outcome.Dark)
        {
            FollowRetries(row, probe);
            _incidents.Absorb(record, probe);
            if (_incidents.AddNew(record, probe.Number) > 0)
            {
                incidents[row + Column.Dark]++;
                _incidents.CoverDestination(record, probe);
                _incidents.FollowOrder(record, probe.Number, probe.SourcePort, probe.Identification);
            }

            incidents[row + Column.TargetLast] = probe.Number;
        }
        else
        {
            Awake(at, row, probe);
        }

        Write(at, probe, probe.Number);
        if (IsWalk(at, probe.Protocol))
        {
            // Many hosts, not a few: it was a sweep all along.
            incidents[row + Column.Kind] = Kind.Sweep;
            incidents[row + Column.Period] = 0;
            incidents[row + Column.Run] = 0;
            incidents[row + Column.List] = 0;
            _shared.Forget(probe.Actor);
            _teller.Relate(record);
        }

        _teller.Consider(record);
    }

    /// <summary>A polled host lives after all: it was switched off, or came back, and is no longer called dark.</summary>
    private void Awake(int at, int row, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int place = PlaceOf(at, probe.Number);
        if (place < 0 || (cells[at + Suspicions.Cover] & (1 << (24 + place))) == 0 || incidents[row + Column.Dark] == 0)
        {
            return;
        }

        cells[at + Suspicions.Cover] &= ~(1 << (24 + place));
        incidents[row + Column.Dark]--;
        CountOutcome(row, probe, 1);
        if (incidents[row + Column.Dark] == 0 && incidents[row + Column.Expected] < 0)
        {
            // Nothing is dark any more: worth a line of its own.
            incidents[row + Column.IsDue] = 1;
        }
    }

    /// <summary>Follows the gap between tries at one host, and how many come in a run: a resolver's timer gives itself away.</summary>
    private void FollowRetries(int row, Probe probe)
    {
        int[] incidents = _incidents.Cells;
        int gap = probe.Now - incidents[row + Column.Last];
        bool sameHost = incidents[row + Column.TargetLast] == probe.Number;
        if (!sameHost || gap > Limits.Minute)
        {
            incidents[row + Column.List] = 1;
            return;
        }

        int period = incidents[row + Column.Period];
        if (period == 0)
        {
            incidents[row + Column.Period] = gap;
        }
        else if (period > 0 && (gap * 10 < period * 9 || gap * 10 > period * 11))
        {
            incidents[row + Column.Period] = -1;
        }

        // While polling goes on, the list column counts the present run.
        int run = ++incidents[row + Column.List];
        if (run > incidents[row + Column.Run])
        {
            incidents[row + Column.Run] = run;
        }
    }
}
