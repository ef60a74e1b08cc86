using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Answers that come late: whole lines.</summary>
[TestClass]
public sealed class LateAnswersLinesTests
{
    [TestMethod]
    public void BeforeTheIncidentTheyAreNoFailures()
    {
        Tapped tap = new Tapped().Heard(0.5, 10, 11, 12, 13, 14, 15, 16).Sweep(1, 80, 10, 7).Until(6);
        tap.Answer(7, Tapped.Actor, Tapped.Home(10), 80).Answer(7.1, Tapped.Actor, Tapped.Home(16), 80)
            .Sweep(8, 80, 30, 7).Until(20).Finish();
        tap.Tells("""
            83 00:00:08.400 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=12
                dport=80 frames=12 answeredBy=10.1.2.10,10.1.2.16 dur=7 ttl=51 flags=S answered=2 silent=10 site=ward #1 860: tcp
                port 80 sweep of 10.1.2.0/26 by 203.0.113.66: 12 hosts in 7.40 s, 2 answered, severity 2+3-2+1 answered
            83 00:00:08.600 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=14
                dport=80 frames=14 answeredBy=10.1.2.10,10.1.2.16 dur=7 ttl=51 flags=S answered=2 silent=12 site=ward #2 2000: tcp
                port 80 sweep of 10.1.2.0/26 by 203.0.113.66: 14 hosts in 7.60 s, 2 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void OfAWideScan()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.Syn(1 + i, Tapped.Actor, Tapped.Home(10 + i), 100 + i);
        }

        for (int i = 0; i < 12; i++)
        {
            tap.Syn(13 + (i * 0.4), "203.0.113.99", Tapped.Home(110 + i), 100 + i);
        }

        tap.Until(20).Syn(21, Tapped.Actor, Tapped.Home(40), 300).Syn(22, Tapped.Actor, Tapped.Home(41), 301)
            .Syn(22, "203.0.113.99", Tapped.Home(42), 301)
            .Until(30).Answer(31, Tapped.Actor, Tapped.Home(40), 300).Answer(32, Tapped.Actor, Tapped.Home(41), 301, "RA")
            .Answer(33, "203.0.113.99", Tapped.Home(42), 301).Until(40).Finish();
        tap.Tells("""
            84 00:00:08.000 scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8 dport=0
                frames=8 dur=7 ttl=51 flags=S silent=8 dports=100,101,102,103,104,105,106,107 site=ward #1 1000: tcp sweep of 10.1.2.0/27
                by 203.0.113.66: 8 hosts in 7.00 s, severity 2+3-2
            84 00:00:15.800 scan id=2 state=open severity=3 sid=0 proto=tcp src=203.0.113.99 srcs=1 dst=10.1.2.96/27 dsts=8
                dport=0 frames=8 dur=2 ttl=51 flags=S silent=8 dports=100,101,102,103,104,105,106,107 site=ward #2 1740: tcp sweep of
                10.1.2.96/27 by 203.0.113.99: 8 hosts in 2.80 s, severity 2+3-2
            83 00:00:22.000 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=14
                dport=0 frames=14 answeredBy=10.1.2.40 dur=21 ttl=51 flags=S answered=1 silent=13
                dports=100,101,102,103,104,105,106,107,108,109,110,111,300,301 site=ward #3 3100: tcp sweep of 10.1.2.0/26 by
                203.0.113.66: 14 hosts in 21 s, 1 answered
            83 00:00:22.000 scan id=2 state=update severity=4 sid=0 proto=tcp src=203.0.113.99 srcs=1 dst=10.1.2.0/25 dsts=13
                dport=0 frames=13 answeredBy=10.1.2.42 dur=9 ttl=51 flags=S answered=1 silent=12
                dports=100,101,102,103,104,105,106,107,108,109,110,111,301 site=ward #4 3300: tcp sweep of 10.1.2.0/25 by
                203.0.113.99: 13 hosts in 9.00 s, 1 answered
            83 00:00:22.000 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=14
                dport=0 frames=14 answeredBy=10.1.2.40 dur=21 ttl=51 flags=S answered=1 refused=1 silent=12
                dports=100,101,102,103,104,105,106,107,108,109,110,111,300,301 site=ward #5 4000: tcp sweep of 10.1.2.0/26 by
                203.0.113.66: 14 hosts in 21 s, 1 answered
            83 00:00:22.000 scan id=2 state=closed severity=4 sid=0 proto=tcp src=203.0.113.99 srcs=1 dst=10.1.2.0/25 dsts=13
                dport=0 frames=13 answeredBy=10.1.2.42 dur=9 ttl=51 flags=S answered=1 silent=12
                dports=100,101,102,103,104,105,106,107,108,109,110,111,301 site=ward #6 4000: tcp sweep of 10.1.2.0/25 by
                203.0.113.99: 13 hosts in 9.00 s, 1 answered
            """);
    }

    [TestMethod]
    public void OfAScanOverTwoPorts()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
        }

        tap.Until(10).Answer(11, Tapped.Actor, Tapped.Home(12), 80).Answer(13, Tapped.Actor, Tapped.Home(13), 443, "RA")
            .Until(20).Finish();
        tap.Tells("""
            84 00:00:02.400 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=1 ttl=51 flags=S silent=8 site=ward #1 280: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 1.40 s, severity 2+3-2
            84 00:00:02.500 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=0 frames=16 dur=1 ttl=51 flags=S silent=8 dports=80,443 site=ward #2 280: tcp sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 1.50 s, severity 2+3-2
            83 00:00:02.900 scan id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=0 frames=20 answeredBy=10.1.2.12 dur=1 ttl=51 flags=S answered=1 silent=9 dports=80,443 site=ward #3 1100:
                tcp sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 1.90 s, 1 answered, severity 2+3-2+1 answered
            83 00:00:02.900 scan id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=0 frames=20 answeredBy=10.1.2.12 dur=1 ttl=51 flags=S answered=1 refused=1 silent=8 dports=80,443 site=ward
                #4 2000: tcp sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 1.90 s, 1 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void AHostThatRefusesLateAtTwoPortsIsOne()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
        }

        tap.Until(10).Answer(11, Tapped.Actor, Tapped.Home(13), 80, "RA").Answer(12, Tapped.Actor, Tapped.Home(13), 443, "RA")
            .Answer(13, Tapped.Actor, Tapped.Home(14), 443, "RA").Until(20).Finish();
        StringAssert.Contains(tap.Said, "state=closed", tap.Said);
        StringAssert.Contains(tap.Said,
            "dsts=10 dport=0 frames=20 dur=1 ttl=51 flags=S refused=2 silent=8 dports=80,443 site=ward", tap.Said);
    }
}
