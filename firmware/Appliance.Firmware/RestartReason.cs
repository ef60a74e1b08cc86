namespace Appliance.Firmware;

/// <summary>Why the box started.</summary>
public static class RestartReason
{
    /// <summary>Nobody knows.</summary>
    public const int Unknown = 0;

    /// <summary>Power came.</summary>
    public const int PowerOn = 1;

    /// <summary>The reset pin or button.</summary>
    public const int Pin = 2;

    /// <summary>Software asked for it, such as a deployment.</summary>
    public const int Software = 3;

    /// <summary>The watchdog: the loop hung.</summary>
    public const int Watchdog = 4;

    /// <summary>The native code crashed.</summary>
    public const int Panic = 5;

    /// <summary>The supply voltage fell too low.</summary>
    public const int Brownout = 6;

    /// <summary>How many reasons there are.</summary>
    public const int Count = 7;
}
