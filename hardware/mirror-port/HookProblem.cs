namespace Appliance.MirrorPort;

/// <summary>Why the hook did not do what was asked; 0 is success.</summary>
public static class HookProblem
{
    /// <summary>A number is outside of what the member takes.</summary>
    public const int Number = -1;

    /// <summary>An array is too short for what was asked.</summary>
    public const int Arrays = -2;

    /// <summary>A port range of the interest mask goes backwards.</summary>
    public const int Ranges = -3;

    /// <summary>Not enough native memory.</summary>
    public const int Memory = -4;

    /// <summary>The Ethernet MAC or its PHY did not start: no RMII clock, wrong PHY address, or PHY without power.</summary>
    public const int Driver = -5;

    /// <summary>
    /// The transmit pin could not be taken from the MAC, or was found attached: the MAC was stopped, since the box must not
    /// transmit.
    /// </summary>
    public const int Transmitter = -6;

    /// <summary><see cref="MirrorHook.Open"/> was not called or failed.</summary>
    public const int Closed = -7;

    /// <summary>The chip's system refused; the image lacks a setting (README.md).</summary>
    public const int Refused = -8;

    /// <summary>An opening of the interest mask is not as the table's format has it, or there are too many.</summary>
    public const int Openings = -9;
}
