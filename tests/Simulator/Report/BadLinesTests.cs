using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>What is wrong with lines, catalogues and names is counted and told, and nothing of the rest is lost.</summary>
[TestClass]
public sealed class BadLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Sweep = "sid=\"1000101\" proto=\"tcp\" src=\"198.51.100.7\" srcs=\"1\" dst=\"10.1.7.0/24\" dsts=\"9\" "
        + "dport=\"12345\" frames=\"9\" name=\"NetBus\"";

    [TestMethod]
    public void EachSortIsCountedAndItsFirstNamed()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        string cut = box.Lines.First().Replace("id=\"1\"", "id=\"2\"", StringComparison.Ordinal).Replace("sequenceId=\"1\"",
            "sequenceId=\"9\"", StringComparison.Ordinal);
        ReportText report = ReportText.Of(["Nov 29 13:28:55 web1 sshd[311]: Failed", .. box.Lines, "", cut[..200],
            "<34>1 - fw asa - 1 - denied", "Nov 29 tap-1 tap[12]: NetBus sweep"]);
        string about = report.Section("");
        StringAssert.Contains(about, "1 line end in the middle; what stands before the cut was used; the first is lines.log:5");
        StringAssert.Contains(about, "2 lines are of another program; the first is lines.log:1");
        StringAssert.Contains(about, "1 line of a box came without structured data: the collector's template drops it "
            + "(tools/Collector has one that keeps it); the first is lines.log:7");
        StringAssert.Contains(report.Run.Errors, "2 lines are of another program");
        StringAssert.Contains(about, "2 incidents");
        Assert.AreEqual("198.51.100.7 asked 9 hosts of 10.1.7.0/24 for tcp port 12345 (NetBus): a network is targeted, not a "
            + "particular host. ",
            report.Heading("tap-000001/1/1", "Targeting"));
        report.Run.Expect(0);
    }

    [TestMethod]
    public void ALineThatCameTwiceCountsOnce()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        ReportText report = ReportText.Of([.. box.Lines, .. box.Lines]);
        StringAssert.Contains(report.Section(""), "2 lines came twice and count once");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "History"), "told in 2 lines");
    }

    [TestMethod]
    public void LinesThatNeverCameAreCounted()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(60));
        ReportText report = ReportText.Of(box.Lines.Where((_, i) => i is < 10 or >= 17));
        StringAssert.Contains(report.Section("Which boxes saw"), "7 lines that it numbered never came here.");
        StringAssert.Contains(report.Section("Which boxes saw"), "Unheard for 8 minutes from 2026-03-01 00:09.");
    }

    [TestMethod]
    public void TwoBoxesOfOneNameAreToldApart()
    {
        var one = new BoxLines("tap-000001", "ward-3");
        var other = new BoxLines("tap-000001", "ward-3");
        one.Incident(Start, 5, "sweep", 2, Sweep);
        other.Incident(Start.AddHours(2), 7, "port-scan", 3, "sid=\"0\" proto=\"tcp\" src=\"203.0.113.9\" srcs=\"1\" "
            + "dst=\"10.1.7.9\" dsts=\"1\" dport=\"0\" frames=\"60\" dports=\"22,80\"");
        IEnumerable<string> mixed = one.Timed.Concat(other.Timed).OrderBy(l => l.Time).Select(l => l.Text);
        ReportText report = ReportText.Of(mixed);
        StringAssert.Contains(report.Section("Which boxes saw"), "Two boxes use this name");
        StringAssert.Contains(report.Section("Which boxes saw"), "1 incident had the number of another one and is told apart.");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "Targeting"), "198.51.100.7 asked 9 hosts");
        StringAssert.Contains(report.Heading("tap-000001/1/1-2", "Targeting"), "203.0.113.9 asked one host, 10.1.7.9");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "History"), "told in 2 lines, and closed");
        StringAssert.Contains(report.Heading("tap-000001/1/1-2", "History"), "told in 2 lines, and closed");
    }

    /// <summary>Both start after one power cut, and each is attacked at once: the attackers have nothing in common but the time.</summary>
    [TestMethod]
    [DataRow("sweep", "sid=\"1000101\" proto=\"tcp\" src=\"203.0.113.9\" srcs=\"1\" dst=\"10.1.7.0/24\" dsts=\"9\" dport=\"12345\" frames=\"9\"",
        "203.0.113.9 asked 9 hosts")]
    [DataRow("restricted-service", "sid=\"1000306\" proto=\"tcp\" src=\"198.51.100.7\" srcs=\"1\" dst=\"10.1.7.9\" dsts=\"1\" dport=\"23\" "
        + "frames=\"2\"", "198.51.100.7 tried 1 host")]
    [DataRow("sweep", "sid=\"1000308\" proto=\"tcp\" src=\"203.0.113.0/28\" srcs=\"4\" dst=\"10.1.7.0/24\" dsts=\"9\" dport=\"445\" frames=\"9\"",
        "203.0.113.0/28 (4 sources) asked 9 hosts")]
    public void TwoBoxesOfOneNameThatStartTogetherKeepTheirAttackersApart(string kind, string facts, string targeting)
    {
        var one = new BoxLines("tap-000001", "ward-3");
        var other = new BoxLines("tap-000001", "ward-3");
        one.Incident(Start, 5, "sweep", 2, Sweep);
        other.Incident(Start.AddSeconds(2), 6, kind, 2, facts);
        foreach (string[] lines in new string[][] { [.. one.Lines, .. other.Lines], [.. other.Lines.Reverse(), .. one.Lines] })
        {
            ReportText report = ReportText.Of(lines);
            StringAssert.Contains(report.Section("Which boxes saw"), "1 incident had the number of another one and is told apart.");
            StringAssert.Contains(report.Heading("tap-000001/1/1", "Targeting"), "198.51.100.7 asked 9 hosts");
            StringAssert.Contains(report.Heading("tap-000001/1/1-2", "Targeting"), targeting);
            StringAssert.Contains(report.Heading("tap-000001/1/1-2", "History"), "told in 2 lines, and closed");
        }
    }

    [TestMethod]
    public void AnIncidentThatGrowsIsOneWhateverItsKindActorAndRuleBecome()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        const string asked = "dst=\"10.1.7.0/24\" dsts=\"3\" dport=\"";
        box.Told(Start, 1, 5, "open", "dark-host", 2, $"sid=\"1000101\" proto=\"tcp\" src=\"10.1.7.4\" srcs=\"1\" {asked}12345\" frames=\"3\"", "a");
        box.Told(Start, 1, 20, "update", "sweep", 2, $"sid=\"1000101\" proto=\"tcp\" src=\"00:1b:21:10:00:01\" srcs=\"1\" {asked}12345\" "
            + "frames=\"9\"", "b");
        box.Told(Start, 1, 40, "update", "scan", 3, $"sid=\"0\" proto=\"ip\" src=\"10.1.7.4\" srcs=\"1\" {asked}0\" frames=\"20\"", "c");
        box.Told(Start, 1, 60, "closed", "scan", 3, $"sid=\"0\" proto=\"ip\" src=\"10.1.7.0/29\" srcs=\"3\" {asked}0\" frames=\"30\"", "d");
        foreach (IEnumerable<string> lines in new[] { box.Lines, box.Lines.Reverse() })
        {
            ReportText report = ReportText.Of(lines);
            StringAssert.Contains(report.Heading("tap-000001/1/1", "History"), "told in 4 lines, and closed.");
            Assert.DoesNotContain("told apart", report.Section("Which boxes saw"));
        }
    }

    [TestMethod]
    public void TwoBoxesOfOneNameAreKnownByTheirMixedStarts()
    {
        var one = new BoxLines("tap-000001", "ward-3", boot: 3);
        var other = new BoxLines("tap-000001", "ward-3", boot: 9);
        one.Watch(Start, Start.AddMinutes(20));
        other.Watch(Start.AddSeconds(30), Start.AddMinutes(20));
        const string told = "Two boxes use this name, or one counts its starts anew: an earlier start went on after a later one had begun.";
        StringAssert.Contains(ReportText.Of(one.Timed.Concat(other.Timed).OrderBy(l => l.Time).Select(l => l.Text))
            .Section("Which boxes saw"), told);
        StringAssert.Contains(ReportText.Of([.. one.Lines, .. other.Lines]).Section("Which boxes saw"), told, "one after the other");
    }

    [TestMethod]
    public void StartsThatFollowEachOtherAreOneBoxWhateverTheOrderOfTheFiles()
    {
        var first = new BoxLines("tap-000001", "ward-3", boot: 4);
        var second = new BoxLines("tap-000001", "ward-3", boot: 5);
        first.Watch(Start, Start.AddMinutes(20));
        second.Watch(Start.AddMinutes(21), Start.AddMinutes(40));
        foreach (string[] lines in new string[][] { [.. first.Lines, .. second.Lines], [.. second.Lines, .. first.Lines] })
        {
            Assert.DoesNotContain("Two boxes", ReportText.Of(lines).Section("Which boxes saw"));
        }
    }

    [TestMethod]
    public void AClockOf2038MakesNobodyElseUnheard()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        var silent = new BoxLines("tap-000002", "ward-3");
        var wrong = new BoxLines("tap-000009", "ward-3");
        box.Watch(Start, Start.AddMinutes(20));
        silent.Watch(Start, Start.AddMinutes(10));
        var future = new DateTimeOffset(2038, 1, 1, 0, 0, 0, TimeSpan.Zero);
        wrong.Health(future, "clock", "stepped");
        wrong.Watch(future, future.AddMinutes(2));
        ReportText report = ReportText.Of([.. box.Lines, .. silent.Lines, .. wrong.Lines]);
        string boxes = report.Section("Which boxes saw");
        StringAssert.Contains(boxes, "Unheard since 2026-03-01 00:09: no heartbeat for 10 minutes.");
        Assert.HasCount(2, boxes.Split("Unheard since"), boxes);
        StringAssert.Contains(report.Section(""), "2026-03-01 00:00 to 2026-03-01 00:19 UTC");
    }

    [TestMethod]
    public void AfterAStartTheNumbersBeginAnewAndNothingIsMixed()
    {
        var first = new BoxLines("tap-000001", "ward-3", boot: 4);
        var second = new BoxLines("tap-000001", "ward-3", boot: 5);
        first.Incident(Start, 5, "sweep", 2, Sweep);
        second.Incident(Start.AddHours(2), 5, "sweep", 2, Sweep.Replace("198.51.100.7", "203.0.113.9", StringComparison.Ordinal));
        ReportText report = ReportText.Of([.. first.Lines, .. second.Lines]);
        StringAssert.Contains(report.Heading("tap-000001/4/1", "Targeting"), "198.51.100.7 asked");
        StringAssert.Contains(report.Heading("tap-000001/5/1", "Targeting"), "203.0.113.9 asked");
        Assert.IsFalse(report.Section("Which boxes saw").Contains("Two boxes", StringComparison.Ordinal));
    }

    [TestMethod]
    public void AWrongCatalogueIsTold()
    {
        using var folder = new TemporaryFolder();
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        string entry = "{\"gid\":1,\"sid\":SID,\"rev\":1,\"name\":\"Other\",\"msg\":\"Other\",\"priority\":2,"
            + "\"classType\":\"x\",\"suspect\":true,\"intent\":\"i\",\"advice\":\"a\",\"references\":[]}";
        string lacks = folder.Write("lacks.json", Encoding.UTF8.GetBytes("[" + entry.Replace("SID", "7", StringComparison.Ordinal)
            + "]"));
        string renames = folder.Write("renames.json",
            Encoding.UTF8.GetBytes("[" + entry.Replace("SID", "1000101", StringComparison.Ordinal) + "]"));
        string broken = folder.Write("broken.json", "{\"a\":1}"u8.ToArray());
        string nulls = folder.Write("nulls.json", "[{\"sid\":1}]"u8.ToArray());
        StringAssert.Contains(ReportText.Of(box.Lines, "--catalogue", lacks).Section(""),
            "the catalogue has no words for 1 signature that incidents name (1000101): they are explained by their kind only. Is "
                + "it the catalogue of another table?");
        StringAssert.Contains(ReportText.Of(box.Lines, "--catalogue", renames).Section(""),
            "the catalogue calls 1 signature otherwise than the boxes do (sid 1000101: \"Other\" and \"NetBus\")");
        StringAssert.Contains(ReportText.Of(box.Lines, "--catalogue", broken).Run.Expect(2).Errors,
            "broken.json: is no catalogue (sigtab compile writes one");
        StringAssert.Contains(ReportText.Of(box.Lines, "--catalogue", nulls).Run.Expect(2).Errors,
            "nulls.json: is no catalogue: an entry has no sid");
    }

    [TestMethod]
    public void WhatCanNotBeReadIsSaid()
    {
        using var folder = new TemporaryFolder();
        string text = folder.Write("a.log", "nothing of a box\n"u8.ToArray());
        TapsimRun run = TapsimRun.Run("report", text, "--markdown", "-").Expect(2);
        StringAssert.Contains(run.Errors, "no line of a box was found among 1 line");
        StringAssert.Contains(TapsimRun.Run("report", "missing.log").Expect(2).Errors, "missing.log: there is no such file");
        StringAssert.Contains(TapsimRun.Run("report", text, "--since", "yesterday").Expect(2).Errors,
            "--since: 'yesterday' is no time (2026-11-29, 7d, 24h)");
        StringAssert.Contains(TapsimRun.Run("report", text, "--report", text).Expect(1).Errors,
            "is also an input; it would be overwritten");
        StringAssert.Contains(TapsimRun.Run("report").Expect(1).Errors, "tapsim report --help");
    }

    [TestMethod]
    public void WhatComesFromALineIsNoMarkup()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep.Replace("NetBus", "<b>*x*</b>", StringComparison.Ordinal),
            "# <script>alert(1)</script>");
        using var folder = new TemporaryFolder();
        string lines = folder.Write("l.log", Encoding.UTF8.GetBytes(string.Join('\n', box.Lines)));
        string page = folder.File("p.html");
        TapsimRun run = TapsimRun.Run("report", lines, "--report", page, "--markdown", "-").Expect(0);
        StringAssert.Contains(run.Output, "\\<b\\>\\*x\\*\\</b\\>");
        string html = File.ReadAllText(page);
        Assert.IsFalse(html.Contains("<script", StringComparison.Ordinal) || html.Contains("<b>*x", StringComparison.Ordinal));
        StringAssert.Contains(html, "&lt;b&gt;*x*&lt;/b&gt;");
    }

    [TestMethod]
    public void TheLastReportSaysSinceWhenChangesAreTold()
    {
        using var folder = new TemporaryFolder();
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        string before = folder.Write("before.log", Encoding.UTF8.GetBytes(string.Join('\n', box.Lines) + "\n"));
        string page = folder.File("before.html");
        TapsimRun.Run("report", before, "--report", page).Expect(0);
        box.Incident(Start.AddDays(1), 5, "sweep", 2, Sweep);
        ReportText report = ReportText.Of(box.Lines, "--since", page);
        string changes = report.Section("What changed since 2026-03-01 00:00 UTC");
        StringAssert.Contains(changes, "- New: 1 incident besides: 1 sweep (low).");
        Assert.IsFalse(changes.Contains("Go on", StringComparison.Ordinal), changes);
    }

    [TestMethod]
    public void AFloodOfLinesTakesTheMemoryOfAFewThousandIncidents()
    {
        using System.Diagnostics.Process process = TapsimRun.Start("report", "-", "--markdown", "-");
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        const int Count = 150_000;
        using (var input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false), 1 << 16))
        {
            for (int i = 1; i <= Count; i++)
            {
                input.Write($"<85>1 2026-03-01T{i / 3600 % 24:00}:{i / 60 % 60:00}:{i % 60:00}.000Z tap-{i % 30:x6} tap 1 sweep "
                    + $"[incident@32473 id=\"{i}\" state=\"closed\" severity=\"2\" sid=\"1000101\" ");
                input.Write($"proto=\"tcp\" src=\"{i % 223 + 1}.{i % 251}.{i % 253}.{i % 241}\" srcs=\"1\" "
                    + $"dst=\"10.1.{i % 200}.0/24\" dsts=\"9\" dport=\"12345\" frames=\"9\" name=\"NetBus\" dur=\"1\"]");
                input.Write($"[meta sequenceId=\"{i / 30 + 1}\" sysUpTime=\"{i}\"] NetBus sweep\n");
            }
        }

        long most = PeakOf(process);
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(120)));
        StringAssert.Contains(output.Result, "150,000 incidents on 30 boxes", errors.Result);
        StringAssert.Contains(output.Result, "of low severity or old are counted only");
        Assert.IsLessThan(300L << 20, most);
    }

    /// <summary>
    /// The largest resident size so far, while the process lives; it reads its input to the end before it goes.
    /// </summary>
    private static long PeakOf(System.Diagnostics.Process process)
    {
        long most = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            try
            {
                most = Math.Max(most, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break;
            }

            process.WaitForExit(50);
        }

        return most;
    }
}
