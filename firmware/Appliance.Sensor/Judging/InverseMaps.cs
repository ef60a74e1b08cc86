using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Answers to nothing. A reset or SYN-ACK whose SYN nobody remembers, to three home hosts from one network: somebody maps which
/// hosts are not there, or somebody else is scanned with our addresses as the sender's.
/// </summary>
/// <remarks>
/// Nothing is concluded while frames are lost, while the connection memory forgets young entries (a flood may have pushed the SYN
/// out), or while the mirror shows one direction; so an attacker can silence this tracker, but only loudly.
/// </remarks>
public sealed class InverseMaps
{
    /// <summary>The memory of connections was overrun.</summary>
    public const int Forgotten = 1;

    /// <summary>Frames were lost.</summary>
    public const int Lost = 2;

    /// <summary>The mirror shows one direction.</summary>
    public const int NotMirrored = 4;

    /// <summary>When frames were last lost, centiseconds; long ago at start.</summary>
    public int LostAt = -Limits.Day;

    private readonly HeldAnswers _held;
    private readonly Connections _connections;
    private readonly Suspicions _suspicions;
    private readonly SuspicionStart _start;
    private readonly MirrorHealth _mirror;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public InverseMaps(HeldAnswers held, Connections connections, Suspicions suspicions, SuspicionStart start,
        MirrorHealth mirror,
        IncidentTable incidents, Teller teller)
    {
        _held = held;
        _connections = connections;
        _suspicions = suspicions;
        _start = start;
        _mirror = mirror;
        _incidents = incidents;
        _teller = teller;
    }

    /// <summary>Why no answer is evidence at a time, 0 where it is.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="forgot">When a question was last forgotten.</param>
    /// <returns>Its question may have been <see cref="Forgotten"/>, <see cref="Lost"/> or <see cref="NotMirrored"/>.</returns>
    public int BlindBy(int now, int forgot)
    {
        return (IsRecent(now, forgot) ? Forgotten : 0) | (IsRecent(now, LostAt) ? Lost : 0)
            | (_mirror.IsOneSided || _mirror.LooksOneSided() || _mirror.LacksPart() ? NotMirrored : 0);
    }

    // Without a sign, since the difference to what was long ago turns negative after 248 days; an answer that was held may be
    // older than what was lost since.
    private bool IsRecent(int now, int then)
    {
        return (uint)(now - then + Limits.AnswerWait) < Limits.LossWait + Limits.AnswerWait;
    }

    /// <summary>Takes in an answer for which no question is remembered; it is judged with the next look at the time.</summary>
    /// <param name="probe">The answer; its wall clock is known.</param>
    public void Note(Probe probe)
    {
        if (_held.Holds(probe))
        {
            return;
        }

        if (_held.Count == HeldAnswers.Most)
        {
            Release();
        }

        _held.Add(probe);
    }

    /// <summary>
    /// Says that a flow without a question goes on: where the mirror shows no flow in both directions, that is half of a
    /// conversation and not an answer to nothing.
    /// </summary>
    /// <param name="probe">The segment.</param>
    /// <returns>True the first time that one of a waiting SYN-ACK's flow comes.</returns>
    public bool Continues(Probe probe)
    {
        return _held.Count > 0 && _held.GoOn(probe);
    }

    /// <summary>
    /// Judges the answers that wait, each as late as its conversation would go on: of some the mirror shows one direction alone,
    /// where it lacks a part, or a switch floods what goes to a host that it forgot.
    /// </summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    public void Settle(int now, bool isEnd)
    {
        while (_held.Count != 0 && (isEnd || now - _held.Oldest() >= Limits.AnswerWait))
        {
            Release();
        }
    }

    // Judges the oldest, unless its conversation went on, and lets it go.
    private void Release()
    {
        if (!_held.DoesGoOn(0))
        {
            Weigh();
        }

        _held.DropOldest();
    }

    private void Weigh()
    {
        Probe probe = _teller.Retold;
        _held.Read(0, probe);
        _connections.Seek(probe);
        int entry = probe.Connection;
        if (entry >= 0 && !probe.FromOpener && (_connections.States[entry] & Connections.Opening) != 0)
        {
            // Its question came after it.
            _connections.Touch(entry, probe.Now, (probe.Flags & Tcp.Rst) != 0
                ? Connections.WasRefused | Connections.Ended : Connections.Accepted);
            return;
        }

        Judge(probe, probe.Sequence == 0);
    }

    private void Judge(Probe probe, bool isZero)
    {
        int at;
        int now = probe.Now;
        bool isReset = (probe.Flags & Tcp.Rst) != 0;
        bool isBare = isReset && isZero && (probe.Flags & Tcp.Ack) != 0;
        int since = isBare ? 0 : isReset ? Limits.UptimeForReset : Limits.UptimeForSynAck;
        int forgot = isReset && !isBare ? _connections.ForgotMiddle : _connections.ForgotYoung;
        if ((uint)now < (uint)since || BlindBy(now, forgot) != 0)
        {
            return;
        }

        int source = probe.Actor;
        int lastOctet = (byte)source;
        int network = source & ~255;
        probe.Number = probe.NumberOf(probe.Target);
        if (probe.Version == 6)
        {
            KeyedHash hash = _connections.Hash;
            lastOctet = probe.Addresses[probe.SourceAt + Ipv6.AddressLength - 1];
            network = hash.OfAddress(probe.Addresses, probe.SourceAt, 8);
            probe.Number = hash.NumberOfSix(probe.Addresses, probe.DestinationAt);
        }

        int key = _suspicions.Keys.OfInverseMap(network, probe.Version);
        at = _start.GoOn(key, source, probe, -1);
        if (at < 0)
        {
            return;
        }

        int[] cells = _suspicions.Cells;
        if (cells[at + Suspicions.Incident] != 0)
        {
            Join(cells[at + Suspicions.Incident] - 1, probe, lastOctet);
            cells[at + Suspicions.Last] = now;
            return;
        }

        cells[at + Suspicions.Facts] |= Suspicions.IsNamed;
        _suspicions.Notes.WriteSource(at, probe, lastOctet);
        if (cells[at + Suspicions.Targets] >= Limits.InverseHosts)
        {
            Open(at, probe);
        }
    }

    private void Open(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        // The probe is this tracker's own copy, so the incident's view of all of them can take its place.
        probe.Actor = cells[at + Suspicions.Actor];
        probe.SourcePort = (cells[at + Suspicions.Facts] & Suspicions.PortDiffers) != 0 ? -1 : probe.SourcePort;
        probe.Flags = (cells[at + Suspicions.Facts] & Suspicions.FlagsDiffer) != 0 ? -1 : probe.Flags;
        int record = _teller.OpenOf(at, Kind.InverseMap, probe);
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        incidents[row + Column.First] = cells[at + Suspicions.First];
        incidents[row + Column.Frames] = cells[at + Suspicions.Attempts];
        incidents[row + Column.Sources] = 0;
        incidents[row + Column.DestinationLength] = (byte)cells[at + Suspicions.Cover];
        _incidents.AbsorbTtls(row, cells[at + Suspicions.Cover]);
        for (int i = 0; i < cells[at + Suspicions.Targets]; i++)
        {
            _incidents.AddNew(record, (int)((uint)cells[at + Suspicions.Target + i] >> 16));
            _incidents.CountSource(record, (byte)cells[at + Suspicions.Target + i]);
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
