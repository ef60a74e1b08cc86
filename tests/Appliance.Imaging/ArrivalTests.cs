using System;
using System.Linq;
using Appliance.Imaging.Judging;
using Appliance.Imaging.Memories;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Newcomers.</summary>
[TestClass]
public sealed class ArrivalTests
{
    private const string New = "10.20.30.99";
    private static readonly Lan Lan = new("10.20.30.0/24");

    [TestMethod]
    public void AfterAWeekANewAddressIsToldOnceWithItsMakerAndWhatItDoes()
    {
        var ward = new Ward();
        ward.Connect("10.20.30.31", Ward.Pacs, 104);
        ward.Wait(TimeSpan.FromDays(6.9));
        ward.Connect("10.20.30.32", Ward.Pacs, 104);
        ward.Wait(TimeSpan.FromDays(0.2));
        Assert.IsEmpty(ward.Of("new-host"));
        byte[] arp = Lan.WhoHas(New, Ward.Pacs);
        new byte[] { 0xb8, 0x27, 0xeb, 1, 2, 3 }.CopyTo(arp, 22);
        ward.See(arp);
        ward.Connect(New, Ward.Pacs, 445);
        ward.Connect(Ward.Pacs, New, 22);
        string line = ward.Of("new-host").Single();
        StringAssert.Contains(line, "state=\"open\" severity=\"2\" sid=\"0\" proto=\"ip\" src=\"10.20.30.99\" srcs=\"1\"");
        StringAssert.Contains(line, " name=\"Raspberry Pi\"");
        StringAssert.Contains(line, "] new host 10.20.30.99, Raspberry Pi, card b8:27:eb:01:02:03");
        ward.Wait(TimeSpan.FromHours(2));
        string closed = ward.Of("new-host")[1];
        StringAssert.Contains(closed, "state=\"closed\"");
        StringAssert.Contains(closed, "; serves ssh; asks smb");
        for (int day = 0; day < 20; day++)
        {
            ward.Connect(New, Ward.Pacs, 445);
            ward.Connect("10.20.30.32", Ward.Pacs, 104);
            ward.Wait(TimeSpan.FromDays(1));
        }

        Assert.HasCount(2, ward.Of("new-host"));
    }

    [TestMethod]
    public void WithAListWhoIsNotInItIsToldAtOnce()
    {
        var ward = new Ward("[imaging.hosts]\nall = [\"10.20.30.30-10.20.30.39\", \"10.20.30.112\"]\n");
        ward.Connect("10.20.30.31", Ward.Pacs, 104);
        Assert.IsEmpty(ward.Lines);
        ward.Connect(New, Ward.Pacs, 104);
        Assert.Contains(" src=\"10.20.30.99\"", ward.Of("new-host").Single());
    }

    [TestMethod]
    [DataRow("ping")]
    [DataRow("igmp")]
    [DataRow("two tags, a request")]
    [DataRow("two tags, an answer")]
    public void WhoIsHeardByWhateverOpensAConversationIsANewcomer(string by)
    {
        var ward = new Ward("[imaging.hosts]\nall = [\"10.20.30.30-10.20.30.39\", \"10.20.30.112\"]\n");
        byte[] FrameOf(string host) => by switch
        {
            "ping" => new Ip(host, Ward.Pacs).Echo(false, 1, 1),
            "igmp" => (new Ip(host, "224.0.0.22") with { DestinationMac = [1, 0, 0x5e, 0, 0, 22] })
                .Datagram(2, [0x22, 0, 0, 0, 0, 0, 0, 0]),
            "two tags, a request" => Change.Tagged(new Ip(host, Ward.Pacs).Tcp(40000, 443, "S"), (0x88a8, 3), (0x8100, 4)),
            _ => Change.Tagged(new Ip(host, Ward.Pacs).Tcp(443, 40000, "SA", 0, 1), (0x88a8, 3), (0x8100, 4)),
        };
        ward.See(FrameOf("10.20.30.31"));
        ward.See(FrameOf("10.20.31.99"));
        Assert.IsEmpty(ward.Lines);
        ward.See(FrameOf(New));
        ward.See(FrameOf(New));
        Assert.Contains(" src=\"10.20.30.99\"", ward.Of("new-host").Single());
        if (by.StartsWith("two", StringComparison.Ordinal))
        {
            ward.Wait(TimeSpan.FromHours(3));
            Assert.Contains(by == "two tags, an answer" ? " serves=\"web\"" : " asks=\"web\"",
                ward.Of("inventory").Single(line => line.Contains(" address=\"10.20.30.99\"", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void AFloodOfForgedAddressesIsAFewLinesAndForgetsNobody()
    {
        var ward = new Ward();
        for (int day = 0; day < 8; day++)
        {
            ward.Connect("10.20.30.31", Ward.Pacs, 104);
            ward.Wait(TimeSpan.FromDays(1));
        }

        for (int i = 1; i < 255; i++)
        {
            ward.See(new Ip(FormattableString.Invariant($"10.20.30.{i}"), Ward.Pacs).Tcp(40000, 443, "S"));
        }

        string[] told = [.. ward.Of("new-host").Where(line => line.Contains("state=\"open\"", StringComparison.Ordinal))];
        Assert.HasCount(8, told);
        Assert.IsFalse(told.Any(line => line.Contains(" src=\"10.20.30.31\"", StringComparison.Ordinal)));
        ward.Finish();
        Assert.Contains(" src=\"various\" srcs=\"", ward.Of("new-host").Last(line => line.Contains("various", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void AFullMemoryKeepsWhoIsThereEachDay()
    {
        var known = new KnownHosts();
        for (int day = 0; day < 3; day++)
        {
            for (int host = 0; host < 200; host++)
            {
                known.Hear(0x0a000000 + host, day);
            }
        }

        int noRoom = 0;
        for (int i = 0; i < 100_000; i++)
        {
            noRoom += known.Hear(unchecked((int)0x0b000000) + i * 7, 4) == KnownHosts.NoRoom ? 1 : 0;
        }

        Assert.AreEqual(0, noRoom);
        Assert.IsTrue(Enumerable.Range(0, 200).All(host => known.Has(0x0a000000 + host)));
        for (int day = 5; day < 7; day++)
        {
            for (int host = 0; host < 1024; host++)
            {
                known.Hear(0x0a000000 + host, day);
            }
        }

        Assert.AreEqual(KnownHosts.NoRoom, known.Hear(0x0c000001, 8), "a memory full of lasting hosts takes nobody");
        Assert.AreEqual(KnownHosts.New, known.Hear(0x0c000001, 90), "but who was gone for months gives way");
    }

    [TestMethod]
    public void AnotherNetworkIsLearnedFromItsBeginning()
    {
        var ward = new Ward();
        ward.Wait(TimeSpan.FromDays(8));
        Assert.IsTrue(ward.Eyes.Arrivals.IsTelling());
        ward.Eyes.UseTable(Ward.Load("[imaging.dicom]\nMR1 = \"10.20.30.32\"\n"));
        Assert.IsTrue(ward.Eyes.Arrivals.IsTelling(), "the same network, another list");
        ward.Eyes.UseTable(Ward.Load("", Ward.Home.Replace("10.20.30.0/24", "10.20.31.0/24", StringComparison.Ordinal)));
        Assert.IsFalse(ward.Eyes.Arrivals.IsTelling());
        Assert.AreEqual(168, Arrivals.LearningHours);
    }

    [TestMethod]
    public void NetworksOfOneSizeBesideTheSameLargeOneAreTwoSites()
    {
        var ward = new Ward();
        int Mark(string home)
        {
            ward.Eyes.UseTable(Ward.Load("", Ward.Home.Replace("\"10.20.30.0/24\"", home, StringComparison.Ordinal)));
            return ward.Eyes.HomeMark;
        }

        int first = Mark("\"10.20.0.0/16\", \"10.30.1.0/24\"");
        Assert.AreNotEqual(first, Mark("\"10.20.0.0/16\", \"10.30.2.0/24\""));
        Assert.AreEqual(first, Mark("\"10.30.1.0/24\", \"10.20.0.0/16\""), "the order is nothing");
    }

    [TestMethod]
    public void OfAnotherNetworkNobodyIsRemembered()
    {
        var ward = new Ward();
        ward.Accept("10.20.30.31", Ward.Pacs, "PACS", "CT1");
        ward.Eyes.UseTable(Ward.Load("", Ward.Home.Replace("10.20.30.0/24", "10.20.31.0/24", StringComparison.Ordinal)));
        ward.Wait(TimeSpan.FromHours(25));
        Assert.Contains(" hosts=\"0\"", ward.Of("inventory").Single());
    }
}
