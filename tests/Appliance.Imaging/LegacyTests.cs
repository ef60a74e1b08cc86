using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>What of old imaging networks is heard stands in the inventory, by station.</summary>
[TestClass]
public sealed partial class LegacyTests
{
    private static readonly byte[] Card = [0xaa, 0x00, 0x04, 0x00, 0x07, 0x04];

    [TestMethod]
    [DataRow("DECnet Phase IV", "decnet")]
    [DataRow("DEC LAT terminal", "lat")]
    [DataRow("DEC MOP boot", "mop")]
    [DataRow("DEC MOP console", "mop")]
    [DataRow("IPX", "ipx")]
    [DataRow("IPX over LLC", "ipx")]
    [DataRow("IPX raw 802.3", "ipx")]
    [DataRow("AppleTalk", "appletalk")]
    [DataRow("AppleTalk ARP", "appletalk")]
    [DataRow("NetBEUI", "netbeui")]
    [DataRow("ISO OSI", "osi")]
    [DataRow("XNS", "xns")]
    [DataRow("Banyan VINES", "vines")]
    public void EachRuleOfTheLegacyFileHasItsWord(string name, string word)
    {
        var ward = new Ward();
        byte[] frame = Rules().Single(rule => rule.Name == name).Frame;
        ward.See(frame);
        ward.See(Change.Tagged(frame, (0x8100, 3)));
        string line = ward.Finish().Of("inventory")[1];
        Assert.Contains(($" part=\"host\" address=\"aa:00:04:00:07:04\" mac=\"aa:00:04:00:07:04\" maker=\"Digital Equipment\" "
            + $"role=\"host\" legacy=\"{word}\"").Trim(), line);
        Assert.Contains($"; speaks {word}", line);
    }

    [TestMethod]
    [DataRow("aaaa03 000000 80f3", "appletalk", DisplayName = "AARP as AppleTalk phase 2 sends it")]
    [DataRow("aaaa03 080007 809b", "appletalk", DisplayName = "AppleTalk phase 2")]
    [DataRow("aaaa03 000000 8137", "ipx", DisplayName = "IPX by SNAP")]
    [DataRow("aaaa03 000000 6003", "decnet", DisplayName = "DECnet by SNAP")]
    [DataRow("bcbc03", "vines", DisplayName = "VINES by LLC")]
    [DataRow("f0f103", "netbeui", DisplayName = "an answer of NetBEUI")]
    [DataRow("e0e103", "ipx", DisplayName = "an answer of IPX")]
    [DataRow("aaaa03 00000c 2000", "", DisplayName = "CDP")]
    [DataRow("aaaa03 00000c 80f3", "", DisplayName = "another organization's number")]
    [DataRow("424203", "", DisplayName = "spanning tree")]
    public void AnOldProtocolIsKnownHoweverItIsWrapped(string header, string word)
    {
        var ward = new Ward();
        ward.See(Lan.LlcFrame(Lan.Broadcast, Card, [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)),
            .. new byte[40]]));
        string[] told = [.. ward.Finish().Of("inventory").Where(line => line.Contains(" part=\"host\"", StringComparison.Ordinal))];
        Assert.HasCount(word.Length == 0 ? 0 : 1, told);
        Assert.IsTrue(told.All(line => line.Contains($" role=\"host\" legacy=\"{word}\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheTableAboveHasAllRules()
    {
        int rows = typeof(LegacyTests).GetMethod(nameof(EachRuleOfTheLegacyFileHasItsWord))!
            .GetCustomAttributes(typeof(DataRowAttribute), false).Length;
        Assert.HasCount(rows, Rules().ToList());
    }

    [TestMethod]
    public void OneStationOfManyProtocolsIsOneLine()
    {
        var ward = new Ward();
        foreach ((_, byte[] frame) in Rules())
        {
            ward.See(frame);
        }

        Assert.Contains(" legacy=\"decnet,lat,mop,ipx,appletalk,netbeui,osi,xns,vines\"", ward.Finish().Of("inventory")[1]);
        Assert.HasCount(2, ward.Of("inventory"));
    }

    [TestMethod]
    [DataRow(1600)]
    [DataRow(5555)]
    public void AdvantageNetIsKnownByItsWordsAtAnyPort(int port)
    {
        byte[] discovery = [0, 0, 0, 0x7e, 0, 0, 5, 0xe8, .. "NMR1"u8, 0, 0, .. "IC0"u8, .. new byte[29]];
        var ward = new Ward();
        Ip ip = new Ip("10.20.30.4", "10.20.30.255") with { DestinationMac = Lan.Broadcast };
        ward.See(ip.Udp(0x0e75, port, discovery));
        Assert.Contains(" legacy=\"advantagenet\"", ward.Finish().Of("inventory")[1]);
    }

    [TestMethod]
    public void WhatElseGoesToItsPortIsNotAdvantageNet()
    {
        var ward = new Ward();
        Ip ip = new Ip("10.20.30.4", "10.20.30.255") with { DestinationMac = Lan.Broadcast };
        ward.See(ip.Udp(4000, 1600, new byte[46]));
        ward.See(new Ip("10.20.30.4", Ward.Pacs).Udp(4000, 1600, [.. "whoami"u8, .. new byte[40]]));
        Assert.IsEmpty(ward.Finish().Of("inventory"));
    }

    // A frame that satisfies each rule.
    private static IEnumerable<(string Name, byte[] Frame)> Rules()
    {
        string text = File.ReadAllText(Repository.PathOf("firmware", "tables", "legacy.rules"));
        foreach (Match rule in Rule().Matches(text))
        {
            int[] numbers = [.. rule.Groups[3].Value.Split(',').Select(n => Convert.ToInt32(n.Trim(), 16))];
            byte[] frame = rule.Groups[2].Value switch
            {
                "ethertype" => Lan.Frame(Lan.Broadcast, Card, numbers[0], new byte[46]),
                "llc" => Lan.LlcFrame(Lan.Broadcast, Card, [(byte)numbers[0], (byte)numbers[1], 3, .. new byte[43]]),
                _ => Lan.LlcFrame(Lan.Broadcast, Card, [0xaa, 0xaa, 3, (byte)(numbers[0] >> 16), (byte)(numbers[0] >> 8), (byte)numbers[0],
                    (byte)(numbers[1] >> 8), (byte)numbers[1], .. new byte[40]]),
            };
            yield return (rule.Groups[1].Value, frame);
        }
    }

    [GeneratedRegex("alert eth any -> any \\( msg:\"([^\"]+)\"; (ethertype|llc|snap):([^;]+);")]
    private static partial Regex Rule();
}
