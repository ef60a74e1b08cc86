using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>
/// Thirty boxes over a month, each with its own noise: what one actor does at many of them is found, and what only looks alike
/// is not tied.
/// </summary>
[TestClass]
public sealed class CampaignTests
{
    private const int Sites = 30;
    private const string Inside = "10.0.0.9";
    private const string Slow = "198.51.100.23";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (string Fault, string Over)[] Mended =
        [("no-mirror", "mirrored"), ("unreadable", "readable"), ("foreign", "home"), ("doubled", "single"), ("partial", "whole")];

    private static ReportText _report = null!;

    [ClassInitialize]
    public static void WatchAMonth(TestContext context)
    {
        _report = ReportText.Of(Month().SelectMany(b => b.Lines));
        _report.Run.Expect(0);
    }

    [TestMethod]
    public void TwoHostsAtEachOfThirtySitesAreOneCampaign()
    {
        string campaigns = _report.Section("Campaigns");
        StringAssert.Contains(campaigns, $"{Slow} came to 30 boxes in 30 incidents (restricted-service; tcp/23), 60 hosts in "
            + "all, 2026-03-02 03:00 to 2026-03-30 21:12.");
        StringAssert.Contains(campaigns, "In this order: site-00, site-01, site-02,");
        StringAssert.Contains(_report.Section("What needs somebody today"), $"1. **high** {Slow} came to 30 boxes");
    }

    [TestMethod]
    public void AnActorThatMovesWithinItsNetworkIsOneActor()
    {
        // Six addresses of one /24, the same service and hop count, an hour apart.
        StringAssert.Contains(_report.Section("Campaigns"), "came to 6 boxes in 6 incidents (sweep; tcp/445), 90 hosts in all");
    }

    [TestMethod]
    public void AMacAddressTiesAtManySites()
    {
        StringAssert.Contains(_report.Section("Campaigns"), "00:1b:21:10:00:01 came to 3 boxes in 3 incidents (sweep; arp)");
    }

    [TestMethod]
    public void NothingElseIsTied()
    {
        MatchCollection found = Regex.Matches(_report.Section("Campaigns"), "came to (\\d+) box");
        CollectionAssert.AreEqual(new[] { "30", "6", "3" }, found.Select(m => m.Groups[1].Value).ToArray(),
            _report.Section("Campaigns"));
    }

    [TestMethod]
    public void APrivateAddressIsOneActorOnlyWhereTheSitesShareTheirAddresses()
    {
        Assert.DoesNotContain($"{Inside} came to", _report.Section("Campaigns"));
        string shared = ReportText.Of(Month(hasHeartbeats: false).SelectMany(b => b.Lines), "--one-network").Section("Campaigns");
        StringAssert.Contains(shared, $"{Inside} came to 30 boxes in 30 incidents (sweep; tcp/9100)");
    }

    [TestMethod]
    public void WhoIsBlindStandsOnTheFirstPage()
    {
        string boxes = _report.Section("Which boxes saw");
        StringAssert.Contains(boxes, "27 of 30 boxes watch; blind or unheard now: tap-000004, tap-00000b and tap-000011.");
        StringAssert.Contains(boxes, "Blind: no frame of the site's home network: another VLAN is mirrored, or the profile is "
            + "another site's from 2026-03-08 00:00 and still so.");
        StringAssert.Contains(boxes, "Blind: a share of the conversations showed one side only from 2026-03-20 00:00 and still "
            + "so.");
        StringAssert.Contains(boxes, "Unheard since 2026-03-14 23:58: no heartbeat for 17 days.");
        StringAssert.Contains(boxes, "Its table 7 is 120 days old.");
        StringAssert.Contains(boxes, "Blind: the switch mirrored nothing from 2026-03-05 06:00 until 2026-03-05 08:00.");
        StringAssert.Contains(boxes, "an ordinary one, no mirror from 2026-03-06 20:00 until 2026-03-07 20:00.");
        StringAssert.Contains(boxes, "an encapsulation that is not read from 2026-03-06 21:00 until 2026-03-07 21:00.");
        StringAssert.Contains(boxes, "another site's from 2026-03-06 22:00 until 2026-03-07 22:00.");
        StringAssert.Contains(boxes, "each frame came twice from 2026-03-06 23:00 until 2026-03-07 23:00.");
        string today = _report.Section("What needs somebody today");
        StringAssert.Contains(today, "tap-000011 (site-17): Unheard since 2026-03-14 23:58");
        StringAssert.Contains(today, "tap-000008 (site-08): Its table 7 is 120 days old. Flash a new table.");
    }

    [TestMethod]
    public void WhatChangedSinceAPointInTimeIsTold()
    {
        ReportText report = ReportText.Of(Month(hasHeartbeats: false).SelectMany(b => b.Lines), "--since", "2026-03-29T00:00Z");
        string changes = report.Section("What changed since 2026-03-29 00:00 UTC");
        StringAssert.Contains(changes, $"New: restricted-service tap-00001d/1/");
        Assert.IsFalse(changes.Contains("tap-000002/", StringComparison.Ordinal), changes);
    }

    /// <summary>The boxes with all that happens in the month.</summary>
    /// <param name="hasHeartbeats">Two thirds of a million of them; without, no box is heard between its incidents.</param>
    private static List<BoxLines> Month(bool hasHeartbeats = true)
    {
        List<BoxLines> boxes = [];
        for (int site = 0; site < Sites; site++)
        {
            boxes.Add(Box(site, hasHeartbeats));
        }

        return boxes;
    }

    private static BoxLines Box(int site, bool hasHeartbeats)
    {
        var box = new BoxLines($"tap-{site:x6}", $"site-{site:00}");
        CultureInfo c = CultureInfo.InvariantCulture;
        string net = string.Create(c, $"10.{site}.7");
        DateTimeOffset end = site == 17 ? Start.AddDays(14) : Start.AddDays(31);

        if (hasHeartbeats)
        {
            // Two minutes instead of one keep the month small, and are still no silence.
            box.Watch(Start, end, 120, site == 8 ? 120 * 86400 : 86400);
        }

        // Two servers of each site, a site a day: no box alone sees more than two hosts.
        DateTimeOffset visit = Start.AddDays(1).AddHours(3).AddMinutes(site * 1428);
        box.Incident(visit, 4, "restricted-service", 3, $"sid=\"1000306\" proto=\"tcp\" src=\"{Slow}\" srcs=\"1\" "
            + $"dst=\"{net}.0/26\" dsts=\"2\" dport=\"23\" "
            + $"frames=\"2\" name=\"Telnet from outside\" hosts=\"{net}.10,{net}.53\" ttl=\"51\" flags=\"S\"");

        // The noise of the internet: other sources everywhere, for fashionable ports.
        for (int i = 0; i < 20; i++)
        {
            string port = new[] { "445", "3389", "23", "8080" }[i % 4];
            box.Incident(Start.AddHours(13 + (i * 31) + site), 60, "sweep", 2,
                string.Create(c, $"sid=\"0\" proto=\"tcp\" src=\"{60 + site}.{i + 1}.{(site * 7 % 200) + i}.9\" srcs=\"1\" ")
                + $"dst=\"{net}.0/24\" dsts=\"{8 + i}\" dport=\"{port}\" frames=\"{8 + i}\" ttl=\"{40 + ((i * 5) % 20)}\" "
                    + "flags=\"S\" stride=\"sport\"");
        }

        // The same private address asks at every site: thirty different machines.
        box.Incident(Start.AddDays(3).AddHours(site * 11), 30, "dark-host", 2,
            "sid=\"0\" proto=\"udp\" src=\"192.168.1.10\" srcs=\"1\" dst=\"192.168.1.0/24\" dsts=\"3\" "
            + "dport=\"161\" frames=\"9\" ttl=\"128\" dark=\"3\"");

        // A console of the same make at every site, expected there.
        box.Incident(Start.AddDays(2), 3600, "broadcast", 1, "sid=\"1000107\" proto=\"udp\" src=\"172.16.0.4\" srcs=\"1\" "
            + "dst=\"172.16.0.0\" dsts=\"1\" dport=\"1600\" "
            + "frames=\"30\" name=\"Shivka-Burka 1600\" ttl=\"60\" period=\"120\" expected=\"GE AdvantageNet master console\"");
        if (site is >= 20 and < 26)
        {
            box.Incident(Start.AddDays(12).AddHours(site), 40, "sweep", 2,
                string.Create(c, $"sid=\"1000308\" proto=\"tcp\" src=\"203.0.113.{site * 9}\" srcs=\"1\" dst=\"{net}.0/24\" ")
                + "dsts=\"15\" dport=\"445\" frames=\"15\" name=\"Windows sharing outside\" ttl=\"47\" flags=\"S\" "
                    + "stride=\"sport\"");
        }

        if (site is 3 or 9 or 27)
        {
            box.Incident(Start.AddDays(20).AddHours(site), 20, "sweep", 2,
                $"sid=\"0\" proto=\"arp\" src=\"00:1b:21:10:00:01\" srcs=\"1\" dst=\"{net}.0/24\" dsts=\"40\" dport=\"0\" "
                    + "frames=\"40\"");
        }

        // A router's virtual address (VRRP) is the same at every site that numbers its routers alike.
        box.Incident(Start.AddDays(21).AddHours(site), 20, "sweep", 2,
            $"sid=\"0\" proto=\"arp\" src=\"00:00:5e:00:01:01\" srcs=\"1\" dst=\"{net}.0/24\" dsts=\"{20 + site}\" dport=\"0\" "
                + $"frames=\"{20 + site}\"");

        // A monitor of one make at every site, all in one night: the same private address, service, hosts, hop count and order.
        box.Incident(Start.AddDays(22).AddMinutes(site), 20, "sweep", 2,
            $"sid=\"0\" proto=\"tcp\" src=\"{Inside}\" srcs=\"1\" dst=\"10.0.0.0/24\" dsts=\"4\" dport=\"9100\" frames=\"4\" "
                + "hosts=\"10.0.0.20,10.0.0.21,10.0.0.22,10.0.0.23\" ttl=\"64\" flags=\"S\" stride=\"sport\" sport=\"40000\"");
        Trouble(box, site);
        return box;
    }

    private static void Trouble(BoxLines box, int site)
    {
        if (site == 4)
        {
            box.Health(Start.AddDays(7), "mirror", "foreign");
        }
        else if (site == 11)
        {
            box.Health(Start.AddDays(19), "mirror", "partial");
        }
        else if (site == 5)
        {
            box.Health(Start.AddDays(4).AddHours(6), "mirror", "silent");
            box.Health(Start.AddDays(4).AddHours(8), "mirror", "frames");
        }
        else if (site is >= 20 and < 24)
        {
            (string fault, string over) = Mended[site - 20];
            box.Health(Start.AddDays(5).AddHours(site), "mirror", fault);
            box.Health(Start.AddDays(6).AddHours(site), "mirror", over);
        }
    }
}
