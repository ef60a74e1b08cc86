using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor;

/// <summary>
/// A batch of slots as the mirror port hands them over: parallel arrays, because the device reads an <c>int[]</c> for 186
/// instructions where four bytes cost it a thousand.
/// </summary>
public sealed class SlotBatch
{
    /// <summary>Octets of a slot; the hook copies no more of a frame.</summary>
    public const int SlotLength = 128;

    /// <summary>Words of a slot in <see cref="Words"/>: they reach to the end of a TCP header behind two tags.</summary>
    public const int SlotWords = 16;

    /// <summary>Shift from a slot's number to its first word.</summary>
    public const int WordShift = 4;

    /// <summary>Octets that stand in <see cref="Words"/> before the frame, so that every header behind the link layer begins a word.</summary>
    public const int WordPadding = 2;

    /// <summary>Bits of <see cref="Lengths"/> that hold the frame's length on the wire, without the frame check sequence.</summary>
    public const int WireLengthMask = 0xffff;

    /// <summary>Shift of the number of octets captured (at most <see cref="SlotLength"/>) in <see cref="Lengths"/>.</summary>
    public const int CapturedShift = 16;

    /// <summary>Bits of the number of octets captured, after the shift.</summary>
    public const int CapturedMask = 0xff;

    /// <summary>Bit of <see cref="Lengths"/>: a data frame kept only as a sign of life, one in N.</summary>
    public const int SignOfLife = 1 << 24;

    /// <summary>
    /// Bit of <see cref="Lengths"/>: an untagged IPv4 datagram, whole and without options, that carries a TCP segment with ACK and without SYN,
    /// FIN and RST, its header captured. Nearly all that the sensor skips is of this form, so whoever fills the slot says it once, which costs the
    /// hook a few instructions and the interpreter two thousand. A slot without it is merely looked at in full.
    /// </summary>
    public const int Established = 1 << 25;

    /// <summary>Shift of what was taken off the frame in <see cref="Lengths"/>: 0 for nothing, else a number of the hook's core/Wrapping.h. The slot holds
    /// the frame inside, and its length is that frame's.</summary>
    public const int WrappingShift = 26;

    /// <summary>The slots, one behind the other, <see cref="SlotLength"/> octets each.</summary>
    public readonly byte[] Bytes;

    /// <summary>
    /// The slots' first octets again, as 32-bit numbers in network byte order, <see cref="SlotWords"/> a slot: number k of a slot holds
    /// its octets 4k-2 to 4k+1. Ethernet's 14 octets and each tag's 4 put every IP, TCP and UDP field at a word's edge, and the device
    /// reads a word for the price of an octet. The hook swaps them as it copies; elsewhere <see cref="Put"/> does.
    /// </summary>
    public readonly int[] Words;

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
        Words = new int[slots << WordShift];
        Lengths = new int[slots];
        Stamps = new long[slots];
    }

    /// <summary>Adds a frame as the hook does on the device; there must be room.</summary>
    /// <param name="frame">Where its octets are.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="captured">Octets that are there; a slot takes the first <see cref="SlotLength"/>.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    /// <param name="isSignOfLife">Kept only as a sign of life.</param>
    /// <param name="stamp">Microseconds; not before the last frame's.</param>
    public void Put(byte[] frame, int at, int captured, int wireLength, bool isSignOfLife, long stamp)
    {
        int slot = Count++;
        captured = captured < SlotLength ? captured : SlotLength;
        Array.Copy(frame, at, Bytes, slot * SlotLength, captured);
        Lengths[slot] = (wireLength < WireLengthMask ? wireLength : WireLengthMask) | (captured << CapturedShift)
            | (isSignOfLife ? SignOfLife : 0);
        Stamps[slot] = stamp;
        Spell(slot);
        int word = slot << WordShift;
        int[] words = Words;
        if (captured >= Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength && (words[word + 3] & 0xffff) == Ethernet.TypeIpv4
            && words[word + 4] >> 24 == Ipv4.PlainHeader && (words[word + 5] & 0x3fff) == 0
            && ((words[word + 6] >> 16) & 255) == IpProtocol.Tcp
            && (words[word + 12] & ((Tcp.Ack | Tcp.Syn | Tcp.Fin | Tcp.Rst) << 16)) == Tcp.Ack << 16)
        {
            Lengths[slot] |= Established;
        }
    }

    private void Spell(int slot)
    {
        byte[] bytes = Bytes;
        int[] words = Words;
        int at = slot * SlotLength;
        int word = slot << WordShift;
        int end = word + SlotWords;
        words[word++] = (bytes[at] << 8) | bytes[at + 1];
        at += WordPadding;
        while (word < end)
        {
            words[word++] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            at += 4;
        }
    }
}
