using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Tools that give themselves away in the header of a SYN. One frame may look like it by chance; a walk is named when all of its
/// frames do. Whoever forges a mark only gives himself a name.
/// </summary>
public sealed class ToolMarks
{
    /// <summary>No tool.</summary>
    public const int None = 0;

    /// <summary>
    /// ZMap up to 4.0: make_ip_header in src/probe_modules/packet.c sets the IP id to 54321. One SYN in 65,536 has it by chance.
    /// </summary>
    public const int Zmap = 1;

    /// <summary>
    /// masscan: src/templ-pkt.c sets the IP id to the exclusive or of target address, target port and sequence number. One in
    /// 65,536 by chance.
    /// </summary>
    public const int Masscan = 2;

    /// <summary>
    /// nmap's raw scans: window 1024 (tcpip.cc, "Who cares"), a segment size as the only option of a SYN (TCP_SYN_PROBE_OPTIONS
    /// in nmap.h), sent with a TTL from 37 to 59. No system opens connections with so small a window and so few options, and
    /// starts so low.
    /// </summary>
    public const int Nmap = 3;

    /// <summary>
    /// Mirai: mirai/bot/scanner.c sets the sequence number to the target's address. Of 16 bits of it one in 65,536 by chance.
    /// </summary>
    public const int Mirai = 4;

    /// <summary>How many marks there are, none among them.</summary>
    public const int Count = 5;

    // tcpip.cc draws 37 to 59; on its way a frame only loses.
    private const int NmapMostTtl = 59;
    private const int ZmapIdentification = 54321;

    /// <summary>Reads the mark of a judged IPv4 SYN.</summary>
    /// <param name="probe">The attempt, its header known; of the sequence number 16 bits are.</param>
    /// <returns>One of the constants.</returns>
    public int Of(Probe probe)
    {
        int sequence = (ushort)probe.Sequence;
        if (sequence == (ushort)probe.Target)
        {
            return Mirai;
        }

        if (probe.Identification == (ushort)(probe.Target ^ probe.Port ^ sequence))
        {
            return Masscan;
        }

        if (probe.Identification == ZmapIdentification)
        {
            return Zmap;
        }

        return (probe.SizeAndWindow & PendingAttempts.SmallMask) == PendingAttempts.Small && probe.Ttl <= NmapMostTtl ? Nmap
            : None;
    }
}
