using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// An incident with all its lines: what was ever said of it, first seen and last seen, every source and host that was named.
/// </summary>
internal sealed partial class Story
{
    /// <summary>
    /// Lines kept of an incident: the first ones and the newest. An incident that doubles from 2 to 2,000 hosts has ten updates.
    /// </summary>
    private const int MostLines = 14;

    /// <summary>Names kept of sources and of hosts: a reader looks through a list of so many at most.</summary>
    private const int MostNames = 256;

    /// <summary>Lines tell durations in whole seconds, and a box's clock may be set by less than a second unnoticed.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(3);

    private readonly List<StoryLine> _lines = [];
    private int _sumSeverity;
    private readonly List<string> _sources = [];
    private readonly List<string> _hosts = [];
    private readonly List<(DateTimeOffset Time, long Hosts)> _growth = [];

    /// <summary>Makes a story.</summary>
    /// <param name="box">Whose it is.</param>
    /// <param name="boot">The start of the box in which it opened; below 0 where that is not known.</param>
    /// <param name="id">Its number.</param>
    /// <param name="twin">How many others have this very name: 0, but where two boxes share a name.</param>
    public Story(BoxLog box, long boot, long id, int twin)
    {
        Box = box;
        Boot = boot;
        Id = id;
        Twin = twin;
    }

    /// <summary>Whose it is.</summary>
    public BoxLog Box { get; }

    /// <summary>The start of the box in which it opened; below 0 where that is not known.</summary>
    public long Boot { get; }

    /// <summary>Its number in this start of the box.</summary>
    public long Id { get; }

    /// <summary>How many others have this very name.</summary>
    public int Twin { get; }

    /// <summary>What is known of it.</summary>
    public Facts Facts { get; } = new();

    /// <summary>What it is now; an incident may become another kind as it grows.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>What it was at first.</summary>
    public string FirstKind { get; private set; } = "";

    /// <summary>1 to 5, the highest that was told.</summary>
    public int Severity { get; private set; }

    /// <summary>Its severity at first.</summary>
    public int FirstSeverity { get; private set; }

    /// <summary>The time of its oldest frame; null without a clock.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>The time of its newest frame; null without a clock.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>When it was first told; null without a clock.</summary>
    public DateTimeOffset? Opened { get; private set; }

    /// <summary>open, update, folded or closed.</summary>
    public string State { get; private set; } = "";

    /// <summary>The words of the newest line that had most of them.</summary>
    public string Words { get; private set; } = "";

    /// <summary>The kept line in which <see cref="Words"/> stand.</summary>
    public int WordsLine { get; private set; }

    /// <summary>The severity as a sum, where any line had room for the words; empty for none.</summary>
    public string Sum { get; private set; } = "";

    /// <summary>The kept line in which <see cref="Sum"/> stands.</summary>
    public int SumLine { get; private set; }

    /// <summary>How many lines told of it.</summary>
    public int Told { get; private set; }

    /// <summary>The kept lines, oldest first.</summary>
    public IReadOnlyList<StoryLine> Lines => _lines;

    /// <summary>Every source that was ever named by its address.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>Every target that was ever named by its address.</summary>
    public IReadOnlyList<string> Hosts => _hosts;

    /// <summary>How many hosts it had, each time that it was told.</summary>
    public IReadOnlyList<(DateTimeOffset Time, long Hosts)> Growth => _growth;

    /// <summary>The frames behind it; null where the captures are not at hand.</summary>
    public Evidence? Evidence { get; set; }

    /// <summary>The campaign that it is part of; null for none.</summary>
    public Campaign? Campaign { get; set; }

    /// <summary>It went into another one and is told there.</summary>
    public bool IsFolded => State == "folded";

    /// <summary>The site profile explains it.</summary>
    public bool IsExpected => Facts["expected"].Length > 0;

    /// <summary>Host, boot and number name it for ever.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture,
        $"{Box.Host}/{(Boot < 0 ? "-" : Boot)}/{Id}{(Twin > 0 ? $"-{Twin + 1}" : "")}");

    /// <summary>The same as the name of a place in a page.</summary>
    public string Anchor => "i-" + UnsafeInAnchor().Replace(Name, "-");

    /// <summary>
    /// Whether a line can be of this incident, or only has its number: another box of the same name, or a start that nobody
    /// counted.
    /// </summary>
    /// <param name="line">A line with this incident's number.</param>
    public bool Fits(AlertLine line)
    {
        if (First is { } first && line.Time is { } time && (time - TimeSpan.FromSeconds(line.Number("dur")) - first)
            .Duration() <= SameStart)
        {
            return true;
        }

        // Another start: only the same service and actor make it the same incident, whose box's clock was set meanwhile.
        bool isNewStart = First is not null && line.Time is not null;
        bool isSame = line["sid"] == Facts["sid"] && line["dport"] == Facts["dport"]
            && (line["src"] == Facts["src"] || line.Number("srcs") > 1);
        return isNewStart ? isSame && line["state"] != "open" && line.Number("frames") >= Facts.Number("frames") : isSame;
    }

    /// <summary>Takes the next line.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="octets">The line itself.</param>
    /// <param name="place">File and line.</param>
    public void Take(AlertLine line, ReadOnlySpan<byte> octets, string place)
    {
        Told++;
        Keep(new StoryLine(octets, place, line.Time));
        int number = _lines.Count - 1;
        bool namesOne = line.Number("srcs") > 1 && line["src"] != "various" && !line["src"].Contains('/')
            && line["state"] == "update";
        Facts.Take(line, number, namesOne);
        Kind = line.Kind;
        FirstKind = FirstKind.Length == 0 ? Kind : FirstKind;
        State = line["state"];
        int severity = (int)Math.Clamp(line.Number("severity"), 1, 5);
        FirstSeverity = FirstSeverity == 0 ? severity : FirstSeverity;
        Severity = Math.Max(Severity, severity);
        if (line.Time is { } time)
        {
            DateTimeOffset first = time - TimeSpan.FromSeconds(line.Number("dur"));
            First = First is null || first < First ? first : First;
            Last = Last is null || time > Last ? time : Last;
            Opened ??= time;
            _growth.Add((time, Math.Max(line.Number("dsts"), line.Number("srcs"))));
            if (_growth.Count > MostLines)
            {
                _growth.RemoveAt(_growth.Count - 2);
            }
        }

        if (line.Message.Length >= Words.Length || State == "closed")
        {
            Words = line.Message.Length == 0 ? Words : line.Message;
            WordsLine = number;
        }

        // Words are the first that a short line leaves out: an earlier line of the same severity may have had the sum.
        bool isRisen = severity == Severity && severity != _sumSeverity;
        if (SumInWords().Match(line.Message) is { Success: true } sum && (severity == Severity || Sum.Length == 0))
        {
            Sum = sum.Value;
            SumLine = number;
            _sumSeverity = severity;
        }
        else if (isRisen)
        {
            Sum = "";
        }

        NoteNames(line, namesOne);
    }

    /// <summary>Who answered, hosts or ports: as the lines say, and where a line had no room for all, as the frames of the capture
    /// do.</summary>
    public List<string> AnsweredBy()
    {
        List<string> named = [.. Facts.List("answeredBy")];
        return Evidence is null || Kind == "port-scan" || (named.Count > 0 && !Facts.IsMore("answeredBy")) ? named
            : [.. named.Union(Evidence.Answered)];
    }

    private void Keep(StoryLine line)
    {
        if (_lines.Count == MostLines)
        {
            _lines.RemoveAt(MostLines - 1);
            Facts.Fold(MostLines - 2);
        }

        _lines.Add(line);
    }

    /// <summary>Notes whom the line names.</summary>
    private void NoteNames(AlertLine line, bool namesOne)
    {
        if (line["src"] is { Length: > 0 } source && source != "various"
            && (namesOne || line.Number("srcs") <= 1 || _sources.Count == 0) && !source.Contains('/'))
        {
            Add(_sources, source);
        }

        Match named = NamedSources().Match(line.Message);
        if (named.Success && line.Kind == "distributed-probe")
        {
            foreach (string address in named.Groups[1].Value.Split(", "))
            {
                Add(_sources, address);
            }
        }

        if (line.Number("dsts") == 1 && !line["dst"].Contains('/') && line["dst"] != "various")
        {
            Add(_hosts, line["dst"]);
        }

        foreach (string host in Facts.List("hosts").Concat(Facts.List("answeredBy")).Where(h => h.Contains('.')
            || h.Contains(':')))
        {
            Add(_hosts, host);
        }
    }

    private static void Add(List<string> names, string name)
    {
        if (names.Count < MostNames && name.Length > 0 && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    [GeneratedRegex(@"(?:\(|: )((?:[0-9a-f.:]+, )+[0-9a-f.:]*[0-9a-f])")]
    private static partial Regex NamedSources();

    [GeneratedRegex(@"severity \d\+\d-\d(?:\+1 (?:a )?(?:answered|conversation|accepted|outside))?")]
    private static partial Regex SumInWords();

    [GeneratedRegex("[^A-Za-z0-9.-]+")]
    private static partial Regex UnsafeInAnchor();
}
