using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Kinds of fault that a sensor of thumbs has: a trojan in use, a dense network, a port scan behind an old sweep, mirrors that
/// are none. Each has its right answer.
/// </summary>
[TestClass]
public sealed class CaseTests
{
    /// <summary>What the box says of the mirror, which a replay for alerts leaves out.</summary>
    private static readonly string[] OfTheMirror = ["half-a-mirror", "no-mirror", "another-network"];

    /// <summary>So many incidents are shown where an answer is wrong.</summary>
    private const int Shown = 8;

    private static readonly Dictionary<string, (Func<Capture> Make, Func<Findings, bool> IsRight)> Cases = new()
    {
        ["netbus"] = (() => CaseTraffic.Amid(CaseTraffic.TrojanInUse(12345, isUdp: false, isInside: false)), IsTrojanInUse),
        ["netbus-alone"] = (() => CaseTraffic.TrojanInUse(12345, isUdp: false, isInside: false), IsTrojanInUse),
        ["netbus-inside"] = (() => CaseTraffic.TrojanInUse(12345, isUdp: false, isInside: true), IsTrojanInUse),
        ["subseven"] = (() => CaseTraffic.TrojanInUse(27374, isUdp: false, isInside: false), IsTrojanInUse),
        ["back-orifice"] = (() => CaseTraffic.TrojanInUse(31337, isUdp: true, isInside: false), IsTrojanInUse),
        ["port-1600-both-ways"] = (CaseTraffic.Port1600BothWays, IsTrojanInUse),
        ["two-served-one-off"] = (CaseTraffic.TwoServedOneOff, findings => findings.Incidents.Count == 0),
        ["dense-arp-0"] = (() => CaseTraffic.DenseArp(0), IsArpSweep),
        ["dense-arp-36"] = (() => CaseTraffic.DenseArp(36), IsArpSweep),
        ["dense-arp-54"] = (() => CaseTraffic.DenseArp(54), IsArpSweep),
        ["dense-arp-60"] = (() => CaseTraffic.DenseArp(60), IsArpSweep),
        ["inverse-map-amid-dns"] = (() => CaseTraffic.InverseMapAmidDns(2.5), IsInverseMap),
        ["inverse-map-amid-much-dns"] = (() => CaseTraffic.InverseMapAmidDns(10), IsInverseMap),
        ["inverse-map-amid-arp"] = (() => CaseTraffic.InverseMapAmidArp(10), IsInverseMap),
        ["strangers-discoveries"] = (() => CaseTraffic.Discoveries(), findings => IsOne(findings, "broadcast")
            && findings.Incidents[0].Number("srcs") == 6 && findings.Incidents[0]["dport"] == "34569"
            && findings.Lines.Count(line => line.IsIncident) <= 10),
        ["telnet-syn-push"] = (CaseTraffic.TelnetBySynPush, findings => IsOne(findings, "restricted-service")
            && findings.Incidents[0]["flags"] == "SP" && findings.Incidents[0].Number("severity") == 5),
        ["half-a-mirror"] = (() => CaseTraffic.HalfAMirror(3), findings => findings.Incidents.Count == 0
            && SaysMirror(findings, "partial")),
        ["half-a-mirror-of-few"] = (() => CaseTraffic.HalfAMirror(10), findings => findings.Incidents.Count == 0),
        ["port-scan-after-sweep"] = (() => CaseTraffic.PortScanAfterSweep(40, isRefused: false), findings =>
            IsSweepAndPortScan(findings, 40)),
        ["port-scan-after-refused-sweep"] = (() => CaseTraffic.PortScanAfterSweep(19, isRefused: true), findings =>
            IsSweepAndPortScan(findings, 19)),
        ["udp-from-53"] = (() => CaseTraffic.UdpPortsFrom(53), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-67"] = (() => CaseTraffic.UdpPortsFrom(67), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-123"] = (() => CaseTraffic.UdpPortsFrom(123), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-137"] = (() => CaseTraffic.UdpPortsFrom(137), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-161"] = (() => CaseTraffic.UdpPortsFrom(161), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-514"] = (() => CaseTraffic.UdpPortsFrom(514), findings => IsPortScan(findings, "udp", 60)),
        ["udp-from-5353"] = (() => CaseTraffic.UdpPortsFrom(5353), findings => IsPortScan(findings, "udp", 60)),
        ["ports-300"] = (() => CaseTraffic.Ports(300), findings => IsPortScan(findings, "tcp", 300)),
        ["ports-1024"] = (() => CaseTraffic.Ports(1_024), findings => IsPortScan(findings, "tcp", 1_024)),
        ["sixteen-sweeps-at-once"] = (CaseTraffic.SixteenSweepsAtOnce, findings =>
            findings.Lines.Count(line => line.IsIncident) <= 30
            && findings.Incidents.Sum(incident => incident.Number("srcs")) == 16
            && findings.Incidents.All(incident => incident.Kind is "sweep" or "scan")),
        ["choir-of-64"] = (() => CaseTraffic.Choir(64, isIp: true), findings => IsChoir(findings, 64)),
        ["choir-of-20-doubled"] = (() => CaseTraffic.Doubled(CaseTraffic.Choir(20, isIp: true)), findings => IsChoir(findings, 20)),
        ["choir-of-64-without-ip"] = (() => CaseTraffic.Choir(64, isIp: false), findings => IsChoir(findings, 64)),
        ["isolated-vlan"] = (() => CaseTraffic.Outwards(10, 24, days: 3), findings => IsOne(findings, "sweep")
            && findings.Incidents[0].Number("severity") == 2 && findings.Incidents[0].Number("srcs") == 10
            && findings.Incidents[0]["src"] == Vlan.Net + "0/24" && findings.Lines.Count(line => line.IsIncident) <= 5),
        ["worm-outwards"] = (() => CaseTraffic.Outwards(1, 400, days: 1), findings => findings.Incidents.Any(incident =>
            incident.Kind == "sweep" && incident.Number("severity") >= 3 && incident.Number("dsts") >= 200
            && incident.Number("srcs") == 1)),
        ["overlapping-fragments"] = (() => CaseTraffic.Fragments(isOverlapping: true), findings => IsOne(findings, "port-scan")
            && findings.Incidents[0]["src"] == "203.0.113.66" && findings.Incidents[0]["dst"] == Vlan.Net + "110"
            && findings.Incidents[0].Message.Contains("overlapping fragments", StringComparison.Ordinal)),
        ["fragments-side-by-side"] = (() => CaseTraffic.Doubled(CaseTraffic.Fragments(isOverlapping: false)), findings =>
            findings.Incidents.Count == 0),
        ["inverse-map-amid-connections"] = (() => CaseTraffic.InverseMapAmidConnections(8), IsInverseMap),
        ["inverse-map-doubled"] = (() => CaseTraffic.Doubled(CaseTraffic.InverseMapAmidConnections(1)), IsInverseMap),
        ["late-syns"] = (() => CaseTraffic.LateSyns(5_000), findings => findings.Incidents.Count == 0),
        ["no-mirror"] = (CaseTraffic.NotAMirror, findings => SaysMirror(findings, "no-mirror")),
        ["another-network"] = (CaseTraffic.OfAnotherNetwork, findings => SaysMirror(findings, "foreign")
            || findings.Incidents.Any(incident => incident.Kind == "sweep" && incident.Number("dsts") == 120)),
        ["erspan"] = (() => CaseTraffic.SweepInside(CaseTraffic.InErspan), IsSweepOrUnreadable),
        ["vn-tag"] = (() => CaseTraffic.SweepInside(CaseTraffic.BehindVnTag), IsSweepOrUnreadable),
    };

    public static IEnumerable<object[]> Names => Cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void TheRightAnswerIsGiven(string name)
    {
        string groups = $"[groups]\nDNS_SERVERS = [\"{Vlan.Net}53\"]\nMODALITIES = [\"{Vlan.Net}160-{Vlan.Net}179\"]";
        Findings findings = Tap.Replay(Capture.Merge(Cases[name].Make()), Site.Home(Vlan.Net + "0/24", groups),
            allMessages: OfTheMirror.Contains(name));
        bool isRight = Cases[name].IsRight(findings);
        string told = string.Join(Environment.NewLine, findings.Incidents.Take(Shown).Select(incident => incident.Text)
            .Concat(findings.Lines.Where(line => line.Kind == "health").Select(line => line.Text))
            .Append($"{findings.Lines.Count(line => line.IsIncident)} lines of incidents, "
                + $"{findings.Incidents.Sum(incident => incident.Number("srcs"))} sources")
                .DefaultIfEmpty("(no incident, no word of the mirror)"));
        Assert.IsTrue(isRight, told);
    }

    private static bool IsOne(Findings findings, string kind) => findings.Incidents.Count == 1
        && findings.Incidents[0].Kind == kind;

    /// <summary>All senders, and each beat counted once.</summary>
    private static bool IsChoir(Findings findings, int count) => IsOne(findings, "broadcast")
        && findings.Incidents[0].Number("srcs") == count && findings.Incidents[0].Number("frames") == count * 12
        && findings.Lines.Count(line => line.IsIncident) <= 20;

    private static bool IsTrojanInUse(Findings findings) => IsOne(findings, "suspect-service")
        && findings.Incidents[0].Number("severity") >= 4
        && findings.Incidents[0].Number("srcs") == 1;

    private static bool IsArpSweep(Findings findings) => IsOne(findings, "sweep") && findings.Incidents[0]["proto"] == "arp"
        && findings.Incidents[0]["src"] == Vlan.Net + "99" && findings.Incidents[0].Number("dsts") == 60;

    private static bool IsInverseMap(Findings findings) => IsOne(findings, "inverse-map")
        && findings.Incidents[0]["src"] == "212.108.4.0/24"
        && findings.Incidents[0].Number("dsts") == 12 && findings.Incidents[0].Number("frames") == 22;

    private static bool IsPortScan(Findings findings, string proto, int ports) => IsOne(findings, "port-scan")
        && findings.Incidents[0]["proto"] == proto && findings.Incidents[0].Number("refused") == ports
        && findings.Incidents[0].Message.Contains($" {ports} ports in ", StringComparison.Ordinal);

    private static bool IsSweepAndPortScan(Findings findings, int hosts) => findings.Incidents.Count == 2
        && findings.Incidents.Any(incident => incident.Kind == "sweep" && incident.Number("dsts") == hosts
            && incident["dport"] == "445")
        && findings.Incidents.Any(incident => incident.Kind == "port-scan" && incident.Number("refused") == 399
            && incident.Message.Contains(" 399 ports in ", StringComparison.Ordinal));

    private static bool IsSweepOrUnreadable(Findings findings) => SaysMirror(findings, "unreadable")
        || (IsOne(findings, "sweep") && findings.Incidents[0].Number("dsts") == 40 && findings.Incidents[0]["dport"] == "5556");

    private static bool SaysMirror(Findings findings, string state) => findings.Lines.Any(line => line.Kind == "health"
        && line.Text.Contains($"part=\"mirror\" state=\"{state}\"", StringComparison.Ordinal));
}
