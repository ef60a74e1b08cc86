using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Tools that give themselves away in the header of a SYN. One frame may look like it by chance; a walk is named when all of its frames do. Whoever
/// forges a mark only gives himself a name.
/// </summary>
public sealed class ToolMarks
{
    /// <summary>No tool.</summary>
    public const int None = 0;

    /// <summary>ZMap up to 4.0: make_ip_header in src/probe_modules/packet.c sets the IP id to 54321. One SYN in 65,536 has it by chance.</summary>
    public const int Zmap = 1;

    /// <summary>
    /// masscan: src/templ-pkt.c sets the IP id to the exclusive or of target address, target port and sequence number. One in 65,536 by chance.
    /// </summary>
    public const int Masscan = 2;

    /// <summary>
    /// nmap's raw scans: window 1024 (tcpip.cc, "Who cares"), a segment size as the only option of a SYN (TCP_SYN_PROBE_OPTIONS in nmap.h), sent
    /// with a TTL from 37 to 59. No system opens connections with so small a window and so few options, and starts so low.
    /// </summary>
    public const int Nmap = 3;

    /// <summary>Mirai: mirai/bot/scanner.c sets the sequence number to the target's address. One in 4 billion by chance.</summary>
    public const int Mirai = 4;

    /// <summary>How many marks there are, none among them.</summary>
    public const int Count = 5;

    // tcpip.cc draws 37 to 59; on its way a frame only loses.
    private const int NmapWindow = 1024;
    private const int NmapMostTtl = 59;
    private const int ZmapIdentification = 54321;

    // A header of 24 octets: one option, the segment size.
    private const int OneOption = 6;

    /// <summary>Reads the mark of an IPv4 SYN.</summary>
    /// <param name="identification">IP id.</param>
    /// <param name="ttl">TTL.</param>
    /// <param name="target">Destination address.</param>
    /// <param name="port">Destination port.</param>
    /// <param name="sequence">Sequence number, all 32 bits.</param>
    /// <param name="sizeFlagsWindow">The TCP header's fourth word: its length (bits 28-31), flags (16-23), window (0-15).</param>
    /// <returns>One of the constants.</returns>
    public int OfSyn(int identification, int ttl, int target, int port, int sequence, int sizeFlagsWindow)
    {
        if (sequence == target)
        {
            return Mirai;
        }

        if (identification == ((target ^ port ^ sequence) & 0xffff))
        {
            return Masscan;
        }

        if (identification == ZmapIdentification)
        {
            return Zmap;
        }

        bool isNmap = (sizeFlagsWindow & 0xffff) == NmapWindow && ((sizeFlagsWindow >> 28) & 15) == OneOption && ttl <= NmapMostTtl;
        return isNmap ? Nmap : None;
    }

    /// <summary>Reads the mark of a decoded IPv4 SYN.</summary>
    /// <param name="bytes">Its octets.</param>
    /// <param name="ipAt">Offset of the IPv4 header.</param>
    /// <param name="tcpAt">Offset of the TCP header.</param>
    /// <returns>One of the constants.</returns>
    public int OfSyn(byte[] bytes, int ipAt, int tcpAt)
    {
        return OfSyn(
            (bytes[ipAt + Ipv4.Identification] << 8) | bytes[ipAt + Ipv4.Identification + 1],
            bytes[ipAt + Ipv4.TimeToLive],
            WordOf(bytes, ipAt + Ipv4.Destination),
            (bytes[tcpAt + Tcp.DestinationPort] << 8) | bytes[tcpAt + Tcp.DestinationPort + 1],
            WordOf(bytes, tcpAt + Tcp.Sequence),
            WordOf(bytes, tcpAt + Tcp.DataOffset));
    }

    private int WordOf(byte[] bytes, int at)
    {
        return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
}
