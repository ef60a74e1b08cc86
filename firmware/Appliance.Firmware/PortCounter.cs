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

    /// <summary>How many counters there are.</summary>
    public const int Count = 5;
}
