using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Appliance.Bench.Coverage;

/// <summary>Which scans are seen: techniques × densities × rates × frames lost, seen of runs with Wilson's interval.</summary>
internal static class CoverageTable
{
    /// <summary>Shares of targets that answer, in per cent.</summary>
    public static readonly int[] Densities = [10, 50, 90];

    /// <summary>Shares of frames lost, in per cent.</summary>
    public static readonly int[] Losses = [0, 5, 20];

    /// <summary>From probe to probe: microseconds, and the name in the table.</summary>
    public static readonly (long Gap, string Name)[] Rates =
    [
        (1_000, "1,000 a second"), (100_000, "10 a second"), (60_000_000, "one a minute"), (3_600_000_000, "one an hour"),
        (86_400_000_000, "one a day"), (259_200_000_000, "one in three days"),
    ];

    /// <summary>Bounds of Wilson's interval at 95 % are so many standard deviations away.</summary>
    private const double Deviations = 1.96;

    /// <summary>Runs all and writes the table as Markdown.</summary>
    /// <param name="runs">Runs a cell.</param>
    /// <param name="only">Techniques whose name contains this; empty for all.</param>
    /// <param name="output">Where to.</param>
    public static void Write(int runs, string only, TextWriter output)
    {
        byte[] table = BenchTable.Shipped();
        output.WriteLine("| technique | rate | " + string.Join(" | ", Densities.SelectMany(density =>
            Losses.Select(lost => Text($"{density} %, {lost} lost")))) + " |");
        output.WriteLine("|---|---|" + string.Concat(Enumerable.Repeat("---:|", Densities.Length * Losses.Length)));
        foreach (Technique technique in Technique.All.Where(technique => technique.Name
            .Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            foreach ((long gap, string name) in Rates)
            {
                output.WriteLine($"| {technique.Name} | {name} | " + string.Join(" | ", Densities.SelectMany(density =>
                    Losses.Select(lost => Cell(Seen(table, technique, new Scene(density, gap, lost), runs), runs)))) + " |");
                output.Flush();
            }
        }
    }

    /// <summary>How many of a cell's runs are seen; always the same for the same sensor.</summary>
    /// <param name="table">A table file.</param>
    /// <param name="technique">The technique.</param>
    /// <param name="scene">What it meets.</param>
    /// <param name="runs">How many runs.</param>
    public static int Seen(byte[] table, Technique technique, Scene scene, int runs)
    {
        bool[] seen = new bool[runs];
        Parallel.For(0, runs, run => seen[run] = CoverageRun.IsSeen(table, technique, scene, 1 + run));
        return seen.Count(isSeen => isSeen);
    }

    /// <summary>A cell: <c>20/20 (84-100)</c>, per cent in the brackets.</summary>
    /// <param name="seen">Runs that are seen.</param>
    /// <param name="runs">All of them.</param>
    public static string Cell(int seen, int runs)
    {
        (double low, double high) = Wilson(seen, runs);
        return Text($"{seen}/{runs} ({Math.Floor(100 * low):0}-{Math.Ceiling(100 * high):0})");
    }

    /// <summary>Wilson's interval of a share (Wilson 1927).</summary>
    /// <param name="seen">Successes.</param>
    /// <param name="runs">Trials.</param>
    public static (double Low, double High) Wilson(int seen, int runs)
    {
        double share = (double)seen / runs;
        double square = Deviations * Deviations;
        double middle = (share + (square / (2 * runs))) / (1 + (square / runs));
        double half = Deviations / (1 + (square / runs)) * Math.Sqrt((share * (1 - share) / runs)
            + (square / (4.0 * runs * runs)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>Reads a table back: technique, rate, and what stands in each cell.</summary>
    /// <param name="lines">Lines of a page; those that are no rows of the table are passed over.</param>
    public static IReadOnlyList<(Technique Technique, long Gap, string[] Cells)> Read(IEnumerable<string> lines)
    {
        var rows = new List<(Technique, long, string[])>();
        foreach (string[] parts in lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split('|')))
        {
            Technique? technique = Technique.All.FirstOrDefault(technique => technique.Name == parts[0].Trim());
            int rate = parts.Length == 2 + (Densities.Length * Losses.Length)
                ? Array.FindIndex(Rates, rate => rate.Name == parts[1].Trim()) : -1;
            if (technique is not null && rate >= 0)
            {
                rows.Add((technique, Rates[rate].Gap, [.. parts.Skip(2).Select(cell => cell.Trim())]));
            }
        }

        return rows;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
