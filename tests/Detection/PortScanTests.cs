using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Regex = System.Text.RegularExpressions.Regex;

namespace Appliance.Detection.Tests;

/// <summary>One actor, one host, many ports.</summary>
[TestClass]
public sealed class PortScanTests
{
    private const string Net6 = "2001:db8:12:3::";
    private const string Actor6 = "2001:db8:bad::66";

    [TestMethod]
    [DataRow("S", true)]
    [DataRow("S", false)]
    [DataRow("", false)]
    [DataRow("FPU", false)]
    [DataRow("F", false)]
    [DataRow("SF", false)]
    public void ManyPortsOfOneHostAreAPortScan(string flags, bool isAmidOrdinaryTraffic)
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int port = 1; port <= 60; port++)
        {
            long time = Probes.Start + (port * 300_000L);
            uint sequence = probes.Talk.NextSequence();
            probes.Capture.Add(time, probes.Talk.Between(Probes.Actor, host).Tcp(50123, port * 3, flags, sequence, window: 1024));
            probes.Capture.Add(time + 20_000,
                probes.Talk.Between(host, Probes.Actor).Tcp(port * 3, 50123, "RA", 0, sequence + 1, window: 0));
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("port-scan");
        TenDetects.Has(incident, "port-scan",
            $"proto=tcp src={Probes.Actor} srcs=1 dst={host} dsts=1 dport=0 frames=60 sport=50123");
    }

    [TestMethod]
    [DataRow(5_000, true)]
    [DataRow(65_535, true)]
    [DataRow(65_535, false)]
    public void MorePortsThanCanBeToldApartAreSoManyAtLeast(int count, bool isRandom)
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        int[] ports = [.. Enumerable.Range(1, 65_535)];
        if (isRandom)
        {
            new Random(4).Shuffle(ports);
        }

        int turn = 0;
        foreach (int port in ports.Take(count))
        {
            probes.Capture.Add(Probes.Start + (turn++ * 500L),
                probes.Talk.Between(Probes.Actor, host).Tcp(50123, port, "S", probes.Talk.NextSequence(), window: 1024));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("port-scan", ("dst", host));
        Assert.IsInRange(count - 100, count, incident.Number("frames"));
        if (isRandom)
        {
            int least = int.Parse(Regex.Match(incident.Message, @" (\d+)\+ ports in ").Groups[1].Value,
                CultureInfo.InvariantCulture);
            Assert.IsInRange(3_000, 4_200, least);
            Assert.AreEqual(least, incident.Number("silent"), incident.Text);
        }
        else
        {
            // In order each is surely new, but for those that waited for their outcome as the scan was first told.
            int least = int.Parse(Regex.Match(incident.Message, @" (\d+)\+? ports in ").Groups[1].Value,
                CultureInfo.InvariantCulture);
            Assert.IsInRange(count - 50, count, least, incident.Text);
            Assert.AreEqual(least, incident.Number("silent"), incident.Text);
        }
    }

    [TestMethod]
    public void APortScanNeedsNoHurry()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int i = 0; i < 40; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Hour), Probes.Actor, 41000 + (i * 11), host, 100 + (i * 13));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("port-scan"), "port-scan",
            $"dst={host} dsts=1 frames=40 refused=40");
    }

    [TestMethod]
    public void UdpPortScanIsSeen()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int i = 0; i < 30; i++)
        {
            byte[] probe = probes.Talk.Between(Probes.Actor, host).Udp(40125, 1000 + (i * 17), []);
            probes.Capture.Add(Probes.Start + (i * Capture.Second), probe);
            probes.Capture.Add(Probes.Start + (i * Capture.Second) + 300,
                probes.Talk.Between(host, Probes.Actor).PortUnreachable(probe));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("port-scan"), "port-scan",
            $"proto=udp dst={host} dsts=1 frames=30");
    }

    [TestMethod]
    public void PortScanOverIpv6IsSeen()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        for (int i = 0; i < 30; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Second), Actor6, 40000 + i, Net6 + "77", 100 + (i * 13));
        }

        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("port-scan");
        TenDetects.Has(incident, "port-scan", $"proto=tcp src={Actor6} dst={Net6}77 dsts=1 dport=0 frames=30 refused=30");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void OpenPortsAmongTheClosedBelongToTheScan(bool isAmidOrdinaryTraffic)
    {
        Probes probes = new();
        string host = Probes.Net + "77";
        for (int i = 0; i < 40; i++)
        {
            long time = Probes.Start + (i * 200_000L);
            _ = i % 8 == 0
                ? probes.Talk.HalfOpen(time, Probes.Actor, 51_000 + (i * 3), host, 20 + (i * 5))
                : probes.Talk.Refused(time, Probes.Actor, 51_000 + (i * 3), host, 20 + (i * 5));
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic), Probes.Profile()).Single("port-scan");
        TenDetects.Has(incident, "port-scan", $"dst={host} frames=40 answered=5 refused=35");
    }

    [TestMethod]
    public void AClientOfManyServicesIsNoPortScan()
    {
        // A reading station talks to twelve ports of the archive: DICOM, web, database, files. All are open, two are down.
        Probes probes = new();
        int[] ports = [80, 104, 111, 139, 443, 445, 1521, 2049, 2762, 4242, 8080, 11112];
        for (int i = 0; i < ports.Length; i++)
        {
            long time = Probes.Start + (i * 3 * Capture.Second);
            _ = i is 4 or 8
                ? probes.Talk.Refused(time, probes.Hospital.Workstations[2], 3000 + i, probes.Hospital.Pacs, ports[i])
                : probes.Talk.Connection(time, probes.Hospital.Workstations[2], 3000 + i, probes.Hospital.Pacs, ports[i]);
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void TracerouteIsNoPortScanOfImportance()
    {
        // Three datagrams a hop to ports from 33434 up, the last ones refused by the target itself.
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            Ip ip = probes.Talk.Between(probes.Hospital.Workstations[2], "203.0.113.9") with { TimeToLive = 1 + (i / 3) };
            probes.Capture.Add(Probes.Start + (i * Capture.Second), ip.Udp(40_900, 33_434 + i, new byte[32]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void OnePortsNameNamesNoScanOfMany()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int i = 0; i < 40; i++)
        {
            probes.Sweep([host], i == 15 ? 31337 : 600 + i, Probes.Start + (i * 1_300_000L), 1);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("port-scan"), "port-scan", "dsts=1 frames=40 sid=0 name=");
        Assert.IsTrue(findings.Lines.All(line => line["name"].Length == 0), findings.Told);
    }

    [TestMethod]
    public void AScanOfSeveralHostsIsNotOfTheGroupOfOne()
    {
        Probes probes = new();
        for (int i = 0; i < 12; i++)
        {
            long time = Probes.Start + (i * Capture.Second);
            probes.Sweep([probes.Hospital.Pacs], 700 + i, time, 1).Sweep(Probes.Hosts(77, 1), 700 + i, time + 500_000, 1);
        }

        string groups = $"[groups]\nPACS = [\"{probes.Hospital.Pacs}\"]";
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(groups)).Single("port-scan");
        TenDetects.Has(incident, "port-scan", "dsts=2 frames=24 group=");
    }
}
