namespace Appliance.Sensor.Frames;

/// <summary>ICMP (RFC 792) and ICMPv6 (RFC 4443): the parts that both share.</summary>
public static class Icmp
{
    /// <summary>Offset of the type, 1 octet.</summary>
    public const int Type = 0;

    /// <summary>Offset of the code, 1 octet.</summary>
    public const int Code = 1;

    /// <summary>Offset of the identifier of an echo, 2 octets in network byte order.</summary>
    public const int Identifier = 4;

    /// <summary>Offset of the sequence number of an echo, 2 octets in network byte order.</summary>
    public const int Sequence = 6;

    /// <summary>Octets of the header of echoes and errors; an error quotes the datagram that caused it behind them.</summary>
    public const int HeaderLength = 8;

    /// <summary>Octets that every message has: type, code and checksum.</summary>
    public const int LeastLength = 4;

    /// <summary>ICMP echo reply.</summary>
    public const int EchoReply = 0;

    /// <summary>ICMP destination unreachable.</summary>
    public const int Unreachable = 3;

    /// <summary>ICMP echo request.</summary>
    public const int EchoRequest = 8;

    /// <summary>ICMP timestamp request; its reply has the next number, as the address mask's has.</summary>
    public const int TimestampRequest = 13;

    /// <summary>ICMP timestamp reply.</summary>
    public const int TimestampReply = 14;

    /// <summary>ICMP address mask request (RFC 950).</summary>
    public const int MaskRequest = 17;

    /// <summary>ICMP address mask reply.</summary>
    public const int MaskReply = 18;

    /// <summary>ICMPv6 destination unreachable.</summary>
    public const int UnreachableV6 = 1;

    /// <summary>ICMPv6 echo request.</summary>
    public const int EchoRequestV6 = 128;

    /// <summary>ICMPv6 echo reply.</summary>
    public const int EchoReplyV6 = 129;

    /// <summary>Neighbour solicitation (RFC 4861 section 4.3): who has this address?</summary>
    public const int NeighbourSolicitation = 135;

    /// <summary>Neighbour advertisement (RFC 4861 section 4.4), its answer.</summary>
    public const int NeighbourAdvertisement = 136;

    /// <summary>Offset of the address that either is about, 16 octets.</summary>
    public const int NeighbourTarget = 8;
}

public sealed partial class Frame
{
    private void DecodeIcmp(int at, int end)
    {
        byte[] bytes = Bytes;
        if (!HasHeader(Icmp.LeastLength, end - at, Undecodable.IcmpLengthLies))
        {
            return;
        }

        // Of a longer message only the length is asked for: what is behind its first octets need not be captured.
        int type = bytes[at + Icmp.Type];
        int needed = Protocol == IpProtocol.Icmp ? NeededBy(IcmpLengths, type)
            : NeededBy(type < FirstOfV6 ? ErrorLengths : MessageLengths, type & 127);
        if (!HasHeader(needed, needed, Undecodable.IcmpLengthLies))
        {
            return;
        }

        int header = HasIcmpWord(type) ? Icmp.HeaderLength : Icmp.LeastLength;
        IcmpType = type;
        IcmpCode = bytes[at + Icmp.Code];
        _headerLength = header;
        PayloadLength = TransportLength - header;
    }

    // Octets that a message has at least, by its type: of ICMP (RFC 792, RFC 950, RFC 1256), of ICMPv6's errors and of its other
    // messages, which begin at 128 (RFC 4443, RFC 4861, RFC 4620).
    private const int FirstOfV6 = 128;
    private static readonly byte[] IcmpLengths = { 8, 4, 4, 8, 8, 8, 4, 4, 8, 8, 8, 8, 8, 20, 20, 8, 8, 12, 12 };
    private static readonly byte[] ErrorLengths = { 4, 8, 8, 8, 8 };
    private static readonly byte[] MessageLengths = { 8, 8, 4, 4, 4, 8, 16, 24, 24, 40, 4, 16, 16 };

    private int NeededBy(byte[] lengths, int type)
    {
        return type < lengths.Length ? lengths[type] : Icmp.LeastLength;
    }

    // Bits of the types below 32 that have a second word.
    private const int WordTypes = (1 << Icmp.EchoReply) | (1 << Icmp.Unreachable) | (1 << 4) | (1 << 5) | (1 << Icmp.EchoRequest)
        | (1 << 11) | (1 << 12);

    private const int WordTypesV6 = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4);

    // Echoes and errors have a second word, with identifiers or reserved, before what Snort 3 counts as payload.
    private bool HasIcmpWord(int type)
    {
        return type < 32 ? ((Protocol == IpProtocol.Icmp ? WordTypes : WordTypesV6) & (1 << type)) != 0
            : Protocol == IpProtocol.Icmpv6 && (type == Icmp.EchoRequestV6 || type == Icmp.EchoReplyV6);
    }
}
