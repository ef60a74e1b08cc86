namespace Appliance.MirrorPort;

/// <summary>Numbers of the hook's counters, each since <see cref="MirrorHook.Open"/>. Received = kept + skipped + lost.</summary>
public static class HookCounter
{
    /// <summary>Frames that the MAC handed over.</summary>
    public const int Received = 0;

    /// <summary>Frames copied into the ring, signs of life included.</summary>
    public const int Kept = 1;

    /// <summary>Frames that the interest mask let go: counted, not copied.</summary>
    public const int Skipped = 2;

    /// <summary>Frames that would have been kept and found the ring full, and frames that there was no memory for at all.</summary>
    public const int Lost = 3;

    /// <summary>Octets of all frames received, on the wire without the frame check sequence.</summary>
    public const int Octets = 4;

    /// <summary>Frames that the MAC missed for want of a receive buffer in memory (its own counter DMAMISSEDFR).</summary>
    public const int Missed = 5;

    /// <summary>Frames that the MAC missed since its FIFO ran over (the other half of DMAMISSEDFR).</summary>
    public const int Overflowed = 6;

    /// <summary>
    /// Attempts to transmit: frames that software gave to the mirror port's driver, all of them refused, and looks at the MAC
    /// that found its
    /// transmitter, its transmit DMA or its transmit pin on. 0 on a healthy box.
    /// </summary>
    public const int Transmitted = 7;

    /// <summary>How often the receiver was reset.</summary>
    public const int Resets = 8;

    /// <summary>How often the link came up.</summary>
    public const int LinkUps = 9;

    /// <summary>Frames waiting in the ring now.</summary>
    public const int Waiting = 10;

    /// <summary>The most frames that ever waited in the ring.</summary>
    public const int MostWaiting = 11;
}
