using System;
using System.Net;

namespace Appliance.Traffic;

/// <summary>
/// An IP datagram in the making: every header field can be set, checksums and lengths come out right. IPv4 or IPv6 as the
/// addresses are; fields that only IPv4 has are left out of an IPv6 header.
/// </summary>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address, of the same family.</param>
public sealed record Ip(string Source, string Destination)
{
    private const int Ipv4HeaderLength = 20;

    /// <summary>TTL or hop limit.</summary>
    public int TimeToLive { get; init; } = 64;

    /// <summary>IPv4 identification.</summary>
    public int Identification { get; init; }

    /// <summary>IPv4 DF.</summary>
    public bool DontFragment { get; init; }

    /// <summary>IPv4 type of service or IPv6 traffic class.</summary>
    public int TypeOfService { get; init; }

    /// <summary>Source MAC address.</summary>
    public byte[] SourceMac { get; init; } = [2, 0, 0, 0, 0, 1];

    /// <summary>Destination MAC address.</summary>
    public byte[] DestinationMac { get; init; } = [2, 0, 0, 0, 0, 2];

    private bool IsIpv6 => Source.Contains(':', StringComparison.Ordinal);

    /// <summary>A TCP segment (RFC 9293).</summary>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <param name="flags">Letters of <see cref="TcpFlag"/>.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <param name="acknowledgment">Acknowledgment number.</param>
    /// <param name="window">Window in octets.</param>
    /// <param name="options">Options, padded to words.</param>
    /// <param name="payload">Data.</param>
    /// <returns>The frame.</returns>
    public byte[] Tcp(int sourcePort, int destinationPort, string flags, long sequence = 0, long acknowledgment = 0,
        int window = 8192,
        byte[]? options = null, byte[]? payload = null)
    {
        options ??= [];
        byte[] segment = new Octets().U16(sourcePort).U16(destinationPort).U32(sequence).U32(acknowledgment)
            .U8((5 + (options.Length / 4)) << 4).U8(TcpFlag.Parse(flags)).U16(window).U16(0).U16(0)
            .Add(options).Add(payload ?? []).ToArray();
        SetChecksum(segment, 16, 6);
        return Datagram(6, segment);
    }

    /// <summary>A UDP datagram (RFC 768).</summary>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destinationPort">Destination port.</param>
    /// <param name="payload">Data.</param>
    /// <param name="withChecksum">False: the checksum field is 0, "none computed".</param>
    /// <returns>The frame.</returns>
    public byte[] Udp(int sourcePort, int destinationPort, byte[] payload, bool withChecksum = true)
    {
        byte[] datagram = new Octets().U16(sourcePort).U16(destinationPort).U16(8 + payload.Length).U16(0).Add(payload).ToArray();
        if (withChecksum)
        {
            SetChecksum(datagram, 6, 17);
            if (datagram[6] == 0 && datagram[7] == 0)
            {
                datagram[6] = datagram[7] = 255;
            }
        }

        return Datagram(17, datagram);
    }

    /// <summary>An ICMP (RFC 792) or, between IPv6 addresses, ICMPv6 (RFC 4443) message.</summary>
    /// <param name="type">Type.</param>
    /// <param name="code">Code.</param>
    /// <param name="rest">What follows the checksum: four octets of the header and the data.</param>
    /// <returns>The frame.</returns>
    public byte[] Icmp(int type, int code, ReadOnlySpan<byte> rest)
    {
        byte[] message = new Octets().U8(type).U8(code).U16(0).Add(rest).ToArray();
        if (IsIpv6)
        {
            SetChecksum(message, 2, 58);
        }
        else
        {
            int sum = Checksum.Of(message);
            message[2] = (byte)(sum >> 8);
            message[3] = (byte)sum;
        }

        return Datagram(IsIpv6 ? 58 : 1, message);
    }

    /// <summary>An echo request or its reply.</summary>
    /// <param name="isReply">A reply.</param>
    /// <param name="identifier">Identifier.</param>
    /// <param name="sequence">Sequence number.</param>
    /// <returns>The frame, with 56 octets of data as ping sends them.</returns>
    public byte[] Echo(bool isReply, int identifier, int sequence) =>
        Icmp(IsIpv6 ? (isReply ? 129 : 128) : (isReply ? 0 : 8), 0,
            new Octets().U16(identifier).U16(sequence).PadTo(60).ToArray());

    /// <summary>A port unreachable message that quotes the datagram of a frame (its IP header and eight octets).</summary>
    /// <param name="frame">The untagged IPv4 frame that caused it.</param>
    /// <returns>The frame.</returns>
    public byte[] PortUnreachable(byte[] frame) =>
        Icmp(3, 3, new Octets().U32(0).Add(frame.AsSpan(14, Ipv4HeaderLength + 8)).ToArray());

    /// <summary>The datagram around any payload, in its frame.</summary>
    /// <param name="protocol">Protocol number.</param>
    /// <param name="payload">Upper-layer header and data.</param>
    /// <returns>The frame.</returns>
    public byte[] Datagram(int protocol, byte[] payload) => IsIpv6 ? DatagramV6(protocol, payload)
        : DatagramV4(protocol, payload);

    private byte[] DatagramV4(int protocol, byte[] payload)
    {
        byte[] header = new Octets().U8(0x45).U8(TypeOfService).U16(Ipv4HeaderLength + payload.Length).U16(Identification)
            .U16(DontFragment ? 0x4000 : 0).U8(TimeToLive).U8(protocol).U16(0)
            .Add(IPAddress.Parse(Source).GetAddressBytes()).Add(IPAddress.Parse(Destination).GetAddressBytes()).ToArray();
        int sum = Checksum.Of(header);
        header[10] = (byte)(sum >> 8);
        header[11] = (byte)sum;
        return Lan.Frame(DestinationMac, SourceMac, 0x0800, [.. header, .. payload]);
    }

    private byte[] DatagramV6(int protocol, byte[] payload)
    {
        byte[] header = new Octets().U32(0x60000000L | ((long)TypeOfService << 20)).U16(payload.Length).U8(protocol)
            .U8(TimeToLive)
            .Add(IPAddress.Parse(Source).GetAddressBytes()).Add(IPAddress.Parse(Destination).GetAddressBytes()).ToArray();
        return Lan.Frame(DestinationMac, SourceMac, 0x86dd, [.. header, .. payload]);
    }

    private void SetChecksum(byte[] segment, int at, int protocol)
    {
        long pseudoHeader = Checksum.Sum(IPAddress.Parse(Source).GetAddressBytes())
            + Checksum.Sum(IPAddress.Parse(Destination).GetAddressBytes()) + protocol + segment.Length;
        int sum = Checksum.Of(segment, pseudoHeader);
        segment[at] = (byte)(sum >> 8);
        segment[at + 1] = (byte)sum;
    }
}
