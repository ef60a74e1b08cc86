namespace Appliance.Sensor;

/// <summary>
/// A batch of slots as the mirror port hands them over: parallel arrays, because the device reads an <c>int[]</c> for 186
/// instructions where four bytes cost it a thousand.
/// </summary>
public sealed class SlotBatch
{
    /// <summary>Octets of a slot; the hook copies no more of a frame.</summary>
    public const int SlotLength = 128;

    /// <summary>Bits of <see cref="Lengths"/> that hold the frame's length on the wire, without the frame check sequence.</summary>
    public const int WireLengthMask = 0xffff;

    /// <summary>Shift of the number of octets captured (at most <see cref="SlotLength"/>) in <see cref="Lengths"/>.</summary>
    public const int CapturedShift = 16;

    /// <summary>Bits of the number of octets captured, after the shift.</summary>
    public const int CapturedMask = 0xff;

    /// <summary>Bit of <see cref="Lengths"/>: a data frame kept only as a sign of life, one in N.</summary>
    public const int SignOfLife = 1 << 24;

    /// <summary>The slots, one behind the other, <see cref="SlotLength"/> octets each.</summary>
    public readonly byte[] Bytes;

    /// <summary>A slot: wire length, octets captured, and why it was kept.</summary>
    public readonly int[] Lengths;

    /// <summary>A slot: microseconds since the tap started, never going back. In a replay the capture's, made monotonic.</summary>
    public readonly long[] Stamps;

    /// <summary>How many slots are filled.</summary>
    public int Count;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="slots">How many slots it holds at most.</param>
    public SlotBatch(int slots)
    {
        Bytes = new byte[slots * SlotLength];
        Lengths = new int[slots];
        Stamps = new long[slots];
    }
}
