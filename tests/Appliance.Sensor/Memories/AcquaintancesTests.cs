using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class AcquaintancesTests
{
    private const int Day = Limits.Day;
    private const int Hour = Day / 24;

    private readonly KeyedHash _hash = new KeyedHash(7);

    [TestMethod]
    public void WhoeverAsksFortyNewHostsHasForty()
    {
        var acquaintances = new Acquaintances();
        int[] levels = Enumerable.Range(0, 60).Select(host => acquaintances.Meet(KeyOf(1), host, 5_000 + host)).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(1, 60).ToArray(), levels);
    }

    [TestMethod]
    public void WhoeverAsksTheSameHostsEveryDayHasNone()
    {
        var acquaintances = new Acquaintances();
        for (int day = 0; day < 30; day++)
        {
            int first = Enumerable.Range(0, 60).Count(host => acquaintances.Meet(KeyOf(1), host, (day * Day) + host) > 0);
            Assert.AreEqual(day == 0 ? 60 : 0, first, $"day {day}");
        }

        Assert.AreEqual(1, acquaintances.Meet(KeyOf(1), 60, 30 * Day), "the one host that it did not know");
    }

    [TestMethod]
    public void WhatIsWeighedLateForgetsNothing()
    {
        var acquaintances = new Acquaintances();
        for (int host = 0; host < 30; host++)
        {
            acquaintances.Meet(KeyOf(1), host, (2 * Day) + host);
        }

        Assert.AreEqual(31, acquaintances.Meet(KeyOf(1), 99, (2 * Day) - Hour), "the first failure of its actor, weighed with the second");
        Assert.AreEqual(32, acquaintances.Meet(KeyOf(1), 30, (2 * Day) + 31));
    }

    [TestMethod]
    public void WhatIsWeighedLateIsOfThisGeneration()
    {
        // 64 units of 2^20 centiseconds are a generation.
        const int Turn = 64 << 20;
        var acquaintances = new Acquaintances();
        for (int host = 0; host < 30; host++)
        {
            acquaintances.Meet(KeyOf(1), host, Turn + host);
        }

        acquaintances.Meet(KeyOf(1), 99, Turn - Hour);
        int first = Enumerable.Range(0, 30).Count(host => acquaintances.Meet(KeyOf(1), host, Turn + Hour + host) > 0);
        Assert.AreEqual(0, first);
    }

    [TestMethod]
    public void AServiceIsMetByItself()
    {
        var acquaintances = new Acquaintances();
        Assert.AreEqual(1, acquaintances.Meet(KeyOf(1, 104), 9, 0));
        Assert.AreEqual(1, acquaintances.Meet(KeyOf(1, 445), 9, 1));
        Assert.AreEqual(0, acquaintances.Meet(KeyOf(1, 445), 9, 2));
    }

    [TestMethod]
    public void FourNewHostsADayAreNoCrowdAndOneAnHourIs()
    {
        var slow = new Acquaintances();
        int highest = Enumerable.Range(0, 200).Max(host => slow.Meet(KeyOf(1), host, host * 6 * Hour));
        Assert.AreEqual(1, highest);

        var hourly = new Acquaintances();
        int contact = Enumerable.Range(1, 60).First(host => hourly.Meet(KeyOf(1), host, host * Hour) >= Acquaintances.Crowd);
        Assert.AreEqual(47, contact);
    }

    [TestMethod]
    public void AWeekOfSilenceIsRememberedAndThreeAreNot()
    {
        var acquaintances = new Acquaintances();
        acquaintances.Meet(KeyOf(1), 5, 0);
        Assert.AreEqual(0, acquaintances.Meet(KeyOf(1), 5, 7 * Day));
        Assert.AreEqual(0, acquaintances.Meet(KeyOf(1), 5, 14 * Day));
        Assert.AreEqual(1, acquaintances.Meet(KeyOf(1), 5, 35 * Day));
    }

    [TestMethod]
    public void NeighboursOfASlash24AreToldApartWhereverItLies()
    {
        for (int actor = 1; actor < 50; actor++)
        {
            var acquaintances = new Acquaintances();
            int network = (actor * 7_919) << 8;
            Assert.AreEqual(256, Enumerable.Range(0, 256).Count(host => acquaintances.Meet(KeyOf(actor), network + host, host) > 0),
                $"from {network}");
        }
    }

    [TestMethod]
    public void TheGatewaysOfSixtyNetworksAreSixtyHosts()
    {
        for (int actor = 1; actor < 50; actor++)
        {
            var acquaintances = new Acquaintances();
            int told = Enumerable.Range(0, 60).Count(network => acquaintances.Meet(KeyOf(actor), 0x0a140001 + (network << 8), network) > 0);
            Assert.AreEqual(60, told, $"actor {actor}");
        }
    }

    [TestMethod]
    public void AThousandSourcesOfOneHostEachDoNotEmptyAServersRow()
    {
        var acquaintances = new Acquaintances();
        for (int host = 0; host < 60; host++)
        {
            acquaintances.Meet(KeyOf(1), host, host);
        }

        for (int flood = 0; flood < 100_000; flood++)
        {
            acquaintances.Meet(KeyOf(1_000 + flood), flood & 255, 100 + flood);
        }

        Assert.AreEqual(0, Enumerable.Range(0, 60).Count(host => acquaintances.Meet(KeyOf(1), host, 200_000) > 0));
        Assert.AreEqual(0, acquaintances.Evictions);
    }

    [TestMethod]
    public void AScanUnderWayOutlivesAFloodBesideIt()
    {
        // A source that asks one host between each two contacts of the scan; the flood's rows push out one another.
        var acquaintances = new Acquaintances();
        int level = 0;
        int flood = 0;
        for (int host = 0; host < 60; host++)
        {
            level = acquaintances.Meet(KeyOf(1), host, host * 100);
            for (int i = 0; i < (host < 2 ? 0 : 200); i++)
            {
                acquaintances.Meet(KeyOf(5_000 + flood++), 3, (host * 100) + 1);
            }
        }

        Assert.AreEqual(60, level);
    }

    [TestMethod]
    public void RowsThatKnewEightAreCountedWhenTheyGo()
    {
        var acquaintances = new Acquaintances();
        for (int actor = 1; actor <= 200; actor++)
        {
            for (int host = 0; host < 10; host++)
            {
                acquaintances.Meet(KeyOf(actor), host, (actor * 10) + host);
            }
        }

        Assert.AreEqual(200 - Acquaintances.Rows, acquaintances.Evictions);
    }

    [TestMethod]
    public void TheTurnOfTheClockIsNone()
    {
        var acquaintances = new Acquaintances();
        int before = int.MaxValue - 50;
        for (int host = 0; host < 20; host++)
        {
            acquaintances.Meet(KeyOf(1), host, unchecked(before + (host * 10)));
        }

        Assert.AreEqual(0, acquaintances.Meet(KeyOf(1), 3, unchecked(before + 1_000)));
        Assert.AreEqual(21, acquaintances.Meet(KeyOf(1), 20, unchecked(before + 1_000)));
    }

    [TestMethod]
    public void AskingWhetherItIsKnownTeachesNothing()
    {
        var acquaintances = new Acquaintances();
        Assert.IsFalse(acquaintances.Knows(KeyOf(1), 5));
        acquaintances.Meet(KeyOf(1), 5, 0);
        Assert.IsTrue(acquaintances.Knows(KeyOf(1), 5));
        Assert.IsFalse(acquaintances.Knows(KeyOf(1), 6));
        Assert.AreEqual(2, acquaintances.Meet(KeyOf(1), 6, 1));
    }

    private int KeyOf(int actor, int port = 104) => _hash.Of(actor, port, 1);
}

/// <summary>First contacts of an ordinary service.</summary>
file static class OrdinaryService
{
    public static int Meet(this Acquaintances acquaintances, int key, int target, int now) =>
        acquaintances.Meet(key, target, now, Acquaintances.PatienceShift);
}
