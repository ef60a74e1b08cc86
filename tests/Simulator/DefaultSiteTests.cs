using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Appliance.Playback.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>One's own capture, without a profile: what is local is found, and silence about another network is no
/// comfort.</summary>
[TestClass]
public sealed class DefaultSiteTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("10.7.7", "198.51.100.9")]
    [DataRow("192.168.1", "198.51.100.9")]
    [DataRow("172.31.200", "198.51.100.9")]
    public void ASweepOfAPrivateNetworkIsToldWithoutAProfile(string network, string actor)
    {
        TapsimRun run = TapsimRun.Run("replay", Sweep(network, actor, arp: false), "--alerts", "-").Expect(0);
        AlertLine closing = Closing(run);
        Assert.AreEqual("sweep", closing.Kind);
        Assert.AreEqual(actor, closing["src"]);
        Assert.AreEqual("20", closing["dsts"]);
        Assert.AreEqual("445", closing["dport"]);
        Assert.AreEqual("tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193)\n", run.Errors);
    }

    [TestMethod]
    public void APublicNetworkThatSpeaksArpIsLocal()
    {
        TapsimRun run = TapsimRun.Run("replay", Sweep("203.0.113", "198.51.100.9", arp: true), "--alerts", "-").Expect(0);
        Assert.AreEqual("20", Closing(run)["dsts"]);
        Assert.AreEqual("tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193) and, as the capture shows, "
            + "203.0.113.0/24\n", run.Errors);
        Assert.AreEqual(run.Output, TapsimRun.RunWith(File.ReadAllBytes(Sweep("203.0.113", "198.51.100.9", arp: true)),
            "replay", "-", "--alerts", "-").Expect(0).Output, "standard input shows as much as a file");
    }

    [TestMethod]
    public void FramesOfAnotherNetworkAreToldToBe()
    {
        string site = _folder.Write("site.toml", "[site]\nname = \"ward\"\nhome = [\"10.1.0.0/24\"]\n"u8.ToArray());
        TapsimRun run = TapsimRun.Run("replay", Sweep("10.7.7", "198.51.100.9", arp: true), "--site", site).Expect(0);
        StringAssert.EndsWith(run.Errors, "10.1.0.0-10.1.0.255: another network's capture, or another site's profile\n");
        StringAssert.Contains(run.Errors, "none of 21 IP and ARP frames is of the site's home network, 10.1.0.0-10.1.0.255");
        TapsimRun home = TapsimRun.Run("replay", Sweep("10.1.0", "198.51.100.9", arp: true), "--site", site).Expect(0);
        Assert.IsFalse(home.Errors.Contains("none of", StringComparison.Ordinal), home.Errors);
    }

    [TestMethod]
    public void WhoNamedNoNetworkIsToldHowAndAllThatCountsAsHome()
    {
        string capture = Sweep("203.0.113", "198.51.100.9", arp: false);
        TapsimRun run = TapsimRun.Run("replay", capture).Expect(0);
        StringAssert.Contains(run.Errors, "tapsim: none of 20 IP and ARP frames is of the site's home network, 10.0.0.0-10.255.255.255, "
            + "172.16.0.0-172.31.255.255, 192.168.0.0-192.168.255.255, fc00::-fdff:");
        StringAssert.EndsWith(run.Errors, ": name yours with --site FILE.toml, a file of three lines ([site], name = \"ward\", "
            + "home = [\"192.0.2.0/24\"]), which 'sigtab learn CAPTURE --home 192.0.2.0/24' writes too\n");
        TapsimRun explained = TapsimRun.Run("explain", capture, "--src", "198.51.100.9").Expect(0);
        StringAssert.Contains(explained.Errors, "tapsim: none of 20 IP and ARP frames is of the site's home network, ");
    }

    [TestMethod]
    public void ABoardWithoutEyesIsToldBesideTheGuess()
    {
        TapsimRun run = TapsimRun.Run("replay", Sweep("10.7.7", "198.51.100.9", arp: false), "--board", "wt32-eth01", "--alerts", "-").Expect(0);
        Assert.AreEqual("tapsim: this board has no memory for the imaging eyes: of DICOM, HL7, weak services and new hosts nothing is told\n"
            + "tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193)\n", run.Errors);
    }

    [TestMethod]
    public void AGuessedProfileHasTheExamplesCollectorAndClock()
    {
        TapsimRun run = TapsimRun.Run("replay", Sweep("10.7.7", "198.51.100.9", arp: true), TapsimRun.Detect(5), "--site",
            _folder.Write("site.toml", "[site]\nname = \"ward\"\nhome = [\"10.7.7.0/24\"]\n"u8.ToArray()), "--messages", "all", "--alerts", "-");
        StringAssert.Contains(run.Output, "the table names no collector", "of a profile that somebody wrote");
        TapsimRun guessed = TapsimRun.Run("replay", Sweep("10.7.7", "198.51.100.9", arp: true), "--messages", "all", "--alerts", "-").Expect(0);
        Assert.DoesNotContain("the table names no", guessed.Output);
    }

    [TestMethod]
    public void ThePracticalsOwnCapturesKeepItsProfile()
    {
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(3), "--alerts", "-").Expect(0);
        Assert.AreEqual("DNS_SERVERS", Closing(run)["group"]);
        Assert.AreEqual(TapsimRun.PracticalsHome, run.Errors);
    }

    // Both are real networks: whoever watches his own may well ask one of their servers something.
    [TestMethod]
    [DataRow("128.231.212.10")]
    [DataRow("24.3.21.7")]
    public void AFrameToThePracticalsNetworkTakesNobodysHome(string server)
    {
        TapsimRun run = TapsimRun.Run("replay", Sweep("192.168.7", "192.168.7.66", arp: false, server), "--alerts", "-").Expect(0);
        AlertLine closing = Closing(run);
        Assert.AreEqual("sweep", closing.Kind);
        Assert.AreEqual("192.168.7.66", closing["src"]);
        Assert.AreEqual("20", closing["dsts"]);
        Assert.AreEqual("tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193)\n", run.Errors);
        TapsimRun other = TapsimRun.Run("replay", Sweep("203.0.113", "198.51.100.9", arp: false, server)).Expect(0);
        StringAssert.Contains(other.Errors, "tapsim: none of 21 IP and ARP frames is of the site's home network, 10.0.0.0-10.255.255.255, ");
    }

    [TestMethod]
    public void ACaptureOfThePracticalBesideOnesOwnHasBothAtHome()
    {
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), Sweep("192.168.7", "198.51.100.9", arp: false), "--alerts", "-").Expect(0);
        StringAssert.Contains(run.Output, " dst=\"192.168.7.96/27\" dsts=\"20\"");
        StringAssert.Contains(run.Output, " dst=\"128.231.212.0/23\"");
        Assert.AreEqual("tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193) and, as a capture shows, 128.231.212.0/23, "
            + "24.3.21.0/24\n", run.Errors);
    }

    // All that names the network are the targets of solicitations and the senders of advertisements: the sender has its
    // link-local address.
    [TestMethod]
    public void ANetworkWhoseNeighboursAreSoughtIsLocal()
    {
        string capture = Repository.PathOf("tests", "captures", "scanners", "ndisc6.pcap");
        TapsimRun run = TapsimRun.Run("replay", capture, "--alerts", "-").Expect(0);
        AlertLine closing = Closing(run);
        Assert.AreEqual("sweep", closing.Kind);
        Assert.AreEqual("2001:db8:20::100/122", closing["dst"]);
        Assert.AreEqual("40", closing["dsts"]);
        Assert.AreEqual("tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193) and, as the capture shows, "
            + "2001:db8:20::/64\n", run.Errors);
    }

    [TestMethod]
    public void LinkLocalAddressesAreOfNoNetworkInParticular()
    {
        string site = _folder.Write("site.toml", "[site]\nname = \"ward\"\nhome = [\"2001:db8:7::/64\", \"fe80::/10\"]\n"u8.ToArray());
        TapsimRun run = TapsimRun.Run("replay", Repository.PathOf("tests", "captures", "scanners", "ndisc6.pcap"), "--site", site).Expect(0);
        StringAssert.Contains(run.Errors, "tapsim: none of 12 IP and ARP frames is of the site's home network, ");
        StringAssert.Contains(run.Output, "no incidents: no frame is of the home network\n");
    }

    private static AlertLine Closing(TapsimRun run)
    {
        var closing = new List<AlertLine>();
        foreach (string line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.IsTrue(AlertLine.TryParse(Encoding.UTF8.GetBytes(line), out AlertLine? parsed, out string? problem), problem);
            if (parsed["state"] == "closed")
            {
                closing.Add(parsed);
            }
        }

        Assert.AreEqual(1, closing.Count, run.Output);
        return closing[0];
    }

    // Twenty unanswered SYNs to port 445, and on wish an ARP request of a host of that network, and a SYN to a server elsewhere.
    private string Sweep(string network, string actor, bool arp, string? server = null)
    {
        var capture = new Capture();
        var lan = new Lan(network + ".0/24");
        var talk = new Talk(lan, capture);
        long start = Capture.Utc(2026, 3, 2, "13:00:00");
        if (arp)
        {
            capture.Add(start - Capture.Second, lan.WhoHas(network + ".7", network + ".8"));
        }

        for (int host = 0; host < 20; host++)
        {
            capture.Add(start + (host * 50_000), talk.Syn(actor, 30_000 + (host * 17 % 97), $"{network}.{100 + host}", 445, talk.NextSequence()));
        }

        if (server is not null)
        {
            capture.Add(start + (30 * Capture.Second), talk.Syn(network + ".20", 30_000, server, 443, talk.NextSequence()));
        }

        string path = _folder.File("sweep.pcap");
        using FileStream file = File.Create(path);
        PcapFile.Write(file, Capture.Merge(capture));
        return path;
    }
}
