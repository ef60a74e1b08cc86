using Appliance.Sensor.Memories;

namespace Appliance.Sensor;

/// <summary>What the program around the sensor asks of it for its own messages.</summary>
public sealed partial class TapSensor
{
    /// <summary>The sequenceId of a message that the program writes itself: it counts in the same row as the sensor's.</summary>
    public int NextSequence()
    {
        return _writer.NextSequence();
    }

    /// <summary>Entries that gave way to newer ones, in all tables.</summary>
    public int Evictions()
    {
        return _connections.Evictions + _suspicions.Evictions + _shared.Evictions + _broadcasts.Evictions + _joiner.Evictions
            + _incidents.Evictions;
    }
}
