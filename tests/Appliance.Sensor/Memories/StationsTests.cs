using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>When a station is an actor by its MAC address.</summary>
[TestClass]
public sealed class StationsTests
{
    private readonly PendingAttempts _attempts = new(new Connections(new KeyedHash(1)));
    private readonly Stations _stations;

    public StationsTests() => _stations = new Stations { Questions = _attempts };

    [TestMethod]
    public void WhoHasANameOfItsOwnGoesByIt()
    {
        Assert.AreEqual(0x0a000001, Ask(1, 0x0a000001));
        Assert.AreEqual(0x0a000001, Ask(1, 0x0a000001));
    }

    [TestMethod]
    public void WhoGivesNoneGoesByItsMac()
    {
        for (int target = 11; target <= 14; target++)
        {
            Assert.AreEqual(0x0a0b01, Ask(1, 0, target));
        }

        Assert.AreEqual(0x0a0b01, Ask(1, 0x0a000001), "and stays so");
        Assert.AreEqual(0x020406, _stations.HighOf(0x0a0b01));
    }

    [TestMethod]
    public void WhoProbesForTheAddressThatItTakesGoesByThatAfterwards()
    {
        for (int turn = 0; turn < 3; turn++)
        {
            Assert.AreEqual(0x0a0b01, Ask(1, 0, 0x0a000001), "a probe of RFC 5227");
        }

        Assert.AreEqual(0x0a0b01, Ask(1, 0, 0x0a000001), "the announcement");
        Assert.AreEqual(0x0a000001, Ask(1, 0x0a000001));
    }

    [TestMethod]
    public void AVlanThatGetsItsPowerBackPushesOutNobody()
    {
        for (int target = 11; target <= 14; target++)
        {
            Ask(99, 0, target);
        }

        for (int station = 1; station <= 60; station++)
        {
            for (int turn = 0; turn < 5; turn++)
            {
                Ask(station, 0, 0x0a000000 + station);
            }
        }

        Assert.AreEqual(0, _stations.Evictions);
        Assert.AreEqual(0x0a0b63, Ask(99, 0x0a000001), "who asked for many is still known");
    }

    [TestMethod]
    public void TheFourthNameIsOneTooMany()
    {
        Assert.AreEqual(101, Ask(1, 101));
        Assert.AreEqual(102, Ask(1, 102));
        Assert.AreEqual(103, Ask(1, 103));
        Assert.AreEqual(103, Ask(1, 103));
        Assert.AreEqual(0x0a0b01, Ask(1, 104));
        Assert.AreEqual(0x0a0b01, Ask(1, 101));
    }

    [TestMethod]
    public void WhatItAskedByItsFirstNamesIsItsOwn()
    {
        int[] protocols = [Probe.Arp, Probe.Arp, 6, Probe.Arp, Probe.Arp];
        for (int i = 0; i < protocols.Length; i++)
        {
            _attempts.Add(new Probe { Version = 4, Actor = Ask(1, 101 + (i / 2)), Target = i, Protocol = protocols[i], Signature = -1 });
        }

        _attempts.Add(new Probe { Version = 4, Actor = 77, Target = 9, Protocol = Probe.Arp, Signature = -1 });
        Ask(1, 104);
        int[] actors = [.. Enumerable.Range(0, 6).Select(i => _attempts.Cells[(i * PendingAttempts.Width) + PendingAttempts.Actor])];
        CollectionAssert.AreEqual(new[] { 0x0a0b01, 0x0a0b01, 102, 0x0a0b01, 0x0a0b01, 77 }, actors);
    }

    [TestMethod]
    public void StationsAreToldApartByAllSixOctets()
    {
        byte[] one = [2, 4, 6, 10, 11, 1];
        byte[] other = [2, 4, 7, 10, 11, 1];
        for (int name = 1; name <= 4; name++)
        {
            _stations.ActorOf(one, 0, name, 0);
        }

        Assert.AreEqual(9, _stations.ActorOf(other, 0, 9, 0));
        Assert.AreEqual(0x0a0b01, _stations.ActorOf(one, 0, 9, 0));
    }

    [TestMethod]
    public void AMacIsReadWhereItStands()
    {
        byte[] bytes = [255, 255, 2, 4, 6, 0, 0, 0, 255];
        Assert.AreEqual(1, _stations.ActorOf(bytes, 2, 0, 0), "three octets of 0 would be nobody");
        Assert.AreEqual(0x020406, _stations.HighOf(1));
        Assert.AreEqual(0, _stations.HighOf(2));
    }

    [TestMethod]
    public void SixteenHaveRoomAndOneOfManyNamesStaysLongest()
    {
        for (int name = 1; name <= 4; name++)
        {
            Ask(1, name);
        }

        for (int station = 2; station <= 30; station++)
        {
            Ask(station, 0x0a000000 + station);
        }

        Assert.AreEqual(0x0a0b01, Ask(1, 0x0a000063), "it is known still");
        Assert.AreEqual(0x020406, _stations.HighOf(0x0a0b1e));
        Assert.AreEqual(0, _stations.HighOf(0x0a0b02));
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(0xffffff, true)]
    [DataRow(0x1000000, false)]
    [DataRow(-1, false)]
    public void AStationStandsInANetworkThatIsNobodys(int address, bool isStation) =>
        Assert.AreEqual(isStation, Stations.IsStation(address));

    private int Ask(int station, int name, int target = 0) =>
        _stations.ActorOf([2, 4, 6, 10, 11, (byte)station], 0, name, target);
}
