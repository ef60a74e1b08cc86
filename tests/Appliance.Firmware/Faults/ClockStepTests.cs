using System;
using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Firmware.Time;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A time of day that jumps, lies or is none.</summary>
[TestClass]
public sealed class ClockStepTests
{
    private const long Second = 1_000_000;
    private const long Year = 365 * 24 * 3600 * Second;

    [TestMethod]
    [DataRow(10)]
    [DataRow(-10)]
    public void A_clock_that_steps_by_ten_years_confuses_no_tracker(int years)
    {
        Said[] steady = Watch(0);
        Said[] stepped = Watch(years * Year);
        CollectionAssert.AreEqual(Frames.Incidents(steady), Frames.Incidents(stepped));
        Assert.IsGreaterThan(2, Frames.Incidents(steady).Length);
        Said told = stepped.Single(s => s["state"] == "stepped");
        Assert.AreEqual(years * Year / Second, told.Number("step"));
        Assert.IsTrue(stepped.Any(s => s.Time.StartsWith(years > 0 ? "2036" : "2016", StringComparison.Ordinal)));

        static Said[] Watch(long step)
        {
            Box box = new Box().Start();
            long end = Frames.Sweep(box.Port, 5 * Second);
            end = Frames.Sweep(box.Port, end + (400 * Second), "203.0.113.7", 12345, 200);
            Frames.Sweep(box.Port, end + (2000 * Second), "203.0.113.9", 23, 20);
            box.Run(300);
            box.Clock.Server += step;
            box.RunAll();
            box.Program.Finish();
            return [.. box.All];
        }
    }

    [TestMethod]
    public void One_answer_with_another_time_moves_nothing()
    {
        Box box = new Box().Start().Run(60);
        long known = box.Clock.Known;
        bool isOnce = true;
        box.Clock.Spoil = answer =>
        {
            if (isOnce)
            {
                FakeClock.Write(answer, 32, 5 * Year);
                FakeClock.Write(answer, 40, 5 * Year);
                isOnce = false;
            }
        };
        box.Run(3000);
        Assert.IsFalse(isOnce);
        Assert.AreEqual(known, box.Clock.Known);
        Assert.IsFalse(box.All.Any(s => s["state"] == "stepped"));
    }

    [TestMethod]
    [DataRow(-60_000_000L, DisplayName = "1968")]
    [DataRow(-3_600L, DisplayName = "the last hour of 1969")]
    public void A_time_server_before_1970_is_not_believed_and_the_box_watches_on(long seconds)
    {
        var box = new Box();
        box.Clock.Server = seconds * Second;
        Frames.Sweep(box.Port, 5 * Second);
        box.Start().Run(120);
        Assert.AreEqual(ClockOffset.Unknown, box.Clock.Known);
        Assert.IsTrue(box.All.All(s => s.Time == "-"));
        Assert.IsTrue(box.All.Any(s => s.Kind == "sweep"));
        Assert.AreEqual(SntpExchange.Impossible, box.All.Single(s => s["part"] == "clock").Number("problem"));
    }

    [TestMethod]
    [DataRow(-60_000_000L * Second, "1970-01-01T00:00:00.000Z")]
    [DataRow(260_000_000_000L * Second, "9999-12-31")]
    public void A_clock_that_shows_no_day_of_four_digits_ends_nothing(long offset, string time)
    {
        var box = new Box();
        box.Clock.Known = offset;
        box.Clock.Server = null;
        box.Start();
        Frames.Sweep(box.Port, 5 * Second);
        box.Run(65);
        Assert.IsTrue(box.All.Any(s => s.Kind == "sweep"));
        Assert.IsTrue(box.All.All(s => s.Time.StartsWith(time, StringComparison.Ordinal)), string.Join('\n', box.Lines));
    }
}
