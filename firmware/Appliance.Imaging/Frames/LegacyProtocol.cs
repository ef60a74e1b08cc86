using Appliance.Sensor.Frames;

namespace Appliance.Imaging.Frames;

/// <summary>
/// The protocols of old imaging networks, as legacy.rules knows them by type, LLC address or SNAP number; and AdvantageNet, by
/// which General Electric's consoles look for each other. Each is a bit of an inventory's column.
/// </summary>
public static class LegacyProtocol
{
    /// <summary>None of them.</summary>
    public const int None = -1;

    /// <summary>DECnet Phase IV.</summary>
    public const int DecNet = 0;

    /// <summary>DEC LAT, logins of terminals.</summary>
    public const int Lat = 1;

    /// <summary>DEC MOP, systems and consoles over the network.</summary>
    public const int Mop = 2;

    /// <summary>IPX, in Ethernet II, LLC and raw frames.</summary>
    public const int Ipx = 3;

    /// <summary>AppleTalk and its ARP.</summary>
    public const int AppleTalk = 4;

    /// <summary>NetBEUI.</summary>
    public const int NetBeui = 5;

    /// <summary>ISO OSI.</summary>
    public const int Osi = 6;

    /// <summary>Xerox Network Systems.</summary>
    public const int Xns = 7;

    /// <summary>Banyan VINES.</summary>
    public const int Vines = 8;

    /// <summary>AdvantageNet.</summary>
    public const int AdvantageNet = 9;

    /// <summary>How many there are.</summary>
    public const int Count = 10;

    // An IPX header without an LLC one: its checksum, which is none.
    private const int RawIpx = 0xffff;

    // SNAP: an organization and its protocol; Apple's.
    private const int AppleOrganization = 0x080007;
    private const int AppleTalkProtocol = 0x809b;

    // AdvantageNet's discovery, octets of the datagram from 0 (detect 8's dump): "NMR1" at 8, "IC0" at 14.
    private const int Magic = 8;
    private const int Console = 14;
    private const int DiscoveryLength = 17;

    /// <summary>Which of them a type of Ethernet II is.</summary>
    /// <param name="type">The type.</param>
    /// <returns>A constant of this class.</returns>
    public static int OfType(int type)
    {
        switch (type)
        {
            case 0x6003:
                return DecNet;
            case 0x6004:
                return Lat;
            case 0x6001:
            case 0x6002:
                return Mop;
            case 0x8137:
                return Ipx;
            case AppleTalkProtocol:
            case 0x80f3:
                return AppleTalk;
            case 0x0600:
                return Xns;
            case 0x0bad:
                return Vines;
            default:
                return None;
        }
    }

    /// <summary>Which of them a frame of IEEE 802.3 is.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its LLC header begins.</param>
    /// <param name="end">Where what was captured ends.</param>
    /// <returns>A constant of this class.</returns>
    public static int OfLlc(byte[] bytes, int at, int end)
    {
        if (at + Llc.HeaderLength > end)
        {
            return None;
        }

        // The sender's lowest bit says that it answers (IEEE 802.2, 3.3.1.2).
        int addresses = (bytes[at] << 8) | bytes[at + 1];
        switch (addresses == RawIpx ? addresses : addresses & ~1)
        {
            case 0xe0e0:
            case RawIpx:
                return Ipx;
            case 0xf0f0:
                return NetBeui;
            case 0xfefe:
                return Osi;
            case 0xbcbc:
                return Vines;
            case Llc.Snap:
                if (at + Llc.SnapHeaderLength > end)
                {
                    return None;
                }

                // Without an organization it is a type of Ethernet II (RFC 1042).
                int organization = BigEndian.Read32(bytes, at + Llc.Organization - 1) & 0xffffff;
                int type = BigEndian.Read16(bytes, at + Llc.Protocol);
                return organization == 0 ? OfType(type) : organization == AppleOrganization && type == AppleTalkProtocol ? AppleTalk : None;
            default:
                return None;
        }
    }

    /// <summary>Whether a datagram is one by which consoles of AdvantageNet look for each other, whatever its port.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="end">Where what was captured ends.</param>
    public static bool IsAdvantageNet(byte[] bytes, int at, int end)
    {
        return at + DiscoveryLength <= end && bytes[at + Magic] == 'N' && bytes[at + Magic + 1] == 'M' && bytes[at + Magic + 2] == 'R'
            && bytes[at + Magic + 3] == '1' && bytes[at + Console] == 'I' && bytes[at + Console + 1] == 'C'
            && bytes[at + Console + 2] == '0';
    }
}
