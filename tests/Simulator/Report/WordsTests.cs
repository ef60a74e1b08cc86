using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>What a report says of an incident where its kind, or what its lines had no room for, asks for other words.</summary>
[TestClass]
public sealed class WordsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void OfAPortScanPortsRefuseAndAreSilent()
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, "port-scan", 3, "sid=\"0\" proto=\"tcp\" src=\"203.0.113.77\" srcs=\"1\" dst=\"10.20.0.25\" dsts=\"1\" "
            + "dport=\"0\" frames=\"1000\" answeredBy=\"22,80\" answered=\"2\" refused=\"990\" silent=\"8\"");
        string targeting = Heading(box, "Targeting");
        StringAssert.Contains(targeting, "2 ports answered: 22 (SSH) and 80 (HTTP).");
        StringAssert.Contains(targeting, "990 ports refused: the host is there, and does not serve them.");
        StringAssert.Contains(targeting, "8 ports did not answer.");
    }

    [TestMethod]
    public void EveryHostOfAGraveIncidentThatAnyLineNamesIsNamed()
    {
        var box = new BoxLines("tap-1", "ward");
        const string facts = "sid=\"1000101\" proto=\"tcp\" src=\"203.0.113.77\" srcs=\"1\" dst=\"10.20.0.0/27\" dsts=\"9\" "
            + "dport=\"12345\" frames=\"9\" "
            + "name=\"NetBus\" answeredBy=\"HOSTS+\" answered=\"7\"";
        box.Told(Start, 1, 0, "open", "sweep", 5, facts.Replace("HOSTS", "10.20.0.1,10.20.0.2,10.20.0.3,10.20.0.4",
            StringComparison.Ordinal), "w");
        box.Told(Start, 1, 9, "closed", "sweep", 5,
            facts.Replace("HOSTS", "10.20.0.3,10.20.0.4,10.20.0.5,10.20.0.6", StringComparison.Ordinal), "w");
        const string six = "10.20.0.1, 10.20.0.2, 10.20.0.3, 10.20.0.4, 10.20.0.5 and 10.20.0.6";
        string targeting = Heading(box, "Targeting");
        StringAssert.Contains(targeting, $"7 hosts answered: {six} and 1 that no line had room for.");
        StringAssert.Contains(targeting, $"The lines name {six}; of 3 more hosts no line had room for the address.");
        StringAssert.Contains(Heading(box, "Action recommendation"),
            "Look first at 10.20.0.1, 10.20.0.2, 10.20.0.3, 10.20.0.4, 10.20.0.5, 10.20.0.6 and 1 more, which answered.");
    }

    [TestMethod]
    [DataRow("64", "TTL 64: the sender is on the same segment, with no router between, if it began with 64.")]
    [DataRow("63", "TTL 63: the sender is about 1 hop away, if it began with 64.")]
    public void WhoIsNoRouterAwayIsOnTheSameSegment(string ttl, string said)
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, "sweep", 2, "sid=\"0\" proto=\"tcp\" src=\"10.20.0.77\" srcs=\"1\" dst=\"10.20.0.0/27\" dsts=\"9\" dport=\"23\" "
            + $"frames=\"9\" ttl=\"{ttl}\"");
        StringAssert.Contains(Heading(box, "Technique"), said);
    }

    [TestMethod]
    public void TheSumIsThatOfALineThatHadRoomForIt()
    {
        var box = new BoxLines("tap-1", "ward");
        const string facts = "sid=\"0\" proto=\"tcp\" src=\"203.0.113.77\" srcs=\"1\" dst=\"10.20.0.0/24\" dsts=\"9\" dport=\"445\" "
            + "frames=\"9\"";
        box.Told(Start, 1, 0, "open", "sweep", 2, facts, "9 hosts, severity 3+2-3");
        box.Told(Start, 1, 5, "update", "sweep", 3, facts, "20 hosts, severity 3+2-3+1 answered");
        box.Told(Start, 1, 9, "closed", "sweep", 3, facts, "40 hosts of a network whose line had no room for more words than these");
        StringAssert.Contains(Heading(box, "Severity"),
            "3 of 5 (medium) = criticality 3 + lethality 2 - countermeasures 3 + 1, since something answered, as the box says.");
    }

    [TestMethod]
    [DataRow("dicom-guess", "for one called title after the other (tcp port 104 (DICOM)): this archive or modality is targeted.")]
    [DataRow("dicom-caller", "10.20.0.9 called 10.20.0.5 as \"ECHOSCU\" on tcp port 104 (DICOM): this service is targeted.")]
    [DataRow("weak-service", "10.20.0.5 serves tcp port 104 (DICOM) in a way that is known to be weak (ECHOSCU), as 10.20.0.9 used it")]
    public void ImagingHasItsOwnWords(string kind, string said)
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, kind, 3, "sid=\"0\" proto=\"tcp\" src=\"10.20.0.9\" srcs=\"1\" dst=\"10.20.0.5\" dsts=\"1\" "
            + "dport=\"104\" frames=\"3\" "
            + "name=\"ECHOSCU\"", "severity 4+2-3+1 accepted");
        StringAssert.Contains(Heading(box, "Targeting"), said);
        StringAssert.Contains(Heading(box, "Severity"),
            "= criticality 4 + lethality 2 - countermeasures 3 + 1, since a title was accepted, as the box says.");
    }

    [TestMethod]
    [DataRow("dicom-guess", "answered=\"1\" refused=\"3\"", "3 associations were rejected or aborted, 1 accepted.")]
    [DataRow("dicom-caller", "refused=\"1\"", "1 association was rejected or aborted, 0 accepted.")]
    public void AssociationsAreNoHosts(string kind, string counts, string said)
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, kind, 3, "sid=\"0\" proto=\"tcp\" src=\"10.20.0.9\" srcs=\"1\" dst=\"10.20.0.5\" dsts=\"1\" "
            + "dport=\"104\" frames=\"4\" name=\"ECHOSCU\" " + counts, "severity 4+2-3");
        string targeting = Heading(box, "Targeting");
        StringAssert.Contains(targeting, said);
        Assert.DoesNotContain("refused", targeting);
        Assert.DoesNotContain("host answered", targeting);
    }

    [TestMethod]
    public void AnOldSystemIsNoServer()
    {
        var box = new BoxLines("tap-1", "ward");
        box.Incident(Start, 20, "weak-service", 2, "sid=\"0\" proto=\"tcp\" src=\"10.20.0.9\" srcs=\"1\" dst=\"203.0.113.7\" dsts=\"1\" "
            + "dport=\"0\" frames=\"1\" name=\"Windows 2000 or XP\"", "system without updates: Windows 2000 or XP at 10.20.0.9");
        StringAssert.Contains(Heading(box, "Targeting"), "10.20.0.9 is a system without updates (Windows 2000 or XP), by how it opened "
            + "a connection to 203.0.113.7: nobody is targeted yet.");
    }

    private static string Heading(BoxLines box, string heading)
    {
        ReportText report = ReportText.Of(box.Lines);
        report.Run.Expect(0);
        return report.Heading(report.Titles.First(t => t.StartsWith("tap-1/", StringComparison.Ordinal)).Split(':')[0], heading);
    }
}
