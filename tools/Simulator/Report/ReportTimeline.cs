using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report;

/// <summary>When incidents were open, as bars over one axis of time, which keep their words readable however narrow the page
/// is.</summary>
internal static class ReportTimeline
{
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
        CultureInfo c = CultureInfo.InvariantCulture;
        var chart = new StringBuilder("<div class=\"when\" role=\"group\" aria-label=\"timeline\">\n");
        foreach (Incident i in timed)
        {
            double from = Percent(opened[i.Id] - first);
            double to = Percent(i.Newest.Time!.Value - first);
            string kind = IncidentReport.Escape(i.Kind);
            chart.Append(c, $"<span>#{i.Id} {kind}</span><span class=\"track\"><span class=\"bar s{i.Severity}\" style=\"left:{Math.Min(from, 99):0.##}%;width:{to - from:0.##}%\" ")
                .Append(c, $"title=\"{kind}: {Text(opened[i.Id])} to {IncidentReport.Escape(i.Time)} UTC\"></span></span>\n");
        }

        return chart.Append(c, $"<span class=\"axis\"><span>{Text(first)}</span><span>{Text(last)} UTC</span></span></div>\n").ToString();

        double Percent(TimeSpan time) => Math.Clamp(time.TotalSeconds / span, 0, 1) * 100;
    }

    /// <summary>A time, to the second.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
