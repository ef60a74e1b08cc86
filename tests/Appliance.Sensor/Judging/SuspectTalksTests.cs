using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which talks at a suspect port are told. Times are centiseconds.</summary>
[TestClass]
public sealed class SuspectTalksTests
{
    private const int Row = 11 * Column.Count;

    private readonly Parts _parts = new();
    private readonly SuspectServices _services;
    private readonly int _trojan;
    private readonly int _datagram;
    private readonly int _service;

    public SuspectTalksTests()
    {
        _services = _parts.Tap.Part<SuspectServices>();
        SignatureTable table = _parts.Tap.Part<SiteView>().Table;
        int Of(int sid) => Enumerable.Range(0, 3).Single(signature => table.Sid(signature) == sid);
        (_trojan, _datagram, _service) = (Of(1), Of(2), Of(3));
    }

    [TestMethod]
    [DataRow(Outcome.Open, true, 1)]
    [DataRow(Outcome.Open, false, 0)]
    [DataRow(Outcome.Silent, true, 0)]
    [DataRow(Outcome.Refused, true, 0)]
    public void AConversationOfASuspectAttemptIs(int outcome, bool isSuspect, int told)
    {
        Probe probe = Attempt(outcome);
        probe.IsSuspect = isSuspect;
        _services.Decide(probe);
        Assert.AreEqual(told, Told());
    }

    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(18, 1)]
    [DataRow(3, 0)]
    [DataRow(6, 0)]
    [DataRow(0, 0)]
    public void WhatImpossibleFlagsReachMayBeAnyService(int flags, int told)
    {
        Probe probe = Attempt(Outcome.Open);
        probe.Flags = flags;
        _services.Decide(probe);
        Assert.AreEqual(told, Told());
    }

    [TestMethod]
    public void WithoutANameOrByAGroupsServiceItIsNone()
    {
        Probe probe = Attempt(Outcome.Open);
        probe.Signature = -1;
        _services.Decide(probe);
        probe.Signature = _service;
        _services.Decide(probe);
        Assert.AreEqual(0, Told());
    }

    [TestMethod]
    [DataRow(1023, 7499, 0)]
    [DataRow(1024, 7499, 1)]
    [DataRow(1023, 7500, 1)]
    public void AServersDatagramMayAnswerWhatCameBeforeTheTap(int sourcePort, int now, int told)
    {
        Probe probe = Attempt(Outcome.Open, 17, _datagram, now);
        probe.SourcePort = sourcePort;
        _services.Decide(probe);
        Assert.AreEqual(told, Told());
    }

    [TestMethod]
    public void WhatIsToldHasThePortAndTheHost()
    {
        _services.Decide(Attempt(Outcome.Open));
        Assert.AreEqual((12345, 1, 1, 1), (_parts[Row, Column.Port], _parts[Row, Column.Size], _parts[Row, Column.Frames],
            _parts[Row, Column.Answered]));
        Probe other = Attempt(Outcome.Open, now: 8500);
        (other.Target, other.Number) = (Parts.Home + 90, Parts.NumberOf(90));
        _services.Decide(other);
        _services.Decide(other);
        Assert.AreEqual((2, 3, 2, 25, 8500), (_parts[Row, Column.Size], _parts[Row, Column.Frames], _parts[Row, Column.Answered],
            _parts[Row, Column.DestinationLength], _parts[Row, Column.Last]));
        Assert.AreEqual(1, Told());
    }

    [TestMethod]
    public void AnotherActorsTalkIsAnother()
    {
        _services.Decide(Attempt(Outcome.Open));
        Probe other = Attempt(Outcome.Open);
        other.Actor++;
        _services.Decide(other);
        Assert.AreEqual(2, Told());
    }

    [TestMethod]
    [DataRow(0, 17, false, 0)]
    [DataRow(1, 17, false, 1)]
    [DataRow(1, 6, true, 0)]
    public void ALateAnswerOfADatagramIsATalk(int suspects, int protocol, bool watches, int told)
    {
        Probe attempt = Attempt(Outcome.Silent, protocol, _datagram);
        int at = _parts.Suspect(attempt);
        _parts.SetCellOf(at, Suspicions.Counts, suspects << 16);
        var answer = new Probe { Signature = -1 };
        answer.TakeEnds(attempt, true);
        Assert.AreEqual(watches, _services.AnswerLate(attempt, answer, at));
        Assert.AreEqual(told, Told());
        Assert.IsFalse(_services.AnswerLate(attempt, answer, -1));
        if (told > 0)
        {
            Assert.AreEqual((Parts.Actor, Parts.Home + 10, 31337), (_parts[Row, Column.Actor], _parts[Row, Column.Destination],
                _parts[Row, Column.Port]));
            Assert.AreEqual(_datagram, _parts[Row, Column.Signature]);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ALaterConversationIsToldByItsOpener(bool fromOpener)
    {
        Probe attempt = Attempt(Outcome.Answered);
        _parts.Suspect(attempt);
        var frame = new Probe { Signature = -1 };
        frame.TakeEnds(attempt, !fromOpener);
        _services.Converse(frame, fromOpener);
        Assert.AreEqual((Parts.Actor, Parts.Home + 10, 12345, 4000), (_parts[Row, Column.Actor], _parts[Row, Column.Destination],
            _parts[Row, Column.Port], _parts[Row, Column.SourcePort]));
        Assert.AreEqual((_trojan, 2, 0), (_parts[Row, Column.Signature], _parts[Row, Column.Flags], _parts[Row, Column.TtlLow]));
        Assert.AreEqual(1, Told());
    }

    [TestMethod]
    [DataRow(true, 31337, false, false, 1)]
    [DataRow(true, 31338, false, false, 0)]
    [DataRow(false, 31337, false, false, 0)]
    [DataRow(true, 31337, true, true, 1)]
    public void WhereBothEndsUseTheSuspectPortItDoesNotMatterWhoSpokeFirst(bool isNamed, int sourcePort, bool fromHome,
        bool toHome, int told)
    {
        Probe answer = Attempt(Outcome.Silent, 17, isNamed ? _datagram : -1);
        (answer.SourcePort, answer.FromHome, answer.ToHome) = (sourcePort, fromHome, toHome);
        _services.AnswerAtOnce(answer);
        Assert.AreEqual(told, Told());
    }

    private Probe Attempt(int outcome, int protocol = 6, int? signature = null, int now = 8000)
    {
        Probe probe = Parts.Attempt(now: now, port: protocol == 6 ? 12345 : 31337, protocol: protocol, outcome: outcome);
        (probe.Signature, probe.IsSuspect) = (signature ?? _trojan, true);
        return probe;
    }

    private int Told() => _parts.Incidents.Opened[Kind.SuspectService];
}
