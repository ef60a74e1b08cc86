using System;
using System.Text;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Light;
using Appliance.Simulator.Report;

namespace Appliance.Simulator.Outputs;

/// <summary>Everything that a run writes, as the command line asks for it: made before the first frame, so that nothing is found
/// out too late.</summary>
internal sealed class RunOutputs : IDisposable
{
    private readonly Tables _tables;
    private readonly LineFile? _lines;
    private readonly LineFile? _people;
    private readonly LineFile? _stats;
    private readonly LineFile? _page;
    private readonly IncidentText? _text;
    private readonly IncidentReport? _report;

    /// <summary>Creates the files.</summary>
    /// <param name="options">Their names.</param>
    /// <param name="tables">Whose words explain the incidents.</param>
    /// <exception cref="ReplayException">One can't be created.</exception>
    public RunOutputs(ReplayOptions options, Tables tables)
    {
        _tables = tables;
        try
        {
            _lines = options.Alerts is null ? null : LineFile.Create(options.Alerts);
            _people = options.Alerts is null ? LineFile.Create("-") : null;
            Matches = options.Matches is null ? null : new MatchFile(options.Matches);
            _stats = options.Stats is null ? null : LineFile.Create(options.Stats);
            _page = options.Report is null ? null : LineFile.Create(options.Report);
        }
        catch
        {
            Dispose();
            throw;
        }

        _report = _page is null ? null : new IncidentReport();
        _text = _people is null ? null : new IncidentText(_people, tables.ProseOf);
        Alerts = new AlertOutputs { Lines = _lines, Text = _text, Further = _report, Light = options.Light ? SayLight : null };
    }

    /// <summary>Where alerts go.</summary>
    public AlertOutputs Alerts { get; }

    /// <summary>Where matches go; null for nowhere.</summary>
    public MatchFile? Matches { get; }

    /// <summary>Something could not be written to its end, which was said.</summary>
    public bool HasFailed => Matches is { HasFailed: true }
        || Array.Exists(new[] { _lines, _people, _stats, _page }, file => file?.Failure is not null);

    /// <summary>Writes what can only be said at the end.</summary>
    /// <param name="sources">What was watched, for the report.</param>
    /// <param name="figures">What the run has counted.</param>
    /// <param name="collector">The collector; null for none.</param>
    /// <param name="took">How long the run took.</param>
    public void Finish(ReportSources sources, RunFigures figures, Collector? collector, TimeSpan took)
    {
        Alerts.Flush();
        _text?.Finish(figures.Frames == 0 ? "no frame was seen" : figures.IsElsewhere ? "no frame is of the home network"
            : MirrorNotes.WhyBlind(figures.Box));
        Matches?.Flush();
        if (_stats is not null)
        {
            _stats.Write(Statistics.Write(figures, _tables, collector, took));
            _stats.Flush();
        }

        if (_page is not null)
        {
            _page.Write(_report!.Write(sources, _tables, figures));
            _page.Flush();
        }
    }

    // Among the incidents, where a person reads them; else beside the lines, which a program may read.
    private void SayLight(LightChange change)
    {
        if (_people is null)
        {
            Console.Error.WriteLine(LightText.Line(change, !Console.IsErrorRedirected));
            return;
        }

        _people.WriteLine(Encoding.UTF8.GetBytes(LightText.Line(change, !Console.IsOutputRedirected)));
        _people.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines?.Dispose();
        _people?.Dispose();
        Matches?.Dispose();
        _stats?.Dispose();
        _page?.Dispose();
    }
}
