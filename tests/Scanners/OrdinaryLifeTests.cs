using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// What ordinary life does, made by <see cref="OrdinaryLife"/>: at most a low incident of it, at most so many of them.
/// </summary>
[TestClass]
public sealed class OrdinaryLifeTests
{
    private static readonly long Noon = Capture.Utc(2026, 3, 2, "12:00:00");

    private static readonly Dictionary<string, Func<OrdinaryLife, OrdinaryLife>> Lives = new()
    {
        ["archive-asks-sleepers"] = life => life.ArchiveAsksSleepers(Noon),
        ["archive-connects-to-sleepers"] = life => life.ArchiveConnectsToSleepers(Noon),
        ["datagrams-pushed"] = life => life.DatagramsPushed(Noon),
        ["gateway-asks-for-guests"] = life => life.GatewayAsksForGuests(Noon),
        ["makers-look-for-their-devices"] = life => life.MakersLookForTheirDevices(Noon),
        ["printer-is-off"] = life => life.PrinterIsOff(Noon),
        ["peers-fail"] = life => life.PeersFail(Noon),
    };

    public static IEnumerable<object[]> Names => Lives.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void NothingOfItIsSevere(string name)
    {
        Findings findings = Replay(Lives[name]);
        bool isQuiet = findings.Incidents.Count <= 1 && findings.Incidents.All(incident => incident.Number("severity") <= 2);
        Assert.IsTrue(isQuiet, Closing(findings));
    }

    [TestMethod]
    [DataRow(17)]
    [DataRow(20)]
    public void AFleetOfOneRhythmIsOneIncident(int count)
    {
        Findings findings = Replay(life => life.FleetBroadcasts(Noon, count));
        bool isOne = findings.Incidents.Count == 1 && findings.Incidents[0].Kind == "broadcast"
            && findings.Incidents[0].Number("srcs") == count && findings.Lines.Count(line => line.IsIncident) <= 16;
        Assert.IsTrue(isOne, Closing(findings));
    }

    private static string Closing(Findings findings) =>
        string.Join(Environment.NewLine, findings.Incidents.Take(8).Select(incident => incident.Text)
            .DefaultIfEmpty("(no incident)"));

    private static Findings Replay(Func<OrdinaryLife, OrdinaryLife> live)
    {
        var hospital = new Hospital(Vlan.Net);
        return Tap.Replay(live(new OrdinaryLife(hospital)).Build(), Site.Home(Vlan.Net + "0/24"));
    }
}
