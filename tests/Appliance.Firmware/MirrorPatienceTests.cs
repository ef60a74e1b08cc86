using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>A mirror that comes and goes, or is quiet at times, is told a few times a day, and its end too.</summary>
[TestClass]
public sealed class MirrorPatienceTests
{
    private const long Second = 1_000_000;
    private const int Hour = 3600;

    [TestMethod]
    public void Three_falls_are_told_each_and_the_fourth_as_flapping()
    {
        Box box = Alive(8 * Hour).Start();
        Fall(box, 4, 20, 20);
        CollectionAssert.AreEqual(
            new[] { "link-lost", "link-up", "link-lost", "link-up", "link-lost", "link-up", "flapping" }, States(box));
        Said told = Mirror(box).Last();
        Assert.AreEqual(4, told.Number("flaps"));
        Assert.AreEqual(4, told.Severity);
        Assert.AreEqual(LightCode.Flapping, box.Program.Light.Shown);
        box.Run(60);
        Assert.AreEqual(4, box.All.Last(s => s.Kind == "heartbeat").Number("flaps"));

        // An hour after the last fall it is over.
        box.Run(50 * 60);
        Assert.AreEqual(LightCode.Flapping, box.Program.Light.Shown);
        box.Run(15 * 60);
        Assert.AreEqual("link-up", States(box)[^1]);
        Assert.HasCount(8, States(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
        Assert.AreEqual(string.Empty, box.All.Last(s => s.Kind == "heartbeat")["flaps"]);
    }

    [TestMethod]
    public void A_day_of_flapping_stays_under_ten_messages()
    {
        Box box = Alive(24 * Hour).Start();
        Fall(box, 24 * 60, 20, 40);
        Assert.IsLessThan(10, States(box).Length);
    }

    [TestMethod]
    public void A_link_that_stays_down_is_told_though_it_flapped()
    {
        Box box = Alive(2 * Hour).Start();
        Fall(box, 5, 20, 20);
        box.Port.HasLink = false;
        box.Run(4 * 60);
        Assert.AreEqual("flapping", States(box)[^1]);
        box.Run(2 * 60);
        Assert.AreEqual("link-lost", States(box)[^1]);
        Assert.AreEqual(LightCode.NoMirror, box.Program.Light.Shown);
    }

    [TestMethod]
    public void A_port_that_never_had_a_frame_is_silent_and_told_daily()
    {
        Box box = new Box().Start().Run((2 * 24 * Hour) + (2 * Hour));
        CollectionAssert.AreEqual(new[] { "silent", "silent", "silent" }, States(box));
    }

    [TestMethod]
    public void Once_frames_were_seen_silences_are_told_with_growing_patience()
    {
        var box = new Box();
        // A frame every three minutes: the first silence is told after one, and the next would have to last six.
        for (int i = 1; i <= 26; i++)
        {
            box.Port.Add(i * 180 * Second, Frames.Syn(Frames.Actor, 1, 80, 1));
        }

        box.Start().Run(78 * 60);
        CollectionAssert.AreEqual(new[] { "silent", "frames", "quiet", "frames" }, States(box));
        box.Run(7 * 60);
        Assert.AreEqual("quiet", States(box)[^1], "six minutes behind the last frame");
        Assert.AreEqual(LightCode.NoFrames, box.Program.Light.Shown);
    }

    [TestMethod]
    public void A_day_of_silences_stays_under_ten_messages_and_the_next_day_is_as_patient_as_the_first()
    {
        var box = new Box();
        var random = new System.Random(5);
        long at = 10 * Second;
        while (at < 24L * Hour * Second)
        {
            box.Port.Add(at, Frames.Syn(Frames.Actor, 1, 80, 1));
            at += random.Next(1, 3000) * Second;
        }

        // Then a day of frames, and a silence of two minutes.
        for (long next = at; next < at + (25L * Hour * Second); next += 30 * Second)
        {
            box.Port.Add(next, Frames.Syn(Frames.Actor, 1, 80, 1));
        }

        box.Start().Run(24 * Hour);
        int day = States(box).Length;
        Assert.IsLessThan(10, day, string.Join(' ', States(box)));
        box.RunAll().Run(50);
        int before = States(box).Length;
        box.Run(30);
        Assert.AreEqual("quiet", States(box)[^1]);
        Assert.HasCount(before + 1, States(box));
    }

    private static Box Alive(int seconds)
    {
        var box = new Box();
        for (long at = Second; at < seconds * Second; at += 20 * Second)
        {
            box.Port.Add(at, Frames.Syn(Frames.Actor, 1, 80, 1));
        }

        return box;
    }

    private static void Fall(Box box, int times, double down, double up)
    {
        for (int i = 0; i < times; i++)
        {
            box.Port.HasLink = false;
            box.Run(down);
            box.Port.HasLink = true;
            box.Run(up);
        }
    }

    private static Said[] Mirror(Box box) => [.. box.All.Where(s => s.Kind == "health" && s["part"] == "mirror")];

    private static string[] States(Box box) => [.. Mirror(box).Select(s => s["state"])];
}
