using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// The way of the plain frames by IPv6: to one host, untagged, whole, TCP or UDP right behind the fixed header, and nothing that
/// a signature looks at. It fills the probe that <see cref="DecodedFrames"/> would, for a third of the price; any other frame
/// goes there.
/// </summary>
public sealed class SixFrames
{
    // Octets of Ethernet's and IPv6's headers, and those that must be captured.
    private const int Headers = Ethernet.HeaderLength + Ipv6.HeaderLength;
    private const int Captured = Headers + Tcp.HeaderLength;

    // The word of a slot with the ports.
    private const int PortsWord = SlotBatch.IpWord + (Ipv6.HeaderLength / 4);

    // The group bit of the destination MAC address in a slot's first word.
    private const int GroupBit = 0x100;

    private readonly Matching _matching;
    private readonly DecodedFrames _decoded;

    /// <summary>Makes it of what it works on.</summary>
    public SixFrames(Matching matching, DecodedFrames decoded)
    {
        _matching = matching;
        _decoded = decoded;
    }

    /// <summary>Takes in an untagged frame that says it is IPv6.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The slot's first word.</param>
    /// <returns>False when it must be decoded.</returns>
    public bool Take(SlotBatch batch, int start)
    {
        // The device addresses the first four locals for less than the others.
        int[] words = batch.Words;
        int head = words[start + SlotBatch.IpWord + (Ipv6.PayloadLength / 4)];
        int length = batch.Lengths[start >> SlotBatch.WordShift];
        int behind = (int)((uint)head >> 16);
        int protocol = (byte)(head >> 8);
        if (words[start + SlotBatch.IpWord] >> 28 != 6 || (words[start] & GroupBit) != 0
            || behind > (length & SlotBatch.WireLengthMask) - Headers
            || ((length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask) < Captured
            || (protocol != IpProtocol.Tcp && protocol != IpProtocol.Udp))
        {
            return false;
        }

        byte[] bytes = batch.Bytes;
        int at = (start << (SlotBatch.BytesShift - SlotBatch.WordShift)) + Headers;
        int flags = 0;
        int sequence = 0;
        int acknowledgment = 0;
        // What its own header says of its length: TCP's, or the datagram's.
        int said = (int)((uint)words[start + PortsWord + 1] >> 16);
        int least = Udp.HeaderLength;
        if (protocol == IpProtocol.Tcp)
        {
            int offset = BigEndian.Read16(bytes, at + Tcp.DataOffset);
            said = offset >> 12 << 2;
            least = Tcp.HeaderLength;
            flags = (byte)offset;
            sequence = words[start + PortsWord + 1];
            acknowledgment = BigEndian.Read32(bytes, at + Tcp.Acknowledgment);
        }

        int ports = words[start + PortsWord];
        if (said < least || said > behind || _matching.NeedsDecoding(protocol, flags, (ushort)ports))
        {
            return false;
        }

        if ((flags & Tcp.Opening) != Tcp.Ack || (length & SlotBatch.SignOfLife) != 0
            || _matching.WantsSegment((int)((uint)ports >> 16), (ushort)ports))
        {
            DecodedFrames decoded = _decoded;
            Probe probe = decoded.Probe;
            decoded.Identities.SetTime(batch.Stamps[start >> SlotBatch.WordShift], probe);
            decoded.Identities.ReadSix(bytes, at - Ipv6.HeaderLength + Ipv6.Source, probe);
            probe.Signature = -1;
            probe.IsSplit = false;
            probe.SizeAndWindow = 0;
            probe.Identification = 0;
            probe.Protocol = protocol;
            probe.Flags = flags;
            probe.Ttl = (byte)head;
            probe.SourcePort = (int)((uint)ports >> 16);
            probe.Port = (ushort)ports;
            probe.Sequence = sequence;
            probe.Acknowledgment = acknowledgment;
            decoded.Flows.TakeDecoded(probe);
        }

        return true;
    }
}
