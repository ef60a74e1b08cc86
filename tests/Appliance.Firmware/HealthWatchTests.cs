using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>From when on each thing that can fail is told, in which words, and when it is well again.</summary>
[TestClass]
public sealed class HealthWatchTests
{
    [TestMethod]
    [DataRow(2.0, false)]
    [DataRow(6.0, true)]
    public void A_mirror_without_a_link_is_told_after_three_seconds(double seconds, bool isTold)
    {
        Box box = new Box().Start().Run(5);
        box.Port.HasLink = false;
        box.Run(seconds);
        Assert.AreEqual(isTold, box.States("mirror").Contains("link-lost"));
        Assert.AreEqual(isTold ? LightCode.NoMirror : LightCode.Well, box.Shown);
        if (isTold)
        {
            Tells(box, "mirror", "link-lost", 4, "no link on the mirror port: look at the cable and the switch");
        }
    }

    [TestMethod]
    public void Its_link_must_hold_for_ten_seconds()
    {
        Box box = new Box().Start().Run(5);
        box.Port.HasLink = false;
        box.Run(6);
        box.Port.HasLink = true;
        box.Run(8);
        CollectionAssert.AreEqual(new[] { "link-lost" }, box.States("mirror"));
        box.Run(5);
        Tells(box, "mirror", "link-up", 5, "the mirror port has a link again");
    }

    [TestMethod]
    [DataRow(57.0, false)]
    [DataRow(63.0, true)]
    public void A_link_without_frames_is_told_after_a_minute(double seconds, bool isTold)
    {
        Box box = new Box().Start().Run(seconds);
        Assert.AreEqual(isTold, box.States("mirror").Contains("silent"));
        if (isTold)
        {
            Tells(box, "mirror", "silent", 4, "a link and no frames for a minute: the switch mirrors nothing");
            Assert.AreEqual(LightCode.NoFrames, box.Shown);
            box.Port.Add(box.Clock.Micros, Frames.Syn(Frames.Actor, 1, 80, 1));
            box.Run(3);
            Tells(box, "mirror", "frames", 5, "frames come again");
            Assert.AreEqual(LightCode.Well, box.Shown);
        }
    }

    [TestMethod]
    public void What_the_ring_lost_is_told_with_both_numbers_and_its_end_a_minute_later()
    {
        Box box = new Box().Start().Run(5);
        box.Port.Counters[PortCounter.Lost] += 17;
        box.Port.Add(box.Clock.Micros + 100_000, Frames.Syn(Frames.Actor, 1, 80, 1));
        box.Run(10);
        Said told = Tells(box, "ring", "losing", 4, "more frames than the box can take: some are lost");
        Assert.AreEqual((17, 0), (told.Number("lost"), told.Number("missed")));
        Assert.AreEqual(LightCode.Losing, box.Shown);
        box.Run(45);
        CollectionAssert.AreEqual(new[] { "losing" }, box.States("ring"));
        box.Run(15);
        told = Tells(box, "ring", "keeps-up", 5, "no frame was lost for a minute");
        Assert.AreEqual(17, told.Number("lost"));
    }

    [TestMethod]
    public void A_burst_is_told_as_one()
    {
        Box box = new Box().Start().Run(5);
        box.Burst(40);
        box.Burst(0);
        box.Run(12);
        Said told = Tells(box, "ring", "losing", 4, "a burst was larger than the receive buffers: some frames are lost");
        Assert.AreEqual((0, 40), (told.Number("lost"), told.Number("missed")));
    }

    [TestMethod]
    [DataRow(4.0, 0)]
    [DataRow(6.0, 1)]
    public void A_stalled_receiver_is_reset_five_seconds_after_its_last_frame(double seconds, int resets)
    {
        Box box = new Box().Start().Run(40);
        box.Port.Counters[PortCounter.Received] += 10;
        box.Run(1);
        for (int i = 0; i < seconds; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 10;
            box.Run(1);
        }

        Assert.AreEqual(resets, box.Port.Resets);
    }

    [TestMethod]
    public void After_a_quiet_time_a_stalled_receiver_is_reset_when_two_looks_found_frames_missed()
    {
        Box box = new Box().Start().Run(40);
        for (int i = 0; i < 4; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 10;
            box.Run(1);
        }

        Assert.AreEqual(1, box.Port.Resets);
        Said told = Tells(box, "receiver", "reset", 4, "the receiver had stalled and was reset");
        Assert.AreEqual(1, told.Number("resets"));
    }

    [TestMethod]
    [DataRow(2.0, false)]
    [DataRow(6.0, true)]
    public void An_uplink_without_a_link_is_told_after_three_seconds(double seconds, bool isTold)
    {
        Box box = new Box().Start().Run(5);
        box.Uplink.HasLink = false;
        box.Run(seconds);
        Assert.AreEqual(isTold, box.States("uplink").Contains("link-lost"));
        if (isTold)
        {
            Tells(box, "uplink", "link-lost", 4, "no link on the uplink: messages wait");
            Assert.AreEqual(LightCode.NoUplink, box.Shown);
            box.Uplink.HasLink = true;
            box.Run(2);
            CollectionAssert.AreEqual(new[] { "link-lost" }, box.States("uplink"));
            box.Run(4);
            Assert.AreEqual(2, Tells(box, "uplink", "link-up", 4, "the uplink has a link again").Number("turns"));
        }
    }

    [TestMethod]
    public void A_collector_that_is_away_is_told_after_half_a_minute_with_what_waits()
    {
        Box box = new Box(change: s => s.Collector = "tcp://192.0.2.10:601"u8.ToArray());
        box.Uplink.IsUp = false;
        box.Start().Run(28);
        Assert.IsEmpty(box.States("collector"));
        box.Run(6);
        Said told = Tells(box, "collector", "unreachable", 4, "the collector can't be reached: messages wait");
        Assert.IsGreaterThan(0, told.Number("waiting"));
        Assert.AreEqual((0, 0), (told.Number("dropped"), told.Number("repeated")));
        Assert.AreEqual(LightCode.NoCollector, box.Shown);
        box.Uplink.IsUp = true;
        box.Run(150);
        Tells(box, "collector", "reached", 4, "the collector is reached again");
    }

    [TestMethod]
    public void A_table_without_a_collector_is_told_at_once()
    {
        Box box = new Box(change: s => s.BuiltIn = () => TestTables.Make(0, collector: string.Empty)).Start().Run(3);
        Tells(box, "collector", "none", 4, "the table names no collector");
        Assert.AreEqual(LightCode.NoCollector, box.Shown);
    }

    [TestMethod]
    [DataRow(57.0, false)]
    [DataRow(64.0, true)]
    public void A_time_server_that_is_silent_is_told_after_a_minute(double seconds, bool isTold)
    {
        var box = new Box();
        box.Clock.Server = null;
        box.Start().Run(seconds);
        Assert.AreEqual(isTold, box.States("clock").Length == 1);
        if (isTold)
        {
            Tells(box, "clock", "unknown", 4, "the time server does not answer");
            box.Clock.Server = Box.Today;
            box.Run(400);
            Tells(box, "clock", "synchronized", 5, "the time is that of the time server");
        }
    }

    [TestMethod]
    [DataRow(8_192, 4_096, false)]
    [DataRow(8_191, 4_096, true)]
    [DataRow(8_192, 4_095, true)]
    [DataRow(0, 0, true)]
    [DataRow(-1, -1, false)]
    public void Little_memory_is_told_below_8_192_octets_or_4_096_in_one_piece(int free, int block, bool isTold)
    {
        var box = new Box();
        box.Port.MemoryFigures[0] = free;
        box.Port.MemoryFigures[1] = block;
        box.Start().Run(3);
        Assert.AreEqual(isTold, box.States("memory").Length == 1);
        if (isTold)
        {
            Said told = Tells(box, "memory", "low", 4, "little memory is left");
            Assert.AreEqual((free, block), (told.Number("octets"), told.Number("memoryBlock")));
            box.Port.MemoryFigures[0] = 20_000;
            box.Port.MemoryFigures[1] = 20_000;
            box.Run(57);
            Assert.HasCount(1, box.States("memory"));
            box.Run(8);
            Tells(box, "memory", "well", 5, "there is memory again");
        }
    }

    [TestMethod]
    public void A_port_that_transmits_is_told_each_time_and_shown_for_good()
    {
        Box box = new Box().Start().Run(5);
        box.Port.Counters[PortCounter.Transmitted] = 3;
        box.Run(2);
        Said told = Tells(box, "transmitter", "sent", 3,
            "the mirror port has transmitted, which it must not: take the box off the network");
        Assert.AreEqual(3, told.Number("transmitted"));
        box.Run(60);
        Assert.HasCount(1, box.States("transmitter"));
        Assert.AreEqual(LightCode.Transmitted, box.Shown);
        box.Port.Counters[PortCounter.Transmitted] = 4;
        box.Run(2);
        Assert.HasCount(2, box.States("transmitter"));
    }

    [TestMethod]
    public void A_port_that_is_not_ready_is_broken()
    {
        Box box = new Box().Start().Run(5);
        box.Port.Ready = false;
        box.Run(2);
        Assert.AreEqual(LightCode.Broken, box.Shown);
        box.Port.Ready = true;
        box.Run(2);
        Assert.AreEqual(LightCode.Well, box.Shown);
    }

    // The newest of a part says so.
    private static Said Tells(Box box, string part, string state, int severity, string words)
    {
        Said said = box.All.Last(s => s["part"] == part);
        Assert.AreEqual((state, severity, words), (said["state"], said.Severity, said.Words), said.Line);
        return said;
    }
}
