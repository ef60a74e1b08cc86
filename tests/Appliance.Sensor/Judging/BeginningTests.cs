using System.Linq;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>How a suspicion begins and when it is over. Times are centiseconds.</summary>
[TestClass]
public sealed class BeginningTests
{
    private readonly Parts _parts = new();
    private readonly SuspicionStart _start;

    public BeginningTests() => _start = _parts.Tap.Part<SuspicionStart>();

    [TestMethod]
    [DataRow(6, 25_920_000, true)]
    [DataRow(6, 25_920_001, false)]
    [DataRow(256, 12_000, true)]
    [DataRow(256, 12_001, false)]
    public void ItsStoryGoesOnForThreeDaysOrOfArpTwoMinutes(int protocol, int gap, bool isLiving)
    {
        Probe probe = Parts.Attempt(now: 1000, protocol: protocol);
        int at = _parts.Suspect(probe);
        probe.Now = 1000 + gap;
        int key = _parts.Suspicions.Keys.OfSweep(probe);
        Assert.AreEqual(isLiving ? at : -1, _start.Living(key, probe));
        Assert.AreEqual(isLiving ? at : -1, _parts.Suspicions.Find(key), "what is over is forgotten");
    }

    [TestMethod]
    public void ThatOfAnIncidentUntilItIsClosed()
    {
        Probe probe = Parts.Attempt(now: 1000);
        int at = _parts.Suspect(probe);
        _parts.SetCellOf(at, Suspicions.Incident, 1);
        probe.Now = 50_000_000;
        Assert.AreEqual(at, _start.Living(_parts.Suspicions.Keys.OfSweep(probe), probe));
    }

    [TestMethod]
    public void OneThatLivesGoesOnAndElseOneBegins()
    {
        Probe probe = Parts.Attempt(now: 1000);
        int at = _start.GoOn(77, 5, probe, -1);
        Assert.AreEqual((5, 1000, 1000, 0), (_parts.CellOf(at, Suspicions.Actor), _parts.CellOf(at, Suspicions.First),
            _parts.CellOf(at, Suspicions.Last), _parts.CellOf(at, Suspicions.Attempts)));
        probe.Now = 1500;
        Assert.AreEqual(at, _start.GoOn(77, 5, probe, -1));
        Assert.AreEqual(1000, _parts.CellOf(at, Suspicions.First));
        probe.Now = 30_000_000;
        at = _start.GoOn(77, 5, probe, -1);
        Assert.AreEqual(30_000_000, _parts.CellOf(at, Suspicions.First));
    }

    [TestMethod]
    [DataRow(true, 0)]
    [DataRow(false, -2147483648)]
    public void AloneItHoldsItsOneAttempt(bool byPort, int ofHost)
    {
        Probe probe = Parts.Attempt(now: 1000);
        probe.Contacts = 6;
        int at = _start.Begin(88, probe, byPort, -1);
        Assert.AreEqual((1, 1, 1000, ofHost), (_parts.CellOf(at, Suspicions.Targets), _parts.CellOf(at, Suspicions.Attempts),
            _parts.CellOf(at, Suspicions.First), _parts.CellOf(at, Suspicions.Facts) & Suspicions.IsOfHost));
        Assert.AreEqual(byPort ? 5 : 0, _parts.Suspicions.Notes.BeforeOf(at), "whom it asked before and was answered");
        Assert.AreEqual((byPort ? Parts.NumberOf(10) : 80) << 16, _parts.CellOf(at, Suspicions.Target) & ~0xffff);
    }

    [TestMethod]
    public void WhatWasAnsweredBeforeBeginsItAndWhatCameSinceFollows()
    {
        Answered(20, 700);
        Answered(21, 800);
        Answered(22, 1200);
        Probe probe = Parts.Attempt(now: 1000);
        probe.Contacts = 4;
        int at = _start.Begin(_parts.Suspicions.Keys.OfSweep(probe), probe, true, -1);
        CollectionAssert.AreEqual(new[] { 20, 21, 10, 22 }.Select(Parts.NumberOf).ToArray(),
            _parts.Suspicions.Cells.Skip(at + Suspicions.Target).Take(4).Select(cell => (int)((uint)cell >> 16)).ToArray());
        Assert.AreEqual((700, Parts.Home + 20), (_parts.CellOf(at, Suspicions.First), _parts.CellOf(at, Suspicions.FirstTarget)));
        Assert.AreEqual(0x0301, _parts.CellOf(at, Suspicions.Counts), "three answered and one did not");
        Assert.AreEqual(0, _parts.Suspicions.Notes.BeforeOf(at));
    }

    [TestMethod]
    public void WhatCameSinceAloneDoesNotBeginIt()
    {
        Answered(22, 1200);
        int at = _start.Begin(88, Parts.Attempt(now: 1000), true, -1);
        Assert.AreEqual((1000, Parts.Home + 10, 2), (_parts.CellOf(at, Suspicions.First),
            _parts.CellOf(at, Suspicions.FirstTarget), _parts.CellOf(at, Suspicions.Targets)));
    }

    [TestMethod]
    public void AnAnswerAtTheSameTimeWasBefore()
    {
        Answered(20, 1000);
        int at = _start.Begin(88, Parts.Attempt(now: 1000), true, -1);
        Assert.AreEqual(Parts.NumberOf(20), (int)((uint)_parts.CellOf(at, Suspicions.Target) >> 16));
    }

    [TestMethod]
    [DataRow(0x0a010200, false)]
    [DataRow(0x0a0102ff, false)]
    [DataRow(0x0a010300, true)]
    public void WhoIsOutside(int address, bool isOutside) => Assert.AreEqual(isOutside, _start.IsOutside(address));

    // An attempt of the same actor at the same port was judged and answered.
    private void Answered(int host, int now)
    {
        var pending = _parts.Tap.Part<PendingAttempts>();
        Probe probe = Parts.Attempt(host, now);
        pending.Add(probe);
        pending.Pass(pending.Cells[(pending.First * PendingAttempts.Width) + PendingAttempts.Marks], true);
    }
}
