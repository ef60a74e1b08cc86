using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>When a box was not well: from its messages, in the order in which it wrote them.</summary>
internal sealed class HealthWatch
{
    /// <summary>Messages kept, the newest: a box whose mirror fails hourly for a month has some 1,500.</summary>
    private const int Most = 2000;

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
        [("table", "old")] = "accepted",
        [("table", "damaged")] = "accepted",
    };

    /// <summary>States that are well and end nothing, or what a fault's end is called.</summary>
    private static readonly HashSet<string> WellStates = [.. Ends.Values, "stepped", "passed", "found", "offered", "taken"];

    /// <summary>Faults that are over when they are told: the receiver was reset, and goes on.</summary>
    private static readonly HashSet<(string Part, string State)> Moments = [("receiver", "reset")];

    private readonly List<Message> _messages = [];

    /// <summary>Takes a message.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="start">The start of the box that sent it.</param>
    /// <param name="kept">The line.</param>
    public void Take(AlertLine line, BoxStart start, StoryLine kept)
    {
        // A table that was accepted ends what was wrong with the one before.
        bool isTable = line.Kind == "table";
        _messages.Add(new Message(isTable ? "table" : line["part"], isTable ? line["verdict"] : line["state"], line["which"], start, kept));
        if (_messages.Count >= 2 * Most)
        {
            ForgetOldest();
        }
    }

    /// <summary>What was wrong, in the order in which it began.</summary>
    /// <param name="places">The places of the starts, by their times; null where starts of two boxes are mixed, and only times
    /// order their messages.</param>
    public List<BoxCondition> Conditions(IReadOnlyDictionary<BoxStart, int>? places)
    {
        var conditions = new List<BoxCondition>();
        ForgetOldest();
        foreach (Message message in _messages.OrderBy(m => places is null ? m.Line.Time?.UtcTicks ?? 0 : places[m.Start])
            .ThenBy(m => m.Start.Boot).ThenBy(m => m.Line.Order))
        {
            Take(conditions, message);
        }

        return conditions;
    }

    private static void Take(List<BoxCondition> conditions, Message message)
    {
        (string part, string state) = (message.Part, message.State);
        foreach (BoxCondition open in conditions.Where(c => !c.IsOver && IsEnd(c, part, state)))
        {
            open.IsOver = true;
            open.To = message.Line.Time;
        }

        BoxCondition? lasting = conditions.Find(c => c.Part == part && c.State == state && !c.IsOver);
        if (lasting is not null)
        {
            lasting.Which = string.Join(' ', lasting.Which.Split(' ').Union(message.Which.Split(' ')));
        }
        else if (!WellStates.Contains(state))
        {
            bool isMoment = Moments.Contains((part, state));
            conditions.Add(new BoxCondition(part, state, message.Line.Time, message.Line)
            {
                Which = message.Which,
                IsOver = isMoment,
                To = isMoment ? message.Line.Time : null,
            });
        }
    }

    // A start begins anew: what was told before it and lasts is told again. Of a part without such a pair each state ends the one
    // before.
    private static bool IsEnd(BoxCondition open, string part, string state)
    {
        return part == "self-test" || (open.Part == part
            && (Ends.TryGetValue((part, open.State), out string? end) ? end == state : open.State != state));
    }

    private void ForgetOldest()
    {
        if (_messages.Count > Most)
        {
            _messages.Sort((a, b) => (a.Line.Time ?? DateTimeOffset.MinValue, a.Start.Boot, a.Line.Order).CompareTo(
                (b.Line.Time ?? DateTimeOffset.MinValue, b.Start.Boot, b.Line.Order)));
            _messages.RemoveRange(0, _messages.Count - Most);
        }
    }

    private sealed record Message(string Part, string State, string Which, BoxStart Start, StoryLine Line);
}
