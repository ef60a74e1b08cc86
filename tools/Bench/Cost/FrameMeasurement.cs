using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Appliance.Bench.Frames;

namespace Appliance.Bench.Cost;

/// <summary>Measures the kinds of frames in a world whose sensor is the instrumented one.</summary>
internal static class FrameMeasurement
{
    private const int LargeTable = 200;
    private const string Sensor = "Appliance.Sensor";
    private const string Imaging = "Appliance.Imaging";

    /// <summary>Measures.</summary>
    /// <param name="part">Only kinds whose name contains this; empty: all.</param>
    /// <exception cref="InvalidDataException">The sensor has an instruction or a library call whose cost is not
    /// known.</exception>
    public static IReadOnlyList<FrameCost> Measure(string part)
    {
        var world = new MeteredContext([Sensor, Imaging], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(FrameMeasurement))
            .GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), part, BenchTable.Shipped(), BenchTable.Filled(LargeTable)];
        string costs = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return JsonSerializer.Deserialize<List<FrameCost>>(costs)!;
    }

    /// <summary>Counts what loading a table takes, its matcher included.</summary>
    /// <param name="table">A table file that the sensor accepts.</param>
    /// <returns>Instructions of the device's interpreter.</returns>
    public static long MeasureLoad(byte[] table)
    {
        var world = new MeteredContext([Sensor], out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(FrameMeasurement)).GetMethod(nameof(LoadInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] arguments = [JsonSerializer.Serialize(plan), table];
        return (long)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private static long LoadInside(string plan, byte[] table)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var load = new LoadClass("load", 0, table);
        load.Prepare();
        Meter.Reset();
        load.Run();
        return Meter.Total;
    }

    // Runs in the other world; only text and octets pass between the two.
    private static string MeasureInside(string plan, string part, byte[] table, byte[] largeTable)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var costs = new List<FrameCost>();
        foreach (FrameClass frameClass in FrameClasses.All(table, largeTable)
            .Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            frameClass.Prepare();
            Meter.Reset();
            int frames = frameClass.Run();
            costs.Add(new FrameCost(frameClass.Name, frameClass.Limit, Meter.Total / frames, frames, [.. Meter.Rows()]));
        }

        return JsonSerializer.Serialize(costs);
    }
}
