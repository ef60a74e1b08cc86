using System.Collections.Generic;
using System.Linq;
using Appliance.Bench.Cost;
using Appliance.Bench.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>An imaging mix at 100 Mb/s loses nothing, and of its bulk less than one segment in 100,000 is kept.</summary>
[TestClass]
public sealed class MixTests
{
    [TestMethod]
    public void Of_a_mix_at_100_Mb_no_frame_is_lost_on_a_board_of_half_the_speed_neither()
    {
        IReadOnlyList<MixCost> costs = MixMeasurement.Measure(4, MixFlood.None);
        CollectionAssert.AreEqual(
            new[] { "PSRAM, 100 million a second", "no PSRAM, 100 million a second", "PSRAM, 50 million a second", "no PSRAM, 50 million a second" },
            costs.Select(cost => cost.Name).ToArray());
        foreach (MixCost cost in costs)
        {
            Assert.AreEqual(0, cost.Lost, cost.ToString());
            Assert.IsGreaterThan(40_000, cost.Frames, cost.ToString());
            Assert.IsGreaterThan(1_000, cost.Kept, cost.ToString());
        }
    }

    [TestMethod]
    public void Nothing_is_lost_while_a_stranger_asks_one_host_for_a_thousand_ports_a_second()
    {
        IReadOnlyList<MixCost> costs = MixMeasurement.Measure(4, MixFlood.Ports);
        MixCost[] fast = [.. costs.Where(cost => cost.Name.Contains(", 100 million", System.StringComparison.Ordinal))];
        CollectionAssert.AreEqual(
            new[] { "PSRAM, 100 million a second, and a port scan", "no PSRAM, 100 million a second, and a port scan" },
            fast.Select(cost => cost.Name).ToArray());
        foreach (MixCost cost in fast)
        {
            Assert.AreEqual(0, cost.Lost, cost.Name);
            Assert.IsGreaterThan(5_000, cost.Kept, cost.Name);
        }
    }

    [TestMethod]
    [DataRow(nameof(MixFlood.Scans), DisplayName = "eight strangers scan many ports")]
    [DataRow(nameof(MixFlood.Forged), DisplayName = "forged SYNs to a named port")]
    [DataRow(nameof(MixFlood.Trojan), DisplayName = "forged SYNs to a trojan's port")]
    [DataRow(nameof(MixFlood.Restricted), DisplayName = "forged SYNs to a restricted service")]
    [DataRow(nameof(MixFlood.Talk), DisplayName = "forged SYNs to a trojan's port that answers")]
    [DataRow(nameof(MixFlood.Datagrams), DisplayName = "datagrams that ICMP refuses")]
    [DataRow(nameof(MixFlood.Fragments), DisplayName = "SYNs in fragments")]
    [DataRow(nameof(MixFlood.Six), DisplayName = "half of it by IPv6")]
    [DataRow(nameof(MixFlood.Inside), DisplayName = "in the name of hosts of the site")]
    public void What_is_dear_to_judge_is_left_out_so_that_nothing_else_is_lost_and_a_sweep_that_it_hides_is_told(string flood)
    {
        MixFlood kind = System.Enum.Parse<MixFlood>(flood);
        IReadOnlyList<MixCost> costs = MixMeasurement.Measure(4, true, kind);
        MixCost[] fast = [.. costs.Where(cost => cost.Name.Contains(", 100 million", System.StringComparison.Ordinal))];
        Assert.HasCount(2, fast);
        foreach (MixCost cost in fast)
        {
            Assert.AreEqual(0, cost.Lost, cost.Name);
            Assert.IsGreaterThan(5_000, cost.Kept, cost.Name);
            Assert.IsGreaterThan(1_000, cost.LeftOut, cost.Name);
            // Each of these is an incident of its own, and the sweep is seen later.
            Assert.IsInRange(kind == MixFlood.Restricted ? -1 : 0, 3_999, cost.Told, cost.Name);
        }
    }

    [TestMethod]
    public void Of_the_bulk_less_than_one_segment_in_100_000_is_kept_but_as_a_sign_of_life()
    {
        (int kept, int bulk) = MixMeasurement.BulkKept(20);
        Assert.IsGreaterThan(150_000, bulk);
        Assert.IsLessThanOrEqualTo(bulk / 100_000, kept);
    }

    [TestMethod]
    public void A_second_of_the_mix_is_100_Mb_of_the_wire()
    {
        MixFrame[] frames = [.. new ImagingMix(MixFlood.None).Make(3)];
        long octets = frames.Sum(frame => (long)System.Math.Max(frame.Bytes.Length, 60) + 24);
        Assert.AreEqual(3 * 12_500_000, octets, 3_000);
        Assert.IsTrue(frames.Zip(frames.Skip(1)).All(pair => pair.First.Time <= pair.Second.Time));
        Assert.IsGreaterThan(0.8, (double)frames.Count(frame => frame.IsBulk) * 1538 / octets);
    }
}
