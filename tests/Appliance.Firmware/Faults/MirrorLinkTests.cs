using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A cable that is pulled, worn, or brings nothing.</summary>
[TestClass]
public sealed class MirrorLinkTests
{
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
        Assert.AreEqual(LightCode.Flapping, box.Shown);

        box.Port.HasLink = false;
        box.Run(310);
        Assert.AreEqual(LightCode.NoMirror, box.Shown);
        Said lost = box.All.Last(s => s["state"] == "link-lost");
        Assert.IsGreaterThan(200, lost.Number("turns"));
        box.Port.HasLink = true;
        box.Run(20);
        Assert.AreEqual("link-up", box.All.Last(s => s["part"] == "mirror")["state"]);
        Assert.AreEqual(LightCode.Flapping, box.Shown);
    }

    [TestMethod]
    public void A_link_without_frames_is_told_after_a_minute()
    {
        Box box = new Box().Start().Run(59);
        Assert.IsFalse(box.All.Any(s => s["state"] == "silent"));
        box.Run(5);
        Assert.IsTrue(box.All.Any(s => s["state"] == "silent"));
        Assert.AreEqual(LightCode.NoFrames, box.Shown);
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
        CollectionAssert.AreEqual(new[] { "silent", "link-lost", "link-up" }, box.States("mirror"));
        Assert.AreEqual(LightCode.NoFrames, box.Shown);
        box.Port.Add(box.Clock.Micros, Frames.Syn(Frames.Actor, 1, 80, 1));
        box.Run(3);
        CollectionAssert.AreEqual(new[] { "silent", "link-lost", "link-up", "frames" }, box.States("mirror"));
    }

    [TestMethod]
    public void A_mirror_link_that_was_lost_holds_for_ten_seconds_before_it_is_back()
    {
        Box box = new Box().Start().Run(5);
        box.Port.HasLink = false;
        box.Run(5);
        box.Port.HasLink = true;
        box.Run(9);
        CollectionAssert.AreEqual(new[] { "link-lost" }, box.States("mirror"));
        Assert.AreEqual(LightCode.NoMirror, box.Shown);
        box.Run(4);
        CollectionAssert.AreEqual(new[] { "link-lost", "link-up" }, box.States("mirror"));
    }
}
