using Appliance.Sensor.Lines;

namespace Appliance.Sensor;

/// <summary>What the program around the sensor asks of it for its own messages.</summary>
public sealed partial class TapSensor
{
    /// <summary>Who speaks: the program's own messages have the same host, boot count and enterprise number, and count in the same row.</summary>
    public readonly LineOrigin Origin;

    /// <summary>Entries that gave way to newer ones, in all tables.</summary>
    public int Evictions()
    {
        return _connections.Evictions + _suspicions.Evictions + _shared.Evictions + _broadcasts.Evictions + _joiner.Evictions
            + _incidents.Evictions;
    }
}
