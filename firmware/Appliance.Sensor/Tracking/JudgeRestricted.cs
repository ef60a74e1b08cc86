using Appliance.Sensor.Incidents;

namespace Appliance.Sensor.Tracking;

/// <summary>Services that a site keeps to itself: one try is an incident, unless it is a part of a sweep.</summary>
public sealed partial class Judge
{
    private void DecideRestricted(Probe probe, int sweep)
    {
        if (sweep >= 0 && _suspicions.Cells[sweep + Suspicions.Incident] != 0)
        {
            // A sweep over the same port tells of these hosts too.
            return;
        }

        int key = _hash.Of(probe.Actor, _table.Sid(probe.Signature), (probe.Version << 4) | KeyRestricted);
        int at = Live(_suspicions.Find(key), probe);
        if (at < 0)
        {
            at = _suspicions.Add(key, probe.Actor, probe.Now, sweep);
            if (at < 0)
            {
                return;
            }

            Start(at, probe);
        }

        int record = _suspicions.Cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            record = _teller.Open(Kind.RestrictedService, probe);
            _suspicions.Cells[at + Suspicions.Incident] = record + 1;
            _incidents.Cells[(record * Column.Count) + Column.Owner] = at;
            _suspicions.Cells[at + Suspicions.Facts] |= Suspicions.IsOwner;
            _incidents.Cells[(record * Column.Count) + Column.Port] = probe.Port;
            _incidents.Cells[(record * Column.Count) + Column.Form] = sweep >= 0 ? 1 : 0;
            _teller.Relate(record);
        }

        _suspicions.Cells[at + Suspicions.Last] = probe.Now;
        _incidents.Absorb(record, probe);
        if (_incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.CoverDestination(record, probe);
            CountOutcome(record * Column.Count, probe, 1);
        }

        if (probe.Outcome == Outcome.Open)
        {
            _incidents.Cells[(record * Column.Count) + Column.Run] = 1;
            _incidents.Cells[(record * Column.Count) + Column.MayBeWorse] = 1;
        }

        _teller.Consider(record);
    }

    /// <summary>The actor of a restricted service tries the same port elsewhere: these hosts and no others is no longer true.</summary>
    private void NoteOther(Probe probe)
    {
        int[] incidents = _incidents.Cells;
        for (int row = 0; row < incidents.Length; row += Column.Count)
        {
            if (incidents[row + Column.Id] != 0 && incidents[row + Column.Kind] == Kind.RestrictedService
                && incidents[row + Column.Actor] == probe.Actor && incidents[row + Column.Port] == probe.Port)
            {
                incidents[row + Column.Form] = 1;
            }
        }
    }

    /// <summary>A sweep over the port of a restricted service takes that actor's incident in.</summary>
    private void FoldRestricted(int into, Probe probe, int kind)
    {
        if (kind != Kind.Sweep)
        {
            return;
        }

        int[] incidents = _incidents.Cells;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Id] != 0 && incidents[row + Column.Kind] == Kind.RestrictedService
                && incidents[row + Column.Actor] == probe.Actor && incidents[row + Column.Port] == probe.Port)
            {
                _teller.Fold(record, into);
            }
        }
    }
}
