using System;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>What kept a box from seeing, when several things do at once, and what the first page says of it.</summary>
[TestClass]
public sealed class BoxConditionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void TwoFaultsAtOnceAreBothToldUntilEachEnds()
    {
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "mirror", "foreign");
        box.Health(Start.AddMinutes(20), "mirror", "doubled");
        string both = Boxes(box);
        StringAssert.Contains(both, "another site's from 2026-03-01 00:10 and still so.");
        StringAssert.Contains(both, "each frame came twice from 2026-03-01 00:20 and still so.");
        box.Health(Start.AddMinutes(30), "mirror", "home");
        string one = Boxes(box);
        StringAssert.Contains(one, "another site's from 2026-03-01 00:10 until 2026-03-01 00:30.");
        StringAssert.Contains(one, "each frame came twice from 2026-03-01 00:20 and still so.");
        box.Health(Start.AddMinutes(40), "mirror", "single");
        StringAssert.Contains(Boxes(box), "each frame came twice from 2026-03-01 00:20 until 2026-03-01 00:40.");
    }

    [TestMethod]
    public void TodaysSentenceIsOfWhatLastsAndNotOfWhatIsOver()
    {
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "mirror", "silent");
        box.Health(Start.AddMinutes(20), "mirror", "frames");
        box.Health(Start.AddMinutes(30), "mirror", "doubled");
        StringAssert.Contains(ReportText.Of(box.Lines).Section("What needs somebody today"),
            "tap-000001 (ward-3): Blind: each frame came twice from 2026-03-01 00:30 and still so.");
    }

    [TestMethod]
    public void ADetectorThatForgetsIsBlindByNameUntilItSeesAgain()
    {
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "detector", "blind", " which=\"slow-scan dark-host\" why=\"suspicions hosts\" since=\"0\"");
        string now = Boxes(box);
        StringAssert.Contains(now, "Blind: more happened than a detector can remember, so that its silence means nothing "
            + "(slow-scan, dark-host) from 2026-03-01 00:10 and still so.");
        StringAssert.Contains(now, "0 of 1 box watch");
        box.Health(Start.AddMinutes(80), "detector", "sees", " which=\"slow-scan dark-host\" why=\"suspicions hosts\" since=\"4200\"");
        string over = Boxes(box);
        StringAssert.Contains(over, "(slow-scan, dark-host) from 2026-03-01 00:10 until 2026-03-01 01:20.");
        StringAssert.Contains(over, "1 of 1 box watch");
    }

    [TestMethod]
    public void AReceiverThatWasResetGoesOn()
    {
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "receiver", "reset", " resets=\"1\"");
        StringAssert.Contains(Boxes(box), "1 of 1 box watch.");
        StringAssert.Contains(Boxes(box), "the receiver stalled and was reset from 2026-03-01 00:10 until 2026-03-01 00:10.");
    }

    [TestMethod]
    public void WhatWasSeenOfTheImagingNetworkIsToldAndIsNoFault()
    {
        BoxLines box = Watching();
        box.Inventory(Start.AddMinutes(59), 210, 3, 1, 88);
        StringAssert.Contains(Boxes(box), "Of the imaging network it counted by 2026-03-01 00:59: 210 DICOM associations in the clear, 3 "
            + "rejected, "
            + "1 connection in TLS at ports of DICOM, which can't be read, 88 HL7 messages.");
        Assert.DoesNotContain("still so", Boxes(box));
    }

    [TestMethod]
    public void WhatABoxHasNoEyesForAndWhatItsProfileAcceptsIsSaid()
    {
        const string Eyeless = "It has no eyes for DICOM and HL7, for which its board lacks the memory";
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "self-test", "passed", " eyes=\"well\"");
        box.Inventory(Start.AddMinutes(59), 210, 3, 1, 88, " accepted=\"tls,vnc\"");
        StringAssert.Contains(Boxes(box), "88 HL7 messages. Not told of hosts of which the profile accepts it: tls, vnc.");
        Assert.DoesNotContain(Eyeless, Boxes(box));
        box.Health(Start.AddMinutes(60), "self-test", "passed", " eyes=\"none\"");
        StringAssert.Contains(Boxes(box), Eyeless);
    }

    [TestMethod]
    public void RotatedFilesSayTheSameInWhateverOrderTheyAreGiven()
    {
        BoxLines box = Watching();
        box.Health(Start.AddMinutes(10), "mirror", "foreign");
        box.Told(Start.AddMinutes(5), 7, 30, "open", "sweep", 2, Sweep(9), "9 hosts, severity 3+2-3");
        box.Health(Start.AddMinutes(70), "mirror", "home");
        box.Told(Start.AddMinutes(5), 7, 4000, "closed", "sweep", 3, Sweep(40), "40 hosts, severity 3+2-3+1 answered");
        box.Watch(Start.AddMinutes(71), Start.AddMinutes(90));
        string[] lines = [.. box.Timed.OrderBy(l => l.Time).Select(l => l.Text)];
        using var folder = new TemporaryFolder();
        string old = folder.Write("tap.log.1", Octets(lines[..60]));
        string now = folder.Write("tap.log", Octets(lines[60..]));
        string ordered = WithoutMaking(ReportText.OfFiles([old, now]).Run.Expect(0).Output);
        StringAssert.Contains(ordered, "until 2026-03-01 01:10.");
        StringAssert.Contains(ordered, "40 hosts");
        Assert.AreEqual(ordered, WithoutMaking(ReportText.OfFiles([now, old]).Run.Expect(0).Output));
    }

    private static string Sweep(int hosts) => "sid=\"1000101\" proto=\"tcp\" src=\"198.51.100.7\" srcs=\"1\" dst=\"10.1.7.0/24\" "
        + $"dsts=\"{hosts}\" "
        + $"dport=\"12345\" frames=\"{hosts}\" name=\"NetBus\"";

    private static byte[] Octets(string[] lines) => System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");

    // The page says when it was made.
    private static string WithoutMaking(string text) =>
        string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("- made:", StringComparison.Ordinal)));

    private static BoxLines Watching()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(Start, Start.AddMinutes(60));
        box.Incident(Start, 5, "sweep", 2, Sweep(9));
        return box;
    }

    private static string Boxes(BoxLines box) => ReportText.Of(box.Lines).Section("Which boxes saw");
}
