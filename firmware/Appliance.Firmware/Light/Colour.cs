namespace Appliance.Firmware.Light;

/// <summary>Colours of the light: a bit for each of its three parts.</summary>
public static class Colour
{
    /// <summary>Dark.</summary>
    public const int Off = 0;

    /// <summary>Red; only ever steady.</summary>
    public const int Red = 1;

    /// <summary>Green.</summary>
    public const int Green = 2;

    /// <summary>Red and green; only ever steady.</summary>
    public const int Yellow = 3;

    /// <summary>Blue.</summary>
    public const int Blue = 4;

    /// <summary>All three.</summary>
    public const int White = 7;
}
