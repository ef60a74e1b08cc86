using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>What came of an incident's targets: counted when it is known, corrected when it turns out otherwise.</summary>
public sealed class OutcomeCounts
{
    private readonly IncidentTable _incidents;
    private readonly Suspicions _suspicions;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public OutcomeCounts(IncidentTable incidents, Suspicions suspicions, SiteView site)
    {
        _incidents = incidents;
        _suspicions = suspicions;
        _site = site;
    }

    /// <summary>Counts what came of a target.</summary>
    /// <param name="row">Where the incident's record begins.</param>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <param name="more">How many targets it stands for.</param>
    public void Count(int row, Probe probe, int more)
    {
        int[] incidents = _incidents.Cells;
        int outcome = probe.Outcome;
        if (outcome == Outcome.Dark)
        {
            // Of a port scan's one host all ports are silent alike.
            bool isDark = incidents[row + Column.Kind] != Kind.PortScan && _site.CanTellDark(probe.Now);
            incidents[row + (isDark ? Column.Dark : Column.Silent)] += more;
        }
        else if (outcome == Outcome.Silent)
        {
            incidents[row + Column.Silent] += more;
        }
        else if (outcome == Outcome.Refused)
        {
            incidents[row + Column.Refused] += more;
        }
        else
        {
            incidents[row + Column.Answered] += more;
            incidents[row + Column.MayBeWorse] = 1;
        }
    }

    /// <summary>
    /// A host that a sweep over several ports counted already answers at another port: it is one that answered. Its own
    /// suspicion, where it is a part of the sweep, remembers that; of the others one stands for all, so that no answer goes
    /// untold.
    /// </summary>
    /// <param name="record">The sweep's record.</param>
    /// <param name="scan">Where the suspicion of that host begins, -1 for none.</param>
    public void AnswerElsewhere(int record, int scan)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        if (scan >= 0 && cells[scan + Suspicions.Incident] == record + 1)
        {
            if ((cells[scan + Suspicions.Facts] & Suspicions.HasAnswered) != 0)
            {
                return;
            }

            cells[scan + Suspicions.Facts] |= Suspicions.HasAnswered;
        }
        else if (incidents[row + Column.Answered] != 0)
        {
            return;
        }

        int most = incidents[row + Column.Refused] >= incidents[row + Column.Silent] ? row + Column.Refused : row + Column.Silent;
        most = incidents[most] >= incidents[row + Column.Dark] ? most : row + Column.Dark;
        if (incidents[most] > 0)
        {
            incidents[most]--;
            incidents[row + Column.Answered]++;
            incidents[row + Column.MayBeWorse] = 1;
        }
    }

    /// <summary>Takes back a target that was counted as silent or dark, and counts what came of it after all.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="wasDark">It was counted as dark, as far as its connection knows.</param>
    /// <param name="outcome"><see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    /// <returns>False when there is none to take back.</returns>
    public bool TakeBack(int record, bool wasDark, int outcome)
    {
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int column = row + (wasDark ? Column.Dark : Column.Silent);
        if (incidents[column] == 0)
        {
            // Counted before its incident opened, as its suspicion then knew.
            column = row + (wasDark ? Column.Silent : Column.Dark);
        }

        if (incidents[row + Column.Kind] > Kind.PortScan || incidents[column] == 0)
        {
            return false;
        }

        incidents[column]--;
        incidents[row + (outcome == Outcome.Answered ? Column.Answered : Column.Refused)]++;
        incidents[row + Column.MayBeWorse] = 1;
        return true;
    }

    /// <summary>Caps the counts to a number of targets: a host that answered at one port is one that answered.</summary>
    /// <param name="row">Where the incident's record begins.</param>
    /// <param name="most">The targets.</param>
    public void Cap(int row, int most)
    {
        most -= CapCell(row + Column.Answered, most);
        most -= CapCell(row + Column.Refused, most);
        most -= CapCell(row + Column.Dark, most);
        CapCell(row + Column.Silent, most);
    }

    private int CapCell(int cell, int most)
    {
        int[] incidents = _incidents.Cells;
        if (incidents[cell] > most)
        {
            incidents[cell] = most;
        }

        return incidents[cell];
    }
}
