using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>How was it done: what the order, the timing, the flags, the hop counts and the tool tell.</summary>
internal sealed partial class Technique
{
    /// <summary>Hop counts that differ by no more come from one place; a route that flaps changes them by one.</summary>
    private const int AlikeHops = 1;

    /// <summary>The time to live with which systems send; the next above what arrived is what it was.</summary>
    private static readonly int[] FirstTtls = [32, 64, 128, 255];

    private readonly StoryBook _book;
    private readonly WordSources _sources;

    /// <summary>Makes a writer.</summary>
    /// <param name="book">All that the lines tell.</param>
    /// <param name="sources">Words of the rules.</param>
    public Technique(StoryBook book, WordSources sources)
    {
        _book = book;
        _sources = sources;
    }

    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("Technique", story);
        Timing(passage, story);
        Order(passage, story);
        Flags(passage, story);
        SourcePort(passage, story);
        Rhythm(passage, story);
        Sources(passage, story);
        Hops(passage, story);
        if (story.Facts["tool"].Length > 0)
        {
            passage.Say($"The frames bear the mark of a tool: {story.Facts["tool"]}.", "tool");
        }

        Attack(passage, story);
        return passage;
    }

    // By MITRE's numbers: what the frames show, by the kind and from where; and what the rule says is sought, where that is more
    // than a search. A conversation with a trojan is another thing than its rule's search.
    private void Attack(Passage passage, Story story)
    {
        if (story.IsExpected)
        {
            return;
        }

        IReadOnlyList<string> numbers = KindTechniques.Of(story.Kind, _sources.IsInside(story));
        if (numbers.Count > 0)
        {
            passage.Say($"MITRE ATT&CK: {Phrase.List([.. numbers.Select(AttackTechnique.Text)])}.", "first");
        }

        if (KindProse.IsRulesOwn(story.Kind) && _sources.RuleOf(story) is { Techniques: { } ofRule } rule
            && ofRule.Where(t => KindTechniques.IsAim(t) && !numbers.Contains(t)).ToArray() is { Length: > 0 } aims)
        {
            passage.SayByRule($"What is sought there: {Phrase.List([.. aims.Select(AttackTechnique.Text)])}.", rule.Sid);
        }
    }

    private static void Timing(Passage passage, Story story)
    {
        Facts facts = story.Facts;
        long seconds = facts.Number("dur");
        Match exact = SecondsInWords().Match(story.Words);
        string time = exact.Success ? exact.Groups[1].Value + " s" : seconds == 0 ? "less than a second"
            : Phrase.Duration(seconds);
        long size = Math.Max(facts.Number("dsts"), 1);
        string pace = story.Kind is "sweep" or "scan" && (seconds > 0 || exact.Success) ? PaceOf(exact, seconds, size) : "";
        string frames = Phrase.Count(facts.Number("frames"), "frame");
        passage.Say(story.Kind == "broadcast" || story.Told == 0 ? $"{frames} in {time}."
            : $"{frames} to {Phrase.Count(size, "host")} in {time}{pace}.",
            "frames", "dsts", "dur", "words");
    }

    private static string PaceOf(Match exact, long seconds, long size)
    {
        double span = exact.Success ? double.Parse(exact.Groups[1].Value, CultureInfo.InvariantCulture) : seconds;
        if (span <= 0)
        {
            return ": an automated scan";
        }

        double pace = size / span;
        return pace >= 5 ? string.Create(CultureInfo.InvariantCulture, $", {pace:N0} hosts a second: an automated scan")
            : pace < 0.01 ? string.Create(CultureInfo.InvariantCulture,
                $", a host every {Phrase.Duration(1 / pace)}: slow, so as not to be seen") : "";
    }

    private void Order(Passage passage, Story story)
    {
        string stride = story.Facts["stride"];
        if (stride.Length > 0)
        {
            passage.Say(stride == "sport"
                ? "The source port rises with the target's number: a linear sweep by one tool, in address order."
                : "The IP identification rises with the target's number: a linear sweep by one tool, in address order.",
                    "stride");
            if (_book.Find(story, story.Facts.Number("related")) is { } related && related.Facts["stride"].Length > 0)
            {
                passage.SayByStory("The earlier sweep of the same actor went in address order too, so that their like order "
                    + "proves no shared list of systems.", related, "stride", "related");
            }
        }

        if (story.Facts.Number("list") > 0)
        {
            string text = string.Create(CultureInfo.InvariantCulture,
                $"It walks the same list of targets as incident {story.Facts.Number("list")}, in the same order: both work from "
                    + $"one table of systems.");
            if (_book.Find(story, story.Facts.Number("list")) is { } other)
            {
                passage.SayByStory(text, other, "list");
            }
            else
            {
                passage.Say(text, "list");
            }
        }

        if (story.Evidence is { Targets.Count: > 2 } evidence && stride.Length == 0 && story.Kind is "sweep")
        {
            bool isRising = evidence.Targets.Zip(evidence.Targets.Skip(1)).All(p => Network.TryRange(p.First, out uint a, out _)
                && Network.TryRange(p.Second, out uint b, out _) && a < b);
            passage.Say(isRising ? "By the frames of the capture the targets were asked in address order."
                : "By the frames of the capture the targets were asked in no address order.",
                "frames of the capture");
        }
    }

    private static void Flags(Passage passage, Story story)
    {
        string flags = story.Facts["flags"];
        if (flags.Length == 0)
        {
            return;
        }

        string letters = Spell(flags);
        bool isTry = flags is "S" or "SE" or "SC" or "SEC";
        passage.Say(story.Kind == "inverse-map" && flags.Contains('R')
            ? $"The frames are {letters}: how a closed port answers a SYN; here nobody had sent one."
            : isTry ? "Each is a plain SYN, the first step of a connection: what answers is open."
            : flags.Contains('S') && (flags.Contains('F') || flags.Contains('R'))
                ? $"The flags are {letters}: an impossible combination that no system sends, to pass filters that look for a SYN "
                    + "alone, or to tell systems apart."
            : $"The flags are {letters}: a segment that belongs to no connection.", "flags");
    }

    private static void SourcePort(Passage passage, Story story)
    {
        string port = story.Facts["sport"];
        if (port.Length > 0 && port != "0" && story.Facts.Number("frames") > 1)
        {
            string what = port is "53" or "80" or "20" or "443" or "123" && story.Kind != "inverse-map"
                ? ", as answers of such a server would, to get through a firewall that lets these in" : "";
            passage.Say($"All come from source port {Phrase.Port(port)}{what}.", "sport");
        }
    }

    private static void Rhythm(Passage passage, Story story)
    {
        string period = story.Facts["period"];
        if (period.Length == 0)
        {
            return;
        }

        Match runs = Runs().Match(story.Words);
        passage.Say(runs.Success
            ? $"The attempts come in runs of {runs.Groups[1].Value}, {period} s apart: the retry timer of a resolver, so a "
                + "program that asks for a name and not a person."
            : $"It is periodic: one every {period} s, as a program does and no person.", "period", "words");
        if (runs.Success && runs.Groups[1].Value == "3" && period == "1.5")
        {
            passage.Say("Threes at 1.5 s are how Windows asks for a NetBIOS name.", "period", "words");
        }

        if (story.Words.Contains("BSD form", StringComparison.Ordinal))
        {
            passage.Say("It goes to the network's own address, the broadcast of old BSD systems.", "dst", "words");
        }
    }

    private static void Sources(Passage passage, Story story)
    {
        if (story.Kind != "distributed-probe")
        {
            return;
        }

        long sources = story.Facts.Number("srcs");
        long frames = story.Facts.Number("frames");
        passage.Say(frames == sources ? "Each source came once: singletons, from unrelated sources; separate searches fit as "
            + "well as one search shared out."
            : $"{sources} sources sent {Phrase.Count(frames, "probe")}: hardly any came twice.", "srcs", "frames");
        if (story.Facts["proto"] == "ip")
        {
            passage.Say("TCP and UDP are mixed, each where the service sought uses it.", "proto", "dports");
        }
    }

    private static void Hops(Passage passage, Story story)
    {
        int[] ttls = [.. story.Facts["ttl"].Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)];
        if (ttls.Length == 0 || ttls[0] == 0)
        {
            return;
        }

        int low = ttls[0];
        int high = ttls[^1];
        int first = FirstTtls.First(t => t >= high);
        if (story.Kind == "distributed-probe")
        {
            passage.Say(high - low <= AlikeHops
                ? $"The hop counts are alike (TTL {story.Facts["ttl"]}): one place, or forged addresses."
                : $"The hop counts are spread (TTL {story.Facts["ttl"]}): separate places.", "ttl");
            return;
        }

        passage.Say(high - low <= AlikeHops
            ? $"TTL {story.Facts["ttl"]}: " + (first == high
                ? $"the sender is on the same segment, with no router between, if it began with {first}."
                : $"the sender is about {Phrase.Count(first - high, "hop")} away, if it began with {first}.")
            : $"The TTL varies ({story.Facts["ttl"]}): several senders, or a tool that makes it up.", "ttl");
    }

    private static string Spell(string flags)
    {
        var names = new Dictionary<char, string>
        {
            ['S'] = "SYN",
            ['F'] = "FIN",
            ['R'] = "RST",
            ['P'] = "PSH",
            ['A'] = "ACK",
            ['U'] = "URG",
            ['E'] = "ECE",
            ['C'] = "CWR",
        };
        return flags == "0" ? "none at all" : string.Join('-', flags.Select(f => names.GetValueOrDefault(f, f.ToString())))
            + $" ({flags})";
    }

    [GeneratedRegex(@" in (\d\.\d\d) s\b")]
    private static partial Regex SecondsInWords();

    [GeneratedRegex(@"runs of (\d+),")]
    private static partial Regex Runs();
}
