using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>One actor that keeps asking hosts which never speak.</summary>
[TestClass]
public sealed class DarkHostTests
{
    [TestMethod]
    public void SingleTriesAtManyDarkHostsAreASweepAndNoDarkHost()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(160, 10), Probes.Start - (5 * Capture.Minute));
        foreach (string target in Probes.Hosts(20, 12))
        {
            for (int turn = 0; turn < 2; turn++)
            {
                probes.Capture.Add(Probes.Start + (turn * 20 * Capture.Minute),
                    probes.Talk.Between(Probes.Actor, target).Udp(137, 137, Payload.NodeStatusQuery(turn)));
            }
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"proto=udp src={Probes.Actor} dsts=12 dport=137");
    }

    [TestMethod]
    public void APollerWithOneDeadTargetIsNoDarkHost()
    {
        var traffic = new OrdinaryTraffic(new Hospital(Probes.Net), 4);
        for (int hour = 0; hour < 24; hour++)
        {
            traffic.HostsAreHeard(Probes.Start + (hour * Capture.Hour)).SnmpPolls(Probes.Start + (hour * Capture.Hour));
        }

        Tap.Replay(traffic.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void NetBiosAmongLivingHostsIsSilent()
    {
        // Every station asks every other one for its names, by threes where the answer is late.
        Probes probes = new();
        probes.Heard(probes.Hospital.Workstations, Probes.Start - (5 * Capture.Minute));
        int turn = 0;
        foreach (string asker in probes.Hospital.Workstations)
        {
            foreach (string asked in probes.Hospital.Workstations.Where(host => host != asker))
            {
                long time = Probes.Start + (turn++ * 5 * Capture.Second);
                if (turn % 4 == 0)
                {
                    probes.Talk.Datagrams(time - (3 * Capture.Second / 2), asker, 137, asked, 137, Payload.NodeStatusQuery(turn),
                        null);
                }

                probes.Talk.Datagrams(time, asker, 137, asked, 137, Payload.NodeStatusQuery(turn),
                    Payload.NameAnswer(turn, "STATION", [10, 20, 30, 210]));
            }
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void OnAnIdleNetworkNobodyIsDark()
    {
        // The queries of detect 6, but no host of home was ever heard: perhaps the mirror shows none of them.
        Probes probes = new();
        for (int i = 0; i < 15; i++)
        {
            long time = Probes.Start + (i / 3 * 10 * Capture.Minute) + (i % 3 * 1_500_000L);
            probes.Talk.Datagrams(time, "192.0.2.55", 5000, Probes.Net + Text($"{20 + (i / 3 % 3)}"), 9999, new byte[50], null);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(true, 0)]
    public void AHostThatSpeaksIsNotDark(bool speaks, int incidents)
    {
        // Two addresses are polled every twenty minutes; the first data of one of them are its own answer to somebody else.
        Probes probes = new();
        for (int turn = 0; turn < 6; turn++)
        {
            foreach (string host in Probes.Hosts(20, 2))
            {
                probes.Talk.Datagrams(Probes.Start + (turn * 20 * Capture.Minute), Probes.Actor, 40_001, host, 9_999,
                    new byte[20], null);
            }
        }

        if (speaks)
        {
            probes.Heard([Probes.Net + "21"], Probes.Start - Capture.Minute);
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
        if (incidents > 0)
        {
            TenDetects.Has(findings.Incidents[0], "dark-host", "dsts=2 frames=12 dark=2 dport=9999");
        }
    }

    [TestMethod]
    public void TcpTriesAreCountedWithoutTheirRetransmissions()
    {
        // A client that does not know that its two printers were taken away.
        Probes probes = new();
        for (int turn = 0; turn < 5; turn++)
        {
            foreach (string host in Probes.Hosts(20, 2))
            {
                probes.Talk.Unanswered(Probes.Start + (turn * 10 * Capture.Minute), Probes.Actor, 41_000 + (turn * 13), host,
                    9_100);
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("dark-host"), "dark-host",
            "proto=tcp dsts=2 frames=10 dark=2 dport=9100");
    }

    [TestMethod]
    public void PingsOfDarkHostsAreSeen()
    {
        Probes probes = new();
        for (int turn = 0; turn < 8; turn++)
        {
            foreach (string host in Probes.Hosts(20, 3))
            {
                probes.Capture.Add(Probes.Start + (turn * 5 * Capture.Minute),
                    probes.Talk.Between(Probes.Actor, host).Echo(isReply: false, 77, turn));
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("dark-host"), "dark-host",
            "proto=icmp dsts=3 frames=24 dark=3 dport=0");
    }

    [TestMethod]
    public void OneTryEachAtTwoDarkHostsIsNothing()
    {
        Probes probes = new();
        foreach (string host in Probes.Hosts(20, 2))
        {
            probes.Talk.Datagrams(Probes.Start, Probes.Actor, 40_001, host, 9_999, new byte[20], null);
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void APollOfDarkHostsNeedsNoHurry()
    {
        // Once a day.
        Probes probes = new();
        for (int day = 0; day < 6; day++)
        {
            foreach (string host in Probes.Hosts(20, 4))
            {
                probes.Talk.Datagrams(Probes.Start + (day * Capture.Day), Probes.Actor, 137, host, 137,
                    Payload.NodeStatusQuery(day), null);
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("dark-host"), "dark-host",
            "proto=udp dsts=4 frames=24 dark=4 dport=137");
    }

    [TestMethod]
    public void HostsThatComeUpAreNotSaidToHaveNeverSpoken()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(160, 10), Probes.Start - (5 * Capture.Minute));
        for (int i = 0; i < 60; i++)
        {
            foreach (string host in Probes.Hosts(30, 2))
            {
                long time = Probes.Start + (i * Capture.Minute);
                _ = i < 30 ? probes.Talk.Unanswered(time, probes.Hospital.Workstations[0], 10_000 + i, host, 104, 0)
                    : probes.Talk.Connection(time, probes.Hospital.Workstations[0], 10_000 + i, host, 104);
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Lines.First(line => line.Kind == "dark-host"), "dark-host", "dsts=2 dark=2");
        AlertLine incident = findings.Single("dark-host");
        TenDetects.Has(incident, "dark-host", "dsts=2 frames=60 answered=2 dark=");
        Assert.IsFalse(incident.Message.Contains("never spoke", StringComparison.Ordinal), incident.Text);
    }

    [TestMethod]
    public void OnlyADatagramsRetryIsAResolvers()
    {
        Probes probes = new();
        probes.Heard(Probes.Hosts(160, 10), Probes.Start - (5 * Capture.Minute));
        for (int i = 0; i < 24; i++)
        {
            string host = Probes.Hosts(30 + (i / 8), 1).Single();
            probes.Sweep([host], 81, Probes.Start + (i / 4 * 10 * Capture.Minute) + (i % 4 * 3 * Capture.Second / 2), 1);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("dark-host");
        TenDetects.Has(incident, "dark-host", "proto=tcp period=1.5");
        StringAssert.Contains(incident.Message, "1.5 s apart", incident.Text);
        Assert.IsFalse(incident.Message.Contains("resolver", StringComparison.Ordinal), incident.Text);
    }

    [TestMethod]
    public void DeadHostsAmongManyThatAnswerAreStillSeenToBePolled()
    {
        // An archive that verifies twenty modalities every ten minutes; three were taken away.
        Probes probes = new();
        probes.Heard(Probes.Hosts(210, 5), Probes.Start - (5 * Capture.Minute));
        string[] dead = [Probes.Net + "163", Probes.Net + "169", Probes.Net + "175"];
        for (int i = 0; i < 20 * 12; i++)
        {
            string modality = probes.Hospital.Modalities[i % 20];
            long time = Probes.Start + (i / 20 * 10 * Capture.Minute) + (i % 20 * 3 * Capture.Second);
            _ = dead.Contains(modality) ? probes.Talk.Unanswered(time, probes.Hospital.Pacs, 10_000 + i, modality, 104, 0)
                : probes.Talk.Connection(time, probes.Hospital.Pacs, 10_000 + i, modality, 104);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("dark-host");
        TenDetects.Has(incident, "dark-host", $"src={probes.Hospital.Pacs} dst={Probes.Net}160/28 dsts=3 dport=104 dark=3");
        Assert.IsGreaterThanOrEqualTo(30, incident.Number("frames"), incident.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
