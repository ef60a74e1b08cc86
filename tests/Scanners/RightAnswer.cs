using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Detection.Tests;

namespace Appliance.Scanners.Tests;

/// <summary>
/// What is right to tell of a capture of an imaging network. An answer is a kind and its parameters, as in <c>weak-service
/// src=10.20.30.120 frames=2 name='SMB 1'</c>; <c>lines=2</c> counts the incident's lines, <c>first='...'</c> stands in the first
/// of them, <c>some='...'</c> in one, <c>says='...'</c> in the last's words.
/// </summary>
internal static class RightAnswer
{
    /// <summary>What is not right about what was said; empty when all is.</summary>
    /// <param name="entry">The manifest's entry.</param>
    /// <param name="findings">What was said.</param>
    public static IReadOnlyList<string> Complaints(LabCapture entry, Findings findings)
    {
        var complaints = new List<string>();
        var left = findings.Incidents.ToList();
        foreach (string answer in entry.Told)
        {
            AlertLine? told = left.Find(incident => Satisfies(findings, incident, answer));
            if (told is null)
            {
                complaints.Add("not told: " + answer);
            }
            else
            {
                left.Remove(told);
            }
        }

        complaints.AddRange(left.Select(incident => "told besides: " + incident.Text));
        complaints.AddRange(entry.Inventory.Where(words => !findings.Lines.Any(line => line.Kind == "inventory"
            && line.Text.Contains(words, StringComparison.Ordinal))).Select(words => "no line of the inventory has " + words));
        return complaints;
    }

    /// <summary>All lines, for whoever looks why.</summary>
    public static string Said(Findings findings) => string.Join(Environment.NewLine, findings.Lines.Select(line => line.Text));

    private static bool Satisfies(Findings findings, AlertLine incident, string answer)
    {
        string[] words = Words(answer);
        return incident.Kind == words[0] && words.Skip(1).All(word =>
        {
            int at = word.IndexOf('=', StringComparison.Ordinal);
            string name = word[..at];
            string value = word[(at + 1)..].Trim('\'');
            AlertLine[] story = [.. findings.Lines.Where(line => line.IsIncident && line.Id == incident.Id)];
            return name switch
            {
                "lines" => story.Length == int.Parse(value, CultureInfo.InvariantCulture),
                "first" => story[0].Text.Contains(value, StringComparison.Ordinal),
                "some" => story.Any(line => line.Text.Contains(value, StringComparison.Ordinal)),
                "says" => incident.Message.Contains(value, StringComparison.Ordinal),
                _ => incident[name] == value,
            };
        });
    }

    // By the spaces that do not stand between quotes.
    private static string[] Words(string answer)
    {
        var words = new List<string> { "" };
        bool isQuoted = false;
        foreach (char c in answer)
        {
            isQuoted ^= c == '\'';
            if (c == ' ' && !isQuoted)
            {
                words.Add("");
            }
            else
            {
                words[^1] += c;
            }
        }

        return [.. words];
    }
}
