using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.Detection.Tests;

/// <summary>Probes and other misdeeds of the tests, on an imaging VLAN at 10.20.30.0/24 (or any other net).</summary>
internal sealed class Probes
{
    /// <summary>The home network of most tests.</summary>
    public const string Net = "10.20.30.";

    /// <summary>Who probes.</summary>
    public const string Actor = "203.0.113.66";

    /// <summary>An afternoon without meaning.</summary>
    public static readonly long Start = Capture.Utc(2026, 3, 2, "13:00:00");

    public Probes(Hospital? hospital = null, int seed = 1)
    {
        Hospital = hospital ?? new Hospital(Net);
        Talk = new Talk(Hospital.Lan, Capture, seed) { RoundTrip = 20_000, DistantTtl = 51 };
    }

    public Hospital Hospital { get; }

    public Capture Capture { get; } = new();

    public Talk Talk { get; }

    public Lan Lan => Hospital.Lan;

    /// <summary>A home profile of the network.</summary>
    public static string Profile(string more = "") => Site.Home(Net + "0/24", more);

    /// <summary>Frames in order of time, ordinary ones of an hour around them where wanted.</summary>
    public Capture Build(bool isAmidOrdinaryTraffic = false)
    {
        if (!isAmidOrdinaryTraffic)
        {
            return Capture.Merge(Capture);
        }

        long first = Capture.Frames.Min(frame => frame.Time);
        long last = Capture.Frames.Max(frame => frame.Time);
        var parts = new List<Capture> { Capture };
        for (long hour = first - Capture.Hour; hour <= last; hour += Capture.Hour)
        {
            parts.Add(new OrdinaryTraffic(Hospital, (int)((hour / Capture.Hour) & 0xffff)).Hour(hour).Build());
        }

        return Capture.Merge(parts);
    }

    /// <summary>Addresses of the /24 as text.</summary>
    public static IEnumerable<string> Hosts(int first, int count) =>
        Enumerable.Range(first, count).Select(n => FormattableString.Invariant($"{Net}{n}"));

    /// <summary>Unanswered SYNs, one a host.</summary>
    /// <param name="targets">The hosts in order.</param>
    /// <param name="port">The port.</param>
    /// <param name="start">When the first is sent.</param>
    /// <param name="gap">Microseconds between them.</param>
    /// <param name="actor">Who sends.</param>
    /// <param name="sourcePort">Source port of the nth.</param>
    /// <param name="identification">IP id of the nth; null for the stack's.</param>
    /// <param name="flags">TCP flags.</param>
    public Probes Sweep(IEnumerable<string> targets, int port, long start, long gap, string actor = Actor,
        Func<int, int>? sourcePort = null, Func<int, int>? identification = null, string flags = "S")
    {
        int turn = 0;
        foreach (string target in targets)
        {
            Ip ip = Talk.Between(actor, target);
            if (identification is not null)
            {
                ip = ip with { Identification = identification(turn) & 0xffff };
            }

            // Without a stride the source ports jump about as those of a tool that opens them at random.
            int from = sourcePort is null ? 20000 + (int)(Talk.NextSequence() % 40000) : sourcePort(turn);
            Capture.Add(start + (turn * gap), ip.Tcp(from, port, flags, Talk.NextSequence(), options: TcpOption.Mss(1460)));
            turn++;
        }

        return this;
    }

    /// <summary>SYNs that the targets refuse by a reset.</summary>
    public Probes RefusedSweep(IEnumerable<string> targets, int port, long start, long gap, string actor = Actor)
    {
        int turn = 0;
        foreach (string target in targets)
        {
            Talk.Refused(start + (turn++ * gap), actor, 20000 + (int)(Talk.NextSequence() % 40000), target, port);
        }

        return this;
    }

    /// <summary>A UDP datagram to everybody.</summary>
    /// <param name="time">When.</param>
    /// <param name="sender">Who broadcasts.</param>
    /// <param name="destination">All ones, the old network address, or 255.255.255.255.</param>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="port">Destination port.</param>
    /// <param name="octets">Octets of data, all zero.</param>
    public Probes Broadcast(long time, string sender, string destination, int sourcePort, int port, int octets)
    {
        Ip ip = Talk.Between(sender, destination) with { DestinationMac = Lan.Broadcast };
        Capture.Add(time, ip.Udp(sourcePort, port, new byte[octets]));
        return this;
    }

    /// <summary>Makes hosts known to live: each sets its clock.</summary>
    public Probes Heard(IEnumerable<string> hosts, long start)
    {
        foreach (string host in hosts)
        {
            Talk.Datagrams(start, host, 123, "192.0.2.1", 123, Payload.Ntp(3), Payload.Ntp(4));
            start += Capture.Second;
        }

        return this;
    }
}
