using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What an incident of a restricted service keeps of its hosts, ports and actor.</summary>
[TestClass]
public sealed class RestrictedHostsTests
{
    private readonly Parts _parts = new();
    private readonly RestrictedServices _services;
    private readonly int _signature;

    public RestrictedHostsTests()
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        _services = _parts.Tap.Part<RestrictedServices>();
        _signature = Enumerable.Range(0, 3).Single(_parts.Tap.Part<SiteView>().IsOfGroup);
    }

    [TestMethod]
    public void EachHostHasItsOutcomeAndItsName()
    {
        int row = Decide(5, Outcome.Silent);
        Decide(6, Outcome.Refused);
        Decide(7, Outcome.Dark);
        Decide(8, Outcome.Answered);
        Decide(9, Outcome.Unknown);
        Assert.AreEqual((2, 1, 1, 1), _parts.Outcomes(row), "what was forgotten was not seen to be answered");
        Assert.AreEqual((5, 5, 28), (_parts[row, Column.Size], _parts[row, Column.Frames], _parts[row, Column.DestinationLength]));
        CollectionAssert.AreEqual(new[] { 8 }, _parts.Answerers(row / Column.Count));
        Assert.AreEqual(5, _parts.Incidents.Asked.CountOf(row / Column.Count));
        Assert.AreEqual((5900, 0), (_parts[row, Column.Port], _parts[row, Column.Conversed]));
    }

    [TestMethod]
    public void NobodyIsDarkBeforeOthersAreHeard()
    {
        var parts = new Parts();
        Probe probe = Attempt(5, Outcome.Dark);
        parts.Tap.Part<RestrictedServices>().Decide(probe, -1);
        Assert.AreEqual((1, 0, 0, 0), parts.Outcomes(11 * Column.Count));
    }

    [TestMethod]
    [DataRow(Outcome.Silent, Outcome.Refused, 0, 1, 0, 0)]
    [DataRow(Outcome.Silent, Outcome.Answered, 0, 0, 1, 1)]
    [DataRow(Outcome.Refused, Outcome.Answered, 0, 0, 1, 1)]
    [DataRow(Outcome.Answered, Outcome.Refused, 0, 0, 1, 1)]
    [DataRow(Outcome.Refused, Outcome.Silent, 0, 1, 0, 0)]
    [DataRow(Outcome.Silent, Outcome.Unknown, 1, 0, 0, 0)]
    [DataRow(Outcome.Silent, Outcome.Dark, 1, 0, 0, 0)]
    public void OfAHostTheBestCounts(int first, int then, int silent, int refused, int answered, int named)
    {
        int row = Decide(5, first);
        Decide(6, Outcome.Silent);
        Decide(5, then);
        Assert.AreEqual((silent + 1, 0, refused, answered), _parts.Outcomes(row));
        Assert.AreEqual((2, 3), (_parts[row, Column.Size], _parts[row, Column.Frames]));
        CollectionAssert.AreEqual(named == 0 ? [] : new[] { 5 }, _parts.Answerers(row / Column.Count));
    }

    [TestMethod]
    public void ANinthHostIsCountedAndItsLaterOutcomeIsNot()
    {
        int row = Decide(10, Outcome.Silent);
        for (int i = 1; i < 9; i++)
        {
            Decide(10 + i, Outcome.Silent);
        }

        Assert.AreEqual(9, _parts[row, Column.Silent]);
        Assert.IsTrue(_services.AnswerLate(Attempt(17), Outcome.Answered), "the eighth");
        Assert.AreEqual((8, 0, 0, 1), _parts.Outcomes(row));
        Assert.IsFalse(_services.AnswerLate(Attempt(18), Outcome.Answered), "the ninth");
        Decide(18, Outcome.Silent);
        Assert.AreEqual((9, 10), (_parts[row, Column.Size], _parts[row, Column.Frames]));
    }

    [TestMethod]
    public void AConversationIsWorseThanAnAnswer()
    {
        int row = Decide(5, Outcome.Silent);
        Assert.IsTrue(_services.AnswerLate(Attempt(5), Outcome.Answered));
        Assert.AreEqual(0, _parts[row, Column.Conversed]);
        Assert.IsTrue(_services.AnswerLate(Attempt(5), Outcome.Open));
        Assert.AreEqual(1, _parts[row, Column.Conversed]);
        Assert.AreEqual((0, 0, 0, 1), _parts.Outcomes(row), "it is one host");
        Tapped.Has(_parts.Tap.Last, "restricted-service", "state=update severity=4");
    }

    [TestMethod]
    public void AnAnswerOfAnotherPortActorOrHostIsNone()
    {
        Assert.IsFalse(_services.AnswerLate(Attempt(5), Outcome.Answered));
        int row = Decide(5, Outcome.Silent);
        Probe other = Attempt(5);
        other.Port = 5901;
        Assert.IsFalse(_services.AnswerLate(other, Outcome.Answered));
        other = Attempt(5);
        other.Actor++;
        Assert.IsFalse(_services.AnswerLate(other, Outcome.Answered));
        other = Attempt(5);
        other.Version = 6;
        Assert.IsFalse(_services.AnswerLate(other, Outcome.Answered));
        Assert.IsFalse(_services.AnswerLate(Attempt(6), Outcome.Answered));
        _parts[row, Column.Kind] = Kind.SuspectService;
        Assert.IsFalse(_services.AnswerLate(Attempt(5), Outcome.Answered));
        Assert.AreEqual((1, 0, 0, 0), _parts.Outcomes(row));
    }

    [TestMethod]
    public void OneRuleForThreePortsListsThem()
    {
        int row = Decide(5, Outcome.Silent);
        Assert.AreEqual((5900, 0), (_parts[row, Column.Port], _parts[row, Column.Ports]));
        Decide(5, Outcome.Silent, 5902);
        Decide(6, Outcome.Silent, 5901);
        Decide(6, Outcome.Silent, 5902);
        Assert.AreEqual((0, 3), (_parts[row, Column.Port], _parts[row, Column.Ports]));
        CollectionAssert.AreEqual(new[] { 5900, 5901, 5902 },
            _parts.Incidents.Ports.Skip(row / Column.Count * 16).Take(3).Select(port => (int)port).ToArray());
        foreach (int port in new[] { 5900, 5901, 5902, 5903 })
        {
            Probe late = Attempt(5);
            late.Port = port;
            Assert.AreEqual(port < 5903, _services.AnswerLate(late, Outcome.Refused), $"port {port}");
        }
    }

    [TestMethod]
    public void WhoAsksElsewhereDidNotChooseTheseHosts()
    {
        int row = Decide(5, Outcome.Silent);
        Assert.AreEqual(0, _parts[row, Column.AttemptedOthers]);
        Probe other = Attempt(50);
        other.Port = 5901;
        _services.NoteOther(other);
        Assert.AreEqual(0, _parts[row, Column.AttemptedOthers], "another port");
        _services.NoteOther(Attempt(50));
        Assert.AreEqual(1, _parts[row, Column.AttemptedOthers]);
    }

    [TestMethod]
    [DataRow(Kind.Sweep, 1)]
    [DataRow(Kind.PortScan, 1)]
    [DataRow(Kind.SuspectService, 0)]
    public void NorDidWhoWalks(int kind, int others)
    {
        _parts.Open(0, kind, Attempt(90));
        int row = Decide(5, Outcome.Silent);
        Assert.AreEqual(others, _parts[row, Column.AttemptedOthers]);
    }

    [TestMethod]
    public void OrIsSuspectedOfTheSamePort()
    {
        Probe probe = Attempt(5);
        _services.Decide(probe, _parts.Suspect(Attempt(90)));
        Assert.AreEqual(1, _parts[11 * Column.Count, Column.AttemptedOthers]);
    }

    [TestMethod]
    [DataRow(true, Outcome.Silent, 0)]
    [DataRow(false, Outcome.Silent, 0)]
    [DataRow(true, Outcome.Open, 1)]
    [DataRow(false, Outcome.Open, 1)]
    public void ASweepOrPortScanTellsOfItUnlessTheyTalk(bool byPort, int outcome, int incidents)
    {
        int at = _parts.Suspect(Attempt(5), byPort);
        _parts.Open(0, byPort ? Kind.Sweep : Kind.PortScan, Attempt(90));
        _parts.SetCellOf(at, Suspicions.Incident, 1);
        _services.Decide(Attempt(5, outcome), byPort ? at : -1);
        Assert.AreEqual(incidents, _parts.Incidents.Opened[Kind.RestrictedService]);
    }

    [TestMethod]
    [DataRow(Kind.Sweep, 5900, 5, 0, 0, true, DisplayName = "a sweep over its port")]
    [DataRow(Kind.Sweep, 5901, 5, 0, 0, false, DisplayName = "over another port")]
    [DataRow(Kind.Sweep, 5900, 5, 0, 1, false, DisplayName = "a conversation stays")]
    [DataRow(Kind.PortScan, 99, 5, 0, 0, true, DisplayName = "a port scan of its host")]
    [DataRow(Kind.PortScan, 99, 6, 0, 0, false, DisplayName = "of another host")]
    [DataRow(Kind.PortScan, 99, 5, 1, 0, false, DisplayName = "of one of its hosts")]
    public void AWalkTakesItIn(int kind, int port, int host, int more, int conversed, bool isFolded)
    {
        int row = Decide(5, Outcome.Silent);
        if (more > 0)
        {
            Decide(7, Outcome.Silent);
        }

        _parts[row, Column.Conversed] = conversed;
        Probe walk = Attempt(host);
        walk.Port = port;
        _parts.Open(0, kind, walk);
        _services.Fold(0, walk, Kind.DarkHost);
        Assert.AreEqual(0, _parts[row, Column.AttemptedOthers], "only walks do");
        _services.Fold(0, walk, kind);
        Assert.AreEqual((isFolded, isFolded ? 0 : 1), (_parts[row, Column.Id] == 0, _parts[row, Column.AttemptedOthers]));
        Assert.AreEqual(isFolded ? 1 : 0, _parts.Tap.Lines.Count(line => Tapped.Value(line, "state") == "folded"));
    }

    private Probe Attempt(int host, int outcome = Outcome.Silent)
    {
        Probe probe = Parts.Attempt(host, 6000, 5900, outcome: outcome);
        (probe.Signature, probe.IsRestricted) = (_signature, true);
        return probe;
    }

    private int Decide(int host, int outcome, int port = 5900)
    {
        Probe probe = Attempt(host, outcome);
        probe.Port = port;
        _services.Decide(probe, -1);
        return 11 * Column.Count;
    }
}
