using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.CaptureWriter;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>The traffic that these tests make is what it claims to be, says tshark: a test of the tests.</summary>
[TestClass]
[NeedsTool("tshark")]
public sealed class TrafficTests
{
    [TestMethod]
    public void AnOrdinaryHourIsWellFormed()
    {
        string[] protocols = Check(new OrdinaryTraffic(new Hospital(), 7).Hour(Capture.Utc(2026, 3, 2)).Build());
        foreach (string protocol in new[] { "arp", "stp", "lldp", "cdp", "dhcp", "dns", "ntp", "nbns", "mdns", "llmnr" })
        {
            Assert.IsTrue(protocols.Any(stack => stack.Split(':').Contains(protocol)), $"no frame of {protocol}");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ChangedDetectsAreWellFormed(int change)
    {
        Capture changed = DetectTests.AllTen().Select(frame => change switch
        {
            0 => [Change.Tagged(frame, (0x88a8, 5), (0x8100, 6))],
            1 => [Change.WithOptions(frame, [148, 4, 0, 0])],
            2 => Change.Fragmented(frame, 8, isReversed: true),
            _ => [Change.Readdressed(Change.Readdressed(frame, Change.Move("128.231.212.0/23", "10.255.254.0/23")),
            Change.Move("24.3.21.199/32", "10.0.0.1/32"))],
        });
        string[] stacks = Check(changed);
        int whole = stacks.Count(stack => stack.Contains("tcp", StringComparison.Ordinal)
            || stack.Contains("udp", StringComparison.Ordinal)
            || stack.Contains("icmp", StringComparison.Ordinal));
        Assert.AreEqual(DetectTests.AllTen().Frames.Count, whole, "tshark reassembles every fragmented datagram");
    }

    [TestMethod]
    public void Ipv6IsWellFormed()
    {
        var capture = new Capture();
        var talk = new Talk(new Lan("2001:db8:1::/64"), capture);
        long time = talk.Connection(Capture.Utc(2026, 3, 2), "2001:db8:1::5", 4000, "2001:db8:2::9", 80);
        time = talk.Datagrams(time, "2001:db8:1::5", 4000, "2001:db8:2::9", 53, Payload.DnsQuery(1, "a.example"), null);
        capture.Add(time, talk.Between("2001:db8:1::5", "2001:db8:2::9").Echo(isReply: false, 1, 1));
        string[] stacks = Check(capture);
        Assert.IsTrue(stacks.All(stack => stack.Contains("ipv6", StringComparison.Ordinal)));
    }

    /// <summary>Has tshark check every checksum and dissect every frame.</summary>
    /// <returns>The protocols of each frame.</returns>
    private static string[] Check(Capture capture)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(path))
            {
                PcapFile.Write(file, capture);
            }

            string output = ToolRun.Output("tshark", "-n", "-r", path, "-o", "ip.check_checksum:TRUE", "-o",
                "tcp.check_checksum:TRUE",
                "-o", "udp.check_checksum:TRUE", "-T", "fields", "-E", "occurrence=a", "-e", "frame.number", "-e",
                "frame.protocols",
                "-e", "ip.checksum.status", "-e", "tcp.checksum.status", "-e", "udp.checksum.status", "-e",
                "icmp.checksum.status",
                "-e", "icmpv6.checksum.status");
            string[][] rows = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.TrimEnd('\r').Split('\t'))];
            Assert.HasCount(capture.Frames.Count, rows);
            foreach (string[] row in rows)
            {
                // 0 is "bad"; 1 "good", 2 "not checked", 3 "none computed".
                IEnumerable<string> states = row.Skip(2).SelectMany(states => states.Split(','));
                Assert.DoesNotContain("0", states, "bad checksum: frame " + string.Join(' ', row));
            }

            return [.. rows.Select(row => row[1])];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
