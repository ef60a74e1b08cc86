using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>One actor, many hosts: by TCP, UDP, ICMP echo or ARP; from outside and inside; with and without an order.</summary>
[TestClass]
public sealed class SweepTests
{
    private const string Net6 = "2001:db8:12:3::";
    private const string Actor6 = "2001:db8:bad::66";

    [TestMethod]
    public void AServerThatAnswersAgainAndAgainAnswersOnce()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 12), 445, Probes.Start, Capture.Second);
        for (int i = 0; i < 8; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * 10 * Capture.Second) + (20 * Capture.Second), Probes.Actor, 30_000 + i, Probes.Net + "150", 445);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        TenDetects.Has(incident, "sweep", "dsts=13 answered=1");
        Assert.AreEqual(12, incident.Number("silent") + incident.Number("dark"), incident.Text);
    }

    [TestMethod]
    public void ASourceThatTakesAnotherAddressForEachHostIsOneActor()
    {
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            probes.Sweep(Probes.Hosts(100 + i, 1), 12345, Probes.Start + (i * Capture.Minute), 1, Text($"198.51.100.{20 + i}"));
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "src=198.51.100.0/24 srcs=30 dsts=30 dport=12345 frames=30 name=NetBus");
    }

    [TestMethod]
    public void StrangersOfManyNetworksAtAHostEachAreNone()
    {
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            probes.Sweep(Probes.Hosts(100 + i, 1), 12345, Probes.Start + (i * Capture.Minute), 1, Text($"198.51.{20 + i}.7"));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ThreeHostsOutOfOrderAreNoOrder()
    {
        Probes probes = new();
        probes.Sweep([Probes.Net + "112", Probes.Net + "110", Probes.Net + "114"], 12345, Probes.Start, Capture.Second,
            sourcePort: turn => 4_000 + turn);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        Assert.AreEqual("", incident["stride"], incident.Text);
    }

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
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 3), 8090, Probes.Start, Capture.Second, flags: flags)
            .Build(), Probes.Profile());
        if (flags == "S")
        {
            findings.AreNone();
            return;
        }

        TenDetects.Has(findings.Single("sweep"), "sweep", $"src={Probes.Actor} dsts=3 dport=8090 frames=3");
    }

    [TestMethod]
    public void RetransmittedSynsOfASweepAreOneTryEach()
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(100, 12))
        {
            probes.Talk.Unanswered(Probes.Start + (turn * 200_000L), Probes.Actor, 45000 + (turn++ * 31), target, 8090,
                retransmissions: 3);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=12 frames=12");
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
        TenDetects.Has(incident, "sweep", $"proto=icmp src={Probes.Actor} dsts=24 dport=0 frames=24 answered=8 severity=3");
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
        TenDetects.Has(incident, "sweep", $"proto=arp src={actor} srcs=1 dsts=120 dport=0 frames=120 severity=3");
        Assert.IsGreaterThan(0, incident.Number("answered"), "that a host lives is no service that answers: " + incident);
    }

    [TestMethod]
    public void SweepOfAbsentHostsFromOutsideShowsAsTheRoutersBurst()
    {
        // Behind a router that does not find anyone, nothing but its questions is ever on the wire.
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(1, 100))
        {
            probes.Capture.Add(Probes.Start + (turn++ * 20_000L),
                probes.Lan.WhoHas(probes.Hospital.Router, target, isRouter: true));
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
        // The router asks for whom the sweep is meant: its questions say which of them are not there.
        AlertLine told = findings.Single("sweep");
        TenDetects.Has(told, "sweep", $"src={Probes.Actor} proto=tcp dsts=120 dport=8090 stride=sport refused=20 dark=100");
        Assert.IsTrue(findings.Lines.Any(line => line.State == "folded" && line["src"] == probes.Hospital.Router
            && line.Number("into") == told.Id), findings.Told);
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
            : probes.Sweep(Enumerable.Range(1, 50).Select(n => FormattableString.Invariant($"198.18.{n}.{(n * 37) % 250}")), 8090,
            Probes.Start, 400_000, worm);
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep",
            $"proto=tcp src={worm} dsts={(isInside ? 15 : 50)} dport=8090 frames={(isInside ? 15 : 50)}");
    }

    [TestMethod]
    public void SweepOverIpv6IsSeen()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        string[] targets = [.. Enumerable.Range(1, 20).Select(n => FormattableString.Invariant($"{Net6}{n:x}"))];
        probes.Sweep(targets, 5556, Probes.Start, 100_000, Actor6);
        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("sweep");
        TenDetects.Has(incident, "sweep",
            $"proto=tcp src={Actor6} srcs=1 dsts=20 dport=5556 frames=20 severity=2 ttl=51 dst={Net6}/123");
    }

    [TestMethod]
    [DataRow(7, false, 0)]
    [DataRow(8, false, 1)]
    [DataRow(7, true, 0)]
    [DataRow(8, true, 1)]
    public void SevenPlainTriesAreNotYetASweep(int hosts, bool isUnanswered, int incidents)
    {
        Probes probes = new();
        _ = isUnanswered
            ? probes.Sweep(Probes.Hosts(30, hosts), 8090, Probes.Start, Capture.Second)
            : probes.RefusedSweep(Probes.Hosts(30, hosts), 8090, Probes.Start, Capture.Second);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void TwoHostsOnASuspectPortAreNotYetASweep(int hosts, int incidents)
    {
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(30, hosts), 12345, Probes.Start, Capture.Second).Build(),
            Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void OpenConnectionsToManyHostsAreNoSweep()
    {
        // The archive verifies its twenty modalities within seconds, again and again, and on a port that nobody knows.
        Probes probes = new();
        for (int turn = 0; turn < 4; turn++)
        {
            for (int i = 0; i < 20; i++)
            {
                probes.Talk.Connection(Probes.Start + (turn * Capture.Hour) + (i * 250_000L), probes.Hospital.Pacs,
                    2000 + (turn * 50) + i,
                    probes.Hospital.Modalities[i], 11190, 2, 205, 180);
            }
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(250)]
    [DataRow(500)]
    public void ManyTargetsAreCountedExactly(int hosts)
    {
        Probes probes = new(new Hospital(Probes.Net, "10.20.30.0/23"));
        string[] targets = [.. Enumerable.Range(2, hosts).Select(n => Text($"10.20.{30 + (n / 256)}.{n % 256}"))];
        new Random(1).Shuffle(targets);
        probes.Sweep(targets, 8090, Probes.Start, 3_000);
        TenDetects.Has(Tap.Replay(probes.Build(), Site.Home("10.20.30.0/23")).Single("sweep"), "sweep",
            $"dsts={hosts} frames={hosts} dport=8090");
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(900)]
    [DataRow(2_000)]
    [DataRow(20_000)]
    public void ThereAreNeverMoreHostsThanTries(int hosts)
    {
        // In random order over a /16: the set of an incident holds a thousand bits.
        Probes probes = new(new Hospital(Probes.Net, "10.20.0.0/16"));
        int[] numbers = [.. Enumerable.Range(256, 65_000)];
        for (int seed = 1; seed <= 3; seed++)
        {
            new Random(seed).Shuffle(numbers);
            probes.Sweep(numbers.Take(hosts).Select(n => Text($"10.20.{n >> 8}.{n & 255}")), 8090,
                Probes.Start + (seed * 10 * Capture.Day), 500, Text($"203.0.113.{seed}"));
        }

        Findings findings = Tap.Replay(probes.Build(), Site.Home("10.20.0.0/16"));
        for (int seed = 1; seed <= 3; seed++)
        {
            AlertLine incident = findings.The("sweep", ("src", Text($"203.0.113.{seed}")));
            Assert.IsLessThanOrEqualTo(incident.Number("frames"), incident.Number("dsts"), incident.Text);
            Assert.AreEqual(incident.Number("dsts"),
                new[] { "silent", "dark" }.Where(name => incident[name].Length > 0).Sum(incident.Number), incident.Text);
            if (hosts <= 2_000)
            {
                Assert.AreEqual(hosts, incident.Number("dsts"), hosts * 0.12, incident.Text);
                StringAssert.Contains(incident.Message, Text($" {incident.Number("dsts")} hosts in "), incident.Text);
            }
            else
            {
                // Too full to count by: so many are sure.
                Assert.IsInRange(3_000, 4_200, incident.Number("dsts"));
                StringAssert.Contains(incident.Message, Text($" {incident.Number("dsts")}+ hosts in "), incident.Text);
            }
        }
    }

    [TestMethod]
    public void ALargeHomeIsSweptAsWell()
    {
        // Four thousand living bits do not cover a /8.
        Probes probes = new(new Hospital(Probes.Net, "10.0.0.0/8"));
        string[] targets = [.. Enumerable.Range(1, 30).Select(n => Text($"10.{n * 7}.{n * 3}.{n}"))];
        probes.Sweep(targets, 8090, Probes.Start, Capture.Second);
        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Site.Home("10.0.0.0/8")).Single("sweep"), "sweep",
            $"src={Probes.Actor} dsts=30 frames=30 dport=8090");
    }

    [TestMethod]
    public void ASynWithEcnBitsIsATryLikeAnyOther()
    {
        Probes probes = new Probes().Sweep(Probes.Hosts(10, 5), 12345, Probes.Start, Capture.Second, flags: "SEC");
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep",
            "dsts=5 frames=5 dport=12345 severity=2");
    }

    [TestMethod]
    public void UdpSweepIsSeen()
    {
        // SNMP from outside: nobody answers, a few hosts refuse.
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(20, 16))
        {
            byte[] frame = probes.Talk.Between(Probes.Actor, target).Udp(40_000, 161, new byte[43]);
            probes.Capture.Add(Probes.Start + (turn * Capture.Second), frame);
            if (turn++ % 4 == 0)
            {
                probes.Capture.Add(Probes.Start + (turn * Capture.Second) - 990_000,
                    probes.Talk.Between(target, Probes.Actor).PortUnreachable(frame));
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("sweep"), "sweep",
            "proto=udp dsts=16 frames=16 dport=161 sport=40000 refused=4");
    }

    [TestMethod]
    public void TwoActorsAtOnceAreTwoIncidents()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(20, 15), 8090, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(22, 15), 8090, Probes.Start + 400_000, Capture.Second, "198.18.9.9");
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.The("sweep", ("src", Probes.Actor)), "sweep", "dsts=15 frames=15 related=");
        TenDetects.Has(findings.The("sweep", ("src", "198.18.9.9")), "sweep", "dsts=15 frames=15 related=");
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void AScanOfManyPortsOfManyHostsIsNotAFloodOfIncidents()
    {
        // nmap over twenty hosts and thirty ports, host by host.
        Probes probes = new();
        int turn = 0;
        foreach (string host in Probes.Hosts(60, 20))
        {
            for (int port = 0; port < 30; port++)
            {
                probes.Talk.Refused(Probes.Start + (turn++ * 20_000L), Probes.Actor, 50_000 + (turn % 2000), host,
                    7000 + (port * 3));
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.IsTrue(findings.Incidents.Any(line => line.Kind is "sweep" or "port-scan" && line["src"] == Probes.Actor),
            findings.Told);
        Assert.IsLessThanOrEqualTo(4, findings.Incidents.Count, "one actor in one go: " + findings.Told);
        Assert.IsLessThanOrEqualTo(60, findings.Lines.Count, findings.Told);
    }

    [TestMethod]
    public void AnOpenHostAmongTheRefusedIsCountedAsAnswered()
    {
        // One of twelve has the service, and the prober even says hello to it.
        Probes probes = new();
        int turn = 0;
        foreach (string host in Probes.Hosts(60, 12))
        {
            long time = Probes.Start + (turn * Capture.Second);
            _ = turn++ == 6
                ? probes.Talk.Connection(time, Probes.Actor, 50_000 + (turn * 7), host, 8090)
                : probes.Talk.Refused(time, Probes.Actor, 50_000 + (turn * 7), host, 8090);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "refused=11 dport=8090");
        Assert.IsGreaterThanOrEqualTo(11, incident.Number("dsts"), incident.Text);
    }

    [TestMethod]
    public void APushBesideASynIsOddAndNotImpossible()
    {
        AlertLine incident = Tap.Replay(new Probes().Sweep(Probes.Hosts(100, 10), 81, Probes.Start, Capture.Second, flags: "SP")
            .Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "dsts=10 flags=SP");
        Assert.IsFalse(incident.Message.Contains("impossible", StringComparison.Ordinal), incident.Text);
    }

    [TestMethod]
    public void TheServiceOfAGroupNamesNoSweepOverOthers()
    {
        // Two name servers first, then hosts that serve no names.
        Probes probes = new();
        string other = probes.Hospital.Host(54);
        probes.Sweep([probes.Hospital.NameServer, other, .. Probes.Hosts(100, 10)], 23, Probes.Start, 10 * Capture.Second);
        string groups = $"[groups]\nDNS_SERVERS = [\"{probes.Hospital.NameServer}\", \"{other}\"]";
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(groups)).Single("sweep");
        TenDetects.Has(incident, "sweep", "dsts=12 dport=23 frames=12");
        Assert.AreNotEqual("Telnet to DNS server", incident["name"], incident.Text);
    }

    [TestMethod]
    public void AnAnswerIsTakenFromWhatItsHostWasCountedAs()
    {
        // Twenty that are known to live and drop, twenty that were never heard and answer.
        Probes probes = new();
        probes.Heard(Probes.Hosts(100, 20), Probes.Start - Capture.Minute);
        string[] hosts = [.. Probes.Hosts(100, 40)];
        new Random(5).Shuffle(hosts);
        for (int i = 0; i < hosts.Length; i++)
        {
            long time = Probes.Start + (i * Capture.Second / 2);
            bool isLiving = int.Parse(hosts[i][Probes.Net.Length..], CultureInfo.InvariantCulture) < 120;
            _ = isLiving ? probes.Talk.Unanswered(time, Probes.Actor, 30_000 + (i * 7 % 41), hosts[i], 8090, 0)
                : probes.Talk.HalfOpen(time, Probes.Actor, 30_000 + (i * 7 % 41), hosts[i], 8090);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=40 answered=20 silent=20 dark=");
    }

    [TestMethod]
    public void OneLateAnswerOfAHostInTwoWalksIsOneAnswer()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(100, 30), Probes.Start - Capture.Minute);
        string host = Probes.Net + "125";
        for (int i = 0; i < 12; i++)
        {
            long time = Probes.Start + (i * Capture.Second);
            probes.Sweep(Probes.Hosts(100 + (i * 5 % 12), 1), 80, time, 1).Sweep([host], 700 + i, time + 500_000, 1);
        }

        probes.Talk.HalfOpen(Probes.Start + (14 * Capture.Second), Probes.Actor, 45_000, host, 80);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("scan"), "scan", "dsts=13 answered=1 silent=12");
    }

    [TestMethod]
    public void WhoIsAskedForTwiceIsOneHostThoughNoReplyIsMirrored()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(210, 5), Probes.Start - (5 * Capture.Minute));
        for (int i = 0; i < 120; i++)
        {
            long time = Probes.Start + (i / 60 * 3 * Capture.Second / 2) + (i % 60 * 10_000L);
            probes.Capture.Add(time, probes.Lan.WhoHas("10.20.30.250", Probes.Hosts(60 + (i * 7 % 60), 1).Single()));
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "proto=arp dsts=60 frames=120 silent= dark=60");
        Assert.IsTrue(findings.Lines.All(line => line["stride"].Length == 0), findings.Told);
    }

    [TestMethod]
    public void TargetsThatNoSuspicionListsAreOfNoOrder()
    {
        // Eight neighbours first, then far ones: who-has carries no IP id that could count with them.
        Probes probes = new();
        for (int i = 0; i < 40; i++)
        {
            int host = i < 8 ? 10 + i : 20 + (i * 37 % 200);
            probes.Capture.Add(Probes.Start + (i * 10_000L), probes.Lan.WhoHas("10.20.30.250", Probes.Hosts(host, 1).Single()));
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "proto=arp dsts=40");
        Assert.IsTrue(findings.Lines.All(line => line["stride"].Length + line["unseen"].Length == 0), findings.Told);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ManyPortsOfManyHostsAreOneSweepAndEachTryCountsOnce(bool isOneOpen)
    {
        (int Host, int Port)[] tries = [.. Enumerable.Range(0, 15 * 15).Select(i => (100 + (i / 15), 700 + (i % 15)))];
        new Random(3).Shuffle(tries);
        Probes probes = new();
        for (int i = 0; i < tries.Length; i++)
        {
            string host = Probes.Hosts(tries[i].Host, 1).Single();
            long time = Probes.Start + (i * Capture.Second / 20);
            _ = isOneOpen && tries[i] == (107, 707) ? probes.Talk.HalfOpen(time, Probes.Actor, 40_000 + i, host, 707)
                : probes.Talk.Refused(time, Probes.Actor, 40_000 + i, host, tries[i].Port);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("scan");
        TenDetects.Has(incident, "scan", "dsts=15 dport=0 frames=225");
        Assert.AreEqual(isOneOpen ? 1 : 0, incident.Number("answered"), incident.Text);
        Assert.AreEqual(15, incident.Number("answered") + incident.Number("refused"), incident.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
