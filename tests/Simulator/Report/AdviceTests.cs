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
