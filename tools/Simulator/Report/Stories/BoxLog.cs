using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// What a box's own messages say of it: whether it watched, what kept it from seeing, which table it has. They are taken in
/// whatever order they come, and mean what they mean in the order in which the box wrote them.
/// </summary>
internal sealed class BoxLog
{
    /// <summary>Refused tables that are kept, the newest.</summary>
    private const int MostRefusals = 64;

    /// <summary>A heartbeat comes every minute: three that are missing are no lost datagram.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly StartPool _pool;
    private readonly HealthWatch _health = new();
    private readonly Presence _presence = new(Patience);
    private readonly List<(string Reason, StoryLine Line)> _refusals = [];

    // The start that is heard now by itself: most boxes have one, and a collector may have lines of tens of thousands.
    private BoxStart? _start;
    private Dictionary<long, BoxStart>? _starts;
    private List<BoxStart>? _ordered;
    private long _epoch = -1;
    private DateTimeOffset? _end;

    /// <summary>Makes the log of a box.</summary>
    /// <param name="host">Its HOSTNAME.</param>
    /// <param name="pool">Lends what a start takes.</param>
    public BoxLog(string host, StartPool pool)
    {
        _pool = pool;
        Host = host;
    }

    /// <summary>Its HOSTNAME.</summary>
    public string Host { get; }

    /// <summary>The site's name or tag; empty where no line has it.</summary>
    public string Site { get; private set; } = "";

    /// <summary>Who lives in its network, as it said last.</summary>
    public SiteInventory Residents { get; } = new();

    /// <summary>Lines of it.</summary>
    public long Lines { get; private set; }

    /// <summary>Heartbeats of it.</summary>
    public long Heartbeats { get; private set; }

    /// <summary>The first time that it was heard, and the last.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>The last time that it was heard.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Number of its table; -1 where no line has it, 0 for the built-in one.</summary>
    public long Table { get; private set; } = -1;

    /// <summary>Age of its table at the last heartbeat, in seconds; -1 where no line has it.</summary>
    public long TableAge { get; private set; } = -1;

    /// <summary>Signatures in its table; 0 where no line has it.</summary>
    public long Signatures { get; private set; }

    /// <summary>The mirror port's count of frames that it sent, which has to be 0.</summary>
    public long Transmitted { get; private set; }

    /// <summary>The newest heartbeat; null for none.</summary>
    public StoryLine? Heartbeat { get; private set; }

    /// <summary>The newest message about its table; null for none.</summary>
    public StoryLine? TableLine { get; private set; }

    /// <summary>What it saw of the imaging network in its newest day; null where no line tells.</summary>
    public (AlertLine Line, StoryLine Kept)? Inventory { get; private set; }

    /// <summary>Its newest self-test, where that says that the board has no memory for the imaging eyes; else null.</summary>
    public StoryLine? Eyeless { get; private set; }

    /// <summary>Tables that it refused, and why, oldest first.</summary>
    public IReadOnlyList<(string Reason, StoryLine Line)> Refusals => _refusals;

    /// <summary>Times without a heartbeat, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Gaps { get; private set; } = [];

    /// <summary>When it was not well.</summary>
    public IReadOnlyList<BoxCondition> Conditions { get; private set; } = [];

    /// <summary>Lines that it sent and that never came here.</summary>
    public long Missing => Starts().Sum(s => s.Sequence.Missing);

    /// <summary>Two boxes use this name: one sequenceId came with two texts, or their starts are mixed.</summary>
    public bool IsShared { get; private set; }

    /// <summary>A start went on after a later one had begun, which one box can't do.</summary>
    public bool AreStartsMixed { get; private set; }

    /// <summary>A line whose number another line had; null where none is.</summary>
    public StoryLine? SharedLine { get; private set; }

    /// <summary>Incidents whose number another incident had: their lines are kept apart.</summary>
    public int Twins { get; set; }

    /// <summary>What a counter of the heartbeats has added up to over all starts, one of those that are added up.</summary>
    public long Total(string counter) => Starts().Sum(s => s.Total(Array.IndexOf(BoxStart.Counted, counter)));

    /// <summary>Follows the counting of a line.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="kept">The line.</param>
    /// <param name="start">The start of the box that it belongs to; null where there are too many to follow.</param>
    /// <returns>False when the very line came already.</returns>
    public bool Follow(AlertLine line, StoryLine kept, out BoxStart? start)
    {
        // Without a boot count a start shows itself: it counts from 1.
        _epoch -= line.Boot is null && line.Sequence == 1 && Lines > 0 ? 1 : 0;
        start = StartOf(line.Boot ?? _epoch);
        if (start is null || !start.Sequence.Take(line, out bool isConflict))
        {
            return start is null;
        }

        Lines++;
        start.Note(line, kept.Order);
        SharedLine = isConflict && (SharedLine is null || kept.Order.CompareTo(SharedLine.Order) < 0) ? kept : SharedLine;
        First = line.Time is { } t && (First is null || t < First) ? t : First;
        Last = line.Time is { } u && (Last is null || u > Last) ? u : Last;
        return true;
    }

    /// <summary>Takes a heartbeat, table, health or inventory message.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="kept">The line.</param>
    /// <param name="start">The start of the box that it belongs to.</param>
    public void Take(AlertLine line, StoryLine kept, BoxStart start)
    {
        if (line.Time is { } time)
        {
            _presence.Take(time);
        }

        if (line.Kind == "table" && line["verdict"] == "refused")
        {
            TakeRefusal(line["reason"], kept);
            return;
        }

        start.Take(line, kept);
        Heartbeats += line.Kind == "heartbeat" ? 1 : 0;
        if (line.Kind == "heartbeat" || line["part"] == "transmitter")
        {
            Transmitted = Math.Max(Transmitted, line.Number("transmitted"));
        }

        if (line.Kind == "inventory")
        {
            Residents.Take(line, kept.Order);
        }
        else if (line.Kind == "table" ? line["verdict"] == "accepted" : line.Kind != "heartbeat")
        {
            start.HasSetClock |= line["part"] == "clock" && line["state"] == "stepped";
            _health.Take(line, start, kept);
        }
    }

    /// <summary>The log ends here: who was not heard for long is not heard any more.</summary>
    /// <param name="end">The newest heartbeat of any box.</param>
    public void Finish(DateTimeOffset? end)
    {
        _end = end;
        _ordered = [.. Starts().OrderBy(s => s.First ?? DateTimeOffset.MinValue).ThenBy(s => s.Boot)];
        Gaps = [.. _presence.Pauses, .. _presence.Last is { } last && _end - last > Patience ? [(last, _end!.Value)]
            : Array.Empty<(DateTimeOffset, DateTimeOffset)>()];
        AreStartsMixed = AreMixed();
        IsShared = AreStartsMixed || _ordered.Exists(s => s.Boot >= 0 && (s.Sequence.HasConflict
            || (!s.HasSetClock && s.Sequence.AreTimesMixed(Patience))));
        Conditions = _health.Conditions(IsShared ? null : _ordered.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i));
        Site = _ordered.LastOrDefault(s => s.Site.Length > 0)?.Site ?? "";
        Heartbeat = _ordered.LastOrDefault(s => s.Heartbeat is not null)?.Heartbeat;
        TableLine = _ordered.LastOrDefault(s => s.Table is not null)?.Table;
        Inventory = _ordered.LastOrDefault(s => s.Inventory is not null)?.Inventory is { } seen ? (seen.Read(), seen) : null;
        Eyeless = _ordered.LastOrDefault(b => b.SelfTest is not null)?.SelfTest is { } test && test.Read()["eyes"] == "none" ? test : null;
        NoteTable();
    }

    private void TakeRefusal(string reason, StoryLine kept)
    {
        int at = _refusals.FindLastIndex(r => Nullable.Compare(r.Line.Time, kept.Time) is < 0 or 0 && r.Line.Order.CompareTo(kept.Order) <= 0);
        _refusals.Insert(at + 1, (reason, kept));
        if (_refusals.Count > MostRefusals)
        {
            _refusals.RemoveAt(0);
        }
    }

    // What was said last of the table, be it by a heartbeat or a message of its own.
    private void NoteTable()
    {
        AlertLine? said = TableLine?.Read();
        AlertLine? beat = Heartbeat?.Read();
        if (said is not null)
        {
            Signatures = said.Number("signatures");
            Table = said["sequence"].Length > 0 ? said.Number("sequence") : Table;
        }

        if (beat is not null && beat["tableAge"].Length > 0)
        {
            TableAge = beat.Number("tableAge");
        }

        bool isBeatNewer = said?.Boot == beat?.Boot ? Heartbeat?.Order?.CompareTo(TableLine?.Order) > 0 : beat?.Time >= said?.Time;
        if (beat is not null && beat["table"].Length > 0 && (said is null || isBeatNewer || Table < 0))
        {
            Table = beat.Number("table");
        }
    }

    private IEnumerable<BoxStart> Starts() => _starts?.Values ?? (IEnumerable<BoxStart>)(_start is null ? [] : [_start]);

    private BoxStart? StartOf(long boot)
    {
        if (_start?.Boot == boot)
        {
            return _start;
        }

        BoxStart? found = null;
        if (_starts?.TryGetValue(boot, out found) != true)
        {
            found = _pool.Lend(boot);
            if (found is null)
            {
                return null;
            }

            if (_start is not null)
            {
                _starts ??= new Dictionary<long, BoxStart> { [_start.Boot] = _start };
                _starts[boot] = found;
            }
        }

        _start = found;
        return found;
    }

    // The newest line of a lower start against the oldest of a higher one. A clock that is set right at a start may go back some
    // minutes.
    private bool AreMixed()
    {
        DateTimeOffset? newest = null;
        foreach (BoxStart start in Starts().Where(s => s.Boot >= 0 && s.First is not null).OrderBy(s => s.Boot))
        {
            if (newest - start.First > Patience)
            {
                return true;
            }

            newest = newest is null || start.Last > newest ? start.Last : newest;
        }

        return false;
    }
}
