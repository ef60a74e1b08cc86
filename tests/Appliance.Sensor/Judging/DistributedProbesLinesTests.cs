using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Several actors at one host: whole lines.</summary>
[TestClass]
public sealed class DistributedProbesLinesTests
{
    [TestMethod]
    public void ThreeOfOnePlaceThenMore()
    {
        var tap = new Tapped();
        for (int i = 0; i < 6; i++)
        {
            tap.Syn(1 + (i * 100), Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 51).Until(5 + (i * 100))
                .Until(70 + (i * 100));
        }

        tap.Finish();
        tap.Tells("""
            85 00:03:21.000 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus dur=200 ttl=51 flags=S dports=12345 site=ward #1 20500: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2
            85 00:05:01.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.54.0.7 srcs=4 dst=10.1.2.10
                dsts=1 dport=0 frames=4 name=NetBus dur=300 ttl=51 flags=S dports=12345 site=ward #2 30500: 198.54.0.7 joins: 4
                sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:06:41.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.55.0.7 srcs=5 dst=10.1.2.10
                dsts=1 dport=0 frames=5 name=NetBus dur=400 ttl=51 flags=S dports=12345 site=ward #3 40500: 198.55.0.7 joins: 5
                sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:08:21.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.56.0.7 srcs=6 dst=10.1.2.10
                dsts=1 dport=0 frames=6 name=NetBus dur=500 ttl=51 flags=S dports=12345 site=ward #4 50500: 198.56.0.7 joins: 6
                sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:08:21.000 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=198.48.0.0/12 srcs=6 dst=10.1.2.10
                dsts=1 dport=0 frames=6 name=NetBus dur=500 ttl=51 flags=S dports=12345 site=ward #5 57000: 6 sources probe
                unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            """);
    }

    [TestMethod]
    public void SpreadHopsAndAnAnswer()
    {
        var tap = new Tapped();
        for (int i = 0; i < 5; i++)
        {
            tap.Syn(1 + i, Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 51 + (i * 4));
            if (i is 1 or 3)
            {
                tap.Answer(1.1 + i, Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345);
            }
        }

        tap.Until(10).Until(80).Finish();
        tap.Tells("""
            84 00:00:03.000 distributed-probe id=1 state=open severity=3 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus answeredBy=12345 dur=2 ttl=51-59 flags=S answered=1 dports=12345 site=ward #1
                1000: 3 sources, hop counts spread, probe suspect ports of 10.1.2.10, 1 answered: 198.51.0.7, 198.52.0.7,
                198.53.0.7
            84 00:00:04.000 distributed-probe id=1 state=update severity=3 sid=1 proto=tcp src=198.54.0.7 srcs=4 dst=10.1.2.10
                dsts=1 dport=0 frames=4 name=NetBus answeredBy=12345+ dur=3 ttl=51-63 flags=S answered=2 dports=12345 site=ward #2
                1000: 198.54.0.7 joins: 4 sources probe suspect ports of 10.1.2.10, 2 answered, hop counts spread (separate
                places)
            84 00:00:05.000 distributed-probe id=1 state=update severity=3 sid=1 proto=tcp src=198.55.0.7 srcs=5 dst=10.1.2.10
                dsts=1 dport=0 frames=5 name=NetBus answeredBy=12345+ dur=4 ttl=51-67 flags=S answered=2 dports=12345 site=ward #3
                1000: 198.55.0.7 joins: 5 sources probe suspect ports of 10.1.2.10, 2 answered, hop counts spread (separate
                places)
            84 00:00:05.000 distributed-probe id=1 state=closed severity=3 sid=1 proto=tcp src=198.48.0.0/13 srcs=5 dst=10.1.2.10
                dsts=1 dport=0 frames=5 name=NetBus answeredBy=12345+ dur=4 ttl=51-67 flags=S answered=2 dports=12345 site=ward #4
                8000: 5 sources probe suspect ports of 10.1.2.10, 2 answered, hop counts spread (separate places), severity
                2+2-2+1 answered
            """);
    }

    [TestMethod]
    public void TwoProtocolsAndPorts()
    {
        var tap = new Tapped();
        for (int i = 0; i < 4; i++)
        {
            if (i % 2 == 0)
            {
                tap.Syn(1 + i, Invariant($"198.{51 + i}.0.7"), Tapped.Home(5), 12345);
            }
            else
            {
                tap.At(1 + i, Tapped.Lan.Ip(Invariant($"198.{51 + i}.0.7"), Tapped.Home(5)).Udp(4000, 31337, new byte[20]));
            }
        }

        tap.Until(10).Until(80).Finish();
        tap.Tells("""
            84 00:00:03.000 distributed-probe id=1 state=open severity=3 sid=1 proto=ip src=198.48.0.0/13 srcs=3 dst=10.1.2.5
                dsts=1 dport=0 frames=3 name=NetBus dur=2 ttl=51-64 group=SERVERS dports=12345,31337 site=ward #1 1000: 3 sources,
                hop counts spread, probe unserved ports of 10.1.2.5: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 3+2-2
            84 00:00:04.000 distributed-probe id=1 state=update severity=3 sid=1 proto=ip src=198.54.0.7 srcs=4 dst=10.1.2.5
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51-64 group=SERVERS dports=12345,31337 site=ward #2 1000: 198.54.0.7
                joins: 4 sources probe unserved ports of 10.1.2.5, hop counts spread (separate places), severity 3+2-2
            84 00:00:04.000 distributed-probe id=1 state=closed severity=3 sid=1 proto=ip src=198.48.0.0/13 srcs=4 dst=10.1.2.5
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51-64 group=SERVERS dports=12345,31337 site=ward #3 8000: 4 sources,
                hop counts spread, probe unserved ports of 10.1.2.5: 198.51.0.7, 198.52.0.7, 198.53.0.7, 198.54.0.7, severity
                3+2-2
            """);
    }

    [TestMethod]
    public void AKnockThreeDaysAfterTheOthersIsAlone()
    {
        var tap = new Tapped();
        foreach ((int i, double start) in new[] { (0, 1.0), (1, 100), (2, 270_000), (3, 270_100) })
        {
            tap.Syn(start, Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345).Until(start + 5).Until(start + 80);
        }

        tap.Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void KnocksAtTwoHosts()
    {
        var tap = new Tapped();
        for (int i = 0; i < 4; i++)
        {
            tap.Syn(1 + i, Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345)
                .Syn(1.5 + i, Invariant($"198.{71 + i}.0.7"), Tapped.Home(11), 12345);
        }

        tap.Until(10).Until(80).Finish();
        tap.Tells("""
            85 00:00:03.000 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus dur=2 ttl=51 flags=S dports=12345 site=ward #1 1000: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2
            85 00:00:03.500 distributed-probe id=2 state=open severity=2 sid=1 proto=tcp src=198.64.0.0/12 srcs=3 dst=10.1.2.11
                dsts=1 dport=0 frames=3 name=NetBus dur=2 ttl=51 flags=S dports=12345 site=ward #2 1000: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.11: 198.71.0.7, 198.72.0.7, 198.73.0.7, severity 2+2-2
            85 00:00:04.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.54.0.7 srcs=4 dst=10.1.2.10
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51 flags=S dports=12345 site=ward #3 1000: 198.54.0.7 joins: 4
                sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:00:04.500 distributed-probe id=2 state=update severity=2 sid=1 proto=tcp src=198.74.0.7 srcs=4 dst=10.1.2.11
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51 flags=S dports=12345 site=ward #4 1000: 198.74.0.7 joins: 4
                sources probe unserved ports of 10.1.2.11, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:00:04.000 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=4 dst=10.1.2.10
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51 flags=S dports=12345 site=ward #5 8000: 4 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, 198.54.0.7, severity 2+2-2
            85 00:00:04.500 distributed-probe id=2 state=closed severity=2 sid=1 proto=tcp src=198.64.0.0/12 srcs=4 dst=10.1.2.11
                dsts=1 dport=0 frames=4 name=NetBus dur=3 ttl=51 flags=S dports=12345 site=ward #6 8000: 4 sources, hop counts
                alike, probe unserved ports of 10.1.2.11: 198.71.0.7, 198.72.0.7, 198.73.0.7, 198.74.0.7, severity 2+2-2
            """);
    }
}
