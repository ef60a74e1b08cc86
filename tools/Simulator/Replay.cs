using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.SignatureTool;
using Appliance.Simulator.Box;
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
        CheckReadable(options.Captures);
        Collector.CheckHost(options.Collector);
        Tables tables = Tables.Load(options);
        SayNotes(tables);
        using var outputs = new RunOutputs(options, tables);
        using var replayer = new Replayer(tables, outputs.Alerts, outputs.Matches, options);
        Collector? collector = replayer.Collector;
        using var interruption = new Interruption(() => replayer.Stop = true);
        long started = Stopwatch.GetTimestamp();
        int exitCode = ExitCode.Done;
        using (Progress? progress = Progress.Start(replayer, options.Captures))
        {
            replayer.Started = () => SayWhoseHome(options, tables, replayer.Box, progress);
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
        outputs.Finish(new ReportSources(interruption.HasCome ? "captures, " + Interrupted(replayer) : "captures", options.Captures),
            replayer.Figures, collector, took);
        SayWhatWasSeen(replayer, options, interruption.HasCome);
        FaultNotes.Say(options.Faults, replayer.Box, replayer.Stamp, collector is not null);
        bool isDelivered = collector is null || Delivered(collector);
        return !isDelivered || outputs.HasFailed ? ExitCode.UnusableInput : interruption.HasCome ? ExitCode.Interrupted : exitCode;
    }

    /// <summary>
    /// Says what would make "no incidents" a false comfort: nothing was read, the replay was ended, the frames are of elsewhere,
    /// or the port that they came from is no mirror.
    /// </summary>
    public static void SayWhatWasSeen(Replayer replayer, ReplayOptions options, bool isInterrupted)
    {
        if (isInterrupted)
        {
            Say(null, Interrupted(replayer));
        }
        else if (replayer.Frames == 0)
        {
            Say(null, "nothing was read");
        }

        if (replayer.Figures.Span is { Dropped: > 0 } span)
        {
            Say(null, Counted($"--span: the switch dropped {span.Dropped:N0} of {span.Offered:N0} frames ({(double)span.Dropped / span.Offered:P2}) before the box"));
        }

        SayElsewhere(replayer.Home, options, replayer.Box);

        if (MirrorNotes.Of(replayer.Box).ToList() is { Count: > 0 } faults)
        {
            Say(null, "the mirror at the end: " + string.Join("; ", faults));
        }
    }

    /// <summary>Says if no frame was of the site's home network, and how that comes.</summary>
    public static void SayElsewhere(HomeWatch home, ReplayOptions options, SimulatedBox box)
    {
        string what = options.Interface is null ? "another network's capture" : "another network's interface";
        if (home.IsElsewhere)
        {
            Say(null, home.Finding("the site's") + (!box.UsesBuiltIn ? $": {what}, or another site's table in {options.Storage}"
                : options.Site is not null || options.Table is not null ? $": {what}, or another site's profile"
                : ": name yours with --site FILE.toml, a file of three lines ([site], name = \"ward\", home = [\"192.0.2.0/24\"]), "
                    + "which 'sigtab learn CAPTURE --home 192.0.2.0/24' writes too"));
        }
    }

    /// <summary>Says what the user should know of rules and profile.</summary>
    public static void SayNotes(Tables tables)
    {
        foreach (string note in tables.Notes)
        {
            Say(null, note);
        }
    }

    /// <summary>Says whose home network counts, when the box has started: a table of its storage does in place of what was given
    /// or guessed.</summary>
    public static void SayWhoseHome(ReplayOptions options, Tables tables, SimulatedBox box, Progress? progress)
    {
        if (!box.UsesBuiltIn)
        {
            Say(progress, $"--storage: rules and home network are those of the table in {options.Storage}"
                + (options.Site is not null || options.Rules.Count > 0 || options.Table is not null
                    ? "; --rules, --site and --table would count without one" : ""));
        }
        else if (tables.Guess.Length > 0)
        {
            Say(progress, tables.Guess);
        }
    }

    private static string Interrupted(Replayer replayer) =>
        Counted($"interrupted after {replayer.Frames:N0} {(replayer.Frames == 1 ? "frame" : "frames")}");

    private static string Counted(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Replays one capture; what is wrong with it is said, and the others are replayed all the same.</summary>
    /// <returns>False when it can't be used, or not to its end.</returns>
    public static bool RunOne(Replayer replayer, string capture, Progress? progress)
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

            // What is cut before its first packet's end is of no more use than what is cut within its header.
            return reader.Truncation is null || reader.Number > 0;
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
    /// <exception cref="ReplayException">One can't be read.</exception>
    public static void CheckReadable(IEnumerable<string> captures)
    {
        foreach (string capture in captures.Where(c => c != "-"))
        {
            CheckReadable(capture);
        }
    }

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
