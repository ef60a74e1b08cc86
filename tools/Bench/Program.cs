using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Appliance.Bench.Cost;
using Spectre.Console;

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
        root.SetAction(parsed => Costs(parsed.GetValue(profile), parsed.GetValue(markdown)));
        return root.Parse(args).Invoke();
    }

    private static int Costs(string? profile, bool markdown)
    {
        IReadOnlyList<FrameCost> costs;
        try
        {
            costs = FrameMeasurement.Measure(profile ?? "");
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine("bench: " + e.Message);
            return 2;
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
