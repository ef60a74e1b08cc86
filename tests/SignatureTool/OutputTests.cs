using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>No command writes over an input or over a file of another kind, and what it writes is there as a whole or not at
/// all.</summary>
[TestClass]
public sealed class OutputTests
{
    private TemporaryFolder _folder = null!;
    private string _table = "";

    [TestInitialize]
    public void MakeInputs()
    {
        _folder = new TemporaryFolder();
        Write("t.rules", "alert tcp any any -> any 1 ( msg:\"one\"; flags:S; sid:1; )\n");
        Write("site.toml", Workbench.Site);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("ca.pem", certificate.ExportCertificatePem());
        Write("tls.toml", Workbench.Site.Replace("\"udp://192.0.2.10:514\"",
            "\"tls://192.0.2.10:6514\"\nca = \"ca.pem\"\n[clock]\nserver = \"192.0.2.1\"", StringComparison.Ordinal));
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", At("k")).Code);
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", At("other")).Code);
        _table = At("t.sigtab");
        Assert.AreEqual(0, SigtabRun.Of("compile", At("t.rules"), "--site", At("site.toml"), "--sequence", "1", "--out", _table).Code);
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("compile t.rules --site site.toml --key k.pem --sequence 1 --out k.pem", "k.pem: error: is also an input")]
    [DataRow("compile t.rules --site site.toml --key k.pem --sequence 1 --out ./k.pem", "k.pem: error: is also an input")]
    [DataRow("compile t.rules --site site.toml --key k.pem --sequence 1 --out other.pem",
        "other.pem: error: is there already and is no table")]
    [DataRow("compile t.rules --site site.toml --key k.pem --sequence 1 --retire other.pub.pem --out other.pub.pem",
        "other.pub.pem: error: is also an input")]
    [DataRow("compile t.rules --site site.toml --out t.rules", "t.rules: error: is also an input")]
    [DataRow("compile t.rules --site site.toml --out site.toml", "site.toml: error: is also an input")]
    [DataRow("compile t.rules --site tls.toml --out ca.pem", "ca.pem: error: is also an input")]
    [DataRow("compile t.rules --site site.toml --out notes.txt",
        "notes.txt: error: is there already and is no table (it does not begin with 'TAPS')")]
    [DataRow("compile t.rules --site site.toml --out /dev/null", "/dev/null: error: is there already and is no table")]
    [DataRow("compile t.rules --site site.toml --out new.sigtab --catalogue notes",
        "notes.json: error: is there already and is no catalogue")]
    [DataRow("compile t.rules --site site.toml --out new.json", "is also")]
    [DataRow("compile t.rules --site site.toml --out new.sigtab --catalogue nowhere/x",
        "nowhere/x.json: error: can't be written: its folder does not exist")]
    [DataRow("sign t.sigtab --key k.pem --sequence 9 --out k.pem", "k.pem: error: is also an input")]
    [DataRow("sign t.sigtab --key k.pem --sequence 9 --out notes.txt", "notes.txt: error: is there already and is no table")]
    [DataRow("sign t.sigtab --key k.pem --sequence 9 --out ../NAME/t.sigtab", "t.sigtab: error: is also an input")]
    [DataRow("keygen --out k", "already exists")]
    public void NothingIsLostAndNothingIsLeftBehind(string line, string complaint)
    {
        Write("notes.txt", "notes");
        Write("notes.json", "{\"notes\": 1}");
        Dictionary<string, string> before = Everything();
        SigtabRun run = SigtabRun.Of(Arguments(line));
        Assert.AreEqual(2, run.Code, run.Errors);
        StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        CollectionAssert.AreEqual(before.OrderBy(f => f.Key).ToArray(), Everything().OrderBy(f => f.Key).ToArray());
    }

    [TestMethod]
    public void ALinkToAnInputIsThatInputAndALinkToATableStays()
    {
        File.CreateSymbolicLink(At("alias.sigtab"), At("k.pem"));
        Directory.CreateSymbolicLink(At("here"), _folder.Path);
        byte[] key = File.ReadAllBytes(At("k.pem"));
        foreach (string output in new[] { "alias.sigtab", "here/k.pem", "here/here/t.rules" })
        {
            SigtabRun run = SigtabRun.Of(Arguments($"compile t.rules --site site.toml --key k.pem --sequence 1 --out {output}"));
            Assert.AreEqual(2, run.Code, run.Errors);
            StringAssert.Contains(run.Errors, $"{At(output)}: error: is also an input", StringComparison.Ordinal);
        }

        CollectionAssert.AreEqual(key, File.ReadAllBytes(At("k.pem")));
        File.CreateSymbolicLink(At("current.sigtab"), "t.sigtab");
        Assert.AreEqual(0, SigtabRun.Of(Arguments("compile t.rules --site site.toml --key k.pem --sequence 2 --out current.sigtab")).Code);
        Assert.AreEqual("t.sigtab", new FileInfo(At("current.sigtab")).LinkTarget);
        StringAssert.StartsWith(SigtabRun.Of("verify", _table, "--key", At("k.pub.pem")).Output, $"{_table}: accepted: sequence 2",
            StringComparison.Ordinal);

        File.CreateSymbolicLink(At("round.sigtab"), "round.sigtab");
        SigtabRun round = SigtabRun.Of(Arguments("sign t.sigtab --key k.pem --out round.sigtab"));
        Assert.AreEqual(2, round.Code);
        StringAssert.Contains(round.Errors, "its symbolic links lead round in a circle", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ATableIsReplacedAndMayBeSignedInPlace()
    {
        File.WriteAllText(At("t.csv"), "gid,sid,rev,of,an,older,version\r\n");
        Assert.AreEqual(0, SigtabRun.Of(Arguments("compile t.rules --site site.toml --key k.pem --sequence 2 --out t.sigtab")).Code);
        StringAssert.Contains(File.ReadAllText(At("t.csv")), "1,1,0,one,", StringComparison.Ordinal);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("sign t.sigtab --key other.pem --sequence 3")).Code);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("verify t.sigtab --key other.pub.pem")).Code);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("sign t.sigtab --key k.pem --sequence 4 --out t.sigtab")).Code);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("verify t.sigtab --key k.pub.pem")).Code);
    }

    [TestMethod]
    public void WhoMayReadATableStays()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no such modes");
            return;
        }

        File.SetUnixFileMode(At("t.sigtab"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("sign t.sigtab --key k.pem --sequence 9")).Code);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("t.sigtab")));
    }

    // As mktemp makes it.
    [TestMethod]
    public void AnEmptyFileIsWrittenOver()
    {
        Write("empty.sigtab", "");
        Assert.AreEqual(0, SigtabRun.Of(Arguments("compile t.rules --site site.toml --key k.pem --sequence 5 --out empty.sigtab")).Code);
        Assert.AreEqual(0, SigtabRun.Of(Arguments("verify empty.sigtab --key k.pub.pem")).Code);
    }

    [TestMethod]
    public void AWriteProtectedTableIsKept()
    {
        byte[] before = File.ReadAllBytes(_table);
        File.SetAttributes(_table, FileAttributes.ReadOnly);
        SigtabRun run = SigtabRun.Of(Arguments("sign t.sigtab --key k.pem --sequence 9"));
        File.SetAttributes(_table, FileAttributes.Normal);
        Assert.AreEqual(2, run.Code);
        StringAssert.Contains(run.Errors, "can't be written: it is write-protected", StringComparison.Ordinal);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(_table));
    }

    private string At(string name)
    {
        return _folder.File(name);
    }

    private void Write(string name, string text)
    {
        _folder.Write(name, Encoding.UTF8.GetBytes(text));
    }

    // Words with a dot or behind --out and --catalogue name files of the folder.
    private string[] Arguments(string line)
    {
        string[] words = line.Replace("NAME", Path.GetFileName(_folder.Path), StringComparison.Ordinal).Split(' ');
        return [.. words.Select((w, i) => w.Contains('.', StringComparison.Ordinal) || (i > 0 && words[i - 1] is "--out" or "--catalogue")
            ? At(w) : w)];
    }

    private Dictionary<string, string> Everything()
    {
        return Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(f => f, f => Convert.ToHexString(File.ReadAllBytes(f)));
    }
}
