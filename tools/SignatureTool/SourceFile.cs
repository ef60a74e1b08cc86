using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Appliance.SignatureTool;

/// <summary>Rule files and profiles as text: what is no text in them is told with its place, and every system's line ends are
/// read.</summary>
internal static class SourceFile
{
    /// <summary>Reads a file; null, with a diagnostic, when that is not possible.</summary>
    /// <param name="path">The file.</param>
    /// <param name="foreign">How bad it is that the file is in another encoding than UTF-8 and doesn't say which.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static string? Read(string path, Severity foreign, List<Diagnostic> diagnostics)
    {
        byte[] octets;
        try
        {
            octets = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, path, 0, 0, null, "can't be read: " + Keys.KeyFile.Reason(path, e)));
            return null;
        }

        // A byte order mark says which encoding it is.
        using var reader = new StreamReader(new MemoryStream(octets), Encoding.UTF8, true);
        string text = reader.ReadToEnd();
        if (reader.CurrentEncoding is UTF8Encoding && text.Contains('\ufffd', StringComparison.Ordinal))
        {
            TellForeign(path, octets, foreign, diagnostics);
        }

        return text;
    }

    /// <summary>Line ends as everything behind this expects them: a carriage return alone, as old Macintosh files have it, is one
    /// too.</summary>
    /// <param name="text">The text; no character changes its place.</param>
    public static string WithLineEnds(string text)
    {
        int at = text.IndexOf('\r', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        char[] characters = text.ToCharArray();
        for (; at < characters.Length; at++)
        {
            bool alone = characters[at] == '\r' && (at + 1 == characters.Length || characters[at + 1] != '\n');
            characters[at] = alone ? '\n' : characters[at];
        }

        return new string(characters);
    }

    private static void TellForeign(string path, ReadOnlySpan<byte> octets, Severity severity, List<Diagnostic> diagnostics)
    {
        int line = 1;
        int column = 1;
        int told = 0;
        int lines = 0;
        Diagnostic? first = null;
        octets = octets.StartsWith(Encoding.UTF8.Preamble) ? octets[Encoding.UTF8.Preamble.Length..] : octets;
        while (octets.Length > 0)
        {
            bool right = Rune.DecodeFromUtf8(octets, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (!right && told != line)
            {
                first ??= new Diagnostic(severity, path, line, column, null, string.Create(CultureInfo.InvariantCulture,
                    $"the octet 0x{octets[0]:x2} is no UTF-8; save the file as UTF-8, e.g. with: iconv -f latin1 -t utf-8"));
                told = line;
                lines++;
            }

            // A carriage return alone is a line end, see above.
            bool end = rune.Value == '\n' || (rune.Value == '\r' && (octets.Length == 1 || octets[1] != '\n'));
            line += end ? 1 : 0;
            column = end ? 1 : column + rune.Utf16SequenceLength;
            octets = octets[length..];
        }

        if (first is not null)
        {
            string more = lines == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({lines} lines have such octets)");
            diagnostics.Add(first with { Message = first.Message + more });
        }
    }
}
