using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When knocks of several at one host settle, and what their incident keeps of each. Times are centiseconds.</summary>
[TestClass]
public sealed class SettlingTests
{
    private const int Row = 11 * Column.Count;

    private readonly Parts _parts = new();
    private readonly DistributedProbes _probes;
    private readonly SharedTargets _hosts;

    public SettlingTests()
    {
        _probes = _parts.Tap.Part<DistributedProbes>();
        _hosts = _parts.Tap.Part<SharedTargets>();
    }

    [TestMethod]
    public void ThreeSettleAMinuteAfterTheLastOfThem()
    {
        Knock(1, 1000);
        Knock(2, 2000);
        Knock(3, 3000);
        _probes.Settle(8999, false);
        Assert.IsEmpty(_parts.Tap.Lines);
        _probes.Settle(9000, false);
        Assert.HasCount(1, _parts.Tap.Lines);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "state=open srcs=3 frames=3 dst=10.1.2.10");
        Assert.AreEqual((1000, 3000), (_parts[Row, Column.First], _parts[Row, Column.Last]));
        Assert.AreEqual(30_000_000L, _parts.Incidents.Wall[11]);
    }

    [TestMethod]
    public void EachThatComesLaterIsNamedWhenItSettles()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(3, 1000);
        _probes.Settle(7000, false);
        Knock(4, 8000);
        Knock(5, 9000);
        _probes.Settle(13_999, false);
        Assert.HasCount(1, _parts.Tap.Lines);
        _probes.Settle(14_000, false);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "state=update src=0.0.0.4 srcs=4");
        _probes.Settle(15_000, false);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "state=update src=0.0.0.5 srcs=5");
        Assert.HasCount(3, _parts.Tap.Lines);
    }

    [TestMethod]
    public void ManyMinutesAreGoneThroughOneByOne()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(3, 1000);
        Knock(4, 20_000);
        _probes.Settle(90_000, false);
        Assert.HasCount(2, _parts.Tap.Lines);
        Tapped.Has(_parts.Tap.Lines[0], "distributed-probe", "state=open srcs=3");
        Tapped.Has(_parts.Tap.Lines[1], "distributed-probe", "state=update srcs=4");
    }

    [TestMethod]
    public void AtTheEndAllCountAsSettled()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(3, 1000);
        _probes.Settle(1000, true);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "srcs=3");
    }

    [TestMethod]
    public void TwoOfThemAreNoIncident()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(1, 1001);
        _probes.Settle(1000, true);
        Assert.IsEmpty(_parts.Tap.Lines);
        Assert.AreEqual(2, _hosts.TimesOf(_hosts.Find(Parts.Attempt()) + SharedTargets.FirstProbe + (5 * SharedTargets.ProbeWidth)));
    }

    [TestMethod]
    public void ASeventhAtOnceNeedsNoMinute()
    {
        for (int i = 1; i <= 6; i++)
        {
            Knock(i, 1000 + i);
            Assert.IsEmpty(_parts.Tap.Lines);
        }

        Knock(7, 1010);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "state=open srcs=6 frames=6");
        Assert.AreEqual(0, _hosts.Evictions);
        _probes.Settle(7010, false);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "state=update src=0.0.0.7 srcs=7");
    }

    [TestMethod]
    public void OfTwoActorsTheOldestKnockGivesWay()
    {
        for (int i = 0; i < 6; i++)
        {
            Probe knock = Attempt(1 + (i & 1), 1000 + i);
            knock.Port = 100 + i;
            _probes.Add(knock);
        }

        Probe seventh = Attempt(1, 1010);
        seventh.Port = 200;
        _probes.Add(seventh);
        Assert.IsEmpty(_parts.Tap.Lines);
        Assert.AreEqual(1, _hosts.Evictions);
        int at = _hosts.Find(seventh);
        int[] ports = [.. Enumerable.Range(0, 6).Select(i => (int)((uint)_hosts.Cells[at + 5 + (i * 5) + 2] >> 16))];
        CollectionAssert.AreEquivalent(new[] { 101, 102, 103, 104, 105, 200 }, ports);
    }

    [TestMethod]
    public void OfAnOpenIncidentTheOldestIsCountedAtOnce()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(3, 1000);
        _probes.Settle(7000, false);
        for (int i = 0; i < 7; i++)
        {
            Knock(10 + i, 8000 + i);
        }

        Assert.AreEqual(4, _parts[Row, Column.Sources], "one had to make room");
        Assert.AreEqual(0, _hosts.Evictions);
        _probes.Settle(8010, true);
        Assert.AreEqual((10, 10), (_parts[Row, Column.Sources], _parts[Row, Column.Frames]));
    }

    [TestMethod]
    public void PortsProtocolsHopsAndAnswersAreKept()
    {
        Knock(1, 1000);
        Probe second = Attempt(2, 1001, Outcome.Answered);
        (second.Port, second.Ttl) = (27374, 49);
        _probes.Add(second);
        Probe third = Attempt(3, 1002);
        third.Protocol = 17;
        _probes.Add(third);
        _probes.Add(third);
        _probes.Settle(7100, false);
        Assert.AreEqual((3, 4, 0, 0), (_parts[Row, Column.Size], _parts[Row, Column.Frames], _parts[Row, Column.Protocol],
            _parts[Row, Column.Port]));
        Assert.AreEqual((1, 1, 30), (_parts[Row, Column.Answered], _parts[Row, Column.Destinations],
            _parts[Row, Column.SourceLength]));
        Assert.AreEqual((49, 51), (_parts[Row, Column.TtlLow], _parts[Row, Column.TtlHigh]));
        CollectionAssert.AreEqual(new[] { 12345, 27374 }, _parts.Incidents.Ports.Skip(176).Take(2).Select(port => (int)port).ToArray());
        CollectionAssert.AreEqual(new[] { 27374 }, _parts.Answerers(11));
    }

    [TestMethod]
    public void KnocksMoreThanThreeDaysApartAreNoStory()
    {
        Knock(1, 1000);
        Knock(2, 1000);
        Knock(3, 25_921_001);
        _probes.Settle(25_930_000, true);
        Assert.IsEmpty(_parts.Tap.Lines);
        Knock(4, 25_931_000);
        Knock(5, 51_851_000);
        _probes.Settle(51_860_000, true);
        Tapped.Has(_parts.Tap.Last, "distributed-probe", "srcs=3");
    }

    [TestMethod]
    public void ByIPv6TheThirdIsToldAtOnceAndItsNetworkIsAny()
    {
        for (int i = 1; i <= 3; i++)
        {
            Probe knock = Attempt(i, 1000);
            knock.Version = 6;
            knock.Addresses[15] = (byte)i;
            Assert.IsEmpty(_parts.Tap.Lines);
            _probes.Add(knock);
        }

        Assert.HasCount(1, _parts.Tap.Lines);
        Assert.AreEqual((3, 0), (_parts[Row, Column.Sources], _parts[Row, Column.SourceLength]));
    }

    private static Probe Attempt(int actor, int now, int outcome = Outcome.Silent)
    {
        Probe probe = Parts.Attempt(now: now, port: 12345, actor: actor, outcome: outcome);
        probe.IsSuspect = true;
        return probe;
    }

    private void Knock(int actor, int now) => _probes.Add(Attempt(actor, now));
}
