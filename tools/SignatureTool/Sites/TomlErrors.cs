using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Tomlyn.Syntax;

namespace Appliance.SignatureTool.Sites;

/// <summary>
/// What is wrong with a profile as TOML, one error a line and one a list, since the parser finds more wrong behind a first one
/// than there is, and in words that ask for no knowledge of a parser.
/// </summary>
internal static partial class TomlErrors
{
    // How the parser's messages begin or go on, and what they mean to somebody who writes a profile.
    private static readonly (string Words, string Meaning)[] Meanings =
    [
        ("Expecting `=` after a key", "'=' is missing behind a key; a line is written key = value"),
        ("end-of-line found while expecting a value", "the value is missing behind '='"),
        ("for a value", "this is no value; a text stands in straight quotation marks, as in \"ward-3\""),
        ("while expecting token `newline`", "this is too much: a line has one key and one value, and several values stand in [ ] with "
            + "',' between them"),
        ("Missing a `,`", "',' is missing between two values of this list"),
        ("Expecting a closing `]` for an array", "here ',' or ']' is missing in a list, or the quotation marks around a text"),
        ("Unexpected token [=] found", "a key is missing before '='"),
        ("while parsing inline table", "this can't stand in { }, which a profile has no need of"),
        ("Unexpected escape character", "a backslash in a text is written twice"),
    ];

    /// <summary>Lists within lists that the parser follows.</summary>
    public const int MostLevels = 64;

    /// <summary>Where a text goes deeper than the parser follows: line and column from 1.</summary>
    public static (int Line, int Column) TooDeep(string text)
    {
        int level = 0;
        int at = 0;
        while (at < text.Length && level <= MostLevels)
        {
            char next = text[at++];
            level += next is '[' or '{' ? 1 : next is ']' or '}' ? -1 : 0;
        }

        return (1 + text.AsSpan(0, at).Count('\n'), at - text.LastIndexOf('\n', Math.Max(0, at - 1)) - 1);
    }

    /// <summary>Tells the errors.</summary>
    /// <param name="document">The document.</param>
    /// <param name="file">Its file.</param>
    /// <param name="repair">How its text was repaired; gets the lines that could not be read.</param>
    /// <param name="diagnostics">Gets the errors.</param>
    public static void Tell(DocumentSyntax document, string file, TomlRepair repair, List<Diagnostic> diagnostics)
    {
        int twice = 0;
        foreach (DiagnosticMessage message in document.Diagnostics.Where(d => d.Kind == DiagnosticMessageKind.Error)
            .OrderBy(d => d.Span.Start.Line).ThenBy(d => d.Span.Start.Column))
        {
            int line = message.Span.Start.Line + 1;
            (int first, int last) = repair.Lists.FirstOrDefault(l => l.First <= line && line <= l.Last, (First: line, Last: line));
            Match again = DefinedTwice().Match(message.Message);

            // The keys of a section that stands twice do so only because of it.
            bool told = Enumerable.Range(first, last - first + 1).Any(repair.Broken.Contains) || (again.Success && line <= twice);
            repair.Broken.UnionWith(Enumerable.Range(first, last - first + 1));
            twice = again.Success ? Math.Max(twice, message.Span.End.Line + 1) : twice;
            if (!told)
            {
                diagnostics.Add(new Diagnostic(Severity.Error, file, line, message.Span.Start.Column + 1,
                    again.Success ? again.Groups["key"].Value.Split('.')[^1].Trim('"', '\'') : null,
                    again.Success ? $"stands twice; the first is at {again.Groups["line"].Value}:{again.Groups["column"].Value}"
                        : MeaningOf(message.Message)));
            }
        }
    }

    [GeneratedRegex(@"^The key `(?<key>[^`]+)` is already defined at \((?<line>\d+),(?<column>\d+)\)")]
    private static partial Regex DefinedTwice();

    private static string MeaningOf(string message)
    {
        return Meanings.FirstOrDefault(m => message.Contains(m.Words, StringComparison.Ordinal)).Meaning ?? "this can't be read: "
            + message;
    }
}
