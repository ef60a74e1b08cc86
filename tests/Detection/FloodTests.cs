using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>An attacker who spoofs any number of sources can't push a scan out of memory.</summary>
[TestClass]
public sealed class FloodTests
{
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
            probes.Capture.Add(time, probes.Talk.Between(source, target)
                .Tcp(random.Next(1024, 65536), floodPort, "S", probes.Talk.NextSequence()));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        TenDetects.Has(incident, "sweep", "dsts=30 dport=5556 frames=30");
    }

    [TestMethod]
    public void AScanOfTwoProbesSoFarSurvivesAFloodAsWell()
    {
        // Not yet an incident when the flood begins: two hosts of a suspect port, then 60,000 sources, each new.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 2), 5556, Probes.Start, Capture.Minute);
        probes.Sweep(Probes.Hosts(102, 3), 5556, Probes.Start + Capture.Hour, Capture.Minute);
        Flood(probes, Probes.Start + (5 * Capture.Minute), 60_000, 15_000, _ => 12345);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor)), "sweep",
            "dsts=5 dport=5556 frames=5");
    }

    [TestMethod]
    public void APlainSlowSweepSurvivesAFloodOnManyPorts()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 16), 8090, Probes.Start, 10 * Capture.Minute);
        Flood(probes, Probes.Start + (25 * Capture.Minute), 60_000, 40_000, random => random.Next(1, 65_536));
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor)), "sweep",
            "dsts=16 dport=8090 frames=16");
    }

    [TestMethod]
    public void ALargeScanLeavesRoomForTheSweepsAfterIt()
    {
        // Sixty hosts at a hundred ports; hours later ten others sweep for NetBus.
        Probes probes = new();
        for (int port = 1; port <= 100; port++)
        {
            probes.Sweep(Probes.Hosts(100, 60), port, Probes.Start + (port * 600_000L), 10_000);
        }

        for (int i = 0; i < 10; i++)
        {
            probes.Sweep(Probes.Hosts(100, 20), 12345, Probes.Start + ((i + 1) * Capture.Hour), Capture.Second, Text($"192.0.2.{50 + i}"));
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        for (int i = 0; i < 10; i++)
        {
            TenDetects.Has(findings.The("sweep", ("src", Text($"192.0.2.{50 + i}"))), "sweep", "dsts=20 dport=12345 frames=20");
        }
    }

    [TestMethod]
    public void APatientScanOutlastsAFloodOfSourcesThatKnockFourTimesEach()
    {
        // Each of them is an incident of its own, and more are told than the tap has records.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 30), 12345, Probes.Start, Capture.Minute);
        var random = new Random(7);
        for (int i = 0; i < 1_500; i++)
        {
            string source = Text($"{random.Next(11, 120)}.{random.Next(256)}.{random.Next(256)}.9");
            probes.Sweep(Probes.Hosts(random.Next(1, 200), 4), 12345, Probes.Start + (200 * Capture.Second) + (i * Capture.Second), 5_000, source);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor)), "sweep", "dsts=30 dport=12345 frames=30");
    }

    [TestMethod]
    public void TwoSuspectTargetsOutlastAFloodOfSourcesWithSevenPlainOnes()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 2), 12345, Probes.Start, Capture.Minute);
        probes.Sweep(Probes.Hosts(102, 2), 12345, Probes.Start + Capture.Hour, Capture.Minute);
        var random = new Random(7);
        for (int i = 0; i < 1_500; i++)
        {
            string source = Text($"{random.Next(11, 120)}.{random.Next(256)}.{random.Next(256)}.9");
            probes.Sweep(Probes.Hosts(random.Next(1, 200), 7), 443, Probes.Start + (2 * Capture.Minute) + (i * Capture.Second), 5_000, source);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor)), "sweep", "dsts=4 dport=12345 frames=4");
    }

    [TestMethod]
    public void AFloodOfSynsAtOneServerIsNoThousandIncidents()
    {
        Probes probes = new();
        Flood(probes, Probes.Start, 30_000, 2_000, _ => 80, probes.Hospital.Pacs);
        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.IsLessThanOrEqualTo(10, findings.Lines.Count(line => line.IsIncident), findings.Told);
    }

    [TestMethod]
    public void AMapUnderWaySurvivesAFlood()
    {
        // Resets of detect 7's kind before, amid and after a flood that evicts every connection.
        Probes probes = new();
        for (int i = 0; i < 20; i++)
        {
            probes.Capture.Add(Probes.Start + (i * 5 * Capture.Minute),
                probes.Talk.Between(Text($"212.108.4.{150 + (i % 5)}"), Probes.Net + Text($"{160 + i}"))
                .Tcp(80, 31_000 + (i * 97), "RA", 0, probes.Talk.NextSequence(), window: 0));
        }

        Flood(probes, Probes.Start + (27 * Capture.Minute), 30_000, 20_000, _ => 80, probes.Hospital.Pacs);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("inverse-map");

        // During the flood nothing is taken for evidence; what came before and after is.
        Assert.IsGreaterThanOrEqualTo(12, incident.Number("dsts"), incident.Text);
    }

    [TestMethod]
    public void ASlowScanSurvivesManySmallScans()
    {
        // Two hundred spoofed sources that each try three hosts, while the real one goes on.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 30), 5556, Probes.Start, Capture.Minute);
        for (int i = 0; i < 200; i++)
        {
            probes.Sweep(Probes.Hosts(1 + i, 3), 12345, Probes.Start + (5 * Capture.Minute) + (i * 4 * Capture.Second), 100_000,
                Text($"{11 + (i % 100)}.{i * 7 % 256}.{i}.9"));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        TenDetects.Has(incident, "sweep", "dsts=30 dport=5556 frames=30");
    }

    [TestMethod]
    public void ThirtyActorsAtOnceAreAllTold()
    {
        Probes probes = new();
        for (int actor = 0; actor < 30; actor++)
        {
            probes.Sweep(Probes.Hosts(50 + actor, 12), 9_000 + actor, Probes.Start + (actor * 7_000L), Capture.Second,
                Text($"198.18.{actor}.1"));
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        for (int actor = 0; actor < 30; actor++)
        {
            string source = Text($"198.18.{actor}.1");
            Assert.IsTrue(findings.Lines.Any(line => line.Kind is "sweep" or "scan" && line["src"] == source),
                $"{source} was never told: {findings.Told}");
        }
    }

    private static void Flood(Probes probes, long start, int frames, long gap, Func<Random, int> port, string? target = null)
    {
        var random = new Random(99);
        for (int i = 0; i < frames; i++)
        {
            string source = Text($"{random.Next(11, 120)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}");
            string host = target ?? Probes.Hosts(random.Next(1, 250), 1).Single();
            probes.Capture.Add(start + (i * gap), probes.Talk.Between(source, host)
                .Tcp(random.Next(1024, 65536), port(random), "S", probes.Talk.NextSequence()));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
