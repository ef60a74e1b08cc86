using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// What the real programs of an imaging network send: of each run the manifest says which incidents are right, with their actors
/// and counts, that there are no others, and what stands in the inventory.
/// </summary>
[TestClass]
public sealed class ImagingCaptureTests
{
    /// <summary>The captures' folder.</summary>
    internal const string Folder = "imaging";

    public static IEnumerable<object[]> Names => LabCapture.Read(Folder).Select(entry => new object[] { entry.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void WhatIsRightIsToldAndNothingElse(string name)
    {
        LabCapture entry = LabCapture.Read(Folder).Single(entry => entry.Name == name);
        Capture capture = PcapFile.Read(LabCapture.PathOf(Folder, name + ".pcap"));
        Assert.HasCount(entry.Frames, capture.Frames, "the manifest's frames are the file's");
        Findings findings = Tap.Replay(capture, Site.Home(Vlan.Net + "0/24", entry.Profile));
        IReadOnlyList<string> complaints = RightAnswer.Complaints(entry, findings);
        Assert.IsEmpty(complaints, string.Join(Environment.NewLine, complaints.Append(RightAnswer.Said(findings))));
    }

    /// <summary>
    /// Ordinary life, scanners and the ten detects are none of an imaging network's stories: but for a monitor's agents, which do
    /// answer to "public". What public captures show stands in tests/Simulator/PublicCaptureTests.cs.
    /// </summary>
    [TestMethod]
    public void OfOtherCapturesNothingOfAnImagingNetworkIsToldThatIsNotSo()
    {
        string[] kinds = ["dicom-guess", "dicom-caller", "weak-service", "new-host"];
        string[] files = [.. new[] { "ordinary", "scanners", "" }.SelectMany(name =>
            Directory.GetFiles(Repository.PathOf("tests", "captures", name), "*.pcap"))];
        Assert.IsGreaterThan(60, files.Length);
        var told = new System.Collections.Concurrent.ConcurrentBag<string>();
        System.Threading.Tasks.Parallel.ForEach(files, file =>
        {
            bool isDetect = Path.GetFileName(file).StartsWith("detect", StringComparison.Ordinal);
            Findings findings = Tap.ReplayFiles([file], Site.Home(isDetect ? "128.231.212.0/23" : Vlan.Net + "0/24"));
            foreach (AlertLine incident in findings.Incidents.Where(i => kinds.Contains(i.Kind) && i.Number("severity") >= 2))
            {
                told.Add($"{Path.GetFileName(file)}: {incident.Kind} {incident["name"]} {incident["dst"]}");
            }
        });
        string[] agents = ["110", "111", "112", "113", "118", "119", "120"];
        CollectionAssert.AreEqual(
            agents.Select(agent => $"snmp-poll.pcap: weak-service SNMP default community {Vlan.Net}{agent}").ToArray(),
            told.Order(StringComparer.Ordinal).ToArray());
    }

    [TestMethod]
    public void EveryFileHasItsEntryAndAllAreSmall()
    {
        string[] files = [.. Directory.GetFiles(LabCapture.PathOf(Folder, string.Empty), "*.pcap")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];
        CollectionAssert.AreEqual(LabCapture.Read(Folder).Select(entry => entry.Name).Order(StringComparer.Ordinal).ToArray(), files);
        foreach (string file in files)
        {
            Assert.IsLessThan(60_000, new FileInfo(LabCapture.PathOf(Folder, file + ".pcap")).Length, file);
        }
    }

    [TestMethod]
    public void WhatAMessageSaysOfAPatientStandsInNoLine()
    {
        string[] secrets = ["DOE", "JANE", "4711", "GLUCOSE", "TEST_PATIENT", "TEST^PATIENT"];
        foreach (LabCapture entry in LabCapture.Read(Folder))
        {
            Findings findings = Tap.ReplayFiles([LabCapture.PathOf(Folder, entry.Name + ".pcap")],
                Site.Home(Vlan.Net + "0/24", entry.Profile));
            Assert.IsFalse(findings.Lines.Any(line => secrets.Any(secret => line.Text.Contains(secret, StringComparison.Ordinal))),
                entry.Name + Environment.NewLine + RightAnswer.Said(findings));
        }
    }
}
