using System;
using System.Buffers.Binary;

namespace Appliance.Bench.Frames;

/// <summary>Makes whole Ethernet frames of the kinds that the bench measures, checksums included.</summary>
internal static class FrameBuilder
{
    private const int EthernetLength = 14;
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;
    private const int LeastFrame = 60;

    /// <summary>A TCP segment over IPv4.</summary>
    /// <param name="source">IPv4 address.</param>
    /// <param name="sourcePort">Port.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="destinationPort">Port.</param>
    /// <param name="flags">TCP flags.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <param name="acknowledgment">Acknowledgment number.</param>
    /// <param name="payload">Octets of payload; they are zero.</param>
    public static byte[] Tcp(
        uint source, int sourcePort, uint destination, int destinationPort, int flags, uint sequence, uint acknowledgment, int payload)
    {
        byte[] frame = Ipv4(source, destination, 6, 20 + payload, out int at);
        Tcp(frame.AsSpan(at), sourcePort, destinationPort, flags, sequence, acknowledgment);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 16), TransportSum(frame, at, 20 + payload, 6, EthernetLength + 12, 8));
        return frame;
    }

    /// <summary>A TCP segment over IPv6 without payload.</summary>
    /// <param name="source">Last 4 octets of the address behind fd00::.</param>
    /// <param name="sourcePort">Port.</param>
    /// <param name="destination">Likewise.</param>
    /// <param name="destinationPort">Port.</param>
    /// <param name="flags">TCP flags.</param>
    public static byte[] TcpOverIpv6(uint source, int sourcePort, uint destination, int destinationPort, int flags)
    {
        byte[] frame = new byte[EthernetLength + Ipv6Length + 20];
        Ethernet(frame, source, destination, 0x86dd);
        Span<byte> ip = frame.AsSpan(EthernetLength);
        ip[0] = 0x60;
        ip[5] = 20;
        ip[6] = 6;
        ip[7] = 64;
        ip[8] = 0xfd;
        BinaryPrimitives.WriteUInt32BigEndian(ip[20..], source);
        ip[24] = 0xfd;
        BinaryPrimitives.WriteUInt32BigEndian(ip[36..], destination);
        int at = EthernetLength + Ipv6Length;
        Tcp(frame.AsSpan(at), sourcePort, destinationPort, flags, 1, 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 16), TransportSum(frame, at, 20, 6, EthernetLength + 8, 32));
        return frame;
    }

    /// <summary>A UDP datagram over IPv4.</summary>
    /// <param name="source">IPv4 address.</param>
    /// <param name="sourcePort">Port.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="destinationPort">Port.</param>
    /// <param name="payload">Octets of payload; they are zero.</param>
    public static byte[] Udp(uint source, int sourcePort, uint destination, int destinationPort, int payload)
    {
        byte[] frame = Ipv4(source, destination, 17, 8 + payload, out int at);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at), (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 4), (ushort)(8 + payload));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 6), TransportSum(frame, at, 8 + payload, 17, EthernetLength + 12, 8));
        return frame;
    }

    /// <summary>An ICMP echo request or reply over IPv4.</summary>
    /// <param name="source">IPv4 address.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="type">8 asks, 0 answers.</param>
    /// <param name="identifier">Identifier.</param>
    /// <param name="sequence">Sequence number.</param>
    public static byte[] Echo(uint source, uint destination, int type, int identifier, int sequence)
    {
        byte[] frame = Ipv4(source, destination, 1, 40, out int at);
        frame[at] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 4), (ushort)identifier);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 6), (ushort)sequence);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 2), Fold(Sum(frame.AsSpan(at, 40))));
        return frame;
    }

    /// <summary>An ICMP port or protocol unreachable message that quotes a frame's IP header and eight octets.</summary>
    /// <param name="frame">The untagged IPv4 frame that is answered.</param>
    /// <param name="code">3 port, 2 protocol.</param>
    public static byte[] Unreachable(byte[] frame, int code)
    {
        uint source = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(EthernetLength + 16));
        uint destination = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(EthernetLength + 12));
        byte[] answer = Ipv4(source, destination, 1, 8 + Ipv4Length + 8, out int at);
        answer[at] = 3;
        answer[at + 1] = (byte)code;
        frame.AsSpan(EthernetLength, Ipv4Length + 8).CopyTo(answer.AsSpan(at + 8));
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(at + 2), Fold(Sum(answer.AsSpan(at, 8 + Ipv4Length + 8))));
        return answer;
    }

    /// <summary>An SCTP INIT chunk (RFC 9260, 3.3.2), its checksum left 0.</summary>
    /// <param name="source">IPv4 address.</param>
    /// <param name="sourcePort">Port.</param>
    /// <param name="destination">IPv4 address.</param>
    /// <param name="destinationPort">Port.</param>
    public static byte[] SctpInit(uint source, int sourcePort, uint destination, int destinationPort)
    {
        byte[] frame = Ipv4(source, destination, 132, 32, out int at);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at), (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 2), (ushort)destinationPort);
        frame[at + 12] = 1;
        frame[at + 15] = 20;
        return frame;
    }

    /// <summary>A neighbour solicitation or the advertisement that answers it (RFC 4861, 4.3 and 4.4), addresses behind
    /// fd00::.</summary>
    /// <param name="sender">Last 4 octets of who sends.</param>
    /// <param name="receiver">Last 4 octets of who is looked for, or of who asked.</param>
    /// <param name="isAnswer">An advertisement.</param>
    public static byte[] Neighbour(uint sender, uint receiver, bool isAnswer)
    {
        byte[] frame = new byte[EthernetLength + Ipv6Length + 32];
        Ethernet(frame, sender, receiver, 0x86dd);
        Span<byte> ip = frame.AsSpan(EthernetLength);
        ip[0] = 0x60;
        ip[5] = 32;
        ip[6] = 58;
        ip[7] = 255;
        ip[8] = 0xfd;
        BinaryPrimitives.WriteUInt32BigEndian(ip[20..], sender);
        if (isAnswer)
        {
            ip[24] = 0xfd;
            BinaryPrimitives.WriteUInt32BigEndian(ip[36..], receiver);
        }
        else
        {
            // The solicited-node multicast address (RFC 4291, 2.7.1), and its MAC address (RFC 2464, 7).
            new byte[] { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff }.CopyTo(ip[24..]);
            BinaryPrimitives.WriteUInt32BigEndian(ip[36..], 0xff000000 | (receiver & 0xffffff));
            new byte[] { 0x33, 0x33 }.CopyTo(frame, 0);
            ip[36..40].CopyTo(frame.AsSpan(2));
        }

        int at = EthernetLength + Ipv6Length;
        frame[at] = (byte)(isAnswer ? 136 : 135);
        frame[at + 4] = (byte)(isAnswer ? 0x60 : 0);
        frame[at + 8] = 0xfd;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(at + 20), isAnswer ? sender : receiver);
        frame[at + 24] = (byte)(isAnswer ? 2 : 1);
        frame[at + 25] = 1;
        frame.AsSpan(6, 6).CopyTo(frame.AsSpan(at + 26));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 2), TransportSum(frame, at, 32, 58, EthernetLength + 8, 32));
        return frame;
    }

    /// <summary>An ARP request or reply.</summary>
    /// <param name="sender">IPv4 address.</param>
    /// <param name="target">IPv4 address.</param>
    /// <param name="operation">1 asks, by broadcast; 2 answers.</param>
    public static byte[] Arp(uint sender, uint target, int operation)
    {
        byte[] frame = new byte[LeastFrame];
        Ethernet(frame, sender, operation == 1 ? 0xffffffff : target, 0x0806);
        Span<byte> arp = frame.AsSpan(EthernetLength);
        arp[1] = 1;
        arp[2] = 8;
        arp[4] = 6;
        arp[5] = 4;
        arp[7] = (byte)operation;
        frame.AsSpan(6, 6).CopyTo(arp[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(arp[14..], sender);
        if (operation == 2)
        {
            frame.AsSpan(0, 6).CopyTo(arp[18..]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(arp[24..], target);
        return frame;
    }

    /// <summary>An 802.3 frame with LLC: a spanning tree bridge's.</summary>
    public static byte[] SpanningTree()
    {
        byte[] frame = new byte[LeastFrame];
        Ethernet(frame, 1, 0, 38);
        new byte[] { 0x01, 0x80, 0xc2, 0, 0, 0 }.CopyTo(frame, 0);
        new byte[] { 0x42, 0x42, 3 }.CopyTo(frame, EthernetLength);
        return frame;
    }

    /// <summary>Puts an 802.1Q tag into a frame.</summary>
    /// <param name="frame">A frame without.</param>
    /// <param name="vlan">VLAN identifier.</param>
    public static byte[] Tagged(byte[] frame, int vlan)
    {
        byte[] tagged = new byte[frame.Length + 4];
        frame.AsSpan(0, 12).CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(12), 0x8100);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(14), (ushort)vlan);
        frame.AsSpan(12).CopyTo(tagged.AsSpan(16));
        return tagged;
    }

    private static byte[] Ipv4(uint source, uint destination, int protocol, int length, out int transportAt)
    {
        byte[] frame = new byte[Math.Max(LeastFrame, EthernetLength + Ipv4Length + length)];
        Ethernet(frame, source, destination, 0x0800);
        Span<byte> ip = frame.AsSpan(EthernetLength, Ipv4Length);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Length + length));
        ip[6] = 0x40;
        ip[8] = 64;
        ip[9] = (byte)protocol;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], source);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], destination);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Fold(Sum(ip)));
        transportAt = EthernetLength + Ipv4Length;
        return frame;
    }

    // Locally administered addresses, one a host; the limited broadcast address is everybody's.
    private static void Ethernet(Span<byte> frame, uint source, uint destination, int type)
    {
        if (destination == 0xffffffff)
        {
            frame[..6].Fill(0xff);
        }
        else
        {
            frame[0] = 2;
            BinaryPrimitives.WriteUInt32BigEndian(frame[2..], destination);
        }

        frame[6] = 2;
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], source);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], (ushort)type);
    }

    private static void Tcp(Span<byte> tcp, int sourcePort, int destinationPort, int flags, uint sequence, uint acknowledgment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledgment);
        tcp[12] = 0x50;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 64240);
    }

    private static ushort TransportSum(byte[] frame, int at, int length, int protocol, int addressesAt, int addressesLength)
    {
        ushort sum = Fold(Sum(frame.AsSpan(at, length)) + Sum(frame.AsSpan(addressesAt, addressesLength)) + (uint)protocol + (uint)length);

        // A UDP sum of zero would say that there is none (RFC 768).
        return sum == 0 && protocol == 17 ? (ushort)0xffff : sum;
    }

    private static uint Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < octets.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets[i..]);
        }

        return octets.Length % 2 == 0 ? sum : sum + ((uint)octets[^1] << 8);
    }

    private static ushort Fold(uint sum)
    {
        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
