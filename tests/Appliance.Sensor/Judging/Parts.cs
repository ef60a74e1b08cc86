using System;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>
/// The parts of a sensor that judges, with records and suspicions made to measure. Nothing lies at place 0 unless a test says so.
/// Times are centiseconds, addresses IPv4: 203.0.113.66 asks 10.1.2.0/24.
/// </summary>
internal sealed class Parts
{
    /// <summary>203.0.113.66.</summary>
    public const int Actor = unchecked((int)0xcb007142);

    /// <summary>10.1.2.0.</summary>
    public const int Home = 0x0a010200;

    /// <summary>Makes a sensor.</summary>
    public Parts()
    {
        Incidents = Tap.Part<IncidentTable>();
        Suspicions = Tap.Part<Suspicions>();
        Teller = Tap.Part<Teller>();
    }

    /// <summary>The sensor whose parts they are.</summary>
    public Tapped Tap { get; } = new();

    /// <summary>Its incidents.</summary>
    public IncidentTable Incidents { get; }

    /// <summary>Its suspicions.</summary>
    public Suspicions Suspicions { get; }

    /// <summary>Who tells incidents.</summary>
    public Teller Teller { get; }

    /// <summary>An attempt at a home host that said nothing.</summary>
    public static Probe Attempt(int host = 10, int now = 1000, int port = 80, int actor = Actor, int outcome = Outcome.Silent,
        int protocol = 6)
    {
        var probe = new Probe
        {
            Now = now,
            Wall = now * 10_000L,
            Version = 4,
            Protocol = protocol,
            Actor = actor,
            Target = Home + host,
            SourcePort = 4000,
            Port = port,
            Ttl = 51,
            Flags = 2,
            Identification = 0x1234,
            Signature = -1,
            Expected = -1,
            LivingBit = host,
            Outcome = outcome,
            Addresses = new byte[32],
            DestinationAt = 16,
            Contacts = 1,
        };
        probe.Number = probe.NumberOf(probe.Target);
        return probe;
    }

    /// <summary>Opens an incident in a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="probe">What opens it; the ordinary attempt where there is none.</param>
    /// <param name="first">When it began.</param>
    /// <param name="last">When its newest frame came.</param>
    /// <returns>Where its record begins.</returns>
    public int Open(int record, int kind, Probe? probe = null, int first = 100, int last = 1000)
    {
        Incidents.Open(record, kind, probe ?? Attempt(), 0);
        int row = record * Column.Count;
        Incidents.Cells[row + Column.First] = first;
        Incidents.Cells[row + Column.Last] = last;
        Incidents.Cells[row + Column.Port] = kind == Kind.PortScan ? 0 : 80;
        Incidents.Cells[row + Column.Destinations] = 1;
        return row;
    }

    /// <summary>Begins a suspicion with an attempt.</summary>
    /// <param name="probe">The attempt.</param>
    /// <param name="byPort">It is of a port; else of a host.</param>
    /// <param name="first">When it began.</param>
    /// <returns>Where it begins.</returns>
    public int Suspect(Probe probe, bool byPort = true, int first = 1000)
    {
        int key = byPort ? Suspicions.Keys.OfSweep(probe) : Suspicions.Keys.OfPortScan(probe);
        int at = Suspicions.Add(key, probe.Actor, first, -1);
        Suspicions.Notes.Start(at, probe);
        Suspicions.Cells[at + Suspicions.Facts] |= byPort ? 0 : Suspicions.IsOfHost;
        return at;
    }

    /// <summary>Begins a suspicion of port 80 with what came of an attempt at each of some hosts.</summary>
    /// <param name="attempts">Each host and what came of its attempt.</param>
    /// <returns>Where it begins.</returns>
    public int Walk(params (int Host, int Outcome)[] attempts)
    {
        int at = Suspect(Attempt(attempts[0].Host));
        foreach ((int host, int outcome) in attempts)
        {
            Probe probe = Attempt(host, outcome: outcome);
            Suspicions.Notes.Write(at, probe, probe.Number, false);
        }

        return at;
    }

    /// <summary>Begins a suspicion of a host with what came of an attempt at each of some ports.</summary>
    /// <param name="host">The host.</param>
    /// <param name="attempts">Each port and what came of its attempt.</param>
    /// <returns>Where it begins.</returns>
    public int PortWalk(int host, params (int Port, int Outcome)[] attempts)
    {
        int at = Suspect(Attempt(host, port: attempts[0].Port), byPort: false);
        foreach ((int port, int outcome) in attempts)
        {
            Suspicions.Notes.Write(at, Attempt(host, port: port, outcome: outcome), port, false);
        }

        return at;
    }

    /// <summary>A host's number.</summary>
    public static int NumberOf(int host) => new Probe().NumberOf(Home + host);

    /// <summary>Those that an incident names as its answerers: ports, or the last octets of hosts.</summary>
    public int[] Answerers(int record)
    {
        var named = new int[Incidents.Answerers.CountOf(record)];
        for (int i = 0; i < named.Length; i++)
        {
            int number = Incidents.Answerers.NumberAt(record, i);
            named[i] = (number & ~255) == Home ? number & 255 : number;
        }

        return named;
    }

    /// <summary>A cell of a suspicion.</summary>
    public int CellOf(int at, int column) => Suspicions.Cells[at + column];

    /// <summary>Sets a cell of a suspicion.</summary>
    public void SetCellOf(int at, int column, int value) => Suspicions.Cells[at + column] = value;

    /// <summary>A cell of a record.</summary>
    public int this[int row, int column]
    {
        get => Incidents.Cells[row + column];
        set => Incidents.Cells[row + column] = value;
    }

    /// <summary>What came of a record's targets: silent, dark, refused, answered.</summary>
    public (int Silent, int Dark, int Refused, int Answered) Outcomes(int row) => (this[row, Column.Silent],
        this[row, Column.Dark], this[row, Column.Refused], this[row, Column.Answered]);
}
