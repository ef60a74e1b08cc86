using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>When a broadcast that nothing explains is an incident: five beats at one period.</summary>
public sealed class PeriodicBroadcasts
{
    // Periods that differ by less than one in so many are one rhythm: 2 %, as of one sender.
    private const int SameRhythm = 50;

    private readonly Broadcasts _broadcasts;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public PeriodicBroadcasts(Broadcasts broadcasts, IncidentTable incidents, Teller teller)
    {
        _broadcasts = broadcasts;
        _incidents = incidents;
        _teller = teller;
    }

    /// <summary>Takes in a broadcast that is not ordinary.</summary>
    /// <param name="probe">Who sends what to whom, and the site profile's explanation; its wall clock is known.</param>
    /// <param name="form">A constant of <see cref="Broadcasts"/>.</param>
    public void Take(Probe probe, int form)
    {
        Broadcasts broadcasts = _broadcasts;
        int at = broadcasts.Note(probe);
        int beats = broadcasts.InPeriodOf(at);
        int record = broadcasts.IncidentOf(at);
        if (record < 0 && beats < Limits.Broadcasts)
        {
            return;
        }

        int[] cells = _incidents.Cells;
        probe.IsSuspect = false;
        if (record < 0)
        {
            record = JoinChoir(probe, form, broadcasts.PeriodOf(at));
            if (record >= 0)
            {
                cells[(record * Column.Count) + Column.Frames] += beats - 1;
                broadcasts.Tie(at, record);
            }
        }

        if (record < 0)
        {
            record = _teller.Open(Kind.Broadcast, probe);
            int row = record * Column.Count;
            cells[row + Column.Owner] = at;
            cells[row + Column.Port] = probe.Port;
            cells[row + Column.Form] = form;
            cells[row + Column.First] = broadcasts.FirstOf(at);
            cells[row + Column.Frames] = beats - 1;
            cells[row + Column.Destinations] = 1;
            cells[row + Column.Size] = 1;
            broadcasts.Tie(at, record);
            _teller.Relate(record);
        }

        _incidents.Absorb(record, probe);
        cells[(record * Column.Count) + Column.Period] = broadcasts.PeriodOf(at);
        _teller.Consider(record);
    }

    /// <summary>Twenty consoles that broadcast to one port in one rhythm are one incident of twenty sources.</summary>
    /// <returns>The incident's record, -1 for none.</returns>
    private int JoinChoir(Probe probe, int form, int period)
    {
        int[] cells = _incidents.Cells;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            int apart = cells[row + Column.Period] - period;
            if (cells[row + Column.Id] != 0 && cells[row + Column.Kind] == Kind.Broadcast
                && cells[row + Column.Port] == probe.Port
                && cells[row + Column.Protocol] == probe.Protocol && cells[row + Column.Version] == probe.Version
                && cells[row + Column.Form] == form && cells[row + Column.Expected] == probe.Expected
                && (apart < 0 ? -apart : apart) * SameRhythm <= period)
            {
                cells[row + Column.Sources]++;
                _incidents.CoverSource(record, probe);
                return record;
            }
        }

        return -1;
    }
}
