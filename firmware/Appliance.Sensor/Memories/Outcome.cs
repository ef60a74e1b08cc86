namespace Appliance.Sensor.Memories;

/// <summary>What an attempt came to.</summary>
public static class Outcome
{
    /// <summary>Nothing came back from a host that is known to live.</summary>
    public const int Silent = 0;

    /// <summary>Nothing came back from a home address that never spoke.</summary>
    public const int Dark = 1;

    /// <summary>A reset or an ICMP unreachable came back.</summary>
    public const int Refused = 2;

    /// <summary>A SYN-ACK or an echo reply came back, and then no conversation.</summary>
    public const int Answered = 3;

    /// <summary>Both sides sent data: a service in use.</summary>
    public const int Open = 4;

    /// <summary>The connection memory had to forget it.</summary>
    public const int Unknown = 5;
}
