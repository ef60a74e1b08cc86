using System.Collections.Generic;
using System.IO;
using System.Text;
using HandlebarsDotNet;

namespace Appliance.Simulator.Report.Pages;

/// <summary>Text that can stand in HTML, also in an attribute.</summary>
internal sealed class HtmlEncoder : ITextEncoder
{
    /// <inheritdoc/>
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    /// <inheritdoc/>
    public void Encode(string? text, TextWriter target) => System.Text.Encodings.Web.HtmlEncoder.Default.Encode(target, text
        ?? "");

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
