using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Appliance.Bench.Frames;

namespace Appliance.Bench.Cost;

/// <summary>The dearest turn of the loop in some time without frames, and where its instructions go.</summary>
/// <param name="Name">What happened in that time.</param>
/// <param name="Cost">Instructions of the dearest turn.</param>
/// <param name="Turns">How many turns there were.</param>
/// <param name="Line">Of the cost, what writing lines of incidents took.</param>
/// <param name="Lines">How many lines of incidents all turns wrote.</param>
/// <param name="MostLines">How many the turn wrote that wrote most.</param>
/// <param name="Rows">What each method took in the dearest turn.</param>
internal sealed record TurnCost(string Name, long Cost, int Turns, long Line, int Lines, int MostLines, IReadOnlyList<MeterRow> Rows);

/// <summary>Measures the turns of the program's loop in a world whose program and sensor are the instrumented ones.</summary>
internal static class TurnMeasurement
{
    // Sweeps of so many strangers are a story each, and so are their port scans: more than four of an hour would be one.
    private const int StormStrangers = 4;

    // No turn that costs less has written a line of an incident.
    private const long LeastOfLine = 300_000;

    /// <summary>Measures.</summary>
    public static IReadOnlyList<TurnCost> Measure()
    {
        var world = new MeteredContext(["Appliance.Sensor", "Appliance.Imaging", "Appliance.Firmware"], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(TurnMeasurement)).GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), BenchTable.Shipped()];
        string costs = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return JsonSerializer.Deserialize<List<TurnCost>>(costs)!;
    }

    // Runs in the other world; only text and octets pass between the two.
    private static string MeasureInside(string plan, byte[] table)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var rig = new ProgramRig(table);
        var costs = new List<TurnCost> { Dearest("an idle hour, heartbeats included", rig, 3600) };
        rig.Lost = 3_714;
        costs.Add(Dearest("frames are lost", rig, 120));
        rig.HasLink = false;
        costs.Add(Dearest("the mirror port's link is lost", rig, 60));
        rig.HasLink = true;
        costs.Add(Dearest("it is back", rig, 60));
        rig.HasUplink = false;
        costs.Add(Dearest("the uplink is lost", rig, 300));
        rig.HasUplink = true;
        costs.Add(Dearest("it is back, and what waited is sent", rig, 300));
        rig.Flood();
        costs.Add(Dearest("a detector is told to be blind, and from then on in each heartbeat", rig, 2600));
        rig.Storm(StormStrangers);
        costs.Add(Dearest("the lines of a storm come due at once", rig, 60));
        // Two hours after the start it is told for the first time.
        costs.Add(Dearest("a host of the inventory is told, by a board with external memory", rig, 300));
        return JsonSerializer.Serialize(costs);
    }

    private static TurnCost Dearest(string name, ProgramRig rig, int seconds)
    {
        long cost = 0;
        long line = 0;
        int turns = 0;
        int lines = 0;
        int mostLines = 0;
        IReadOnlyList<MeterRow> rows = [];
        foreach (long turn in rig.Turns(seconds))
        {
            turns++;
            if (turn <= cost && turn < LeastOfLine)
            {
                continue;
            }

            MeterRow[] now = [.. Meter.Rows()];
            MeterRow[] written = [.. now.Where(row => row.Method.EndsWith("AlertWriter.WriteIncident", StringComparison.Ordinal))];
            int count = written.Sum(row => row.Calls);
            lines += count;
            mostLines = Math.Max(mostLines, count);
            if (turn > cost)
            {
                cost = turn;
                line = written.Sum(row => row.Inclusive);
                rows = now;
            }
        }

        return new TurnCost(name, cost, turns, line, lines, mostLines, rows);
    }
}
