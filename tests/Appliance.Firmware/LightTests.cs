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
    public void An_empty_mirror_stands_before_what_was_seen_in_it_and_behind_the_uplink()
    {
        var light = new StatusLight(new FakeLight(new FakeClock()));
        int Shown(int code, bool isTrue)
        {
            light.Set(code, isTrue);
            light.Tick(0);
            return light.Shown;
        }

        Assert.AreEqual(LightCode.OrdinaryPort, Shown(LightCode.OrdinaryPort, true));
        Assert.AreEqual(LightCode.Flapping, Shown(LightCode.Flapping, true));
        Assert.AreEqual(LightCode.NoMirror, Shown(LightCode.NoMirror, true));
        Assert.AreEqual(LightCode.NoCollector, Shown(LightCode.NoCollector, true));
        Assert.AreEqual(LightCode.NoUplink, Shown(LightCode.NoUplink, true));
        Assert.AreEqual(LightCode.NoKeys, Shown(LightCode.NoKeys, true));
        light.Set(LightCode.NoKeys, false);
        Assert.AreEqual(LightCode.Flapping, Shown(LightCode.NoMirror, false), "whoever mends the mirror stands before it");
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
            if (rhythm == 1)
            {
                continue;
            }

            // Each blink lasts as long as it is on; a group of them ends with a pause.
            (long Time, int Colour)[] all = [.. shown.Shown];
            long[] lengths = [.. Enumerable.Range(0, all.Length - 1).Where(i => all[i].Colour != Colour.Off).Select(i => all[i + 1].Time - all[i].Time)];
            long[] gaps = [.. Enumerable.Range(0, all.Length - 1).Where(i => all[i].Colour == Colour.Off).Select(i => all[i + 1].Time - all[i].Time)];
            int longs = rhythm / StatusLight.Long;
            int size = longs + (rhythm % StatusLight.Long);
            for (int i = 0; i < gaps.Length - 1; i++)
            {
                bool isLast = i % size == size - 1;
                Assert.AreEqual(isLast, gaps[i] > Second, $"code {code}, blink {i}");
                Assert.AreEqual(i % size < longs, lengths[i] > Second, $"code {code}, blink {i}");
                Assert.IsTrue(lengths[i] > Second || lengths[i] < Second / 2, $"code {code}, blink {i}: long and short can't be told apart");
            }
        }
    }
}
