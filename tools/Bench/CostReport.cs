using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Appliance.Bench.Cost;
using Spectre.Console;

namespace Appliance.Bench;

/// <summary>Prints what frames cost.</summary>
internal static class CostReport
{
    /// <summary>A table for the terminal.</summary>
    public static void WriteTable(IReadOnlyList<FrameCost> costs)
    {
        Table table = NewTable("frame", "instructions", "limit", "%");
        foreach (FrameCost cost in costs)
        {
            string share = cost.Limit == 0 ? "" : (100 * cost.Cost / cost.Limit).ToString(CultureInfo.InvariantCulture);
            table.AddRow(Markup.Escape(cost.Name), Number(cost.Cost), cost.Limit == 0 ? "" : Number(cost.Limit), share);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>The same as Markdown.</summary>
    public static void WriteMarkdown(IReadOnlyList<FrameCost> costs, TextWriter output)
    {
        output.WriteLine("| frame | instructions | limit |");
        output.WriteLine("|---|---:|---:|");
        foreach (FrameCost cost in costs)
        {
            output.WriteLine($"| {cost.Name} | {Number(cost.Cost)} | {(cost.Limit == 0 ? "" : Number(cost.Limit))} |");
        }
    }

    /// <summary>Where the instructions of one kind of frame go, callees under callers.</summary>
    public static void WriteProfile(FrameCost cost) =>
        WriteProfile($"{cost.Name}, {cost.Frames} frame(s)", cost.Cost * cost.Frames, cost.Rows);

    /// <summary>The same of a mix: all its turns.</summary>
    public static void WriteProfile(MixCost cost) => WriteProfile($"{cost.Name}, {cost.Seconds} s", cost.All, cost.Rows);

    private static void WriteProfile(string name, long all, IEnumerable<MeterRow> rows)
    {
        if (Console.IsOutputRedirected)
        {
            // The names of what is called deep down lie far to the right.
            AnsiConsole.Profile.Width = 200;
        }

        Table table = NewTable(name, "calls", "with callees", "own", "%");
        long total = Math.Max(1, all);
        foreach (MeterRow row in rows)
        {
            table.AddRow(
                new string(' ', 2 * row.Depth) + Markup.Escape(row.Method),
                Number(row.Calls),
                Number(row.Inclusive),
                Number(row.Own),
                (100 * row.Inclusive / total).ToString(CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>What became of the mix, as Markdown for this folder's page.</summary>
    public static void WriteMix(IReadOnlyList<MixCost> costs, TextWriter output)
    {
        output.WriteLine("| board, instructions | frames a second | kept a second | lost | left out | "
            + "most slots waiting | busy | dearest turn |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (MixCost cost in costs)
        {
            string busy = cost.Busy.ToString("N1", CultureInfo.InvariantCulture);
            output.WriteLine($"| {cost.Name} | {Number(cost.Frames / cost.Seconds)} | {Number(cost.Kept / cost.Seconds)} | "
                + $"{Number(cost.Lost)} | {Number(cost.LeftOut)} | {Number(cost.Fullest)} | "
                + $"{busy} % | {Number(cost.Dearest)} |" + (cost.Told < 0 ? "" : $" {Number(cost.Told)} |"));
        }
    }

    private static Table NewTable(string first, params string[] numbers)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape(first));
        foreach (string number in numbers)
        {
            table.AddColumn(new TableColumn(number).RightAligned());
        }

        return table;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
