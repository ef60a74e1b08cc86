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
/// Every technique of a scanner is one incident with its actor, hosts and ports, on a quiet network and amid ordinary traffic.
/// What the sensor does not tell rightly stands in the manifest as <c>seen = false</c> with its reason; the day it does, that
/// line has to change.
/// </summary>
[TestClass]
public sealed class ScannerCaptureTests
{
    private const string Folder = "scanners";

    public static IEnumerable<object[]> Names => LabCapture.Read(Folder).Select(entry => new object[] { entry.Name });

    public static IEnumerable<object[]> NamesOfOneOutsider => LabCapture.Read(Folder)
        .Where(entry => entry.Src is "203.0.113.66" or "2001:db8:bad::66").Select(entry => new object[] { entry.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void ATechniqueIsOneIncident(string name)
    {
        LabCapture entry = LabCapture.Read(Folder).Single(entry => entry.Name == name);
        Capture capture = PcapFile.Read(LabCapture.PathOf(Folder, name + ".pcap"));
        Assert.HasCount(entry.Frames, capture.Frames, "the manifest's frames are the file's");
        Findings quiet = Tap.Replay(capture, Profile());
        Findings ordinary = Tap.Replay(Amid(capture), Profile());
        string[] complaints = [.. entry.Complaints(quiet), .. entry.Complaints(ordinary, isAmidOthers: true)
            .Select(said => "amid ordinary traffic: " + said)];
        string told = string.Join(Environment.NewLine,
            [string.Join(Environment.NewLine, complaints), Told(quiet), "amid ordinary traffic:", Told(ordinary)]);
        if (Environment.GetEnvironmentVariable("TAP_LAB_SAID") is { Length: > 0 } path)
        {
            File.AppendAllText(path, $"## {name} {entry.Command}{Environment.NewLine}{told}{Environment.NewLine}");
        }

        bool isNamed = entry.Tool.Length > 0 && quiet.Incidents.Count == 1 && quiet.Incidents[0]["tool"] == entry.Tool;
        if (LabFiles.Judge(Folder, name, "seen", complaints.Length == 0)
            && (entry.Tool.Length == 0 || LabFiles.Judge(Folder, name, "named", isNamed)))
        {
            return;
        }

        Assert.AreEqual(entry.Seen, complaints.Length == 0,
            entry.Seen ? told : $"it is told now: set seen = true in the manifest{Environment.NewLine}{told}");
        Assert.AreEqual(entry.Named, isNamed,
            $"tool={entry.Tool}: named = {entry.Named} in the manifest{Environment.NewLine}{told}");
    }

    [TestMethod]
    [DynamicData(nameof(NamesOfOneOutsider))]
    public void OnesOwnScannerIsExpectedWhateverItTries(string name)
    {
        // It stands behind the router, which asks by ARP for whom it is to forward to.
        string expected = string.Join(Environment.NewLine, new[] { "203.0.113.66", "2001:db8:bad::66", Vlan.Net + "254" }.Select(source =>
            $"[[expected]]{Environment.NewLine}name = \"vulnerability scanner\"{Environment.NewLine}source = \"{source}\""));
        Findings findings = Tap.Replay(PcapFile.Read(LabCapture.PathOf(Folder, name + ".pcap")),
            Site.Home($"{Vlan.Net}0/24 {Vlan.Net6}/64 fe80::/10", expected));
        string[] louder = [.. findings.Lines.Where(line => line.IsIncident && line.Number("severity") > 1).Select(line => line.Text)];
        Assert.IsEmpty(louder, string.Join(Environment.NewLine, louder));
        bool isSeen = LabCapture.Read(Folder).Single(entry => entry.Name == name).Seen;
        Assert.IsTrue(!isSeen || findings.Lines.Any(line => line["expected"] == "vulnerability scanner"), "it is still told");
    }

    [TestMethod]
    public void EveryFileHasItsEntryAndAllAreSmall()
    {
        string[] files = [.. Directory.GetFiles(LabCapture.PathOf(Folder, string.Empty), "*.pcap")
            .Select(Path.GetFileNameWithoutExtension).Order()!];
        CollectionAssert.AreEqual(LabCapture.Read(Folder).Select(entry => entry.Name).Order().ToArray(), files);
        foreach (string file in files)
        {
            Assert.IsLessThan(60_000, new FileInfo(LabCapture.PathOf(Folder, file + ".pcap")).Length, file);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void TheManifestSaysWhatTheFileShows(string name)
    {
        LabCapture entry = LabCapture.Read(Folder).Single(entry => entry.Name == name);
        Essentials file = Essentials.Of(entry, PcapFile.Read(LabCapture.PathOf(Folder, name + ".pcap")));

        // One more is the actor itself, which announces its address, or the zombie of an idle scan.
        int most = entry.Dsts + 1;
        Assert.IsTrue(entry.Dsts == 0 || (file.Hosts >= entry.Dsts && file.Hosts <= most), $"{file} is not {entry.Dsts} hosts");

        // The protocols of -sO are no ports.
        bool isOfPorts = entry.Ports > 0 && entry.Name != "nmap-sO";
        Assert.IsTrue(!isOfPorts || (file.Ports >= entry.Ports && file.Ports <= entry.Ports + 1),
            $"{file} is not {entry.Ports} ports");
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void WhatIsNotToldRightlyHasAReason(string name)
    {
        LabCapture entry = LabCapture.Read(Folder).Single(entry => entry.Name == name);
        Assert.AreEqual(!entry.Seen, entry.Why.Length > 20, "a reason stands where it is needed, and nowhere else");
    }

    /// <summary>The lab's home, as its site profile would say.</summary>
    internal static string Profile() => Site.Home($"{Vlan.Net}0/24 {Vlan.Net6}/64 fe80::/10");

    /// <summary>A capture of the lab amid ordinary hours of other hosts of the same VLAN.</summary>
    internal static Capture Amid(Capture capture)
    {
        var hospital = new Hospital(Vlan.Net, Vlan.Net + "0/24", Vlan.Net6 + "/64");
        var parts = new List<Capture> { capture };
        long first = capture.Frames[0].Time;
        for (long hour = first - (20 * Capture.Minute); hour <= capture.Frames[^1].Time; hour += Capture.Hour)
        {
            parts.Add(new OrdinaryTraffic(hospital, (int)((hour / Capture.Hour) & 0xffff)).Hour(hour).Build());
        }

        return Capture.Merge(parts);
    }

    private static string Told(Findings findings) =>
        string.Join(Environment.NewLine, findings.Incidents.Take(8).Select(incident => incident.Text)
            .DefaultIfEmpty("(no incident)"));
}
