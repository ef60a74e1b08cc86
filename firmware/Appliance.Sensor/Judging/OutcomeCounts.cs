using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>What came of an incident's targets: counted when it is known, corrected when it turns out otherwise.</summary>
public sealed class OutcomeCounts
{
    // Bits of a prefix in which a target's number gives its address back.
    private const int NumberedPrefix = 16;

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
        if (outcome == Outcome.Dark && (incidents[row + Column.Kind] == Kind.PortScan || !_site.CanTellDark(probe.Now)))
        {
            // Of a port scan's one host all ports are silent alike.
            outcome = Outcome.Silent;
        }

        if (outcome == Outcome.Refused)
        {
            _incidents.IsFirstRefusal(row / Column.Count, probe.Number);
        }

        incidents[_incidents.OutcomeAt(row, outcome)] += more;
        if (outcome >= Outcome.Answered)
        {
            incidents[row + Column.MayBeWorse] = 1;
            if (outcome != Outcome.Unknown)
            {
                Name(row / Column.Count, probe);
            }
        }
    }

    /// <summary>Counts a probe's target and what came of it, if it is new to an incident.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <returns>How many targets it stands for; 0 when it was known.</returns>
    public int CountNew(int record, Probe probe)
    {
        int more = _incidents.AddNew(record, probe.Number);
        if (more > 0)
        {
            _incidents.CoverDestination(record, probe);
            Count(record * Column.Count, probe, more);
        }

        return more;
    }

    /// <summary>
    /// A host that a sweep over several ports counted already answers at another port: it is one that answered. Its own
    /// suspicion, where it is a part of the sweep, remembers that; of the others each counts whose name is new among those that
    /// answered.
    /// </summary>
    /// <param name="record">The sweep's record.</param>
    /// <param name="probe">An attempt at that host.</param>
    /// <returns>Whether it counts, as the first answer of that host.</returns>
    public bool AnswerElsewhere(int record, Probe probe)
    {
        int scan = _suspicions.Find(_suspicions.Keys.OfPortScan(probe));
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        if (scan >= 0 && cells[scan + Suspicions.Incident] == record + 1)
        {
            if ((cells[scan + Suspicions.Facts] & Suspicions.HasAnswered) != 0)
            {
                return false;
            }

            cells[scan + Suspicions.Facts] |= Suspicions.HasAnswered;
            Name(record, probe);
        }
        else if (!Name(record, probe))
        {
            return false;
        }

        return MoveToAnswered(row);
    }

    // Of which outcome a host was that answers after all, is not remembered: of most.
    private bool MoveToAnswered(int row)
    {
        int[] incidents = _incidents.Cells;
        int most = incidents[row + Column.Refused] >= incidents[row + Column.Silent] ? row + Column.Refused : row + Column.Silent;
        most = incidents[most] >= incidents[row + Column.Dark] ? most : row + Column.Dark;
        if (incidents[most] == 0)
        {
            return false;
        }

        incidents[most]--;
        incidents[row + Column.Answered]++;
        incidents[row + Column.MayBeWorse] = 1;
        return true;
    }

    /// <summary>
    /// The hosts of a walk that joins a sweep answered it at another port: those that the sweep had counted already are ones that
    /// answered.
    /// </summary>
    /// <param name="record">The sweep's record.</param>
    /// <param name="at">Where the suspicion of the joining walk begins; its targets are not counted yet.</param>
    /// <param name="probe">The newest attempt.</param>
    /// <returns>How many targets of the walk are known, in the low half, and how many of these answered, in the high
    /// half.</returns>
    public int AnswerKnown(int record, int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int answered = (byte)cells[at + Suspicions.Answered];
        int known = 0;
        for (int i = 0; i < _suspicions.Notes.ListedOf(at); i++, answered >>= 1)
        {
            int number = (int)((uint)cells[at + Suspicions.Target + i] >> 16);
            if (!_incidents.Holds(record, number))
            {
                continue;
            }

            known++;
            if ((answered & 1) != 0)
            {
                known += 1 << 16;
                if (NameOf(record, at, number, probe))
                {
                    MoveToAnswered(record * Column.Count);
                }
            }
        }

        return known;
    }

    /// <summary>Takes back a target of the wide scan that an actor has open, where no suspicion remembers the attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="wasDark">It was counted as dark, as far as its connection knows.</param>
    /// <param name="outcome"><see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    /// <returns>The incident's record, -1 when there is none.</returns>
    public int TakeBackWide(Probe attempt, bool wasDark, int outcome)
    {
        int record = _incidents.Find(Column.IsWide, 1, attempt.Actor, attempt.Version);
        return record >= 0 && TakeBack(record, attempt, wasDark, outcome) ? record : -1;
    }

    /// <summary>Takes back a target that was counted as silent or dark, and counts what came of it after all.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="wasDark">It was counted as dark, as far as its connection knows.</param>
    /// <param name="outcome"><see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    /// <returns>False when there is none to take back.</returns>
    public bool TakeBack(int record, Probe attempt, bool wasDark, int outcome)
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

        if (outcome == Outcome.Answered && incidents[row + Column.Ports] != 0 && incidents[row + Column.Kind] == Kind.Sweep)
        {
            // Over several ports a host may answer late at each of them, and is one host.
            return AnswerElsewhere(record, attempt);
        }

        if (outcome == Outcome.Refused && !_incidents.IsFirstRefusal(record, attempt.Number))
        {
            return false;
        }

        incidents[column]--;
        incidents[_incidents.OutcomeAt(row, outcome)]++;
        incidents[row + Column.MayBeWorse] = 1;
        if (outcome == Outcome.Answered)
        {
            Name(record, attempt);
        }

        return true;
    }

    /// <summary>
    /// Names the listed targets of a suspicion that answered before it became an incident: ports, or hosts as far as their
    /// numbers give their addresses back.
    /// </summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The newest attempt.</param>
    /// <param name="byPort">The suspicion is of a port; else of a host.</param>
    public void NameListed(int record, int at, Probe probe, bool byPort)
    {
        int[] cells = _suspicions.Cells;
        int answered = (byte)cells[at + Suspicions.Answered];
        for (int i = 0; answered != 0; i++, answered >>= 1)
        {
            if ((answered & 1) == 0)
            {
                continue;
            }

            int number = (int)((uint)cells[at + Suspicions.Target + i] >> 16);
            if (!byPort)
            {
                _incidents.Answerers.NameNumber(record, number);
            }
            else
            {
                NameOf(record, at, number, probe);
            }
        }
    }

    // Names a host of a suspicion, as far as its number gives its address back. True when it is named for the first time.
    private bool NameOf(int record, int at, int number, Probe probe)
    {
        if (number == probe.Number)
        {
            return _incidents.Answerers.Name(record, probe);
        }

        return probe.Version == 4 && (byte)_suspicions.Cells[at + Suspicions.Cover] >= NumberedPrefix
            && _incidents.Answerers.NameNumber(record, probe.AddressOf(number, probe.Target));
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

    // A target that answered: the host, or the port of a scan of one host. True when it is named for the first time.
    private bool Name(int record, Probe probe)
    {
        return _incidents.IsOfPorts(record * Column.Count)
            ? _incidents.Answerers.NameNumber(record, probe.Port) : _incidents.Answerers.Name(record, probe);
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
