using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When an answer to nothing is evidence. Times are centiseconds.</summary>
[TestClass]
public sealed class UnaskedAnswersTests
{
    private const int SynAck = 18;
    private const int Reset = 20;
    private const int BareReset = 4;
    private const int Late = 100_000;

    private readonly Parts _parts = new();
    private readonly InverseMaps _maps;
    private readonly Connections _connections;

    public UnaskedAnswersTests()
    {
        _maps = _parts.Tap.Part<InverseMaps>();
        _connections = _parts.Tap.Part<Connections>();
    }

    [TestMethod]
    [DataRow(-301, 0)]
    [DataRow(-300, 1)]
    [DataRow(0, 1)]
    [DataRow(7499, 1)]
    [DataRow(7500, 0)]
    public void WhatWasForgottenWithinSeventyFiveSecondsMakesBlind(int later, int blind)
    {
        Assert.AreEqual(blind, _maps.BlindBy(Late + later, Late));
        _maps.LostAt = Late;
        Assert.AreEqual(blind * 2, _maps.BlindBy(Late + later, 0));
        Assert.AreEqual(blind * 3, _maps.BlindBy(Late + later, Late));
    }

    [TestMethod]
    public void SoDoesAMirrorOfOneDirection()
    {
        Assert.AreEqual(0, _maps.BlindBy(Late, 0));
        var mirror = _parts.Tap.Part<MirrorHealth>();
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(0, _maps.BlindBy(Late, 0));
            mirror.SeeOneWay();
        }

        Assert.AreEqual(4, _maps.BlindBy(Late, 0), "no flow shows both");
        for (int i = 0; i < 31; i++)
        {
            mirror.SeeBothWays();
        }

        Assert.AreEqual(4, _maps.BlindBy(Late, 0), "more than one in eight");
        mirror.SeeBothWays();
        Assert.AreEqual(0, _maps.BlindBy(Late, 0));
        mirror.IsOneSided = true;
        Assert.AreEqual(4, _maps.BlindBy(Late, 0));
    }

    [TestMethod]
    [DataRow(299, 0)]
    [DataRow(300, 1)]
    public void AnAnswerWaitsThreeSeconds(int later, int hosts)
    {
        _maps.Note(Answer(10, Late));
        _maps.Settle(Late + later, false);
        Assert.AreEqual(hosts, Hosts());
    }

    [TestMethod]
    public void UnlessTheReplayEnds()
    {
        _maps.Note(Answer(10, Late));
        _maps.Note(Answer(11, Late));
        _maps.Settle(Late, true);
        Assert.AreEqual(2, Hosts());
    }

    [TestMethod]
    public void AFifthIsJudgedAtTheCostOfTheOldest()
    {
        for (int i = 0; i < 4; i++)
        {
            _maps.Note(Answer(10 + i, Late));
            Assert.AreEqual(0, Hosts());
        }

        _maps.Note(Answer(13, Late));
        Assert.AreEqual(0, Hosts(), "a copy of one that waits");
        _maps.Note(Answer(14, Late));
        Assert.AreEqual(1, Hosts());
    }

    [TestMethod]
    public void OneThatGoesOnWasAskedFor()
    {
        _maps.Note(Answer(10, Late));
        Probe other = Answer(11, Late);
        Assert.IsFalse(_maps.Continues(other));
        Assert.IsTrue(_maps.Continues(Answer(10, Late)));
        Assert.IsFalse(_maps.Continues(Answer(10, Late)), "the first time");
        _maps.Settle(Late, true);
        Assert.AreEqual(0, Hosts());
        Assert.IsFalse(_maps.Continues(Answer(10, Late)), "none waits");
    }

    [TestMethod]
    public void OneWhoseQuestionCameAfterItIsItsAnswer()
    {
        foreach (int flags in new[] { SynAck, Reset })
        {
            Probe answer = Answer(10, Late, flags);
            var question = new Probe { Now = Late + 1, Version = 4, Protocol = 6, Addresses = new byte[32] };
            question.TakeEnds(answer, true);
            _connections.Seek(question);
            int entry = _connections.Add(question.ConnectionKey, question.BySmaller, Late + 1, Connections.Opening, 0);
            _maps.Note(answer);
            _maps.Settle(Late, true);
            Assert.AreEqual(0, Hosts());
            Assert.AreEqual(flags == SynAck ? Connections.Accepted : Connections.WasRefused | Connections.Ended,
                _connections.States[entry] & (Connections.Accepted | Connections.WasRefused | Connections.Ended));
            _connections.States[entry] = 0;
            System.Array.Clear(_connections.Keys);
        }
    }

    [TestMethod]
    [DataRow(SynAck, 1, 5999, 0)]
    [DataRow(SynAck, 1, 6000, 1)]
    [DataRow(Reset, 0, 0, 1)]
    [DataRow(Reset, 1, 59_999, 0)]
    [DataRow(Reset, 1, 60_000, 1)]
    [DataRow(BareReset, 0, 59_999, 0)]
    [DataRow(BareReset, 0, 60_000, 1)]
    public void EachFormNeedsItsTimeSinceTheTapBegan(int flags, int sequence, int now, int hosts)
    {
        // What may have been forgotten or lost is long ago.
        _connections.ForgotYoung = _connections.ForgotMiddle = now - 8000;
        Probe answer = Answer(10, now, flags);
        answer.Sequence = sequence;
        _maps.Note(answer);
        _maps.Settle(now, true);
        Assert.AreEqual(hosts, Hosts());
    }

    [TestMethod]
    [DataRow(SynAck, true, false, 0)]
    [DataRow(SynAck, false, true, 1)]
    [DataRow(Reset, true, false, 1)]
    [DataRow(Reset, false, true, 0)]
    public void AResetMayEndWhatIsOlderThanAQuestion(int flags, bool young, bool middle, int hosts)
    {
        _connections.ForgotYoung = young ? Late : 0;
        _connections.ForgotMiddle = middle ? Late : 0;
        _maps.Note(Answer(10, Late, flags));
        _maps.Settle(Late, true);
        Assert.AreEqual(hosts, Hosts());
    }

    [TestMethod]
    public void ThreeHostsMakeAnIncidentThatSaysAll()
    {
        int[] hosts = [10, 11, 90];
        for (int i = 0; i < 3; i++)
        {
            Probe answer = Answer(hosts[i], Late + i, i == 1 ? Reset : SynAck);
            (answer.Actor, answer.SourcePort, answer.Ttl) = ((Parts.Actor & ~255) | (66 + (i / 2)), 80 + i, 50 + i);
            _maps.Note(answer);
        }

        _maps.Settle(Late + 2, true);
        Assert.HasCount(1, _parts.Tap.Lines);
        Tapped.Has(_parts.Tap.Last, "inverse-map", "state=open src=203.0.113.0/24 srcs=2 dst=10.1.2.0/25 dsts=3 frames=3 ttl=50-52");
        Assert.AreEqual("", Tapped.Value(_parts.Tap.Last, "sport") + Tapped.Value(_parts.Tap.Last, "flags"));
        int row = 11 * Column.Count;
        Assert.AreEqual((Late, Late + 2), (_parts[row, Column.First], _parts[row, Column.Last]));

        Probe more = Answer(150, Late + 500);
        more.Actor = (Parts.Actor & ~255) | 99;
        _maps.Note(more);
        _maps.Settle(Late + 500, true);
        Assert.AreEqual((4, 4, 3, 24), (_parts[row, Column.Size], _parts[row, Column.Frames], _parts[row, Column.Sources],
            _parts[row, Column.DestinationLength]));
    }

    [TestMethod]
    public void OfOneSourceTheAddressIsTheActor()
    {
        for (int i = 0; i < 3; i++)
        {
            _maps.Note(Answer(10 + i, Late));
        }

        _maps.Settle(Late, true);
        Tapped.Has(_parts.Tap.Last, "inverse-map", "src=203.0.113.66 srcs=1 sport=80 flags=SA");
    }

    private static Probe Answer(int host, int now, int flags = SynAck)
    {
        Probe answer = Parts.Attempt(host, now, 3000);
        (answer.SourcePort, answer.Flags, answer.Sequence) = (80, flags, 1);
        return answer;
    }

    // How many hosts are noted as answered unasked by the actor's network.
    private int Hosts()
    {
        int at = _parts.Suspicions.Find(_parts.Suspicions.Keys.OfInverseMap(Parts.Actor & ~255, 4));
        return at < 0 ? 0 : _parts.CellOf(at, Suspicions.Targets);
    }
}
