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
    /// <summary>Measures.</summary>
    /// <param name="part">Only kinds whose name contains this; empty: all.</param>
    /// <exception cref="InvalidDataException">The sensor has an instruction or a library call whose cost is not known.</exception>
    public static IReadOnlyList<FrameCost> Measure(string part)
    {
        string sensor = Path.Combine(AppContext.BaseDirectory, "Appliance.Sensor.dll");
        var world = new MeteredContext(sensor, out MeterPlan plan);
        MethodInfo inside = world.CopyOf(typeof(FrameMeasurement))
            .GetMethod(nameof(MeasureInside), BindingFlags.Static | BindingFlags.NonPublic)!;
        string costs = (string)inside.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [JsonSerializer.Serialize(plan), part], null)!;
        return JsonSerializer.Deserialize<List<FrameCost>>(costs)!;
    }

    // Runs in the other world; only text passes between the two.
    private static string MeasureInside(string plan, string part)
    {
        Meter.Use(JsonSerializer.Deserialize<MeterPlan>(plan)!);
        var costs = new List<FrameCost>();
        foreach (FrameClass frameClass in FrameClasses.All().Where(c => c.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            frameClass.Prepare();
            Meter.Start();
            frameClass.Run();
            long total = Meter.Stop();
            costs.Add(new FrameCost(frameClass.Name, frameClass.Limit, total / frameClass.Frames, frameClass.Frames, [.. Meter.Rows()]));
        }

        return JsonSerializer.Serialize(costs);
    }
}
