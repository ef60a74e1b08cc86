using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Appliance.Firmware;
using Appliance.Imaging;
using Appliance.Sensor;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator;

/// <summary>
/// What the objects of the program and its sensor would take of a device's heap, counted by walking them with the figures that
/// were measured on the interpreter: 12 octets an object, 12 a field, 20 an array and its elements.
/// </summary>
internal static class DeviceMemory
{
    private const int ObjectOctets = 12;
    private const int FieldOctets = 12;
    private const int ArrayOctets = 20;

    /// <summary>A reference in an array is a heap block of its own.</summary>
    private const int ReferenceOctets = 12;

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Octets of native memory of a slot in the ring (hardware/mirror-port).</summary>
    public const int RingSlotOctets = 144;

    /// <summary>Octets of the managed heap of a slot in a batch: octets, words, length, stamp and kind.</summary>
    public const int BatchSlotOctets = SlotBatch.SlotLength + (SlotBatch.SlotWords * 4) + 4 + 8 + 1;

    /// <summary>Octets by part: the ring, each object that the sensor holds with all that only it holds, and the same of the
    /// program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="ring">Slots in the ring.</param>
    public static IReadOnlyList<(string Part, int Octets)> Of(TapProgram program, int ring)
    {
        TapSensor sensor = program.Sensor;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { sensor, program, program.Batch, program.Store };
        var parts = new List<(string Part, int Octets)> { ("ring", ring * RingSlotOctets), ("batch",
            Octets(new SlotBatch(new TapSettings().Slots), seen)) };
        List<(string Name, object Value)> members = PartsOf(sensor);
        // What the simulation's own batch holds, which is another one than the device's.
        seen.UnionWith(Members(program.Batch).Select(m => m.Value));
        List<(string Name, object Value)> own = [.. Members(program).Where(m => IsCounted(m.Value) && !seen.Contains(m.Value)
            && m.Value is not TapSettings)];

        // A part that another one points to as well is counted as itself.
        seen.UnionWith(members.Select(m => m.Value));
        seen.UnionWith(own.Select(m => m.Value));
        foreach (object settings in Members(program).Select(m => m.Value).OfType<TapSettings>())
        {
            // Its tables and keys are in flash.
            seen.Add(settings);
        }

        AddSensor(parts, sensor, members, seen);
        foreach ((string name, object value) in own.Where(o => !members.Exists(m => ReferenceEquals(m.Value, o.Value))))
        {
            seen.Remove(value);
            parts.Add(("program." + char.ToLowerInvariant(name[0]) + name[1..], Octets(value, seen)));
        }

        seen.Remove(program.Store);
        parts.Add(("program.store", Octets(program.Store, seen)));
        parts.Add(("program", Shell(program)));
        return parts;
    }

    /// <summary>Octets by part of a sensor alone.</summary>
    /// <param name="sensor">The sensor.</param>
    public static IReadOnlyList<(string Part, int Octets)> Of(TapSensor sensor)
    {
        List<(string Name, object Value)> members = PartsOf(sensor);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { sensor };
        seen.UnionWith(members.Select(m => m.Value));
        var parts = new List<(string Part, int Octets)>();
        AddSensor(parts, sensor, members, seen);
        return parts;
    }

    /// <summary>Octets of objects with all that only they hold.</summary>
    /// <param name="held">What is there anyhow.</param>
    /// <param name="objects">The objects.</param>
    public static int Beside(IEnumerable<object> held, params object[] objects)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (object each in held)
        {
            Octets(each, seen);
        }

        return objects.Sum(each => Octets(each, seen));
    }

    private static void AddSensor(List<(string Part, int Octets)> parts, TapSensor sensor, List<(string Name,
        object Value)> members,
        HashSet<object> seen)
    {
        foreach ((string name, object value) in members)
        {
            seen.Remove(value);
            parts.Add((name, Octets(value, seen)));
        }

        parts.Add(("sensor", Shell(sensor)));
    }

    /// <summary>How many entries each of the sensor's tables had to give up for newer ones.</summary>
    public static IReadOnlyList<(string Table, int Count)> EvictionsOf(TapSensor sensor)
    {
        var evictions = new List<(string, int)>();
        foreach ((string name, object value) in PartsOf(sensor))
        {
            if (value.GetType().GetField("Evictions")?.GetValue(value) is int count)
            {
                evictions.Add((name, count));
            }
        }

        return evictions;
    }

    /// <summary>What the sensor's face holds, and each memory behind it under the name of the field that leads there.</summary>
    private static List<(string Name, object Value)> PartsOf(TapSensor sensor)
    {
        List<(string Name, object Value)> parts = [.. Members(sensor).Where(m => IsCounted(m.Value))];
        var known = new HashSet<object>(parts.Select(p => p.Value), ReferenceEqualityComparer.Instance);
        var ways = new Queue<object>(known);
        while (ways.TryDequeue(out object? way))
        {
            foreach ((string Name, object Value) member in Members(way).Where(m => m.Value is not Array && IsCounted(m.Value)
                && known.Add(m.Value)))
            {
                ways.Enqueue(member.Value);
                if ((member.Value.GetType().Namespace == typeof(Connections).Namespace && member.Value is not Probe)
                    || member.Value is SiteView)
                {
                    parts.Add((char.ToLowerInvariant(member.Name[0]) + member.Name[1..], member.Value));
                }
            }
        }

        return parts;
    }

    private static IEnumerable<(string Name, object Value)> Members(object owner)
    {
        return owner.GetType().GetFields(Fields).Where(f => !f.FieldType.IsValueType)
            .Select(f => (NameOf(f), f.GetValue(owner)!)).Where(member => member.Item2 is not null);
    }

    // Public or not, a part has the same name in the statistics.
    private static string NameOf(FieldInfo field)
    {
        string name = field.Name.TrimStart('_');
        return field.DeclaringType == typeof(TapSensor) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    /// <summary>What the device has too: the sensor's own objects and arrays, not the workstation's that it talks to.</summary>
    private static bool IsCounted(object value)
    {
        return value is Array || value.GetType().Assembly == typeof(TapSensor).Assembly
            || value.GetType().Assembly == typeof(TapProgram).Assembly || value.GetType().Assembly == typeof(ImagingEyes).Assembly;
    }

    private static int Octets(object value, HashSet<object> seen)
    {
        if (!seen.Add(value))
        {
            return 0;
        }

        if (value is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            int size = element.IsPrimitive ? SizeOf(element) : ReferenceOctets;
            int octets = ArrayOctets + (array.Length * size);
            return element.IsPrimitive ? octets : octets + array.OfType<object>().Where(IsCounted).Sum(item => Octets(item,
                seen));
        }

        return Shell(value) + Members(value).Where(m => IsCounted(m.Value)).Sum(m => Octets(m.Value, seen));
    }

    private static int Shell(object value)
    {
        int fields = 0;
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            fields += type.GetFields(Fields | BindingFlags.DeclaredOnly).Length;
        }

        return ObjectOctets + (fields * FieldOctets);
    }

    private static int SizeOf(Type primitive) => Type.GetTypeCode(primitive) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => 4,
    };
}
