using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Capture = Appliance.Traffic.Capture;

namespace Appliance.Simulator.Tests.Report;

/// <summary>What a report advises where the words of a rule do not fit, or the profile has changed its mind.</summary>
[TestClass]
public sealed class AdviceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void ATrojanInUseHasItsOwnAdviceAndNotThatOfASearch()
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, "suspect-service", 5, "sid=\"1000101\" proto=\"tcp\" src=\"203.0.113.77\" srcs=\"1\" dst=\"10.20.0.25\" "
            + "dsts=\"1\" dport=\"12345\" frames=\"1\" name=\"NetBus\" answeredBy=\"10.20.0.25\"");
        ReportText report = ReportText.Of(box.Lines);
        report.Run.Expect(0);
        string name = report.Titles.First(t => t.Contains("suspect-service", StringComparison.Ordinal)).Split(':')[0];
        string advice = report.Heading(name, "Action recommendation");
        StringAssert.Contains(advice, "Take the inside machine off the network, keep its memory and disk");
        Assert.DoesNotContain("see that no target answered", advice, "that is whom a sweep found");
        StringAssert.Contains(report.Heading(name, "Intent"), "Two machines talk on a port that nobody serves in good faith");
        Assert.DoesNotContain("Find machines that a NetBus trojan", report.Heading(name, "Intent"));
        StringAssert.Contains(report.Heading(name, "Technique"), "MITRE ATT&CK: T1571 Non-Standard Port and T1219 Remote Access Tools.");
        StringAssert.Contains(report.Section("What needs somebody today"), "Take the inside machine off the network");
    }

    [TestMethod]
    public void WhoAnsweredAndIsNotNamedIsCountedEverywhere()
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, "sweep", 4, "sid=\"0\" proto=\"tcp\" src=\"10.1.1.200\" srcs=\"1\" dst=\"10.1.1.0/26\" dsts=\"50\" "
            + "dport=\"445\" frames=\"50\" answeredBy=\"10.1.1.3,10.1.1.6,10.1.1.9,10.1.1.12,10.1.1.15,10.1.1.18,10.1.1.21,10.1.1.24,10.1.1.27+\" "
            + "answered=\"16\" silent=\"34\"");
        ReportText report = ReportText.Of(box.Lines);
        report.Run.Expect(0);
        StringAssert.Contains(report.Section("What needs somebody today"),
            "First: 10.1.1.3, 10.1.1.6, 10.1.1.9, 10.1.1.12, 10.1.1.15, 10.1.1.18 and 10 more.");
        string name = report.Titles.First(t => t.Contains("sweep", StringComparison.Ordinal)).Split(':')[0];
        StringAssert.Contains(report.Heading(name, "Action recommendation"),
            "10.1.1.24, 10.1.1.27 and 7 more, which answered.");
        using var folder = new TemporaryFolder();
        string lines = folder.Write("tap.log", Encoding.UTF8.GetBytes(string.Join('\n', box.Lines) + "\n"));
        StringAssert.Contains(TapsimRun.Run("report", lines).Expect(0).Output,
            "9 answered, 0 asked, 0 dark; 7 more that answered in 10.1.1.0/26 no line had room for (#1)");
    }

    [TestMethod]
    public void ACaptureIsNoLines()
    {
        string capture = TapsimRun.Detect(5);
        TapsimRun run = TapsimRun.Run("report", capture).Expect(2);
        Assert.AreEqual($"tapsim: can't read {capture}: it is a capture, and a collector's lines were expected; tapsim replay {capture} "
            + "--report FILE.html makes a report of it\n", run.Errors);
    }

    [TestMethod]
    public void EveryTechniqueHasAName()
    {
        string[] numbers = [.. KindTechniques.Kinds.SelectMany(KindTechniques.Of).Distinct()];
        Assert.IsGreaterThan(10, numbers.Length);
        Assert.AreEqual("", string.Join(' ', numbers.Where(n => !AttackTechnique.IsKnown(n))));
    }

    [TestMethod]
    public void ReplaySaysTheSameOfIt()
    {
        var capture = new Capture();
        new Talk(new Hospital("10.20.0.").Lan, capture) { DistantTtl = 51 }.Connection(Capture.Utc(2026, 3, 2), "203.0.113.66", 31_007,
            "10.20.0.25",
            12345, exchanges: 5);
        using var folder = new TemporaryFolder();
        TapsimRun run = TapsimRun.Run("replay", folder.Write("c.pcap", capture)).Expect(0);
        StringAssert.Contains(run.Output, "Take the inside machine off the network, keep its memory and disk");
        Assert.DoesNotContain("see that no target answered", run.Output);
    }

    [TestMethod]
    [DataRow("2026-10-31", "The entry ended on 2026-10-31, and the box's table still has it: renew it, or take it out")]
    [DataRow("2099-12-31", "The entry ends on 2099-12-31.")]
    public void AnEntryThatEndedIsTold(string until, string told)
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 600, "sweep", 1, "sid=\"0\" proto=\"udp\" src=\"10.1.2.9\" srcs=\"1\" dst=\"10.1.2.0/24\" dsts=\"61\" "
            + "dport=\"161\" frames=\"61\" answered=\"61\" expected=\"monitor\"");
        using var folder = new TemporaryFolder();
        string site = folder.Write("site.toml", Encoding.ASCII.GetBytes("[site]\nname = \"ward\"\nhome = [\"10.1.2.0/24\"]\n[[expected]]\n"
            + $"name = \"monitor\"\nsource = \"10.1.2.9\"\nowner = \"R. Weber\"\nticket = \"CHG-4711\"\nuntil = {until}\n"
            + "[collector]\naddress = \"udp://192.0.2.10:514\"\n"));
        ReportText report = ReportText.Of(box.Lines, "--site", site);
        report.Run.Expect(0);
        string name = report.Titles.First(t => t.Contains("sweep", StringComparison.Ordinal)).Split(':')[0];
        string advice = report.Heading(name, "Action recommendation");
        StringAssert.Contains(advice, told);
        StringAssert.Contains(advice, "The profile names for it: R. Weber, CHG-4711.");
        const string note = "- note: the site profile's entry 'monitor' (R. Weber, CHG-4711) ended on 2026-10-31 and is left out: what it explained "
            + "is told again; renew it or take it out";
        Assert.AreEqual(until == "2026-10-31", report.Section("").Contains(note, StringComparison.Ordinal), report.Section(""));
        string page = folder.File("page.html");
        TapsimRun.Run("report", folder.Write("l.log", Encoding.ASCII.GetBytes(string.Join('\n', box.Lines))), "--site", site, "--report", page)
            .Expect(0);
        Assert.AreEqual(until == "2026-10-31", System.IO.File.ReadAllText(page).Contains("(R. Weber, CHG-4711) ended on 2026-10-31 and is left out",
            StringComparison.Ordinal));
    }
}
