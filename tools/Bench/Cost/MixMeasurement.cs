using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Appliance.Bench.Frames;
using Appliance.Bench.Traffic;

namespace Appliance.Bench.Cost;

/// <summary>What became of an imaging mix at 100 Mb/s on a device of some speed.</summary>
/// <param name="Name">Board, speed and what came on top.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Frames">Frames that came.</param>
/// <param name="Kept">Those that the mask let through.</param>
/// <param name="Lost">Those that found the ring full.</param>
/// <param name="Fullest">Most slots that waited.</param>
/// <param name="Busy">Percent of the time that the loop took.</param>
/// <param name="Dearest">Instructions of its dearest turn.</param>
/// <param name="Bulk">Segments of images.</param>
/// <param name="BulkKept">Those that were kept, though not as a sign of life.</param>
internal sealed record MixCost(
    string Name, int Seconds, long Frames, long Kept, long Lost, int Fullest, double Busy, long Dearest, long Bulk, long BulkKept);

/// <summary>Runs the whole program over the mix, in a world whose program, sensor and eyes are the instrumented ones.</summary>
internal static class MixMeasurement
{
    /// <summary>Instructions a microsecond that an ESP32 is taken to run: those that the limits are made for, and half of it, for one that
    /// waits for its flash half of the time.</summary>
    private static readonly int[] Speeds = [100, 50];

    /// <summary>Measures.</summary>
    /// <param name="seconds">For how long the mix comes.</param>
    /// <param name="floods">What comes on top, each in turn.</param>
    public static IReadOnlyList<MixCost> Measure(int seconds, params MixFlood[] floods)
    {
        var world = new MeteredContext(["Appliance.Sensor", "Appliance.Imaging", "Appliance.Firmware"], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(MixMeasurement))
            .GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), BenchTable.Shipped(), BenchTable.ShippedForSmallBoards(), seconds,
            Array.ConvertAll(floods, flood => (int)flood)];
        string costs = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return JsonSerializer.Deserialize<List<MixCost>>(costs)!;
    }

    // Runs in the other world; only text and octets pass between the two.
    private static string MeasureInside(string plan, byte[] table, byte[] smallTable, int seconds, int[] floods)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var costs = new List<MixCost>();
        foreach (int speed in Speeds)
        {
            foreach (MixFlood flood in Array.ConvertAll(floods, number => (MixFlood)number))
            {
                // Olimex ESP32-POE-ISO-WROVER, and the boards without external memory.
                costs.Add(Run("PSRAM", table, 64, 1024, true, speed, flood, seconds));
                costs.Add(Run("no PSRAM", smallTable, 8, 304, false, speed, flood, seconds));
            }
        }

        return JsonSerializer.Serialize(costs);
    }

    private static MixCost Run(string board, byte[] table, int slots, int ring, bool hasEyes, int speed, MixFlood flood, int seconds)
    {
        var port = new MixPort(new ImagingMix(flood).Make(seconds), ring);
        var rig = new ProgramRig(table, port, slots, hasEyes);
        (long all, long dearest) = rig.TakeMix(speed);
        string name = board + ", " + speed.ToString(CultureInfo.InvariantCulture) + " million a second"
            + flood switch
            {
                MixFlood.None => "",
                MixFlood.Sweep => ", and a sweep",
                MixFlood.Scans => ", and scans",
                _ => ", and forged SYNs",
            };
        double busy = 100.0 * all / speed / (seconds * 1_000_000.0);
        return new MixCost(name, seconds, port.Frames, port.Kept, port.Lost, port.Fullest, busy, dearest, port.Bulk, port.BulkKept);
    }
}
