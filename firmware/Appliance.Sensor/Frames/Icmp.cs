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

    /// <summary>Octets of the header; an error message quotes the datagram that caused it behind them.</summary>
    public const int HeaderLength = 8;

    /// <summary>ICMP echo reply.</summary>
    public const int EchoReply = 0;

    /// <summary>ICMP destination unreachable.</summary>
    public const int Unreachable = 3;

    /// <summary>ICMP echo request.</summary>
    public const int EchoRequest = 8;

    /// <summary>ICMPv6 destination unreachable.</summary>
    public const int UnreachableV6 = 1;

    /// <summary>ICMPv6 echo request.</summary>
    public const int EchoRequestV6 = 128;

    /// <summary>ICMPv6 echo reply.</summary>
    public const int EchoReplyV6 = 129;
}

public sealed partial class Frame
{
    private void DecodeIcmp(int at, int end)
    {
        byte[] bytes = Bytes;
        if (TransportLength < Icmp.HeaderLength)
        {
            if (IsFragment)
            {
                SplitsHeader = true;
            }
            else
            {
                Problem = Undecodable.IcmpLengthLies;
            }

            return;
        }

        if (end - at < Icmp.HeaderLength)
        {
            Problem = Undecodable.TransportCutShort;
            return;
        }

        IcmpType = bytes[at + Icmp.Type];
        IcmpCode = bytes[at + Icmp.Code];
        _headerLength = Icmp.HeaderLength;
        PayloadLength = TransportLength - Icmp.HeaderLength;
    }
}
