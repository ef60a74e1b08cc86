namespace Appliance.Sensor.Frames;

/// <summary>
/// One frame, decoded in place from a slot: what its bytes mean, as plain fields. One object is reused for every frame, since
/// the device pays for each allocation. Each protocol's offsets and its part of the decoder stand in the file of its name.
/// </summary>
/// <remarks>Offsets are absolute in <see cref="Bytes"/>; numbers are in host order; lengths are in octets.</remarks>
public sealed partial class Frame
{
    /// <summary>The octets that the frame is decoded from; a slot within the ring.</summary>
    public byte[] Bytes = new byte[0];

    /// <summary>Where the frame begins in <see cref="Bytes"/>.</summary>
    public int Start;

    /// <summary>First octet behind what was captured.</summary>
    public int CapturedEnd;

    /// <summary>First octet behind what the wire carried; beyond <see cref="CapturedEnd"/> where the slot is shorter.</summary>
    public int WireEnd;

    /// <summary>A constant of <see cref="Undecodable"/>; 0 when decoded. The fields set before the fault keep their meaning.</summary>
    public int Problem;

    /// <summary>The destination MAC address has its group bit set.</summary>
    public bool IsMulticast;

    /// <summary>The destination MAC address is ff:ff:ff:ff:ff:ff.</summary>
    public bool IsBroadcast;

    /// <summary>How many VLAN tags were skipped.</summary>
    public int Tags;

    /// <summary>The EtherType behind any tags and SNAP of organization 0; -1 in an LLC frame that carries none.</summary>
    public int EtherType;

    /// <summary>DSAP in the high octet, SSAP in the low one; -1 when the frame is not LLC.</summary>
    public int ServiceAccessPoints;

    /// <summary>SNAP organization code, 24 bits; -1 when the frame is not SNAP.</summary>
    public int SnapOrganization;

    /// <summary>SNAP protocol number; -1 when the frame is not SNAP.</summary>
    public int SnapProtocol;

    /// <summary>Offset of what the EtherType announces, or of the LLC header; 0 when there is none.</summary>
    public int NetworkAt;

    /// <summary>4, 6, or 0 when the frame is not IP.</summary>
    public int IpVersion;

    /// <summary>ARP operation; 0 when the frame is not ARP for IPv4 over Ethernet.</summary>
    public int ArpOperation;

    /// <summary>Offset of the source address (ARP: the sender's), 4 or 16 octets.</summary>
    public int SourceAt;

    /// <summary>Offset of the destination address (ARP: the target's), 4 or 16 octets.</summary>
    public int DestinationAt;

    /// <summary>The IPv4 source address (ARP: the sender's); 0 for IPv6.</summary>
    public int Source;

    /// <summary>The IPv4 destination address (ARP: the target's); 0 for IPv6.</summary>
    public int Destination;

    /// <summary>TTL or hop limit.</summary>
    public int TimeToLive;

    /// <summary>IPv4 identification, or the low 16 bits of an IPv6 fragment's.</summary>
    public int Identification;

    /// <summary>The IPv4 flags as on the wire: 4 reserved, 2 don't fragment, 1 more fragments.</summary>
    public int FragmentBits;

    /// <summary>A part of a datagram: more fragments follow or its offset is not 0.</summary>
    public bool IsFragment;

    /// <summary>Fragment offset in octets.</summary>
    public int FragmentOffset;

    /// <summary>A first fragment that ends inside its TCP, UDP or ICMP header (RFC 1858): nothing of that header is decoded.</summary>
    public bool SplitsHeader;

    /// <summary>Upper-layer protocol number behind any extension headers; <see cref="IpProtocol.None"/> when not IP.</summary>
    public int Protocol;

    /// <summary>Offset of the upper-layer header.</summary>
    public int TransportAt;

    /// <summary>Octets of the upper-layer header and its payload, as the IP length says.</summary>
    public int TransportLength;

    /// <summary>The TCP or UDP ports are known.</summary>
    public bool HasPorts;

    /// <summary>TCP or UDP source port.</summary>
    public int SourcePort;

    /// <summary>TCP or UDP destination port.</summary>
    public int DestinationPort;

    /// <summary>TCP flags, all eight.</summary>
    public int TcpFlags;

    /// <summary>TCP sequence number.</summary>
    public int Sequence;

    /// <summary>TCP acknowledgment number.</summary>
    public int Acknowledgment;

    /// <summary>ICMP or ICMPv6 type; -1 when the frame is neither.</summary>
    public int IcmpType;

    /// <summary>ICMP or ICMPv6 code.</summary>
    public int IcmpCode;

    /// <summary>Offset of the payload.</summary>
    public int PayloadAt;

    /// <summary>Octets of the payload on the wire; more than are captured where the slot is shorter.</summary>
    public int PayloadLength;

    /// <summary>Decodes a frame in place. Never throws: what can't be decoded leaves its reason in <see cref="Problem"/>.</summary>
    /// <param name="bytes">The octets; kept until the next call.</param>
    /// <param name="at">Where the frame begins.</param>
    /// <param name="captured">Octets that are there; not more than the array holds from <paramref name="at"/>.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence; at least <paramref name="captured"/>.</param>
    public void Decode(byte[] bytes, int at, int captured, int wireLength)
    {
        Bytes = bytes;
        Start = at;
        CapturedEnd = at + captured;
        WireEnd = at + wireLength;
        Problem = 0;
        EtherType = -1;
        ServiceAccessPoints = -1;
        SnapOrganization = -1;
        SnapProtocol = -1;
        NetworkAt = 0;
        IpVersion = 0;
        ArpOperation = 0;
        SourceAt = 0;
        DestinationAt = 0;
        Source = 0;
        Destination = 0;
        Identification = 0;
        FragmentBits = 0;
        IsFragment = false;
        FragmentOffset = 0;
        SplitsHeader = false;
        Protocol = IpProtocol.None;
        HasPorts = false;
        SourcePort = 0;
        DestinationPort = 0;
        TcpFlags = 0;
        IcmpType = -1;
        PayloadAt = at;
        PayloadLength = 0;
        DecodeEthernet(at, at + captured);
    }
}
