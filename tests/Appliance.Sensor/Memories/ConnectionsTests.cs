using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Memories;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class ConnectionsTests
{
    private const int InUse = Connections.Opening | Connections.Accepted;

    private const int Unit = 1 << Connections.StampShift;

    // The frame that was looked up last.
    private Probe _sought = new();

    [TestMethod]
    public void BothDirectionsFindTheSameEntry()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 65535], Gen.Int, Gen.Int[0, 65535], Gen.OneOf(Gen.Int[0, 255], Gen.Const(Probe.Arp)),
            Gen.Int).Sample(
            given =>
            {
                (int a, int aPort, int b, int bPort, int protocol, int seed) = given;
                var connections = new Connections(new KeyedHash(seed));
                Assert.AreEqual(-1, Find(connections, protocol, a, aPort, b, bPort));
                int entry = Add(connections, 0, Connections.Opening, 77);
                Assert.AreEqual(entry, Find(connections, protocol, b, bPort, a, aPort));
                Assert.IsTrue(!_sought.FromOpener || (a == b && aPort == bPort));
                Assert.AreEqual(entry, Find(connections, protocol, a, aPort, b, bPort));
                Assert.IsTrue(_sought.FromOpener);
            },
            iter: 5_000,
            threads: 1);
    }

    [TestMethod]
    public void AnotherPortHostOrProtocolIsAnotherConnection()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var connections = new Connections(new KeyedHash(seed));
            Find(connections, 6, 0x0a000001, 1024, 0x0a000002, 104);
            Add(connections, 0, Connections.Opening, 0);
            Assert.AreEqual(-1, Find(connections, 6, 0x0a000001, 1025, 0x0a000002, 104));
            Assert.AreEqual(-1, Find(connections, 6, 0x0a000003, 1024, 0x0a000002, 104));
            Assert.AreEqual(-1, Find(connections, 17, 0x0a000001, 1024, 0x0a000002, 104));
            Assert.AreEqual(-1, Find(connections, 6, 0x0a000001, 104, 0x0a000002, 1024), "the ports the other way round are another");
            for (int bit = 0; bit < 16; bit++)
            {
                Assert.AreEqual(-1, Find(connections, 6, 0x0a000001 ^ (1 << bit), 1024, 0x0a000002, 104), $"bit {bit}, seed {seed}");
                Assert.AreEqual(-1, Find(connections, 6, 0x0a000001, 1024, 0x0a000002 ^ (1 << bit), 104), $"bit {bit}, seed {seed}");
            }
        }
    }

    [TestMethod]
    public void WhatEndedGoesFirstThenWhatCameToNothingThenTheLongestSilent()
    {
        var set = new Set();
        (int State, int At)[] entries =
        [
            (InUse, 10 * Unit), (Connections.Opening | Connections.Judged, 40 * Unit),
            (InUse | Connections.Judged | Connections.Ended, 50 * Unit), (InUse, 20 * Unit),
        ];
        int[] ports = [.. entries.Select(entry => set.Add(entry.At, entry.State))];

        int now = 60 * Unit;
        foreach (int victim in new[] { 2, 1, 0, 3 })
        {
            Assert.IsTrue(set.Holds(ports[victim]));
            set.Add(now++, InUse);
            Assert.IsFalse(set.Holds(ports[victim]), $"entry {victim} goes");
        }

        Assert.AreEqual(2, set.Connections.Evictions, "those in use are counted");
    }

    [TestMethod]
    public void AFreePlaceIsTakenBeforeAnyIsPushedOut()
    {
        var set = new Set();
        int ended = set.Add(0, InUse | Connections.Judged | Connections.Ended);
        set.Add(0, InUse);
        set.Add(0, InUse);
        set.Add(Unit, InUse);
        Assert.IsTrue(set.Holds(ended));
    }

    [TestMethod]
    public void OfThoseInUseTheLongestUntouchedGoes()
    {
        Gen.Int[0, Limits.ConnectionWays - 1].Array[0, 20].Sample(touches =>
        {
            var set = new Set();
            var order = new List<int>();
            for (int i = 0; i < Limits.ConnectionWays; i++)
            {
                order.Add(set.Add(i * Unit, InUse));
            }

            int now = Limits.ConnectionWays * Unit;
            foreach (int touch in touches)
            {
                int port = order[touch];
                order.RemoveAt(touch);
                order.Add(port);
                set.Connections.Touch(set.Find(port), now, 0);
                now += Unit;
            }

            foreach (int port in order)
            {
                Assert.IsTrue(set.Holds(port));
                set.Add(now, InUse);
                now += Unit;
                Assert.IsFalse(set.Holds(port));
            }
        });
    }

    [TestMethod]
    [DataRow(Limits.ConnectTimeout / 2, true, true)]
    [DataRow(Limits.ConnectTimeout + Unit, false, true)]
    [DataRow(Limits.UptimeForReset + Unit, false, false)]
    public void ForgettingAYoungOneIsNoticed(int age, bool isYoung, bool isMiddle)
    {
        var set = new Set();
        for (int i = 0; i < Limits.ConnectionWays; i++)
        {
            set.Add(0, InUse);
        }

        set.Add(age, InUse);
        Assert.AreEqual(isYoung, set.Connections.ForgotYoung == age);
        Assert.AreEqual(isMiddle, set.Connections.ForgotMiddle == age);
        Assert.AreEqual(1, set.Connections.Evictions);
    }

    [TestMethod]
    public void ForgettingWhatCameToNothingIsNoLoss()
    {
        var set = new Set();
        for (int i = 0; i < 100; i++)
        {
            set.Add(i, Connections.Opening | Connections.Judged);
        }

        Assert.AreEqual(0, set.Connections.Evictions);
        Assert.IsLessThan(0, set.Connections.ForgotYoung);
    }

    [TestMethod]
    public void AJudgedFloodDoesNotPushOutAConnectionInUse()
    {
        var connections = new Connections(new KeyedHash(4));
        Find(connections, 6, 0x0a000001, 1024, 0x0a000002, 104);
        Add(connections, 0, InUse, 0);
        for (int i = 0; i < 100_000; i++)
        {
            Find(connections, 6, 0x0b000000 + i, 999, 0x0a000002, 80);
            Add(connections, i / 100, Connections.Opening | Connections.Judged, 0);
        }

        Assert.AreNotEqual(-1, Find(connections, 6, 0x0a000001, 1024, 0x0a000002, 104));
    }

    [TestMethod]
    public void ARetransmissionHasTheSameNumberAndANewTryAnother()
    {
        var connections = new Connections(new KeyedHash(4));
        Find(connections, 6, 1, 1024, 2, 104);
        int entry = Add(connections, 0, Connections.Opening, 0x12345678);
        Assert.IsTrue(connections.Repeats(entry, 0x12345678));
        Assert.IsFalse(connections.Repeats(entry, 0x12345679));

        connections.Accept(entry, unchecked((int)0xffff0001));
        Assert.IsTrue(connections.Repeats(entry, 0x12345678), "the target's number is kept beside");

        connections.Touch(entry, 0, Connections.Accepted);
        connections.Restart(entry, _sought.BySmaller, 1000, Connections.Opening, 0x7fff0000);
        Assert.IsTrue(connections.Repeats(entry, 0x7fff0000));
        Assert.IsFalse(connections.Repeats(entry, 0x12345678));
        Assert.AreEqual(0, connections.States[entry] & (Connections.Accepted | Connections.BothWays | Connections.WasRefused));
    }

    [TestMethod]
    public void NumbersOfTheEndShowWhetherBothSentData()
    {
        var connections = new Connections(new KeyedHash(4));
        Find(connections, 6, 1, 1024, 2, 104);
        int entry = Add(connections, 0, Connections.Opening, -10);
        connections.Accept(entry, 0xfffe);

        // Sequence numbers wrap; one is the SYN, one the other's FIN.
        Assert.IsFalse(connections.ShowsDataBothWays(entry, -9, 0xffff, true));
        Assert.IsFalse(connections.ShowsDataBothWays(entry, 500, 0xffff, true));
        Assert.IsFalse(connections.ShowsDataBothWays(entry, -8, 0x10100, true));
        Assert.IsTrue(connections.ShowsDataBothWays(entry, 500, 0x10100, true));
        Assert.IsTrue(connections.ShowsDataBothWays(entry, 0x10100, 500, false));
        Assert.IsFalse(connections.ShowsDataBothWays(entry, 0xffff, 500, false));
    }

    [TestMethod]
    public void AgesHoldWhereTheStampWraps()
    {
        const int Span = 1 << 30;
        foreach (int start in new[] { 0, (1 << 29) - Unit, Span - Unit, int.MaxValue - (4 * Limits.Minute) })
        {
            var connections = new Connections(new KeyedHash(4));
            Find(connections, 6, 1, 1024, 2, 104);
            int entry = Add(connections, start, InUse, 0);
            int age = connections.AgeOf(entry, start + Limits.Minute);
            Assert.IsTrue(age is > Limits.Minute - Unit and < Limits.Minute + Unit, $"{age} from {start}");
            Assert.AreEqual(InUse, connections.States[entry] & Connections.StateMask & ~Connections.OpenedBySmaller);
        }
    }

    private int Find(Connections connections, int protocol, int source, int sourcePort, int target, int port)
    {
        _sought = new Probe { Protocol = protocol, Actor = source, SourcePort = sourcePort, Target = target, Port = port };
        connections.Seek(_sought);
        return _sought.Connection;
    }

    private int Add(Connections connections, int now, int state, int sequence) =>
        connections.Add(_sought.ConnectionKey, _sought.BySmaller, now, state, sequence);

    /// <summary>Connections of one set of the table: ports of two hosts that fall into it.</summary>
    private sealed class Set
    {
        private readonly int _set;
        private Probe _sought = new();
        private int _nextPort = 1024;

        public Set()
        {
            Find(1023);
            _set = SetOf(_sought.ConnectionKey);
        }

        public Connections Connections { get; } = new(new KeyedHash(31));

        public int Add(int now, int state)
        {
            do
            {
                Find(_nextPort++);
            }
            while (SetOf(_sought.ConnectionKey) != _set);

            Connections.Add(_sought.ConnectionKey, _sought.BySmaller, now, state, 0);
            return _nextPort - 1;
        }

        public int Find(int port)
        {
            _sought = new Probe { Protocol = 6, Actor = 1, SourcePort = port, Target = 2, Port = 104 };
            Connections.Seek(_sought);
            return _sought.Connection;
        }

        public bool Holds(int port) => Find(port) >= 0;

        private static int SetOf(int key) => (key >> Sensor.Memories.Connections.SetShift) & Sensor.Memories.Connections.SetMask;
    }
}
