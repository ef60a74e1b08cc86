namespace Appliance.Sensor.Frames;

/// <summary>The IPv4 header (RFC 791 section 3.1).</summary>
public static class Ipv4
{
    /// <summary>Offset of version (high 4 bits) and header length in 32-bit words (low 4 bits).</summary>
    public const int VersionAndLength = 0;

    /// <summary>Offset of the total length, 2 octets in network byte order, header included.</summary>
    public const int TotalLength = 2;

    /// <summary>Offset of the identification, 2 octets in network byte order.</summary>
    public const int Identification = 4;

    /// <summary>Offset of the flags (3 bits) and the fragment offset in units of 8 octets (13 bits).</summary>
    public const int FlagsAndFragment = 6;

    /// <summary>Offset of the time to live, 1 octet.</summary>
    public const int TimeToLive = 8;

    /// <summary>Offset of the protocol number, 1 octet.</summary>
    public const int Protocol = 9;

    /// <summary>Offset of the source address, 4 octets.</summary>
    public const int Source = 12;

    /// <summary>Offset of the destination address, 4 octets.</summary>
    public const int Destination = 16;

    /// <summary>Octets of a header without options.</summary>
    public const int HeaderLength = 20;

    /// <summary>The first octet of a header without options: version 4, five 32-bit words.</summary>
    public const int PlainHeader = 0x45;
}

/// <summary>Protocol numbers that the sensor knows by name (IANA, "Assigned Internet Protocol Numbers").</summary>
public static class IpProtocol
{
    /// <summary>No IP at all: the value of <see cref="Frame.Protocol"/> in a frame without an IP header.</summary>
    public const int None = -1;

    /// <summary>ICMP (RFC 792).</summary>
    public const int Icmp = 1;

    /// <summary>TCP (RFC 9293).</summary>
    public const int Tcp = 6;

    /// <summary>UDP (RFC 768).</summary>
    public const int Udp = 17;

    /// <summary>ICMPv6 (RFC 4443).</summary>
    public const int Icmpv6 = 58;

    /// <summary>SCTP (RFC 9260).</summary>
    public const int Sctp = 132;
}

public sealed partial class Frame
{
    private void DecodeIpv4(int at, int end)
    {
        byte[] bytes = Bytes;
        if (end - at < Ipv4.HeaderLength)
        {
            Problem = Undecodable.IpCutShort;
            return;
        }

        int versionAndLength = bytes[at];
        int headerLength = (versionAndLength & 15) << 2;
        if (versionAndLength >> 4 != 4 || headerLength < Ipv4.HeaderLength)
        {
            Problem = Undecodable.IpHeaderInvalid;
            return;
        }

        int totalLength = BigEndian.Read16(bytes, at + Ipv4.TotalLength);
        if (totalLength < headerLength || totalLength > Start + _wireLength - at)
        {
            Problem = Undecodable.IpLengthLies;
            return;
        }

        if (end - at < headerLength)
        {
            Problem = Undecodable.IpCutShort;
            return;
        }

        IpVersion = 4;
        Source = BigEndian.Read32(bytes, at + Ipv4.Source);
        Destination = BigEndian.Read32(bytes, at + Ipv4.Destination);
        Protocol = bytes[at + Ipv4.Protocol];
        _transportOffset = at + headerLength - Start;
        TransportLength = totalLength - headerLength;
        PayloadLength = totalLength - headerLength;
        int fragment = BigEndian.Read16(bytes, at + Ipv4.FlagsAndFragment);
        if ((fragment & 0x3fff) != 0)
        {
            IsFragment = true;
            FragmentOffset = (fragment & 0x1fff) << 3;
        }

        DecodeTransport(end);
    }

    // Whether a header of the upper layer is there: in the datagram, and in what was captured.
    private bool HasHeader(int least, int captured, int lies)
    {
        if (TransportLength < least)
        {
            // RFC 1858: nobody splits a header across fragments in good faith.
            SplitsHeader = IsFragment;
            Problem = IsFragment ? Undecodable.None : lies;
            return false;
        }

        Problem = captured < least ? Undecodable.TransportCutShort : Undecodable.None;
        return captured >= least;
    }

    // TCP and UDP alike begin with their ports.
    private void TakePorts(int at, int headerLength)
    {
        int ports = BigEndian.Read32(Bytes, at);
        SourcePort = (int)((uint)ports >> 16);
        DestinationPort = (ushort)ports;
        HasPorts = true;
        _headerLength = headerLength;
    }

    private void DecodeTransport(int end)
    {
        if (FragmentOffset != 0)
        {
            return;
        }

        int at = Start + _transportOffset;
        if (Protocol == IpProtocol.Tcp)
        {
            DecodeTcp(at, end);
        }
        else if (Protocol == IpProtocol.Udp)
        {
            DecodeUdp(at, end);
        }
        else if (Protocol == IpProtocol.Icmp || Protocol == IpProtocol.Icmpv6)
        {
            DecodeIcmp(at, end);
        }
    }
}
