using System;
using System.Text;

namespace Appliance.SignatureTool;

/// <summary>The line that a diagnostic is about, with a caret under the place.</summary>
internal static class SourceExcerpt
{
    // Public rules are lines of a thousand characters; what fits beside the indentation on a wide terminal is shown.
    private const int Width = 110;
    private const int Before = 60;
    private const string Indent = "    ";

    /// <summary>Two lines, the second with the caret; empty where a diagnostic has no place.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="text">The text of its file.</param>
    public static string Of(Diagnostic diagnostic, string text)
    {
        if (diagnostic.Line == 0 || diagnostic.Column == 0 || LineOf(text, diagnostic.Line) is not { } line
            || diagnostic.Column > line.Length + 1)
        {
            return "";
        }

        int at = diagnostic.Column - 1;
        int from = line.Length <= Width || at < Before ? 0 : Math.Min(at - Before, line.Length - Width);
        int to = Math.Min(line.Length, from + Width);
        string left = from > 0 ? "..." : "";
        string right = to < line.Length ? "..." : "";
        var caret = new StringBuilder(Indent).Append(' ', left.Length);
        foreach (char c in line[from..at])
        {
            // A tab is as wide below as above.
            caret.Append(c == '\t' ? '\t' : ' ');
        }

        caret.Append('^');
        for (int i = at; i + 1 < to && IsWord(line[at]) && IsWord(line[i + 1]); i++)
        {
            caret.Append('~');
        }

        return Indent + left + line[from..to] + right + Environment.NewLine + caret + Environment.NewLine;
    }

    private static bool IsWord(char c)
    {
        return char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '/';
    }

    private static string? LineOf(string text, int number)
    {
        int at = 0;
        for (int line = 1; line < number; line++)
        {
            at = text.IndexOf('\n', at) + 1;
            if (at == 0)
            {
                return null;
            }
        }

        int end = text.IndexOf('\n', at);
        return text[at..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }
}
