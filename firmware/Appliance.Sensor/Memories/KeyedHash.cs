using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// The keyed hash of all tables. Its key is drawn at start, so that nobody on the wire can choose addresses that fall into one
/// set and push out what is there.
/// </summary>
public sealed class KeyedHash
{
    /// <summary>
    /// Odd multiplier, drawn from the seed. The batch loop hashes connections inline with these; see
    /// <see cref="Connections.Seek"/>.
    /// </summary>
    public readonly int First;

    /// <summary>Odd multiplier.</summary>
    public readonly int Second;

    /// <summary>Odd multiplier.</summary>
    public readonly int Third;

    /// <summary>Derives the multipliers from a seed.</summary>
    /// <param name="seed">Any number; on the device the hardware's random one.</param>
    public KeyedHash(int seed)
    {
        Third = 0x297a2d39;
        First = Finish(seed ^ 0x3c6ef372) | 1;
        Second = Finish(First + seed) | 1;
        Third = Finish(Second ^ seed) | 1;
    }

    /// <summary>Hashes three numbers.</summary>
    /// <param name="a">For instance an actor.</param>
    /// <param name="b">For instance a port.</param>
    /// <param name="c">For instance a kind.</param>
    /// <returns>32 well-mixed bits, never 0: tables use 0 for a free place.</returns>
    public int Of(int a, int b, int c)
    {
        a = ((a * First) + b) * Second;
        a = ((a ^ (a >> 15)) + c) * Third;
        a ^= a >> 16;
        return a == 0 ? 1 : a;
    }

    /// <summary>Mixes one number.</summary>
    /// <param name="a">The number.</param>
    /// <returns>32 well-mixed bits, never 0.</returns>
    public int Finish(int a)
    {
        a = (a ^ (a >> 15)) * 0x2c1b3c6d;
        a = (a ^ (a >> 12)) * Third;
        a ^= a >> 15;
        return a == 0 ? 1 : a;
    }

    /// <summary>An IPv6 address as a number that stands for it in the trackers.</summary>
    /// <param name="bytes">Where it stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    /// <param name="length">Octets that count, from the first: 16 for a host, 14 for all but the last group, 8 for its
    /// network.</param>
    public int OfAddress(byte[] bytes, int at, int length)
    {
        // Eight octets are read for what four cost.
        int multiplier = First;
        long half = BitConverter.ToInt64(bytes, at);
        int h = (Third ^ (int)half) * multiplier;
        h = (h ^ (h >> 15) ^ (int)(half >> 32)) * multiplier;
        if (length > 8)
        {
            half = BitConverter.ToInt64(bytes, at + 8);
            h = (h ^ (h >> 15) ^ (int)half) * multiplier;
            int last = (int)(half >> 32);
            // All but the last group of an address: the octets stand the other way round.
            h = (h ^ (h >> 15) ^ (length < Ipv6.AddressLength ? last & 0xffff : last)) * multiplier;
        }

        // Finish, inline: a call costs twice as much.
        h ^= h >> 15;
        h = (h ^ (h >> 15)) * 0x2c1b3c6d;
        h = (h ^ (h >> 12)) * Third;
        h ^= h >> 15;
        return h == 0 ? 1 : h;
    }

    /// <summary>
    /// An IPv6 address's number in 16 bits: neighbours within a network of 112 bits differ by one (see
    /// <see cref="Probe.NumberOf"/>).
    /// </summary>
    /// <param name="bytes">Where it stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public int NumberOfSix(byte[] bytes, int at)
    {
        return (ushort)(((bytes[at + 14] << 8) | bytes[at + 15]) + OfAddress(bytes, at, 14));
    }

    /// <summary>
    /// A digest from which <see cref="SharedSix"/> tells the prefix that two IPv6 addresses share: the last 16 bits themselves,
    /// and 16 bits of the hash of all before them.
    /// </summary>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public int DigestOfSix(byte[] bytes, int at)
    {
        return (OfAddress(bytes, at, 14) << 16) | (bytes[at + 14] << 8) | bytes[at + 15];
    }

    /// <summary>
    /// Shortens a prefix to what an IPv6 address shares with an earlier one; 0 where they differ before the last 16 bits.
    /// </summary>
    /// <param name="digest">The earlier one's <see cref="DigestOfSix"/>.</param>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    /// <param name="length">The prefix so far, 0-128.</param>
    public int SharedSix(int digest, byte[] bytes, int at, int length)
    {
        int differing = digest ^ DigestOfSix(bytes, at);
        if ((differing & ~0xffff) != 0)
        {
            return 0;
        }

        while (length > 112 && differing >> (128 - length) != 0)
        {
            length--;
        }

        return length;
    }
}
