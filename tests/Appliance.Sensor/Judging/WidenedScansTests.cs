using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When what an actor did at several hosts and ports is one scan. Times are centiseconds.</summary>
[TestClass]
public sealed class WidenedScansTests
{
    private const int Three = 25_920_000;

    private readonly Parts _parts = new();
    private readonly WideScans _wide;

    public WidenedScansTests() => _wide = _parts.Tap.Part<WideScans>();

    [TestMethod]
    [DataRow(4, 4, true)]
    [DataRow(3, 4, false)]
    [DataRow(4, 3, false)]
    public void FourHostsAndFourPorts(int hosts, int ports, bool isEnough)
    {
        Scanned();
        Fill(hosts, ports);
        Assert.AreEqual(isEnough, _wide.Conclude(Parts.Attempt(now: 2000)));
    }

    [TestMethod]
    public void OfOneWhoseContactsAreAClientsNothing()
    {
        Fill(8, 8);
        Assert.IsFalse(_wide.Conclude(Parts.Attempt(now: 2000)));
        Scanned();
        Probe six = Parts.Attempt(now: 2000);
        six.Version = 6;
        Assert.IsFalse(_wide.Conclude(six));
        Probe outward = Parts.Attempt(now: 2000);
        outward.LivingBit = -1;
        Assert.IsFalse(_wide.Conclude(outward));
        Probe home = Parts.Attempt(now: 2000);
        home.LivingBit = 0;
        Assert.IsTrue(_wide.Conclude(home));
    }

    [TestMethod]
    [DataRow(1000 + Three, true)]
    [DataRow(1001 + Three, false)]
    public void WithinThreeDays(int now, bool isEnough)
    {
        Scanned();
        Fill(4, 4);
        Assert.AreEqual(isEnough, _wide.Conclude(Parts.Attempt(now: now)));
    }

    [TestMethod]
    public void WhatIsToldOfItIsWhatItsHostsKnow()
    {
        Scanned();
        Fill(0, 4);
        int early = PortWalk(10, 51, 500, (100, Outcome.Silent), (101, Outcome.Silent));
        int refused = PortWalk(11, 49, 1000, (100, Outcome.Refused), (102, Outcome.Silent));
        int answered = PortWalk(80, 60, 1000, (103, Outcome.Answered));
        int silent = PortWalk(12, 51, 1000, (104, Outcome.Silent));
        int told = PortWalk(13, 51, 1000, (105, Outcome.Silent));
        _parts.SetCellOf(told, Suspicions.Incident, 9);
        Assert.IsTrue(_wide.Conclude(Parts.Attempt(now: 2000)));
        int record = _parts.CellOf(early, Suspicions.Incident) - 1;
        int row = record * Column.Count;
        Assert.AreEqual((500, 2000, 4, 6), (_parts[row, Column.First], _parts[row, Column.Last], _parts[row, Column.Size],
            _parts[row, Column.Frames]));
        Assert.AreEqual((2, 0, 1, 1), _parts.Outcomes(row));
        Assert.AreEqual((49, 60, 25), (_parts[row, Column.TtlLow], _parts[row, Column.TtlHigh],
            _parts[row, Column.DestinationLength]));
        Assert.AreEqual((1, 0, -1, -1, 1), (_parts[row, Column.IsWide], _parts[row, Column.Port], _parts[row, Column.Signature],
            _parts[row, Column.SourcePort], _parts[row, Column.Destinations]));
        CollectionAssert.AreEqual(new[] { 80 }, _parts.Answerers(record));
        CollectionAssert.AreEqual(new[] { 100, 101, 102, 103, 104 }, _parts.Incidents.Ports.Skip(record * 16).Take(5)
            .Select(port => (int)port).ToArray());
        Assert.AreEqual((record + 1, record + 1, record + 1, 9), (_parts.CellOf(refused, Suspicions.Incident),
            _parts.CellOf(answered, Suspicions.Incident), _parts.CellOf(silent, Suspicions.Incident),
            _parts.CellOf(told, Suspicions.Incident)));
        Assert.AreNotEqual(0, _parts.CellOf(answered, Suspicions.Facts) & Suspicions.HasAnswered);
        Assert.AreEqual(0, _parts.Incidents.StrideOf(row));
        Tapped.Has(_parts.Tap.Last, "scan", "state=open severity=4 dsts=4 answered=1 refused=1 silent=2");
    }

    [TestMethod]
    [DataRow(7999, 0)]
    [DataRow(8000, 11)]
    public void ASweepOfTheSameMinuteIsItsBeginning(int now, int record)
    {
        Scanned();
        Fill(4, 4);
        int row = _parts.Open(0, Kind.Sweep, last: 2000);
        _parts[row, Column.ToldKind] = Kind.Sweep;
        Assert.IsTrue(_wide.Conclude(Parts.Attempt(now: now)));
        Assert.AreEqual(1, _parts[record * Column.Count, Column.IsWide]);
        Assert.AreEqual(record == 0 ? 2 : 1, _parts.Incidents.Ports[record * 16] == 80 ? 2 : 1);
        Assert.AreEqual(now, _parts[record * Column.Count, Column.Last]);
    }

    [TestMethod]
    public void AnotherKindProtocolOrActorIsNot()
    {
        Scanned();
        foreach ((int column, int value) in new[]
        {
            (Column.Kind, Kind.PortScan), (Column.Actor, Parts.Actor + 1), (Column.Protocol, 17), (Column.Port, 0),
            (Column.ByNumber, 1), (Column.Id, 0),
        })
        {
            int[] suspected = Fill(4, 4);
            int row = _parts.Open(5, Kind.Sweep, last: 2000);
            _parts[row, column] = value;
            _parts[row, Column.ToldKind] = Kind.Sweep;
            Assert.IsTrue(_wide.Conclude(Parts.Attempt(now: 2001)));
            Assert.AreEqual(0, _parts[row, Column.IsWide], $"column {column}");
            foreach (int at in suspected)
            {
                _parts.Suspicions.Remove(at);
            }
        }
    }

    [TestMethod]
    [DataRow(1000 + Three, true)]
    [DataRow(1001 + Three, false)]
    public void AFurtherAttemptJoinsForThreeDays(int now, bool joins)
    {
        int row = Wide();
        Assert.AreEqual(joins, _wide.Join(Parts.Attempt(70, now, 443)));
        Assert.AreEqual(joins ? (1, 1, 443) : (0, 0, 0), (_parts[row, Column.Frames], _parts[row, Column.Size],
            (int)_parts.Incidents.Ports[3 * 16]));
    }

    [TestMethod]
    public void ButNotOneOutwardsOrOfAnother()
    {
        Wide();
        Assert.IsFalse(_wide.Join(Parts.Attempt(actor: Parts.Actor + 1)));
        Probe outward = Parts.Attempt();
        outward.LivingBit = -1;
        Assert.IsFalse(_wide.Join(outward));
        Probe first = Parts.Attempt();
        first.LivingBit = 0;
        Assert.IsTrue(_wide.Join(first), "the first home address is at home");
    }

    [TestMethod]
    [DataRow(Outcome.Answered, 1)]
    [DataRow(Outcome.Open, 1)]
    [DataRow(Outcome.Refused, 0)]
    [DataRow(Outcome.Unknown, 0)]
    public void AKnownHostThatAnswersElsewhereIsOneThatAnswered(int outcome, int answered)
    {
        int row = Wide();
        _wide.Join(Parts.Attempt(70));
        Assert.AreEqual((1, 0, 0, 0), _parts.Outcomes(row));
        _wide.Join(Parts.Attempt(70, port: 443, outcome: outcome));
        Assert.AreEqual((1 - answered, 0, 0, answered), _parts.Outcomes(row));
        Assert.AreEqual(-1, _parts[row, Column.Signature]);
    }

    private int Wide()
    {
        int row = _parts.Open(3, Kind.Sweep, last: 1000);
        (_parts[row, Column.IsWide], _parts[row, Column.ToldKind], _parts[row, Column.Port]) = (1, Kind.Sweep, 0);
        return row;
    }

    // All first contacts of the actor failed.
    private void Scanned()
    {
        var contacts = _parts.Tap.Part<FirstContacts>();
        for (int host = 0; host < 8; host++)
        {
            contacts.Take(Parts.Attempt(120 + host, outcome: Outcome.Refused));
        }
    }

    // Suspicions of so many hosts and of so many ports.
    private int[] Fill(int hosts, int ports)
    {
        int[] ofHosts = [.. Enumerable.Range(0, hosts).Select(i => PortWalk(20 + i, 51, 1000, (200, Outcome.Silent)))];
        int[] ofPorts = [.. Enumerable.Range(0, ports).Select(i =>
        {
            Probe probe = Parts.Attempt(port: 300 + i);
            int at = _parts.Suspect(probe);
            _parts.Suspicions.Notes.Write(at, probe, probe.Number, false);
            return at;
        })];
        return [.. ofHosts, .. ofPorts];
    }

    private int PortWalk(int host, int ttl, int first, params (int Port, int Outcome)[] attempts)
    {
        int at = _parts.PortWalk(host, attempts);
        _parts.SetCellOf(at, Suspicions.First, first);
        _parts.SetCellOf(at, Suspicions.Cover, 32 | (ttl << 8) | (ttl << 16));
        return at;
    }
}
