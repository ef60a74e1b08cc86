using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Where room is short: whole lines.</summary>
[TestClass]
public sealed class CrowdedLinesTests
{
    [TestMethod]
    public void ElevenStrangersAtOneHostWithinAMinute()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 51);
        }

        tap.Until(10).Until(70);
        for (int i = 3; i < 14; i++)
        {
            tap.Syn(70 + (i * 2), Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 51 + (i % 2));
            tap.Syn(70.5 + (i * 2), Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, 7000, 51);
        }

        tap.Until(110).Until(200).Finish();
        tap.Tells("""
            85 00:00:03.000 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus dur=2 ttl=51 flags=S dports=12345 site=ward #1 1000: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2
            85 00:01:26.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.59.0.7 srcs=9 dst=10.1.2.10
                dsts=1 dport=0 frames=15 name=NetBus dur=85 ttl=51-52 flags=S dports=12345 site=ward #2 11000: 198.59.0.7 joins: 9
                sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:28.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.60.0.7 srcs=10 dst=10.1.2.10
                dsts=1 dport=0 frames=17 name=NetBus dur=87 ttl=51-52 flags=S dports=12345 site=ward #3 11000: 198.60.0.7 joins:
                10 sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:30.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.61.0.7 srcs=11 dst=10.1.2.10
                dsts=1 dport=0 frames=19 name=NetBus dur=89 ttl=51-52 flags=S dports=12345 site=ward #4 11000: 198.61.0.7 joins:
                11 sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:32.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.62.0.7 srcs=12 dst=10.1.2.10
                dsts=1 dport=0 frames=21 name=NetBus dur=91 ttl=51-52 flags=S dports=12345 site=ward #5 11000: 198.62.0.7 joins:
                12 sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:34.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.63.0.7 srcs=13 dst=10.1.2.10
                dsts=1 dport=0 frames=23 name=NetBus dur=93 ttl=51-52 flags=S dports=12345 site=ward #6 11000: 198.63.0.7 joins:
                13 sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:36.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.64.0.7 srcs=14 dst=10.1.2.10
                dsts=1 dport=0 frames=25 name=NetBus dur=95 ttl=51-52 flags=S dports=12345 site=ward #7 11000: 198.64.0.7 joins:
                14 sources probe unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            85 00:01:36.000 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=198.0.0.0/9 srcs=14 dst=10.1.2.10
                dsts=1 dport=0 frames=25 name=NetBus dur=95 ttl=51-52 flags=S dports=12345 site=ward #8 20000: 14 sources probe
                unserved ports of 10.1.2.10, hop counts alike (one place, or spoofed), severity 2+2-2
            """);
    }

    [TestMethod]
    public void NineStrangersAtOnce()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + (i * 0.1), Invariant($"198.{51 + i}.0.7"), Tapped.Home(10), 12345, ttl: 40 + (i * 3));
        }

        tap.Until(10).Until(80).Finish();
        tap.Tells("""
            85 00:00:01.500 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=198.48.0.0/12 srcs=6 dst=10.1.2.10
                dsts=1 dport=0 frames=6 name=NetBus dur=0 ttl=40-55 flags=S dports=12345 site=ward #1 160: 6 sources probe
                unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2
            85 00:00:01.600 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.57.0.7 srcs=7 dst=10.1.2.10
                dsts=1 dport=0 frames=7 name=NetBus dur=0 ttl=40-58 flags=S dports=12345 site=ward #2 1000: 198.57.0.7 joins: 7
                sources probe unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2
            85 00:00:01.700 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.58.0.7 srcs=8 dst=10.1.2.10
                dsts=1 dport=0 frames=8 name=NetBus dur=0 ttl=40-61 flags=S dports=12345 site=ward #3 1000: 198.58.0.7 joins: 8
                sources probe unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2
            85 00:00:01.800 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=198.59.0.7 srcs=9 dst=10.1.2.10
                dsts=1 dport=0 frames=9 name=NetBus dur=0 ttl=40-64 flags=S dports=12345 site=ward #4 1000: 198.59.0.7 joins: 9
                sources probe unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2
            85 00:00:01.800 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=198.48.0.0/12 srcs=9 dst=10.1.2.10
                dsts=1 dport=0 frames=9 name=NetBus dur=0 ttl=40-64 flags=S dports=12345 site=ward #5 8000: 9 sources probe
                unserved ports of 10.1.2.10, hop counts spread (separate places), severity 2+2-2
            """);
    }

    [TestMethod]
    public void ALongLineWithoutAClockLeavesOutWhatSaysLittle()
    {
        Tapped tap = new Tapped().LoseClock();
        for (int i = 0; i < 24; i++)
        {
            tap.Syn(1 + (i * 0.3), Tapped.Actor, Tapped.Home(5), 1000 + i, ttl: 100 + (i % 2));
            if (i % 2 == 0)
            {
                tap.Answer(1.1 + (i * 0.3), Tapped.Actor, Tapped.Home(5), 1000 + i, i % 4 == 0 ? "SA" : "RA");
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            83 - port-scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1 dport=0
                frames=11 answeredBy=1000,1004+ dur=3 ttl=100-101 answered=3 refused=3 silent=5 group=SERVERS
                dports=1000,1004,1001,1002,1003,1005,1006,1007 site=ward #1 670: port scan of 10.1.2.5: 11 ports in 3.00 s, by
                203.0.113.66, 3 answered
            83 - port-scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1 dport=0
                frames=24 answeredBy=1000,1004,1020,1012,1016+ dur=6 ttl=100-101 flags=S answered=6 refused=6 silent=12 group=SERVERS
                dports=1000,1004,1020,1012,1016,1001 site=ward #2 3000: port scan of 10.1.2.5: 24 ports in 6.90 s, by
                203.0.113.66
            83 - port-scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1 dport=0
                frames=24 answeredBy=1000,1004,1020,1012,1016+ dur=6 ttl=100-101 flags=S answered=6 refused=6 silent=12 group=SERVERS
                dports=1000,1004,1020,1012,1016,1001 site=ward #3 3000: port scan of 10.1.2.5: 24 ports in 6.90 s, by
                203.0.113.66
            """);
    }

    [TestMethod]
    public void AnInverseMapWithoutAClock()
    {
        Tapped tap = Tapped.Warm().LoseClock();
        for (int i = 0; i < 6; i++)
        {
            tap.At(100 + i, (Tapped.Lan.Ip(Invariant($"198.18.77.{8 + (i % 2)}"), Tapped.Home(10 + i)) with { TimeToLive = 60 + i })
                .Tcp(80, 3000 + i, "RA", 0, 88 + i));
        }

        tap.Until(120).Finish();
        tap.Tells("""
            84 - inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29 dsts=3 dport=0
                frames=3 dur=2 ttl=60-62 flags=RA sport=80 site=ward #1 10400: 3 resets from 198.18.77.0/24 port 80 to 3 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 - inverse-map id=1 state=update severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29 dsts=6 dport=0
                frames=6 dur=5 ttl=60-65 flags=RA sport=80 site=ward #2 12000: 6 resets from 198.18.77.0/24 port 80 to 6 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 - inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29 dsts=6 dport=0
                frames=6 dur=5 ttl=60-65 flags=RA sport=80 site=ward #3 12000: 6 resets from 198.18.77.0/24 port 80 to 6 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepOfAWiderHomeBeyondItsListedTargets()
    {
        Tapped tap = new Tapped("""
            [site]
            name = "ward"
            home = ["10.1.2.0/23"]
            [groups]
            SERVERS = ["10.1.2.4/30"]
            """).Heard(0.5, 60, 61, 62, 63);
        for (int i = 0; i < 36; i++)
        {
            tap.Syn(40 + i, Tapped.Actor, Tapped.Home(60 + i), 80);
            if (i < 24)
            {
                tap.Answer(40.1 + i, Tapped.Actor, Tapped.Home(60 + i), 80, i % 4 == 1 ? "RA" : "SA");
            }
        }

        tap.Until(100).Finish();
        tap.Tells("""
            83 00:01:05.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=26
                dport=80 frames=26 answeredBy=10.1.2.60,10.1.2.62,10.1.2.63,10.1.2.64,10.1.2.66,10.1.2.67+ dur=25 ttl=51 flags=S
                answered=18 refused=6 dark=2 site=ward #1 6700: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 26 hosts in 25
                s, 18 answered
            83 00:01:15.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=36
                dport=80 frames=36 answeredBy=10.1.2.60,10.1.2.62,10.1.2.63,10.1.2.64,10.1.2.66,10.1.2.67+ dur=35 ttl=51 flags=S
                answered=18 refused=6 dark=12 site=ward #2 10000: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 36 hosts in 35
                s, 18 answered
            """);
    }

    [TestMethod]
    public void TwoWalksOverOtherHostsCountTheirOutcomes()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 10);
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1.05 + (i * 0.1), Tapped.Actor, Tapped.Home(40 + i), 443, 5000, 55);
            if (i % 3 != 2)
            {
                tap.At(1.06 + (i * 0.1), Tapped.Lan.Ip(Tapped.Home(40 + i), Tapped.Actor).Tcp(443, 5000, "RA", 0, 1));
            }
        }

        tap.Until(20).Finish();
        tap.Tells("""
            84 00:00:01.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 215: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:00:01.900 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=18
                dport=0 frames=18 dur=0 ttl=51-55 flags=S refused=6 silent=12 dports=80,443 site=ward #2 215: tcp sweep of
                10.1.2.0/26 by 203.0.113.66: 18 hosts in 0.90 s, severity 2+3-2
            84 00:00:02.150 scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=22
                dport=0 frames=22 dur=1 ttl=51-55 flags=S refused=8 silent=14 dports=80,443 site=ward #3 2000: tcp sweep of
                10.1.2.0/26 by 203.0.113.66: 22 hosts in 1.15 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TwoScannersOfTwoHostsAreNoChorus()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + i, "203.0.113.60", Tapped.Home(10), 100 + i, 7000).Syn(1.1 + i, "203.0.113.61", Tapped.Home(11), 100 + i, 7000);
            tap.At(1.2 + i, Tapped.Lan.Ip("203.0.113.62", Tapped.Home(10)).Udp(7000, 100 + i, new byte[20]));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 900:
                port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:00:08.100 port-scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.61 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #2 900:
                port scan of 10.1.2.11: 8 ports in 7.00 s, by 203.0.113.61, all from source port 7000, severity 2+3-2
            84 00:00:08.199 port-scan id=3 state=open severity=3 sid=0 proto=udp src=203.0.113.62 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=6 ttl=64 sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #3 900: port
                scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.62, all from source port 7000, severity 2+3-2
            84 00:00:09.000 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S sport=7000 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #4
                3000: port scan of 10.1.2.10: 9 ports in 8.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:00:09.100 port-scan id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.61 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S sport=7000 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #5
                3000: port scan of 10.1.2.11: 9 ports in 8.00 s, by 203.0.113.61, all from source port 7000, severity 2+3-2
            84 00:00:09.200 port-scan id=3 state=closed severity=3 sid=0 proto=udp src=203.0.113.62 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=9 dur=8 ttl=64 sport=7000 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #6 3000:
                port scan of 10.1.2.10: 9 ports in 8.00 s, by 203.0.113.62, all from source port 7000, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ATrojanInUseByOneWhoSweptBefore()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 3).Until(10).Talk(20, Tapped.Actor, Tapped.Home(40), 12345, 3000).Until(30)
            .Talk(40, Tapped.Actor, Tapped.Home(41), 12345, 3001).Until(50).Finish();
        tap.Tells("""
            85 00:00:01.200 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #1 100: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            84 00:00:20.000 sweep id=1 state=update severity=3 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=4
                dport=12345 frames=4 name=NetBus answeredBy=10.1.2.40 dur=19 ttl=51 flags=S answered=1 silent=3 site=ward #2 2000:
                NetBus sweep of 10.1.2.0/26 by 203.0.113.66: 4 hosts in 19 s, 1 answered, severity 2+2-2+1 answered
            83 00:00:20.040 suspect-service id=2 state=open severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.40
                dsts=1 dport=12345 frames=1 name=NetBus answeredBy=10.1.2.40 dur=0 flags=S sport=3000 answered=1 related=1
                site=ward #3 2000: NetBus: 203.0.113.66 talks with 10.1.2.40, 1 host(s): a port that nobody serves in good faith
                is in use
            83 00:00:40.040 suspect-service id=2 state=update severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.40/31
                dsts=2 dport=12345 frames=2 name=NetBus answeredBy=10.1.2.40,10.1.2.41 dur=20 flags=S answered=2 related=1
                site=ward #4 4000: NetBus: 203.0.113.66 talks with 10.1.2.40/31, 2 host(s): a port that nobody serves in good
                faith is in use
            84 00:00:40.000 sweep id=1 state=closed severity=3 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=5
                dport=12345 frames=5 name=NetBus answeredBy=10.1.2.40,10.1.2.41 dur=39 ttl=51 flags=S answered=2 silent=3
                site=ward #5 5000: NetBus sweep of 10.1.2.0/26 by 203.0.113.66: 5 hosts in 39 s, 2 answered, severity 2+2-2+1
                answered
            83 00:00:40.040 suspect-service id=2 state=closed severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.40/31
                dsts=2 dport=12345 frames=2 name=NetBus answeredBy=10.1.2.40,10.1.2.41 dur=20 flags=S answered=2 related=1
                site=ward #6 5000: NetBus: 203.0.113.66 talks with 10.1.2.40/31, 2 host(s): a port that nobody serves in good
                faith is in use
            """);
    }

    [TestMethod]
    public void PollingByTcpInRuns()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int round = 0; round < 3; round++)
        {
            for (int host = 0; host < 2; host++)
            {
                for (int again = 0; again < 4; again++)
                {
                    double at = 100 + (round * 300) + (host * 60) + (again * 6);
                    tap.Syn(at, "10.1.2.200", Tapped.Home(10 + host), 104, 3000 + (round * 50) + (host * 7) + again).Until(at + 4);
                }
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:02:46.000 dark-host id=1 state=open severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=104 frames=6 hosts=10.1.2.10,10.1.2.11 dur=66 ttl=51 flags=S dark=2 site=ward #1 16600: 10.1.2.200 keeps
                asking 2 hosts that never spoke: 6 tcp port 104 attempts, severity 2+2-2
            85 00:06:58.000 dark-host id=1 state=update severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=104 frames=12 hosts=10.1.2.10,10.1.2.11 dur=318 ttl=51 flags=S dark=2 period=6 site=ward #2 41800:
                10.1.2.200 keeps asking 2 hosts that never spoke, in runs of 4, 6 s apart, severity 2+2-2
            85 00:12:58.000 dark-host id=1 state=update severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=104 frames=24 hosts=10.1.2.10,10.1.2.11 dur=678 ttl=51 flags=S dark=2 period=6 site=ward #3 77800:
                10.1.2.200 keeps asking 2 hosts that never spoke, in runs of 4, 6 s apart, severity 2+2-2
            85 00:12:58.000 dark-host id=1 state=closed severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=104 frames=24 hosts=10.1.2.10,10.1.2.11 dur=678 ttl=51 flags=S dark=2 period=6 site=ward #4 200000:
                10.1.2.200 keeps asking 2 hosts that never spoke, in runs of 4, 6 s apart, severity 2+2-2
            """);
    }
}
