using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Sensor.Incidents;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>How grave is it, and why: the sum of criticality, lethality and countermeasures, and what raised it.</summary>
internal sealed partial class SeverityReason
{
    private readonly WordSources _sources;

    /// <summary>Makes a writer.</summary>
    /// <param name="sources">Lethality by the rules; criticality and countermeasures by the site profile.</param>
    public SeverityReason(WordSources sources)
    {
        _sources = sources;
    }

    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("Severity", story);
        string told = string.Create(CultureInfo.InvariantCulture, $"{story.Severity} of 5 ({Phrase.Severity(story.Severity)})");
        if (story.IsExpected)
        {
            passage.Say($"{told}: the site profile explains it, so that it is told for information only.", "severity",
                "expected");
            return passage;
        }

        Sum(passage, story, told);
        if (story.FirstSeverity < story.Severity)
        {
            passage.Say(string.Create(CultureInfo.InvariantCulture, $"It was {story.FirstSeverity} when it opened and rose to "
                + $"{story.Severity}."), "severity", "first");
        }

        if (story.Facts.Number("lost") > 0)
        {
            passage.Say($"{Phrase.Count(story.Facts.Number("lost"), "frame")} found no room in the box meanwhile: there may have "
                + "been more of it.", "lost");
        }

        return passage;
    }

    private void Sum(Passage passage, Story story, string told)
    {
        bool isUnknown = KindProse.NumberOf(story.Kind) < 0;
        if ((_sources.Table is null || isUnknown) && SumInWords().Match(story.Sum) is { Success: true } said)
        {
            // The box's own sum: its table knows the site profile.
            passage.Say($"{told} = criticality {said.Groups[1].Value} + lethality {said.Groups[2].Value} - countermeasures "
                + $"{said.Groups[3].Value}"
                + (said.Groups[4].Success ? " + 1, since " + RaiseIn(said.Groups[4].Value) : "") + ", as the box says.",
                "severity", "sum");
            return;
        }

        CatalogueEntry? rule = _sources.RuleOf(story);
        string raise = RaiseOf(story);
        int lethality = LethalityOf(story, rule);
        string deadly = rule is { Priority: > 0 } && lethality == rule.Priority
            ? string.Create(CultureInfo.InvariantCulture, $"lethality {lethality} (the rule's priority)")
            : string.Create(CultureInfo.InvariantCulture, $"lethality {lethality} (of a {story.Kind})");
        string more = raise.Length > 0 ? " + 1, since " + raise : "";
        if (lethality == 0)
        {
            passage.Say($"{told}, as the box's site profile makes it; its sum is not known "
                + $"here{(raise.Length > 0 ? ", and " + raise + " raised it" : "")}.", "severity");
            return;
        }

        if (_sources.Table is { } table)
        {
            (int criticality, string whose) = CriticalityOf(story);
            int sum = Math.Clamp(criticality + lethality - table.Countermeasures + (raise.Length > 0 ? 1 : 0), 1, 5);
            string odd = sum == story.Severity ? ""
                : string.Create(CultureInfo.InvariantCulture, $" That makes {sum}: the box's table has another site profile, or "
                    + $"other words of this line were cut.");
            passage.Say(string.Create(CultureInfo.InvariantCulture,
                $"{told} = criticality {criticality} ({whose}) + {deadly} - countermeasures {table.Countermeasures} (the site "
                    + $"profile){more}.{odd}"),
                "severity", "group", "answered", "sid", "words");
            return;
        }

        int rest = story.Severity - lethality - (raise.Length > 0 ? 1 : 0);
        passage.Say(string.Create(CultureInfo.InvariantCulture,
            $"{told} = {deadly}{more} {(rest < 0 ? "-" : "+")} {Math.Abs(rest)}, which is criticality less countermeasures of "
                + $"the box's site profile (give --site for the parts)."),
            "severity", "answered", "sid", "words");
    }

    // The word behind the sum.
    private static string RaiseIn(string word) => word switch
    {
        "answered" => "something answered",
        "accepted" => "a title was accepted",
        "outside" => "it crosses the site's boundary",
        _ => "a conversation followed",
    };

    /// <summary>What raised it by one, as the sensor decides that; empty for nothing.</summary>
    private string RaiseOf(Story story)
    {
        if (story.Kind == "restricted-service")
        {
            return (story.Sum.Length > 0 ? story.Sum : story.Words).Contains("conversation", StringComparison.Ordinal)
                ? "a conversation followed" : "";
        }

        bool isSuspect = _sources.RuleOf(story)?.Suspect == true;
        bool hasPort = story.Facts["proto"] is "tcp" or "udp" or "ip";
        return story.Facts.Number("answered") > 0 && hasPort && (story.Kind == "sweep" || isSuspect)
            ? $"{Phrase.Count(story.Facts.Number("answered"), "target")} answered" : "";
    }

    private static int LethalityOf(Story story, CatalogueEntry? rule)
    {
        int kind = KindProse.NumberOf(story.Kind);
        if (rule is { Priority: > 0 } && (kind < 0 || (kind <= Kind.RestrictedService && kind != Kind.PortScan)))
        {
            return rule.Priority;
        }

        return kind < 0 ? 0 : Kind.LethalityOf(kind, rule?.Suspect == true && kind != Kind.PortScan);
    }

    [GeneratedRegex(@"severity (\d)\+(\d)-(\d)(?:\+1 (?:a )?(answered|conversation|accepted|outside))?")]
    private static partial Regex SumInWords();

    private (int Criticality, string Whose) CriticalityOf(Story story)
    {
        string group = story.Facts["group"];
        foreach ((string name, AddressSet _, int criticality) in _sources.Groups)
        {
            if (name == group && story.Kind is not ("sweep" or "inverse-map" or "broadcast"))
            {
                return (criticality, name);
            }
        }

        return (_sources.Table!.HomeCriticality, "a host of the home network");
    }
}
