using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator.Demo;

/// <summary>
/// What the program does without arguments: the ten detects of the practical go through the sensor, its alerts over the network
/// to a collector inside, and what arrives there is shown as an analyst wants to read it.
/// </summary>
internal static class Demo
{
    /// <summary>The detects lie hours apart: what a capture's last frames ask is decided before the next begins, and shown with
    /// it.</summary>
    private const int SecondsToAnswer = 10;

    /// <summary>Runs it.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ReplayException">The captures or the tables are not where they belong.</exception>
    public static int Run()
    {
        string[] captures = FindCaptures();
        Tables tables = Tables.Load([], null);
        using var listener = new DemoCollector();
        var options = new ReplayOptions { Captures = captures, Collector = listener.Address };
        using var replayer = new Replayer(tables, new AlertOutputs(), null, options);
        var incidents = new SortedDictionary<long, Incident>();
        IDemoScreen screen = Console.IsOutputRedirected ? new PlainScreen() : new TerminalScreen();

        screen.Begin(captures.Length, tables, listener.Address);
        foreach (string capture in captures)
        {
            string name = Path.GetFileNameWithoutExtension(capture);
            long before = replayer.Frames;
            using CaptureReader reader = CaptureReader.Open(capture);
            replayer.Run(reader);
            replayer.Rest(SecondsToAnswer);
            screen.Replayed(name, replayer.Frames - before);
            Show(name);
        }

        replayer.Finish();
        Show(string.Empty);
        screen.End([.. incidents.Values.Where(i => !i.IsFolded)], tables.ProseOf, replayer, listener.Taken);
        return ExitCode.Done;

        void Show(string capture)
        {
            listener.Drain(replayer.Box.Program.Sender.Sent, line =>
            {
                if (line.IsIncident)
                {
                    Incident incident = Incident.Follow(incidents, line, out bool isNew);
                    incident.FirstSeenIn ??= capture;
                    screen.Alert(incident, isNew);
                }
            });
        }
    }

    private static string[] FindCaptures()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "captures");
        string[] captures = Directory.Exists(folder) ? Directory.GetFiles(folder, "detect*.pcap") : [];
        if (captures.Length == 0)
        {
            throw new ReplayException($"the demo's captures are not in {folder}; build the program again");
        }

        Array.Sort(captures, StringComparer.Ordinal);
        return captures;
    }
}
