using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When an attempt is judged, and what it then came to.</summary>
[TestClass]
public sealed class JudgeTests
{
    [TestMethod]
    public void AnAttemptIsJudgedThreeSecondsAfterItCame()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(4.69);
        Assert.IsEmpty(tap.Lines);
        tap.Until(4.70);
        Tapped.Has(tap.Last, "sweep", "state=open dsts=8 frames=8 dport=80 silent=8 src=203.0.113.66");
    }

    [TestMethod]
    public void AFloodShortensTheWaitAndLosesNothing()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 55, 0.001);
        Assert.IsEmpty(tap.Lines, "48 wait, seven are judged");
        tap.Sweep(1.1, 80, 65, 1);
        Tapped.Has(tap.Last, "sweep", "state=open dsts=8 frames=8");
        tap.Until(9).Finish();
        Tapped.Has(tap.Last, "sweep", "state=closed dsts=56 frames=56 silent=56");
    }

    [TestMethod]
    public void AnAnswerWithinTheWaitIsNoFailure()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8);
        tap.Answer(3.9, Tapped.Actor, Tapped.Home(17), 80).Until(9);
        Assert.IsEmpty(tap.Lines, "seven failures and one that answered");
    }

    [TestMethod]
    public void WhatRefusedIsCountedAsThat()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80).Answer(1.01 + i, Tapped.Actor, Tapped.Home(10 + i), 80, "RA");
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=8 refused=8 silent= answered=");
    }

    [TestMethod]
    public void WhoNeverSpokeIsDarkWhereOthersDo()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201).Heard(50, 10, 11, 12).Sweep(60, 80, 10, 8).Until(70).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=8 silent=3 dark=5");
    }

    [TestMethod]
    public void ForHalfAMinuteNobodyIsDark()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201).Sweep(20, 80, 10, 8).Until(29.9).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=8 silent=8 dark=");
    }

    [TestMethod]
    [DataRow(39, 0)]
    [DataRow(40, 1)]
    public void FortyFirstContactsAreACrowdWhateverCameOfThem(int hosts, int lines)
    {
        var tap = new Tapped();
        for (int i = 0; i < hosts; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80).Answer(1.01 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
        }

        tap.Until(100);
        Assert.HasCount(lines, tap.Lines);
        if (lines > 0)
        {
            Tapped.Has(tap.Last, "sweep", "severity=1 dsts=40 answered=40");
        }
    }

    [TestMethod]
    public void EightPortsOfOneHostAreAPortScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10), 100 + i);
        }

        tap.Until(10.99);
        Assert.IsEmpty(tap.Lines);
        tap.Until(11);
        Tapped.Has(tap.Last, "port-scan",
            "state=open dst=10.1.2.10 dsts=1 frames=8 dport=0 dports=100,101,102,103,104,105,106,107 silent=8");
    }

    [TestMethod]
    [DataRow(72, 1)]
    [DataRow(73, 0)]
    public void AStoryGoesOnForThreeDays(int hours, int lines)
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 7).Until(5);
        tap.Syn(1.6 + (hours * 3600), Tapped.Actor, Tapped.Home(99), 80).Until(10 + (hours * 3600));
        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    public void ThreeSuspectHostsAreASweep()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 2).Until(70);
        Assert.IsEmpty(tap.Lines);
        tap.Sweep(71, 12345, 12, 1).Until(75);
        Tapped.Has(tap.Last, "sweep", "state=open sid=1 dsts=3 frames=3 name=NetBus");
    }

    [TestMethod]
    public void ADatagramIsAnAttemptAndItsRetriesAreNone()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)).Udp(4000 + (i * 37), 161, new byte[10]));
            tap.At(1.3 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)).Udp(4000 + (i * 37), 161, new byte[10]));
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "sweep", "proto=udp dport=161 dsts=8 frames=8");
    }

    [TestMethod]
    public void ARememberedOutcomeIsOneOfSix() => CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5 },
        new[] { Outcome.Silent, Outcome.Dark, Outcome.Refused, Outcome.Answered, Outcome.Open, Outcome.Unknown });
}
