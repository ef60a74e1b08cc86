using System;
using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>What is left out while the ring fills: the kind of frames of which too many come, and nothing else.</summary>
[TestClass]
public sealed class RingReliefTests
{
    private const string Net = "128.231.212.";

    private readonly Box _box = new(change: settings => settings.Slots = 64);
    private readonly SlotBatch _batch = new(64);

    [TestInitialize]
    public void Start() => _box.Program.Start();

    [TestMethod]
    [DataRow(0, 64, DisplayName = "a replay")]
    [DataRow(1, 19, DisplayName = "a full batch and nothing behind it: sixteen, and of the others one in sixteen")]
    [DataRow(63, 19)]
    [DataRow(64, 4, DisplayName = "a quarter of the ring: the first, and of the others one in sixteen")]
    [DataRow(96, 4, DisplayName = "three eighths: one in sixteen")]
    [DataRow(127, 4)]
    [DataRow(128, 1, DisplayName = "half of it: one in sixty-four")]
    [DataRow(257, 1)]
    public void OfStrangersFewAreLetThrough(int waiting, int kept)
    {
        Strangers(64);
        Relieve(waiting);
        Assert.AreEqual(kept, _batch.Count);
        Assert.AreEqual(64 - _batch.Count, _box.Program.Relief.LeftOut);
        Assert.AreEqual(64 - _batch.Count, _box.Program.Sensor.Suspicions.Evictions, "the watch over the detectors tells of these");
    }

    [TestMethod]
    public void OfASmallBatchNoneIsLeftOutUntilTheRingFills()
    {
        Strangers(8);
        Relieve(63);
        Assert.AreEqual(8, _batch.Count);
        Relieve(64);
        Assert.AreEqual(1, _batch.Count);
    }

    [TestMethod]
    public void WhatIsLetThroughStaysInItsOrderAndWhole()
    {
        byte[] answer = new Ip(Net + "9", "198.51.100.1").Tcp(80, 4000, "SA", 500, 2);
        byte[] data = new Ip("198.51.100.1", Net + "9").Tcp(4000, 80, "A", 2, 501, payload: [7, 7]);
        byte[] home = Frames.Syn("128.231.212.9", 10, 80, 3);
        byte[] datagram = new Ip("198.51.100.2", Net + "9").Udp(4000, 161, [5]);
        Put(answer, 1);
        Strangers(20);
        Put(data, 30);
        Put(home, 31);
        Strangers(20);
        Put(datagram, 60);
        Relieve(257);
        Assert.AreEqual(4, _batch.Count);
        CollectionAssert.AreEqual(new long[] { 1, 30, 31, 60 }, _batch.Stamps[..4]);
        SlotBatch alone = new(4);
        foreach (byte[] frame in new[] { answer, data, home, datagram })
        {
            alone.Put(frame, 0, frame.Length, frame.Length, false, 0);
        }

        CollectionAssert.AreEqual(alone.Bytes, _batch.Bytes[..alone.Bytes.Length]);
        CollectionAssert.AreEqual(alone.Words, _batch.Words[..alone.Words.Length]);
        CollectionAssert.AreEqual(alone.Lengths, _batch.Lengths[..4]);
    }

    [TestMethod]
    public void WhoCameLatelyHasTheWholeRingUntilItStaysFull()
    {
        Scan("198.51.100.7", 1, 1_000_000);
        Relieve(64);
        _batch.Count = 0;
        Scan("198.51.100.7", 32, 1_001_000);
        Relieve(127);
        Assert.AreEqual(32, _batch.Count, "a burst is no flood");
        _batch.Count = 0;
        Scan("198.51.100.7", 32, 1_252_000);
        Relieve(127);
        Assert.AreEqual(2, _batch.Count, "one in sixteen, once the ring was full for a quarter of a second");
    }

    [TestMethod]
    public void ASenderAtHomeIsNoStranger()
    {
        Scan("128.231.212.9", 32, 1_000_000);
        Relieve(127);
        Assert.AreEqual(32, _batch.Count);
        _batch.Count = 0;
        for (int i = 0; i < 32; i++)
        {
            Put(Frames.Syn(Net + (100 + i), 10, 80, i), 1_001_000);
        }

        Relieve(127);
        Assert.AreEqual(2 + 1, _batch.Count, "two new ones and one by turns");
    }

    [TestMethod]
    public void OnlyTheKindIsLeftOutOfWhichTooManyCome()
    {
        for (int i = 0; i < 48; i++)
        {
            Put(new Ip("198.51.100.2", Net + "9").Udp(4000 + i, 161, [5]), i);
        }

        Strangers(6);
        Relieve(257);
        Assert.AreEqual(6, _batch.Count);
        Assert.AreEqual(48, _box.Program.Relief.LeftOut);
    }

    [TestMethod]
    public void WhatIsLeftOutIsLostInTheLinesOfWhatIsOpenAndInTheHeartbeat()
    {
        for (int i = 0; i < 3; i++)
        {
            Put(Frames.Syn("198.51.100.7", 20 + i, 12345, i), 1_000_000);
        }

        _box.Program.Sensor.Process(_batch);
        _box.Run(5);
        for (int i = 0; i < 64; i++)
        {
            _box.Port.Add(_box.Clock.Micros, Frames.Syn(Stranger(i), 20 + i, 12345, i));
        }

        _box.Port.Counters[PortCounter.Lost] = 7;
        SlotBatch batch = _box.Program.Batch;
        batch.Waiting = 257;
        _box.Program.Turn();
        batch.Waiting = 0;
        long leftOut = _box.Program.Relief.LeftOut;
        Assert.AreEqual(63, leftOut);
        _box.Run(60);
        Said beat = _box.All.Last(s => s.Kind == "heartbeat");
        Assert.AreEqual((leftOut, leftOut + 7), (beat.Number("leftOut"), beat.Number("lost")));
        Said ring = _box.All.Last(s => s["part"] == "ring");
        Assert.AreEqual(("losing", leftOut + 7), (ring["state"], ring.Number("lost")));
        _box.Program.Finish();
        string line = _box.Lines.Last(line => line.Contains(" sweep ", StringComparison.Ordinal));
        StringAssert.Contains(line, "src=\"198.51.100.7\"", StringComparison.Ordinal);
        StringAssert.Contains(line, FormattableString.Invariant($"lost=\"{leftOut + 7}\""), StringComparison.Ordinal);
    }

    private static string Stranger(int number) => FormattableString.Invariant($"198.18.{number}.{1 + (number * 7 % 250)}");

    private void Relieve(int waiting)
    {
        _batch.Waiting = waiting;
        _box.Program.Relief.Relieve(_batch, _box.Program.Store.Running);
    }

    private void Put(byte[] frame, long stamp) => _batch.Put(frame, 0, frame.Length, frame.Length, false, stamp);

    private void Scan(string source, int count, long stamp)
    {
        for (int i = 0; i < count; i++)
        {
            Put(Frames.Syn(source, 20 + i, 80, i), stamp);
        }
    }

    private void Strangers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Put(Frames.Syn(Stranger(i), 20 + i, 12345, i), 10 + i);
        }
    }
}
