using System;
using System.Collections.Generic;
using System.Globalization;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;
using Spectre.Console;

namespace Appliance.Simulator.Demo;

/// <summary>Colour, progress and a table, for a terminal.</summary>
internal sealed class TerminalScreen : IDemoScreen
{
    private static readonly string[] Colours = ["grey", "grey", "deepskyblue1", "yellow", "orangered1", "red"];

    private int _captures;
    private int _replayed;

    /// <inheritdoc/>
    public void Begin(int captures, Tables tables, Uri collector)
    {
        _captures = captures;
        AnsiConsole.Write(new Rule("[bold]tapsim[/]: ten detects in, ten incidents out").LeftJustified());
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]{captures} captures -> sensor with {tables.Table.Count} signatures -> syslog collector inside, at {collector.OriginalString}[/]");
        AnsiConsole.WriteLine();
    }

    /// <inheritdoc/>
    public void Replayed(string capture, long frames)
    {
        _replayed++;
        string bar = new string('━', _replayed) + new string('─', _captures - _replayed);
        AnsiConsole.MarkupLineInterpolated($"[green]{bar}[/] [grey]{capture}, {frames} frames[/]");
    }

    /// <inheritdoc/>
    public void Alert(Incident incident, bool isNew)
    {
        if (isNew)
        {
            string colour = Colours[incident.Severity];
            string message = incident.Newest.Message;
            AnsiConsole.MarkupLineInterpolated(
                $"  {incident.Time}  [{colour}]{incident.SeverityWord,-8}[/]  #{incident.Id} [bold]{incident.Kind}[/]: {message}");
        }
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<Incident> incidents, Func<Incident, Prose> proseOf, Replayer replayer, long received)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumn(new TableColumn("incident").NoWrap());
        table.AddColumn("who -> whom");
        table.AddColumn("what it means, what to do");
        foreach (Incident incident in incidents)
        {
            Prose prose = proseOf(incident);
            string colour = Colours[incident.Severity];
            string grade = $"{incident.SeverityWord} ({incident.Severity} of 5)";
            string seen = $"{incident.FirstSeenIn}, last seen\n{incident.Time}";
            string known = Below(incident.Answers) + Below(incident.Ties) + Below(incident.Grounds);
            table.AddRow(
                Markup.FromInterpolated(CultureInfo.InvariantCulture,
                    $"#{incident.Id} [bold]{incident.Kind}[/]\n[{colour}]{new string('■', incident.Severity)}[/] {grade}\n[grey]{seen}[/]"),
                Markup.FromInterpolated(CultureInfo.InvariantCulture,
                    $"{incident.Actor}\n-> {incident.Target}\n{incident.Service}, {incident.Extent}{known}"),
                Markup.FromInterpolated(CultureInfo.InvariantCulture,
                    $"{incident.Newest.Message}\n[italic]{prose.Meaning}[/]\n[green]{prose.Advice}[/]"));
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{incidents.Count} incidents[/] from {replayer.Frames} frames; the collector received {received} of {replayer.Alerts} alerts");
    }

    private static string Below(string text) => text.Length == 0 ? string.Empty : "\n" + text;
}
