using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>What is to be done, by whom and at which host first.</summary>
internal sealed class Recommendation
{
    private readonly WordSources _sources;

    /// <summary>Makes a writer.</summary>
    /// <param name="sources">Words of the rules.</param>
    public Recommendation(WordSources sources)
    {
        _sources = sources;
    }

    /// <summary>The shortest form, for a manager's list.</summary>
    public string Short(Story story)
    {
        if (story.IsExpected)
        {
            if (_sources.ExplanationOf(story) is { Until: { } until } && story.Last is { } last
                && DateOnly.FromDateTime(last.UtcDateTime) > until)
            {
                return "Renew the profile's entry, which has ended, or take it out.";
            }

            return "Nothing, while it is what the site profile says.";
        }

        string advice = KindProse.AdviceOf(story.Kind, _sources.RuleOf(story)?.Advice, _sources.IsInside(story));
        string hosts = AnsweredBy(story) is { Count: > 0 } named ? $" First: {Phrase.ListOf(named, named.Count + story.Unnamed(named), 6)}." : "";
        return advice + hosts;
    }

    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("Action recommendation", story);
        if (story.IsExpected)
        {
            passage.Say("Nothing is to be done while this is what the site profile says. Ask the owner of the device if it was "
                + "moved, switched on after a long time, "
                + "or asks anything else.", "expected");
            Origin(passage, story);
            return passage;
        }

        if (KindProse.IsRulesOwn(story.Kind) && _sources.RuleOf(story) is { Advice.Length: > 0 } rule)
        {
            passage.SayByRule(rule.Advice, rule.Sid);
        }

        // Whoever scans from outside is named below with what to do about him; twice the same would tire.
        bool isInside = _sources.IsInside(story);
        bool isNamed = !isInside && story.Kind is "sweep" or "scan" or "port-scan" && PublicOf(story).Count > 0;
        if (!isNamed && KindProse.AdviceOf(story.Kind, isInside) is { Length: > 0 } advice)
        {
            passage.Say(advice, "src");
        }

        if (AnsweredBy(story) is { Count: > 0 } hosts)
        {
            passage.Say($"Look first at {Phrase.ListOf(hosts, hosts.Count + story.Unnamed(hosts))}, which answered.", "answeredBy", "answered",
                "frames of the capture");
        }
        else if (story.Kind == "restricted-service" && story.Hosts.Count > 0)
        {
            passage.Say($"Look through the logs of {Phrase.List(story.Hosts)} for a login, and for changes of who may log in.",
                "dst", "hosts");
        }

        Addresses(passage, story, isInside);
        return passage;
    }

    // Who answers for the entry, and whether it has ended since the table was made.
    private void Origin(Passage passage, Story story)
    {
        if (_sources.ExplanationOf(story) is not { } entry)
        {
            return;
        }

        if (entry.Origin.Length > 0)
        {
            passage.Say($"The profile names for it: {entry.Origin}.", "expected");
        }

        if (entry.Until is { } until)
        {
            string day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            bool isOver = story.Last is { } last && DateOnly.FromDateTime(last.UtcDateTime) > until;
            passage.Say(isOver ? $"The entry ended on {day}, and the box's table still has it: renew it, or take it out and give the box "
                + $"a new table."
                : $"The entry ends on {day}.", "expected");
        }
    }

    private static List<string> AnsweredBy(Story story)
    {
        return story.Kind == "port-scan" ? [] : story.AnsweredBy();
    }

    // A private address, or one that names nobody, has no owner to write to, and is not at the border.
    private static List<string> PublicOf(Story story) => [.. story.Sources.Where(s => !Network.IsPrivate(s))];

    private static void Addresses(Passage passage, Story story, bool isInside)
    {
        if (story.Kind == "distributed-probe")
        {
            string spread = story.Words.Contains("hop counts spread", StringComparison.Ordinal)
                ? "Their hop counts differ, so that the addresses are likely real: each provider can be written to."
                : story.Words.Contains("hop counts alike", StringComparison.Ordinal)
                ? "Their hop counts are alike, so that the addresses may be forged: do not accuse their owners before the "
                    + "provider has traced the way." : "";
            passage.Say(spread, "ttl", "words");
            passage.Say($"Watch {story.Facts["dst"]} with a capture of its own for a while.", "dst");
        }

        if (!isInside && story.Kind is "sweep" or "scan" or "port-scan" && PublicOf(story) is { Count: > 0 } sources)
        {
            passage.Say($"Block {Phrase.List(sources, 6)} at the border for a while, and write to the owner of the address "
                + "(whois): its machine may have been broken into.", "src");
        }

        if (story.Kind == "inverse-map")
        {
            passage.Say($"Look for anything else to or from {story.Facts["src"]}, and keep the router from answering for "
                + "addresses that are not there.", "src");
        }

        if (story.Campaign is { Boxes.Count: > 1 } campaign)
        {
            passage.Say($"Tell the other sites: {Phrase.Count(campaign.Boxes.Count, "box", "boxes")} saw this actor.", "src");
        }
    }
}
