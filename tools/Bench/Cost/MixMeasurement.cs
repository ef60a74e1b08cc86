using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Appliance.Bench.Frames;
using Appliance.Bench.Traffic;
using Appliance.Playback;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Cost;

/// <summary>What became of an imaging mix at 100 Mb/s on a device of some speed.</summary>
/// <param name="Name">Board, speed and what came on top.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Frames">Frames that came.</param>
/// <param name="Kept">Those that the mask let through.</param>
/// <param name="Lost">Those that found the ring full.</param>
/// <param name="LeftOut">Frames that were left out while the ring filled.</param>
/// <param name="Fullest">Most slots that waited.</param>
/// <param name="Busy">Percent of the time that the loop took.</param>
/// <param name="Dearest">Instructions of its dearest turn.</param>
/// <param name="All">Instructions of all turns.</param>
/// <param name="Told">When the sweep was told that the flood hides, in milliseconds; -1 for never.</param>
/// <param name="Rows">Where they went.</param>
internal sealed record MixCost(
    string Name, int Seconds, long Frames, long Kept, long Lost, long LeftOut, int Fullest, double Busy, long Dearest, long All, long Told,
    IReadOnlyList<MeterRow> Rows);

/// <summary>Runs the whole program over the mix, in a world whose program, sensor and eyes are the instrumented ones.</summary>
internal static class MixMeasurement
{
    /// <summary>Instructions a microsecond that an ESP32 is taken to run: those that the limits are made for, and half of it, for
    /// one that waits for its flash half of the time.</summary>
    private static readonly int[] Speeds = [100, 50];

    /// <summary>Measures.</summary>
    /// <param name="seconds">For how long the mix comes.</param>
    /// <param name="floods">What comes on top, each in turn.</param>
    public static IReadOnlyList<MixCost> Measure(int seconds, params MixFlood[] floods) => Measure(seconds, false, floods);

    /// <summary>Measures, and whether a sweep is told that each flood hides.</summary>
    /// <param name="seconds">For how long the mix comes.</param>
    /// <param name="hides">One in twenty frames of a flood is such a sweep's.</param>
    /// <param name="floods">What comes on top, each in turn.</param>
    public static IReadOnlyList<MixCost> Measure(int seconds, bool hides, params MixFlood[] floods)
    {
        var world = new MeteredContext(["Appliance.Sensor", "Appliance.Imaging", "Appliance.Firmware"], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(MixMeasurement))
            .GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), BenchTable.Shipped(), BenchTable.ShippedForSmallBoards(), seconds, hides,
            Array.ConvertAll(floods, flood => (int)flood)];
        string costs = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return JsonSerializer.Deserialize<List<MixCost>>(costs)!;
    }

    // Runs in the other world; only text and octets pass between the two.
    private static string MeasureInside(string plan, byte[] table, byte[] smallTable, int seconds, bool hides, int[] floods)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var costs = new List<MixCost>();
        foreach (int speed in Speeds)
        {
            foreach (MixFlood flood in Array.ConvertAll(floods, number => (MixFlood)number))
            {
                // Olimex ESP32-POE-ISO-WROVER, and the boards without external memory.
                costs.Add(Run("PSRAM", table, 64, 1024, true, speed, flood, seconds, hides));
                costs.Add(Run("no PSRAM", smallTable, 8, 304, false, speed, flood, seconds, hides));
            }
        }

        return JsonSerializer.Serialize(costs);
    }

    private static MixCost Run(string board, byte[] table, int slots, int size, bool hasEyes, int speed, MixFlood flood, int seconds,
        bool hides)
    {
        var ring = new MirrorRing(new ImagingMix(flood, hides).Make(int.MaxValue).Select(frame => (frame.Time, frame.Bytes)), size);
        var rig = new ProgramRig(table, ring, slots, hasEyes);
        long begun = rig.Now();
        long all = 0;
        long dearest = 0;
        long told = -1;
        Meter.Reset();
        while (rig.Now() - begun < seconds * 1_000_000L)
        {
            long cost = rig.FurtherTurn();
            rig.Pass(cost / speed);
            all += cost;
            told = told < 0 && rig.HasTold("src=\"192.0.2.77\"") ? (rig.Now() - begun) / 1000 : told;
            dearest = Math.Max(dearest, cost);
        }

        string name = board + ", " + speed.ToString(CultureInfo.InvariantCulture) + " million a second"
            + flood switch
            {
                MixFlood.None => "",
                MixFlood.Sweep => ", and a sweep",
                MixFlood.Scans => ", and scans",
                MixFlood.Forged => ", and forged SYNs",
                MixFlood.Ports => ", and a port scan",
                MixFlood.Trojan => ", and forged SYNs to a trojan's port",
                MixFlood.Restricted => ", and forged SYNs to a restricted service",
                MixFlood.Answered => ", and forged SYNs that are answered",
                MixFlood.Talk => ", and forged SYNs to a trojan's port that answers",
                MixFlood.Datagrams => ", and refused datagrams to many ports",
                MixFlood.Arp => ", and forged ARP",
                MixFlood.Fragments => ", and SYNs in fragments",
                MixFlood.Six => ", and forged SYNs to a trojan's port, half of them by IPv6",
                _ => ", and SYNs in the name of 250 hosts of the site to a trojan's port",
            };
        double busy = 100.0 * all / speed / (rig.Now() - begun);
        return new MixCost(name, seconds, ring.Received, ring.Kept, ring.Lost, rig.LeftOut, ring.MostTaken, busy, dearest, all, told,
            [.. Meter.Rows()]);
    }

    /// <summary>Of the segments of images in some seconds of the mix those that the mask keeps though they are no signs of
    /// life.</summary>
    /// <param name="seconds">For how long.</param>
    public static (int Kept, int Bulk) BulkKept(int seconds)
    {
        byte[] file = BenchTable.Shipped();
        var table = new SignatureTable();
        if (table.Load(file, file.Length) != TableProblem.None)
        {
            throw new InvalidDataException("the sensor refuses the bench's table");
        }

        var intake = new FrameIntake();
        intake.UseInterest(table);
        int kept = 0;
        int bulk = 0;
        foreach (MixFrame frame in new ImagingMix(MixFlood.None).Make(seconds))
        {
            Interest interest = intake.Take(frame.Bytes, 0, frame.Bytes.Length, frame.Bytes.Length, frame.Time);
            bulk += frame.IsBulk ? 1 : 0;
            kept += frame.IsBulk && interest == Interest.Keep ? 1 : 0;
        }

        return (kept, bulk);
    }
}
