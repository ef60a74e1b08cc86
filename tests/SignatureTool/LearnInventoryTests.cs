using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>sigtab learn reads a box's inventory: groups by roles, calling titles of DICOM.</summary>
[TestClass]
public sealed class LearnInventoryTests
{
    [TestMethod]
    public void GroupsAndCallersAreProposedFromLines()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", Encoding.ASCII.GetBytes(string.Concat(
            Line(1, "10.20.30.112", "role=\"pacs\" titles=\"PACS\" serves=\"dicom\""),
            Line(2, "10.20.30.31", "role=\"host\""),
            Line(3, "10.20.30.31", "role=\"modality\" titles=\"CT1,CT1_Q\" asks=\"dicom\""),
            Line(4, "10.20.30.33", "role=\"workstation\" titles=\"WS3\" asks=\"dicom,web\""),
            Line(5, "10.20.30.42", "role=\"interface\" serves=\"hl7\""),
            Line(6, "10.20.30.53", "role=\"server\" serves=\"dns\""),
            Line(7, "aa:00:04:00:07:04", "role=\"host\" legacy=\"decnet\""))));
        SigtabRun run = SigtabRun.Of("learn", path);
        Assert.AreEqual(0, run.Code, run.Errors);
        Assert.Contains("home = [\"10.20.30.0/24\"]", run.Output);
        Assert.Contains("# 10.20.30.112: the box calls it pacs; serves dicom; titles PACS\nPACS = [\"10.20.30.112\"]", run.Output);
        Assert.Contains("MODALITIES = [\"10.20.30.31\"]", run.Output);
        Assert.Contains("HL7_SERVERS = [\"10.20.30.42\"]", run.Output);
        Assert.Contains("DNS_SERVERS = [\"10.20.30.53\"]", run.Output);
        Assert.Contains("[imaging.dicom]\n\"CT1\" = [\"10.20.30.31\"]\n\"WS3\" = [\"10.20.30.33\"]\n# A line has a _ for any character but letters, "
            + "digits, . and -: MR_1 may be \"MR 1\". Write these titles as the devices have them, and take the # away:\n# \"CT1_Q\" = "
            + "[\"10.20.30.31\"]\n", run.Output.Replace("\n#   ", " ", StringComparison.Ordinal));
        Assert.DoesNotContain("\"PACS\" = ", run.Output, "who only is called is no caller");
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "")], ("site.toml", run.Output), new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics.Select(d => d.ToString()).Append(run.Output)));
    }

    [TestMethod]
    public void NobodyOutsideAndNobodyOfTwoNamesIsAMember()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", Encoding.ASCII.GetBytes(string.Concat(
            Line(1, "10.20.1.5", "role=\"pacs\" titles=\"PACS\" serves=\"dicom,dns\" asks=\"hl7\""),
            Line(2, "203.0.113.5", "role=\"modality\" titles=\"FAR\" asks=\"dicom\""),
            Line(3, "198.51.100.9", "role=\"host\" serves=\"web\""),
            Line(4, "10.20.1.7", "role=\"modality\" titles=\"CT1\" asks=\"dicom\""),
            Line(5, "10.20.1.7", "role=\"host\"", "tap-000002"),
            Line(6, "10.20.1.5", "role=\"modality\" titles=\"US1\" asks=\"dicom\"", "tap-000002"))));
        SigtabRun run = SigtabRun.Of("learn", path, "--home", "10.20.0.0/16");
        Assert.AreEqual(0, run.Code, run.Errors);
        Assert.Contains("MODALITIES = [\"10.20.1.7\"]\n", run.Output);
        Assert.Contains("[imaging.dicom]\n\"CT1\" = [\"10.20.1.7\"]\n", run.Output);
        Assert.Contains("# 203.0.113.5 is in no list: it is outside home\n", run.Output);
        Assert.Contains("# 10.20.1.5 is in no list: tap-000002 calls it modality, tap-000001 calls it pacs: two machines with one address, or one",
            run.Output);
        foreach (string absent in new[] { "PACS = ", "DNS_SERVERS", "\"203.0.113.5", "\"FAR\"", "\"US1\"", "198.51.100.9" })
        {
            Assert.DoesNotContain(absent, run.Output);
        }
    }

    [TestMethod]
    public void WhoIsToldOfAndNotExplainedIsNoMember()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("tap.log", Encoding.ASCII.GetBytes(string.Concat(
            Line(1, "10.20.1.7", "role=\"modality\" titles=\"CT1\" asks=\"dicom\""),
            Line(2, "10.20.1.8", "role=\"modality\" titles=\"EVIL\" asks=\"dicom\""),
            Line(3, "10.20.1.9", "role=\"modality\" titles=\"US9\" asks=\"dicom\""),
            Line(4, "10.20.1.10", "role=\"modality\" titles=\"MG2\" asks=\"dicom\""),
            Line(5, "10.20.1.11", "role=\"modality\" titles=\"XA3\" asks=\"dicom\""),
            Incident(1, "dicom-guess", 4, "10.20.1.8", ""),
            Incident(2, "sweep", 2, "10.20.1.9", ""),
            Incident(3, "sweep", 1, "10.20.1.10", ""),
            Incident(4, "sweep", 3, "10.20.1.11", "expected=\"inventory\" "))));
        SigtabRun run = SigtabRun.Of("learn", path);
        Assert.AreEqual(0, run.Code, run.Errors);
        Assert.Contains("# 10.20.1.8 is in no list: it is the source of #1 dicom-guess, severity 4, which nothing explains\n", run.Output);
        Assert.Contains("# 10.20.1.9 is in no list: it is the source of #2 sweep, severity 2, which nothing explains\n", run.Output);
        Assert.Contains("MODALITIES = [\"10.20.1.7\", \"10.20.1.10-10.20.1.11\"]\n", run.Output);
        Assert.Contains("[imaging.dicom]\n\"CT1\" = [\"10.20.1.7\"]\n\"MG2\" = [\"10.20.1.10\"]\n\"XA3\" = [\"10.20.1.11\"]\n", run.Output);
        Assert.DoesNotContain("EVIL", run.Output);
        Assert.DoesNotContain("US9", run.Output);
    }

    private static string Incident(int id, string kind, int severity, string source, string more) => FormattableString.Invariant(
        $"<85>1 2026-03-02T00:01:0{id}.000Z tap-000001 tap 1 {kind} [incident@32473 id=\"{id}\" state=\"closed\" severity=\"{severity}\" ")
        + FormattableString.Invariant($"sid=\"0\" proto=\"tcp\" src=\"{source}\" srcs=\"1\" dst=\"10.20.1.0/24\" dsts=\"9\" dport=\"104\" ")
        + FormattableString.Invariant($"frames=\"9\" {more}site=\"x\"][meta sequenceId=\"{10 + id}\" sysUpTime=\"100\"] words\n");

    private static string Line(int sequence, string address, string facts, string box = "tap-000001") => FormattableString.Invariant(
        $"<86>1 2026-03-02T00:00:0{sequence}.000Z {box} tap 1 inventory [inventory@32473 part=\"host\" address=\"{address}\" {facts} site=\"x\"][meta sequenceId=\"{sequence}\" sysUpTime=\"100\"] words\n");
}
