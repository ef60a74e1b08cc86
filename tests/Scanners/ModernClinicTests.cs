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
/// What a clinic of today does, made by <see cref="ModernClinic"/>, by itself on a quiet VLAN and amid an ordinary hour: nothing
/// of it wakes anybody, and what is told as low at all stands here with its reason.
/// </summary>
[TestClass]
public sealed class ModernClinicTests
{
    private static readonly long Noon = Capture.Utc(2026, 3, 2, "12:00:00");

    private static readonly Dictionary<string, Func<ModernClinic, ModernClinic>> Lives = new()
    {
        ["screens-and-printers"] = life => life.ScreensAndPrinters(Noon),
        ["quic-and-fallback"] = life => life.QuicAndFallback(Noon),
        ["meetings-by-ice"] = life => life.MeetingsByIce(Noon),
        ["meetings-inside"] = life => life.MeetingsInside(Noon),
        ["phones-outside-exchange"] = life => life.Phones(Noon, "10.1.1.20", 240),
        ["phones-inside-exchange"] = life => life.Phones(Noon, Vlan.Net + "19", 240),
        ["one-busy-phone"] = life => life.Phones(Noon, Vlan.Net + "19", 20).Phones(Noon + Capture.Hour, Vlan.Net + "19", 400),
        ["phones-talk"] = life => life.PhonesTalk(Noon),
        ["clocks-by-a-pool"] = life => life.ClocksByAPool(Noon),
        ["updates-from-neighbours"] = life => life.UpdatesFromNeighbours(Noon),
        ["proxy-for-sleepers"] = life => life.ProxyForSleepers(Noon),
        ["balancer-takes-over"] = life => life.BalancerTakesOver(Noon, isReply: false, isVirtual: true),
        ["balancer-takes-over-by-replies"] = life => life.BalancerTakesOver(Noon, isReply: true, isVirtual: true),
        ["balancer-starts"] = life => life.BalancerTakesOver(Noon, isReply: false, isVirtual: false),
        ["machines-move"] = life => life.MachinesMove(Noon),
        ["router-takes-over"] = life => life.RouterTakesOver(Noon, 0),
        ["router-takes-over-some-off"] = life => life.RouterTakesOver(Noon, 15),
        ["power-is-back"] = life => life.PowerIsBack(Noon),
        ["power-is-back-for-200"] = life => life.PowerIsBack(Noon, 200, 30 * Capture.Second),
        ["floods-unknown-unicast"] = life => life.FloodsUnknownUnicast(Noon),
        ["broker-starts-anew"] = life => life.BrokerStartsAnew(Noon),
        ["pumps-few-off"] = life => life.Pumps(Noon, 4),
        ["pumps-most-off"] = life => life.Pumps(Noon, 40),
        ["privacy-addresses"] = life => life.PrivacyAddresses(Noon),
        ["happy-eyeballs"] = life => life.HappyEyeballs(Noon),
        ["domain"] = life => life.Domain(Noon),
        ["print-queues"] = life => life.PrintQueues(Noon),
        ["one-way-datagrams"] = life => life.OneWayDatagrams(Noon),
        ["switches-and-clocks"] = life => life.SwitchesAndClocks(Noon),
        ["tunnels"] = life => life.Tunnels(Noon),
        ["name-server-resolves"] = life => life.NameServerResolves(Noon),
        ["balancer-checks"] = life => life.BalancerChecks(Noon),
        ["commitments-at-night"] = life => life.CommitmentsAtNight(Noon),
        ["web-of-images"] = life => life.WebOfImages(Noon),
        ["active-ftp"] = life => life.ActiveFtp(Noon),
        ["traceroutes"] = life => life.Traceroutes(Noon),
        ["archive-moves"] = life => life.ArchiveMoves(Noon),
        ["modality-is-installed"] = life => life.ModalityIsInstalled(Noon),
        ["update-night"] = life => life.UpdateNight(Noon),
        ["server-starts-anew"] = life => life.ServerStartsAnew(Noon, isOther: false),
        ["server-is-taken-over"] = life => life.ServerStartsAnew(Noon, isOther: true),
        ["switch-is-replaced"] = life => life.SwitchIsReplaced(Noon),
        ["addresses-change"] = life => life.AddressesChange(Noon),
        ["address-is-there-twice"] = life => life.AddressIsThereTwice(Noon),
    };

    /// <summary>What is told all the same, how severe at most, and why.</summary>
    private static readonly Dictionary<string, (int Severity, string Why)> Told = new()
    {
        ["balancer-takes-over"] = (2, "one MAC announces sixty addresses: arp-scan --arpspa=dest looks the same"),
        ["balancer-starts"] = (2, "likewise"),
        ["router-takes-over-some-off"] = (2, "a router that nobody knew asks for a hundred and twenty, some of them off: low, once"),
        ["power-is-back"] = (2, "an archive that nobody knew verifies a hundred at once, one in ten refuses: low, once"),
        ["power-is-back-for-200"] = (2, "likewise"),
        ["archive-moves"] = (2, "an archive that nobody knew verifies fifty, of whom some refuse: low, once"),
        ["pumps-few-off"] = (2, "a server that nobody knew polls sixty, four of them off: low, once"),
        ["pumps-most-off"] = (3, "two in three of those whom it asks first are off: so begins a sweep by ARP; once"),
        ["broker-starts-anew"] = (3, "on a busy VLAN its ports are forgotten: whom an actor asks is remembered for 48 services"),
    };

    public static IEnumerable<object[]> Names => Lives.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void NobodyIsWoken(string name)
    {
        Capture capture = Lives[name](new ModernClinic(Vlan.Net, Vlan.Net6)).Build();
        Findings alone = Tap.Replay(capture, ScannerCaptureTests.Profile(), allMessages: true);
        Findings amid = Tap.Replay(ScannerCaptureTests.Amid(capture), ScannerCaptureTests.Profile(), allMessages: true);
        string said = string.Join(Environment.NewLine, alone.Incidents.Concat(amid.Incidents).Select(incident => incident.Text));
        if (Environment.GetEnvironmentVariable("TAP_LAB_SAID") is { Length: > 0 } path)
        {
            File.AppendAllText(path, $"## {name} {capture.Frames.Count}{Environment.NewLine}{said}{Environment.NewLine}"
                + string.Join(Environment.NewLine, alone.Lines.Concat(amid.Lines).Where(line => line.Kind == "health")
                    .Select(line => line.Text)) + Environment.NewLine);
        }

        // By themselves, where no memory is short, even those of a busy VLAN are quiet.
        int most = Told.TryGetValue(name, out (int Severity, string Why) told) ? told.Severity : 1;
        Assert.IsEmpty(alone.Incidents.Concat(amid.Incidents).Where(incident => incident.Number("severity") > most), said);
        Assert.IsLessThanOrEqualTo(1, alone.Incidents.Count, said);
        Assert.IsLessThanOrEqualTo(1, amid.Incidents.Count, said);
        Assert.IsTrue(name != "broker-starts-anew" || alone.Incidents.Count == 0, said);
    }
}
