using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Many actors at one host, on ports that it does not serve.</summary>
[TestClass]
public sealed class DistributedProbeTests
{
    private const string Net6 = "2001:db8:12:3::";

    [TestMethod]
    [DataRow(true, "alike")]
    [DataRow(false, "spread")]
    public void ManyActorsAreOneIncidentAndTheirHopCountsAreSaid(bool isAlike, string word)
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        string[] actors = ["198.18.1.9", "203.0.113.4", "192.0.2.77", "198.51.100.200", "100.66.3.1"];
        for (int i = 0; i < actors.Length; i++)
        {
            Ip ip = probes.Talk.Between(actors[i], host) with { TimeToLive = isAlike ? 113 : 126 - (i * 6) };
            uint sequence = probes.Talk.NextSequence();
            long time = Probes.Start + (i * 3 * Capture.Hour);
            probes.Capture.Add(time, ip.Tcp(3000 + (i * 131), i % 2 == 0 ? 12345 : 27374, "S", sequence));
            probes.Capture.Add(time + 200, probes.Talk.Between(host, actors[i])
                .Tcp(i % 2 == 0 ? 12345 : 27374, 3000 + (i * 131), "RA", 0, sequence + 1));
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        AlertLine incident = findings.Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", $"dst={host} dsts=1 srcs=5 frames=5 dports=12345,27374 severity=2");
        TenDetects.Has(incident, "distributed-probe", isAlike ? "ttl=113" : "ttl=102-126");
        StringAssert.Contains(incident.Message, word, incident.Text);
        foreach (string actor in actors)
        {
            Assert.IsTrue(findings.Lines.Any(line => line["src"] == actor
                || line.Message.Contains(actor, StringComparison.Ordinal)),
                $"{actor} must be named as it joins:{Environment.NewLine}{findings.Told}");
        }
    }

    [TestMethod]
    public void ManyActorsOverIpv6AreOneIncident()
    {
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        for (int i = 0; i < 5; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Hour), FormattableString.Invariant($"2001:db8:{i + 0x100:x}::9"),
                3000 + (i * 131), Net6 + "77", 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", $"dst={Net6}77 dsts=1 srcs=5 frames=5 dports=12345");
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void TwoActorsOnSuspectPortsAreNotYetADistributedProbe(int actors, int incidents)
    {
        Probes probes = new();
        for (int i = 0; i < actors; i++)
        {
            // The first comes three times.
            for (int turn = 0; turn < (i == 0 ? 3 : 1); turn++)
            {
                probes.Talk.Refused(Probes.Start + (i * Capture.Hour) + (turn * 10 * Capture.Minute), Text($"198.18.{i * 9}.4"),
                    3000 + (turn * 7), Probes.Net + "77", 12345);
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void ASuspectPortThatIsServedIsAService()
    {
        // Somebody runs a service on NetBus' port, and the profile says so; five strangers use it, each with data both ways.
        Probes probes = new();
        for (int i = 0; i < 5; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * Capture.Minute), Text($"198.18.{i}.4"), 33_000 + i, Probes.Net + "77",
                12345, 6, 200, 3_000);
        }

        string profile = Probes.Profile() + $"\n[[serves]]\nname = \"remote help\"\nhosts = \"{Probes.Net}77\"\nport = 12345\n";
        Tap.Replay(probes.Build(), profile).AreNone();
    }

    [TestMethod]
    public void ManyClientsOfOneServerAreNoProbe()
    {
        Probes probes = new();
        for (int i = 0; i < 300; i++)
        {
            string client = Text($"198.{18 + (i % 2)}.{i % 250}.{7 + (i % 90)}");
            probes.Talk.Connection(Probes.Start + (i * 2 * Capture.Second), client, 20_000 + (i * 13), Probes.Net + "80", 80, 1,
                300, 2_000, isReset: i % 3 == 0);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AClientThatPollsItsServerIsNoProbe(bool isServerDown)
    {
        Probes probes = new();
        for (int i = 0; i < 500; i++)
        {
            long time = Probes.Start + (i * 10 * Capture.Second);
            _ = isServerDown
                ? probes.Talk.Refused(time, probes.Hospital.Workstations[1], 1100 + i, probes.Hospital.Pacs, 11112)
                : probes.Talk.Connection(time, probes.Hospital.Workstations[1], 1100 + i, probes.Hospital.Pacs, 11112);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void TwoHostsUnderProbeAreTwoIncidents()
    {
        Probes probes = new();
        for (int i = 0; i < 8; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Hour), Text($"198.18.{i * 5}.{i + 9}"), 3000 + (i * 131),
                Probes.Net + (i % 2 == 0 ? "77" : "99"), i < 4 ? 27374 : 31337);
        }

        Findings findings = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        TenDetects.Has(findings.The("distributed-probe", ("dst", Probes.Net + "77")), "distributed-probe",
            "srcs=4 frames=4 dports=27374,31337");
        TenDetects.Has(findings.The("distributed-probe", ("dst", Probes.Net + "99")), "distributed-probe",
            "srcs=4 frames=4 dports=27374,31337");
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void FortyActorsWithinAMinuteAreOneIncident()
    {
        Probes probes = new();
        for (int i = 0; i < 40; i++)
        {
            probes.Talk.Unanswered(Probes.Start + (i * Capture.Second), Text($"198.{18 + (i % 2)}.{i * 5}.{i + 9}"),
                3000 + (i * 131), Probes.Net + "77", 12345, 1);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.Single("distributed-probe"), "distributed-probe",
            $"dst={Probes.Net}77 srcs=40 frames=40 dport=0 dports=12345");
    }

    [TestMethod]
    public void OneActorThatComesAgainAndAgainIsOneSource()
    {
        // A-B-A-B is two sources, whatever changes from line to line.
        Probes probes = new();
        for (int i = 0; i < 12; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * 20 * Capture.Minute), i % 2 == 0 ? "198.18.1.1" : "198.18.200.2",
                3000 + (i * 131), Probes.Net + "77", 27374);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AWebServersClientsOnASuspectNeighbourPortAreNotMixedIn()
    {
        // The host serves 8080 to the world, and nothing else; its clients are not part of the probe of two strangers.
        Probes probes = new();
        for (int i = 0; i < 20; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * Capture.Minute), Text($"198.18.{i * 5}.{i + 9}"), 3000 + (i * 131),
                Probes.Net + "77", 8080, 2, 300, 2_000);
        }

        probes.Talk.Refused(Probes.Start + Capture.Hour, "203.0.113.7", 4001, Probes.Net + "77", 12345);
        probes.Talk.Refused(Probes.Start + (2 * Capture.Hour), "203.0.113.99", 4001, Probes.Net + "77", 27374);
        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void FebruarysActorsDoNotHelpMarchs()
    {
        Probes probes = new();
        for (int i = 0; i < 4; i++)
        {
            probes.Talk.Refused(Probes.Start + (i / 2 * 28 * Capture.Day) + (i * Capture.Hour), Text($"198.18.{i * 5}.{i + 9}"),
                3000, Probes.Net + "77", 27374);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AnsweredProbesAreNotSaidToBeOnPortsThatAreNotServed()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        string[] actors = ["198.51.100.1", "203.0.113.2", "192.0.2.33"];
        for (int i = 0; i < actors.Length; i++)
        {
            probes.Talk.HalfOpen(Probes.Start + (i * Capture.Hour), actors[i], 40_000 + i, host, 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", "srcs=3 answered=3");
        StringAssert.Contains(incident.Message, "3 answered", incident.Text);
        Assert.IsFalse(incident.Message.Contains("not serve", StringComparison.Ordinal), incident.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
