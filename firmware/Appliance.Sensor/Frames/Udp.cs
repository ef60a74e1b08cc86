namespace Appliance.Sensor.Frames;

/// <summary>The UDP header (RFC 768).</summary>
public static class Udp
{
    /// <summary>Offset of the source port, 2 octets in network byte order.</summary>
    public const int SourcePort = 0;

    /// <summary>Offset of the destination port, 2 octets in network byte order.</summary>
    public const int DestinationPort = 2;

    /// <summary>Offset of the length, 2 octets in network byte order, header included.</summary>
    public const int Length = 4;

    /// <summary>Octets of the header.</summary>
    public const int HeaderLength = 8;
}

public sealed partial class Frame
{
    private void DecodeUdp(int at, int end)
    {
        byte[] bytes = Bytes;
        int length = TransportLength;
        if (!HasHeader(Udp.HeaderLength, end - at, Undecodable.UdpLengthLies))
        {
            return;
        }

        int said = BigEndian.Read16(bytes, at + Udp.Length);
        if (said < Udp.HeaderLength || (said > length && !IsFragment))
        {
            Problem = Undecodable.UdpLengthLies;
            return;
        }

        TakePorts(at, Udp.HeaderLength);
        PayloadLength = (said > length ? length : said) - Udp.HeaderLength;
    }
}
