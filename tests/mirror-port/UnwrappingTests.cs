using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>What is wrapped comes out as the frame inside, in the hook and on the workstation alike.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class UnwrappingTests
{
    private static readonly byte[] Syn = new Ip("10.1.2.3", "10.1.2.4").Tcp(40000, 5556, "S", sequence: 12345);
    private static readonly byte[] Data = new Ip("10.1.2.3", "10.1.2.4").Tcp(104, 40000, "A", payload: new byte[300]);
    private static readonly byte[] Question = new Ip("10.1.2.3", "10.1.2.5").Udp(5000, 53, new byte[40]);
    private static readonly byte[] Syn6 = new Ip("fd00::1", "fd00::2").Tcp(40000, 22, "S");
    private static readonly byte[] Arp = [.. Convert.FromHexString(
        "ffffffffffff02000000000208060001080006040001020000000002" + "0a010203" + "000000000000" + "0a010207"), .. new byte[18]];

    private static readonly (string Name, Wrapping As, Func<byte[], byte[]> Make, bool IsPacket)[] Ways =
    [
        ("three tags", Wrapping.Tags, f => Change.Tagged(f, (0x88a8, 1), (0x8100, 2), (0x8100, 3)), false),
        ("a tag 0x9200", Wrapping.Tags, f => Change.Tagged(f, (0x9200, 1)), false),
        ("0x9200 and 0x8100", Wrapping.Tags, f => Change.Tagged(f, (0x9200, 1), (0x8100, 2)), false),
        ("VN-Tag", Wrapping.VnTag, Wrap.VnTag, false),
        ("VN-Tag and a tag", Wrapping.VnTag, f => Wrap.VnTag(Change.Tagged(f, (0x8100, 5))), false),
        ("E-tag", Wrapping.ETag, Wrap.ETag, false),
        ("E-tag and two tags", Wrapping.ETag, f => Wrap.ETag(Change.Tagged(f, (0x88a8, 4), (0x8100, 5))), false),
        ("CMD", Wrapping.Cmd, Wrap.Cmd, false),
        ("CMD behind a tag", Wrapping.Cmd, f => Change.Tagged(Wrap.Cmd(f), (0x8100, 5)), false),
        ("PPPoE", Wrapping.Pppoe, Wrap.Pppoe, true),
        ("PPPoE behind a tag", Wrapping.Pppoe, f => Change.Tagged(Wrap.Pppoe(f), (0x8100, 5)), true),
        ("MPLS", Wrapping.Mpls, f => Wrap.Mpls(f), true),
        ("MPLS, three labels", Wrapping.Mpls, f => Wrap.Mpls(f, 3), true),
        ("MPLS with Ethernet", Wrapping.MplsEthernet, f => Wrap.MplsEthernet(f, false), false),
        ("MPLS with a control word", Wrapping.MplsEthernet, f => Wrap.MplsEthernet(f, true), false),
        ("GRE", Wrapping.GreTap, f => Wrap.Gre(f), false),
        ("GRE with a key", Wrapping.GreTap, f => Wrap.Gre(f, hasKey: true), false),
        ("ERSPAN I", Wrapping.Erspan1, Wrap.Erspan1, false),
        ("ERSPAN II", Wrapping.Erspan2, f => Wrap.Erspan2(f, 7), false),
        ("ERSPAN II behind a tag", Wrapping.Erspan2, f => Change.Tagged(Wrap.Erspan2(f, 7), (0x8100, 5)), false),
        ("ERSPAN II with VN-Tags", Wrapping.Erspan2, f => Wrap.Erspan2(Wrap.VnTag(f), 7), false),
        ("ERSPAN III", Wrapping.Erspan3, f => Wrap.Erspan3(f, 7), false),
        ("ERSPAN III with its platform's header", Wrapping.Erspan3, f => Wrap.Erspan3(f, 7, hasPlatform: true), false),
        ("VXLAN", Wrapping.Vxlan, f => Wrap.Vxlan(f), false),
        ("VXLAN at VMware's port", Wrapping.Vxlan, f => Wrap.Vxlan(f, 8472), false),
        ("VXLAN over IPv6", Wrapping.Vxlan, f => Wrap.OverIpv6(Wrap.Vxlan(f)), false),
        ("GENEVE", Wrapping.Geneve, f => Wrap.Geneve(f), false),
        ("GENEVE with options", Wrapping.Geneve, f => Wrap.Geneve(f, 5), false),
        ("TZSP", Wrapping.Tzsp, f => Wrap.Tzsp(f), false),
        ("TZSP with fields", Wrapping.Tzsp, f => Wrap.Tzsp(f, hasFields: true), false),
    ];

    [TestMethod]
    public void Each_wrapping_is_taken_off()
    {
        foreach ((string name, Wrapping kind, Func<byte[], byte[]> make, bool isPacket) in Ways)
        {
            foreach (byte[] frame in isPacket ? new[] { Syn, Question, Syn6 } : [Syn, Question, Syn6, Arp])
            {
                (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, make(frame))]);

                Assert.AreEqual(1, slots.Count, name);
                int captured = Math.Min(frame.Length, SlotBatch.SlotLength);
                CollectionAssert.AreEqual(frame[..captured], slots.Bytes[..captured], name);
                Assert.AreEqual(frame.Length | (captured << SlotBatch.CapturedShift) | ((int)kind << SlotBatch.WrappingShift),
                    slots.Lengths[0] & ~(SlotBatch.ShapeMask | SlotBatch.Tagged), name);
                Assert.AreEqual(1, intake.Counter(IntakeCounter.Wrapped), name);
                Assert.AreEqual((int)kind, intake.Counter(IntakeCounter.WrappedAs), name);
                Assert.AreEqual(frame == Arp ? 0 : 1, intake.Counter(IntakeCounter.Unicast), name);
                Assert.AreEqual(0, intake.Counter(IntakeCounter.Unreadable), name);
            }
        }
    }

    [TestMethod]
    public void The_mask_judges_the_frame_inside()
    {
        foreach ((string name, _, Func<byte[], byte[]> make, _) in Ways)
        {
            (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, make(Data))]);
            Assert.AreEqual(0, slots.Count, name);
            Assert.AreEqual(1, intake.Counter(IntakeCounter.Wrapped), name);
            Assert.AreEqual(1, intake.Counter(IntakeCounter.Unicast), name);
        }
    }

    [TestMethod]
    public void Packets_without_an_Ethernet_header_get_that_of_their_tunnel()
    {
        foreach (byte[] wrapped in new[] { Wrap.Erspan3(Syn, 7, isPacket: true), Wrap.VxlanGeneric(Syn) })
        {
            (_, SlotBatch slots) = IntakeAgreement.Check([(1000, wrapped)]);
            CollectionAssert.AreEqual((byte[])[.. wrapped[..12], .. Syn[12..]], slots.Bytes[..Syn.Length]);
        }
    }

    [TestMethod]
    public void Two_ordinary_tags_stay_for_the_sensor()
    {
        byte[] tagged = Change.Tagged(Syn, (0x88a8, 1), (0x8100, 2));
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, tagged), (9000, Syn)]);
        Assert.AreEqual(2, slots.Count);
        CollectionAssert.AreEqual(tagged, slots.Bytes[..tagged.Length]);
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Wrapped));
    }

    [TestMethod]
    public void Numbers_that_are_left_out_are_frames_lost_before_the_box()
    {
        uint[] numbers = [0xfffffffe, 0xffffffff, 0, 3, 4, 2, 4, 9, 5_000_000, 5_000_001];
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check(
            [.. numbers.Select((number, i) => ((uint)i * 5000, Wrap.Erspan2(Syn, number)))]);

        // 1 and 2 are left out, 2 comes late; 4 comes twice, which takes off the other; 5 to 8 are left out; five million is
        // another beginning.
        Assert.AreEqual(4, intake.Counter(IntakeCounter.LostBefore));
        Assert.AreEqual(10, slots.Count);

        (intake, _) = IntakeAgreement.Check([(0, Wrap.Erspan2(Syn, 10)), (5000, Wrap.Erspan3(Syn, 500)), (10000, Wrap.Erspan2(Syn, 12)),
            (15000, Wrap.Erspan3(Syn, 501)), (20000, Wrap.Erspan2(Syn, 900, session: 77))]);
        Assert.AreEqual(1, intake.Counter(IntakeCounter.LostBefore), "each session has numbers of its own");
    }

    [TestMethod]
    public void A_frame_that_the_mirror_cut_has_the_length_that_it_had()
    {
        byte[] cut = [.. Data[..100]];
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check(
            [(1000, Wrap.Erspan2(cut, 1, isTruncated: true)), (5000, Wrap.Erspan3(cut, 1, isTruncated: true)), (9000, Wrap.Erspan2(Data, 2))]);
        Assert.AreEqual(2, intake.Counter(IntakeCounter.Truncated));
        Assert.AreEqual(3, intake.Counter(IntakeCounter.Wrapped));
        Assert.AreEqual(0, slots.Count, "data, which the mask skips by its right length");
    }

    [TestMethod]
    [DataRow(0x88e5, DisplayName = "MACsec")]
    [DataRow(0x8903, DisplayName = "FabricPath")]
    [DataRow(0x88e7, DisplayName = "provider backbone")]
    [DataRow(0x8892, DisplayName = "PROFINET")]
    public void What_cannot_be_read_is_counted_by_its_type(int type)
    {
        byte[] frame = [.. Syn[..12], (byte)(type >> 8), (byte)type, .. new byte[60]];
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, frame), (5000, Change.Tagged(frame, (0x8100, 4))), (9000, Syn)]);
        Assert.AreEqual(2, intake.Counter(IntakeCounter.Unreadable));
        Assert.AreEqual(type, intake.Counter(IntakeCounter.UnreadableType));
        Assert.AreEqual(3, intake.Counter(IntakeCounter.Unicast));
        Assert.AreEqual(3, slots.Count, "they are kept as they are");
        CollectionAssert.AreEqual(frame, slots.Bytes[..frame.Length]);
    }

    [TestMethod]
    public void A_DSA_tag_is_told_from_a_type_by_the_type_behind_it_and_the_commonest_is_named()
    {
        byte[] group = [.. Syn];
        group[0] |= 1;
        byte[] other = [.. Syn[..12], 0x88, 0xe5, .. new byte[60]];
        (FrameIntake intake, _) = IntakeAgreement.Check(
            [(1000, other), (5000, Wrap.Dsa(Syn)), (9000, Wrap.Dsa(Question)), (13000, Wrap.Dsa(group)), (17000, Wrap.Dsa(Syn6))]);
        Assert.AreEqual(4, intake.Counter(IntakeCounter.Unreadable), "a group's frame does not count");
        Assert.AreEqual(0x001b, intake.Counter(IntakeCounter.UnreadableType));
    }

    [TestMethod]
    public void Old_networks_are_read()
    {
        byte[][] frames = [.. new[] { 0x0026, 0x6003, 0x809b, 0x8137, 0x0806, 0x8035 }
            .Select(type => (byte[])[.. Syn[..12], (byte)(type >> 8), (byte)type, .. new byte[60]])];
        (FrameIntake intake, _) = IntakeAgreement.Check([.. frames.Select((frame, i) => ((uint)i * 5000, frame))]);
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Unreadable));
    }

    [TestMethod]
    public void Ordinary_traffic_to_a_tunnels_port_stays_as_it_is()
    {
        var ip = new Ip("10.1.2.3", "10.1.2.4");
        byte[][] frames =
        [
            ip.Udp(5000, 4789, new byte[60]), ip.Udp(5000, 37008, [2, 0, 0, 1, 1, .. new byte[60]]), ip.Udp(5000, 6081, [0xff, .. new byte[60]]),
            ip.Udp(5000, 4789, [8, 0, 0, 0, 0, 0, 1, 0, 1, 2]), ip.Datagram(47, [0x30, 1, 0x88, 0x0b, .. new byte[60]]),
            ip.Datagram(47, [0, 0, 8, 0, .. Syn[14..]]),
        ];
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([.. frames.Select((frame, i) => ((uint)i * 5000, frame))]);
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Wrapped));
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Unreadable));
        for (int i = 0; i < frames.Length; i++)
        {
            Assert.AreEqual(frames[i].Length, slots.Lengths[i] & SlotBatch.WireLengthMask);
        }
    }

    [TestMethod]
    public void Both_do_alike_whatever_is_wrong_with_the_headers()
    {
        var random = new Random(12);
        var frames = new List<(uint, byte[])>();
        byte[][] inner = [Syn, Data, Question, Syn6, Arp, Change.Tagged(Syn, (0x8100, 5)), Wrap.VnTag(Data)];
        for (int i = 0; i < 20000; i++)
        {
            byte[] frame = Ways[random.Next(Ways.Length)].Make(inner[random.Next(inner.Length)]);
            if (random.Next(8) == 0)
            {
                frame = Ways[random.Next(Ways.Length)].Make(frame);
            }

            for (int changes = random.Next(4); changes > 0; changes--)
            {
                frame[random.Next(Math.Min(frame.Length, 120))] ^= (byte)(1 << random.Next(8));
            }

            frame = random.Next(6) == 0 ? frame[..random.Next(frame.Length)] : frame;
            frames.Add(((uint)i * 3000, frame));
        }

        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.IsGreaterThan(8000, intake.Counter(IntakeCounter.Wrapped));
        Assert.IsGreaterThan(100, intake.Counter(IntakeCounter.Unreadable));
    }
}
