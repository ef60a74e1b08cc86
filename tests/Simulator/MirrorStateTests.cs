using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.Traffic;
using Capture = Appliance.Traffic.Capture;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>What a mirror can't show is told, from a capture made for it, and so is its end; and not often.</summary>
[TestClass]
public sealed class MirrorStateTests
{
    private TemporaryFolder _folder = null!;

    public TestContext TestContext { get; set; } = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("broadcasts", 320, "no-mirror", "mirrored")]
    [DataRow("sealed", 130, "unreadable", "readable")]
    [DataRow("elsewhere", 320, "foreign", "home")]
    [DataRow("twice", 130, "doubled", "single")]
    [DataRow("answers", 130, "one-sided", "both-directions")]
    [DataRow("third", 130, "partial", "whole")]
    [DataRow("quiet", 90, "quiet", "frames")]
    public void Each_state_is_told_and_so_is_its_end(string what, int seconds, string state, string end)
    {
        TapsimRun run = Replay(MirrorCaptures.Of(("good", 100), (what, seconds), ("good", 300)));
        CollectionAssert.AreEqual(new[] { state, end }, States(run), run.Output);
        string[] incidents = [.. run.Lines.Where(line => line.Contains("[incident@") && !line.Contains(" broadcast "))];
        Assert.IsEmpty(incidents, "a mirror's fault is none: " + string.Concat(incidents));
    }

    [TestMethod]
    [DataRow("broadcasts", 320, "no frames between hosts: an ordinary port of the switch, no mirror", "1 incident")]
    [DataRow("sealed", 130, "most frames are of an encapsulation that can't be read",
        "no incidents: most frames are of an encapsulation that can't be read")]
    [DataRow("elsewhere", 320, "no frame of the home network: the wrong VLAN, or another site's table",
        "no incidents: no frame of the home network: the wrong VLAN, or another site's table")]
    [DataRow("answers", 130, "the mirror shows one direction only: set the switch to mirror both, received and sent; "
        + "answers are not judged until then",
        "no incidents: the mirror shows one direction only: set the switch to mirror both, received and sent; "
        + "answers are not judged until then")]
    [DataRow("third", 130, "some conversations show one side only", "no incidents: some conversations show one side only")]
    [DataRow("twice", 130, "frames come twice: mirror what ports receive only", "no incidents")]
    public void No_incidents_of_a_wrong_mirror_are_no_all_clear(string what, int seconds, string sentence, string end)
    {
        string site = _folder.Write("site.toml", Encoding.UTF8.GetBytes(MirrorCaptures.Site));
        TapsimRun run = TapsimRun.Run("replay", _folder.Write("mirror.pcap", MirrorCaptures.Of(("good", 100), (what, seconds))),
            "--site", site, "--messages", "alerts").Expect(0);
        Assert.AreEqual(end, run.Lines[^1]);
        StringAssert.EndsWith(run.Errors, $"tapsim: the mirror at the end: {sentence}\n");
        TapsimRun mended = TapsimRun.Run("replay", _folder.Write("mirror.pcap", MirrorCaptures.Of((what, seconds), ("good", 300))),
            "--site", site).Expect(0);
        Assert.DoesNotContain("the mirror at the end", mended.Errors);
    }

    // Each state on the page of switches is one that a box tells, and each that these tests bring about is on it.
    [TestMethod]
    public void The_page_of_switches_has_each_state_of_a_wrong_mirror()
    {
        string page = File.ReadAllText(Repository.PathOf("hardware", "SWITCHES.md"));
        string[] states = [.. Regex.Matches(page, "`(?:health part=\"mirror\" )?(?:state=)?\"([a-z-]+)\"`")
            .Select(m => m.Groups[1].Value).Distinct().Order()];
        CollectionAssert.AreEqual(
            new[] { "doubled", "foreign", "no-mirror", "one-sided", "own-uplink", "partial", "silent", "swapped", "unreadable" }, states);
        string[] told = [.. File.ReadLines(Repository.PathOf("tools", "Collector", "ALERTS.md"))
            .Single(line => line.StartsWith("| `state` | text |  | in which state it is now |")).Split('|')[5].Split(',')
            .Select(word => word.Trim())];
        foreach (string state in states)
        {
            CollectionAssert.Contains(told, state);
        }
    }

    [TestMethod]
    [DataRow("down@100-130", "link-lost link-up")]
    [DataRow("flap@100-160", "flapping link-up")]
    public void A_link_that_was_lost_is_told_and_so_is_its_end(string fault, string states)
    {
        TapsimRun run = Replay(MirrorCaptures.Of(("good", 3900)), "--fault-link", fault);
        CollectionAssert.AreEqual(states.Split(' '), States(run), run.Output);
    }

    // A day of the cheapest; of the others its first six hours, in which they come and go eighteen times, or ninety.
    [TestMethod]
    [DataRow("broadcasts", 600, 24, "no-mirror mirrored")]
    [DataRow("sealed", 600, 6, "unreadable readable unreadable readable")]
    [DataRow("elsewhere", 600, 6, "foreign home")]
    [DataRow("twice", 600, 6, "doubled single doubled single")]
    [DataRow("third", 600, 6, "partial whole partial whole")]
    [DataRow("answers", 600, 6, "one-sided both-directions one-sided both-directions")]
    [DataRow("quiet", 120, 6, "quiet frames")]
    public void A_fault_that_comes_and_goes_for_hours_is_told_seldom(string what, int seconds, int hours, string states)
    {
        Assert.AreEqual(states, string.Join(' ', States(Replay(MirrorCaptures.InTurns(hours, seconds, what, "good")))));
    }

    [TestMethod]
    public void A_part_that_is_missing_is_no_inverse_mapping()
    {
        // Its first minutes too, when nobody knows of the mirror yet.
        TapsimRun run = Replay(MirrorCaptures.Of(("good", 300), ("third", 600)));
        CollectionAssert.AreEqual(new[] { "partial" }, States(run), run.Output);
        Assert.IsFalse(run.Lines.Any(line => Parse(line).Kind.StartsWith("inverse-map")), run.Output);
        AlertLine told = run.Lines.Select(Parse).Single(line => line.Kind == "health" && line["state"] == "partial");
        Assert.IsInRange(15, 45, told.Number("share"));
    }

    [TestMethod]
    public void The_light_is_told_over_time_with_the_words_of_its_page()
    {
        string page = Regex.Replace(File.ReadAllText(Repository.PathOf("hardware", "boards", "LIGHT.md")), @"\[([^\]]*)\]\([^)]*\)", "$1");
        TapsimRun run = Replay(MirrorCaptures.Of(("good", 60), ("broadcasts", 330), ("good", 60)), "--light");
        string[] told = [.. run.Errors.Split('\n').Where(line => line.StartsWith("light "))];
        CollectionAssert.AreEqual(new[] { "green, steady", "white, two long and 1 short", "green, steady" },
            told.Select(line => Regex.Match(line, @"(green|white|blue|red|yellow), [\w ]+?(?=  )").Value).Where(look => !look.Contains("pulsing")).ToArray(),
            run.Errors);
        string ordinary = told.Single(line => line.Contains("two long and 1 short"));
        StringAssert.Contains(ordinary, "▬▬ ▬▬ ▪ ");
        StringAssert.Contains(ordinary, " 0:06:0");
        foreach (string line in told)
        {
            string says = Regex.Match(line, @"  ([A-Z][^.]*\.)").Groups[1].Value;
            StringAssert.Contains(page, says, line);
        }
    }

    [TestMethod]
    public void The_report_has_the_front_panel()
    {
        string report = _folder.File("report.html");
        Replay(MirrorCaptures.Of(("good", 60), ("elsewhere", 330)), "--report", report);
        string html = WebUtility.HtmlDecode(File.ReadAllText(report));
        StringAssert.Contains(html, "What the front panel showed");
        StringAssert.Contains(html, "<span class=\"led green\">");
        StringAssert.Matches(html, new Regex("<span class=\"led white\">▬▬ ▬▬ ▪ ▪ ▪</span> white, two long and 3 short"));
        StringAssert.Contains(html, "No frame of the home network for five minutes.");
    }

    [TestMethod]
    [DataRow(100, 0.02, 0.08)]
    [DataRow(90, 0.1, 0.2)]
    [DataRow(66, 0.25, 0.45)]
    public void A_mirror_into_a_slower_port_loses_what_the_estimate_says(int gap, double least, double most)
    {
        // Up to 16 Mb/s into 10.
        var capture = new Capture();
        foreach ((uint stamp, byte[] frame) in new Transfers(3) { Largest = 90, Gap = gap }.Frames(12, 900, 5))
        {
            capture.Add((1_700_000_000L * Capture.Second) + stamp, frame);
        }

        string stats = _folder.File("stats.json");
        TapsimRun run = Replay(capture, "--span", "10M", "--stats", stats);
        using JsonDocument counted = JsonDocument.Parse(File.ReadAllText(stats));
        double dropped = counted.RootElement.GetProperty("droppedBefore").GetDouble();
        double share = dropped / (dropped + counted.RootElement.GetProperty("frames").GetDouble());
        Assert.IsInRange(least, most, share);
        double sampled = counted.RootElement.GetProperty("sampled").GetDouble();
        double estimate = counted.RootElement.GetProperty("unseen").GetDouble() / sampled;
        TestContext.WriteLine($"lost {share:P2}, estimated {estimate:P2} of {sampled}");
        Assert.AreEqual(share, estimate, share / 5);
        StringAssert.Contains(run.Errors, "--span: the switch dropped ");
    }

    [TestMethod]
    [DataRow("100")]
    [DataRow("fast")]
    [DataRow("M")]
    [DataRow("-5M")]
    public void A_rate_that_is_none_is_refused(string rate)
    {
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(1), "--span", rate);
        Assert.AreEqual(1, run.ExitCode);
        StringAssert.Contains(run.Errors, $"--span: '{rate}' is no rate");
    }

    private static AlertLine Parse(string line)
    {
        Assert.IsTrue(AlertLine.TryParse(Encoding.UTF8.GetBytes(line), out AlertLine? parsed, out string? problem), problem);
        return parsed;
    }

    private static string[] States(TapsimRun run) =>
        [.. run.Lines.Select(Parse).Where(line => line.Kind == "health" && line["part"] == "mirror").Select(line => line["state"])];

    private TapsimRun Replay(Capture capture, params string[] options) => TapsimRun.Run(["replay", _folder.Write("mirror.pcap", capture), "--site",
        _folder.Write("site.toml", Encoding.UTF8.GetBytes(MirrorCaptures.Site)), "--messages", "all", "--alerts", "-", .. options]).Expect(0);
}
