using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// Goes through the page of the check at the switch with a simulated box and a real collector: the commands of sigtab and tapsim,
/// and rsyslogd.
/// </summary>
[TestClass]
public sealed partial class InstallationPageTests
{
    private static readonly Page Check = Page.Read();

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [NeedsTool("rsyslogd")]
    [DataRow("udp")]
    [DataRow("tcp")]
    public void Each_line_of_the_page_arrives_in_its_order_and_the_light_is_the_pages(string protocol)
    {
        Assert.HasCount(13, Check.Steps);
        Prepare();
        (string[] received, string[] lights) = Install(protocol, ("good", 800));
        int at = 0;
        foreach (string fragment in Check.Steps.SelectMany(s => s.Lines))
        {
            int found = Array.FindIndex(received, at, line => line.Contains(fragment, StringComparison.Ordinal));
            Assert.IsGreaterThanOrEqualTo(at, found, $"{fragment} behind {at} of:\n{string.Join('\n', received)}");
            at = found;
        }

        string[] shown = [.. Check.Steps.Select(s => s.Light).Aggregate(new List<string>(), (all, light) => all.LastOrDefault() == light ? all : [.. all, light])];
        CollectionAssert.AreEqual(new[] { "white, pulsing slowly", "white, 2 blinks", "green, steady" }, shown, "the page");
        CollectionAssert.AreEqual(shown, lights, string.Join('\n', lights));

        // It has passed: at the next start nothing of it comes again.
        string[] again = Replay(protocol, null, ("good", 700)).Lines;
        Assert.IsFalse(again.Any(l => l.Contains("part=\"installation\"", StringComparison.Ordinal)
            || l.Contains(" test-alert ", StringComparison.Ordinal)), string.Join('\n', again));
    }

    [TestMethod]
    [NeedsTool("rsyslogd")]
    [DataRow("broadcasts", "mirror")]
    [DataRow("elsewhere", "home")]
    [DataRow("answers", "directions")]
    [DataRow("twice", "single")]
    [DataRow("quiet", "frames")]
    public void What_is_missing_is_named_with_the_light_that_the_page_has_for_it(string mirror, string missing)
    {
        Prepare();
        (string[] received, string[] lights) = Install("udp", (mirror, 800));
        string failed = received.Single(line => line.Contains("part=\"installation\" state=\"failed\"", StringComparison.Ordinal));
        string[] words = Regex.Match(failed, "missing=\"([^\"]*)\"").Groups[1].Value.Split(' ');
        CollectionAssert.Contains(words, missing);
        Assert.AreEqual(missing, words.First(w => w is not "home" and not "directions" and not "single" || w == missing), failed);
        CollectionAssert.Contains(lights, Check.Missing[missing], string.Join('\n', lights));
        foreach (string word in words)
        {
            Assert.IsTrue(Check.Missing.ContainsKey(word), $"{word} is not on the page");
        }
    }

    [TestMethod]
    [DataRow("--fault-uplink", "down", "white, 4 blinks")]
    [DataRow("--fault-uplink", "no-address", "white, 4 blinks")]
    [DataRow("--fault-collector", "down", "white, 5 blinks")]
    [DataRow("--fault-ring", "stall@800", "white, 2 blinks")]
    public void With_nothing_in_mirror_the_light_says_why_no_line_arrives(string fault, string what, string light)
    {
        Prepare();
        string[] lights = LightsOf(Replay("udp", null, ("good", 100), "--fault-link", "down", fault, what, "--light"));
        Assert.AreEqual(light, lights[^1], string.Join('\n', lights));
        StringAssert.Contains(File.ReadAllText(Repository.PathOf(".github", "TECHNICIAN.md")), light["white, ".Length..] + ": ");
    }

    // Where nothing is in UPLINK the cables are not swapped; a mirror's destination port has a link.
    [TestMethod]
    [DataRow("down", false)]
    [DataRow("no-address", true)]
    public void Swapped_cables_have_a_link(string uplink, bool isSwapped)
    {
        Prepare();
        TapsimRun run = Replay("udp", null, ("broadcasts", 800), "--fault-uplink", uplink, "--messages", "all", "--light");
        string[] lines = run.Lines;
        Assert.AreEqual(isSwapped, lines.Any(l => l.Contains("state=\"swapped\"", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsTrue(lines.Any(l => l.Contains("state=\"no-mirror\"", StringComparison.Ordinal)), string.Join('\n', lines));
        string[] lights = LightsOf(run);
        Assert.IsLessThan(Array.IndexOf(lights, "white, two long and 1 short"), Array.IndexOf(lights, "white, 4 blinks"),
            string.Join('\n', lights));
        StringAssert.Contains(File.ReadAllText(Repository.PathOf(".github", "TECHNICIAN.md")),
            "White, 4 blinks, within five minutes two long and 1 short");
    }

    [TestMethod]
    public void The_page_has_each_thing_that_can_be_missing()
    {
        CollectionAssert.AreEquivalent(
            new[] { "link", "frames", "mirror", "home", "directions", "single", "clock", "collector", "capacity" }, Check.Missing.Keys.ToArray());
        string light = File.ReadAllText(Repository.PathOf("hardware", "boards", "LIGHT.md"));
        foreach (string code in Check.Missing.Values.Concat(Check.Steps.Select(s => s.Light)).Where(code => code != "green"))
        {
            StringAssert.Contains(light, $"| {code} |");
        }
    }

    // In the workshop: keys, network and a table that asks for the test alert; nothing in MIRROR, and no collector.
    private void Prepare()
    {
        Directory.CreateDirectory(Box);
        _folder.Write("site.toml", Encoding.UTF8.GetBytes(MirrorCaptures.Site));
        FlashTests.Sigtab("keygen", "--out", _folder.File("site"));
        FlashTests.Sigtab("compile", Repository.PathOf("firmware", "tables", "legacy.rules"), "--site", _folder.File("site.toml"), "--key", _folder.File("site.pem"),
            "--sequence", "1", "--test-alert", "--out", _folder.File("SITE.sigtab"));
        FlashTests.Sigtab("provision", "--simulator", Box, "--key", _folder.File("site.pub.pem"), "--table", _folder.File("SITE.sigtab"),
            "--network", "dhcp", "--name", "tap-ward3", "--wait", "0");
        string[] workshop = Replay("udp", null, ("good", 60), "--fault-link", "down", "--fault-uplink", "down").Lines;
        Assert.IsTrue(workshop.Any(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal)), string.Join('\n', workshop));
        Assert.IsFalse(workshop.Any(l => l.Contains(" test-alert ", StringComparison.Ordinal)), "nobody would see it");
    }

    // At the switch: MIRROR comes in after ninety seconds.
    private (string[] Received, string[] Lights) Install(string protocol, (string What, int Seconds) mirror)
    {
        int port = CollectorTests.FreePort(protocol == "udp" ? SocketType.Dgram : SocketType.Stream);
        string output = _folder.File("received");
        string configuration = _folder.Write("rsyslog.conf", Encoding.UTF8.GetBytes($$"""
            global(workDirectory="{{_folder.Path}}" maxMessageSize="8k")
            module(load="im{{protocol}}")
            template(name="line" type="string" string="%msgid% %structured-data% %msg%\n")
            ruleset(name="all") {
              action(type="omfile" file="{{output}}" template="line")
            }
            input(type="im{{protocol}}" address="127.0.0.1" port="{{port}}" ruleset="all")
            """));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", configuration, "-i", _folder.File("pid"));
        daemon.WaitUntil(() => RealSyslogTests.IsListening(protocol, port), "to listen");
        TapsimRun run = Replay(protocol, port, mirror, "--fault-link", "down@0-90", "--light");
        daemon.WaitUntil(() => File.Exists(output) && RealSyslogTests.Lines(output).Any(l => LastLine().IsMatch(l)), "to write the last message");
        return (RealSyslogTests.Lines(output), LightsOf(run));
    }

    /// <summary>What the light showed, one after the other.</summary>
    internal static string[] LightsOf(TapsimRun run) =>
        [.. run.Errors.Split('\n').Where(line => line.StartsWith("light ", StringComparison.Ordinal)).Select(line => Look().Match(line).Value)];

    private TapsimRun Replay(string protocol, int? port, (string What, int Seconds) mirror, params string[] options)
    {
        // A first frame says what time it is, and one at the end that time goes on.
        string capture = _folder.Write("mirror.pcap", MirrorCaptures.Of(("good", 1), mirror, ("good", 1)));
        string[] collector = port is null ? [] : ["--collector", $"{protocol}://127.0.0.1:{port}"];
        return TapsimRun.Run(["replay", capture, "--storage", Box, "--alerts", "-", .. collector, .. options]).Expect(0);
    }

    private string Box => _folder.File("box");

    [GeneratedRegex(" state=\"(passed|failed)\"( missing=\"[^\"]*\")? rate=")]
    private static partial Regex LastLine();

    [GeneratedRegex(@"(green|white|blue|red|yellow), [\w ]+?(?=  )")]
    private static partial Regex Look();

    /// <summary>The page: its steps, and by word what the light shows when something is missing.</summary>
    private sealed partial record Page(IReadOnlyList<(string Light, string[] Lines)> Steps, IReadOnlyDictionary<string, string> Missing)
    {
        public static Page Read()
        {
            string[][] rows = [.. File.ReadLines(Repository.PathOf("hardware", "INSTALLATION.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal))
                .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray())];
            return new Page(
                [.. rows.Where(r => r.Length == 4 && r[0].Length > 0).Select(r => (r[2], Code().Matches(r[3]).Select(m => m.Groups[1].Value).ToArray()))],
                rows.Where(r => r.Length == 3 && r[0] != "missing").ToDictionary(r => r[0], r => r[1]));
        }

        // What stands in a line: with a quotation mark or an equals sign.
        [GeneratedRegex("`([^`]*[\"=][^`]*)`")]
        private static partial Regex Code();
    }
}
