using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>An attempt of the actor, from the frame that made it to its judgement.</summary>
internal sealed class Attempt
{
    /// <summary>Its frame, counted from 1 over all captures.</summary>
    public required long Frame { get; init; }

    /// <summary>When it came, microseconds since 1970.</summary>
    public required long Wall { get; init; }

    /// <summary>When it came, centiseconds of the sensor's clock.</summary>
    public required int Now { get; init; }

    /// <summary>4 or 6.</summary>
    public required int Version { get; init; }

    /// <summary>IP protocol number, or a constant of <see cref="Probe"/>.</summary>
    public required int Protocol { get; init; }

    /// <summary>Destination port; 0 without one.</summary>
    public required int Port { get; init; }

    /// <summary>Whom, as the trackers know him.</summary>
    public required int Target { get; init; }

    /// <summary>Whom, as a person knows him.</summary>
    public required string TargetText { get; init; }

    /// <summary>The target's living bit, -1 when it is not at home.</summary>
    public required int LivingBit { get; init; }

    /// <summary>The signature that it satisfied, -1 for none.</summary>
    public required int Signature { get; init; }

    /// <summary>Nobody does this in good faith.</summary>
    public required bool IsSuspect { get; init; }

    /// <summary>A restricted service was asked for.</summary>
    public required bool IsRestricted { get; init; }

    /// <summary>Its place in the queue of attempts.</summary>
    public required int Place { get; init; }

    /// <summary>Its connection, and that one's key.</summary>
    public required (int Entry, int Key) Connection { get; init; }

    /// <summary>The key under which its actor's acquaintances and suspicion of the port are kept.</summary>
    public required int SweepKey { get; init; }

    /// <summary>Its actor had asked this target before, as the sensor remembers it.</summary>
    public required bool IsKnown { get; set; }

    /// <summary>What its connection says of it, as seen last: bits of <see cref="Connections.States"/>; -1 where it is
    /// forgotten.</summary>
    public int State { get; set; }

    /// <summary>What it came to, a constant of <see cref="Sensor.Memories.Outcome"/>.</summary>
    public int Outcome { get; set; } = -1;

    /// <summary>Number of the incident that it joined when it was judged; 0 for none.</summary>
    public int Incident { get; set; }

    /// <summary>The service, as lines write it.</summary>
    public string Service => ServiceWord.Of(Protocol, Port);
}
