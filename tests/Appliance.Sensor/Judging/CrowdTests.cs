using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which record takes in who scans when there is no room. Times are centiseconds.</summary>
[TestClass]
public sealed class CrowdTests
{
    private readonly Parts _parts = new();
    private readonly Merging _merging;

    public CrowdTests() => _merging = _parts.Tap.Part<Merging>();

    [TestMethod]
    [DataRow(5, -1)]
    [DataRow(6, 5)]
    public void WhereSixOfAKindAreOpenTheLeastOfThem(int open, int record)
    {
        Fill(open, 5);
        Assert.AreEqual(record, Crowd(1000));
        Assert.AreEqual(record < 0 ? 0 : 5, _parts[5 * Column.Count, Column.Form]);
    }

    [TestMethod]
    public void TheFirstRecordToo()
    {
        Fill(6, 0);
        Assert.AreEqual(0, Crowd(1000));
        Assert.AreEqual(5, _parts[0, Column.Form]);
        Assert.AreEqual(0, _parts[Column.Count, Column.Form]);
    }

    [TestMethod]
    public void ThatWhichDidBeforeHoweverLarge()
    {
        Fill(6, 2);
        _parts[4 * Column.Count, Column.Form] = 5;
        Assert.AreEqual(4, Crowd(1000));
        _parts[4 * Column.Count, Column.Kind] = Kind.PortScan;
        _parts.Open(6, Kind.Sweep);
        _parts[6 * Column.Count, Column.Size] = 100;
        Assert.AreEqual(2, Crowd(1000), "one of another kind takes in nobody");
    }

    [TestMethod]
    [DataRow(6999, 3)]
    [DataRow(7000, -1)]
    public void UnlessItHasEnded(int now, int record)
    {
        Fill(6, 3);
        Assert.AreEqual(record, Crowd(now));
    }

    [TestMethod]
    public void UnlessItIsExplainedOrOfAnotherVersion()
    {
        Fill(6, 3);
        _parts[3 * Column.Count, Column.Expected] = 1;
        Assert.AreEqual(-1, Crowd(1000));
        _parts[3 * Column.Count, Column.Expected] = -1;
        _parts[3 * Column.Count, Column.Version] = 6;
        Assert.AreEqual(-1, Crowd(1000));
        _parts[3 * Column.Count, Column.Version] = 4;
        Assert.AreEqual(3, Crowd(1000));
    }

    [TestMethod]
    public void WhereOthersHaveAllRecordsNobody()
    {
        for (int i = 0; i < 12; i++)
        {
            _parts.Open(i, i < 6 ? Kind.DarkHost : Kind.Broadcast);
        }

        Assert.AreEqual(-1, Crowd(1000));
    }

    // So many sweeps of others, of which one is the smallest.
    private void Fill(int open, int least)
    {
        for (int i = 0; i < open; i++)
        {
            _parts.Open(i, Kind.Sweep, Parts.Attempt(actor: 100 + i));
            _parts[i * Column.Count, Column.Size] = i == least ? 8 : 9;
        }
    }

    private int Crowd(int now) => _merging.Crowd(Parts.Attempt(now: now), Kind.Sweep);
}
