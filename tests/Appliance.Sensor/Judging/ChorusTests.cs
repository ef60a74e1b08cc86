using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which port scan another address's is a decoy of. Times are centiseconds.</summary>
[TestClass]
public sealed class ChorusTests
{
    private readonly Parts _parts = new();
    private readonly Merging _merging;

    public ChorusTests() => _merging = _parts.Tap.Part<Merging>();

    [TestMethod]
    [DataRow(4000, -1)]
    [DataRow(4001, 0)]
    [DataRow(10_000, 0)]
    [DataRow(15_999, 0)]
    [DataRow(16_000, -1)]
    public void OneThatBeganWithinAMinute(int began, int record)
    {
        _parts.Open(0, Kind.PortScan, Scanner(), first: 10_000, last: 16_000);
        Assert.AreEqual(record, Chorus(began, 16_001));
    }

    [TestMethod]
    [DataRow(21_999, 11)]
    [DataRow(22_000, -1)]
    public void AndGoesOn(int now, int record)
    {
        _parts.Open(11, Kind.PortScan, Scanner(), first: 10_000, last: 16_000);
        Assert.AreEqual(record, Chorus(12_000, now));
    }

    [TestMethod]
    public void OfTheSameHostAloneByTheSameProtocol()
    {
        int row = _parts.Open(4, Kind.PortScan, Scanner(), first: 10_000, last: 16_000);
        Assert.AreEqual(4, Chorus(12_000, 16_001));
        foreach ((int column, int value) in new[]
        {
            (Column.Id, 0), (Column.Kind, Kind.Sweep), (Column.Kind, Kind.RestrictedService), (Column.Destination, Parts.Home + 11),
            (Column.Destinations, 2), (Column.Version, 6), (Column.Protocol, 17), (Column.Actor, Parts.Actor),
        })
        {
            int before = _parts[row, column];
            _parts[row, column] = value;
            Assert.AreEqual(-1, Chorus(12_000, 16_001), $"column {column}");
            _parts[row, column] = before;
        }

        Assert.AreEqual(4, Chorus(12_000, 16_001));
    }

    [TestMethod]
    public void SixteenAreNamedAndFurtherOnesCountedByTheirOctets()
    {
        int row = _parts.Open(1, Kind.PortScan, Scanner());
        int at = _parts.Suspect(Parts.Attempt(), byPort: false);
        for (int i = 1; i < 16; i++)
        {
            _merging.AddSource(1, at, Parts.Attempt(actor: 0x01000000 * i));
            Assert.AreEqual(1 + i, _parts[row, Column.Sources]);
        }

        _merging.AddSource(1, at, Parts.Attempt(actor: 0x05000000));
        Assert.AreEqual(16, _parts[row, Column.Sources], "one that is named comes again");
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x20000000));
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x00400000));
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x00008000));
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x00000070));
        Assert.AreEqual(20, _parts[row, Column.Sources], "of one that is not any octet counts");
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x40600000));
        Assert.AreEqual(20, _parts[row, Column.Sources], "some are mistaken for another: 40 and 60 for 20");
        _merging.AddSource(1, at, Parts.Attempt(actor: 0x00000070));
        Assert.AreEqual(20, _parts[row, Column.Sources]);
    }

    [TestMethod]
    public void WhatTheyHaveInCommonIsKept()
    {
        int row = _parts.Open(1, Kind.PortScan, Scanner());
        int at = _parts.Suspect(Parts.Attempt(), byPort: false);
        _merging.AddSource(1, at, Parts.Attempt(now: 1234, actor: 0x0b000001));
        Assert.AreEqual(2, _parts[row, Column.Flags]);
        Assert.AreEqual(-1, _parts[row, Column.SourcePort]);
        Assert.AreEqual(0, _parts[row, Column.SourceLength], "11.0.0.1 and 203.0.113.67 share nothing");
        Assert.AreEqual(1234, _parts[row, Column.Last]);
        Probe other = Parts.Attempt();
        other.Flags = 3;
        _merging.AddSource(1, _parts.Suspect(other, byPort: false), Parts.Attempt());
        Assert.AreEqual(-1, _parts[row, Column.Flags]);
    }

    private static Probe Scanner() => Parts.Attempt(actor: Parts.Actor + 1);

    private int Chorus(int began, int now)
    {
        Probe probe = Parts.Attempt(now: now);
        return _merging.Chorus(_parts.Suspect(probe, false, began), probe);
    }
}
