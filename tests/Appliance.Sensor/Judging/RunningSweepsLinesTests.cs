using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What joins a running sweep by its short way: whole lines.</summary>
[TestClass]
public sealed class RunningSweepsLinesTests
{
    [TestMethod]
    public void OneSourcePortUntilAnotherComes()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 22, 40);
        for (int i = 0; i < 8; i++)
        {
            tap.Syn(60 + (i * 0.1), Tapped.Actor, Tapped.Home(10 + i), 80, 4444);
        }

        tap.Until(65);
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(66 + (i * 0.2), Tapped.Actor, Tapped.Home(20 + i), 80, 4444);
        }

        tap.Until(72).Until(80);
        for (int i = 0; i < 20; i++)
        {
            tap.Syn(81 + i, Tapped.Actor, Tapped.Home(30 + i), 80, 4444);
        }

        tap.Until(110).Syn(111, Tapped.Actor, Tapped.Home(190), 80, 4445).Syn(112, Tapped.Actor, Tapped.Home(191), 80, 4445)
            .Syn(113, Tapped.Actor, Tapped.Home(191), 80, 4446).Until(120).Finish();
        tap.Tells("""
            84 00:01:00.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S sport=4444 dark=8 site=ward #1 6060: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 8 hosts in 0.70 s, all from source port 4444, severity 2+3-2
            84 00:01:07.800 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=18
                dport=80 frames=18 dur=7 ttl=51 flags=S sport=4444 silent=1 dark=17 site=ward #2 7200: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.66: 18 hosts in 7.80 s, all from source port 4444, severity 2+3-2
            84 00:01:38.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=36
                dport=80 frames=36 dur=38 ttl=51 flags=S sport=4444 silent=2 dark=34 site=ward #3 9800: tcp port 80 sweep of
                10.1.2.0/26 by 203.0.113.66: 36 hosts in 38 s, all from source port 4444, severity 2+3-2
            84 00:01:53.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/24 dsts=40
                dport=80 frames=41 dur=53 ttl=51 flags=S silent=2 dark=38 site=ward #4 12000: tcp port 80 sweep of 10.1.2.0/24 by
                203.0.113.66: 40 hosts in 53 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void LateAnswersOfDarkAndLivingHosts()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 22, 23).Sweep(60, 80, 10, 8).Until(65).Sweep(66, 80, 20, 6).Until(70);
        tap.Answer(71, Tapped.Actor, Tapped.Home(21), 80).Answer(72, Tapped.Actor, Tapped.Home(22), 80)
            .Answer(73, Tapped.Actor, Tapped.Home(23), 80, "RA")
            .Answer(74, Tapped.Actor, Tapped.Home(24), 80, "RA").Until(80).Finish();
        tap.Tells("""
            84 00:01:00.700 sweep id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S dark=8 site=ward #1 6060: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66:
                8 hosts in 0.70 s, severity 2+3-2
            83 00:01:06.500 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=14
                dport=80 frames=14 answeredBy=10.1.2.21 dur=6 ttl=51 flags=S answered=1 silent=2 dark=11 site=ward #2 7100: tcp
                port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 14 hosts in 6.50 s, 1 answered, severity 2+3-2+1 answered
            83 00:01:06.500 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=14
                dport=80 frames=14 answeredBy=10.1.2.21,10.1.2.22 dur=6 ttl=51 flags=S answered=2 refused=2 dark=10 site=ward #3
                8000: tcp port 80 sweep of 10.1.2.0/27 by 203.0.113.66: 14 hosts in 6.50 s, 2 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void AnExpectedSweepIsToldOnceADay()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8, actor: "203.0.113.5").Until(10);
        tap.Sweep(86_300, 80, 30, 20, actor: "203.0.113.5").Until(86_350).Sweep(86_500, 80, 60, 3, actor: "203.0.113.5").Until(86_600);
        tap.Sweep(90_000, 80, 90, 30, actor: "203.0.113.5").Until(90_100).Finish();
        tap.Tells("""
            86 00:00:01.700 sweep id=1 state=open severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=80 frames=8 dur=0 ttl=51 flags=S silent=8 expected="a console" site=ward #1 160: tcp port 80 sweep of
                10.1.2.0/27 by 203.0.113.5: 8 hosts in 0.70 s, expected: a console
            86 1970-01-02T00:01:40.000 sweep id=1 state=update severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/26
                dsts=29 dport=80 frames=29 dur=86499 ttl=51 flags=S silent=29 expected="a console" site=ward #2 8650000: tcp port
                80 sweep of 10.1.2.0/26 by 203.0.113.5: 29 hosts in 24 hours, expected: a console
            86 1970-01-02T01:00:02.900 sweep id=1 state=closed severity=1 sid=0 proto=tcp src=203.0.113.5 srcs=1 dst=10.1.2.0/25
                dsts=61 dport=80 frames=61 dur=90001 ttl=51 flags=S silent=61 expected="a console" site=ward #3 9010000: tcp port
                80 sweep of 10.1.2.0/25 by 203.0.113.5: 61 hosts in 25 hours, expected: a console
            """);
    }
}
