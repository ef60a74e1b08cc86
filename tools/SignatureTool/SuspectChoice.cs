using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>
/// Rules that count as suspect though they don't say so: those of others know no <c>metadata:suspect yes</c>, and open no
/// incident by themselves without it.
/// </summary>
/// <param name="ClassType">Rules of this class; null for any.</param>
/// <param name="Sid">The rule of this number; 0 for any.</param>
public sealed record SuspectChoice(string? ClassType, int Sid)
{
    /// <summary>Reads <c>classtype=trojan-activity</c> or <c>sid=2000001</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="problem">Why it can't be read; empty when it can.</param>
    public static SuspectChoice? Read(string text, out string problem)
    {
        problem = "";
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string key = sign < 0 ? text : text[..sign];
        string value = sign < 0 ? "" : text[(sign + 1)..];
        if (key == "classtype" && ClassTypes.All.Contains(value))
        {
            return new SuspectChoice(value, 0);
        }

        if (key == "sid" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int sid) && sid > 0)
        {
            return new SuspectChoice(null, sid);
        }

        problem = key == "classtype" ? $"'{value}' is no class of Snort's" + Suggestion.For(value, ClassTypes.All)
            : $"'{text}' is neither classtype=CLASS nor sid=NUMBER";
        return null;
    }

    /// <summary>Whether a rule is meant.</summary>
    public bool Means(Rule rule) => (ClassType is null || rule.ClassType == ClassType) && (Sid == 0 || rule.Sid == Sid);

    /// <summary>The rules, those that are meant made suspect; a choice that means none is told.</summary>
    internal static List<Rule> Apply(IReadOnlyList<SuspectChoice> choices, List<Rule> rules, List<Diagnostic> diagnostics)
    {
        foreach (SuspectChoice choice in choices.Where(c => !rules.Any(c.Means)))
        {
            string what = choice.ClassType is null ? $"sid={choice.Sid}" : $"classtype={choice.ClassType}";
            diagnostics.Add(new Diagnostic(Severity.Warning, "--suspect", 0, 0, null, $"no rule has {what}"));
        }

        return [.. rules.Select(r => choices.Any(c => c.Means(r)) ? r with { Suspect = true } : r)];
    }
}
