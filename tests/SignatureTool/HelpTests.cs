using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Capture = Appliance.Traffic.Capture;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>The help teaches: each command has examples, and each example works as it stands there.</summary>
[TestClass]
public sealed class HelpTests
{
    private static readonly string[] Commands = [.. Listed(SigtabRun.Of("--help").Output)];

    private TemporaryFolder _folder = null!;

    public static IEnumerable<object[]> Examples => Commands.SelectMany(c => ExamplesOf(SigtabRun.Of(c, "--help").Output).Select(e => new object[] { e }));

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void EachCommandHasASentenceExamplesAndItsExitCodes()
    {
        CollectionAssert.AreEqual("keygen check compile sign verify inspect diff dry-run learn expect flash provision completion".Split(' '), Commands);
        foreach (string command in Commands)
        {
            string help = SigtabRun.Of(command, "--help").Output;
            Assert.IsNotEmpty(ExamplesOf(help), command);
            StringAssert.Matches(help, new Regex("\n  Exit codes: 0 [a-z]+, 1 wrong usage, 2 "), command);
        }

        // The list of all has one line a command.
        string list = SigtabRun.Of("--help").Output;
        Assert.HasCount(Commands.Length, list[list.IndexOf("Commands:", StringComparison.Ordinal)..].Trim().Split('\n').Skip(1).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Examples))]
    public void TheExampleWorks(string example)
    {
        Prepare();
        string[] words = example.Split(" >", 2)[0].Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Nobody runs the simulated box, so that a command that asks whether it took something would wait in vain.
        string[] patience = words[1] == "provision" && !words.Contains("--wait") ? ["--wait", "0"] : [];
        SigtabRun run = SigtabRun.Of([.. words.Skip(1).SelectMany(Here), .. patience]);
        Assert.AreEqual(ExitCode.Done, run.Code, $"{example}\n{run.Errors}{run.Output}");
    }

    [TestMethod]
    public void CompileSaysWhatTheProfileDecidesOfATable()
    {
        string help = SigtabRun.Of("compile", "--help").Output;
        string[] entries = [.. Regex.Matches(help, @"\[site\] (\w+ = [^\s]+)").Select(m => m.Groups[1].Value)];
        CollectionAssert.AreEqual(new[] { "board = \"wt32-eth01\"", "fresh_days = 180" }, entries);
        _folder.Write("small.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site.Replace("[site]", "[site]\n" + string.Join('\n', entries),
            StringComparison.Ordinal)));
        Prepare();
        Done("compile", _folder.File("ward.rules"), "--site", _folder.File("small.toml"), "--out", _folder.File("small.sigtab"));
        string head = SigtabRun.Of("inspect", _folder.File("small.sigtab")).Output;
        StringAssert.Contains(head, "for boards without external memory");
        StringAssert.Contains(head, "old after 2");
    }

    /// <summary>The examples of a help, which stand under such a heading.</summary>
    private static string[] ExamplesOf(string help) =>
        [.. Regex.Match(help, @"\n  Examples?:\n((    sigtab .*\n)+)").Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())];

    private static IEnumerable<string> Listed(string help) => Regex.Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..],
        @"^  ([a-z-]+) ", RegexOptions.Multiline).Select(m => m.Groups[1].Value);

    // Files of this test's folder in the place of the example's, a simulated box in that of a port's.
    private IEnumerable<string> Here(string word) => word switch
    {
        "--port" => ["--simulator"],
        "/dev/ttyUSB0" or "COM5" or "box" => [_folder.File("box")],
        "*.rules" => [_folder.File("ward.rules")],
        "/var/log/tap.log" => [_folder.File("tap.log")],
        "site-key" => [_folder.File("another-key")],
        _ when Regex.IsMatch(word, @"^[\w-]+\.(pcap|toml|rules|sigtab|pem|pub\.pem)$") => [_folder.File(word)],
        _ => [word],
    };

    private void Prepare()
    {
        Directory.CreateDirectory(_folder.File("box"));
        _folder.Write("ward.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        _folder.Write("ward.rules", "alert tcp any any -> any 2323 ( msg:\"telnet\"; flags:S; sid:1000001; )\n"u8.ToArray());
        _folder.Write("community.rules", "alert tcp any any -> any 2323 ( msg:\"http\"; pcre:\"/x/\"; sid:1; )\nalert tcp any any -> any 23 ( msg:\"t\"; flags:S; sid:2; )\n"u8.ToArray());
        foreach (string key in new[] { "site-key", "spare", "new", "old" })
        {
            Done("keygen", "--out", _folder.File(key));
        }

        Done("compile", _folder.File("ward.rules"), "--site", _folder.File("ward.toml"), "--key", _folder.File("site-key.pem"), "--sequence", "7",
            "--out", _folder.File("ward.sigtab"));
        File.Copy(_folder.File("ward.sigtab"), _folder.File("running.sigtab"));
        var capture = new Capture();
        var talk = new Talk(new Lan("10.1.0.0/16"), capture);
        long start = Capture.Utc(2026, 3, 2);
        for (int i = 0; i < 40; i++)
        {
            talk.Unanswered(start + (i * Capture.Second), "10.1.7.20", 40_001 + i, $"10.1.2.{5 + i}", 104, 0);
        }

        _folder.Write("monday.pcap", capture);
        _folder.Write("tuesday.pcap", capture);
        _folder.Write("tap.log", System.Text.Encoding.UTF8.GetBytes("<85>1 2026-03-02T05:22:07.776Z tap-1f2e3d tap 12 sweep [incident@32473 id=\"17\" "
            + "state=\"closed\" severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"10.1.7.20\" srcs=\"1\" dst=\"10.1.2.0/26\" dsts=\"40\" dport=\"104\" frames=\"40\" "
            + "name=\"tcp/104\" dur=\"39\"][meta sequenceId=\"5\" sysUpTime=\"8123\"] tcp/104 sweep of 10.1.2.0/26 by 10.1.7.20: 40 hosts\n"));
    }

    private static void Done(params string[] arguments)
    {
        SigtabRun run = SigtabRun.Of(arguments);
        Assert.AreEqual(ExitCode.Done, run.Code, string.Join(' ', arguments) + "\n" + run.Errors);
    }
}
