namespace NFUnitTest;

/// <summary>Frames of IPv4 without options between two hosts of 10.0.0.0/8.</summary>
public static class TestFrame
{
    /// <summary>Octets before the IP header.</summary>
    public const int Link = 14;

    /// <summary>The SYN flag.</summary>
    public const int Syn = 2;

    /// <summary>The ACK flag.</summary>
    public const int Ack = 16;

    /// <summary>A TCP segment without data.</summary>
    /// <param name="source">The last three octets of the source's address, 10.x.x.x; so the destination's.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="sourcePort">The source's port.</param>
    /// <param name="destinationPort">The destination's port.</param>
    /// <param name="flags">TCP flags.</param>
    public static byte[] Tcp(int source, int destination, int sourcePort, int destinationPort, int flags)
    {
        byte[] frame = Ip(6, 20, source, destination);
        int tcp = Link + 20;
        Put16(frame, tcp, sourcePort);
        Put16(frame, tcp + 2, destinationPort);
        Put16(frame, tcp + 6, source);
        frame[tcp + 12] = 0x50;
        frame[tcp + 13] = (byte)flags;
        Put16(frame, tcp + 14, 512);
        return frame;
    }

    /// <summary>A UDP datagram.</summary>
    public static byte[] Udp(int source, int destination, int sourcePort, int destinationPort, string payload)
    {
        byte[] frame = Ip(17, 8 + payload.Length, source, destination);
        int udp = Link + 20;
        Put16(frame, udp, sourcePort);
        Put16(frame, udp + 2, destinationPort);
        Put16(frame, udp + 4, 8 + payload.Length);
        for (int i = 0; i < payload.Length; i++)
        {
            frame[udp + 8 + i] = (byte)payload[i];
        }

        return frame;
    }

    /// <summary>An ARP request.</summary>
    public static byte[] Arp(int source, int destination)
    {
        byte[] frame = new byte[60];
        for (int i = 0; i < 6; i++)
        {
            frame[i] = 255;
        }

        frame[6] = 2;
        frame[12] = 8;
        frame[13] = 6;
        Put16(frame, 14, 1);
        Put16(frame, 16, 0x0800);
        frame[18] = 6;
        frame[19] = 4;
        frame[21] = 1;
        frame[22] = 2;
        PutAddress(frame, 28, source);
        PutAddress(frame, 38, destination);
        return frame;
    }

    /// <summary>The same frame behind an 802.1Q tag.</summary>
    public static byte[] Tagged(byte[] frame)
    {
        byte[] tagged = new byte[frame.Length + 4];
        System.Array.Copy(frame, 0, tagged, 0, 12);
        Put16(tagged, 12, 0x8100);
        Put16(tagged, 14, 3);
        System.Array.Copy(frame, 12, tagged, 16, frame.Length - 12);
        return tagged;
    }

    private static byte[] Ip(int protocol, int length, int source, int destination)
    {
        byte[] frame = new byte[Link + 20 + length];
        frame[0] = 2;
        frame[5] = 1;
        frame[6] = 2;
        frame[11] = 2;
        frame[12] = 8;
        frame[Link] = 0x45;
        Put16(frame, Link + 2, 20 + length);
        Put16(frame, Link + 4, destination);
        frame[Link + 8] = 64;
        frame[Link + 9] = (byte)protocol;
        PutAddress(frame, Link + 12, source);
        PutAddress(frame, Link + 16, destination);
        return frame;
    }

    private static void PutAddress(byte[] frame, int at, int host)
    {
        frame[at] = 10;
        frame[at + 1] = (byte)(host >> 16);
        frame[at + 2] = (byte)(host >> 8);
        frame[at + 3] = (byte)host;
    }

    private static void Put16(byte[] frame, int at, int value)
    {
        frame[at] = (byte)(value >> 8);
        frame[at + 1] = (byte)value;
    }
}
