using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>What a box saw, and what kept it from seeing: only then its silence means something.</summary>
internal static class BoxWords
{
    /// <summary>A table that is older lacks what was learnt in a quarter of a year; rule makers publish weekly.</summary>
    private const int OldTable = 90 * 24 * 60 * 60;

    /// <summary>Short gaps are restarts and moved cables; they are counted, not listed.</summary>
    private const int MostNamed = 4;

    private static readonly Dictionary<string, string> Words = new()
    {
        ["mirror link-lost"] = "the mirror port had no link",
        ["mirror no-link"] = "the mirror port had no link",
        ["mirror flapping"] = "the mirror port's link came and went",
        ["mirror quiet"] = "the mirror showed hardly a frame",
        ["mirror silent"] = "the switch mirrored nothing",
        ["mirror no-mirror"] = "broadcasts only: the port is an ordinary one, no mirror",
        ["mirror foreign"] = "no frame of the site's home network: another VLAN is mirrored, or the profile is another site's",
        ["mirror one-sided"] = "the mirror showed one direction only",
        ["mirror partial"] = "a share of the conversations showed one side only",
        ["mirror unreadable"] = "most frames are of an encapsulation that is not read",
        ["mirror own-uplink"] = "the mirror showed what the box's own uplink sends: the uplink is in a mirrored network",
        ["mirror swapped"] = "the cables of mirror and uplink were swapped",
        ["mirror doubled"] = "each frame came twice",
        ["ring losing"] = "frames came faster than the box could read",
        ["receiver reset"] = "the receiver stalled and was reset",
        ["transmitter sent"] = "the mirror port transmitted",
        ["uplink link-lost"] = "the uplink had no link",
        ["collector unreachable"] = "the collector was not reached",
        ["collector none"] = "no collector is named",
        ["clock unknown"] = "the time was not known",
        ["clock unsynchronized"] = "the time server did not answer",
        ["storage failing"] = "the storage failed",
        ["memory low"] = "memory was low",
        ["detector blind"] = "more happened than a detector can remember, so that its silence means nothing",
        ["table old"] = "its table is older than its maker allowed",
        ["keys damaged"] = "a file of keys was damaged",
        ["keys bad-key"] = "a file of keys came with a key that is none, or one twice",
        ["keys has-name"] = "a file of keys came with another name than the box has",
        ["keys has-keys"] = "a file of keys came, and the box has keys already",
        ["installation failed"] = "the check of the installation found something missing",
        ["self-test failed"] = "the self-test failed",
    };

    /// <summary>Whether the box has to be looked at, and why: the sentences, gravest first.</summary>
    public static IReadOnlyList<Sentence> Of(BoxLog box, DateTimeOffset? newest)
    {
        var said = new List<Sentence>();
        if (box.Transmitted > 0)
        {
            Say(said, $"Its mirror port sent {Phrase.Count(box.Transmitted, "frame")}: it must never. Unplug it.", box,
                box.Heartbeat);
        }

        if (box.IsShared)
        {
            Say(said, "Two boxes use this name, or one counts its starts anew: "
                + (box.AreStartsMixed ? "an earlier start went on after a later one had begun" : "lines with one number say two things")
                + ". Both are told; give each box its own name.", box, box.SharedLine);
        }

        if (box.Twins > 0)
        {
            Say(said, $"{Phrase.Count(box.Twins, "incident")} had the number of another one and "
                + $"{(box.Twins == 1 ? "is" : "are")} told apart.", box, null);
        }

        foreach (BoxCondition condition in box.Conditions.Where(IsBlind).OrderBy(c => c.IsOver ? 0 : 1).TakeLast(MostNamed)
            .OrderBy(c => c.IsOver ? 1 : 0))
        {
            string until = condition.IsOver ? $"until {Phrase.Minute(condition.To)}" : "and still so";
            Say(said, $"Blind: {WordOf(condition)} from {Phrase.Minute(condition.From)} {until}.", box, condition.Line);
        }

        foreach (BoxCondition condition in box.Conditions.Where(c => !IsBlind(c) && c.Part != "transmitter").TakeLast(MostNamed))
        {
            Say(said, $"{Capital(WordOf(condition))} "
                + (condition.From is null ? "" : "from " + Phrase.Minute(condition.From) + " ")
                + (condition.IsOver ? "until " + Phrase.Minute(condition.To) : "and still so") + ".",
                box, condition.Line);
        }

        int more = box.Conditions.Count(IsBlind) - MostNamed;
        Say(said, more > 0 ? $"{Phrase.Count(more, "earlier time")} of being blind besides." : "", box, null);
        Silences(said, box, newest);
        Losses(said, box);
        Table(said, box);
        Imaging(said, box);
        return said;
    }

    /// <summary>The sentence for a list of what has to be done today: why it is in its state now, and not what is long
    /// over.</summary>
    public static string Today(BoxLog box, DateTimeOffset? newest)
    {
        string start = StateOf(box, newest) switch
        {
            "transmitted" => "Its mirror port",
            "unheard" => "Unheard since",
            "blind" => "Blind:",
            _ => "Its table",
        };
        IReadOnlyList<Sentence> said = Of(box, newest);
        return (said.FirstOrDefault(s => s.Text.StartsWith(start, StringComparison.Ordinal)) ?? said.FirstOrDefault())?.Text
            ?? StateOf(box, newest);
    }

    /// <summary>It does not see now, or nobody knows whether it does.</summary>
    public static bool IsBlindNow(BoxLog box, DateTimeOffset? newest)
    {
        return box.Conditions.Any(c => IsBlind(c) && !c.IsOver) || IsUnheardNow(box, newest);
    }

    /// <summary>It was heard by heartbeats and is not any more.</summary>
    public static bool IsUnheardNow(BoxLog box, DateTimeOffset? newest)
    {
        return box.Heartbeats > 0 && box.Gaps.Count > 0 && box.Gaps[^1].To == newest;
    }

    /// <summary>Its table is older than it should be.</summary>
    public static bool IsTableOld(BoxLog box) => box.TableAge > OldTable;

    /// <summary>In a word: watching, blind, unheard, or unknown.</summary>
    public static string StateOf(BoxLog box, DateTimeOffset? newest) => box.Transmitted > 0 ? "transmitted"
        : IsUnheardNow(box, newest) ? "unheard" : IsBlindNow(box, newest) ? "blind" : box.Heartbeats == 0 ? "unknown"
            : "watching";

    private static bool IsBlind(BoxCondition condition) => condition.Part is "mirror" or "receiver" or "ring" or "detector";

    private static string WordOf(BoxCondition condition) => Words.GetValueOrDefault(condition.Part + " " + condition.State,
        $"{condition.Part}: {condition.State}") + (condition.Which.Length > 0 ? $" ({condition.Which.Replace(" ", ", ", StringComparison.Ordinal)})" : "");

    private static void Silences(List<Sentence> said, BoxLog box, DateTimeOffset? newest)
    {
        if (box.Heartbeats == 0)
        {
            Say(said, "These lines have no heartbeat of it: whether it watched all the time is not known from them.", box, null);
            return;
        }

        foreach ((DateTimeOffset from, DateTimeOffset to) in box.Gaps.OrderByDescending(g => g.To - g.From).Take(MostNamed))
        {
            Say(said, to == newest ? $"Unheard since {Phrase.Minute(from)}: no heartbeat for "
                + $"{Phrase.Duration((to - from).TotalSeconds)}."
                : $"Unheard for {Phrase.Duration((to - from).TotalSeconds)} from {Phrase.Minute(from)}.", box, box.Heartbeat);
        }

        int more = box.Gaps.Count - MostNamed;
        Say(said, more > 0 ? $"{Phrase.Count(more, "shorter gap")} between heartbeats besides." : "", box, box.Heartbeat);
    }

    private static void Losses(List<Sentence> said, BoxLog box)
    {
        long lost = box.Total("lost");
        long missed = box.Total("missed");
        long full = box.Total("mirrorFull");
        if (lost + missed + full > 0)
        {
            Say(said, string.Create(CultureInfo.InvariantCulture, $"Of {box.Total("frames"):N0} frames {lost:N0} found no room, "
                + $"{missed:N0} were missed by the receiver")
                + (full > 0 ? string.Create(CultureInfo.InvariantCulture, $", and in {full:N0} seconds the mirror was full") : "")
                    + ".", box, box.Heartbeat);
        }

        if (box.Missing > 0)
        {
            Say(said, $"{Phrase.Count(box.Missing, "line")} that it numbered never came here.", box, box.Heartbeat);
        }

        if (box.Total("dropped") > 0)
        {
            Say(said, $"{Phrase.Count(box.Total("dropped"), "message")} had to go before the collector could take them.", box,
                box.Heartbeat);
        }
    }

    private static void Table(List<Sentence> said, BoxLog box)
    {
        if (IsTableOld(box))
        {
            Say(said, $"Its table {box.Table} is {Phrase.Duration(box.TableAge)} old.", box, box.Heartbeat);
        }

        if (box.Table == 0)
        {
            Say(said, "It still has the built-in table, which knows no site.", box, box.TableLine ?? box.Heartbeat);
        }

        foreach ((string reason, StoryLine line) in box.Refusals.TakeLast(MostNamed))
        {
            Say(said, $"It refused a table: {reason}.", box, line);
        }
    }

    private static void Imaging(List<Sentence> said, BoxLog box)
    {
        if (box.Eyeless is { } eyeless)
        {
            Say(said, "It has no eyes for DICOM and HL7, for which its board lacks the memory: that no guessed title, caller, weak service "
                + "or newcomer is told says nothing.", box, eyeless);
        }

        if (box.Inventory is not { } seen)
        {
            return;
        }

        string tls = seen.Line.Number("tls") > 0 ? $", {Phrase.Count(seen.Line.Number("tls"), "connection")} in TLS at ports of DICOM, "
            + $"which can't be read" : "";
        string untold = seen.Line.Number("untold") > 0 ? $"; {Phrase.Count(seen.Line.Number("untold"), "story", "stories")} found no room"
            : "";
        string weak = seen.Line["accepted"].Replace(",", ", ", StringComparison.Ordinal);
        string accepted = weak.Length > 0 ? $" Not told of hosts of which the profile accepts it: {weak}." : "";
        Say(said, $"Of the imaging network it counted by {Phrase.Minute(seen.Line.Time)}: "
            + $"{Phrase.Count(seen.Line.Number("associations"), "DICOM association")} in the clear, {seen.Line.Number("rejected")} rejected"
            + $"{tls}, {Phrase.Count(seen.Line.Number("messages"), "HL7 message")}{untold}.{accepted}", box, seen.Kept);
    }

    private static void Say(List<Sentence> said, string text, BoxLog box, StoryLine? line)
    {
        if (text.Length > 0)
        {
            said.Add(new Sentence(text, line is null ? [] : [new Rest("", line.Place, line.Text)]));
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
