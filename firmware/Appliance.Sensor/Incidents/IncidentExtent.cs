using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>How far an incident reaches: its ports, sources, prefixes and the range of its TTLs.</summary>
public sealed partial class IncidentTable
{
    private const int Octets = 256;
    private const int SourceWords = Octets / 32;

    // A bit for each last octet of an address: of an incident of several sources of these, else of targets that refused.
    private readonly int[] _octets = new int[Limits.Incidents * SourceWords];

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

    /// <summary>Widens the TTL range by that of a suspicion.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    /// <param name="cover">The suspicion's column: lowest TTL in bits 8 to 15, highest in bits 16 to 23.</param>
    public void AbsorbTtls(int at, int cover)
    {
        AbsorbTtl(at, (byte)(cover >> 8));
        AbsorbTtl(at, (byte)(cover >> 16));
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
    /// Adds a port to an incident's list, in ascending order; ports beyond <see cref="Limits.ListedPorts"/> are not listed.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="port">The port.</param>
    public void ListPort(int record, int port)
    {
        ushort[] ports = Ports;
        int first = record * Limits.ListedPorts;
        int place = first;
        int at = record * Column.Count;
        int[] cells = Cells;
        int end = first + cells[at + Column.Ports];
        while (place < end && ports[place] < port)
        {
            place++;
        }

        if (port == 0 || (place < end && ports[place] == port))
        {
            // Of what has no ports, or listed.
            return;
        }

        if (end == first + Limits.ListedPorts)
        {
            CountPort(at, first, port);
            return;
        }

        Array.Copy(ports, place, ports, place + 1, end - place);
        ports[place] = (ushort)port;
        cells[at + Column.Ports]++;
        cells[at + Column.DistinctPorts]++;
    }

    /// <summary>Whether an incident is a sweep over more ports than its line lists.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool CountsPorts(int at)
    {
        return Cells[at + Column.Kind] == Kind.Sweep && Cells[at + Column.DistinctPorts] > Limits.ListedPorts;
    }

    /// <summary>Whether a sweep is over more ports than were counted, as another incident has the exact set.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool HasMorePorts(int at)
    {
        return CountsPorts(at) && _exact.Owner != -Cells[at + Column.Id];
    }

    // A port of a sweep that finds no room in the list: told apart by the exact set, where no other incident has it.
    private void CountPort(int at, int first, int port)
    {
        int[] cells = Cells;
        int id = -cells[at + Column.Id];
        int now = cells[at + Column.Last];
        if (cells[at + Column.Kind] == Kind.Sweep && _exact.Owner != id && cells[at + Column.DistinctPorts] <= Limits.ListedPorts
            && _exact.IsFree(now))
        {
            _exact.Take(id);
            for (int i = 0; i < Limits.ListedPorts; i++)
            {
                _exact.Add(Ports[first + i], now);
            }
        }

        if (_exact.Owner == id ? _exact.Add(port, now) : cells[at + Column.DistinctPorts] == Limits.ListedPorts)
        {
            cells[at + Column.DistinctPorts]++;
        }
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
        Cells[(record * Column.Count) + Column.Sources] += NoteOctet(record, lastOctet) ? 1 : 0;
    }

    /// <summary>
    /// Notes that a target refused. A host that a scan asks at several ports may refuse at each of them, and is one host.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="number">The target's number.</param>
    /// <returns>False when it did before; true too where that is not remembered.</returns>
    public bool IsFirstRefusal(int record, int number)
    {
        int at = record * Column.Count;
        return Cells[at + Column.Kind] != Kind.Sweep || Cells[at + Column.Sources] != 1 || NoteOctet(record, (byte)number)
            || Cells[at + Column.Ports] == 0 || Cells[at + Column.TargetSpan] >= Octets;
    }

    // Whether an octet is new.
    private bool NoteOctet(int record, int octet)
    {
        int word = (record * SourceWords) + (octet >> 5);
        int mask = 1 << (octet & 31);
        bool isNew = (_octets[word] & mask) == 0;
        _octets[word] |= mask;
        return isNew;
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
}
