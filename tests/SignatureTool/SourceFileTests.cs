using System;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>No rule is lost in silence: behind a comment that nothing closes, between foreign line ends, in a foreign
/// encoding.</summary>
[TestClass]
public sealed class SourceFileTests
{
    private const string Good = "alert tcp any any -> any 1 ( flags:S; sid:1; )\n";
    private const string Lost = "alert tcp any any -> any 2 ( flags:S; sid:2; )\n";

    private TemporaryFolder _folder = null!;
    private string _site = "";

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _site = _folder.Write("site.toml", Encoding.UTF8.GetBytes(Workbench.Site));
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("/* todo\n" + Lost, "1:1: error: this comment is never closed: '*/' is missing, and every rule behind it is lost")]
    [DataRow(Good + "  /*/\n" + Lost, "2:3: error: this comment is never closed: '*/'")]
    [DataRow(Good + "#begin\n" + Lost, "2:1: error: this comment is never closed: '#end' is missing at the beginning of a line")]
    [DataRow("#begin\n" + Lost + " #end\n", "1:1: error: this comment is never closed: '#end'")]
    [DataRow("alert tcp any any -> any 3 ( flags:S; sid:3; /* why\n rev:1; )\n" + Lost, "1:46: error: this comment is never closed")]
    [DataRow("alert tcp any any -> any 3 ( flags:S; sid:3 /* why\n ; )\n" + Lost, "1:45: error: this comment is never closed")]
    [DataRow("alert tcp any /* any\n" + Lost, "1:15: error: this comment is never closed")]
    public void ACommentThatNothingClosesIsAnErrorAtItsOpening(string text, string complaint)
    {
        foreach (string[] more in new string[][] { [], ["--lenient"] })
        {
            string good = _folder.Write("good.rules", Encoding.UTF8.GetBytes("alert tcp any any -> any 9 ( flags:S; sid:9; )\n"));
            string cut = _folder.Write("cut.rules", Encoding.UTF8.GetBytes(text));
            SigtabRun run = SigtabRun.Of(["compile", good, cut, "--site", _site, "--out", _folder.File("t.sigtab"), .. more]);
            Assert.AreEqual(2, run.Code);
            StringAssert.StartsWith(run.Errors, $"{cut}:{complaint}", StringComparison.Ordinal);
            StringAssert.EndsWith(run.Errors.TrimEnd(), "\n1 error, no table", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [DataRow("", "there is no rule in this file")]
    [DataRow("# alert nothing\n", "there is no rule in this file")]
    [DataRow("alert http any any -> any any ( sid:7; )\n", "no rule of this file is left")]
    public void AFileThatYieldsNoRuleIsWarnedOf(string text, string warning)
    {
        string good = _folder.Write("good.rules", Encoding.UTF8.GetBytes(Good));
        string none = _folder.Write("none.rules", Encoding.UTF8.GetBytes(text));
        SigtabRun run = SigtabRun.Of("check", good, none, "--site", _site, "--lenient");
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.Contains(run.Errors, $"{none}: warning: {warning}\n", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("\r")]
    [DataRow("\r\n")]
    [DataRow("\n")]
    public void EverySystemsLineEndsAreRead(string end)
    {
        string text = "# first" + end + "alert tcp any any -> any 1 \\" + end + " ( flags:S; sid:1; )" + end
            + "alert tcp any any -> any 2 ( flgas:S; sid:2; )" + end;
        string rules = _folder.Write("t.rules", Encoding.UTF8.GetBytes(text));
        string site = _folder.Write("s.toml", Encoding.UTF8.GetBytes(Workbench.Site.ReplaceLineEndings(end)));
        SigtabRun run = SigtabRun.Of("check", rules, "--site", site);
        Assert.AreEqual(
            $"{rules}:4:30: error: flgas: unknown option; did you mean 'flags'?\n    alert tcp any any -> any 2 ( flgas:S; sid:2; )\n"
            + new string(' ', 33) + "^~~~~\n1 error, no table\n", run.Errors.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void AnotherEncodingIsToldWithItsPlace()
    {
        string text = "# caf\u00e9\nalert tcp any any -> any 1 ( msg:\"\u00e9\"; flags:S; sid:1; )\n";
        string latin = _folder.Write("latin.rules", Encoding.Latin1.GetBytes(text));
        SigtabRun run = SigtabRun.Of("check", latin, "--site", _site);
        Assert.AreEqual(2, run.Code);
        StringAssert.StartsWith(run.Errors,
            $"{latin}:1:6: error: the octet 0xe9 is no UTF-8; save the file as UTF-8, e.g. with: iconv -f latin1 -t utf-8 (2 lines have "
                + "such octets)\n    # caf",
            StringComparison.Ordinal);
        StringAssert.Contains(SigtabRun.Of("check", latin, "--site", _site, "--lenient").Errors, $"{latin}:1:6: warning: the octet",
            StringComparison.Ordinal);

        string profile = _folder.Write("latin.toml", Encoding.Latin1.GetBytes(Workbench.Site + "\n# \u00e9\n"));
        StringAssert.Contains(SigtabRun.Of("check", latin, "--site", profile).Errors, $"{profile}:9:3: error: the octet 0xe9",
            StringComparison.Ordinal);
        foreach (Encoding known in new[] { Encoding.UTF8, new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode,
            Encoding.UTF32 })
        {
            string file = _folder.Write("known.rules", [.. known.GetPreamble(), .. known.GetBytes(text)]);
            string table = _folder.File("t.sigtab");
            SigtabRun compile = SigtabRun.Of("compile", file, "--site", _site, "--out", table);
            Assert.AreEqual(0, compile.Code, compile.Errors);
            StringAssert.Contains(System.IO.File.ReadAllText(_folder.File("t.json")), "\"msg\": \"\u00e9\"", StringComparison.Ordinal);
        }
    }
}
