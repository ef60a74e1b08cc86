using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Walks of one actor that are one, and those that are not: whole lines.</summary>
[TestClass]
public sealed class MergingLinesTests
{
    [TestMethod]
    public void APortScanWithinTenMinutesOfASweepIsAPartOfIt()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 20, 30);
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(560.5 + i, Tapped.Actor, Tapped.Home(12), 100 + i);
        }

        tap.Sweep(601, 80, 40, 3, 30).Until(700).Finish();
        tap.Tells("""
            84 00:03:31.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=210 ttl=51 flags=S silent=8 site=ward #1 21100: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 3 minutes, severity 2+3-2
            84 00:07:31.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=16
                dport=80 frames=16 dur=450 ttl=51 flags=S silent=16 site=ward #2 45100: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 16 hosts in 7 minutes, severity 2+3-2
            84 00:09:31.000 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=20
                dport=0 frames=28 dur=570 ttl=51 flags=S silent=20 dports=80,100,101,102,103,104,105,106,107 site=ward #3 57100:
                tcp sweep of 10.1.2.0/27 by 203.0.113.66: 20 hosts in 9 minutes, severity 2+3-2
            84 00:11:01.000 scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=23
                dport=0 frames=32 dur=660 ttl=51 flags=S silent=23 dports=80,100,101,102,103,104,105,106,107 site=ward #4 70000:
                tcp sweep of 10.1.2.0/26 by 203.0.113.66: 23 hosts in 11 minutes, severity 2+3-2
            """);
    }

    [TestMethod]
    public void LaterItIsWhatTheSweepWasFor()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 24, 30);
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(620.5 + i, Tapped.Actor, Tapped.Home(28), 100 + i);
        }

        tap.Sweep(721, 80, 40, 3, 30).Until(900).Finish();
        tap.Tells("""
            84 00:03:31.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=210 ttl=51 flags=S silent=8 site=ward #1 21100: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 3 minutes, severity 2+3-2
            84 00:07:31.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=16
                dport=80 frames=16 dur=450 ttl=51 flags=S silent=16 site=ward #2 45100: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 16 hosts in 7 minutes, severity 2+3-2
            84 00:10:27.500 port-scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.28 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S silent=8 related=1 dports=100,101,102,103,104,105,106,107 site=ward #3
                69100: port scan of 10.1.2.28: 8 ports in 7.00 s, by 203.0.113.66, same actor as incident 1, severity 2+3-2
            84 00:13:01.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=27
                dport=80 frames=27 dur=780 ttl=51 flags=S silent=27 site=ward #4 90000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 27 hosts in 13 minutes, severity 2+3-2
            84 00:10:28.500 port-scan id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.28 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S silent=9 related=1 dports=100,101,102,103,104,105,106,107,108 site=ward #5
                90000: port scan of 10.1.2.28: 9 ports in 8.00 s, by 203.0.113.66, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AKnownHostOfAScanAnswersAtItsOtherPort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
        }

        tap.Until(10).Syn(11, Tapped.Actor, Tapped.Home(12), 443, 9000);
        tap.At(11.1, Tapped.Lan.Ip(Tapped.Home(12), Tapped.Actor).Tcp(443, 9000, "SA", 500, 1)).Until(20);
        tap.Syn(21, Tapped.Actor, Tapped.Home(12), 80, 9001);
        tap.At(21.1, Tapped.Lan.Ip(Tapped.Home(12), Tapped.Actor).Tcp(80, 9001, "SA", 500, 1)).Until(30);
        tap.Syn(31, Tapped.Actor, Tapped.Home(50), 80, 9002);
        tap.At(31.1, Tapped.Lan.Ip(Tapped.Home(50), Tapped.Actor).Tcp(80, 9002, "RA", 0, 1)).Until(40).Finish();
        tap.Tells("""
            84 00:00:02.400 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=1 ttl=51 flags=S silent=8 site=ward #1 280: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 1.40 s, severity 2+3-2
            84 00:00:02.500 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=1 ttl=51 flags=S silent=8 dports=80,443 site=ward #2 280: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 1.50 s, severity 2+3-2
            83 00:00:11.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=0 frames=21 answeredBy=10.1.2.12 dur=10 ttl=51 flags=S answered=1 silent=9 dports=80,443 site=ward #3 1100:
                tcp sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 10 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:31.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=11
                dport=0 frames=23 answeredBy=10.1.2.12 dur=30 ttl=51 flags=S answered=1 refused=1 silent=9 dports=80,443 site=ward
                #4 4000: tcp sweep of 10.1.2.0/26 by 203.0.113.66: 11 hosts in 30 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void AnAnswerIsTakenFromTheMostNumerous()
    {
        Tapped tap = new Tapped().Heard(0.5, 10, 11);
        for (int i = 0; i < 10; i++)
        {
            foreach (int port in new[] { 80, 443 })
            {
                double at = 40 + (i * 0.2) + (port * 0.0001);
                tap.Syn(at, Tapped.Actor, Tapped.Home(10 + i), port, 5000 + port);
                if (i < 5)
                {
                    tap.At(at + 0.01, Tapped.Lan.Ip(Tapped.Home(10 + i), Tapped.Actor).Tcp(port, 5000 + port, "RA", 0, 1));
                }
            }
        }

        tap.Until(50).Syn(51, Tapped.Actor, Tapped.Home(12), 443, 9000);
        tap.At(51.1, Tapped.Lan.Ip(Tapped.Home(12), Tapped.Actor).Tcp(443, 9000, "SA", 500, 1)).Until(60).Finish();
        tap.Tells("""
            84 00:00:41.408 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=1 ttl=51 flags=S sport=5080 refused=5 dark=3 site=ward #1 4160: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 1.40 s, all from source port 5080, severity 2+3-2
            84 00:00:41.444 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=1 ttl=51 flags=S refused=5 dark=3 dports=80,443 site=ward #2 4160: tcp sweep of 10.1.2.0/27
                by 203.0.113.66: 8 hosts in 1.44 s, severity 2+3-2
            83 00:00:51.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=0 frames=21 answeredBy=10.1.2.12 dur=11 ttl=51 flags=S answered=1 refused=4 dark=5 dports=80,443 site=ward
                #3 5100: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 11 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:51.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=0 frames=21 answeredBy=10.1.2.12 dur=11 ttl=51 flags=S answered=1 refused=4 dark=5 dports=80,443 site=ward
                #4 6000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 11 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void FiveWalksOneAfterTheOther()
    {
        var tap = new Tapped();
        for (int port = 1; port <= 6; port++)
        {
            tap.Sweep(port * 100, port, 10, 8, ttl: 50 + port).Until((port * 100) + 20);
        }

        tap.Finish();
        tap.Tells("""
            84 00:01:40.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=1 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 10060: tcp port 1 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:03:20.700 sweep id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=2 frames=8 dur=0 ttl=52 flags=S silent=8 related=1 site=ward #2 20060: tcp port 2 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, same actor as incident 1, severity 2+3-2
            84 00:05:00.700 sweep id=3 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=3 frames=8 dur=0 ttl=53 flags=S silent=8 related=2 site=ward #3 30060: tcp port 3 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, same actor as incident 2, severity 2+3-2
            84 00:06:40.700 sweep id=4 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=4 frames=8 dur=0 ttl=54 flags=S silent=8 related=3 site=ward #4 40060: tcp port 4 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, same actor as incident 3, severity 2+3-2
            84 00:08:20.700 scan id=4 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=100 ttl=54-55 flags=S silent=8 related=3 dports=4,5 site=ward #5 50060: tcp sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 100 s, same actor as incident 3, severity 2+3-2
            84 00:01:40.700 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=1 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #6 62000: tcp port 1 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:03:20.700 sweep id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=2 frames=8 dur=0 ttl=52 flags=S silent=8 related=1 site=ward #7 62000: tcp port 2 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, same actor as incident 1, severity 2+3-2
            84 00:05:00.700 sweep id=3 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=3 frames=8 dur=0 ttl=53 flags=S silent=8 related=2 site=ward #8 62000: tcp port 3 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, same actor as incident 2, severity 2+3-2
            84 00:10:00.700 scan id=4 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=24 dur=200 ttl=54-56 flags=S silent=8 related=3 dports=4,5,6 site=ward #9 62000: tcp sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 3 minutes, same actor as incident 3, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TwoPortScansOfOneGroupKeepIt()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.4), Tapped.Actor, Tapped.Home(5), 100 + i).Syn(1.2 + (i * 0.4), Tapped.Actor, Tapped.Home(6), 100 + i);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            83 00:00:03.800 port-scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=8 dur=2 ttl=51 flags=S silent=8 group=SERVERS dports=100,101,102,103,104,105,106,107 site=ward #1
                460: port scan of 10.1.2.5: 8 ports in 2.80 s, by 203.0.113.66, severity 3+3-2
            83 00:00:04.800 port-scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.4/30 dsts=2
                dport=0 frames=20 dur=3 ttl=51 flags=S silent=10 group=SERVERS dports=100,101,102,103,104,105,106,107,108,109
                site=ward #2 2000: port scan of 10.1.2.4/30: 10 ports in 3.80 s, by 203.0.113.66, severity 3+3-2
            83 00:00:04.800 port-scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.4/30 dsts=2
                dport=0 frames=20 dur=3 ttl=51 flags=S silent=10 group=SERVERS dports=100,101,102,103,104,105,106,107,108,109
                site=ward #3 2000: port scan of 10.1.2.4/30: 10 ports in 3.80 s, by 203.0.113.66, severity 3+3-2
            """);
    }

    [TestMethod]
    public void TheScannersOwnAnswersAreHisHostsAnswers()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i);
            if (i == 3)
            {
                tap.Answer(1.01 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i);
            }
        }

        for (int i = 0; i < 12; i++)
        {
            tap.Syn(2.85 + (i * 0.2), Tapped.Actor, Tapped.Home(20 + i), 102, 5000);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            84 00:00:02.600 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=9 answeredBy=103 dur=1 ttl=51 flags=S answered=1 silent=8 dports=103,100,101,102,104,105,106,107
                site=ward #1 485: port scan of 10.1.2.10: 9 ports in 1.60 s, by 203.0.113.66, 1 answered, severity 2+3-2
            83 00:00:04.050 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=17 answeredBy=10.1.2.10 dur=3 ttl=51 flags=S answered=1 silent=7
                dports=100,101,102,103,104,105,106,107,109 site=ward #2 485: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in
                3.05 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:05.050 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=13
                dport=0 frames=22 answeredBy=10.1.2.10 dur=4 ttl=51 flags=S answered=1 silent=12
                dports=100,101,102,103,104,105,106,107,109 site=ward #3 2000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 13 hosts
                in 4.05 s, 1 answered, severity 2+3-2+1 answered
            """);
    }
}
