using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class TcpTests
{
    private static readonly (int, int)[] Cuts =
        [(14, Undecodable.LinkCutShort), (34, Undecodable.IpCutShort), (54, Undecodable.TransportCutShort)];

    private static readonly FrameFacts Segment = new()
    {
        EtherType = 0x0800,
        IpVersion = 4,
        Source = 0x0a010203,
        Destination = 0x0a090807,
        Protocol = 6,
        HasPorts = true,
        SourcePort = 50000,
        DestinationPort = 11112,
        NetworkAt = 14,
        SourceAt = 26,
        DestinationAt = 30,
        TimeToLive = 57,
        Identification = 4711,
        FragmentBits = 2,
        TransportAt = 34,
    };

    internal static FrameFixture Syn { get; } = FrameFixture.Of(
        "SYN with MSS",
        FrameFixture.Unicast + "0800" + """
        4500002c 12674000 39060000 0a010203 0a090807
        c3502b68 00000063 00000007 60022000 00000000 020405b4
        0000
        """,
        Segment with { TransportLength = 24, TcpFlags = Tcp.Syn, Sequence = 99, Acknowledgment = 7, PayloadAt = 58 },
        Cuts,
        14);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        Syn,
        FrameFixture.Of(
            "data, numbers with their highest bit, all eight flags",
            FrameFixture.Unicast + "0800" + """
            45000030 12674000 39060000 0a010203 0a090807
            c3502b68 80000001 fffffffe 50ff2000 00000000 0001020304050607
            """,
            Segment with
            {
                TransportLength = 28, TcpFlags = 255, Sequence = int.MinValue + 1, Acknowledgment = -2, PayloadAt = 54,
                PayloadLength = 8,
            },
            Cuts,
            14),
        FrameFixture.Of(
            "no flags at all",
            FrameFixture.Unicast + "0800" + """
            45000028 12674000 39060000 0a010203 0a090807
            c3502b68 00000063 00000007 50002000 00000000
            000000000000
            """,
            Segment with { TransportLength = 20, Sequence = 99, Acknowledgment = 7, PayloadAt = 54 },
            Cuts,
            14),
        FrameFixture.Of(
            "SYN in IPv6",
            FrameFixture.Unicast + "86dd" + """
            6000000000180640 fd000000000000000000000000000001 fd000000000000000000000000000002
            c3502b68 00000063 00000007 60022000 00000000 020405b4
            """,
            new FrameFacts
            {
                EtherType = 0x86dd, IpVersion = 6, Protocol = 6, HasPorts = true, SourcePort = 50000, DestinationPort = 11112,
                NetworkAt = 14, SourceAt = 22, DestinationAt = 38, TimeToLive = 64, TransportAt = 54, TransportLength = 24,
                TcpFlags = Tcp.Syn, Sequence = 99, Acknowledgment = 7, PayloadAt = 78,
            },
            [(14, Undecodable.LinkCutShort), (54, Undecodable.IpCutShort), (74, Undecodable.TransportCutShort)],
            14),
    ];

    [TestMethod]
    public void EveryFieldIsWhatTheOctetsSay()
    {
        foreach (FrameFixture fixture in Fixtures)
        {
            fixture.Check();
        }
    }

    [TestMethod]
    public void LengthFlagsAndWindowStandInOneWord()
    {
        foreach ((FrameFixture fixture, int word) in new[] { (Syn, 0x60022000), (Fixtures[1], 0x50ff2000), (UdpTests.Datagram, 0) })
        {
            var frame = new Frame();
            frame.Decode(fixture.Octets, 0, fixture.Octets.Length, fixture.Octets.Length);
            Assert.AreEqual(word, frame.SizeAndWindow(), fixture.Name);
        }
    }

    [TestMethod]
    public void ADataOffsetBelow20OctetsOrBeyondTheSegmentLies()
    {
        // The segment has 24 octets, six words.
        for (int words = 0; words < 16; words++)
        {
            int reason = words is 5 or 6 ? Undecodable.None : Undecodable.TcpLengthLies;
            Assert.AreEqual(reason, Syn.ReasonWithOctet(46, words << 4), $"{words} words");
            Assert.AreEqual(reason, Fixtures[3].ReasonWithOctet(66, words << 4), $"{words} words in IPv6");
        }
    }

    [TestMethod]
    public void ADatagramShorterThanTheHeaderLies()
    {
        // Total length; header 20, data offset 24.
        for (int length = 20; length < 44; length++)
        {
            Assert.AreEqual(Undecodable.TcpLengthLies, Syn.ReasonWith(16, length), $"total length {length}");
        }
    }
}
