using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What came of an incident's targets is counted once, and taken back when it turns out otherwise.</summary>
[TestClass]
public sealed class OutcomeCountsTests
{
    private const int Record = 2;
    private const int Row = Record * Column.Count;

    private static readonly Probe Answer = new() { Version = 4, Protocol = 6, Actor = 9, Target = 0x0a000005, Number = 5, Port = 104 };

    private readonly IncidentTable _incidents = new();
    private readonly Suspicions _suspicions;
    private readonly OutcomeCounts _counts;

    public OutcomeCountsTests()
    {
        var hash = new KeyedHash(1);
        _suspicions = new Suspicions(hash);
        _counts = new OutcomeCounts(_incidents, _suspicions, new SiteView(new SignatureTable(), hash, new Hosts(hash)));
    }

    [TestMethod]
    public void EachOutcomeHasItsCount()
    {
        foreach (int outcome in new[] { Outcome.Silent, Outcome.Refused, Outcome.Answered, Outcome.Open })
        {
            _counts.Count(Row, new Probe { Outcome = outcome }, 3);
        }

        Assert.AreEqual((3, 0, 3, 6), Counted());
        Assert.AreEqual(1, _incidents.Cells[Row + Column.MayBeWorse], "what answers may be worse");
    }

    [TestMethod]
    public void NobodyIsDarkBeforeEnoughIsKnown()
    {
        _counts.Count(Row, new Probe { Outcome = Outcome.Dark }, 1);
        Assert.AreEqual((1, 0, 0, 0), Counted());
    }

    [TestMethod]
    public void ALateAnswerTakesASilentTargetBack()
    {
        Fill(silent: 4, dark: 2);
        Assert.IsTrue(_counts.TakeBack(Record, Answer, false, Outcome.Answered));
        Assert.AreEqual((3, 2, 0, 1), Counted());
        Assert.IsTrue(_counts.TakeBack(Record, Answer, true, Outcome.Refused));
        Assert.AreEqual((3, 1, 1, 1), Counted());
    }

    [TestMethod]
    public void WhatWasCountedBeforeItsIncidentOpenedIsTakenFromTheOther()
    {
        Fill(silent: 0, dark: 1);
        Assert.IsTrue(_counts.TakeBack(Record, Answer, false, Outcome.Answered));
        Assert.AreEqual((0, 0, 0, 1), Counted());
        Assert.IsFalse(_counts.TakeBack(Record, Answer, false, Outcome.Answered), "nothing is left to take back");
        Assert.AreEqual((0, 0, 0, 1), Counted());
    }

    [TestMethod]
    public void OnlyWalksAreTakenBack()
    {
        Fill(silent: 3, dark: 0);
        _incidents.Cells[Row + Column.Kind] = Kind.DistributedProbe;
        Assert.IsFalse(_counts.TakeBack(Record, Answer, false, Outcome.Answered));
        Assert.AreEqual((3, 0, 0, 0), Counted());
    }

    [TestMethod]
    public void AHostThatAnswersElsewhereIsOneThatAnswered()
    {
        Fill(silent: 2, dark: 5);
        int scan = _suspicions.Add(_suspicions.Keys.OfPortScan(Answer), 1, 0, -1);
        _suspicions.Cells[scan + Suspicions.Incident] = Record + 1;
        _counts.AnswerElsewhere(Record, Answer);
        Assert.AreEqual((2, 4, 0, 1), Counted());
        _counts.AnswerElsewhere(Record, Answer);
        Assert.AreEqual((2, 4, 0, 1), Counted(), "once a host");
        _suspicions.Remove(scan);
        _counts.AnswerElsewhere(Record, Answer);
        Assert.AreEqual((2, 4, 0, 1), Counted(), "of hosts without a suspicion of their own one stands for all");
    }

    [TestMethod]
    public void OfPortsThatBecomeHostsTheBestOutcomesStay()
    {
        Fill(silent: 9, dark: 0);
        _incidents.Cells[Row + Column.Refused] = 2;
        _incidents.Cells[Row + Column.Answered] = 1;
        _counts.Cap(Row, 4);
        Assert.AreEqual((1, 0, 2, 1), Counted());
    }

    private void Fill(int silent, int dark)
    {
        _incidents.Cells[Row + Column.Silent] = silent;
        _incidents.Cells[Row + Column.Dark] = dark;
    }

    private (int Silent, int Dark, int Refused, int Answered) Counted() =>
        (_incidents.Cells[Row + Column.Silent], _incidents.Cells[Row + Column.Dark], _incidents.Cells[Row + Column.Refused],
            _incidents.Cells[Row + Column.Answered]);
}
