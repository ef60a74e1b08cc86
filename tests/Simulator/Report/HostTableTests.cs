using System;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Report.Pages;
using Appliance.Simulator.Report.Stories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>Who lives in a box's network, as a report shows it.</summary>
[TestClass]
public sealed class HostTableTests
{
    [TestMethod]
    public void HostsAMapAndOldProtocolsAreShown()
    {
        string[] lines =
        [
            Line(1, "part=\"imaging\" associations=\"2\" rejected=\"0\" tls=\"0\" messages=\"0\" untold=\"0\" hosts=\"3\" unlisted=\"0\" learning=\"7\""),
            Line(2, "part=\"host\" address=\"10.20.30.112\" mac=\"00:1d:4a:00:00:70\" maker=\"Carestream or Kodak\" role=\"host\" silent=\"2\""),
            Line(3, "part=\"host\" address=\"10.20.30.112\" mac=\"00:1d:4a:00:00:70\" maker=\"Carestream or Kodak\" role=\"pacs\" titles=\"PACS\" weak=\"smb1\" serves=\"dicom\""),
            Line(4, "part=\"host\" address=\"10.20.30.31\" role=\"modality\" titles=\"CT1\" asks=\"dicom\""),
            Line(5, "part=\"host\" address=\"aa:00:04:00:07:04\" mac=\"aa:00:04:00:07:04\" maker=\"Digital Equipment\" role=\"host\" legacy=\"decnet,lat\""),
        ];
        string page = ReportText.Of(lines).Section("Who lives there");
        StringAssert.Contains(page, "10.20.30.112");
        StringAssert.Contains(page, "Carestream or Kodak");
        StringAssert.Contains(page, "smb1");
        Assert.AreEqual(1, page.Split("pacs").Length - 1, "the newest line of a host: " + page);
        string old = ReportText.Of(lines).Section("What is left of old imaging networks");
        StringAssert.Contains(old, "DECnet Phase IV");
        StringAssert.Contains(old, "aa:00:04:00:07:04");
        StringAssert.Contains(old, "the modality's manufacturer; the oldest engineer of its service");
    }

    [TestMethod]
    public void WithoutAnInventoryThereIsNoSuchTable()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        box.Watch(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain("Who lives there", ReportText.Of(box.Lines).Titles);
    }

    [TestMethod]
    public void TheMapHasASquareANetworkColouredByRole()
    {
        var box = new BoxLog("tap-000001", new StartPool());
        foreach (string line in new[]
        {
            Line(1, "part=\"host\" address=\"10.20.30.112\" role=\"pacs\" titles=\"PACS\""),
            Line(2, "part=\"host\" address=\"10.20.30.31\" role=\"modality\""),
            Line(3, "part=\"host\" address=\"10.20.31.4\" role=\"printer\""),
            Line(4, "part=\"host\" address=\"aa:00:04:00:07:04\" role=\"host\" legacy=\"lat\""),
        })
        {
            byte[] octets = Encoding.ASCII.GetBytes(line);
            AlertLine said = LogForm.Read(octets, out _)!;
            var kept = new StoryLine(said, octets, "tap.log:1");
            box.Follow(said, kept, out BoxStart? start);
            box.Take(said, kept, start!);
        }

        MapModel[] maps = [.. HostTable.Maps([box])];
        CollectionAssert.AreEqual(new[] { "10.20.30.0/24", "10.20.31.0/24" }, maps.Select(m => m.Network).ToArray());
        Assert.AreEqual("1 modality and 1 pacs", maps[0].Said);
        CollectionAssert.AreEqual(new[] { "modality", "pacs" }, maps[0].Cells.Select(c => c.Class).ToArray());
        Assert.AreEqual("10.20.30.112: pacs PACS", maps[0].Cells[1].Title);
        Assert.AreEqual(("0", "84"), (maps[0].Cells[1].X, maps[0].Cells[1].Y));
        Assert.AreEqual("host", maps[1].Cells.Single().Class);
    }

    private static string Line(int sequence, string element) => FormattableString.Invariant(
        $"<86>1 2026-03-02T00:00:0{sequence}.000Z tap-000001 tap 1 inventory [inventory@32473 {element} site=\"x\"][meta sequenceId=\"{sequence}\" sysUpTime=\"100\"] words");
}
