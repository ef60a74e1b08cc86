namespace Appliance.Sensor.Frames;

/// <summary>The TCP header (RFC 9293 section 3.1).</summary>
public static class Tcp
{
    /// <summary>Offset of the source port, 2 octets in network byte order.</summary>
    public const int SourcePort = 0;

    /// <summary>Offset of the destination port, 2 octets in network byte order.</summary>
    public const int DestinationPort = 2;

    /// <summary>Offset of the sequence number, 4 octets in network byte order.</summary>
    public const int Sequence = 4;

    /// <summary>Offset of the acknowledgment number, 4 octets in network byte order.</summary>
    public const int Acknowledgment = 8;

    /// <summary>Offset of the data offset in 32-bit words (high 4 bits).</summary>
    public const int DataOffset = 12;

    /// <summary>Offset of the flags, 1 octet.</summary>
    public const int Flags = 13;

    /// <summary>Offset of the window, 2 octets in network byte order.</summary>
    public const int Window = 14;

    /// <summary>Octets of a header without options.</summary>
    public const int HeaderLength = 20;

    /// <summary>Flag: no more data from sender.</summary>
    public const int Fin = 1;

    /// <summary>Flag: synchronize sequence numbers.</summary>
    public const int Syn = 2;

    /// <summary>Flag: reset the connection.</summary>
    public const int Rst = 4;

    /// <summary>Flag: push.</summary>
    public const int Psh = 8;

    /// <summary>Flag: the acknowledgment number is significant.</summary>
    public const int Ack = 16;

    /// <summary>Flag: the urgent pointer is significant.</summary>
    public const int Urg = 32;

    /// <summary>The six flags of RFC 793: ECE and CWR (RFC 3168) aside.</summary>
    public const int ClassicFlags = 63;

    /// <summary>
    /// The flags that say whether a segment opens a connection: SYN alone of these does, whatever PSH and URG say (RFC 9293,
    /// 3.10.7.2).
    /// </summary>
    public const int Opening = Syn | Ack | Fin | Rst;
}

public sealed partial class Frame
{
    private void DecodeTcp(int at, int end)
    {
        byte[] bytes = Bytes;
        int length = TransportLength;
        if (!HasHeader(Tcp.HeaderLength, end - at, Undecodable.TcpLengthLies))
        {
            return;
        }

        int headerLength = (bytes[at + Tcp.DataOffset] >> 4) << 2;
        if (headerLength < Tcp.HeaderLength || (headerLength > length && !IsFragment))
        {
            Problem = Undecodable.TcpLengthLies;
            return;
        }

        TakePorts(at, headerLength);
        TcpFlags = bytes[at + Tcp.Flags];
        PayloadLength = headerLength > length ? 0 : length - headerLength;
    }
}
