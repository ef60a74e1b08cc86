using System;

namespace Appliance.Sensor.Memories;

/// <summary>
/// What is not yet an incident: an actor and a port (a sweep in the making), an actor and a host (a port scan), an actor and a
/// restricted service, a network that answers unasked. Each remembers its first eight targets; that is as many as any threshold
/// needs.
/// </summary>
/// <remarks>
/// A set-associative table over a keyed hash. A newcomer takes a free or expired place, else the place of the longest silent
/// suspicion with a single target (first those that no signature names, so that an hourly probe outlives an hour of ordinary
/// failures), else of the weakest that is no incident (fewest targets, then the youngest story). So a flood of new sources pushes
/// out only other newcomers: a scan under way has two targets or more. To push that out, an attacker must run more and larger
/// scans in the same set, which he cannot choose, and each of them becomes an incident at three to eight targets.
/// </remarks>
public sealed class Suspicions
{
    /// <summary>Column: first attempt, centiseconds.</summary>
    public const int First = 0;

    /// <summary>Column: newest attempt, centiseconds.</summary>
    public const int Last = 1;

    /// <summary>Column: the incident's record + 1, 0 for none.</summary>
    public const int Incident = 2;

    /// <summary>Column: distinct targets.</summary>
    public const int Targets = 3;

    /// <summary>Column: attempts.</summary>
    public const int Attempts = 4;

    /// <summary>
    /// Column: targets that did not answer (bits 0-7), that answered (8-15), of suspect attempts (16-23), that refused (24-31).
    /// </summary>
    public const int Counts = 5;

    /// <summary>Column: attempts at each of the eight listed targets, four bits each, 15 for more.</summary>
    public const int AttemptsEach = 6;

    /// <summary>Column: a bit for each target beyond the eighth, by its low five bits.</summary>
    public const int Beyond = 7;

    /// <summary>Column: the actor, or the network that acts as one.</summary>
    public const int Actor = 8;

    /// <summary>Column: the first target: address or address hash.</summary>
    public const int FirstTarget = 9;

    /// <summary>
    /// Column: bits of the prefix that covers all targets (0-7), lowest (8-15) and highest TTL (16-23), listed targets that never
    /// spoke (24-31).
    /// </summary>
    public const int Cover = 10;

    /// <summary>Column: signature + 1 (0-15), explanation + 1 (16-23), and the facts below.</summary>
    public const int Facts = 11;

    /// <summary>Fact: the TCP flags differ.</summary>
    public const int FlagsDiffer = 1 << 24;

    /// <summary>Fact: the source port differs.</summary>
    public const int PortDiffers = 1 << 25;

    /// <summary>Fact: the listed targets hold IP ids, since the second came from the same source port as the first.</summary>
    public const int HoldsIds = 1 << 26;

    /// <summary>Fact: not all attempts satisfied the same signature.</summary>
    public const int NameDiffers = 1 << 27;

    /// <summary>
    /// Fact: a signature named an attempt, or it answers nothing; such a newcomer outlives those that merely failed.
    /// </summary>
    public const int IsNamed = 1 << 28;

    /// <summary>Fact: its incident is its own, not one that it joined.</summary>
    public const int IsOwner = 1 << 29;

    /// <summary>
    /// Fact: of a host that is a part of its actor's sweep over several ports, it was counted as one that answered.
    /// </summary>
    public const int HasAnswered = 1 << 30;

    /// <summary>Fact: it is of a host and its ports, not of a port and its hosts.</summary>
    public const int IsOfHost = 1 << 31;

    /// <summary>Column: first source port (low 16 bits), first IP id (high 16 bits).</summary>
    public const int FirstPort = 12;

    /// <summary>
    /// Column: TCP flags (0-7), what the first attempt's time has below a centisecond, in units of 10 µs (8-17), how many targets
    /// were asked before it began (18-23), and the walk over outcomes, a signed octet (24-31).
    /// </summary>
    public const int Flags = 13;

    /// <summary>Column: a bit for each listed target that was counted as one that answered.</summary>
    public const int Answered = 14;

    /// <summary>
    /// Column: the first of eight targets. The high 16 bits are its number (of a port scan: the port); the low 16 bits are a
    /// union, and what a suspicion is of (<see cref="SuspicionKeys"/>) says which of these they hold:
    /// of a sweep or port scan the source port, or with <see cref="HoldsIds"/> the IP id, of which an order is made
    /// (SuspicionNotes);
    /// of a network's sweep the last octet of the source that came (NetworkSweeps);
    /// of an inverse map the last octet of the source that answered (InverseMaps);
    /// of a restricted service the best <see cref="Outcome"/> of the attempts at the target (RestrictedServices).
    /// </summary>
    public const int Target = 15;

    /// <summary>Columns of a suspicion.</summary>
    public const int Width = Target + ListedTargets;

    /// <summary>Targets that a suspicion lists.</summary>
    public const int ListedTargets = 8;

    /// <summary>Shift of an actor's hash in <see cref="OfActors"/>; see <see cref="SlotOf"/>.</summary>
    public const int SlotShift = 20;

    /// <summary>Mask of an actor's hash in <see cref="OfActors"/>.</summary>
    public const int SlotMask = 127;

    // Above every number of targets that a suspicion reaches.
    private const int Named = 1 << 16;

    private const int SetMask = (Limits.Suspicions / Limits.SuspicionWays) - 1;

    /// <summary>All suspicions, one behind the other.</summary>
    public readonly int[] Cells = new int[Limits.Suspicions * Width];

    /// <summary>
    /// How many suspicions there are of actors, by seven bits of their hash: 0 says for nearly every ordinary client that there
    /// is none, and spares it two look-ups.
    /// </summary>
    public readonly byte[] OfActors = new byte[SlotMask + 1];

    /// <summary>Suspicions pushed out before their story was over.</summary>
    public int Evictions;

    /// <summary>Under which key each is kept.</summary>
    public readonly SuspicionKeys Keys;

    /// <summary>What each keeps of an attempt.</summary>
    public readonly SuspicionNotes Notes;

    private readonly KeyedHash _hash;

    // The keys stand apart, so that a look-up reads neighbours; 0 for a free place.
    private readonly int[] _keys = new int[Limits.Suspicions];

    /// <summary>Makes an empty table.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Suspicions(KeyedHash hash)
    {
        _hash = hash;
        Keys = new SuspicionKeys(hash);
        Notes = new SuspicionNotes(this, hash);
    }

    /// <summary>Where an actor is counted in <see cref="OfActors"/>.</summary>
    /// <param name="actor">The actor.</param>
    public int SlotOf(int actor)
    {
        return ((actor * _hash.First) >> SlotShift) & SlotMask;
    }

    /// <summary>Finds a suspicion.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Where it begins in <see cref="Cells"/>, or -1.</returns>
    public int Find(int key)
    {
        int[] keys = _keys;
        int i = (key & SetMask) * Limits.SuspicionWays;
        int end = i + Limits.SuspicionWays;
        while (keys[i] != key)
        {
            if (++i == end)
            {
                return -1;
            }
        }

        return i * Width;
    }

    /// <summary>Makes a place for a new suspicion.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="keep">Where another suspicion of the same attempt begins, which must not make room for this one; -1 for
    /// none.</param>
    /// <returns>
    /// Where it begins in <see cref="Cells"/>, cleared but for actor and times; -1 when incidents hold the whole set.
    /// </returns>
    public int Add(int key, int actor, int now, int keep)
    {
        int[] cells = Cells;
        int victim = -1;
        int at;
        int worth;
        int[] keys = _keys;
        int first = (key & SetMask) * Limits.SuspicionWays;
        int weakest = int.MaxValue;
        int oldest = 0;
        for (int i = first; i < first + Limits.SuspicionWays; i++)
        {
            at = i * Width;
            if (keys[i] == 0)
            {
                victim = at;
                weakest = -1;
                break;
            }

            int facts = cells[at + Facts];
            if (at == keep || (cells[at + Incident] != 0 && (facts & IsOwner) != 0))
            {
                continue;
            }

            worth = cells[at + Targets];
            if (cells[at + Incident] != 0)
            {
                // It joined another's incident, which tells of it: a scan of many hosts and ports leaves room for others.
                worth = 1;
            }

            // Of newcomers the longest silent goes first, of suspicions the youngest story.
            int age = worth <= 1 ? now - cells[at + Last] : -(now - cells[at + First]);
            if (worth <= 1)
            {
                // A lone failure that no signature names is what ordinary networks are full of.
                worth = (facts & IsNamed) != 0 ? 1 : 0;
            }
            else if ((byte)(cells[at + Counts] >> 16) >= 2)
            {
                // Two suspect targets of three are nearer to an incident than seven of eight.
                worth += Named;
            }

            if (now - cells[at + Last] > Limits.StoryGap)
            {
                worth = -1;
                age = 0;
            }

            if (worth < weakest || (worth == weakest && age > oldest))
            {
                victim = at;
                weakest = worth;
                oldest = age;
            }
        }

        if (weakest >= 0)
        {
            Evictions++;
        }

        if (victim < 0)
        {
            return -1;
        }

        Remove(victim);
        keys[victim / Width] = key;
        OfActors[SlotOf(actor)]++;
        cells[victim + Actor] = actor;
        cells[victim + First] = now;
        cells[victim + Last] = now;
        return victim;
    }

    /// <summary>Forgets a suspicion.</summary>
    /// <param name="at">Where it begins in <see cref="Cells"/>.</param>
    public void Remove(int at)
    {
        int place = at / Width;
        if (_keys[place] != 0)
        {
            _keys[place] = 0;
            OfActors[SlotOf(Cells[at + Actor])]--;
        }

        Array.Clear(Cells, at, Width);
    }

    /// <summary>
    /// Forgets the hosts at which an actor asked for nothing but one port, as far as they are no incident: its sweep tells of
    /// them.
    /// </summary>
    /// <param name="actor">The actor.</param>
    /// <param name="port">The port.</param>
    public void ForgetHosts(int actor, int port)
    {
        int[] cells = Cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Actor] == actor && (cells[at + Facts] & IsOfHost) != 0 && cells[at + Incident] == 0
                && cells[at + Targets] == 1 && (int)((uint)cells[at + Target] >> 16) == port)
            {
                Remove(at);
            }
        }
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
                Remove(at);
            }
        }
    }
}
