using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Frames;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class Ipv6Tests
{
    private const string Addresses = "fd000000000000000000000000000001 fd000000000000000000000000000002";

    private static readonly int[] Extensions =
        [Ipv6.HopByHop, Ipv6.Routing, Ipv6.DestinationOptions, Ipv6.Mobility, Ipv6.Authentication, Ipv6.Fragment];

    private static readonly (int, int)[] HeaderCuts = [(14, Undecodable.LinkCutShort), (54, Undecodable.IpCutShort)];

    private static readonly FrameFacts Packet = new()
    {
        EtherType = 0x86dd,
        IpVersion = 6,
        NetworkAt = 14,
        SourceAt = 22,
        DestinationAt = 38,
        TimeToLive = 63,
        TransportAt = 54,
        PayloadAt = 54,
    };

    internal static FrameFixture Fragment { get; } = FrameFixture.Of(
        "first fragment of a TCP segment",
        FrameFixture.Unicast + "86dd 6000000000242c3f" + Addresses + """
        06 00 0001 abcd1234
        c3502b68 00000063 00000007 50022000 00000000 0001020304050607
        """,
        Packet with
        {
            IsFragment = true,
            FragmentBits = 1,
            Identification = 0x1234,
            Protocol = 6,
            TransportAt = 62,
            TransportLength = 28,
            HasPorts = true,
            SourcePort = 50000,
            DestinationPort = 11112,
            TcpFlags = Tcp.Syn,
            Sequence = 99,
            Acknowledgment = 7,
            PayloadAt = 82,
            PayloadLength = 8,
        },
        [(14, Undecodable.LinkCutShort), (62, Undecodable.IpCutShort), (82, Undecodable.TransportCutShort)],
        14);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        FrameFixture.Of(
            "no next header",
            FrameFixture.Unicast + "86dd 6abcdef000023b3f" + Addresses + "0102",
            Packet with { Protocol = 59, TransportLength = 2, PayloadLength = 2 },
            HeaderCuts,
            14),
        With(Ipv6.HopByHop, "11 00 050200000100"),
        With(Ipv6.HopByHop, "11 01 050200000100 010600000000 0000"),
        With(Ipv6.Routing, "11 02 00 01 00000000 fd000000000000000000000000000003"),
        With(Ipv6.DestinationOptions, "11 00 0104 00000000"),
        With(Ipv6.Mobility, "11 00 0000 00000000"),
        With(Ipv6.Authentication, "11 04 0000 00000001 00000002 000000000000000000000000"),
        With(Ipv6.Authentication, "11 01 0000 00000001 00000002"),
        With(Ipv6.Fragment, "11 00 0000 abcd1234", Packet with { Identification = 0x1234 }),
        With(Ipv6.HopByHop,
            "3c 00 010400000000 2b 00 010400000000 33 00 000400000000 2c 01 0000 00000001 00000002 11 00 0000 00005678",
            Packet with { Identification = 0x5678 }),
        Fragment,
        FrameFixture.Of(
            "tiny first fragment, which splits the TCP header",
            FrameFixture.Unicast + "86dd 6000000000102c3f" + Addresses + "06 00 0001 abcd1234 c3502b68 00000063",
            Packet with
            {
                IsFragment = true, FragmentBits = 1, SplitsHeader = true, Identification = 0x1234, Protocol = 6, TransportAt = 62,
                TransportLength = 8, PayloadLength = 16,
            },
            [(14, Undecodable.LinkCutShort), (62, Undecodable.IpCutShort)],
            14),
        FrameFixture.Of(
            "later fragment: no header in it is read, extensions neither",
            FrameFixture.Unicast + "86dd 6000000000102c3f" + Addresses + "3c 00 fff8 abcd1234 06ff2b68 00000063",
            Packet with
            {
                IsFragment = true, FragmentOffset = 0xfff8, Identification = 0x1234, Protocol = 60, TransportAt = 62,
                TransportLength = 8,
                PayloadLength = 16,
            },
            [(14, Undecodable.LinkCutShort), (62, Undecodable.IpCutShort)],
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
    public void APayloadLengthLargerThanTheFrameLies()
    {
        // 62 octets behind the header's 40: extension 8, and 12 of UDP.
        FrameFixture fixture = Fixtures[1];
        for (int length = 0; length < 65536; length++)
        {
            int reason = length is < 8 or > 20 ? Undecodable.IpLengthLies : length < 20 ? Undecodable.UdpLengthLies
                : Undecodable.None;
            Assert.AreEqual(reason, fixture.ReasonWith(18, length), $"payload length {length}");
        }
    }

    [TestMethod]
    public void AnExtensionLongerThanThePayloadLies()
    {
        foreach (int extension in Extensions)
        {
            for (int value = 0; value < 256; value++)
            {
                // Zeros follow the extension, and the next header is one of which nothing is decoded: only the length matters.
                byte[] octets = Octets.Hex(FrameFixture.Unicast + "86dd 600000000064003f" + Addresses + "3b 00 0000 00000000 ");
                octets = [.. octets, .. new byte[92]];
                octets[20] = (byte)extension;
                octets[55] = (byte)value;
                int length = extension == Ipv6.Fragment ? 8 : extension == Ipv6.Authentication ? (value + 2) * 4 : (value
                    + 1) * 8;
                int reason = length > 100 ? Undecodable.IpLengthLies : Undecodable.None;
                Assert.AreEqual(reason, FrameFixture.ReasonOf(octets, octets.Length), $"extension {extension}, length {value}");
            }
        }
    }

    [TestMethod]
    public void EightExtensionsAreSkippedAndNineAreTooMany()
    {
        foreach (int extension in Extensions)
        {
            for (int count = 1; count <= 12; count++)
            {
                byte[] headers = [.. Enumerable.Range(1, count).SelectMany(i => new byte[]
                {
                    (byte)(i == count ? 59 : extension), 0, 0, 0, 0, 0, 0, 0,
                })];
                byte[] octets =
                [
                    .. Octets.Hex(FrameFixture.Unicast + "86dd 60000000"), 0, (byte)headers.Length, (byte)extension, 63,
                    .. Octets.Hex(Addresses), .. headers,
                ];
                int reason = count <= Ipv6.MostExtensions ? Undecodable.None : Undecodable.TooManyExtensions;
                Assert.AreEqual(reason, FrameFixture.ReasonOf(octets, octets.Length), $"{count} times {extension}");
            }
        }
    }

    [TestMethod]
    public void TheFirstFourBitsAreVersion6()
    {
        for (int value = 0; value < 256; value++)
        {
            int reason = value >> 4 == 6 ? Undecodable.None : Undecodable.IpHeaderInvalid;
            Assert.AreEqual(reason, Fixtures[0].ReasonWithOctet(14, value), $"first octet {value:x2}");
        }
    }

    /// <summary>A UDP datagram of four octets behind extension headers.</summary>
    private static FrameFixture With(int extension, string headers, FrameFacts? packet = null)
    {
        byte[] octets = Octets.Hex(headers);
        int at = 54 + octets.Length;
        string hex = FrameFixture.Unicast + $"86dd 60000000 {octets.Length + 12:x4} {extension:x2} 3f" + Addresses + headers
            + "04000035 000c0000 01020304";
        return FrameFixture.Of(
            $"extension {extension} of {octets.Length} octets",
            hex,
            (packet ?? Packet) with
            {
                Protocol = 17,
                TransportAt = at,
                TransportLength = 12,
                HasPorts = true,
                SourcePort = 1024,
                DestinationPort = 53,
                PayloadAt = at + 8,
                PayloadLength = 4,
            },
            [(14, Undecodable.LinkCutShort), (at, Undecodable.IpCutShort), (at + 8, Undecodable.TransportCutShort)],
            14);
    }
}
