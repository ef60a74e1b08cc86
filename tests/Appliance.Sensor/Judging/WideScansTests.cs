using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Scans along diagonals and in small blocks: whole lines.</summary>
[TestClass]
public sealed class WideScansTests
{
    [TestMethod]
    public void ADiagonalWithAnswersAndRefusals()
    {
        var tap = new Tapped();
        for (int i = 0; i < 20; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i, ttl: 50 + (i % 3));
            if (i is 4 or 9 or 15)
            {
                tap.Answer(1.1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i, i == 9 ? "RA" : "SA");
            }
        }

        tap.Until(40).Finish();
        tap.Tells("""
            84 00:00:09.000 scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=0
                frames=8 dur=8 ttl=50-52 flags=S silent=8 dports=100,101,102,103,105,106,107,108 site=ward #1 1100: tcp sweep of 10.1.2.0/27
                by 203.0.113.66: 8 hosts in 8.00 s, severity 2+3-2
            83 00:00:16.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=15
                dport=0 frames=15 answeredBy=10.1.2.25 dur=15 ttl=50-52 flags=S answered=1 refused=1 silent=13
                dports=100,101,102,103,105,106,107,108,109,110,111,112,113,114,115 site=ward #2 1800: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 15 hosts in 15 s
            83 00:00:20.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=19
                dport=0 frames=19 answeredBy=10.1.2.25 dur=19 ttl=50-52 flags=S answered=1 refused=1 silent=17
                dports=100,101,102,103,105,106,107,108 site=ward #3 4000: tcp sweep of 10.1.2.0/27
                by 203.0.113.66: 19 hosts, 19 ports in 19 s, 1 answered
            """);
    }

    [TestMethod]
    public void SmallBlocksOfHostsAndPorts()
    {
        var tap = new Tapped();
        for (int host = 0; host < 6; host++)
        {
            for (int port = 0; port < 4; port++)
            {
                tap.Syn(1 + (host * 4) + port, Tapped.Actor, Tapped.Home(20 + host), 100 + (host * 10) + port);
                if (host == 4)
                {
                    tap.Answer(1.1 + (host * 4) + port, Tapped.Actor, Tapped.Home(20 + host), 100 + (host * 10) + port,
                        port == 2 ? "SA" : "RA");
                }
            }
        }

        tap.Until(60).Finish();
        tap.Tells("""
            84 00:00:13.000 scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.20/30 dsts=4
                dport=0 frames=13 dur=12 ttl=51 flags=S silent=4 dports=100,101,102,103,110,111,112,113,120,121,122,123,130 site=ward #1
                1500: tcp sweep of 10.1.2.20/30 by 203.0.113.66: 4 hosts in 12 s, severity 2+3-2
            83 00:00:19.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.16/28 dsts=5
                dport=0 frames=19 answeredBy=10.1.2.24 dur=18 ttl=51 flags=S answered=1 refused=1 silent=3
                dports=100,101,102,103,110,111,112,113,120 site=ward #2 2100: tcp sweep of
                10.1.2.16/28 by 203.0.113.66: 5 hosts, 19 ports in 18 s, 1 answered
            83 00:00:24.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.16/28 dsts=6
                dport=0 frames=24 answeredBy=10.1.2.24 dur=23 ttl=51 flags=S answered=1 refused=1 silent=4
                dports=100,101,102,103,110,111,112,113,120 site=ward #3 6000: tcp sweep of
                10.1.2.16/28 by 203.0.113.66: 6 hosts, 24 ports in 23 s, 1 answered
            """);
    }

    [TestMethod]
    public void ADiagonalAfterASweepOfTheSameActorIsOneScan()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(10 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        tap.Until(40).Finish();
        Assert.AreEqual(3, tap.Lines.Count);
        Tapped.Has(tap.Last, "scan", "state=closed id=1 dsts=14 dport=0 silent=14 frames=22 dur=22 ttl=51");
    }

    [TestMethod]
    public void OutOfARunningSweepItSpeaksOfNow()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(10 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i, ttl: 60);
        }

        tap.Until(40).Finish();
        Tapped.Has(tap.Lines[1], "scan", "state=update ttl=51-60 dur=16");
        StringAssert.Contains(tap.Lines[1], "00:00:17.000");
    }

    [TestMethod]
    [DataRow(16, "16 hosts in 15 s")]
    [DataRow(17, "17 hosts, 17 ports in 16 s")]
    [DataRow(40, "40 hosts, 40 ports in 39 s")]
    public void MorePortsThanAreListedAreCounted(int hosts, string words)
    {
        var tap = new Tapped();
        for (int i = 0; i < hosts; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 200 + (i * 13));
            tap.Syn(1.5 + i, Tapped.Actor, Tapped.Home(10 + i), 200);
        }

        tap.Until(80).Finish();
        StringAssert.Contains(tap.Last, words);
    }

    [TestMethod]
    public void AMinuteLaterItIsAnother()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(70 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:00:01.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 160: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:01:17.000 scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=0
                frames=8 dur=7 ttl=51 flags=S silent=8 related=1 dports=100,101,102,103,104,105,106,107 site=ward #2 7900: tcp sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 7.00 s, same actor as incident 1, severity 2+3-2
            84 00:00:01.700 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #3 10000: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:01:23.000 scan id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=14
                dport=0 frames=14 dur=13 ttl=51 flags=S silent=14 related=1
                dports=100,101,102,103,104,105,106,107,108,109,110,111,112,113 site=ward #4 10000: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 14 hosts in 13 s, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AKnownHostThatAnswersAtAnotherPort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        tap.Until(20).Syn(21, Tapped.Actor, Tapped.Home(14), 400).Answer(21.1, Tapped.Actor, Tapped.Home(14), 400).Until(30);
        tap.Syn(31, Tapped.Actor, Tapped.Home(14), 401).Answer(31.1, Tapped.Actor, Tapped.Home(14), 401).Until(40);
        tap.Answer(41, Tapped.Actor, Tapped.Home(15), 105).Until(45).Finish();
        tap.Tells("""
            84 00:00:08.000 scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=0
                frames=8 dur=7 ttl=51 flags=S silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 1000: tcp sweep of 10.1.2.0/27
                by 203.0.113.66: 8 hosts in 7.00 s, severity 2+3-2
            83 00:00:21.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=13 answeredBy=10.1.2.14 dur=20 ttl=51 flags=S answered=1 silent=11
                dports=100,101,102,103,104,105,106,107,108,109,110,111,400 site=ward #2 2100: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 12 hosts in 20 s, 1 answered
            83 00:00:31.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=14 answeredBy=10.1.2.14,10.1.2.15 dur=30 ttl=51 flags=S answered=2 silent=10
                dports=100,101,102,103,104,105,106,107,108,109,110,111,400,401 site=ward #3 4500: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 12 hosts in 30 s, 2 answered
            """);
    }

    [TestMethod]
    public void ThreePortsOrThreeHostsAreNone()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + (i % 3)), 100 + i);
        }

        tap.Until(40).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    [DataRow(72.0, 13)]
    [DataRow(72.1, 12)]
    public void AStoryGoesOnForThreeDays(double hours, int hosts)
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        tap.Until(20).Syn(12 + (hours * 3600), Tapped.Actor, Tapped.Home(99), 900).Until(20 + (hours * 3600)).Finish();
        Tapped.Has(tap.Last, "scan", System.FormattableString.Invariant($"state=closed dsts={hosts}"));
    }
}
