using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What further attempts do to the polling of dark hosts. Times are centiseconds.</summary>
[TestClass]
public sealed class PollingTests
{
    private readonly Parts _parts = new();
    private readonly DarkPolling _polling;
    private readonly int _row;
    private readonly int _at;

    public PollingTests()
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        _polling = _parts.Tap.Part<DarkPolling>();
        _at = _parts.Walk((10, Outcome.Dark), (11, Outcome.Dark));
        _row = _parts.Open(2, Kind.DarkHost, Parts.Attempt(11, 6000), last: 6000);
        _parts[_row, Column.ToldKind] = Kind.DarkHost;
        _parts[_row, Column.ToldFrames] = 1_000_000;
        _parts[_row, Column.ToldSize] = 1_000_000;
        _parts[_row, Column.Dark] = 2;
        _parts.Incidents.AddNew(2, Parts.NumberOf(10));
        _parts.Incidents.AddNew(2, Parts.NumberOf(11));
        _parts[_row, Column.TargetLast] = Parts.NumberOf(11);
        _parts[_row, Column.Frames] = 2;
    }

    [TestMethod]
    [DataRow(89, -1)]
    [DataRow(90, 100)]
    [DataRow(110, 100)]
    [DataRow(111, -1)]
    public void AGapThatDiffersByATenthIsNoPeriod(int gap, int period)
    {
        Ask(11, 6100);
        Assert.AreEqual(100, _parts[_row, Column.Period]);
        Ask(11, 6100 + gap);
        Assert.AreEqual(period, _parts[_row, Column.Period]);
        Ask(11, 6100 + gap + gap);
        Assert.AreEqual(period, _parts[_row, Column.Period], "and stays none");
    }

    [TestMethod]
    public void ARunIsOfOneHost()
    {
        _parts[_row, Column.RunNow] = 1;
        Ask(11, 6100);
        Ask(11, 6200);
        Assert.AreEqual((3, 3), Runs());
        Ask(10, 6300);
        Assert.AreEqual((1, 3), Runs());
        Assert.AreEqual(Parts.NumberOf(10), _parts[_row, Column.TargetLast]);
        Ask(10, 6400);
        Assert.AreEqual((2, 3), Runs());
        Ask(10, 6500);
        Ask(10, 6600);
        Assert.AreEqual((4, 4), Runs());
        Assert.AreEqual(100, _parts[_row, Column.Period]);
    }

    [TestMethod]
    [DataRow(6000, 2, 6000)]
    [DataRow(6001, 1, 0)]
    public void AMinuteIsTheLongestGapInARun(int gap, int run, int period)
    {
        _parts[_row, Column.RunNow] = 1;
        Ask(11, 6000 + gap);
        Assert.AreEqual((run, period), (_parts[_row, Column.RunNow], _parts[_row, Column.Period]));
    }

    [TestMethod]
    public void AnotherHostIsOneMoreThatIsDark()
    {
        Ask(40, 6100);
        Assert.AreEqual((3, 3), (_parts[_row, Column.Size], _parts[_row, Column.Dark]));
        Assert.AreEqual((3, 26), (_parts[_row, Column.Frames], _parts[_row, Column.DestinationLength]));
        Assert.AreEqual(1, _parts.Incidents.Asked.CountOf(2));
        Assert.AreEqual(Parts.Home + 40, _parts.Incidents.Asked.NumberAt(2, 0));
        Ask(40, 6200);
        Assert.AreEqual((3, 3, 4), (_parts[_row, Column.Size], _parts[_row, Column.Dark], _parts[_row, Column.Frames]));
    }

    [TestMethod]
    [DataRow(Outcome.Refused, 0, 1, 0)]
    [DataRow(Outcome.Answered, 0, 0, 1)]
    [DataRow(Outcome.Silent, 1, 0, 0)]
    public void WhoLivesAfterAllIsNoLongerDark(int outcome, int silent, int refused, int answered)
    {
        Ask(10, 6100, outcome);
        Assert.AreEqual((silent, 1, refused, answered), _parts.Outcomes(_row));
        Assert.AreEqual(0x02, (int)((uint)_parts.CellOf(_at, Suspicions.Cover) >> 24));
        Assert.AreEqual(0, _parts[_row, Column.IsDue]);
        Assert.AreEqual(2, _parts[_row, Column.Frames], "an attempt at a living host is no poll of a dark one");
        Ask(10, 6200, outcome);
        Assert.AreEqual((silent, 1, refused, answered), _parts.Outcomes(_row), "once");
        Ask(11, 6300, outcome);
        Assert.AreEqual(0, _parts[_row, Column.Dark]);
        Assert.AreEqual(1, _parts[_row, Column.IsDue], "nothing is dark any more: that is told");
    }

    [TestMethod]
    public void WhatIsExplainedNeedsNoLineOfItsOwn()
    {
        _parts[_row, Column.Expected] = 0;
        Ask(10, 6100, Outcome.Answered);
        Ask(11, 6200, Outcome.Answered);
        Assert.AreEqual((0, 0), (_parts[_row, Column.Dark], _parts[_row, Column.IsDue]));
    }

    [TestMethod]
    public void AStrangerThatAnswersChangesNothing()
    {
        Ask(50, 6100, Outcome.Answered);
        Assert.AreEqual((0, 2, 0, 0), _parts.Outcomes(_row));
    }

    [TestMethod]
    public void WhoWalksWasASweepAllAlong()
    {
        (_parts[_row, Column.Period], _parts[_row, Column.Run], _parts[_row, Column.RunNow]) = (5, 4, 3);
        var shared = _parts.Tap.Part<SharedTargets>();
        Probe knock = Parts.Attempt(99, port: 12345);
        int host = shared.Make(knock);
        int place = shared.PlaceFor(host, knock);
        shared.Write(place, knock);
        for (int i = 0; i < 7; i++)
        {
            Ask(30 + i, 6100 + i);
        }

        Assert.AreEqual(Kind.DarkHost, _parts[_row, Column.Kind]);
        Assert.IsTrue(shared.IsAgain(place, knock));
        Ask(37, 6110);
        Assert.AreEqual((Kind.Sweep, 0, 0, 0), (_parts[_row, Column.Kind], _parts[_row, Column.Period], _parts[_row, Column.Run],
            _parts[_row, Column.RunNow]));
        Assert.IsFalse(shared.IsAgain(place, knock), "what it did elsewhere is told here");
        Tapped.Has(_parts.Tap.Last, "sweep", "state=update dsts=10 dark=10");
    }

    [TestMethod]
    [DataRow(6, 2, true)]
    [DataRow(256, 2, false)]
    [DataRow(6, 1, false)]
    public void TwoDarkHostsAskedTwiceArePolling(int protocol, int times, bool isPolling)
    {
        _parts.SetCellOf(_at, Suspicions.AttemptsEach, 0x20 | times);
        Assert.AreEqual(isPolling, _polling.IsPolling(_at, Parts.Attempt(11, 6000, protocol: protocol)));
    }

    [TestMethod]
    [DataRow(4, 3, true)]
    [DataRow(3, 3, false)]
    [DataRow(4, 2, false)]
    public void WhereNobodyElseIsHeardFourOfThreeAttemptsAre(int hosts, int times, bool isPolling)
    {
        var parts = new Parts();
        int at = parts.Walk((10, Outcome.Dark));
        for (int i = 1; i < hosts; i++)
        {
            Probe probe = Parts.Attempt(10 + i, outcome: Outcome.Dark);
            parts.Suspicions.Notes.Write(at, probe, probe.Number, false);
        }

        parts.SetCellOf(at, Suspicions.AttemptsEach, times | (0x9999 & ~0xf));
        Assert.AreEqual(isPolling, parts.Tap.Part<DarkPolling>().IsPolling(at, Parts.Attempt()));
    }

    private (int Now, int Longest) Runs() => (_parts[_row, Column.RunNow], _parts[_row, Column.Run]);

    private void Ask(int host, int now, int outcome = Outcome.Dark) => _polling.Join(_at, 2, Parts.Attempt(host, now, outcome: outcome));
}
