using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>In what order a sweep walks, and what that proves: one tool's stride, a shared list, or nothing.</summary>
[TestClass]
public sealed class OrderTests
{
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
            new Probes().Sweep(targets, 8090, Probes.Start, 10_000, sourcePort: _ => 31337, identification: Id).Build(),
            Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "stride=ipid dsts=40 unseen=9 sport=31337");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(-1)]
    public void SourcePortsInStepAreAStrideInEitherDirection(int step)
    {
        // Thirty hosts of fifty, up or down the network; the port goes with the host.
        int[] hosts = [.. Enumerable.Range(20, 50).Where(n => n % 5 < 3)];
        if (step < 0)
        {
            Array.Reverse(hosts);
        }

        Probes probes = new Probes().Sweep(hosts.Select(n => FormattableString.Invariant($"{Probes.Net}{n}")), 8090, Probes.Start,
            10_000,
            sourcePort: turn => 40_000 + hosts[turn]);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        int unseen = hosts.Max() - hosts.Min() + 1 - hosts.Length;
        TenDetects.Has(incident, "sweep", $"stride=sport dsts=30 unseen={unseen}");
    }

    [TestMethod]
    [DataRow("192.168.235.", 225, 16, 3)]
    [DataRow("10.20.125.", 1, 254, 0)]
    [DataRow("10.20.125.", 1, 254, 4)]
    public void WhereANetworksNumbersCountOnFrom0TheSpanIsThatOfItsAddresses(string net, int first, int count, int missed)
    {
        // The numbers that stand for the addresses end at 65,535 within these networks.
        int[] hosts = [.. Enumerable.Range(first, count).Where((_, i) => missed == 0 || i % missed != missed - 1)];
        foreach (bool isUp in new[] { true, false })
        {
            if (!isUp)
            {
                Array.Reverse(hosts);
            }

            AlertLine incident = Tap.Replay(
                new Probes(new Hospital(net)).Sweep(hosts.Select(n => FormattableString.Invariant($"{net}{n}")), 8090, Probes.Start,
                    10_000, sourcePort: turn => 30_000 + hosts[turn]).Build(), Site.Home(net + "0/24")).Single("sweep");
            int unseen = hosts.Max() - hosts.Min() + 1 - hosts.Length;
            TenDetects.Has(incident, "sweep",
                $"stride=sport dsts={hosts.Length} frames={hosts.Length} unseen={(unseen > 0 ? unseen : string.Empty)}");
        }
    }

    [TestMethod]
    [DataRow(0x0064, 0xff30, "")]
    [DataRow(0xff30, 0x0064, "")]
    [DataRow(0x7f00, 0x8020, "238")]
    [DataRow(0x4000, 0x7120, "12526")]
    public void InAWhole16WhatWasNotSeenIsSaidWhereItIsPlain(int first, int second, string unseen)
    {
        // Two runs of fifty; from the one to the other it may be as far up as down.
        int[] hosts = [.. Enumerable.Range(first, 50).Concat(Enumerable.Range(second, 50))];
        int least = hosts.Min();
        AlertLine incident = Tap.Replay(
            new Probes(new Hospital(Probes.Net, "10.20.0.0/16")).Sweep(
                hosts.Select(n => FormattableString.Invariant($"10.20.{n >> 8}.{n & 255}")), 8090, Probes.Start, 10_000,
                sourcePort: turn => 1 + ((hosts[turn] - least + 2_000) & 0xffff)).Build(), Site.Home("10.20.0.0/16"))
            .Single("sweep");
        TenDetects.Has(incident, "sweep", $"stride=sport dsts=100 unseen={unseen}");
    }

    [TestMethod]
    [DataRow(1, false, false)]
    [DataRow(-1, false, false)]
    [DataRow(1, true, false)]
    [DataRow(1, false, true)]
    public void AddressesThatAToolLeavesOutAreNotUnseen(int step, bool isById, bool isLossy)
    {
        // Neither .0 nor .255 is asked, and the count goes on without a gap; the switch may hide some.
        int[] hosts = [.. Enumerable.Range(1, 1022).Where(n => n % 256 != 0 && n % 256 != 255)];
        if (step < 0)
        {
            Array.Reverse(hosts);
        }

        int[] turns = [.. Enumerable.Range(0, hosts.Length).Where(turn => !isLossy || turn % 100 != 50)];
        string unseen = isLossy ? FormattableString.Invariant($"{hosts.Length - turns.Length}") : string.Empty;
        Probes probes = new(new Hospital("10.20.2.", "10.20.0.0/22"));
        probes.Sweep(turns.Select(turn => FormattableString.Invariant($"10.20.{hosts[turn] >> 8}.{hosts[turn] & 255}")), 5556,
            Probes.Start, 2_000, sourcePort: turn => isById ? 31337 : 30_000 + (step * turns[turn]),
            identification: isById ? turn => 5_000 + turns[turn] : null);
        TenDetects.Has(Tap.Replay(probes.Build(), Site.Home("10.20.0.0/22")).Single("sweep"), "sweep",
            $"stride={(isById ? "ipid" : "sport")} dsts={turns.Length} unseen={unseen}");
    }

    [TestMethod]
    public void ASourcePortThatCountsWhateverTheTargetIsNoStride()
    {
        // The list is random and the stack gives out one port after the other: no tool that walks the network.
        string[] list = [.. Probes.Hosts(40, 40)];
        new Random(21).Shuffle(list);
        AlertLine incident = Tap.Replay(new Probes().Sweep(list, 8090, Probes.Start, 10_000, sourcePort: turn => 40_000 + turn,
            identification: turn => 7_000 + turn).Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "stride= unseen= dsts=40");
    }

    [TestMethod]
    public void AListIsComparedOverWeeks()
    {
        string[] list = [.. Probes.Hosts(40, 30)];
        new Random(31).Shuffle(list);
        Probes probes = new();
        probes.Sweep(list, 8090, Probes.Start, 500_000);

        // Six other sweeps in random orders of their own lie between.
        for (int i = 0; i < 6; i++)
        {
            string[] other = [.. Probes.Hosts(40, 30)];
            new Random(100 + i).Shuffle(other);
            probes.Sweep(other, 9100 + i, Probes.Start + ((i + 2) * Capture.Day), 500_000,
                FormattableString.Invariant($"198.18.{i}.1"));
        }

        probes.Sweep(list, 8091, Probes.Start + (20 * Capture.Day), 700_000, "198.18.77.7");
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.AreEqual(findings.The("sweep", ("dport", "8090"))["id"], findings.The("sweep", ("dport", "8091"))["list"],
            findings.Told);
        Assert.IsTrue(findings.Incidents.Where(line => line.Number("dport") >= 9100).All(line => line["list"].Length == 0),
            findings.Told);
    }

    [TestMethod]
    public void WhatManySourcesOfANetworkSentHasNoOrder()
    {
        // Each host is tried by another address; up and down the network.
        int[] hosts = [200, 14, 77, 78, 79, 80];
        Probes probes = new();
        for (int i = 0; i < hosts.Length; i++)
        {
            probes.Sweep([FormattableString.Invariant($"{Probes.Net}{hosts[i]}")], 8090, Probes.Start + (i * Capture.Second), 0,
                FormattableString.Invariant($"198.18.4.{20 + (7 * i)}"), flags: "SF");
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "srcs=6 dsts=6");
        Assert.IsTrue(findings.Lines.All(line => line["stride"].Length + line["unseen"].Length == 0), findings.Told);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void AnIpIdThatStaysOrCountsByItselfIsNoStrideWhereTheTargetsAreNear(int step)
    {
        Findings findings = Tap.Replay(new Probes().Sweep(["10.20.30.40", "10.20.30.44", "10.20.30.45", "10.20.30.47"], 8090,
            Probes.Start, 10_000, identification: turn => 0x9a02 + (step * turn), flags: "SF").Build(), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "dsts=4");
        Assert.IsTrue(findings.Lines.All(line => line["stride"].Length + line["unseen"].Length == 0), findings.Told);
    }

    [TestMethod]
    public void ArpHasNoIpIdAndThereforeNoStride()
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(60, 30))
        {
            probes.Capture.Add(Probes.Start + (turn++ * Capture.Second / 50), probes.Lan.WhoHas("10.20.30.250", target));
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("sweep"), "sweep", "proto=arp dsts=30 src=10.20.30.250");
        Assert.IsTrue(findings.Lines.All(line => line["stride"].Length + line["unseen"].Length == 0), findings.Told);
    }

    [TestMethod]
    public void TwoWalksOfOneActorTogetherAreNobodysOrder()
    {
        // One counts its source ports with the hosts, the other takes any, and nothing lies between them.
        Probes probes = new Probes()
            .Sweep(Probes.Hosts(1, 20), 81, Probes.Start, Capture.Second / 2, sourcePort: turn => 30_000 + turn)
            .Sweep(Probes.Hosts(200, 8), 82, Probes.Start + (4 * Capture.Second), Capture.Second / 2);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("scan");
        TenDetects.Has(incident, "scan", "dsts=28 frames=28 dport=0 dports=81,82 stride= unseen= sport=");
        Assert.IsFalse(incident.Message.Contains("order", StringComparison.Ordinal), incident.Text);
    }

    [TestMethod]
    public void OneSourcePortIsSaidOnlyOfAllWalks()
    {
        string[] hosts = [.. Probes.Hosts(100, 8)];
        Probes probes = new Probes()
            .Sweep(hosts, 81, Probes.Start, Capture.Second, sourcePort: _ => 53)
            .Sweep(hosts, 82, Probes.Start + (Capture.Second / 2), Capture.Second);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("scan");
        TenDetects.Has(incident, "scan", "dsts=8 frames=16 sport=");
        Assert.IsFalse(incident.Message.Contains("source port", StringComparison.Ordinal), incident.Text);
    }
}
