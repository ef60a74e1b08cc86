using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Firmware.Time;
using Appliance.Sensor.Lines;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>What can fail around the box, each in turn: it keeps watching, loses nothing that it does not tell of, and says what
/// is wrong.</summary>
[TestClass]
public sealed class FaultTests
{
    private const long Second = 1_000_000;
    private const long Year = 365 * 24 * 3600 * Second;
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    [DataRow("udp://192.0.2.10:514")]
    [DataRow("tcp://192.0.2.10:601")]
    public void A_collector_that_is_down_for_an_hour_at_full_alert_rate_costs_what_is_told_and_nothing_else(string collector)
    {
        const int Hour = 3600;
        const int Sweeps = Hour / 5;
        Box box = new Box(change: s => s.Collector = System.Text.Encoding.ASCII.GetBytes(collector)).Start().Run(5);
        int before = box.Uplink.Received.Count;
        box.Uplink.IsUp = false;
        long start = box.Clock.Micros;
        long end = start;
        for (int sweep = 0; sweep < Sweeps + (Sweeps / 4); sweep++)
        {
            end = Frames.Sweep(box.Port, end + Second, $"203.0.{sweep / 250}.{1 + (sweep % 250)}", 1000 + sweep);
        }

        Assert.AreEqual(start + (Hour * 5 / 4 * Second), end);
        box.Run(Hour);
        Assert.IsGreaterThan(1500, box.Lines.Count, "full alert rate");
        Assert.AreEqual(LightCode.NoCollector, Shown(box));
        Assert.HasCount(before, box.Uplink.Received);

        // It is back, and alerts go on: it is found, and in the first minute that is told.
        box.Uplink.IsUp = true;
        for (int i = 0; i < 100 && box.Uplink.Received.Count == before; i++)
        {
            box.Run(1);
        }

        Assert.IsGreaterThan(before, box.Uplink.Received.Count, "found");
        box.Run(59);
        Assert.IsTrue(box.Received.Any(s => s["part"] == "collector" && s["state"] == "reached"), "told while alerts flow");
        Assert.AreNotEqual(LightCode.NoCollector, Shown(box));
        Assert.IsGreaterThan(1000, box.Port.Waiting, "alerts flow all the time");
        box.RunAll().Run(150);

        // Told and true: what is missing at the collector is what was counted.
        string[] arrived = [.. box.Uplink.Received.Distinct()];
        int missing = box.Lines.Count - arrived.Length;
        Assert.IsGreaterThan(500, missing);
        Assert.AreEqual(box.Program.Sender.Queue.Dropped, missing);
        Assert.AreEqual(missing, box.Received.Where(s => s.Kind == "health" && s["part"] == "collector"
            && s["dropped"].Length > 0).DistinctBy(s => s.SequenceId)
            .Sum(s => s.Number("dropped")));
        Assert.AreEqual(1, box.All.Count(s => s["part"] == "collector" && s["state"] == "unreachable"));
        CollectionAssert.IsSubsetOf(arrived, box.Lines);
    }

    [TestMethod]
    public void A_mirror_link_that_flaps_is_one_trouble()
    {
        Box box = new Box().Start().Run(5);
        for (int i = 0; i < 300; i++)
        {
            box.Port.HasLink = i % 2 == 0;
            box.Run(1);
        }

        box.Port.HasLink = true;
        box.Run(20);
        CollectionAssert.AreEqual(new[] { "flapping" }, box.All.Where(s => s["part"] == "mirror" && s["state"] != "silent").Select(s => s["state"]).ToArray());
        Assert.AreEqual(LightCode.Flapping, Shown(box));

        box.Port.HasLink = false;
        box.Run(310);
        Assert.AreEqual(LightCode.NoMirror, Shown(box));
        Said lost = box.All.Last(s => s["state"] == "link-lost");
        Assert.IsGreaterThan(200, lost.Number("turns"));
        box.Port.HasLink = true;
        box.Run(20);
        Assert.AreEqual("link-up", box.All.Last(s => s["part"] == "mirror")["state"]);
        Assert.AreEqual(LightCode.Flapping, Shown(box));
    }

    [TestMethod]
    public void An_uplink_that_flaps_loses_no_message()
    {
        Box box = new Box(change: s => s.Collector = "tcp://192.0.2.10:601"u8.ToArray()).Start().Run(5);
        long end = box.Clock.Micros;
        for (int sweep = 0; sweep < 20; sweep++)
        {
            end = Frames.Sweep(box.Port, end + Second, $"203.0.113.{1 + sweep}");
        }

        for (int i = 0; box.Port.Waiting > 0; i++)
        {
            box.Uplink.HasLink = i % 5 != 0;
            box.Run(3);
        }

        box.Uplink.HasLink = true;
        box.Run(120);
        CollectionAssert.AreEqual(box.Lines, box.Uplink.Received.Distinct().ToArray());
    }

    [TestMethod]
    public void An_uplink_without_a_link_is_shown_and_told_when_it_is_back()
    {
        Box box = new Box().Start().Run(5);
        box.Uplink.HasLink = false;
        box.Run(10);
        Assert.AreEqual(LightCode.NoUplink, Shown(box));
        int looks = box.Uplink.Looks;
        box.Run(60);
        Assert.IsLessThanOrEqualTo(looks + 61, box.Uplink.Looks, "looks while it is down: each fifth takes memory");
        box.Uplink.HasLink = true;
        box.Run(10);
        Assert.IsTrue(box.Received.Any(s => s["part"] == "uplink" && s["state"] == "link-lost"));
        Assert.IsTrue(box.Received.Any(s => s["part"] == "uplink" && s["state"] == "link-up"));
    }

    [TestMethod]
    public void A_link_that_is_lost_while_the_collector_is_away_is_no_collector_that_is_reached()
    {
        Box box = new Box(change: s => s.Collector = "tcp://192.0.2.10:601"u8.ToArray()).Start().Run(5);
        box.Uplink.IsUp = false;
        Frames.Sweep(box.Port, box.Clock.Micros);
        box.Run(60);
        box.Uplink.HasLink = false;
        box.Run(30);
        box.Uplink.HasLink = true;
        box.Run(60);
        CollectionAssert.AreEqual(new[] { "unreachable" }, Collector(box));
        box.Uplink.IsUp = true;
        box.Run(150);
        CollectionAssert.AreEqual(new[] { "unreachable", "reached" }, Collector(box));
    }

    [TestMethod]
    public void A_link_that_is_lost_is_no_trouble_of_the_collector()
    {
        Box box = new Box().Start().Run(5);
        box.Uplink.HasLink = false;
        box.Run(300);
        box.Uplink.HasLink = true;
        box.Run(90);
        Assert.IsEmpty(Collector(box).Except(["reached"]), string.Join('\n', box.Lines));
    }

    [TestMethod]
    public void A_table_without_a_collector_does_not_reach_the_one_that_was_away()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        box.Uplink.IsUp = false;
        box.Run(300);
        CollectionAssert.AreEqual(new[] { "unreachable" }, Collector(box));
        storage.Files[New] = Key.Sign(TestTables.Make(1, collector: string.Empty));
        box.Run(60);
        CollectionAssert.AreEqual(new[] { "unreachable", "none" }, Collector(box));
        box.Uplink.IsUp = true;
        storage.Files[New] = Key.Sign(TestTables.Make(2));
        box.Run(150);
        Assert.AreEqual(2u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(Collector(box)[2..].Contains("unreachable"));
    }

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
        Said[] sweeps = [.. lines.Where(s => s.Kind == "sweep" && s["state"] == "closed")];
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
    [DataRow(10)]
    [DataRow(-10)]
    public void A_clock_that_steps_by_ten_years_confuses_no_tracker(int years)
    {
        Said[] steady = Watch(0);
        Said[] stepped = Watch(years * Year);
        CollectionAssert.AreEqual(Frames.Incidents(steady), Frames.Incidents(stepped));
        Assert.IsGreaterThan(2, Frames.Incidents(steady).Length);
        Said told = stepped.Single(s => s["state"] == "stepped");
        Assert.AreEqual(years * Year / Second, told.Number("step"));
        Assert.IsTrue(stepped.Any(s => s.Time.StartsWith(years > 0 ? "2036" : "2016", StringComparison.Ordinal)));

        static Said[] Watch(long step)
        {
            Box box = new Box().Start();
            long end = Frames.Sweep(box.Port, 5 * Second);
            end = Frames.Sweep(box.Port, end + (400 * Second), "203.0.113.7", 12345, 200);
            Frames.Sweep(box.Port, end + (2000 * Second), "203.0.113.9", 23, 20);
            box.Run(300);
            box.Clock.Server += step;
            box.RunAll();
            box.Program.Finish();
            return [.. box.All];
        }
    }

    [TestMethod]
    public void One_answer_with_another_time_moves_nothing()
    {
        Box box = new Box().Start().Run(60);
        long known = box.Clock.Known;
        bool isOnce = true;
        box.Clock.Spoil = answer =>
        {
            if (isOnce)
            {
                FakeClock.Write(answer, 32, 5 * Year);
                FakeClock.Write(answer, 40, 5 * Year);
                isOnce = false;
            }
        };
        box.Run(3000);
        Assert.IsFalse(isOnce);
        Assert.AreEqual(known, box.Clock.Known);
        Assert.IsFalse(box.All.Any(s => s["state"] == "stepped"));
    }

    [TestMethod]
    [DataRow(-60_000_000L, DisplayName = "1968")]
    [DataRow(-3_600L, DisplayName = "the last hour of 1969")]
    public void A_time_server_before_1970_is_not_believed_and_the_box_watches_on(long seconds)
    {
        var box = new Box();
        box.Clock.Server = seconds * Second;
        Frames.Sweep(box.Port, 5 * Second);
        box.Start().Run(120);
        Assert.AreEqual(ClockOffset.Unknown, box.Clock.Known);
        Assert.IsTrue(box.All.All(s => s.Time == "-"));
        Assert.IsTrue(box.All.Any(s => s.Kind == "sweep"));
        Assert.AreEqual(SntpExchange.Impossible, box.All.Single(s => s["part"] == "clock").Number("problem"));
    }

    [TestMethod]
    [DataRow(-60_000_000L * Second, "1970-01-01T00:00:00.000Z")]
    [DataRow(260_000_000_000L * Second, "9999-12-31")]
    public void A_clock_that_shows_no_day_of_four_digits_ends_nothing(long offset, string time)
    {
        var box = new Box();
        box.Clock.Known = offset;
        box.Clock.Server = null;
        box.Start();
        Frames.Sweep(box.Port, 5 * Second);
        box.Run(65);
        Assert.IsTrue(box.All.Any(s => s.Kind == "sweep"));
        Assert.IsTrue(box.All.All(s => s.Time.StartsWith(time, StringComparison.Ordinal)), string.Join('\n', box.Lines));
    }

    [TestMethod]
    public void A_time_server_that_is_silent_is_told_and_shown()
    {
        var box = new Box();
        box.Clock.Server = null;
        for (int i = 0; i < 50; i++)
        {
            box.Port.Add(i * 10 * Second, Frames.Syn(Frames.Actor, 1, 80, i));
        }

        box.Start().Run(120);
        Assert.AreEqual("unknown", box.All.Single(s => s["part"] == "clock")["state"]);
        Assert.AreEqual(LightCode.NoTime, Shown(box));
        box.Clock.Server = Box.Today;
        box.Run(400);
        Assert.AreEqual("synchronized", box.All.Last(s => s["part"] == "clock")["state"]);
        Assert.AreEqual(LightCode.Well, Shown(box));
        Assert.AreNotEqual("-", box.All.Last().Time);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(5_000_000, 0)]
    [DataRow(5_000_000, 30_000)]
    public void The_lookup_of_the_time_servers_name_is_no_part_of_the_trip(long lookup, long trip)
    {
        var box = new Box();
        box.Clock.Lookup = lookup;
        box.Clock.Trip = trip;
        box.Start().Run(10);
        Assert.AreEqual(Box.Today, box.Clock.Known);
    }

    [TestMethod]
    public void A_time_server_that_asks_to_be_left_alone_is()
    {
        var box = new Box();
        box.Clock.Spoil = answer => answer[1] = 0;
        box.Start().Run(1000);
        Assert.AreEqual(1, box.Clock.Asked);
        box.Clock.Spoil = null;
        box.Run(60);
        Assert.AreEqual(2, box.Clock.Asked);
        Assert.AreNotEqual(ClockOffset.Unknown, box.Clock.Known);
    }

    [TestMethod]
    public void A_full_storage_is_told_and_the_running_table_stays()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(5));
        box.Run(60);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        storage.Files[New] = Key.Sign(TestTables.Make(6));
        storage.Room = storage.Files.Values.Sum(f => f.Length) + 10;
        box.Run(60);
        Said refused = box.All.Last(s => s.Kind == "table");
        Assert.AreEqual("refused", refused["verdict"]);
        Assert.AreEqual("storage-failed", refused["reason"]);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        Assert.IsTrue(box.All.Any(s => s["part"] == "storage" && s["state"] == "failing"));

        // The next start finds what it needs, counts as far as it can, and watches.
        storage.Room = 0;
        Box again = new Box(storage, [Key.Public]).Start().Run(5);
        Assert.AreEqual(5u, again.Program.Store.Running.Sequence);
        Assert.AreEqual("failing", again.All.First()["storage"]);
    }

    [TestMethod]
    public void A_table_rotten_in_both_slots_makes_way_for_the_built_in_one_and_that_is_said()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        for (uint sequence = 5; sequence <= 6; sequence++)
        {
            storage.Files[New] = Key.Sign(TestTables.Make(sequence));
            box.Run(60);
        }

        storage.Files["slot0.tap"][500] ^= 1;
        storage.Files["slot1.tap"][500] ^= 1;
        box = new Box(storage, [Key.Public]).Start().Run(5);
        Said told = box.All.Single(s => s.Kind == "table");
        Assert.AreEqual("built-in", told["source"]);
        Assert.AreEqual("2", told["damagedSlots"]);
        Assert.AreEqual(4, told.Severity);
        StringAssert.Contains(told.Words, "flash the newest again");
        Assert.AreEqual(Colour.Yellow, box.Light.Shown[^1].Colour);
    }

    [TestMethod]
    [DataRow(1L << 32, DisplayName = "71.6 minutes: 32 bits of microseconds")]
    [DataRow((1L << 32) * 1000, DisplayName = "49.7 days: 32 bits of milliseconds")]
    [DataRow((1L << 31) * 1000, DisplayName = "24.9 days: 31 bits of milliseconds")]
    [DataRow((1L << 31) * 10_000, DisplayName = "248.6 days: 31 bits of centiseconds")]
    [DataRow((1L << 32) * 10_000, DisplayName = "497 days: 32 bits of centiseconds")]
    public void A_counter_that_starts_again_changes_nothing(long wrap)
    {
        // A whole number of centiseconds before it, so that times are rounded alike.
        long start = (wrap - (20 * Second)) / 10_000 * 10_000;
        Assert.AreEqual(string.Join('\n', Watch(0)), string.Join('\n', Watch(start)));

        static string[] Watch(long start)
        {
            Box box = new Box(startAt: start);
            box.Clock.Server = Box.Today - start;
            box.Start();
            long end = Frames.Sweep(box.Port, start + (5 * Second), hosts: 200);
            end = Frames.Sweep(box.Port, end + (30 * Second), "203.0.113.7", 12345, 100);
            Frames.Sweep(box.Port, end + (700 * Second), "203.0.113.9", 23, 20);
            box.RunAll().Run(5);
            box.Program.Finish();
            Assert.IsGreaterThan(2, Frames.Incidents(box.All).Length);
            Assert.IsGreaterThan(10, box.All.Count(s => s.Kind == "heartbeat"));
            return [.. Frames.Incidents(box.All), .. box.All.Select(s => $"{s.Kind} {s.Time}")];
        }
    }

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
        Assert.AreEqual(LightCode.Well, Shown(box));
        for (int i = 0; i < 100; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 100;
            box.Run(1);
        }

        Assert.IsLessThanOrEqualTo(4, box.Port.Resets);
        Assert.AreEqual(LightCode.Broken, Shown(box));

        // The switch does mirror, and the box has room: neither is blamed.
        Frames.Sweep(box.Port, box.Clock.Micros + Second, service: 12345);
        box.RunAll().Run(3);
        Assert.AreEqual(LightCode.Well, Shown(box));
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
        Assert.AreEqual(LightCode.Losing, Shown(box));
        Assert.AreEqual(0, box.Port.Resets);
        Frames.Sweep(box.Port, end + Second, service: 12345, hosts: 200);
        box.Run(80);
        Assert.AreEqual("keeps-up", box.All.Last(s => s["part"] == "ring")["state"]);
        Assert.AreNotEqual(LightCode.Losing, Shown(box));
    }

    [TestMethod]
    public void A_burst_before_a_quiet_time_is_no_stall_and_told_as_a_burst()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 5);
        box.RunAll();
        BurstOf(box, 7);
        box.Run(4);
        Assert.IsFalse(box.All.Any(s => s["part"] == "ring"), "it may be a stall yet");
        box.Run(46);
        Assert.AreEqual(0, box.Port.Resets);
        Said losing = box.All.Single(s => s["part"] == "ring");
        Assert.AreEqual("losing", losing["state"]);
        Assert.AreEqual(7, losing.Number("missed"));
        StringAssert.StartsWith(losing.Words, "a burst was larger than the receive buffers");
        Assert.AreEqual(LightCode.Losing, Shown(box));
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
        Assert.AreEqual(LightCode.Well, Shown(box));
    }

    [TestMethod]
    public void A_burst_that_is_counted_a_second_later_is_no_stall_either()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second, hosts: 5);
        box.RunAll();
        BurstOf(box, 7);
        box.Port.Counters[PortCounter.Missed] += 2;
        box.Run(50);
        Assert.AreEqual(0, box.Port.Resets);
        Assert.AreEqual(9, box.All.Single(s => s["part"] == "ring").Number("missed"));
    }

    [TestMethod]
    public void A_stall_that_was_reset_and_a_quiet_time_is_not_broken()
    {
        Box box = new Box().Start();
        Frames.Sweep(box.Port, Second);
        box.RunAll();
        long missed = Stall(box);
        box.Run(40);
        Assert.AreEqual(1, box.Port.Resets);
        Assert.AreEqual(missed, box.All.Single(s => s["part"] == "receiver").Number("missed"));
        Assert.AreEqual(LightCode.Well, Shown(box));
        Assert.IsFalse(box.All.Any(s => s["part"] == "ring"), string.Join('\n', box.Lines));

        // What comes then is a burst, and not the stall's end.
        BurstOf(box, 9);
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
        BurstOf(box, 7);
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
        long missed = Stall(box);
        box.Run(300);
        missed += Stall(box);
        Assert.AreEqual(2, box.Port.Resets);
        Assert.AreEqual(missed, box.All.Where(s => s["part"] == "receiver").Sum(s => s.Number("missed")));
        Assert.AreEqual(missed, box.Port.Counters[PortCounter.Missed]);
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
        Assert.AreEqual(LightCode.Losing, Shown(box));
    }

    [TestMethod]
    public void A_mirror_of_one_direction_is_shown_within_a_minute_until_both_are_seen()
    {
        Box box = new Box().Start();
        for (int i = 0; i < 40; i++)
        {
            // Answers of many servers, and nobody who asked.
            box.Port.Add((i + 1) * Second, new Ip($"198.51.{i}.1", "128.231.212.7").Tcp(443, 2000 + i, "SA", i));
        }

        box.Run(62);
        Assert.AreEqual(LightCode.OneSided, Shown(box));
        for (int i = 0; i < 60; i++)
        {
            long at = box.Clock.Micros + (i * Second);
            box.Port.Add(at, new Ip("128.231.212.7", "198.51.100.1").Tcp(3000 + i, 443, "S", i));
            box.Port.Add(at + 1000, new Ip("198.51.100.1", "128.231.212.7").Tcp(443, 3000 + i, "SA", i));
        }

        box.Run(62);
        Assert.AreNotEqual(LightCode.OneSided, Shown(box));
    }

    [TestMethod]
    public void A_link_without_frames_is_told_after_a_minute()
    {
        Box box = new Box().Start().Run(59);
        Assert.IsFalse(box.All.Any(s => s["state"] == "silent"));
        box.Run(5);
        Assert.IsTrue(box.All.Any(s => s["state"] == "silent"));
        Assert.AreEqual(LightCode.NoFrames, Shown(box));
        box.Port.Add(box.Clock.Micros, Frames.Syn(Frames.Actor, 1, 80, 1));
        box.Run(3);
        Assert.AreEqual("frames", box.All.Last(s => s["part"] == "mirror")["state"]);
    }

    [TestMethod]
    public void A_cable_that_is_pulled_and_put_back_in_a_silence_brings_no_frames()
    {
        Box box = new Box().Start().Run(70);
        box.Port.HasLink = false;
        box.Run(30);
        box.Port.HasLink = true;
        box.Run(40);
        CollectionAssert.AreEqual(new[] { "silent", "link-lost", "link-up" }, Mirror(box));
        Assert.AreEqual(LightCode.NoFrames, Shown(box));
        box.Port.Add(box.Clock.Micros, Frames.Syn(Frames.Actor, 1, 80, 1));
        box.Run(3);
        CollectionAssert.AreEqual(new[] { "silent", "link-lost", "link-up", "frames" }, Mirror(box));
    }

    [TestMethod]
    public void A_mirror_link_that_was_lost_holds_for_ten_seconds_before_it_is_back()
    {
        Box box = new Box().Start().Run(5);
        box.Port.HasLink = false;
        box.Run(5);
        box.Port.HasLink = true;
        box.Run(9);
        CollectionAssert.AreEqual(new[] { "link-lost" }, Mirror(box));
        Assert.AreEqual(LightCode.NoMirror, Shown(box));
        box.Run(4);
        CollectionAssert.AreEqual(new[] { "link-lost", "link-up" }, Mirror(box));
    }

    [TestMethod]
    public void A_mirror_port_that_transmits_is_an_alarm()
    {
        Box box = new Box().Start().Run(5);
        box.Port.Counters[PortCounter.Transmitted] = 1;
        box.Run(70);
        Said told = box.All.Single(s => s["part"] == "transmitter");
        Assert.AreEqual(3, told.Severity);
        Assert.AreEqual(1, box.All.Last(s => s.Kind == "heartbeat").Number("transmitted"));
        Assert.AreEqual(LightCode.Transmitted, Shown(box));
        Assert.AreEqual(Colour.Red, box.Light.Shown[^1].Colour);
    }

    [TestMethod]
    public void A_new_table_comes_into_use_without_a_restart_and_what_is_tracked_stays()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files["inbox\\old.sigtab"] = Key.Sign(TestTables.Make(1));
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Frames.Sweep(box.Port, box.Clock.Micros + Second, service: 12345, hosts: 30);
        box.Run(1.5);
        storage.Files[New] = Key.Sign(TestTables.Make(2, force: true));
        box.RunAll().Run(40);
        Assert.AreEqual(2u, box.Program.Store.Running.Sequence);
        Said accepted = box.All.Last(s => s["verdict"] == "accepted");
        Assert.AreEqual("2", accepted["sequence"]);
        Assert.IsTrue(box.Port.Interest == box.Program.Store.Running.Bytes, "the mask of the new table");
        Assert.AreEqual(LightCode.TableAccepted, Shown(box));

        // The sweep goes on under the new table, and is the same incident.
        for (int i = 0; i < 30; i++)
        {
            box.Port.Add(box.Clock.Micros + (i * Second / 10), Frames.Syn(Frames.Actor, 31 + i, 12345, 100 + i));
        }

        box.RunAll();
        box.Program.Finish();
        Said closed = box.All.Single(s => s["state"] == "closed" && s["id"].Length > 0);
        Assert.AreEqual("60", closed["dsts"]);
        Assert.AreEqual("1900101", closed["sid"]);
        Assert.AreEqual(2, box.All.Count(s => s["verdict"] == "accepted"));
        Assert.AreEqual(1, box.All.Count(s => s["part"] == "self-test"), "no restart");
    }

    [TestMethod]
    public void A_refused_table_is_told_with_its_reason_and_shown()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        using var stranger = new KeyPair();
        storage.Files[New] = stranger.Sign(TestTables.Make(1));
        box.Run(45);
        Said told = box.All.Last(s => s.Kind == "table");
        Assert.AreEqual("refused", told["verdict"]);
        Assert.AreEqual("unknown-key", told["reason"]);
        Assert.AreEqual(Convert.ToHexStringLower(stranger.Public.Id), told["key"]);
        Assert.AreEqual(LightCode.TableRefused, Shown(box));
        Assert.IsFalse(storage.Exists(New));
    }

    [TestMethod]
    [DataRow(RestartReason.Watchdog, true)]
    [DataRow(RestartReason.Panic, true)]
    [DataRow(RestartReason.PowerOn, false)]
    [DataRow(RestartReason.Software, false)]
    public void What_the_box_may_have_hung_over_is_not_looked_at_again(int reason, bool isDiscarded)
    {
        var storage = new FakeStorage();
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        storage.Files["inbox\\second.sigtab"] = [1, 2, 3];
        int reads = 0;
        storage.Rot = (path, _) => reads += path == New ? 1 : 0;
        var box = new Box(storage, [Key.Public]);
        box.Port.Reason = reason;
        box.Start().Run(45);
        Said[] told = [.. box.All.Where(s => s.Kind == "table" && s["verdict"] != "in-use")];
        Assert.AreEqual(isDiscarded, reads == 0);
        Assert.AreEqual(isDiscarded ? 0u : 1u, box.Program.Store.Slots.InUse == SlotFiles.BuiltIn ? 0 : box.Program.Store.Running.Sequence);
        CollectionAssert.AreEqual(isDiscarded ? new[] { "failed", "failed" } : ["untried", "damaged"], told.Select(s => s["reason"]).ToArray());
        Assert.IsFalse(storage.Files.Keys.Any(path => path.StartsWith("inbox", StringComparison.Ordinal)));
        if (isDiscarded)
        {
            StringAssert.Contains(told[0].Words, "flash it once more", StringComparison.Ordinal);
            storage.Files[New] = Key.Sign(TestTables.Make(1));
            box.Run(45);
            Assert.AreEqual(1u, box.Program.Store.Running.Sequence, "the next file is dealt with as ever");
        }
    }

    [TestMethod]
    public void An_inbox_that_can_not_be_emptied_is_decided_about_once()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = [1, 2, 3];
        storage.IsDead = true;
        box.Run(600);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_table_that_comes_in_pieces_is_decided_about_when_it_is_whole()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        byte[] table = Key.Sign(TestTables.Make(1));
        for (int length = 100; length < table.Length; length += 100)
        {
            storage.Files[New] = table[..length];
            box.Run(1.3);
        }

        storage.Files[New] = table;
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_table_that_is_written_over_a_longer_leftover_is_decided_about_when_it_is_whole()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        byte[] table = Key.Sign(TestTables.Make(1));
        byte[] leftover = new byte[table.Length];
        for (int length = 0; length < table.Length; length += 200)
        {
            storage.Files[New] = [.. table[..length], .. leftover[length..]];
            box.Run(1.3);
        }

        storage.Files[New] = [.. table[..^64], .. leftover[^64..]];
        box.Run(2);
        storage.Files[New] = table;
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_piece_that_nothing_follows_is_a_damaged_table()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(1))[..200];
        box.Run(3);
        Assert.IsTrue(storage.Exists(New));
        Assert.AreEqual(LightCode.Working, Shown(box));
        box.Run(7);
        Assert.IsFalse(storage.Exists(New));
        Assert.AreEqual("damaged", box.All.Single(s => s["verdict"] == "refused")["reason"]);
        Assert.AreEqual(LightCode.TableRefused, Shown(box));
    }

    [TestMethod]
    public void A_trial_sees_what_only_the_new_table_asks_for()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]);
        box.Port.IsChoosy = true;
        for (int i = 0; i < 3000; i++)
        {
            box.Port.Add(i * Second / 50, new Ip("128.231.212.9", "128.231.212.8").Tcp(50000, 8080, i % 2 == 0 ? "A" : "AP", i));
        }

        box.Start().Run(5);
        byte[]? before = box.Port.Interest;
        storage.Files[New] = Key.Sign(TestTables.Make(1, rules: """
            alert tcp any any -> any any ( msg:"a"; flags:A; flow:stateless; sid:1900201; )
            alert tcp any any -> any any ( msg:"b"; flags:PA; flow:stateless; sid:1900202; )

            """));
        box.Run(15);
        Said told = box.All.Single(s => s["verdict"] == "refused");
        Assert.AreEqual("matches-too-much", told["reason"]);
        Assert.AreEqual("64", told["matched"]);
        Assert.AreSame(before, box.Port.Interest, "the mask of the table in use");
    }

    [TestMethod]
    public void A_trial_without_frames_ends_and_is_told_as_none()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(40);
        Said told = box.All.Single(s => s["verdict"] == "accepted");
        Assert.AreEqual("untried", told["reason"]);
        Assert.AreEqual(string.Empty, told["of"]);
    }

    [TestMethod]
    public void On_a_busy_VLAN_a_table_is_in_use_within_three_seconds()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        for (int i = 0; i < 1000; i++)
        {
            box.Port.Add(i * Second / 100, Frames.Syn("128.231.212.7", 1, 80, i));
        }

        box.Run(2);
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(3);
        Said told = box.All.Single(s => s["verdict"] == "accepted");
        Assert.AreEqual("new", told["reason"]);
        Assert.AreEqual("64", told["of"]);
    }

    [TestMethod]
    public void After_a_storage_failure_the_file_is_tried_again_and_told_once()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.IsFull = true;
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(300);
        Assert.AreEqual("storage-failed", box.All.Single(s => s["verdict"] == "refused")["reason"]);
        Assert.IsTrue(storage.Exists(New));

        // Another file does not wait for it.
        storage.Files["inbox\\other.sigtab"] = [1, 2, 3];
        box.Run(10);
        Assert.AreEqual("damaged", box.All.Last(s => s["verdict"] == "refused")["reason"]);

        storage.IsFull = false;
        box.Run(700);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "accepted"));
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(storage.Exists(New));
        Assert.IsTrue(box.All.Any(s => s["part"] == "storage" && s["state"] != "failing"));
    }

    [TestMethod]
    public void Another_file_under_the_name_of_one_that_stays_is_told_too()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.IsDead = true;
        storage.Files[New] = [1, 2, 3];
        box.Run(300);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"));
        storage.Files[New] = [1, 2, 4];
        box.Run(300);
        Assert.AreEqual(2, box.All.Count(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_high_incident_is_shown_for_a_while()
    {
        Box box = new Box().Start().Run(5);
        byte[] line = "<83>1 - tap - - sweep - x"u8.ToArray();
        box.Program.Alert(line, line.Length, SyslogSeverity.Error);
        box.Port.HasLink = true;
        box.Run(20);
        Assert.AreEqual(LightCode.Incident, Shown(box));
        Assert.AreEqual(Colour.Blue, box.Light.Shown[^1].Colour);
    }

    // A frame is delivered, and others are missed beside it.
    private static void BurstOf(Box box, int missed)
    {
        box.Port.Add(box.Clock.Micros + (Second / 10), Frames.Syn(Frames.Actor, 1, 80, missed));
        box.Port.Counters[PortCounter.Missed] += missed;
        box.Run(1);
    }

    // The receiver misses all until it is reset.
    private static long Stall(Box box)
    {
        int resets = box.Port.Resets;
        long missed = 0;
        for (int i = 0; i < 10 && box.Port.Resets == resets; i++)
        {
            box.Port.Counters[PortCounter.Missed] += 100;
            missed += 100;
            box.Run(1);
        }

        Assert.AreEqual(resets + 1, box.Port.Resets);
        return missed;
    }

    private static string[] Collector(Box box) => [.. box.All.Where(s => s["part"] == "collector").Select(s => s["state"])];

    private static string[] Mirror(Box box) => [.. box.All.Where(s => s["part"] == "mirror").Select(s => s["state"])];

    private static int Shown(Box box) => box.Program.Light.Shown;

    private sealed class Sink(List<Said> lines) : Sensor.IAlertSink
    {
        public void Alert(byte[] line, int length, int severity) => lines.Add(new Said(System.Text.Encoding.ASCII.GetString(line, 0, length)));
    }
}
