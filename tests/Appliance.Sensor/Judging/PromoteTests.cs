using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What an incident says of itself when a suspicion becomes it, or a part of it.</summary>
[TestClass]
public sealed class PromoteTests
{
    private const int Now = 6000;

    private readonly Parts _parts = new();
    private readonly Promotion _promotion;

    public PromoteTests()
    {
        // So that it is known who lives; and a record is taken, so that none stands at place 0.
        _parts.Tap.Heard(1, 200, 201, 202).Until(60);
        _promotion = _parts.Tap.Part<Promotion>();
    }

    [TestMethod]
    public void ASweepSaysWhatItsSuspicionKnows()
    {
        int at = _parts.Walk((10, Outcome.Silent), (11, Outcome.Refused), (13, Outcome.Answered), (17, Outcome.Dark),
            (18, Outcome.Refused), (10, Outcome.Silent));
        (int first, int flags) = (_parts.CellOf(at, Suspicions.First), _parts.CellOf(at, Suspicions.Flags));
        _parts.SetCellOf(at, Suspicions.First, first - 7);
        _parts.SetCellOf(at, Suspicions.Flags, flags | (0x2aa << 8));
        int row = Promote(at, Kind.Sweep, isByNumber: true);
        Assert.AreEqual(Kind.Sweep, _parts[row, Column.Kind]);
        Assert.AreEqual((993, Now, (0x2aa << 16) | 3), (_parts[row, Column.First], _parts[row, Column.Last], _parts[row, Column.Fine]));
        Assert.AreEqual((80, at, 1, 1), (_parts[row, Column.Port], _parts[row, Column.Owner], _parts[row, Column.Destinations],
            _parts[row, Column.ByNumber]));
        Assert.AreEqual((-1, -1, 2, 4000), (_parts[row, Column.Signature], _parts[row, Column.Expected],
            _parts[row, Column.Flags], _parts[row, Column.SourcePort]));
        Assert.AreEqual((5, 6, 27), (_parts[row, Column.Size], _parts[row, Column.Frames], _parts[row, Column.DestinationLength]));
        Assert.AreEqual((1, 1, 2, 1), _parts.Outcomes(row));
        CollectionAssert.AreEqual(new[] { 13 }, _parts.Answerers(row / Column.Count));
        Assert.AreEqual((51, 51), (_parts[row, Column.TtlLow], _parts[row, Column.TtlHigh]));
        Assert.AreEqual((row / Column.Count) + 1, _parts.CellOf(at, Suspicions.Incident));
        Assert.AreNotEqual(0, _parts.CellOf(at, Suspicions.Facts) & Suspicions.IsOwner);
        Assert.AreEqual(1, _parts[row, Column.MayBeWorse]);
    }

    [TestMethod]
    public void APortScanHasNoPortAndCountsPorts()
    {
        int at = _parts.PortWalk(10, (100, Outcome.Silent), (101, Outcome.Refused), (103, Outcome.Answered), (102, Outcome.Dark));
        int row = Promote(at, Kind.PortScan);
        Assert.AreEqual((0, 4, 4, 0), (_parts[row, Column.Port], _parts[row, Column.Size], _parts[row, Column.Frames],
            _parts[row, Column.ByNumber]));
        Assert.AreEqual((2, 0, 1, 1), _parts.Outcomes(row), "of one host all ports are silent alike");
        CollectionAssert.AreEqual(new[] { 103 }, _parts.Answerers(row / Column.Count));
        CollectionAssert.AreEqual(new[] { 100, 101, 102, 103 }, _parts.Incidents.Ports.Skip(row / Column.Count * 16).Take(4)
            .Select(port => (int)port).ToArray());
    }

    [TestMethod]
    public void WhatDiffersIsSaidToDiffer()
    {
        int at = _parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent));
        _parts.SetCellOf(at, Suspicions.Facts, Suspicions.FlagsDiffer | Suspicions.PortDiffers | (4 << 16) | 2);
        int row = Promote(at, Kind.Sweep);
        Assert.AreEqual((1, 3, -1, -1), (_parts[row, Column.Signature], _parts[row, Column.Expected], _parts[row, Column.Flags],
            _parts[row, Column.SourcePort]));
    }

    [TestMethod]
    [DataRow(Kind.Sweep, 2, 1)]
    [DataRow(Kind.Sweep, 1, -1)]
    [DataRow(Kind.PortScan, 2, -1)]
    public void OfSeveralNamesASweepKeepsItsFirstUnlessThatIsAGroups(int kind, int signature, int kept)
    {
        // The compiled table's second signature is that of the group: 1 names the first, 2 the second, 3 the third.
        SiteView site = _parts.Tap.Part<SiteView>();
        int[] groups = [.. Enumerable.Range(0, 3).Where(site.IsOfGroup)];
        Assert.HasCount(1, groups);
        int named = signature == 1 ? groups[0] : groups[0] == 0 ? 1 : groups[0] - 1;
        int at = kind == Kind.Sweep ? _parts.Walk((10, Outcome.Silent)) : _parts.PortWalk(10, (80, Outcome.Silent));
        _parts.SetCellOf(at, Suspicions.Facts, _parts.CellOf(at, Suspicions.Facts) | Suspicions.NameDiffers | (named + 1));
        int row = Promote(at, kind);
        Assert.AreEqual(kept < 0 ? -1 : named, _parts[row, Column.Signature]);
    }

    [TestMethod]
    public void BeforeOthersAreHeardNobodyIsDark()
    {
        var parts = new Parts();
        int at = parts.Walk((10, Outcome.Dark), (11, Outcome.Dark), (12, Outcome.Silent));
        int record = parts.Tap.Part<Promotion>().Promote(at, Parts.Attempt(12), Kind.Sweep, false, false);
        Assert.AreEqual((3, 0, 0, 0), parts.Outcomes(record * Column.Count));
    }

    [TestMethod]
    public void ASweepForgetsItsHostsAndAPortScanDoesNot()
    {
        int host = _parts.PortWalk(10, (80, Outcome.Silent));
        int other = _parts.PortWalk(11, (81, Outcome.Silent));
        Promote(_parts.PortWalk(12, (100, Outcome.Silent), (101, Outcome.Silent)), Kind.PortScan);
        Assert.AreNotEqual(0, _parts.CellOf(host, Suspicions.Targets));
        Promote(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent)), Kind.Sweep);
        Assert.AreEqual(0, _parts.CellOf(host, Suspicions.Targets));
        Assert.AreEqual(1, _parts.CellOf(other, Suspicions.Targets), "one that was asked at another port");
    }

    [TestMethod]
    public void PollingSaysHowOftenDarkHostsWereAsked()
    {
        int at = _parts.Walk((10, Outcome.Dark), (11, Outcome.Dark), (10, Outcome.Dark), (11, Outcome.Dark), (12, Outcome.Silent));
        int row = Promote(at, Kind.DarkHost, host: 11);
        Assert.AreEqual((2, 4, 0), (_parts[row, Column.Size], _parts[row, Column.Frames], _parts[row, Column.Silent]));
        Assert.AreEqual((0, 2, 0, 0), _parts.Outcomes(row));
        Assert.AreEqual(Parts.NumberOf(11), _parts[row, Column.TargetLast]);
        Assert.AreEqual(31, _parts[row, Column.DestinationLength]);
        Assert.AreEqual(2, _parts.Incidents.Asked.CountOf(row / Column.Count));
    }

    [TestMethod]
    public void WhoeverIsMergedCountsInProportionToWhatIsNew()
    {
        // Three of six hosts are the sweep's already.
        int row = Promote(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent), (13, Outcome.Silent)),
            Kind.Sweep);
        int at = Walk443((11, Outcome.Refused), (12, Outcome.Refused), (13, Outcome.Dark), (30, Outcome.Refused),
            (31, Outcome.Refused), (32, Outcome.Dark));
        Assert.AreEqual(row, Promote(at, Kind.Sweep, host: 32, port: 443));
        Assert.AreEqual((7, 10), (_parts[row, Column.Size], _parts[row, Column.Frames]));
        Assert.AreEqual((4, 1, 2, 0), _parts.Outcomes(row));
        Assert.AreEqual(0, _parts[row, Column.Port]);
        CollectionAssert.AreEqual(new[] { 80, 443 }, _parts.Incidents.Ports.Skip(row / Column.Count * 16).Take(2)
            .Select(port => (int)port).ToArray());
    }

    [TestMethod]
    public void OfThoseThatWereKnownOneAnswerIsTakenFromTheSilent()
    {
        int row = Promote(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent), (13, Outcome.Silent)),
            Kind.Sweep);
        int at = Walk443((11, Outcome.Answered), (12, Outcome.Silent), (30, Outcome.Answered), (31, Outcome.Silent),
            (32, Outcome.Silent));
        Promote(at, Kind.Sweep, host: 32, port: 443);
        Assert.AreEqual(7, _parts[row, Column.Size]);
        Assert.AreEqual((5, 0, 0, 2), _parts.Outcomes(row));
        CollectionAssert.AreEquivalent(new[] { 11, 30 }, _parts.Answerers(row / Column.Count));
    }

    [TestMethod]
    public void APortScanOfAHostOfASweepIsThatHost()
    {
        int row = Promote(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent), (13, Outcome.Silent)),
            Kind.Sweep);
        int known = _parts.PortWalk(11, (100, Outcome.Silent), (101, Outcome.Answered));
        Assert.AreEqual(row, Promote(known, Kind.PortScan, host: 11, port: 101));
        Assert.AreEqual(4, _parts[row, Column.Size]);
        Assert.AreEqual((3, 0, 0, 1), _parts.Outcomes(row));
        Assert.AreNotEqual(0, _parts.CellOf(known, Suspicions.Facts) & Suspicions.HasAnswered);
        int silent = _parts.PortWalk(12, (100, Outcome.Silent), (101, Outcome.Silent));
        Promote(silent, Kind.PortScan, host: 12, port: 101);
        Assert.AreEqual((3, 0, 0, 1), _parts.Outcomes(row));
        Assert.AreEqual(0, _parts.CellOf(silent, Suspicions.Facts) & Suspicions.HasAnswered);
    }

    [TestMethod]
    public void APortScanOfAnotherHostIsOneMore()
    {
        int row = Promote(_parts.Walk((10, Outcome.Silent), (11, Outcome.Silent), (12, Outcome.Silent), (13, Outcome.Silent)),
            Kind.Sweep);
        int answers = _parts.PortWalk(30, (100, Outcome.Silent), (101, Outcome.Answered));
        Promote(answers, Kind.PortScan, host: 30, port: 101);
        Assert.AreEqual((5, 6), (_parts[row, Column.Size], _parts[row, Column.Frames]));
        Assert.AreEqual((4, 0, 0, 1), _parts.Outcomes(row));
        Assert.AreNotEqual(0, _parts.CellOf(answers, Suspicions.Facts) & Suspicions.HasAnswered);
        int silent = _parts.PortWalk(31, (100, Outcome.Silent), (101, Outcome.Silent));
        Promote(silent, Kind.PortScan, host: 31, port: 101);
        Assert.AreEqual((5, 0, 0, 1), _parts.Outcomes(row));
        Assert.AreEqual(0, _parts.CellOf(silent, Suspicions.Facts) & Suspicions.HasAnswered);
    }

    [TestMethod]
    public void ANetworksSweepIsOfTheNetworkAndTakesInWhatItsSourcesDid()
    {
        Probe newest = Parts.Attempt(14, Now, outcome: Outcome.Silent);
        int network = _parts.Suspicions.Add(_parts.Suspicions.Keys.OfNetwork(newest), Parts.Actor & ~255, 900, -1);
        Probe first = Parts.Attempt(10);
        _parts.Suspicions.Notes.Start(network, first);
        foreach (int host in new[] { 10, 11, 12 })
        {
            _parts.Suspicions.Notes.WriteSource(network, Parts.Attempt(host), 50 + host);
        }

        int alone = OfActor(Parts.Actor + 9, 80, (20, Outcome.Refused), (90, Outcome.Answered), (12, Outcome.Silent));
        int elsewhere = OfActor(Parts.Actor + 10, 81, (21, Outcome.Refused));
        int told = OfActor(Parts.Actor + 11, 80, (22, Outcome.Refused));
        _parts.SetCellOf(told, Suspicions.Incident, 9);
        int stranger = OfActor(Parts.Actor + 0x100, 80, (23, Outcome.Refused));
        int record = _promotion.Promote(network, newest, Kind.Sweep, true, false);
        int row = record * Column.Count;
        Assert.AreEqual((Parts.Actor & ~255, Parts.Actor & ~255, 24, -1), (_parts[row, Column.Actor], _parts[row, Column.Source],
            _parts[row, Column.SourceLength], _parts[row, Column.SourcePort]));
        Assert.AreEqual((4, 5, 5), (_parts[row, Column.Sources], _parts[row, Column.Size], _parts[row, Column.Frames]));
        Assert.AreEqual((4, 0, 0, 1), _parts.Outcomes(row), "two of its three are new, and of these one answered");
        Assert.AreEqual(25, _parts[row, Column.DestinationLength]);
        CollectionAssert.AreEqual(new[] { 90 }, _parts.Answerers(record));
        Assert.AreEqual(record + 1, _parts.CellOf(alone, Suspicions.Incident));
        Assert.AreEqual((0, 9, 0), (_parts.CellOf(elsewhere, Suspicions.Incident), _parts.CellOf(told, Suspicions.Incident),
            _parts.CellOf(stranger, Suspicions.Incident)));
    }

    private int OfActor(int actor, int port, params (int Host, int Outcome)[] attempts)
    {
        int at = _parts.Suspect(Parts.Attempt(attempts[0].Host, port: port, actor: actor));
        foreach ((int host, int outcome) in attempts)
        {
            Probe probe = Parts.Attempt(host, port: port, actor: actor, outcome: outcome);
            _parts.Suspicions.Notes.Write(at, probe, probe.Number, false);
        }

        return at;
    }

    private int Walk443(params (int Host, int Outcome)[] attempts) => OfActor(Parts.Actor, 443, attempts);

    // What becomes of a suspicion with its newest attempt: where the incident's record begins.
    private int Promote(int at, int kind, bool isByNumber = false, int host = 12, int port = 80)
    {
        Probe probe = Parts.Attempt(host, Now, port);
        probe.Fine = 3;
        return _promotion.Promote(at, probe, kind, false, isByNumber) * Column.Count;
    }
}
