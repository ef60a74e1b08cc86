using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>When a broadcast that nothing explains is an incident: five beats at one period.</summary>
public sealed class PeriodicBroadcasts
{
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
            record = JoinChoir(probe, form);
            if (record < 0)
            {
                record = _teller.Open(Kind.Broadcast, probe);
                int row = record * Column.Count;
                cells[row + Column.Owner] = at;
                cells[row + Column.Port] = probe.Port;
                cells[row + Column.Form] = form;
                cells[row + Column.First] = broadcasts.FirstOf(at);
                cells[row + Column.Destinations] = 1;
                cells[row + Column.Size] = 1;
                _teller.Relate(record);
            }

            cells[(record * Column.Count) + Column.Frames] += beats - 1;
            broadcasts.Tie(at, record);
        }

        _incidents.Absorb(record, probe);
        int cell = (record * Column.Count) + Column.Period;
        int period = broadcasts.PeriodOf(at);
        // Of senders that keep different ones no period is everybody's.
        cells[cell] = cells[cell - Column.Period + Column.Sources] == 1 || broadcasts.IsNear(cells[cell], period, 1) ? period : 0;
        _teller.Consider(record);
    }

    /// <summary>Twenty consoles that broadcast to one port, in one rhythm or each in its own, are one incident of twenty
    /// sources.</summary>
    /// <returns>The incident's record, -1 for none.</returns>
    private int JoinChoir(Probe probe, int form)
    {
        int[] cells = _incidents.Cells;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (cells[row + Column.Id] != 0 && cells[row + Column.Kind] == Kind.Broadcast
                && cells[row + Column.Port] == probe.Port
                && cells[row + Column.Protocol] == probe.Protocol && cells[row + Column.Version] == probe.Version
                && cells[row + Column.Form] == form && cells[row + Column.Expected] == probe.Expected)
            {
                cells[row + Column.Sources]++;
                _incidents.CoverSource(record, probe);
                return record;
            }
        }

        return -1;
    }
}
