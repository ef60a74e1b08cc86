using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class UdpTests
{
    private static readonly (int, int)[] Cuts =
        [(14, Undecodable.LinkCutShort), (34, Undecodable.IpCutShort), (42, Undecodable.TransportCutShort)];

    private static readonly FrameFacts Query = new()
    {
        EtherType = 0x0800,
        IpVersion = 4,
        Source = 0x0a010203,
        Destination = unchecked((int)0xf0090807),
        Protocol = 17,
        HasPorts = true,
        SourcePort = 65535,
        DestinationPort = 53,
        NetworkAt = 14,
        SourceAt = 26,
        DestinationAt = 30,
        TimeToLive = 255,
        Identification = 0xffff,
        TransportAt = 34,
        TransportLength = 16,
        PayloadAt = 42,
        PayloadLength = 8,
    };

    internal static FrameFixture Datagram { get; } = FrameFixture.Of(
        "datagram",
        FrameFixture.Unicast + "0800" + """
        45000024 ffff0000 ff110000 0a010203 f0090807
        ffff0035 00100000 0102030405060708
        00000000 00000000 0000
        """,
        Query,
        Cuts,
        14);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        Datagram,
        FrameFixture.Of(
            "datagram shorter than the IP packet that carries it",
            FrameFixture.Unicast + "0800" + """
            45000024 ffff0000 ff110000 0a010203 f0090807
            ffff0035 000c0000 0102030405060708
            00000000 00000000 0000
            """,
            Query with { PayloadLength = 4 },
            Cuts,
            14),
        FrameFixture.Of(
            "broadcast",
            FrameFixture.ToAll + "0800" + """
            4500001c ffff0000 ff110000 0a010203 f0090807
            ffff0035 00080000
            000000000000000000000000000000000000
            """,
            Query with { IsMulticast = true, IsBroadcast = true, TransportLength = 8, PayloadLength = 0 },
            Cuts,
            14),
        FrameFixture.Of(
            "datagram in IPv6",
            FrameFixture.Unicast + "86dd" + """
            60000000000c1101 fd000000000000000000000000000001 fd000000000000000000000000000002
            00350400 000c0000 01020304
            """,
            new FrameFacts
            {
                EtherType = 0x86dd, IpVersion = 6, Protocol = 17, HasPorts = true, SourcePort = 53, DestinationPort = 1024,
                NetworkAt = 14,
                SourceAt = 22, DestinationAt = 38, TimeToLive = 1, TransportAt = 54, TransportLength = 12, PayloadAt = 62,
                PayloadLength = 4,
            },
            [(14, Undecodable.LinkCutShort), (54, Undecodable.IpCutShort), (62, Undecodable.TransportCutShort)],
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
    public void ALengthBelow8OctetsOrBeyondTheDatagramLies()
    {
        for (int length = 0; length < 65536; length++)
        {
            int reason = length is >= 8 and <= 16 ? Undecodable.None : Undecodable.UdpLengthLies;
            Assert.AreEqual(reason, Datagram.ReasonWith(38, length), $"{length} octets");
            reason = length is >= 8 and <= 12 ? Undecodable.None : Undecodable.UdpLengthLies;
            Assert.AreEqual(reason, Fixtures[3].ReasonWith(58, length), $"{length} octets in IPv6");
        }
    }
}
