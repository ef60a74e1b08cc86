using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>More frames than the box can take, and bursts that its buffers can not.</summary>
[TestClass]
public sealed class FrameLossTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void Line_rate_for_ten_seconds_overflows_the_ring_and_the_loop_keeps_alerting()
    {
        const double LineRate = 148_810;
        byte[][] frames = [.. Enumerable.Range(0, 254 * 8).Select(i => Frames.Syn($"203.0.113.{1 + (i / 254)}", 1 + (i % 254),
            31337, i))];
        var box = new Box();

        // 30 µs a slot: an ESP32 at 100 million instructions a second over the sensor's ordinary frames.
        var port = new RingPort(box.Clock, 128, number => frames[number % frames.Length], LineRate, 5 * Second, 15 * Second, 30);
        var lines = new List<Said>();
        var sink = new Sink(lines);
        var program = new TapProgram(box.Settings, port, new FakeStorage(), box.Uplink, box.Clock, box.Light,
            box.Check)
        { Copy = sink };
        program.Start();
        int during = 0;
        while (box.Clock.Micros < 100 * Second)
        {
            program.Turn();
            during = box.Clock.Micros < 15 * Second ? lines.Count : during;
        }

        long received = port.Counters[PortCounter.Received];
        long lost = port.Counters[PortCounter.Lost];
        Assert.AreEqual(1_488_100, received, 2);
        Assert.IsGreaterThan(received / 2, lost);
        Assert.AreEqual(received - lost, program.Sensor.Frames, "nothing else is lost");
        Assert.IsTrue(lines.Take(during).Any(s => s.Kind == "sweep"), "alerts while it overflows");
        Said[] sweeps = [.. lines.Skip(during).Where(s => s.Kind == "sweep")];
        Assert.IsNotEmpty(sweeps);
        Assert.IsTrue(sweeps.All(s => s.Number("lost") > 0), "an incident says what it may lack");
        Assert.IsLessThanOrEqualTo(lost, sweeps.Max(s => s.Number("lost")));
        Said[] told = [.. lines.Where(s => s["part"] == "ring")];
        CollectionAssert.AreEqual(new[] { "losing", "keeps-up" }, told.Select(s => s["state"]).ToArray());
        Assert.AreEqual(lost, told[1].Number("lost"));
        Assert.AreEqual(lost, lines.Last(s => s.Kind == "heartbeat").Number("lost"));
        Assert.AreEqual(0, program.Sender.Queue.Dropped);
        CollectionAssert.AreEqual(lines.Select(s => s.Line).ToArray(), box.Uplink.Received);
    }

    [TestMethod]
    public void Frames_missed_while_others_come_are_a_burst_and_told_as_such()
    {
        Box box = new Box().Start();
        long end = Frames.Sweep(box.Port, Second, hosts: 100);
        box.Run(5);
        box.Port.Counters[PortCounter.Missed] += 7;
        box.Run(11);
        Said losing = box.All.Single(s => s["part"] == "ring");
        Assert.AreEqual("losing", losing["state"]);
        Assert.AreEqual(7, losing.Number("missed"));
        Assert.AreEqual(0, losing.Number("lost"));
        StringAssert.StartsWith(losing.Words, "a burst was larger than the receive buffers");
        Assert.AreEqual(LightCode.Losing, box.Shown);
        Assert.AreEqual(0, box.Port.Resets);
        Frames.Sweep(box.Port, end + Second, service: 12345, hosts: 200);
        box.Run(80);
        Assert.AreEqual("keeps-up", box.All.Last(s => s["part"] == "ring")["state"]);
        Assert.AreNotEqual(LightCode.Losing, box.Shown);
    }

    [TestMethod]
    public void A_burst_before_a_quiet_time_is_no_stall_and_told_as_a_burst()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 5);
        box.RunAll();
        box.Burst(7);
        box.Run(4);
        Assert.IsFalse(box.All.Any(s => s["part"] == "ring"), "it may be a stall yet");
        box.Run(46);
        Assert.AreEqual(0, box.Port.Resets);
        Said losing = box.All.Single(s => s["part"] == "ring");
        Assert.AreEqual("losing", losing["state"]);
        Assert.AreEqual(7, losing.Number("missed"));
        StringAssert.StartsWith(losing.Words, "a burst was larger than the receive buffers");
        Assert.AreEqual(LightCode.Losing, box.Shown);
        Assert.IsFalse(box.All.Any(s => s["part"] == "receiver"), string.Join('\n', box.Lines));

        // A frame now and then, and never a second one missed: told once, and over after a minute.
        for (int i = 0; i < 12; i++)
        {
            box.Port.Add(box.Clock.Micros + (i * 5 * Second), Frames.Syn(Frames.Actor, 1, 80, i));
        }

        box.Run(60);
        Said[] ring = [.. box.All.Where(s => s["part"] == "ring")];
        Assert.HasCount(2, ring);
        Assert.AreEqual("keeps-up", ring[1]["state"]);
        Assert.AreEqual(7, ring[1].Number("missed"));
        Assert.AreEqual(LightCode.Well, box.Shown);
    }

    [TestMethod]
    public void A_burst_that_is_counted_a_second_later_is_no_stall_either()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 5);
        box.RunAll();
        box.Burst(7);
        box.Port.Counters[PortCounter.Missed] += 2;
        box.Run(50);
        Assert.AreEqual(0, box.Port.Resets);
        Assert.AreEqual(9, box.All.Single(s => s["part"] == "ring").Number("missed"));
    }

    [TestMethod]
    public void A_ring_that_was_full_is_told_as_such_and_shown()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 100);
        box.Run(5);
        box.Port.Counters[PortCounter.Lost] += 5;
        box.Port.Counters[PortCounter.Missed] += 3714;
        box.Run(9);
        Said losing = box.All.Single(s => s["part"] == "ring");
        Assert.AreEqual(5, losing.Number("lost"));
        Assert.AreEqual(3714, losing.Number("missed"), "what was missed is known some seconds later, and the message waits for it");
        StringAssert.StartsWith(losing.Words, "more frames than the box can take");
        Assert.AreEqual(LightCode.Losing, box.Shown);
    }

    private sealed class Sink(List<Said> lines) : Sensor.IAlertSink
    {
        public void Alert(byte[] line, int length, int severity) => lines.Add(new Said(System.Text.Encoding.ASCII.GetString(line, 0, length)));
    }
}
