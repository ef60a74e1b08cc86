using System;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Whom an actor has asked before. A row is an actor and a service; its set holds the targets of this week and the one before. So
/// whoever asks the same hosts every day makes no first contacts after the first day, and whoever suddenly asks forty new ones
/// makes forty.
/// </summary>
/// <remarks>
/// <para>
/// Beside the set a row counts its first contacts, and forgets one in <see cref="Patience"/>. Where nearly everything answers, so
/// that outcomes give nobody away, that number is the evidence: <see cref="Crowd"/> of them are no ordinary client.
/// </para>
/// <para>
/// A new row takes the place of the one with the fewest acquaintances in its set of three, then of the longest silent. An
/// attacker who wants to empty the row of a server with sixty must run two actors with more than sixty targets each in that set,
/// which a keyed hash hides from him, and each of these is told at forty. A flood of sources that ask one host each pushes out
/// one another, in one place of three.
/// </para>
/// <para>
/// Targets are told apart exactly within a /24; of networks that are larger, two may share a bit, and an actor who knows n hosts
/// elsewhere then makes one of 256/n first contacts unseen.
/// </para>
/// </remarks>
public sealed class Acquaintances
{
    /// <summary>
    /// First contacts that are evidence by their number alone: a PACS verifies twenty modalities when it starts, a list of hosts
    /// that somebody asks in good faith for the first time is rarely twice as long.
    /// </summary>
    public const int Crowd = 40;

    /// <summary>
    /// Centiseconds after which one first contact is forgotten, 5.8 hours: a service that gets to know four hosts a day never
    /// makes a crowd, a scanner who asks one an hour does after two days.
    /// </summary>
    public const int Patience = 1 << PatienceShift;

    /// <summary>Two to the power of this are <see cref="Patience"/>.</summary>
    public const int PatienceShift = 21;

    /// <summary>
    /// Rows: an imaging VLAN has some thirty servers, consoles and gateways that ask more than one host, half as many again with
    /// headroom.
    /// </summary>
    public const int Rows = Sets * Ways;

    /// <summary>
    /// Rows pushed out that knew <see cref="Known"/> targets or more: their actors will seem to meet them for the first time.
    /// </summary>
    public int Evictions;

    /// <summary>Acquaintances from which on it is worth telling that a row was pushed out.</summary>
    public const int Known = 8;

    private const int Sets = 16;
    private const int Ways = 3;

    // A key's upper bits are its best mixed ones, but for the highest, which KeyedHash.Of leaves 0.
    private const int SetShift = 27;


    // The set of a row: 256 targets of this generation, and 256 of the one before.
    private const int SetWords = 8;
    private const int WordsEach = 2 * SetWords;
    private const int TargetMask = (SetWords * 32) - 1;

    // The clock of a row: units of 2.9 hours, 64 of which are a generation of 7.8 days. All 32 bits of the trackers' clock, so
    // its turn is none here.
    private const int UnitShift = 20;
    private const int UnitMask = 0xfff;
    private const int GenerationShift = 6;

    // What one generation back is, where their number turns.
    private const int Earlier = UnitMask >> GenerationShift;

    // Facts of a row: first contacts in sixteenths (bits 0-11), unit of its newest contact (12-23), acquaintances (24-31). So of
    // two rows the one to give way has the smaller facts.
    private const int LevelMask = 0xfff;
    private const int LevelShift = 4;
    private const int MostLevel = 255 << LevelShift;
    private const int FactsUnitShift = 12;
    private const int WorthShift = 24;
    private const int WorthMask = 255;

    private readonly int[] _keys = new int[Rows];
    private readonly int[] _drained = new int[Rows];
    private readonly int[] _facts = new int[Rows];
    private readonly int[] _targets = new int[Rows * WordsEach];

    /// <summary>Takes in that an actor asks a target.</summary>
    /// <param name="key">Keyed hash of actor and service, never 0.</param>
    /// <param name="target">IPv4 address, or an IPv6 address's digest: neighbours differ in the low eight bits alone.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="patience">
    /// One is forgotten in two to the power of this centiseconds: <see cref="PatienceShift"/>, or of a service whose first
    /// contacts are forgotten sooner.
    /// </param>
    /// <returns>0 when it asked that target before, else how many first contacts it made lately, this one included.</returns>
    public int Meet(int key, int target, int now, int patience)
    {
        // The device addresses the first four locals for less than the others.
        int row = ((key >> SetShift) & (Sets - 1)) * Ways;
        int facts;
        int[] targets = _targets;
        int[] keys = _keys;
        int unit = (now >> UnitShift) & UnitMask;
        // The key shifts the networks beside each other, so that nobody on the wire knows which targets share a bit.
        target = (target + ((target >> 8) * (key | 1))) & TargetMask;
        int bit = 1 << (target & 31);
        int first = row;
        if (keys[row] != key && keys[++row] != key && keys[++row] != key)
        {
            row = VictimOf(first, unit);
            keys[row] = key;
            _drained[row] = now;
            _facts[row] = (1 << WorthShift) | (unit << FactsUnitShift) | (1 << LevelShift);
            Array.Clear(targets, row * WordsEach, WordsEach);
            targets[(row * WordsEach) + (target >> 5)] = bit;
            return 1;
        }

        facts = _facts[row];
        int generations = ((unit >> GenerationShift) - (facts >> (FactsUnitShift + GenerationShift)))
            & (UnitMask >> GenerationShift);
        if (generations == Earlier)
        {
            // A failure that waited for its actor's second (Newcomers) is from before the newest contact.
            unit = (facts >> FactsUnitShift) & UnitMask;
        }
        else if (generations != 0)
        {
            facts = Age(row, facts, generations);
        }

        facts = (facts & ~(UnitMask << FactsUnitShift)) | (unit << FactsUnitShift);
        int at = (row * WordsEach) + (target >> 5);
        bool isKnown = ((targets[at] | targets[at + SetWords]) & bit) != 0;
        targets[at] |= bit;
        if (isKnown)
        {
            _facts[row] = facts;
            return 0;
        }

        int level = Drain(row, facts & LevelMask, now, patience) + (1 << LevelShift);
        level = level > MostLevel ? MostLevel : level;
        // One acquaintance more, 255 at most.
        facts += (uint)facts >> WorthShift < WorthMask ? 1 << WorthShift : 0;
        _facts[row] = (facts & ~LevelMask) | level;
        return (level + (1 << LevelShift) - 1) >> LevelShift;
    }

    /// <summary>Whether an actor has asked a target before, without taking in that it does so now.</summary>
    /// <param name="key">Keyed hash of actor and service.</param>
    /// <param name="target">IPv4 address, or an IPv6 address's digest.</param>
    public bool Knows(int key, int target)
    {
        int row = Find(key);
        target = (target + ((target >> 8) * (key | 1))) & TargetMask;
        int at = (row * WordsEach) + (target >> 5);
        return row >= 0 && ((_targets[at] | _targets[at + SetWords]) & (1 << (target & 31))) != 0;
    }

    /// <summary>Whether an actor has no acquaintances at a service but those that it met lately.</summary>
    /// <param name="key">Keyed hash of actor and service.</param>
    public bool IsNew(int key)
    {
        int row = Find(key);
        return row >= 0 && ((_facts[row] & LevelMask) + (1 << LevelShift) - 1) >> LevelShift >= ((_facts[row] >> WorthShift)
            & WorthMask);
    }

    /// <summary>Forgets first contacts as time goes by; what is left of a unit is kept for the next time.</summary>
    private int Drain(int row, int level, int now, int patience)
    {
        int gone = (now - _drained[row]) >> (patience - LevelShift);
        if (gone < 0 || gone >= level)
        {
            if (gone < 0 && now - _drained[row] >= -Limits.StoryGap)
            {
                // Likewise: nothing is forgotten by what is from before.
                return level;
            }

            _drained[row] = now;
            return 0;
        }

        _drained[row] += gone << (patience - LevelShift);
        return level - gone;
    }

    private int Age(int row, int facts, int generations)
    {
        int[] targets = _targets;
        int at = row * WordsEach;
        if (generations == 1)
        {
            Array.Copy(targets, at, targets, at + SetWords, SetWords);
            Array.Clear(targets, at, SetWords);
        }
        else
        {
            Array.Clear(targets, at, WordsEach);
        }

        int worth = 0;
        for (int i = at + SetWords; i < at + WordsEach; i++)
        {
            worth += Bits.CountOf(targets[i]);
        }

        worth = worth > WorthMask ? WorthMask : worth;
        return (facts & ~(WorthMask << WorthShift)) | (worth << WorthShift);
    }

    // The row of an actor and a service, -1 for none.
    private int Find(int key)
    {
        int[] keys = _keys;
        int row = ((key >> SetShift) & (Sets - 1)) * Ways;
        return keys[row] != key && keys[++row] != key && keys[++row] != key ? -1 : row;
    }

    // The row of a set that gives way: the one with the fewest acquaintances, then the longest silent. Its clock turns after 497
    // days, when an older one stays for once.
    private int VictimOf(int first, int unit)
    {
        // A free row has no facts, and so the least.
        int[] facts = _facts;
        int victim = first;
        uint least = uint.MaxValue;
        for (int row = first; row < first + Ways; row++)
        {
            uint worth = (uint)facts[row];
            if (((unit - ((int)worth >> FactsUnitShift)) & UnitMask) >> (GenerationShift + 1) != 0)
            {
                // Two generations of silence, and its set would be empty.
                worth &= (1u << WorthShift) - 1;
            }

            if (worth < least)
            {
                victim = row;
                least = worth;
            }
        }

        Evictions += least >> WorthShift >= Known ? 1 : 0;
        return victim;
    }
}
