using System.Collections.Generic;
using System.Linq;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>
/// What does whoever does this want: the rule's words, else the kind's, and the other reading where there is one.
/// </summary>
internal sealed class Intent
{
    private readonly WordSources _sources;

    /// <summary>Makes a writer.</summary>
    /// <param name="sources">Words of the rules.</param>
    public Intent(WordSources sources)
    {
        _sources = sources;
    }

    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("Intent", story);
        if (story.IsExpected)
        {
            passage.Say(story.Kind == KindProse.Test ? KindProse.MeaningOf(story.Kind)
                : $"Expected: the site profile explains it as \"{story.Facts["expected"]}\".", "expected");
        }

        if (KindProse.MeaningOf(story.Kind) is { Length: > 0 } found && !KindProse.IsRulesOwn(story.Kind) && !story.IsExpected)
        {
            passage.Say(found, "first");
        }
        else if (_sources.RuleOf(story) is { Intent.Length: > 0 } rule)
        {
            string lead = story.IsExpected ? $"Without that it would be read as {rule.Msg}: " : $"{rule.Msg}: ";
            passage.SayByRule(lead + rule.Intent, rule.Sid);
        }

        if (KindProse.MeaningOf(story.Kind) is { Length: > 0 } meaning && KindProse.IsRulesOwn(story.Kind) && !story.IsExpected)
        {
            passage.Say(meaning, "first");
        }

        if (story.Kind is "distributed-probe" or "port-scan" or "scan" && story.Facts["dports"].Length > 0)
        {
            List<string> ports = [.. story.Facts.List("dports")];
            passage.Say($"Sought are {Phrase.List([.. ports.Select(Phrase.Port)])}.", "dports");
        }

        if (story.Kind == "inverse-map")
        {
            passage.Say("Both readings fit the same frames: an inverse map, in which a router betrays by its answers which "
                + "addresses are empty; or backscatter, "
                + "the answers of a victim to a scan or flood that forged our addresses. Only the missing question tells them "
                    + "from ordinary refusals.", "words");
        }

        if (story.Kind == "broadcast" && !story.IsExpected)
        {
            passage.Say("A device that looks for its own kind does this in good faith; a compromised one looks for a service to "
                + "exploit. The tap sees the "
                + "broadcast alone, so that an answer sent to the device may be missed.", "words");
        }

        if (story.Kind is "sweep" or "distributed-probe" && story.Facts.Number("answered") == 0)
        {
            passage.Say("This is the information gathering before an attack; nothing that the tap saw was attacked yet.",
                "silent", "dark", "refused", "frames");
        }

        return passage;
    }
}
