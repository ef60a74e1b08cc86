using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Memories;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator.Explain;

/// <summary>
/// The command <c>explain</c>: replays captures through the box's own program, a frame a turn, and tells what of one actor the
/// sensor made: why it was told, or why not.
/// </summary>
internal static class ExplainCommand
{
    /// <summary>Seconds after the last frame: by then every attempt is judged, and every probe of several actors has
    /// settled.</summary>
    private const int Rest = (Limits.SettleTime / Limits.Second) + 30;

    /// <summary>Explains.</summary>
    /// <param name="options">Captures, rules and site; the ring has one slot.</param>
    /// <param name="source">The actor.</param>
    /// <param name="target">Only what it did to this one; null for all.</param>
    /// <param name="isWhole">Nothing of the story is left out.</param>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    public static int Run(ReplayOptions options, Actor source, Actor? target, bool isWhole)
    {
        Replay.CheckReadable(options.Captures);
        Tables tables = Tables.Load(options);
        Replay.SayNotes(tables);
        var log = new IncidentLog(source);
        using var replayer = new Replayer(tables, new AlertOutputs { Further = log }, null, options);
        var parts = new SensorParts(replayer.Sensor);
        var tally = new FrameTally(source, parts);
        var watch = new ActorWatch(source, parts, tally);
        replayer.Watch = tally;
        replayer.AfterTurn = () => watch.Look(replayer.Stamp);
        using var interruption = new Interruption(() => replayer.Stop = true);
        int exitCode = ExitCode.Done;
        using (Progress? progress = Progress.Start(replayer, options.Captures))
        {
            replayer.Started = () => Replay.SayWhoseHome(options, tables, replayer.Box, progress);
            foreach (string capture in options.Captures)
            {
                if (!replayer.Stop && !Replay.RunOne(replayer, capture, progress))
                {
                    exitCode = ExitCode.UnusableInput;
                }
            }
        }

        if (!interruption.HasCome)
        {
            replayer.Rest(Rest);
        }

        // Before the incidents are closed, which ends what they stand on.
        var others = new OtherLimits(source, watch, tally, parts, replayer.Box.Program.Imaging,
            [.. log.Named.Select(id => log.Incidents[id])]);
        var verdict = new Verdict(target, watch, tally, parts, log.Incidents, log.Named, others);
        List<string> tests = [.. verdict.Tests()];
        replayer.Finish();
        Replay.SayWhatWasSeen(replayer, options, interruption.HasCome);
        if (replayer.Frames == 0)
        {
            Console.Out.WriteLine($"{source.Text}: no frame was seen, so that nothing can be said of it");
            return interruption.HasCome ? ExitCode.Interrupted : exitCode;
        }

        Write(options, source, target, verdict, tests, tally, StoryText.Of(watch.Steps, verdict.IsOfTarget, isWhole));
        return interruption.HasCome ? ExitCode.Interrupted : exitCode;
    }

    private static void Write(ReplayOptions options, Actor source, Actor? target, Verdict verdict, List<string> tests, FrameTally tally,
        IEnumerable<string> story)
    {
        TextWriter output = Console.Out;
        string captures = options.Captures.Count == 1 ? Path.GetFileName(options.Captures[0]) : $"{options.Captures.Count} captures";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{source.Text}{(target is null ? "" : " -> " + target.Text)} in {captures}: {tally.From:N0} frames from it "
                + $"({tally.Openers:N0} ask for something, ")
            + string.Create(CultureInfo.InvariantCulture, $"{tally.Skipped:N0} data that is only counted), {tally.To:N0} to it"));
        output.WriteLine();
        string[] told = [.. verdict.Told()];
        output.WriteLine(told.Length > 0 ? "TOLD" : "NOT TOLD: no incident has it as its actor.");
        foreach (string line in told)
        {
            output.WriteLine("  " + line);
        }

        if (verdict.NothingToJudge() is { Length: > 0 } nothing)
        {
            output.WriteLine("  " + nothing);
            if (tests.Count == 0 || tally.From == 0)
            {
                return;
            }
        }

        output.WriteLine();
        output.WriteLine(told.Length > 0 ? "HOW IT WAS WEIGHED" : "WHY NOT");
        foreach (string line in tests)
        {
            output.WriteLine("  " + line);
        }

        output.WriteLine();
        output.WriteLine("STEP BY STEP");
        foreach (string line in story)
        {
            output.WriteLine("  " + line);
        }
    }

    // The incidents as their lines tell them.
    private sealed class IncidentLog(Actor source) : IAlertSink
    {
        private readonly Dictionary<long, Incident> _incidents = [];
        private readonly HashSet<long> _named = [];

        public IReadOnlyDictionary<long, Incident> Incidents => _incidents;

        public IReadOnlySet<long> Named => _named;

        public void Alert(byte[] line, int length, int severity)
        {
            if (AlertLine.TryParse(line.AsSpan(0, length), out AlertLine? alert, out _) && alert.IsIncident)
            {
                Incident incident = Incident.Follow(_incidents, alert, out _);
                if (Actor.Read(alert["src"])?.Text == source.Text)
                {
                    _named.Add(incident.Id);
                }
            }
        }
    }
}
