using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>What a frame costs in the hook, in instructions of this machine, counted by callgrind: the same each time.</summary>
[TestClass]
[NeedsNativeTools]
[NeedsTool("valgrind")]
public sealed class FrameCostTests
{
    private const int MostSkipped = 180;
    private const int MostKept = 400;

    // A call that saves six registers is in it.
    private const int MostForSampling = 110;

    // One segment of bulk data in forty: its first octet is that of an opening.
    private const int MostForOpening = 100;

    // FrameCost.cpp sends so many frames of each class.
    private const int Frames = 1000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void ASkippedFrameCostsAtMost180InstructionsAndAKeptOne400()
    {
        string program = Path.Combine(NativeBuild.Folder("none"), "frame_cost");
        Assert.IsTrue(File.Exists(program), "valgrind is there, its header valgrind/callgrind.h is not");
        using var folder = new TemporaryFolder();
        (int code, string output) = NativeBuild.Run(
            "valgrind", "--tool=callgrind", "--callgrind-out-file=" + folder.File("cost"),
            "--toggle-collect=mirror::MirrorDriver::TakeFrameWithInfo(*", program);
        Assert.AreEqual(0, code, output);

        List<(string Class, int Hook, int Free)> costs = [];
        foreach (string file in Directory.GetFiles(folder.Path, "cost.*").Order(StringComparer.Ordinal))
        {
            string name = Regex.Match(
                File.ReadAllText(file), "^desc: Trigger: Client Request: (.*)$", RegexOptions.Multiline).Groups[1].Value;
            if (name.Contains(':', StringComparison.Ordinal))
            {
                (int all, int free) = Cost(file);
                costs.Add((name, (all - free) / Frames, free / Frames));
            }
        }

        foreach ((string name, int hook, int free) in costs)
        {
            TestContext.WriteLine($"{name}: {hook}, and {free} of the C library to free the buffer");
        }

        Assert.HasCount(9, costs);
        foreach ((string name, int hook, int _) in costs)
        {
            int most = name.EndsWith("first octet", StringComparison.Ordinal) ? MostSkipped + MostForOpening
                : name.StartsWith("skipped", StringComparison.Ordinal) ? MostSkipped
                : name.StartsWith("sampled", StringComparison.Ordinal) ? MostSkipped + MostForSampling
                : MostKept;
            Assert.IsTrue(hook is > 20 && hook <= most, $"{name}: {hook} instructions");
        }
    }

    // A profile's lines: "fn=(id) name" begins a function, "calls=" precedes a line of inclusive cost, which is not the
    // function's own.
    private static (int All, int Free) Cost(string file)
    {
        int all = 0;
        int free = 0;
        bool isFree = false;
        bool isCall = false;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(file))
        {
            Match name = Regex.Match(line, @"^(c?)fn=(\(\d+\))(?: (.*))?$");
            if (name.Success)
            {
                if (name.Groups[3].Success)
                {
                    names[name.Groups[2].Value] = name.Groups[3].Value;
                }

                if (name.Groups[1].Length == 0)
                {
                    isFree = names[name.Groups[2].Value] is "free" or "_int_free" or "cfree";
                }
            }
            else if (line.StartsWith("calls=", StringComparison.Ordinal))
            {
                isCall = true;
            }
            else if (Regex.Match(line, @"^[+\-*\d]\S* (\d+)$") is { Success: true } own)
            {
                int cost = isCall ? 0 : int.Parse(own.Groups[1].Value, CultureInfo.InvariantCulture);
                isCall = false;
                all += cost;
                free += isFree ? cost : 0;
            }
        }

        return (all, free);
    }
}
