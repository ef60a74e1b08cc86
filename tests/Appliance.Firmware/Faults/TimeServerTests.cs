using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A time server that is away, slow, or wants to be left alone.</summary>
[TestClass]
public sealed class TimeServerTests
{
    private const long Second = 1_000_000;

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
        Assert.AreEqual(LightCode.NoTime, box.Shown);
        box.Clock.Server = Box.Today;
        box.Run(400);
        Assert.AreEqual("synchronized", box.All.Last(s => s["part"] == "clock")["state"]);
        Assert.AreEqual(LightCode.Well, box.Shown);
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
}
