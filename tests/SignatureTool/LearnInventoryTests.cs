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
        Assert.Contains("[imaging.dicom]\n\"CT1\" = [\"10.20.30.31\"]\n\"CT1_Q\" = [\"10.20.30.31\"]\n\"WS3\" = [\"10.20.30.33\"]\n", run.Output);
        Assert.DoesNotContain("\"PACS\" = ", run.Output, "who only is called is no caller");
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "")], ("site.toml", run.Output), new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics.Select(d => d.ToString()).Append(run.Output)));
    }

    private static string Line(int sequence, string address, string facts) => FormattableString.Invariant(
        $"<86>1 2026-03-02T00:00:0{sequence}.000Z tap-000001 tap 1 inventory [inventory@32473 part=\"host\" address=\"{address}\" {facts} site=\"x\"][meta sequenceId=\"{sequence}\" sysUpTime=\"100\"] words\n");
}
