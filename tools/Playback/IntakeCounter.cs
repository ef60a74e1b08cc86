namespace Appliance.Playback;

/// <summary>The counters of <see cref="FrameIntake"/>, in the order of the firmware's <c>PortCounter</c> from its <c>Unicast</c>
/// on, which says what each counts.</summary>
public static class IntakeCounter
{
    /// <summary>Frames to one host, unwrapped where they were wrapped.</summary>
    public const int Unicast = 0;

    /// <summary>Frames of which something was taken off.</summary>
    public const int Wrapped = 1;

    /// <summary>What was taken off the frame that was unwrapped last, a number of <see cref="Wrapping"/>.</summary>
    public const int WrappedAs = 2;

    /// <summary>Frames of which their ERSPAN header says that the mirror cut them.</summary>
    public const int Truncated = 3;

    /// <summary>Frames that the mirror numbered and that did not come, less those that came late.</summary>
    public const int LostBefore = 4;

    /// <summary>Frames to one host of a kind that can't be read.</summary>
    public const int Unreadable = 5;

    /// <summary>The EtherType of most of those, of late.</summary>
    public const int UnreadableType = 6;

    /// <summary>Frames that would have been kept, and are copies of one that was. The mask's own are not looked at: their share
    /// is that of the kept ones.</summary>
    public const int Copies = 7;

    /// <summary>Seconds in which the mirror was full: more than 95 % of 100 Mb/s for ten milliseconds.</summary>
    public const int FullSeconds = 8;

    /// <summary>Segments of the sampled TCP connections, seen or not.</summary>
    public const int Sampled = 9;

    /// <summary>Of these, segments that were acknowledged and never seen: lost before the slot, what this port missed among
    /// them.</summary>
    public const int Unseen = 10;

    /// <summary>Sampled TCP connections of which both sides came.</summary>
    public const int Wholes = 11;

    /// <summary>Sampled TCP connections that went on, of which one side only came.</summary>
    public const int Halves = 12;

    /// <summary>The line's speed, in megabits a second: the box's port has 100.</summary>
    public const int Speed = 13;

    /// <summary>How many counters there are.</summary>
    public const int Count = 14;
}
