using System;
using System.Collections.Generic;
using System.Linq;
using Tomlyn.Syntax;

namespace Appliance.SignatureTool.Sites;

/// <summary>What is wrong with a profile as TOML, one error a line, since the parser finds more wrong behind a first one than there is.</summary>
internal static class TomlErrors
{
    /// <summary>Tells the errors.</summary>
    /// <param name="document">The document.</param>
    /// <param name="file">Its file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Gets them.</param>
    /// <returns>The lines, from 1, that may say something else than what was read.</returns>
    public static IReadOnlySet<int> Tell(DocumentSyntax document, string file, string text, List<Diagnostic> diagnostics)
    {
        var broken = new HashSet<int>();
        string before = "";
        foreach (DiagnosticMessage message in document.Diagnostics.Where(d => d.Kind == DiagnosticMessageKind.Error)
            .OrderBy(d => d.Span.Start.Line).ThenBy(d => d.Span.Start.Column))
        {
            int line = message.Span.Start.Line + 1;

            // A quotation mark that is missing makes every line behind it wrong in the same way.
            bool repeated = message.Message == before && broken.Contains(line - 1);
            if (broken.Add(line) && !repeated)
            {
                diagnostics.Add(new Diagnostic(Severity.Error, file, line, message.Span.Start.Column + 1, null, message.Message));
            }

            before = message.Message;
        }

        // Below a section's title that can't be read, nobody knows what the keys are.
        string[] lines = text.Split('\n');
        foreach (int title in broken.Where(l => l <= lines.Length && IsTitle(lines[l - 1])).ToArray())
        {
            for (int line = title; line < lines.Length && !IsTitle(lines[line]); line++)
            {
                broken.Add(line + 1);
            }
        }

        return broken;
    }

    private static bool IsTitle(string line)
    {
        return line.TrimStart().StartsWith('[');
    }
}
