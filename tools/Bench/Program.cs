using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Appliance.Bench.Cost;
using Appliance.Bench.Coverage;
using Appliance.Bench.Evidence;
using Appliance.Bench.Mutation;
using Appliance.Bench.Traffic;

namespace Appliance.Bench;

internal static class Program
{
    private static int Main(string[] args)
    {
        var profile = new Option<string?>("--profile")
        {
            Description = "print where the instructions go for the frame classes whose name contains this",
            HelpName = "CLASS",
        };
        var markdown = new Option<bool>("--markdown") { Description = "print the table as Markdown, for the sensor's README" };
        var root = new RootCommand("What a frame costs, in instructions of the device's interpreter, and in time on this machine.")
        {
            profile,
            markdown,
        };
        var frames = new Option<int>("--frames") { Description = "how many frames", DefaultValueFactory = _ => 1_000_000 };
        frames.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--frames: at least 1");
            }
        });
        var throughput = new Command("throughput", "Frames a second of the sensor on this machine, in process, with ordinary traffic.") { frames };
        throughput.SetAction(parsed => Guarded(() => Throughput.Measure(parsed.GetValue(frames), Console.Out)));
        var path = new Argument<string>("OUT.pcap") { Description = "the file to write" };
        var capture = new Command("capture", "Writes ordinary traffic as a pcap file, the same at every run.") { path, frames };
        capture.SetAction(parsed =>
            Guarded(() => PcapWriter.Write(parsed.GetValue(path)!, OrdinaryFrames.Make(parsed.GetValue(frames)))));
        var turns = new Command("turns", "The dearest turns of the program's loop without frames, in instructions of the device's interpreter.");
        turns.SetAction(_ => Guarded(() =>
        {
            foreach (TurnCost turn in TurnMeasurement.Measure())
            {
                string line = turn.Line == 0 ? "" : $", {turn.Line:N0} of it for {turn.MostLines} line of {turn.Lines}";
                Console.Out.WriteLine($"{turn.Cost,9:N0}  {turn.Name}{line}");
            }
        }));
        root.Add(turns);
        var floods = new Command("floods", "Floods of SYNs on top of an imaging mix: what the whole program takes, and what finds the ring full.");
        floods.SetAction(_ => Guarded(() => FloodReport.Write(FloodMeasurement.Measure(FloodMeasurement.All), Console.Out)));
        root.Add(floods);
        var mix = new Command("mix", "What the box loses of what an imaging VLAN carries at 100 Mb/s, alone and with scans on top.");
        var most = new Option<int>("--seconds") { Description = "how long each", DefaultValueFactory = _ => 10 };
        var flood = new Option<MixFlood[]>("--flood")
        {
            Description = "what comes on top; may be given again",
            DefaultValueFactory = _ => Enum.GetValues<MixFlood>(),
        };
        var where = new Option<bool>("--profile") { Description = "print where the instructions go, too" };
        mix.Add(most);
        mix.Add(flood);
        var hides = new Option<bool>("--hides")
        {
            Description = "one in twenty frames of a flood is a sweep's; when that is told, in milliseconds",
        };
        mix.Add(where);
        mix.Add(hides);
        mix.SetAction(parsed => Guarded(() =>
        {
            IReadOnlyList<MixCost> costs = MixMeasurement.Measure(parsed.GetValue(most), parsed.GetValue(hides), parsed.GetValue(flood)!);
            CostReport.WriteMix(costs, Console.Out);
            foreach (MixCost cost in parsed.GetValue(where) ? costs : [])
            {
                CostReport.WriteProfile(cost);
            }
        }));
        root.Add(mix);
        var actors = new Option<int>("--actors") { Description = "how many", DefaultValueFactory = _ => 1_000_000 };
        actors.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 100)
            {
                result.AddError("--actors: at least 100");
            }
        });
        var seed = new Option<int>("--seed") { Description = "other actors than those of the page's figures" };
        var evidence = new Command("evidence", "How often the sequential tests blame a client, and when they tell a scanner, by simulation.")
        {
            actors,
            seed,
        };
        evidence.SetAction(parsed => Guarded(() =>
            EvidenceReport.Write(parsed.GetValue(actors), parsed.GetValue(seed), Console.Out)));
        root.Add(throughput);
        root.Add(evidence);
        root.Add(capture);
        root.Add(CoverageCommand.Make());
        root.Add(MutationCommand.Make());
        root.SetAction(parsed => Costs(parsed.GetValue(profile), parsed.GetValue(markdown)));
        return root.Parse(args).Invoke();
    }

    private static int Guarded(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("bench: " + e.Message);
            return 2;
        }
    }

    private static int Costs(string? profile, bool markdown)
    {
        IReadOnlyList<FrameCost> costs = [];
        int code = Guarded(() => costs = FrameMeasurement.Measure(profile ?? ""));
        if (code != 0)
        {
            return code;
        }

        if (costs.Count == 0)
        {
            Console.Error.WriteLine($"bench: no frame class has '{profile}' in its name");
            return 1;
        }

        if (profile != null)
        {
            foreach (FrameCost cost in costs)
            {
                CostReport.WriteProfile(cost);
            }
        }
        else if (markdown)
        {
            CostReport.WriteMarkdown(costs, Console.Out);
        }
        else
        {
            CostReport.WriteTable(costs);
        }

        return 0;
    }
}
