using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which targets of a suspicion, and of its actor before it, an incident counts.</summary>
[TestClass]
public sealed class ReplayTests
{
    private readonly Parts _parts = new();
    private readonly TargetReplay _replay;
    private readonly FirstContacts _contacts;

    public ReplayTests()
    {
        _parts.Tap.Heard(1, 200, 201, 150).Until(60);
        _replay = _parts.Tap.Part<TargetReplay>();
        _contacts = _parts.Tap.Part<FirstContacts>();
    }

    [TestMethod]
    public void AllWhomAStrangerAskedAreItsTargets()
    {
        // 0, 255 and those between, of which one lives; the suspicion knows of three.
        foreach (int host in new[] { 0, 10, 11, 12, 150, 255 })
        {
            _contacts.Take(Parts.Attempt(host, outcome: Outcome.Refused));
        }

        int at = _parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent));
        int row = Open();
        Assert.AreEqual(2, Run(at, Kind.Sweep, Parts.Attempt(12)), "0 and 255 never spoke");
        Assert.AreEqual(6, _parts[row, Column.Size]);
        Assert.AreEqual(24, _parts[row, Column.DestinationLength]);
        foreach (int host in new[] { 0, 10, 11, 12, 150, 255 })
        {
            Assert.IsTrue(_parts.Incidents.Holds(3, Parts.NumberOf(host)), $"host {host}");
        }
    }

    [TestMethod]
    public void WhomAnAcquaintanceAskedLongAgoIsNot()
    {
        foreach (int host in new[] { 10, 11, 12, 150, 151, 152 })
        {
            _contacts.Take(Parts.Attempt(host, outcome: Outcome.Refused));
        }

        Probe later = Parts.Attempt(13, 70_000_000);
        _contacts.Take(later);
        int at = _parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (13, Outcome.Silent));
        int row = Open();
        Assert.AreEqual(0, Run(at, Kind.Sweep, later));
        Assert.AreEqual(3, _parts[row, Column.Size]);
    }

    [TestMethod]
    public void APortOfAHostIsListedAndCounted()
    {
        int at = _parts.PortWalk(10, (100, Outcome.Silent), (102, Outcome.Silent), (101, Outcome.Silent));
        int row = _parts.Open(3, Kind.PortScan);
        Run(at, Kind.PortScan, Parts.Attempt(10, port: 101));
        Assert.AreEqual((3, 3), (_parts[row, Column.Size], _parts[row, Column.Ports]));
        CollectionAssert.AreEqual(new[] { 100, 101, 102 }, Ports());
    }

    [TestMethod]
    public void OfAScanOverHostsItsHostIsCountedOnceAndItsPortsListed()
    {
        int row = Open();
        _parts.Incidents.AddNew(3, Parts.NumberOf(20));
        int at = _parts.PortWalk(10, (100, Outcome.Silent), (102, Outcome.Silent));
        Run(at, Kind.PortScan, Parts.Attempt(10, port: 102), isMerged: true);
        Assert.AreEqual((2, 2), (_parts[row, Column.Size], _parts[row, Column.Ports]));
        Assert.AreEqual(-32768, (short)_parts[row, Column.StrideSlip], "its order is nobody's");
        CollectionAssert.AreEqual(new[] { 100, 102 }, Ports());
    }

    [TestMethod]
    public void AKnownHostsPortScanBreaksNoOrder()
    {
        int row = Open();
        _parts.Incidents.AddNew(3, Parts.NumberOf(10));
        Run(_parts.PortWalk(10, (100, Outcome.Silent)), Kind.PortScan, Parts.Attempt(10, port: 100), isMerged: true);
        Assert.AreEqual((1, 0), (_parts[row, Column.Size], _parts[row, Column.StrideSlip]));
    }

    [TestMethod]
    public void ASecondWalkBringsItsPortAndBreaksTheOrder()
    {
        int row = Open();
        _parts.Incidents.AddNew(3, Parts.NumberOf(20));
        Run(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent)), Kind.Sweep, Parts.Attempt(11, port: 443), isMerged: true);
        Assert.AreEqual((3, -32768), (_parts[row, Column.Size], (short)_parts[row, Column.StrideSlip]));
        CollectionAssert.AreEqual(new[] { 443 }, Ports());
    }

    [TestMethod]
    public void AloneItHasTheOrderOfItsPorts()
    {
        int at = _parts.Suspect(Parts.Attempt(10));
        for (int i = 0; i < 8; i++)
        {
            Probe probe = Parts.Attempt(10 + i);
            (probe.SourcePort, probe.Identification) = (4000 + i, i * 777);
            _parts.Suspicions.Notes.Write(at, probe, probe.Number, false);
        }

        int row = Open();
        _parts[row, Column.SourcePort] = -1;
        Run(at, Kind.Sweep, Parts.Attempt(17));
        Assert.AreEqual((8, 7 << 16, 1), (_parts[row, Column.Size], _parts[row, Column.Ascents],
            _parts.Incidents.StrideOf(row)));
        Assert.AreEqual(0, _parts[row, Column.Ports]);
    }

    [TestMethod]
    public void OrOfItsIdsWhereThePortIsOne()
    {
        int at = _parts.Suspect(Parts.Attempt(10));
        for (int i = 0; i < 8; i++)
        {
            Probe probe = Parts.Attempt(10 + i);
            probe.Identification = 0x1234 + i;
            _parts.Suspicions.Notes.Write(at, probe, probe.Number, false);
        }

        int row = Open();
        Run(at, Kind.Sweep, Parts.Attempt(17));
        Assert.AreEqual(2, _parts.Incidents.StrideOf(row));
    }

    [TestMethod]
    public void OfPolledHostsThoseThatAreDarkStill()
    {
        int at = _parts.Walk((10, Outcome.Dark), (11, Outcome.Silent), (150, Outcome.Dark), (90, Outcome.Dark));
        int row = _parts.Open(3, Kind.DarkHost);
        Assert.AreEqual(0, Run(at, Kind.DarkHost, Parts.Attempt(90)));
        Assert.AreEqual((2, 25), (_parts[row, Column.Size], _parts[row, Column.DestinationLength]));
        CollectionAssert.AreEqual(new[] { Parts.Home + 10, Parts.Home + 90 },
            Enumerable.Range(0, _parts.Incidents.Asked.CountOf(3)).Select(i => _parts.Incidents.Asked.NumberAt(3, i)).ToArray());
    }

    [TestMethod]
    public void AttemptsThatTheOtherSuspicionBroughtAreNotCountedAgain()
    {
        // Hosts 10 and 11 have suspicions of their own: that of 10 is a part of the incident.
        int of10 = _parts.PortWalk(10, (80, Outcome.Silent));
        _parts.PortWalk(11, (80, Outcome.Silent));
        _parts.SetCellOf(of10, Suspicions.Incident, 4);
        int at = _parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (10, Outcome.Silent), (11, Outcome.Silent),
            (10, Outcome.Silent));
        Open();
        Assert.AreEqual(2, _replay.AttemptsOf(at, 3, Parts.Attempt(10), Kind.Sweep, true));
        Assert.AreEqual(5, _replay.AttemptsOf(at, 3, Parts.Attempt(10), Kind.Sweep, false));
        Assert.AreEqual(5, _replay.AttemptsOf(at, 2, Parts.Attempt(10), Kind.Sweep, true), "another record");
        _parts.SetCellOf(at, Suspicions.Attempts, 2);
        Assert.AreEqual(0, _replay.AttemptsOf(at, 3, Parts.Attempt(10), Kind.Sweep, true));
    }

    [TestMethod]
    public void NorThoseOfAPortsSuspicion()
    {
        int of80 = _parts.Walk((10, Outcome.Silent));
        _parts.SetCellOf(of80, Suspicions.Incident, 4);
        int at = _parts.PortWalk(10, (80, Outcome.Silent), (81, Outcome.Silent), (80, Outcome.Silent));
        Open();
        Assert.AreEqual(1, _replay.AttemptsOf(at, 3, Parts.Attempt(10), Kind.PortScan, true));
    }

    private int[] Ports() => [.. _parts.Incidents.Ports.Skip(3 * 16).TakeWhile(port => port != 0).Select(port => (int)port)];

    private int Open()
    {
        int row = _parts.Open(3, Kind.Sweep);
        _parts[row, Column.Frames] = 100;
        return row;
    }

    private int Run(int at, int kind, Probe probe, bool isMerged = false) => _replay.Run(at, 3, probe, kind, isMerged, false);
}
