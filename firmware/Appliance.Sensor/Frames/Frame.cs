namespace Appliance.Sensor.Frames;

/// <summary>
/// One frame, decoded in place from a slot: what its bytes mean. One object is reused for every frame, since the device pays
/// for each allocation. Each protocol's offsets and its part of the decoder stand in the file of its name. What every frame is
/// asked for is a plain field; what few are asked for is a property that reads the octets when asked (FrameOctets.cs).
/// </summary>
/// <remarks>Offsets are absolute in <see cref="Bytes"/>; numbers are in host order; lengths are in octets.</remarks>
public sealed partial class Frame
{
    /// <summary>The octets that the frame is decoded from; a slot within the ring.</summary>
    public byte[] Bytes = new byte[0];

    /// <summary>Where the frame begins in <see cref="Bytes"/>.</summary>
    public int Start;

    /// <summary>
    /// A constant of <see cref="Undecodable"/>; 0 when decoded. The fields set before the fault keep their meaning.
    /// </summary>
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

    /// <summary>4, 6, or 0 when the frame is not IP.</summary>
    public int IpVersion;

    /// <summary>ARP operation; 0 when the frame is not ARP for IPv4 over Ethernet.</summary>
    public int ArpOperation;

    /// <summary>The IPv4 source address (ARP: the sender's); 0 for IPv6.</summary>
    public int Source;

    /// <summary>The IPv4 destination address (ARP: the target's); 0 for IPv6.</summary>
    public int Destination;

    /// <summary>A part of a datagram: more fragments follow or its offset is not 0.</summary>
    public bool IsFragment;

    /// <summary>Fragment offset in octets.</summary>
    public int FragmentOffset;

    /// <summary>
    /// A first fragment that ends inside its TCP, UDP or ICMP header (RFC 1858): nothing of that header is decoded.
    /// </summary>
    public bool SplitsHeader;

    /// <summary>Upper-layer protocol number behind any extension headers; <see cref="IpProtocol.None"/> when not IP.</summary>
    public int Protocol;

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

    /// <summary>ICMP or ICMPv6 type; -1 when the frame is neither.</summary>
    public int IcmpType;

    /// <summary>ICMP or ICMPv6 code.</summary>
    public int IcmpCode;

    /// <summary>Octets of the payload on the wire; more than are captured where the slot is shorter.</summary>
    public int PayloadLength;

    // Octets captured, and octets on the wire.
    private int _captured;
    private int _wireLength;

    // Offsets from Start; 0: there is none.
    private int _networkOffset;
    private int _transportOffset;

    // Octets of the upper-layer header.
    private int _headerLength;

    // Of an IPv6 fragment.
    private int _fragmentBits;
    private int _identification;

    /// <summary>
    /// Decodes a frame in place. Never throws: what can't be decoded leaves its reason in <see cref="Problem"/>.
    /// </summary>
    /// <param name="bytes">The octets; kept until the next call.</param>
    /// <param name="at">Where the frame begins.</param>
    /// <param name="captured">Octets that are there; not more than the array holds from <paramref name="at"/>.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence; at least
    /// <paramref name="captured"/>.</param>
    public void Decode(byte[] bytes, int at, int captured, int wireLength)
    {
        Bytes = bytes;
        Start = at;
        _captured = captured;
        _wireLength = wireLength;

        Clear();
        DecodeEthernet(at, at + captured);
    }

    // Nothing of one frame stays for the next.
    private void Clear()
    {
        Problem = 0;
        IsMulticast = false;
        IsBroadcast = false;
        Tags = 0;
        EtherType = -1;
        ServiceAccessPoints = -1;
        SnapOrganization = -1;
        SnapProtocol = -1;
        _networkOffset = 0;
        IpVersion = 0;
        ArpOperation = 0;
        Source = 0;
        Destination = 0;
        IsFragment = false;
        FragmentOffset = 0;
        SplitsHeader = false;
        Protocol = IpProtocol.None;
        _transportOffset = 0;
        TransportLength = 0;
        HasPorts = false;
        SourcePort = 0;
        DestinationPort = 0;
        TcpFlags = 0;
        IcmpType = -1;
        IcmpCode = 0;
        _headerLength = 0;
        PayloadLength = 0;
        _fragmentBits = 0;
        _identification = 0;
    }
}
