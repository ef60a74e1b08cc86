using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.SignatureTool.Sites;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Capture = Appliance.Traffic.Capture;

namespace Appliance.SignatureTool.Tests;

/// <summary>
/// sigtab learn on three simulated hospitals, four days each, with intruders among them: what it proposes is right, and no
/// intruder is in it. sigtab expect for one incident.
/// </summary>
[TestClass]
public sealed class LearnTests
{
    private const int Days = 4;
    private const string Outsider = "203.0.113.66";

    /// <summary>A Monday.</summary>
    private static readonly long First = Capture.Utc(2026, 3, 2);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("clinic", "10.20.30.", 16, 8, 11)]
    [DataRow("radiology", "192.168.7.", 40, 16, 22)]
    [DataRow("university", "172.16.9.", 90, 40, 33)]
    [DataRow("clinic", "10.20.30.", 16, 8, 101)]
    public void NineteenOfTwentyAreRightAndNoIntruderIsAdmitted(string name, string net, int modalities, int stations, int seed)
    {
        using var folder = new TemporaryFolder();
        string[] captures = Write(folder, net, modalities, stations, seed);
        SigtabRun run = SigtabRun.Of(["learn", .. captures, "--name", name]);
        TestContext.WriteLine(run.Output + run.Errors);
        Assert.AreEqual(0, run.Code, run.Errors);

        SiteProfile profile = Compiled(folder, run.Output);
        string Host(int n) => net + n.ToString(CultureInfo.InvariantCulture);
        HashSet<string> truth =
        [
            $"home {net}0/24", $"DNS_SERVERS {Host(7)}", $"PACS {Host(5)}", $"PACS {Host(6)}", $"HL7_SERVERS {Host(13)}",
                $"PROXIES {Host(14)}",
            .. Enumerable.Range(20, modalities).Select(n => $"MODALITIES {Host(n)}"),
        ];
        HashSet<string> proposed = [.. Proposed(run.Output)];
        string[] habits = [$"udp/161 poll by {Host(9)}", $"tcp/104 poll by {Host(5)}"];
        // Only in the university are more than forty hosts asked, so that something has to be explained.
        truth.UnionWith(habits.Where(_ => name == "university").Select(h => "expected " + h));
        proposed.UnionWith(profile.Expected.Select(e => "expected " + e.Name));
        int right = truth.Intersect(proposed).Count();
        int all = truth.Union(proposed).Count();
        string wrong = string.Join("; ", truth.Except(proposed).Select(t => "missing " + t).Concat(proposed.Except(truth).Select(p =>
            "wrong " + p)));
        TestContext.WriteLine($"{name}: {right} of {all} right; {wrong}");
        Assert.IsGreaterThanOrEqualTo(0.95, right / (double)all, wrong);

        string said = string.Join('\n', run.Output.Split('\n').Where(l => !l.StartsWith('#')));
        // Of the backup nobody is told while it asks fewer than forty: its entry is there for who knows it.
        string backup = $"# it talked with 23 of the 23 hosts that it asked, on 4 days\n# [[expected]]\n"
            + $"# name = \"tcp/10000 poll by {Host(10)}\"\n"
            + $"# source = \"{Host(10)}\"\n# destination = \"{net}0/24\"\n# proto = \"tcp\"\n# port = 10000\n";
        Assert.AreEqual(name == "university", run.Output.Contains(backup, StringComparison.Ordinal), run.Output);
        SiteProfile known = Compiled(folder, run.Output.Replace(backup, backup.Replace("# ", "", StringComparison.Ordinal)
            .Replace("it talked", "# it talked", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.AreEqual(name == "university", known.Expected.Any(e => e.Name == $"tcp/10000 poll by {Host(10)}"));
        foreach (string intruder in new[] { Host(116), Host(115), Host(114), Host(113), Host(112), Outsider })
        {
            Assert.DoesNotContain($"\"{intruder}\"", said, $"{intruder} is an intruder");
        }

        foreach (int intruder in Enumerable.Range(112, 5))
        {
            Assert.IsFalse(proposed.Any(p => p.EndsWith(" " + Host(intruder), StringComparison.Ordinal)),
                $"{Host(intruder)} is in a group");
        }
    }

    [TestMethod]
    public void WhoSweepsInVainIsInNoGroupWhateverHeServes()
    {
        using var folder = new TemporaryFolder();
        const string net = "10.20.30.";
        const string intruder = net + "66";
        var paths = new List<string>();
        for (int day = 0; day < Days; day++)
        {
            long noon = First + (day * Capture.Day) + (12 * Capture.Hour);
            var more = new Capture();
            var talk = new Talk(new Lan(net + "0/24"), more, day);
            for (int i = 0; i < 16; i++)
            {
                talk.Refused(noon + (i * 2 * Capture.Second), intruder, 51_000 + i, net + (20 + i), 445);
            }

            // Asked for names every day, and a shell on a port of DICOM; one that nobody is told of has such a shell, too.
            for (int i = 0; i < 4; i++)
            {
                talk.Datagrams(noon + Capture.Hour + (i * Capture.Second), net + (20 + i), 42_500, intruder, 53, new byte[30],
                    new byte[60]);
            }

            if (day == 1)
            {
                var far = new Talk(new Lan(net + "0/24"), more, day) { RoundTrip = 38_000, DistantTtl = 51 };
                far.Connection(noon + (2 * Capture.Hour), Outsider, 33_000, intruder, 4242, 1, 50, 50);
                far.Connection(noon + (2 * Capture.Hour), Outsider, 33_001, net + "67", 4242, 1, 50, 50);
            }

            Capture all = Capture.Merge(new HospitalDays(net, 16, 8, 11).Day(First, day), more).Cut(128);
            paths.Add(folder.Write(string.Create(CultureInfo.InvariantCulture, $"day{day}.pcap"), all));
        }

        SigtabRun run = SigtabRun.Of(["learn", .. paths]);
        Assert.AreEqual(0, run.Code, run.Errors);
        string[] proposed = [.. Proposed(run.Output)];
        CollectionAssert.AreEqual(new[] { $"DNS_SERVERS {net}7", $"PACS {net}5", $"PACS {net}6" },
            proposed.Where(p => p.StartsWith("DNS_SERVERS", StringComparison.Ordinal) || p.StartsWith("PACS", StringComparison.Ordinal))
                .ToArray(), run.Output);
        Assert.IsFalse(proposed.Any(p => p.EndsWith(".66", StringComparison.Ordinal)), run.Output);
    }

    [TestMethod]
    public void OfOneDayNoHabitIsProposedAndThatIsSaid()
    {
        using var folder = new TemporaryFolder();
        Capture day = new HospitalDays("172.16.9.", 90, 40, 33).Day(First, 0).Cut(128);
        SigtabRun run = SigtabRun.Of("learn", folder.Write("monday.pcap", day));
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.Contains(run.Output, "# The captures are of one day");
        Assert.DoesNotContain("[[expected]]\nname = \"udp/161", run.Output);
        _ = Compiled(folder, run.Output);
    }

    [TestMethod]
    public void FromLinesAHabitIsProposedAndWhatIsSuspectIsNot()
    {
        using var folder = new TemporaryFolder();
        string lines = string.Concat(
            Line(1, 3, "sweep", "10.1.2.9", "10.1.2.0/24", "udp", 161, "answered=\"60\" silent=\"1\"", 61),
            Line(2, 4, "sweep", "10.1.2.9", "10.1.2.0/24", "udp", 161, "answered=\"61\"", 61),
            Line(3, 3, "sweep", "10.1.2.77", "10.1.2.0/24", "tcp", 4711, "answered=\"2\" refused=\"40\"", 42),
            Line(4, 3, "suspect-service", "10.1.2.9", "10.1.2.10", "tcp", 5555, "answered=\"1\"", 1, sid: 1000122),
            Line(5, 3, "sweep", "203.0.113.9", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60),
            Line(6, 4, "sweep", "203.0.113.9", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60),
            Line(7, 3, "broadcast", "10.1.2.30", "10.1.2.255", "udp", 30718, "", 1));
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(lines));
        SigtabRun run = SigtabRun.Of("learn", path);
        Assert.AreEqual(0, run.Code, run.Errors);
        SiteProfile profile = Compiled(folder, run.Output);
        CollectionAssert.AreEqual(new[] { "udp/161 poll by 10.1.2.9", "udp/30718 broadcast by 10.1.2.30" },
            profile.Expected.Select(e => e.Name).Order().ToArray());
        StringAssert.Contains(run.Output, "# explains #2 sweep");
        StringAssert.Contains(run.Output.ReplaceLineEndings(" "), "only 2 of 42 hosts answered");
        StringAssert.Contains(run.Output.Replace("\n#   ", " ", StringComparison.Ordinal),
            "a signature calls it suspect, and only somebody who knows may say otherwise");
        StringAssert.Contains(run.Output.Replace("\n#   ", " ", StringComparison.Ordinal),
            "its source is outside: nobody from there is admitted unasked");
    }

    [TestMethod]
    public void ExpectWritesTheEntryOfOneIncident()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(
            Line(17, 3, "suspect-service", "10.1.2.9", "10.1.2.10", "tcp", 5555, "answered=\"1\"", 1, sid: 1000122)
            + Line(18, 3, "sweep", "10.1.2.77", "10.1.2.0/24", "tcp", 4711, "answered=\"2\" refused=\"40\"", 42)));
        SigtabRun serves = SigtabRun.Of("expect", path, "--id", "17");
        Assert.AreEqual(0, serves.Code, serves.Errors);
        StringAssert.Contains(serves.Output,
            "[[serves]]\nname = \"tcp/5555 of 10.1.2.10\"\nhosts = [\"10.1.2.10\"]\nproto = \"tcp\"\nport = 5555\n");
        StringAssert.Contains(serves.Errors, "warning: a signature calls #17 suspect");
        SigtabRun expected = SigtabRun.Of("expect", path, "--id", "18");
        StringAssert.Contains(expected.Output,
            "[[expected]]\nname = \"tcp/4711 poll by 10.1.2.77\"\nsource = \"10.1.2.77\"\ndestination = \"10.1.2.0/24\"\nproto = "
                + "\"tcp\"\nport = 4711\n");
        _ = Compiled(folder, "[site]\nname = \"w\"\nhome = [\"10.1.2.0/24\"]\n" + serves.Output + expected.Output);
    }

    [TestMethod]
    public void AnEntryForOutsidersIsWarnedOfAndNoAddressIsCut()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(
            Line(1, 3, "sweep", "203.0.113.0/24", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60)
            + Line(2, 3, "broadcast", "192.168.100.238", "192.168.100.255", "udp", 30718, "", 1)
            + Line(3, 3, "sweep", "2001:db8::7", "10.1.2.0/24", "udp", 161, "", 60)));
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "1").Errors,
            "warning: 203.0.113.0/24 is no private address: the entry may explain an outsider");
        SigtabRun broadcast = SigtabRun.Of("expect", path, "--id", "2");
        StringAssert.Contains(broadcast.Output, "name = \"udp/30718 by 192.168.100.238\"");
        Assert.AreEqual("", broadcast.Errors);
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "3").Errors, "warning: 2001:db8::7 is no private address");
    }

    [TestMethod]
    public void AnIncidentIsNamedAsTheReportPrintsItAlsoWhereTwoBoxesHaveOneName()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(
            Line(17, 3, "sweep", "10.1.2.9", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60)
            + Line(17, 3, "sweep", "10.1.2.77", "10.1.2.0/24", "udp", 162, "answered=\"60\"", 60)));
        SigtabRun both = SigtabRun.Of("expect", path, "--id", "17");
        Assert.AreEqual(2, both.Code);
        StringAssert.Contains(both.Errors, "2 incidents have the number 17");
        StringAssert.Contains(both.Errors, "--id tap-1/3/17: box tap-1, boot 3, #17, first seen");
        StringAssert.Contains(both.Errors, "--id tap-1/3/17-2: box tap-1, boot 3, #17-2, first seen");
        string[] sources = [.. new[] { "17-1", "17-2", "#17-2", "tap-1/3/17", "tap-1/3/17-2" }.Select(id =>
            SigtabRun.Of("expect", path, "--id", id)).Select(r => r.Code + (r.Output.Contains("\"10.1.2.77\"", StringComparison.Ordinal) ? " .77" : " .9"))];
        Assert.AreEqual(2, sources.Distinct().Count());
        CollectionAssert.AreEqual(new[] { sources[0], sources[1], sources[1], sources[0], sources[1] }, sources);
        SigtabRun wrong = SigtabRun.Of("expect", path, "--id", "tap-1/17");
        Assert.AreEqual(1, wrong.Code);
        StringAssert.Contains(wrong.Errors, "'tap-1/17' is no incident's number; 17 and tap-1f2e3d/12/17 are");
    }

    [TestMethod]
    public void WhatCanNotBeDoneIsSaid()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(
            Line(17, 3, "sweep", "10.1.2.9", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60)
            + Line(17, 3, "sweep", "10.1.2.9", "10.1.2.0/24", "udp", 161, "answered=\"60\"", 60, host: "tap-2")
            + Line(19, 3, "sweep", "02:00:00:00:00:63", "10.1.2.0/24", "arp", 0, "", 60)));
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "17").Errors,
            "2 incidents have the number 17; say which by its whole name:\n"
            + "  --id tap-1/3/17: box tap-1, boot 3, #17, first seen 2026-03-");
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "17").Errors, ", sweep by 10.1.2.9\n  --id tap-2/3/17: box tap-2, boot 3");
        Assert.AreEqual(0, SigtabRun.Of("expect", path, "--id", "17", "--box", "tap-2").Code);
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "18").Errors, "none of 3 incidents has the number 18");
        StringAssert.Contains(SigtabRun.Of("expect", path, "--id", "19").Errors, "known by its MAC address alone");
        StringAssert.Contains(SigtabRun.Of("learn", path, Repository.PathOf("tests", "captures", "detect09.pcap")).Errors,
            "is a capture and");
        StringAssert.Contains(SigtabRun.Of("learn", folder.File("none")).Errors, "can't read");
        StringAssert.Contains(SigtabRun.Of("learn", folder.Write("text", "no line\n"u8.ToArray())).Errors, "no line of a box was found");
        StringAssert.Contains(SigtabRun.Of("learn", path, "--home", "10.1.2").Errors, "--home: '10.1.2' is no IPv4 network");
    }

    [TestMethod]
    [DataRow("sweep", "10.1.2.99", "arp", "it was told for arp, which [[expected]] can't name")]
    [DataRow("dark-host", "10.1.2.99", "arp", "all that 10.1.2.99 sends to 10.1.2.0/24, its attacks too")]
    [DataRow("sweep", "2001:db8::7", "ndp", "it was told for ndp, which [[expected]] can't name")]
    [DataRow("sweep", "10.1.2.99", "ip", "'ip' is no protocol that [[expected]] could name")]
    [DataRow("distributed-probe", "0.0.0.0/0", "tcp", "its sources have no network in common")]
    [DataRow("distributed-probe", "::/0", "tcp", "its sources have no network in common")]
    public void NoEntryExplainsMoreThanItsIncident(string kind, string source, string protocol, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(Line(1, 3, kind, source, "10.1.2.0/24", protocol, 0, "", 60)));
        SigtabRun run = SigtabRun.Of("expect", path, "--id", "1");
        Assert.AreEqual(2, run.Code);
        Assert.AreEqual("", run.Output);
        StringAssert.Contains(run.Errors, "error: no entry can explain #1: ");
        StringAssert.Contains(run.Errors, reason);
    }

    [TestMethod]
    [DataRow("10.1.2.99", "10.1.2.0/24", "sctp", "132")]
    [DataRow("10.1.2.99", "10.1.2.0/24", "ip-47", "47")]
    [DataRow("10.1.2.99", "10.1.2.0/24", "icmp", "\"icmp\"")]
    [DataRow("2001:db8::7", "2001:db8::/64", "icmp", "\"icmpv6\"")]
    public void AnEntryNamesTheProtocolOfItsIncident(string source, string destination, string protocol, string written)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", System.Text.Encoding.ASCII.GetBytes(Line(1, 3, "sweep", source, destination, protocol, 0, "", 60)));
        SigtabRun run = SigtabRun.Of("expect", path, "--id", "1");
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.EndsWith(run.Output, $"source = \"{source}\"\ndestination = \"{destination}\"\nproto = {written}\n");
        _ = Compiled(folder, "[site]\nname = \"w\"\nhome = [\"10.1.2.0/24\", \"2001:db8::/64\"]\n" + run.Output);
    }

    // Ordinary days, an HL7 server and a proxy among them, and intruders of each kind.
    private static string[] Write(TemporaryFolder folder, string net, int modalities, int stations, int seed)
    {
        var hospital = new HospitalDays(net, modalities, stations, seed);
        string Host(int n) => net + n.ToString(CultureInfo.InvariantCulture);
        var lan = new Lan(net + "0/24");
        var paths = new List<string>();
        for (int day = 0; day < Days; day++)
        {
            long noon = First + (day * Capture.Day) + (12 * Capture.Hour);
            var more = new Capture();
            var talk = new Talk(lan, more, seed + day);
            var far = new Talk(lan, more, seed + day) { RoundTrip = 38_000, DistantTtl = 51 };
            for (int i = 0; i < 6; i++)
            {
                talk.Connection(noon + (i * Capture.Minute), Host(120 + i), 50_100 + i, Host(14), 3128, 2, 200, 900);
                talk.Connection(noon + (i * 2 * Capture.Minute), Host(5), 50_200 + i, Host(13), 2575, 1, 300, 90);
                talk.Connection(noon + (i * Capture.Hour), Host(115), 50_300 + i, Host(22), 12345, 3, 20, 200);
            }

            // Every day an outsider asks all modalities, and they answer.
            for (int i = 0; i < modalities; i++)
            {
                far.Datagrams(noon + (i * 3 * Capture.Second), Outsider, 40_161, Host(20 + i), 161, new byte[43], new byte[58]);
            }

            // One of patience: DICOM of three others each day, and of the archive.
            for (int i = 0; i < 3; i++)
            {
                string asked = Host(20 + (((day * 3) + i) % modalities));
                talk.Connection(noon + (i * Capture.Hour), Host(116), 55_000 + (day * 10) + i, asked, 104, 1, 210, 120);
            }

            talk.Connection(noon + (4 * Capture.Hour), Host(116), 55_500 + day, Host(5), 104, 1, 210, 120);
            if (day is 1 or 2)
            {
                for (int i = 0; i < modalities; i++)
                {
                    // A worm that gets in everywhere; a scanner that does not; one that speaks DICOM with everybody.
                    talk.Connection(noon + (i * Capture.Second), Host(112), 51_000 + i, Host(20 + i), 445, 2, 300, 300);
                    talk.Refused(noon + (i * Capture.Second), Host(113), 52_000 + i, Host(20 + i), 8009);
                    talk.Connection(noon + (i * Capture.Second) + 7_000, Host(114), 53_000 + i, Host(20 + i), 104, 1, 210, 120);
                }

                talk.Connection(noon + Capture.Hour, Host(114), 53_500, Host(5), 104, 1, 210, 120);
            }

            for (int i = 0; i < 12; i++)
            {
                far.Unanswered(noon + (i * Capture.Second), "198.51.100.7", 54_000, Host(20 + i), 5556, 0);
            }

            Capture all = Capture.Merge(hospital.Day(First, day), more).Cut(128);
            paths.Add(folder.Write(string.Create(CultureInfo.InvariantCulture, $"day{day}.pcap"), all));
        }

        return [.. paths];
    }

    // What stands in the profile, one address a line.
    private static IEnumerable<string> Proposed(string toml)
    {
        foreach (Match key in Regex.Matches(toml, @"^(?<name>home|[A-Z0-9_]+) = \[(?<list>[^\]]*)\]", RegexOptions.Multiline))
        {
            foreach (string item in key.Groups["list"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(i => i.Trim()
                .Trim('"')))
            {
                string[] ends = item.Split('-');
                string net = ends[0][..(ends[0].LastIndexOf('.') + 1)];
                if (item.Contains('/'))
                {
                    yield return $"{key.Groups["name"].Value} {item}";
                    continue;
                }

                int low = int.Parse(ends[0][net.Length..], CultureInfo.InvariantCulture);
                int high = int.Parse(ends[^1][net.Length..], CultureInfo.InvariantCulture);
                foreach (int n in Enumerable.Range(low, high - low + 1))
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{key.Groups["name"].Value} {net}{n}");
                }
            }
        }
    }

    // The output has to compile as it is, with the shipped rules.
    private static SiteProfile Compiled(TemporaryFolder folder, string toml)
    {
        string site = folder.Write("learnt.toml", System.Text.Encoding.UTF8.GetBytes(toml));
        SigtabRun check = SigtabRun.Of("check", Repository.PathOf("firmware", "tables", "imaging.rules"),
            Repository.PathOf("firmware", "tables", "legacy.rules"), "--site", site);
        Assert.AreEqual(0, check.Code, check.Errors + File.ReadAllText(site));
        var diagnostics = new List<Diagnostic>();
        return SiteReader.Read(site, toml, diagnostics);
    }

    private static string Line(int id, int day, string kind, string src, string dst, string proto, int port, string more, int hosts,
        int sid = 0,
        string host = "tap-1") => string.Create(CultureInfo.InvariantCulture,
        $"<85>1 2026-03-0{day}T05:22:07.776Z {host} tap 3 {kind} [incident@32473 id=\"{id}\" state=\"closed\" severity=\"2\" "
            + $"sid=\"{sid}\" proto=\"{proto}\" src=\"{src}\" ")
        + string.Create(CultureInfo.InvariantCulture,
        $"srcs=\"1\" dst=\"{dst}\" dsts=\"{hosts}\" dport=\"{port}\" frames=\"{hosts}\" {more}][meta sequenceId=\"{id}\" "
            + $"sysUpTime=\"1\"] words of it\n")
        .Replace("\" ][", "\"][", StringComparison.Ordinal);
}
