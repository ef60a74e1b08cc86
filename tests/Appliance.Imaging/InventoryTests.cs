using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Sensor.Lines;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Who lives in the imaging network, once a day.</summary>
[TestClass]
public sealed class InventoryTests
{
    private const string Modality = "10.20.30.31";
    private static readonly Lan Lan = new("10.20.30.0/24");

    [TestMethod]
    public void RolesAndTitlesAreByWhatHostsServeAndAsk()
    {
        var ward = new Ward();
        Speak(ward);
        IReadOnlyList<string> lines = ward.Finish().Of("inventory");
        Assert.Contains(" hosts=\"7\" unlisted=\"0\" learning=\"7\"", lines[0]);
        Assert.Contains("part=\"host\" address=\"10.20.30.112\" mac=\"00:1d:4a:00:00:70\" maker=\"Carestream or Kodak\" "
            + "role=\"pacs\" titles=\"PACS\" serves=\"dicom,web\"",
            Of(lines, Ward.Pacs));
        Assert.Contains(" role=\"modality\" titles=\"CT1\" asks=\"dicom\"", Of(lines, Modality));
        Assert.Contains(" role=\"workstation\" titles=\"WS3\" asks=\"dicom,web,print\"", Of(lines, "10.20.30.33"));
        Assert.Contains(" role=\"printer\" serves=\"print\"", Of(lines, "10.20.30.40"));
        Assert.Contains(" role=\"interface\"", Of(lines, "10.20.30.41"));
        Assert.Contains("] pacs 10.20.30.112, Carestream or Kodak, card 00:1d:4a:00:00:70; serves dicom, web", Of(lines, Ward.Pacs));
    }

    [TestMethod]
    public void ItIsToldOnceADayAHostASecond()
    {
        var ward = new Ward();
        Speak(ward);
        Assert.IsEmpty(ward.Of("inventory"));
        ward.Wait(TimeSpan.FromHours(25));
        Assert.HasCount(8, ward.Of("inventory"));
        ward.Wait(TimeSpan.FromHours(24));
        Assert.HasCount(16, ward.Of("inventory"));
        Assert.Contains(" silent=\"", Of(ward.Of("inventory")[9..], Modality));
    }

    // Switched off each night, it would never have listened for a day.
    [TestMethod]
    public void TheFirstIsToldTwoHoursAfterAStartAndTheNextADayLater()
    {
        var ward = new Ward();
        Speak(ward);
        ward.Wait(TimeSpan.FromMinutes(119));
        Assert.IsEmpty(ward.Of("inventory"));
        ward.Wait(TimeSpan.FromMinutes(10));
        Assert.HasCount(8, ward.Of("inventory"));
        Assert.Contains(" associations=\"3\" ", ward.Of("inventory")[0]);
        ward.Wait(TimeSpan.FromMinutes((24 * 60) - 11));
        Assert.HasCount(8, ward.Of("inventory"));
        ward.Wait(TimeSpan.FromMinutes(11));
        Assert.HasCount(16, ward.Of("inventory"));
    }

    [TestMethod]
    public void WhereNobodyWasHeardTheFirstWaitsForSomebody()
    {
        var ward = new Ward();
        ward.Wait(TimeSpan.FromMinutes(190));
        Assert.IsEmpty(ward.Lines);
        Speak(ward);
        ward.Wait(TimeSpan.FromMinutes(60));
        Assert.HasCount(8, ward.Of("inventory"));
    }

    // The box starts every six hours, and what was told is kept over the starts.
    [TestMethod]
    public void WhoStartsOftenTellsOnceADayByTheClockAndOnceAStartWithoutOne()
    {
        int told = 0;
        int untimed = 0;
        int kept = 0;
        for (int start = 0; start < 16; start++)
        {
            long now = Ward.Start + (start * 6 * 3600 * 1_000_000L);
            var ward = new Ward();
            ward.Eyes.SetWallClock(now);
            ward.Eyes.ToldHour = kept;
            var other = new Ward();
            other.Eyes.SetWallClock(SyslogLine.NoTime);
            other.Eyes.ToldHour = kept;
            foreach (Ward each in new[] { ward, other })
            {
                Speak(each);
                each.Wait(TimeSpan.FromMinutes(359));
            }

            kept = ward.Eyes.ToldHour;
            told += ward.Of("inventory").Count / 8;
            untimed += other.Of("inventory").Count / 8;
        }

        Assert.AreEqual(4, told);
        Assert.AreEqual(16, untimed);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "outsiders ask home hosts")]
    [DataRow(false, DisplayName = "home hosts ask outsiders")]
    public void AGatewayIsTheCardThroughWhichAnswersComeBack(bool isFromOutside)
    {
        var ward = new Ward();
        ward.See(Arp("10.20.30.1", Lan.RouterMac));
        ward.See((new Ip("10.20.30.77", Ward.Pacs) with { SourceMac = Lan.RouterMac }).Tcp(40000, 443, "S"));
        string[] hosts = [Ward.Pacs, Modality];
        foreach (string host in hosts)
        {
            Cross(ward, host, "203.0.113." + host[^1], isFromOutside, Lan.RouterMac, Lan.RouterMac);
        }

        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains(" role=\"gateway\"", Of(ward.Of("inventory"), "10.20.30.1"));
        Assert.DoesNotContain(" mac=", Of(ward.Of("inventory"), "10.20.30.77"));
        Assert.ContainsSingle(line => line.Contains(" role=\"gateway\"", StringComparison.Ordinal), ward.Of("inventory"));
    }

    [TestMethod]
    public void WhoForgesOutsidersIsNoGateway()
    {
        var ward = new Ward();
        byte[] forger = [2, 0, 0, 0, 0, 0x66];
        ward.See(Arp("10.20.30.1", Lan.RouterMac));
        ward.See(Arp("10.20.30.66", forger));
        for (int i = 0; i < 40; i++)
        {
            // What it asks in their names is answered to the true gateway.
            string outsider = FormattableString.Invariant($"203.0.113.{i}");
            Cross(ward, i % 2 == 0 ? Ward.Pacs : Modality, outsider, true, forger, Lan.RouterMac);
        }

        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains(" role=\"host\"", Of(ward.Of("inventory"), "10.20.30.66"));
        Assert.DoesNotContain(line => line.Contains(" role=\"gateway\"", StringComparison.Ordinal), ward.Of("inventory"));
    }

    [TestMethod]
    public void ADayWithoutAnybodyIsToldTooAndAReplaySkipsIt()
    {
        var ward = new Ward();
        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains("part=\"imaging\" associations=\"0\" rejected=\"0\" tls=\"0\" messages=\"0\" untold=\"0\" hosts=\"0\"",
            ward.Of("inventory").Single());
        var replay = new Ward();
        replay.Eyes.SkipsPlainDays = true;
        replay.Wait(TimeSpan.FromHours(25));
        Assert.IsEmpty(replay.Lines);
    }

    [TestMethod]
    public void WhatTheProfileAcceptsIsSaidSoThatSilenceAboutItIsNotMistaken()
    {
        var ward = new Ward("[imaging.accepted]\nvnc = \"10.20.30.50\"\ntls = [\"10.20.30.0/24\"]\n");
        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains(" learning=\"6\" accepted=\"tls,vnc\" site=\"x-ray\"]", ward.Of("inventory").Single());
        Assert.EndsWith("hosts: 0; not told of hosts of which the profile accepts it: tls, vnc", ward.Of("inventory").Single());
    }

    [TestMethod]
    public void WhoStoresIsAModalityWhateverElseItAsks()
    {
        var ward = new Ward();
        ward.Accept(Modality, Ward.Pacs, "PACS", "CT1");
        ward.Connect(Modality, Ward.Pacs, 443);
        Assert.Contains(" role=\"workstation\"", Of(ward.Finish().Of("inventory"), Modality));
        for (int i = 0; i < 200; i++)
        {
            ward.See(new Ip(Modality, Ward.Pacs).Tcp(40000, 104, "A", i * 1400, 1, payload: new byte[1400]));
        }

        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains(" role=\"modality\"", ward.Of("inventory").Last(line => line.Contains(Modality, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ItTakesThreeKilobytes()
    {
        var inventory = new Inventory();
        Assert.IsLessThanOrEqualTo(3072, inventory.Cells.Length * 4 + inventory.TitleOctets.Length + (2 * 20) + 12 + (4 * 12));
    }

    [TestMethod]
    public void WhoForgesAddressesPushesNobodyOut()
    {
        var ward = new Ward("[imaging.hosts]\nall = \"10.20.0.0/16\"\n");
        Speak(ward);
        for (int i = 1; i < 255; i++)
        {
            ward.See(new Ip(FormattableString.Invariant($"10.20.30.{i}"), Ward.Pacs).Tcp(40000 + i, 443, "S"));
        }

        IReadOnlyList<string> lines = ward.Finish().Of("inventory");
        Assert.Contains(" role=\"pacs\"", Of(lines, Ward.Pacs));
        Assert.Contains(" role=\"interface\"", Of(lines, "10.20.30.41"));
        Assert.IsLessThanOrEqualTo(Inventory.Most + 1, lines.Count);
    }

    [TestMethod]
    public void ALineOfEverythingIsWholeInItsParameters()
    {
        var ward = new Ward();
        for (int i = 0; i < 3; i++)
        {
            ward.Accept("10.20.30.50", Ward.Pacs, "PACS", FormattableString.Invariant($"A_TITLE_OF_16_O{i}"));
        }

        int[] ports = [104, 2575, 80, 445, 3389, 5900, 22, 23, 21, 515, 161, 53, 67, 1433, 389, 7777];
        foreach (int port in ports)
        {
            ward.Connect("10.20.30.50", Ward.Pacs, port);
            ward.Connect(Ward.Pacs, "10.20.30.50", port);
        }

        string line = Of(ward.Finish().Of("inventory"), "10.20.30.50");
        Assert.Contains(" titles=\"A_TITLE_OF_16_O0,", line);
        Assert.Contains("serves=\"dicom,hl7,web,smb,rdp,vnc,ssh,telnet,ftp,print,snmp,dns,dhcp,database,directory,other\"", line);
        Assert.AreEqual(0, line.Count(c => c == '"') % 2);
    }

    [TestMethod]
    public void EachKnownPortIsFound()
    {
        var services = new Service();
        ushort[] known = Service.Known();
        for (int i = 0; i < known.Length; i += 2)
        {
            Assert.AreEqual(known[i + 1], services.Of(known[i]), $"port {known[i]}");
        }

        int[] others = [0, 1, 103, 105, 1023, 65535];
        Assert.IsTrue(others.All(port => services.Of(port) == Service.Other));
        Assert.AreEqual(known.Length / 2, Enumerable.Range(0, 65536).Count(port => services.Of(port) != Service.Other));
    }

    [TestMethod]
    [NeedsTool("nmap")]
    public void MakersAreTheRegistrys()
    {
        string[] registry = [.. File.ReadLines("/usr/share/nmap/nmap-mac-prefixes").Where(line =>
            line.Length > 7 && line[6] == ' ' && line[..6].All(char.IsAsciiHexDigit))];
        Dictionary<int, string> names = registry.DistinctBy(line => line[..6])
            .ToDictionary(line => int.Parse(line[..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture), line => line[7..]);
        var maker = new Maker();
        byte[] known = Maker.Known();
        int before = -1;
        for (int i = 0; i < known.Length; i += 4)
        {
            int prefix = (known[i] << 16) | (known[i + 1] << 8) | known[i + 2];
            Assert.IsGreaterThan(before, prefix, "ascending");
            before = prefix;
            int number = maker.Of(prefix);
            Words words = maker.Names;
            string name = System.Text.Encoding.ASCII.GetString(words.Octets, words.Starts[number],
                words.Starts[number + 1] - words.Starts[number]);
            Assert.IsLessThanOrEqualTo(24, name.Length);
            string[] accepted = [name.Split(' ')[0], .. name switch
            {
                "General Electric" => (string[])["GE ", "Imatron"],
                "Siemens" => ["Acuson"],
                "Philips" => ["Picker"],
                "Fujifilm" => ["Fuji Photo"],
                "Carestream or Kodak" => ["Eastman Kodak"],
                "Varian or Varex" => ["Varex"],
                "Sun or Oracle" => ["Oracle"],
                "Epson" => ["Seiko Epson"],
                "APC" => ["American Power"],
                _ => [],
            }];
            Assert.IsTrue(names.TryGetValue(prefix, out string? registered)
                && accepted.Any(a => registered.StartsWith(a, StringComparison.OrdinalIgnoreCase)), $"{prefix:x6} {name}: {registered}");
        }

        Assert.AreEqual(Maker.Unknown, maker.Of(0x020000));
    }

    private static void Speak(Ward ward)
    {
        ward.See(Arp(Ward.Pacs, [0x00, 0x1d, 0x4a, 0, 0, 0x70]));
        ward.Accept(Modality, Ward.Pacs, "PACS", "CT1");
        ward.Accept("10.20.30.32", Ward.Pacs, "PACS", "CT2");
        ward.Accept("10.20.30.33", Ward.Pacs, "PACS", "WS3");
        ward.Connect("10.20.30.33", Ward.Pacs, 443);
        ward.Connect("10.20.30.33", "10.20.30.40", 9100);
        ward.Send("10.20.30.41", "10.20.30.42", Hl7.Message("RIS", "X", "PACS", "Y"));
    }

    // A connection between home and elsewhere that is answered, with the card from which the question comes or to which it goes,
    // and that of the answer.
    private static void Cross(Ward ward, string host, string outsider, bool isFromOutside, byte[] asked, byte[] answered)
    {
        if (isFromOutside)
        {
            ward.See((new Ip(outsider, host) with { SourceMac = asked }).Tcp(40000, 443, "S"));
            ward.See((new Ip(host, outsider) with { DestinationMac = answered }).Tcp(443, 40000, "SA", 0, 1));
        }
        else
        {
            ward.See((new Ip(host, outsider) with { DestinationMac = asked }).Tcp(40000, host == Ward.Pacs ? 443 : 80, "S"));
            ward.See((new Ip(outsider, host) with { SourceMac = answered }).Tcp(host == Ward.Pacs ? 443 : 80, 40000, "SA", 0, 1));
        }
    }

    private static byte[] Arp(string address, byte[] card)
    {
        byte[] frame = Lan.WhoHas(address, "10.20.30.2");
        card.CopyTo(frame, 6);
        card.CopyTo(frame, 22);
        return frame;
    }

    private static string Of(IEnumerable<string> lines, string host) =>
        lines.Single(line => line.Contains($" address=\"{host}\"", StringComparison.Ordinal));
}
