using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Appliance.Firmware.Tables;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.DryRun;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab dry-run</c></summary>
internal static class DryRunCommand
{
    public static Command Make()
    {
        Argument<string> old = new("OLD") { Description = "The table that is in use." };
        Argument<string> fresh = new("NEW") { Description = "The table that shall replace it." };
        Argument<string[]> captures = new("CAPTURE")
        {
            Description = "pcap or pcapng files of Ethernet, in the order of time; - reads standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("dry-run",
            """
            Runs the tap's sensor over captures once with each table, and says which incidents come, go or are told otherwise; and whether
            a device would refuse the new table because it matches more than a quarter of the newest frames.

            Example:
              sigtab dry-run running.sigtab ward.sigtab monday.pcap tuesday.pcap
            """)
        {
            old, fresh, captures,
        };
        command.SetAction(result =>
        {
            if (!Files.TryReadTable(result.GetRequiredValue(old), out SignatureTable? before)
                || !Files.TryReadTable(result.GetRequiredValue(fresh), out SignatureTable? after))
            {
                return ExitCode.Unusable;
            }

            var oldRun = new SensorRun(before);
            var newRun = new SensorRun(after);
            var trial = new TrialRun(before, after);
            foreach (string capture in result.GetRequiredValue(captures))
            {
                if (!TryRun(capture, oldRun, newRun, trial))
                {
                    return ExitCode.Unusable;
                }
            }

            oldRun.Finish();
            newRun.Finish();
            Tell(oldRun, newRun);
            Tell(trial, after);
            TellElsewhere(oldRun.Home, "the old table's");
            TellElsewhere(newRun.Home, "the new table's");
            return ExitCode.Done;
        });
        return command;
    }

    private static bool TryRun(string capture, SensorRun oldRun, SensorRun newRun, TrialRun trial)
    {
        try
        {
            using CaptureReader reader = CaptureReader.Open(capture);
            oldRun.BeginFile();
            newRun.BeginFile();
            trial.BeginFile();
            while (reader.Read())
            {
                oldRun.Take(reader);
                newRun.Take(reader);
                trial.Take(reader);
            }

            if ((reader.Truncation ?? reader.Note) is { } note)
            {
                Console.Error.WriteLine($"sigtab: {note}");
            }

            return true;
        }
        catch (CaptureException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return false;
        }
    }

    private static void Tell(SensorRun old, SensorRun fresh)
    {
        var difference = Comparison.Of(old.Incidents, fresh.Incidents);
        List("gained", difference.Gained);
        List("lost", difference.Lost);
        foreach ((Incident one, Incident other) in difference.Changed)
        {
            Console.Out.WriteLine($"changed  {Comparison.Told(one)}");
            Console.Out.WriteLine($"      to {Comparison.Told(other)}");
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"incidents: {difference.Gained.Count} gained, {difference.Lost.Count} lost, {difference.Changed.Count} changed, "
                + $"{difference.Same} the same"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"frames: {old.Frames}; kept by the mirror port: {old.Kept} before, {fresh.Kept} now; matches: {old.Matches} before, "
                + $"{fresh.Matches} now"));
    }

    // Nothing gained and nothing lost over another network's frames is no trial at all.
    private static void TellElsewhere(HomeWatch home, string whose)
    {
        if (home.IsElsewhere)
        {
            Console.Out.WriteLine($"{home.Finding(whose)}: such captures say nothing of it");
        }
    }

    private static void List(string what, IReadOnlyList<Incident> incidents)
    {
        foreach (Incident incident in incidents)
        {
            Console.Out.WriteLine($"{what,-8} {Comparison.Told(incident)}");
        }
    }

    private static void Tell(TrialRun run, SignatureTable table)
    {
        (int refused, int all) = run.Trials;
        bool forced = (table.Flags & TableFlags.ForceDryRun) != 0;
        string of = string.Create(CultureInfo.InvariantCulture, $"at most {run.Worst.Matched} of the newest {run.Worst.Of} frames match");
        Console.Out.WriteLine(
            all == 0 ? $"trial: fewer than {TableTrial.Enough} frames were kept; a device would call it untried, and refuse it if more "
                + $"than a quarter of those match"
            : refused == 0 ? $"trial: accepted, {of}"
            : forced ? $"trial: accepted, {of}; it is more than a quarter, and force-dry-run says that this is meant"
            : string.Create(CultureInfo.InvariantCulture,
                $"trial: REFUSED at {refused} of {all} moments, {of}, more than a quarter; if that is meant, compile with --force-dry-run"));
    }
}
