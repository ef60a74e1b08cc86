using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Unexplained broadcasts at one period, and others.</summary>
[TestClass]
public sealed class BroadcastTests
{
    [TestMethod]
    [DataRow(30, "10.20.30.255", 1)]
    [DataRow(300, "10.20.30.0", 0)]
    [DataRow(600, "255.255.255.255", 2)]
    [DataRow(1800, "10.20.30.255", 3)]
    [DataRow(5, "10.20.30.0", 4)]
    public void BroadcastsAtAnyPeriodAreSeenThoughSomeAreMissed(int period, string destination, int missed)
    {
        Probes probes = new();
        string sender = probes.Hospital.Modalities[5];
        var jitter = new Random(3);
        int sent = 0;
        for (int turn = 0; turn < 20; turn++)
        {
            if (turn >= 8 && turn < 8 + missed)
            {
                continue;
            }

            // One percent to either side, and the source port of each is the next.
            long time = Probes.Start + (turn * period * Capture.Second)
                + (long)((jitter.NextDouble() - 0.5) * 0.01 * period * Capture.Second);
            probes.Broadcast(time, sender, destination, 3001 + turn, 5001, 40);
            sent++;
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast");
        TenDetects.Has(incident, "broadcast",
            $"proto=udp src={sender} srcs=1 dst={destination} dport=5001 frames={sent} severity=3");
        Assert.AreEqual(period, double.Parse(incident["period"], System.Globalization.CultureInfo.InvariantCulture),
            period * 0.02, incident.Text);
    }

    [TestMethod]
    public void TheOldFormOfABroadcastIsToldApart()
    {
        string[] messages = [.. new[] { "10.20.30.0", "10.20.30.255" }.Select(destination =>
        {
            Probes probes = new();
            for (int turn = 0; turn < 10; turn++)
            {
                probes.Broadcast(Probes.Start + (turn * Capture.Minute), probes.Hospital.Modalities[5], destination, 3001, 5001,
                    40);
            }

            return Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast")
                .Message.Replace(destination, "X", StringComparison.Ordinal);
        })];
        Assert.AreNotEqual(messages[0], messages[1], "one is sent to the network's address, the other to all ones");
    }

    [TestMethod]
    public void BroadcastsOfNoPeriodAreSilent()
    {
        Probes probes = new();
        var random = new Random(8);
        long time = Probes.Start;
        for (int i = 0; i < 40; i++)
        {
            time += random.NextInt64(20 * Capture.Second, 5 * Capture.Minute);
            probes.Broadcast(time, probes.Hospital.Modalities[5], Probes.Net + "255", 3001, 5001, 40);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ASenderThatChangesItsPeriodIsToldWithTheNewOne()
    {
        // While it starts a console calls every 1.5 s, and then once a minute.
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Broadcast(Probes.Start + (i * 3 * Capture.Second / 2), probes.Hospital.Modalities[5], Probes.Net + "255", 3001,
                5001, 40);
        }

        for (int i = 0; i < 60; i++)
        {
            probes.Broadcast(Probes.Start + ((i + 1) * Capture.Minute), probes.Hospital.Modalities[5], Probes.Net + "255", 3001, 5001,
                40);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.AreEqual("1.5", findings.Lines[0]["period"], findings.Told);
        AlertLine incident = findings.Single("broadcast");
        TenDetects.Has(incident, "broadcast", "frames=66 period=60");
        StringAssert.Contains(incident.Message, " every 60 s, ", incident.Text);
    }

    [TestMethod]
    public void ASenderThatLosesItsPeriodIsToldWithNone()
    {
        Probes probes = new();
        var random = new Random(8);
        long time = Probes.Start;
        for (int i = 0; i < 200; i++)
        {
            time += i < 6 ? 20 * Capture.Second : random.NextInt64(14 * Capture.Second, 26 * Capture.Second);
            probes.Broadcast(time, probes.Hospital.Modalities[5], Probes.Net + "255", 3001, 5001, 40);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.AreEqual("20", findings.Lines[0]["period"], findings.Told);
        AlertLine incident = findings.Single("broadcast");
        TenDetects.Has(incident, "broadcast", "frames=200 period=");
        StringAssert.Contains(incident.Message, " at no fixed period any more, nothing explains it", incident.Text);
    }

    [TestMethod]
    [DataRow(8)]
    [DataRow(60)]
    public void BroadcastsByChanceForADayHaveNoPeriod(int mean)
    {
        // A Poisson process: any gap may follow any other.
        Probes probes = new();
        var random = new Random(9);
        for (double time = 0; time < 86_400; time += -Math.Log(1 - random.NextDouble()) * mean)
        {
            probes.Broadcast(Probes.Start + (long)(time * Capture.Second), probes.Hospital.Modalities[5], Probes.Net + "255", 3001,
                5001, 40);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(300_000, "0.3")]
    [DataRow(50_000, "0.05")]
    [DataRow(990_000, "0.99")]
    public void APeriodBelowASecondIsSaid(int period, string said)
    {
        Probes probes = new();
        for (int i = 0; i < 60_000_000 / period; i++)
        {
            probes.Broadcast(Probes.Start + (i * (long)period), probes.Hospital.Modalities[5], Probes.Net + "255", 3001, 5001, 40);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast");
        TenDetects.Has(incident, "broadcast", $"period={said}");
        StringAssert.Contains(incident.Message, $" every {said} s, ", incident.Text);
    }

    [TestMethod]
    public void FourBroadcastsAtOnePeriodAreNotYetAnIncident()
    {
        Probes probes = new();
        for (int i = 0; i < 4; i++)
        {
            probes.Broadcast(Probes.Start + (i * 2 * Capture.Minute), probes.Hospital.Modalities[5], Probes.Net + "0", 3001, 1600,
                40);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AnAddressThatEndsIn0Or255IsNoBroadcastByItself()
    {
        // In a /23 the addresses x.255 and y.0 in its middle are hosts; their MAC address says so.
        Probes probes = new(new Hospital(Probes.Net, "10.20.30.0/23"));
        for (int i = 0; i < 10; i++)
        {
            probes.Talk.Datagrams(Probes.Start + (i * Capture.Minute), "10.20.30.9", 3001,
                i % 2 == 0 ? "10.20.30.255" : "10.20.31.0", 5001, new byte[40], new byte[40]);
        }

        Tap.Replay(probes.Build(), Site.Home("10.20.30.0/23")).AreNone();
    }

    [TestMethod]
    public void TwoConsolesOfOneRhythmAreOneIncident()
    {
        Probes probes = new();
        for (int i = 0; i < 20; i++)
        {
            string sender = probes.Hospital.Modalities[i % 2];
            probes.Broadcast(Probes.Start + (i / 2 * 2 * Capture.Minute) + (i % 2 * 17 * Capture.Second), sender,
                Probes.Net + "0", 3001 + i, 1600, 46);
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        TenDetects.Has(findings.Single("broadcast"), "broadcast", "srcs=2 frames=20 period=120 dport=1600");
    }

    [TestMethod]
    public void ARestartedConsoleGoesOnWithTheSameIncident()
    {
        // Switched off for the night, back in the morning at another second.
        Probes probes = new();
        for (int day = 0; day < 4; day++)
        {
            for (int i = 0; i < 30; i++)
            {
                probes.Broadcast(Probes.Start + (day * Capture.Day) + (day * 31 * Capture.Second) + (i * 2 * Capture.Minute),
                    probes.Hospital.Modalities[0], Probes.Net + "0", 3001 + i, 1600, 46);
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("broadcast"), "broadcast",
            "frames=120 period=120");
    }

    [TestMethod]
    public void BroadcastsThatAreNotIpAreSeen()
    {
        // EtherType 88b5 is for experiments (IEEE 802): nothing ordinary.
        Probes probes = new();
        byte[] sender = [0x02, 0x11, 0x22, 0x33, 0x44, 0x55];
        for (int i = 0; i < 12; i++)
        {
            probes.Capture.Add(Probes.Start + (i * 10 * Capture.Second), Lan.Frame(Lan.Broadcast, sender, 0x88b5, new byte[46]));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast"), "broadcast",
            "dport=0 frames=12 period=10");
    }

    [TestMethod]
    public void LargeBroadcastsInFragmentsAreOneDatagramEach()
    {
        Probes probes = new();
        for (int i = 0; i < 10; i++)
        {
            Ip ip = probes.Talk.Between(probes.Hospital.Modalities[0], Probes.Net + "255") with
            {
                DestinationMac = Lan.Broadcast,
                DontFragment = false,
            };
            int piece = 0;
            foreach (byte[] fragment in Change.Fragmented(ip.Udp(3001, 5001, new byte[2_400]), 1_480))
            {
                probes.Capture.Add(Probes.Start + (i * Capture.Minute) + (piece++ * 120), fragment);
            }
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("broadcast"), "broadcast",
            "frames=10 period=60 dport=5001");
    }

    [TestMethod]
    public void MulticastIsNoBroadcast()
    {
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            probes.Capture.Add(Probes.Start + (i * Capture.Minute),
                probes.Talk.Between(probes.Hospital.Modalities[0], "239.1.2.3").Udp(3001, 5001, new byte[40]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }
}
