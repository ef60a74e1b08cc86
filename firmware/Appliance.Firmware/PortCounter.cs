namespace Appliance.Firmware;

/// <summary>The counters of the mirror port.</summary>
public static class PortCounter
{
    /// <summary>Frames that the MAC delivered.</summary>
    public const int Received = 0;

    /// <summary>Of these, frames that the interest mask let through, lost ones included.</summary>
    public const int Kept = 1;

    /// <summary>Of these, frames that found the ring full, or no memory at all.</summary>
    public const int Lost = 2;

    /// <summary>Frames that the MAC could not deliver at all, for want of a buffer.</summary>
    public const int Missed = 3;

    /// <summary>Frames that the MAC sent. There is nothing that could send: any number but 0 is an alarm.</summary>
    public const int Transmitted = 4;

    /// <summary>Frames to one host, unwrapped where they were wrapped.</summary>
    public const int Unicast = 5;

    /// <summary>Frames of which something was taken off, so that the frame inside is what is seen.</summary>
    public const int Wrapped = 6;

    /// <summary>No count: what was taken off the frame that was unwrapped last, 0 for nothing yet. 1 tags, 2 VN-Tag, 3 E-tag, 4
    /// Cisco CMD, 5 PPPoE, 6 MPLS with IP, 7 MPLS with Ethernet, 8 GRE, 9 to 11 ERSPAN I to III, 12 VXLAN, 13 GENEVE, 14
    /// TZSP.</summary>
    public const int WrappedAs = 7;

    /// <summary>Frames of which their ERSPAN header says that the mirror cut them.</summary>
    public const int Truncated = 8;

    /// <summary>Frames that the mirror numbered and that did not come: lost between switch and slot, those that
    /// <see cref="Missed"/> counts among them. A frame that comes late takes one off.</summary>
    public const int LostBefore = 9;

    /// <summary>Frames to one host of a kind that can't be read.</summary>
    public const int Unreadable = 10;

    /// <summary>No count: the EtherType of most of those, of late; 0x001b for Marvell's DSA tag.</summary>
    public const int UnreadableType = 11;

    /// <summary>Frames that would have been kept, and are copies of one that was: dropped, and counted nowhere else but in
    /// <see cref="Received"/>. Those that the mask skips are not looked at: their share is that of the kept ones.</summary>
    public const int Copies = 12;

    /// <summary>Seconds in which the mirror was full: more than 95 % of 100 Mb/s for ten milliseconds.</summary>
    public const int FullSeconds = 13;

    /// <summary>Segments of the sampled TCP connections, seen or not.</summary>
    public const int Sampled = 14;

    /// <summary>Of these, segments that were acknowledged and never seen: lost before the slot, what this port missed among
    /// them.</summary>
    public const int Unseen = 15;

    /// <summary>Sampled TCP connections of which both sides came.</summary>
    public const int Wholes = 16;

    /// <summary>Sampled TCP connections that went on, of which one side only came: the mirror lacks the other.</summary>
    public const int Halves = 17;

    /// <summary>No count: the line's speed, in megabits a second.</summary>
    public const int Speed = 18;

    /// <summary>How many counters there are.</summary>
    public const int Count = 19;
}
