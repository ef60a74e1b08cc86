namespace Appliance.Sensor.Frames;

/// <summary>
/// What few frames are asked for, read from the octets when it is asked: a property costs the device 670 instructions, but
/// setting all of these for every frame would cost 7,000.
/// </summary>
public sealed partial class Frame
{
    /// <summary>First octet behind what was captured.</summary>
    public int CapturedEnd => Start + _captured;

    /// <summary>First octet behind what the wire carried; beyond <see cref="CapturedEnd"/> where the slot is shorter.</summary>
    public int WireEnd => Start + _wireLength;

    /// <summary>Offset of what the EtherType announces, or of the LLC header; 0 when there is none.</summary>
    public int NetworkAt => _networkOffset == 0 ? 0 : Start + _networkOffset;

    /// <summary>Offset of the source address (ARP: the sender's), 4 or 16 octets; 0 when there is none.</summary>
    public int SourceAt => AddressAt(Ipv6.Source, Ipv4.Source, Arp.SenderAddress);

    /// <summary>Offset of the destination address (ARP: the target's), 4 or 16 octets; 0 when there is none.</summary>
    public int DestinationAt => AddressAt(Ipv6.Destination, Ipv4.Destination, Arp.TargetAddress);

    /// <summary>TTL or hop limit; 0 when the frame is not IP.</summary>
    public int TimeToLive
    {
        get
        {
            int version = IpVersion;
            return version == 0 ? 0 : Bytes[Start + _networkOffset + (version == 6 ? Ipv6.HopLimit : Ipv4.TimeToLive)];
        }
    }

    /// <summary>IPv4 identification, or the low 16 bits of an IPv6 fragment's.</summary>
    public int Identification
    {
        get
        {
            int at = Start + _networkOffset + Ipv4.Identification;
            return IpVersion == 4 ? BigEndian.Read16(Bytes, at) : _identification;
        }
    }

    /// <summary>
    /// The IPv4 flags as on the wire: 4 reserved, 2 don't fragment, 1 more fragments (IPv6 has the last alone).
    /// </summary>
    public int FragmentBits => IpVersion == 4 ? Bytes[Start + _networkOffset + Ipv4.FlagsAndFragment] >> 5 : _fragmentBits;

    /// <summary>Offset of the upper-layer header; 0 when there is none.</summary>
    public int TransportAt => _transportOffset == 0 ? 0 : Start + _transportOffset;

    /// <summary>TCP sequence number; 0 when the frame has no TCP header.</summary>
    public int Sequence => TcpNumber(Tcp.Sequence);

    /// <summary>TCP acknowledgment number; 0 when the frame has no TCP header.</summary>
    public int Acknowledgment => TcpNumber(Tcp.Acknowledgment);

    /// <summary>
    /// The word of a TCP header behind the acknowledgment number: its length, its flags, its window; 0 when the frame has no TCP
    /// header.
    /// </summary>
    public int SizeAndWindow()
    {
        return TcpNumber(Tcp.DataOffset);
    }

    /// <summary>Offset of the payload; where there is none, of the frame's or the datagram's data.</summary>
    public int PayloadAt => Start + _transportOffset + _headerLength;

    private int AddressAt(int six, int four, int arp)
    {
        int version = IpVersion;
        return version == 0 && ArpOperation == 0 ? 0
            : Start + _networkOffset + (version == 6 ? six : version == 4 ? four : arp);
    }

    private int TcpNumber(int offset)
    {
        if (Protocol != IpProtocol.Tcp || !HasPorts)
        {
            return 0;
        }

        byte[] bytes = Bytes;
        int at = Start + _transportOffset + offset;
        return BigEndian.Read32(bytes, at);
    }
}
