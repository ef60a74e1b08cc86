using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A receiver that delivers nothing while frames come.</summary>
[TestClass]
public sealed class ReceiverStallTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void A_receiver_that_stalls_is_reset_and_that_is_said()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second);
        box.RunAll().Run(3);
        for (int i = 0; i < 8; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 100;
            box.Run(1);
        }

        Assert.AreEqual(1, box.Port.Resets);
        Said told = box.All.Single(s => s["part"] == "receiver");
        Assert.AreEqual("reset", told["state"]);
        Assert.IsGreaterThanOrEqualTo(200, told.Number("missed"));

        // Once in half a minute, however long it lasts. What helps no more is shown: power off and on.
        Assert.AreEqual(LightCode.Well, box.Shown);
        for (int i = 0; i < 100; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 100;
            box.Run(1);
        }

        Assert.IsLessThanOrEqualTo(4, box.Port.Resets);
        Assert.AreEqual(LightCode.Broken, box.Shown);

        // The switch does mirror, and the box has room: neither is blamed.
        Frames.Sweep(box.Port, box.Clock.Micros + Second, service: 12345);
        box.RunAll().Run(3);
        Assert.AreEqual(LightCode.Well, box.Shown);
        Assert.IsFalse(box.All.Any(s => s["part"] == "ring" || s["state"] == "silent"), string.Join('\n', box.Lines));
    }

    [TestMethod]
    public void A_stall_that_was_reset_is_no_silence_of_the_switch_until_a_minute_later()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second);
        box.RunAll();
        for (int i = 0; i < 8; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 100;
            box.Run(1);
        }

        box.Run(55);
        Assert.IsFalse(box.All.Any(s => s["state"] == "quiet"), "frames were there to be missed");
        box.Run(10);
        Assert.IsTrue(box.All.Any(s => s["state"] == "quiet"));
    }

    [TestMethod]
    public void A_stall_that_was_reset_and_a_quiet_time_is_not_broken()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second);
        box.RunAll();
        long missed = box.Stall();
        box.Run(40);
        Assert.AreEqual(1, box.Port.Resets);
        Assert.AreEqual(missed, box.All.Single(s => s["part"] == "receiver").Number("missed"));
        Assert.AreEqual(LightCode.Well, box.Shown);
        Assert.IsFalse(box.All.Any(s => s["part"] == "ring"), string.Join('\n', box.Lines));

        // What comes then is a burst, and not the stall's end.
        box.Burst(9);
        box.Run(16);
        Assert.AreEqual(1, box.Port.Resets);
        Assert.AreEqual(9, box.All.Single(s => s["part"] == "ring").Number("missed"));
    }

    [TestMethod]
    public void A_receiver_that_is_stalled_behind_a_quiet_time_is_reset_when_frames_are_missed_again()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 5);
        box.RunAll();

        // The burst that fills the ring, twenty minutes of nothing, and frames of which none is delivered.
        box.Burst(7);
        box.Run(20 * 60);
        Assert.AreEqual(0, box.Port.Resets);
        box.Port.Counters[PortCounter.Missed] += 1;
        box.Run(10);
        Assert.AreEqual(0, box.Port.Resets, "one is not enough to tell");
        box.Port.Counters[PortCounter.Missed] += 1;
        box.Run(2);
        Assert.AreEqual(1, box.Port.Resets);
        Assert.AreEqual(2, box.All.Single(s => s["part"] == "receiver").Number("missed"), "the burst has been told");
    }

    [TestMethod]
    public void Each_frame_that_stalls_miss_is_told_once()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second);
        box.RunAll();
        long missed = box.Stall();
        box.Run(300);
        missed += box.Stall();
        Assert.AreEqual(2, box.Port.Resets);
        Assert.AreEqual(missed, box.All.Where(s => s["part"] == "receiver").Sum(s => s.Number("missed")));
        Assert.AreEqual(missed, box.Port.Counters[PortCounter.Missed]);
    }
}
