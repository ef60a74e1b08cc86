using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which open walk of an actor another walk of his is a part of. Times are centiseconds.</summary>
[TestClass]
public sealed class OverlappingTests
{
    private readonly Parts _parts = new();
    private readonly Merging _merging;

    public OverlappingTests() => _merging = _parts.Tap.Part<Merging>();

    [TestMethod]
    [DataRow(999, 0)]
    [DataRow(1000, 0)]
    [DataRow(1001, -1)]
    public void OneThatWentOnWhenTheOtherBegan(int began, int record)
    {
        _parts.Open(0, Kind.Sweep, last: 1000);
        Assert.AreEqual(record, Overlapping(began));
    }

    [TestMethod]
    public void TheLastRecordIsOneToo()
    {
        _parts.Open(11, Kind.PortScan, last: 1000);
        Assert.AreEqual(11, Overlapping(900));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 0)]
    [DataRow(2, -1)]
    [DataRow(4, -1)]
    public void OnlyWalks(int kind, int record)
    {
        Assert.AreEqual((0, 1), (Kind.Sweep, Kind.PortScan));
        _parts.Open(0, kind);
        Assert.AreEqual(record, Overlapping(900));
    }

    [TestMethod]
    public void OfTheSameActorAndForm()
    {
        int row = _parts.Open(3, Kind.Sweep);
        Assert.AreEqual(3, Overlapping(900));
        _parts[row, Column.Actor]++;
        Assert.AreEqual(-1, Overlapping(900), "another's");
        _parts[row, Column.Actor]--;
        _parts[row, Column.Version] = 6;
        Assert.AreEqual(-1, Overlapping(900), "another's by IPv6");
        _parts[row, Column.Version] = 4;
        _parts[row, Column.Form] = 5;
        Assert.AreEqual(-1, Overlapping(900), "a crowd");
        _parts[row, Column.Form] = 0;
        _parts[row, Column.Expected] = 0;
        Assert.AreEqual(-1, Overlapping(900), "explained");
        _parts[row, Column.Expected] = -1;
        _parts[row, Column.Id] = 0;
        Assert.AreEqual(-1, Overlapping(900), "closed");
    }

    [TestMethod]
    public void WhatIsExplainedGoesWithWhatIs()
    {
        Probe probe = Parts.Attempt();
        probe.Expected = 0;
        int at = _parts.Suspect(probe, first: 900);
        _parts.Open(3, Kind.Sweep);
        Assert.AreEqual(-1, _merging.Overlapping(at, probe, false));
        _parts.Open(3, Kind.Sweep, probe);
        Assert.AreEqual(3, _merging.Overlapping(at, probe, false));
    }

    [TestMethod]
    [DataRow(256, 256, 2)]
    [DataRow(256, 6, -1)]
    [DataRow(6, 256, -1)]
    [DataRow(17, 6, 2)]
    public void ArpGoesWithArp(int open, int attempted, int record)
    {
        _parts.Open(2, Kind.Sweep, Parts.Attempt(protocol: open));
        Assert.AreEqual(record, Overlapping(900, protocol: attempted));
    }

    [TestMethod]
    [DataRow(60_099, true, 2)]
    [DataRow(60_100, true, 2)]
    [DataRow(60_101, true, -1)]
    [DataRow(60_101, false, 2)]
    public void APortScanTenMinutesAfterASweepBeganIsWhatItWasFor(int began, bool isPortScan, int record)
    {
        _parts.Open(2, Kind.Sweep, first: 100, last: 90_000);
        Assert.AreEqual(record, Overlapping(began, isPortScan));
    }

    [TestMethod]
    public void OfAScanOverSeveralPortsOrHostsItIsAPartAllTheSame()
    {
        int row = _parts.Open(2, Kind.Sweep, first: 100, last: 90_000);
        _parts[row, Column.Ports] = 2;
        Assert.AreEqual(2, Overlapping(70_000, true));
        _parts.Open(2, Kind.PortScan, first: 100, last: 90_000);
        Assert.AreEqual(2, Overlapping(70_000, true));
    }

    [TestMethod]
    [DataRow(3, -1)]
    [DataRow(4, 3)]
    [DataRow(5, 3)]
    public void OfFourThatEndedTheNewest(int walks, int record)
    {
        int[] last = [200, 100, 300, 900, 400];
        for (int i = 0; i < walks; i++)
        {
            _parts.Open(i, Kind.Sweep, last: last[i]);
        }

        Assert.AreEqual(record, Overlapping(1000));
    }

    [TestMethod]
    public void TheFirstOfThemToo()
    {
        for (int i = 0; i < 4; i++)
        {
            _parts.Open(i, Kind.Sweep, last: 900 - i);
        }

        Assert.AreEqual(0, Overlapping(1000));
    }

    private int Overlapping(int began, bool isPortScan = false, int protocol = 6)
    {
        Probe probe = Parts.Attempt(now: began + 10, protocol: protocol);
        return _merging.Overlapping(_parts.Suspect(probe, first: began), probe, isPortScan);
    }
}
