using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Who matters is named: those that answered, and the few that were chosen.</summary>
[TestClass]
public sealed class AnswererTests
{
    private const string Net6 = "2001:db8:12:3::";
    private const string Actor6 = "2001:db8:bad::66";

    [TestMethod]
    public void OpenPortsOfAScanOfAThousandAreNamedBeforeAllOthers()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        for (int port = 1; port <= 1000; port++)
        {
            long time = Probes.Start + (port * 50_000L);
            _ = port is 104 or 873
                ? probes.Talk.HalfOpen(time, Probes.Actor, 40_000 + port, host, port)
                : probes.Talk.Refused(time, Probes.Actor, 40_000 + port, host, port);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("port-scan", ("dst", host));
        TenDetects.Has(incident, "port-scan", "answered=2 answeredBy=104,873");
        StringAssert.StartsWith(incident["dports"], "104,873,1,2,3,", incident.Text);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void HostsOfASweepThatAnsweredAreNamedWheneverTheyDid(int which)
    {
        // Of twenty the first, one in the middle or the last answers; a suspect port is an incident at the third.
        int open = which switch { 0 => 100, 1 => 110, _ => 119 };
        Probes probes = new();
        for (int i = 100; i < 120; i++)
        {
            long time = Probes.Start + ((i - 100) * Capture.Second);
            string target = Probes.Hosts(i, 1).Single();
            _ = i == open
                ? probes.Talk.HalfOpen(time, Probes.Actor, 40_000 + (i * 7), target, 12345)
                : probes.Talk.Refused(time, Probes.Actor, 40_000 + (i * 7), target, 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", $"dsts=20 answered=1 answeredBy={Probes.Net}{open} hosts=");
    }

    [TestMethod]
    public void ManyThatAnsweredAreNamedAsFarAsThereIsRoom()
    {
        Probes probes = new();
        for (int i = 0; i < 40; i++)
        {
            string target = Probes.Hosts(100 + i, 1).Single();
            _ = i % 2 == 0
                ? probes.Talk.HalfOpen(Probes.Start + (i * Capture.Second), Probes.Actor, 40_000 + (i * 7), target, 8090)
                : probes.Talk.Refused(Probes.Start + (i * Capture.Second), Probes.Actor, 40_000 + (i * 7), target, 8090);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("sweep");
        string[] named = incident["answeredBy"].TrimEnd('+').Split(',');
        Assert.AreEqual(20, incident.Number("answered"), incident.Text);
        Assert.EndsWith("+", incident["answeredBy"], incident.Text);
        Assert.IsGreaterThanOrEqualTo(4, named.Length, incident.Text);
        CollectionAssert.IsSubsetOf(named, Enumerable.Range(0, 20).Select(i => Probes.Hosts(100 + (2 * i), 1).Single()).ToArray());
        CollectionAssert.AllItemsAreUnique(named);
        Assert.AreEqual("20", incident["refused"], "what follows is not pushed out: " + incident);
    }

    [TestMethod]
    public void AnAnswerThatComesLateIsNamed()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 6), 12345, Probes.Start, Capture.Second, sourcePort: turn => 4_000 + turn);
        uint sequence = (uint)((probes.Capture.Frames[4].Bytes[38] << 24) | (probes.Capture.Frames[4].Bytes[39] << 16)
            | (probes.Capture.Frames[4].Bytes[40] << 8) | probes.Capture.Frames[4].Bytes[41]);
        probes.Capture.Add(Probes.Start + (15 * Capture.Second),
            probes.Talk.Between(Probes.Net + "104", Probes.Actor).Tcp(12345, 4_004, "SA", 77_000, sequence + 1));

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).The("sweep", ("src", Probes.Actor));
        TenDetects.Has(incident, "sweep", $"dsts=6 answered=1 answeredBy={Probes.Net}104");
    }

    [TestMethod]
    public void BothNameServersThatSomebodyChoseAreNamed()
    {
        AlertLine both = Tap.ReplayDetect(3).Single("restricted-service");
        TenDetects.Has(both, "restricted-service", "answeredBy=128.231.212.53,128.231.213.53 hosts= dst=128.231.212.0/23");

        Probes probes = new();
        string first = probes.Hospital.NameServer;
        string second = probes.Hospital.Host(54);
        probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, first, 23);
        probes.Talk.HalfOpen(Probes.Start + (5 * Capture.Second), Probes.Actor, 33_001, second, 23);
        AlertLine one = Tap.Replay(probes.Build(), Probes.Profile($"[groups]\nDNS_SERVERS = [\"{first}\", \"{second}\"]"))
            .Single("restricted-service");
        TenDetects.Has(one, "restricted-service", $"answered=1 refused=1 answeredBy={second} hosts={first},{second}");
    }

    [TestMethod]
    public void AServerThatRefusesAndLaterAnswersIsNamed()
    {
        Probes probes = new();
        string server = probes.Hospital.NameServer;
        probes.Talk.Refused(Probes.Start, Probes.Actor, 33_000, server, 23);
        probes.Talk.HalfOpen(Probes.Start + Capture.Hour, Probes.Actor, 33_001, server, 23);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile($"[groups]\nDNS_SERVERS = [\"{server}\"]"))
            .Single("restricted-service");
        TenDetects.Has(incident, "restricted-service", $"dsts=1 answered=1 answeredBy={server} refused=");
    }

    [TestMethod]
    public void HostsThatAreAskedInVainAreNamed()
    {
        TenDetects.Has(Tap.ReplayDetect(6).Single("dark-host"), "dark-host",
            "hosts=128.231.212.8,128.231.212.124,128.231.213.7,128.231.212.49 answeredBy=");
    }

    [TestMethod]
    public void HostsOfIpv6AreNamedToo()
    {
        var hospital = new Hospital(Probes.Net, Net6 + "/64");
        Probes probes = new(hospital);
        for (int i = 0; i < 20; i++)
        {
            string target = Net6 + (0x100 + i).ToString("x", null);
            _ = i is 15 or 17
                ? probes.Talk.HalfOpen(Probes.Start + (i * Capture.Second), Actor6, 40_000 + (i * 7), target, 12345)
                : probes.Talk.Refused(Probes.Start + (i * Capture.Second), Actor6, 40_000 + (i * 7), target, 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64")).Single("sweep");
        TenDetects.Has(incident, "sweep", "answered=2 answeredBy=2001:db8:12:3::10f,2001:db8:12:3::111");
    }

    [TestMethod]
    public void ThePortThatAnsweredStrangersIsNamed()
    {
        Probes probes = new();
        string host = Probes.Hosts(77, 1).Single();
        string[] strangers = ["198.51.100.7", "192.0.2.77", "203.0.113.5", "198.18.4.4"];
        for (int i = 0; i < strangers.Length; i++)
        {
            long time = Probes.Start + (i * 5 * Capture.Minute);
            _ = i == 1
                ? probes.Talk.HalfOpen(time, strangers[i], 40_000 + i, host, 27374)
                : probes.Talk.Refused(time, strangers[i], 40_000 + i, host, 12345);
        }

        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("distributed-probe");
        TenDetects.Has(incident, "distributed-probe", $"dst={host} srcs=4 answered=1 answeredBy=27374 dports=27374,12345");
    }
}
