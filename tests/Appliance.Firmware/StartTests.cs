using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>What the box says and shows when it starts.</summary>
[TestClass]
public sealed class StartTests
{
    [TestMethod]
    public void The_self_test_names_every_part()
    {
        Box box = new Box().Start();
        Said said = box.All.First();

        Assert.AreEqual("health", said.Kind);
        Assert.AreEqual("self-test", said["part"]);
        Assert.AreEqual("passed", said["state"]);
        Assert.AreEqual("power-on", said["restart"]);
        string[] parts = ["storage", "table", "hook", "mirror", "uplink", "clock", "collector", "light"];
        CollectionAssert.AreEqual(
            new[] { "well", "built-in", "well", "link-up", "link-up", "unknown", "named", "well" }, parts.Select(p =>
                said[p]).ToArray());
    }

    [TestMethod]
    public void The_host_name_is_the_end_of_the_uplinks_MAC_address()
    {
        Assert.AreEqual("tap-1f2e3d", new Box().Start().All.First().Host);
    }

    [TestMethod]
    public void The_table_in_use_is_told()
    {
        Said said = new Box().Start().All.Single(s => s.Kind == "table");
        Assert.AreEqual("in-use", said["verdict"]);
        Assert.AreEqual("built-in", said["source"]);
        Assert.AreEqual("*", said["site"]);
    }

    [TestMethod]
    public void Without_a_clock_there_is_no_time_and_that_is_said()
    {
        Box box = new Box();
        box.Clock.Server = null;
        box.Start().Run(5);
        Assert.IsTrue(box.All.All(s => s.Time == "-" && s["isSynced"] == "0"));
    }

    [TestMethod]
    public void Every_message_has_the_next_number()
    {
        Box box = new Box().Start().Run(600);
        Said[] all = [.. box.All];
        Assert.IsGreaterThan(10, all.Length);
        CollectionAssert.AreEqual(Enumerable.Range(1, all.Length).ToArray(), all.Select(s => s.SequenceId).ToArray());
        CollectionAssert.AreEqual(box.Lines, box.Uplink.Received);
    }

    [TestMethod]
    [DataRow(RestartReason.Watchdog, "watchdog", "hung")]
    [DataRow(RestartReason.Brownout, "brownout", "power supply")]
    [DataRow(RestartReason.Panic, "panic", "crash")]
    public void A_restart_is_told_with_its_reason(int reason, string word, string words)
    {
        Box box = new Box();
        box.Port.Reason = reason;
        Said said = box.Start().All.First();
        Assert.AreEqual(word, said["restart"]);
        StringAssert.Contains(said.Words, words);
        Assert.AreEqual(4, said.Severity);
    }

    [TestMethod]
    public void A_hundred_restarts_are_counted_and_nothing_grows()
    {
        var storage = new FakeStorage();
        for (int boot = 1; boot <= 100; boot++)
        {
            Box box = new Box(storage).Start().Run(61);
            Assert.AreEqual(boot, box.All.First().Number("boots"));
            Assert.AreEqual(boot, box.All.Single(s => s.Kind == "heartbeat").Number("boots"));
        }

        Assert.HasCount(2, storage.Files);
        Assert.IsLessThan(100, storage.Files.Values.Sum(f => f.Length));
    }

    [TestMethod]
    public void A_broken_hook_is_told_and_shown()
    {
        Box box = new Box();
        box.Port.Ready = false;
        box.Start().Run(1);
        Assert.AreEqual("failed", box.All.First()["state"]);
        Assert.AreEqual(LightCode.Broken, box.Program.Light.Shown);
    }

    [TestMethod]
    public void A_supply_that_fell_is_shown_for_a_day()
    {
        Box box = new Box();
        box.Port.Reason = RestartReason.Brownout;
        box.Start();
        // Now and then a frame, so that nothing else is wrong.
        for (int i = 1; i < 2000; i++)
        {
            box.Port.Add(i * 50_000_000L, Frames.Syn(Frames.Actor, 1, 80, 1));
        }

        box.Run(23 * 3600);
        StringAssert.EndsWith(box.All.First().Words, "replace the power supply");
        Assert.AreEqual(LightCode.WeakSupply, box.Program.Light.Shown);
        box.Run(2 * 3600);
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void The_watchdog_is_fed_every_second()
    {
        Box box = new Box().Start();
        Assert.AreEqual(TapProgram.WatchdogMilliseconds, box.Port.WatchdogTime);
        Assert.AreEqual(1, box.Port.Fed, "it may run since before the box was put together");
        int before = box.Port.Fed;
        box.Run(60);
        Assert.IsGreaterThanOrEqualTo(before + 55, box.Port.Fed);
    }

    [TestMethod]
    public void All_is_well_in_steady_green()
    {
        Box box = new Box().Start().Run(30);
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
        Assert.AreEqual(Colour.Green, box.Light.Shown[^1].Colour);
    }
}
