using System.Linq;
using Appliance.Bench.Cost;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>A new table is in use within a second: loading it has a limit in instructions of the device's interpreter.</summary>
[TestClass]
public sealed class LoadCostTests
{
    [TestMethod]
    public void Loading_200_signatures_stays_below_its_limit()
    {
        FrameCost cost = FrameMeasurement.Measure("loading 200 signatures").Single();
        Assert.AreEqual(20_000_000, cost.Limit);
        Assert.IsLessThanOrEqualTo(cost.Limit, cost.Cost);
    }
}
