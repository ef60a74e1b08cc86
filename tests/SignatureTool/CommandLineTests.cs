using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>sigtab as its user sees it: exit codes, files, messages.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static readonly string Rules = Repository.PathOf("firmware", "tables", "imaging.rules");
    private static readonly string Site = Repository.PathOf("firmware", "tables", "example-site.toml");

    private string _folder = "";

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("sigtab-test-").FullName;
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        Directory.Delete(_folder, true);
    }

    [TestMethod]
    public void CompileWritesATableAndACatalogueAndInspectShowsIt()
    {
        string table = Path.Combine(_folder, "t.sigtab");
        (int code, string output, string errors) = OfProcess("compile", Rules, "--site", Site, "--sequence", "7", "--out", table);
        Assert.AreEqual(0, code, errors);
        StringAssert.Contains(output, "is NOT signed", StringComparison.Ordinal);
        StringAssert.Contains(File.ReadAllText(Path.Combine(_folder, "t.json")), "\"sid\": 1000901", StringComparison.Ordinal);
        StringAssert.Contains(File.ReadAllText(Path.Combine(_folder, "t.csv")), "1,1000901,1,BackOrifice 5556", StringComparison.Ordinal);
        (code, output, errors) = OfProcess("inspect", table);
        Assert.AreEqual(0, code, errors);
        StringAssert.StartsWith(output, "sequence 7, ", StringComparison.Ordinal);
        StringAssert.Contains(output, "expected 'GE AdvantageNet master console': protocol 17, [128.231.213.4] -> [128.231.212.0] [1600]",
            StringComparison.Ordinal);
        StringAssert.Contains(output, "msg:\"BackOrifice 5556\"; flags:S,EC; priority:2; metadata:suspect yes; gid:1; sid:1000901; "
            + "rev:1; )", StringComparison.Ordinal);
    }

    [TestMethod]
    public void InspectSaysWhatATableTakesAndCosts()
    {
        string rules = Path.Combine(_folder, "t.rules");
        File.WriteAllText(rules, "alert tcp any any -> any [23,2323] ( msg:\"telnet\"; sid:1; )\nalert tcp any any -> any any ( "
            + "msg:\"odd\"; flags:SF; sid:2; )\n");
        string table = Path.Combine(_folder, "t.sigtab");
        Run("compile", rules, "--site", Site, "--out", table);
        (int code, string output, string errors) = Run("inspect", table);
        Assert.AreEqual(0, code, errors);
        Match sizes = Regex.Match(output, "^(\\d+) octets: (.*)$", RegexOptions.Multiline);
        Assert.AreEqual(new FileInfo(table).Length.ToString(CultureInfo.InvariantCulture), sizes.Groups[1].Value);
        Assert.AreEqual(new FileInfo(table).Length,
            sizes.Groups[2].Value.Split(", ").Sum(s => long.Parse(s.Split(' ')[^1], CultureInfo.InvariantCulture)));
        StringAssert.Contains(output, "signatures tried with every frame: tcp 1, udp 0, icmp 0, of any IP frame 0;",
            StringComparison.Ordinal);
        StringAssert.Contains(output, "dearest frame: to tcp port 2323, 2 signatures decoded in full; fullest of 256 buckets: 1 entries "
            + "compared", StringComparison.Ordinal);
        StringAssert.Contains(output, "data frames of TCP: those of 2 ports kept", StringComparison.Ordinal);
    }

    [TestMethod]
    public void InspectNamesEachSectionThatTheFormatHas()
    {
        string rules = Path.Combine(_folder, "t.rules");
        File.WriteAllText(rules, "alert tcp any any -> any 104 ( content:\"|01 00|\",depth 2; sid:1; )\n");
        string site = Path.Combine(_folder, "callers.toml");
        File.WriteAllText(site, File.ReadAllText(Site).Replace("[site]", "[site]\nboard = \"wt32-eth01\"", StringComparison.Ordinal)
            + "\n[imaging.dicom]\nCT1 = \"128.231.213.20\"\n");
        string table = Path.Combine(_folder, "t.sigtab");
        (int code, _, string errors) = Run("compile", rules, "--site", site, "--out", table);
        Assert.AreEqual(0, code, errors);
        string output = Run("inspect", table).Output;
        foreach (string section in new[] { "tag", "box", "openings", "callers" })
        {
            Assert.IsTrue(Regex.IsMatch(output, $" {section} [1-9]"), $"{section}: {output}");
        }

        Assert.DoesNotContain(" section ", output);
    }

    [TestMethod]
    public void InspectPrintsContentsThatAreTextAsText()
    {
        string rules = Path.Combine(_folder, "t.rules");
        const string Texts = "content:\"|07|VERSION|04|BIND\",nocase,offset 12; content:\"a|3b 22 7c|b|00 01|\"; content:!\"GET /\"";
        File.WriteAllText(rules, $"alert udp any any -> any 53 ( {Texts}; sid:1; )\n");
        string table = Path.Combine(_folder, "t.sigtab");
        (int code, _, string errors) = Run("compile", rules, "--site", Site, "--out", table);
        Assert.AreEqual(0, code, errors);
        string output = Run("inspect", table).Output;
        StringAssert.Contains(output, Texts, StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnEmptyTableIsAnErrorUnlessItIsMeantAndThenDevicesTakeIt()
    {
        string rules = Path.Combine(_folder, "none.rules");
        File.WriteAllText(rules, "# nothing yet\n");
        string table = Path.Combine(_folder, "t.sigtab");
        (int code, _, string errors) = Run("compile", rules, "--site", Site, "--out", table);
        Assert.AreEqual(2, code);
        StringAssert.Contains(errors, "no signature is left of 0 rules", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(table));

        (code, _, errors) = Run("compile", rules, "--site", Site, "--allow-empty", "--out", table);
        Assert.AreEqual(0, code, errors);
        Assert.AreEqual(2, File.ReadAllBytes(table)[5] & 2, "the bit without which a device refuses it");
    }

    [TestMethod]
    public void WhatCheckAcceptsCanBeReadAgain()
    {
        string table = Path.Combine(_folder, "t.sigtab");
        Run("compile", Rules, "--site", Site, "--out", table);
        (_, string output, _) = Run("inspect", table);
        string again = Path.Combine(_folder, "again.rules");
        File.WriteAllText(again, output[output.IndexOf("alert ", StringComparison.Ordinal)..]);
        (int code, output, string errors) = Run("check", again, "--site", Site);
        Assert.AreEqual(0, code, errors);
        StringAssert.Contains(output, " signatures, ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void UnusableInputIsTwoAndWrongUsageOne()
    {
        string bad = Path.Combine(_folder, "bad.rules");
        File.WriteAllText(bad, "alert tcp any any -> any any ( ttl:999; sid:1; )\n");
        string table = Path.Combine(_folder, "t.sigtab");
        (int code, _, string errors) = OfProcess("compile", bad, "--site", Site, "--out", table);
        Assert.AreEqual(2, code);
        StringAssert.Contains(errors, $"{bad}:1:36: error: ttl: '999' is out of bounds; possible are 0 to 255", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(table));
        Assert.AreEqual(2, Run("check", bad + ".not-there", "--site", Site).Code);
        Assert.AreEqual(2, Run("inspect", bad).Code);
        Assert.AreEqual(2, Run("compile", Rules, "--site", Site, "--out", Path.Combine(_folder, "no", "such", "folder")).Code);
        Assert.AreEqual(1, Run("compile", Rules).Code);
        Assert.AreEqual(1, OfProcess("frobnicate").Code);
        Assert.AreEqual(0, Run("--help").Code);
    }

    // That the real program says and ends the same is seen where a table is made, and at an input and a word that it can't use.
    private static SigtabRun OfProcess(params string[] arguments) => SigtabRun.OfProcess(arguments);

    private static SigtabRun Run(params string[] arguments) => SigtabRun.Of(arguments);
}
