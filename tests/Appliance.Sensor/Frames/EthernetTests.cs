using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Frames;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

[TestClass]
public sealed class EthernetTests
{
    private static readonly int[] TagTypes = [Ethernet.TypeVlan, Ethernet.TypeServiceVlan, Ethernet.TypeOldQinQ];

    private static readonly (int, int)[] Cuts = [(14, Undecodable.LinkCutShort)];

    internal static IReadOnlyList<FrameFixture> Fixtures { get; } =
    [
        FrameFixture.Of(
            "a type that nobody decodes",
            FrameFixture.Unicast + "88b5 0123456789abcdef",
            new FrameFacts { EtherType = 0x88b5, NetworkAt = 14 },
            Cuts),
        FrameFixture.Of(
            "DECnet maintenance operation to its multicast",
            "ab0000010000 aa0004000104 6002 0f00",
            new FrameFacts { IsMulticast = true, EtherType = 0x6002, NetworkAt = 14 },
            Cuts),
        FrameFixture.Of(
            "broadcast with the least type",
            FrameFixture.ToAll + "0600",
            new FrameFacts { IsMulticast = true, IsBroadcast = true, EtherType = 0x0600, NetworkAt = 14 },
            Cuts),
        FrameFixture.Of(
            "nearly a broadcast address",
            "fffffffffffe 020000000001 88b5 00",
            new FrameFacts { IsMulticast = true, EtherType = 0x88b5, NetworkAt = 14 },
            Cuts),
        FrameFixture.Of(
            "the individual address with five octets of ones",
            "feffffffffff 020000000001 88b5 00",
            new FrameFacts { EtherType = 0x88b5, NetworkAt = 14 },
            Cuts),
        Behind(TcpTests.Syn, Ethernet.TypeVlan),
        Behind(UdpTests.Datagram, Ethernet.TypeServiceVlan, Ethernet.TypeVlan),
        Behind(ArpTests.Request, Ethernet.TypeOldQinQ, Ethernet.TypeVlan),
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
    public void TheFactsCoverEveryPublicMember()
    {
        IEnumerable<string> told = typeof(Frame).GetFields().Select(f => f.Name).Concat(typeof(Frame).GetProperties().Select(p =>
            p.Name));
        string[] besides = [nameof(Frame.Bytes), nameof(Frame.Start)];
        string[] facts = [.. typeof(FrameFacts).GetProperties().Select(p => p.Name)];
        CollectionAssert.AreEquivalent(told.Except(besides).ToArray(), facts);
    }

    [TestMethod]
    public void TagsOfAllKindsInAllStackingsAreSkipped()
    {
        FrameFixture[] whole = [TcpTests.Syn, UdpTests.Datagram, ArpTests.Request, LlcTests.SnapIp, Ipv6Tests.Fragment];
        for (int depth = 1; depth <= 3; depth++)
        {
            int stackings = depth == 1 ? 3 : depth == 2 ? 9 : 27;
            for (int i = 0; i < stackings; i++)
            {
                int[] tags = [.. Enumerable.Range(0, depth).Select(d => TagTypes[i / (d == 0 ? 1 : d == 1 ? 3 : 9) % 3])];
                foreach (FrameFixture fixture in whole)
                {
                    FrameFixture tagged = Behind(fixture, tags);
                    tagged.Check();
                    for (int captured = 0; captured <= tagged.Octets.Length; captured++)
                    {
                        Assert.AreEqual(
                            tagged.ReasonWhenCaptured(captured),
                            FrameFixture.ReasonOf(tagged.Octets[..captured], tagged.Octets.Length),
                            $"{tagged} cut to {captured}");
                    }
                }
            }
        }
    }

    [TestMethod]
    public void EightTagsAreSkippedAndNineAreTooMany()
    {
        foreach (int type in TagTypes)
        {
            Behind(TcpTests.Syn, [.. Enumerable.Repeat(type, Ethernet.MostTags)]).Check();
            byte[] nine = Behind(TcpTests.Syn, [.. Enumerable.Repeat(type, Ethernet.MostTags + 1)]).Octets;
            for (int captured = 0; captured <= nine.Length; captured++)
            {
                // The ninth tag ends, with the type behind it, at 12 + 9 x 4 + 2.
                int reason = captured < 50 ? Undecodable.LinkCutShort : Undecodable.TooManyTags;
                Assert.AreEqual(reason, FrameFixture.ReasonOf(nine[..captured], nine.Length), $"cut to {captured}");
            }
        }
    }

    [TestMethod]
    public void AtLeast1536IsATypeAndLessIsALength()
    {
        FrameFixture fixture = Fixtures[0];
        for (int type = 0; type < 65536; type++)
        {
            if (TagTypes.Contains(type) || type is 0x0800 or 0x86dd or 0x0806)
            {
                continue;
            }

            byte[] octets = [.. fixture.Octets];
            octets[12] = (byte)(type >> 8);
            octets[13] = (byte)type;
            var frame = new Frame();
            frame.Decode(octets, 0, octets.Length, octets.Length);
            Assert.AreEqual(type < 3 ? Undecodable.LinkCutShort : 0, frame.Problem, $"{type:x4}");
            Assert.AreEqual(type >= 0x0600 ? type : -1, frame.EtherType, $"{type:x4}");
            Assert.AreEqual(type is >= 3 and < 0x0600 ? 0x0123 : -1, frame.ServiceAccessPoints, $"{type:x4}");
        }
    }

    /// <summary>A frame behind tags, the outermost first.</summary>
    private static FrameFixture Behind(FrameFixture fixture, params int[] tags)
    {
        int more = tags.Length * Ethernet.TagLength;
        byte[] tagOctets = [.. tags.SelectMany(type => new byte[] { (byte)(type >> 8), (byte)type, 0xe0, 7 })];
        FrameFacts facts = fixture.Facts.Shifted(more);
        return new FrameFixture(
            $"{fixture.Name} behind {string.Join(", ", tags.Select(t => t.ToString("x4", null)))}",
            [.. fixture.Octets[..12], .. tagOctets, .. fixture.Octets[12..]],
            facts with { Tags = tags.Length },
            [.. fixture.Cuts.Select(cut => (cut.Below + more, cut.Reason))],
            fixture.IpAt == 0 ? 0 : fixture.IpAt + more);
    }
}
