using System.Linq;
using Appliance.Sensor.Memories;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class SuspicionsTests
{
    private const int Sets = Limits.Suspicions / Limits.SuspicionWays;

    [TestMethod]
    public void AFloodOfNewcomersDoesNotPushOutOneWithTwoTargets()
    {
        var hash = new KeyedHash(5);
        var suspicions = new Suspicions(hash);
        int scan = hash.Of(1, 2, 3);
        int told = hash.Of(4, 5, 6);
        suspicions.Cells[suspicions.Add(scan, 1, 0, -1) + Suspicions.Targets] = 2;
        int incident = suspicions.Add(told, 4, 0, -1);
        suspicions.Cells[incident + Suspicions.Targets] = 1;
        suspicions.Cells[incident + Suspicions.Incident] = 7;
        suspicions.Cells[incident + Suspicions.Facts] = Suspicions.IsOwner;
        for (int i = 0; i < 100_000; i++)
        {
            int at = suspicions.Add(hash.Of(i, 9, 9), i, 1 + (i / 1000), -1);
            Assert.IsGreaterThanOrEqualTo(0, at);
            suspicions.Cells[at + Suspicions.Targets] = 1;
        }

        Assert.AreNotEqual(-1, suspicions.Find(scan));
        Assert.AreEqual(incident, suspicions.Find(told));
        Assert.IsGreaterThan(90_000, suspicions.Evictions);
    }

    [TestMethod]
    public void TheWeakestGoesFirst()
    {
        // Targets and first try of each; of two as weak the younger story goes.
        (int Targets, int First)[] set = [(5, 0), (3, 10), (4, 0), (3, 20), (8, 0), (3, 5), (6, 0), (7, 0)];
        Suspicions suspicions = Filled(set);
        suspicions.Add(KeyOf(100), 100, 1000, -1);
        AssertGone(suspicions, Limits.SuspicionWays, 3);
        Assert.AreEqual(1, suspicions.Evictions);
    }

    [TestMethod]
    public void OfNewcomersTheLongestSilentGoes()
    {
        (int Targets, int First)[] set = [(1, 50), (1, 20), (2, 0), (1, 10), (1, 30), (1, 90), (1, 60), (1, 70)];
        Suspicions suspicions = Filled(set);
        suspicions.Add(KeyOf(100), 100, 1000, -1);
        AssertGone(suspicions, Limits.SuspicionWays, 3);
    }

    [TestMethod]
    public void AnExpiredStoryGoesBeforeAnyAndIsNoLoss()
    {
        (int Targets, int First)[] set = [(1, 9000), (1, 9000), (7, 0), (1, 9000), (1, 9000), (1, 9000), (1, 9000), (1, 9000)];
        Suspicions suspicions = Filled(set);
        suspicions.Add(KeyOf(100), 100, Limits.StoryGap + 1, -1);
        AssertGone(suspicions, Limits.SuspicionWays, 2);
        Assert.AreEqual(0, suspicions.Evictions);
    }

    [TestMethod]
    public void ASetOfIncidentsTakesNoNewcomerAndWhatIsToBeKeptIsKept()
    {
        Suspicions suspicions = Filled([.. Enumerable.Repeat((3, 0), Limits.SuspicionWays)]);
        int kept = suspicions.Find(KeyOf(0));
        for (int i = 1; i < Limits.SuspicionWays; i++)
        {
            suspicions.Cells[suspicions.Find(KeyOf(i)) + Suspicions.Incident] = i;
            suspicions.Cells[suspicions.Find(KeyOf(i)) + Suspicions.Facts] = Suspicions.IsOwner;
        }

        Assert.AreEqual(-1, suspicions.Add(KeyOf(100), 100, 1, kept));
        Assert.AreEqual(kept, suspicions.Add(KeyOf(100), 100, 1, -1));
        suspicions.Cells[kept + Suspicions.Incident] = 9;
        suspicions.Cells[kept + Suspicions.Facts] = Suspicions.IsOwner;
        Assert.AreEqual(-1, suspicions.Add(KeyOf(101), 101, 1, -1));
    }

    [TestMethod]
    public void ActorsAreCountedAsLongAsTheyAreSuspected()
    {
        Gen.Int.Array[1, 400].Sample(actors =>
        {
            var hash = new KeyedHash(8);
            var suspicions = new Suspicions(hash);
            int now = 0;
            foreach (int actor in actors)
            {
                int at = suspicions.Add(hash.Of(actor, 1, now), actor, ++now, -1);
                suspicions.Cells[at + Suspicions.Incident] = actor % 3 == 0 && now < 20 ? 1 + (now % Limits.Incidents) : 0;
                Assert.IsGreaterThan(0, suspicions.OfActors[suspicions.SlotOf(actor)]);
            }

            int[] held = [.. Enumerable.Range(0, Limits.Suspicions).Where(i => suspicions.Cells[(i * Suspicions.Width)
                + Suspicions.First] != 0)];
            Assert.AreEqual(held.Length, suspicions.OfActors.Sum(count => count));
            for (int record = 0; record <= Limits.Incidents; record++)
            {
                suspicions.Release(record);
            }

            foreach (int place in held)
            {
                suspicions.Remove(place * Suspicions.Width);
                suspicions.Remove(place * Suspicions.Width);
            }

            Assert.AreEqual(0, suspicions.OfActors.Sum(count => count));
            Assert.IsTrue(suspicions.Cells.All(cell => cell == 0));
        });
    }

    private static int KeyOf(int i) => (i * Sets) + 5;

    private static int StrongSince((int Targets, int First)[] set) => set.Max(suspicion => suspicion.First);

    private static Suspicions Filled((int Targets, int First)[] set)
    {
        var suspicions = new Suspicions(new KeyedHash(5));
        for (int i = 0; i < Limits.SuspicionWays; i++)
        {
            // The rest of the set are stronger than any of those given.
            (int targets, int first) = i < set.Length ? set[i] : (9, StrongSince(set));
            suspicions.Cells[suspicions.Add(KeyOf(i), i, first, -1) + Suspicions.Targets] = targets;
        }

        return suspicions;
    }

    private static void AssertGone(Suspicions suspicions, int count, int victim)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.AreEqual(i == victim, suspicions.Find(KeyOf(i)) < 0, $"suspicion {i}");
        }
    }
}
