namespace Appliance.Firmware;

/// <summary>How the connection to the collector is.</summary>
public static class UplinkState
{
    /// <summary>Microseconds that a call of the uplink may take at most.</summary>
    public const int LongestCall = 200000;

    /// <summary>There is none.</summary>
    public const int Closed = 0;

    /// <summary>It is being made.</summary>
    public const int Opening = 1;

    /// <summary>It takes messages.</summary>
    public const int Open = 2;

    /// <summary>It can't be made: the name is not known, nobody answers or listens, or the certificate is wrong.</summary>
    public const int Failed = 3;
}
