using Appliance.Imaging.Stories;
using Appliance.Sensor.Frames;

namespace Appliance.Imaging.Frames;

/// <summary>
/// Systems that get no updates any more, by how they open a connection: hops, window and options in their order, as p0f 3.09
/// lists them (p0f.fp). Only what no system of today does counts: who is not known for sure is not called old.
/// </summary>
public static class OldSystem
{
    // p0f: a system begins with 64, 128 or 255 hops; more than 64 are left of what was Windows'.
    private const int UnixHops = 64;
    private const int WindowsHops = 128;

    // Options (RFC 9293 3.2, 7323 2.2, 2018 2, 7323 3.2).
    private const int End = 0;
    private const int NoOperation = 1;
    private const int SegmentSize = 2;
    private const int WindowScale = 3;
    private const int SelectiveAllowed = 4;
    private const int Timestamps = 8;

    // Orders of options, four bits each, the first in the highest.
    private const int SizeAlone = 0x2;
    private const int SizeSelective = 0x2114;
    private const int SizeScaleSelective = 0x213114;
    private const int SizeSelectiveTimestampScale = 0x24813;

    // Windows in octets; Linux's is four segments of Ethernet until version 2.6.38 (ten from 2.6.39 on).
    private const int WindowOf2000 = 16384;
    private const int WindowOfXp = 65535;
    private const int WindowOfSeven = 8192;
    private const int WindowOfOldLinux = 5840;

    // Windows 8 and later scale by 8 there.
    private const int ScaleOfSeven = 2;
    private const int MostScaleOfXp = 2;

    /// <summary>Which old system sent a connection request.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="ip">Where its IPv4 header of 20 octets begins.</param>
    /// <param name="end">Where what was captured ends.</param>
    /// <returns>A constant of <see cref="Reason"/>; <see cref="Reason.None"/> for none.</returns>
    public static int Of(byte[] bytes, int ip, int end)
    {
        int tcp = ip + Ipv4.HeaderLength;
        int options = tcp + Tcp.HeaderLength;
        int stop = tcp + ((bytes[tcp + Tcp.DataOffset] >> 4) << 2);

        // Without "don't fragment" it is none of these, or a scanner.
        if (stop > end || (bytes[ip + Ipv4.FlagsAndFragment] & 0x40) == 0)
        {
            return Reason.None;
        }

        int order = 0;
        int scale = 0;
        for (int at = options; at < stop && bytes[at] != End;)
        {
            int kind = bytes[at];
            order = (order << 4) | (kind & 15);
            int length = kind == NoOperation ? 1 : at + 1 < stop ? bytes[at + 1] : 0;
            if (kind > Timestamps || length == 0 || at + length > stop)
            {
                return Reason.None;
            }

            scale = kind == WindowScale && length == 3 ? bytes[at + 2] : scale;
            at += length;
        }

        int hops = bytes[ip + Ipv4.TimeToLive];
        int window = (bytes[tcp + Tcp.Window] << 8) | bytes[tcp + Tcp.Window + 1];
        if (hops <= UnixHops)
        {
            return order == SizeSelectiveTimestampScale && window == WindowOfOldLinux ? Reason.OldLinux : Reason.None;
        }

        if (hops > WindowsHops)
        {
            return Reason.None;
        }

        switch (order)
        {
            case SizeAlone:
                return window == WindowOfSeven ? Reason.OldNt : Reason.None;
            case SizeSelective:
                return window == WindowOf2000 || window == WindowOfXp ? Reason.OldXp : Reason.None;
            case SizeScaleSelective:
                return window == WindowOfXp && scale <= MostScaleOfXp ? Reason.OldXp
                    : window == WindowOfSeven && scale == ScaleOfSeven ? Reason.OldSeven : Reason.None;
            default:
                return Reason.None;
        }
    }
}
