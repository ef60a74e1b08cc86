using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>Lines that are missing, came twice, or stand in one: no incident is lost by it, and none is made.</summary>
[TestClass]
public sealed class LostLinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, 250, TimeSpan.Zero);

    private const string Sweep = "sid=\"1000101\" proto=\"tcp\" src=\"198.51.100.7\" srcs=\"1\" dst=\"10.1.7.0/24\" dsts=\"9\" "
        + "dport=\"12345\" frames=\"9\" name=\"NetBus\"";

    [TestMethod]
    public void AnIncidentThatWentIntoOneWhoseLinesAreMissingIsShown()
    {
        ReportText report = ReportText.Of(Folded(1, 2));
        StringAssert.Contains(report.Section(""), "1 incident went into another one whose lines are not here, and is shown with what was told "
            + "before; the first is tap-000001/1/1, which went into 2");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "Targeting"), "198.51.100.7 asked 9 hosts");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "History"), "and went into incident 2, whose lines are not here.");
    }

    [TestMethod]
    public void TwoThatWentIntoEachOtherAreShown()
    {
        ReportText report = ReportText.Of([.. Folded(1, 2), .. Folded(2, 1, 10)]);
        StringAssert.Contains(report.Section(""), "**2 incidents");
        StringAssert.Contains(report.Heading("tap-000001/1/2", "History"), "and went into incident 1, whose lines are not here.");
    }

    [TestMethod]
    public void AnIncidentThatIsToldInAnotherOneIsNotShown()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Told(Start, 2, 5, "closed", "sweep", 3, Sweep, "words");
        ReportText report = ReportText.Of([.. Folded(1, 2, 10), .. box.Lines]);
        StringAssert.Contains(report.Section(""), "**1 incident,");
        Assert.DoesNotContain("whose lines are not here", report.Run.Output);
    }

    [TestMethod]
    public void LinesWithoutAClockThatARelayDatedTwiceCountOnce()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        string[] lines = [.. box.Lines.Select(l => l.Replace("[meta ", "[timeQuality isSynced=\"0\"][meta ", StringComparison.Ordinal))];
        string[] again = [.. lines.Select(l => l.Replace("2026-03-01T00:00:", "2026-03-01T00:09:", StringComparison.Ordinal))];
        ReportText report = ReportText.Of([.. lines, .. again]);
        StringAssert.Contains(report.Section(""), "2 lines came twice and count once");
        StringAssert.Contains(report.Section(""), "**1 incident,");
        Assert.DoesNotContain("Two boxes", report.Section("Which boxes saw"));

        // Of two forms one was cut before its sequenceId: the number can't tell that it came twice.
        string cut = again[0][..again[0].IndexOf("[meta", StringComparison.Ordinal)];
        Assert.DoesNotContain("told apart", ReportText.Of([.. lines, cut]).Section("Which boxes saw"));
    }

    [TestMethod]
    [DataRow("count")]
    [DataRow("#012")]
    [DataRow("middle")]
    public void MessagesThatStandInOneLineAreAllRead(string form)
    {
        var box = new BoxLines("tap-000001", "ward-3");
        for (int i = 0; i < 200; i++)
        {
            box.Incident(Start.AddMinutes(i), 5, "sweep", 2, Sweep.Replace("198.51.100.7", $"198.51.100.{i + 1}", StringComparison.Ordinal));
        }

        string text = form == "#012" ? string.Join("#012", box.Lines) + "\n"
            : string.Concat(box.Lines.Select(l => FormattableString.Invariant($"{Encoding.UTF8.GetByteCount(l)} {l}")));
        using var folder = new TemporaryFolder();
        ReportText report = ReportText.OfFiles([folder.Write("tap.log", Encoding.UTF8.GetBytes(form == "middle" ? text[40..] : text))]);
        StringAssert.Contains(report.Section(""), "**200 incidents");
        StringAssert.Contains(report.Section(""), form == "middle" ? "lines: 399 lines of boxes" : "lines: 400 lines of boxes");
        Assert.AreEqual("198.51.100.88 asked 9 hosts of 10.1.7.0/24 for tcp port 12345 (NetBus): a network is targeted, not a particular host. ",
            report.Heading("tap-000001/1/88", "Targeting"));
        StringAssert.Contains(report.Heading("tap-000001/1/88", "History"), "told in 2 lines, and closed");
    }

    [TestMethod]
    public void AFileOfUtf16IsRead()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 2, Sweep);
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            using var folder = new TemporaryFolder();
            byte[] octets = [.. encoding.GetPreamble(), .. encoding.GetBytes(string.Join("\r\n", box.Lines) + "\r\n")];
            ReportText report = ReportText.OfFiles([folder.Write("tap.log", octets)]);
            StringAssert.Contains(report.Section(""), "lines: 2 lines of boxes");
            StringAssert.Contains(report.Heading("tap-000001/1/1", "Targeting"), "198.51.100.7 asked 9 hosts");
        }
    }

    [TestMethod]
    [DataRow("--report", "before.html")]
    [DataRow("--markdown", "before.md")]
    public void SinceTheReportOfTheSameLinesNothingChanged(string option, string name)
    {
        using var folder = new TemporaryFolder();
        var box = new BoxLines("tap-000001", "ward-3");
        box.Incident(Start, 5, "sweep", 3, Sweep);
        string lines = folder.Write("tap.log", Encoding.UTF8.GetBytes(string.Join('\n', box.Lines) + "\n"));
        string before = folder.File(name);
        TapsimRun.Run("report", lines, option, before).Expect(0);
        string changes = ReportText.OfFiles([lines], "--since", before).Section("What changed since 2026-03-01 00:00 UTC");
        Assert.DoesNotContain("sweep", changes);
    }

    /// <summary>Two boxes, the same address: who has none yet, a loopback address and a provider's shared one name no
    /// machine.</summary>
    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("::")]
    [DataRow("127.0.0.1")]
    [DataRow("100.64.1.1")]
    [DataRow("192.0.0.8")]
    [DataRow("255.255.255.255")]
    public void AnAddressThatNamesNobodyIsNoCampaignAndNotBlocked(string source)
    {
        var one = new BoxLines("tap-000001", "ward-3");
        var other = new BoxLines("tap-000002", "ward-4");
        string facts = Sweep.Replace("198.51.100.7", source, StringComparison.Ordinal);
        one.Incident(Start, 5, "sweep", 3, facts);
        other.Incident(Start.AddHours(1), 5, "sweep", 3, facts);
        ReportText report = ReportText.Of([.. one.Lines, .. other.Lines]);
        Assert.DoesNotContain("came to 2 boxes", report.Run.Output);
        Assert.DoesNotContain("at the border", report.Heading("tap-000001/1/1", "Action recommendation"));
        report = ReportText.Of(one.Lines.Concat(other.Lines).Select(l => l.Replace($"\"{source}\"", "\"8.8.4.4\"", StringComparison.Ordinal)));
        StringAssert.Contains(report.Section("Campaigns"), "8.8.4.4 came to 2 boxes in 2 incidents");
        StringAssert.Contains(report.Heading("tap-000001/1/1", "Action recommendation"), "Block 8.8.4.4 at the border");
    }

    // Lines of an incident that opens and goes into another one; the box has written others before them.
    private static IEnumerable<string> Folded(int id, int into, int before = 0)
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start.AddMinutes(-before), Start);
        box.Told(Start, id, 0, "open", "sweep", 3, Sweep, "words");
        box.Told(Start, id, 5, "folded", "sweep", 3, Sweep + $" into=\"{into}\"", "words");
        return box.Lines.Skip(before);
    }
}
