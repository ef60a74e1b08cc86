using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>A sweep that runs takes its actor's next attempts in at once, and nobody else's.</summary>
[TestClass]
public sealed class RunningSweepsTests
{
    [TestMethod]
    public void TheNextAttemptsJoinWithoutWaiting()
    {
        Tapped tap = Running().Sweep(20, 80, 30, 8);
        Tapped.Has(tap.Last, "sweep", "state=update dsts=16 frames=16 silent=16");
    }

    [TestMethod]
    public void AHostThatIsAskedAgainIsOneHost()
    {
        Tapped tap = Running();
        for (int i = 0; i < 5; i++)
        {
            tap.Syn(20 + i, Tapped.Actor, Tapped.Home(40), 80, 5000 + i);
        }

        tap.Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=9 frames=13 silent=9");
    }

    [TestMethod]
    [DataRow("203.0.113.67", 80)]
    [DataRow("203.0.113.66", 81)]
    [DataRow("203.0.114.66", 80)]
    public void NobodyElsesJoin(string actor, int port)
    {
        Tapped tap = Running().Sweep(20, port, 30, 3, actor: actor).Until(30).Finish();
        Assert.HasCount(2, tap.Lines);
        Tapped.Has(tap.Last, "sweep", "state=closed dsts=8 frames=8 dport=80 src=203.0.113.66");
    }

    [TestMethod]
    public void AnotherTtlIsTakenIn()
    {
        Tapped tap = Running().Syn(20, Tapped.Actor, Tapped.Home(30), 80, ttl: 51).Syn(21, Tapped.Actor, Tapped.Home(31), 80, ttl: 49)
            .Syn(22, Tapped.Actor, Tapped.Home(32), 80, ttl: 53).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=11 frames=11 ttl=49-53 flags=S");
    }

    [TestMethod]
    public void OtherFlagsAreTakenIn()
    {
        Tapped tap = Running().Syn(20, Tapped.Actor, Tapped.Home(30), 80).Syn(21, Tapped.Actor, Tapped.Home(31), 80, flags: "SE")
            .Until(30).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=10 frames=10 flags=");
    }

    [TestMethod]
    public void TwoSweepsSideBySideKeepApart()
    {
        Tapped tap = Running().Sweep(15, 80, 10, 8, actor: "203.0.113.99").Until(19);
        for (int i = 0; i < 6; i++)
        {
            tap.Syn(20 + i, Tapped.Actor, Tapped.Home(40 + i), 80).Syn(20.5 + i, "203.0.113.99", Tapped.Home(60 + (i % 3)), 80, 6000 + i);
        }

        tap.Finish();
        Tapped.Has(tap.Lines[^2], "sweep", "src=203.0.113.66 dsts=14 frames=14");
        Tapped.Has(tap.Lines[^1], "sweep", "src=203.0.113.99 dsts=11 frames=14");
    }

    [TestMethod]
    public void WhatJoinsWidensThePrefixAndTheTime()
    {
        Tapped tap = Running().Syn(65, Tapped.Actor, Tapped.Home(200), 80).Finish();
        Tapped.Has(tap.Last, "sweep", "dst=10.1.2.0/24 dur=64");
    }

    [TestMethod]
    public void WhoNeverSpokeIsCountedAsDark()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 50).Sweep(60, 80, 10, 8).Until(70).Sweep(71, 80, 49, 3).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=11 dark=10 silent=1");
    }

    [TestMethod]
    public void AStoryOfOneActorStaysOneWhileItsPausesAreShort()
    {
        Tapped tap = Running().Sweep(6 * 86_400, 80, 30, 1).Until((6 * 86_400) + 60).Finish();
        Tapped.Has(tap.Last, "sweep", "id=1 dsts=9");
    }

    // Eight hosts within a second, told.
    private static Tapped Running()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        Tapped.Has(tap.Last, "sweep", "state=open dsts=8");
        return tap;
    }
}
