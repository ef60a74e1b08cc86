using System;
using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>What is left out while the ring fills: SYNs from outside, and nothing else.</summary>
[TestClass]
public sealed class RingReliefTests
{
    private const string Net = "128.231.212.";

    private readonly Box _box = new();
    private readonly SlotBatch _batch = new(64);

    [TestInitialize]
    public void Start() => _box.Program.Start();

    [TestMethod]
    [DataRow(0, 64, DisplayName = "a replay")]
    [DataRow(1, 19, DisplayName = "a full batch and nothing behind it: sixteen, and of the others one in sixteen")]
    [DataRow(63, 19)]
    [DataRow(64, 4, DisplayName = "a quarter of the ring: one in sixteen")]
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
        Assert.AreEqual(0, _batch.Count);
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
    public void WhoIsSuspectedGoesOnWhileTheRingFills()
    {
        // Two hosts asked for a trojan's port are a suspicion.
        for (int i = 0; i < 2; i++)
        {
            Put(Frames.Syn("198.51.100.7", 20 + i, 12345, i), 1_000_000);
        }

        _box.Program.Sensor.Process(_batch);
        _box.Program.Sensor.Tick(5_000_000);
        _batch.Count = 0;
        for (int i = 0; i < 32; i++)
        {
            Put(Frames.Syn("198.51.100.7", 30 + i, 12345, i), 6_000_000);
        }

        Relieve(95);
        Assert.AreEqual(32, _batch.Count);
        Relieve(96);
        Assert.AreEqual(2, _batch.Count, "one in sixteen");
    }

    [TestMethod]
    public void WhereItIsSomethingElseThatFillsTheRingNobodyIsLeftOut()
    {
        for (int i = 0; i < 48; i++)
        {
            Put(new Ip("198.51.100.2", Net + "9").Udp(4000 + i, 161, [5]), i);
        }

        Strangers(16);
        Relieve(257);
        Assert.AreEqual(64, _batch.Count);
        _batch.Count = 47;
        Strangers(17);
        Relieve(257);
        Assert.AreEqual(47, _batch.Count);
    }

    [TestMethod]
    public void WhatIsLeftOutStandsInTheLinesOfWhatIsOpenMeanwhile()
    {
        for (int i = 0; i < 3; i++)
        {
            Put(Frames.Syn("198.51.100.7", 20 + i, 12345, i), 1_000_000);
        }

        _box.Program.Sensor.Process(_batch);
        _box.Program.Sensor.Tick(5_000_000);
        _batch.Count = 0;
        Strangers(64);
        Relieve(257);
        _box.Program.Finish();
        string line = _box.Lines.Last(line => line.Contains(" sweep ", StringComparison.Ordinal));
        StringAssert.Contains(line, "src=\"198.51.100.7\"", StringComparison.Ordinal);
        StringAssert.Contains(line, "lost=\"63\"", StringComparison.Ordinal);
    }

    private static string Stranger(int number) => FormattableString.Invariant($"198.18.{number}.{1 + (number * 7 % 250)}");

    private void Relieve(int waiting)
    {
        _batch.Waiting = waiting;
        _box.Program.Relief.Relieve(_batch, _box.Program.Store.Running);
    }

    private void Put(byte[] frame, long stamp) => _batch.Put(frame, 0, frame.Length, frame.Length, false, stamp);

    private void Strangers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Put(Frames.Syn(Stranger(i), 20 + i, 12345, i), 10 + i);
        }
    }
}
