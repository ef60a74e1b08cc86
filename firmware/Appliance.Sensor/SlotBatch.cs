using Appliance.Sensor.Frames;

namespace Appliance.Sensor;

/// <summary>
/// A batch of slots as the mirror port hands them over: parallel arrays, because the device reads an <c>int[]</c> for 186
/// instructions where four bytes cost it a thousand.
/// </summary>
public sealed class SlotBatch
{
    /// <summary>Octets of a slot; the hook copies no more of a frame.</summary>
    public const int SlotLength = 1 << BytesShift;

    /// <summary>Shift from a slot's number to its first octet.</summary>
    public const int BytesShift = 7;

    /// <summary>Words of a slot in <see cref="Words"/>: they reach to the end of a TCP header behind two tags.</summary>
    public const int SlotWords = 16;

    /// <summary>Shift from a slot's number to its first word.</summary>
    public const int WordShift = 4;

    /// <summary>
    /// Octets that stand in <see cref="Words"/> before the frame, so that every header behind the link layer begins a word.
    /// </summary>
    public const int WordPadding = 2;

    /// <summary>The word of an untagged frame with which its IP header begins.</summary>
    public const int IpWord = (Ethernet.HeaderLength + WordPadding) / 4;

    /// <summary>
    /// Bits of <see cref="Lengths"/> that hold the frame's length on the wire, without the frame check sequence.
    /// </summary>
    public const int WireLengthMask = 0xffff;

    /// <summary>Shift of the number of octets captured (at most <see cref="SlotLength"/>) in <see cref="Lengths"/>.</summary>
    public const int CapturedShift = 16;

    /// <summary>Bits of the number of octets captured, after the shift.</summary>
    public const int CapturedMask = 0xff;

    /// <summary>Bit of <see cref="Lengths"/>: a data frame kept only as a sign of life, one in N.</summary>
    public const int SignOfLife = 1 << 24;

    /// <summary>
    /// Bits of <see cref="Lengths"/> that hold the frame's shape. Nearly every frame of an imaging network is a plain one:
    /// unicast IPv4 without options, whole, its lengths true, TCP or UDP, tagged at most once, its headers captured. Whoever
    /// fills the slot says so once, which costs the hook some thirty instructions and saves the interpreter two thousand.
    /// </summary>
    public const int ShapeMask = 3 << 25;

    /// <summary>Shape: none of the others; the frame is decoded.</summary>
    public const int ShapeOther = 0;

    /// <summary>Shape: plain TCP with ACK and without SYN, FIN and RST.</summary>
    public const int ShapeSegment = 1 << 25;

    /// <summary>Shape: plain TCP with other flags.</summary>
    public const int ShapeTcp = 2 << 25;

    /// <summary>Shape: plain UDP.</summary>
    public const int ShapeUdp = 3 << 25;

    /// <summary>Bit of <see cref="Lengths"/>: a frame of one of these shapes stands behind one 802.1Q tag.</summary>
    public const int Tagged = 1 << 27;

    /// <summary>
    /// Shift of what was taken off the frame in <see cref="Lengths"/>, four bits: 0 for nothing, else a number of the hook's
    /// core/Wrapping.h. The slot holds the frame inside, and its length is that frame's.
    /// </summary>
    public const int WrappingShift = 28;

    /// <summary>
    /// The slots, one behind the other, <see cref="SlotLength"/> octets each; behind what was captured stand zeros.
    /// </summary>
    public readonly byte[] Bytes;

    /// <summary>
    /// The slots' first octets again, as 32-bit numbers in network byte order, <see cref="SlotWords"/> a slot: number k of a slot
    /// holds its octets 4k-2 to 4k+1. Ethernet's 14 octets and each tag's 4 put every IP, TCP and UDP field at a word's edge, and
    /// the device reads a word for the price of an octet. The hook swaps them as it copies; on a workstation Playback does.
    /// </summary>
    public readonly int[] Words;

    /// <summary>A slot: wire length, octets captured, why it was kept, and its shape.</summary>
    public readonly int[] Lengths;

    /// <summary>
    /// A slot: microseconds since the tap started, never going back. In a replay the capture's, made monotonic.
    /// </summary>
    public readonly long[] Stamps;

    /// <summary>A slot: a number for its kind, of whoever sorts them.</summary>
    public readonly byte[] Kinds;

    /// <summary>How many slots are filled.</summary>
    public int Count;

    /// <summary>
    /// How full of further slots the ring is from which these were taken, in 256ths and one more; 0 where there is no ring,
    /// as in a replay.
    /// </summary>
    public int Waiting;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="slots">How many slots it holds at most.</param>
    public SlotBatch(int slots)
    {
        Bytes = new byte[slots * SlotLength];
        Words = new int[slots << WordShift];
        Lengths = new int[slots];
        Stamps = new long[slots];
        Kinds = new byte[slots];
    }
}
