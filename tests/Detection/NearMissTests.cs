using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>What looks like one of the kinds and is none: the tap must say nothing.</summary>
[TestClass]
public sealed class NearMissTests
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
            .Select(hour => new OrdinaryTraffic(hospital, (seed * 100) + hour).Hour(Probes.Start + (hour * Capture.Hour)).Build()));
        Tap.Replay(day, Probes.Profile()).AreNone();
        Tap.Replay(day, Probes.Profile(groups)).AreNone();
    }

    [TestMethod]
    [DataRow(7, false, 0)]
    [DataRow(8, false, 1)]
    [DataRow(7, true, 0)]
    [DataRow(8, true, 1)]
    public void SevenPlainTriesAreNotYetASweep(int hosts, bool isUnanswered, int incidents)
    {
        Probes probes = new();
        _ = isUnanswered
            ? probes.Sweep(Probes.Hosts(30, hosts), 8090, Probes.Start, Capture.Second)
            : probes.RefusedSweep(Probes.Hosts(30, hosts), 8090, Probes.Start, Capture.Second);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void TwoHostsOnASuspectPortAreNotYetASweep(int hosts, int incidents)
    {
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(30, hosts), 12345, Probes.Start, Capture.Second).Build(), Probes.Profile());
        Assert.HasCount(incidents, findings.Incidents, findings.Told);
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
        // Somebody runs a service on NetBus' port; five strangers use it, each with data both ways.
        Probes probes = new();
        for (int i = 0; i < 5; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * Capture.Minute), Text($"198.18.{i}.4"), 33_000 + i, Probes.Net + "77", 12345, 6, 200, 3_000);
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void OpenConnectionsToManyHostsAreNoSweep()
    {
        // The archive verifies its twenty modalities within seconds, again and again, and on a port that nobody knows.
        Probes probes = new();
        for (int turn = 0; turn < 4; turn++)
        {
            for (int i = 0; i < 20; i++)
            {
                probes.Talk.Connection(Probes.Start + (turn * Capture.Hour) + (i * 250_000L), probes.Hospital.Pacs, 2000 + (turn * 50) + i,
                    probes.Hospital.Modalities[i], 11190, 2, 205, 180);
            }
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void ManyClientsOfOneServerAreNoProbe()
    {
        Probes probes = new();
        for (int i = 0; i < 300; i++)
        {
            string client = Text($"198.{18 + (i % 2)}.{i % 250}.{7 + (i % 90)}");
            probes.Talk.Connection(Probes.Start + (i * 2 * Capture.Second), client, 20_000 + (i * 13), Probes.Net + "80", 80, 1, 300, 2_000, isReset: i % 3 == 0);
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
                    probes.Talk.Datagrams(time - (3 * Capture.Second / 2), asker, 137, asked, 137, Payload.NodeStatusQuery(turn), null);
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
            probes.Talk.Refused(Probes.Start + (i * 7 * Capture.Second), Probes.Net + Text($"{160 + (i % 20)}"), 2000 + i, Text($"212.108.4.{150 + (i % 6)}"), 80);
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
            probes.Capture.Add(end + Capture.Minute, probes.Talk.Between(server, client).Tcp(80, 2000 + i, "R", 77_000 + i, window: 0));
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
                probes.Capture.Add(time, probes.Talk.Between(client, server).Tcp(2000 + i, 80, "PA", 1_000, sequence, payload: new byte[300]));
                probes.Capture.Add(time + 20_000, probes.Talk.Between(server, client).Tcp(80, 2000 + i, "A", sequence, 1_300));
            }

            probes.Capture.Add(time + Capture.Second, probes.Talk.Between(server, client).Tcp(80, 2000 + i, i % 4 < 2 ? "R" : "RA", sequence, 1_300, window: 0));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void SynAcksInTheFirstMinuteAreNoInverseMap()
    {
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Capture.Add(Probes.Start + (i * 5 * Capture.Second), probes.Talk.Between(Text($"212.108.4.{150 + i}"), Probes.Net + Text($"{160 + i}"))
                .Tcp(80, 2000 + i, "SA", probes.Talk.NextSequence(), probes.Talk.NextSequence()));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AOneSidedMirrorIsSaidWithinAMinuteAndConcludesNothing(bool showsInbound)
    {
        // The switch mirrors one direction of the router's port: what comes in, or what goes out.
        Probes probes = new();
        for (int i = 0; i < 240; i++)
        {
            long time = Probes.Start + (i * 2 * Capture.Second);
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"203.0.{113 + (i % 3)}.{10 + (i % 40)}");
            _ = i % 5 == 0
                ? probes.Talk.Refused(time, client, 2000 + i, server, 80)
                : probes.Talk.Connection(time, client, 2000 + i, server, 80, 2, 300, 3_000, isReset: i % 7 == 0);
        }

        Capture half = probes.Build().Select(frame =>
            probes.Lan.IsHome(string.Join('.', frame[26..30])) == showsInbound ? [] : [frame]);
        Findings findings = Tap.Replay(half, Probes.Profile());
        AlertLine? health = findings.Lines.FirstOrDefault(line => line.Kind == "health");
        Assert.IsNotNull(health, "a one-sided mirror is to be said:" + Environment.NewLine + findings.Told);
        DateTime said = DateTime.Parse(health.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.IsLessThanOrEqualTo(Probes.Start + Capture.Minute + Capture.Second, (long)(said - DateTime.UnixEpoch).TotalMicroseconds, health.Text);
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
    }

    [TestMethod]
    public void AMirrorOfBothDirectionsIsNotCalledOneSided()
    {
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 3), 8090, Probes.Start, Capture.Hour).Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.IsFalse(findings.Lines.Any(line => line.Kind == "health" && line.Message.Contains("one-sided", StringComparison.Ordinal)), findings.Told);
    }

    [TestMethod]
    [DataRow(0.3)]
    [DataRow(0.05)]
    public void WhileFramesAreLostNothingIsUnsolicited(double drop)
    {
        // Refusals and answers of one farm: a third of the questions is lost on the way to the sensor.
        Probes probes = new();
        for (int i = 0; i < 400; i++)
        {
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"212.108.4.{150 + (i % 6)}");
            long time = Probes.Start + (i * 3 * Capture.Second);
            _ = i % 2 == 0
                ? probes.Talk.Refused(time, client, 2000 + i, server, 80)
                : probes.Talk.Connection(time, client, 2000 + i, server, 80);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(), drop);
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
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
            Ip ip = probes.Talk.Between(probes.Hospital.Modalities[5], Probes.Net + "255") with { DestinationMac = Lan.Broadcast };
            probes.Capture.Add(time, ip.Udp(3001, 5001, new byte[40]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void FourBroadcastsAtOnePeriodAreNotYetAnIncident()
    {
        Probes probes = new();
        for (int i = 0; i < 4; i++)
        {
            Ip ip = probes.Talk.Between(probes.Hospital.Modalities[5], Probes.Net + "0") with { DestinationMac = Lan.Broadcast };
            probes.Capture.Add(Probes.Start + (i * 2 * Capture.Minute), ip.Udp(3001, 1600, new byte[40]));
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
            probes.Talk.Datagrams(Probes.Start + (i * Capture.Minute), "10.20.30.9", 3001, i % 2 == 0 ? "10.20.30.255" : "10.20.31.0", 5001, new byte[40], new byte[40]);
        }

        Tap.Replay(probes.Build(), Site.Home("10.20.30.0/23")).AreNone();
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
            probes.Talk.Datagrams(time + Capture.Second, station, ports[i % 6], "192.0.2.53", 53, Payload.DnsQuery(i, "a.example"),
                Payload.DnsAnswer(i, "a.example", [192, 0, 2, 1]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void FebruaryAndMarchAreTwoStories()
    {
        Probes probes = new();
        foreach (int days in new[] { 0, 28 })
        {
            probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start + (days * Capture.Day), Capture.Second);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        Assert.HasCount(2, findings.Incidents, findings.Told);
        Assert.IsTrue(findings.Incidents.All(line => line.Kind == "sweep" && line["frames"] == "5"), findings.Told);
    }

    [TestMethod]
    public void ProbesOfFebruaryDoNotHelpThoseOfMarch()
    {
        // Two hosts in February and two in March are two and two.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 2), 12345, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(60, 2), 12345, Probes.Start + (28 * Capture.Day), Capture.Second);
        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AGapOfTwoDaysIsOneStory()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start, Capture.Second);
        probes.Sweep(Probes.Hosts(60, 5), 12345, Probes.Start + (2 * Capture.Day), Capture.Second);
        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep"), "sweep", "dsts=10 frames=10");
    }

    [TestMethod]
    public void TheSilenceAfterAStoryClosesIt()
    {
        // Seven days of silence end an incident while the tap runs, not only at the end of a replay.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(30, 5), 12345, Probes.Start, Capture.Second);
        for (int day = 1; day <= 9; day++)
        {
            probes.Heard([Probes.Net + "160"], Probes.Start + (day * Capture.Day));
        }

        AlertLine closed = Tap.Replay(probes.Build(), Probes.Profile()).Lines.Single(line => line.State == "closed");
        StringAssert.StartsWith(closed.Time, "2026-03-02T13:00:04", "the time is that of the newest frame: " + closed);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
