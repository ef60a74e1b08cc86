using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Detection.Tests;

/// <summary>A trojan in use: one conversation is enough, and what merely looks like one is none.</summary>
[TestClass]
public sealed class SuspectServiceTests
{
    private const string Outside = "203.0.113.77";
    private const string Inside = Probes.Net + "60";
    private const string Host = Probes.Net + "77";

    [TestMethod]
    [DataRow(Outside, 12345, "NetBus", 5L, DisplayName = "an outsider talks with NetBus, briefly")]
    [DataRow(Outside, 27374, "SubSeven", 500_000L, DisplayName = "SubSeven, longer than an attempt waits")]
    [DataRow(Inside, 20034, "NetBus 2 Pro", 5L, DisplayName = "an insider does")]
    public void OneConversationIsEnough(string actor, int port, string name, long gap)
    {
        Probes probes = new();
        probes.Talk.Connection(Probes.Start, actor, 40_000, Host, port, 20, 300, 300, gap);
        AlertLine incident = Tap.Replay(probes.Build(), Probes.Profile()).Single("suspect-service");
        TenDetects.Has(incident, "suspect-service", Invariant($"proto=tcp src={actor} dst={Host} dsts=1 dport={port} severity=4 answered=1"));
        Assert.AreEqual(name, incident["name"]);
    }

    [TestMethod]
    public void ItsHostsAreOneStory()
    {
        Probes probes = new();
        for (int i = 0; i < 6; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * 30 * Capture.Second), Outside, 50_000 + i, Probes.Net + Invariant($"{100 + i}"), 12345, 20,
                300, 3_000, Capture.Second / 2);
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("suspect-service"), "suspect-service",
            $"src={Outside} dsts=6 dport=12345 answered=6 severity=4");
    }

    [TestMethod]
    [DataRow(31337, 4_000, "BackOrifice")]
    [DataRow(1600, 4_000, "Shivka-Burka 1600")]
    [DataRow(1600, 1600, "Shivka-Burka 1600")]
    public void DatagramsBothWaysAreAConversation(int port, int sourcePort, string name)
    {
        AlertLine incident = Tap.Replay(Datagrams(Outside, sourcePort, port).Build(), Probes.Profile()).Single("suspect-service");
        TenDetects.Has(incident, "suspect-service", Invariant($"proto=udp src={Outside} dst={Host} dsts=1 dport={port} severity=4"));
        Assert.AreEqual(name, incident["name"]);
    }

    [TestMethod]
    public void WhereBothEndsUseThePortTheHomeHostMaySpeakFirst()
    {
        Probes probes = new();
        for (int i = 0; i < 10; i++)
        {
            long time = Probes.Start + (i * Capture.Second);
            probes.Capture.Add(time, probes.Lan.Ip(Host, Outside).Udp(1600, 1600, [1, 2, 3, 4]));
            probes.Capture.Add(time + 20_000, probes.Lan.Ip(Outside, Host).Udp(1600, 1600, [1, 2, 3, 4]));
        }

        TenDetects.Has(Tap.Replay(probes.Build(), Probes.Profile()).Single("suspect-service"), "suspect-service", $"src={Outside} dst={Host} dport=1600 severity=4");
    }

    [TestMethod]
    public void ConsolesThatTalkAmongThemselvesAreSilent() =>
        Tap.Replay(Datagrams(Inside, 1600, 1600).Build(), Probes.Profile()).AreNone();

    [TestMethod]
    public void AConsolesWordsAreNotTheTrojansWithoutAProfileThatSaysSo()
    {
        byte[] words = [0, 0, 0, 0x7e, 0, 0, 5, 0xe8, .. "NMR1"u8, 0, 0, .. "IC0"u8, .. new byte[29]];
        Tap.Replay(Datagrams(Outside, 1600, 1600, words).Build(), Probes.Profile()).AreNone();
        byte[] others = [.. words];
        others[11] = (byte)'2';
        Findings findings = Tap.Replay(Datagrams(Outside, 1600, 1600, others).Build(), Probes.Profile());
        Assert.AreEqual("Shivka-Burka 1600", findings.Single("suspect-service")["name"]);
    }

    [TestMethod]
    [DataRow(1600)]
    [DataRow(31337)]
    public void AClientsPortThatEqualsATrojansIsSilent(int clientPort)
    {
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            // A resolver with one port for all its questions, to a server outside.
            long time = Probes.Start + (i * 10 * Capture.Second);
            probes.Capture.Add(time, probes.Lan.Ip(Host, Outside).Udp(clientPort, 53, [1, 2, 3, 4]));
            probes.Capture.Add(time + 20_000, probes.Lan.Ip(Outside, Host).Udp(53, clientPort, [1, 2, 3, 4]));
        }

        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void WhoServesThePortForGoodIsNamedInTheProfile()
    {
        Probes probes = new();
        probes.Talk.Connection(Probes.Start, Outside, 40_000, Host, 12345, 20, 300, 300, 5);
        probes.Talk.Connection(Probes.Start + Capture.Minute, Outside, 40_001, Probes.Net + "78", 12345, 20, 300, 300, 5);
        string profile = Probes.Profile() + $"\n[[serves]]\nname = \"backup agent\"\nhosts = \"{Host}\"\nport = 12345\n";
        TenDetects.Has(Tap.Replay(probes.Build(), profile).Single("suspect-service"), "suspect-service", $"dst={Probes.Net}78 dsts=1");
    }

    [TestMethod]
    public void AnAnswerWithoutAConversationIsNone()
    {
        Probes probes = new();
        probes.Talk.HalfOpen(Probes.Start, Outside, 40_000, Host, 12345);
        Tap.Replay(probes.Build(), Probes.Profile()).AreNone();
    }

    [TestMethod]
    public void AConversationAmidASweepIsToldByItself()
    {
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 20), 12345, Probes.Start, Capture.Second, Outside);
        probes.Talk.Connection(Probes.Start + (21 * Capture.Second), Outside, 40_000, Host, 12345, 20, 300, 300, Capture.Second / 2);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        TenDetects.Has(findings.The("sweep"), "sweep", "dsts=21 dport=12345");
        TenDetects.Has(findings.The("suspect-service"), "suspect-service", $"dst={Host} dsts=1 severity=4");
        Assert.HasCount(2, findings.Incidents, findings.Told);
    }

    private static Probes Datagrams(string actor, int sourcePort, int port, byte[]? words = null)
    {
        Probes probes = new();
        byte[] said = words ?? [1, 2, 3, 4];
        for (int i = 0; i < 10; i++)
        {
            long time = Probes.Start + (i * Capture.Second);
            probes.Capture.Add(time, probes.Lan.Ip(actor, Host).Udp(sourcePort, port, said));
            probes.Capture.Add(time + 20_000, probes.Lan.Ip(Host, actor).Udp(port, sourcePort, said));
        }

        return probes;
    }
}
