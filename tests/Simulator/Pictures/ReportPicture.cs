using System;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Appliance.Simulator.Tests.Pictures;

/// <summary>The first page of a report as a picture: its own markup and style within SVG.</summary>
internal static partial class ReportPicture
{
    private const int Width = 960;
    private const int Height = 1040;

    /// <summary>Cuts the first page out of a report.</summary>
    /// <param name="html">The page that <c>tapsim report</c> wrote.</param>
    /// <returns>SVG.</returns>
    /// <exception cref="System.Xml.XmlException">The markup of the first page is not well-formed XML.</exception>
    public static string Make(string html)
    {
        int from = html.IndexOf("<header>", StringComparison.Ordinal);
        int to = html.IndexOf("<h2>Incidents</h2>", StringComparison.Ordinal);
        string page = When().Replace(html[from..to], "").Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal);
        // What the style says of the page's body and root it shall say of the part that is drawn.
        string style = Root().Replace(Dark().Replace(Style().Match(html).Groups[1].Value, ""), ".body")
            .Replace("color-scheme:light dark", "color-scheme:light", StringComparison.Ordinal);
        string picture = $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img">
            <title>The first page of a report</title>
            <rect width="{Width}" height="{Height}" fill="#ffffff"/>
            <foreignObject width="{Width}" height="{Height}"><div xmlns="http://www.w3.org/1999/xhtml" class="body"><style><![CDATA[{style}]]></style>{page}</div></foreignObject>
            </svg>

            """;
        _ = XDocument.Parse(picture);
        return picture;
    }

    /// <summary>A picture has one ground, whatever the page around it has.</summary>
    [GeneratedRegex(@"@media\(prefers-color-scheme:dark\)\{[^{}]*\{[^{}]*\}\}")]
    private static partial Regex Dark();

    [GeneratedRegex(@"\bbody\b|:root\b")]
    private static partial Regex Root();

    /// <summary>The day that it was made on is no part of the picture.</summary>
    [GeneratedRegex("<dt>made</dt><dd>[^<]*</dd>")]
    private static partial Regex When();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
