using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>
/// The acceptance table: what the closing line of each detect's incident must say. Every test that replays the ten, whatever
/// surrounds them, asks here.
/// </summary>
internal static class TenDetects
{
    /// <summary>What a table of groups and explanations adds to the practical's home.</summary>
    public const string Groups = """
        [groups]
        DNS_SERVERS = ["128.231.212.53", "128.231.213.53"]

        [[expected]]
        name = "AdvantageNet console"
        source = "128.231.213.4"
        destination = "128.231.212.0"
        proto = "udp"
        port = 1600
        """;

    /// <summary>When the last try (or datagram, where nothing is tried) of each detect was on the wire.</summary>
    private static readonly string[] Newest =
    [
        "2000-03-24T20:50:47.598Z", "2000-03-18T02:25:47.070Z", "2000-03-22T04:38:15.904Z", "2000-02-27T13:59:03.049Z",
        "2000-03-27T14:59:06.561Z",
        "2000-03-28T16:18:34.550Z", "2000-04-02T08:13:33.906Z", "2000-04-04T16:33:08.799Z", "2000-04-07T05:22:07.964Z",
        "2000-04-08T04:05:48.738Z",
    ];

    /// <summary>Checks one detect's incident.</summary>
    /// <param name="number">1 to 10.</param>
    /// <param name="incident">Its closing line.</param>
    /// <param name="isExpected">The site profile explains detect 8.</param>
    public static void Check(int number, AlertLine incident, bool isExpected = false)
    {
        Assert.AreEqual(Newest[number - 1], incident.Time, "the time is that of the newest frame: " + incident);
        switch (number)
        {
            case 1:
                Has(incident, "distributed-probe",
                "dst=24.3.21.199 dsts=1 srcs=7 dport=0 frames=8 ttl=103-125 severity=2 sport= dur=68149");
                Has(incident, "distributed-probe", "dports=137,1243,12345,27347,27374 src=various");
                StringAssert.Contains(incident.Message, "hop", "hop counts alike or not must be said: " + incident);
                break;
            case 2:
                Has(incident, "sweep",
                "proto=tcp src=194.112.42.193 srcs=1 dst=128.231.212.0/27 dsts=25 dport=53 frames=25 flags=SF sport=53");
                Has(incident, "sweep", "severity=2 ttl=26 stride= unseen= list=");
                break;
            case 3:
                Has(incident, "restricted-service",
                "proto=tcp src=194.90.83.130 srcs=1 dst=128.231.212.0/23 dsts=2 dport=23 frames=2");
                Has(incident, "restricted-service", "severity=4 group=DNS_SERVERS ttl=44");
                break;
            case 4:
                Has(incident, "distributed-probe",
                "proto=tcp dst=24.3.21.199 dsts=1 srcs=4 dport=0 frames=4 dports=1080,8080,27374 severity=2");
                Has(incident, "distributed-probe", "ttl=104-121 src=various dur=40982");
                StringAssert.Contains(incident.Message, "hop", "hop counts alike or not must be said: " + incident);
                break;
            case 5:
                Has(incident, "sweep",
                "proto=tcp src=38.31.117.17 srcs=1 dst=128.231.212.200/29 dsts=3 dport=12345 frames=3 severity=2");
                Has(incident, "sweep", "ttl=116 stride=sport unseen=2");
                StringAssert.Contains(incident["name"], "NetBus", incident.Text);
                break;
            case 6:
                Has(incident, "dark-host",
                "proto=udp src=198.51.100.77 srcs=1 dst=128.231.212.0/23 dsts=4 dport=137 frames=15 severity=2");
                Has(incident, "dark-host", "sport=137 dark=4 ttl=122 dur=4140");
                StringAssert.Contains(incident.Message, "1.5 s", "the resolver's timer must be said: " + incident);
                break;
            case 7:
                Has(incident, "inverse-map",
                "proto=tcp src=212.108.4.0/24 srcs=6 dst=128.231.212.0/23 dsts=14 dport=0 frames=22 severity=3");
                Has(incident, "inverse-map", "sport=80 ttl=49 flags=RA dur=203553");
                StringAssert.Matches(incident.Message, new("spoof|backscatter", default),
                    "both readings must be said: " + incident);
                StringAssert.Contains(incident.Message, "map", "both readings must be said: " + incident);
                break;
            case 8:
                Has(incident, "broadcast",
                "proto=udp src=128.231.213.4 srcs=1 dst=128.231.212.0 dsts=1 dport=1600 frames=13 period=120 ttl=60 dur=66950");
                Assert.AreEqual(isExpected ? "1" : "3", incident["severity"], incident.Text);
                Assert.AreEqual(isExpected, incident["expected"].Length > 0, incident.Text);
                break;
            case 9:
                Has(incident, "sweep",
                "proto=tcp src=209.235.11.254 srcs=1 dst=128.231.212.0/23 dsts=40 dport=5556 frames=40 severity=2");
                Has(incident, "sweep", "ttl=53 stride=sport unseen=266 list= sport=");
                StringAssert.Contains(incident["name"], "BackOrifice", incident.Text);
                break;
            default:
                Has(incident, "sweep",
                "proto=tcp src=209.235.11.254 srcs=1 dst=128.231.212.0/23 dsts=27 dport=110 frames=27 severity=3");
                Has(incident, "sweep", "ttl=53 stride=sport unseen=279 list= sport=");
                break;
        }
    }

    /// <summary>Checks that the ten are there, each once and right, and nothing else.</summary>
    /// <param name="findings">What was said.</param>
    /// <param name="isExpected">The site profile explains detect 8.</param>
    public static void CheckAll(Findings findings, bool isExpected)
    {
        AlertLine[] ten =
        [
            findings.The("distributed-probe", ("srcs", "7")),
            findings.The("sweep", ("dport", "53")),
            findings.The("restricted-service"),
            findings.The("distributed-probe", ("srcs", "4")),
            findings.The("sweep", ("dport", "12345")),
            findings.The("dark-host"),
            findings.The("inverse-map"),
            findings.The("broadcast"),
            findings.The("sweep", ("dport", "5556")),
            findings.The("sweep", ("dport", "110")),
        ];
        for (int number = 1; number <= ten.Length; number++)
        {
            Check(number, ten[number - 1], isExpected);
        }

        Assert.AreEqual(ten[8]["id"], ten[9]["related"], "detect 10 comes of the actor of detect 9: " + ten[9]);
        Assert.HasCount(10, findings.Incidents, findings.Told);
    }

    /// <summary>Compares parameters; an empty value must not be given.</summary>
    public static void Has(AlertLine incident, string kind, string parameters)
    {
        Assert.AreEqual(kind, incident.Kind, incident.Text);
        foreach (string[] pair in parameters.Split(' ', System.StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split('=', 2)))
        {
            Assert.AreEqual(pair[1], incident[pair[0]], $"{pair[0]} in: {incident}");
        }
    }
}
