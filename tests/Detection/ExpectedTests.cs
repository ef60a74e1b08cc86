using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>What the site profile explains is said once, as expected.</summary>
[TestClass]
public sealed class ExpectedTests
{
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
        AlertLine incident = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 30), 8090, Probes.Start, Capture.Second).Build(),
            Probes.Profile(expected)).Single("sweep");
        TenDetects.Has(incident, "sweep", $"src={Probes.Actor} dsts=30 severity=1");
        Assert.StartsWith("weekly inventory scan", incident["expected"], incident.Text);
        AlertLine other = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 30), 8090, Probes.Start, Capture.Second, "203.0.113.67")
            .Build(), Probes.Profile(expected)).Single("sweep");
        TenDetects.Has(other, "sweep", "expected= severity=3");
    }

    [TestMethod]
    public void WhatIsExpectedIsSaidOnceADay()
    {
        string expected = """
            [[expected]]
            name = "AdvantageNet console"
            source = "10.20.30.160"
            destination = "10.20.30.0"
            proto = "udp"
            port = 1600
            """;
        Probes probes = new();
        for (int i = 0; i < 3 * 720; i++)
        {
            probes.Broadcast(Probes.Start + (i * 2 * Capture.Minute), "10.20.30.160", Probes.Net + "0", 1024 + (i % 4000), 1600,
                46);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(expected));
        AlertLine incident = findings.Single("broadcast");
        TenDetects.Has(incident, "broadcast", "severity=1 frames=2160 period=120");
        Assert.StartsWith("AdvantageNet console", incident["expected"], incident.Text);

        // Three days: opening, at most one line a day, closing.
        Assert.IsLessThanOrEqualTo(5, findings.Lines.Count(line => line.IsIncident), findings.Told);
    }

    [TestMethod]
    [DataRow("source = \"10.20.30.160\"", 1)]
    [DataRow("source = \"10.20.30.161\"", 3)]
    [DataRow("source = \"10.20.30.160\"\nproto = \"udp\"\nport = 1601", 3)]
    [DataRow("source = \"10.20.30.160\"\nproto = \"tcp\"", 3)]
    [DataRow("source = \"10.20.30.160\"\ndestination = \"10.20.30.255\"", 3)]
    [DataRow("destination = \"10.20.30.0\"", 1)]
    public void AnExplanationCoversWhatItNamesAndNoMore(string fields, int severity)
    {
        Probes probes = new();
        for (int i = 0; i < 10; i++)
        {
            probes.Broadcast(Probes.Start + (i * 2 * Capture.Minute), "10.20.30.160", Probes.Net + "0", 1024 + (i % 4000), 1600,
                46);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile("[[expected]]\nname = \"console\"\n" + fields))
            .Single("broadcast");
        TenDetects.Has(incident, "broadcast", $"severity={severity} expected={(severity == 1 ? "console" : string.Empty)}");
    }

    [TestMethod]
    public void WhatIsExpectedHidesNothingElseOfTheSameSource()
    {
        string expected = $"""
            [[expected]]
            name = "archive poller"
            source = "{Probes.Actor}"
            proto = "tcp"
            port = 104
            """;
        Probes probes = new();
        for (int round = 0; round < 10; round++)
        {
            probes.Sweep(Probes.Hosts(100, 12), 104, Probes.Start + (round * Capture.Minute), Capture.Second);
        }

        probes.Sweep(Probes.Hosts(60, 3), 12345, Probes.Start + (5 * Capture.Minute) + (Capture.Second / 2), 2 * Capture.Second);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(expected));
        TenDetects.Has(findings.The("sweep", ("dport", "12345")), "sweep", "dsts=3 frames=3 name=NetBus severity=2 expected=");
        AlertLine poller = findings.The("sweep", ("dport", "104"));
        TenDetects.Has(poller, "sweep", "dsts=12 frames=120 severity=1");
        Assert.AreEqual("archive poller", poller["expected"], poller.Text);
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }
}
