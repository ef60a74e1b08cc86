using System;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Which hosts have talked with each other, either way, this week or the week before. Where one of them is asked by the other
/// later and is silent, it is switched off, not probed: a PACS verifies at night the modalities that sent to it by day.
/// </summary>
/// <remarks>
/// A bit a pair, by a keyed hash, in two generations. An imaging VLAN has some two hundred pairs; then one stranger in ten passes
/// for a companion, and what a probe of his loses is one silence that does not count. Somebody who forges thousands of
/// conversations could fill the bits, so a generation of which half is set is believed no more, and that is counted.
/// </remarks>
public sealed class Companions
{
    private const int Bits = 2048;
    private const int Words = Bits / 32;

    // 2^26 centiseconds: 7.8 days.
    private const int GenerationShift = 26;

    /// <summary>Generations that were filled, so that pairs were asked for in vain.</summary>
    public int Overflows;

    private readonly int[] _pairs = new int[2 * Words];
    private int _set;
    private int _setBefore;
    private int _generation;

    /// <summary>Two hosts talk: data went both ways.</summary>
    /// <param name="pair">Keyed hash of both, the same in either order.</param>
    /// <param name="now">Centiseconds.</param>
    public void Note(int pair, int now)
    {
        Age(now);
        int word = (pair >> 5) & (Words - 1);
        int bit = 1 << (pair & 31);
        if ((_pairs[word] & bit) == 0)
        {
            _pairs[word] |= bit;
            _set++;
            Overflows += _set == Bits / 2 ? 1 : 0;
        }
    }

    /// <summary>Whether two hosts talked lately.</summary>
    /// <param name="pair">Keyed hash of both.</param>
    /// <param name="now">Centiseconds.</param>
    public bool AreKnown(int pair, int now)
    {
        Age(now);
        int word = (pair >> 5) & (Words - 1);
        int talked = (_set < Bits / 2 ? _pairs[word] : 0) | (_setBefore < Bits / 2 ? _pairs[word + Words] : 0);
        return (talked & (1 << (pair & 31))) != 0;
    }

    private void Age(int now)
    {
        int generation = now >> GenerationShift;
        if (generation == _generation)
        {
            return;
        }

        bool isNext = ((generation - _generation) & (int)(0xffffffffu >> GenerationShift)) == 1;
        _generation = generation;
        _setBefore = isNext ? _set : 0;
        _set = 0;
        if (isNext)
        {
            Array.Copy(_pairs, 0, _pairs, Words, Words);
        }
        else
        {
            Array.Clear(_pairs, Words, Words);
        }

        Array.Clear(_pairs, 0, Words);
    }
}
