using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What tools/SignatureTool's page shows of a session is what the commands print today, key for key and figure for
/// figure.</summary>
[TestClass]
public sealed class PageTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void EachCommandOfTheSessionPrintsWhatThePageShows()
    {
        string shipped = File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules"))
            + File.ReadAllText(Repository.PathOf("firmware", "tables", "legacy.rules"));
        _folder.Write("ward.toml", File.ReadAllBytes(Repository.PathOf("firmware", "tables", "example-site.toml")));
        int count = 0;
        foreach ((string command, string shown) in Session())
        {
            // As the page says of each step: a rule with two slips, then the shipped rules, one of them with another port than
            // the table in use.
            string rules = command.StartsWith("check", StringComparison.Ordinal)
                ? "alert tcp $HOME_NTE any -> any 5556 ( flgas:S; sid:1001000; )\n" : shipped;
            _folder.Write("ward.rules", Encoding.UTF8.GetBytes(rules));
            if (command.StartsWith("compile", StringComparison.Ordinal))
            {
                Run($"compile ward.rules --site ward.toml --key ward-key.pem --sequence 7 --out running.sigtab");
                string fresh = shipped.Replace("$HOME_NET 5556 (", "$HOME_NET [5556,5557] (", StringComparison.Ordinal);
                Assert.AreNotEqual(shipped, fresh);
                _folder.Write("ward.rules", Encoding.UTF8.GetBytes(fresh));
            }

            SigtabRun run = Run(command);
            Assert.AreEqual(Plain(shown), Plain(run.Output + Errors(run.Errors)), command);
            count++;
        }

        Assert.AreEqual(5, count, "keygen, check, compile, diff, dry-run");
    }

    /// <summary>The commands of the page that need no box, each with what stands below it.</summary>
    private static IEnumerable<(string Command, string Shown)> Session()
    {
        string page = File.ReadAllText(Repository.PathOf("tools", "SignatureTool", "README.md"));
        return Regex.Matches(page, @"^    \$ sigtab ((?:keygen|check|compile|diff|dry-run) .*)\n((?:    [^$\n].*\n)+)", RegexOptions.Multiline)
            .Select(m => (m.Groups[1].Value, Regex.Replace(m.Groups[2].Value, "^    ", "", RegexOptions.Multiline)));
    }

    private static string Plain(string text) =>
        Regex.Replace(text.ReplaceLineEndings("\n"), @"\bkey [0-9a-f]{16}\b", "key ID").Trim();

    // Notes on the shipped rules' groups stand on standard error; the page shows errors only.
    private static string Errors(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Split('\n').Where(l => !l.Contains(": note: ", StringComparison.Ordinal)).Select(l => l + "\n"));

    private SigtabRun Run(string command)
    {
        SigtabRun run = SigtabRun.Of([.. command.Split(' ').SelectMany(Word)]);
        string folder = _folder.File("x")[..^1];
        return run with
        {
            Output = run.Output.Replace(folder, "", StringComparison.Ordinal),
            Errors = run.Errors.Replace(folder, "", StringComparison.Ordinal),
        };
    }

    // Files of the session lie in this test's folder, captures in the repository.
    private IEnumerable<string> Word(string word) => word switch
    {
        "tests/captures/detect*.pcap" => Directory.GetFiles(Repository.PathOf("tests", "captures"), "detect*.pcap").Order(StringComparer.Ordinal),
        _ when Regex.IsMatch(word, @"^(ward|running)[\w-]*(\.\w+)?$") => [_folder.File(word)],
        _ => [word],
    };
}
