using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report;

/// <summary>When incidents were open, as bars over one axis of time (SVG in the page itself).</summary>
internal static class ReportTimeline
{
    private const int Left = 190;
    private const int Width = 800;
    private const int Row = 22;

    /// <summary>Draws the bars of the incidents that a clock was known for; a sentence when there is none.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="opened">The time of each one's first line.</param>
    public static string Of(IReadOnlyList<Incident> incidents, Dictionary<long, DateTimeOffset> opened)
    {
        List<Incident> timed = [.. incidents.Where(i => opened.ContainsKey(i.Id) && i.Newest.Time is not null).OrderBy(i => opened[i.Id])];
        if (timed.Count == 0)
        {
            return "<p>The clock was not known.</p>\n";
        }

        DateTimeOffset first = timed.Min(i => opened[i.Id]);
        DateTimeOffset last = timed.Max(i => i.Newest.Time!.Value);
        double span = Math.Max((last - first).TotalSeconds, 1);
        int bottom = timed.Count * Row;
        var svg = new StringBuilder();
        CultureInfo c = CultureInfo.InvariantCulture;
        svg.Append(c, $"<svg viewBox=\"0 0 {Left + Width + 20} {bottom + 30}\" role=\"img\" aria-label=\"timeline\">\n");
        for (int r = 0; r < timed.Count; r++)
        {
            Incident i = timed[r];
            double from = Math.Clamp((opened[i.Id] - first).TotalSeconds / span, 0, 1) * Width;
            double to = Math.Clamp((i.Newest.Time!.Value - first).TotalSeconds / span, 0, 1) * Width;
            string kind = IncidentReport.Escape(i.Kind);
            svg.Append(c, $"<text x=\"0\" y=\"{r * Row + 15}\">#{i.Id} {kind}</text>")
                .Append(c, $"<rect class=\"s{i.Severity}\" x=\"{Left + from:0.#}\" y=\"{r * Row + 4}\" width=\"{Math.Max(to - from, 4):0.#}\" height=\"14\">")
                .Append(c, $"<title>{kind}: {Text(opened[i.Id])} to {IncidentReport.Escape(i.Time)} UTC</title></rect>\n");
        }

        svg.Append(c, $"<line x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{bottom + 4}\" y2=\"{bottom + 4}\" stroke=\"#8a98a5\"/>")
            .Append(c, $"<text x=\"{Left}\" y=\"{bottom + 22}\">{Text(first)}</text>")
            .Append(c, $"<text x=\"{Left + Width}\" y=\"{bottom + 22}\" text-anchor=\"end\">{Text(last)} UTC</text></svg>\n");
        return svg.ToString();
    }

    /// <summary>A time, to the second.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
