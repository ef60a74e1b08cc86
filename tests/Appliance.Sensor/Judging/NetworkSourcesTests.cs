using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which addresses of a /24 act as one.</summary>
[TestClass]
public sealed class NetworkSourcesTests
{
    private readonly Parts _parts = new();
    private readonly NetworkSweeps _networks;

    public NetworkSourcesTests() => _networks = _parts.Tap.Part<NetworkSweeps>();

    [TestMethod]
    public void TheSecondSourceOfANetworkHasANeighbour()
    {
        Assert.IsFalse(IsOutside(66));
        Assert.IsFalse(IsOutside(66), "the same again");
        Assert.IsTrue(IsOutside(67));
        Assert.IsTrue(IsOutside(67), "once there were two there are");
        Assert.IsTrue(IsOutside(66));
    }

    [TestMethod]
    public void AnotherPortOrNetworkIsNone()
    {
        Assert.IsFalse(IsOutside(66));
        Assert.IsFalse(_networks.IsOutside(Parts.Attempt(actor: Parts.Actor + 1, port: 81)));
        Assert.IsFalse(_networks.IsOutside(Parts.Attempt(actor: Parts.Actor + 256)));
    }

    [TestMethod]
    [DataRow(10, 6, true)]
    [DataRow(0, 6, true)]
    [DataRow(-1, 6, false)]
    [DataRow(10, 256, false)]
    public void ToAHomeHostAndNotByArp(int livingBit, int protocol, bool isOutside)
    {
        Probe first = Parts.Attempt(protocol: protocol);
        Probe second = Parts.Attempt(protocol: protocol, actor: Parts.Actor + 1);
        (first.LivingBit, second.LivingBit) = (livingBit, livingBit);
        _networks.IsOutside(first);
        Assert.AreEqual(isOutside, _networks.IsOutside(second));
    }

    [TestMethod]
    public void InsideNetworksClientsAreMany()
    {
        _networks.IsOutside(Parts.Attempt(actor: Parts.Home + 50));
        Assert.IsFalse(_networks.IsOutside(Parts.Attempt(actor: Parts.Home + 51)));
    }

    [TestMethod]
    public void ThreeSourcesAtThreeSuspectHostsAreEnough()
    {
        Assert.AreEqual(-1, Note(66, 10));
        Assert.AreEqual(-1, Note(67, 11));
        Assert.AreEqual(-1, Note(66, 12), "three hosts, and two sources");
        Assert.AreNotEqual(-1, Note(68, 13));
    }

    [TestMethod]
    public void OnOneHostTheyAreNone()
    {
        Note(66, 10);
        Note(67, 10);
        Assert.AreEqual(-1, Note(68, 10));
        Assert.AreEqual(-1, Note(69, 10));
    }

    [TestMethod]
    public void ASourceThatComesAtANinthHostIsListedInPlaceOfOneThatIsTwice()
    {
        for (int i = 0; i < 8; i++)
        {
            Assert.AreEqual(-1, Note(66 + (i & 1), 10 + i));
        }

        int at = _parts.Suspicions.Find(_parts.Suspicions.Keys.OfNetwork(Parts.Attempt()));
        Assert.AreEqual(-1, Note(67, 40), "one that is listed");
        Assert.AreNotEqual(-1, Note(80, 41));
        int[] listed = [.. _parts.Suspicions.Cells.Skip(at + Suspicions.Target).Take(8)];
        CollectionAssert.AreEqual(new[] { 66, 67, 66, 67, 66, 67, 66, 80 }, listed.Select(cell => cell & 0xffff).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(10, 8).Select(Parts.NumberOf).ToArray(),
            listed.Select(cell => (int)((uint)cell >> 16)).ToArray(), "the targets stay");
        Assert.AreEqual(10, _parts.CellOf(at, Suspicions.Targets));
    }

    [TestMethod]
    public void WhereEachIsListedOnceNoneGivesWay()
    {
        for (int i = 0; i < 8; i++)
        {
            Note(66 + i, 10 + i);
        }

        int at = _parts.Suspicions.Find(_parts.Suspicions.Keys.OfNetwork(Parts.Attempt()));
        Note(90, 40);
        CollectionAssert.AreEqual(Enumerable.Range(66, 8).ToArray(),
            _parts.Suspicions.Cells.Skip(at + Suspicions.Target).Take(8).Select(cell => cell & 0xffff).ToArray());
    }

    [TestMethod]
    public void AFurtherSourceJoinsTheNetworksSweep()
    {
        Assert.IsFalse(_networks.Join(Parts.Attempt()));
        Note(66, 10);
        Assert.IsFalse(_networks.Join(Parts.Attempt()), "of what is no incident yet");
        int at = _parts.Suspicions.Find(_parts.Suspicions.Keys.OfNetwork(Parts.Attempt()));
        int row = _parts.Open(4, Kind.Sweep);
        _parts[row, Column.Sources] = 0;
        _parts.SetCellOf(at, Suspicions.Incident, 5);
        Assert.IsTrue(_networks.Join(Parts.Attempt(70, 1500, actor: Parts.Actor + 9, outcome: Outcome.Refused)));
        Assert.AreEqual((1, 1, 1, 25), (_parts[row, Column.Frames], _parts[row, Column.Size], _parts[row, Column.Sources],
            _parts[row, Column.DestinationLength]));
        Assert.AreEqual((0, 0, 1, 0), _parts.Outcomes(row));
        Assert.AreEqual(1500, _parts[row, Column.Last]);
        Tapped.Has(_parts.Tap.Last, "sweep", "state=open dsts=1");
        _networks.Join(Parts.Attempt(70, 1600, actor: Parts.Actor + 9));
        Assert.AreEqual((2, 1, 1), (_parts[row, Column.Frames], _parts[row, Column.Size], _parts[row, Column.Sources]));
    }

    private bool IsOutside(int lastOctet) => _networks.IsOutside(Parts.Attempt(actor: (Parts.Actor & ~255) | lastOctet));

    private int Note(int lastOctet, int host)
    {
        Probe probe = Parts.Attempt(host, actor: (Parts.Actor & ~255) | lastOctet, port: 80);
        probe.IsSuspect = true;
        return _networks.Note(probe, -1);
    }
}
