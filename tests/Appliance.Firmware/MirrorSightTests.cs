using System;
using System.Linq;
using Appliance.Firmware.Health;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>A port that has frames and is no mirror of this site is told, shown, and told again when it is one.</summary>
[TestClass]
public sealed class MirrorSightTests
{
    private const long Second = 1_000_000;
    private const int Hour = 3600;
    private const string Broadcasts = "broadcasts";
    private const string OneHost = "one host";
    private const string OneSpeaker = "one speaker";
    private const string Sealed = "sealed";
    private const string Other = "another network";
    private const string Twice = "twice";

    [TestMethod]
    [DataRow(Broadcasts)]
    [DataRow(OneHost)]
    public void Five_minutes_without_frames_between_hosts_are_an_ordinary_port(string what)
    {
        Box box = Hooked(0, 120, "good");
        Add(box, 120, 600, what);
        Add(box, 600, 640, "good");
        box.Start().Run(415);
        CollectionAssert.AreEqual(Array.Empty<string>(), States(box), "not before five minutes are over");
        box.Run(10);
        Said told = Mirror(box).Single();
        Assert.AreEqual("no-mirror", told["state"]);
        Assert.AreEqual(4, told.Severity);
        Assert.IsInRange(298, 304, told.Number("frames"));
        Assert.AreEqual(LightCode.OrdinaryPort, box.Program.Light.Shown);
        box.Run(160);
        Assert.HasCount(1, Mirror(box), "told once");
        box.Run(40);
        CollectionAssert.AreEqual(new[] { "no-mirror", "mirrored" }, States(box));
        Assert.AreEqual(5, Mirror(box)[1].Severity);
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void Who_speaks_alone_at_night_is_no_proof_against_the_mirror()
    {
        Box box = Hooked(0, 120, "good");
        Add(box, 120, 4 * Hour, OneSpeaker);
        Add(box, 4 * Hour, (4 * Hour) + 600, OneHost);
        box.Start().Run(4 * Hour);
        CollectionAssert.AreEqual(Array.Empty<string>(), States(box), "nobody else is there to be heard");
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
        box.Run(10);
        CollectionAssert.AreEqual(new[] { "no-mirror" }, States(box), "two speak, and nobody is seen to answer");
    }

    [TestMethod]
    public void What_the_own_uplink_sends_is_known_in_the_mirror_and_over_an_hour_later()
    {
        Box box = Hooked(0, 60, "good");
        box.Port.Add(60 * Second, Own(box, 1));
        Add(box, 60, 130, "good");
        box.Port.Add(130 * Second, Own(box, 2));
        Add(box, 130, 2 * Hour, "good");
        box.Start().Run(100);
        CollectionAssert.AreEqual(Array.Empty<string>(), States(box), "one may be forged");
        box.Run(60);
        Said told = Mirror(box).Single();
        Assert.AreEqual(("own-uplink", 4, 2L), (told["state"], told.Severity, told.Number("frames")));
        Assert.AreEqual(LightCode.OwnUplink, box.Program.Light.Shown);
        box.Run(Hour - 70);
        Assert.HasCount(1, Mirror(box));
        box.Run(60);
        CollectionAssert.AreEqual(new[] { "own-uplink", "no-own-uplink" }, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void An_ordinary_port_and_an_uplink_without_address_are_swapped_cables()
    {
        Box box = Hooked(0, 700, Broadcasts);
        Add(box, 700, 800, "good");
        box.Uplink.HasLink = false;
        box.Start().Run(690);
        CollectionAssert.AreEqual(new[] { "no-mirror", "swapped" }, States(box), string.Join(' ', States(box)));
        Assert.AreEqual(LightCode.OrdinaryPort, box.Program.Light.Shown);
        Assert.IsEmpty(box.Uplink.Received);
        box.Uplink.HasLink = true;
        box.Run(110);
        CollectionAssert.AreEquivalent(new[] { "no-mirror", "swapped", "mirrored", "not-swapped" }, States(box));
        Assert.AreEqual(4, box.Received.Count(s => s["part"] == "mirror"), "it arrives when they are put right");
    }

    [TestMethod]
    public void An_ordinary_port_and_an_uplink_without_a_link_are_no_swapped_cables()
    {
        Box box = Hooked(0, 1400, Broadcasts);
        box.Uplink.HasLink = false;
        box.Uplink.IsPlugged = false;
        box.Start().Run(700);
        CollectionAssert.AreEqual(new[] { "no-mirror" }, States(box), string.Join(' ', States(box)));

        // Its five minutes begin with the link.
        box.Uplink.IsPlugged = true;
        box.Run(290);
        CollectionAssert.AreEqual(new[] { "no-mirror" }, States(box), string.Join(' ', States(box)));
        box.Run(20);
        CollectionAssert.AreEqual(new[] { "no-mirror", "swapped" }, States(box), string.Join(' ', States(box)));
    }

    [TestMethod]
    public void An_ordinary_port_with_an_uplink_that_works_is_no_swapped_cable()
    {
        Box box = Hooked(0, 700, Broadcasts);
        box.Start().Run(690);
        CollectionAssert.AreEqual(new[] { "no-mirror" }, States(box));
    }

    [TestMethod]
    [DataRow(0x88e5, "MACsec")]
    [DataRow(0x8903, "FabricPath")]
    [DataRow(0x99aa, "0x99aa")]
    public void A_minute_of_sealed_frames_is_unreadable_by_name(int type, string name)
    {
        Box box = Hooked(0, 60, "good");
        Add(box, 60, 240, Sealed, type);
        Add(box, 240, 400, "good");
        box.Start().Run(185);
        Said told = Mirror(box).Single();
        Assert.AreEqual("unreadable", told["state"]);
        Assert.AreEqual(name, told["type"]);
        Assert.AreEqual(4, told.Severity);
        Assert.IsInRange(60, 67, told.Number("share"));
        Assert.AreEqual(LightCode.Unreadable, box.Program.Light.Shown);
        box.Run(180);
        CollectionAssert.AreEqual(new[] { "unreadable", "readable" }, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void Five_minutes_of_another_network_are_foreign()
    {
        Box box = Hooked(0, 60, "good");
        Add(box, 60, 400, Other);
        Add(box, 400, 430, "good");
        box.Start().Run(355);
        Assert.HasCount(0, States(box));
        box.Run(10);
        Said told = Mirror(box).Single();
        Assert.AreEqual("foreign", told["state"]);
        Assert.AreEqual(4, told.Severity);
        Assert.AreEqual(LightCode.Foreign, box.Program.Light.Shown);
        box.Run(50);
        CollectionAssert.AreEqual(new[] { "foreign", "home" }, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void Addresses_that_every_network_has_are_not_foreign()
    {
        Box box = Hooked(0, 0, "good");
        for (int i = 1; i < 900; i++)
        {
            string source = (i % 3) switch { 0 => "169.254.1.9", 1 => "0.0.0.0", _ => "fe80::9" };
            string target = i % 3 == 2 ? "fe80::7" : "255.255.255.255";
            box.Port.Add(i * Second, Udp(source, target, i % 3 == 2 ? (byte)(i % 2) : (byte)9));
        }

        box.Start().Run(900);
        Assert.HasCount(0, States(box), string.Join(' ', States(box)));
    }

    [TestMethod]
    public void Frames_that_come_twice_are_doubled_and_counted_once()
    {
        Box box = Hooked(0, 60, "good");
        Add(box, 60, 240, Twice);
        Add(box, 240, 400, "good");
        box.Start().Run(185);
        Said told = Mirror(box).Single();
        Assert.AreEqual("doubled", told["state"]);
        Assert.IsInRange(45, 50, told.Number("share"));
        Assert.AreEqual(LightCode.Doubled, box.Program.Light.Shown);
        box.Run(180);
        CollectionAssert.AreEqual(new[] { "doubled", "single" }, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
        Assert.AreEqual(360, box.All.Last(s => s.Kind == "heartbeat").Number("copies"));
    }

    [TestMethod]
    [DataRow(Broadcasts)]
    [DataRow(Sealed)]
    [DataRow(Other)]
    [DataRow(Twice)]
    public void A_day_of_a_fault_that_comes_and_goes_stays_under_ten_messages(string what)
    {
        var box = Hooked(0, 0, "good");
        for (int at = 0; at < 24 * Hour; at += 1200)
        {
            Add(box, at, at + 600, "good");
            Add(box, at + 600, at + 1200, what);
        }

        box.Start().Run(24 * Hour);
        Assert.IsInRange(2, 9, States(box).Length, string.Join(' ', States(box)));
    }

    [TestMethod]
    [DataRow(17, 3, "partial", 15)]
    [DataRow(76, 4, "", 0)]
    [DataRow(18, 2, "", 0)]
    [DataRow(960, 38, "partial", 3)]
    [DataRow(990, 9, "", 0)]
    [DataRow(0, 30, "partial", 100)]
    public void A_share_of_conversations_with_one_side_only_is_told_when_it_is_sure(int wholes, int halves, string state, int share)
    {
        var box = new Box();
        box.Start().Run(160);
        Conversations(box, wholes, halves);
        CollectionAssert.AreEqual(state.Length == 0 ? [] : new[] { state }, States(box));
        if (state.Length != 0)
        {
            Said told = Mirror(box).Single();
            Assert.AreEqual(share, told.Number("share"));
            Assert.AreEqual(wholes + halves, told.Number("of"));
            Assert.AreEqual(4, told.Severity);
            Assert.AreEqual(LightCode.Partial, box.Program.Light.Shown);
        }
    }

    [TestMethod]
    public void The_share_is_that_of_the_conversations_since_a_side_is_missing()
    {
        var box = new Box();
        box.Start().Run(160);
        Conversations(box, 55, 0);
        Conversations(box, 15, 8);
        Said told = Mirror(box).Single();
        // The first half was waited for, and does not count: 7 of 22.
        Assert.AreEqual((31L, 22L), (told.Number("share"), told.Number("of")));
    }

    [TestMethod]
    public void Sixty_whole_conversations_end_a_partial_mirror()
    {
        var box = new Box();
        box.Start().Run(100);
        Conversations(box, 20, 10);
        Conversations(box, 59, 0);
        Assert.AreEqual(LightCode.Partial, box.Program.Light.Shown);
        Conversations(box, 1, 0);
        CollectionAssert.AreEqual(new[] { "partial", "whole" }, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void A_day_with_a_part_missing_every_other_hour_stays_under_ten_messages()
    {
        Box box = new Box().Start();
        for (int hour = 0; hour < 24; hour++)
        {
            for (int minute = 0; minute < 60; minute += 2)
            {
                Conversations(box, 70, hour % 2 == 0 ? 20 : 0);
                box.Run(117);
            }
        }

        Assert.IsInRange(2, 9, States(box).Length, string.Join(' ', States(box)));
    }

    [TestMethod]
    [DataRow(Broadcasts, "no-mirror")]
    [DataRow(Sealed, "unreadable")]
    [DataRow(Other, "foreign")]
    [DataRow(Twice, "doubled")]
    public void What_lasts_is_told_daily(string what, string state)
    {
        Box box = Hooked(0, 25 * Hour, what);
        box.Start().Run(25 * Hour);
        CollectionAssert.AreEqual(new[] { state, state }, States(box));
    }

    [TestMethod]
    public void Without_a_link_nothing_is_judged_and_behind_it_anew()
    {
        Box box = Hooked(0, 290, Broadcasts);
        Add(box, 330, 600, Broadcasts);
        box.Start().Run(295);
        box.Port.HasLink = false;
        box.Run(30);
        box.Port.HasLink = true;
        box.Run(290);
        Assert.IsFalse(States(box).Contains("no-mirror"));
        box.Run(300);
        Assert.IsFalse(States(box).Contains("mirrored"));
    }

    [TestMethod]
    public void A_loss_before_the_box_is_told_as_an_interval_or_as_unknown()
    {
        var box = new Box();
        Sample(box, 400, 10);
        Said said = Beat(box.Start());
        Assert.AreEqual("1.3-4.6", said["unseen"]);
        Assert.AreEqual(400, said.Number("of"));
        Sample(box, 420, 10);
        said = Beat(box);
        Assert.AreEqual("unknown", said["unseen"]);
        Assert.AreEqual(20, said.Number("of"));
        Sample(box, 460, 10);
        said = Beat(box);
        Assert.AreEqual("0.0-6.1", said["unseen"], "the small sample goes on growing");
        Assert.AreEqual(60, said.Number("of"));
        box.Port.Counters[PortCounter.FullSeconds] = 3;
        Assert.AreEqual(3, Beat(box).Number("mirrorFull"));
    }

    [TestMethod]
    [DataRow(0L, 50L, 0L, 72L)]
    [DataRow(50L, 50L, 928L, 1000L)]
    [DataRow(10L, 400L, 13L, 46L)]
    [DataRow(500L, 1000L, 469L, 531L)]
    [DataRow(3_000_000_000L, 100_000_000_000L, 29L, 31L)]
    public void The_interval_is_Wilsons(long lost, long of, long low, long high)
    {
        Assert.AreEqual(low, LossInterval.Low(lost, of));
        Assert.AreEqual(high, LossInterval.High(lost, of));
    }

    private static byte[] Own(Box box, int number)
    {
        byte[] frame = new Ip("192.0.2.77", "192.0.2.10") { Identification = number, DestinationMac = [2, 0, 0, 0, 9, 9] }.Udp(514, 514, [1, 2, 3]);
        box.Uplink.Mac.CopyTo(frame, 6);
        return frame;
    }

    private static Box Hooked(int from, int to, string what)
    {
        var box = new Box();
        box.Port.IsHook = true;
        Add(box, from, to, what);
        return box;
    }

    // Two frames of hosts a second (with broadcasts: one of them), of which the fault has what it has.
    private static void Add(Box box, int from, int to, string what, int type = 0x88e5)
    {
        for (int second = from; second < to; second++)
        {
            long at = (second * Second) + (Second / 10);
            byte[] there = Udp("128.231.212.10", "128.231.212.20", 20, second);
            byte[] back = Udp("128.231.212.20", "128.231.212.10", 10, second);
            switch (what)
            {
                case Broadcasts:
                    byte[] broadcast = [.. there];
                    Array.Fill(broadcast, (byte)0xff, 0, 6);
                    box.Port.Add(at, broadcast);
                    break;
                case OneHost:
                    byte[] another = [.. there];
                    another[11] ^= (byte)(second & 1);
                    box.Port.Add(at, another);
                    break;
                case OneSpeaker:
                    box.Port.Add(at, there);
                    break;
                case Sealed:
                    box.Port.Add(at, Seal(there, type));
                    box.Port.Add(at + 10_000, Seal(back, type));
                    box.Port.Add(at + 20_000, second % 2 == 0 ? there : back);
                    break;
                case Other:
                    box.Port.Add(at, Udp("10.9.9.10", "10.9.9.20", 20, second));
                    box.Port.Add(at + 10_000, Udp("10.9.9.20", "10.9.9.10", 10, second));
                    break;
                default:
                    box.Port.Add(at, there);
                    if (what == Twice)
                    {
                        box.Port.Add(at + 300, there);
                        box.Port.Add(at + 10_000, back);
                    }

                    box.Port.Add(at + 10_300, back);
                    break;
            }
        }
    }

    private static byte[] Udp(string source, string target, byte station, int number = 1) =>
        new Ip(source, target) { DestinationMac = [2, 0, 0, 0, 1, station], Identification = number & 0xffff }
            .Udp(40000, 40001, [(byte)(number >> 8), (byte)number]);

    private static byte[] Seal(byte[] frame, int type)
    {
        byte[] octets = [.. frame];
        octets[12] = (byte)(type >> 8);
        octets[13] = (byte)type;
        return octets;
    }

    private static void Sample(Box box, int sampled, int unseen)
    {
        box.Port.Counters[PortCounter.Sampled] = sampled;
        box.Port.Counters[PortCounter.Unseen] = unseen;
    }

    private static void Conversations(Box box, int wholes, int halves)
    {
        box.Port.Counters[PortCounter.Received] += 8 * (wholes + halves);
        box.Port.Counters[PortCounter.Wholes] += wholes;
        box.Port.Counters[PortCounter.Halves] += halves;
        box.Run(3);
    }

    private static Said Beat(Box box) => box.Run(61).All.Last(s => s.Kind == "heartbeat");

    private static Said[] Mirror(Box box) => [.. box.All.Where(s => s.Kind == "health" && s["part"] == "mirror"
        && s["state"] is "no-mirror" or "mirrored" or "unreadable" or "readable" or "foreign" or "home" or "doubled" or "single" or "partial" or "whole"
            or "own-uplink" or "no-own-uplink" or "swapped" or "not-swapped")];

    private static string[] States(Box box) => [.. Mirror(box).Select(s => s["state"])];
}
