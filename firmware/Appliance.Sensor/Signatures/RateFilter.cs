using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>
/// The memory of <c>detection_filter</c>: how often a signature's other conditions held for one address, in a fixed number of
/// places. Counting is Snort 3's, in whole seconds: a match is let through when more than <c>count</c> came within
/// <c>seconds</c>.
/// </summary>
/// <remarks>
/// An address finds its place among the <see cref="Ways"/> of its set; a new one takes the place that was silent longest. An
/// attacker with many addresses can push counts out, which costs matches of such a rule, but no memory.
/// </remarks>
public sealed class RateFilter
{
    /// <summary>Places in all: a rule that asks for a rate is rare, and few addresses satisfy one at a time.</summary>
    public const int Places = 64;

    /// <summary>Places that a search looks at.</summary>
    public const int Ways = 8;

    // Columns of a place: the address as four words (IPv4: the first, and 0), its signature + 1, which is 0 for an empty place;
    // when
    // its time began and its newest frame came, in seconds; frames since, and in the time before.
    private const int Signature = 4;
    private const int Start = 5;
    private const int Last = 6;
    private const int Count = 7;
    private const int Previous = 8;

    /// <summary>Numbers of a place.</summary>
    public const int Width = 9;

    private readonly int[] _cells = new int[Places * Width];

    // The address that is looked for, as four words.
    private readonly int[] _address = new int[Signature];

    /// <summary>Counts a frame that satisfies all other conditions.</summary>
    /// <param name="table">The table's octets.</param>
    /// <param name="at">Where the condition stands.</param>
    /// <param name="s">The signature.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="stamp">When it came, in µs.</param>
    /// <returns>Whether the signature matches.</returns>
    public bool Passes(byte[] table, int at, int s, Frame frame, long stamp)
    {
        int[] cells = _cells;
        int now = (int)(stamp / 1000000);
        bool source = table[at + 1] == 0;
        int limit = BigEndian.Read32(table, at + 2);
        int[] address = _address;
        int addressAt = source ? frame.SourceAt : frame.DestinationAt;
        for (int i = 0; i < Signature; i++)
        {
            address[i] = frame.IpVersion == 6 ? BigEndian.Read32(frame.Bytes, addressAt + (i << 2)) : 0;
        }

        address[0] |= source ? frame.Source : frame.Destination;

        int place = Find(s + 1, now);
        int count = ++cells[place + Count];
        int seconds = BigEndian.Read32(table, at + 6);
        if (now - cells[place + Start] >= seconds)
        {
            cells[place + Start] = now;
            cells[place + Previous] = now - cells[place + Last] > seconds ? 0 : count - 1;
            count = 1;
            cells[place + Count] = 1;
        }

        cells[place + Last] = now;
        return count > limit || cells[place + Previous] > limit;
    }

    private int Find(int signature, int now)
    {
        int[] cells = _cells;
        int[] address = _address;
        int place;
        int oldest;
        int hash = ((address[0] ^ address[1] ^ address[2] ^ address[3]) * 31) + signature;
        hash ^= (hash >> 16) ^ (hash >> 8);
        int first = (hash & ((Places / Ways) - 1)) * Ways * Width;
        oldest = first;
        for (place = first; place < first + (Ways * Width); place += Width)
        {
            if (cells[place + Signature] == signature && cells[place] == address[0] && cells[place + 1] == address[1]
                && cells[place + 2] == address[2] && cells[place + 3] == address[3])
            {
                return place;
            }

            if (cells[oldest + Signature] != 0
                && (cells[place + Signature] == 0 || cells[place + Last] - cells[oldest + Last] < 0))
            {
                oldest = place;
            }
        }

        Array.Clear(cells, oldest, Width);
        Array.Copy(address, 0, cells, oldest, Signature);
        cells[oldest + Signature] = signature;
        cells[oldest + Start] = now;
        cells[oldest + Last] = now;
        return oldest;
    }
}
