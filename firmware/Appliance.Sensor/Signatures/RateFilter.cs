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

    // An address as four words (IPv4: the first, and 0), its signature and one, so that 0 is an empty place.
    private readonly int[] _word0 = new int[Places];
    private readonly int[] _word1 = new int[Places];
    private readonly int[] _word2 = new int[Places];
    private readonly int[] _word3 = new int[Places];
    private readonly int[] _signature = new int[Places];
    private readonly int[] _start = new int[Places];
    private readonly int[] _last = new int[Places];
    private readonly int[] _count = new int[Places];
    private readonly int[] _previous = new int[Places];

    /// <summary>Octets of the device's heap.</summary>
    public int MemoryOctets()
    {
        return 12 + 9 * (12 + 20 + Places * 4);
    }

    /// <summary>Counts a frame that satisfies all other conditions.</summary>
    /// <param name="table">The table's octets.</param>
    /// <param name="at">Where the condition stands.</param>
    /// <param name="s">The signature.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="stamp">When it came, in µs.</param>
    /// <returns>Whether the signature matches.</returns>
    public bool Passes(byte[] table, int at, int s, Frame frame, long stamp)
    {
        bool source = table[at + 1] == 0;
        int limit = Word(table, at + 2);
        int seconds = Word(table, at + 6);
        int now = (int)(stamp / 1000000);
        int word0 = source ? frame.Source : frame.Destination;
        int word1 = 0;
        int word2 = 0;
        int word3 = 0;
        if (frame.IpVersion == 6)
        {
            byte[] bytes = frame.Bytes;
            int address = source ? frame.SourceAt : frame.DestinationAt;
            word0 = Word(bytes, address);
            word1 = Word(bytes, address + 4);
            word2 = Word(bytes, address + 8);
            word3 = Word(bytes, address + 12);
        }

        int place = Find(word0, word1, word2, word3, s + 1, now);
        if (_count[place] == 0)
        {
            _start[place] = now;
            _last[place] = now;
            _count[place] = 1;
            _previous[place] = 0;
        }
        else
        {
            _count[place]++;
        }

        if (now - _start[place] >= seconds)
        {
            _start[place] = now;
            _previous[place] = now - _last[place] > seconds ? 0 : _count[place] - 1;
            _count[place] = 1;
        }

        _last[place] = now;
        return _count[place] > limit || _previous[place] > limit;
    }

    private int Find(int word0, int word1, int word2, int word3, int signature, int now)
    {
        int hash = (word0 ^ word1 ^ word2 ^ word3) * 31 + signature;
        hash ^= (hash >> 16) ^ (hash >> 8);
        int first = (hash & (Places / Ways - 1)) * Ways;
        int oldest = first;
        for (int place = first; place < first + Ways; place++)
        {
            if (_signature[place] == signature && _word0[place] == word0 && _word1[place] == word1 && _word2[place] == word2
                && _word3[place] == word3)
            {
                return place;
            }

            if (_signature[oldest] != 0 && (_signature[place] == 0 || _last[place] - _last[oldest] < 0))
            {
                oldest = place;
            }
        }

        _signature[oldest] = signature;
        _word0[oldest] = word0;
        _word1[oldest] = word1;
        _word2[oldest] = word2;
        _word3[oldest] = word3;
        _count[oldest] = 0;
        _last[oldest] = now;
        return oldest;
    }

    private int Word(byte[] bytes, int at)
    {
        return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
}
