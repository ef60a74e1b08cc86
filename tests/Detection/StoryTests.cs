using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>What belongs together in time.</summary>
[TestClass]
public sealed class StoryTests
{
    [TestMethod]
    public void FebruaryAndMarchAreTwoStories()
    {
        Probes probes = new();
        foreach (int days in new[] { 0, 28 })
        {
            probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start + (days * Capture.Day), Capture.Second);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.HasCount(2, findings.Incidents, findings.Told);
        Assert.IsTrue(findings.Incidents.All(line => line.Kind == "sweep" && line["frames"] == "5"), findings.Told);
    }

    [TestMethod]
    public void ProbesOfFebruaryDoNotHelpThoseOfMarch()
    {
        // Two hosts in February and two in March are two and two.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 2), 12345, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(60, 2), 12345, Probes.Start + (28 * Capture.Day), Capture.Second);
        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AGapOfTwoDaysIsOneStory()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(60, 5), 12345, Probes.Start + (2 * Capture.Day), Capture.Second);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=10 frames=10");
    }

    [TestMethod]
    public void TheSilenceAfterAStoryClosesIt()
    {
        // Seven days of silence end an incident while the tap runs, not only at the end of a replay.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start, Capture.Second);
        for (int day = 1; day <= 9; day++)
        {
            probes.Heard([Probes.Net + "160"], Probes.Start + (day * Capture.Day));
        }

        AlertLine closed = Tap.Replay(probes.Build(), Probes.Profile()).Lines.Single(line => line.State == "closed");
        StringAssert.StartsWith(closed.Time, "2026-03-02T13:00:04", "the time is that of the newest frame: " + closed);
    }

    [TestMethod]
    public void APlainSweepOfOneHostEveryTwoDaysIsAStory()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 12), 8090, Probes.Start, 2 * Capture.Day);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=12 frames=12");
    }

    [TestMethod]
    public void WhoMetManyThatAnswerIsStillWeighedByThoseThatDoNot()
    {
        // Two that are not there, forty-five that answer, twelve that are not there: four answers at most are held in its favour.
        Probes probes = new();
        const long Gap = 7 * Capture.Hour;
        probes.Sweep(Probes.Hosts(200, 2), 8090, Probes.Start, Gap);
        int turn = 2;
        foreach (string host in Probes.Hosts(20, 45))
        {
            probes.Talk.Connection(Probes.Start + (turn++ * Gap), Probes.Actor, 40_000 + turn, host, 8090);
        }

        probes.Sweep(Probes.Hosts(202, 12), 8090, Probes.Start + (turn * Gap), Gap);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep",
            "dsts=59 frames=59 dport=8090 answered=45 dark=14 severity=4");
    }

    [TestMethod]
    public void ARestrictedServiceInFebruaryAndInMarchIsTwoStories()
    {
        Probes probes = new();
        string groups = $"[groups]\nDNS_SERVERS = [\"{probes.Hospital.NameServer}\"]";
        probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23);
        probes.Talk.Refused(Probes.Start + (28 * Capture.Day), Probes.Actor, 33_000, probes.Hospital.NameServer, 23);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(groups));
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    [TestMethod]
    [DataRow(443, 2, 0, 18)]
    [DataRow(443, 6, 0, 14)]
    [DataRow(443, 7, 0, 13)]
    [DataRow(443, 13, 13, 0)]
    [DataRow(12345, 2, 0, 18)]
    [DataRow(12345, 3, 3, 17)]
    [DataRow(12345, 18, 18, 0)]
    public void WhatWasAskedBeforeARestartIsForgotten(int port, int before, int toldBefore, int toldAfter)
    {
        // Twenty hosts, one an hour; a restart empties all memories, as a second run does.
        Assert.AreEqual(toldBefore, HostsTold(port, 0, before));
        Assert.AreEqual(toldAfter, HostsTold(port, before, 20 - before));
    }

    private static int HostsTold(int port, int first, int count)
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100 + first, count), port, Probes.Start + (first * Capture.Hour), Capture.Hour);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        return findings.Incidents.Count == 0 ? 0 : findings.Single("sweep").Number("dsts");
    }

    [TestMethod]
    public void AnotherSweepOfTheSameActorIsRelated()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 12), 8090, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(100, 12), 8091, Probes.Start + (2 * Capture.Day), Capture.Second);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.AreEqual(findings.The("sweep", ("dport", "8090"))["id"], findings.The("sweep", ("dport", "8091"))["related"],
            findings.Told);
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }
}
