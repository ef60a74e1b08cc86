namespace Appliance.Firmware;

/// <summary>What <see cref="IClock.Offset"/> gives when there is nothing to give.</summary>
public static class ClockOffset
{
    /// <summary>The time of day is not known.</summary>
    public const long Unknown = long.MinValue;
}
