using System;
using System.CommandLine;
using System.IO;
using Appliance.Playback.Captures;

namespace Appliance.Bench.Coverage;

/// <summary>The command <c>coverage</c>.</summary>
internal static class CoverageCommand
{
    /// <summary>Makes it.</summary>
    public static Command Make()
    {
        var runs = new Option<int>("--runs") { Description = "runs a cell", DefaultValueFactory = _ => 20 };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--runs: at least 1");
            }
        });
        var only = new Option<string>("--only")
        {
            Description = "techniques whose name contains this",
            DefaultValueFactory = _ =>
            ""
        };
        var captures = new Option<string?>("--captures")
        {
            Description = "the folder of the ten detects, whose table follows the techniques'",
            HelpName = "FOLDER",
        };
        var command = new Command("coverage",
            "Which scans are seen: techniques, densities, rates and losses, as Markdown for the sensor's README.")
        {
            runs,
            only,
            captures,
        };
        command.SetAction(parsed => Run(parsed.GetValue(runs), parsed.GetValue(only)!, parsed.GetValue(captures)));
        return command;
    }

    private static int Run(int runs, string only, string? captures)
    {
        try
        {
            CoverageTable.Write(runs, only, Console.Out);
            if (captures is not null)
            {
                DetectCoverage.Write(captures, runs, Console.Out);
            }

            return 0;
        }
        catch (Exception e) when (e is IOException or CaptureException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("bench: " + e.Message);
            return 2;
        }
    }
}
