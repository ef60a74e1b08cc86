using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>Hosts on whose suspect ports several knock: what is kept of each knock, and who makes room. Times are
/// centiseconds.</summary>
[TestClass]
public sealed class SharedTargetsTests
{
    private const int ThreeDays = 3 * 24 * 60 * 6000;

    private readonly SharedTargets _shared = new();

    [TestMethod]
    public void AHostIsFoundByAddressAndVersion()
    {
        int at = _shared.Make(Knock(5, 1));
        Assert.AreEqual(at, _shared.Find(Knock(5, 9)));
        Assert.AreEqual(-1, _shared.Find(Knock(6, 1)));
        Probe six = Knock(5, 1);
        six.Version = 6;
        Assert.AreEqual(-1, _shared.Find(six));
    }

    [TestMethod]
    public void AKnockIsReadAsItCame()
    {
        Probe knock = Knock(5, 1, 1234, 31337);
        knock.Fine = 321;
        knock.Flags = 2;
        knock.Ttl = 51;
        knock.Signature = 40;
        knock.LivingBit = 17;
        knock.Outcome = Outcome.Answered;
        int at = _shared.Make(knock);
        int place = _shared.PlaceFor(at, knock);
        _shared.Write(place, knock);
        var read = new Probe { SourcePort = 9, Identification = 9, IsRestricted = true, Expected = 3 };
        _shared.Read(at, place, read);
        Assert.AreEqual((1234, 321, 4, 1, 5), (read.Now, read.Fine, read.Version, read.Actor, read.Target));
        Assert.AreEqual((6, 0, 31337, 51, 2), (read.Protocol, read.SourcePort, read.Port, read.Ttl, read.Flags));
        Assert.AreEqual((0, 40, -1, 17), (read.Identification, read.Signature, read.Expected, read.LivingBit));
        Assert.AreEqual((true, false, Outcome.Answered), (read.IsSuspect, read.IsRestricted, read.Outcome));
        Assert.AreEqual(1, _shared.TimesOf(place));
    }

    [TestMethod]
    [DataRow(Outcome.Silent)]
    [DataRow(Outcome.Refused)]
    [DataRow(Outcome.Dark)]
    public void WhatDidNotAnswerWasSilent(int outcome)
    {
        Probe knock = Knock(5, 1);
        knock.Outcome = outcome;
        int at = _shared.Make(knock);
        _shared.Write(_shared.PlaceFor(at, knock), knock);
        var read = new Probe();
        _shared.Read(at, _shared.PlaceFor(at, knock), read);
        Assert.AreEqual(Outcome.Silent, read.Outcome);
    }

    [TestMethod]
    public void TheSameActorAtTheSamePortHasItsPlace()
    {
        int at = Host(5, (1, 100, 80), (2, 200, 80), (1, 300, 81));
        int place = _shared.PlaceFor(at, Knock(5, 1, 400, 80));
        Assert.AreEqual(100, _shared.Cells[place + SharedTargets.When]);
        Assert.IsTrue(_shared.IsAgain(place, Knock(5, 1, 400, 80)));
        Assert.IsFalse(_shared.IsAgain(place, Knock(5, 1, 400, 81)));
        Assert.IsFalse(_shared.IsAgain(place, Knock(5, 2, 400, 80)));
        _shared.ForgetProbe(place);
        Assert.IsFalse(_shared.IsAgain(place, Knock(5, 1, 400, 80)), "a free place is nobody's");
        Assert.AreEqual(0, _shared.Cells[_shared.PlaceFor(at, Knock(5, 3)) + SharedTargets.When], "a free place comes first");
    }

    [TestMethod]
    public void SixKnocksHaveRoomAndTheOldestGivesWay()
    {
        int at = Host(5, (1, 600, 1), (2, 500, 1), (3, 100, 1), (4, 300, 1), (5, 200, 1), (6, 400, 1));
        int place = _shared.PlaceFor(at, Knock(5, 7, 700));
        Assert.AreEqual(100, _shared.Cells[place + SharedTargets.When]);
    }

    [TestMethod]
    public void ActorsAreCountedOnceUpToATime()
    {
        int at = Host(5, (1, 100, 80), (2, 200, 80), (1, 300, 81), (3, 400, 80));
        Assert.AreEqual(3, _shared.ActorsOf(at, 400));
        Assert.AreEqual(2, _shared.ActorsOf(at, 399));
        Assert.AreEqual(2, _shared.ActorsOf(at, 300));
        Assert.AreEqual(1, _shared.ActorsOf(at, 199));
        Assert.AreEqual(0, _shared.ActorsOf(at, 99));
    }

    [TestMethod]
    public void AnActorWhoseFirstKnockCameLaterCountsByItsOther()
    {
        int at = Host(5, (1, 500, 80), (1, 100, 81));
        Assert.AreEqual(1, _shared.ActorsOf(at, 100));
        Assert.AreEqual(1, _shared.ActorsOf(at, 500));
    }

    [TestMethod]
    public void TheOldestIsFoundUpToATime()
    {
        int at = Host(5, (1, 300, 80), (2, 100, 80), (3, 200, 80));
        Assert.AreEqual(100, _shared.Cells[_shared.OldestOf(at, 100) + SharedTargets.When]);
        Assert.AreEqual(100, _shared.Cells[_shared.OldestOf(at, 900) + SharedTargets.When]);
        Assert.AreEqual(-1, _shared.OldestOf(at, 99));
    }

    [TestMethod]
    public void AnActorIsForgottenAtAllHosts()
    {
        int first = Host(5, (1, 100, 80), (2, 200, 80));
        int second = Host(6, (1, 100, 80), (3, 200, 80));
        _shared.Forget(1);
        Assert.AreEqual(1, _shared.ActorsOf(first, 900));
        Assert.AreEqual(1, _shared.ActorsOf(second, 900));
        _shared.ForgetProbes(first);
        Assert.AreEqual(0, _shared.ActorsOf(first, 900));
        Assert.AreEqual(1, _shared.ActorsOf(second, 900));
    }

    [TestMethod]
    public void AStoryThatIsOverIsForgotten()
    {
        int at = Host(5, (1, 100, 80), (2, 200, 80));
        _shared.Cells[at + SharedTargets.Last] = 200;
        _shared.ForgetOld(at, 200 + ThreeDays);
        Assert.AreEqual(2, _shared.ActorsOf(at, 900), "the newest is of three days ago: one story");
        _shared.ForgetOld(at, 201 + ThreeDays);
        Assert.AreEqual(0, _shared.ActorsOf(at, 900));
    }

    [TestMethod]
    public void AKnockWithinTheStoryOfALaterOneStays()
    {
        int at = Host(5, (1, 100, 80), (2, 200 + ThreeDays, 80));
        _shared.Cells[at + SharedTargets.Last] = 200 + ThreeDays;
        _shared.ForgetOld(at, 200 + ThreeDays);
        Assert.AreEqual(2, _shared.ActorsOf(at, 900 + ThreeDays));
    }

    [TestMethod]
    public void AHostIsFreedWithItsIncident()
    {
        int at = Host(5, (1, 100, 80));
        int other = Host(6, (1, 100, 80));
        _shared.Cells[at + SharedTargets.Incident] = 4;
        _shared.Cells[other + SharedTargets.Incident] = 5;
        _shared.Release(3);
        Assert.AreEqual(-1, _shared.Find(Knock(5, 1)));
        Assert.AreEqual(other, _shared.Find(Knock(6, 1)));
    }

    [TestMethod]
    public void TheHostOfTheFewestActorsMakesRoom()
    {
        for (int host = 1; host <= 12; host++)
        {
            // Of the fifth one actor knocked, of all others two.
            int at = host == 5 ? Host(host, (1, 100, 80)) : Host(host, (1, 100, 80), (2, 100, 80));
            _shared.Cells[at + SharedTargets.Last] = 100 + host;
        }

        Assert.AreEqual(0, _shared.Evictions);
        _shared.Make(Knock(13, 1, 200));
        Assert.AreEqual(1, _shared.Evictions);
        Assert.AreEqual(-1, _shared.Find(Knock(5, 1)));
        Assert.AreNotEqual(-1, _shared.Find(Knock(13, 1)));
    }

    [TestMethod]
    public void OfEqualHostsTheLongestSilentMakesRoom()
    {
        for (int host = 1; host <= 12; host++)
        {
            int at = Host(host, (1, 100, 80));
            _shared.Cells[at + SharedTargets.Last] = host == 7 ? 100 : 150;
        }

        _shared.Make(Knock(13, 1, 200));
        Assert.AreEqual(-1, _shared.Find(Knock(7, 1)));
        Assert.AreEqual(11, Enumerable.Range(1, 12).Count(host => _shared.Find(Knock(host, 1)) >= 0));
    }

    [TestMethod]
    public void AHostWithAnIncidentStays()
    {
        for (int host = 1; host <= 12; host++)
        {
            _shared.Cells[Host(host, (1, 100, 80)) + SharedTargets.Incident] = host;
        }

        Assert.AreEqual(-1, _shared.Make(Knock(13, 1, 200)));
        Assert.AreEqual(12, Enumerable.Range(1, 12).Count(host => _shared.Find(Knock(host, 1)) >= 0));
    }

    [TestMethod]
    public void ForgettingWhatIsOverIsNoEviction()
    {
        for (int host = 1; host <= 12; host++)
        {
            _shared.Cells[Host(host, (1, 100, 80), (2, 100, 80)) + SharedTargets.Last] = 100;
        }

        _shared.Make(Knock(13, 1, 101 + ThreeDays));
        Assert.AreEqual(0, _shared.Evictions);
    }

    private int Host(int target, params (int Actor, int Now, int Port)[] knocks)
    {
        int at = _shared.Make(Knock(target, 1, knocks[0].Now));
        foreach ((int actor, int now, int port) in knocks)
        {
            Probe knock = Knock(target, actor, now, port);
            _shared.Write(_shared.PlaceFor(at, knock), knock);
            _shared.Cells[at + SharedTargets.Last] = now;
        }

        return at;
    }

    private static Probe Knock(int target, int actor, int now = 100, int port = 80) => new()
    {
        Version = 4,
        Target = target,
        Actor = actor,
        Now = now,
        Port = port,
        Protocol = 6,
        Signature = -1,
        LivingBit = 1,
    };
}
