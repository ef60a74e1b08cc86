using System.Collections.Generic;
using Appliance.Bench.Cost;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>
/// What the budgets of the cost table serve: a flood of 1,000 SYNs a second on top of an imaging mix at 100 Mb/s loses nothing
/// where 100 million instructions run in a second, IPv6 among it: of that some SYNs are left out (RingRelief). On half of such a
/// board many are, so that the measure can tell.
/// </summary>
[TestClass]
public sealed class FloodTests
{
    [TestMethod]
    public void A_thousand_SYNs_a_second_on_top_of_100_megabits_lose_nothing()
    {
        IReadOnlyList<FloodResult> results = FloodMeasurement.Measure(
        [
            new Flood("IPv4", 1_000, 0, 0, 100),
            new Flood("one in twenty by IPv6", 1_000, 5, 0, 100),
            new Flood("on half a board", 1_000, 10, 0, 50),
        ]);
        foreach (FloodResult result in results)
        {
            Assert.IsTrue(result.Megabits is > 99 and < 102, $"{result}");
            Assert.IsGreaterThan(100_000, result.Received, $"{result}");
            Assert.IsGreaterThan(10_000, result.Kept + result.Lost, $"{result}");
        }

        Assert.AreEqual(0, results[0].Lost, $"{results[0]}");
        Assert.AreEqual(0, results[1].Lost, $"{results[1]}");
        Assert.AreEqual(0, results[0].LeftOut, $"{results[0]}");
        Assert.IsLessThan(500, results[1].LeftOut, $"{results[1]}");
        Assert.AreEqual(0, results[2].Lost, $"{results[2]}");
        Assert.IsGreaterThan(1_000, results[2].LeftOut, $"{results[2]}");
    }
}
