using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>An uplink without a link is no trouble of the collector.</summary>
[TestClass]
public sealed class UplinkLossTests
{
    private const long Second = 1_000_000;

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
        Assert.AreEqual(LightCode.NoUplink, box.Shown);
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
        CollectionAssert.AreEqual(new[] { "unreachable" }, box.States("collector"));
        box.Uplink.IsUp = true;
        box.Run(150);
        CollectionAssert.AreEqual(new[] { "unreachable", "reached" }, box.States("collector"));
    }

    [TestMethod]
    public void A_link_that_is_lost_is_no_trouble_of_the_collector()
    {
        Box box = new Box().Start().Run(5);
        box.Uplink.HasLink = false;
        box.Run(300);
        box.Uplink.HasLink = true;
        box.Run(90);
        Assert.IsEmpty(box.States("collector").Except(["reached"]), string.Join('\n', box.Lines));
    }
}
