using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Appliance.Sensor;

namespace Appliance.Simulator;

/// <summary>
/// What the sensor's objects would take of a device's heap, counted by walking them with the figures that were measured on the
/// interpreter: 12 octets an object, 12 a field, 20 an array and its elements.
/// </summary>
internal static class DeviceMemory
{
    private const int ObjectOctets = 12;
    private const int FieldOctets = 12;
    private const int ArrayOctets = 20;

    /// <summary>A reference in an array is a heap block of its own.</summary>
    private const int ReferenceOctets = 12;

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Octets by part: the ring, and each object that the sensor holds with all that only it holds.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="ring">The slots, which the sensor reads.</param>
    public static IReadOnlyList<(string Part, int Octets)> Of(TapSensor sensor, SlotBatch ring)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { sensor };
        var parts = new List<(string Part, int Octets)> { ("ring", Octets(ring, seen)) };
        List<(string Name, object Value)> members = [.. Members(sensor).Where(m => IsCounted(m.Value))];

        // A part that another one points to as well is counted as itself.
        seen.UnionWith(members.Select(m => m.Value));
        foreach ((string name, object value) in members)
        {
            seen.Remove(value);
            parts.Add((name, Octets(value, seen)));
        }

        parts.Add(("sensor", Shell(sensor)));
        return parts;
    }

    /// <summary>How many entries each of the sensor's tables had to give up for newer ones.</summary>
    public static IReadOnlyList<(string Table, int Count)> EvictionsOf(TapSensor sensor)
    {
        var evictions = new List<(string, int)>();
        foreach ((string name, object value) in Members(sensor))
        {
            if (value.GetType().GetField("Evictions")?.GetValue(value) is int count)
            {
                evictions.Add((name, count));
            }
        }

        return evictions;
    }

    private static IEnumerable<(string Name, object Value)> Members(object owner)
    {
        return owner.GetType().GetFields(Fields).Where(f => !f.FieldType.IsValueType)
            .Select(f => (f.Name.TrimStart('_'), f.GetValue(owner)!)).Where(member => member.Item2 is not null);
    }

    /// <summary>What the device has too: the sensor's own objects and arrays, not the workstation's that it talks to.</summary>
    private static bool IsCounted(object value)
    {
        return value is Array || value.GetType().Assembly == typeof(TapSensor).Assembly;
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
            return element.IsPrimitive ? octets : octets + array.OfType<object>().Where(IsCounted).Sum(item => Octets(item, seen));
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
