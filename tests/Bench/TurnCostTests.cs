using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Bench.Cost;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>
/// No turn of the loop is so long that the ring fills meanwhile: at 4,000 kept frames a second 128 slots are 32 ms, in which an
/// ESP32 runs some 1.7 million of these instructions, since it waits for its flash half of the time; and the frames of that time
/// have to be dealt with too.
/// </summary>
[TestClass]
public sealed class TurnCostTests
{
    private const long Limit = 300_000;

    // All memories are looked at and a message is written, by name and reason: twice a flood, and daily while it lasts.
    private const long LimitOfBlind = 340_000;

    // A host a line, once a day, on boards with external memory alone: their ring of 1,024 slots is 256 ms at 4,000 kept frames a
    // second.
    private const long LimitOfInventory = 1_200_000;

    // A port scan that names sixteen ports, and the hundredth part in which the real interpreter may differ from the model.
    private const long Line = 618_000;

    [TestMethod]
    public void No_turn_without_frames_costs_more_than_300_000_instructions_and_one_line()
    {
        IReadOnlyList<TurnCost> turns = TurnMeasurement.Measure();
        Assert.HasCount(9, turns);
        Assert.IsGreaterThanOrEqualTo(6, turns[7].Lines, "a storm whose lines come due");
        Assert.IsGreaterThan(600_000, turns[8].Cost, "the inventory is told in that time");
        foreach (TurnCost turn in turns)
        {
            string rows = string.Join('\n', turn.Rows.Where(r => r.Inclusive > 5000)
                .Select(r => string.Create(CultureInfo.InvariantCulture, $"{new string(' ', 2 * r.Depth)}{r.Method}: {r.Calls} calls, {r.Inclusive}")));
            Assert.IsGreaterThan(100, turn.Turns, turn.Name);
            long limit = turn.Name.StartsWith("a detector is told", System.StringComparison.Ordinal) ? LimitOfBlind
                : turn.Name.StartsWith("a host of the inventory", System.StringComparison.Ordinal) ? LimitOfInventory : Limit;
            Assert.IsLessThanOrEqualTo(limit, turn.Cost - turn.Line, $"{turn.Name}\n{rows}");
            Assert.IsLessThanOrEqualTo(Line, turn.Line, $"{turn.Name}\n{rows}");
            Assert.IsLessThanOrEqualTo(1, turn.MostLines, $"{turn.Name}\n{rows}");
        }
    }
}
