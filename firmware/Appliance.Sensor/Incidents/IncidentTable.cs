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

    /// <summary>
    /// A record's targets, of kinds whose targets are few (a restricted service, the polling of dark hosts); of a walk its first
    /// sources.
    /// </summary>
    public readonly NamedTargets Asked = new NamedTargets();

    /// <summary>How many are open.</summary>
    public int OpenCount;

    /// <summary>Incidents closed early for want of a record.</summary>
    public int Evictions;

    /// <summary>How many were opened of each kind.</summary>
    public readonly int[] Opened = new int[Kind.Count];

    /// <summary>Sources of a distributed probe whose addresses its opening line names.</summary>
    public const int NamedSources = 4;

    /// <summary>The stations that are actors by their MAC address.</summary>
    public readonly Stations Stations = new Stations();

    private int _lastId;

    /// <summary>The kind by which a record is told: a sweep over several ports is a scan.</summary>
    /// <param name="row">Where the record begins.</param>
    public int KindOf(int row)
    {
        int kind = Cells[row + Column.Kind];
        return kind == Kind.Sweep && Cells[row + Column.Port] == 0 && Cells[row + Column.Ports] > 1 ? Kind.Scan : kind;
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
        Array.Clear(_octets, record * SourceWords, SourceWords);
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

        Agree(at + Column.Flags, probe.Flags);
        Agree(at + Column.SourcePort, probe.SourcePort);
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

    /// <summary>Keeps what all attempts of an incident have in common: -1 where one differs.</summary>
    /// <param name="cell">Where it stands in <see cref="Cells"/>.</param>
    /// <param name="value">What it is of a further attempt.</param>
    public void Agree(int cell, int value)
    {
        if (Cells[cell] != value)
        {
            Cells[cell] = -1;
        }
    }

    /// <summary>Takes the time of a probe, unless a newer one is known.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    public void Advance(int record, Probe probe)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        // Within a centisecond what was held back for its answer may come behind what came after it.
        if (probe.Now - cells[at + Column.Last] > 0 || (probe.Now == cells[at + Column.Last] && probe.Wall >= Wall[record]))
        {
            cells[at + Column.Last] = probe.Now;
            cells[at + Column.Fine] = (cells[at + Column.Fine] & ~0xffff) | probe.Fine;
            Wall[record] = probe.Wall;
        }
    }
}
