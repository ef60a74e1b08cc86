namespace Appliance.MirrorPort;

/// <summary>Numbers of the hook's counters, each since <see cref="MirrorHook.Open"/>. Received = kept + skipped + lost +
/// copies.</summary>
public static class HookCounter
{
    /// <summary>Frames that the MAC handed over.</summary>
    public const int Received = 0;

    /// <summary>Frames copied into the ring, signs of life included.</summary>
    public const int Kept = 1;

    /// <summary>Frames that the interest mask let go: counted, not copied.</summary>
    public const int Skipped = 2;

    /// <summary>Frames that would have been kept and found the ring full, and frames that there was no memory for at
    /// all.</summary>
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

    /// <summary>Frames to one host, unwrapped where they were wrapped.</summary>
    public const int Unicast = 12;

    /// <summary>Frames of which something was taken off.</summary>
    public const int Wrapped = 13;

    /// <summary>What was taken off the frame that was unwrapped last: native/core/Wrapping.h.</summary>
    public const int WrappedAs = 14;

    /// <summary>Frames of which their ERSPAN header says that the mirror cut them.</summary>
    public const int Truncated = 15;

    /// <summary>Frames that the mirror numbered and that did not come, less those that came late.</summary>
    public const int LostBefore = 16;

    /// <summary>Frames to one host of a kind that can't be read.</summary>
    public const int Unreadable = 17;

    /// <summary>The EtherType of most of those, of late; 0x001b for Marvell's DSA tag.</summary>
    public const int UnreadableType = 18;

    /// <summary>Frames that would have been kept, and are copies of one that was. The mask's own are not looked at: their share
    /// is that of the kept ones.</summary>
    public const int Copies = 19;

    /// <summary>Seconds in which the mirror was full: more than 95 % of the link's speed for ten milliseconds.</summary>
    public const int FullSeconds = 20;

    /// <summary>Segments of the sampled TCP connections, seen or not.</summary>
    public const int Sampled = 21;

    /// <summary>Of these, segments that were acknowledged and never seen: lost before the slot, what this port missed among
    /// them.</summary>
    public const int Unseen = 22;

    /// <summary>Sampled TCP connections of which both sides came.</summary>
    public const int Wholes = 23;

    /// <summary>Sampled TCP connections that went on and of which one side only came.</summary>
    public const int Halves = 24;

    /// <summary>The line's speed, in megabits a second.</summary>
    public const int Speed = 25;
}
