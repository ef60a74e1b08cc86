using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using Appliance.Playback.Alerts;
using Appliance.Sensor;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;

namespace Appliance.Simulator.Report;

/// <summary>
/// The file of <c>--report</c>: what happened, for an analyst who was not there. One HTML file that loads nothing, so that it can be
/// mailed, printed and kept with a case; whatever comes from outside is escaped.
/// </summary>
internal sealed class IncidentReport : IAlertSink
{
    private readonly SortedDictionary<long, Incident> _incidents = [];
    private readonly Dictionary<long, DateTimeOffset> _opened = [];
    private readonly StringBuilder _html = new();

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        if (AlertLine.TryParse(line.AsSpan(0, length), out AlertLine? alert, out _) && alert.IsIncident)
        {
            Incident incident = Incident.Follow(_incidents, alert, out bool isNew);
            if (isNew && alert.Time is { } time)
            {
                _opened[incident.Id] = time;
            }
        }
    }

    /// <summary>Writes the report.</summary>
    /// <param name="sources">What was watched.</param>
    /// <param name="tables">Whose words explain the incidents.</param>
    /// <param name="figures">What the run has counted.</param>
    /// <returns>The file's octets.</returns>
    public byte[] Write(ReportSources sources, Tables tables, RunFigures figures)
    {
        List<Incident> told = [.. _incidents.Values.Where(i => !i.IsFolded).OrderByDescending(i => i.Severity).ThenBy(i => i.Id)];
        _html.Clear();
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<title>Incident report</title><style>").Append(ReportStyle.Text).Append("</style></head><body>\n");
        Summary(told, sources, tables, figures);
        if (told.Count > 0)
        {
            _html.Append("<h2>When</h2>\n").Append(ReportTimeline.Of(told, _opened));
            Overview(told);
            _html.Append("<h2>Each incident</h2>\n");
            foreach (Incident incident in told)
            {
                Detail(incident, tables);
            }
        }

        return Encoding.UTF8.GetBytes(_html.Append("</body></html>\n").ToString());
    }

    /// <summary>Text that can stand in HTML, also in an attribute.</summary>
    public static string Escape(string text) => HtmlEncoder.Default.Encode(text);

    // A report is mailed: where a file lay on this machine is nobody's business there.
    private static string NameOf(string source) => source == "-" ? "standard input" : Path.GetFileName(source);

    private void Summary(List<Incident> told, ReportSources sources, Tables tables, RunFigures figures)
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        string worst = told.Count == 0 ? "" : $", the gravest <b class=\"s{told[0].Severity}\">{told[0].SeverityWord}</b>";
        _html.Append(c, $"<h1>Incident report</h1>\n<p class=\"lead\">{(told.Count == 0 ? "No incidents" : told.Count == 1 ? "1 incident" : $"{told.Count} incidents")}{worst}.</p>\n<ul>");
        foreach (IGrouping<string, Incident> kind in told.GroupBy(i => i.Kind).OrderByDescending(k => k.Count()))
        {
            _html.Append(c, $"<li>{kind.Count()} × {Escape(kind.Key)}: {Escape(KindProse.MeaningOf(kind.Key))}</li>");
        }

        _html.Append("</ul>\n<dl>");
        Pair(sources.Word, string.Join(", ", sources.Names.Select(NameOf)));
        Pair("frames", string.Create(c, $"{figures.Frames:N0}, of which the sensor looked at {figures.Kept - figures.Lost:N0}"));
        long lost = figures.Lost + figures.Missed;
        Pair("lost", lost == 0 ? "none" : string.Create(c, $"{lost:N0} {(lost == 1 ? "frame" : "frames")} never reached the sensor: what follows may be incomplete"));
        Pair("signatures", string.Create(c, $"{tables.Table.Count} in the table that the run began with"));
        _html.Append("</dl>\n");
    }

    private void Overview(List<Incident> told)
    {
        _html.Append("<h2>Incidents</h2>\n<div class=\"wide\"><table><thead><tr><th>no.</th><th>severity</th><th>kind</th><th>what</th><th>who</th><th>whom</th>")
            .Append("<th>service</th><th>last seen (UTC)</th></tr></thead><tbody>\n");
        foreach (Incident i in told)
        {
            _html.Append(CultureInfo.InvariantCulture,
                $"<tr><td><a href=\"#i{i.Id}\">#{i.Id}</a></td><td class=\"s{i.Severity}\">{i.SeverityWord}</td><td>{Escape(i.Kind)}</td><td>{Escape(i.Newest["name"])}</td><td>{Escape(i.Actor)}</td><td>{Escape(i.Target)}</td><td>{Escape(i.Service)}</td><td>{Escape(i.Time)}</td></tr>\n");
        }

        _html.Append("</tbody></table></div>\n");
    }

    private void Detail(Incident incident, Tables tables)
    {
        Prose prose = tables.ProseOf(incident);
        CatalogueEntry? rule = tables.EntryOf(incident);
        _html.Append(CultureInfo.InvariantCulture,
            $"<section id=\"i{incident.Id}\"><h3><span class=\"s{incident.Severity}\">{incident.SeverityWord}</span> #{incident.Id} {Escape(incident.Kind)}</h3>\n<p>{Escape(incident.Newest.Message)}</p>\n<dl>");
        Pair("what it means", prose.Meaning);
        Pair("what to do", prose.Advice);
        Pair("expected", incident.Newest["expected"].Length == 0 ? "" : $"the site profile explains it: {incident.Newest["expected"]}");
        Pair("who", incident.Actor);
        Pair("whom", incident.Target);
        Pair("service", incident.Service);
        Pair("extent", incident.Extent);
        Pair("opened (UTC)", _opened.TryGetValue(incident.Id, out DateTimeOffset opened) ? ReportTimeline.Text(opened) : "no clock");
        Pair("last seen (UTC)", incident.Time);
        Pair("answers", incident.Answers);
        Pair("also", incident.Ties);
        Pair("rule", rule is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{rule.Gid}:{rule.Sid}:{rule.Rev} {rule.Msg} ({rule.ClassType})"));
        Pair("references", rule is null ? "" : string.Join("; ", rule.References));
        _html.Append("</dl></section>\n");
    }

    private void Pair(string name, string value)
    {
        if (value.Length > 0)
        {
            _html.Append("<dt>").Append(name).Append("</dt><dd>").Append(Escape(value)).Append("</dd>");
        }
    }
}
