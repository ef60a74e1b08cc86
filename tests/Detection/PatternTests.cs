using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Patterns of the same kinds that the practical does not show. The idea counts, not the ten files.</summary>
[TestClass]
public sealed class PatternTests
{
    private const string Net6 = "2001:db8:12:3::";
    private const string Actor6 = "2001:db8:bad::66";

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(false, false)]
    public void PlainSweepIsSeenWhetherRefusedOrUnanswered(bool isRefused, bool isAmidOrdinaryTraffic)
    {
        // 8090: a port that no rule knows.
        Probes probes = new();
        _ = isRefused
            ? probes.RefusedSweep(Probes.Hosts(100, 20), 8090, Probes.Start, 2 * Capture.Second)
            : probes.Sweep(Probes.Hosts(100, 20), 8090, Probes.Start, 2 * Capture.Second);
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"src={Probes.Actor} srcs=1 dsts=20 dport=8090 frames=20 sid=0 ttl=51 severity=3");
        Assert.AreEqual(isRefused ? 20 : 0, incident.Number("refused"), incident.Text);
    }

    [TestMethod]
    public void SweepOfHostsHalfOfWhichAnswerIsSeen()
    {
        Probes probes = new();
        for (int i = 0; i < 20; i++)
        {
            string target = Probes.Hosts(100 + i, 1).Single();
            _ = i % 2 == 0
                ? probes.Talk.HalfOpen(Probes.Start + (i * Capture.Second), Probes.Actor, 40000 + (i * 7), target, 8090)
                : probes.Talk.Refused(Probes.Start + (i * Capture.Second), Probes.Actor, 40000 + (i * 7), target, 8090);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "dsts=20 frames=20 answered=10 refused=10");
    }

    [TestMethod]
    [DataRow("S")]
    [DataRow("SF")]
    [DataRow("")]
    [DataRow("FPU")]
    [DataRow("SFRPAU")]
    public void ImpossibleFlagsCountFromThreeHosts(string flags)
    {
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 3), 8090, Probes.Start, Capture.Second, flags: flags).Build(), Probes.Profile());
        if (flags == "S")
        {
            findings.AreNone();
            return;
        }

        TenDetects.Has(findings.Single("sweep"), "sweep", $"src={Probes.Actor} dsts=3 dport=8090 frames=3");
    }

    [TestMethod]
    [DataRow("S", true)]
    [DataRow("S", false)]
    [DataRow("", false)]
    [DataRow("FPU", false)]
    [DataRow("F", false)]
    [DataRow("SF", false)]
    public void ManyPortsOfOneHostAreAPortScan(string flags, bool isAmidOrdinaryTraffic)
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int port = 1; port <= 60; port++)
        {
            long time = Probes.Start + (port * 300_000L);
            uint sequence = probes.Talk.NextSequence();
            probes.Capture.Add(time, probes.Talk.Between(Probes.Actor, host).Tcp(50123, port * 3, flags, sequence, window: 1024));
            probes.Capture.Add(time + 20_000,
                probes.Talk.Between(host, Probes.Actor).Tcp(port * 3, 50123, "RA", 0, sequence + 1, window: 0));
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("port-scan");
        TenDetects.Has(incident, "port-scan", $"proto=tcp src={Probes.Actor} srcs=1 dst={host} dsts=1 dport=0 frames=60 sport=50123");
    }

    [TestMethod]
    public void APortScanNeedsNoHurry()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int i = 0; i < 40; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Hour), Probes.Actor, 41000 + (i * 11), host, 100 + (i * 13));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("port-scan"), "port-scan", $"dst={host} dsts=1 frames=40 refused=40");
    }

    [TestMethod]
    public void UdpPortScanIsSeen()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int i = 0; i < 30; i++)
        {
            byte[] probe = probes.Talk.Between(Probes.Actor, host).Udp(40125, 1000 + (i * 17), []);
            probes.Capture.Add(Probes.Start + (i * Capture.Second), probe);
            probes.Capture.Add(Probes.Start + (i * Capture.Second) + 300, probes.Talk.Between(host, Probes.Actor).PortUnreachable(probe));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("port-scan"), "port-scan", $"proto=udp dst={host} dsts=1 frames=30");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void PingSweepIsSeen(bool isAmidOrdinaryTraffic)
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(90, 24))
        {
            long time = Probes.Start + (turn * 100_000L);
            probes.Capture.Add(time, probes.Talk.Between(Probes.Actor, target).Echo(isReply: false, 0x1d00, turn));
            if (turn % 3 == 0)
            {
                probes.Capture.Add(time + 900, probes.Talk.Between(target, Probes.Actor).Echo(isReply: true, 0x1d00, turn));
            }

            turn++;
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=icmp src={Probes.Actor} dsts=24 dport=0 frames=24 answered=8");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ArpSweepInsideIsSeen(bool isAmidOrdinaryTraffic)
    {
        Probes probes = new();
        string actor = probes.Hospital.Workstations[4];
        int turn = 0;
        foreach (string target in Probes.Hosts(1, 120).Where(host => host != actor))
        {
            long time = Probes.Start + (turn++ * 30_000L);
            probes.Capture.Add(time, probes.Lan.WhoHas(actor, target));
            if (turn % 10 == 0)
            {
                probes.Capture.Add(time + 300, probes.Lan.IsAt(target, actor));
            }
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=arp src={actor} srcs=1 dsts=120 dport=0 frames=120");
    }

    [TestMethod]
    public void SweepOfAbsentHostsFromOutsideShowsAsTheRoutersBurst()
    {
        // Behind a router that does not find anyone, nothing but its questions is ever on the wire.
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(1, 100))
        {
            probes.Capture.Add(Probes.Start + (turn++ * 20_000L), probes.Lan.WhoHas(probes.Hospital.Router, target, isRouter: true));
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=arp src={probes.Hospital.Router} dport=0");
        Assert.IsGreaterThanOrEqualTo(100, incident.Number("dsts"), incident.Text);
    }

    [TestMethod]
    public void SweepOfLivingAndAbsentHostsFromOutsideIsSeenAsWell()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(160, 20), Probes.Start - (2 * Capture.Minute));
        int turn = 0;
        foreach (string target in Probes.Hosts(100, 120))
        {
            long time = Probes.Start + (turn++ * 20_000L);
            probes.Capture.Add(time, probes.Lan.WhoHas(probes.Hospital.Router, target, isRouter: true));
            if (turn is > 60 and <= 80)
            {
                probes.Capture.Add(time + 200, probes.Lan.IsAt(target, probes.Hospital.Router, isRouter: true));
                probes.Talk.Refused(time + 400, Probes.Actor, 52_000 + turn, target, 8090);
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.The("sweep", ("proto", "tcp")), "sweep", $"src={Probes.Actor} dsts=20 dport=8090 stride=sport");
        TenDetects.Has(findings.The("sweep", ("proto", "arp")), "sweep", $"src={probes.Hospital.Router}");
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void LocalMachinesAreSuspectsToo(bool isInside)
    {
        // A worm on a reading station: first its neighbours, then the world.
        Probes probes = new();
        string worm = probes.Hospital.Workstations[6];
        _ = isInside
            ? probes.RefusedSweep(Probes.Hosts(160, 15), 8090, Probes.Start, 400_000, worm)
            : probes.Sweep(Enumerable.Range(1, 50).Select(n => FormattableString.Invariant($"198.18.{n}.{(n * 37) % 250}")), 8090, Probes.Start, 400_000, worm);
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=tcp src={worm} dsts={(isInside ? 15 : 50)} dport=8090 frames={(isInside ? 15 : 50)}");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void TwoSweepsByOneListInRandomOrderShareIt(int disturbance)
    {
        string[] list = [.. Probes.Hosts(40, 40)];
        new Random(11).Shuffle(list);
        List<string> again = [.. list];
        if (disturbance > 0)
        {
            // Two gaps and two swaps of neighbours: hosts that were switched off, packets that overtook each other.
            again.RemoveAt(30);
            again.RemoveAt(12);
            (again[5], again[6]) = (again[6], again[5]);
            (again[20], again[21]) = (again[21], again[20]);
        }

        Findings findings = Tap.Replay(new Probes()
            .Sweep(list, 8090, Probes.Start, 500_000)
            .Sweep(again, 8091, Probes.Start + (2 * Capture.Day), 900_000, "198.18.4.4").Build(), Probes.Profile());
        AlertLine first = findings.The("sweep", ("dport", "8090"));
        AlertLine second = findings.The("sweep", ("dport", "8091"));
        Assert.AreEqual(first["id"], second["list"], "the same list in the same order: " + second);
        Assert.AreEqual(string.Empty, second["related"], "another actor: " + second);
        Assert.AreEqual(string.Empty, second["stride"], second.Text);
    }

    [TestMethod]
    public void TwoSweepsInDifferentRandomOrdersShareNoList()
    {
        string[] list = [.. Probes.Hosts(40, 40)];
        string[] other = [.. list];
        new Random(11).Shuffle(list);
        new Random(12).Shuffle(other);
        Findings findings = Tap.Replay(new Probes()
            .Sweep(list, 8090, Probes.Start, 500_000)
            .Sweep(other, 8091, Probes.Start + (2 * Capture.Day), 900_000).Build(), Probes.Profile());
        AlertLine second = findings.The("sweep", ("dport", "8091"));
        Assert.AreEqual(string.Empty, second["list"], second.Text);
        Assert.AreEqual(findings.The("sweep", ("dport", "8090"))["id"], second["related"], "the same actor: " + second);
    }

    [TestMethod]
    public void PlainAscendingOrderProvesNoList()
    {
        string[] list = [.. Probes.Hosts(40, 40)];
        Findings findings = Tap.Replay(new Probes()
            .Sweep(list, 8090, Probes.Start, 500_000)
            .Sweep(list, 8091, Probes.Start + (2 * Capture.Day), 900_000, "198.18.4.4").Build(), Probes.Profile());
        Assert.AreEqual(string.Empty, findings.The("sweep", ("dport", "8091"))["list"], findings.Told);
        Assert.AreEqual(string.Empty, findings.The("sweep", ("dport", "8091"))["stride"], findings.Told);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void IpIdInStepWithTheTargetIsAStride(bool isSwapped)
    {
        // A tool that sends from one port; every fifth target is beyond the switch.
        string[] targets = [.. Probes.Hosts(20, 50).Where((_, i) => i % 5 != 4)];
        int Id(int turn)
        {
            int number = 0x1f00 + int.Parse(targets[turn].Split('.')[3], System.Globalization.CultureInfo.InvariantCulture);
            return isSwapped ? ((number & 0xff) << 8) | (number >> 8) : number;
        }

        AlertLine incident = Tap.Replay(
            new Probes().Sweep(targets, 8090, Probes.Start, 10_000, sourcePort: _ => 31337, identification: Id).Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "stride=ipid dsts=40 unseen=9 sport=31337");
    }

    [TestMethod]
    public void SynAcksThatAnswerNothingAreAnInverseMap()
    {
        // An hour of ordinary traffic first, so that the tap is warm and both directions are known to be seen.
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(160, 12))
        {
            Ip ip = probes.Talk.Between(FormattableString.Invariant($"198.18.77.{10 + (turn % 4)}"), target);
            probes.Capture.Add(Probes.Start + (turn * 40 * Capture.Second),
                ip.Tcp(80, 31000 + (turn * 97), "SA", probes.Talk.NextSequence(), probes.Talk.NextSequence()));
            turn++;
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map");
        TenDetects.Has(incident, "inverse-map", "proto=tcp src=198.18.77.0/24 srcs=4 dsts=12 dport=0 frames=12 sport=80 flags=SA severity=3");
    }

    [TestMethod]
    public void ResetsThatAnswerNothingAreSeenAmidOrdinaryTraffic()
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(160, 5))
        {
            probes.Capture.Add(Probes.Start + (turn * Capture.Minute),
                probes.Talk.Between("198.18.77.8", target).Tcp(80, 31000 + (turn * 97), "RA", 0, probes.Talk.NextSequence(), window: 0));
            turn++;
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map");
        TenDetects.Has(incident, "inverse-map", "srcs=1 dsts=5 frames=5 sport=80 ttl=51");
        StringAssert.Contains(incident["src"], "198.18.77.", incident.Text);
    }

    [TestMethod]
    [DataRow(true, "alike")]
    [DataRow(false, "spread")]
    public void ManyActorsAreOneIncidentAndTheirHopCountsAreSaid(bool isAlike, string word)
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        string[] actors = ["198.18.1.9", "203.0.113.4", "192.0.2.77", "198.51.100.200", "100.66.3.1"];
        for (int i = 0; i < actors.Length; i++)
        {
            Ip ip = probes.Talk.Between(actors[i], host) with { TimeToLive = isAlike ? 113 : 126 - (i * 6) };
            uint sequence = probes.Talk.NextSequence();
            long time = Probes.Start + (i * 3 * Capture.Hour);
            probes.Capture.Add(time, ip.Tcp(3000 + (i * 131), i % 2 == 0 ? 12345 : 27374, "S", sequence));
            probes.Capture.Add(time + 200, probes.Talk.Between(host, actors[i]).Tcp(i % 2 == 0 ? 12345 : 27374, 3000 + (i * 131), "RA", 0, sequence + 1));
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        AlertLine incident = findings.Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", $"dst={host} dsts=1 srcs=5 frames=5 dports=12345,27374 severity=2");
        TenDetects.Has(incident, "distributed-probe", isAlike ? "ttl=113" : "ttl=102-126");
        StringAssert.Contains(incident.Message, word, incident.Text);
        foreach (string actor in actors[3..])
        {
            Assert.IsTrue(findings.Lines.Any(line => line.IsIncident && line["src"] == actor), $"{actor} must be named as it joins:{Environment.NewLine}{findings.Told}");
        }
    }

    [TestMethod]
    public void ARestrictedServiceThatIsUsedIsHigh()
    {
        Probes probes = new();
        probes.Talk.Connection(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23, 12, 20, 200);
        string groups = $"[groups]\nDNS_SERVERS = [\"{probes.Hospital.NameServer}\"]";
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile(groups)).Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", $"src={Probes.Actor} dst={probes.Hospital.NameServer} dsts=1 dport=23 frames=1 group=DNS_SERVERS");
        Assert.IsGreaterThanOrEqualTo(4, incident.Number("severity"), incident.Text);
    }

    [TestMethod]
    [DataRow(30, "10.20.30.255", 1)]
    [DataRow(300, "10.20.30.0", 0)]
    [DataRow(600, "255.255.255.255", 2)]
    [DataRow(1800, "10.20.30.255", 3)]
    [DataRow(5, "10.20.30.0", 4)]
    public void BroadcastsAtAnyPeriodAreSeenThoughSomeAreMissed(int period, string destination, int missed)
    {
        Probes probes = new();
        string sender = probes.Hospital.Modalities[5];
        var jitter = new Random(3);
        int sent = 0;
        for (int turn = 0; turn < 20; turn++)
        {
            if (turn >= 8 && turn < 8 + missed)
            {
                continue;
            }

            // One percent to either side, and the source port of each is the next.
            long time = Probes.Start + (turn * period * Capture.Second) + (long)((jitter.NextDouble() - 0.5) * 0.01 * period * Capture.Second);
            Ip ip = probes.Talk.Between(sender, destination) with { DestinationMac = Lan.Broadcast };
            probes.Capture.Add(time, ip.Udp(3001 + turn, 5001, new byte[40]));
            sent++;
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast");
        TenDetects.Has(incident, "broadcast", $"proto=udp src={sender} srcs=1 dst={destination} dport=5001 frames={sent} severity=3");
        Assert.AreEqual(period, double.Parse(incident["period"], System.Globalization.CultureInfo.InvariantCulture), period * 0.02, incident.Text);
    }

    [TestMethod]
    public void TheOldFormOfABroadcastIsToldApart()
    {
        string[] messages = [.. new[] { "10.20.30.0", "10.20.30.255" }.Select(destination =>
        {
            Probes probes = new();
            for (int turn = 0; turn < 10; turn++)
            {
                Ip ip = probes.Talk.Between(probes.Hospital.Modalities[5], destination) with { DestinationMac = Lan.Broadcast };
                probes.Capture.Add(Probes.Start + (turn * Capture.Minute), ip.Udp(3001, 5001, new byte[40]));
            }

            return Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast").Message.Replace(destination, "X", StringComparison.Ordinal);
        })];
        Assert.AreNotEqual(messages[0], messages[1], "one is sent to the network's address, the other to all ones");
    }

    [TestMethod]
    public void ASanctionedScannerIsExpected()
    {
        string expected = $"""
            [[expected]]
            name = "weekly inventory scan"
            source = "{Probes.Actor}"
            destination = "{Probes.Net}0/24"
            proto = "tcp"
            port = 8090
            """;
        AlertLine incident = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 30), 8090, Probes.Start, Capture.Second).Build(), Probes.Profile(expected)).Single("sweep");
        TenDetects.Has(incident, "sweep", $"src={Probes.Actor} dsts=30 severity=1");
        Assert.StartsWith("weekly inventory scan", incident["expected"], incident.Text);
        AlertLine other = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 30), 8090, Probes.Start, Capture.Second, "203.0.113.67").Build(), Probes.Profile(expected)).Single("sweep");
        TenDetects.Has(other, "sweep", "expected= severity=3");
    }

    [TestMethod]
    public void SweepOverIpv6IsSeen()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        string[] targets = [.. Enumerable.Range(1, 20).Select(n => FormattableString.Invariant($"{Net6}{n:x}"))];
        probes.Sweep(targets, 5556, Probes.Start, 100_000, Actor6);
        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=tcp src={Actor6} srcs=1 dsts=20 dport=5556 frames=20 severity=2 ttl=51 dst={Net6}/123");
    }

    [TestMethod]
    public void PortScanOverIpv6IsSeen()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        for (int i = 0; i < 30; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Second), Actor6, 40000 + i, Net6 + "77", 100 + (i * 13));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("port-scan");
        TenDetects.Has(incident, "port-scan", $"proto=tcp src={Actor6} dst={Net6}77 dsts=1 dport=0 frames=30 refused=30");
    }

    [TestMethod]
    public void ManyActorsOverIpv6AreOneIncident()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        for (int i = 0; i < 5; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Hour), FormattableString.Invariant($"2001:db8:{i + 0x100:x}::9"), 3000 + (i * 131), Net6 + "77", 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", $"dst={Net6}77 dsts=1 srcs=5 frames=5 dports=12345");
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(12345)]
    public void ASlowScanSurvivesAFloodFromSpoofedSources(int floodPort)
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 30), 5556, Probes.Start, Capture.Minute);
        var random = new Random(99);
        string victim = probes.Hospital.Pacs;
        for (int i = 0; i < 60_000; i++)
        {
            string source = FormattableString.Invariant(
                $"{random.Next(11, 120)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}");
            string target = floodPort == 80 ? victim : Probes.Hosts(random.Next(1, 250), 1).Single();
            long time = Probes.Start + (5 * Capture.Minute) + (i * 15_000L);
            probes.Capture.Add(time, probes.Talk.Between(source, target).Tcp(random.Next(1024, 65536), floodPort, "S", probes.Talk.NextSequence()));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        TenDetects.Has(incident, "sweep", "dsts=30 dport=5556 frames=30");
    }

    [TestMethod]
    public void SingleTriesAtManyDarkHostsAreASweepAndNoDarkHost()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(160, 10), Probes.Start - (5 * Capture.Minute));
        foreach (string target in Probes.Hosts(20, 12))
        {
            for (int turn = 0; turn < 2; turn++)
            {
                probes.Capture.Add(Probes.Start + (turn * 20 * Capture.Minute), probes.Talk.Between(Probes.Actor, target).Udp(137, 137, Payload.NodeStatusQuery(turn)));
            }
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=udp src={Probes.Actor} dsts=12 dport=137");
    }

    [TestMethod]
    public void RetransmittedSynsOfASweepAreOneTryEach()
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(100, 12))
        {
            probes.Talk.Unanswered(Probes.Start + (turn * 200_000L), Probes.Actor, 45000 + (turn++ * 31), target, 8090, retransmissions: 3);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=12 frames=12");
    }
}
