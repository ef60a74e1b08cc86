using System.Collections.Generic;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class ArpTests
{
    private static readonly (int, int)[] Cuts = [(14, Undecodable.LinkCutShort), (42, Undecodable.ArpCutShort)];

    internal static FrameFixture Request { get; } = FrameFixture.Of(
        "request",
        FrameFixture.ToAll + """
        0806 0001 0800 06 04 0001 020000000001 80e7d4ff 000000000000 80e7d501
        000000000000000000000000000000000000
        """,
        new FrameFacts
        {
            IsMulticast = true,
            IsBroadcast = true,
            EtherType = 0x0806,
            NetworkAt = 14,
            ArpOperation = Arp.Request,
            Source = unchecked((int)0x80e7d4ff),
            Destination = unchecked((int)0x80e7d501),
            SourceAt = 28,
            DestinationAt = 38,
        },
        Cuts);

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        Request,
        FrameFixture.Of(
            "reply, not padded",
            FrameFixture.Unicast + "0806 0001 0800 06 04 0002 020000000001 0a010203 020000000002 0a090807",
            new FrameFacts
            {
                EtherType = 0x0806, NetworkAt = 14, ArpOperation = Arp.Reply, Source = 0x0a010203, Destination = 0x0a090807,
                SourceAt = 28,
                DestinationAt = 38,
            },
            Cuts),
        FrameFixture.Of(
            "reverse ARP's operation 3",
            FrameFixture.ToAll + "0806 0001 0800 06 04 0003 020000000001 00000000 020000000001 00000000",
            new FrameFacts
            {
                IsMulticast = true, IsBroadcast = true, EtherType = 0x0806, NetworkAt = 14, ArpOperation = 3, SourceAt = 28,
                DestinationAt = 38,
            },
            Cuts),
        FrameFixture.Of(
            "request of IEEE 802 hardware",
            FrameFixture.ToAll + "0806 0006 0800 06 04 0001 020000000001 0a010203 000000000000 0a090807",
            new FrameFacts { IsMulticast = true, IsBroadcast = true, EtherType = 0x0806, NetworkAt = 14 },
            Cuts),
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
    public void AnotherHardwareProtocolOrAddressLengthSaysNothingOfAnIpv4Host()
    {
        for (int at = 14; at < 20; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] octets = [.. Request.Octets];
                octets[at] = (byte)value;
                var frame = new Frame();
                frame.Decode(octets, 0, octets.Length, octets.Length);

                FrameFacts nothing = Request.Facts with
                {
                    ArpOperation = 0,
                    Source = 0,
                    Destination = 0,
                    SourceAt = 0,
                    DestinationAt = 0
                };
                Assert.AreEqual(value == Request.Octets[at] ? Request.Facts : nothing, FrameFacts.Of(frame),
                    $"octet {at} is {value}");
            }
        }
    }
}
