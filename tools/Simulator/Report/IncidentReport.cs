using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Sensor;
using Appliance.Simulator.Report.Pages;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report;

/// <summary>
/// The file of <c>--report</c>: what happened, for an analyst who was not there. One HTML file that loads nothing, so that it can
/// be mailed, printed and kept with a case; whatever comes from outside is escaped.
/// </summary>
internal sealed class IncidentReport : IAlertSink
{
    private readonly StoryBook _book = new();
    private long _lines;

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        _lines++;
        _book.Take(line.AsSpan(0, length), () => string.Create(CultureInfo.InvariantCulture, $"line {_lines}"));
    }

    /// <summary>Writes the report.</summary>
    /// <param name="sources">What was watched.</param>
    /// <param name="tables">Whose words explain the incidents.</param>
    /// <param name="figures">What the run has counted.</param>
    /// <returns>The file's octets.</returns>
    public byte[] Write(ReportSources sources, Tables tables, RunFigures figures)
    {
        _book.Finish();
        EvidenceFinder.Find([.. _book.Stories.Where(s => !s.IsFolded)], sources.Captures);
        var words = new WordSources(tables.Catalogue, tables.Table) { Explanations = tables.Explanations };
        PageModel model = new PageBuilder(_book, words).Build(AboutOf(sources, tables, figures), [.. _book.Notes()], null) with
        {
            Panel = PanelPicture.Of(figures.Box.Timeline),
        };
        return Encoding.UTF8.GetBytes(TemplateFile.Fill("page.html.hbs", model));
    }

    // A report is mailed: where a file lay on this machine is nobody's business there.
    private static string NameOf(string source) => source == "-" ? "standard input" : Path.GetFileName(source);

    private List<Pair> AboutOf(ReportSources sources, Tables tables, RunFigures figures)
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        long lost = figures.Lost + figures.Missed;
        return
        [
            new(sources.Word, string.Join(", ", sources.Names.Select(NameOf))),
            new("time", $"{Phrase.Minute(_book.Oldest)} to {Phrase.Minute(_book.Newest)} UTC"),
            new("frames", string.Create(c,
                $"{figures.Frames:N0}, of which the sensor looked at {figures.Kept - figures.Lost:N0}")),
            new("lost", lost == 0 ? "none" : string.Create(c, $"{lost:N0} {(lost == 1 ? "frame" : "frames")} never reached the "
                + $"sensor: what follows may be incomplete")),
            new("table", string.Create(c, $"{tables.Table.Count} signatures in the table that the run began with")),
            new("made", Phrase.Minute(DateTimeOffset.UtcNow) + " UTC"),
        ];
    }
}
