using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>
/// Makes slots of frames, which on the device the native hook does. The definition of a slot; the hook's (FrameIntake.cpp) is
/// held to it by a test.
/// </summary>
public static class SlotMaking
{
    /// <summary>Octets captured of an untagged frame that reach to the end of a TCP header without options.</summary>
    private const int LeastCaptured = Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength;

    /// <summary>Adds a frame as the hook does on the device; there must be room.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="frame">Where its octets are.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="captured">Octets that are there; a slot takes the first <see cref="SlotBatch.SlotLength"/>.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    /// <param name="isSignOfLife">Kept only as a sign of life.</param>
    /// <param name="stamp">Microseconds; not before the last frame's.</param>
    public static void Put(this SlotBatch batch, byte[] frame, int at, int captured, int wireLength, bool isSignOfLife, long stamp)
    {
        int slot = batch.Count++;
        captured = captured < SlotBatch.SlotLength ? captured : SlotBatch.SlotLength;
        Array.Copy(frame, at, batch.Bytes, slot * SlotBatch.SlotLength, captured);
        batch.Stamps[slot] = stamp;
        batch.Lengths[slot] = Finish(batch.Bytes, batch.Words, slot, captured, wireLength) | (isSignOfLife ? SlotBatch.SignOfLife : 0);
    }

    /// <summary>
    /// Finishes a slot whose captured octets are in place: clears what is behind them, spells the words, and says lengths and
    /// shape.
    /// </summary>
    /// <param name="bytes">The slots.</param>
    /// <param name="words">Their words.</param>
    /// <param name="slot">The slot's number.</param>
    /// <param name="captured">Octets captured, at most <see cref="SlotBatch.SlotLength"/>.</param>
    /// <param name="wireLength">Octets that the wire carried.</param>
    /// <returns>The slot's number in <see cref="SlotBatch.Lengths"/>, without <see cref="SlotBatch.SignOfLife"/>.</returns>
    public static int Finish(byte[] bytes, int[] words, int slot, int captured, int wireLength)
    {
        int at = slot * SlotBatch.SlotLength;
        Array.Clear(bytes, at + captured, SlotBatch.SlotLength - captured);
        int word = slot << SlotBatch.WordShift;
        int end = word + SlotBatch.SlotWords;
        words[word++] = (bytes[at] << 8) | bytes[at + 1];
        at += SlotBatch.WordPadding;
        while (word < end)
        {
            words[word++] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            at += 4;
        }

        wireLength = wireLength < SlotBatch.WireLengthMask ? wireLength : SlotBatch.WireLengthMask;
        return wireLength | (captured << SlotBatch.CapturedShift) | ShapeOf(words, slot << SlotBatch.WordShift, captured, wireLength);
    }

    private static int ShapeOf(int[] words, int word, int captured, int wireLength)
    {
        // Of a slot's words the first holds two octets, the fourth ends with the type, the fifth begins the IP header.
        int ip = word + SlotBatch.IpWord;
        int offset = Ethernet.HeaderLength;
        int tagged = 0;
        if ((words[ip - 1] & 0xffff) == Ethernet.TypeVlan)
        {
            tagged = SlotBatch.Tagged;
            offset += Ethernet.TagLength;
            ip++;
        }

        int total = words[ip] & 0xffff;
        int length = total - Ipv4.HeaderLength;
        if ((words[word] & 0x100) != 0 || captured < LeastCaptured - Ethernet.HeaderLength + offset
            || (words[ip - 1] & 0xffff) != Ethernet.TypeIpv4 || words[ip] >> 24 != Ipv4.PlainHeader
                || (words[ip + 1] & 0x3fff) != 0
            || total > wireLength - offset)
        {
            // Multicast, cut short, another type or header, a fragment, a length that lies.
            return SlotBatch.ShapeOther;
        }

        int protocol = (words[ip + 2] >> 16) & 255;
        if (protocol == IpProtocol.Udp)
        {
            int datagram = (int)((uint)words[ip + 6] >> 16);
            return datagram == length && datagram >= Udp.HeaderLength ? SlotBatch.ShapeUdp | tagged : SlotBatch.ShapeOther;
        }

        int header = (words[ip + 8] >> 26) & 0x3c;
        if (protocol != IpProtocol.Tcp || header < Tcp.HeaderLength || header > length)
        {
            return SlotBatch.ShapeOther;
        }

        bool isSegment = (words[ip + 8] & ((Tcp.Ack | Tcp.Syn | Tcp.Fin | Tcp.Rst) << 16)) == Tcp.Ack << 16;
        return (isSegment ? SlotBatch.ShapeSegment : SlotBatch.ShapeTcp) | tagged;
    }
}
