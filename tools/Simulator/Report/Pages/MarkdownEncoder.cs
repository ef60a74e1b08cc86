using System.Collections.Generic;
using System.IO;
using System.Text;
using HandlebarsDotNet;

namespace Appliance.Simulator.Report.Pages;

/// <summary>Text that can stand in Markdown without being taken for more than text.</summary>
internal sealed class MarkdownEncoder : ITextEncoder
{
    private const string Special = "\\`*_[]<>|#~&!";

    /// <inheritdoc/>
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    /// <inheritdoc/>
    public void Encode(string? text, TextWriter target)
    {
        foreach (char c in text ?? "")
        {
            if (Special.Contains(c, System.StringComparison.Ordinal))
            {
                target.Write('\\');
            }

            // A line that something from outside breaks would begin a heading or a list.
            target.Write(c is '\n' or '\r' ? ' ' : c);
        }
    }

    /// <inheritdoc/>
    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var all = new StringBuilder();
        while (text is not null && text.MoveNext())
        {
            all.Append(text.Current);
        }

        Encode(all.ToString(), target);
    }
}
