using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Actors that failed once. Ordinary networks are full of them: a printer that is off, a name that moved. A lone failure that no
/// signature names waits here, whole, for the second one of its actor; only then do both become suspicions, as if they had been
/// all along.
/// </summary>
/// <remarks>
/// A set-associative table over a keyed hash of the actor; when its set is full a newcomer takes the place of another, so a flood
/// of spoofed sources pushes out other newcomers and nothing else: whoever failed twice is a suspicion, and what a signature
/// names never waits here.
/// </remarks>
public sealed class Newcomers
{
    private const int Sets = 16;
    private const int Ways = Limits.Newcomers / Sets;

    // A product's upper bits are its best mixed ones. Two places of them, since in one neighbours may crowd with some
    // multipliers.
    private const int SetShift = 27;
    private const int SetShift2 = 21;

    // Columns of Rest: target and ports as PendingAttempts has them; TTL, TCP flags, version, protocol and whether it was
    // refused, never 0; IP id and Fine.
    private const int Target = 0;
    private const int Ports = 1;
    private const int Marks = 2;
    private const int Facts = 3;
    private const int Width = 4;
    private const int Refused = 1 << 15;
    private const int AddressesEach = 2 * Ipv6.AddressLength;

    /// <summary>Newcomers pushed out before their story was over.</summary>
    public int Evictions;

    private readonly int[] _actors = new int[Limits.Newcomers];
    private readonly int[] _times = new int[Limits.Newcomers];
    private readonly int[] _rest = new int[Limits.Newcomers * Width];
    private readonly KeyedHash _hash;

    // Of IPv6 attempts, which take the first place of their set alone.
    private readonly byte[] _addresses = new byte[Sets * AddressesEach];
    private int _chance;

    /// <summary>Makes an empty table.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Newcomers(KeyedHash hash)
    {
        _hash = hash;
        _chance = hash.Second;
    }

    /// <summary>Takes in an attempt that failed and that no signature names, unless its actor has failed before.</summary>
    /// <param name="pending">The queue, whose first attempt it is.</param>
    /// <param name="at">Where that begins.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="now">When it came.</param>
    /// <param name="isRefused">It was refused, not merely unanswered.</param>
    /// <returns>False when this is its actor's second failure.</returns>
    public bool Take(PendingAttempts pending, int at, int actor, int now, bool isRefused)
    {
        // The device addresses the first four locals for less than the others.
        int place = actor * _hash.First;
        place = (((place >> SetShift) ^ (place >> SetShift2)) & (Sets - 1)) * Ways;
        int[] rest = _rest;
        int[] actors = _actors;
        if ((actors[place] == actor || actors[place + 1] == actor || actors[place + 2] == actor) && Find(actor, now) >= 0)
        {
            return false;
        }

        int[] attempts = pending.Cells;
        int[] times = _times;
        int marks = attempts[at + PendingAttempts.Marks];
        int ways = (marks & PendingAttempts.IsSix) == 0 ? Ways : 1;
        int end = place + ways;
        while (place < end && rest[(place * Width) + Marks] != 0 && now - times[place] <= Limits.StoryGap)
        {
            place++;
        }

        if (place == end)
        {
            // One by chance, not the oldest: with that, four sweeps in step would push out each other for ever. By IPv6, where
            // there is one place, the new one is as likely to go: two would do the same.
            _chance = (_chance * 1103515245) + 12345;
            int pushed = ((int)((uint)_chance >> 16) * (ways == 1 ? 2 : ways)) >> 16;
            if (pushed == ways)
            {
                Evictions++;
                return true;
            }

            place -= 1 + pushed;
            Evictions++;
        }

        int to = place * Width;
        actors[place] = actor;
        times[place] = now;
        rest[to] = attempts[at + PendingAttempts.Target];
        rest[to + Ports] = attempts[at + PendingAttempts.Ports];
        rest[to + Marks] = marks | (isRefused ? Refused : 0);
        rest[to + Facts] = (attempts[at + PendingAttempts.Facts] & ~0xffff)
            | ((attempts[at + PendingAttempts.Entry] >> PendingAttempts.FineShift) & PendingAttempts.FineMask);
        if (ways == 1)
        {
            pending.CopyAddresses(_addresses, place / Ways * AddressesEach);
        }

        return true;
    }

    /// <summary>Finds the lone failure of an actor.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Its place, or -1.</returns>
    public int Find(int actor, int now)
    {
        int mixed = actor * _hash.First;
        int first = (((mixed >> SetShift) ^ (mixed >> SetShift2)) & (Sets - 1)) * Ways;
        for (int place = first; place < first + Ways; place++)
        {
            if (_actors[place] == actor && _rest[(place * Width) + Marks] != 0)
            {
                return now - _times[place] <= Limits.StoryGap ? place : -1;
            }
        }

        return -1;
    }

    /// <summary>Reads a newcomer and forgets it: it is none any more.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="probe">Takes it in, but for its living bit and what the site profile says.</param>
    /// <returns>Its outcome: <see cref="Outcome.Refused"/> or <see cref="Outcome.Silent"/>.</returns>
    public int Remove(int place, Probe probe)
    {
        int[] rest = _rest;
        int at = place * Width;
        int marks = rest[at + Marks];
        probe.ReadEnds(_times[place], _actors[place], rest[at + Target], rest[at + Ports]);
        // Nobody suspects it, or it would not have waited.
        probe.ReadMarks(marks);
        probe.Signature = -1;
        probe.Identification = (int)((uint)rest[at + Facts] >> 16);
        probe.Fine = rest[at + Facts] & 1023;
        probe.SizeAndWindow = 0;
        if (probe.Version == 6)
        {
            probe.Identification = 0;
            probe.UseAddresses(_addresses, place / Ways * AddressesEach);
        }

        Free(place);
        return (marks & Refused) != 0 ? Outcome.Refused : Outcome.Silent;
    }

    /// <summary>A late answer to a newcomer: accepted, it is no failure after all.</summary>
    /// <param name="late">The attempt that was answered.</param>
    /// <param name="isRefusal">The answer is a refusal.</param>
    public void AnswerLate(Probe late, bool isRefusal)
    {
        int place = Find(late.Actor, late.Now);
        if (place < 0)
        {
            return;
        }

        int at = place * Width;
        if (_rest[at + Target] != late.Target || (ushort)_rest[at + Ports] != late.Port
            || (_rest[at + Marks] & PendingAttempts.ProtocolMask) != late.Protocol)
        {
            return;
        }

        if (isRefusal)
        {
            _rest[at + Marks] |= Refused;
        }
        else
        {
            Free(place);
        }
    }

    private void Free(int place)
    {
        _rest[(place * Width) + Marks] = 0;
    }
}
