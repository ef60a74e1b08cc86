using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Services that a site keeps to itself: one attempt is an incident, unless it is a part of a sweep or of a port scan.
/// </summary>
/// <remarks>
/// Its suspicion lists the hosts that were attempted, each with the best that came of it, since a host that refuses first and is
/// logged in to an hour later is one host with one outcome.
/// </remarks>
public sealed class RestrictedServices
{
    private readonly Suspicions _suspicions;
    private readonly SuspicionStart _start;
    private readonly EarlierAttempts _earlier;
    private readonly PendingAttempts _pending;
    private readonly IncidentTable _incidents;
    private readonly int[] _records;
    private readonly SiteView _site;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public RestrictedServices(Suspicions suspicions, SuspicionStart start, EarlierAttempts earlier, PendingAttempts pending,
        IncidentTable incidents, SiteView site, Teller teller)
    {
        _suspicions = suspicions;
        _start = start;
        _earlier = earlier;
        _pending = pending;
        _incidents = incidents;
        _records = incidents.Cells;
        _site = site;
        _teller = teller;
    }

    /// <summary>Decides on a judged attempt at a restricted service, the first in the queue.</summary>
    /// <param name="probe">The attempt.</param>
    /// <param name="sweep">Where its actor's suspicion of the port begins, -1 for none.</param>
    public void Decide(Probe probe, int sweep)
    {
        int[] cells = _suspicions.Cells;
        int scan = _suspicions.Find(_suspicions.Keys.OfPortScan(probe));
        if (probe.Outcome != Outcome.Open && ((sweep >= 0 && cells[sweep + Suspicions.Incident] != 0)
            || (scan >= 0 && cells[scan + Suspicions.Incident] != 0)))
        {
            // A sweep over the same port, or a scan of the same host, tells of it too; a conversation is worth more than either.
            return;
        }

        int key = _suspicions.Keys.OfRestricted(probe, _site.Table.Sid(probe.Signature));
        int at = _start.GoOn(key, probe.Actor, probe, sweep);
        if (at < 0)
        {
            return;
        }

        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            record = Open(at, probe, sweep);
        }
        else
        {
            TakePort(record, probe.Port);
        }

        cells[at + Suspicions.Last] = probe.Now;
        _incidents.Absorb(record, probe);
        CountTarget(at, record, probe);
        if (probe.Outcome == Outcome.Open)
        {
            Converse(record * Column.Count);
        }
        else if (probe.Outcome == Outcome.Answered)
        {
            _pending.MarkFirst(Connections.Watched);
        }

        _teller.Consider(record);
    }

    /// <summary>A restricted service answered or refused after its attempt was judged.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="outcome">What it came to after all.</param>
    /// <returns>True when there is an incident of it.</returns>
    public bool AnswerLate(Probe attempt, int outcome)
    {
        return _incidents.Opened[Kind.RestrictedService] != 0
            && Answer(attempt.Version, attempt.Actor, attempt.Port, attempt.Number, outcome);
    }

    /// <summary>
    /// The actor of a restricted service attempts the same port elsewhere: these hosts and no others is no longer true.
    /// </summary>
    /// <param name="probe">The attempt elsewhere.</param>
    public void NoteOther(Probe probe)
    {
        int[] incidents = _records;
        for (int row = 0; row < incidents.Length; row += Column.Count)
        {
            if (IsOf(row, probe.Version, probe.Actor, probe.Port))
            {
                incidents[row + Column.AttemptedOthers] = 1;
            }
        }
    }

    /// <summary>
    /// A sweep over the port of a restricted service, or a scan of its one host, takes that actor's incident in, unless there was
    /// a conversation; beside any other walk it is no choice any more.
    /// </summary>
    /// <param name="into">The walk's record.</param>
    /// <param name="probe">Its newest attempt.</param>
    /// <param name="kind">The walk's kind.</param>
    public void Fold(int into, Probe probe, int kind)
    {
        if (kind > Kind.PortScan)
        {
            return;
        }

        int[] incidents = _records;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Kind] != Kind.RestrictedService || !_incidents.IsOf(row, probe.Actor, probe.Version))
            {
                continue;
            }

            bool isPart = kind == Kind.Sweep ? incidents[row + Column.Port] == probe.Port
                : incidents[row + Column.Size] == 1 && incidents[row + Column.Destination] == probe.Target;
            if (isPart && incidents[row + Column.Conversed] == 0)
            {
                _teller.Fold(record, into);
            }
            else
            {
                incidents[row + Column.AttemptedOthers] = 1;
            }
        }
    }

    private int Open(int at, Probe probe, int sweep)
    {
        int[] incidents = _records;
        int record = _teller.OpenOf(at, Kind.RestrictedService, probe);
        int row = record * Column.Count;
        incidents[row + Column.Port] = probe.Port;
        incidents[row + Column.AttemptedOthers] = sweep >= 0 || Walks(probe) || UsedOthers(probe) ? 1 : 0;
        _teller.Relate(record);
        return record;
    }

    // One rule for several ports.
    private void TakePort(int record, int port)
    {
        int[] incidents = _records;
        int row = record * Column.Count;
        if (incidents[row + Column.Port] == port)
        {
            return;
        }

        if (incidents[row + Column.Port] != 0)
        {
            _incidents.ListPort(record, incidents[row + Column.Port]);
            incidents[row + Column.Port] = 0;
        }

        _incidents.ListPort(record, port);
    }

    private void CountTarget(int at, int record, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int row = record * Column.Count;
        int place = _suspicions.Notes.PlaceOf(at, probe.Number);
        if (place >= 0)
        {
            Improve(row, at + Suspicions.Target + place, probe.Outcome);
        }
        else if (_incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.CoverDestination(record, probe);
            _incidents.Asked.Name(record, probe);
            // What the connection memory forgot was not seen to be answered.
            int outcome = probe.Outcome == Outcome.Unknown ? Outcome.Silent : probe.Outcome;
            if (outcome == Outcome.Dark && !_site.CanTellDark(probe.Now))
            {
                outcome = Outcome.Silent;
            }

            _records[_incidents.OutcomeAt(row, outcome)]++;
            if (outcome >= Outcome.Answered)
            {
                _incidents.Answerers.Name(record, probe);
            }

            place = cells[at + Suspicions.Targets];
            if (place < Suspicions.ListedTargets)
            {
                cells[at + Suspicions.Target + place] = (probe.Number << 16) | outcome;
                cells[at + Suspicions.Targets] = place + 1;
            }
        }
    }

    /// <summary>
    /// What came of an attempt that was judged before: a conversation over a restricted service is a break-in.
    /// </summary>
    /// <param name="version">4 or 6.</param>
    /// <param name="actor">Who opened it.</param>
    /// <param name="port">The port.</param>
    /// <param name="number">The target's number.</param>
    /// <param name="outcome">What it came to after all.</param>
    /// <returns>False when there is no incident of it.</returns>
    public bool Answer(int version, int actor, int port, int number, int outcome)
    {
        int[] incidents = _records;
        bool isKnown = false;
        for (int row = 0; row < incidents.Length; row += Column.Count)
        {
            if (!IsOf(row, version, actor, port))
            {
                continue;
            }

            int at = incidents[row + Column.Owner];
            int place = _suspicions.Notes.PlaceOf(at, number);
            if (place < 0)
            {
                continue;
            }

            isKnown = true;
            Improve(row, at + Suspicions.Target + place, outcome);
            if (outcome == Outcome.Open)
            {
                Converse(row);
            }

            _teller.Consider(row / Column.Count);
        }

        return isKnown;
    }

    private void Converse(int row)
    {
        _records[row + Column.Conversed] = 1;
        _records[row + Column.MayBeWorse] = 1;
    }

    // Of a host counts the best that came of its attempts.
    private void Improve(int row, int cell, int outcome)
    {
        int[] cells = _suspicions.Cells;
        int before = (ushort)cells[cell];
        if (outcome == Outcome.Unknown || outcome <= before || outcome < Outcome.Refused)
        {
            return;
        }

        int[] incidents = _records;
        incidents[_incidents.OutcomeAt(row, before)]--;
        incidents[_incidents.OutcomeAt(row, outcome)]++;
        if (outcome >= Outcome.Answered && before < Outcome.Answered)
        {
            NameAsked(row / Column.Count, (int)((uint)cells[cell] >> 16));
        }

        cells[cell] = (cells[cell] & ~0xffff) | outcome;
    }

    /// <summary>Names among those that answered the host of a number that was asked.</summary>
    private void NameAsked(int record, int number)
    {
        NamedTargets asked = _incidents.Asked;
        bool isSix = _records[(record * Column.Count) + Column.Version] == 6;
        for (int i = 0; i < asked.CountOf(record); i++)
        {
            if (isSix && _site.NumberOfSix(asked.Octets, asked.At(record, i)) == number)
            {
                _incidents.Answerers.NameIpv6(record, asked.Octets, asked.At(record, i));
            }
            else if (!isSix && _site.NumberOfFour(asked.NumberAt(record, i)) == number)
            {
                _incidents.Answerers.NameNumber(record, asked.NumberAt(record, i));
            }
        }
    }

    /// <summary>Whether a record is an actor's incident of a restricted service at a port.</summary>
    private bool IsOf(int row, int version, int actor, int port)
    {
        int[] incidents = _records;
        if (incidents[row + Column.Kind] != Kind.RestrictedService || !_incidents.IsOf(row, actor, version))
        {
            return false;
        }

        int place = row / Column.Count * Limits.ListedPorts;
        int end = place + incidents[row + Column.Ports];
        bool isOne = incidents[row + Column.Port] == port;
        while (place < end)
        {
            isOne |= _incidents.Ports[place] == port;
            place++;
        }

        return isOne;
    }

    /// <summary>Whether an actor has a sweep or a port scan open: what it attempts now, it did not choose.</summary>
    private bool Walks(Probe probe)
    {
        int[] incidents = _records;
        for (int row = 0; row < incidents.Length; row += Column.Count)
        {
            if (incidents[row + Column.Kind] <= Kind.PortScan && _incidents.IsOf(row, probe.Actor, probe.Version))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether an actor was answered at the same port of other hosts just before, as far as that is remembered.
    /// </summary>
    private bool UsedOthers(Probe probe)
    {
        int next = _earlier.NextGood(0, probe, true);
        while (next >= 0 && _earlier.Current.Target == probe.Target)
        {
            next = _earlier.NextGood(next, probe, true);
        }

        return next >= 0;
    }
}
