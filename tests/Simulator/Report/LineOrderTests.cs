using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Simulator.Report.Pages;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>A box's lines say the same in whatever order they are read: datagrams overtake each other, and logs are read
/// backwards.</summary>
[TestClass]
public sealed partial class LineOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Tables> Shipped = new(() => Tables.Load([], null));

    [TestMethod]
    public void ALogReadBackwardsSaysTheSame()
    {
        string[] lines = Day(boot: 3);
        using var folder = new TemporaryFolder();
        string forwards = folder.Write("l.log", Octets(lines));
        ReportText there = ReportText.OfFiles([forwards]);
        folder.Write("l.log", Octets(lines.Reverse()));
        ReportText back = ReportText.OfFiles([forwards]);
        Assert.DoesNotContain("Two boxes", there.Section("Which boxes saw"));
        StringAssert.Contains(there.Heading("tap-000001/3/7", "Targeting"), "198.51.100.7 asked 40 hosts of 10.1.7.0/24");
        StringAssert.Contains(there.Heading("tap-000001/3/7", "History"), "told in 4 lines, and closed.");
        StringAssert.Contains(there.Heading("tap-000001/3/7", "Severity"), "It was 2 when it opened and rose to 4.");
        Assert.AreEqual(WithoutMaking(there.Run.Expect(0).Output), WithoutMaking(back.Run.Expect(0).Output));
    }

    [TestMethod]
    public void AnyShuffleOfABoxGivesTheSameReport()
    {
        string[] lines = [.. Day(boot: 3), .. Day(boot: 4, hours: 26)];
        string expected = ReportOf(lines);
        StringAssert.Contains(expected, "frames 183,400, lost 0");
        StringAssert.Contains(expected, "each frame came twice from 2026-03-01 00:20 and still so.");
        Assert.DoesNotContain("Two boxes", expected);
        for (int seed = 0; seed < 12; seed++)
        {
            string[] shuffled = [.. lines];
            new Random(seed).Shuffle(shuffled);
            Assert.AreEqual(expected, ReportOf(shuffled), $"seed {seed}");
        }
    }

    [TestMethod]
    public void AnyShuffleOfTheTenDetectsGivesTheSameReport()
    {
        string[] lines = TapsimRun.Run(["replay", .. Enumerable.Range(1, 10).Select(TapsimRun.Detect), "--alerts", "-", "--messages", "all"])
            .Expect(0).Lines;
        string expected = ReportOf(lines);
        StringAssert.Contains(expected, "BackOrifice 5556");
        for (int seed = 0; seed < 12; seed++)
        {
            string[] shuffled = [.. lines];
            new Random(seed).Shuffle(shuffled);
            Assert.AreEqual(expected, ReportOf(shuffled), $"seed {seed}");
        }
    }

    [TestMethod]
    public void TwoDatagramsThatOvertookEachOtherAreReadInTheirOrder()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Told(Start, 7, 10, "open", "sweep", 2, Sweep(9), "9 hosts");
        box.Told(Start, 7, 60, "update", "sweep", 3, Sweep(20, "10.1.7.5,10.1.7.6"), "20 hosts");
        box.Told(Start, 7, 90, "closed", "sweep", 3, Sweep(30, "10.1.7.6,10.1.7.9"), "30 hosts");
        string[] lines = [.. box.Lines];
        ReportText report = ReportText.Of([lines[0], lines[2], lines[1]]);
        StringAssert.Contains(report.Heading("tap-000001/1/7", "Targeting"), "asked 30 hosts");
        StringAssert.Contains(report.Heading("tap-000001/1/7", "Targeting"), "3 hosts answered: 10.1.7.5, 10.1.7.6 and 10.1.7.9.");
        StringAssert.Contains(report.Heading("tap-000001/1/7", "History"), "told in 3 lines, and closed.");
    }

    [TestMethod]
    public void AHeartbeatThatWasOvertakenIsNoRestart()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(10));
        string[] lines = [.. box.Lines];
        (lines[7], lines[8]) = (lines[8], lines[7]);
        StringAssert.Contains(ReportText.Of(lines).Section("Which boxes saw"), "; frames 900, lost 0;");
        Assert.DoesNotContain("Two boxes", ReportText.Of(lines).Section("Which boxes saw"));
    }

    [TestMethod]
    public void OfACutClosingLineItsStateAndCountsAreUsed()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Told(Start, 7, 10, "open", "sweep", 2, Sweep(9), "9 hosts");
        box.Told(Start, 7, 60, "closed", "sweep", 3, Sweep(20), "20 hosts");
        string[] lines = [.. box.Lines];
        string cut = lines[1][..lines[1].IndexOf(" name=", StringComparison.Ordinal)];
        foreach (string[] order in new string[][] { [lines[0], cut], [cut, lines[0]] })
        {
            ReportText report = ReportText.Of(order);
            StringAssert.Contains(report.Heading("tap-000001/1/7", "Targeting"), "asked 20 hosts");
            StringAssert.Contains(report.Heading("tap-000001/1/7", "History"), "and closed.");
        }
    }

    [TestMethod]
    public void OneLineByTwoRelaysCountsOnce()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep(9));
        ReportText report = ReportText.Of([.. box.Lines.Select(l => "2026-03-01T00:00:06+00:00 relay-1 " + l),
            .. box.Lines.Select(l => "2026-03-01T00:00:07+00:00 relay-2 " + l)]);
        StringAssert.Contains(report.Section(""), "2 lines came twice and count once");
        Assert.DoesNotContain("Two boxes", report.Section("Which boxes saw"));
    }

    [TestMethod]
    public void TheSameFileTwiceCountsOnceHoweverLongItIs()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(700));
        ReportText report = ReportText.Of([.. box.Lines, .. box.Lines]);
        StringAssert.Contains(report.Section(""), "700 lines came twice and count once");
        Assert.DoesNotContain("Two boxes", report.Section("Which boxes saw"));
    }

    [TestMethod]
    public void TheNewestFaultOfAMirrorThatComesAndGoesIsNotMissed()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(10));
        for (int i = 0; i < 250; i++)
        {
            box.Health(Start.AddMinutes(i), "mirror", "silent");
            box.Health(Start.AddMinutes(i).AddSeconds(30), "mirror", "frames");
        }

        box.Health(Start.AddMinutes(251), "mirror", "foreign");
        StringAssert.Contains(ReportText.Of(box.Lines).Section("Which boxes saw"), "blind or unheard now: tap-000001.");
    }

    private static string[] Day(long boot, int hours = 0)
    {
        DateTimeOffset start = Start.AddHours(hours);
        var box = new BoxLines("tap-000001", "ward-3", boot);
        box.Watch(start, start.AddMinutes(700));
        box.Health(start.AddMinutes(10), "mirror", "foreign");
        box.Told(start.AddMinutes(5), 7, 30, "open", "sweep", 2, Sweep(9), "9 hosts, severity 3+2-3");
        box.Health(start.AddMinutes(20), "mirror", "doubled");
        box.Told(start.AddMinutes(5), 7, 60, "update", "sweep", 3, Sweep(18, "10.1.7.5"), "18 hosts, severity 3+2-3+1 answered");
        box.Health(start.AddMinutes(70), "mirror", "home");
        box.Told(start.AddMinutes(5), 7, 2000, "update", "sweep", 4, Sweep(36, "10.1.7.6,10.1.7.9"), "36 hosts");
        box.Told(start.AddMinutes(5), 7, 4000, "closed", "sweep", 4, Sweep(40, "10.1.7.11+"), "40 hosts");
        for (int i = 0; i < 30; i++)
        {
            box.Told(start.AddMinutes(100), 8, i * 20, i == 0 ? "open" : i == 29 ? "closed" : "update", "distributed-probe", 2,
                $"sid=\"0\" proto=\"tcp\" src=\"203.0.{i}.9\" srcs=\"{i + 1}\" dst=\"10.1.7.9\" dsts=\"1\" dport=\"0\" frames=\"{i + 3}\" "
                + "dports=\"22,80\"", $"203.0.{i}.9 joins: {i + 1} sources");
        }

        box.Inventory(start.AddMinutes(120), 210 + hours, 3, 1, 88);
        box.Watch(start.AddMinutes(720), start.AddMinutes(900));
        box.Incident(start.AddMinutes(800), 5, "dark-host", 2, "sid=\"0\" proto=\"udp\" src=\"10.1.7.200\" srcs=\"1\" dst=\"10.1.7.0/28\" "
            + "dsts=\"2\" dport=\"161\" frames=\"9\" hosts=\"10.1.7.3,10.1.7.4\" dark=\"2\"");
        // Numbered as a box does, in the order of time.
        return [.. box.Timed.OrderBy(l => l.Time).Select((l, i) => SequenceId().Replace(l.Text, $"sequenceId=\"{i + 1}\""))];
    }

    [GeneratedRegex("sequenceId=\"[0-9]+\"")]
    private static partial Regex SequenceId();

    private static string Sweep(int hosts, string answeredBy = "") => "sid=\"1000101\" proto=\"tcp\" src=\"198.51.100.7\" srcs=\"1\" "
        + $"dst=\"10.1.7.0/24\" dsts=\"{hosts}\" dport=\"12345\" frames=\"{hosts}\" name=\"NetBus\""
        + (answeredBy.Length > 0 ? $" answeredBy=\"{answeredBy}\"" : "");

    private static string ReportOf(IEnumerable<string> lines)
    {
        var book = new StoryBook();
        foreach (string line in lines)
        {
            book.Take(Encoding.UTF8.GetBytes(line), () => "l.log:1");
        }

        book.Finish();
        PageModel model = new PageBuilder(book, new WordSources(Shipped.Value.Catalogue, null)).Build([], [.. book.Counts.Notes()],
            Start.AddHours(3));
        return TemplateFile.Fill("ticket.md.hbs", model);
    }

    private static byte[] Octets(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    // The page says when it was made.
    private static string WithoutMaking(string text) =>
        string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("- made:", StringComparison.Ordinal)));
}
