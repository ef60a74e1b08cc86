using System;
using System.Collections.Generic;
using System.Reflection;
using Appliance.Sensor;

namespace Appliance.Simulator.Explain;

/// <summary>
/// The sensor's own objects, found by their type, and their private arrays by name: what is explained is the state that decides,
/// and the device pays nothing for it.
/// </summary>
internal sealed class SensorParts
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Dictionary<Type, object> _parts = [];

    /// <summary>Finds all objects that a sensor holds.</summary>
    /// <param name="sensor">The sensor.</param>
    public SensorParts(TapSensor sensor)
    {
        Visit(sensor);
    }

    /// <summary>The part of a type.</summary>
    /// <exception cref="InvalidOperationException">This sensor has none.</exception>
    public T Get<T>()
        where T : class
    {
        return _parts.TryGetValue(typeof(T), out object? part) ? (T)part
            : throw new InvalidOperationException($"the sensor has no {typeof(T).Name}, which explain reads");
    }

    /// <summary>A private array of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The part has no such array.</exception>
    public static T ArrayOf<T>(object part, string name)
        where T : class
    {
        return part.GetType().GetField(name, Fields)?.GetValue(part) as T
            ?? throw new InvalidOperationException($"{part.GetType().Name} has no {name}, which explain reads");
    }

    /// <summary>A private number of a part's type.</summary>
    /// <param name="name">The constant's name.</param>
    /// <exception cref="InvalidOperationException">The type has no such constant.</exception>
    public static int ConstantOf<T>(string name)
    {
        return typeof(T).GetField(name,
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetRawConstantValue() is int value
            ? value : throw new InvalidOperationException($"{typeof(T).Name} has no {name}, which explain reads");
    }

    private void Visit(object part)
    {
        if (!_parts.TryAdd(part.GetType(), part))
        {
            return;
        }

        foreach (FieldInfo field in part.GetType().GetFields(Fields))
        {
            if (field.FieldType.IsClass && field.FieldType.Assembly == typeof(TapSensor).Assembly && field.GetValue(part) is { } value)
            {
                Visit(value);
            }
        }
    }
}
