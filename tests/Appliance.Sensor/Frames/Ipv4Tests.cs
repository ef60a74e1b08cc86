using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class Ipv4Tests
{
    private static readonly (int, int)[] HeaderCuts = [(14, Undecodable.LinkCutShort), (34, Undecodable.IpCutShort)];

    private static readonly FrameFacts Packet = new()
    {
        EtherType = 0x0800,
        IpVersion = 4,
        Source = 0x0a010203,
        Destination = 0x0a090807,
        NetworkAt = 14,
        SourceAt = 26,
        DestinationAt = 30,
        TimeToLive = 128,
        Identification = 0x0102,
        TransportAt = 34,
        PayloadAt = 34,
    };

    internal static FrameFixture Options { get; } = FrameFixture.Of(
        "record route, six options words, UDP behind them",
        FrameFixture.Unicast + "0800" + """
        4b000038 01020000 80110000 0a010203 0a090807
        07170400000000 00000000 00000000 00000000 00000000 00
        04000035 000c0000 01020304
        """,
        Packet with
        {
            Protocol = 17,
            TransportAt = 58,
            TransportLength = 12,
            HasPorts = true,
            SourcePort = 1024,
            DestinationPort = 53,
            PayloadAt = 66,
            PayloadLength = 4,
        },
        [(14, Undecodable.LinkCutShort), (58, Undecodable.IpCutShort), (66, Undecodable.TransportCutShort)],
        14);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        Options,
        FrameFixture.Of(
            "GRE, of which only the number is known",
            FrameFixture.Unicast + "0800" + "4500001a 01024000 802f0000 0a010203 0a090807 0000 0800 4500",
            Packet with { Protocol = 47, FragmentBits = 2, TransportLength = 6, PayloadLength = 6 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "nothing behind the header, reserved flag",
            FrameFixture.Unicast + "0800" + "45000014 01028000 80ff0000 0a010203 0a090807",
            Packet with { Protocol = 255, FragmentBits = 4 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "first fragment of a TCP segment",
            FrameFixture.Unicast + "0800" + """
            45000030 01022000 80060000 0a010203 0a090807
            c3502b68 00000063 00000007 50102000 00000000 0001020304050607
            """,
            Packet with
            {
                IsFragment = true, FragmentBits = 1, Protocol = 6, TransportLength = 28, HasPorts = true, SourcePort = 50000,
                DestinationPort = 11112, TcpFlags = Tcp.Ack, Sequence = 99, Acknowledgment = 7, PayloadAt = 54, PayloadLength = 8,
            },
            [.. HeaderCuts, (54, Undecodable.TransportCutShort)],
            14),
        FrameFixture.Of(
            "first fragment that ends in the TCP options",
            FrameFixture.Unicast + "0800" + """
            4500002c 01022000 80060000 0a010203 0a090807
            c3502b68 00000063 00000007 80022000 00000000 020405b4
            """,
            Packet with
            {
                IsFragment = true, FragmentBits = 1, Protocol = 6, TransportLength = 24, HasPorts = true, SourcePort = 50000,
                DestinationPort = 11112, TcpFlags = Tcp.Syn, Sequence = 99, Acknowledgment = 7, PayloadAt = 66,
            },
            [.. HeaderCuts, (54, Undecodable.TransportCutShort)],
            14),
        FrameFixture.Of(
            "tiny first fragment, which splits the TCP header (RFC 1858)",
            FrameFixture.Unicast + "0800" + "4500001c 01022000 80060000 0a010203 0a090807 c3502b68 00000063",
            Packet with { IsFragment = true, FragmentBits = 1, SplitsHeader = true, Protocol = 6, TransportLength = 8,
                PayloadLength = 8 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "tiny first fragment of 16 octets",
            FrameFixture.Unicast + "0800" + "45000024 01022000 80060000 0a010203 0a090807 c3502b68 00000063 00000007 50022000",
            Packet with { IsFragment = true, FragmentBits = 1, SplitsHeader = true, Protocol = 6, TransportLength = 16,
                PayloadLength = 16 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "first fragment without a whole UDP header",
            FrameFixture.Unicast + "0800" + "4500001b 01022000 80110000 0a010203 0a090807 04000035 001000",
            Packet with { IsFragment = true, FragmentBits = 1, SplitsHeader = true, Protocol = 17, TransportLength = 7,
                PayloadLength = 7 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "first fragment of a UDP datagram that goes on",
            FrameFixture.Unicast + "0800" + "45000024 01022000 80110000 0a010203 0a090807 04000035 05dc0000 0102030405060708",
            Packet with
            {
                IsFragment = true, FragmentBits = 1, Protocol = 17, TransportLength = 16, HasPorts = true, SourcePort = 1024,
                DestinationPort = 53, PayloadAt = 42, PayloadLength = 8,
            },
            [.. HeaderCuts, (42, Undecodable.TransportCutShort)],
            14),
        FrameFixture.Of(
            "later fragment: what looks like a TCP header is none",
            FrameFixture.Unicast + "0800" + """
            45000028 01022001 80060000 0a010203 0a090807
            c3502b68 00000063 00000007 50102000 00000000
            """,
            Packet with { IsFragment = true, FragmentOffset = 8, FragmentBits = 1, Protocol = 6, TransportLength = 20,
                PayloadLength = 20 },
            HeaderCuts,
            14),
        FrameFixture.Of(
            "last fragment at the greatest offset",
            FrameFixture.Unicast + "0800" + "4500001c 01021fff 80110000 0a010203 0a090807 04000035 00080000",
            Packet with { IsFragment = true, FragmentOffset = 65528, Protocol = 17, TransportLength = 8, PayloadLength = 8 },
            HeaderCuts,
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
    public void ATotalLengthSmallerThanTheHeaderOrLargerThanTheFrameLies()
    {
        // 60 octets of frame leave 46; 12 octets of UDP stand behind 20 of header.
        FrameFixture datagram = UdpTests.Datagram;
        for (int length = 0; length < 65536; length++)
        {
            int reason = length is < 20 or > 46 ? Undecodable.IpLengthLies : length < 36 ? Undecodable.UdpLengthLies
                : Undecodable.None;
            Assert.AreEqual(reason, datagram.ReasonWith(16, length), $"total length {length}");
        }
    }

    [TestMethod]
    public void TheFirstOctetIsVersion4AndAtLeastFiveWords()
    {
        // Total length 56, header 44: eleven words. With another header length, UDP's length is read elsewhere: zeros in the
        // options.
        for (int value = 0; value < 256; value++)
        {
            int words = value & 15;
            int reason = value >> 4 != 4 || words < 5 ? Undecodable.IpHeaderInvalid
                : words == 11 ? Undecodable.None
                : words * 4 > 56 ? Undecodable.IpLengthLies : Undecodable.UdpLengthLies;
            Assert.AreEqual(reason, Options.ReasonWithOctet(14, value), $"first octet {value:x2}");
        }
    }

    [TestMethod]
    public void EveryFragmentOffsetAndFlagIsRead()
    {
        for (int value = 0; value < 65536; value++)
        {
            byte[] octets = [.. Fixtures[1].Octets];
            octets[20] = (byte)(value >> 8);
            octets[21] = (byte)value;
            var frame = new Frame();
            frame.Decode(octets, 0, octets.Length, octets.Length);
            Assert.AreEqual((value & 0x1fff) * 8, frame.FragmentOffset);
            Assert.AreEqual(value >> 13, frame.FragmentBits);
            Assert.AreEqual((value & 0x3fff) != 0, frame.IsFragment);
        }
    }
}
