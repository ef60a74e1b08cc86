using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Makes the captures of a manifest anew and says where they differ from the committed ones. Every run tries some of them; all
/// with <c>TAP_LAB=all</c>, and with <c>TAP_LAB=write</c> what was made takes the place of what is committed
/// (<c>TAP_LAB_ONLY</c>: those whose name contains it).
/// </summary>
internal static class LabFiles
{
    /// <summary>How far a second run may be from the first: retries come and go with the machine's load.</summary>
    private const double Tolerance = 0.1;

    private static readonly string Mode = Environment.GetEnvironmentVariable("TAP_LAB") ?? string.Empty;
    private static readonly string Only = Environment.GetEnvironmentVariable("TAP_LAB_ONLY") ?? string.Empty;

    /// <summary>Runs them.</summary>
    /// <param name="folder">The manifest's folder under tests/captures.</param>
    /// <param name="sample">Every so many entries are tried in an ordinary run.</param>
    /// <param name="essentials">What two runs have in common.</param>
    /// <param name="problem">Why nothing could be run; empty when it could.</param>
    /// <returns>What differs.</returns>
    public static IReadOnlyList<string> MakeAnew(string folder, int sample, Func<LabCapture, Capture, Essentials> essentials,
        out string problem)
    {
        LabCapture[] entries = [.. LabCapture.Read(folder).Where(entry => entry.Name.Contains(Only, StringComparison.Ordinal))
            .Where((_, number) => Mode.Length > 0 || number % sample == 0)];
        using LabRun? run = LabRun.Make(out problem);
        var complaints = new List<string>();
        foreach (LabCapture entry in run is null ? [] : entries)
        {
            Capture anew = run!.Record(entry, out string said);
            if (anew.Frames.Count == 0)
            {
                complaints.Add($"{entry.Name}: nothing passed the mirror port; the tool said: {said}");
                continue;
            }

            if (Mode == "write")
            {
                Write(folder, entry, anew);
                continue;
            }

            Essentials before = essentials(entry, PcapFile.Read(LabCapture.PathOf(folder, entry.Name + ".pcap")));
            Essentials now = essentials(entry, anew);
            if (WithoutErrors(now.Protocols) != WithoutErrors(before.Protocols) || IsFar(now.Hosts, before.Hosts) || IsFar(now.Ports, before.Ports))
            {
                complaints.Add($"{entry.Name}: committed is {before}, this run made {now}; the tool said: {said}");
            }
        }

        return complaints;
    }

    /// <summary>With <c>TAP_LAB=judge</c> the manifest is told what the sensor says today, in place of a failure.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="key">Which of its marks.</param>
    /// <param name="isSo">What is the case.</param>
    /// <returns>False when it is not asked for.</returns>
    public static bool Judge(string folder, string name, string key, bool isSo)
    {
        if (Mode != "judge")
        {
            return false;
        }

        SetLine(folder, name, key, isSo ? "true" : "false");
        return true;
    }

    /// <summary>With <c>TAP_LAB=write</c> a capture takes the place of the committed one.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="capture">What was made.</param>
    public static void WriteAnew(string folder, LabCapture entry, Capture capture)
    {
        if (Mode != "write" || !entry.Name.Contains(Only, StringComparison.Ordinal))
        {
            return;
        }

        var kept = new Capture();
        int half = entry.Ends / 2;
        kept.Frames.AddRange(capture.Frames.Where((_, number) =>
            entry.Ends == 0 || number < half || number >= capture.Frames.Count - half));
        Write(folder, entry, kept);
    }

    private static bool IsFar(int now, int before) => Math.Abs(now - before) > Math.Max(1, before * Tolerance);

    private static void Write(string folder, LabCapture entry, Capture capture)
    {
        using (FileStream file = File.Create(LabCapture.PathOf(folder, entry.Name + ".pcap")))
        {
            PcapFile.Write(file, capture);
        }

        SetLine(folder, entry.Name, "frames", capture.Frames.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes one value of an entry; all else in the manifest stays as it is, comments too.</summary>
    /// <param name="folder">The manifest's folder.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="key">The key, which the entry has.</param>
    /// <param name="value">The new value.</param>
    private static void SetLine(string folder, string name, string key, string value)
    {
        string path = LabCapture.PathOf(folder, "manifest.toml");
        List<string> lines = [.. File.ReadAllLines(path)];
        int at = lines.FindIndex(lines.IndexOf($"name = \"{name}\""), line =>
            line.StartsWith(key + " = ", StringComparison.Ordinal));
        lines[at] = $"{key} = {value}";
        File.WriteAllLines(path, lines);
    }

    // Whether a closed port is answered within the recorded time is the machine's load; the error messages are nobody's
    // technique.
    private static string WithoutErrors(string protocols) => string.Join(' ', protocols.Split(' ').Where(p => p != "1"));
}
