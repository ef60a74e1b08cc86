using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>What an imaging VLAN carries when nothing is wrong: the tap must say nothing.</summary>
[TestClass]
public sealed class OrdinaryTests
{
    private const string Outside = "203.0.113.90";

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void ADayOfOrdinaryTrafficIsSilent(int seed)
    {
        var hospital = new Hospital(Probes.Net);
        string groups = $"""
            [groups]
            DNS_SERVERS = ["{hospital.NameServer}"]
            PACS = ["{hospital.Pacs}"]
            PROXIES = ["{hospital.Proxy}"]
            MODALITIES = ["{hospital.Modalities[0]}/30"]
            """;
        Capture day = Capture.Merge(Enumerable.Range(0, 24)
            .Select(hour => new OrdinaryTraffic(hospital, (seed * 100) + hour).Hour(Probes.Start + (hour * Capture.Hour))
            .Build()));
        Tap.Replay(day, Probes.Profile()).AreNone();
        Tap.Replay(day, Probes.Profile(groups)).AreNone();
    }

    [TestMethod]
    public void AnswersToAPortThatEqualsATrojansAreSilent()
    {
        // Forty stations use trojans' ports as their own; the servers' answers go to those ports.
        Probes probes = new();
        int[] ports = [1243, 12345, 27374, 31337, 5556, 1600];
        for (int i = 0; i < 40; i++)
        {
            long time = Probes.Start + (i * 20 * Capture.Second);
            string station = Probes.Net + Text($"{100 + i}");
            probes.Talk.Connection(time, station, ports[i % 6], Outside, 80, 2, 300, 3_000);
            probes.Talk.Datagrams(time + Capture.Second, station, ports[i % 6], "192.0.2.53", 53,
                Payload.DnsQuery(i, "a.example"),
                Payload.DnsAnswer(i, "a.example", [192, 0, 2, 1]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AnArchiveThatVerifiesTwentyModalitiesOfWhichSevenAreOffSweepsNothing()
    {
        Probes probes = new();
        for (int round = 0; round < 8; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                long time = Probes.Start + (round * 15 * Capture.Minute) + (i * Capture.Second);
                string modality = Probes.Net + Text($"{60 + i}");
                _ = i < 7
                    ? probes.Talk.Unanswered(time, probes.Hospital.Pacs, 3_000 + (round * 20) + i, modality, 104)
                    : probes.Talk.Connection(time, probes.Hospital.Pacs, 3_000 + (round * 20) + i, modality, 104);
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind is "sweep" or "port-scan"), findings.Told);
    }

    [TestMethod]
    public void ServicesOnASuspectPortThatTalkForLongAreSilent()
    {
        // Judged after three seconds, they have not ended: only their data tell them from probes that were answered. Good
        // software uses this port too.
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * 30 * Capture.Second), Outside, 50_000 + i, Probes.Net + Text($"{100 + i}"), 5555, 20,
                300, 3_000, Capture.Second / 2);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ABulkStoreIsSilent()
    {
        // Four modalities store 8 MB each at once.
        var traffic = new OrdinaryTraffic(new Hospital(Probes.Net), 9);
        for (int i = 0; i < 4; i++)
        {
            traffic.StoreImages(Probes.Start + (i * 1_300L), Probes.Net + Text($"{160 + i}"), 8_000_000);
        }

        Tap.Replay(traffic.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AResolverThatAsksManyServersIsSilent()
    {
        // One in four of the world's name servers does not answer.
        Probes probes = new();
        for (int i = 0; i < 200; i++)
        {
            string server = Text($"198.{18 + (i % 2)}.{i}.53");
            probes.Talk.Datagrams(Probes.Start + (i * Capture.Second), probes.Hospital.NameServer, 1025 + (i * 7), server, 53,
                Payload.DnsQuery(i, "a.example"), i % 4 == 3 ? null : Payload.DnsAnswer(i, "a.example", [192, 0, 2, 1]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ThePacsVerifiesModalitiesOfWhichAThirdIsOff()
    {
        Probes probes = new();
        for (int turn = 0; turn < 6; turn++)
        {
            for (int i = 0; i < 20; i++)
            {
                long time = Probes.Start + (turn * Capture.Hour) + (i * 250_000L);
                string modality = probes.Hospital.Modalities[i];
                _ = i % 3 == 0
                    ? probes.Talk.Unanswered(time, probes.Hospital.Pacs, 2000 + (turn * 50) + i, modality, 104)
                    : probes.Talk.Connection(time, probes.Hospital.Pacs, 2000 + (turn * 50) + i, modality, 104, 2, 205, 180);
            }
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind != "dark-host"), findings.Told);
    }

    [TestMethod]
    public void AStationThatIsSwitchedOnIsSilent()
    {
        // ARP for itself and its servers, DHCP, names, time, then mail, files and the archive within ten seconds.
        Hospital hospital = new(Probes.Net);
        Probes probes = new(hospital);
        var traffic = new OrdinaryTraffic(hospital, 5);
        for (int i = 0; i < 10; i++)
        {
            string station = hospital.Workstations[i];
            long time = Probes.Start + (i * 4 * Capture.Second);
            probes.Capture.Add(time, hospital.Lan.WhoHas(station, station));
            traffic.Dhcp(time, station);
            foreach (string server in new[] { hospital.NameServer, hospital.Pacs, hospital.Proxy, hospital.Monitor,
                hospital.Router, hospital.SyslogServer })
            {
                time += 100_000;
                probes.Capture.Add(time, hospital.Lan.WhoHas(station, server));
                probes.Capture.Add(time + 150, hospital.Lan.IsAt(server, station));
                probes.Talk.Connection(time + 300, station, 1030 + (int)(time % 97), server, 445, 3, 120, 400);
            }
        }

        Tap.Replay(Capture.Merge(probes.Build(), traffic.Build()), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void IcmpThatIsNoProbeIsSilent()
    {
        // A monitor pings thirty living hosts each minute; routers say that time is up; one host is unreachable.
        Probes probes = new();
        for (int turn = 0; turn < 10; turn++)
        {
            for (int i = 0; i < 30; i++)
            {
                string host = Probes.Net + Text($"{100 + i}");
                long time = Probes.Start + (turn * Capture.Minute) + (i * 20_000L);
                probes.Capture.Add(time, probes.Talk.Between(probes.Hospital.Monitor, host).Echo(isReply: false, 7, turn));
                probes.Capture.Add(time + 300, probes.Talk.Between(host, probes.Hospital.Monitor).Echo(isReply: true, 7, turn));
            }
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
