using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>What tapsim tells of the conversations of real tools: nmap's DICOM scripts, DCMTK, Orthanc, HL7 over MLLP.</summary>
[TestClass]
public sealed class ImagingCaptureTests
{
    [TestMethod]
    public void NmapIsKnownByItsFirstPacketAndAGuessByItsThirdTitle()
    {
        string[] told = Told("dicom-brute");
        StringAssert.Contains(told[0], " dicom-caller [incident@32473 id=\"1\" state=\"open\" severity=\"2\"");
        StringAssert.Contains(told[0], " frames=\"1\" name=\"ECHOSCU\"");
        StringAssert.Contains(told[0], " tool=\"nmap\"");
        string guess = told.First(line => line.Contains(" dicom-guess [", StringComparison.Ordinal));
        StringAssert.Contains(guess, "id=\"1\" state=\"update\" severity=\"3\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.99\" srcs=\"1\" dst=\"10.20.30.112\"");
        StringAssert.Contains(guess, " refused=\"3\"");
        string found = told.First(line => line.Contains(" answered=\"1\"", StringComparison.Ordinal));
        StringAssert.Contains(found, "severity=\"4\"");
        StringAssert.Contains(found, "name=\"ORTHANC\" answeredBy=\"10.20.30.112\"");
        StringAssert.Contains(told[^1], "state=\"closed\"");
        Assert.IsTrue(told.All(line => line.Contains(" id=\"1\" ", StringComparison.Ordinal)), "one story: " + string.Join('\n', told));
    }

    [TestMethod]
    public void NmapsPingIsATools()
    {
        string[] told = Told("dicom-ping");
        StringAssert.Contains(told[0], " dicom-caller [");
        StringAssert.Contains(told[0], " tool=\"nmap\"");
        Assert.IsFalse(told.Any(line => line.Contains(" dicom-guess [", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void AWrongTitleIsToldLowAndOnce()
    {
        string[] told = Told("wrong-title");
        CollectionAssert.AreEqual(new[] { "open", "closed" }, told.Select(Parameter("state")).ToArray());
        Assert.IsTrue(told.All(line => line.Contains(" dicom-caller [", StringComparison.Ordinal)
            && line.Contains("severity=\"2\"", StringComparison.Ordinal) && line.Contains("name=\"CT1\"", StringComparison.Ordinal)));
        StringAssert.Contains(told[0], "called PACS_OLD");
    }

    [TestMethod]
    public void OrdinaryWorkIsCountedAndNotTold()
    {
        Assert.IsEmpty(Told("dcmtk"));
        string day = Lines("dcmtk").First(line => line.Contains(" inventory [", StringComparison.Ordinal));
        StringAssert.Contains(day, "associations=\"5\" rejected=\"0\" tls=\"0\" messages=\"0\"");
    }

    [TestMethod]
    public void AnAssociationInTlsIsUnreadableAndASenderThatMovedIsTold()
    {
        string day = Lines("tls-hl7").First(line => line.Contains(" inventory [", StringComparison.Ordinal));
        StringAssert.Contains(day, "associations=\"0\" rejected=\"0\" tls=\"1\" messages=\"4\"");
        string[] told = Told("tls-hl7");
        StringAssert.Contains(told[0], "HL7 name at another address than before: LAB at 10.20.30.98 to 10.20.30.112 port 2575, called RIS, before from 10.20.30.99");
        Assert.IsFalse(Lines("tls-hl7").Any(line => line.Contains("DOE", StringComparison.Ordinal) || line.Contains("GLUCOSE", StringComparison.Ordinal)));
    }

    private static Func<string, string> Parameter(string name) => line =>
        line.Split(' ').Single(word => word.StartsWith(name + "=\"", StringComparison.Ordinal)).Split('"')[1];

    private static IReadOnlyList<string> Lines(string capture) =>
        TapsimRun.Run("replay", Repository.PathOf("tests", "captures", "imaging", capture + ".pcap"), "--alerts", "-").Expect(0).Lines;

    // The lines of incidents of the imaging network.
    private static string[] Told(string capture) =>
        [.. Lines(capture).Where(line => line.Contains(" dicom-", StringComparison.Ordinal))];
}
