using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class CompanionsTests
{
    private readonly KeyedHash _hash = new KeyedHash(3);

    [TestMethod]
    public void WhoTalkedByDayIsKnownAtNightAndInAWeekButNotInAMonth()
    {
        var companions = new Companions();
        companions.Note(PairOf(1), 0);
        Assert.IsTrue(companions.AreKnown(PairOf(1), 12 * 60 * Limits.Minute));
        Assert.IsTrue(companions.AreKnown(PairOf(1), 7 * Limits.Day));
        Assert.IsFalse(companions.AreKnown(PairOf(1), 30 * Limits.Day));
        Assert.IsFalse(companions.AreKnown(PairOf(2), 30 * Limits.Day));
    }

    [TestMethod]
    public void OneStrangerInTenPassesForACompanion()
    {
        var companions = new Companions();
        for (int pair = 0; pair < 200; pair++)
        {
            companions.Note(PairOf(pair), pair);
        }

        int strangers = Enumerable.Range(1_000, 10_000).Count(pair => companions.AreKnown(PairOf(pair), 300));
        Assert.IsInRange(800, 1_100, strangers);
    }

    [TestMethod]
    public void AFilledGenerationIsBelievedNoMoreAndCounted()
    {
        var companions = new Companions();
        for (int pair = 0; pair < 20_000; pair++)
        {
            companions.Note(PairOf(pair), pair);
        }

        Assert.AreEqual(0, Enumerable.Range(0, 20_000).Count(pair => companions.AreKnown(PairOf(pair), 20_000)));
        Assert.AreEqual(1, companions.Overflows);
    }

    [TestMethod]
    public void TheTurnOfTheClockIsNone()
    {
        var companions = new Companions();
        companions.Note(PairOf(1), int.MaxValue - 5);
        Assert.IsTrue(companions.AreKnown(PairOf(1), unchecked(int.MaxValue + 1_000)));
    }

    private int PairOf(int pair) => _hash.Of(pair, pair * 31, 6);
}
