using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// The keyed hash of all tables. Its key is drawn at start, so that nobody on the wire can choose addresses that fall into one set
/// and push out what is there.
/// </summary>
public sealed class KeyedHash
{
    private readonly int _first;
    private readonly int _second;
    private readonly int _third;

    /// <summary>Derives the three odd multipliers from a seed.</summary>
    /// <param name="seed">Any number; on the device the hardware's random one.</param>
    public KeyedHash(int seed)
    {
        _first = Finish(seed ^ 0x3c6ef372) | 1;
        _second = Finish(_first + seed) | 1;
        _third = Finish(_second ^ seed) | 1;
    }

    /// <summary>Hashes three numbers.</summary>
    /// <param name="a">For instance an actor.</param>
    /// <param name="b">For instance a port.</param>
    /// <param name="c">For instance a kind.</param>
    /// <returns>32 well-mixed bits, never 0: tables use 0 for a free place.</returns>
    public int Of(int a, int b, int c)
    {
        uint h = (uint)(((a ^ _second) * _first) + ((b ^ _third) * _second) + (c * _third));
        h = (h ^ (h >> 15)) * 0x2c1b3c6d;
        h = (h ^ (h >> 12)) * 0x297a2d39;
        h ^= h >> 15;
        return h == 0 ? 1 : (int)h;
    }

    /// <summary>Half of a connection's hash: an end. Both halves are added, so that both directions fall on the same entry.</summary>
    /// <param name="host">Address or address hash.</param>
    /// <param name="port">Port, or 0.</param>
    public int End(int host, int port)
    {
        uint h = (uint)(((host ^ _third) * _first) + ((port ^ _second) * _second));
        return (int)((h ^ (h >> 13)) * 0x5bd1e995);
    }

    /// <summary>Mixes the sum of two ends and a protocol.</summary>
    /// <param name="sum">Sum of two <see cref="End"/>s and the protocol number.</param>
    /// <returns>32 well-mixed bits, never 0.</returns>
    public int Finish(int sum)
    {
        uint h = (uint)sum;
        h = (h ^ (h >> 15)) * 0x2c1b3c6d;
        h = (h ^ (h >> 12)) * 0x297a2d39;
        h ^= h >> 15;
        return h == 0 ? 1 : (int)h;
    }

    /// <summary>An IPv6 address as a number that stands for it in the trackers.</summary>
    /// <param name="bytes">Where it stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    /// <param name="length">Octets that count, from the first: 16 for a host, 14 for all but the last group, 8 for its network.</param>
    public int OfAddress(byte[] bytes, int at, int length)
    {
        int key = _first;
        uint h = (uint)_third;
        int end = at + length;
        for (int i = at; i < end; i += 2)
        {
            h = (h ^ (uint)((bytes[i] << 8) | bytes[i + 1])) * (uint)key;
            h ^= h >> 15;
        }

        h *= 0x297a2d39;
        h ^= h >> 14;
        return (int)h;
    }
}
