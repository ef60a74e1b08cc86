using System.Linq;
using Appliance.Sensor.Incidents;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>The exact set of one incident's targets.</summary>
[TestClass]
public sealed class ExactTargetsTests
{
    private readonly ExactTargets _set = new();

    [TestMethod]
    public void AThousandNumbersAnywhereAreToldApart()
    {
        _set.Take(5);
        int[] numbers = [.. Enumerable.Range(0, 1024).Select(i => (i * 61) & 0xffff)];
        Assert.AreEqual(1024, numbers.Count(number => _set.Add(number, 100)));
        Assert.AreEqual(0, numbers.Count(number => _set.Add(number, 100)));
        Assert.IsTrue((_set.Owner == 5));
    }

    [TestMethod]
    public void OneMoreLosesIt()
    {
        _set.Take(5);
        for (int i = 0; i <= 1024; i++)
        {
            Assert.IsTrue(_set.Add(i, 100));
        }

        Assert.IsFalse((_set.Owner == 5));
        Assert.IsTrue(_set.IsFree(100));
    }

    [TestMethod]
    public void ANewOwnerFindsItEmpty()
    {
        _set.Take(5);
        _set.Add(0, 100);
        _set.Add(80, 100);
        _set.Take(6);
        Assert.IsFalse((_set.Owner == 5));
        Assert.IsTrue(_set.Add(0, 100));
        Assert.IsTrue(_set.Add(80, 100));
        Assert.IsFalse(_set.Add(80, 100));
    }

    [TestMethod]
    public void ItIsFreeAgainAfterTenMinutesOfSilence()
    {
        Assert.IsTrue(_set.IsFree(0));
        _set.Take(5);
        _set.Add(1, 1000);
        Assert.IsFalse(_set.IsFree(1000 + 60_000));
        Assert.IsTrue(_set.IsFree(1001 + 60_000));
    }

    [TestMethod]
    public void OnlyItsOwnerGivesItBack()
    {
        _set.Take(5);
        _set.Add(1, 1000);
        _set.Free(6);
        Assert.IsTrue((_set.Owner == 5));
        _set.Free(5);
        Assert.IsTrue(_set.IsFree(1000));
    }
}
