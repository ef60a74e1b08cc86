using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// The frames behind a line such as <c>securityalert: tcp from A:p to B on unserved port q</c> of detects 1 and 4. The log says
/// protocol, addresses, ports and the second; the kernel then answers a SYN by RST|ACK and a datagram by an ICMP port
/// unreachable. Chosen: the microseconds, and what a Windows 9x host of that time sends (DF, window 8192, MSS 1460 with SACK
/// permitted, an initial TTL of 128 less a plausible number of hops, an IP id that counts in its high octet).
/// </summary>
internal static class UnservedPort
{
    private const int AnswerDelay = 180;

    public static void Tcp(Capture capture, long time, string source, int sourcePort, int port, int timeToLive, int id,
        uint sequence)
    {
        Ip there = Places.CableNet.Ip(source, Places.Cable) with
        {
            TimeToLive = timeToLive,
            Identification = id,
            DontFragment = true
        };
        Ip back = Places.CableNet.Ip(Places.Cable, source) with { TimeToLive = 60, Identification = id >> 8 };
        capture.Add(time, there.Tcp(sourcePort, port, "S", sequence, options: TcpOption.MssSack(1460)));
        capture.Add(time + AnswerDelay, back.Tcp(port, sourcePort, "RA", 0, sequence + 1, window: 0));
    }

    /// <summary>A NetBIOS node status query, which is what UDP port 137 was asked in those days.</summary>
    public static void NodeStatus(Capture capture, long time, string source, int sourcePort, int timeToLive, int id,
        int transaction)
    {
        Ip there = Places.CableNet.Ip(source, Places.Cable) with { TimeToLive = timeToLive, Identification = id };
        Ip back = Places.CableNet.Ip(Places.Cable, source) with { TimeToLive = 255, Identification = id >> 8 };
        byte[] query = there.Udp(sourcePort, 137, Payload.NodeStatusQuery(transaction));
        capture.Add(time, query);
        capture.Add(time + AnswerDelay, back.PortUnreachable(query));
    }
}
