using System;
using System.Linq;
using Appliance.Sensor.Tests.Judging;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>What a line says to a person, word for word.</summary>
[TestClass]
public sealed class SentencesTests
{
    private const string Outside = "198.18.77.8";

    [TestMethod]
    public void ASweep() => Says(new Tapped().Sweep(1, 80, 10, 8).Until(6),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2");

    [TestMethod]
    public void ASweepThatTookLonger() => Says(new Tapped().Sweep(1, 80, 10, 8, 3).Until(30),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 21 s, severity 2+3-2");

    [TestMethod]
    public void ASweepOfMinutes() => Says(new Tapped().Sweep(1, 80, 10, 8, 60).Until(500),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 7 minutes, severity 2+3-2");

    [TestMethod]
    public void ASweepOfHours() => Says(new Tapped().Sweep(1, 80, 10, 8, 3600).Until(26_000),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 7 hours, severity 2+3-2");

    [TestMethod]
    public void ASweepOfDays() => Says(new Tapped().Sweep(1, 80, 10, 8, 43_200).Until(400_000),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 3 days, severity 2+3-2");

    [TestMethod]
    [DataRow(9.99, "9.99 s")]
    [DataRow(10, "10 s")]
    [DataRow(119.99, "119 s")]
    [DataRow(120, "2 minutes")]
    [DataRow(7199, "119 minutes")]
    [DataRow(7200, "2 hours")]
    [DataRow(172_799, "47 hours")]
    [DataRow(172_800, "2 days")]
    public void TheUnitIsThatWhichPeopleWouldSay(double seconds, string words) => Says(
        new Tapped().Sweep(1, 80, 10, 8).Until(6).Syn(1 + seconds, Tapped.Actor, Tapped.Home(17), 80, 9).Until(10 + seconds).Finish(),
        $"tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in {words}, severity 2+3-2");

    [TestMethod]
    public void ASweepThatWasAnswered() => Says(
        new Tapped().Sweep(1, 80, 10, 8).Until(6).Answer(7, Tapped.Actor, Tapped.Home(12), 80).Finish(),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70 s, 1 answered, severity 2+3-2+1 answered");

    [TestMethod]
    public void ASecondSweepOfTheSameActor() => Says(
        new Tapped().Sweep(1, 80, 10, 8).Until(20).Sweep(100, 443, 10, 8).Until(120),
        "tcp port 443 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70 s, same actor as incident 1, severity 2+3-2");

    [TestMethod]
    public void ATrojansSweep() => Says(new Tapped().Sweep(1, 12345, 10, 3).Until(6),
        "NetBus sweep of 10.1.2.8/29 by 203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2");

    [TestMethod]
    public void ASweepOfOneToolInOrder()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(16 + (i < 5 ? i : i + 3)), 80, 4000 + (i < 5 ? i : i + 3));
        }

        Says(tap.Until(20).Finish(),
            "tcp port 80 sweep of 10.1.2.16/28 by 203.0.113.66: 10 hosts in 9.00 s, in address order, by one tool, 3 more not "
                + "seen, severity 2+3-2");
    }

    [TestMethod]
    public void ImpossibleFlagsAndOneSourcePort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 4; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(16 + i), 80, 53, flags: "SF");
        }

        Says(tap.Until(20),
            "tcp port 80 sweep of 10.1.2.16/30 by 203.0.113.66: 3 hosts in 2.00 s, impossible flags SF, all from source port 53, "
                + "severity 2+2-2");
    }

    [TestMethod]
    public void APortScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10), 100 + i);
        }

        Says(tap.Until(11), "port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.66, severity 2+3-2");
    }

    [TestMethod]
    public void ADistributedProbe()
    {
        var tap = new Tapped();
        foreach (int i in Enumerable.Range(0, 3))
        {
            tap.Syn(1 + i, FormattableString.Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 51 - (i * 2));
        }

        tap.Until(10).Until(80);
        Says(tap, "3 sources, hop counts spread, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2");
        Says(tap.Syn(90, "198.60.0.7", Tapped.Home(10), 12345).Until(95).Until(160),
            "198.60.0.7 joins: 4 sources probe unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2");
    }

    [TestMethod]
    [DataRow("SA", 500, "3 answers from 198.18.77.8 port 80 to 3")]
    [DataRow("RA", 0, "3 resets from 198.18.77.8 port 80 to 3")]
    public void AnInverseMap(string flags, int sequence, string words)
    {
        Tapped tap = new Tapped().At(1, Tapped.Lan.Ip(Tapped.Home(200), Tapped.Home(201)).Udp(4000, 161, new byte[20]))
            .At(1.1, Tapped.Lan.Ip(Tapped.Home(201), Tapped.Home(200)).Udp(161, 4000, new byte[20]));
        for (int i = 0; i < 3; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip(Outside, Tapped.Home(10 + i)).Tcp(80, 3000 + i, flags, sequence, 88));
        }

        Says(tap.Until(110), words + " hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, "
            + "severity 2+3-2");
    }

    [TestMethod]
    public void ABroadcast()
    {
        var tap = new Tapped();
        for (int i = 0; i < 5; i++)
        {
            tap.At(1 + (i * 30), (Tapped.Lan.Ip("10.1.2.9", "255.255.255.255") with { DestinationMac = Lan.Broadcast })
                .Udp(2000, 1600, new byte[20]));
        }

        Says(tap, "10.1.2.9 broadcasts to 255.255.255.255 udp port 1600 every 30 s, nothing explains it, severity 2+3-2");
    }

    [TestMethod]
    public void ARestrictedService() => Says(new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5),
        "203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity ");

    [TestMethod]
    public void TheSameAmongOthers() => Says(
        new Tapped().Syn(1, Tapped.Actor, Tapped.Home(50), 5900).Answer(1.1, Tapped.Actor, Tapped.Home(50), 5900).Until(5)
            .Syn(6, Tapped.Actor, Tapped.Home(5), 5900).Until(10),
        "203.0.113.66 asked 1 SERVERS host among others, severity ");

    [TestMethod]
    public void ATrojanInUse()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(10), 12345, 3000);
        tap.At(1.1, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "SA", 500, 1));
        tap.At(2, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "FA", 900, 66938)).Until(9);
        Says(tap, "NetBus: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use, "
            + "severity 2+4-2");
    }

    [TestMethod]
    public void ThePollingOfDarkHosts()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int i = 0; i < 4; i++)
        {
            tap.At(60 + (i * 5), Tapped.Lan.Ip("10.1.2.200", Tapped.Home(10 + (i & 1))).Udp(4000 + (i & 1), 53, new byte[20]))
                .Until(60.1 + (i * 5));
        }

        Says(tap.Until(90), "10.1.2.200 keeps asking 2 hosts that never spoke: 4 udp port 53 attempts, severity 2+2-2");
    }

    [TestMethod]
    public void WhatTheProfileExplains() => Says(new Tapped().Sweep(1, 80, 10, 8, actor: "203.0.113.5").Until(10),
        "tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.5: 8 hosts in 0.70 s, expected: a console");

    // The sentence of the line last said begins so.
    private static void Says(Tapped tap, string sentence)
    {
        string said = tap.Last[(tap.Last.LastIndexOf(']') + 2)..];
        StringAssert.StartsWith(said, sentence, StringComparison.Ordinal);
        Assert.IsLessThan(sentence.Length + 6, said.Length, said);
    }
}
