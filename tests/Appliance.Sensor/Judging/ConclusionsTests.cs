using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a suspicion is enough, and what the incident takes with it. Times are centiseconds.</summary>
[TestClass]
public sealed class ConclusionsTests
{
    private const int Decoy = Parts.Actor + 1;

    private readonly Parts _parts = new();
    private readonly Conclusions _conclusions;

    public ConclusionsTests() => _conclusions = _parts.Tap.Part<Conclusions>();

    [TestMethod]
    [DataRow(2, false)]
    [DataRow(3, true)]
    public void ThreeSuspectTargetsAreAWalk(int hosts, bool isEnough)
    {
        int at = Named(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent)), hosts);
        Assert.AreEqual(isEnough, _conclusions.Conclude(at, Parts.Attempt(11), true));
        Assert.HasCount(isEnough ? 1 : 0, _parts.Tap.Lines);
        if (isEnough)
        {
            Tapped.Has(_parts.Tap.Last, "sweep", "state=open dsts=2 frames=2");
            Assert.AreEqual(0, _parts[RowOf(at), Column.ByNumber]);
        }
    }

    [TestMethod]
    [DataRow(39, true, false)]
    [DataRow(40, true, true)]
    [DataRow(40, false, false)]
    public void FortyContactsAreEnoughForASweep(int contacts, bool byPort, bool isEnough)
    {
        Probe probe = Parts.Attempt(11);
        probe.Contacts = contacts;
        int at = byPort ? _parts.Walk((10, Outcome.Silent), (11, Outcome.Silent)) : _parts.PortWalk(11, (80, Outcome.Silent));
        Assert.AreEqual(isEnough, _conclusions.Conclude(at, probe, byPort));
        if (isEnough)
        {
            Tapped.Has(_parts.Tap.Last, "sweep", "state=open severity=3 silent=2");
            Assert.AreEqual(1, _parts[RowOf(at), Column.ByNumber]);
        }
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(false, false)]
    public void TwoDarkHostsAskedTwiceArePolled(bool byPort, bool isEnough)
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        int at = _parts.Walk((10, Outcome.Dark), (11, Outcome.Dark), (10, Outcome.Dark), (11, Outcome.Dark));
        Assert.AreEqual(isEnough, _conclusions.Conclude(at, Parts.Attempt(11, 6000), byPort));
        if (isEnough)
        {
            Tapped.Has(_parts.Tap.Last, "dark-host", "state=open dsts=2 frames=4 dark=2");
        }
    }

    [TestMethod]
    public void AWalkForgetsWhatItsActorDidElsewhereAndPollingDoesNot()
    {
        var shared = _parts.Tap.Part<SharedTargets>();
        Probe knock = Parts.Attempt(99, port: 12345);
        int host = shared.Make(knock);
        int place = shared.PlaceFor(host, knock);
        shared.Write(place, knock);
        _parts.Tap.Heard(1, 200, 201).Until(60);
        _conclusions.Conclude(_parts.Walk((10, Outcome.Dark), (11, Outcome.Dark), (10, Outcome.Dark), (11, Outcome.Dark)),
            Parts.Attempt(11, 6000), true);
        Assert.IsTrue(shared.IsAgain(place, knock));
        _conclusions.Conclude(Named(_parts.Suspect(Parts.Attempt(port: 90)), 3), Parts.Attempt(11, 6000, 90), true);
        Assert.IsFalse(shared.IsAgain(place, knock));
    }

    [TestMethod]
    public void WhatIsToldIsForgiven()
    {
        var contacts = _parts.Tap.Part<FirstContacts>();
        for (int host = 0; host < 8; host++)
        {
            contacts.Take(Parts.Attempt(20 + host, outcome: Outcome.Refused));
        }

        Assert.IsTrue(contacts.IsScanner(Parts.Actor));
        _conclusions.Conclude(Named(_parts.Walk((10, Outcome.Silent)), 3), Parts.Attempt(11), true);
        Assert.IsFalse(contacts.IsScanner(Parts.Actor));
    }

    [TestMethod]
    [DataRow(1999, true)]
    [DataRow(7999, true)]
    [DataRow(8000, false)]
    public void ADistributedProbeOfTheSameMinuteIsTheDecoys(int now, bool isFolded)
    {
        Probe();
        Scan(now);
        Assert.AreEqual(isFolded ? 1 : 0, Folded());
    }

    [TestMethod]
    public void SoIsEachButNoOtherHosts()
    {
        Probe(0);
        Probe(2);
        int other = Probe(3);
        _parts[other, Column.Destination]++;
        int six = Probe(4);
        _parts[six, Column.Version] = 6;
        int dark = _parts.Open(5, Kind.DarkHost, last: 2000);
        _parts[dark, Column.ToldKind] = Kind.DarkHost;
        Scan(2000);
        Assert.AreEqual(2, Folded());
        Assert.AreEqual((0, 0), (_parts[0, Column.Id], _parts[2 * Column.Count, Column.Id]));
    }

    [TestMethod]
    public void AScannerAloneFoldsNone()
    {
        Probe();
        _conclusions.Conclude(Named(_parts.PortWalk(10, (100, Outcome.Silent), (101, Outcome.Silent)), 3), Parts.Attempt(now: 2000),
            false);
        Assert.HasCount(1, _parts.Tap.Lines);
        Assert.AreEqual(0, Folded());
    }

    [TestMethod]
    public void ASweepOfSeveralSourcesFoldsNone()
    {
        Probe();
        for (int i = 0; i < 6; i++)
        {
            int row = _parts.Open(i + 1, Kind.Sweep, Parts.Attempt(actor: 100 + i), last: 2000);
            _parts[row, Column.ToldKind] = Kind.Sweep;
        }

        _conclusions.Conclude(Named(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent)), 3), Parts.Attempt(now: 2000), true);
        Assert.HasCount(1, _parts.Tap.Lines);
        Tapped.Has(_parts.Tap.Last, "sweep", "state=update src=203.0.113.66 srcs=2");
    }

    private static int OfHost(int record) => record * Column.Count;

    private int Folded() => _parts.Tap.Lines.Count(line => Tapped.Value(line, "state") == "folded");

    private int Named(int at, int suspects)
    {
        _parts.SetCellOf(at, Suspicions.Counts, _parts.CellOf(at, Suspicions.Counts) | (suspects << 16));
        return at;
    }

    private int RowOf(int at) => OfHost(_parts.CellOf(at, Suspicions.Incident) - 1);

    // A distributed probe of 10.1.2.10 that was told.
    private int Probe(int record = 0)
    {
        int row = _parts.Open(record, Kind.DistributedProbe, Parts.Attempt(actor: 77), last: 2000);
        _parts[row, Column.ToldKind] = Kind.DistributedProbe;
        return row;
    }

    // A port scan of it, by a decoy first and then by the scanner.
    private void Scan(int now)
    {
        int row = _parts.Open(1, Kind.PortScan, Parts.Attempt(actor: Decoy), first: now, last: now);
        _parts[row, Column.ToldKind] = Kind.PortScan;
        int at = Named(_parts.PortWalk(10, (100, Outcome.Silent), (101, Outcome.Silent)), 3);
        _parts.SetCellOf(at, Suspicions.First, now);
        Assert.IsTrue(_conclusions.Conclude(at, Parts.Attempt(now: now), false));
        Assert.AreEqual(2, _parts.CellOf(at, Suspicions.Incident));
    }
}
