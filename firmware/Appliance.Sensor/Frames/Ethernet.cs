namespace Appliance.Sensor.Frames;

/// <summary>Ethernet II and IEEE 802.3 framing, IEEE 802.1Q tags (IEEE 802.3-2022 clause 3, 802.1Q-2022 clause 9).</summary>
public static class Ethernet
{
    /// <summary>Offset of the destination MAC address, 6 octets.</summary>
    public const int Destination = 0;

    /// <summary>Offset of the source MAC address, 6 octets.</summary>
    public const int Source = 6;

    /// <summary>Offset of the type or length, 2 octets in network byte order.</summary>
    public const int Type = 12;

    /// <summary>Octets of the header without tags.</summary>
    public const int HeaderLength = 14;

    /// <summary>Octets that one tag adds.</summary>
    public const int TagLength = 4;

    /// <summary>Customer tag (802.1Q).</summary>
    public const int TypeVlan = 0x8100;

    /// <summary>Service tag (802.1ad, QinQ).</summary>
    public const int TypeServiceVlan = 0x88a8;

    /// <summary>The QinQ tag of switches older than 802.1ad.</summary>
    public const int TypeOldQinQ = 0x9100;

    /// <summary>IPv4.</summary>
    public const int TypeIpv4 = 0x0800;

    /// <summary>ARP.</summary>
    public const int TypeArp = 0x0806;

    /// <summary>IPv6.</summary>
    public const int TypeIpv6 = 0x86dd;

    /// <summary>Below this value the type field is the length of an 802.3 frame (IEEE 802.3-2022, 3.2.6).</summary>
    public const int LeastType = 0x0600;

    /// <summary>Two tags are QinQ, three are seen on provider edges; a longer stack is made to hide what follows it.</summary>
    public const int MostTags = 8;
}

public sealed partial class Frame
{
    private void DecodeEthernet(int at, int end)
    {
        byte[] bytes = Bytes;
        if (end - at < Ethernet.HeaderLength)
        {
            Problem = Undecodable.LinkCutShort;
            return;
        }

        int first = bytes[at];
        IsMulticast = (first & 1) != 0;
        IsBroadcast = first == 255 && bytes[at + 1] == 255 && BigEndian.Read32(bytes, at + 2) == -1;
        int typeAt = at + Ethernet.Type;
        int type = BigEndian.Read16(bytes, typeAt);
        int tags = 0;
        while (type == Ethernet.TypeVlan || type == Ethernet.TypeServiceVlan || type == Ethernet.TypeOldQinQ)
        {
            if (end - typeAt < Ethernet.TagLength + 2)
            {
                Problem = Undecodable.LinkCutShort;
                return;
            }

            if (tags == Ethernet.MostTags)
            {
                Problem = Undecodable.TooManyTags;
                return;
            }

            tags++;
            typeAt += Ethernet.TagLength;
            type = BigEndian.Read16(bytes, typeAt);
        }

        Tags = tags;
        if (type < Ethernet.LeastType)
        {
            DecodeLlc(typeAt + 2, end, type);
        }
        else
        {
            DecodeNetwork(type, typeAt + 2, end);
        }
    }

    private void DecodeNetwork(int type, int at, int end)
    {
        EtherType = type;
        _networkOffset = at - Start;
        if (type == Ethernet.TypeIpv4)
        {
            DecodeIpv4(at, end);
        }
        else if (type == Ethernet.TypeIpv6)
        {
            DecodeIpv6(at, end);
        }
        else if (type == Ethernet.TypeArp)
        {
            DecodeArp(at, end);
        }
    }
}
