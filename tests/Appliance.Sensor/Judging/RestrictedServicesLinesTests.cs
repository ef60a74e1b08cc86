using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Services that a site keeps to itself: whole lines.</summary>
[TestClass]
public sealed class RestrictedServicesLinesTests
{
    [TestMethod]
    public void FromRefusalToConversation()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Answer(1.1, Tapped.Actor, Tapped.Home(5), 5900, "RA").Until(5);
        tap.Syn(20, Tapped.Actor, Tapped.Home(5), 5900, 3111).Until(25);
        tap.At(26, Tapped.Lan.Ip(Tapped.Home(5), Tapped.Actor).Tcp(5900, 3111, "SA", 500, 1)).Until(30);
        tap.Talk(40, Tapped.Actor, Tapped.Home(6), 5900, 3112).Until(50).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 refused=1 group=SERVERS site=ward #1 100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:20.000 restricted-service id=1 state=update severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=2 name=VNC dur=19 ttl=51 flags=S refused=1 group=SERVERS site=ward #2 2000: 203.0.113.66
                asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            83 00:00:40.000 restricted-service id=1 state=update severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=5900 frames=3 name=VNC answeredBy=10.1.2.5,10.1.2.6 dur=39 ttl=51 flags=S answered=2
                group=SERVERS site=ward #3 4000: 203.0.113.66 asked 2 SERVERS hosts (a conversation followed) and no others: no
                scan, somebody chose them
            83 00:00:40.000 restricted-service id=1 state=closed severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=5900 frames=3 name=VNC answeredBy=10.1.2.5,10.1.2.6 dur=39 ttl=51 flags=S answered=2
                group=SERVERS site=ward #4 5000: 203.0.113.66 asked 2 SERVERS hosts (a conversation followed) and no others: no
                scan, somebody chose them
            """);
    }

    [TestMethod]
    public void AConversationOnAConnectionThatWasAnsweredBefore()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900, 3000);
        tap.At(1.1, Tapped.Lan.Ip(Tapped.Home(5), Tapped.Actor).Tcp(5900, 3000, "SA", 500, 1)).Until(6);
        tap.At(8, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(5)).Tcp(3000, 5900, "PA", 66538, 501, payload: new byte[9]));
        tap.At(8.1, Tapped.Lan.Ip(Tapped.Home(5), Tapped.Actor).Tcp(5900, 3000, "FA", 900, 66938)).Until(15).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.5 dur=0 ttl=51 flags=S sport=3000 answered=1 group=SERVERS
                site=ward #1 100: 203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            83 00:00:01.000 restricted-service id=1 state=update severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.5 dur=0 ttl=51 flags=S sport=3000 answered=1 group=SERVERS
                site=ward #2 800: 203.0.113.66 asked 1 SERVERS host (a conversation followed) and no others: no scan, somebody
                chose them
            83 00:00:01.000 restricted-service id=1 state=closed severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.5 dur=0 ttl=51 flags=S sport=3000 answered=1 group=SERVERS
                site=ward #3 1500: 203.0.113.66 asked 1 SERVERS host (a conversation followed) and no others: no scan, somebody
                chose them
            """);
    }

    [TestMethod]
    public void HostsThatNeverSpoke()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201).Syn(60, Tapped.Actor, Tapped.Home(5), 5900)
            .Syn(61, Tapped.Actor, Tapped.Home(6), 5900).Until(70).Finish();
        tap.Tells("""
            84 00:01:00.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 dark=1 group=SERVERS site=ward #1 6100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:01:01.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=5900 frames=2 name=VNC hosts=10.1.2.5,10.1.2.6 dur=1 ttl=51 flags=S dark=2
                group=SERVERS site=ward #2 7000: 203.0.113.66 asked 2 SERVERS hosts and no others: no scan, somebody chose them,
                severity 3+2-2
            """);
    }

    [TestMethod]
    public void WhatItTriedElsewhereMakesItNoChoice()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5).Syn(6, Tapped.Actor, Tapped.Home(50), 5900)
            .Syn(7, Tapped.Actor, Tapped.Home(51), 5900).Until(15).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #1 100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:01.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #2 1500:
                203.0.113.66 asked 1 SERVERS host among others, severity 3+2-2
            """);
    }

    [TestMethod]
    public void APortScanOfItsHostTakesItIn()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5);
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(6 + i, Tapped.Actor, Tapped.Home(5), 100 + i);
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #1 100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:01.000 restricted-service id=1 state=folded severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward into=2 #2
                1400: 203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            83 00:00:12.000 port-scan id=2 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=8 dur=11 ttl=51 flags=S silent=8 related=1 group=SERVERS dports=100,101,102,103,104,105,106,5900
                site=ward #3 1400: port scan of 10.1.2.5: 8 ports in 11 s, by 203.0.113.66, same actor as incident 1, severity
                3+3-2
            83 00:00:14.000 port-scan id=2 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5 dsts=1
                dport=0 frames=10 dur=13 ttl=51 flags=S silent=10 related=1 group=SERVERS
                dports=100,101,102,103,104,105,106,107,108,5900 site=ward #4 3000: port scan of 10.1.2.5: 10 ports in 13 s, by
                203.0.113.66, same actor as incident 1, severity 3+3-2
            """);
    }

    [TestMethod]
    public void APortScanOfAnotherHostDoesNot()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5);
        for (int i = 0; i < 9; i++)
        {
            tap.Syn(6 + i, Tapped.Actor, Tapped.Home(50), 100 + i);
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #1 100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:13.000 port-scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.50 dsts=1
                dport=0 frames=8 dur=7 ttl=51 flags=S silent=8 related=1 dports=100,101,102,103,104,105,106,107 site=ward #2 1400:
                port scan of 10.1.2.50: 8 ports in 7.00 s, by 203.0.113.66, same actor as incident 1, severity 2+3-2
            84 00:00:01.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #3 3000:
                203.0.113.66 asked 1 SERVERS host among others, severity 3+2-2
            84 00:00:14.000 port-scan id=2 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.50 dsts=1
                dport=0 frames=9 dur=8 ttl=51 flags=S silent=9 related=1 dports=100,101,102,103,104,105,106,107,108 site=ward #4
                3000: port scan of 10.1.2.50: 9 ports in 8.00 s, by 203.0.113.66, same actor as incident 1, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AConversationIsNotFolded()
    {
        Tapped tap = new Tapped().Talk(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5).Sweep(6, 5900, 10, 9).Until(20).Finish();
        tap.Tells("""
            83 00:00:01.000 restricted-service id=1 state=open severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.5 dur=0 ttl=51 flags=S sport=2695 answered=1 group=SERVERS
                site=ward #1 100: 203.0.113.66 asked 1 SERVERS host (a conversation followed) and no others: no scan, somebody
                chose them
            83 00:00:06.700 sweep id=2 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=9
                dport=5900 frames=9 answeredBy=10.1.2.5 dur=5 ttl=51 flags=S answered=1 silent=8 related=1 site=ward #2 660: tcp
                port 5900 sweep of 10.1.2.0/27 by 203.0.113.66: 9 hosts in 5.70 s, 1 answered, same actor as incident 1, severity
                2+3-2+1 answered
            83 00:00:01.000 restricted-service id=1 state=closed severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.5 dur=0 ttl=51 flags=S sport=2695 answered=1 group=SERVERS
                site=ward #3 2000: 203.0.113.66 asked 1 SERVERS host (a conversation followed) among others, severity 3+2-2+1 a
                conversation
            83 00:00:06.800 sweep id=2 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=5900 frames=10 answeredBy=10.1.2.5 dur=5 ttl=51 flags=S answered=1 silent=9 related=1 site=ward #4 2000: tcp
                port 5900 sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 5.80 s, 1 answered, same actor as incident 1, severity
                2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void InsideASweepItIsNoIncidentOfItsOwn()
    {
        Tapped tap = new Tapped().Sweep(1, 5900, 10, 9).Until(10).Syn(11, Tapped.Actor, Tapped.Home(5), 5900).Until(20)
            .Talk(21, Tapped.Actor, Tapped.Home(6), 5900, 3333).Until(30).Finish();
        tap.Tells("""
            84 00:00:01.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=5900 frames=8 dur=0 ttl=51 flags=S silent=8 site=ward #1 160: tcp port 5900 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, severity 2+3-2
            83 00:00:21.000 restricted-service id=2 state=open severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.6
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.6 dur=0 ttl=51 flags=S sport=3333 answered=1 related=1
                group=SERVERS site=ward #2 2100: 203.0.113.66 asked 1 SERVERS host (a conversation followed) among others, same
                actor as incident 1
            83 00:00:21.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=11
                dport=5900 frames=11 answeredBy=10.1.2.6 dur=20 ttl=51 flags=S answered=1 silent=10 site=ward #3 2100: tcp port
                5900 sweep of 10.1.2.0/27 by 203.0.113.66: 11 hosts in 20 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:21.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=11
                dport=5900 frames=11 answeredBy=10.1.2.6 dur=20 ttl=51 flags=S answered=1 silent=10 site=ward #4 3000: tcp port
                5900 sweep of 10.1.2.0/27 by 203.0.113.66: 11 hosts in 20 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:21.000 restricted-service id=2 state=closed severity=4 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.6
                dsts=1 dport=5900 frames=1 name=VNC answeredBy=10.1.2.6 dur=0 ttl=51 flags=S sport=3333 answered=1 related=1
                group=SERVERS site=ward #5 3000: 203.0.113.66 asked 1 SERVERS host (a conversation followed) among others, same
                actor as incident 1
            """);
    }

    [TestMethod]
    public void TwoActorsAreTwoIncidents()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Syn(2, "203.0.113.70", Tapped.Home(5), 5900).Until(9)
            .Syn(10, Tapped.Actor, Tapped.Home(7), 5900).Until(20).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #1 200:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:02.000 restricted-service id=2 state=open severity=3 sid=3 proto=tcp src=203.0.113.70 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #2 200:
                203.0.113.70 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:10.000 restricted-service id=1 state=update severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=5900 frames=2 name=VNC hosts=10.1.2.5,10.1.2.7 dur=9 ttl=51 flags=S silent=2
                group=SERVERS site=ward #3 2000: 203.0.113.66 asked 2 SERVERS hosts and no others: no scan, somebody chose them,
                severity 3+2-2
            84 00:00:10.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=5900 frames=2 name=VNC hosts=10.1.2.5,10.1.2.7 dur=9 ttl=51 flags=S silent=2
                group=SERVERS site=ward #4 2000: 203.0.113.66 asked 2 SERVERS hosts and no others: no scan, somebody chose them,
                severity 3+2-2
            84 00:00:02.000 restricted-service id=2 state=closed severity=3 sid=3 proto=tcp src=203.0.113.70 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #5 2000:
                203.0.113.70 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            """);
    }

    [TestMethod]
    public void OneRuleForSeveralPorts()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5901).Until(5).Syn(6, Tapped.Actor, Tapped.Home(6), 5902).Until(10)
            .Syn(11, Tapped.Actor, Tapped.Home(6), 5901).Answer(11.1, Tapped.Actor, Tapped.Home(6), 5901).Until(20).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.5
                dsts=1 dport=5901 frames=1 name=VNC dur=0 ttl=51 flags=S sport=7424 silent=1 group=SERVERS site=ward #1 100:
                203.0.113.66 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            84 00:00:06.000 restricted-service id=1 state=update severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=0 frames=2 name=VNC hosts=10.1.2.5,10.1.2.6 dur=5 ttl=51 flags=S silent=2
                group=SERVERS dports=5901,5902 site=ward #2 1100: 203.0.113.66 asked 2 SERVERS hosts and no others: no scan,
                somebody chose them, severity 3+2-2
            84 00:00:11.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.4/30 dsts=2 dport=0 frames=3 name=VNC answeredBy=10.1.2.6 hosts=10.1.2.5,10.1.2.6 dur=10 ttl=51 flags=S
                answered=1 silent=1 group=SERVERS dports=5901,5902 site=ward #3 2000: 203.0.113.66 asked 2 SERVERS hosts and no
                others: no scan
            """);
    }
}
