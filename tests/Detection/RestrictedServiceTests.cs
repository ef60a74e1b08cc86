using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>A service that nobody from there should ask for: one try is enough.</summary>
[TestClass]
public sealed class RestrictedServiceTests
{
    private const string Outside = "203.0.113.90";

    [TestMethod]
    public void ARestrictedServiceThatIsUsedIsHigh()
    {
        Probes probes = new();
        probes.Talk.Connection(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23, 12, 20, 200);
        string groups = $"[groups]\nDNS_SERVERS = [\"{probes.Hospital.NameServer}\"]";
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile(groups))
            .Single("restricted-service");
        TenDetects.Has(incident, "restricted-service",
            $"src={Probes.Actor} dst={probes.Hospital.NameServer} dsts=1 dport=23 frames=1 group=DNS_SERVERS");
        Assert.IsGreaterThanOrEqualTo(4, incident.Number("severity"), incident.Text);
    }

    [TestMethod]
    public void ProxiesAndTelnetUsedFromInsideAreSilent()
    {
        Probes probes = new();
        string groups = $"[groups]\nDNS_SERVERS = [\"{probes.Hospital.NameServer}\"]\nPROXIES = [\"{probes.Hospital.Proxy}\"]";
        for (int i = 0; i < 10; i++)
        {
            string station = probes.Hospital.Workstations[i];
            long time = Probes.Start + (i * Capture.Minute);
            probes.Talk.Connection(time, station, 2000 + i, probes.Hospital.Proxy, 8080, 3, 400, 3_000);
            probes.Talk.Connection(time + Capture.Second, station, 2100 + i, probes.Hospital.Proxy, 1080, 3, 400, 3_000);
            probes.Talk.Connection(time + (2 * Capture.Second), station, 2200 + i, probes.Hospital.Modalities[i], 23, 8, 20, 200);
            probes.Talk.Connection(time + (3 * Capture.Second), probes.Hospital.NameServer, 2300 + i, Outside, 23, 8, 20, 200);
            probes.Talk.Connection(time + (4 * Capture.Second), station, 2400 + i, probes.Hospital.NameServer, 23, 8, 20, 200);
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile(groups)).AreNone();
    }

    private static string Groups(Hospital hospital) => Text($"""
        [groups]
        DNS_SERVERS = ["{hospital.NameServer}", "{hospital.Host(54)}"]
        PACS = ["{hospital.Pacs}"]
        MODALITIES = ["{hospital.Modalities[0]}", "{hospital.Modalities[1]}"]
        """);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ATryIsEnoughWhetherRefusedOrNotAnswered(bool isRefused)
    {
        Probes probes = new();
        _ = isRefused
            ? probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23)
            : probes.Talk.Unanswered(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23, 4);
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile(Groups(probes.Hospital)))
            .Single("restricted-service");
        TenDetects.Has(incident, "restricted-service",
            $"dst={probes.Hospital.NameServer} dsts=1 frames=1 dport=23 severity=4 group=DNS_SERVERS");
    }

    [TestMethod]
    public void TwoActorsAreTwoIncidents()
    {
        Probes probes = new();
        probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23);
        probes.Talk.Refused(Probes.Start + Capture.Hour, "198.18.4.4", 33_000, probes.Hospital.NameServer, 23);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital)));
        TenDetects.Has(findings.The("restricted-service", ("src", Probes.Actor)), "restricted-service", "frames=1");
        TenDetects.Has(findings.The("restricted-service", ("src", "198.18.4.4")), "restricted-service", "frames=1");
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    [TestMethod]
    public void AHostOfNoGroupIsNotRestricted()
    {
        Probes probes = new();
        probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, Probes.Net + "99", 23);
        Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).AreNone();
        probes.Talk.Refused(Probes.Start + Capture.Second, Probes.Actor, 33_001, probes.Hospital.NameServer, 23);
        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AnswersOfTheServersOwnConnectionsAreNoTry()
    {
        // The name server telnets out from port 1023 and up; what comes back goes to those ports and from 23.
        Probes probes = new();
        for (int i = 0; i < 10; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * Capture.Minute), probes.Hospital.NameServer, 1023 + i, "203.0.113.23", 23,
                5, 20, 100);
        }

        Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).AreNone();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(20)]
    public void APortScanOfTheHostTellsOfItsServiceToo(int first)
    {
        // The restricted port comes before the scan is known as one, or after.
        Probes probes = new();
        for (int i = 0; i < 60; i++)
        {
            probes.Talk.Refused(Probes.Start + (i * Capture.Second / 10), Probes.Actor, 40_000 + i, probes.Hospital.NameServer, first + i);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).Single("port-scan");
        TenDetects.Has(incident, "port-scan", "dsts=1 frames=60 refused=60 group=DNS_SERVERS");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void WhoSweepsBesideChoseNothing(bool isSweepFirst)
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 10), 22, Probes.Start, Capture.Second);
        probes.Talk.Refused(Probes.Start + (isSweepFirst ? Capture.Minute : -Capture.Minute), Probes.Actor, 33_000, probes.Hospital.NameServer, 23);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).The("restricted-service");
        TenDetects.Has(incident, "restricted-service", "dsts=1 dport=23 refused=1");
        Assert.IsFalse(incident.Message.Contains("no others", StringComparison.Ordinal), incident.Text);
    }

    [TestMethod]
    [DataRow(-30)]
    [DataRow(3600)]
    public void WhoIsServedElsewhereDidNotChooseTheseHosts(int seconds)
    {
        Probes probes = new();
        probes.Talk.Connection(Probes.Start, Probes.Actor, 33_000, probes.Hospital.NameServer, 23, 12, 20, 200);
        probes.Talk.Connection(Probes.Start + (seconds * Capture.Second), Probes.Actor, 33_001, Probes.Net + "99", 23, 12, 20, 200);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", "dsts=1 answered=1 severity=5");
        StringAssert.Contains(incident.Message, "(a conversation followed) among others", incident.Text);
    }

    [TestMethod]
    public void SeveralPortsOfOneRuleAreSaidToBeMany()
    {
        Probes probes = new();
        int turn = 0;
        foreach (int port in (int[])[445, 3389, 5900])
        {
            probes.Sweep([probes.Hospital.Modalities[0]], port, Probes.Start + (turn++ * Capture.Minute), 1);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", "dsts=1 dport=0 frames=3 dports=445,3389,5900");
    }

    [TestMethod]
    [DataRow(0, 5, 0)]
    [DataRow(4, 1, 0)]
    [DataRow(0, 1, 60)]
    public void AConversationThatComesLateIsStillABreakIn(int acceptedAfter, int spokenAfter, int busyClients)
    {
        // A server that looks its client's name up first; one that is slow to accept; and a network so busy that tries are judged
        // early.
        Probes probes = new();
        string server = probes.Hospital.NameServer;
        const int From = 33_000;
        long time = Probes.Start;
        Capture capture = probes.Capture;
        capture.Add(time, probes.Talk.Between(Probes.Actor, server).Tcp(From, 23, "S", 1000));
        time += (acceptedAfter * Capture.Second) + 20_000;
        capture.Add(time, probes.Talk.Between(server, Probes.Actor).Tcp(23, From, "SA", 5000, 1001));
        capture.Add(time + 20_000, probes.Talk.Between(Probes.Actor, server).Tcp(From, 23, "A", 1001, 5001));
        time += spokenAfter * Capture.Second;
        capture.Add(time, probes.Talk.Between(server, Probes.Actor).Tcp(23, From, "PA", 5001, 1001, payload: new byte[60]));
        capture.Add(time + 20_000, probes.Talk.Between(Probes.Actor, server).Tcp(From, 23, "PA", 1001, 5061, payload: new byte[30]));
        capture.Add(time + Capture.Second, probes.Talk.Between(Probes.Actor, server).Tcp(From, 23, "FA", 1031, 5061));
        for (int i = 0; i < busyClients; i++)
        {
            probes.Talk.Connection(Probes.Start + (Capture.Second / 10) + (i * 10_000), probes.Hospital.Workstations[i % 10], 20_000 + i, Outside, 443);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", "dsts=1 frames=1 severity=5 answered=1 silent= dark=");
        StringAssert.Contains(incident.Message, "a conversation followed", incident.Text);
    }

    [TestMethod]
    public void OfAHostCountsTheBestThatCameOfItsTries()
    {
        Probes probes = new();
        probes.Sweep([probes.Hospital.NameServer], 23, Probes.Start, 1);
        probes.Talk.Connection(Probes.Start + Capture.Hour, Probes.Actor, 33_001, probes.Hospital.NameServer, 23, 12, 20, 200);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile(Groups(probes.Hospital))).Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", "dsts=1 frames=2 severity=5 answered=1 silent= dark=");
        StringAssert.Contains(incident.Message, "(a conversation followed) and no others", incident.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
