using System;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// What is not yet an incident: an actor and a port (a sweep in the making), an actor and a host (a port scan), an actor and a restricted
/// service, a network that answers unasked. Each remembers its first eight targets; that is as many as any threshold needs.
/// </summary>
/// <remarks>
/// A set-associative table over a keyed hash. A newcomer takes a free or expired place, else the place of the longest silent suspicion with
/// a single target, else of the weakest that is no incident (fewest targets, then the youngest story). So a flood of new sources
/// pushes out only other newcomers: a scan under way has two targets or more. To push that out, an attacker must run more and larger scans
/// in the same set, which he cannot choose, and each of them becomes an incident at three to eight targets.
/// </remarks>
public sealed class Suspicions
{
    /// <summary>Column: the key, 0 for a free place.</summary>
    public const int Key = 0;

    /// <summary>Column: first try, centiseconds.</summary>
    public const int First = 1;

    /// <summary>Column: newest try, centiseconds.</summary>
    public const int Last = 2;

    /// <summary>Column: the incident's record + 1, 0 for none.</summary>
    public const int Incident = 3;

    /// <summary>Column: distinct targets.</summary>
    public const int Targets = 4;

    /// <summary>Column: tries.</summary>
    public const int Tries = 5;

    /// <summary>Column: targets that did not answer (bits 0-7), that answered (8-15), of suspect tries (16-23), that refused (24-31).</summary>
    public const int Counts = 6;

    /// <summary>Column: tries at each of the eight listed targets, four bits each, 15 for more.</summary>
    public const int TriesEach = 7;

    /// <summary>Column: a bit for each target beyond the eighth, by its low five bits.</summary>
    public const int Beyond = 8;

    /// <summary>Column: the actor, or the network that acts as one.</summary>
    public const int Actor = 9;

    /// <summary>Column: the first target: address or address hash.</summary>
    public const int FirstTarget = 10;

    /// <summary>
    /// Column: bits of the prefix that covers all targets (0-7), lowest (8-15) and highest TTL (16-23), listed targets that never spoke (24-31).
    /// </summary>
    public const int Cover = 11;

    /// <summary>Column: signature + 1 (0-15), explanation + 1 (16-23), and the facts below.</summary>
    public const int Facts = 12;

    /// <summary>Fact: the TCP flags differ.</summary>
    public const int FlagsDiffer = 1 << 24;

    /// <summary>Fact: the source port differs.</summary>
    public const int PortDiffers = 1 << 25;

    /// <summary>Fact: the listed targets hold IP ids, since the second came from the same source port as the first.</summary>
    public const int HoldsIds = 1 << 26;

    /// <summary>Fact: not all tries satisfied the same signature.</summary>
    public const int NameDiffers = 1 << 27;

    /// <summary>Column: first source port (low 16 bits), first IP id (high 16 bits).</summary>
    public const int FirstPort = 13;

    /// <summary>Column: TCP flags (0-7), and what the first try's time has below a centisecond, in units of 10 µs (8-17).</summary>
    public const int Flags = 14;

    /// <summary>Column: the first of eight targets: number (high 16 bits), source port or IP id (low 16 bits).</summary>
    public const int Target = 15;

    /// <summary>Columns of a suspicion.</summary>
    public const int Width = Target + ListedTargets;

    /// <summary>Targets that a suspicion lists.</summary>
    public const int ListedTargets = 8;

    /// <summary>All suspicions, one behind the other.</summary>
    public readonly int[] Cells = new int[Limits.Suspicions * Width];

    /// <summary>Suspicions pushed out before their story was over.</summary>
    public int Evictions;

    /// <summary>Finds a suspicion.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Where it begins in <see cref="Cells"/>, or -1.</returns>
    public int Find(int key)
    {
        int[] cells = Cells;
        int at = FirstOf(key);
        int end = at + (Limits.SuspicionWays * Width);
        for (; at < end; at += Width)
        {
            if (cells[at] == key)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Makes a place for a new suspicion.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Where it begins in <see cref="Cells"/>, cleared but for key and times; -1 when incidents hold the whole set.</returns>
    public int Add(int key, int now)
    {
        int[] cells = Cells;
        int first = FirstOf(key);
        int end = first + (Limits.SuspicionWays * Width);
        int victim = -1;
        int weakest = int.MaxValue;
        int oldest = 0;
        for (int at = first; at < end; at += Width)
        {
            if (cells[at] == 0)
            {
                victim = at;
                weakest = 0;
                break;
            }

            if (cells[at + Incident] != 0)
            {
                continue;
            }

            int targets = cells[at + Targets];
            // Of newcomers the longest silent goes first, of suspicions the youngest story.
            int age = targets <= 1 ? now - cells[at + Last] : -(now - cells[at + First]);
            if (now - cells[at + Last] > Limits.StoryGap)
            {
                targets = 0;
                age = 0;
            }

            if (targets < weakest || (targets == weakest && age > oldest))
            {
                victim = at;
                weakest = targets;
                oldest = age;
            }
        }

        if (weakest > 0)
        {
            Evictions++;
        }

        if (victim >= 0)
        {
            Array.Clear(cells, victim, Width);
            cells[victim] = key;
            cells[victim + First] = now;
            cells[victim + Last] = now;
        }

        return victim;
    }

    /// <summary>Forgets the suspicion of a closed incident, and all that point to its record.</summary>
    /// <param name="record">The incident's record.</param>
    public void Release(int record)
    {
        int[] cells = Cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Incident] == record + 1)
            {
                Array.Clear(cells, at, Width);
            }
        }
    }

    /// <summary>Gives all suspicions of one incident to another, as when it is folded.</summary>
    /// <param name="record">The record that goes.</param>
    /// <param name="into">The record that stays.</param>
    public void Hand(int record, int into)
    {
        int[] cells = Cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Incident] == record + 1)
            {
                cells[at + Incident] = into + 1;
            }
        }
    }

    private int FirstOf(int key)
    {
        return (key & ((Limits.Suspicions / Limits.SuspicionWays) - 1)) * (Limits.SuspicionWays * Width);
    }
}
