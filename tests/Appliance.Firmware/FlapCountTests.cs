using Appliance.Firmware.Health;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>How often a link fell within an hour.</summary>
[TestClass]
public sealed class FlapCountTests
{
    private const long Second = 1_000_000;
    private const long Minute = 60 * Second;

    [TestMethod]
    public void FallsAreCountedForAnHour()
    {
        var falls = new FlapCount();
        falls.Note(0);
        falls.Note(Minute);
        falls.Note(30 * Minute);
        Assert.AreEqual(3, falls.Count(59 * Minute));
        Assert.AreEqual(1, falls.Count(60 * Minute), "to five minutes");
        Assert.AreEqual(1, falls.Count((90 * Minute) - 1));
        Assert.AreEqual(0, falls.Count(90 * Minute));
    }

    [TestMethod]
    public void AfterDaysNothingIsLeft()
    {
        var falls = new FlapCount();
        falls.Note(10 * Minute);
        Assert.AreEqual(0, falls.Count(7 * 24 * 60 * Minute));
        falls.Note((7 * 24 * 60 * Minute) + Second);
        Assert.AreEqual(1, falls.Count((7 * 24 * 60 * Minute) + Minute));
    }
}
