using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>How a further try joins the incident of its actor.</summary>
public sealed partial class Judge
{
    /// <summary>
    /// Adds a try to its actor's open incident without waiting for the outcome: it counts as unanswered, and a late answer corrects that.
    /// </summary>
    /// <param name="probe">The try.</param>
    /// <returns>False when there is no such incident.</returns>
    public bool JoinAtOnce(Probe probe)
    {
        if (probe.IsRestricted)
        {
            return false;
        }

        int at = _suspicions.Find(SweepKey(probe));
        if (at < 0 || _suspicions.Cells[at + Suspicions.Incident] == 0)
        {
            return false;
        }

        int row = (_suspicions.Cells[at + Suspicions.Incident] - 1) * Column.Count;
        // Over several ports a known host may still answer at the next one: that is worth the wait.
        if (_incidents.Cells[row + Column.Kind] != Kind.Sweep || _incidents.Cells[row + Column.Ports] != 0)
        {
            return false;
        }

        probe.Outcome = probe.LivingBit >= 0 && !_hosts.Lives(probe.LivingBit) ? Outcome.Dark : Outcome.Silent;
        Complete(probe);
        Join(at, probe, true);
        if (_joinedNew)
        {
            // Only what was counted is corrected by a late answer.
            _connections.Mark(probe.Connection,
                probe.Outcome == Outcome.Dark && _hosts.CanTellDark(probe.Now) ? Connections.Judged | Connections.WasDark : Connections.Judged);
        }

        _running.Remember(_suspicions.SlotOf(probe.Actor), probe, _suspicions.Cells[at + Suspicions.Incident] - 1);
        return true;
    }

    /// <summary>Adds a try to the incident that its suspicion has become.</summary>
    private bool Join(int at, Probe probe, bool byPort)
    {
        if (at < 0)
        {
            return false;
        }

        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            return false;
        }

        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int kind = incidents[row + Column.Kind];
        if (kind == Kind.DarkHost)
        {
            JoinDark(at, record, probe);
            return true;
        }

        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        // Said before the try is absorbed, which may name what has no name. One port's name does not name a scan of many, and a group's
        // service does not name a sweep over others.
        int named = incidents[row + Column.Signature];
        bool isNameless = named != probe.Signature
            && (kind == Kind.PortScan || (kind == Kind.Sweep && (probe.IsRestricted || IsOfGroup(named))));
        _incidents.Absorb(record, probe);
        int number = byPort ? probe.Number : probe.Port;
        if (isNameless)
        {
            incidents[row + Column.Signature] = -1;
        }

        int more = byPort == (kind == Kind.Sweep) ? _incidents.AddNew(record, number) : 0;
        _joinedNew = more > 0;
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

            CountOutcome(row, probe, more);
        }
        else if (kind == Kind.Sweep && incidents[row + Column.Ports] != 0 && probe.Outcome >= Outcome.Answered && probe.Outcome != Outcome.Unknown)
        {
            AnswerElsewhere(record, _suspicions.Find(PortScanKey(probe)));
        }

        _teller.Consider(record);
        return true;
    }

    /// <summary>
    /// A host that a sweep over several ports counted already answers at another port: it is one that answered. Its own suspicion, where it is a
    /// part of the sweep, remembers that; of the others one stands for all, so that no answer goes untold.
    /// </summary>
    private void AnswerElsewhere(int record, int scan)
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

    private void CountOutcome(int row, Probe probe, int more)
    {
        int[] incidents = _incidents.Cells;
        int outcome = probe.Outcome;
        if (outcome == Outcome.Dark)
        {
            // Of a port scan's one host all ports are silent alike.
            bool isDark = incidents[row + Column.Kind] != Kind.PortScan && _hosts.CanTellDark(probe.Now);
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
}
