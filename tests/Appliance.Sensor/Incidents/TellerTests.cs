using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>The life of an incident: when it is told, when it ends, and what is freed with it. Times are centiseconds.</summary>
[TestClass]
public sealed class TellerTests : IAlertSink
{
    private const int Second = 100;
    private const int Minute = 6000;
    private const int Day = 24 * 60 * Minute;

    private readonly IncidentTable _incidents = new();
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared = new();
    private readonly Broadcasts _broadcasts;
    private readonly Teller _teller;
    private readonly List<string> _lines = [];
    private int _now;

    public TellerTests()
    {
        var hash = new KeyedHash(1);
        var table = new SignatureTable { HomeCriticality = 1 };
        _suspicions = new Suspicions(hash);
        _broadcasts = new Broadcasts(hash);
        var severity = new Severity(_incidents, table);
        var writer = new AlertWriter(_incidents, severity, table, new LineOrigin(32473));
        _teller = new Teller(_incidents, new IncidentOwners(_suspicions, _shared, _broadcasts), new TargetLists(), writer,
            severity, this, table);
    }

    public void Alert(byte[] line, int length, int severity) => _lines.Add(Encoding.ASCII.GetString(line, 0, length));

    [TestMethod]
    public void AnIncidentIsToldWhenItOpens()
    {
        int record = Open();
        Assert.IsEmpty(_lines);
        _teller.Consider(record);
        CollectionAssert.AreEqual(new[] { "open" }, States());
        _teller.Consider(record);
        CollectionAssert.AreEqual(new[] { "open" }, States());
    }

    [TestMethod]
    public void ThenAtTwiceItsFrames()
    {
        int record = Told(frames: 10, size: 5);
        Go(20 * Second);
        Grow(record, 19, 5);
        CollectionAssert.AreEqual(new[] { "open" }, States());
        Grow(record, 20, 5);
        CollectionAssert.AreEqual(new[] { "open", "update" }, States());
        Go(40 * Second);
        Grow(record, 39, 5);
        Grow(record, 40, 5);
        Assert.HasCount(3, _lines);
    }

    [TestMethod]
    public void OrTwiceItsSize()
    {
        int record = Told(frames: 10, size: 5);
        Go(20 * Second);
        Grow(record, 11, 9);
        Assert.HasCount(1, _lines);
        Grow(record, 12, 10);
        Assert.HasCount(2, _lines);
    }

    [TestMethod]
    public void AtMostOnceInTenSeconds()
    {
        int record = Told(frames: 10, size: 5);
        Go((10 * Second) - 1);
        Grow(record, 30, 5);
        Assert.HasCount(1, _lines);
        Assert.AreEqual(1, At(record, Column.IsDue));
        Go((10 * Second) - 1);
        Assert.HasCount(1, _lines);
        Go(10 * Second);
        Assert.HasCount(2, _lines, "it waited for that");
        Assert.AreEqual(0, At(record, Column.IsDue));
        Go(90 * Second);
        Assert.HasCount(2, _lines);
    }

    [TestMethod]
    public void WhatIsWorseIsToldAtOnce()
    {
        int record = Told(frames: 10, size: 5);
        Set(record, Column.MayBeWorse, 1);
        _teller.Consider(record);
        Assert.HasCount(1, _lines, "it might have been");
        Assert.AreEqual(0, At(record, Column.MayBeWorse));
        Set(record, Column.MayBeWorse, 1);
        Set(record, Column.Answered, 1);
        _teller.Consider(record);
        CollectionAssert.AreEqual(new[] { "open", "update" }, States());
        Assert.AreEqual(5, At(record, Column.ToldSeverity));
    }

    [TestMethod]
    public void SoIsAnotherKind()
    {
        int record = Told(frames: 10, size: 5);
        Set(record, Column.Port, 0);
        _incidents.ListPort(record, 22);
        _incidents.ListPort(record, 23);
        _teller.Consider(record);
        CollectionAssert.AreEqual(new[] { "open", "update" }, States());
        StringAssert.Contains(_lines[1], " scan [", System.StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatIsExplainedIsToldOnceADay()
    {
        int record = Open();
        _teller.Consider(record);
        Set(record, Column.Expected, 0);
        Assert.HasCount(1, _lines);
        Go(Day - 1);
        Grow(record, 5000, 200, doConsider: false);
        Assert.AreEqual(1, At(record, Column.ToldSize));
        Assert.HasCount(1, _lines);
    }

    [TestMethod]
    public void AStoryEndsAfterSevenDaysOfSilence()
    {
        int record = Told(frames: 10, size: 5);
        int at = Owner(record);
        Go(7 * Day);
        CollectionAssert.AreEqual(new[] { "open" }, States());
        Go((7 * Day) + Minute);
        CollectionAssert.AreEqual(new[] { "open", "closed" }, States());
        Assert.AreEqual((0, 0), (At(record, Column.Id), _incidents.OpenCount));
        Assert.AreEqual(-1, _suspicions.Find(4711), "its suspicion goes with it");
        Assert.AreEqual(0, _suspicions.Cells[at + Suspicions.Incident]);
    }

    [TestMethod]
    public void EndsAreLookedForOnceAMinute()
    {
        int record = Told(frames: 10, size: 5);
        Go(7 * Day);
        Go((7 * Day) + 1);
        Assert.HasCount(1, _lines);
        Go((7 * Day) + Minute - 1);
        Assert.HasCount(1, _lines);
        Go((7 * Day) + Minute);
        Assert.HasCount(2, _lines);
        Assert.AreEqual(0, At(record, Column.Id));
    }

    [TestMethod]
    public void LinesThatComeDueAtOnceAreWrittenOneATurn()
    {
        int[] records = [.. Enumerable.Range(0, 6).Select(i => Told(frames: 10, size: 5, actor: 10 + i))];
        Go(9 * Second);
        foreach (int record in records)
        {
            Grow(record, 30, 5);
        }

        Assert.HasCount(6, _lines);
        for (int turn = 1; turn <= 6; turn++)
        {
            Go((10 * Second) + (25 * turn));
            Assert.HasCount(6 + turn, _lines);
        }

        Go(12 * Second);
        CollectionAssert.AreEquivalent(new[] { "1", "2", "3", "4", "5", "6" }, _lines.Skip(6).Select(line => Value(line, "id")).ToArray());
    }

    [TestMethod]
    public void StoriesThatEndAtOnceAreClosedOneATurn()
    {
        for (int i = 0; i < 6; i++)
        {
            Told(frames: 10, size: 5, actor: 10 + i);
        }

        Go(7 * Day);
        for (int turn = 0; turn < 6; turn++)
        {
            Assert.AreEqual(6 - turn, _incidents.OpenCount);
            Go((7 * Day) + Minute + (25 * turn));
            Assert.HasCount(7 + turn, _lines);
        }

        Assert.AreEqual(0, _incidents.OpenCount);
    }

    [TestMethod]
    public void WhereTimeLeapsAllThatIsOverIsClosedBeforeAnybodyGoesOnWithIt()
    {
        for (int i = 0; i < 5; i++)
        {
            Told(frames: 10, size: 5, actor: 10 + i);
        }

        Set(Told(frames: 10, size: 5, actor: 20), Column.Last, 3 * Day);
        Go(9 * Day);
        Assert.AreEqual(1, _incidents.OpenCount);
        Assert.HasCount(11, _lines);
    }

    [TestMethod]
    public void OneThatGoesOnStaysOpen()
    {
        int record = Told(frames: 10, size: 5);
        Set(record, Column.Last, 3 * Day);
        Go(10 * Day);
        Assert.AreEqual(1, _incidents.OpenCount);
        Go((10 * Day) + Minute);
        Assert.AreEqual(0, _incidents.OpenCount);
    }

    [TestMethod]
    public void AllAreClosedInTheOrderOfTheirOpening()
    {
        for (int i = 0; i < 4; i++)
        {
            _teller.Consider(Open(actor: 10 + i));
        }

        _lines.Clear();
        _teller.CloseAll();
        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4" }, _lines.Select(line => Value(line, "id")).ToArray());
        Assert.IsTrue(States().All(state => state == "closed"));
    }

    [TestMethod]
    public void WhatWasNeverToldIsNotClosedAloud()
    {
        Open();
        _teller.CloseAll();
        Assert.IsEmpty(_lines);
        Assert.AreEqual(0, _incidents.OpenCount);
    }

    [TestMethod]
    public void AFoldedIncidentNamesTheOneThatTellsOfIt()
    {
        int first = Told(frames: 10, size: 5);
        int second = Told(frames: 10, size: 5);
        _teller.Fold(first, second);
        Assert.AreEqual("folded", States()[^1]);
        Assert.AreEqual("2", Value(_lines[^1], "into"));
        Assert.AreEqual((0, 2), (At(first, Column.Id), At(second, Column.Id)));
    }

    [TestMethod]
    public void ASeventhOfAKindClosesTheLeastOfIt()
    {
        for (int i = 0; i < 6; i++)
        {
            Told(frames: 10, size: i == 3 ? 4 : 5, actor: 10 + i);
        }

        int record = Open(actor: 99);
        Assert.AreEqual("closed", States()[^1]);
        Assert.AreEqual("4", Value(_lines[^1], "id"));
        Assert.AreEqual((7, 99), (At(record, Column.Id), At(record, Column.Actor)));
        Assert.AreEqual(6, _incidents.OpenCount);
    }

    [TestMethod]
    public void AnIncidentOfTheSameActorIsRelated()
    {
        Told(frames: 1, size: 1, actor: 5);
        Told(frames: 1, size: 1, actor: 6);
        int newest = Told(frames: 1, size: 1, actor: 5);
        int again = Open(actor: 5);
        _teller.Relate(again);
        Assert.AreEqual(At(newest, Column.Id), At(again, Column.Related));
        int stranger = Open(actor: 7);
        _teller.Relate(stranger);
        Assert.AreEqual(0, At(stranger, Column.Related));
        Set(again, Column.Related, 1);
        _teller.Relate(again);
        Assert.AreEqual(1, At(again, Column.Related), "what is related stays so");
    }

    [TestMethod]
    public void ADistributedProbeHasNoActor()
    {
        Told(frames: 1, size: 1, actor: 5);
        int probe = Open(actor: 5, kind: Kind.DistributedProbe);
        _teller.Relate(probe);
        Assert.AreEqual(0, At(probe, Column.Related));
        int sweep = Open(actor: 5);
        Set(0, Column.Id, At(0, Column.Id));
        _teller.Relate(sweep);
        Assert.AreEqual(1, At(sweep, Column.Related), "nor is it related to others");
    }

    [TestMethod]
    public void AClosedSweepOfEightIsRememberedForItsActor()
    {
        int record = Told(frames: 10, size: 8, actor: 5);
        _teller.CloseAll();
        int again = Open(actor: 5);
        _teller.Relate(again);
        Assert.AreEqual(1, At(again, Column.Related));
        Assert.AreEqual(record, again, "the record itself is free again");
    }

    [TestMethod]
    public void OneOfSevenIsNot()
    {
        Told(frames: 10, size: 7, actor: 5);
        _teller.CloseAll();
        int again = Open(actor: 5);
        _teller.Relate(again);
        Assert.AreEqual(0, At(again, Column.Related));
    }

    [TestMethod]
    public void SixteenSourcesOfADistributedProbeAreNamedOneByOne()
    {
        int record = Open(kind: Kind.DistributedProbe);
        _teller.Consider(record);
        for (int source = 2; source <= 40; source++)
        {
            Set(record, Column.Sources, source);
            Set(record, Column.Size, source);
            Set(record, Column.Frames, source);
            _teller.NameSource(record, new Probe { Version = 4, Actor = 0x0a000000 + source }, true);
        }

        Assert.HasCount(16, _lines);
        Assert.AreEqual("10.0.0.16", Value(_lines[^1], "src"));
    }

    [TestMethod]
    public void AKnownSourceThatComesAgainIsNotNamed()
    {
        int record = Open(kind: Kind.DistributedProbe);
        _teller.Consider(record);
        Set(record, Column.Sources, 3);
        _teller.NameSource(record, new Probe { Version = 4, Actor = 0x0a000003 }, false);
        Assert.HasCount(1, _lines);
    }

    [TestMethod]
    public void TheHostOfAClosedDistributedProbeIsFree()
    {
        var knock = new Probe { Version = 4, Target = 9, Actor = 1, Now = 5 };
        int host = _shared.Make(knock);
        int record = Open(kind: Kind.DistributedProbe);
        _shared.Cells[host + SharedTargets.Incident] = record + 1;
        _teller.CloseAll();
        Assert.AreEqual(-1, _shared.Find(knock));
    }

    [TestMethod]
    public void TheSenderOfAClosedBroadcastIsFree()
    {
        int record = Open(kind: Kind.Broadcast);
        int place = _broadcasts.Note(new Probe { Actor = 1, Port = 1600, Protocol = 17, Now = 5 });
        _broadcasts.Tie(place, record);
        Set(record, Column.Owner, place);
        Assert.AreEqual(record, _broadcasts.IncidentOf(place));
        _teller.CloseAll();
        Assert.AreEqual(-1, _broadcasts.IncidentOf(place));
    }

    private int Owner(int record)
    {
        int at = _suspicions.Add(4711, 1, 0, -1);
        _suspicions.Cells[at + Suspicions.Incident] = record + 1;
        Set(record, Column.Owner, at);
        return at;
    }

    private int Told(int frames, int size, int actor = 1)
    {
        int record = Open(actor);
        Set(record, Column.Frames, frames);
        Set(record, Column.Size, size);
        _teller.Consider(record);
        return record;
    }

    private int Open(int actor = 1, int kind = Kind.Sweep)
    {
        int record = _teller.Open(kind, new Probe
        {
            Version = 4,
            Actor = actor,
            Target = 2,
            Protocol = 6,
            Port = 80,
            Signature = -1,
            Expected = -1,
            Now = _now,
        });
        Set(record, Column.Port, 80);
        Set(record, Column.Frames, 1);
        Set(record, Column.Size, 1);
        return record;
    }

    private void Go(int now)
    {
        _now = now;
        _teller.Tick(now);
    }

    private void Grow(int record, int frames, int size, bool doConsider = true)
    {
        Set(record, Column.Frames, frames);
        Set(record, Column.Size, size);
        if (doConsider)
        {
            _teller.Consider(record);
        }
    }

    private void Set(int record, int column, int value) => _incidents.Cells[(record * Column.Count) + column] = value;

    private int At(int record, int column) => _incidents.Cells[(record * Column.Count) + column];

    private string[] States() => [.. _lines.Select(line => Value(line, "state"))];

    private static string Value(string line, string name)
    {
        int at = line.IndexOf($" {name}=\"", System.StringComparison.Ordinal);
        Assert.IsGreaterThan(0, at, $"{name} in {line}");
        at += name.Length + 3;
        return line[at..line.IndexOf('"', at)];
    }
}
