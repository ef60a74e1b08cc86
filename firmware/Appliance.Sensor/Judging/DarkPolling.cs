using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>The polling of hosts that never spoke: an old configuration, not a scan, until it walks.</summary>
public sealed class DarkPolling
{
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly WalkThreshold _threshold;
    private readonly PolledHosts _polled;
    private readonly IncidentTable _incidents;
    private readonly OutcomeCounts _counts;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public DarkPolling(Suspicions suspicions, SharedTargets shared, WalkThreshold threshold, PolledHosts polled,
        IncidentTable incidents,
        OutcomeCounts counts, Teller teller)
    {
        _suspicions = suspicions;
        _shared = shared;
        _threshold = threshold;
        _polled = polled;
        _incidents = incidents;
        _counts = counts;
        _teller = teller;
    }

    /// <summary>
    /// Whether a suspicion is the polling of dark hosts: two of them were asked twice while others were heard. Where nobody else
    /// is heard nobody is dark, but four hosts that are asked again and again and never answer are a fact (detect 6 as it stands
    /// in the paper).
    /// </summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public bool IsPolling(int at, Probe probe)
    {
        if (probe.Protocol == Probe.Arp)
        {
            return false;
        }

        return _polled.CanTellDark(probe.Now) ? _polled.CountOf(at, probe, 2) >= Limits.DarkHosts
            : _polled.CountOf(at, probe, Limits.LonePolls) >= Limits.LonePolledHosts;
    }

    /// <summary>Adds an attempt to the incident of its actor's polling.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="record">The incident's record.</param>
    /// <param name="probe">The attempt.</param>
    public void Join(int at, int record, Probe probe)
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
                _incidents.Asked.Name(record, probe);
                _incidents.FollowOrder(record, probe.Number, probe.SourcePort, probe.Identification);
            }

            incidents[row + Column.TargetLast] = probe.Number;
        }
        else
        {
            Awake(at, row, probe);
        }

        _threshold.Write(at, probe, true);
        if (_threshold.IsWalk(at, probe))
        {
            // Many hosts, not a few: it was a sweep all along.
            incidents[row + Column.Kind] = Kind.Sweep;
            incidents[row + Column.Period] = 0;
            incidents[row + Column.Run] = 0;
            incidents[row + Column.RunNow] = 0;
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
        int place = _suspicions.Notes.PlaceOf(at, probe.Number);
        if (place < 0 || (cells[at + Suspicions.Cover] & (1 << (24 + place))) == 0 || incidents[row + Column.Dark] == 0)
        {
            return;
        }

        cells[at + Suspicions.Cover] &= ~(1 << (24 + place));
        incidents[row + Column.Dark]--;
        _counts.Count(row, probe, 1);
        if (incidents[row + Column.Dark] == 0 && incidents[row + Column.Expected] < 0)
        {
            // Nothing is dark any more: worth a line of its own.
            incidents[row + Column.IsDue] = 1;
        }
    }

    /// <summary>
    /// Follows the gap between attempts at one host, and how many come in a run: a resolver's timer gives itself away.
    /// </summary>
    private void FollowRetries(int row, Probe probe)
    {
        int[] incidents = _incidents.Cells;
        int gap = probe.Now - incidents[row + Column.Last];
        bool sameHost = incidents[row + Column.TargetLast] == probe.Number;
        if (!sameHost || gap > Limits.Minute)
        {
            incidents[row + Column.RunNow] = 1;
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

        int run = ++incidents[row + Column.RunNow];
        if (run > incidents[row + Column.Run])
        {
            incidents[row + Column.Run] = run;
        }
    }
}
