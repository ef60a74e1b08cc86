using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What an incident knows of what was before it, and what walks of one actor are together: whole lines.</summary>
[TestClass]
public sealed class PromotionTests
{
    [TestMethod]
    public void WhatAnsweredBeforeTheFirstFailureIsAmongTheTargets()
    {
        var tap = new Tapped();
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
            if (i < 3)
            {
                tap.Answer(1.1 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            83 00:00:11.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=11
                dport=80 frames=11 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12 dur=10 ttl=51 flags=S answered=3 silent=8 site=ward #1
                1300: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 11 hosts in 10 s, 3 answered, severity 2+3-2+1 answered
            83 00:00:14.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=14
                dport=80 frames=14 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12 dur=13 ttl=51 flags=S answered=3 silent=11 site=ward
                #2 3000: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 14 hosts in 13 s, 3 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void WhatAnsweredBetweenFailuresIsNamed()
    {
        var tap = new Tapped();
        for (int i = 0; i < 16; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80, ttl: 60 - i);
            if (i is 2 or 5 or 6)
            {
                tap.Answer(1.1 + i, Tapped.Actor, Tapped.Home(10 + i), 80, i == 5 ? "RA" : "SA");
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            83 00:00:10.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=80 frames=10 answeredBy=10.1.2.12,10.1.2.16 dur=9 ttl=51-60 flags=S answered=2 refused=1 silent=7 site=ward
                #1 1200: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 9.00 s, 2 answered, severity 2+3-2+1
                answered
            83 00:00:16.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=16
                dport=80 frames=16 answeredBy=10.1.2.12,10.1.2.16 dur=15 ttl=45-60 flags=S answered=2 refused=1 silent=13
                site=ward #2 3000: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 16 hosts in 15 s, 2 answered, severity
                2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void WhoAnsweredHundredsOfKilometresApartStandsInTheHops()
    {
        var tap = new Tapped();
        int[] ttls = [64, 128, 255, 63, 127, 250, 1, 64, 64];
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + (i * 13)), 443, 4444, ttls[i], i == 4 ? "SE" : "S");
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=8
                dport=443 frames=8 dur=7 ttl=1-255 sport=4444 silent=8 site=ward #1 900: tcp port 443 sweep of 10.1.2.0/25 by
                203.0.113.66: 8 hosts in 7.00 s, all from source port 4444, severity 2+3-2
            84 00:00:09.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=9
                dport=443 frames=9 dur=8 ttl=1-255 sport=4444 silent=9 site=ward #2 3000: tcp port 443 sweep of 10.1.2.0/25 by
                203.0.113.66: 9 hosts in 8.00 s, all from source port 4444, severity 2+3-2
            """);
    }

    [TestMethod]
    public void APortScanNamesWhatAnsweredAndCountsTheRest()
    {
        var tap = new Tapped().Heard(0.5, 10);
        for (int i = 0; i < 20; i++)
        {
            tap.Syn(1 + (i * 0.5), Tapped.Actor, Tapped.Home(10), 20 + (i * 3), ttl: 100 + i);
            if (i % 4 != 0)
            {
                tap.Answer(1.1 + (i * 0.5), Tapped.Actor, Tapped.Home(10), 20 + (i * 3), i % 4 == 1 ? "SA" : "RA");
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:06.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=11 answeredBy=23,35+ dur=5 ttl=100-110 flags=S answered=3 refused=5 silent=3
                dports=23,35,20,26,29,32,38,41 site=ward #1 850: port scan of 10.1.2.10: 11 ports in 5.00 s, by 203.0.113.66, 3
                answered, severity 2+3-2
            84 00:00:10.500 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=20 answeredBy=23,35,71,59+ dur=9 ttl=100-119 flags=S answered=5 refused=10 silent=5
                dports=23,35,71,59,20,26,29,32,38,41,53,56,62,68,74,77 site=ward #2 3000: port scan of 10.1.2.10: 20 ports in 9.50
                s, by 203.0.113.66, 5 answered
            """);
    }

    [TestMethod]
    public void APortScanOfAnImportantHostIsOfItsGroup()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(5), 900 + i, 6000 + i);
        }

        tap.Until(30).Finish();
        tap.Tells("""
            83 00:00:08.000 port-scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S silent=8 group=SERVERS dports=900,901,902,903,904,905,906,907 site=ward #1
                900: port scan of 10.1.2.5: 8 ports in 7.00 s, by 203.0.113.66, severity 3+3-2
            83 00:00:09.000 port-scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S silent=9 group=SERVERS dports=900,901,902,903,904,905,906,907,908 site=ward
                #2 3000: port scan of 10.1.2.5: 9 ports in 8.00 s, by 203.0.113.66, severity 3+3-2
            """);
    }

    [TestMethod]
    public void SuspectTargetsThatAnsweredAndRefused()
    {
        var tap = new Tapped();
        for (int i = 0; i < 6; i++)
        {
            tap.Syn(1 + (i * 5), Tapped.Actor, Tapped.Home(10 + i), 12345);
            if (i < 3)
            {
                tap.Answer(1.1 + (i * 5), Tapped.Actor, Tapped.Home(10 + i), 12345, i == 1 ? "RA" : "SA");
            }

            tap.Until(5 + (i * 5));
        }

        tap.Finish();
        tap.Tells("""
            84 00:00:11.000 sweep id=1 state=open severity=3 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus answeredBy=10.1.2.10,10.1.2.12 dur=10 ttl=51 flags=S answered=2 refused=1
                site=ward #1 1100: NetBus sweep of 10.1.2.8/29 by 203.0.113.66: 3 hosts in 10 s, 2 answered, severity 2+2-2+1
                answered
            84 00:00:26.000 sweep id=1 state=update severity=3 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=6
                dport=12345 frames=6 name=NetBus answeredBy=10.1.2.10,10.1.2.12 dur=25 ttl=51 flags=S answered=2 refused=1
                silent=3 site=ward #2 2600: NetBus sweep of 10.1.2.8/29 by 203.0.113.66: 6 hosts in 25 s, 2 answered, severity
                2+2-2+1 answered
            84 00:00:26.000 sweep id=1 state=closed severity=3 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=6
                dport=12345 frames=6 name=NetBus answeredBy=10.1.2.10,10.1.2.12 dur=25 ttl=51 flags=S answered=2 refused=1
                silent=3 site=ward #3 3000: NetBus sweep of 10.1.2.8/29 by 203.0.113.66: 6 hosts in 25 s, 2 answered, severity
                2+2-2+1 answered
            """);
    }

    [TestMethod]
    public void ThreeWalksAtOnceOfTwoProtocols()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + (i * 0.5), Tapped.Actor, Tapped.Home(10 + i), 80, 5000);
            tap.At(1.1 + (i * 0.5), Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)).Udp(5000, 161, new byte[20]));
            tap.At(1.2 + (i * 0.5), Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)).Echo(false, 7, i));
        }

        tap.Until(20).Finish();
        tap.Tells("""
            84 00:00:04.500 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=3 ttl=51 flags=S sport=5000 silent=8 site=ward #1 650: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 3.50 s, all from source port 5000, severity 2+3-2
            84 00:00:04.600 scan id=1 state=update severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=3 ttl=51-64 sport=5000 silent=8 dports=80,161 site=ward #2 650: ip sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 3.60 s, all from source port 5000, severity 2+3-2
            84 00:00:06.700 scan id=1 state=update severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=36 dur=5 ttl=51-64 silent=12 dports=80,161 site=ward #3 2000: ip sweep of 10.1.2.0/27 by
                203.0.113.66: 12 hosts in 5.70 s, severity 2+3-2
            84 00:00:06.700 scan id=1 state=closed severity=3 sid=0 proto=ip src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=36 dur=5 ttl=51-64 silent=12 dports=80,161 site=ward #4 2000: ip sweep of 10.1.2.0/27 by
                203.0.113.66: 12 hosts in 5.70 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void PortScansOfTwoHostsAtOnceAreOne()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.4), Tapped.Actor, Tapped.Home(5), 100 + i, ttl: 60);
            tap.Syn(1.2 + (i * 0.4), Tapped.Actor, Tapped.Home(50), 104 + i, ttl: 61);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            83 00:00:03.800 port-scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=8 dur=2 ttl=60 flags=S silent=8 group=SERVERS dports=100,101,102,103,104,105,106,107 site=ward #1
                460: port scan of 10.1.2.5: 8 ports in 2.80 s, by 203.0.113.66, severity 3+3-2
            84 00:00:04.800 port-scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=2
                dport=0 frames=20 dur=3 ttl=60-61 flags=S silent=14 dports=100,101,102,103,104,105,106,107,108,109,110,111,112,113
                site=ward #2 2000: port scan of 10.1.2.0/26: 14 ports in 3.80 s, by 203.0.113.66, severity 2+3-2
            84 00:00:04.800 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=2
                dport=0 frames=20 dur=3 ttl=60-61 flags=S silent=14 dports=100,101,102,103,104,105,106,107,108,109,110,111,112,113
                site=ward #3 2000: port scan of 10.1.2.0/26: 14 ports in 3.80 s, by 203.0.113.66, severity 2+3-2
            """);
    }

    [TestMethod]
    public void APortScanThatGoesOnOverHostsBecomesAScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i);
            if (i % 3 == 0)
            {
                tap.Answer(1.05 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i);
            }
        }

        for (int i = 0; i < 12; i++)
        {
            tap.Syn(2.9 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 100);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            83 00:00:03.500 scan id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=4 dport=0
                frames=13 answeredBy=10.1.2.10 dur=2 ttl=51 flags=S answered=1 silent=3 dports=100,101,102,103,104,105,106,107 site=ward #1 490:
                tcp sweep of 10.1.2.8/29 by 203.0.113.66: 4 hosts in 2.50 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:05.100 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=21 answeredBy=10.1.2.10 dur=4 ttl=51 flags=S answered=1 silent=11 dports=100,101,102,103,104,105,106,107
                site=ward #2 2000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 12 hosts in 4.10 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:05.100 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=0 frames=21 answeredBy=10.1.2.10 dur=4 ttl=51 flags=S answered=1 silent=11 dports=100,101,102,103,104,105,106,107
                site=ward #3 2000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 12 hosts in 4.10 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void DecoysWithOtherFlagsAndTtls()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            for (int decoy = 0; decoy < 3; decoy++)
            {
                tap.Syn(1 + i + (decoy * 0.1), Invariant($"203.0.{113 + decoy}.60"), Tapped.Home(10), 100 + i, 7000 + decoy, 50 + decoy,
                    decoy == 2 ? "SE" : "S");
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=50 flags=S sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 900:
                port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:00:09.200 port-scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.112.0/22 srcs=3 dst=10.1.2.10 dsts=1
                dport=0 frames=27 dur=8 ttl=50-52 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #2 3000: port scan
                of 10.1.2.10: 9 ports in 8.20 s, by 203.0.112.0/22, severity 2+3-2
            84 00:00:09.200 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.112.0/22 srcs=3 dst=10.1.2.10 dsts=1
                dport=0 frames=27 dur=8 ttl=50-52 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #3 3000: port scan
                of 10.1.2.10: 9 ports in 8.20 s, by 203.0.112.0/22, severity 2+3-2
            """);
    }

    [TestMethod]
    public void DecoysAfterALongPauseAreAnotherStory()
    {
        var tap = new Tapped();
        for (int decoy = 0; decoy < 2; decoy++)
        {
            for (int i = 0; i < 9; i++)
            {
                tap.Syn(1 + i + (decoy * 61), Invariant($"203.0.113.{60 + decoy}"), Tapped.Home(10), 100 + i, 7000 + decoy);
            }

            tap.Until(30 + (decoy * 61));
        }

        tap.Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 900:
                port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:01:09.000 port-scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.61 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S sport=7001 silent=8 dports=100,101,102,103,104,105,106,107
                site=ward #2 7000: port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.61, all from source port 7001, severity 2+3-2
            84 00:00:09.000 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S sport=7000 silent=9 dports=100,101,102,103,104,105,106,107,108
                site=ward #3 9100: port scan of 10.1.2.10: 9 ports in 8.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:01:10.000 port-scan id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.61 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S sport=7001 silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #4
                9100: port scan of 10.1.2.10: 9 ports in 8.00 s, by 203.0.113.61, all from source port 7001, severity 2+3-2
            """);
    }

    [TestMethod]
    public void DecoysWithinAMinuteAreOneStory()
    {
        var tap = new Tapped();
        for (int decoy = 0; decoy < 2; decoy++)
        {
            for (int i = 0; i < 9; i++)
            {
                tap.Syn(1 + i + (decoy * 48), Invariant($"203.0.113.{60 + decoy}"), Tapped.Home(10), 100 + i, 7000 + decoy);
            }

            tap.Until(20 + (decoy * 48));
        }

        tap.Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.60 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S sport=7000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 900:
                port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.60, all from source port 7000, severity 2+3-2
            84 00:00:56.000 port-scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.60/31 srcs=2 dst=10.1.2.10 dsts=1
                dport=0 frames=17 dur=55 ttl=51 flags=S silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #2 5700:
                port scan of 10.1.2.10: 9 ports in 55 s, by 203.0.113.60/31, severity 2+3-2
            84 00:00:57.000 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.60/31 srcs=2 dst=10.1.2.10 dsts=1
                dport=0 frames=18 dur=56 ttl=51 flags=S silent=9 dports=100,101,102,103,104,105,106,107,108 site=ward #3 6800:
                port scan of 10.1.2.10: 9 ports in 56 s, by 203.0.113.60/31, severity 2+3-2
            """);
    }

    [TestMethod]
    public void WhatTheProfileExplainsIsNotMixedWithWhatItDoesNot()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8, actor: "203.0.113.5").Until(10).Sweep(20, 80, 30, 20, actor: "203.0.113.5").Until(30);
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(40 + i, "203.0.113.5", "192.168.7.1", 80, 3000 + i);
        }

        tap.Until(60).Finish();
        tap.Tells("""
            86 00:00:01.700 sweep id=1 state=open severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 expected="a console" site=ward #1 160: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.5: 8 hosts in 0.70 s, expected: a console
            86 00:00:21.900 sweep id=1 state=closed severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/26 dsts=28
                dport=80 frames=28 dur=20 ttl=51 flags=S silent=28 expected="a console" site=ward #2 6000: tcp port 80 sweep of
                10.1.2.0/26 by 203.0.113.5: 28 hosts in 20 s, expected: a console
            """);
    }

    [TestMethod]
    public void ASweepOfDarkAndLivingHosts()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 11, 12);
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(60 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
            if (i is 1 or 9)
            {
                tap.Answer(60.1 + i, Tapped.Actor, Tapped.Home(10 + i), 80, i == 1 ? "RA" : "SA");
            }
        }

        tap.Until(90).Finish();
        tap.Tells("""
            84 00:01:07.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=7 ttl=51 flags=S refused=1 silent=1 dark=6 site=ward #1 6900: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 7.00 s, severity 2+3-2
            83 00:01:11.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=80 frames=12 answeredBy=10.1.2.19 dur=11 ttl=51 flags=S answered=1 refused=1 silent=1 dark=9
                site=ward #2 7100: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 12 hosts in 11 s, 1 answered, severity 2+3-2+1 answered
            83 00:01:11.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=80 frames=12 answeredBy=10.1.2.19 dur=11 ttl=51 flags=S answered=1 refused=1 silent=1 dark=9
                site=ward #3 9000: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 12 hosts in 11 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void AStrangersSweepCountsThoseThatAnsweredFirst()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Talk(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
        }

        tap.Sweep(60, 80, 60, 40).Until(80).Finish();
        tap.Tells("""
            83 00:01:00.700 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=20
                dport=80 frames=20 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13,10.1.2.14,10.1.2.15,10.1.2.16,10.1.2.17+
                dur=59 ttl=51 flags=S answered=12 dark=8 site=ward #1 6360: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 20
                hosts in 59 s, 12 answered
            83 00:01:03.900 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=52
                dport=80 frames=52 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13,10.1.2.14,10.1.2.15,10.1.2.16,10.1.2.17+
                dur=62 ttl=51 flags=S answered=12 dark=40 site=ward #2 8000: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 52
                hosts in 62 s, 12 answered
            83 00:01:03.900 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=52
                dport=80 frames=52 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13,10.1.2.14,10.1.2.15,10.1.2.16,10.1.2.17+
                dur=62 ttl=51 flags=S answered=12 dark=40 site=ward #3 8000: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 52
                hosts in 62 s, 12 answered
            """);
    }

    [TestMethod]
    public void ALongPastIsCoveredByThePrefix()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Talk(1 + (i * 300), Tapped.Actor, Tapped.Home(10 + i), 80);
        }

        tap.Sweep(4000, 80, 200, 14).Until(4010).Finish();
        tap.Tells("""
            83 01:06:40.700 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/24 dsts=20
                dport=80 frames=20 dur=0 ttl=51 flags=S answered=12 dark=8 site=ward #1 400120: tcp port 80 sweep of 10.1.2.0/24
                by 203.0.113.66: 20 hosts in 0.70 s, 12 answered, severity 2+3-2+1 answered
            83 01:06:41.300 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/24 dsts=26
                dport=80 frames=26 dur=1 ttl=51 flags=S answered=12 dark=14 site=ward #2 401000: tcp port 80 sweep of 10.1.2.0/24
                by 203.0.113.66: 26 hosts in 1.30 s, 12 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void ASlowSweepRemembersItsFirstFailure()
    {
        Tapped tap = new Tapped().Sweep(3600, 80, 10, 9, 7200).Until(90_000).Finish();
        tap.Tells("""
            84 15:00:00.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=50400 ttl=51 flags=S silent=8 site=ward #1 5400000: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 14 hours, severity 2+3-2
            84 17:00:00.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=9
                dport=80 frames=9 dur=57600 ttl=51 flags=S silent=9 site=ward #2 9000000: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 9 hosts in 16 hours, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepInAddressOrderByIdentification()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.At(1 + i, (Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(30 + i)) with { TimeToLive = 44, Identification = 900 + i })
                .Tcp(3000 + (i * 777), 80, "S", 1_000_000 + (i * 7_777_777)));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=8
                dport=80 frames=8 dur=7 ttl=44 flags=S silent=8 site=ward #1 1000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 8 hosts in 7.00 s, severity 2+3-2
            84 00:00:12.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=12
                dport=80 frames=12 dur=11 ttl=44 flags=S silent=12 site=ward #2 3000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 12 hosts in 11 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepInAddressOrderByPort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 20; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(30 + (i * 2)), 80, 4000 + (i * 2));
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=8
                dport=80 frames=8 dur=7 ttl=51 flags=S stride=sport unseen=7 silent=8 site=ward #1 1000: tcp port 80 sweep of
                10.1.2.0/26 by 203.0.113.66: 8 hosts in 7.00 s, in address order, by one tool, 7 more not seen, severity 2+3-2
            84 00:00:19.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=19
                dport=80 frames=19 dur=18 ttl=51 flags=S stride=sport unseen=18 silent=19 site=ward #2 2000: tcp port 80 sweep of
                10.1.2.0/25 by 203.0.113.66: 19 hosts in 18 s, in address order, by one tool, 18 more not seen, severity 2+3-2
            84 00:00:20.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=20
                dport=80 frames=20 dur=19 ttl=51 flags=S stride=sport unseen=19 silent=20 site=ward #3 3000: tcp port 80 sweep of
                10.1.2.0/25 by 203.0.113.66: 20 hosts in 19 s, in address order, by one tool, 19 more not seen, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepOverArp()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201).At(2, Tapped.Lan.IsAt(Tapped.Home(200), Tapped.Home(201)));
        for (int i = 0; i < 30; i++)
        {
            tap.At(60 + (i * 0.1), Tapped.Lan.WhoHas(Tapped.Home(200), Tapped.Home(100 + i)));
        }

        tap.Until(80).Finish();
        tap.Tells("""
            84 00:01:02.200 sweep id=1 state=open severity=3 sid=0 proto=arp src=10.1.2.200 srcs=1 dst=10.1.2.0/25 dsts=24 dport=0
                frames=24 dur=61 dark=24 site=ward #1 6270: arp sweep of 10.1.2.0/25 by 10.1.2.200: 24 hosts in 61 s, severity
                2+3-2
            84 00:01:02.900 sweep id=1 state=closed severity=3 sid=0 proto=arp src=10.1.2.200 srcs=1 dst=10.1.2.0/24 dsts=31
                dport=0 frames=31 dur=61 dark=31 site=ward #2 8000: arp sweep of 10.1.2.0/24 by 10.1.2.200: 31 hosts in 61 s,
                severity 2+3-2
            """);
    }

    [TestMethod]
    public void APingSweep()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 103);
        for (int i = 0; i < 12; i++)
        {
            tap.At(60 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(100 + i)).Echo(false, 7, i));
            if (i is 3 or 7)
            {
                tap.At(60.1 + i, Tapped.Lan.Ip(Tapped.Home(100 + i), Tapped.Actor).Echo(true, 7, i));
            }
        }

        tap.Until(90).Finish();
        tap.Tells("""
            84 00:01:11.000 sweep id=1 state=open severity=3 sid=0 proto=icmp src=203.0.113.66 srcs=1 dst=10.1.2.96/28 dsts=12
                dport=0 frames=12 answeredBy=10.1.2.103,10.1.2.107 dur=11 ttl=64 answered=2 dark=10 site=ward #1 7100: icmp sweep
                of 10.1.2.96/28 by 203.0.113.66: 12 hosts in 11 s, 2 answered, severity 2+3-2
            84 00:01:11.000 sweep id=1 state=closed severity=3 sid=0 proto=icmp src=203.0.113.66 srcs=1 dst=10.1.2.96/28 dsts=12
                dport=0 frames=12 answeredBy=10.1.2.103,10.1.2.107 dur=11 ttl=64 answered=2 dark=10 site=ward #2 9000: icmp sweep
                of 10.1.2.96/28 by 203.0.113.66: 12 hosts in 11 s, 2 answered, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ASweepWithDatagramsIsToldByWhatRefuses()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            byte[] frame = Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(100 + i)).Udp(4000 + i, 69, new byte[20]);
            tap.At(60 + i, frame);
            if (i % 2 == 0)
            {
                tap.At(60.1 + i, Tapped.Lan.Ip(Tapped.Home(100 + i), Tapped.Actor).PortUnreachable(frame));
            }
        }

        tap.Until(90).Finish();
        tap.Tells("""
            84 00:01:07.000 sweep id=1 state=open severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.96/28 dsts=8
                dport=69 frames=8 dur=7 ttl=64 stride=sport refused=4 dark=4 site=ward #1 6900: udp port 69 sweep of 10.1.2.96/28
                by 203.0.113.66: 8 hosts in 7.00 s, in address order, by one tool, severity 2+3-2
            84 00:01:11.000 sweep id=1 state=closed severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.96/28 dsts=12
                dport=69 frames=12 dur=11 ttl=64 stride=sport refused=6 dark=6 site=ward #2 9000: udp port 69 sweep of
                10.1.2.96/28 by 203.0.113.66: 12 hosts in 11 s, in address order, by one tool, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AnInsideHostThatSweepsTheOutside()
    {
        var tap = new Tapped();
        for (int i = 0; i < 18; i++)
        {
            tap.Syn(1 + i, Tapped.Home(9), Invariant($"198.51.100.{10 + (i * 7)}"), 445);
        }

        tap.Until(40).Finish();
        tap.Tells("""
            85 00:00:15.000 sweep id=1 state=open severity=2 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=198.51.100.0/25 dsts=15
                dport=445 frames=15 dur=14 ttl=51 flags=S silent=15 site=ward #1 1700: tcp port 445 sweep of 198.51.100.0/25 by
                10.1.2.9: 15 hosts in 14 s, outwards, for one cause, severity 2+3-2
            85 00:00:18.000 sweep id=1 state=closed severity=2 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=198.51.100.0/24 dsts=18
                dport=445 frames=18 dur=17 ttl=51 flags=S silent=18 site=ward #2 4000: tcp port 445 sweep of 198.51.100.0/24 by
                10.1.2.9: 18 hosts in 17 s, outwards, for one cause, severity 2+3-2
            """);
    }

    [TestMethod]
    public void WithoutAClockALineHasNoTime()
    {
        Tapped tap = new Tapped().LoseClock().Sweep(1, 80, 10, 8).Until(10).Answer(11, Tapped.Actor, Tapped.Home(12), 80).Finish();
        tap.Tells("""
            84 - sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=80 frames=8
                dur=0 ttl=51 flags=S silent=8 site=ward #1 160: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70
                s, severity 2+3-2
            83 - sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=80
                frames=8 answeredBy=10.1.2.12 dur=0 ttl=51 flags=S answered=1 silent=7 site=ward #2 1100: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70 s, 1 answered, severity 2+3-2+1 answered
            83 - sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=80
                frames=8 answeredBy=10.1.2.12 dur=0 ttl=51 flags=S answered=1 silent=7 site=ward #3 1100: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.66: 8 hosts in 0.70 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void WhatWasLostMeanwhileIsSaid()
    {
        Tapped tap = new Tapped().Lose(5).Sweep(1, 80, 10, 8).Until(10).Lose(7).Sweep(20, 80, 30, 8).Until(30).Finish();
        tap.Tells("""
            84 00:00:01.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 160: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:00:20.700 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=16
                dport=80 frames=16 dur=19 ttl=51 flags=S silent=16 lost=7 site=ward #2 2060: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 16 hosts in 19 s, severity 2+3-2
            84 00:00:20.700 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=16
                dport=80 frames=16 dur=19 ttl=51 flags=S silent=16 lost=7 site=ward #3 3000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 16 hosts in 19 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ATableThatComesMeanwhileKeepsTheNameAndForgetsTheProfile()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 3).Sweep(5, 80, 10, 8, actor: "203.0.113.5")
            .Syn(9, "203.0.113.7", Tapped.Home(5), 5900).Until(15);
        tap.UseTable().Sweep(20, 12345, 30, 6).Sweep(22, 80, 30, 12, actor: "203.0.113.5").Until(40).Finish();
        tap.Tells("""
            85 00:00:01.200 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #1 100: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            86 00:00:05.700 sweep id=2 state=open severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 expected="a console" site=ward #2 560: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.5: 8 hosts in 0.70 s, expected: a console
            84 00:00:09.000 restricted-service id=3 state=open severity=3 sid=3 proto=tcp src=203.0.113.7 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #3 900:
                203.0.113.7 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            85 00:00:20.200 sweep id=1 state=update severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=6
                dport=12345 frames=6 name=NetBus dur=19 ttl=51 flags=S silent=6 site=ward #4 2000: NetBus sweep of 10.1.2.0/26 by
                203.0.113.66: 6 hosts in 19 s, severity 2+2-2
            84 00:00:22.000 sweep id=2 state=update severity=3 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/27 dsts=9
                dport=80 frames=9 dur=17 ttl=51 flags=S silent=9 site=ward #5 2200: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.5: 9 hosts in 17 s, severity 2+3-2
            84 00:00:23.100 sweep id=2 state=update severity=3 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/26 dsts=20
                dport=80 frames=20 dur=18 ttl=51 flags=S silent=20 site=ward #6 4000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.5: 20 hosts in 18 s, severity 2+3-2
            85 00:00:20.500 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=9
                dport=12345 frames=9 name=NetBus dur=19 ttl=51 flags=S silent=9 site=ward #7 4000: NetBus sweep of 10.1.2.0/26 by
                203.0.113.66: 9 hosts in 19 s, severity 2+2-2
            84 00:00:23.100 sweep id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/26 dsts=20
                dport=80 frames=20 dur=18 ttl=51 flags=S silent=20 site=ward #8 4000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.5: 20 hosts in 18 s, severity 2+3-2
            85 00:00:09.000 restricted-service id=3 state=closed severity=2 sid=3 proto=tcp src=203.0.113.7 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 site=ward #9 4000: 203.0.113.7 asked
                1 host and no others: no scan, somebody chose them, severity 2+2-2
            """);
    }

    [TestMethod]
    public void APortScanThatIsToldBecomesAScanWithTheHostsThatFollow()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i, 5000, 60);
        }

        for (int i = 0; i < 12; i++)
        {
            tap.Syn(2.85 + (i * 0.2), Tapped.Actor, Tapped.Home(20 + i), 100, 5000, 62);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            84 00:00:02.400 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=1 ttl=60 flags=S sport=5000 silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 485:
                port scan of 10.1.2.10: 8 ports in 1.40 s, by 203.0.113.66, all from source port 5000, severity 2+3-2
            84 00:00:04.050 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=3 ttl=60-62 flags=S sport=5000 silent=8 dports=100,101,102,103,104,105,106,107,108 site=ward
                #2 485: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 8 hosts in 3.05 s, all from source port 5000, severity 2+3-2
            84 00:00:05.050 scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=13
                dport=0 frames=21 dur=4 ttl=60-62 flags=S sport=5000 silent=13 dports=100,101,102,103,104,105,106,107,108
                site=ward #3 2000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 13 hosts in 4.05 s, all from source port 5000,
                severity 2+3-2
            """);
    }

    [TestMethod]
    public void ItsPortsThatAnsweredAreOneHostThatDid()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10), 100 + i);
        }

        tap.Answer(4.5, Tapped.Actor, Tapped.Home(10), 103).Answer(4.6, Tapped.Actor, Tapped.Home(10), 104);
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(3.4 + (i * 0.2), Tapped.Actor, Tapped.Home(20 + i), 100);
        }

        tap.Until(20).Finish();
        tap.Tells("""
            84 00:00:02.800 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=10 answeredBy=103,104 dur=1 ttl=51 flags=S answered=2 silent=8
                dports=103,104,100,101,102,105,106,107 site=ward #1 560: port scan of 10.1.2.10: 10 ports in 1.80 s, by
                203.0.113.66, 2 answered, severity 2+3-2
            84 00:00:04.400 sweep id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.16/28 dsts=6
                dport=0 frames=6 dur=1 ttl=51 flags=S silent=6 related=1 dports=100 site=ward #2 560: tcp sweep of 10.1.2.16/28 by
                203.0.113.66: 6 hosts in 1.00 s, same actor as incident 1, severity 2+3-2
            84 00:00:05.600 sweep id=2 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.16/28 dsts=12
                dport=0 frames=12 dur=2 ttl=51 flags=S silent=12 related=1 dports=100 site=ward #3 2000: tcp sweep of 10.1.2.16/28
                by 203.0.113.66: 12 hosts in 2.20 s, same actor as incident 1, severity 2+3-2
            84 00:00:03.200 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=12 answeredBy=103,104 dur=2 ttl=51 flags=S answered=2 silent=10
                dports=103,104,100,101,102,105,106,107,110,111 site=ward #4 2000: port scan of 10.1.2.10: 12 ports in 2.20 s, by
                203.0.113.66, 2 answered, severity 2+3-2
            84 00:00:05.600 sweep id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.16/28 dsts=12
                dport=0 frames=12 dur=2 ttl=51 flags=S silent=12 related=1 dports=100 site=ward #5 2000: tcp sweep of 10.1.2.16/28
                by 203.0.113.66: 12 hosts in 2.20 s, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AFewTalksBeforeASweepAreTargetsOfIt()
    {
        var tap = new Tapped();
        for (int i = 0; i < 5; i++)
        {
            tap.Talk(1 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
        }

        tap.Sweep(60, 80, 60, 20).Until(80).Finish();
        tap.Tells("""
            83 00:01:00.700 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=13
                dport=80 frames=13 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13,10.1.2.14 dur=59 ttl=51 flags=S answered=5
                dark=8 site=ward #1 6180: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 13 hosts in 59 s, 5 answered, severity
                2+3-2+1 answered
            83 00:01:01.900 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=25
                dport=80 frames=25 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13,10.1.2.14 dur=60 ttl=51 flags=S answered=5
                dark=20 site=ward #2 8000: tcp port 80 sweep of 10.1.2.0/25 by 203.0.113.66: 25 hosts in 60 s, 5 answered,
                severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void AnUpdateEachTimeItDoubles()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        for (int i = 0; i < 40; i++)
        {
            tap.Syn(20 + i, Tapped.Actor, Tapped.Home(30 + i), 80, ttl: 51 - (i / 20));
        }

        tap.Until(80).Finish();
        tap.Tells("""
            84 00:00:01.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 160: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            84 00:00:27.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=16
                dport=80 frames=16 dur=26 ttl=51 flags=S silent=16 site=ward #2 2700: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 16 hosts in 26 s, severity 2+3-2
            84 00:00:43.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=32
                dport=80 frames=32 dur=42 ttl=50-51 flags=S silent=32 site=ward #3 4300: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 32 hosts in 42 s, severity 2+3-2
            84 00:00:59.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25 dsts=48
                dport=80 frames=48 dur=58 ttl=50-51 flags=S silent=48 site=ward #4 8000: tcp port 80 sweep of 10.1.2.0/25 by
                203.0.113.66: 48 hosts in 58 s, severity 2+3-2
            """);
    }
}
