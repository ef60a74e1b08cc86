using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When walks of one actor, or of several, are one incident.</summary>
[TestClass]
public sealed class MergingTests
{
    [TestMethod]
    public void TwoPortsAtTheSameHostsAtOnceAreOneScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=1 dsts=10 frames=20 dport=0 dports=80,443 silent=10");
    }

    [TestMethod]
    public void WhoAnswersTheSecondWalkIsOneThatAnswered()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
            if (i is >= 2 and <= 4)
            {
                tap.Answer(1.15 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
            }
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=1 dsts=12 frames=24 dports=80,443 answered=3 silent=9 "
            + "answeredBy=10.1.2.12,10.1.2.13,10.1.2.14");
    }

    [TestMethod]
    public void WalksOneAfterTheOtherAreIncidentsOfTheirOwn()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(20).Sweep(100, 443, 10, 8).Until(120).Finish();
        Tapped.Has(tap.Lines[^2], "sweep", "state=closed id=1 dport=80 dsts=8 frames=8");
        Tapped.Has(tap.Lines[^1], "sweep", "state=closed id=2 dport=443 dsts=8 frames=8 related=1");
    }

    [TestMethod]
    public void AFifthJoinsTheNewest()
    {
        var tap = new Tapped();
        for (int port = 1; port <= 5; port++)
        {
            tap.Sweep(port * 100, port, 10, 8).Until((port * 100) + 20);
        }

        tap.Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=4 dports=4,5 dsts=8 frames=16");
    }

    [TestMethod]
    public void DecoysAreOneStoryWithTheScanner()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            for (int decoy = 0; decoy < 3; decoy++)
            {
                tap.Syn(1 + i + (decoy * 0.1), System.FormattableString.Invariant($"203.0.113.{60 + decoy}"), Tapped.Home(10), 100 + i);
            }
        }

        tap.Until(30).Finish();
        Tapped.Has(tap.Last, "port-scan", "state=closed id=1 srcs=3 dsts=1 dst=10.1.2.10 src=203.0.113.60/30");
    }

    [TestMethod]
    public void EachHostOfANetworkTakesAnotherTarget()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, System.FormattableString.Invariant($"198.51.100.{7 + (i * 40)}"), Tapped.Home(10 + i), 12345);
        }

        tap.Until(10);
        Tapped.Has(tap.Last, "sweep", "state=open src=198.51.100.0/24 srcs=3 dsts=3 frames=3 sid=1");
        tap.Syn(20, "198.51.100.200", Tapped.Home(30), 12345).Until(30).Finish();
        Tapped.Has(tap.Last, "sweep", "state=closed srcs=4 dsts=4 frames=4");
    }

    [TestMethod]
    public void TwoSourcesOfANetworkMayBeTwoCustomers()
    {
        Tapped tap = new Tapped().Syn(1, "198.51.100.7", Tapped.Home(10), 12345).Syn(2, "198.51.100.8", Tapped.Home(11), 12345);
        Assert.IsEmpty(tap.Until(10).Until(100).Finish().Lines);
    }

    [TestMethod]
    public void ADiagonalIsAScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        tap.Until(30).Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=1 dsts=12 frames=12 dport=0");
    }

    [TestMethod]
    public void WhatTheProfileExplainsIsTheLowest()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8, actor: "203.0.113.5").Until(10);
        Tapped.Has(tap.Last, "sweep", "state=open severity=1 src=203.0.113.5");
        StringAssert.Contains(tap.Last, "expected=\"a console\"", System.StringComparison.Ordinal);
    }

    [TestMethod]
    public void ATrojansConversationIsTold()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(10), 12345, 3000);
        tap.At(1.1, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "SA", 500, 1));
        Assert.IsEmpty(tap.Until(10).Lines, "it merely answered");
        tap.At(11, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "FA", 900, 66938)).Until(12);
        Tapped.Has(tap.Last, "suspect-service", "state=open severity=4 sid=1 src=203.0.113.66 dst=10.1.2.10 dsts=1 dport=12345");
    }
}
