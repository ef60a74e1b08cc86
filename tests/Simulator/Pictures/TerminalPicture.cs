using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Appliance.Simulator.Tests.Pictures;

/// <summary>What a program printed, drawn as a terminal would show it.</summary>
internal static partial class TerminalPicture
{
    /// <summary>Characters a line; longer ones are folded.</summary>
    private const int Columns = 124;

    // In SVG's units, pixels: a character of the font is 0.6 of its size wide in every monospaced font that browsers choose.
    private const double FontSize = 12.5;
    private const int LineHeight = 17;
    private const int Margin = 14;

    /// <summary>Draws lines.</summary>
    /// <param name="title">What those hear who can't see it.</param>
    /// <param name="lines">Plain text; words of severity get their colour, lines of captures are dimmed.</param>
    /// <returns>SVG.</returns>
    public static string Make(string title, IEnumerable<string> lines)
    {
        string[] folded = [.. lines.SelectMany(Fold)];
        int width = (int)(Columns * FontSize * 0.6) + (2 * Margin);
        int height = (folded.Length * LineHeight) + (2 * Margin);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
            <title>{SecurityElement.Escape(title)}</title>
            <rect width="{width}" height="{height}" rx="8" fill="#14181d"/>
            <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="{FontSize}" fill="#d6dde4">

            """);
        for (int i = 0; i < folded.Length; i++)
        {
            string colour = folded[i].StartsWith('$') ? " fill=\"#7ee787\"" : Quiet().IsMatch(folded[i]) ? " fill=\"#7d8792\"" : "";
            text.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Margin}\" y=\"{Margin + 12 + (i * LineHeight)}\"{colour}>{Spaced(Coloured(folded[i]))}</text>\n");
        }

        return text.Append("</g>\n</svg>\n").ToString();
    }

    private static string Coloured(string line) => Heading().Replace(SecurityElement.Escape(line)!, heading =>
    {
        string colour = heading.Groups["word"].Value switch
        {
            "critical" => "#ff6b60",
            "high" => "#ff9a4a",
            "medium" => "#f2cc4d",
            "low" => "#6cb6ff",
            _ => "#9aa4ae",
        };
        return heading.Groups["before"].Value + $"<tspan fill=\"{colour}\">{heading.Groups["word"].Value}</tspan>" + heading.Groups["behind"].Value;
    });

    // SVG draws a run of spaces as one, and none at the beginning.
    private static string Spaced(string line) => Spaces().Replace(line, run => new string('\u00a0', run.Length));

    // A folded line goes on under its text, as deep as it began and two more.
    private static IEnumerable<string> Fold(string line)
    {
        string indent = new(' ', line.Length - line.TrimStart().Length + 2);
        string rest = line;
        while (rest.Length > Columns)
        {
            int at = rest.LastIndexOf(' ', Columns);
            at = at <= indent.Length ? Columns : at;
            yield return rest[..at];
            rest = indent + rest[at..].TrimStart();
        }

        yield return rest;
    }

    /// <summary>The word of an opening line (time, word, number), or of an incident's heading (number, kind, word).</summary>
    [GeneratedRegex(@"^(?<before>  \d{4}-\d\d-\d\d [\d:]{8}  |#\d+ [a-z-]+, )(?<word>critical|high|medium|low|info)(?<behind>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex("^ +|  +")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(detect\d\d: |\d+ captures|\.\.\.)")]
    private static partial Regex Quiet();
}
