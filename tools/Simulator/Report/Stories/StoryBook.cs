using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Report.Lines;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Everything that the lines tell, merged: incidents by host, boot and number, and what each box says of itself. Of a flood the
/// gravest and newest incidents are kept whole and the others counted, so that a gigabyte of lines takes the memory of a few
/// thousand incidents.
/// </summary>
internal sealed class StoryBook
{
    /// <summary>Incidents kept whole: thirty boxes with two hundred each. Some 10 KB each.</summary>
    private const int MostWhole = 6000;

    private readonly Dictionary<(string Host, long Boot, long Id), List<Story>> _stories = [];
    private readonly SortedDictionary<string, BoxLog> _boxes = new(StringComparer.Ordinal);
    private readonly StartPool _starts = new();
    private readonly NewestTime _newest = new();
    private readonly NewestTime _newestHeartbeat = new();
    private readonly Dictionary<(BoxLog Box, long Boot), CountedIncidents> _counted = [];
    private int _whole;
    private List<Story>? _ordered;

    /// <summary>The sites share their addresses: a private address is one machine at all of them.</summary>
    public bool IsOneNetwork { get; init; }

    /// <summary>The incidents that are kept whole; once the lines have ended by box, start and number.</summary>
    public IEnumerable<Story> Stories => _ordered ?? _stories.Values.SelectMany(s => s);

    /// <summary>The boxes, by name.</summary>
    public IReadOnlyCollection<BoxLog> Boxes => _boxes.Values;

    /// <summary>What came of the lines.</summary>
    public LineCounts Counts { get; } = new();

    /// <summary>Incidents that are told by number only.</summary>
    public Tally Tally { get; } = new();

    /// <summary>The newest time of any line, not later than now; null without a clock.</summary>
    public DateTimeOffset? Newest => _newest.Value;

    /// <summary>The newest heartbeat of any box, not later than now: who is silent is silent as of then. Null for none.</summary>
    public DateTimeOffset? NewestHeartbeat => _newestHeartbeat.Value;

    /// <summary>The oldest time of any line; null without a clock.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <param name="octets">The line as the collector kept it.</param>
    /// <param name="place">File and line.</param>
    public void Take(ReadOnlySpan<byte> octets, Func<string> place)
    {
        AlertLine? line = LogForm.Read(octets, out Unread why);
        if (why == Unread.Empty)
        {
            return;
        }

        string at = why == Unread.None && line is { Kind: "heartbeat" } ? "" : place();
        Counts.Add(why, line is not null, at);
        if (line is null)
        {
            return;
        }

        if (!_boxes.TryGetValue(line.HostName, out BoxLog? box))
        {
            box = new BoxLog(line.HostName, _starts);
        }

        // Without what ends lines on Windows, which would stand in the report.
        var kept = new StoryLine(line, octets.Trim(" \t\r\0\ufeff"u8), at.Length == 0 ? place() : at);
        if (!box.Follow(line, kept, out BoxStart? start))
        {
            Counts.Repeated++;
            return;
        }

        if (start is null)
        {
            Counts.AddUnfollowed(kept.Place);
            return;
        }

        _boxes.TryAdd(line.HostName, box);
        _newest.Take(line.Time);
        if (line.Kind == "heartbeat")
        {
            _newestHeartbeat.Take(line.Time);
        }

        Oldest = line.Time is { } u && (Oldest is null || u < Oldest) ? u : Oldest;
        if (!line.IsIncident)
        {
            box.Take(line, kept, start);
        }
        else if (line.Number("id") > 0 && !IsCounted(box, start.Boot, line))
        {
            StoryOf(box, start.Boot, line).Take(line, kept);
        }
    }

    /// <summary>The lines end.</summary>
    public void Finish()
    {
        foreach (BoxLog box in Boxes)
        {
            box.Finish(NewestHeartbeat);
        }

        foreach (List<Story> twins in _stories.Values.Where(t => t.Count > 1))
        {
            // By their own times, since it is chance which line was read first.
            twins.Sort((a, b) => (a.First ?? DateTimeOffset.MaxValue, a.Lines[0].Order).CompareTo(
                (b.First ?? DateTimeOffset.MaxValue, b.Lines[0].Order)));
            for (int i = 0; i < twins.Count; i++)
            {
                twins[i].Twin = i;
            }
        }

        foreach (Story story in _stories.Values.SelectMany(s => s))
        {
            story.IsTargetLost = story.State == "folded" && !IsToldElsewhere(story);
        }

        _ordered = [.. _stories.Values.SelectMany(s => s).OrderBy(s => s.Box.Host, StringComparer.Ordinal).ThenBy(s => s.Boot).ThenBy(s => s.Id)
            .ThenBy(s => s.Twin)];
    }

    /// <summary>An incident of the same box and start; null where it is not kept.</summary>
    /// <param name="story">The incident that names it.</param>
    /// <param name="id">Its number.</param>
    public Story? Find(Story story, long id)
    {
        return _stories.TryGetValue((story.Box.Host, story.Boot, id), out List<Story>? found) ? found[0] : null;
    }

    /// <summary>A sentence for each sort of line that was not whole or not a box's, and for incidents whose end is
    /// missing.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (string note in Counts.Notes())
        {
            yield return note;
        }

        Story[] lost = [.. Stories.Where(s => s.IsTargetLost)];
        if (lost.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{lost.Length:N0} {(lost.Length == 1 ? "incident" : "incidents")} went into "
                + $"another one whose lines are not here, and {(lost.Length == 1 ? "is" : "are")} shown with what was told before; the first is "
                + $"{lost[0].Name}, which went into {lost[0].Facts["into"]}");
        }
    }

    // Where incidents went into each other in a ring, none of them tells the others.
    private bool IsToldElsewhere(Story story)
    {
        var passed = new HashSet<Story>();
        while (passed.Add(story))
        {
            long into = story.Facts.Number("into");
            if (_counted.TryGetValue((story.Box, story.Boot), out CountedIncidents? counted) && counted.TryGet(into, out _))
            {
                return true;
            }

            if (!_stories.TryGetValue((story.Box.Host, story.Boot, into), out List<Story>? twins))
            {
                return false;
            }

            if (twins.Exists(t => t.State != "folded"))
            {
                return true;
            }

            story = twins[0];
        }

        return false;
    }

    /// <summary>Whether an incident is told by number already; one that has become graver is told whole after all.</summary>
    private bool IsCounted(BoxLog box, long boot, AlertLine line)
    {
        if (!_counted.TryGetValue((box, boot), out CountedIncidents? counted)
            || !counted.TryGet(line.Number("id"), out TallyKey? key))
        {
            return false;
        }

        if (line.Number("severity") <= key.Severity)
        {
            return true;
        }

        counted.Remove(line.Number("id"));
        Tally.Remove(key);
        return false;
    }

    private Story StoryOf(BoxLog box, long boot, AlertLine line)
    {
        var key = (box.Host, boot, line.Number("id"));
        if (!_stories.TryGetValue(key, out List<Story>? twins))
        {
            if (_whole >= MostWhole)
            {
                Shorten();
            }

            twins = [];
            _stories[key] = twins;
        }

        Story? story = twins.Where(s => s.Fits(line)).MinBy(s => s.DistanceTo(line));
        if (story is null)
        {
            box.Twins += twins.Count > 0 ? 1 : 0;
            story = new Story(box, boot, line.Number("id"), twins.Count);
            twins.Add(story);
            _whole++;
        }

        return story;
    }

    /// <summary>Counts the least and oldest half of the incidents, and forgets their lines.</summary>
    private void Shorten()
    {
        var least = _stories.OrderBy(s => s.Value[0].State is "closed" or "folded" ? 0 : 1).ThenBy(s => s.Value[0].Severity)
            .ThenBy(s => s.Value[0].Last ?? DateTimeOffset.MinValue).Take(_stories.Count / 2).ToList();
        foreach ((var key, List<Story> twins) in least)
        {
            foreach (Story story in twins.Where(s => s.State != "folded" || !IsToldElsewhere(s)))
            {
                Note(story, Tally.Add(story));
            }

            _whole -= twins.Count;
            _stories.Remove(key);
        }
    }

    private void Note(Story story, TallyKey key)
    {
        if (!_counted.TryGetValue((story.Box, story.Boot), out CountedIncidents? counted))
        {
            counted = new CountedIncidents();
            _counted[(story.Box, story.Boot)] = counted;
        }

        counted.Add(story.Id, key);
    }
}
