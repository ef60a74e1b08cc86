using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// The open incidents: a record of numbers each, the set of targets that it has seen, their order, its ports, and for IPv6 its
/// addresses.
/// </summary>
/// <remarks>
/// When all records are in use, the smallest incident of the lowest severity is closed for a new one. It has been told, and its
/// closing line goes out, so an attacker who makes incidents to push out others only makes himself seen. No kind holds more than
/// half of the records: spoofed knocks at every host, a distributed probe each, push out each other and leave a sweep alone.
/// </remarks>
public sealed partial class IncidentTable
{
    /// <summary>All records, one behind the other; see <see cref="Column"/>.</summary>
    public readonly int[] Cells = new int[Limits.Incidents * Column.Count];

    /// <summary>A record: its newest frame, microseconds since 1970.</summary>
    public readonly long[] Wall = new long[Limits.Incidents];

    /// <summary>IPv6: a record's source and destination addresses, 32 octets.</summary>
    public readonly byte[] Addresses = new byte[Limits.Incidents * 2 * Ipv6.AddressLength];

    /// <summary>A record's ports in ascending order, <see cref="Limits.ListedPorts"/> of them.</summary>
    public readonly ushort[] Ports = new ushort[Limits.Incidents * Limits.ListedPorts];

    /// <summary>A record's targets in the order in which they came, <see cref="Limits.ListedTargets"/> of them.</summary>
    public readonly ushort[] Listed = new ushort[Limits.Incidents * Limits.ListedTargets];

    /// <summary>A record's targets that answered: hosts, or the ports of one host.</summary>
    public readonly NamedTargets Answerers = new NamedTargets();

    /// <summary>A record's targets, of kinds whose targets are few: a restricted service, the polling of dark hosts.</summary>
    public readonly NamedTargets Asked = new NamedTargets();

    /// <summary>How many are open.</summary>
    public int OpenCount;

    /// <summary>Incidents closed early for want of a record.</summary>
    public int Evictions;

    /// <summary>How many were opened of each kind.</summary>
    public readonly int[] Opened = new int[Kind.Count];

    /// <summary>Sources of a distributed probe whose addresses its opening line names.</summary>
    public const int NamedSources = 4;

    private const int WordsEach = Limits.TargetBits / 32;

    /// <summary>
    /// Bits from which on a set is too full to estimate by: a free one then stands for 32 targets, and the error is 5 %.
    /// </summary>
    private const int FullBits = Limits.TargetBits - (Limits.TargetBits / 32);

    /// <summary>
    /// Bits from which on a count is less than the truth: for the eight that came since <see cref="FullBits"/>, and were counted
    /// as one each, it takes some three hundred targets, nearly twice the estimate's error.
    /// </summary>
    private const int SurelyMoreBits = FullBits + 8;

    // A bit for each last octet of an address.
    private const int SourceWords = 256 / 32;

    private readonly int[] _seen = new int[Limits.Incidents * WordsEach];
    private readonly int[] _sources = new int[Limits.Incidents * SourceWords];
    /// <summary>The stations that are actors by their MAC address.</summary>
    public readonly Stations Stations = new Stations();

    private readonly ExactTargets _exact = new ExactTargets();
    private int _lastId;

    /// <summary>
    /// A free record for an incident of a kind; -1 when all are in use, or when its kind holds its half of them.
    /// </summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    public int FindFree(int kind)
    {
        int free = -1;
        for (int i = 0; i < Limits.Incidents; i++)
        {
            if (Cells[(i * Column.Count) + Column.Id] == 0)
            {
                free = i;
            }
        }

        return CountOf(kind) < Limits.IncidentsOfKind ? free : -1;
    }

    /// <summary>
    /// The record to close for a new one: lowest severity, then smallest and shortest, then longest silent; of its kind where
    /// that has its half.
    /// </summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="kind">The new incident's kind.</param>
    public int FindLeast(int now, int kind)
    {
        int[] cells = Cells;
        bool isOfKind = CountOf(kind) >= Limits.IncidentsOfKind;
        int least = 0;
        int leastWorth = int.MaxValue;
        int longest = -1;
        for (int i = 0; i < Limits.Incidents; i++)
        {
            int at = i * Column.Count;
            if (cells[at + Column.Id] == 0 || (isOfKind && cells[at + Column.Kind] != kind))
            {
                continue;
            }

            // Severity before size: a sweep of three hosts goes before one that has walked further. A second of its story counts
            // as a host: spoofed sources that knock a few times each push out each other, not a scan that takes its time.
            int story = (cells[at + Column.Last] - cells[at + Column.First]) / Limits.Second;
            int worth = (cells[at + Column.ToldSeverity] << 24) + story + cells[at + Column.Size];
            int silent = now - cells[at + Column.Last];
            if (worth < leastWorth || (worth == leastWorth && silent > longest))
            {
                least = i;
                leastWorth = worth;
                longest = silent;
            }
        }

        return least;
    }

    /// <summary>The newest open record of a form.</summary>
    /// <param name="form">A constant of <see cref="IncidentForm"/>.</param>
    /// <param name="actor">Its actor, 0 for any.</param>
    /// <param name="version">4 or 6.</param>
    /// <returns>-1 for none.</returns>
    public int FindForm(int form, int actor, int version)
    {
        int found = -1;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int at = record * Column.Count;
            if (Cells[at + Column.Form] == form && IsOf(at, actor == 0 ? Cells[at + Column.Actor] : actor, version))
            {
                found = record;
            }
        }

        return found;
    }

    /// <summary>The kind by which a record is told: a sweep over several ports is a scan.</summary>
    /// <param name="row">Where the record begins.</param>
    public int KindOf(int row)
    {
        int kind = Cells[row + Column.Kind];
        return kind == Kind.Sweep && Cells[row + Column.Port] == 0 && Cells[row + Column.Ports] > 1 ? Kind.Scan : kind;
    }

    private int CountOf(int kind)
    {
        int count = 0;
        for (int at = 0; at < Cells.Length; at += Column.Count)
        {
            count += Cells[at + Column.Id] != 0 && Cells[at + Column.Kind] == kind ? 1 : 0;
        }

        return count;
    }

    /// <summary>The number of the next incident.</summary>
    public int NextId()
    {
        _lastId++;
        return _lastId;
    }

    /// <summary>Fills a free record with what a probe says of itself; no target is counted yet.</summary>
    /// <param name="record">The record.</param>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    /// <param name="probe">The probe that made it an incident.</param>
    /// <param name="lost">The sensor's count of lost frames.</param>
    public void Open(int record, int kind, Probe probe, int lost)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        Array.Clear(cells, at, Column.Count);
        Array.Clear(_seen, record * WordsEach, WordsEach);
        Array.Clear(_sources, record * SourceWords, SourceWords);
        Array.Clear(Ports, record * Limits.ListedPorts, Limits.ListedPorts);
        Answerers.Clear(record);
        Asked.Clear(record);
        OpenCount++;
        Opened[kind]++;
        cells[at + Column.Id] = NextId();
        cells[at + Column.Kind] = kind;
        cells[at + Column.ToldKind] = -1;
        cells[at + Column.Signature] = probe.Signature;
        cells[at + Column.Protocol] = probe.Protocol;
        cells[at + Column.Version] = probe.Version;
        cells[at + Column.Actor] = probe.Actor;
        cells[at + Column.Sources] = 1;
        cells[at + Column.First] = probe.Now;
        cells[at + Column.Last] = probe.Now;
        cells[at + Column.Fine] = (probe.Fine << 16) | probe.Fine;
        cells[at + Column.Group] = -1;
        cells[at + Column.Expected] = probe.Expected;
        cells[at + Column.LostBefore] = lost;
        cells[at + Column.Owner] = -1;
        cells[at + Column.IsSuspect] = probe.IsSuspect ? 1 : 0;
        cells[at + Column.SourcePort] = probe.SourcePort;
        cells[at + Column.Flags] = probe.Flags;
        Wall[record] = probe.Wall;
        int length = 32;
        if (probe.Version == 0)
        {
            Array.Copy(probe.Addresses, probe.SourceAt, Addresses, record * 2 * Ipv6.AddressLength, 6);
        }
        else if (probe.Version == 6)
        {
            length = 128;
            probe.CopyAddresses(Addresses, record * 2 * Ipv6.AddressLength);
        }

        cells[at + Column.Source] = probe.Actor;
        cells[at + Column.Destination] = probe.Target;
        cells[at + Column.SourceLength] = length;
        cells[at + Column.DestinationLength] = length;
    }

    /// <summary>Takes in what a probe adds to an incident's times, TTLs, flags, source port and signature.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    public void Absorb(int record, Probe probe)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        cells[at + Column.Frames]++;
        Advance(record, probe);
        int ttl = probe.Ttl;
        if (ttl != cells[at + Column.TtlLow] || ttl != cells[at + Column.TtlHigh])
        {
            AbsorbTtl(at, ttl);
        }

        if (cells[at + Column.Flags] != probe.Flags)
        {
            cells[at + Column.Flags] = -1;
        }

        if (cells[at + Column.SourcePort] != probe.SourcePort)
        {
            cells[at + Column.SourcePort] = -1;
        }

        int signature = probe.Signature;
        // One port's name does not name a sweep over several.
        if (signature != cells[at + Column.Signature] && cells[at + Column.Signature] < 0
            && (cells[at + Column.Kind] != Kind.Sweep || cells[at + Column.Port] != 0 || cells[at + Column.Ports] == 0))
        {
            cells[at + Column.Signature] = signature;
            cells[at + Column.MayBeWorse] = 1;
        }

        if (cells[at + Column.Expected] >= 0 && probe.Expected < 0)
        {
            cells[at + Column.Expected] = -1;
            cells[at + Column.MayBeWorse] = 1;
        }

        if (probe.IsSuspect && cells[at + Column.IsSuspect] == 0)
        {
            cells[at + Column.IsSuspect] = 1;
            cells[at + Column.MayBeWorse] = 1;
        }
    }

    /// <summary>Takes the time of a probe, unless a newer one is known.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    public void Advance(int record, Probe probe)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        if (probe.Now - cells[at + Column.Last] >= 0)
        {
            cells[at + Column.Last] = probe.Now;
            cells[at + Column.Fine] = (cells[at + Column.Fine] & ~0xffff) | probe.Fine;
            Wall[record] = probe.Wall;
        }
    }

    /// <summary>Widens the TTL range and the range of hops that it implies.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    /// <param name="ttl">A TTL; 0 says nothing.</param>
    public void AbsorbTtl(int at, int ttl)
    {
        if (ttl == 0)
        {
            return;
        }

        int[] cells = Cells;
        int hops = (ttl <= 64 ? 64 : ttl <= 128 ? 128 : 255) - ttl;
        bool isFirst = cells[at + Column.TtlLow] == 0;
        Widen(at + Column.TtlLow, ttl, isFirst);
        Widen(at + Column.HopsLow, hops, isFirst);
    }

    // Widens a range, whose upper end stands behind its lower one.
    private void Widen(int low, int value, bool isFirst)
    {
        int[] cells = Cells;
        if (isFirst || value < cells[low])
        {
            cells[low] = value;
        }

        if (isFirst || value > cells[low + 1])
        {
            cells[low + 1] = value;
        }
    }

    /// <summary>
    /// Counts and remembers a target (or port, or source, as the kind counts) if it is new to an incident. Exact for the listed
    /// ones, for targets that span at most <see cref="Limits.TargetBits"/> numbers, and for any that come in order. Beyond that
    /// some new ones fall on bits of others; those that do not are counted for them (linear counting: Whang, Vander-Zanden,
    /// Taylor, A Linear-Time Probabilistic Counting Algorithm, ACM TODS 15(2), 1990). Its standard error, sqrt(m(e^t - t - 1)) /
    /// n for n targets in m bits and t = n / m, is 3 % for a thousand, and 5 % for 3,500 of 1,024 bits; beyond that it soon says
    /// nothing, so only targets that are surely new are counted then: see <see cref="IsAtLeast"/>. Never are there more targets
    /// than attempts.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="number">16 bits.</param>
    /// <returns>By how much the count grew; 0 when the target was known.</returns>
    public int AddNew(int record, int number)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        int listAt = record * Limits.ListedTargets;
        int word = (record * WordsEach) + ((number >> 5) & (WordsEach - 1));
        int mask = 1 << (number & 31);
        int size = cells[at + Column.Size];
        int bits = cells[at + Column.Bits];
        int low = size == 0 ? number : cells[at + Column.TargetLow];
        int span = cells[at + Column.TargetSpan];
        // The numbers of a network may count on from 65,535 to 0 within it.
        int up = (ushort)(number - low);
        bool isBeyond = up > span;
        bool isSet = (_seen[word] & mask) != 0;
        // The exact set is taken as soon as an incident's own bits do not tell its targets apart any more.
        bool isExact = _exact.Owner == cells[at + Column.Id]
            || ((isBeyond ? up : span) >= Limits.TargetBits && TakeExact(record));
        if (isExact)
        {
            if (!_exact.Add(number, cells[at + Column.Last]))
            {
                return 0;
            }
        }
        else if (isSet && (size > Limits.ListedTargets ? !isBeyond : IsListed(listAt, cells[at + Column.Listed], number)))
        {
            return 0;
        }

        int more = 1;
        if (!isSet)
        {
            _seen[word] |= mask;
            cells[at + Column.Bits] = bits + 1;
            if (!isExact && size > Limits.ListedTargets && span >= Limits.TargetBits && !isBeyond && bits < FullBits)
            {
                int fraction = cells[at + Column.SizeFraction] + (Limits.TargetBits * 1024 / (Limits.TargetBits - bits));
                more = fraction >> 10;
                cells[at + Column.SizeFraction] = fraction & 1023;
                int most = cells[at + Column.Frames] - size;
                more = more > most ? most : more;
            }
        }

        if (size < Limits.ListedTargets)
        {
            // Some may have been counted without their numbers.
            int listed = cells[at + Column.Listed];
            Listed[listAt + listed] = (ushort)number;
            cells[at + Column.Listed] = listed + 1;
        }

        if (isBeyond || size == 0)
        {
            // Nearer below than above, or not.
            bool isBelow = up - span > 65536 - up;
            cells[at + Column.TargetLow] = isBelow ? number : low;
            cells[at + Column.TargetSpan] = isBelow ? span + 65536 - up : up;
        }

        cells[at + Column.Size] = size + more;
        return more;
    }

    /// <summary>Whether a target was counted, of an incident whose targets span at most <see
    /// cref="Limits.TargetBits"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">The target's number.</param>
    public bool Holds(int record, int number)
    {
        return (_seen[(record * WordsEach) + ((number >> 5) & (WordsEach - 1))] & (1 << (number & 31))) != 0;
    }

    // Gives an incident the exact set, if it is free and all targets are still listed.
    private bool TakeExact(int record)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        int size = cells[at + Column.Size];
        if (size == 0 || size > cells[at + Column.Listed] || !_exact.IsFree(cells[at + Column.Last]))
        {
            return false;
        }

        _exact.Take(cells[at + Column.Id]);
        for (int i = 0; i < size; i++)
        {
            _exact.Add(Listed[(record * Limits.ListedTargets) + i], cells[at + Column.Last]);
        }

        return true;
    }

    /// <summary>Gives back what a record has that others may need, as it is closed.</summary>
    /// <param name="record">The record.</param>
    public void Release(int record)
    {
        _exact.Free(Cells[(record * Column.Count) + Column.Id]);
    }

    /// <summary>Whether there are more targets than were counted: the set was too full to tell new ones from old.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool IsAtLeast(int at)
    {
        // Where each attempt counted, or each number between the ends did, nothing was missed.
        int[] cells = Cells;
        int size = cells[at + Column.Size];
        return _exact.Owner != cells[at + Column.Id] && cells[at + Column.Bits] >= SurelyMoreBits
            && size < cells[at + Column.Frames] && size <= cells[at + Column.TargetSpan];
    }

    /// <summary>
    /// Adds a port to an incident's list, in ascending order; ports beyond <see cref="Limits.ListedPorts"/> are not listed.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="port">The port.</param>
    public void ListPort(int record, int port)
    {
        int[] cells = Cells;
        ushort[] ports = Ports;
        int at = record * Column.Count;
        int first = record * Limits.ListedPorts;
        int end = first + cells[at + Column.Ports];
        int place = first;
        while (place < end && ports[place] < port)
        {
            place++;
        }

        if ((place < end && ports[place] == port) || end == first + Limits.ListedPorts)
        {
            return;
        }

        Array.Copy(ports, place, ports, place + 1, end - place);
        ports[place] = (ushort)port;
        cells[at + Column.Ports]++;
    }

    /// <summary>
    /// Keeps the IPv4 address of one of the first sources of a distributed probe, so that its opening line can name them.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="source">The source's number, from 0; only the first <see cref="NamedSources"/> are kept.</param>
    /// <param name="address">Its address.</param>
    public void NameSource(int record, int source, int address)
    {
        if (source < NamedSources)
        {
            BigEndian.Write32(Addresses, (record * 2 * Ipv6.AddressLength) + (source << 2), address);
        }
    }

    /// <summary>Counts a source of an inverse map, or of a network's sweep, by the last octet of its address.</summary>
    /// <param name="record">The record.</param>
    /// <param name="lastOctet">0-255.</param>
    public void CountSource(int record, int lastOctet)
    {
        int word = (record * SourceWords) + (lastOctet >> 5);
        int mask = 1 << (lastOctet & 31);
        if ((_sources[word] & mask) == 0)
        {
            _sources[word] |= mask;
            Cells[(record * Column.Count) + Column.Sources]++;
        }
    }

    /// <summary>Widens the destination prefix so that it covers a probe's target.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    public void CoverDestination(int record, Probe probe)
    {
        Cover(record, Column.Destination, probe.Target, probe.Addresses, probe.DestinationAt, probe.Version);
    }

    /// <summary>Widens the destination prefix of an IPv4 incident so that it covers an address.</summary>
    /// <param name="row">Where the record begins in <see cref="Cells"/>.</param>
    /// <param name="address">The address.</param>
    public void CoverIpv4(int row, int address)
    {
        Cells[row + Column.DestinationLength] =
            Prefix.Shared(Cells[row + Column.Destination], address, Cells[row + Column.DestinationLength]);
    }

    /// <summary>Widens the source prefix so that it covers a probe's actor.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    public void CoverSource(int record, Probe probe)
    {
        Cover(record, Column.Source, probe.Actor, probe.Addresses, probe.SourceAt, probe.Version);
    }

    private void Cover(int record, int column, int address, byte[] addresses, int addressAt, int version)
    {
        int[] cells = Cells;
        int at = (record * Column.Count) + column;
        int length = cells[at + 1];
        if (version != 6)
        {
            // Nearly every target lies in the prefix already.
            if (length > 0 && length < 32 && (address ^ cells[at]) >> (32 - length) == 0)
            {
                return;
            }

            cells[at + 1] = cells[(record * Column.Count) + Column.Version] == 4 ? Prefix.Shared(cells[at], address, length) : 0;
            return;
        }

        int mine = (record * 2 * Ipv6.AddressLength) + (column == Column.Source ? 0 : Ipv6.AddressLength);
        for (int i = 0; i < Ipv6.AddressLength && i << 3 < length; i++)
        {
            int differing = Addresses[mine + i] ^ addresses[addressAt + i];
            if (differing != 0)
            {
                int shared = i << 3;
                while ((differing & 0x80) == 0)
                {
                    differing <<= 1;
                    shared++;
                }

                length = shared < length ? shared : length;
            }
        }

        cells[at + 1] = length;
    }

    private bool IsListed(int listAt, int count, int number)
    {
        ushort[] listed = Listed;
        int end = listAt + count;
        for (int i = listAt; i < end; i++)
        {
            if (listed[i] == number)
            {
                return true;
            }
        }

        return false;
    }
}
