using System;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Which home hosts live: a bit for each home address that sent a frame, in two generations of a week, so that a machine that was
/// taken away is dark again after two. Homes of more than <see cref="Limits.LivingBits"/> addresses share the bits by a keyed
/// hash: a dark host then passes for a living one as often as the bits are full (500 living hosts: one in eight), never the other
/// way round.
/// </summary>
/// <remarks>
/// A flood of spoofed home sources can make dark hosts look alive, which hides a dark-host incident and nothing else.
/// </remarks>
public sealed class Hosts
{
    private const int Words = Limits.LivingBits / 32;
    private const int WordsV6 = Limits.LivingBitsV6 / 32;

    /// <summary>Home hosts heard in the present generation, to the exactness of the bits.</summary>
    public int Heard;

    /// <summary>Bits of the present generation; the batch loop reads them itself.</summary>
    public readonly int[] Living = new int[Words + WordsV6];

    /// <summary>Each home address has a bit of its own: the bit is its running number.</summary>
    public bool IsExact;

    /// <summary>When listening began, or began anew behind frames that were lost, in centiseconds.</summary>
    public int Since;

    private readonly KeyedHash _hash;
    private readonly int[] _before = new int[Words + WordsV6];
    private int _heardBefore;
    private int _generation;
    private bool _hasListened;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Hosts(KeyedHash hash)
    {
        _hash = hash;
    }

    /// <summary>Begins to listen: before that somebody may have spoken and not been heard.</summary>
    /// <param name="now">Centiseconds.</param>
    public void Listen(int now)
    {
        Since = now;
        _hasListened = false;
    }

    /// <summary>Takes the size of the home network; what was heard stays where the home is the same.</summary>
    /// <param name="homeSize">Addresses in the IPv4 home ranges.</param>
    /// <param name="sameHome">The home ranges did not change.</param>
    public void UseHome(int homeSize, bool sameHome)
    {
        IsExact = homeSize <= Limits.LivingBits;
        if (!sameHome)
        {
            Array.Clear(Living, 0, Living.Length);
            Array.Clear(_before, 0, _before.Length);
            Heard = 0;
            _heardBefore = 0;
        }
    }

    /// <summary>The bit of a home address.</summary>
    /// <param name="homeIndex">Its running number in the home ranges.</param>
    public int BitOf(int homeIndex)
    {
        return IsExact ? homeIndex : _hash.Finish(homeIndex) & (Limits.LivingBits - 1);
    }

    /// <summary>The bit of an IPv6 home address.</summary>
    /// <param name="key">The address's keyed hash.</param>
    public int BitOf6(int key)
    {
        return Limits.LivingBits + (key & (Limits.LivingBitsV6 - 1));
    }

    /// <summary>A home host sent a frame.</summary>
    /// <param name="bit">Its bit.</param>
    public void Hear(int bit)
    {
        int[] living = Living;
        int word = bit >> 5;
        int mask = 1 << (bit & 31);
        int old = living[word];
        if ((old & mask) == 0)
        {
            living[word] = old | mask;
            Heard++;
        }
    }

    /// <summary>Whether a home host was heard in this generation or the one before.</summary>
    /// <param name="bit">Its bit.</param>
    public bool Lives(int bit)
    {
        int word = bit >> 5;
        return ((Living[word] | _before[word]) & (1 << (bit & 31))) != 0;
    }

    /// <summary>Whether a host never spoke, and enough is known to say so: a sweep asks it for each of its targets.</summary>
    /// <param name="bit">Its living bit.</param>
    /// <param name="now">Centiseconds.</param>
    public bool IsDark(int bit, int now)
    {
        int word = bit >> 5;
        return ((Living[word] | _before[word]) & (1 << (bit & 31))) == 0
            && Heard + _heardBefore >= Limits.HeardForDark && (_hasListened || now - Since >= Limits.UptimeForDark);
    }

    /// <summary>Whether enough is known to call a silent home host dark.</summary>
    /// <param name="now">Centiseconds.</param>
    public bool CanTellDark(int now)
    {
        return Heard + _heardBefore >= Limits.HeardForDark && (_hasListened || now - Since >= Limits.UptimeForDark);
    }

    /// <summary>Begins a new generation when the week is over.</summary>
    /// <param name="now">Centiseconds.</param>
    public void Age(int now)
    {
        // Kept, since the counter turns over after 497 days.
        _hasListened |= now - Since >= Limits.UptimeForDark;
        if (now - _generation < Limits.StoryEnd)
        {
            return;
        }

        _generation = now;
        Array.Copy(Living, 0, _before, 0, Living.Length);
        Array.Clear(Living, 0, Living.Length);
        _heardBefore = Heard;
        Heard = 0;
    }
}
