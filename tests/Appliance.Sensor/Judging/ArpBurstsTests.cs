using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which ARP questions go with which sweep. Times are centiseconds.</summary>
[TestClass]
public sealed class ArpBurstsTests
{
    private const int Arp = 256;
    private const int Router = Parts.Home + 1;

    private readonly Parts _parts = new();
    private readonly ArpBursts _bursts;

    public ArpBurstsTests()
    {
        _parts.Tap.Heard(1, 200, 201, 20).Until(60);
        _bursts = _parts.Tap.Part<ArpBursts>();
    }

    [TestMethod]
    [DataRow(7999, 0)]
    [DataRow(8000, 2)]
    public void ThoseOfTheSameMinute(int now, int open)
    {
        Open(0, Arp, Router);
        Open(3, 6, Parts.Actor);
        _bursts.Fold(3, Parts.Attempt(now: now));
        Assert.AreEqual(open == 0, IsFolded(0));
    }

    [TestMethod]
    public void ASweepTakesInTheQuestionsAndQuestionsJoinASweep()
    {
        Open(0, 6, Parts.Actor);
        Open(3, Arp, Router);
        _bursts.Fold(3, Parts.Attempt(now: 2000, protocol: Arp, actor: Router));
        Assert.IsTrue(IsFolded(3));
        Assert.IsFalse(IsFolded(0));
    }

    [TestMethod]
    public void AnInsideScannerAsksByArpItself()
    {
        int own = Open(0, Arp, Parts.Home + 50);
        Open(3, 6, Parts.Home + 51);
        _bursts.Fold(3, Parts.Attempt(now: 2000, actor: Parts.Home + 51));
        Assert.IsFalse(IsFolded(0), "another inside host's questions are its own");
        _parts[own, Column.Actor] = Parts.Home + 51;
        _bursts.Fold(3, Parts.Attempt(now: 2000, actor: Parts.Home + 51));
        Assert.IsTrue(IsFolded(0));
    }

    [TestMethod]
    public void AStationWithoutAnAddressIsNobodysRouter()
    {
        // In 0.0.0.0/8 stand those that are known by their MAC.
        Open(0, Arp, Router);
        Open(3, 6, 5);
        _bursts.Fold(3, Parts.Attempt(now: 2000, actor: 5));
        Assert.IsFalse(IsFolded(0));
    }

    [TestMethod]
    public void WhatDiffersIsAnotherStory()
    {
        int row = Open(5, Arp, Router);
        Open(3, 6, Parts.Actor);
        foreach ((int column, int value) in new[]
        {
            (Column.Id, 0), (Column.Kind, Kind.PortScan), (Column.Version, 6), (Column.Protocol, 6), (Column.Form, 5),
        })
        {
            int before = _parts[row, column];
            _parts[row, column] = value;
            _bursts.Fold(3, Parts.Attempt(now: 2000));
            Assert.AreEqual(0, _parts.Tap.Lines.Count(line => Tapped.Value(line, "state") == "folded"), $"column {column}");
            _parts[row, column] = before;
        }

        _bursts.Fold(3, Parts.Attempt(now: 2000));
        Assert.IsTrue(IsFolded(5));
    }

    [TestMethod]
    [DataRow(-1, -1, true)]
    [DataRow(0, -1, true, DisplayName = "a router whose questions the profile expects asks for whom an attacker sweeps, too")]
    [DataRow(-1, 0, false, DisplayName = "an expected scan hides no other's questions")]
    public void QuestionsThatNobodyExpectsAreNotHiddenInWhatSomebodyDoes(int ofQuestions, int ofSweep, bool isOne)
    {
        _parts[Open(0, Arp, Router), Column.Expected] = ofQuestions;
        _parts[Open(3, 6, Parts.Actor), Column.Expected] = ofSweep;
        _bursts.Fold(3, Parts.Attempt(now: 2000));
        Assert.AreEqual(isOne, IsFolded(0));
        _parts[Open(5, 6, Parts.Actor + 1), Column.Expected] = ofSweep;
        _parts[Open(6, Arp, Router), Column.Expected] = ofQuestions;
        _bursts.Fold(6, Parts.Attempt(now: 2000, protocol: Arp, actor: Router));
        Assert.AreEqual(isOne, IsFolded(6), "whichever came first");
    }

    [TestMethod]
    public void OfTheQuestionsThoseForNobodyAreTheSweeps()
    {
        Open(0, Arp, Router, 10, 11, 20, 12, 90);
        int row = Open(3, 6, Parts.Actor, 11, 20);
        (_parts[row, Column.Frames], _parts[row, Column.Dark], _parts[row, Column.Last]) = (2, 1, 6000);
        int asked = _parts.Suspect(Parts.Attempt(actor: Router, protocol: Arp));
        _parts.SetCellOf(asked, Suspicions.Incident, 1);
        _parts.SetCellOf(asked, Suspicions.Facts, _parts.CellOf(asked, Suspicions.Facts) | Suspicions.IsOwner);
        _bursts.Fold(3, Parts.Attempt(now: 6000));
        Assert.AreEqual((5, 5), (_parts[row, Column.Size], _parts[row, Column.Frames]), "10, 12 and 90 are new");
        Assert.AreEqual((0, 4, 0, 0), _parts.Outcomes(row));
        Assert.AreEqual(25, _parts[row, Column.DestinationLength]);
        foreach (int host in new[] { 10, 11, 12, 20, 90 })
        {
            Assert.IsTrue(_parts.Incidents.Holds(3, Parts.NumberOf(host)), $"host {host}");
        }

        Assert.AreEqual(4, _parts.CellOf(asked, Suspicions.Incident), "the router's further questions are the sweep's");
        Assert.AreEqual(0, _parts.CellOf(asked, Suspicions.Facts) & Suspicions.IsOwner);
        Assert.IsTrue(IsFolded(0));
    }

    [TestMethod]
    public void WhoLivesIsNotTakenOver()
    {
        Open(0, Arp, Router, 20, 200);
        int row = Open(3, 6, Parts.Actor, 11);
        _bursts.Fold(3, Parts.Attempt(now: 2000));
        Assert.AreEqual(1, _parts[row, Column.Size]);
    }

    [TestMethod]
    public void BeforeOthersAreHeardTheyAreSilent()
    {
        var parts = new Parts();
        Open(parts, 0, Arp, Router, 10, 12);
        int row = Open(parts, 3, 6, Parts.Actor, 11);
        parts.Tap.Part<ArpBursts>().Fold(3, Parts.Attempt(now: 2000));
        Assert.AreEqual((2, 0, 0, 0), parts.Outcomes(row));
    }

    [TestMethod]
    [DataRow(7999, Outcome.Dark, 2, true)]
    [DataRow(8000, Outcome.Dark, 1, false)]
    [DataRow(7999, Outcome.Silent, 1, true)]
    public void AFurtherQuestionJoinsForAMinute(int now, int outcome, int hosts, bool isKept)
    {
        int row = Open(3, 6, Parts.Actor, 11);
        (_parts[row, Column.Frames], _parts[row, Column.Last]) = (1, 2000);
        Probe question = Parts.Attempt(70, now, actor: Router, protocol: Arp, outcome: outcome);
        int at = _parts.Suspect(question);
        _bursts.Join(at, 3, question);
        Assert.AreEqual((hosts, hosts), (_parts[row, Column.Size], _parts[row, Column.Frames]));
        Assert.AreEqual(hosts == 2 ? 25 : 32, _parts[row, Column.DestinationLength]);
        Assert.AreEqual(isKept, _parts.Suspicions.Find(_parts.Suspicions.Keys.OfSweep(question)) >= 0);
        if (hosts == 2)
        {
            _bursts.Join(at, 3, question);
            Assert.AreEqual((2, 2), (_parts[row, Column.Size], _parts[row, Column.Frames]), "once a host");
        }
    }

    private static int Open(Parts parts, int record, int protocol, int actor, params int[] hosts)
    {
        Probe probe = Parts.Attempt(hosts.Length == 0 ? 10 : hosts[0], actor: actor, protocol: protocol);
        int row = parts.Open(record, Kind.Sweep, probe, last: 2000);
        parts[row, Column.ToldKind] = Kind.Sweep;
        foreach (int host in hosts)
        {
            parts.Incidents.AddNew(record, Parts.NumberOf(host));
        }

        return row;
    }

    private int Open(int record, int protocol, int actor, params int[] hosts) => Open(_parts, record, protocol, actor, hosts);

    private bool IsFolded(int record) => _parts[record * Column.Count, Column.Id] == 0
        && _parts.Tap.Lines.Any(line => Tapped.Value(line, "state") == "folded");
}
