using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Answers to nothing, and answers that only look like that.</summary>
[TestClass]
public sealed class InverseMapTests
{
    private const string Outside = "203.0.113.90";

    [TestMethod]
    public void SynAcksThatAnswerNothingAreAnInverseMap()
    {
        // An hour of ordinary traffic first, so that the tap is warm and both directions are known to be seen.
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(160, 12))
        {
            Ip ip = probes.Talk.Between(FormattableString.Invariant($"198.18.77.{10 + (turn % 4)}"), target);
            probes.Capture.Add(Probes.Start + (turn * 40 * Capture.Second),
                ip.Tcp(80, 31000 + (turn * 97), "SA", probes.Talk.NextSequence(), probes.Talk.NextSequence()));
            turn++;
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map");
        TenDetects.Has(incident, "inverse-map",
            "proto=tcp src=198.18.77.0/24 srcs=4 dsts=12 dport=0 frames=12 sport=80 flags=SA severity=3");
    }

    [TestMethod]
    public void ResetsThatAnswerNothingAreSeenAmidOrdinaryTraffic()
    {
        Probes probes = new();
        int turn = 0;
        foreach (string target in Probes.Hosts(160, 5))
        {
            probes.Capture.Add(Probes.Start + (turn * Capture.Minute),
                probes.Talk.Between("198.18.77.8", target).Tcp(80, 31000 + (turn * 97), "RA", 0, probes.Talk.NextSequence(),
                window: 0));
            turn++;
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map");
        TenDetects.Has(incident, "inverse-map", "srcs=1 dsts=5 frames=5 sport=80 ttl=51");
        StringAssert.Contains(incident["src"], "198.18.77.", incident.Text);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ASingleStrayResetIsNothing(bool hasSequence)
    {
        Probes probes = new();
        probes.Capture.Add(Probes.Start + (30 * Capture.Minute), probes.Talk.Between(Outside, Probes.Net + "77")
            .Tcp(80, 40_000, "RA", hasSequence ? 881_112 : 0, 3_618_313_488, window: 0));
        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void RefusalsOfConnectionsThatWereTriedAreNoInverseMap()
    {
        // Twenty stations are refused by the same farm of servers: RST and ACK, sequence 0, as in detect 7, but they had asked.
        Probes probes = new();
        for (int i = 0; i < 60; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * 7 * Capture.Second), Probes.Net + Text($"{160 + (i % 20)}"), 2000 + i,
                Text($"212.108.4.{150 + (i % 6)}"), 80);
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ResetsThatEndConnectionsAreNoInverseMap()
    {
        // Servers end what they served by a reset with a real sequence number, a minute after the last data.
        Probes probes = new();
        for (int i = 0; i < 40; i++)
        {
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"212.108.4.{150 + (i % 6)}");
            long end = probes.Talk.Connection(Probes.Start + (i * 7 * Capture.Second), client, 2000 + i, server, 80);
            probes.Capture.Add(end + Capture.Minute, probes.Talk.Between(server, client)
                .Tcp(80, 2000 + i, "R", 77_000 + i, window: 0));
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ATapThatStartsInTheMiddleOfConnectionsIsSilent()
    {
        // Of sixty connections only the rest is seen: data, then a reset by the server, within the first minutes.
        Probes probes = new();
        for (int i = 0; i < 60; i++)
        {
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"212.108.{i % 3}.{150 + (i % 6)}");
            long time = Probes.Start + (i * 4 * Capture.Second);
            uint sequence = probes.Talk.NextSequence();
            if (i % 2 == 0)
            {
                probes.Capture.Add(time, probes.Talk.Between(client, server)
                    .Tcp(2000 + i, 80, "PA", 1_000, sequence, payload: new byte[300]));
                probes.Capture.Add(time + 20_000, probes.Talk.Between(server, client).Tcp(80, 2000 + i, "A", sequence, 1_300));
            }

            probes.Capture.Add(time + Capture.Second, probes.Talk.Between(server, client)
                .Tcp(80, 2000 + i, i % 4 < 2 ? "R" : "RA", sequence, 1_300, window: 0));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void SynAcksInTheFirstMinuteAreNoInverseMap()
    {
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Capture.Add(Probes.Start + (i * 5 * Capture.Second),
                probes.Talk.Between(Text($"212.108.4.{150 + i}"), Probes.Net + Text($"{160 + i}"))
                .Tcp(80, 2000 + i, "SA", probes.Talk.NextSequence(), probes.Talk.NextSequence()));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void TwoHostsAreNotYetAMap(int hosts, int incidents)
    {
        Probes probes = new();
        for (int i = 0; i < 12; i++)
        {
            probes.Capture.Add(Probes.Start + (i * Capture.Minute),
                probes.Talk.Between(Text($"212.108.4.{150 + i}"), Probes.Net + Text($"{160 + (i % hosts)}"))
                .Tcp(80, 31_000 + (i * 97), "RA", 0, probes.Talk.NextSequence(), window: 0));
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void ResetsWithARealSequenceNumberCountOnceTheTapIsWarm()
    {
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Capture.Add(Probes.Start + (i * Capture.Minute),
                probes.Talk.Between(Text($"212.108.4.{150 + (i % 3)}"), Probes.Net + Text($"{160 + i}"))
                .Tcp(80, 31_000 + (i * 97), "R", probes.Talk.NextSequence(), 0, window: 0));
        }

        // Of a connection that was silent for long no frame may be remembered, so a busy memory takes fewer of these for
        // evidence.
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map");
        TenDetects.Has(incident, "inverse-map", "flags=R sport=80");
        Assert.IsInRange(3, 6, incident.Number("dsts"), incident.Text);
    }

    [TestMethod]
    public void AFarmThatAlsoServesIsStillToldFromItsBackscatter()
    {
        // The hosts of home use a farm in good faith all the while; in between the farm answers five hosts that never asked.
        Probes probes = new();
        for (int i = 0; i < 60; i++)
        {
            string server = Text($"212.108.4.{150 + (i % 6)}");
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            long time = Probes.Start + (i * 20 * Capture.Second);
            _ = i % 3 == 0
                ? probes.Talk.Refused(time, client, 2000 + i, server, 80)
                : probes.Talk.Connection(time, client, 2000 + i, server, 80, isReset: i % 2 == 0);
            if (i % 12 == 5)
            {
                probes.Capture.Add(time + (7 * Capture.Second),
                    probes.Talk.Between(server, Probes.Net + Text($"{210 + (i / 12)}"))
                    .Tcp(80, 31_000 + (i * 97), "RA", 0, probes.Talk.NextSequence(), window: 0));
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("inverse-map"),
            "inverse-map", "dsts=5 frames=5");
    }

    [TestMethod]
    public void EveryRetransmittedSynMayBeRefused()
    {
        // Windows tries three times within a second when it is refused; each try is answered by a reset.
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            string server = Text($"212.108.4.{150 + (i % 6)}");
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            long time = Probes.Start + (i * 20 * Capture.Second);
            uint sequence = probes.Talk.NextSequence();
            for (int turn = 0; turn < 3; turn++)
            {
                probes.Capture.Add(time + (turn * 500_000L), probes.Talk.Syn(client, 2000 + i, server, 80, sequence));
                probes.Capture.Add(time + (turn * 500_000L) + 30_000,
                    probes.Talk.Between(server, client).Tcp(80, 2000 + i, "RA", 0, sequence + 1, window: 0));
            }
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AnAnswerMayBeLate()
    {
        // A firewall far away answers forty seconds after the first SYN.
        Probes probes = new();
        for (int i = 0; i < 12; i++)
        {
            string client = Probes.Net + Text($"{160 + i}");
            uint sequence = probes.Talk.NextSequence();
            long time = Probes.Start + (i * Capture.Minute);
            probes.Capture.Add(time, probes.Talk.Syn(client, 2000 + i, "212.108.4.153", 80, sequence));
            probes.Capture.Add(time + (40 * Capture.Second),
                probes.Talk.Between("212.108.4.153", client).Tcp(80, 2000 + i, "RA", 0, sequence + 1, window: 0));
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ABusyNetworkForgetsNoQuestionTooEarly()
    {
        // Five new connections a second for five minutes, one in ten refused after two seconds.
        Probes probes = new();
        for (int i = 0; i < 1500; i++)
        {
            string client = Probes.Net + Text($"{100 + (i % 100)}");
            string server = Text($"212.108.{i % 4}.{i % 250}");
            long time = Probes.Start + (i * 200_000L);
            if (i % 10 != 0)
            {
                probes.Talk.Connection(time, client, 2000 + i, server, 443, isReset: i % 3 == 0);
                continue;
            }

            uint sequence = probes.Talk.NextSequence();
            probes.Capture.Add(time, probes.Talk.Syn(client, 2000 + i, server, 443, sequence));
            probes.Capture.Add(time + (2 * Capture.Second), probes.Talk.Between(server, client)
                .Tcp(443, 2000 + i, "RA", 0, sequence + 1, window: 0));
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
