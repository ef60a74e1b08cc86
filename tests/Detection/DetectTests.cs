using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.CaptureWriter;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Ten detects in, ten incidents out: each alone, all together, and amid ordinary traffic.</summary>
[TestClass]
public sealed class DetectTests
{
    public static IEnumerable<object[]> Numbers => Enumerable.Range(1, Detects.Count).Select(number => new object[] { number });

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void EachAloneWithTheShippedProfile(int number)
    {
        AlertLine only = Tap.ReplayDetect(number).Incidents is [var incident] ? incident : Fail(Tap.ReplayDetect(number));
        TenDetects.Check(number, only, isExpected: true);
        Assert.AreEqual(string.Empty, only["related"], "there is no other incident: " + only);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(10)]
    public void EachAloneWithAProfileThatNamesHomeAlone(int number)
    {
        AlertLine only = Tap.ReplayDetect(number, Site.Home())
            .Incidents is [var incident] ? incident : Fail(Tap.ReplayDetect(number, Site.Home()));
        TenDetects.Check(number, only);
    }

    [TestMethod]
    public void AllInOrderOfTime()
    {
        TenDetects.CheckAll(Tap.Replay(AllTen()), isExpected: true);
    }

    [TestMethod]
    public void AllAsTenFilesInOrderOfNumber()
    {
        // Detect 4 lies a month before detect 1: stories must not run together because files were given in that order.
        TenDetects.CheckAll(Tap.ReplayFiles([.. Enumerable.Range(1, Detects.Count).Select(Tap.PathOf)]), isExpected: true);
    }

    [TestMethod]
    public void AllAmidOrdinaryTraffic()
    {
        var hospital = new Hospital("128.231.212.", "128.231.212.0/23");
        var parts = new List<Capture> { AllTen() };
        for (long hour = Capture.Utc(2000, 2, 27); hour < Capture.Utc(2000, 4, 9); hour += 6 * Capture.Hour)
        {
            parts.Add(new OrdinaryTraffic(hospital, (int)(hour / Capture.Hour))
                .Hour(hour + (hour / Capture.Hour % 6 * Capture.Hour)).Build());
        }

        // In six weeks hosts speak that did not in the first: who may be there stands in the profile.
        string site = File.ReadAllText(Repository.PathOf("firmware", "tables", "example-site.toml"))
            + "[imaging.hosts]\nall = [\"128.231.212.0/23\", \"24.3.21.0/24\"]\n";
        TenDetects.CheckAll(Tap.Replay(Capture.Merge(parts), site), isExpected: true);
    }

    [TestMethod]
    public void RealProcessOnAllTenMerged()
    {
        string folder = Directory.CreateTempSubdirectory("tap-").FullName;
        try
        {
            string capture = Path.Combine(folder, "ten.pcap");
            using (FileStream file = File.Create(capture))
            {
                PcapFile.Write(file, AllTen());
            }

            string program = typeof(Simulator.ReplayOptions).Assembly.Location;
            string said = ToolRun.Output("dotnet", program, "replay", capture, "--alerts", "-");
            TenDetects.CheckAll(Findings.Of(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)), isExpected: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void AnsweredPop3SweepIsWorse()
    {
        // The servers of detect 10 that have POP3 answer; the scanner resets.
        var capture = new Capture();
        int turn = 0;
        foreach (TimedFrame frame in Detects.Build(10).Frames)
        {
            capture.Add(frame.Time, frame.Bytes);
            if (turn++ % 4 == 0)
            {
                string target = string.Join('.', frame.Bytes[30..34]);
                int port = (frame.Bytes[34] << 8) | frame.Bytes[35];
                uint sequence = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(frame.Bytes.AsSpan(38));
                var lan = new Lan("128.231.212.0/23");
                capture.Add(frame.Time + 300, lan.Ip(target, "209.235.11.254").Tcp(110, port, "SA", 77_000, sequence + 1));
                capture.Add(frame.Time + 40_000, lan.Ip("209.235.11.254", target)
                    .Tcp(port, 110, "R", sequence + 1, 0, window: 0));
            }
        }

        AlertLine incident = Tap.Replay(Capture.Merge(capture), Site.Home()).Single("sweep");
        TenDetects.Has(incident, "sweep",
            "src=209.235.11.254 dsts=27 dport=110 frames=27 stride=sport unseen=279 severity=4 answered=7");
    }

    internal static Capture AllTen() => Capture.Merge(Enumerable.Range(1, Detects.Count).Select(Detects.Build));

    private static AlertLine Fail(Findings findings)
    {
        Assert.Fail($"one incident is expected, not {findings.Incidents.Count}; said was:{Environment.NewLine}{findings.Told}");
        return findings.Incidents[0];
    }
}
