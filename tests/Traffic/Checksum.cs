using System;

namespace Appliance.Traffic;

/// <summary>The Internet checksum (RFC 1071).</summary>
public static class Checksum
{
    /// <summary>Computes it over one run of octets.</summary>
    /// <param name="octets">The octets, the checksum field zero. An odd last octet is the high half of a word.</param>
    /// <param name="start">A partial sum to go on from, such as that of a pseudo header.</param>
    /// <returns>The checksum, in host order.</returns>
    public static int Of(ReadOnlySpan<byte> octets, long start = 0)
    {
        long sum = start + Sum(octets);
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (int)(~sum & 0xffff);
    }

    /// <summary>The plain sum of 16-bit words in network byte order, not folded.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>The sum.</returns>
    public static long Sum(ReadOnlySpan<byte> octets)
    {
        long sum = 0;
        for (int i = 0; i < octets.Length; i += 2)
        {
            sum += (octets[i] << 8) | (i + 1 < octets.Length ? octets[i + 1] : 0);
        }

        return sum;
    }
}
