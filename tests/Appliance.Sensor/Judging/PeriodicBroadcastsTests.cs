using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Broadcasts that nothing explains: whole lines.</summary>
[TestClass]
public sealed class PeriodicBroadcastsTests
{
    [TestMethod]
    public void AChoirOfConsoles()
    {
        var tap = new Tapped();
        for (int i = 0; i < 7; i++)
        {
            foreach (int host in new[] { 9, 17, 80 })
            {
                tap.At(1 + (i * 30) + (host * 0.01),
                    (Tapped.Lan.Ip(Tapped.Home(host), "255.255.255.255") with { DestinationMac = Lan.Broadcast })
                    .Udp(2000, 1600, new byte[20]));
            }
        }

        tap.Finish();
        tap.Tells("""
            84 00:02:01.090 broadcast id=1 state=open severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=255.255.255.255 dsts=1
                dport=1600 frames=5 dur=120 ttl=64 sport=2000 period=30 site=ward #1 12109: 10.1.2.9 broadcasts to 255.255.255.255
                udp port 1600 every 30 s, nothing explains it, severity 2+3-2
            84 00:02:01.800 broadcast id=1 state=update severity=3 sid=0 proto=udp src=10.1.2.0/25 srcs=3 dst=255.255.255.255
                dsts=1 dport=1600 frames=15 dur=120 ttl=64 sport=2000 period=30 site=ward #2 15109: 10.1.2.0/25 broadcasts to
                255.255.255.255 udp port 1600 every 30 s, nothing explains it, severity 2+3-2
            84 00:03:01.800 broadcast id=1 state=closed severity=3 sid=0 proto=udp src=10.1.2.0/25 srcs=3 dst=255.255.255.255
                dsts=1 dport=1600 frames=21 dur=180 ttl=64 sport=2000 period=30 site=ward #3 18180: 10.1.2.0/25 broadcasts to
                255.255.255.255 udp port 1600 every 30 s, nothing explains it, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AmongSixtyFourBroadcastersTwentyOfOneRhythmAreOneIncident()
    {
        // Forty-four others broadcast in no rhythm, each at a port of its own.
        var tap = new Tapped();
        var random = new System.Random(5);
        var frames = new System.Collections.Generic.List<(double At, int Host, int Port)>();
        for (int i = 0; i < 8; i++)
        {
            for (int host = 1; host <= 64; host++)
            {
                double within = host <= 20 ? host * 0.1 : random.NextDouble() * 29;
                frames.Add((1 + (i * 30) + within, host, host <= 20 ? 1600 : 5000 + host));
            }
        }

        frames.Sort();
        foreach ((double at, int host, int port) in frames)
        {
            Ip ip = Tapped.Lan.Ip(Tapped.Home(host), "10.1.2.255") with { DestinationMac = Lan.Broadcast };
            tap.At(at, ip.Udp(2000, port, new byte[20]));
        }

        tap.Finish();
        string[] closed = [.. tap.Lines.Where(line => line.Contains("state=\"closed\"", System.StringComparison.Ordinal))];
        Assert.HasCount(1, closed, string.Join('\n', closed));
        StringAssert.Contains(closed[0], "src=\"10.1.2.0/27\" srcs=\"20\" dst=\"10.1.2.255\" dsts=\"1\" dport=\"1600\" frames=\"160\"");
        StringAssert.Contains(closed[0], "period=\"30\"");
    }

    [TestMethod]
    public void TwoRhythmsAtOnePortAreOneIncidentWithoutAPeriod()
    {
        var tap = new Tapped();
        for (int i = 0; i < 7; i++)
        {
            foreach (int host in new[] { 9, 17 })
            {
                tap.At(1 + (i * (host == 9 ? 30 : 31)) + (host * 0.01),
                    (Tapped.Lan.Ip(Tapped.Home(host), "10.1.2.255") with { DestinationMac = Lan.Broadcast })
                    .Udp(2000, 1600, new byte[20]));
            }
        }

        tap.Finish();
        tap.Tells("""
            84 00:02:01.090 broadcast id=1 state=open severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=10.1.2.255 dsts=1
                dport=1600 frames=5 dur=120 ttl=64 sport=2000 period=30 site=ward #1 12109: 10.1.2.9 broadcasts to 10.1.2.255 udp
                port 1600 every 30 s, nothing explains it, severity 2+3-2
            84 00:02:05.170 broadcast id=1 state=update severity=3 sid=0 proto=udp src=10.1.2.0/27 srcs=2 dst=10.1.2.255 dsts=1
                dport=1600 frames=10 dur=124 ttl=64 sport=2000 site=ward #2 15109: 10.1.2.0/27 broadcasts to 10.1.2.255 udp port
                1600, nothing explains it, severity 2+3-2
            84 00:03:07.170 broadcast id=1 state=closed severity=3 sid=0 proto=udp src=10.1.2.0/27 srcs=2 dst=10.1.2.255 dsts=1
                dport=1600 frames=14 dur=186 ttl=64 sport=2000 site=ward #3 18717: 10.1.2.0/27 broadcasts to 10.1.2.255 udp port
                1600, nothing explains it, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TheOldFormOfABroadcast()
    {
        var tap = new Tapped();
        for (int i = 0; i < 6; i++)
        {
            tap.At(1 + (i * 30.05), (Tapped.Lan.Ip(Tapped.Home(9), "10.1.2.0") with { DestinationMac = Lan.Broadcast })
                .Udp(2000, 1600, new byte[20]));
        }

        tap.Finish();
        tap.Tells("""
            84 00:02:01.200 broadcast id=1 state=open severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=10.1.2.0 dsts=1
                dport=1600 frames=5 dur=120 ttl=64 sport=2000 period=30.1 site=ward #1 12120: 10.1.2.9 broadcasts to 10.1.2.0 udp
                port 1600 every 30.1 s in the old BSD form (network address), nothing explains it, severity 2+3-2
            84 00:02:31.250 broadcast id=1 state=closed severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=10.1.2.0 dsts=1
                dport=1600 frames=6 dur=150 ttl=64 sport=2000 period=30.1 site=ward #2 15125: 10.1.2.9 broadcasts to 10.1.2.0 udp
                port 1600 every 30.1 s in the old BSD form (network address), nothing explains it, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ABroadcastWithoutIp()
    {
        var tap = new Tapped();
        for (int i = 0; i < 6; i++)
        {
            tap.At(1 + (i * 60), Lan.Frame(Lan.Broadcast, [2, 0, 0, 0xab, 0, 9], 0x88b5, new byte[30]));
            tap.At(2 + (i * 45), Lan.LlcFrame(Lan.Broadcast, [2, 0, 0, 0xab, 0, 10], [0x4e, 0x4e, 3, 1, 2, 3]));
        }

        tap.Finish();
        tap.Tells("""
            84 00:04:01.000 broadcast id=1 state=open severity=3 sid=0 proto=eth-88b5 src=02:00:00:ab:00:09 srcs=1
                dst=ff:ff:ff:ff:ff:ff dsts=1 dport=0 frames=5 dur=240 period=60 site=ward #1 24100: 02:00:00:ab:00:09 broadcasts
                to ff:ff:ff:ff:ff:ff eth-88b5 every 60 s, nothing explains it, severity 2+3-2
            84 00:03:02.000 broadcast id=2 state=open severity=3 sid=0 proto=llc-4e4e src=02:00:00:ab:00:0a srcs=1
                dst=ff:ff:ff:ff:ff:ff dsts=1 dport=0 frames=5 dur=180 period=45 site=ward #2 24100: 02:00:00:ab:00:0a broadcasts
                to ff:ff:ff:ff:ff:ff llc-4e4e every 45 s, nothing explains it, severity 2+3-2
            84 00:05:01.000 broadcast id=1 state=closed severity=3 sid=0 proto=eth-88b5 src=02:00:00:ab:00:09 srcs=1
                dst=ff:ff:ff:ff:ff:ff dsts=1 dport=0 frames=6 dur=300 period=60 site=ward #3 30100: 02:00:00:ab:00:09 broadcasts
                to ff:ff:ff:ff:ff:ff eth-88b5 every 60 s, nothing explains it, severity 2+3-2
            84 00:03:47.000 broadcast id=2 state=closed severity=3 sid=0 proto=llc-4e4e src=02:00:00:ab:00:0a srcs=1
                dst=ff:ff:ff:ff:ff:ff dsts=1 dport=0 frames=6 dur=225 period=45 site=ward #4 30100: 02:00:00:ab:00:0a broadcasts
                to ff:ff:ff:ff:ff:ff llc-4e4e every 45 s, nothing explains it, severity 2+3-2
            """);
    }
}
