using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>What a box's own messages say of it: whether it watched, what kept it from seeing, which table it has.</summary>
internal sealed class BoxLog
{
    /// <summary>Conditions kept of a box; more are counted.</summary>
    private const int MostConditions = 200;

    /// <summary>A heartbeat comes every minute: three that are missing are no lost datagram.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>
    /// What ends a fault: one state and no other, since a mirror may be foreign and doubled at once (tools/Collector/ALERTS.md).
    /// </summary>
    private static readonly Dictionary<(string Part, string State), string> Ends = new()
    {
        [("mirror", "no-mirror")] = "mirrored",
        [("mirror", "unreadable")] = "readable",
        [("mirror", "foreign")] = "home",
        [("mirror", "doubled")] = "single",
        [("mirror", "partial")] = "whole",
        [("mirror", "own-uplink")] = "no-own-uplink",
        [("mirror", "swapped")] = "not-swapped",
        [("mirror", "one-sided")] = "both-directions",
        [("mirror", "silent")] = "frames",
        [("mirror", "quiet")] = "frames",
        [("mirror", "link-lost")] = "link-up",
        [("mirror", "no-link")] = "link-up",
        [("mirror", "flapping")] = "link-up",
        [("ring", "losing")] = "keeps-up",
        [("uplink", "link-lost")] = "link-up",
        [("collector", "unreachable")] = "reached",
        [("collector", "none")] = "reached",
        [("clock", "unknown")] = "synchronized",
        [("clock", "unsynchronized")] = "synchronized",
        [("storage", "failing")] = "well",
        [("memory", "low")] = "well",
        [("detector", "blind")] = "sees",
    };

    /// <summary>States that are well and end nothing, or what a fault's end is called.</summary>
    private static readonly HashSet<string> WellStates = [.. Ends.Values, "stepped", "passed", "found", "offered", "taken"];

    /// <summary>Faults that are over when they are told: the receiver was reset, and goes on.</summary>
    private static readonly HashSet<(string Part, string State)> Moments = [("receiver", "reset")];

    /// <summary>Counters of the heartbeats that a report adds up.</summary>
    private static readonly string[] Counted = ["frames", "lost", "missed", "mirrorFull", "dropped"];

    private readonly WindowPool _windows;
    // The start that is heard now by itself: most boxes have one, and a collector may have lines of tens of thousands.
    private Dictionary<long, SequenceWatch>? _sequences;
    private SequenceWatch? _sequence;
    private long _sequenceBoot;
    private readonly List<BoxCondition> _conditions = [];

    // Arrays, since a collector may have lines of tens of thousands of boxes.
    private readonly long[] _counters = new long[Counted.Length];
    private readonly long[] _totals = new long[Counted.Length];
    private DateTimeOffset? _heartbeat;
    private long _epoch = -1;
    private long _highestBoot = -1;
    private DateTimeOffset? _highestFirst;
    private DateTimeOffset? _lowerLast;

    /// <summary>Makes the log of a box.</summary>
    /// <param name="host">Its HOSTNAME.</param>
    /// <param name="windows">Lends windows to its starts.</param>
    public BoxLog(string host, WindowPool windows)
    {
        _windows = windows;
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

    /// <summary>Tables that it refused, and why.</summary>
    public List<(string Reason, StoryLine Line)> Refusals { get; } = [];

    /// <summary>Times without a heartbeat.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Gaps { get; } = [];

    /// <summary>When it was not well.</summary>
    public IReadOnlyList<BoxCondition> Conditions => _conditions;

    /// <summary>Lines that it sent and that never came here.</summary>
    public long Missing => (_sequence?.Missing ?? 0) + (_sequences?.Where(s => s.Key != _sequenceBoot).Sum(s => s.Value.Missing) ?? 0);

    /// <summary>Two boxes use this name: one sequenceId came with two texts, or their starts are mixed.</summary>
    public bool IsShared { get; private set; }

    /// <summary>A start went on after a later one had begun, which one box can't do.</summary>
    public bool AreStartsMixed { get; private set; }

    /// <summary>The line that showed it.</summary>
    public StoryLine? SharedLine { get; private set; }

    /// <summary>Incidents whose number another incident had: their lines are kept apart.</summary>
    public int Twins { get; set; }

    /// <summary>What a counter of the heartbeats has added up to over all starts, one of those that are added up.</summary>
    public long Total(string counter) => _totals[Array.IndexOf(Counted, counter)];

    /// <summary>Follows the counting of a line.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="octets">The line from its PRI on.</param>
    /// <param name="place">File and line.</param>
    /// <param name="boot">The start of the box that it belongs to; below 0 where that is not known.</param>
    /// <returns>False when the very line came already.</returns>
    public bool Follow(AlertLine line, ReadOnlySpan<byte> octets, string place, out long boot)
    {
        if (line.Boot is { } known)
        {
            boot = known;
        }
        else
        {
            // Without a boot count a start shows itself: it counts from 1.
            _epoch -= line.Sequence == 1 && Lines > 0 ? 1 : 0;
            boot = _epoch;
        }

        SequenceWatch sequence = SequenceOf(boot);
        if (!sequence.Take(line.Sequence, octets))
        {
            return false;
        }

        NoteStart(line);
        if ((AreStartsMixed || (sequence.HasConflict && line.Boot is not null)) && !IsShared)
        {
            IsShared = true;
            SharedLine = new StoryLine(octets, place, line.Time);
        }

        Lines++;
        First = line.Time is { } t && (First is null || t < First) ? t : First;
        Last = line.Time is { } u && (Last is null || u > Last) ? u : Last;
        Site = line["site"] is { Length: > 0 } site ? site : Site;
        return true;
    }

    /// <summary>Takes a heartbeat, table, health or inventory message.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="octets">The line.</param>
    /// <param name="place">File and line.</param>
    public void Take(AlertLine line, ReadOnlySpan<byte> octets, string place)
    {
        NoteTime(line.Time);
        if (line.Kind == "heartbeat")
        {
            TakeHeartbeat(line, new StoryLine(octets, place, line.Time));
        }
        else if (line.Kind == "table")
        {
            TakeTable(line, new StoryLine(octets, place, line.Time));
        }
        else if (line.Kind == "inventory")
        {
            Residents.Take(line);
            if (line["part"] == "imaging")
            {
                Inventory = (line, new StoryLine(octets, place, line.Time));
            }
        }
        else
        {
            var kept = new StoryLine(octets, place, line.Time);
            if (line["part"] == "self-test")
            {
                Eyeless = line["eyes"] == "none" ? kept : null;
            }

            TakeHealth(line, kept);
        }
    }

    /// <summary>The log ends here: who was not heard for long is not heard any more.</summary>
    /// <param name="end">The newest heartbeat of any box.</param>
    public void Finish(DateTimeOffset? end)
    {
        if (_heartbeat is { } last && end is { } newest && newest - last > Patience)
        {
            Gaps.Add((last, newest));
        }
    }

    private SequenceWatch SequenceOf(long boot)
    {
        if (_sequence is not null && _sequenceBoot == boot)
        {
            return _sequence;
        }

        SequenceWatch? known = null;
        if (_sequence is not null)
        {
            _sequences ??= [];
            _sequences[_sequenceBoot] = _sequence;
            _sequences.TryGetValue(boot, out known);
        }

        _sequence = known ?? new SequenceWatch(_windows);
        _sequenceBoot = boot;
        return _sequence;
    }

    // Whatever the order of the lines: the newest line of a lower start against the oldest of the highest. A clock that is set right at a
    // start may go back some minutes.
    private void NoteStart(AlertLine line)
    {
        if (line.Boot is not { } boot || line.Time is not { } time)
        {
            return;
        }

        if (boot > _highestBoot)
        {
            _lowerLast = Last;
            _highestBoot = boot;
            _highestFirst = time;
        }
        else if (boot == _highestBoot)
        {
            _highestFirst = time < _highestFirst ? time : _highestFirst;
        }
        else
        {
            _lowerLast = _lowerLast is null || time > _lowerLast ? time : _lowerLast;
        }

        AreStartsMixed |= _lowerLast - _highestFirst > Patience;
    }

    private void NoteTime(DateTimeOffset? time)
    {
        if (time is not { } now)
        {
            return;
        }

        if (_heartbeat is { } last && now - last > Patience && Gaps.Count < MostConditions)
        {
            Gaps.Add((last, now));
        }

        _heartbeat = _heartbeat is null || now > _heartbeat ? now : _heartbeat;
    }

    private void TakeHeartbeat(AlertLine line, StoryLine kept)
    {
        Heartbeats++;
        Heartbeat = kept;
        for (int i = 0; i < Counted.Length; i++)
        {
            if (long.TryParse(line[Counted[i]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            {
                // A counter that went back began anew with the box.
                _totals[i] += value >= _counters[i] ? value - _counters[i] : value;
                _counters[i] = value;
            }
        }

        Table = line["table"].Length > 0 ? line.Number("table") : Table;
        TableAge = line["tableAge"].Length > 0 ? line.Number("tableAge") : TableAge;
        Transmitted = Math.Max(Transmitted, line.Number("transmitted"));
    }

    private void TakeTable(AlertLine line, StoryLine kept)
    {
        if (line["verdict"] == "refused")
        {
            Refusals.Add((line["reason"], kept));
            return;
        }

        TableLine = kept;
        Table = line["sequence"].Length > 0 ? line.Number("sequence") : Table;
        Signatures = line["signatures"].Length > 0 ? line.Number("signatures") : Signatures;
    }

    private void TakeHealth(AlertLine line, StoryLine kept)
    {
        string part = line["part"];
        string state = line["state"];
        foreach (BoxCondition open in _conditions.Where(c => !c.IsOver && IsEnd(c, part, state)))
        {
            open.IsOver = true;
            open.To = line.Time;
        }

        Transmitted = Math.Max(Transmitted, part == "transmitter" ? line.Number("transmitted") : 0);
        if (!WellStates.Contains(state) && !_conditions.Exists(c => c.Part == part && c.State == state && !c.IsOver)
            && _conditions.Count < MostConditions)
        {
            bool isMoment = Moments.Contains((part, state));
            _conditions.Add(new BoxCondition(part, state, line.Time, kept)
            {
                Which = line["which"],
                IsOver = isMoment,
                To = isMoment ? line.Time : null,
            });
        }
    }

    // A start begins anew: what was told before it and lasts is told again. Of a part without such a pair each state ends the one before.
    private static bool IsEnd(BoxCondition open, string part, string state)
    {
        return part == "self-test" || (open.Part == part
            && (Ends.TryGetValue((part, open.State), out string? end) ? end == state : open.State != state));
    }
}
