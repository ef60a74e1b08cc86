using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Capture = Appliance.Traffic.Capture;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>The help teaches: each command has examples, and each example works as it stands there.</summary>
[TestClass]
public sealed class HelpTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("ward.toml", "[site]\nname = \"ward\"\nhome = [\"10.1.0.0/16\"]\n"u8.ToArray());
        var capture = new Capture();
        var talk = new Talk(new Lan("10.1.0.0/16"), capture);
        long start = Capture.Utc(2026, 3, 2);
        for (int i = 0; i < 40; i++)
        {
            talk.Unanswered(start + (i * Capture.Second), "10.1.7.20", 40_001 + i, $"10.1.2.{5 + i}", 104, 0);
        }

        _folder.Write("monday.pcap", capture);
        _folder.Write("tuesday.pcap", capture);
        TapsimRun.Run("replay", _folder.File("monday.pcap"), "--alerts", _folder.File("tap.log")).Expect(0);
        File.Copy(_folder.File("tap.log"), _folder.File("tap.log.1"));
    }

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("replay", "sweep")]
    [DataRow("explain", "10.1.7.20")]
    [DataRow("report", "sweep")]
    [DataRow("completion", "complete -o default")]
    public void EachExampleOfACommandWorks(string command, string told)
    {
        string help = TapsimRun.Run(command, "--help").Expect(0).Output;
        StringAssert.Matches(help, new Regex("\n  Exit codes: 0 done, 1 wrong usage, 2 "));
        string[] examples = ExamplesOf(help);
        Assert.IsNotEmpty(examples, help);
        string[] given = Directory.GetFiles(_folder.Path);
        foreach (string example in examples)
        {
            TapsimRun run = TapsimRun.Run([.. example.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Here)]).Expect(0);
            string written = string.Concat(Directory.GetFiles(_folder.Path).Except(given).Select(File.ReadAllText));
            StringAssert.Contains(run.Output + written, told, example);
        }
    }

    [TestMethod]
    public void TheExamplesOfLiveAreTaken()
    {
        // A name that no interface has: what is refused is the interface, and nothing of what stands around it.
        string[] examples = ExamplesOf(TapsimRun.Run("live", "--help").Expect(0).Output);
        Assert.HasCount(3, examples);
        StringAssert.Matches(examples[0], new Regex("^tapsim live +lists the interfaces$"));
        foreach (string example in examples.Skip(1))
        {
            TapsimRun run = TapsimRun.Run([.. example.Replace("eth0", "no-such-if", StringComparison.Ordinal).Split(' ').Skip(1).Select(Here)]).Expect(2);
            Assert.IsTrue(run.Errors.Contains("there is no network interface 'no-such-if'", StringComparison.Ordinal)
                || run.Errors.Contains("libpcap", StringComparison.Ordinal), run.Errors);
        }
    }

    [TestMethod]
    public void TheListOfAllHasOneLineACommandAndItsWayThroughADayWorks()
    {
        string help = TapsimRun.Run("--help").Expect(0).Output;
        string[] commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Trim().Split('\n')[1..];
        CollectionAssert.AreEqual(new[] { "replay", "live", "explain", "report", "completion" }, commands.Select(c => c.Trim().Split(' ')[0]).ToArray());
        // What stands behind a gap is said of the command.
        string[] steps = [.. Regex.Matches(help, @"^    (tapsim \S+ \S+( \S+)*)   ", RegexOptions.Multiline).Select(m => m.Groups[1].Value)];
        Assert.HasCount(5, steps);
        foreach (string step in steps.Where(s => !s.StartsWith("tapsim live", StringComparison.Ordinal)))
        {
            TapsimRun.Run([.. step.Split(' ').Skip(1).Select(Here)]).Expect(0);
        }
    }

    private static string[] ExamplesOf(string help) =>
        [.. Regex.Match(help, @"\n  Examples?:\n((    tapsim .*\n)+)").Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim())];

    // Files of this test's folder in the place of the example's.
    private string Here(string word) => Regex.IsMatch(word, @"^\w+\.(pcap|toml|log|log\.1|html|md)$") ? _folder.File(word) : word;
}
