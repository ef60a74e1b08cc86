using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// The tools themselves make the committed captures anew. Every run tries some of them; all with <c>TAP_LAB=all</c>, and with
/// <c>TAP_LAB=write</c> what they made takes the place of what is committed (<c>TAP_LAB_ONLY</c>: those whose name contains it).
/// </summary>
[TestClass]
[NeedsTool("ip")]
[NeedsTool("tcpdump")]
[NeedsTool("ethtool")]
[NeedsTool("nft")]
[NeedsTool("busybox")]
[NeedsTool("nmap")]
[NeedsTool("masscan")]
[NeedsTool("arp-scan")]
[NeedsTool("hping3")]
[NeedsTool("fping")]
[NeedsTool("nbtscan")]
[NeedsTool("zmap")]
[NeedsTool("onesixtyone")]
[NeedsTool("ndisc6")]
[NeedsTool("atk6-alive6")]
public sealed class ScannerRunTests
{
    private const string Folder = "scanners";

    /// <summary>Every so many entries are tried in an ordinary run, so that it stays below a minute.</summary>
    private const int Sample = 8;

    /// <summary>How far a second run may be from the first: retries come and go with the machine's load.</summary>
    private const double Tolerance = 0.1;

    [TestMethod]
    public void TheToolsMakeThemAnew()
    {
        string mode = Environment.GetEnvironmentVariable("TAP_LAB") ?? string.Empty;
        string only = Environment.GetEnvironmentVariable("TAP_LAB_ONLY") ?? string.Empty;
        LabCapture[] entries = [.. LabCapture.Read(Folder).Where(entry => entry.Name.Contains(only, StringComparison.Ordinal))
            .Where((_, number) => mode.Length > 0 || number % Sample == 0)];
        using LabRun? run = LabRun.Make(out string problem);
        if (run is null)
        {
            Assert.Inconclusive(problem);
        }

        var complaints = new List<string>();
        foreach (LabCapture entry in entries)
        {
            Capture anew = run.Record(entry, out string said);
            if (anew.Frames.Count == 0)
            {
                complaints.Add($"{entry.Name}: nothing passed the mirror port; the tool said: {said}");
                continue;
            }

            if (mode == "write")
            {
                Write(entry, anew);
                continue;
            }

            Essentials before = Essentials.Of(entry, PcapFile.Read(LabCapture.PathOf(Folder, entry.Name + ".pcap")));
            Essentials now = Essentials.Of(entry, anew);
            if (now.Protocols != before.Protocols || IsFar(now.Hosts, before.Hosts) || IsFar(now.Ports, before.Ports))
            {
                complaints.Add($"{entry.Name}: committed is {before}, this run made {now}; the tool said: {said}");
            }
        }

        Assert.IsEmpty(complaints, string.Join(Environment.NewLine, complaints));
    }

    private static bool IsFar(int now, int before) => Math.Abs(now - before) > Math.Max(1, before * Tolerance);

    private static void Write(LabCapture entry, Capture capture)
    {
        using (FileStream file = File.Create(LabCapture.PathOf(Folder, entry.Name + ".pcap")))
        {
            PcapFile.Write(file, capture);
        }

        // The manifest keeps its comments: only the line of this entry's frames is another.
        string path = LabCapture.PathOf(Folder, "manifest.toml");
        List<string> lines = [.. File.ReadAllLines(path)];
        int at = lines.IndexOf($"name = \"{entry.Name}\"");
        int end = lines.FindIndex(at, line => line.Length == 0);
        end = end < 0 ? lines.Count : end;
        int frames = lines.FindIndex(at, end - at, line => line.StartsWith("frames = ", StringComparison.Ordinal));
        string count = string.Create(CultureInfo.InvariantCulture, $"frames = {capture.Frames.Count}");
        if (frames < 0)
        {
            lines.Insert(lines.FindIndex(at, line => line.StartsWith("command = ", StringComparison.Ordinal)) + 1, count);
        }
        else
        {
            lines[frames] = count;
        }

        File.WriteAllLines(path, lines);
    }
}
