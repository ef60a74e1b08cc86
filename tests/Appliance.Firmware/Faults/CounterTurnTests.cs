using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>Counters of 31 and 32 bits that begin again.</summary>
[TestClass]
public sealed class CounterTurnTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    [DataRow(1L << 32, DisplayName = "71.6 minutes: 32 bits of microseconds")]
    [DataRow((1L << 32) * 1000, DisplayName = "49.7 days: 32 bits of milliseconds")]
    [DataRow((1L << 31) * 1000, DisplayName = "24.9 days: 31 bits of milliseconds")]
    [DataRow((1L << 31) * 10_000, DisplayName = "248.6 days: 31 bits of centiseconds")]
    [DataRow((1L << 32) * 10_000, DisplayName = "497 days: 32 bits of centiseconds")]
    public void A_counter_that_starts_again_changes_nothing(long wrap)
    {
        // A whole number of centiseconds before it, so that times are rounded alike.
        long start = (wrap - (20 * Second)) / 10_000 * 10_000;
        Assert.AreEqual(string.Join('\n', Watch(0)), string.Join('\n', Watch(start)));

        static string[] Watch(long start)
        {
            Box box = new Box(startAt: start);
            box.Clock.Server = Box.Today - start;
            box.Start();
            long end = Frames.Sweep(box.Port, start + (5 * Second), hosts: 200);
            end = Frames.Sweep(box.Port, end + (30 * Second), "203.0.113.7", 12345, 100);
            Frames.Sweep(box.Port, end + (700 * Second), "203.0.113.9", 23, 20);
            box.RunAll().Run(5);
            box.Program.Finish();
            Assert.IsGreaterThan(2, Frames.Incidents(box.All).Length);
            Assert.IsGreaterThan(10, box.All.Count(s => s.Kind == "heartbeat"));
            return [.. Frames.Incidents(box.All), .. box.All.Select(s => $"{s.Kind} {s.Time}")];
        }
    }
}
