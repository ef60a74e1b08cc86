using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

[TestClass]
public sealed class TargetListsTests
{
    private static readonly int[] Shuffled = [40, 7, 99, 23, 61, 5, 88, 31, 14, 77, 52, 3, 66, 19, 94, 28];

    private readonly IncidentTable _incidents = new();
    private readonly TargetLists _lists = new();

    [TestMethod]
    public void AnEarlierSweepOfTheSameOrderIsFound()
    {
        int earlier = Kept(Shuffled);
        Assert.AreEqual(earlier, SameAs(Shuffled));
    }

    [TestMethod]
    public void SwappedNeighboursAndGapsDoNotMatter()
    {
        int earlier = Kept(Shuffled);
        int[] swapped = [.. Shuffled];
        (swapped[3], swapped[4]) = (swapped[4], swapped[3]);
        (swapped[9], swapped[10]) = (swapped[10], swapped[9]);
        Assert.AreEqual(earlier, SameAs(swapped));
        Assert.AreEqual(earlier, SameAs([.. Shuffled.Where((_, i) => i % 4 != 1)]));
        Assert.AreEqual(earlier, SameAs([200, 201, .. Shuffled[..8], 202, .. Shuffled[8..], 203]));
    }

    [TestMethod]
    public void AnotherOrderOfTheSameTargetsIsAnotherList()
    {
        Kept(Shuffled);
        Assert.AreEqual(0, SameAs([.. Shuffled.Reverse()]));
        Assert.AreEqual(0, SameAs([.. Shuffled.Where((_, i) => i % 2 == 0), .. Shuffled.Where((_, i) => i % 2 == 1)]));
    }

    [TestMethod]
    public void FewerThanEightSharedTargetsProveNothing()
    {
        int earlier = Kept(Shuffled);
        Assert.AreEqual(0, SameAs([.. Shuffled[..7], 200, 150, 180, 120]));
        Assert.AreEqual(earlier, SameAs([.. Shuffled[..8], 200, 150, 180, 120]));
    }

    [TestMethod]
    public void PlainOrderProvesNothing()
    {
        int[] ascending = [.. Shuffled.Order()];
        Kept(ascending);
        Kept([.. ascending.Reverse()]);
        Assert.AreEqual(0, SameAs(ascending));
        Assert.AreEqual(0, SameAs([.. ascending.Reverse()]));
        Assert.AreEqual(0, SameAs(Shuffled));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(11)]
    public void AnOpenSweepIsComparedToo(int record)
    {
        int other = Open(record, 5, Shuffled);
        Assert.AreEqual(other, SameAs(Shuffled));
        _incidents.Cells[(record * Column.Count) + Column.Kind] = Kind.PortScan;
        Assert.AreEqual(0, SameAs(Shuffled), "ports are no list of hosts");
    }

    [TestMethod]
    [DataRow(7, false)]
    [DataRow(8, true)]
    public void OfAnOpenSweepEightTargetsAreEnough(int targets, bool isSame)
    {
        int other = Open(11, 5, Shuffled[..targets]);
        Assert.AreEqual(isSame ? other : 0, SameAs(Shuffled));
    }

    [TestMethod]
    public void AListIsKeptForAMonthAndEightOfThem()
    {
        int earlier = Kept(Shuffled);
        int record = 0;
        Open(record, 9, Shuffled);
        Assert.AreEqual(earlier, _lists.SameAs(_incidents, record, Limits.ListKept - 1));
        Assert.AreEqual(0, _lists.SameAs(_incidents, record, Limits.ListKept));
        for (int i = 1; i <= Limits.Digests; i++)
        {
            Assert.AreEqual(earlier, SameAs(Shuffled), $"{i - 1} later");
            Kept([.. Shuffled.Select((_, j) => 1000 + (i * 100) + (j * 37 % 53))]);
        }

        Assert.AreEqual(0, SameAs(Shuffled));
    }

    [TestMethod]
    public void TheNewestSweepOfAnActorIsRelated()
    {
        Kept(Shuffled, 70);
        int newest = Kept([.. Shuffled.Order()], 70);
        Kept(Shuffled, 71);
        Assert.AreEqual(newest, _lists.RelatedTo(70, 0));
        Assert.AreEqual(0, _lists.RelatedTo(72, 0));
        Assert.AreEqual(0, _lists.RelatedTo(70, Limits.ListKept));
    }

    private int Kept(int[] targets, int actor = 5)
    {
        int id = Open(2, actor, targets);
        _lists.Keep(_incidents, 2, 0);
        _incidents.Cells[(2 * Column.Count) + Column.Id] = 0;
        return id;
    }

    private int SameAs(int[] targets)
    {
        Open(0, 9, targets);
        return _lists.SameAs(_incidents, 0, 0);
    }

    private int Open(int record, int actor, IEnumerable<int> targets)
    {
        _incidents.Open(record, Kind.Sweep, new Probe { Version = 4, Actor = actor, Signature = -1, Expected = -1 }, 0);
        foreach (int target in targets)
        {
            Assert.AreEqual(1, _incidents.AddNew(record, target));
            _incidents.FollowOrder(record, target, 1024, -1);
        }

        return _incidents.Cells[(record * Column.Count) + Column.Id];
    }
}
