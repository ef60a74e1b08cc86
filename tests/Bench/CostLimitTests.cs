using System.Collections.Generic;
using System.Linq;
using Appliance.Bench.Cost;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>
/// What a kind of frame, an alert line and a new table may cost, in instructions of the device's interpreter. They are counted,
/// so the figures are the same on every machine. The real interpreter differs from them by up to one per cent, which every limit
/// keeps as a distance.
/// </summary>
[TestClass]
public sealed class CostLimitTests
{
    private static readonly (string Name, long Limit)[] Limits =
    [
        ("skipped: TCP data", 3_000),
        ("established: sign of life", 17_000),
        ("established: FIN", 17_000),
        ("established: reset", 17_000),
        ("established: UDP reply", 17_000),
        ("SYN, tracked and judged: accepted", 64_000),
        ("SYN, tracked and judged: refused", 55_000),
        ("SYN, tracked and judged: silent", 55_000),
        ("SYN over IPv6, judged: silent", 120_000),
        ("joins an open incident: SYN of a sweep", 72_000),
        ("an alert line", 456_000),
        ("imaging eyes: sign of life", 3_000),
        ("imaging eyes: SYN", 3_000),
        ("imaging eyes: datagram", 3_000),
        ("loading 200 signatures", 20_700_000),
        ("loading a hostile table: conditions", 500_000_000),
        ("loading a hostile table: ranges", 500_000_000),
        ("loading a hostile table: flags", 500_000_000),
    ];

    [TestMethod]
    public void Each_limit_is_kept()
    {
        IReadOnlyList<FrameCost> costs = FrameMeasurement.Measure("");
        foreach ((string name, long limit) in Limits)
        {
            FrameCost cost = costs.Single(cost => cost.Name == name);
            Assert.AreEqual(limit, cost.Limit, name);
            Assert.IsGreaterThan(0, cost.Cost, name);
            Assert.IsLessThanOrEqualTo(limit - (limit / 100), cost.Cost, name);
        }
    }
}
