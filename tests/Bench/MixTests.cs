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
    public void Of_a_mix_at_100_Mb_no_frame_is_lost_nor_with_a_sweep_of_1000_SYNs_a_second_on_top()
    {
        IReadOnlyList<MixCost> costs = MixMeasurement.Measure(4, MixFlood.None, MixFlood.Sweep);
        CollectionAssert.AreEqual(
            new[] { "PSRAM, 100 million a second", "no PSRAM, 100 million a second", "PSRAM, 100 million a second, and a sweep",
                "no PSRAM, 100 million a second, and a sweep", "PSRAM, 50 million a second", "no PSRAM, 50 million a second" },
            costs.Take(6).Select(cost => cost.Name).ToArray());
        foreach (MixCost cost in costs.Take(6))
        {
            Assert.AreEqual(0, cost.Lost, cost.ToString());
            Assert.IsGreaterThan(30_000, cost.Frames, cost.ToString());
            Assert.IsGreaterThan(1_000, cost.Kept, cost.ToString());
            Assert.IsGreaterThan(25_000, cost.Bulk, cost.ToString());
            Assert.AreEqual(0, cost.BulkKept, cost.ToString());
        }
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
