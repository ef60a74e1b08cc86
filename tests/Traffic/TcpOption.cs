namespace Appliance.Traffic;

/// <summary>The TCP options that real SYNs carry, already padded to words.</summary>
public static class TcpOption
{
    /// <summary>MSS alone (RFC 9293, 3.7.1): 4 octets.</summary>
    /// <param name="size">The maximum segment size in octets.</param>
    /// <returns>The option.</returns>
    public static byte[] Mss(int size) => new Octets().U8(2).U8(4).U16(size).ToArray();

    /// <summary>MSS, two NOPs, SACK permitted (RFC 2018), as Windows 9x and NT send it: 8 octets.</summary>
    /// <param name="size">The maximum segment size in octets.</param>
    /// <returns>The options.</returns>
    public static byte[] MssSack(int size) => new Octets().Add(Mss(size)).U8(1).U8(1).U8(4).U8(2).ToArray();

    /// <summary>
    /// MSS, NOP, window scale, two NOPs, timestamps (RFC 7323), which tcpdump prints as <c>mss 1460,nop,wscale
    /// 0,nop,nop,timestamp</c>: 20 octets.
    /// </summary>
    /// <param name="size">The maximum segment size in octets.</param>
    /// <param name="scale">The window's shift.</param>
    /// <param name="timestamp">The sender's timestamp; the echoed one is 0, as in a SYN.</param>
    /// <returns>The options.</returns>
    public static byte[] MssScaleTimestamp(int size, int scale, long timestamp) =>
        new Octets().Add(Mss(size)).U8(1).U8(3).U8(3).U8(scale).U8(1).U8(1).U8(8).U8(10).U32(timestamp).U32(0).ToArray();
}
