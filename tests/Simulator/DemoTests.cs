using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>What tapsim shows without arguments: ten detects, ten incidents, each under the capture that it is in.</summary>
[TestClass]
public sealed partial class DemoTests
{
    private static readonly string[] Kinds =
    [
        "distributed-probe", "sweep", "restricted-service", "distributed-probe", "sweep", "dark-host", "inverse-map", "broadcast", "sweep",
        "sweep",
    ];

    [TestMethod]
    public void Ten_detects_go_in_and_ten_incidents_come_out()
    {
        string[] lines = TapsimRun.Run().Expect(0).Lines;
        string capture = string.Empty;
        int number = 0;
        foreach (string line in lines)
        {
            if (CaptureLine().Match(line) is { Success: true } begun)
            {
                capture = begun.Groups[1].Value;
            }
            else if (OpeningLine().Match(line) is { Success: true } opened)
            {
                number++;
                Assert.AreEqual(FormattableString.Invariant($"#{number} {Kinds[number - 1]} in {number:00}"),
                    $"#{opened.Groups[1].Value} {opened.Groups[2].Value} in {capture}");
            }
        }

        Assert.AreEqual(10, number, string.Join('\n', lines));
        StringAssert.Matches(lines[^1], new Regex("^10 incidents from 303 frames; the collector received (\\d+) of \\1 alerts$"));
    }

    [TestMethod]
    public void What_an_incident_has_to_do_with_others_and_what_was_not_seen_is_shown()
    {
        string[] lines = TapsimRun.Run().Expect(0).Lines;
        int ninth = Array.FindIndex(lines, l => l.StartsWith("#9 sweep, low", StringComparison.Ordinal));
        int tenth = Array.FindIndex(lines, l => l.StartsWith("#10 sweep, medium", StringComparison.Ordinal));
        Assert.AreEqual("    5 silent, 35 dark; 266 between them not seen", lines[ninth + 3]);
        Assert.AreEqual("    low, since nothing answered: an answer would raise it", lines[ninth + 4]);
        Assert.AreEqual("    5 silent, 22 dark; 279 between them not seen, by the actor of #9", lines[tenth + 3]);
        string second = lines.Single(l => l.Contains("#2 sweep: ", StringComparison.Ordinal));
        Assert.DoesNotContain("address order", second);
    }

    [GeneratedRegex("^detect(\\d\\d): \\d+ frames$")]
    private static partial Regex CaptureLine();

    [GeneratedRegex("^  .* #(\\d+) ([a-z-]+): ")]
    private static partial Regex OpeningLine();
}
