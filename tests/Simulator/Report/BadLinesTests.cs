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

    /// <summary>Both start after one power cut, and each is attacked at once: the attackers have nothing in common but the
    /// time.</summary>
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
            "broken.json: is no catalogue (sigtab compile writes one beside the table, as .json): it is one object, and a catalogue is a list of "
            + "entries");
        foreach ((string json, string why) in new[]
        {
            ("[{\"sid\":1,", "line 1, octet 10: what stands there is no JSON"),
            ("[{\"gid\":1,\"sid\":1},\n{\"gid\":1,\"sid\":\"two\"}]", "entry 2: its sid is of another type"),
            ("[7]", "entry 1 is none: it is no object with gid, sid"),
        })
        {
            string errors = ReportText.Of(box.Lines, "--catalogue", folder.Write("bad.json", Encoding.UTF8.GetBytes(json))).Run.Expect(2).Errors;
            StringAssert.Contains(errors, why);
            Assert.DoesNotContain("System.", errors);
        }

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
    public void OfAPackedFileThatWasCutTheLinesBeforeAreToldAndTheCutToo()
    {
        using var folder = new TemporaryFolder();
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(300));
        box.Incident(Start.AddMinutes(400), 5, "sweep", 2, Sweep);
        var other = new BoxLines("tap-000002", "ward-4");
        other.Incident(Start.AddHours(9), 5, "sweep", 2, Sweep);
        string plain = folder.Write("tap.log", Encoding.UTF8.GetBytes(string.Join('\n', other.Lines) + "\n"));
        byte[] packed = Packed(box.Lines);
        string cut = folder.Write("tap.log.1.gz", packed[..(packed.Length * 2 / 3)]);
        ReportText report = ReportText.OfFiles([cut, plain]);
        string[] notes = [.. report.Section("").Split('\n').Where(l => l.StartsWith("- note: tap.log.1.gz: behind line ", StringComparison.Ordinal))];
        Assert.HasCount(1, notes, report.Section(""));
        StringAssert.Contains(notes[0], " it can't be unpacked: it was cut, is still being written, or is damaged: what stood there is not known");
        StringAssert.Contains(report.Section("Which boxes saw"), "**tap-000001**: watching;");
        StringAssert.Contains(report.Heading("tap-000002/1/1", "Targeting"), "198.51.100.7 asked 9 hosts");
        StringAssert.Contains(report.Run.Expect(2).Errors, "tap.log.1.gz: behind line ");

        // Without its last octets, the check, alone.
        StringAssert.Contains(ReportText.OfFiles([folder.Write("tap.log.2.gz", packed[..^5])]).Run.Expect(2).Errors,
            "tap.log.2.gz: behind line 302 it can't be unpacked");
    }

    [TestMethod]
    public void APackedFileOfSeveralMembersIsReadToItsEndAlsoFromStandardInput()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        box.Incident(Start.AddMinutes(10), 5, "sweep", 2, Sweep.Replace("198.51.100.7", "203.0.113.9", StringComparison.Ordinal));
        string[] lines = [.. box.Lines];
        byte[] packed = [.. Packed(lines[..2]), .. Packed(lines[2..])];
        using var folder = new TemporaryFolder();
        StringAssert.Contains(ReportText.OfFiles([folder.Write("tap.log.gz", packed)]).Heading("tap-000001/1/2", "Targeting"), "203.0.113.9 asked");
        StringAssert.Contains(TapsimRun.RunWith(packed, "report", "-", "--markdown", "-").Expect(0).Output, "203.0.113.9 asked 9 hosts");
    }

    [TestMethod]
    public void AFileThatIsPackedOtherwiseIsCalledSo()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("tap.log.1.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x51, 0, 0]);
        StringAssert.Contains(TapsimRun.Run("report", file).Expect(2).Errors,
            $"{file}: it is packed by zstd, and only plain and gzip files are read; unpack it: zstd -dc {file} | ... -");
    }

    [TestMethod]
    public void ByteOrderMarksAndLineEndsOfWindowsChangeNothing()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        using var folder = new TemporaryFolder();
        byte[] octets = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(string.Join("\r\n", box.Lines) + "\r\n")];
        ReportText report = ReportText.OfFiles([folder.Write("tap.log", octets)]);
        StringAssert.Contains(report.Heading("tap-000001/1/1", "History"), "told in 2 lines, and closed.");
        Assert.DoesNotContain("note:", report.Section(""));
        Assert.DoesNotContain("\r", report.Run.Output);
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
    public void AFloodOfIncidentsTakesTheMemoryOfAFewThousand()
    {
        const int count = 150_000;
        long most = PeakOf(count, i => $"sweep [incident@32473 id=\"{i}\" state=\"closed\" severity=\"2\" sid=\"1000101\" "
            + $"proto=\"tcp\" src=\"{i % 223 + 1}.{i % 251}.{i % 253}.{i % 241}\" srcs=\"1\" "
            + $"dst=\"10.1.{i % 200}.0/24\" dsts=\"9\" dport=\"12345\" frames=\"9\" name=\"NetBus\" dur=\"1\"]", out TapsimRun run);
        StringAssert.Contains(run.Output, "150,000 incidents on 30 boxes");
        StringAssert.Contains(run.Output, "of low severity or old are counted only");
        Assert.IsLessThan(300L << 20, most);
    }

    /// <summary>Four times the lines leave their numbers behind, some octets each, and nothing else: a gigabyte is read in a
    /// stream.</summary>
    [TestMethod]
    public void TheMemoryDoesNotGrowWithTheLines()
    {
        static string Heartbeat(int i) => $"heartbeat [heartbeat@32473 frames=\"{i * 100L}\" kept=\"{i}\" lost=\"0\" missed=\"0\" evictions=\"0\" "
            + "table=\"7\" tableAge=\"86400\" transmitted=\"0\" dropped=\"0\" repeated=\"0\"]";
        long some = PeakOf(40_000, Heartbeat, out TapsimRun run);
        StringAssert.Contains(run.Output, "30 of 30 boxes watch");
        long many = PeakOf(160_000, Heartbeat, out run);
        StringAssert.Contains(run.Output, "lines: 160,000 lines of boxes");
        Assert.IsLessThan(24L << 20, many - some, $"{some} and {many}");
    }

    // The largest resident size of a report over lines of thirty boxes, which come to standard input.
    private static long PeakOf(int count, Func<int, string> element, out TapsimRun run)
    {
        using System.Diagnostics.Process process = TapsimRun.Start("report", "-", "--markdown", "-");
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        using (var input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false), 1 << 16))
        {
            for (int i = 1; i <= count; i++)
            {
                string time = Start.AddSeconds(i).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
                input.Write($"<85>1 {time}.000Z tap-{i % 30:x6} tap 1 {element(i)}[meta sequenceId=\"{i / 30 + 1}\" sysUpTime=\"{i}\"] words\n");
            }
        }

        long most = PeakOf(process);
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(120)));
        run = new TapsimRun(process.ExitCode, output.Result, errors.Result).Expect(0);
        return most;
    }

    private static byte[] Packed(IEnumerable<string> lines)
    {
        using var packed = new MemoryStream();
        using (var writer = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            writer.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }

        return packed.ToArray();
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
