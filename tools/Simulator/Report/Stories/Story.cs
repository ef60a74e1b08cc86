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

    private readonly IncidentIdentity _identity = new();
    private readonly List<StoryLine> _lines = [];
    private readonly NameList _sources = new();
    private readonly NameList _hosts = new();

    // The source of a line about several, by which an incident goes as long as no line names one.
    private (string Name, LineOrder Line)? _general;
    private LineOrder? _newest;
    private LineOrder? _oldest;
    private LineOrder? _firstJudged;
    private LineOrder? _firstTimed;
    private (bool IsEnd, int Length, LineOrder Line)? _words;
    private (int Severity, string Text, LineOrder Line)? _sum;

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

    /// <summary>How many others have this very name and began before it.</summary>
    public int Twin { get; set; }

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
    public DateTimeOffset? First => _identity.First;

    /// <summary>The time of its newest frame; null without a clock.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>When it was first told; null without a clock.</summary>
    public DateTimeOffset? Opened { get; private set; }

    /// <summary>open, update, folded or closed.</summary>
    public string State { get; private set; } = "";

    /// <summary>The words of the newest line that had most of them.</summary>
    public string Words { get; private set; } = "";

    /// <summary>The severity as a sum, where any line of that severity had room for the words; empty for none.</summary>
    public string Sum => _sum is { } sum && sum.Severity == Severity ? sum.Text : "";

    /// <summary>How many lines told of it.</summary>
    public int Told { get; private set; }

    /// <summary>The kept lines in the order in which the box wrote them.</summary>
    public IReadOnlyList<StoryLine> Lines => _lines;

    /// <summary>Every source that was ever named by its address.</summary>
    public IReadOnlyList<string> Sources => _general is { } general && (_sources.First is null || general.Line.CompareTo(_sources.First) < 0)
        ? [general.Name, .. _sources.Names.Where(n => n != general.Name)] : _sources.Names;

    /// <summary>Every target that was ever named by its address.</summary>
    public IReadOnlyList<string> Hosts => _hosts.Names;

    /// <summary>How many hosts it had, each time that it was told.</summary>
    public IReadOnlyList<(DateTimeOffset Time, long Hosts)> Growth => [.. _lines.Where(l => l.Time is not null)
        .Select(l => (l.Time!.Value, l.Hosts)).OrderBy(g => g.Item1)];

    /// <summary>The frames behind it; null where the captures are not at hand.</summary>
    public Evidence? Evidence { get; set; }

    /// <summary>The campaign that it is part of; null for none.</summary>
    public Campaign? Campaign { get; set; }

    /// <summary>It went into another one and is told there, unless that one is not here.</summary>
    public bool IsFolded => State == "folded" && !IsTargetLost;

    /// <summary>It went into another one whose lines are not here, so that it is told itself.</summary>
    public bool IsTargetLost { get; set; }

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
    public bool Fits(AlertLine line) => _identity.Fits(line);

    /// <summary>How far the beginning that a line tells lies from this incident's.</summary>
    /// <param name="line">A line with this incident's number.</param>
    public TimeSpan DistanceTo(AlertLine line) => _identity.DistanceTo(line);

    /// <summary>Takes a line; of two the later one counts, in whatever order they are taken.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="kept">The line itself.</param>
    public void Take(AlertLine line, StoryLine kept)
    {
        Told++;
        LineOrder order = kept.Order;
        _identity.Take(line);
        Keep(kept);
        bool namesOne = line.Number("srcs") > 1 && line["src"] != "various" && !line["src"].Contains('/')
            && line["state"] == "update";
        Facts.Take(line, order, namesOne);
        if (order.CompareTo(_newest) > 0)
        {
            _newest = order;
            Kind = line.Kind;
            State = line["state"];
        }

        if (_oldest is null || order.CompareTo(_oldest) < 0)
        {
            _oldest = order;
            FirstKind = line.Kind;
        }

        TakeSeverity(line, order);
        if (line.Time is { } time)
        {
            Last = Last is null || time > Last ? time : Last;
            if (_firstTimed is null || order.CompareTo(_firstTimed) < 0)
            {
                _firstTimed = order;
                Opened = time;
            }
        }

        NoteNames(line, order, namesOne);
    }

    /// <summary>The number of the kept line in which something stood last; -1 for none.</summary>
    /// <param name="fact">A parameter; <c>words</c> is a line's text, <c>sum</c> the severity's in it.</param>
    public int LineOf(string fact)
    {
        LineOrder? order = fact switch
        {
            "words" => _words?.Line ?? _lines[0].Order,
            "sum" => _sum?.Line,
            _ => Facts.LineOf(fact),
        };

        // Of very many lines the one before it is named that was kept.
        return order is null ? -1 : Math.Max(0, _lines.FindLastIndex(l => l.Order.CompareTo(order) <= 0));
    }

    /// <summary>Who answered, hosts or ports: as the lines say, and where a line had no room for all, as the frames of the
    /// capture do.</summary>
    public List<string> AnsweredBy()
    {
        List<string> named = [.. Facts.List("answeredBy")];
        return Evidence is null || Kind == "port-scan" || (named.Count > 0 && !Facts.IsMore("answeredBy")) ? named
            : [.. named.Union(Evidence.Answered)];
    }

    /// <summary>How many more answered than are named: no line had room for them.</summary>
    /// <param name="named">Who is named.</param>
    public long Unnamed(IReadOnlyCollection<string> named) =>
        Facts.IsMore("answeredBy") ? Math.Max(0, Facts.Number("answered") - named.Count) : 0;

    // The first ones and the newest.
    private void Keep(StoryLine line)
    {
        int at = _lines.FindLastIndex(l => l.Order.CompareTo(line.Order) <= 0) + 1;
        _lines.Insert(at, line);
        if (_lines.Count > MostLines)
        {
            _lines.RemoveAt(MostLines - 1);
        }
    }

    private void TakeSeverity(AlertLine line, LineOrder order)
    {
        int severity = (int)Math.Clamp(line.Number("severity"), 1, 5);
        Severity = Math.Max(Severity, severity);
        if (line["severity"].Length > 0 && (_firstJudged is null || order.CompareTo(_firstJudged) < 0))
        {
            _firstJudged = order;
            FirstSeverity = severity;
        }

        bool isEnd = line["state"] == "closed";
        if (line.Message.Length > 0 && (_words is not { } words
            || (isEnd, line.Message.Length, order).CompareTo((words.IsEnd, words.Length, words.Line)) > 0))
        {
            _words = (isEnd, line.Message.Length, order);
            Words = line.Message;
        }

        // Words are the first that a short line leaves out: an earlier line of the same severity may have had the sum.
        if (SumInWords().Match(line.Message) is { Success: true } sum && (_sum is not { } known
            || severity > known.Severity || (severity == known.Severity && order.CompareTo(known.Line) > 0)))
        {
            _sum = (severity, sum.Value, order);
        }
    }

    /// <summary>Notes whom the line names.</summary>
    private void NoteNames(AlertLine line, LineOrder order, bool namesOne)
    {
        string source = line["src"];
        if (source is not ("" or "various") && !source.Contains('/'))
        {
            if (namesOne || line.Number("srcs") <= 1)
            {
                _sources.Add(source, order, 0);
            }
            else if (_general is not { } general || order.CompareTo(general.Line) < 0)
            {
                _general = (source, order);
            }
        }

        Match named = NamedSources().Match(line.Message);
        if (named.Success && line.Kind == "distributed-probe")
        {
            AddAll(_sources, named.Groups[1].Value.Split(", "), order, 1);
        }

        int place = 0;
        if (line.Number("dsts") == 1 && !line["dst"].Contains('/') && line["dst"] != "various")
        {
            _hosts.Add(line["dst"], order, place++);
        }

        place = AddAll(_hosts, HostsIn(line["hosts"]), order, place);
        AddAll(_hosts, HostsIn(line["answeredBy"]), order, place);
    }

    // Ports are no hosts.
    private static IEnumerable<string> HostsIn(string list) => list.TrimEnd('+').Split(',').Where(h => h.Contains('.') || h.Contains(':'));

    private static int AddAll(NameList names, IEnumerable<string> added, LineOrder order, int place)
    {
        foreach (string name in added)
        {
            names.Add(name, order, place++);
        }

        return place;
    }

    [GeneratedRegex(@"(?:\(|: )((?:[0-9a-f.:]+, )+[0-9a-f.:]*[0-9a-f])")]
    private static partial Regex NamedSources();

    [GeneratedRegex(@"severity \d\+\d-\d(?:\+1 (?:a )?(?:answered|conversation|accepted|outside))?")]
    private static partial Regex SumInWords();

    [GeneratedRegex("[^A-Za-z0-9.-]+")]
    private static partial Regex UnsafeInAnchor();
}
