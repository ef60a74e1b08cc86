using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class IcmpTests
{
    private static readonly (int, int)[] Cuts =
        [(14, Undecodable.LinkCutShort), (34, Undecodable.IpCutShort), (38, Undecodable.TransportCutShort)];

    private static readonly (int, int)[] CutsV6 =
        [(14, Undecodable.LinkCutShort), (54, Undecodable.IpCutShort), (58, Undecodable.TransportCutShort)];

    private static readonly FrameFacts Message = new()
    {
        EtherType = 0x0800,
        IpVersion = 4,
        Source = 0x0a010203,
        Destination = 0x0a090807,
        NetworkAt = 14,
        SourceAt = 26,
        DestinationAt = 30,
        TimeToLive = 64,
        Protocol = 1,
        TransportAt = 34,
    };

    private static readonly FrameFacts MessageV6 = new()
    {
        EtherType = 0x86dd,
        IpVersion = 6,
        NetworkAt = 14,
        SourceAt = 22,
        DestinationAt = 38,
        TimeToLive = 255,
        Protocol = 58,
        TransportAt = 54,
    };

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        FrameFixture.Of(
            "echo request",
            FrameFixture.Unicast + "0800 45000020 00000000 40010000 0a010203 0a090807 0800 0000 1234 0001 01020304",
            Message with { TransportLength = 12, IcmpType = 8, PayloadAt = 42, PayloadLength = 4 },
            Cuts,
            14),
        FrameFixture.Of(
            "port unreachable with what it quotes",
            FrameFixture.Unicast + """
            0800 45000038 00000000 40010000 0a010203 0a090807 0303 0000 00000000
            4500001c 00000000 40110000 0a090807 0a010203 04000035 00080000
            """,
            Message with { TransportLength = 36, IcmpType = 3, IcmpCode = 3, PayloadAt = 42, PayloadLength = 28 },
            Cuts,
            14),
        FrameFixture.Of(
            "a type of four octets",
            FrameFixture.Unicast + "0800 45000018 00000000 40010000 0a010203 0a090807 ff07 0000",
            Message with { TransportLength = 4, IcmpType = 255, IcmpCode = 7, PayloadAt = 38 },
            Cuts,
            14),
        FrameFixture.Of(
            "first fragment that ends in the header",
            FrameFixture.Unicast + "0800 45000016 00002000 40010000 0a010203 0a090807 0800",
            Message with { IsFragment = true, FragmentBits = 1, SplitsHeader = true, TransportLength = 2, PayloadAt = 34,
                PayloadLength = 2 },
            [(14, Undecodable.LinkCutShort), (34, Undecodable.IpCutShort)],
            14),
        FrameFixture.Of(
            "echo reply in IPv6",
            FrameFixture.Unicast + """
            86dd 60000000000a3aff fd000000000000000000000000000001 fd000000000000000000000000000002
            8100 0000 1234 0001 0102
            """,
            MessageV6 with { TransportLength = 10, IcmpType = 129, PayloadAt = 62, PayloadLength = 2 },
            CutsV6,
            14),
        FrameFixture.Of(
            "neighbour solicitation",
            "3333ff000002 020000000001" + """
            86dd 6000000000183aff fd000000000000000000000000000001 ff0200000000000000000001ff000002
            8700 0000 00000000 fd000000000000000000000000000002
            """,
            MessageV6 with { IsMulticast = true, TransportLength = 24, IcmpType = 135, PayloadAt = 58, PayloadLength = 20 },
            CutsV6,
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
    public void AMessageShorterThanItsTypeNeedsLies()
    {
        // RFC 792, RFC 950 and RFC 1256: echoes and errors 8 octets, timestamps 20, address masks 12.
        CheckNeeds(Fixtures[1], 36, type => type switch
        {
            0 or 3 or 4 or 5 or 8 or 9 or 10 or 11 or 12 or 15 or 16 => 8,
            13 or 14 => 20,
            17 or 18 => 12,
            _ => 4,
        });
    }

    [TestMethod]
    public void AMessageOfIpv6ShorterThanItsTypeNeedsLies()
    {
        // RFC 4443, RFC 4861, RFC 4620.
        CheckNeeds(Fixtures[5], 24, type => type switch
        {
            (>= 1 and <= 4) or 128 or 129 or 133 => 8,
            134 or 139 or 140 => 16,
            135 or 136 => 24,
            137 => 40,
            _ => 4,
        });
    }

    private static void CheckNeeds(FrameFixture fixture, int longest, System.Func<int, int> needs)
    {
        bool isSix = fixture.Facts.IpVersion == 6;
        for (int type = 0; type < 256; type++)
        {
            for (int length = 0; length <= longest; length++)
            {
                byte[] octets = [.. fixture.Octets];
                octets[fixture.Facts.TransportAt] = (byte)type;
                octets[isSix ? 19 : 17] = (byte)(isSix ? length : 20 + length);
                int reason = length < needs(type) ? Undecodable.IcmpLengthLies : Undecodable.None;
                Assert.AreEqual(reason, FrameFixture.ReasonOf(octets, octets.Length), $"type {type}, {length} octets");
            }
        }
    }
}
