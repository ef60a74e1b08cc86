using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Appliance.Firmware;
using Appliance.Firmware.Light;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.BoardPictures.Tests;

/// <summary>hardware/boards/LIGHT.md says what the firmware's light does.</summary>
[TestClass]
public sealed class LightPageTests
{
    [TestMethod]
    public void ThePageHasTheCodesInTheirOrderWithColourAndBlinks()
    {
        var light = new StatusLight(new Dark());
        string[] expected = [.. Enumerable.Range(0, LightCode.Count)
            .Select(code => $"{Colours(light.ColourOf(code))}, {Rhythm(light.RhythmOf(code))}")];

        // The last row is darkness, which is no code.
        CollectionAssert.AreEqual(expected.Append("dark").ToArray(), Rows().Select(row => row[0]).ToArray());
    }

    [TestMethod]
    public void EveryRowSaysWhatItMeansAndWhatToDo()
    {
        foreach (string[] row in Rows())
        {
            Assert.HasCount(3, row);
            Assert.IsTrue(row.All(cell => cell.Length > 0), row[0]);
        }
    }

    [TestMethod]
    public void NoTwoCodesLookAlikeAndRedAndYellowNeverFlash()
    {
        string[] lights = [.. Rows().Select(row => row[0])];
        Assert.HasCount(lights.Length, lights.Distinct().ToArray());
        foreach (string light in lights.Where(light =>
            light.StartsWith("red", StringComparison.Ordinal) || light.StartsWith("yellow", StringComparison.Ordinal)))
        {
            Assert.EndsWith("steady", light);
        }
    }

    [TestMethod]
    public void TheTimesThatThePageNamesAreTheLights()
    {
        var darkTimes = new HashSet<double>();
        var longTimes = new HashSet<double>();
        double fastest = double.MaxValue;
        for (int code = 0; code < LightCode.Count; code++)
        {
            int rhythm = new StatusLight(new Dark()).RhythmOf(code);
            if (rhythm < 2)
            {
                continue;
            }

            (double Seconds, bool IsLit)[] parts = Watched(code);
            int size = 2 * ((rhythm / StatusLight.Long) + (rhythm % StatusLight.Long));
            darkTimes.Add(parts[size - 1].Seconds);
            if (rhythm >= StatusLight.Long)
            {
                longTimes.Add(parts[0].Seconds);
            }

            for (int i = 0; i + 1 < parts.Length; i++)
            {
                fastest = Math.Min(fastest, parts[i].Seconds + parts[i + 1].Seconds);
            }
        }

        string page = string.Join(' ', File.ReadAllLines(PagePath()));
        Assert.HasCount(1, darkTimes);
        StringAssert.Contains(page, string.Create(CultureInfo.InvariantCulture, $"a dark pause of {darkTimes.Single():0.0} s"));
        Assert.HasCount(1, longTimes);
        StringAssert.Contains(page, string.Create(CultureInfo.InvariantCulture, $"one long blink ({longTimes.Single():0.0} s)"));
        StringAssert.Contains(page, string.Create(CultureInfo.InvariantCulture, $"faster than {1 / fastest:0.0} times a second"));
    }

    [TestMethod]
    public void ThePageFitsOnOne() => Assert.IsLessThan(45, File.ReadAllLines(PagePath()).Length);

    private static string PagePath() => Repository.PathOf("hardware", "boards", "LIGHT.md");

    private static string[][] Rows() =>
    [
        .. File.ReadAllLines(PagePath()).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    private static string Colours(int colour) => typeof(Colour).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Single(field => (int)field.GetRawConstantValue()! == colour).Name.ToLowerInvariant();

    private static string Rhythm(int rhythm) => rhythm switch
    {
        0 => "steady",
        1 => "pulsing slowly",
        > 2 * StatusLight.Long => $"two long and {rhythm - (2 * StatusLight.Long)} short",
        > StatusLight.Long => $"one long and {rhythm - StatusLight.Long} short",
        _ => $"{rhythm} blinks",
    };

    // How long a code's light is on and off in turn, for some rounds; from its first blink on, without the unfinished last part.
    private static (double Seconds, bool IsLit)[] Watched(int code)
    {
        var watcher = new Watcher();
        var light = new StatusLight(watcher);
        light.Set(code, true);
        for (watcher.Now = 0; watcher.Now < 30_000_000; watcher.Now += 50_000)
        {
            light.Tick(watcher.Now);
        }

        return [.. watcher.Shown.Zip(watcher.Shown.Skip(1), (a, b) =>
            (Math.Round((b.Time - a.Time) / 1e6, 2), a.Colour != Colour.Off))];
    }

    private sealed class Watcher : ILight
    {
        public long Now { get; set; }

        public List<(long Time, int Colour)> Shown { get; } = [];

        public bool Show(int colour)
        {
            Shown.Add((Now, colour));
            return true;
        }
    }

    private sealed class Dark : ILight
    {
        public bool Show(int colour) => true;
    }
}
