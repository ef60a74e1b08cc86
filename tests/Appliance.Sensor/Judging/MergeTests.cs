using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What two walks of one actor are together.</summary>
[TestClass]
public sealed class MergeTests
{
    private readonly Parts _parts = new();
    private readonly Merging _merging;

    public MergeTests() => _merging = _parts.Tap.Part<Merging>();

    [TestMethod]
    public void ASweepOfAnotherPortMakesAScanWithoutAName()
    {
        Probe named = Parts.Attempt();
        named.Signature = 0;
        int row = _parts.Open(1, Kind.Sweep, named);
        Merge(1, Kind.Sweep, Parts.Attempt(host: 70, port: 443, now: 1234));
        Assert.AreEqual(0, _parts[row, Column.Port]);
        Assert.AreEqual(80, _parts.Incidents.Ports[16]);
        Assert.AreEqual(1, _parts[row, Column.Ports], "the other is listed with its targets");
        Assert.AreEqual(-1, _parts[row, Column.Signature]);
        Assert.AreEqual(1234, _parts[row, Column.Last]);
        Assert.AreEqual(25, _parts[row, Column.DestinationLength]);
        Assert.AreEqual(6, _parts[row, Column.Protocol]);
        Assert.AreEqual(1, _parts[row, Column.Destinations]);
    }

    [TestMethod]
    public void WhatIsOfSeveralPortsAlreadyListsNoZero()
    {
        int row = _parts.Open(1, Kind.Sweep);
        _parts[row, Column.Port] = 0;
        _parts[row, Column.Signature] = 2;
        Merge(1, Kind.Sweep, Parts.Attempt());
        Assert.AreEqual(0, _parts[row, Column.Ports]);
        Assert.AreEqual(2, _parts[row, Column.Signature]);
    }

    [TestMethod]
    [DataRow(6, 6)]
    [DataRow(17, 0)]
    public void TwoProtocolsAreNone(int protocol, int kept)
    {
        int row = _parts.Open(1, Kind.Sweep);
        Merge(1, Kind.Sweep, Parts.Attempt(protocol: protocol));
        Assert.AreEqual(kept, _parts[row, Column.Protocol]);
    }

    [TestMethod]
    public void WhatTheyHaveInCommonIsKept()
    {
        int row = _parts.Open(1, Kind.Sweep);
        Merge(1, Kind.Sweep, Parts.Attempt());
        Assert.AreEqual((4000, 2), (_parts[row, Column.SourcePort], _parts[row, Column.Flags]));

        Probe other = Parts.Attempt(host: 11);
        (other.SourcePort, other.Flags) = (4001, 3);
        Merge(1, Kind.Sweep, other);
        Assert.AreEqual((-1, -1), (_parts[row, Column.SourcePort], _parts[row, Column.Flags]));
    }

    [TestMethod]
    public void WhatDiffersWithinTheOtherWalkDiffers()
    {
        int row = _parts.Open(1, Kind.Sweep);
        int at = _parts.Suspect(Parts.Attempt());
        _parts.SetCellOf(at, Suspicions.Facts, Suspicions.PortDiffers);
        _merging.Merge(1, at, Parts.Attempt(), Kind.Sweep);
        Assert.AreEqual((-1, 2), (_parts[row, Column.SourcePort], _parts[row, Column.Flags]));
        _parts.SetCellOf(at, Suspicions.Facts, Suspicions.FlagsDiffer);
        _merging.Merge(1, at, Parts.Attempt(), Kind.Sweep);
        Assert.AreEqual((-1, -1), (_parts[row, Column.SourcePort], _parts[row, Column.Flags]));
    }

    [TestMethod]
    public void PortScansOfTwoHostsAreOfNoGroupThatTheyDoNotShare()
    {
        // 10.1.2.4 to 7 are the group.
        int row = _parts.Open(1, Kind.PortScan, Parts.Attempt(5));
        _parts[row, Column.Group] = _parts.Teller.GroupOf(Kind.PortScan, Parts.Attempt(5));
        int group = _parts[row, Column.Group];
        Assert.AreNotEqual(-1, group);
        Merge(1, Kind.PortScan, Parts.Attempt(6));
        Assert.AreEqual((2, group), (_parts[row, Column.Destinations], _parts[row, Column.Group]));
        Merge(1, Kind.PortScan, Parts.Attempt(10));
        Assert.AreEqual((3, -1), (_parts[row, Column.Destinations], _parts[row, Column.Group]));
    }

    [TestMethod]
    public void APortScanInASweepIsNoFurtherDestination()
    {
        int row = _parts.Open(1, Kind.Sweep);
        Merge(1, Kind.PortScan, Parts.Attempt(6));
        Assert.AreEqual((1, 0), (_parts[row, Column.Destinations], _parts[row, Column.Port]));
    }

    [TestMethod]
    public void AScanOfSeveralPortsHasNoShortWay()
    {
        _parts.Tap.Sweep(1, 80, 10, 12).Until(10).Sweep(11, 80, 30, 3);
        int lanes = Lanes();
        Assert.AreNotEqual(0, lanes);
        _parts.Open(1, Kind.Sweep);
        _merging.Merge(1, _parts.Suspect(Parts.Attempt(port: 81)), Parts.Attempt(), Kind.Sweep);
        Assert.AreEqual(0, Lanes());
        int Lanes() => Enumerable.Range(0, 128).Count(slot => _parts.Tap.Part<RunningSweeps>()
            .LaneOf(slot, Parts.Actor, Parts.Home + 30, (51 << 24) | (2 << 16) | 80, -1) >= 0);
    }

    [TestMethod]
    [DataRow(6, Kind.Sweep)]
    [DataRow(7, Kind.PortScan)]
    public void AsManyHostsAsHalfOfItsPortsMakeASweepOfAPortScan(int ports, int kind)
    {
        int row = PortScan(ports);
        Merge(1, Kind.Sweep, Parts.Attempt(), hosts: 3);
        Assert.AreEqual(kind, _parts[row, Column.Kind]);
        CollectionAssert.AreEqual(Enumerable.Range(100, ports).ToArray(),
            _parts.Incidents.Ports.Skip(16).Take(ports).Select(port => (int)port).ToArray(), "its ports stay listed");
    }

    [TestMethod]
    public void ByIPv6ItStaysOne()
    {
        int row = PortScan(3);
        Probe probe = Parts.Attempt();
        probe.Version = 6;
        Merge(1, Kind.Sweep, probe, hosts: 9);
        Assert.AreEqual(Kind.PortScan, _parts[row, Column.Kind]);
    }

    [TestMethod]
    public void APortScanThatJoinsAPortScanDoesToo()
    {
        int row = PortScan(3);
        Merge(1, Kind.PortScan, Parts.Attempt(), hosts: 9);
        Assert.AreEqual(Kind.PortScan, _parts[row, Column.Kind]);
    }

    [TestMethod]
    public void HostsAreCountedAnewByWhatIsKnownOfEach()
    {
        int row = PortScan(4);
        (_parts[row, Column.Destinations], _parts[row, Column.Group], _parts[row, Column.SizeFraction]) = (3, 0, 7);
        (_parts[row, Column.Silent], _parts[row, Column.Answered], _parts[row, Column.Signature]) = (1, 3, 2);
        PartOf(2, _parts.PortWalk(20, (100, Outcome.Answered), (101, Outcome.Silent)));
        PartOf(2, _parts.PortWalk(21, (100, Outcome.Silent)));
        PartOf(2, _parts.PortWalk(22, (100, Outcome.Refused), (101, Outcome.Open)));
        PartOf(3, _parts.PortWalk(23, (100, Outcome.Answered)));
        PartOf(2, _parts.Walk((24, Outcome.Answered), (40, Outcome.Answered)));
        Merge(1, Kind.Sweep, Parts.Attempt(), hosts: 3);

        Assert.AreEqual(3, _parts[row, Column.Size], "20 to 22: 23 is another's, and 24 is not of one host");
        CollectionAssert.AreEquivalent(new[] { 20, 22 }, _parts.Answerers(1));
        foreach (int host in new[] { 20, 21, 22 })
        {
            Assert.IsTrue(_parts.Incidents.Holds(1, Parts.NumberOf(host)));
        }

        Assert.AreEqual((0, 0, 0, 3), _parts.Outcomes(row), "of three hosts three answered at most");
        Assert.AreEqual((4, -1, -1, 0, 0), (_parts[row, Column.DistinctPorts], _parts[row, Column.Signature],
            _parts[row, Column.Group], _parts[row, Column.Port], _parts[row, Column.SizeFraction]));
        Assert.AreEqual(0, _parts.Incidents.StrideOf(row), "nobody's order");
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 0)]
    public void WhatOneHostAnsweredItAnswered(int destinations, int named)
    {
        int row = PortScan(4);
        (_parts[row, Column.Destinations], _parts[row, Column.Silent], _parts[row, Column.Answered]) = (destinations, 3, 1);
        PartOf(2, _parts.PortWalk(20, (100, Outcome.Silent), (101, Outcome.Silent)));
        Merge(1, Kind.Sweep, Parts.Attempt(), hosts: 3);
        Assert.HasCount(named, _parts.Answerers(1));
        Assert.AreEqual((0, 0, 0, 1), _parts.Outcomes(row));
    }

    [TestMethod]
    public void AHostOfWhichNothingAnsweredIsNamedNowhere()
    {
        int row = PortScan(4);
        _parts[row, Column.Silent] = 4;
        PartOf(2, _parts.PortWalk(20, (100, Outcome.Silent), (101, Outcome.Silent)));
        Merge(1, Kind.Sweep, Parts.Attempt(), hosts: 3);
        Assert.IsEmpty(_parts.Answerers(1));
        Assert.AreEqual((1, 0, 0, 0), _parts.Outcomes(row));
    }

    // A port scan of so many ports from 100 on, in record 1.
    private int PortScan(int ports)
    {
        int row = _parts.Open(1, Kind.PortScan);
        for (int i = 0; i < ports; i++)
        {
            _parts.Incidents.AddNew(1, 100 + i);
            _parts.Incidents.ListPort(1, 100 + i);
        }

        return row;
    }

    private void PartOf(int mark, int at) => _parts.SetCellOf(at, Suspicions.Incident, mark);

    private void Merge(int record, int kind, Probe probe, int hosts = 1)
    {
        int at = _parts.Suspect(probe);
        _parts.SetCellOf(at, Suspicions.Targets, hosts);
        _merging.Merge(record, at, probe, kind);
    }
}
