using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>
/// The report of the ten detects, compared with the practical heading by heading: each fact that the analyst read from the traces
/// stands under the heading under which he wrote it.
/// </summary>
[TestClass]
public sealed class PracticalTests
{
    private static ReportText _report = null!;
    private static string _box = "";

    [ClassInitialize]
    public static void ReplayTheTen(TestContext context)
    {
        string[] captures = [.. Enumerable.Range(1, 10).Select(TapsimRun.Detect)];
        TapsimRun lines = TapsimRun.Run(["replay", .. captures, "--alerts", "-"]).Expect(0);
        string site = Appliance.Traffic.Repository.PathOf("firmware", "tables", "example-site.toml");
        _report = ReportText.Of(lines.Lines, "--site", site);
        _report.Run.Expect(0);
        _box = _report.Titles.First(t => t.Contains("restricted-service", System.StringComparison.Ordinal)).Split("/3:")[0];
    }

    [TestMethod]
    [DataRow(1, "Targeting", "7 sources center on one host, 24.3.21.199: the targeting is extremely focused.")]
    [DataRow(1, "Targeting", "24.3.57.38, 171.214.113.228, 208.61.109.243, 24.24.100.172, 63.17.79.40, 62.6.100.45 and "
        + "194.27.62.179")]
    [DataRow(1, "Targeting", "8 probes came")]
    [DataRow(1, "Intent", "137 (NetBIOS name service), 1243 (SubSeven), 12345 (NetBus), 27347 (SubSeven, most likely a misprint "
        + "of 27374) and 27374 (SubSeven)")]
    [DataRow(1, "Technique", "8 frames to 1 host in 18.9 hours")]
    [DataRow(1, "Technique", "7 sources sent 8 probes: hardly any came twice.")]
    [DataRow(1, "Technique", "TCP and UDP are mixed")]
    [DataRow(1, "Technique", "The hop counts are spread (TTL 103-125): separate places.")]
    [DataRow(1, "Severity", "2 of 5 (low) = criticality 2 (a host of the home network) + lethality 2 (the rule's priority) - "
        + "countermeasures 2 (the site profile).")]
    [DataRow(1, "Action recommendation", "Their hop counts differ, so that the addresses are likely real")]
    [DataRow(1, "Action recommendation", "Watch 24.3.21.199 with a capture of its own for a while.")]
    [DataRow(2, "Targeting", "194.112.42.193 asked 25 hosts of 128.231.212.0/27 for tcp port 53 (DNS): a network is targeted, "
        + "not a particular host.")]
    [DataRow(1, "Technique", "MITRE ATT&CK: T1595 Active Scanning.")]
    [DataRow(1, "Technique", "What is sought there: T1219 Remote Access Tools.")]
    [DataRow(3, "Technique", "MITRE ATT&CK: T1133 External Remote Services.")]
    [DataRow(5, "Technique", "MITRE ATT&CK: T1595.001 Active Scanning: Scanning IP Blocks.")]
    [DataRow(10, "Technique", "MITRE ATT&CK: T1595.001 Active Scanning: Scanning IP Blocks.")]
    [DataRow(2, "Intent", "some old Linux systems answer such a segment")]
    [DataRow(2, "Technique", "The flags are SYN-FIN (SF): an impossible combination")]
    [DataRow(2, "Technique", "All come from source port 53 (DNS)")]
    [DataRow(2, "Technique", "25 frames to 25 hosts in 0.48 s, 52 hosts a second: an automated scan.")]
    [DataRow(2, "History", "First seen 2000-03-18 02:25:46, last 2000-03-18 02:25:47 UTC")]
    [DataRow(2, "Severity", "2 of 5 (low)")]
    [DataRow(2, "Action recommendation", "Block the source at the border and tell its provider")]
    [DataRow(3, "Targeting", "194.90.83.130 tried 2 hosts of the group DNS_SERVERS")]
    [DataRow(3, "Targeting", "on tcp port 23 (Telnet).")]
    [DataRow(3, "Targeting", "It tried these and no others: this is no scan, somebody chose them.")]
    [DataRow(3, "Intent", "Log in to a name server, to crash it or to change names for a later attack.")]
    [DataRow(3, "Technique", "2 frames to 2 hosts in 3 s")]
    [DataRow(3, "Severity", "4 of 5 (high) = criticality 4 (DNS_SERVERS) + lethality 2 (the rule's priority) - countermeasures 2 "
        + "(the site profile).")]
    [DataRow(3, "Action recommendation", "Look for entries that allow it (hosts.allow, firewall), remove them, and check the "
        + "server for signs of a break-in.")]
    [DataRow(4, "Targeting", "The sources are 24.129.24.105, 212.49.226.251, 24.6.118.9 and 12.77.12.140.")]
    [DataRow(4, "Intent", "1080 (SOCKS proxy), 8080 (web proxy) and 27374 (SubSeven)")]
    [DataRow(4, "Technique", "singletons, from unrelated sources")]
    [DataRow(4, "Technique", "in 11.4 hours")]
    [DataRow(4, "History", "This target was asked here by 7 sources, 2000-03-")]
    [DataRow(4, "Severity", "2 of 5 (low)")]
    [DataRow(5, "Targeting",
        "38.31.117.17 asked 3 hosts of 128.231.212.200/29 for tcp port 12345 (NetBus): a network is targeted")]
    [DataRow(5, "Intent", "Find machines that a NetBus trojan left open to remote control.")]
    [DataRow(5, "Intent", "This is the information gathering before an attack")]
    [DataRow(5, "Technique", "a linear sweep by one tool, in address order.")]
    [DataRow(5, "Technique", "Each is a plain SYN, the first step of a connection")]
    [DataRow(5, "Severity", "2 of 5 (low)")]
    [DataRow(5, "Action recommendation", "Ask the source's provider to stop it")]
    [DataRow(6, "Targeting", "198.51.100.77 keeps asking 4 addresses of 128.231.212.0/23: poor but definite targeting.")]
    [DataRow(6, "Targeting", "at which nobody ever spoke: dark hosts.")]
    [DataRow(6, "Technique", "15 frames to 4 hosts")]
    [DataRow(6, "Technique", "The attempts come in runs of 3, 1.5 s apart: the retry timer of a resolver")]
    [DataRow(6, "Technique", "Threes at 1.5 s are how Windows asks for a NetBIOS name.")]
    [DataRow(6, "Severity", "2 of 5 (low)")]
    [DataRow(7, "Targeting", "22 answers came to 14 hosts of 128.231.212.0/23 that had asked nothing")]
    [DataRow(7, "Intent", "Both readings fit the same frames: an inverse map")]
    [DataRow(7, "Technique", "22 frames to 14 hosts in 2.4 days")]
    [DataRow(7, "Technique", "RST-ACK (RA): how a closed port answers a SYN; here nobody had sent one.")]
    [DataRow(7, "Technique", "All come from source port 80 (HTTP).")]
    [DataRow(7, "History", "6 sources of 212.108.4.0/24, one network")]
    [DataRow(7, "Severity", "3 of 5 (medium)")]
    [DataRow(7, "Action recommendation", "Look for anything else to or from 212.108.4.0/24")]
    [DataRow(8, "Targeting", "128.231.213.4 sends to 128.231.212.0, so that every host of that network has to read it")]
    [DataRow(8, "Intent", "Expected: the site profile explains it as \"GE AdvantageNet master console\".")]
    [DataRow(8, "Intent", "Without that it would be read as AdvantageNet console")]
    [DataRow(8, "Technique", "It is periodic: one every 120 s, as a program does and no person.")]
    [DataRow(8, "Technique", "It goes to the network's own address, the broadcast of old BSD systems.")]
    [DataRow(8, "Severity", "1 of 5 (info): the site profile explains it")]
    [DataRow(8, "Action recommendation", "Nothing is to be done while this is what the site profile says.")]
    [DataRow(9, "Targeting", "209.235.11.254 asked 40 hosts of 128.231.212.0/23 for tcp port 5556 (Back Orifice)")]
    [DataRow(9, "Targeting", "266 more were asked whose frames the switch did not send to the tap.")]
    [DataRow(9, "Technique", "40 frames to 40 hosts in 0.21 s")]
    [DataRow(9, "Technique", "a linear sweep by one tool, in address order.")]
    [DataRow(9, "History", "This actor was also seen here, 2000-04-08 04:05: sweep of 27 hosts, tcp/110.")]
    [DataRow(9, "Severity", "2 of 5 (low)")]
    [DataRow(9, "Action recommendation", "Block 209.235.11.254 at the border for a while, and write to the owner of the address")]
    [DataRow(10, "Targeting", "209.235.11.254 asked 27 hosts of 128.231.212.0/23 for tcp port 110 (POP3)")]
    [DataRow(10, "Intent", "Find POP3 servers, which many systems run without anybody's wish")]
    [DataRow(10, "Technique", "27 frames to 27 hosts in 0.15 s")]
    [DataRow(10, "Technique", "their like order proves no shared list of systems")]
    [DataRow(10, "History", "This actor was also seen here, 2000-04-07 05:22: sweep of 40 hosts, tcp/5556.")]
    [DataRow(10, "Severity", "3 of 5 (medium) = criticality 2 (a host of the home network) + lethality 3 (the rule's priority) - "
        + "countermeasures 2 (the site profile).")]
    [DataRow(10, "Action recommendation", "Switch POP3 off where nobody needs it and patch the rest.")]
    public void AFactOfThePracticalStandsUnderItsHeading(int detect, string heading, string fact)
    {
        StringAssert.Contains(_report.Heading($"{_box}/{detect}", heading), fact);
    }

    [TestMethod]
    public void TheFirstPageNamesWhatNeedsSomebodyToday()
    {
        string today = _report.Section("What needs somebody today");
        StringAssert.Contains(today, "1. **high** Telnet to DNS server: restricted-service by 194.90.83.130");
        Assert.HasCount(3, today.Split("\n1. ").Skip(1).ToArray(), today);
        StringAssert.Contains(_report.Section("Which boxes saw"), "whether it watched all the time is not known");
    }
}
