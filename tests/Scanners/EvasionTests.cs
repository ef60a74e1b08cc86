using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Scanners.Tests;

/// <summary>
/// What somebody would try who read the sensor's page: it is told as what it is, or the page says that it is not seen. Each amid
/// an ordinary hour.
/// </summary>
[TestClass]
public sealed class EvasionTests
{
    private const string Station = "02:04:0a:14:1e:63";

    private static readonly Dictionary<string, (Func<EvasionTraffic, EvasionTraffic> Make, Told Right)> Seen = new()
    {
        ["a hundred hosts by IPv6"] = (e => e.SynsBySix(EvasionTraffic.Whole, hosts: 100),
            new("sweep", EvasionTraffic.OutsiderSix, 100, "4242")),
        ["IPv6 extension headers"] = (e => e.SynsBySix(EvasionTraffic.BehindOptions),
            new("sweep", EvasionTraffic.OutsiderSix, 40, "4242")),
        ["atomic fragments"] = (e => e.SynsBySix(EvasionTraffic.AtomicFragment),
            new("sweep", EvasionTraffic.OutsiderSix, 40, "4242")),
        ["three VLAN tags, one for priority alone"] = (e => e.Syns(frame =>
            [Change.Tagged(frame, (0x88a8, 7), (0x8100, 0), (0x8100, 9))]), new("sweep", EvasionTraffic.Outsider, 40, "4242")),
        ["IP in SNAP"] = (e => e.Syns(EvasionTraffic.InSnap), new("sweep", EvasionTraffic.Outsider, 40, "4242")),
        ["record route"] = (e => e.Syns(frame => [Change.WithOptions(frame, [7, 39, 4, .. new byte[37]])]),
            new("sweep", EvasionTraffic.Outsider, 40, "4242")),
        ["port 0"] = (e => e.Syns(EvasionTraffic.Whole, port: 0), new("sweep", EvasionTraffic.Outsider, 40, "0")),
        ["echoes in fragments"] = (e => e.Echoes(frame => Change.Fragmented(frame)),
            new("sweep", EvasionTraffic.Outsider, 40, "0")),
        ["datagrams in fragments, the last first"] = (e => e.Datagrams(161, frame => Change.Fragmented(frame, isReversed: true)),
            new("sweep", EvasionTraffic.Outsider, 40, "161")),
        ["SCTP in fragments"] = (e => e.Inits(frame => Change.Fragmented(frame)), new("port-scan", EvasionTraffic.Outsider, 1, "0")),
        ["IP protocols in fragments"] = (e => e.Protocols(frame => Change.Fragmented(frame)),
            new("port-scan", EvasionTraffic.Outsider, 1, "0")),
        ["GRE to each host"] = (e => e.ProtocolOf(47), new("sweep", EvasionTraffic.Outsider, 40, "47")),
        ["SYN-ACKs to a host's ports"] = (e => e.Segments("SA", 40_000, 1_000), new("port-scan", EvasionTraffic.Outsider, 1, "0")),
        ["data to a host's ports"] = (e => e.Segments("PA", 40_000, 1_000), new("port-scan", EvasionTraffic.Outsider, 1, "0")),
        ["ACKs from port 80 to low ports"] = (e => e.Segments("A", 80, 20), new("port-scan", EvasionTraffic.Outsider, 1, "0")),
        ["forty addresses of one /24"] = (e => e.Syns(EvasionTraffic.Whole, number => Invariant($"20.7.7.{number}")),
            new("sweep", "20.7.7.0/24", 40, "4242")),
        ["each host by another technique"] = (e => e.Mixed(), new("scan", EvasionTraffic.Outsider, 40, "0")),
        ["LLMNR by unicast"] = (e => e.Datagrams(5_355, EvasionTraffic.Whole), new("sweep", EvasionTraffic.Outsider, 40, "5355")),
        ["mDNS by unicast"] = (e => e.Datagrams(5_353, EvasionTraffic.Whole), new("sweep", EvasionTraffic.Outsider, 40, "5353")),
        ["an echo to all nodes"] = (e => e.EchoToAllNodes(), new("sweep", "fe80::99", 10, "0")),
        ["echoes to one host each in frames to all"] = (e => e.Echoes(EvasionTraffic.ToAll),
            new("sweep", EvasionTraffic.Outsider, 10, "0")),
        ["ARP by three names in turn"] = (e => e.Questions(number => Invariant($"{Vlan.Net}{20 + (number % 3)}")),
            new("sweep", Station, 40, "0")),
        ["ARP by forty names"] = (e => e.Questions(number => Invariant($"{Vlan.Net}{20 + number}")), new("sweep", Station, 40, "0")),
        ["ARP in the target's name"] = (e => e.Questions(number => Invariant($"{Vlan.Net}{100 + number}")), new("sweep", Station, 40, "0")),
        ["solicitations by nobody"] = (e => e.Solicitations(_ => "::"), new("sweep", Station, 40, "0")),
    };

    private static readonly Dictionary<string, (Func<EvasionTraffic, EvasionTraffic> Make, string Page)> NotSeen = new()
    {
        ["more addresses than hosts"] = (e => e.Syns(EvasionTraffic.Whole, number => Invariant($"20.7.{number}.9")),
            "Who has a network for each host that it asks"),
        ["an IPv6 address for each host"] = (e => e.SynsBySix(EvasionTraffic.Whole, number =>
            Invariant($"2001:db8:bad::{number + 1000:x}")), "another IPv6 address for each"),
        ["a neighbour's address for each solicitation"] = (e => e.Solicitations(number => Invariant($"fe80::{number + 4096:x}")),
            "another IPv6 address for each"),
        ["an inside address for each host"] = (e => e.Syns(EvasionTraffic.Whole, number => Invariant($"{Vlan.Net}{20 + number}")),
            "another inside address for each"),
        ["ARP every two minutes"] = (e => e.Questions(_ => EvasionTraffic.Insider, 125 * Capture.Second),
            "more than two minutes apart"),
        ["ACKs from port 80 to high ports"] = (e => e.Segments("A", 80, 2_000), "from a server's port to high ones"),
        ["UDP from port 53 to high ports that are silent"] = (e => e.DatagramsLikeAnswers(), "from a server's port to high ones"),
        ["a TCP header behind eighty-eight octets of options"] = (e => e.SynsBySix(EvasionTraffic.BehindMuch), "beyond the slot"),
        ["datagrams to one host each in frames to all"] = (e => e.Datagrams(161, EvasionTraffic.ToAll), "in a frame to all"),
        ["names asked for by mDNS"] = (e => e.Names(5_353, "224.0.0.251"), "names by multicast"),
        ["names asked for by LLMNR"] = (e => e.Names(5_355, "224.0.0.252"), "names by multicast"),
    };

    public static IEnumerable<object[]> NamesOfSeen => Seen.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> NamesOfNotSeen => NotSeen.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(NamesOfSeen))]
    public void ItIsToldAsWhatItIs(string name)
    {
        AlertLine[] told = Replay(Seen[name].Make);
        Assert.HasCount(1, told, Text(told));
        Assert.AreEqual(Seen[name].Right,
            new Told(told[0].Kind, told[0]["src"], told[0].Number("dsts"), told[0]["dport"]), told[0].Text);
    }

    [TestMethod]
    [DynamicData(nameof(NamesOfNotSeen))]
    public void ItIsNotSeenAndThePageSaysSo(string name)
    {
        AlertLine[] told = Replay(NotSeen[name].Make);
        Assert.IsEmpty(told, "it is told now: it belongs to those that are seen, and the page has to change" + Text(told));
        string page = File.ReadAllText(Repository.PathOf("firmware", "Appliance.Sensor", "README.md"));
        string part = page[page.IndexOf("**What is not seen.**", StringComparison.Ordinal)..];
        string[] words = part[..part.IndexOf("\n## ", StringComparison.Ordinal)]
            .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        StringAssert.Contains(string.Join(' ', words), NotSeen[name].Page);
    }

    [TestMethod]
    public void WhoComesUpAndLooksWhetherItsAddressesAreFreeIsQuiet()
    {
        AlertLine[] told = Replay(e => e.Boots(40));
        Assert.IsEmpty(told, Text(told));
    }

    private static AlertLine[] Replay(Func<EvasionTraffic, EvasionTraffic> make) =>
        [.. Tap.Replay(ScannerCaptureTests.Amid(make(new EvasionTraffic()).Frames), ScannerCaptureTests.Profile()).Incidents
            .Where(incident => incident.Number("severity") > 1)];

    private static string Text(IEnumerable<AlertLine> told) =>
        Environment.NewLine + string.Join(Environment.NewLine, told.Select(incident => incident.Text).DefaultIfEmpty("(no incident)"));

    private sealed record Told(string Kind, string Src, int Dsts, string Dport);
}
