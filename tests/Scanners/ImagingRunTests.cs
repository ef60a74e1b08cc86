using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Imaging.Frames;
using Appliance.Playback;
using Appliance.Scanners.Tests.Lab;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// The real programs of an imaging network run again, each on the VLAN of namespaces, and the same is told of them as of the
/// committed captures. With <c>TAP_LAB=write</c> what they sent takes the place of the captures.
/// </summary>
[TestClass]
[NeedsTool("ip")]
[NeedsTool("ss")]
[NeedsTool("tcpdump")]
[NeedsTool("ethtool")]
[NeedsTool("nft")]
[NeedsTool("busybox")]
public sealed class ImagingRunTests
{
    /// <summary>Frames of an image's bulk are longer.</summary>
    private const int Bulk = 1_000;

    private static readonly Lazy<(LabRun? Run, string Problem)> Shared = new(() =>
    {
        LabRun? run = LabRun.Make([false], out string problem);
        return (run, problem);
    });

    public static IEnumerable<object[]> Names => LabCapture.Read(ImagingCaptureTests.Folder).Where(entry => entry.Again)
        .Select(entry => new object[] { entry.Name });

    [ClassCleanup]
    public static void EndNetwork()
    {
        if (Shared.IsValueCreated)
        {
            Shared.Value.Run?.Dispose();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void TheProgramsThemselvesAreToldRightly(string name)
    {
        LabCapture entry = LabCapture.Read(ImagingCaptureTests.Folder).Single(entry => entry.Name == name);
        string[] missing = [.. entry.Tools.Where(tool => NeedsToolAttribute.Find(tool) is null)];
        if (missing.Length > 0 && !NeedsToolAttribute.IsCi)
        {
            Assert.Inconclusive("not installed on this machine: " + string.Join(", ", missing));
        }

        Capture capture = Record(entry, out string said);
        LabFiles.WriteAnew(ImagingCaptureTests.Folder, entry, capture);
        Findings findings = Tap.Replay(capture, Site.Home(Vlan.Net + "0/24", entry.Profile));
        IReadOnlyList<string> complaints = RightAnswer.Complaints(entry, findings);
        Assert.IsEmpty(complaints, string.Join(Environment.NewLine,
            complaints.Append(RightAnswer.Said(findings)).Append("the program said: " + said)));
        if (entry.Ends > 0)
        {
            BulkIsSkipped(capture);
        }
    }

    // Of the bulk of an image the mirror port keeps less than one segment in 100,000, beside one in so many as a sign of life.
    private static void BulkIsSkipped(Capture capture)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "")], ("site.toml", Site.Home(Vlan.Net + "0/24")),
            new CompileOptions { AllowEmpty = true });
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table!, compiled.Table!.Length));
        var intake = new FrameIntake();
        intake.UseInterest(table);
        int bulk = 0;
        int meant = 0;
        int kept = 0;
        foreach (TimedFrame frame in capture.Frames)
        {
            Interest interest = intake.Take(frame.Bytes, 0, frame.Bytes.Length, frame.WireLength, frame.Time);
            if (frame.WireLength >= Bulk)
            {
                bulk++;
                bool isMeant = interest == Interest.Keep && IsOfAnAssociation(frame.Bytes);
                meant += isMeant ? 1 : 0;
                kept += interest == Interest.Keep && !isMeant ? 1 : 0;
            }
        }

        Assert.AreEqual(2, meant, "the request and its acceptance, of many presentation contexts");
        Assert.IsGreaterThan(100_000, bulk, "200 MB in segments of 1,448 octets");
        Assert.IsLessThanOrEqualTo(bulk / 100_000, kept, $"of {bulk} segments of bulk");
    }

    private static bool IsOfAnAssociation(byte[] frame)
    {
        const int Tcp = 34;
        int data = Tcp + (frame[Tcp + 12] >> 4 << 2);
        return DicomPdu.TypeOf(frame, data, frame.Length - data, Bulk) is DicomPdu.Request or DicomPdu.Accept;
    }

    private static Capture Record(LabCapture entry, out string said)
    {
        (LabRun? run, string problem) = Shared.Value;
        if (run is null)
        {
            Assert.Inconclusive(problem);
        }

        return run.Record(entry, out said);
    }
}
