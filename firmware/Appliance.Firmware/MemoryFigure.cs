namespace Appliance.Firmware;

/// <summary>What is known of the native memory, from which the ring, the network and TLS live; the managed heap is
/// another.</summary>
public static class MemoryFigure
{
    /// <summary>Octets that are free in the chip itself.</summary>
    public const int Free = 0;

    /// <summary>Octets of its largest free block: more can't be had in one piece.</summary>
    public const int Block = 1;

    /// <summary>Octets that are free in the external memory (PSRAM).</summary>
    public const int ExternalFree = 2;

    /// <summary>Octets of its largest free block.</summary>
    public const int ExternalBlock = 3;
}
