using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using Appliance.CaptureWriter;
using Appliance.Simulator;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Replays captures as <c>tapsim replay</c> does, by the same code in this process, and reads what is said.</summary>
internal static class Tap
{
    private static readonly ConcurrentDictionary<(int Number, string? Site), Findings> Detected = new();

    /// <summary>Replays one capture.</summary>
    /// <param name="capture">The frames.</param>
    /// <param name="site">The site profile's text; null for the shipped example.</param>
    /// <param name="drop">Probability that a frame is lost.</param>
    /// <param name="allMessages">Also what the box says of itself, as with <c>--messages all</c>.</param>
    /// <returns>What was said.</returns>
    public static Findings Replay(Capture capture, string? site = null, double drop = 0, bool allMessages = false)
    {
        using var folder = new Folder();
        string path = folder.PathOf("traffic.pcap");
        using (FileStream file = File.Create(path))
        {
            PcapFile.Write(file, capture);
        }

        return ReplayFiles([path], site, drop, allMessages);
    }

    /// <summary>Replays the committed capture of one detect.</summary>
    /// <param name="number">1 to 10.</param>
    /// <param name="site">The site profile's text; null for the shipped example.</param>
    /// <returns>What was said.</returns>
    /// <remarks>Once for each: what a variant is compared with is the same for all.</remarks>
    public static Findings ReplayDetect(int number, string? site = null) =>
        Detected.GetOrAdd((number, site), key => ReplayFiles([PathOf(key.Number)], key.Site));

    /// <summary>Replays files in a row.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="site">The site profile's text; null for the shipped example.</param>
    /// <param name="drop">Probability that a frame is lost.</param>
    /// <param name="allMessages">Also what the box says of itself, as with <c>--messages all</c>.</param>
    /// <returns>What was said.</returns>
    public static Findings ReplayFiles(IReadOnlyList<string> paths, string? site = null, double drop = 0, bool allMessages = false)
    {
        using var folder = new Folder();
        string alerts = folder.PathOf("alerts");
        string? profile = null;
        if (site is not null)
        {
            profile = folder.PathOf("site.toml");
            File.WriteAllText(profile, site);
        }

        int code = Simulator.Replay.Run(new ReplayOptions
        {
            Captures = paths,
            Site = profile,
            Alerts = alerts,
            Drop = drop,
            AllMessages = allMessages ? true : null,
        });
        Assert.AreEqual(0, code, "tapsim replay ended with another code than 0");
        return Findings.Of(File.ReadAllLines(alerts));
    }

    /// <summary>Where the committed capture of a detect is.</summary>
    /// <param name="number">1 to 10.</param>
    /// <returns>The path.</returns>
    public static string PathOf(int number) => Repository.PathOf("tests", "captures", Detects.FileName(number));

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("tap-").FullName;

        public string PathOf(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
