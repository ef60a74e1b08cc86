namespace Appliance.Sensor.Frames;

/// <summary>Why a frame could not be decoded. Each reason is counted on its own; none of them is an exception.</summary>
public static class Undecodable
{
    /// <summary>The frame was decoded.</summary>
    public const int None = 0;

    /// <summary>The captured bytes end inside an Ethernet header, a VLAN tag or an LLC header.</summary>
    public const int LinkCutShort = 1;

    /// <summary>More VLAN tags than <see cref="Ethernet.MostTags"/>.</summary>
    public const int TooManyTags = 2;

    /// <summary>The captured bytes end inside an ARP message.</summary>
    public const int ArpCutShort = 3;

    /// <summary>The captured bytes end inside an IP header or one of its extension headers.</summary>
    public const int IpCutShort = 4;

    /// <summary>An IP header with the wrong version or a header length below the minimum.</summary>
    public const int IpHeaderInvalid = 5;

    /// <summary>An IP length that is smaller than its header or larger than the frame that carries it.</summary>
    public const int IpLengthLies = 6;

    /// <summary>More IPv6 extension headers than <see cref="Ipv6.MostExtensions"/>.</summary>
    public const int TooManyExtensions = 7;

    /// <summary>The captured bytes end inside a TCP, UDP or ICMP header.</summary>
    public const int TransportCutShort = 8;

    /// <summary>A TCP segment shorter than its header, or a data offset below 20 bytes or beyond the segment.</summary>
    public const int TcpLengthLies = 9;

    /// <summary>A UDP length below 8 bytes or beyond the datagram that carries it.</summary>
    public const int UdpLengthLies = 10;

    /// <summary>An ICMP or ICMPv6 message shorter than its header.</summary>
    public const int IcmpLengthLies = 11;

    /// <summary>How many reasons there are, <see cref="None"/> included.</summary>
    public const int Count = 12;
}
