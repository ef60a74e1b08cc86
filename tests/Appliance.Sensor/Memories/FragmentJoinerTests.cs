using System;
using System.Linq;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>TCP headers that were split across fragments. Times are centiseconds.</summary>
[TestClass]
public sealed class FragmentJoinerTests
{
    // Ports 4000 and 80, sequence 0x11223344; acknowledgment 0, offset 5, flags FIN|PSH|URG, window 1024, checksum, urgent
    // pointer.
    private const string First = "0fa0005011223344";
    private const string Second = "0000000050290400" + "00000000";

    private readonly FragmentJoiner _joiner = new(new KeyedHash(1));
    private readonly Frame _joined = new();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TwoPiecesAreOneHeaderInEitherOrder(bool isReversed)
    {
        byte[][] pieces = [Fragment(7, 0, First), Fragment(7, 1, Second)];
        Assert.AreEqual(-1, Join(pieces[isReversed ? 1 : 0], 100));
        Decode(Join(pieces[isReversed ? 0 : 1], 101));
        Assert.AreEqual((4000, 80, 0x29, 0x11223344), (_joined.SourcePort, _joined.DestinationPort, _joined.TcpFlags, _joined.Sequence));
        Assert.AreEqual((0, 6, false), (_joined.Problem, _joined.Protocol, _joined.IsFragment));
        Assert.AreEqual((0xcb007142, 0x0a010205u), ((uint)_joined.Source, (uint)_joined.Destination));
        Assert.AreEqual(-1, _joiner.TakeLate(10_000, true), "nothing waits any more");
    }

    [TestMethod]
    public void ThreePiecesOfEightOctetsToo()
    {
        Assert.AreEqual(-1, Join(Fragment(7, 0, First), 100));
        Assert.AreEqual(-1, Join(Fragment(7, 2, "00000000"), 101));
        Decode(Join(Fragment(7, 1, Second[..16]), 102));
        Assert.AreEqual(0x29, _joined.TcpFlags);
    }

    [TestMethod]
    [DataRow(8, "203.0.113.66")]
    [DataRow(7, "203.0.113.67")]
    public void AnotherDatagramsPieceDoesNotFit(int identification, string source)
    {
        Assert.AreEqual(-1, Join(Fragment(7, 0, First), 100));
        Assert.AreEqual(-1, Join(Fragment(identification, 1, Second, source), 101));
    }

    [TestMethod]
    public void AFirstPieceThatWaitsThreeSecondsIsTheSynThatItHides()
    {
        Join(Fragment(7, 0, First), 100);
        Assert.AreEqual(-1, _joiner.TakeLate(399, false));
        Decode(_joiner.TakeLate(400, false));
        Assert.AreEqual((4000, 80, 2), (_joined.SourcePort, _joined.DestinationPort, _joined.TcpFlags));
        Assert.AreEqual(-1, _joiner.TakeLate(400, false), "once");
    }

    [TestMethod]
    public void ALaterPieceAloneIsNothing()
    {
        Join(Fragment(7, 1, Second), 100);
        Assert.AreEqual(-1, _joiner.TakeLate(400, false));
        Assert.AreEqual(-1, _joiner.TakeLate(400, true));
    }

    [TestMethod]
    public void AReplayThatEndsWaitsForNobody()
    {
        Join(Fragment(7, 0, First), 100);
        Decode(_joiner.TakeLate(101, true));
        Assert.AreEqual(2, _joined.TcpFlags);
    }

    [TestMethod]
    public void AFifthDatagramPushesTheOldestOut()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.AreEqual(-1, Join(Fragment(10 + i, 0, First[..7] + (char)('1' + i) + First[8..]), 100));
        }

        Assert.AreEqual(0, _joiner.Evictions);
        Decode(Join(Fragment(14, 0, First), 101));
        Assert.AreEqual((1, 0x51, 2), (_joiner.Evictions, _joined.DestinationPort, _joined.TcpFlags));
        Decode(Join(Fragment(15, 0, First), 101));
        Assert.AreEqual((2, 0x52), (_joiner.Evictions, _joined.DestinationPort));
    }

    [TestMethod]
    public void WhatIsJoinedIsAPlainFrameOctetForOctet()
    {
        Join(Fragment(7, 0, First), 100);
        // The second piece goes on with options and data, of which nothing is taken.
        int at = Join(Fragment(7, 1, "0000000080290400" + "00000000" + "020405b40101080a0102"), 101);
        Assert.AreEqual(("020000000001020000000002" + "0800" + "4500002800070000" + "33060000" + "cb007142" + "0a010205"
            + "0fa0005011223344" + "00000000" + "50290400" + "00000000").ToUpperInvariant(), Hex(at));
    }

    [TestMethod]
    public void OfIpv6Too()
    {
        Assert.AreEqual(-1, Join(FragmentSix(7, 0, First), 100));
        int at = Join(FragmentSix(7, 1, Second), 101);
        Assert.AreEqual(("020000000001020000000002" + "86dd" + "60000000" + "00140633"
            + "20010db8ffff00000000000000000007" + "20010db8000100000000000000000010"
            + "0fa0005011223344" + "00000000" + "50290400" + "00000000").ToUpperInvariant(), Hex(at));
        Decode(at);
        Assert.AreEqual((4000, 80, 0x29, 6), (_joined.SourcePort, _joined.DestinationPort, _joined.TcpFlags, _joined.IpVersion));
    }

    [TestMethod]
    public void AHiddenSynIsOneOctetForOctet()
    {
        Join(Fragment(7, 0, First), 100);
        Assert.AreEqual(("020000000001020000000002" + "0800" + "4500002800070000" + "33060000" + "cb007142" + "0a010205"
            + "0fa0005011223344" + "00000000" + "50020000" + "00000000").ToUpperInvariant(), Hex(_joiner.TakeLate(400, false)));
    }

    [TestMethod]
    public void ANewDatagramFindsNothingOfTheLastInItsPlace()
    {
        Join(Fragment(7, 0, First), 100);
        Join(Fragment(7, 1, Second), 101);
        for (int i = 0; i < 3; i++)
        {
            Join(Fragment(20 + i, 1, Second), 102);
        }

        Join(Fragment(8, 0, "0fa10051aabbccdd"), 103);
        string hex = Hex(_joiner.TakeLate(500, false));
        StringAssert.EndsWith(hex, "0FA10051AABBCCDD" + "00000000" + "50020000" + "00000000", StringComparison.Ordinal);
    }

    [TestMethod]
    public void APieceThatWasCapturedInPartCountsAsFarAsItGoes()
    {
        byte[] second = Fragment(7, 1, Second);
        Join(Fragment(7, 0, First), 100);
        var frame = new Frame();
        frame.Decode(second, 0, second.Length - 8, second.Length);
        Assert.AreEqual(-1, _joiner.Join(frame, frame.Source, frame.Destination, 101), "the flags are missing");
        Decode(Join(second, 102));
    }

    private string Hex(int at)
    {
        Assert.AreNotEqual(-1, at);
        return Convert.ToHexString(_joiner.Bytes, at, _joiner.LengthOf(at));
    }

    private static byte[] FragmentSix(int identification, int unit, string octets)
    {
        byte[] body = Convert.FromHexString(octets);
        return
        [
            2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x86, 0xdd,
            0x60, 0, 0, 0, 0, (byte)(8 + body.Length), 44, 51,
            .. Convert.FromHexString("20010db8ffff00000000000000000007" + "20010db8000100000000000000000010"),
            6, 0, 0, (byte)((unit << 3) | (unit == 2 ? 0 : 1)), 0, 0, 0, (byte)identification, .. body,
        ];
    }

    private int Join(byte[] bytes, int now)
    {
        var frame = new Frame();
        frame.Decode(bytes, 0, bytes.Length, bytes.Length);
        Assert.IsTrue(frame.IsFragment);
        return _joiner.Join(frame, frame.Source, frame.Destination, now);
    }

    private void Decode(int at)
    {
        Assert.AreNotEqual(-1, at);
        int length = _joiner.LengthOf(at);
        _joined.Decode(_joiner.Bytes, at, length, length);
    }

    // An IPv4 fragment to 10.1.2.5; more follow but behind the second unit.
    private static byte[] Fragment(int identification, int unit, string octets, string source = "203.0.113.66")
    {
        byte[] body = Convert.FromHexString(octets);
        byte[] address = [.. source.Split('.').Select(part => byte.Parse(part, null))];
        int flags = (unit == 2 ? 0 : 0x2000) | unit;
        return
        [
            2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0,
            0x45, 0, 0, (byte)(20 + body.Length), 0, (byte)identification, (byte)(flags >> 8), (byte)flags, 51, 6, 0, 0,
                .. address, 10, 1, 2, 5, .. body,
        ];
    }
}
