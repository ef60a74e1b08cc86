using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>All that the tap said of a replay, its incidents as their last lines tell them.</summary>
internal sealed class Findings
{
    private Findings(IReadOnlyList<AlertLine> lines)
    {
        Lines = lines;
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Sequence != i + 1 || lines[i].UpTime < (i == 0 ? 0 : lines[i - 1].UpTime))
            {
                throw new FormatException("lines are numbered from 1 without a gap, and the tap's age never falls: " + lines[i]
                    .Text);
            }
        }

        Incidents = [.. lines.Where(line => line.IsIncident).GroupBy(line => line.Id).Select(CheckStory)
            .Where(line => line.State != "folded")];
    }

    /// <summary>Every line in the order in which it was said.</summary>
    public IReadOnlyList<AlertLine> Lines { get; }

    /// <summary>The closing line of each incident that did not fold into another.</summary>
    public IReadOnlyList<AlertLine> Incidents { get; }

    /// <summary>The lines as text, for messages.</summary>
    public string Told => Lines.Count == 0 ? "(nothing was said)"
        : string.Join(Environment.NewLine, Lines.Select(line => line.Text));

    /// <summary>Reads lines.</summary>
    public static Findings Of(IEnumerable<string> lines) => new([.. lines.Select(AlertLine.Parse)]);

    /// <summary>The only incident there is.</summary>
    public AlertLine Single(string kind)
    {
        Assert.HasCount(1, Incidents, "one incident is expected; said was:" + Environment.NewLine + Told);
        Assert.AreEqual(kind, Incidents[0].Kind, Told);
        return Incidents[0];
    }

    /// <summary>The only incident of a kind with these parameters; there may be others.</summary>
    public AlertLine The(string kind, params (string Name, string Value)[] parameters)
    {
        AlertLine[] found = [.. Incidents.Where(line => line.Kind == kind && parameters.All(p => line[p.Name] == p.Value))];
        Assert.HasCount(1, found,
            $"one {kind} with {string.Join(' ', parameters)} is expected; said was:{Environment.NewLine}{Told}");
        return found[0];
    }

    /// <summary>Nothing is worth an incident.</summary>
    public void AreNone() => Assert.IsEmpty(Incidents, "silence is expected; said was:" + Environment.NewLine + Told);

    private static AlertLine CheckStory(IEnumerable<AlertLine> story)
    {
        AlertLine[] lines = [.. story];
        string[] states = [.. lines.Select(line => line.State)];
        bool isRight = states[0] == "open" && states[^1] is "closed" or "folded"
            && states.Skip(1).SkipLast(1).All(state => state == "update");
        if (!isRight)
        {
            throw new FormatException("an incident opens once, is updated, and closes or folds once: "
                + string.Join(Environment.NewLine, lines.Select(line => line.Text)));
        }

        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Number("frames") < lines[i - 1].Number("frames"))
            {
                throw new FormatException("an incident only grows: " + lines[i].Text);
            }
        }

        return lines[^1];
    }
}
