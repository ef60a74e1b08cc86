using System;
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
        > StatusLight.Long => $"one long and {rhythm - StatusLight.Long} short",
        _ => $"{rhythm} blinks",
    };

    private sealed class Dark : ILight
    {
        public bool Show(int colour) => true;
    }
}
