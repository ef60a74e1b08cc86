using Appliance.Firmware.Health;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>How long something must be bad or well before it is told.</summary>
[TestClass]
public sealed class ConditionTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void ATroubleIsToldAfterItsTimeAndItsEndLikewise()
    {
        var condition = new Condition();
        bool See(bool isBad, long now) => condition.See(isBad, now, 3 * Second, 10 * Second);
        Assert.IsFalse(See(true, 100 * Second));
        Assert.IsFalse(See(true, (103 * Second) - 1));
        Assert.IsTrue(See(true, 103 * Second));
        Assert.IsFalse(See(true, 104 * Second), "once");
        Assert.IsTrue(condition.IsBad);
        Assert.IsFalse(See(false, 200 * Second));
        Assert.IsFalse(See(false, (210 * Second) - 1));
        Assert.IsTrue(See(false, 210 * Second));
        Assert.IsFalse(condition.IsBad);
    }

    [TestMethod]
    public void WhatTurnsBeforeItsTimeIsNotTold()
    {
        var condition = new Condition();
        for (int i = 0; i < 20; i++)
        {
            Assert.IsFalse(condition.See(i % 2 == 0, i * 2 * Second, 3 * Second, 3 * Second));
        }

        Assert.IsFalse(condition.IsBad);
    }
}
