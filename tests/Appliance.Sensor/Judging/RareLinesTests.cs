using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Protocols, senders and rhythms that are rare: whole lines.</summary>
[TestClass]
public sealed class RareLinesTests
{
    [TestMethod]
    public void ASweepOverSctp()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i))
                .Datagram(132, [0x10, 0, 0x0b, 0x59, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 20, 0, 0, 0, 9, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 7]));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=sctp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=2905 frames=8 dur=7 ttl=64 sport=4096 silent=8 site=ward #1 1000: sctp port 2905 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 7.00 s, all from source port 4096, severity 2+3-2
            84 00:00:10.000 sweep id=1 state=closed severity=3 sid=0 proto=sctp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=2905 frames=10 dur=9 ttl=64 sport=4096 silent=10 site=ward #2 3000: sctp port 2905 sweep of 10.1.2.0/27 by
                203.0.113.66: 10 hosts in 9.00 s, all from source port 4096, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepOverAnotherProtocol()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)).Datagram(47, new byte[20]));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=47 frames=8 dur=7 ttl=64 silent=8 site=ward #1 1000: ip port 47 sweep of 10.1.2.0/27 by 203.0.113.66: 8
                hosts in 7.00 s, severity 2+3-2
            84 00:00:10.000 sweep id=1 state=closed severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=47 frames=10 dur=9 ttl=64 silent=10 site=ward #2 3000: ip port 47 sweep of 10.1.2.0/27 by 203.0.113.66: 10
                hosts in 9.00 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ScansOfProtocolsOfOneHost()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Datagram(70 + i, new byte[20]));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=64 silent=8 dports=70,71,72,73,74,75,76,77 site=ward #1 1000: port scan of 10.1.2.10: 8
                ports in 7.00 s, by 203.0.113.66, severity 2+3-2
            84 00:00:12.000 port-scan id=1 state=closed severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=12 dur=11 ttl=64 silent=12 dports=70,71,72,73,74,75,76,77,78,79,80,81 site=ward #2 3000: port scan
                of 10.1.2.10: 12 ports in 11 s, by 203.0.113.66, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AFastBroadcast()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.At(1 + (i * 1.25), (Tapped.Lan.Ip(Tapped.Home(9), "255.255.255.255") with { DestinationMac = Lan.Broadcast })
                .Udp(2000, 1600, new byte[20]));
        }

        tap.Finish();
        tap.Tells("""
            84 00:00:06.000 broadcast id=1 state=open severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=255.255.255.255 dsts=1
                dport=1600 frames=5 dur=5 ttl=64 sport=2000 period=1.3 site=ward #1 600: 10.1.2.9 broadcasts to 255.255.255.255
                udp port 1600 every 1.3 s, nothing explains it, severity 2+3-2
            84 00:00:09.750 broadcast id=1 state=closed severity=3 sid=0 proto=udp src=10.1.2.9 srcs=1 dst=255.255.255.255 dsts=1
                dport=1600 frames=8 dur=8 ttl=64 sport=2000 period=1.3 site=ward #2 975: 10.1.2.9 broadcasts to 255.255.255.255
                udp port 1600 every 1.3 s, nothing explains it, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AnInsideArpScannerWithoutAnAddressOfItsOwn()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int i = 0; i < 30; i++)
        {
            byte[] frame = Tapped.Lan.WhoHas("10.1.2.99", Tapped.Home(100 + i));
            frame[28] = frame[29] = frame[30] = frame[31] = 0;
            frame[6] = frame[22] = 0x02;
            frame[7] = frame[23] = 0x0a;
            frame[8] = frame[24] = 0xbc;
            tap.At(60 + (i * 0.1), frame);
        }

        tap.Until(80).Finish();
        tap.Tells("""
            84 00:01:02.300 sweep id=1 state=open severity=3 sid=0 proto=arp src=02:0a:bc:01:02:63 srcs=1 dst=10.1.2.96/27 dsts=24
                dport=0 frames=24 dur=2 dark=24 site=ward #1 6270: arp sweep of 10.1.2.96/27 by 02:0a:bc:01:02:63: 24 hosts in
                2.30 s, severity 2+3-2
            84 00:01:02.900 sweep id=1 state=closed severity=3 sid=0 proto=arp src=02:0a:bc:01:02:63 srcs=1 dst=10.1.2.0/24
                dsts=30 dport=0 frames=30 dur=2 dark=30 site=ward #2 8000: arp sweep of 10.1.2.0/24 by 02:0a:bc:01:02:63: 30 hosts
                in 2.90 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AnInverseMapOfOneWhoSweptBefore()
    {
        Tapped tap = Tapped.Warm().Sweep(70, 80, 10, 8, actor: "198.18.77.8").Until(80);
        for (int i = 0; i < 3; i++)
        {
            tap.At(200 + i, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(40 + i)).Tcp(80, 3000 + i, "RA", 0, 88));
        }

        tap.Until(220).Finish();
        tap.Tells("""
            84 00:01:10.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S dark=8 site=ward #1 7060: tcp port 80 sweep of 10.1.2.0/27 by 198.18.77.8:
                8 hosts in 0.70 s, severity 2+3-2
            84 00:03:22.000 inverse-map id=2 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.40/30 dsts=3
                dport=0 frames=3 dur=2 ttl=64 flags=RA sport=80 related=1 site=ward #2 20200: 3 resets from 198.18.77.8 port 80 to
                3 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, same actor as incident 1,
                severity 2+3-2
            84 00:01:10.700 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S dark=8 site=ward #3 22000: tcp port 80 sweep of 10.1.2.0/27 by 198.18.77.8:
                8 hosts in 0.70 s, severity 2+3-2
            84 00:03:22.000 inverse-map id=2 state=closed severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.40/30
                dsts=3 dport=0 frames=3 dur=2 ttl=64 flags=RA sport=80 related=1 site=ward #4 22000: 3 resets from 198.18.77.8
                port 80 to 3 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, same actor as
                incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ManyAnswersToNothingAtOnce()
    {
        Tapped tap = Tapped.Warm();
        for (int i = 0; i < 40; i++)
        {
            tap.At(200 + (i * 0.001), Tapped.Lan.Ip("198.18.77.8", Tapped.Home(40 + i)).Tcp(80, 3000 + i, "RA", 0, 88));
        }

        tap.Until(220).Finish();
        tap.Tells("""
            84 00:03:20.002 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.40/30 dsts=3
                dport=0 frames=3 dur=0 ttl=64 flags=RA sport=80 site=ward #1 20000: 3 resets from 198.18.77.8 port 80 to 3 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:03:20.039 inverse-map id=1 state=update severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/25
                dsts=40 dport=0 frames=40 dur=0 ttl=64 flags=RA sport=80 site=ward #2 22000: 40 resets from 198.18.77.8 port 80 to
                40 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:03:20.039 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/25
                dsts=40 dport=0 frames=40 dur=0 ttl=64 flags=RA sport=80 site=ward #3 22000: 40 resets from 198.18.77.8 port 80 to
                40 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ATrojanThatAnswersOnItsOwnPort()
    {
        Tapped tap = new Tapped().At(100, Tapped.Lan.Ip(Tapped.Home(10), "198.18.77.8").Udp(31337, 31337, new byte[20]))
            .At(100.1, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10)).Udp(31337, 31337, new byte[20])).Until(110).Finish();
        tap.Tells("""
            83 00:01:40.100 suspect-service id=1 state=open severity=4 sid=2 proto=udp src=198.18.77.8 srcs=1 dst=10.1.2.10 dsts=1
                dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 ttl=64 sport=31337 answered=1 site=ward #1 10000:
                BackOrifice: 198.18.77.8 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            83 00:01:40.100 suspect-service id=1 state=closed severity=4 sid=2 proto=udp src=198.18.77.8 srcs=1 dst=10.1.2.10
                dsts=1 dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 ttl=64 sport=31337 answered=1 site=ward #2
                11000: BackOrifice: 198.18.77.8 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            """);
    }

    [TestMethod]
    public void AClientsPortThatMerelyEqualsATrojans()
    {
        Tapped tap = new Tapped().At(100, Tapped.Lan.Ip(Tapped.Home(10), "198.18.77.8").Udp(31337, 53, new byte[20]))
            .At(100.1, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10)).Udp(53, 31337, new byte[20])).Until(110).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void AServersDatagramInTheFirstMinuteMayBeAnAnswer()
    {
        Tapped tap = new Tapped().At(20, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10)).Udp(53, 31337, new byte[20]))
            .At(20.1, Tapped.Lan.Ip(Tapped.Home(10), "198.18.77.8").Udp(31337, 53, new byte[20])).Until(30);
        tap.At(80, Tapped.Lan.Ip("198.18.77.9", Tapped.Home(10)).Udp(53, 31337, new byte[20]))
            .At(80.1, Tapped.Lan.Ip(Tapped.Home(10), "198.18.77.9").Udp(31337, 53, new byte[20])).Until(90).Finish();
        tap.Tells("""
            83 00:01:20.000 suspect-service id=1 state=open severity=4 sid=2 proto=udp src=198.18.77.9 srcs=1 dst=10.1.2.10 dsts=1
                dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 ttl=64 sport=53 answered=1 site=ward #1 8000:
                BackOrifice: 198.18.77.9 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            83 00:01:20.000 suspect-service id=1 state=closed severity=4 sid=2 proto=udp src=198.18.77.9 srcs=1 dst=10.1.2.10
                dsts=1 dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 ttl=64 sport=53 answered=1 site=ward #2
                9000: BackOrifice: 198.18.77.9 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            """);
    }

    [TestMethod]
    public void NineTargetsOfANetworksThreeSources()
    {
        var tap = new Tapped();
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(1 + (i * 4), Invariant($"198.51.100.{(i < 9 ? 7 + (i % 2) : i % 2 == 1 ? 9 : 7)}"), Tapped.Home(10 + i), 80, 3000 + i);
        }

        tap.Until(80).Finish();
        tap.Tells("""
            84 00:00:37.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=3 dst=10.1.2.0/27 dsts=11
                dport=80 frames=11 dur=32 ttl=51 flags=S silent=11 site=ward #1 4500: tcp port 80 sweep of 10.1.2.0/27 by
                198.51.100.0/24: 11 hosts in 32 s, severity 2+3-2
            84 00:00:53.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=3 dst=10.1.2.0/27 dsts=14
                dport=80 frames=14 dur=48 ttl=51 flags=S silent=14 site=ward #2 8000: tcp port 80 sweep of 10.1.2.0/27 by
                198.51.100.0/24: 14 hosts in 48 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepBeyondItsListedTargetsBeforeItIsTold()
    {
        Tapped tap = new Tapped().Heard(0.5, 60, 61, 62, 63);
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
    public void APortScanMergedIntoASweepThatCountsItsHost()
    {
        var tap = new Tapped();
        for (int i = 0; i < 16; i++)
        {
            tap.Syn(1 + (i * 0.5), Tapped.Actor, Tapped.Home(10 + i), 80);
            tap.Syn(1.2 + (i * 0.5), Tapped.Actor, Tapped.Home(99), 200 + i);
            if (i % 5 == 2)
            {
                tap.Answer(1.21 + (i * 0.5), Tapped.Actor, Tapped.Home(99), 200 + i);
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            83 00:00:03.000 scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=6 dport=0
                frames=9 answeredBy=10.1.2.99 dur=2 ttl=51 flags=S answered=1 silent=5 dports=80,200,201,202,203 site=ward #1 550: tcp
                sweep of 10.1.2.0/25 by 203.0.113.66: 6 hosts in 2.00 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:08.700 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=17
                dport=0 frames=32 answeredBy=10.1.2.99 dur=7 ttl=51 flags=S answered=1 silent=16
                dports=80,200,201,202,203,204,205,206,207,208,209,210 site=ward #2 3000: tcp sweep of 10.1.2.0/25
                by 203.0.113.66: 17 hosts, 17 ports in 7.70 s, 1 answered
            83 00:00:08.700 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=17
                dport=0 frames=32 answeredBy=10.1.2.99 dur=7 ttl=51 flags=S answered=1 silent=16
                dports=80,200,201,202,203,204,205,206,207,208,209,210 site=ward #3 3000: tcp sweep of 10.1.2.0/25
                by 203.0.113.66: 17 hosts, 17 ports in 7.70 s, 1 answered
            """);
    }

    [TestMethod]
    public void APingSweepByIpv6()
    {
        Tapped tap = new Tapped("""
            [site]
            name = "ward"
            home = ["10.1.2.0/24", "2001:db8:1::/64"]
            [groups]
            SERVERS = ["10.1.2.4/30"]
            """);
        for (int i = 0; i < 10; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip("2001:db8:ffff::7", Invariant($"2001:db8:1::{16 + i:x}")).Echo(false, 7, i));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=icmp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/125
                dsts=8 dport=0 frames=8 dur=7 ttl=64 silent=8 site=ward #1 1000: icmp sweep of 2001:db8:1::10/125 by
                2001:db8:ffff::7: 8 hosts in 7.00 s, severity 2+3-2
            84 00:00:10.000 sweep id=1 state=closed severity=3 sid=0 proto=icmp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/124
                dsts=10 dport=0 frames=10 dur=9 ttl=64 silent=10 site=ward #2 3000: icmp sweep of 2001:db8:1::10/124 by
                2001:db8:ffff::7: 10 hosts in 9.00 s, severity 2+3-2
            """);
    }
}
