using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>ARP questions that go with a sweep, questions to all, frames of which one is enough: whole lines.</summary>
[TestClass]
public sealed class BesideSweepsLinesTests
{
    [TestMethod]
    public void AnInsideScannerAsksByArpFirst()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 40; i++)
        {
            tap.At(60 + (i * 0.1), Tapped.Lan.WhoHas(Tapped.Home(9), Tapped.Home(10 + i)));
        }

        for (int i = 0; i < 13; i++)
        {
            tap.Syn(70 + i, Tapped.Home(9), Tapped.Home(11 + (3 * i)), 80);
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:01:02.300 sweep id=1 state=open severity=3 sid=0 proto=arp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=24 dport=0 frames=24 answeredBy=10.1.2.11,10.1.2.14,10.1.2.17+ dur=2 answered=8 dark=16 site=ward
                #1 6390: arp sweep of 10.1.2.0/26 by 10.1.2.9: 24 hosts in 2.30 s, 8 answered, severity 2+3-2
            84 00:01:17.000 sweep id=2 state=open severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=8 dport=80 frames=8 dur=7 ttl=51 flags=S silent=8 related=1 site=ward #2 7900: tcp port 80 sweep
                of 10.1.2.0/26 by 10.1.2.9: 8 hosts in 7.00 s, same actor as incident 1, severity 2+3-2
            84 00:01:03.900 sweep id=1 state=folded severity=3 sid=0 proto=arp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=40 dport=0 frames=40
                answeredBy=10.1.2.11,10.1.2.14,10.1.2.17,10.1.2.35,10.1.2.38,10.1.2.41,10.1.2.44,10.1.2.47+ dur=3
                answered=13 dark=27 site=ward into=2 #3 7900: arp sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 3.90
                s, 13 answered, severity 2+3-2
            84 00:01:22.000 sweep id=2 state=update severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=40 dport=80 frames=40 dur=12 ttl=51 flags=S silent=13 dark=27 related=1 site=ward #4 10000: tcp
                port 80 sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 12 s, same actor as incident 1, severity 2+3-2
            84 00:01:22.000 sweep id=2 state=closed severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=40 dport=80 frames=40 dur=12 ttl=51 flags=S silent=13 dark=27 related=1 site=ward #5 10000: tcp
                port 80 sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 12 s, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AMinuteLaterTheyAreTwo()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 40; i++)
        {
            tap.At(60 + (i * 0.1), Tapped.Lan.WhoHas(Tapped.Home(9), Tapped.Home(10 + i)));
        }

        for (int i = 0; i < 13; i++)
        {
            tap.Syn(124 + (i * 0.1), Tapped.Home(9), Tapped.Home(11 + (3 * i)), 80);
        }

        tap.Until(200).Finish();
        tap.Tells("""
            84 00:01:02.300 sweep id=1 state=open severity=3 sid=0 proto=arp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=24 dport=0 frames=24 answeredBy=10.1.2.11,10.1.2.14,10.1.2.17+ dur=2 answered=8 dark=16 site=ward
                #1 6390: arp sweep of 10.1.2.0/26 by 10.1.2.9: 24 hosts in 2.30 s, 8 answered, severity 2+3-2
            84 00:02:04.700 sweep id=2 state=open severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=8 dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 related=1 site=ward #2 12520: tcp port 80 sweep
                of 10.1.2.0/26 by 10.1.2.9: 8 hosts in 0.70 s, same actor as incident 1, severity 2+3-2
            84 00:01:03.900 sweep id=1 state=closed severity=3 sid=0 proto=arp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=40 dport=0 frames=40
                answeredBy=10.1.2.11,10.1.2.14,10.1.2.17,10.1.2.35,10.1.2.38,10.1.2.41,10.1.2.44,10.1.2.47+ dur=3
                answered=13 dark=27 site=ward #3 20000: arp sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 3.90 s, 13
                answered, severity 2+3-2
            84 00:02:05.200 sweep id=2 state=closed severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26
                dsts=13 dport=80 frames=13 dur=1 ttl=51 flags=S silent=13 related=1 site=ward #4 20000: tcp port 80
                sweep of 10.1.2.0/26 by 10.1.2.9: 13 hosts in 1.20 s, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ARouterAsksForWhomAnOutsiderProbes()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 40; i++)
        {
            tap.At(60 + (i * 0.2), Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(10 + i), true));
            if (i % 3 == 1)
            {
                tap.Syn(60.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80);
            }
        }

        tap.Until(100);
        for (int i = 0; i < 10; i++)
        {
            tap.At(110 + (i * 0.2), Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(100 + i), true));
        }

        tap.Until(200).Finish();
        tap.Tells("""
            84 00:01:04.500 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=8 dport=80 frames=8 dur=4 ttl=51 flags=S silent=8 site=ward #1 6720: tcp port 80 sweep of
                10.1.2.0/26 by 203.0.113.66: 8 hosts in 4.20 s, severity 2+3-2
            84 00:01:07.000 sweep id=2 state=open severity=3 sid=0 proto=arp src=10.1.2.1 srcs=1 dst=10.1.2.0/26
                dsts=24 dport=0 frames=24 dur=7 dark=24 site=ward #2 6780: arp sweep of 10.1.2.0/26 by 10.1.2.1: 24
                hosts in 7.00 s, severity 2+3-2
            84 00:01:07.000 sweep id=2 state=folded severity=3 sid=0 proto=arp src=10.1.2.1 srcs=1 dst=10.1.2.0/26
                dsts=24 dport=0 frames=24 dur=7 dark=24 site=ward into=1 #3 6780: arp sweep of 10.1.2.0/26 by
                10.1.2.1: 24 hosts in 7.00 s, severity 2+3-2
            84 00:01:07.500 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=40 dport=80 frames=40 dur=7 ttl=51 flags=S silent=13 dark=27 site=ward #4 10000: tcp port 80
                sweep of 10.1.2.0/26 by 203.0.113.66: 40 hosts in 7.20 s, severity 2+3-2
            84 00:01:07.500 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25
                dsts=50 dport=80 frames=50 dur=7 ttl=51 flags=S silent=13 dark=37 site=ward #5 20000: tcp port 80
                sweep of 10.1.2.0/25 by 203.0.113.66: 50 hosts in 7.20 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void OneQuestionToAllIsASweepOfWhoAnswers()
    {
        Tapped tap = Live(new Tapped());
        tap.At(60, ToAll(Tapped.Home(9)).Echo(false, 7, 1));
        foreach (int host in new[] { 11, 14, 17 })
        {
            tap.At(60 + (host * 0.01), Tapped.Lan.Ip(Tapped.Home(host), Tapped.Home(9)).Echo(true, 7, 1));
        }

        tap.At(62.9, Tapped.Lan.Ip(Tapped.Home(20), Tapped.Home(9)).Echo(true, 7, 1))
            .At(63.2, Tapped.Lan.Ip(Tapped.Home(23), Tapped.Home(9)).Echo(true, 7, 1))
            .At(70, ToAll(Tapped.Home(9)).Echo(false, 7, 2));
        tap.Until(100).Finish();
        tap.Tells("""
            84 00:01:00.000 sweep id=1 state=open severity=3 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.255
                dsts=0 dport=0 frames=1 dur=0 ttl=64 site=ward #1 6000: icmp sweep of 10.1.2.255 by 10.1.2.9: all
                hosts at once, severity 2+3-2
            84 00:01:00.000 sweep id=1 state=update severity=3 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.0/27
                dsts=4 dport=0 frames=1 answeredBy=10.1.2.11,10.1.2.14,10.1.2.17,10.1.2.20 dur=0 ttl=64 answered=4
                site=ward #2 7000: icmp sweep of 10.1.2.0/27 by 10.1.2.9: 4 hosts in 0.00 s, 4 answered, severity
                2+3-2
            84 00:01:10.000 sweep id=1 state=update severity=3 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.0/27
                dsts=4 dport=0 frames=2 answeredBy=10.1.2.11,10.1.2.14,10.1.2.17,10.1.2.20 dur=10 ttl=64 answered=4
                site=ward #3 10000: icmp sweep of 10.1.2.0/27 by 10.1.2.9: 4 hosts in 10 s, 4 answered, severity 2+3-2
            84 00:01:10.000 sweep id=1 state=closed severity=3 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.0/27
                dsts=4 dport=0 frames=2 answeredBy=10.1.2.11,10.1.2.14,10.1.2.17,10.1.2.20 dur=10 ttl=64 answered=4
                site=ward #4 10000: icmp sweep of 10.1.2.0/27 by 10.1.2.9: 4 hosts in 10 s, 4 answered, severity 2+3-2
            """);
    }

    [TestMethod]
    public void NobodyAnswersAQuestionToAll()
    {
        Tapped tap = Live(new Tapped());
        tap.At(60, ToAll(Tapped.Actor).Echo(false, 7, 1)).Until(100).Finish();
        tap.Tells("""
            84 00:01:00.000 sweep id=1 state=open severity=3 sid=0 proto=icmp src=203.0.113.66 srcs=1 dst=10.1.2.255
                dsts=0 dport=0 frames=1 dur=0 ttl=64 site=ward #1 6000: icmp sweep of 10.1.2.255 by 203.0.113.66: all
                hosts at once, severity 2+3-2
            84 00:01:00.000 sweep id=1 state=closed severity=3 sid=0 proto=icmp src=203.0.113.66 srcs=1 dst=10.1.2.255
                dsts=0 dport=0 frames=1 dur=0 ttl=64 site=ward #2 10000: icmp sweep of 10.1.2.255 by 203.0.113.66: all
                hosts at once, severity 2+3-2
            """);
    }

    [TestMethod]
    public void OverlappingFragmentsOfOneHostAreOne()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 3; i++)
        {
            byte[][] pieces = [.. Change.Fragmented((Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(11)) with { Identification = 600 + i })
                .Tcp(4000, 80, "S", 1000))];
            tap.At(60 + i, pieces[0]).At(60.002 + i, Shifted(pieces[1])).At(60.003 + i, pieces[1]);
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:01:00.002 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=1 dur=0 ttl=64 site=ward #1 6000: overlapping fragments to 10.1.2.11, by 203.0.113.66, severity
                2+3-2
            84 00:01:02.002 port-scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=3 dur=2 ttl=64 site=ward #2 10000: overlapping fragments to 10.1.2.11, by 203.0.113.66, severity
                2+3-2
            84 00:01:02.002 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=3 dur=2 ttl=64 site=ward #3 10000: overlapping fragments to 10.1.2.11, by 203.0.113.66, severity
                2+3-2
            """);
    }

    [TestMethod]
    public void RefusalsOfSegmentsThatNoConnectionHas()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 10; i++)
        {
            tap.At(60 + i, (Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(11 + (3 * i))) with { TimeToLive = 51 }).Tcp(4000 + i, 80, "A", 77, 99))
                .At(60.1 + i, Tapped.Lan.Ip(Tapped.Home(11 + (3 * i)), Tapped.Actor).Tcp(80, 4000 + i, "R", 99, 0));
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:01:07.099 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=8
                dport=80 frames=8 dur=6 flags=A refused=8 site=ward #1 6700: tcp port 80 sweep of 10.1.2.0/26 by 203.0.113.66: 8
                hosts in 7.00 s, of no connection, flags A, severity 2+3-2
            84 00:01:09.100 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=10
                dport=80 frames=10 dur=9 flags=A refused=10 site=ward #2 10000: tcp port 80 sweep of 10.1.2.0/26 by 203.0.113.66:
                10 hosts in 9.00 s, of no connection, flags A, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TwoFastSweepsSideBySideKeepTheirLanes()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 60; i++)
        {
            tap.Syn(60 + (i * 0.05), "198.18.77.8", Tapped.Home(190 - i), 80, 3000 + i, ttl: 60);
            tap.Syn(60.02 + (i * 0.05), "198.18.77.9", Tapped.Home(10 + i), 443, 3000, ttl: 61);
            if (i == 40)
            {
                tap.At(60.03 + (i * 0.05), Tapped.Lan.Ip(Tapped.Home(190 - i), "198.18.77.8").Tcp(80, 3000 + i, "SA", 500, 1));
                tap.At(60.03 + (i * 0.05), Tapped.Lan.Ip(Tapped.Home(10 + i), "198.18.77.9").Tcp(443, 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Syn(101, "198.18.77.9", Tapped.Home(130), 443, 3000, ttl: 99)
            .Syn(102, "198.18.77.9", Tapped.Home(131), 22, 3000, ttl: 61);
        tap.Until(200).Finish();
        tap.TellsByItsKeys("""
            84 00:01:00.350 sweep id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.176/28
                dsts=8 dport=80 frames=8 dur=0 ttl=60 flags=S dark=8 site=ward #1 6150: tcp port 80 sweep of
                10.1.2.176/28 by 198.18.77.8: 8 hosts in 0.35 s, severity 2+3-2
            84 00:01:00.370 sweep id=2 state=open severity=3 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.0/27
                dsts=8 dport=443 frames=8 dur=0 ttl=61 flags=S sport=3000 silent=3 dark=5 site=ward #2 6150: tcp port
                443 sweep of 10.1.2.0/27 by 198.18.77.9: 8 hosts in 0.35 s, all from source port 3000, severity 2+3-2
            83 00:01:02.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=198.18.77.8 srcs=1
                dst=10.1.2.128/26 dsts=17 dport=80 frames=17 answeredBy=10.1.2.150 dur=2 ttl=60 flags=S answered=1
                dark=16 site=ward #3 6200: tcp port 80 sweep of 10.1.2.128/26 by 198.18.77.8: 17 hosts in 2.00 s, 1
                answered, severity 2+3-2+1 answered
            83 00:01:02.020 sweep id=2 state=update severity=4 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.0/26
                dsts=17 dport=443 frames=17 answeredBy=10.1.2.50 dur=2 ttl=61 flags=S sport=3000 answered=1 silent=5
                dark=11 site=ward #4 6200: tcp port 443 sweep of 10.1.2.0/26 by 198.18.77.9: 17 hosts in 2.00 s, all
                from source port 3000, 1 answered
            83 00:01:02.970 sweep id=2 state=update severity=4 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.0/25
                dsts=60 dport=443 frames=60 answeredBy=10.1.2.50 dur=2 ttl=61 flags=S sport=3000 answered=1 silent=19
                dark=40 site=ward #5 10000: tcp port 443 sweep of 10.1.2.0/25 by 198.18.77.9: 60 hosts in 2.95 s, all
                from source port 3000, 1 answered
            83 00:01:02.950 sweep id=1 state=update severity=4 sid=0 proto=tcp src=198.18.77.8 srcs=1
                dst=10.1.2.128/26 dsts=60 dport=80 frames=60 answeredBy=10.1.2.150 dur=2 ttl=60 flags=S answered=1
                dark=59 site=ward #6 10100: tcp port 80 sweep of 10.1.2.128/26 by 198.18.77.8: 60 hosts in 2.95 s, 1
                answered, severity 2+3-2+1 answered
            83 00:01:02.950 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=198.18.77.8 srcs=1
                dst=10.1.2.128/26 dsts=60 dport=80 frames=60 answeredBy=10.1.2.150 dur=2 ttl=60 flags=S answered=1
                dark=59 site=ward #7 20000: tcp port 80 sweep of 10.1.2.128/26 by 198.18.77.8: 60 hosts in 2.95 s, 1
                answered, severity 2+3-2+1 answered
            83 00:01:41.000 sweep id=2 state=closed severity=4 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.0/24
                dsts=61 dport=443 frames=61 answeredBy=10.1.2.50 dur=40 ttl=61-99 flags=S sport=3000 answered=1
                silent=19 dark=41 site=ward #8 20000: tcp port 443 sweep of 10.1.2.0/24 by 198.18.77.9: 61 hosts in 40
                s, all from source port 3000, 1 answered
            """);
    }

    // One in three of the hosts from 11 on lives, and both directions are seen.
    private static Tapped Live(Tapped tap)
    {
        tap.At(1, Tapped.Lan.Ip(Tapped.Home(200), Tapped.Home(201)).Udp(4000, 161, new byte[20]))
            .At(1.1, Tapped.Lan.Ip(Tapped.Home(201), Tapped.Home(200)).Udp(161, 4000, new byte[20]));
        for (int host = 11; host < 70; host += 3)
        {
            tap.Heard(2, host);
        }

        return tap;
    }

    private static Ip ToAll(string source) => Tapped.Lan.Ip(source, "10.1.2.255") with { DestinationMac = Lan.Broadcast };

    // A second piece that begins where the first one does.
    private static byte[] Shifted(byte[] piece)
    {
        byte[] shifted = [.. piece];
        shifted[14 + 7] = 0;
        return shifted;
    }
}
