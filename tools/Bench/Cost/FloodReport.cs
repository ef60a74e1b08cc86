using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Appliance.Bench.Cost;

/// <summary>Writes what became of floods as the table of this tool's page.</summary>
internal static class FloodReport
{
    /// <summary>Writes.</summary>
    public static void Write(IReadOnlyList<FloodResult> results, TextWriter output)
    {
        output.WriteLine("| on top of 100 Mb/s of pictures | frames a run | kept | millions of instructions a second | slots taken at most | lost | left out |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (FloodResult r in results)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {r.Flood.Name} | {r.Received:N0} | {r.Kept:N0} | {r.Load / 1e6:N1} | {r.MostTaken} | {r.Lost:N0} | {r.LeftOut:N0} |"));
        }
    }
}
