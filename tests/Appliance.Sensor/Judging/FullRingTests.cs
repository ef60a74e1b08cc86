using System;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>
/// What is left out while the ring fills: attempts from outside of whom nothing is known, before the ring drops whatever comes
/// next.
/// </summary>
[TestClass]
public sealed class FullRingTests
{
    private const int Filling = 64;
    private const int Full = 128;
    private const int Trojan = 12345;

    [TestMethod]
    [DataRow(0, 0, DisplayName = "a replay")]
    [DataRow(1, 0, DisplayName = "an empty ring")]
    [DataRow(63, 0)]
    [DataRow(64, 70)]
    [DataRow(127, 70)]
    [DataRow(128, 70)]
    [DataRow(257, 70)]
    public void OfEightStrangersOneIsTakenInFromAQuarterOfTheRingOn(int waiting, int leftOut)
    {
        Tapped tap = Strangers(new Tapped().Waiting(waiting), 80, 80);
        Assert.AreEqual(leftOut, tap.LeftOut);
        Assert.AreEqual(leftOut, tap.Evictions, "the watch over the detectors tells of these");
    }

    [TestMethod]
    public void OfStrangersByDatagramAndPingLikewise()
    {
        Tapped tap = new Tapped().Waiting(Full);
        for (int i = 0; i < 80; i++)
        {
            tap.At(1 + (i * 0.001), Tapped.Lan.Ip(Stranger(i), Tapped.Home(10)).Udp(4000, 31337, new byte[20]));
        }

        Assert.AreEqual(70, tap.LeftOut);
        for (int i = 0; i < 80; i++)
        {
            tap.At(2 + (i * 0.001), Tapped.Lan.Ip(Stranger(i), Tapped.Home(11)).Echo(false, 1, i));
        }

        Assert.AreEqual(140, tap.LeftOut);
    }

    [TestMethod]
    [DataRow(Filling)]
    [DataRow(Full)]
    public void WhoIsAtHomeIsNeverLeftOut(int waiting)
    {
        Tapped tap = new Tapped().Waiting(waiting).Sweep(1, 80, 10, 40, 0.001, Tapped.Home(9));
        Assert.AreEqual(0, tap.LeftOut);
    }

    [TestMethod]
    public void WhoIsSuspectedGoesOnWhileTheRingFills()
    {
        Tapped tap = new Tapped().Sweep(1, Trojan, 10, 2).Until(6).Waiting(Filling);
        Strangers(tap, Trojan, 8);
        int before = tap.LeftOut;
        Assert.AreEqual(7, before);
        tap.Syn(9, Tapped.Actor, Tapped.Home(12), Trojan).At(13, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Tapped.Has(tap.Lines[0], "sweep", "state=open src=203.0.113.66 dsts=3 frames=3 dport=12345");
    }

    [TestMethod]
    public void AScanThatRunsCountsEachOfAThousandHoweverFullTheRingIs()
    {
        Tapped tap = new Tapped().Sweep(1, Trojan, 1, 4).Until(6).Syn(7, Tapped.Actor, Tapped.Home(5), Trojan).Waiting(Full);
        for (int i = 0; i < 1000; i++)
        {
            tap.Syn(8 + (i * 0.001), Tapped.Actor, Tapped.Home(1 + (i % 250)), Trojan);
        }

        Assert.AreEqual(0, tap.LeftOut);
        tap.Finish();
        Tapped.Has(tap.Last, "sweep", "state=closed src=203.0.113.66 dsts=250 frames=1005 lost=");
    }

    [TestMethod]
    public void WhatWasLeftOutStandsInTheLinesOfWhatWasOpenMeanwhile()
    {
        Tapped tap = new Tapped().Sweep(1, Trojan, 1, 4).Until(6).Waiting(Full);
        Strangers(tap, Trojan, 80).Finish();
        Tapped.Has(tap.Last, "sweep", "state=closed src=203.0.113.66 dsts=4 lost=70");
    }

    [TestMethod]
    public void ABatchHasSixteenStrangersWeighedAndNoMoreWhereThereIsARing()
    {
        // They wait for their outcomes, and all are due with the frame behind them.
        Tapped tap = Strangers(new Tapped().Waiting(1), Trojan, 40).At(11, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Assert.AreEqual(40 - 16, tap.LeftOut);
        tap = Strangers(new Tapped().Waiting(0), Trojan, 40).At(11, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Assert.AreEqual(0, tap.LeftOut, "a replay");
    }

    [TestMethod]
    public void AConversationIsToldHoweverFullTheRingIs()
    {
        Tapped tap = new Tapped().Talk(1, Tapped.Actor, Tapped.Home(5), 5900).Waiting(257)
            .At(9, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Assert.AreEqual(0, tap.LeftOut);
        Tapped.Has(tap.Last, "restricted-service", "state=open src=203.0.113.66 dst=10.1.2.5 dport=5900 answered=1");
    }

    [TestMethod]
    public void AnAttemptThatWasAnsweredIsWeighedWhileTheRingFills()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Answer(1.1, Tapped.Actor, Tapped.Home(5), 5900)
            .Syn(1.2, Stranger(1), Tapped.Home(6), 5901).Waiting(Filling)
            .At(9, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Assert.AreEqual(1, tap.LeftOut, "the other was not");
        Assert.HasCount(1, tap.Lines);
        Tapped.Has(tap.Last, "restricted-service", "state=open src=203.0.113.66 dst=10.1.2.5 dport=5900 answered=1");
    }

    [TestMethod]
    public void TheSecondFailureOfAnActorIsWeighedWhileTheRingFills()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 80).Until(5).Syn(6, Tapped.Actor, Tapped.Home(6), 80)
            .Waiting(Filling).At(10, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2)));
        Assert.AreEqual(0, tap.LeftOut);
    }

    // Each asks another host once.
    private static Tapped Strangers(Tapped tap, int port, int count)
    {
        for (int i = 0; i < count; i++)
        {
            tap.Syn(7 + (i * 0.001), Stranger(i), Tapped.Home(10 + i), port);
        }

        return tap;
    }

    private static string Stranger(int number) => FormattableString.Invariant($"198.{51 + number}.{number * 7 % 250}.{1 + number}");
}
