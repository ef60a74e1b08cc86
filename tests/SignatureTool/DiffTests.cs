using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What changes between two tables: in what they say (diff), and in what comes of it (dry-run).</summary>
[TestClass]
public sealed class DiffTests
{
    private const string Site = "[site]\nname = \"ward 7\"\nhome = [\"128.231.212.0/23\"]\n[groups]\nDNS_SERVERS = [\"128.231.212.53\"]\n";
    private const string Probe = "alert tcp $EXTERNAL_NET any -> $HOME_NET 5556 ( msg:\"BackOrifice 5556\"; flags:S,CE; priority:2; "
        + "metadata:suspect yes; sid:1; rev:1; )\n";
    private const string Other = "alert udp any any -> any 53 ( msg:\"two\"; sid:2; )\n";

    private static readonly string Sweep = Repository.PathOf("tests", "captures", "detect09.pcap");

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
    }

    [TestCleanup]
    public void RemoveFolder()
    {
        _folder.Dispose();
    }

    [TestMethod]
    public void RuleByRuleAndTheSite()
    {
        string old = Table("old", Probe + Other, Site);
        string fresh = Table("new",
            "alert tcp $EXTERNAL_NET any -> $HOME_NET [5556,5557] ( msg:\"BackOrifice 5556\"; flags:S,CE; priority:3; metadata:suspect "
                + "yes; sid:1; rev:2; )\n"
            + "alert icmp any any -> any any ( msg:\"three\"; itype:8; sid:3; )\n",
            Site.Replace("/23", "/24", StringComparison.Ordinal).Replace("212.53", "212.54", StringComparison.Ordinal)
                + "PACS = [\"128.231.212.9\"]\n", "--rehome");
        string[] lines = Run("diff", old, fresh).Output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        CollectionAssert.AreEqual(
            new[]
            {
                "~ rehome: no -> yes",
                "~ home: [128.231.212.0-128.231.213.255] -> [128.231.212.0-128.231.212.255]",
                "~ interest, ports: with [5557]",
                "~ group 'DNS_SERVERS': [128.231.212.53], criticality 4 -> [128.231.212.54], criticality 4",
                "+ group 'PACS': [128.231.212.9], criticality 3",
            },
            lines[..5]);
        StringAssert.StartsWith(lines[5], "~ 1:1 'BackOrifice 5556': rev 1 -> 2; source [", StringComparison.Ordinal);
        StringAssert.EndsWith(lines[5], "destination ports [5556] -> [5556:5557]; priority 2 -> 3", StringComparison.Ordinal);
        Assert.AreEqual("- alert udp any any -> any [53] ( msg:\"two\"; gid:1; sid:2; )", lines[6]);
        Assert.AreEqual("+ alert icmp any any -> any any ( msg:\"three\"; itype:8; gid:1; sid:3; )", lines[7]);
        Assert.AreEqual(8, lines.Length);
        Assert.AreEqual("both tables say the same", Run("diff", old, Table("again", Probe + Other, Site)).Output.Trim());
    }

    [TestMethod]
    public void IncidentsThatComeAndGo()
    {
        string with = Table("with", Probe + Other, Site);
        string without = Table("without", Other, Site);
        string lost = Run("dry-run", with, without, Sweep).Output;
        StringAssert.Contains(lost, "sid 1 'BackOrifice 5556'", StringComparison.Ordinal);
        StringAssert.Contains(lost, "matches: 40 before, 0 now", StringComparison.Ordinal);
        StringAssert.Contains(lost, "trial: accepted, at most 0 of the newest ", StringComparison.Ordinal);
        string gained = Run("dry-run", without, with, Sweep).Output;
        StringAssert.Contains(gained, "matches: 0 before, 40 now", StringComparison.Ordinal);
        string same = Run("dry-run", with, with, Sweep).Output;
        StringAssert.Contains(same, "incidents: 0 gained, 0 lost, 0 changed, 1 the same", StringComparison.Ordinal);
    }

    [TestMethod]
    public void CapturesOfAnotherNetworkAreNoTrial()
    {
        const string Ward = "[site]\nname = \"ward 7\"\nhome = [\"10.20.30.0/24\"]\n";
        string told = Run("dry-run", Table("old", Other, Ward), Table("new", Probe + Other, Site), Sweep).Output;
        StringAssert.EndsWith(told, "\nnone of 40 IP and ARP frames is of the old table's home network, 10.20.30.0-10.20.30.255: "
            + "such captures say nothing of it\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatTheImagingEyesWouldTellIsComparedToo()
    {
        const string Home = "[site]\nname = \"ward 7\"\nhome = [\"10.20.30.0/24\"]\n";
        string capture = Repository.PathOf("tests", "captures", "imaging", "wrong-title.pcap");
        string old = Table("old", Other, Home);
        string fresh = Table("new", Other, Home + "[imaging.dicom]\nMR1 = \"10.20.30.31\"\n");
        string told = Run("dry-run", old, fresh, capture).Output;
        StringAssert.Contains(told, "incidents: 1 gained, 0 lost, 0 changed, 1 the same", StringComparison.Ordinal);
        StringAssert.Contains(told, "gained   dicom-caller, medium: 10.20.30.99 -> 10.20.30.112, ", StringComparison.Ordinal);
        string small = Table("small", Other, Home.Replace("[site]\n", "[site]\nboard = \"wt32-eth01\"\n", StringComparison.Ordinal));
        StringAssert.Contains(Run("dry-run", old, small, capture).Output, "incidents: 0 gained, 1 lost, ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ATableWithAnOpeningThatTheMirrorPortWouldNotTakeIsRefusedAsOnTheBox()
    {
        string good = Table("good", Other, Site);
        byte[] octets = File.ReadAllBytes(good);
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));

        // The first opening compares octets from the data's second on.
        octets[table.OpeningsAt + TableFormat.OpeningWhich + 1] &= 0xfe;
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] signed = TableSigner.Sign(octets, secret, 8);
        Assert.AreEqual(TableProblem.None, new SignatureTable().Load(signed, signed.Length), "the sensor itself does not look");
        const string Refused = "damaged: section 16 (octets ";
        Assert.Contains(Refused, TableVerifier.Verify(signed, [PublicKey.Of(secret)]).Reason!);
        SigtabRun run = SigtabRun.Of("dry-run", good, _folder.Write("bad.sigtab", signed), Sweep);
        Assert.AreEqual(2, run.Code);
        StringAssert.Contains(run.Errors, Refused, StringComparison.Ordinal);
        StringAssert.Contains(run.Errors, "an opening that the mirror port would not take", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ATableThatMatchesMuchIsRefusedUnlessThatIsMeant()
    {
        string old = Table("old", Other, Site);
        const string Everything = "alert ip any any -> any any ( msg:\"all\"; sid:9; )\n";
        string refused = Run("dry-run", old, Table("all", Everything, Site), Sweep).Output;
        StringAssert.Contains(refused, "trial: REFUSED at ", StringComparison.Ordinal);
        StringAssert.Contains(refused, "compile with --force-dry-run", StringComparison.Ordinal);
        string forced = Run("dry-run", old, Table("forced", Everything, Site, "--force-dry-run"), Sweep).Output;
        StringAssert.Contains(forced, "trial: accepted, ", StringComparison.Ordinal);
        StringAssert.Contains(forced, "force-dry-run says that this is meant", StringComparison.Ordinal);
    }

    [TestMethod]
    public void TheTrialSeesWhatOnlyTheNewTableAsksFor()
    {
        // Images on their way to the archive: data of established connections, which the mirror port skips for the old table.
        var images = new Capture();
        var talk = new Talk(new Hospital().Lan, images);
        talk.Connection(Capture.Utc(2026, 3, 2), "128.231.212.160", 40001, "128.231.212.35", 104, exchanges: 200);
        string pcap = _folder.Write("images.pcap", images);
        string old = Table("old", Other, Site);
        const string Data = "alert tcp any any <> any 104 ( msg:\"imaging data\"; dsize:>0; sid:9; )\n";
        string told = Run("dry-run", old, Table("data", Other + Data, Site), pcap).Output;
        StringAssert.Contains(told, "kept by the mirror port: 16 before, 806 now", StringComparison.Ordinal);
        StringAssert.Contains(told, "trial: REFUSED at ", StringComparison.Ordinal);
        StringAssert.Contains(told, " of the newest 64 frames match, more than a quarter", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ACutCaptureIsToldOnce()
    {
        string table = Table("t", Other, Site);
        string cut = _folder.Write("cut.pcap", File.ReadAllBytes(Sweep)[..^7]);
        SigtabRun run = Run("dry-run", table, table, cut);
        Assert.HasCount(1, run.Errors.Trim().Split('\n'), run.Errors);
        StringAssert.Contains(run.Errors, "cut.pcap", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AHomeThatChangedInManyRulesIsSaidOnce()
    {
        string rules = string.Concat(Enumerable.Range(1, 5).Select(n =>
            FormattableString.Invariant($"alert tcp any any -> $HOME_NET {5000 + n} ( msg:\"rule {n}\"; priority:2; sid:{n}; )\n")));
        string old = Table("old", rules, Site);
        string fresh = Table("new", rules.Replace("5003 ( msg:\"rule 3\"; priority:2", "5003 ( msg:\"rule 3\"; priority:4",
            StringComparison.Ordinal),
            Site.Replace("/23", "/24", StringComparison.Ordinal));
        CollectionAssert.AreEqual(
            new[]
            {
                "~ home: [128.231.212.0-128.231.213.255] -> [128.231.212.0-128.231.212.255]",
                "~ destination [128.231.212.0-128.231.213.255] -> [128.231.212.0-128.231.212.255] in 5 rules: 1:1, 1:2, 1:3, 1:4, 1:5",
                "~ 1:3 'rule 3': priority 2 -> 4",
            },
            Run("diff", old, fresh).Output.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
    }

    [TestMethod]
    public void WhatIsNoCaptureAndNoTableIsTold()
    {
        string table = Table("t", Other, Site);
        foreach ((string[] arguments, int code, string complaint) in new (string[], int, string)[]
        {
            (["dry-run", table, table, _folder.File("none.pcap")], 2, "none.pcap: there is no such file"),
            (["dry-run", table, table, table], 2, "is not a pcap or pcapng capture"),
            (["dry-run", table, Sweep, Sweep], 2, "no signature table"),
            (["dry-run", table, table], 1, "CAPTURE"),
            (["diff", table, _folder.Path], 2, "it is a folder"),
            (["diff", table], 1, "NEW"),
        })
        {
            SigtabRun run = SigtabRun.Of(arguments);
            Assert.AreEqual(code, run.Code, run.Errors);
            StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        }
    }

    private string Table(string name, string rules, string site, params string[] more)
    {
        string ruleFile = _folder.Write(name + ".rules", Encoding.UTF8.GetBytes(rules));
        string siteFile = _folder.Write(name + ".toml", Encoding.UTF8.GetBytes(site));
        string table = _folder.File(name + ".sigtab");
        Run(["compile", ruleFile, "--site", siteFile, "--out", table, .. more]);
        return table;
    }

    private static SigtabRun Run(params string[] arguments)
    {
        SigtabRun run = SigtabRun.Of(arguments);
        Assert.AreEqual(0, run.Code, run.Errors);
        return run;
    }
}
