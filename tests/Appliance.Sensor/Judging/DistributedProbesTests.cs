using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When several actors at one host are one probe.</summary>
[TestClass]
public sealed class DistributedProbesTests
{
    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void ThreeActorsAreEnough(int actors, int lines)
    {
        var tap = new Tapped();
        for (int i = 0; i < actors; i++)
        {
            tap.Syn(1 + (i * 100), Actor(i), Tapped.Home(10), 12345).Until(5 + (i * 100));
        }

        tap.Until(400);
        Assert.HasCount(lines, tap.Lines);
        if (lines > 0)
        {
            Tapped.Has(tap.Last, "distributed-probe", "state=open srcs=3 src=198.48.0.0/13 dst=10.1.2.10 dsts=1 frames=3 dports=12345");
            foreach (string named in new[] { "198.51.0.7", "198.52.0.7", "198.53.0.7" })
            {
                StringAssert.Contains(tap.Last, named, System.StringComparison.Ordinal);
            }
        }
    }

    [TestMethod]
    public void EachSettlesForAMinute()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, Actor(i), Tapped.Home(10), 12345);
        }

        tap.Until(10).Until(62.9);
        Assert.IsEmpty(tap.Lines);
        tap.Until(63);
        Assert.HasCount(1, tap.Lines);
    }

    [TestMethod]
    public void ALaterActorIsNamed()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, Actor(i), Tapped.Home(10), 12345);
        }

        tap.Until(10).Until(70).Syn(80, Actor(5), Tapped.Home(10), 12345).Until(85).Until(150);
        Tapped.Has(tap.Last, "distributed-probe", "state=update src=198.56.0.7 srcs=4 frames=4");
        tap.Syn(200, Actor(5), Tapped.Home(10), 12345, 9999).Until(205).Until(300).Finish();
        Tapped.Has(tap.Last, "distributed-probe", "state=closed srcs=4 frames=5");
    }

    [TestMethod]
    public void WhoSweepsIsTakenAway()
    {
        Tapped tap = new Tapped().Syn(1, Actor(0), Tapped.Home(10), 12345).Syn(2, Actor(1), Tapped.Home(10), 12345);
        tap.Sweep(3, 12345, 10, 3).Until(10).Until(100);
        Assert.HasCount(1, tap.Lines);
        Tapped.Has(tap.Last, "sweep", "src=203.0.113.66 dsts=3");
    }

    [TestMethod]
    public void ThreeHostsOfOneActorEachAreNone()
    {
        Tapped tap = new Tapped().Syn(1, Actor(0), Tapped.Home(10), 12345).Syn(2, Actor(1), Tapped.Home(11), 12345)
            .Syn(3, Actor(2), Tapped.Home(12), 12345).Until(10).Until(100).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void SixAtOnceNeedNotSettle()
    {
        var tap = new Tapped();
        for (int i = 0; i < 7; i++)
        {
            tap.Syn(1 + (i * 0.1), Actor(i), Tapped.Home(10), 12345);
        }

        tap.Until(5);
        Tapped.Has(tap.Lines[0], "distributed-probe", "state=open srcs=6 frames=6");
    }

    [TestMethod]
    public void AKnockThatIsRepeatedCountsAsFrameNotAsSource()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, Actor(i), Tapped.Home(10), 12345, 3000).Syn(5 + i, Actor(i), Tapped.Home(10), 12345, 3001);
        }

        tap.Until(12).Until(80);
        Tapped.Has(tap.Last, "distributed-probe", "srcs=3 frames=6");
    }

    private static string Actor(int number) => System.FormattableString.Invariant($"198.{51 + number}.0.7");
}
