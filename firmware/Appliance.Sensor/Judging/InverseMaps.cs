using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Answers to nothing. A reset or SYN-ACK whose SYN nobody remembers, to three home hosts from one network: somebody maps which hosts are not
/// there, or somebody else is scanned with our addresses as the sender's.
/// </summary>
/// <remarks>
/// Nothing is concluded while frames are lost, while the connection memory forgets young entries (a flood may have pushed the SYN out), or while
/// the mirror shows one direction; so an attacker can silence this tracker, but only loudly.
/// </remarks>
public sealed class InverseMaps
{
    private const int KeyInverse = 4;

    /// <summary>
    /// Answers that wait for their question: a mirror port hands over both directions up to some milliseconds out of order, and a
    /// refusal that came before its SYN is no answer to nothing.
    /// </summary>
    private const int HeldAnswers = 4;

    private const int HeldWidth = 8;

    // Beside flags, TTL, version and whether the sequence number is 0.
    private const int GoesOn = 1 << 17;

    /// <summary>When frames were last lost, centiseconds; long ago at start.</summary>
    public int LostAt = -Limits.Day;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Suspicions _suspicions;
    private readonly MirrorHealth _mirror;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly Probe _answer;
    private readonly int[] _held = new int[HeldAnswers * HeldWidth];
    private readonly byte[] _heldAddresses = new byte[HeldAnswers * 2 * Ipv6.AddressLength];
    private int _heldCount;

    /// <summary>Ties the tracker to the memories that it asks; the scratch probe is one that others use too, at other times.</summary>
    public InverseMaps(KeyedHash hash, Connections connections, Suspicions suspicions, MirrorHealth mirror, IncidentTable incidents,
        Teller teller, Probe scratch)
    {
        _answer = scratch;
        _hash = hash;
        _connections = connections;
        _suspicions = suspicions;
        _mirror = mirror;
        _incidents = incidents;
        _teller = teller;
    }

    /// <summary>Takes in an answer for which no question is remembered; it is judged with the next look at the time.</summary>
    /// <param name="probe">The answer.</param>
    public void Note(Probe probe)
    {
        if (_heldCount == HeldAnswers)
        {
            Release(_held, 0);
            _heldCount--;
            Array.Copy(_held, HeldWidth, _held, 0, _heldCount * HeldWidth);
            Array.Copy(_heldAddresses, 2 * Ipv6.AddressLength, _heldAddresses, 0, _heldCount * 2 * Ipv6.AddressLength);
        }

        int[] held = _held;
        int at = _heldCount * HeldWidth;
        byte[] bytes = probe.Bytes;
        int sequenceAt = probe.TransportAt + Tcp.Sequence;
        bool isZero = (bytes[sequenceAt] | bytes[sequenceAt + 1] | bytes[sequenceAt + 2] | bytes[sequenceAt + 3]) == 0;
        held[at] = probe.Now;
        held[at + 1] = probe.Actor;
        held[at + 2] = probe.Target;
        held[at + 3] = (probe.SourcePort << 16) | probe.Port;
        held[at + 4] = (probe.Version << 24) | (isZero ? 1 << 16 : 0) | (probe.Ttl << 8) | probe.Flags;
        held[at + 5] = probe.Fine;
        held[at + 6] = (int)probe.Wall;
        held[at + 7] = (int)(probe.Wall >> 32);
        if (probe.Version == 6)
        {
            int addressesAt = _heldCount * 2 * Ipv6.AddressLength;
            Array.Copy(probe.Addresses, probe.SourceAt, _heldAddresses, addressesAt, Ipv6.AddressLength);
            Array.Copy(probe.Addresses, probe.DestinationAt, _heldAddresses, addressesAt + Ipv6.AddressLength, Ipv6.AddressLength);
        }

        _heldCount++;
    }

    /// <summary>
    /// Says that a flow without a question goes on: where the mirror shows no flow in both directions, that is half of a conversation and not an
    /// answer to nothing.
    /// </summary>
    /// <param name="probe">The segment.</param>
    /// <returns>True the first time that one of a waiting SYN-ACK's flow comes.</returns>
    public bool Continues(Probe probe)
    {
        int[] held = _held;
        for (int at = 0; at < _heldCount * HeldWidth; at += HeldWidth)
        {
            if (held[at + 1] == probe.Actor && held[at + 2] == probe.Target && held[at + 3] == ((probe.SourcePort << 16) | probe.Port)
                && (held[at + 4] & (GoesOn | Tcp.Rst)) == 0)
            {
                held[at + 4] |= GoesOn;
                return true;
            }
        }

        return false;
    }

    /// <summary>Judges the answers that wait: at once, or where the mirror shows no flow in both directions as late as their conversation would go on.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    public void Settle(int now, bool isEnd)
    {
        if (_heldCount == 0 || (!isEnd && now - _held[0] < Limits.AnswerWait && _mirror.SeesNoFlow()))
        {
            return;
        }

        int count = _heldCount;
        _heldCount = 0;
        for (int i = 0; i < count; i++)
        {
            Release(_held, i);
        }
    }

    private void Release(int[] held, int place)
    {
        int at = place * HeldWidth;
        Probe probe = _answer;
        int marks = held[at + 4];
        if ((marks & GoesOn) != 0 && _mirror.SeesNoFlow())
        {
            return;
        }

        probe.Now = held[at];
        probe.Actor = held[at + 1];
        probe.Target = held[at + 2];
        probe.SourcePort = (held[at + 3] >> 16) & 0xffff;
        probe.Port = held[at + 3] & 0xffff;
        probe.Version = marks >> 24;
        probe.Protocol = IpProtocol.Tcp;
        probe.Signature = -1;
        probe.Expected = -1;
        probe.IsSuspect = false;
        probe.Ttl = (marks >> 8) & 255;
        probe.Flags = marks & 255;
        probe.Fine = held[at + 5];
        probe.Wall = ((long)held[at + 7] << 32) | (uint)held[at + 6];
        probe.Addresses = _heldAddresses;
        probe.SourceAt = place * 2 * Ipv6.AddressLength;
        probe.DestinationAt = probe.SourceAt + Ipv6.AddressLength;
        int entry = _connections.Find(IpProtocol.Tcp, probe.Actor, probe.SourcePort, probe.Target, probe.Port);
        if (entry >= 0 && !_connections.FromOpener && (_connections.States[entry] & Connections.Opening) != 0)
        {
            // Its question came after it.
            _connections.Touch(entry, probe.Now, (probe.Flags & Tcp.Rst) != 0
                ? Connections.WasRefused | Connections.Ended : Connections.Accepted);
            return;
        }

        Judge(probe, (marks & (1 << 16)) != 0);
    }

    private void Judge(Probe probe, bool isZero)
    {
        int now = probe.Now;
        bool isReset = (probe.Flags & Tcp.Rst) != 0;
        bool isBare = isReset && isZero && (probe.Flags & Tcp.Ack) != 0;
        int since = isBare ? 0 : isReset ? Limits.UptimeForReset : Limits.UptimeForSynAck;
        int forgot = isReset && !isBare ? _connections.ForgotMiddle : _connections.ForgotYoung;
        if (now < since || now - forgot < Limits.ConnectTimeout || now - LostAt < Limits.LossWait
            || _mirror.IsOneSided || _mirror.LooksOneSided())
        {
            return;
        }

        probe.Number = probe.Version == 6 ? _hash.NumberOfSix(probe.Addresses, probe.DestinationAt) : probe.NumberOf(probe.Target);
        int source = probe.Actor;
        int lastOctet = probe.Version == 6 ? probe.Addresses[probe.SourceAt + 15] : source & 255;
        int network = probe.Version == 6 ? _hash.OfAddress(probe.Addresses, probe.SourceAt, 8) : source & ~255;
        int key = _hash.Of(network, 0, (probe.Version << 4) | KeyInverse);
        int at = _suspicions.Find(key);
        int[] cells = _suspicions.Cells;
        if (at >= 0 && cells[at + Suspicions.Incident] != 0)
        {
            Join(cells[at + Suspicions.Incident] - 1, probe, lastOctet);
            cells[at + Suspicions.Last] = now;
            return;
        }

        if (at >= 0 && now - cells[at + Suspicions.Last] > Limits.StoryGap)
        {
            _suspicions.Remove(at);
            at = -1;
        }

        if (at < 0)
        {
            at = _suspicions.Add(key, source, now, -1);
            if (at < 0)
            {
                return;
            }

            cells[at + Suspicions.FirstTarget] = probe.Version == 6
                ? _hash.DigestOfSix(probe.Addresses, probe.DestinationAt) : probe.Target;
            cells[at + Suspicions.Cover] = (probe.Version == 6 ? 128 : 32) | (probe.Ttl << 8) | (probe.Ttl << 16);
            cells[at + Suspicions.FirstPort] = probe.SourcePort;
            cells[at + Suspicions.Facts] = Suspicions.IsNamed;
            cells[at + Suspicions.Flags] = probe.Flags;
        }

        Write(at, probe, lastOctet);
        if (cells[at + Suspicions.Targets] >= Limits.InverseHosts)
        {
            Open(at, probe);
        }
    }

    private void Write(int at, Probe probe, int lastOctet)
    {
        int[] cells = _suspicions.Cells;
        cells[at + Suspicions.Last] = probe.Now;
        cells[at + Suspicions.Tries]++;
        cells[at + Suspicions.Facts] |= (probe.SourcePort != cells[at + Suspicions.FirstPort] ? Suspicions.PortDiffers : 0)
            | (probe.Flags != cells[at + Suspicions.Flags] ? Suspicions.FlagsDiffer : 0);
        int cover = cells[at + Suspicions.Cover];
        int low = (cover >> 8) & 255;
        int high = (cover >> 16) & 255;
        low = probe.Ttl < low ? probe.Ttl : low;
        high = probe.Ttl > high ? probe.Ttl : high;
        int length = probe.Version == 6
            ? _hash.SharedSix(cells[at + Suspicions.FirstTarget], probe.Addresses, probe.DestinationAt, cover & 255)
            : _incidents.SharedLength(cells[at + Suspicions.FirstTarget], probe.Target, cover & 255);
        cells[at + Suspicions.Cover] = length | (low << 8) | (high << 16);
        int count = cells[at + Suspicions.Targets];
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            if (((cells[first + i] >> 16) & 0xffff) == probe.Number)
            {
                return;
            }
        }

        cells[first + count] = (probe.Number << 16) | lastOctet;
        cells[at + Suspicions.Targets] = count + 1;
    }

    private void Open(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        // The probe is this tracker's own copy, so the incident's view of all of them can take its place.
        probe.Actor = cells[at + Suspicions.Actor];
        probe.SourcePort = (cells[at + Suspicions.Facts] & Suspicions.PortDiffers) != 0 ? -1 : probe.SourcePort;
        probe.Flags = (cells[at + Suspicions.Facts] & Suspicions.FlagsDiffer) != 0 ? -1 : probe.Flags;
        int record = _teller.Open(Kind.InverseMap, probe);
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        cells[at + Suspicions.Incident] = record + 1;
        incidents[row + Column.Owner] = at;
        incidents[row + Column.First] = cells[at + Suspicions.First];
        incidents[row + Column.Frames] = cells[at + Suspicions.Tries];
        incidents[row + Column.Sources] = 0;
        incidents[row + Column.DestinationLength] = cells[at + Suspicions.Cover] & 255;
        _incidents.AbsorbTtl(row, (cells[at + Suspicions.Cover] >> 8) & 255);
        _incidents.AbsorbTtl(row, (cells[at + Suspicions.Cover] >> 16) & 255);
        for (int i = 0; i < cells[at + Suspicions.Targets]; i++)
        {
            _incidents.AddNew(record, (cells[at + Suspicions.Target + i] >> 16) & 0xffff);
            _incidents.CountSource(record, cells[at + Suspicions.Target + i] & 255);
        }

        Widen(row);
        _teller.Relate(record);
        _teller.Consider(record);
    }

    private void Join(int record, Probe probe, int lastOctet)
    {
        _incidents.Absorb(record, probe);
        if (_incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.CoverDestination(record, probe);
        }

        _incidents.CountSource(record, lastOctet);
        Widen(record * Column.Count);
        _teller.Consider(record);
    }

    /// <summary>Several sources of a /24 act as one, so the /24 (IPv6: the /64) is the actor.</summary>
    private void Widen(int row)
    {
        int[] incidents = _incidents.Cells;
        if (incidents[row + Column.Sources] > 1)
        {
            incidents[row + Column.SourceLength] = incidents[row + Column.Version] == 6 ? 64 : 24;
        }
    }
}
