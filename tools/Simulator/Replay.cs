using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Simulator.Faults;
using Appliance.Simulator.Outputs;
using Appliance.Simulator.Report;

namespace Appliance.Simulator;

/// <summary>The command <c>replay</c>: opens what the options name, replays, and says what came of it.</summary>
internal static class Replay
{
    /// <summary>Replays.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ReplayException">An input can't be used or an output not be written.</exception>
    public static int Run(ReplayOptions options)
    {
        foreach (string capture in options.Captures.Where(c => c != "-"))
        {
            CheckReadable(capture);
        }

        Tables tables = options.Table is null ? Tables.Load(options.Rules, options.Site) : Tables.LoadTable(options.Table,
            options.Keys, options.Board);
        foreach (string note in tables.Notes)
        {
            Console.Error.WriteLine($"tapsim: {note}");
        }

        using var outputs = new RunOutputs(options, tables);
        using var replayer = new Replayer(tables, outputs.Alerts, outputs.Matches, options);
        Collector? collector = replayer.Collector;
        Console.CancelKeyPress += (_, e) =>
        {
            // What is open is closed and told; a second time ends the program at once.
            e.Cancel = !replayer.Stop;
            replayer.Stop = true;
        };

        long started = Stopwatch.GetTimestamp();
        int exitCode = ExitCode.Done;
        using (Progress? progress = Progress.Start(replayer, options.Captures))
        {
            foreach (string capture in options.Captures)
            {
                if (!replayer.Stop && !RunOne(replayer, capture, progress))
                {
                    exitCode = ExitCode.UnusableInput;
                }
            }
        }

        replayer.Finish();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        outputs.Finish(new ReportSources("captures", options.Captures), replayer.Figures, collector, took);
        FaultNotes.Say(options.Faults, replayer.Box, replayer.Stamp, collector is not null);
        bool isDelivered = collector is null || Delivered(collector);
        return isDelivered && !outputs.HasFailed ? exitCode : ExitCode.UnusableInput;
    }

    /// <summary>Replays one capture; what is wrong with it is said, and the others are replayed all the same.</summary>
    /// <returns>False when it can't be used, or not to its end.</returns>
    private static bool RunOne(Replayer replayer, string capture, Progress? progress)
    {
        try
        {
            using CaptureReader reader = CaptureReader.Open(capture);
            replayer.Run(reader);
            if (reader.Note is not null)
            {
                Say(progress, reader.Note);
            }

            if (reader.Truncation is not null)
            {
                Say(progress, reader.Truncation);
            }

            if (reader.Skipped > 0)
            {
                Say(progress, $"{reader.Name}: left out {reader.Skipped} packets of interfaces with {reader.OtherLinkType}; "
                    + "the tap sees Ethernet only");
            }

            return true;
        }
        catch (CaptureException e)
        {
            Say(progress, e.Message);
            return false;
        }
    }

    /// <summary>Says what the collector did not get.</summary>
    /// <returns>False when that is a failure.</returns>
    public static bool Delivered(Collector collector)
    {
        if (collector.Undelivered == 0 && collector.Reason is null)
        {
            return true;
        }

        Console.Error.WriteLine($"tapsim: collector {collector.Address.OriginalString}: {collector.Reason ?? "away, as the faults ask"}; "
            + $"{collector.Undelivered} of {collector.Sent} alerts were not delivered");
        return !collector.IsReliable || collector.Undelivered == 0;
    }

    /// <summary>A name mistyped at the end of a long list is said before the replay, not after it.</summary>
    private static void CheckReadable(string capture)
    {
        try
        {
            using var file = new FileStream(capture, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReplayException($"can't read {Problem.Describe(capture, e)}", e);
        }
    }

    private static void Say(Progress? progress, string message)
    {
        progress?.Clear();
        Console.Error.WriteLine($"tapsim: {message}");
    }
}
