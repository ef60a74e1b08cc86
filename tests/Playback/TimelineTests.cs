using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Playback.Tests;

/// <summary>Stamps never go back, whatever the captures' times do, and alerts keep the captures' times.</summary>
[TestClass]
public sealed class TimelineTests
{
    private const long Second = 1_000_000;
    private const long Hour = 3600 * Second;
    private const long Day = 24 * Hour;

    private readonly Timeline _timeline = new();

    [TestMethod]
    public void TheFirstFrameComesACentisecondAfterTheStartAndTheNextFollow()
    {
        Assert.IsFalse(_timeline.Follow(955084927 * Second));
        _timeline.Turn(955084927 * Second);
        Assert.AreEqual(10_000, _timeline.Stamp);
        Assert.AreEqual(5, Stamp((955084927 * Second) + 5));
        Assert.AreEqual((955084927 * Second) - 10_000, _timeline.WallClock);
    }

    [TestMethod]
    public void AFrameThatWasWrittenLateGetsTheStampOfTheOneBefore()
    {
        Stamp(Day);
        Assert.AreEqual(100, Stamp(Day + 100));
        Assert.AreEqual(100, Stamp(Day + 40));
        Assert.AreEqual(100, Stamp(Day - Hour + 100));
        Assert.AreEqual(120, Stamp(Day + 120));
        Assert.AreEqual(Day - Timeline.FirstStamp, _timeline.WallClock);
    }

    [TestMethod]
    public void AStepBackOfMoreThanAnHourIsAnotherTime()
    {
        Stamp(30 * Day);
        Assert.AreEqual(29 * Day, Stamp(Day));
        Assert.AreEqual(Day, _timeline.WallClock + _timeline.Stamp);
        Assert.AreEqual((29 * Day) + 3, Stamp(Day + 3));
    }

    [TestMethod]
    public void TheNextFileMayBeginEarlierOrLater()
    {
        Stamp(10 * Day);
        _timeline.BeginFile();
        Assert.AreEqual(60 * Second, Stamp((10 * Day) - (60 * Second)));
        _timeline.BeginFile();
        Assert.AreEqual((60 * Second) + Day, Stamp((11 * Day) - (60 * Second)));
        Assert.AreEqual((11 * Day) - (60 * Second), _timeline.WallClock + _timeline.Stamp);
    }

    [TestMethod]
    public void AnyTimesAtAllKeepStampsAscending()
    {
        var random = new Random(7);
        long before = -1;
        for (int i = 0; i < 100_000; i++)
        {
            if (random.Next(50) == 0)
            {
                _timeline.BeginFile();
            }

            long time = random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(0, 40 * 365 * Day);
            long stamp = Stamp(time);
            Assert.IsTrue(stamp >= before && stamp >= 0, $"{stamp} after {before}");
            before = stamp;
        }
    }

    // Since the first frame.
    private long Stamp(long time)
    {
        if (!_timeline.Follow(time))
        {
            _timeline.Turn(time);
        }

        return _timeline.Stamp - Timeline.FirstStamp;
    }
}
