namespace Appliance.Sensor.Frames;

/// <summary>IEEE 802.2 LLC and SNAP (RFC 1042), the link layer of old imaging networks.</summary>
public static class Llc
{
    /// <summary>Offset of the destination service access point, 1 octet.</summary>
    public const int Dsap = 0;

    /// <summary>Offset of the source service access point, 1 octet.</summary>
    public const int Ssap = 1;

    /// <summary>Octets of DSAP, SSAP and an unnumbered control field.</summary>
    public const int HeaderLength = 3;

    /// <summary>Offset of SNAP's organization code, 3 octets in network byte order.</summary>
    public const int Organization = 3;

    /// <summary>Offset of SNAP's protocol number, 2 octets in network byte order.</summary>
    public const int Protocol = 6;

    /// <summary>Octets of LLC and SNAP headers together.</summary>
    public const int SnapHeaderLength = 8;

    /// <summary>DSAP and SSAP of SNAP, as <see cref="Frame.ServiceAccessPoints"/> holds them.</summary>
    public const int Snap = 0xaaaa;
}

public sealed partial class Frame
{
    private void DecodeLlc(int at, int end, int length)
    {
        byte[] bytes = Bytes;
        if (end - at < Llc.HeaderLength || length < Llc.HeaderLength)
        {
            Problem = Undecodable.LinkCutShort;
            return;
        }

        _networkOffset = at - Start;
        ServiceAccessPoints = BigEndian.Read16(bytes, at + Llc.Dsap);
        if (ServiceAccessPoints != Llc.Snap)
        {
            return;
        }

        if (end - at < Llc.SnapHeaderLength || length < Llc.SnapHeaderLength)
        {
            Problem = Undecodable.LinkCutShort;
            return;
        }

        SnapOrganization = (int)((uint)BigEndian.Read32(bytes, at + Llc.Organization) >> 8);
        SnapProtocol = BigEndian.Read16(bytes, at + Llc.Protocol);
        if (SnapOrganization == 0 && SnapProtocol >= Ethernet.LeastType)
        {
            // Organization 0 carries an EtherType (RFC 1042), and IP in it is IP.
            DecodeNetwork(SnapProtocol, at + Llc.SnapHeaderLength, end);
        }
    }
}
