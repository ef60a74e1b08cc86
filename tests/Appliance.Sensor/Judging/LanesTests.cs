using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>The shortest way into a walk that runs: which SYN takes it, and what it adds. Times are centiseconds.</summary>
[TestClass]
public sealed class LanesTests
{
    private const int Facts = (51 << 24) | (2 << 16) | 80;
    private const int Slot = 5;

    private readonly Parts _parts = new();
    private readonly RunningSweeps _running;

    public LanesTests() => _running = _parts.Tap.Part<RunningSweeps>();

    [TestMethod]
    public void ASynThatDiffersInItsTargetAloneHasTheLane()
    {
        Run(Kind.Sweep);
        int lane = _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, -1);
        Assert.AreEqual(8, lane, "the second of four");
        Assert.AreEqual(lane, _running.LaneOf(Slot + 4, Parts.Actor, Parts.Home + 77, Facts, -1));
        Assert.AreEqual(-1, _running.LaneOf(Slot + 1, Parts.Actor, Parts.Home + 77, Facts, -1));
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor + 1, Parts.Home + 77, Facts, -1), "another's");
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts + 1, -1), "another port");
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts + (1 << 16), -1), "other flags");
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts + (1 << 24), -1), "another TTL");
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, 0), "a signature names it");
    }

    [TestMethod]
    public void OfAPortScanOneThatDiffersInItsPortAlone()
    {
        Run(Kind.PortScan);
        Assert.AreEqual(8, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 10, Facts + 999, -1));
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 11, Facts + 999, -1), "another host");
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 10, Facts + (1 << 16), -1), "other flags");
    }

    [TestMethod]
    public void AClosedIncidentsRecordIsNobodysLane()
    {
        int row = Run(Kind.Sweep);
        _parts[row, Column.Id]++;
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, -1));
        _parts[row, Column.Id]--;
        _running.Forget();
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, -1));
    }

    [TestMethod]
    public void ItAddsATargetWithAllThatChanges()
    {
        int row = Run(Kind.Sweep);
        _parts[row, Column.Fine] = (7 << 16) | 3;
        Join(77, 6001, 999);
        Assert.AreEqual((2, 2, 6001), (_parts[row, Column.Frames], _parts[row, Column.Size], _parts[row, Column.Last]));
        Assert.AreEqual((7 << 16) | 999, _parts[row, Column.Fine]);
        Assert.AreEqual(60_019_990L, _parts.Incidents.Wall[3]);
        Assert.AreEqual((25, 4000), (_parts[row, Column.DestinationLength], _parts[row, Column.SourcePort]));
        Assert.AreEqual((2, 0, 0, 0), _parts.Outcomes(row));
        Join(78, 6002, 0, sourcePort: 4001);
        Assert.AreEqual(-1, _parts[row, Column.SourcePort]);
        Join(78, 6003, 0);
        Assert.AreEqual((4, 3, -1), (_parts[row, Column.Frames], _parts[row, Column.Size], _parts[row, Column.SourcePort]));
        Assert.AreEqual((3, 0, 0, 0), _parts.Outcomes(row), "a host that is asked again is one host");
        Join(200, 6004, 0);
        Assert.AreEqual(24, _parts[row, Column.DestinationLength]);
    }

    [TestMethod]
    public void WhoNeverSpokeIsDarkAndItsConnectionKnows()
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        int row = Run(Kind.Sweep);
        var connections = _parts.Tap.Part<Connections>();
        connections.States[9] = Connections.Opening;
        connections.States[10] = Connections.Opening;
        connections.States[11] = Connections.Opening;
        Join(77, 6001, 0, entry: 9);
        Join(200, 6002, 0, entry: 10);
        Join(0, 6003, 0, entry: 11);
        Assert.AreEqual((1, 3, 0, 0), _parts.Outcomes(row), "the first attempt, of the longer way, was dark too");
        Assert.AreEqual(Connections.Opening | Connections.Judged | Connections.WasDark, connections.States[9]);
        Assert.AreEqual(Connections.Opening | Connections.Judged, connections.States[10]);
        Assert.AreEqual(Connections.Opening | Connections.Judged | Connections.WasDark, connections.States[11], "10.1.2.0 too");
    }

    [TestMethod]
    public void APortScanGainsAPort()
    {
        int row = Run(Kind.PortScan);
        var connections = _parts.Tap.Part<Connections>();
        connections.States[9] = Connections.Opening;
        _running.JoinLane(8, Parts.Home + 10, (4000 << 16) | 443, 1, 10, 6001, 0, 9);
        Assert.AreEqual((2, 2, 2), (_parts[row, Column.Frames], _parts[row, Column.Size], _parts[row, Column.Ports]));
        Assert.AreEqual((2, 0, 0, 0), _parts.Outcomes(row));
        Assert.AreEqual(Connections.Opening | Connections.Judged, connections.States[9]);
        Assert.AreEqual(443, _parts.Incidents.Ports[(3 * 16) + 1]);
        connections.States[9] = Connections.Opening;
        _running.JoinLane(8, Parts.Home + 10, (4000 << 16) | 443, 1, 10, 6002, 0, 9);
        Assert.AreEqual((3, 2), (_parts[row, Column.Frames], _parts[row, Column.Size]));
        Assert.AreEqual(Connections.Opening, connections.States[9], "what was not counted is not corrected");
        Assert.AreEqual((2, 0, 0, 0), _parts.Outcomes(row));
    }

    [TestMethod]
    [DataRow(4, 1000, 0, 8, DisplayName = "frames")]
    [DataRow(1000, 4, 1, 8, DisplayName = "hosts")]
    [DataRow(1000, 5, 1, 10)]
    public void ItIsToldAtTwiceWhatWasTold(int toldFrames, int toldSize, int step, int told)
    {
        Waiting(toldFrames, toldSize, 0);
        int lines = _parts.Tap.Lines.Count;
        for (int i = 3; i < told; i++)
        {
            Join(60 + (i * step), 10_001, 0);
            Assert.HasCount(lines, _parts.Tap.Lines, $"attempt {i}");
        }

        Join(60 + (told * step), 10_002, 0);
        Assert.HasCount(lines + 1, _parts.Tap.Lines);
        Tapped.Has(_parts.Tap.Last, "sweep", $"state=update frames={told}");
    }

    [TestMethod]
    public void AfterThatAtTwiceOfIt()
    {
        int row = Waiting(4, 1000, 0);
        for (int i = 3; i <= 15; i++)
        {
            Join(60, 10_001, 0);
        }

        Assert.AreEqual(8, _parts[row, Column.ToldFrames]);
        Assert.AreEqual(0, _parts[row, Column.IsDue]);
        Join(60, 10_002, 0);
        Assert.AreEqual(1, _parts[row, Column.IsDue], "sixteen, but ten seconds later at the earliest");
    }

    [TestMethod]
    public void WhatIsDueAlreadyIsLookedAtWhenItDoubles()
    {
        int row = Waiting(1, 1, 1);
        _parts[row, Column.ToldAt] = 10_000;
        _parts[row, Column.IsDue] = 0;
        Join(60, 10_001, 0);
        Assert.AreEqual(0, _parts[row, Column.IsDue], "3 of 2 frames and 2 of 2 hosts");
        Join(61, 10_001, 0);
        Assert.AreEqual(1, _parts[row, Column.IsDue], "4 frames");
    }

    [TestMethod]
    public void ArpJoinsArpAlone()
    {
        Assert.IsFalse(JoinByArp(6), "what asks by ARP for the sweep's next host");
        Assert.IsTrue(JoinByArp(256));
    }

    [TestMethod]
    [DataRow(60, Kind.Sweep, Connections.Opening | Connections.Judged | Connections.WasDark)]
    [DataRow(200, Kind.Sweep, Connections.Opening | Connections.Judged)]
    [DataRow(10, Kind.Sweep, Connections.Opening, DisplayName = "a host that was counted")]
    [DataRow(10, Kind.PortScan, Connections.Opening | Connections.Judged, DisplayName = "another port of a dark host")]
    public void TheConnectionKnowsWhatWasCounted(int host, int kind, int state)
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        Run(kind);
        _running.Forget();
        var connections = _parts.Tap.Part<Connections>();
        connections.States[20] = Connections.Opening;
        Probe probe = Probe(host);
        probe.Port = kind == Kind.PortScan ? 99 : 80;
        Assert.IsTrue(_running.Join(Slot, probe));
        Assert.AreEqual(state, connections.States[20]);
    }

    [TestMethod]
    public void APortScanThatASignatureNamesHasNoLane()
    {
        Run(Kind.PortScan);
        _running.Forget();
        Probe named = Probe(10);
        named.Signature = 0;
        Assert.IsTrue(_running.Join(Slot, named));
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 10, Facts, 0));
        Run(Kind.Sweep);
        Assert.IsTrue(_running.Join(Slot, named));
        Assert.AreEqual(8, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, 0), "a sweep has one");
    }

    [TestMethod]
    public void WhatWasPutTogetherFromFragmentsTakesTheLongerWay()
    {
        int row = Run(Kind.Sweep);
        Probe split = Probe(60);
        (split.IsSplit, split.IsSuspect) = (true, true);
        Assert.IsTrue(_running.Join(Slot, split));
        Assert.AreEqual((2, 1), (_parts[row, Column.Size], _parts[row, Column.IsSuspect]));
    }

    [TestMethod]
    [DataRow(Column.Ports, 1)]
    [DataRow(Column.ByNumber, 1)]
    [DataRow(Column.Form, 5)]
    [DataRow(Column.Kind, 4)]
    public void NoShortWayLeadsIntoWhatMayStillBeAnswered(int column, int value)
    {
        int row = Run(Kind.Sweep);
        _parts[row, column] = value;
        Probe probe = Probe(60);
        probe.Ttl = 52;
        Assert.IsFalse(_running.Join(Slot, probe));
    }

    [TestMethod]
    public void NorOneOfARestrictedServiceOrBeforeTheIncident()
    {
        int row = Run(Kind.Sweep);
        Probe probe = Probe(60);
        (probe.IsRestricted, probe.Ttl) = (true, 52);
        Assert.IsFalse(_running.Join(Slot, probe));
        probe.IsRestricted = false;
        Assert.IsTrue(_running.Join(Slot, probe));
        _parts.SetCellOf(_parts.Suspicions.Find(_parts.Suspicions.Keys.OfSweep(probe)), Suspicions.Incident, 0);
        probe.Ttl = 53;
        Assert.IsFalse(_running.Join(Slot, probe));
        Assert.AreEqual(2, _parts[row, Column.Size]);
    }

    [TestMethod]
    public void WhatIsExplainedOrOfAnotherProtocolHasNoLane()
    {
        int row = Run(Kind.Sweep);
        _running.Forget();
        _parts[row, Column.Expected] = 0;
        Probe explained = Probe(60);
        explained.Expected = 0;
        Assert.IsTrue(_running.Join(Slot, explained));
        _running.Forget();
        Assert.AreEqual(-1, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, -1));
        _parts[row, Column.Expected] = -1;
        Assert.IsTrue(_running.Join(Slot, Probe(61)));
        Assert.AreEqual(8, _running.LaneOf(Slot, Parts.Actor, Parts.Home + 77, Facts, -1));
    }

    private static Probe Probe(int host)
    {
        Probe probe = Parts.Attempt(host, 6000);
        probe.Connection = 20;
        return probe;
    }

    private bool JoinByArp(int protocol)
    {
        var parts = new Parts();
        parts.Open(3, Kind.Sweep, Parts.Attempt(10, 6000, protocol: protocol), last: 6000);
        Probe question = Parts.Attempt(60, 6000, protocol: 256);
        question.Connection = 20;
        parts.SetCellOf(parts.Suspect(question), Suspicions.Incident, 4);
        return parts.Tap.Part<RunningSweeps>().Join(Slot, question);
    }

    // A walk that two attempts joined, the second of which found so much told.
    private int Waiting(int toldFrames, int toldSize, int isDue)
    {
        int row = Run(Kind.Sweep);
        _parts.Teller.Tick(10_000);
        (_parts[row, Column.ToldFrames], _parts[row, Column.ToldSize], _parts[row, Column.ToldAt]) = (toldFrames, toldSize, 0);
        _parts[row, Column.IsDue] = isDue;
        _running.Forget();
        if (isDue != 0)
        {
            _parts[row, Column.ToldAt] = 10_000;
        }

        Assert.IsTrue(_running.Join(Slot, Probe(60)));
        return row;
    }

    // A walk in record 3 that an attempt joined.
    private int Run(int kind)
    {
        int row = _parts.Open(3, kind, Parts.Attempt(10, 6000), last: 6000);
        (_parts[row, Column.ToldKind], _parts[row, Column.ToldSeverity]) = (kind, 5);
        (_parts[row, Column.ToldFrames], _parts[row, Column.ToldSize]) = (1000, 1000);
        int at = _parts.Suspect(Probe(10), kind == Kind.Sweep);
        _parts.SetCellOf(at, Suspicions.Incident, 4);
        Assert.IsTrue(_running.Join(Slot, Probe(10)));
        return row;
    }

    private void Join(int host, int now, int fine, int sourcePort = 4000, int entry = 20) =>
        _running.JoinLane(8, Parts.Home + host, (sourcePort << 16) | 80, 1, host, now, fine, entry);
}
