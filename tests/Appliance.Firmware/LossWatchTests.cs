using Appliance.Firmware.Health;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>When frames are said to be lost before the box: by what was sampled, by what was counted, and for how long.</summary>
[TestClass]
public sealed class LossWatchTests
{
    private readonly Box _box = new();
    private readonly LossWatch _watch;
    private long _now;

    public LossWatchTests()
    {
        _watch = new LossWatch(_box.Port, _box.Program.Sensor);
    }

    [TestMethod]
    [DataRow(49, 49, false)]
    [DataRow(50, 1, false)]
    [DataRow(50, 3, true)]
    [DataRow(1000, 5, false)]
    [DataRow(1000, 12, true)]
    public void A_share_above_half_a_percent_is_likely_when_it_is_sure(int sampled, int unseen, bool isLikely)
    {
        Sample(sampled, unseen);
        Assert.AreEqual(isLikely, _watch.IsLikely);
    }

    [TestMethod]
    public void It_is_over_when_enough_segments_came_without_a_loss()
    {
        Sample(100, 10);
        Assert.IsTrue(_watch.IsLikely);
        Sample(400, 0);
        Assert.IsTrue(_watch.IsLikely, "four hundred can't tell less than half a percent for sure");
        Sample(600, 0);
        Assert.IsFalse(_watch.IsLikely);
    }

    [TestMethod]
    public void A_share_at_the_limit_is_counted_anew_after_two_thousand()
    {
        Sample(1999, 10);
        Sample(1, 0);
        Assert.IsFalse(_watch.IsLikely);
        // Of its own 60 are 4; of both together 14 of 2,060 could not tell.
        Sample(60, 4);
        Assert.IsTrue(_watch.IsLikely);
    }

    private void Sample(int sampled, int unseen)
    {
        _box.Port.Counters[PortCounter.Sampled] += sampled;
        _box.Port.Counters[PortCounter.Unseen] += unseen;
        _box.Port.Counters[PortCounter.Received] += sampled - unseen;
        _now += 1_000_000;
        _watch.Look(_now);
    }
}
