using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// The life of an incident and when it is told: opened, updated at twice, four times, ... its size, when it grew worse or gained
/// a named source, folded into another, closed. At most one update in ten seconds otherwise; what is expected is told once a day.
/// </summary>
public sealed class Teller
{
    /// <summary>
    /// Sources of a distributed probe that are named one by one; more are a flood, and are told as they double.
    /// </summary>
    private const int NamedSources = 16;

    // Those whose scans found no room for an incident of their own: each has scanned, which a source of a probe need not have.
    private const int NamedOfCrowd = 64;

    // How long an ended story waits for its closing line at most: a minute until it is noticed, and a turn for each before it.
    private const int Patience = 2 * Limits.Minute;

    /// <summary>The sensor's count of lost frames.</summary>
    public int Lost;

    private readonly IncidentTable _incidents;
    private readonly int[] _cells;
    private readonly IncidentOwners _owners;
    private readonly TargetLists _lists;
    private readonly AlertWriter _writer;
    private readonly Severity _severity;
    private readonly IAlertSink _sink;
    private SignatureTable _table;
    private int _now;
    private int _nextClose;

    /// <summary>
    /// What a tracker tells again from its memory: an answer that was held, a probe that settled, the attempt behind a
    /// conversation. One at a time, each filled anew, so that three trackers share one.
    /// </summary>
    public readonly Probe Retold = new Probe();

    /// <summary>Makes a teller.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="owners">Frees what belongs to them.</param>
    /// <param name="lists">Keeps what a closed sweep walked.</param>
    /// <param name="writer">Writes their lines.</param>
    /// <param name="severity">Says how bad they are.</param>
    /// <param name="sink">Where lines go.</param>
    /// <param name="table">Knows the groups.</param>
    public Teller(IncidentTable incidents, IncidentOwners owners, TargetLists lists, AlertWriter writer, Severity severity,
        IAlertSink sink, SignatureTable table)
    {
        _incidents = incidents;
        _cells = incidents.Cells;
        _owners = owners;
        _lists = lists;
        _writer = writer;
        _severity = severity;
        _sink = sink;
        _table = table;
    }

    /// <summary>
    /// Takes another table; incidents keep the signature of the same sid, and forget what the new profile does not know.
    /// </summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        int[] cells = _cells;
        for (int row = 0; row < cells.Length; row += Column.Count)
        {
            int signature = cells[row + Column.Signature];
            if (signature >= 0 && cells[row + Column.Id] != 0)
            {
                cells[row + Column.Signature] = table.SameSignature(_table, signature);
            }

            cells[row + Column.Group] = -1;
            cells[row + Column.Expected] = -1;
        }

        _table = table;
        _severity.UseTable(table);
        _writer.UseTable(table);
    }

    /// <summary>Opens an incident; the first line goes out with the next <see cref="Consider"/>.</summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    /// <param name="probe">What made it an incident.</param>
    /// <returns>Its record.</returns>
    public int Open(int kind, Probe probe)
    {
        int record = _incidents.FindFree(kind);
        if (record < 0)
        {
            record = _incidents.FindLeast(probe.Now, kind);
            _incidents.Evictions++;
            Close(record);
        }

        _incidents.Open(record, kind, probe, Lost);
        _cells[(record * Column.Count) + Column.Group] = GroupOf(kind, probe);
        return record;
    }

    /// <summary>Opens an incident that stands on a suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    /// <param name="probe">What made it an incident.</param>
    /// <returns>Its record.</returns>
    public int OpenOf(int at, int kind, Probe probe)
    {
        int record = Open(kind, probe);
        _cells[(record * Column.Count) + Column.Owner] = at;
        _owners.Hold(at, record);
        return record;
    }

    /// <summary>Looks for an earlier incident of the same actor.</summary>
    /// <param name="record">The incident's record.</param>
    public void Relate(int record)
    {
        int[] cells = _cells;
        int row = record * Column.Count;
        if (cells[row + Column.Related] != 0 || cells[row + Column.Kind] == Kind.DistributedProbe)
        {
            return;
        }

        int related = _lists.RelatedTo(cells[row + Column.Actor], _now);
        for (int other = 0; other < cells.Length; other += Column.Count)
        {
            if (other != row && cells[other + Column.Id] > related && cells[other + Column.Actor] == cells[row + Column.Actor]
                && cells[other + Column.Version] == cells[row + Column.Version]
                && cells[other + Column.Kind] != Kind.DistributedProbe)
            {
                related = cells[other + Column.Id];
            }
        }

        cells[row + Column.Related] = related;
    }

    /// <summary>Tells an incident if it is new, worse, or twice what was told.</summary>
    /// <param name="record">Its record.</param>
    public void Consider(int record)
    {
        int row = record * Column.Count;
        bool isNew = _cells[row + Column.ToldKind] < 0;
        if (isNew || IsNews(row))
        {
            Tell(record, isNew ? AlertWriter.StateOpen : AlertWriter.StateUpdate, -1, null);
        }
    }

    // Whether there is more to tell of an incident than was told, and it is time to.
    private bool IsNews(int row)
    {
        int[] cells = _cells;
        int silent = _now - cells[row + Column.ToldAt];
        if (cells[row + Column.Expected] >= 0 || cells[row + Column.Form] >= IncidentForm.Outward)
        {
            return silent >= Limits.Day;
        }

        if (cells[row + Column.MayBeWorse] != 0)
        {
            cells[row + Column.MayBeWorse] = 0;
            if (_severity.Of(row) > cells[row + Column.ToldSeverity])
            {
                return true;
            }
        }

        if (cells[row + Column.ToldKind] != _incidents.KindOf(row))
        {
            return true;
        }

        bool isTwice = cells[row + Column.Frames] >= 2 * cells[row + Column.ToldFrames]
            || cells[row + Column.Size] >= 2 * cells[row + Column.ToldSize];
        if (isTwice)
        {
            cells[row + Column.IsDue] = 1;
        }

        return isTwice && silent >= Limits.UpdateGap;
    }

    /// <summary>Tells that a distributed probe gained a source, and names it.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="probe">The source's probe.</param>
    /// <param name="isNew">It is a new source; otherwise a known one came again.</param>
    public void NameSource(int record, Probe probe, bool isNew)
    {
        int row = record * Column.Count;
        int most = _cells[row + Column.Kind] <= Kind.PortScan ? NamedOfCrowd : NamedSources;
        if (isNew && _cells[row + Column.Sources] <= most)
        {
            Tell(record, AlertWriter.StateUpdate, -1, probe);
        }
        else
        {
            Consider(record);
        }
    }

    /// <summary>Folds an incident into another, which tells of the same.</summary>
    /// <param name="record">The record that goes.</param>
    /// <param name="into">The record that stays.</param>
    public void Fold(int record, int into)
    {
        Tell(record, AlertWriter.StateFolded, _cells[(into * Column.Count) + Column.Id], null);
        Free(record);
    }

    /// <summary>
    /// Does what time brings: updates that waited, stories that end. One line at most, since the ring fills while it is written:
    /// a dozen that come due at once held the loop for a tenth of a second.
    /// </summary>
    /// <param name="now">Centiseconds.</param>
    public void Tick(int now)
    {
        _now = now;
        if (_incidents.OpenCount == 0)
        {
            return;
        }

        int[] cells = _cells;
        bool closes = now - _nextClose >= 0;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (cells[row + Column.Id] == 0)
            {
                continue;
            }

            int over = now - cells[row + Column.Last] - Limits.StoryEnd;
            if (closes && over > 0)
            {
                Close(record);
                // Nobody may go on with a story that waits to be closed: where time has leapt, all are closed at once.
                if (over < Patience)
                {
                    return;
                }
            }
            else if (cells[row + Column.IsDue] != 0 && now - cells[row + Column.ToldAt] >= Limits.UpdateGap)
            {
                Tell(record, AlertWriter.StateUpdate, -1, null);
                return;
            }
        }

        if (closes)
        {
            _nextClose = now + Limits.Minute;
        }
    }

    /// <summary>Closes all that is open, in the order in which it was opened.</summary>
    public void CloseAll()
    {
        int[] cells = _cells;
        while (true)
        {
            int oldest = -1;
            for (int record = 0; record < Limits.Incidents; record++)
            {
                int id = cells[(record * Column.Count) + Column.Id];
                if (id != 0 && (oldest < 0 || id < cells[(oldest * Column.Count) + Column.Id]))
                {
                    oldest = record;
                }
            }

            if (oldest < 0)
            {
                return;
            }

            Close(oldest);
        }
    }

    /// <summary>The group that an incident is aimed at: the signature's for its service, the host's where there is one.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="probe">A probe of it.</param>
    /// <returns>The group, -1 for none.</returns>
    public int GroupOf(int kind, Probe probe)
    {
        if (kind == Kind.RestrictedService)
        {
            int group = _table.Group(probe.Signature);
            if (group >= 0)
            {
                return group;
            }
        }
        else if (kind != Kind.PortScan && kind != Kind.DistributedProbe && kind != Kind.SuspectService)
        {
            return -1;
        }

        return probe.Version == 6 ? _table.GroupOf6(probe.Addresses, probe.DestinationAt) : _table.GroupOf(probe.Target);
    }

    private void Close(int record)
    {
        int[] cells = _cells;
        int row = record * Column.Count;
        if (cells[row + Column.ToldKind] >= 0)
        {
            Tell(record, AlertWriter.StateClosed, -1, null);
        }

        if (cells[row + Column.Kind] == Kind.Sweep && cells[row + Column.Size] >= Limits.PlainTargets)
        {
            _lists.Keep(_incidents, record, cells[row + Column.Last]);
        }

        Free(record);
    }

    private void Free(int record)
    {
        int[] cells = _cells;
        int row = record * Column.Count;
        int kind = cells[row + Column.Kind];
        _incidents.Release(record);
        cells[row + Column.Id] = 0;
        _incidents.OpenCount--;
        _owners.Release(kind, record);
    }

    private void Tell(int record, int state, int into, Probe? named)
    {
        int[] cells = _cells;
        int row = record * Column.Count;
        if (cells[row + Column.Kind] == Kind.Sweep && cells[row + Column.List] == 0
            && cells[row + Column.Size] >= Limits.SharedForOrder && _incidents.StrideOf(row) == 0
            && !_incidents.IsPlainOrder(row))
        {
            cells[row + Column.List] = _lists.SameAs(_incidents, record, _now);
        }

        int severity = _severity.Of(row);
        int length = _writer.WriteIncident(record, state, severity, into, Lost, _now, named);
        cells[row + Column.ToldKind] = _incidents.KindOf(row);
        cells[row + Column.ToldSeverity] = severity;
        cells[row + Column.ToldFrames] = cells[row + Column.Frames];
        cells[row + Column.ToldSize] = cells[row + Column.Size];
        cells[row + Column.ToldAt] = _now;
        cells[row + Column.IsDue] = 0;
        _sink.Alert(_writer.Buffer, length, SyslogSeverity.OfIncident(severity));
    }
}
