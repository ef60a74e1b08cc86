using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>How much may be weighed, and who comes first while more is asked than that.</summary>
[TestClass]
public sealed class AllowanceTests
{
    private const int Start = 1_000;

    private readonly Suspicions _suspicions = new(new KeyedHash(3));

    [TestMethod]
    public void ItIsFilledAsTimePassesAndNoFurther()
    {
        var allowance = new Allowance { Left = 10 };
        Assert.AreEqual(10 + 2, allowance.At(1));
        Assert.AreEqual(12, allowance.At(1), "no time has passed");
        Assert.AreEqual(12 + 20, allowance.At(11));
        Assert.AreEqual(32, allowance.At(5), "what is older than the newest adds nothing");
        Assert.AreEqual(32 + 94, allowance.At(58));
        Assert.AreEqual(128, allowance.At(60));
        Assert.AreEqual(128, allowance.At(int.MaxValue), "a year is no more than a second");
    }

    [TestMethod]
    public void AnOverdraftIsPaidBackFirst()
    {
        var allowance = new Allowance { Left = -100 };
        Assert.AreEqual(-80, allowance.At(10));
        Assert.AreEqual(128, allowance.At(10 + 128));
    }

    [TestMethod]
    public void SixtyFourAreWeighedAtOnceOfAnyone()
    {
        int stranger = ActorOf(isFirst: false);
        Assert.AreEqual(64, Granted(stranger, Start));
        Assert.AreEqual(1, _suspicions.Evictions, "the one that found it empty is counted");
        Assert.AreEqual(0, _suspicions.Allowance.Left);
    }

    [TestMethod]
    public void ItIsFilledAgain()
    {
        int stranger = ActorOf(isFirst: false);
        Granted(stranger, Start);
        Assert.AreEqual(10, Granted(stranger, Start + 10), "twenty units are ten attempts");
    }

    [TestMethod]
    public void OfOneClassOfActorsTwiceAsMany()
    {
        Assert.AreEqual(128, Granted(ActorOf(isFirst: true), Start));
        Assert.AreEqual(-128, _suspicions.Allowance.Left);
        Assert.AreEqual(0, Granted(ActorOf(isFirst: false), Start));
    }

    [TestMethod]
    public void TheClassIsAnotherSoon()
    {
        int first = ActorOf(isFirst: true);
        Granted(first, Start);
        _suspicions.Allowance.Left = -100;
        Assert.IsTrue(_suspicions.MayWeigh(Attempt(first, 1_023)), "1,000 and 1,023 are one turn of 256");
        _suspicions.Allowance.Left = -100;
        Assert.IsFalse(_suspicions.MayWeigh(Attempt(first, 1_024)));
    }

    [TestMethod]
    public void WhoGoesOnWithASweepIsWeighedWhereAllOthersAreNot()
    {
        int actor = ActorOf(isFirst: false);
        Probe attempt = Attempt(actor, Start);
        int at = _suspicions.Add(_suspicions.Keys.OfSweep(attempt), actor, Start, -1);
        _suspicions.Allowance.At(Start);
        _suspicions.Allowance.Left = -255;
        _suspicions.Cells[at + Suspicions.Targets] = 1;
        Assert.IsFalse(_suspicions.MayWeigh(attempt), "one target is what everybody has");
        _suspicions.Cells[at + Suspicions.Targets] = 2;
        Assert.IsTrue(_suspicions.MayWeigh(attempt));
        Assert.AreEqual(-257, _suspicions.Allowance.Left);
        Assert.IsFalse(_suspicions.MayWeigh(attempt), "nor may he have the sensor fall behind");
        _suspicions.Allowance.Left = -255;
        attempt.Port = 81;
        Assert.IsFalse(_suspicions.MayWeigh(attempt), "another port is no part of it");
    }

    [TestMethod]
    public void ASuspicionThatBeginsIsPaid()
    {
        _suspicions.Add(77, 5, Start, -1);
        Assert.AreEqual(126, _suspicions.Allowance.Left);
    }

    private static Probe Attempt(int actor, int now) => new() { Now = now, Version = 4, Actor = actor, Port = 80, Protocol = 6 };

    // How many attempts of an actor are granted before one is not.
    private int Granted(int actor, int now)
    {
        int count = 0;
        while (_suspicions.MayWeigh(Attempt(actor, now)))
        {
            count++;
        }

        return count;
    }

    // An actor that is of the class which comes first at the start, or is not.
    private int ActorOf(bool isFirst)
    {
        int actor = 0x01020304;
        while ((((_suspicions.SlotOf(actor) ^ (Start >> 8)) & 31) == 0) != isFirst)
        {
            actor += 7;
        }

        return actor;
    }
}
