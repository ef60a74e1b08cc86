using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>
/// A flood that makes a detector forget is told, once at its begin and once at its end; ordinary and busy networks are not.
/// </summary>
[TestClass]
public sealed class DetectorWatchTests
{
    private const long Second = 1_000_000;
    private const int Hour = 3600;
    private const string Net = "128.231.212.";

    private readonly Box _box = new();
    private readonly List<(long Time, byte[] Frame)> _frames = [];

    private static readonly Dictionary<string, Action<DetectorWatchTests>> Floods = new()
    {
        ["connections"] = t => t.Each(180 * 30, 30, (i, at) => t.Accepted(at, "198.51.100.7", 1024 + i, Net + "35", 80)),
        ["newcomers"] = t => t.Each(200, 1, (i, at) => t.Add(at, Frames.Syn(Stranger(i), 7, 2000 + i, i))),
        ["suspicions"] = t => t.Each(400, 1, (i, at) =>
        {
            t.Add(at, Frames.Syn(Stranger(i), 7, 2000 + i, i));
            t.Add(at + 1000, Frames.Syn(Stranger(i), 8, 5000 + i, i));
        }),
        ["contacts"] = t => t.Each(1000, 1, (i, at) =>
        {
            var question = new Ip($"128.231.213.{1 + (i / 10)}", Net + (20 + (i % 10)));
            t.Add(at, question.Udp(40_000 + i, 9100, [1]));
            t.Add(at + 1000, new Ip(question.Destination, question.Source).Udp(9100, 40_000 + i, [1]));
        }),
        ["targets"] = t => t.Each(40, 1, (i, at) => t.Add(at, Frames.Syn(Stranger(i), 1 + i, 12345, i))),
        ["broadcasts"] = t => t.Each(140, 1, (i, at) => t.Add(at, (new Ip(Net + (1 + i), "255.255.255.255") with
        {
            DestinationMac = Lan.Broadcast,
        }).Udp(40_404, 40_404, [1]))),
        ["fragments"] = t => t.Each(40, 20, (i, at) => t.Add(at, Change.Fragmented((new Ip(Frames.Actor, Net + "7") with
        {
            Identification = 100 + i,
        }).Tcp(2000, 80, "S"), 8).First())),
        // Each asks for four without a name; who asks for one alone wants that address.
        ["stations"] = t => t.Each(160, 4, (i, at) => t.Probe(at, 1 + (i / 4), 1 + i)),
    };

    [TestMethod]
    [DataRow("connections", "inverse-map")]
    [DataRow("newcomers", "slow-scan")]
    [DataRow("suspicions", "slow-scan")]
    [DataRow("contacts", "slow-scan")]
    [DataRow("targets", "distributed-probe")]
    [DataRow("broadcasts", "broadcast")]
    [DataRow("fragments", "split-header")]
    [DataRow("stations", "forged-arp")]
    public void AFloodThatBlindsADetectorIsToldOnceAtItsBeginAndOnceAtItsEnd(string why, string which)
    {
        Floods[why](this);
        long over = _frames.Max(f => f.Time) / Second;
        for (int i = 0; i < 4 * 120; i++)
        {
            // The VLAN lives on.
            Add(i * 30 * Second, new Ip(Net + "35", Net + (36 + (i % 2))).Udp(104, 104, [1]));
        }

        Begin().Run(over + 80);
        Said told = Told().Single();
        Assert.AreEqual(("blind", which, why), (told["state"], told["which"], told["why"]), told.Line);
        Assert.AreEqual(4, told.Severity);
        Assert.AreEqual("more happens than a detector can remember", told.Words);
        Assert.AreEqual(why == "connections" ? 60 : 0, told.Number("since"), 1);
        Assert.AreEqual(LightCode.Blind, _box.Shown);

        Said beat = _box.Received.Last(s => s.Kind == "heartbeat");
        Assert.AreEqual((which, why), (beat["blind"], beat["blindWhy"]), beat.Line);
        Assert.IsGreaterThan(0, beat.Number("blindSince"), beat.Line);

        _box.Run(2.5 * Hour);
        Said[] all = Told();
        Assert.HasCount(2, all);
        Assert.AreEqual(("sees", which, why), (all[1]["state"], all[1]["which"], all[1]["why"]), all[1].Line);
        Assert.AreEqual(5, all[1].Severity);
        Assert.IsGreaterThan(600, all[1].Number("since"));
        Assert.AreNotEqual(LightCode.Blind, _box.Shown);
        Assert.AreEqual("", _box.Received.Last(s => s.Kind == "heartbeat")["blind"]);
    }

    [TestMethod]
    public void ASecondDetectorIsToldBesideTheFirst()
    {
        Floods["broadcasts"](this);
        Each(40, 1, (i, at) => Add(at + (200 * Second), Frames.Syn(Stranger(i), 1 + i, 12345, i)));
        Begin().RunAll().Run(5);
        CollectionAssert.AreEqual(new[] { "broadcast", "distributed-probe broadcast" }, Told().Select(s => s["which"]).ToArray());
        CollectionAssert.AreEqual(new[] { "broadcasts", "targets broadcasts" }, Told().Select(s => s["why"]).ToArray());
        Assert.IsTrue(Told().All(s => s["state"] == "blind"));
    }

    [TestMethod]
    public void WhatLastsIsToldDaily()
    {
        for (int hour = 0; hour < 26; hour++)
        {
            for (int i = 0; i < 140; i++)
            {
                Ip ip = new Ip($"10.{hour}.9.{1 + i}", "255.255.255.255") with { DestinationMac = Lan.Broadcast };
                Add(((hour * Hour) + (i * 20)) * Second, ip.Udp(40_404, 40_404, [1]));
            }
        }

        Begin().RunAll();
        CollectionAssert.AreEqual(new[] { "blind", "blind" }, Told().Select(s => s["state"]).ToArray());
        Assert.AreEqual(24 * Hour, Told()[1].Number("since"), 2);
    }

    [TestMethod]
    public void FramesThatWereLostStandInTheHeartbeatAlone()
    {
        Begin().Run(50);
        _box.Port.Counters[PortCounter.Lost] += 9;
        _box.Run(15);
        Said beat = _box.Received.Last(s => s.Kind == "heartbeat");
        Assert.AreEqual("losses", beat["blindWhy"]);
        Assert.StartsWith("inverse-map", beat["blind"]);
        _box.Run(120);
        Assert.AreEqual("", _box.Received.Last(s => s.Kind == "heartbeat")["blind"], "75 s later it is over");
        Assert.HasCount(0, Told());
    }

    [TestMethod]
    public void AMirrorOfOneDirectionBlindsTheInverseMaps()
    {
        for (int i = 0; i < 130; i++)
        {
            Add((i + 1) * Second, new Ip($"198.51.{i}.1", Net + "7").Tcp(443, 2000 + i, "SA", i));
        }

        Begin().Run(125);
        Said beat = _box.Received.Last(s => s.Kind == "heartbeat");
        Assert.AreEqual(("inverse-map", "mirror"), (beat["blind"], beat["blindWhy"]), beat.Line);
        Assert.HasCount(0, Told());
    }

    [TestMethod]
    [DataRow(3_400, true)]
    [DataRow(1_400, false)]
    public void AHomeOfMoreHostsThanBitsBlindsDarkHostOnceMostAreHeard(int hosts, bool isBlind)
    {
        var box = new Box(change: settings => settings.BuiltIn = () => TestTables.OfHome("10.16.0.0/19"));
        for (int i = 0; i < hosts; i++)
        {
            string host = $"10.16.{i / 250}.{1 + (i % 250)}";
            box.Port.Add((5 * Second) + (i * Second / 100), new Ip(host, "10.16.31.250").Udp(123, 123, [1]));
        }

        // So many datagrams that nobody answers blind others too; of the hosts it is this one alone.
        box.Start().Run(150);
        Said[] told = [.. box.All.Where(s => s.Kind == "health" && s["part"] == "detector" && s["why"].Contains("hosts"))];
        Assert.AreEqual(isBlind, told.Length > 0, string.Join(Environment.NewLine, told.Select(s => s.Line)));
        Assert.IsTrue(told.All(s => s["state"] == "blind" && s["which"].EndsWith("dark-host")));
        string blind = box.Received.Last(s => s.Kind == "heartbeat")["blind"];
        Assert.AreEqual(isBlind, blind.EndsWith("dark-host"), blind);
    }

    [TestMethod]
    public void AVlanThatGetsItsPowerBackBlindsNobody()
    {
        Each(400, 10, (i, at) => Probe(at, 1 + (i / 4), 1 + (i / 4)));
        Begin().RunAll().Run(130);
        Assert.HasCount(0, Told());
    }

    [TestMethod]
    public void AnHourOfAnOrdinaryNetworkBlindsNobody()
    {
        foreach ((long time, byte[] frame) in new OrdinaryTraffic(new Hospital(), 7).Hour(0).Build().Frames.Select(f => (f.Time, f.Bytes)))
        {
            Add(Math.Max(time, 0), frame);
        }

        Begin().RunAll().Run(130);
        Assert.HasCount(0, Told());
        Assert.AreEqual("", string.Concat(_box.Received.Where(s => s.Kind == "heartbeat").Select(s => s["blind"])));
    }

    [TestMethod]
    public void ABusyNetworkBlindsNobody()
    {
        // Twenty minutes of eight connections and ten answered datagrams a second, by sixty clients.
        Each(1200 * 8, 8, (i, at) =>
        {
            string client = Net + (100 + (i % 60));
            string server = Net + (30 + (i % 8));
            int port = 1024 + (i / 60);
            Accepted(at, client, port, server, 443);
            Add(at + 9000, new Ip(client, server).Tcp(port, 443, "FA", 900, 2000));
            Add(at + 9500, new Ip(server, client).Tcp(443, port, "FA", 2000, 901));
        });
        Each(1200 * 10, 10, (i, at) =>
        {
            string client = Net + (100 + (i % 60));
            Add(at + 20_000, new Ip(client, Net + "53").Udp(1024 + (i / 60), 53, [1]));
            Add(at + 21_000, new Ip(Net + "53", client).Udp(53, 1024 + (i / 60), [1]));
        });
        Begin().RunAll().Run(130);
        Assert.HasCount(0, Told());
        Assert.AreEqual("", string.Concat(_box.Received.Where(s => s.Kind == "heartbeat").Select(s => s["blind"])));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(249)]
    [DataRow(400)]
    public void TheInverseMapsSeeThoughTheTrackersClockHasTurned(int days)
    {
        long start = days * 24L * Hour * Second;
        var box = new Box(startAt: start);
        for (int i = 0; i < 12; i++)
        {
            box.Port.Add(start + ((800 + i) * Second),
                new Ip($"212.108.4.{150 + i}", Net + (60 + i)).Tcp(80, 31_000 + (i * 97), "RA"));
        }

        box.Start().Run(900);
        Said told = box.All.First(s => s.Kind == "inverse-map");
        Assert.AreEqual("212.108.4.0/24", told["src"]);
        Assert.AreEqual("", string.Concat(box.Received.Where(s => s.Kind == "heartbeat").Select(s => s["blind"])));
    }

    // Sources that share no network.
    private static string Stranger(int i) => $"{60 + (i % 60)}.{i % 251}.{i / 7}.9";

    private void Each(int count, int aSecond, Action<int, long> add)
    {
        for (int i = 0; i < count; i++)
        {
            add(i, (5 * Second) + (i * Second / aSecond));
        }
    }

    private void Accepted(long at, string client, int port, string server, int service)
    {
        Add(at, new Ip(client, server).Tcp(port, service, "S", port));
        Add(at + 1000, new Ip(server, client).Tcp(service, port, "SA", 1000, port + 1));
    }

    /// <summary>Asks for an address without giving one.</summary>
    private void Probe(long at, int station, int target) => Add(at, Lan.Frame(Lan.Broadcast, [2, 0, 0, 0, 7, (byte)station], 0x0806,
        [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 7, (byte)station, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 231, 212, (byte)target]));

    private void Add(long at, byte[] frame) => _frames.Add((at, frame));

    private Box Begin()
    {
        foreach ((long time, byte[] frame) in _frames.OrderBy(f => f.Time))
        {
            _box.Port.Add(time, frame);
        }

        return _box.Start();
    }

    private Said[] Told() => [.. _box.All.Where(s => s.Kind == "health" && s["part"] == "detector")];
}
