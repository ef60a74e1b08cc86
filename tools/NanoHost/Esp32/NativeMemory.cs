namespace nanoFramework.Hardware.Esp32;

/// <summary>The chip's memory beside the managed heap: figures that a test may set.</summary>
public class NativeMemory
{
    /// <summary>Kinds of memory.</summary>
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    /// <summary>Octets in all, free, and in the largest block, of the internal memory. Not in nanoFramework.</summary>
    internal static (uint Total, uint Free, uint Largest) Internal { get; set; } = (320_000, 60_000, 46_000);

    /// <summary>The same of the external memory; zeros where there is none. Not in nanoFramework.</summary>
    internal static (uint Total, uint Free, uint Largest) External { get; set; }

    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock) =>
        (totalSize, totalFreeSize, largestFreeBlock) = memType == MemoryType.SpiRam ? External : Internal;
}
