using System;
using System.Globalization;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// One start of a box: what it has counted since, and the newest that it said of itself, in whatever order its lines come.
/// </summary>
internal sealed class BoxStart
{
    /// <summary>Counters of the heartbeats that a report adds up.</summary>
    public static readonly string[] Counted = ["frames", "lost", "missed", "mirrorFull", "dropped"];

    private readonly long[] _counters = new long[Counted.Length];

    // Where starts are not numbered: what was counted before a counter went back.
    private readonly long[] _before = new long[Counted.Length];
    private LineOrder? _counted;
    private LineOrder? _named;

    /// <summary>Begins to follow a start.</summary>
    /// <param name="boot">Its number; below 0 where that is not known.</param>
    /// <param name="pool">Lends pages for its numbers.</param>
    public BoxStart(long boot, PagePool pool)
    {
        Boot = boot;
        Sequence = new SequenceWatch(pool);
    }

    /// <summary>Its number; below 0 where that is not known.</summary>
    public long Boot { get; }

    /// <summary>Its lines' numbers.</summary>
    public SequenceWatch Sequence { get; }

    /// <summary>When it was first heard; null without a clock.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>When it was last heard; null without a clock.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Its clock was set meanwhile, so that its times may go back.</summary>
    public bool HasSetClock { get; set; }

    /// <summary>The site's name or tag, as its newest line has it; empty where none does.</summary>
    public string Site { get; private set; } = "";

    /// <summary>Its newest heartbeat; null for none.</summary>
    public StoryLine? Heartbeat { get; private set; }

    /// <summary>The newest message about a table in use; null for none.</summary>
    public StoryLine? Table { get; private set; }

    /// <summary>What it saw of the imaging network in its newest day; null where no line tells.</summary>
    public StoryLine? Inventory { get; private set; }

    /// <summary>Its newest self-test; null for none.</summary>
    public StoryLine? SelfTest { get; private set; }

    /// <summary>Notes that a line came.</summary>
    public void Note(AlertLine line, LineOrder order)
    {
        First = line.Time is { } t && (First is null || t < First) ? t : First;
        Last = line.Time is { } u && (Last is null || u > Last) ? u : Last;
        if (line["site"] is { Length: > 0 } site && order.CompareTo(_named) > 0)
        {
            _named = order;
            Site = site;
        }
    }

    /// <summary>What a counter of the heartbeats has come to.</summary>
    public long Total(int counter) => _before[counter] + _counters[counter];

    /// <summary>Takes a message; one that was overtaken by a newer of its sort tells no news.</summary>
    public void Take(AlertLine line, StoryLine kept)
    {
        if (line.Kind == "heartbeat")
        {
            Heartbeat = Newer(Heartbeat, kept);
            Count(line, kept.Order);
        }
        else if (line.Kind == "table")
        {
            Table = Newer(Table, kept);
        }
        else if (line.Kind == "inventory" && line["part"] == "imaging")
        {
            Inventory = Newer(Inventory, kept);
        }
        else if (line["part"] == "self-test")
        {
            SelfTest = Newer(SelfTest, kept);
        }
    }

    private static StoryLine Newer(StoryLine? known, StoryLine line) => line.Order.CompareTo(known?.Order) > 0 ? line : known!;

    private void Count(AlertLine line, LineOrder order)
    {
        if (Boot >= 0 && order.CompareTo(_counted) <= 0)
        {
            return;
        }

        _counted = order;
        for (int i = 0; i < Counted.Length; i++)
        {
            if (long.TryParse(line[Counted[i]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            {
                _before[i] += Boot < 0 && value < _counters[i] ? _counters[i] : 0;
                _counters[i] = value;
            }
        }
    }
}
