using System.Collections.Generic;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>A frame that a mirror shows twice is taken once, in the hook and on the workstation alike.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class CopiesTests
{
    private static readonly Ip Host = new("10.1.2.3", "10.1.2.4") { Identification = 77 };
    private static readonly byte[] Syn = Host.Tcp(40000, 5556, "S", sequence: 12345);
    private static readonly byte[] Question = Host.Udp(5000, 53, new byte[40]);
    private static readonly byte[] Echo = Host.Echo(false, 1, 2);
    private static readonly byte[] Syn6 = new Ip("fd00::1", "fd00::2").Tcp(40000, 22, "S", sequence: 99);
    private static readonly byte[] Arp = [.. System.Convert.FromHexString(
        "ffffffffffff02000000000208060001080006040001020000000002" + "0a010203" + "000000000000" + "0a010207"), .. new byte[18]];

    [TestMethod]
    public void Twice_within_two_milliseconds_is_once()
    {
        foreach (byte[] frame in new[] { Syn, Question, Echo, Syn6, Arp })
        {
            (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check(
                [(1000, Padded(frame)), (1007, Padded(frame)), (3000, Padded(frame)), (3001, Padded(frame)), (9000, Padded(frame))]);
            Assert.AreEqual(2, intake.Counter(IntakeCounter.Copies));
            Assert.AreEqual(3, slots.Count, "the first, and those that come too late for a copy of the one before");
            CollectionAssert.AreEqual(new long[] { 1000, 3001, 9000 }, slots.Stamps[..3]);
        }
    }

    [TestMethod]
    public void Another_dress_is_a_copy_too()
    {
        byte[] routed = (Host with { TimeToLive = 63, SourceMac = [2, 0, 0, 0, 0, 7] }).Tcp(40000, 5556, "S", sequence: 12345);
        foreach (byte[] dressed in new[] { Change.Tagged(Syn, (0x8100, 5)), Change.Tagged(Syn, (0x88a8, 1), (0x8100, 5)), routed, Wrap.VnTag(Syn),
            Wrap.Erspan2(Syn, 5) })
        {
            (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, Padded(Syn)), (1500, dressed), (2000, dressed)]);
            Assert.AreEqual(2, intake.Counter(IntakeCounter.Copies));
            Assert.AreEqual(1, slots.Count);
        }
    }

    [TestMethod]
    public void What_differs_in_anything_else_is_none()
    {
        for (int at = 14; at < 14 + 40; at++)
        {
            if (at is 22 or 24 or 25)
            {
                continue;
            }

            // Its length still right, and its header still one of IPv4.
            byte[] other = [.. Padded(Syn)];
            other[at] ^= (byte)(at is 14 or 16 or 17 ? 0 : 1);
            (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, Padded(Syn)), (1500, other)]);
            bool isCopy = at is 14 or 16 or 17;
            Assert.AreEqual(isCopy ? 1 : 0, intake.Counter(IntakeCounter.Copies), $"octet {at}");
            Assert.AreEqual(isCopy ? 1 : 2, slots.Count, $"octet {at}");
        }
    }

    [TestMethod]
    public void A_sweep_shown_twice_has_each_probe_once()
    {
        var frames = new List<(uint, byte[])>();
        for (int i = 0; i < 200; i++)
        {
            byte[] probe = (Host with { Destination = $"10.1.2.{i + 20}", Identification = i }).Tcp(40000 + i, 5556, "S", sequence: 1000 * i);
            frames.Add(((uint)i * 400, Padded(probe)));
            frames.Add((((uint)i * 400) + 30, Change.Tagged(probe, (0x8100, 3))));
        }

        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check(frames);
        Assert.AreEqual(200, intake.Counter(IntakeCounter.Copies));
        Assert.AreEqual(200, slots.Count);
        Assert.AreEqual(200, intake.Counter(IntakeCounter.Unicast), "nothing is counted twice");
    }

    [TestMethod]
    public void A_shorter_frame_or_one_without_IP_is_compared_whole()
    {
        byte[] bridge = [.. System.Convert.FromHexString("0180c200000002000000000200264242030000000000"), .. new byte[38]];
        byte[] longer = [.. bridge, 0];
        (FrameIntake intake, SlotBatch slots) = IntakeAgreement.Check([(1000, bridge), (1100, longer), (1200, longer), (1300, bridge[..40])]);
        Assert.AreEqual(1, intake.Counter(IntakeCounter.Copies));
        Assert.AreEqual(3, slots.Count);
    }

    // As the wire carries them.
    private static byte[] Padded(byte[] frame) => [.. frame.Concat(new byte[System.Math.Max(0, 60 - frame.Length)])];
}
