using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>The light's grammar suits a clinical room, and no two codes look alike.</summary>
[TestClass]
public sealed class LightTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void Red_and_yellow_never_flash()
    {
        var light = new StatusLight(new FakeLight(new FakeClock()));
        for (int code = 0; code < LightCode.Count; code++)
        {
            if (light.ColourOf(code) is Colour.Red or Colour.Yellow)
            {
                Assert.AreEqual(0, light.RhythmOf(code), $"code {code}");
            }
        }
    }

    [TestMethod]
    public void Each_code_looks_different()
    {
        var light = new StatusLight(new FakeLight(new FakeClock()));
        int[] looks = [.. Enumerable.Range(0, LightCode.Count).Select(code =>
            (light.ColourOf(code) * 100) + light.RhythmOf(code))];
        CollectionAssert.AllItemsAreUnique(looks);
    }

    [TestMethod]
    public void Blinks_can_be_counted_and_are_slower_than_three_a_second()
    {
        for (int code = 0; code < LightCode.Count; code++)
        {
            var clock = new FakeClock();
            var shown = new FakeLight(clock);
            var light = new StatusLight(shown);
            light.Set(code, true);
            for (; clock.Micros < 60 * Second; clock.Micros += 50_000)
            {
                light.Tick(clock.Micros);
            }

            int rhythm = light.RhythmOf(code);
            if (rhythm == 0)
            {
                Assert.HasCount(1, shown.Shown);
                continue;
            }

            long[] on = [.. shown.Shown.Where(s => s.Colour != Colour.Off).Select(s => s.Time)];
            Assert.IsTrue(on.Zip(on.Skip(1), (a, b) => b - a).All(gap => gap >= Second / 3), $"code {code}");
            if (rhythm > 1)
            {
                // Groups of as many blinks as the code says, apart by a pause.
                int[] starts = [.. Enumerable.Range(1, on.Length - 1).Where(i => on[i] - on[i - 1] > Second)];
                Assert.IsTrue(starts.Zip(starts.Skip(1), (a, b) => b - a).All(count => count == rhythm), $"code {code}");
            }
        }
    }
}
