using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class LlcTests
{
    private static readonly (int, int)[] SnapCuts = [(22, Undecodable.LinkCutShort)];

    internal static FrameFixture SnapIp { get; } = FrameFixture.Of(
        "IPv4 in SNAP of organization 0 (RFC 1042)",
        FrameFixture.Unicast + "0026 aaaa03 000000 0800" + """
        4500001e 00010000 40110000 0a010203 0a090807
        04000035 000a0000 0102
        0000000000000000
        """,
        new FrameFacts
        {
            ServiceAccessPoints = 0xaaaa,
            SnapOrganization = 0,
            SnapProtocol = 0x0800,
            EtherType = 0x0800,
            NetworkAt = 22,
            IpVersion = 4,
            Source = 0x0a010203,
            Destination = 0x0a090807,
            SourceAt = 34,
            DestinationAt = 38,
            TimeToLive = 64,
            Identification = 1,
            Protocol = 17,
            HasPorts = true,
            SourcePort = 1024,
            DestinationPort = 53,
            TransportAt = 42,
            TransportLength = 10,
            PayloadAt = 50,
            PayloadLength = 2,
        },
        [(22, Undecodable.LinkCutShort), (42, Undecodable.IpCutShort), (50, Undecodable.TransportCutShort)],
        22);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        FrameFixture.Of(
            "spanning tree",
            "0180c2000000 020000000001 0026 424203 0000 00 00 00 8000020000000001",
            new FrameFacts { IsMulticast = true, ServiceAccessPoints = 0x4242, NetworkAt = 14 },
            [(17, Undecodable.LinkCutShort)]),
        FrameFixture.Of(
            "raw IPX, whose checksum stands where the access points do",
            FrameFixture.ToAll + "0022 ffff 0022 00 11",
            new FrameFacts { IsMulticast = true, IsBroadcast = true, ServiceAccessPoints = 0xffff, NetworkAt = 14 },
            [(17, Undecodable.LinkCutShort)]),
        FrameFixture.Of(
            "CDP in Cisco's SNAP",
            "01000ccccccc 020000000001 0010 aaaa03 00000c 2000 02b4000000000000",
            new FrameFacts
            {
                IsMulticast = true, ServiceAccessPoints = 0xaaaa, SnapOrganization = 0x0c, SnapProtocol = 0x2000, NetworkAt = 14,
            },
            SnapCuts),
        SnapIp,
        FrameFixture.Of(
            "ARP in SNAP of organization 0",
            FrameFixture.ToAll + "0024 aaaa03 000000 0806 0001 0800 06 04 0001 020000000001 0a010203 000000000000 0a090807",
            new FrameFacts
            {
                IsMulticast = true, IsBroadcast = true, ServiceAccessPoints = 0xaaaa, SnapOrganization = 0, SnapProtocol = 0x0806,
                EtherType = 0x0806, NetworkAt = 22, ArpOperation = Arp.Request, Source = 0x0a010203, Destination = 0x0a090807,
                SourceAt = 36,
                DestinationAt = 46,
            },
            [(22, Undecodable.LinkCutShort), (50, Undecodable.ArpCutShort)]),
        FrameFixture.Of(
            "organization 0 with a protocol that is no EtherType",
            FrameFixture.Unicast + "0010 aaaa03 000000 05ff 4500001e00010000",
            new FrameFacts { ServiceAccessPoints = 0xaaaa, SnapOrganization = 0, SnapProtocol = 0x05ff, NetworkAt = 14 },
            SnapCuts),
        FrameFixture.Of(
            "bridge tunnel, whose 0800 is not IP to us",
            FrameFixture.Unicast + "0010 aaaa03 0000f8 0800 4500001e00010000",
            new FrameFacts { ServiceAccessPoints = 0xaaaa, SnapOrganization = 0xf8, SnapProtocol = 0x0800, NetworkAt = 14 },
            SnapCuts),
        FrameFixture.Of(
            "organization with its highest bits",
            FrameFixture.Unicast + "0008 aaaa03 fffefd 0800",
            new FrameFacts { ServiceAccessPoints = 0xaaaa, SnapOrganization = 0xfffefd, SnapProtocol = 0x0800, NetworkAt = 14 },
            SnapCuts),
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
    public void ALengthThatLeavesNoRoomForTheHeaderCutsItShort()
    {
        for (int length = 0; length < Ethernet.LeastType; length++)
        {
            Assert.AreEqual(length < 3 ? Undecodable.LinkCutShort : 0, Fixtures[0].ReasonWith(12, length), $"LLC, {length}");
            Assert.AreEqual(length < 8 ? Undecodable.LinkCutShort : 0, Fixtures[2].ReasonWith(12, length), $"SNAP, {length}");
            Assert.AreEqual(length < 8 ? Undecodable.LinkCutShort : 0, SnapIp.ReasonWith(12, length), $"SNAP with IP, {length}");
        }
    }
}
