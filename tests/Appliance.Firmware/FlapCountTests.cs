using Appliance.Firmware.Health;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>How often a link fell within an hour, and how long something must be bad or well before it is told.</summary>
[TestClass]
public sealed class FlapCountTests
{
    private const long Second = 1_000_000;
    private const long Minute = 60 * Second;

    [TestMethod]
    public void FallsAreCountedForAnHour()
    {
        var falls = new FlapCount();
        falls.Note(0);
        falls.Note(Minute);
        falls.Note(30 * Minute);
        Assert.AreEqual(3, falls.Count(59 * Minute));
        Assert.AreEqual(1, falls.Count(60 * Minute), "to five minutes");
        Assert.AreEqual(1, falls.Count((90 * Minute) - 1));
        Assert.AreEqual(0, falls.Count(90 * Minute));
    }

    [TestMethod]
    public void AfterDaysNothingIsLeft()
    {
        var falls = new FlapCount();
        falls.Note(10 * Minute);
        Assert.AreEqual(0, falls.Count(7 * 24 * 60 * Minute));
        falls.Note((7 * 24 * 60 * Minute) + Second);
        Assert.AreEqual(1, falls.Count((7 * 24 * 60 * Minute) + Minute));
    }

    [TestMethod]
    public void ATroubleIsToldAfterItsTimeAndItsEndLikewise()
    {
        var condition = new Condition(3 * Second, 10 * Second);
        Assert.IsFalse(condition.See(true, 100 * Second));
        Assert.IsFalse(condition.See(true, (103 * Second) - 1));
        Assert.IsTrue(condition.See(true, 103 * Second));
        Assert.IsFalse(condition.See(true, 104 * Second), "once");
        Assert.IsTrue(condition.IsBad);
        Assert.IsFalse(condition.See(false, 200 * Second));
        Assert.IsFalse(condition.See(false, (210 * Second) - 1));
        Assert.IsTrue(condition.See(false, 210 * Second));
        Assert.IsFalse(condition.IsBad);
    }

    [TestMethod]
    public void WhatTurnsBeforeItsTimeIsNotTold()
    {
        var condition = new Condition(3 * Second, 3 * Second);
        for (int i = 0; i < 20; i++)
        {
            Assert.IsFalse(condition.See(i % 2 == 0, i * 2 * Second));
        }

        Assert.IsFalse(condition.IsBad);
    }
}
