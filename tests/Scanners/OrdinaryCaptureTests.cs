using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Ordinary life that looks like probing is told at most as the manifest allows. Where the sensor says too much yet, the manifest
/// has <c>quiet = false</c>; the day it does not, that line has to change.
/// </summary>
[TestClass]
public sealed class OrdinaryCaptureTests
{
    private const string Folder = "ordinary";

    public static IEnumerable<object[]> Names => LabCapture.Read(Folder).Select(entry => new object[] { entry.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void OrdinaryLifeStaysQuiet(string name)
    {
        LabCapture entry = LabCapture.Read(Folder).Single(entry => entry.Name == name);
        Capture capture = PcapFile.Read(LabCapture.PathOf(Folder, name + ".pcap"));
        Assert.HasCount(entry.Frames, capture.Frames, "the manifest's frames are the file's");
        Findings quiet = Tap.Replay(capture, ScannerCaptureTests.Profile());
        Findings ordinary = Tap.Replay(ScannerCaptureTests.Amid(capture), ScannerCaptureTests.Profile());
        bool isRight = quiet.Incidents.Concat(ordinary.Incidents).All(incident => incident.Number("severity") <= entry.Most
            && (entry.Kind.Length == 0 || incident.Kind == entry.Kind));
        string told = string.Join(Environment.NewLine, quiet.Incidents.Concat(ordinary.Incidents)
            .Select(incident => incident.Text));
        if (Environment.GetEnvironmentVariable("TAP_LAB_SAID") is { Length: > 0 } path)
        {
            string verdict = isRight ? string.Empty : "too much";
            File.AppendAllText(path, string.Join(Environment.NewLine, "## " + name, verdict, told, string.Empty));
        }

        if (LabFiles.Judge(Folder, name, "quiet", isRight))
        {
            return;
        }

        Assert.AreEqual(entry.Quiet, isRight, entry.Quiet
            ? $"severity {entry.Most} at most, but told was:{Environment.NewLine}{told}"
                : "it is quiet now: set quiet = true in the manifest");
    }

    [TestMethod]
    public void EveryFileHasItsEntry()
    {
        string[] files = [.. Directory.GetFiles(LabCapture.PathOf(Folder, string.Empty), "*.pcap")
            .Select(Path.GetFileNameWithoutExtension).Order()!];
        CollectionAssert.AreEqual(LabCapture.Read(Folder).Select(entry => entry.Name).Order().ToArray(), files);
    }
}
