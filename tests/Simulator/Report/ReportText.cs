using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;

namespace Appliance.Simulator.Tests.Report;

/// <summary>The Markdown of a report, taken apart again: by section, and within an incident by heading.</summary>
internal sealed class ReportText
{
    private readonly Dictionary<string, string> _sections = [];

    private ReportText(TapsimRun run)
    {
        Run = run;
        string title = "";
        foreach (string line in run.Output.Split('\n'))
        {
            title = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : title;
            _sections[title] = _sections.GetValueOrDefault(title, "") + line.Replace("\\", "", StringComparison.Ordinal) + "\n";
        }
    }

    /// <summary>What the program did.</summary>
    public TapsimRun Run { get; }

    /// <summary>The titles of the sections.</summary>
    public IReadOnlyCollection<string> Titles => _sections.Keys;

    /// <summary>Makes a report of lines.</summary>
    public static ReportText Of(IEnumerable<string> lines, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("lines.log", Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return OfFiles([file], options);
    }

    /// <summary>Makes a report of files.</summary>
    public static ReportText OfFiles(IEnumerable<string> files, params string[] options)
    {
        return new ReportText(TapsimRun.Run(["report", .. files, "--markdown", "-", .. options]));
    }

    /// <summary>What stands under a title that begins so.</summary>
    public string Section(string title)
    {
        string[] found = [.. _sections.Where(s => title.Length == 0 ? s.Key.Length == 0
            : s.Key.StartsWith(title, StringComparison.Ordinal)).Select(s => s.Value)];
        return found.Length == 1 ? found[0] : throw new InvalidDataException($"{found.Length} sections begin with '{title}': "
            + $"{string.Join("; ", _sections.Keys)}");
    }

    /// <summary>A heading of an incident.</summary>
    public string Heading(string incident, string heading)
    {
        Match match = Regex.Match(Section(incident + ":"), $"^\\*\\*{heading}:\\*\\* (.*)$", RegexOptions.Multiline);
        return match.Success ? match.Groups[1].Value : throw new InvalidDataException($"{incident} has no {heading}");
    }
}
