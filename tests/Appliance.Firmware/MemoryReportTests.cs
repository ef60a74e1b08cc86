using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>What the box says of its native memory: how much is free, and how much of it in one piece.</summary>
[TestClass]
public sealed class MemoryReportTests
{
    [TestMethod]
    [DataRow("heartbeat")]
    [DataRow("health")]
    public void A_board_without_external_memory_tells_of_its_own(string kind)
    {
        Said said = First(kind, 61_816, 46_328, -1, -1);
        Assert.AreEqual(61_816, said.Number("memory"));
        Assert.AreEqual(46_328, said.Number("memoryBlock"));
        Assert.AreEqual("", said["external"]);
        Assert.AreEqual("", said["externalBlock"]);
    }

    [TestMethod]
    [DataRow("heartbeat")]
    [DataRow("health")]
    public void A_board_with_external_memory_tells_of_both(string kind)
    {
        Said said = First(kind, 61_816, 46_328, 3_700_000, 3_600_000);
        CollectionAssert.AreEqual(
            new long[] { 61_816, 46_328, 3_700_000, 3_600_000 },
            new[] { "memory", "memoryBlock", "external", "externalBlock" }.Select(said.Number).ToArray());
    }

    [TestMethod]
    [DataRow("heartbeat")]
    [DataRow("health")]
    public void Where_nobody_knows_nothing_is_said(string kind)
    {
        Said said = First(kind, -1, -1, -1, -1);
        Assert.AreEqual("", said["memory"]);
        Assert.AreEqual("", said["memoryBlock"]);
    }

    [TestMethod]
    public void A_heartbeat_at_its_largest_keeps_all_its_numbers()
    {
        var box = new Box();
        Tell(box, 327_680, 327_680, 4_194_304, 4_194_304);
        for (int i = 0; i < box.Port.Counters.Length; i++)
        {
            box.Port.Counters[i] = 999_999_999_999;
        }

        // Of a minute, and of 30 years.
        box.Port.Counters[PortCounter.Sampled] = 999_999;
        box.Port.Counters[PortCounter.Unseen] = 99_999;
        box.Port.Counters[PortCounter.FullSeconds] = 999_999_999;
        Said said = box.Start().Run(61).All.Single(s => s.Kind == "heartbeat");
        Assert.AreEqual("9.9-10.1", said["unseen"]);
        Assert.AreEqual(999_999_999_999, said.Number("transmitted"));
        Assert.AreEqual(4_194_304, said.Number("externalBlock"));
    }

    [TestMethod]
    [DataRow(8_000, 6_000, DisplayName = "little")]
    [DataRow(40_000, 4_000, DisplayName = "in small pieces")]
    public void Too_little_is_told_with_both_figures_and_its_way_back(int free, int block)
    {
        var box = new Box();
        Tell(box, 61_816, 46_328, -1, -1);
        box.Start().Run(30);
        Assert.IsFalse(box.All.Any(s => s["part"] == "memory"));
        Tell(box, free, block, -1, -1);
        Said low = box.Run(120).All.Single(s => s["part"] == "memory");
        Assert.AreEqual("low", low["state"]);
        Assert.AreEqual(free, low.Number("octets"));
        Assert.AreEqual(block, low.Number("memoryBlock"));
        Tell(box, 61_816, 46_328, -1, -1);
        Assert.AreEqual("well", box.Run(120).All.Last(s => s["part"] == "memory")["state"]);
    }

    private static Said First(string kind, long free, long block, long externalFree, long externalBlock)
    {
        var box = new Box();
        Tell(box, free, block, externalFree, externalBlock);
        return box.Start().Run(61).All.First(s => s.Kind == kind);
    }

    private static void Tell(Box box, params long[] figures) => figures.CopyTo(box.Port.MemoryFigures, 0);
}
