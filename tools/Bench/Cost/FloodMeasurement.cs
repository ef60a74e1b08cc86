using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text.Json;
using Appliance.Bench.Frames;
using Appliance.Bench.Traffic;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Cost;

/// <summary>A flood that the whole program has to keep up with.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Syns">How many a second.</param>
/// <param name="SixPercent">How many of a hundred are IPv6.</param>
/// <param name="Answers">Flags of what comes back, 0 for nothing.</param>
/// <param name="Millions">Millions of instructions that the board runs in a second.</param>
internal sealed record Flood(string Name, int Syns, int SixPercent, int Answers, int Millions);

/// <summary>What became of it.</summary>
/// <param name="Flood">The flood.</param>
/// <param name="Received">Frames on the wire.</param>
/// <param name="Kept">Frames that took a slot of the ring.</param>
/// <param name="Lost">Frames that found the ring full.</param>
/// <param name="LeftOut">Frames that were left out while the ring filled.</param>
/// <param name="MostTaken">Most slots that were taken at once.</param>
/// <param name="Megabits">Megabits a second on the wire.</param>
/// <param name="Load">Instructions a second that the program took.</param>
internal sealed record FloodResult(Flood Flood, long Received, long Kept, long Lost, long LeftOut, int MostTaken, double Megabits, long Load);

/// <summary>
/// Lets the whole program meet floods in a time that its own instructions make: while it is at work frames come, and wait in the
/// ring. What waiting for flash takes on a board is not in it, and neither is what the adapters do.
/// </summary>
internal static class FloodMeasurement
{
    // Whoever is silent is judged after three seconds, and each table is full long before the end.
    private const int Seconds = 10;

    /// <summary>The floods of the table.</summary>
    public static IReadOnlyList<Flood> All { get; } =
    [
        new("no flood", 0, 0, 0, 100),
        new("1,000 SYNs a second", 1_000, 0, 0, 100),
        new("1,000 SYNs a second, one in twenty by IPv6", 1_000, 5, 0, 100),
        new("1,000 SYNs a second, one in five by IPv6", 1_000, 20, 0, 100),
        new("1,000 SYNs a second, half of them by IPv6", 1_000, 50, 0, 100),
        new("1,000 SYNs a second, each refused", 1_000, 0, Tcp.Rst | Tcp.Ack, 100),
        new("1,000 SYNs a second, each accepted", 1_000, 0, Tcp.Syn | Tcp.Ack, 100),
    ];

    /// <summary>Measures.</summary>
    public static IReadOnlyList<FloodResult> Measure(IReadOnlyList<Flood> floods)
    {
        var world = new MeteredContext(["Appliance.Sensor", "Appliance.Imaging", "Appliance.Firmware"], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(FloodMeasurement)).GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), BenchTable.Shipped(), JsonSerializer.Serialize(floods)];
        string results = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return JsonSerializer.Deserialize<List<FloodResult>>(results)!;
    }

    // Runs in the other world; only text and octets pass between the two.
    private static string MeasureInside(string plan, byte[] table, string floods)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var results = new List<FloodResult>();
        foreach (Flood flood in JsonSerializer.Deserialize<List<Flood>>(floods)!)
        {
            var ring = new MirrorRing(FloodFrames.Make(flood.Syns, flood.SixPercent, flood.Answers));
            var rig = new ProgramRig(table, ring);
            long begun = rig.Now();
            long load = 0;
            while (rig.Now() - begun < Seconds * 1_000_000)
            {
                long cost = rig.CountedTurn();
                load += cost;
                // The turn's own time: a million a second is one a microsecond.
                rig.Pass(cost / flood.Millions);
            }

            double seconds = (rig.Now() - begun) / 1e6;
            results.Add(new FloodResult(flood, ring.Received, ring.Kept, ring.Lost, rig.LeftOut, ring.MostTaken, ring.WireOctets * 8 / seconds / 1e6,
                (long)(load / seconds)));
        }

        return JsonSerializer.Serialize(results);
    }
}
