using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which targets and attempts a suspicion brings into its incident: whole lines.</summary>
[TestClass]
public sealed class TargetReplayLinesTests
{
    private const string Outside = "2001:db8:ffff::7";

    private const string Six = """
        [site]
        name = "ward"
        home = ["10.1.2.0/24", "2001:db8:1::/64"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        """;

    private const string Wide = """
        [site]
        name = "campus"
        home = ["10.1.0.0/22"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        """;

    [TestMethod]
    public void WhoAnsweredBeforeTheFirstFailureIsATarget()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 30; i++)
        {
            tap.Syn(40 + i, Tapped.Actor, Tapped.Home(10 + i), 80);
            if (i is 0 or 1 or 2 or 3 or 6 or 9 or 12)
            {
                tap.Answer(40.1 + i, Tapped.Actor, Tapped.Home(10 + i), 80, i == 3 ? "RA" : "SA");
            }
        }

        tap.Until(100).Finish();
        tap.Tells("""
            83 00:00:53.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27
                dsts=14 dport=80 frames=14 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.16+ dur=13 ttl=51 flags=S
                answered=6 refused=1 silent=4 dark=3 site=ward #1 5500: tcp port 80 sweep of 10.1.2.0/27 by
                203.0.113.66: 14 hosts in 13 s, 6 answered
            83 00:01:07.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=28 dport=80 frames=28 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.16+ dur=27 ttl=51 flags=S
                answered=6 refused=1 silent=8 dark=13 site=ward #2 6700: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 28 hosts in 27 s, 6 answered
            83 00:01:09.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=30 dport=80 frames=30 answeredBy=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.16+ dur=29 ttl=51 flags=S
                answered=6 refused=1 silent=9 dark=14 site=ward #3 10000: tcp port 80 sweep of 10.1.2.0/26 by
                203.0.113.66: 30 hosts in 29 s, 6 answered
            """);
    }

    [TestMethod]
    public void ASlowOneWhoseFirstAttemptsAreForgotten()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 24; i++)
        {
            tap.Syn(400 + (i * 400), Tapped.Actor, Tapped.Home(10 + (i * 3)), 80);
            if (i < 6)
            {
                tap.Answer(400.1 + (i * 400), Tapped.Actor, Tapped.Home(10 + (i * 3)), 80);
            }

            tap.Until(404 + (i * 400));
            for (int k = 0; k < 40; k++)
            {
                tap.Talk(410 + (i * 400) + k, "10.1.2.200", "10.1.2.201", 2000 + k);
            }
        }

        tap.Until(12_000).Finish();
        tap.TellsByItsKeys("""
            83 01:33:20.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=14 dport=80 frames=14 dur=2800 ttl=51 flags=S answered=6 dark=8 site=ward #1 560000: tcp port 80
                sweep of 10.1.2.0/26 by 203.0.113.66: 14 hosts in 46 minutes, 6 answered, severity 2+3-2+1 answered
            83 02:40:00.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/25
                dsts=24 dport=80 frames=24 dur=6800 ttl=51 flags=S answered=6 dark=18 site=ward #2 1200000: tcp port
                80 sweep of 10.1.2.0/25 by 203.0.113.66: 24 hosts in 113 minutes, 6 answered, severity 2+3-2+1
                answered
            """);
    }

    [TestMethod]
    public void BySixAllTargetsOfOneOctetAreKnown()
    {
        Tapped tap = new Tapped(Six).Heard(1, 200, 201);
        for (int i = 0; i < 24; i++)
        {
            tap.SynSix(40 + i, Outside, Inside(16 + (i * 2)), 80, 3000, 50);
            if (i is 0 or 1 or 2 or 5 or 8)
            {
                tap.At(40.1 + i, Tapped.Lan.Ip(Inside(16 + (i * 2)), Outside).Tcp(80, 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Finish();
        tap.TellsByItsKeys("""
            83 00:00:52.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::/122 dsts=13 dport=80 frames=13 dur=12 ttl=50 flags=S sport=3000 answered=5 dark=8
                site=ward #1 5400: tcp port 80 sweep of 2001:db8:1::/122 by 2001:db8:ffff::7: 13 hosts in 12 s, all
                from source port 3000, 5 answered, severity 2+3-2+1 answered
            83 00:01:03.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::/122 dsts=24 dport=80 frames=24 dur=23 ttl=50 flags=S sport=3000 answered=5 dark=19
                site=ward #2 10000: tcp port 80 sweep of 2001:db8:1::/122 by 2001:db8:ffff::7: 24 hosts in 23 s, all
                from source port 3000, 5 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void BySixSpreadTargetsAreCounted()
    {
        Tapped tap = new Tapped(Six).Heard(1, 200, 201);
        for (int i = 0; i < 24; i++)
        {
            tap.SynSix(40 + i, Outside, Inside(0x110 + (i * 0x107)), 80, 3000, 50);
            if (i is 0 or 1 or 2 or 5 or 8)
            {
                tap.At(40.1 + i, Tapped.Lan.Ip(Inside(0x110 + (i * 0x107)), Outside).Tcp(80, 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Finish();
        tap.Tells("""
            83 00:00:52.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::/116 dsts=13 dport=80 frames=13 dur=12 ttl=50 flags=S sport=3000 answered=5 dark=8
                site=ward #1 5400: tcp port 80 sweep of 2001:db8:1::/116 by 2001:db8:ffff::7: 13 hosts in 12 s, all
                from source port 3000, 5 answered, severity 2+3-2+1 answered
            83 00:01:03.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::/115 dsts=24 dport=80 frames=24 dur=23 ttl=50 flags=S sport=3000 answered=5 dark=19
                site=ward #2 10000: tcp port 80 sweep of 2001:db8:1::/115 by 2001:db8:ffff::7: 24 hosts in 23 s, all
                from source port 3000, 5 answered, severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void InALargerNetworkTheLastAttemptsAreCountedByNumber()
    {
        Tapped tap = Live(new Tapped(Wide));
        for (int i = 0; i < 30; i++)
        {
            string target = Invariant($"10.1.{i & 3}.{10 + i}");
            tap.Syn(40 + i, Tapped.Actor, target, 80, 3000);
            if (i is 2 or 3 or 6 or 9 or 12)
            {
                tap.At(40.1 + i, Tapped.Lan.Ip(target, Tapped.Actor).Tcp(80, 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Finish();
        tap.TellsByItsKeys("""
            83 00:00:51.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=12 dport=80 frames=12 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16+ dur=11 ttl=51 flags=S sport=3000
                answered=4 silent=1 dark=7 site=campus #1 5300: tcp port 80 sweep of 10.1.0.0/22 by 203.0.113.66: 12
                hosts in 11 s, all from source port 3000, 4 answered
            83 00:01:03.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=24 dport=80 frames=24 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16,10.1.0.22+ dur=23 ttl=51 flags=S
                sport=3000 answered=5 silent=2 dark=17 site=campus #2 6300: tcp port 80 sweep of 10.1.0.0/22 by
                203.0.113.66: 24 hosts in 23 s, all from source port 3000
            83 00:01:09.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=30 dport=80 frames=30 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16,10.1.0.22+ dur=29 ttl=51 flags=S
                sport=3000 answered=5 silent=2 dark=23 site=campus #3 10000: tcp port 80 sweep of 10.1.0.0/22 by
                203.0.113.66: 30 hosts in 29 s, all from source port 3000
            """);
    }

    [TestMethod]
    public void ASlowOneInALargerNetworkIsCountedWithoutNumbers()
    {
        Tapped tap = Live(new Tapped(Wide));
        for (int i = 0; i < 30; i++)
        {
            string target = Invariant($"10.1.{i & 3}.{10 + i}");
            tap.Syn(400 + (i * 300), Tapped.Actor, target, 80, 3000);
            if (i is 2 or 3 or 6 or 9 or 12)
            {
                tap.At(400.1 + (i * 300), Tapped.Lan.Ip(target, Tapped.Actor).Tcp(80, 3000, "SA", 500, 1));
            }

            tap.Until(404 + (i * 300));
            for (int k = 0; k < 40; k++)
            {
                tap.Talk(410 + (i * 300) + k, "10.1.2.200", "10.1.2.201", 2000 + k);
            }
        }

        tap.Until(12_000).Finish();
        tap.TellsByItsKeys("""
            83 01:01:40.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=12 dport=80 frames=12 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16+ dur=3300 ttl=51 flags=S
                sport=3000 answered=4 silent=1 dark=7 site=campus #1 370000: tcp port 80 sweep of 10.1.0.0/22 by
                203.0.113.66: 12 hosts in 55 minutes, all from source port 3000
            83 02:01:40.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=24 dport=80 frames=24 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16,10.1.0.22+ dur=6900 ttl=51 flags=S
                sport=3000 answered=5 silent=2 dark=17 site=campus #2 730000: tcp port 80 sweep of 10.1.0.0/22 by
                203.0.113.66: 24 hosts in 115 minutes
            83 02:31:40.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.0.0/22
                dsts=30 dport=80 frames=30 answeredBy=10.1.2.12,10.1.3.13,10.1.2.16,10.1.0.22+ dur=8700 ttl=51 flags=S
                sport=3000 answered=5 silent=2 dark=23 site=campus #3 1200000: tcp port 80 sweep of 10.1.0.0/22 by
                203.0.113.66: 30 hosts in 2 hours
            """);
    }

    [TestMethod]
    public void OpenPortsOfAScanAreAmongItsPorts()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 24; i++)
        {
            tap.Syn(40 + i, Tapped.Actor, Tapped.Home(10), 100 + (i * 7), 3000);
            if (i is 1 or 2 or 5 or 8 or 11)
            {
                tap.At(40.1 + i, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(100 + (i * 7), 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:00:52.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=0 frames=13 answeredBy=107,114,135+ dur=12 ttl=51 flags=S sport=3000 answered=5 silent=8
                dports=107,114,135,100,121,128,142,149 site=ward #1 5400: port scan of 10.1.2.10: 13 ports in 12 s, by
                203.0.113.66, all from source port 3000
            84 00:01:03.000 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1
                dst=10.1.2.10 dsts=1 dport=0 frames=24 answeredBy=107,114,135+ dur=23 ttl=51 flags=S sport=3000
                answered=5 silent=19 dports=107,114,135,100,121,128,142,149,191,198,205,212,219,226,233,240 site=ward
                #2 10000: port scan of 10.1.2.10: 24 ports in 23 s, by 203.0.113.66
            """);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ItsOrderIsThatOfTheAttempts(bool byPort)
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 24; i++)
        {
            Step(tap, 40 + i, 10 + (i * 2), byPort ? 3000 + (i * 2) : 3000, byPort ? 7 : 500 + (i * 2));
            if (i is 1 or 4)
            {
                tap.At(40.1 + i, Tapped.Lan.Ip(Tapped.Home(10 + (i * 2)), Tapped.Actor)
                    .Tcp(80, byPort ? 3000 + (i * 2) : 3000, "SA", 500, 1));
            }
        }

        tap.Until(100).Finish();
        if (byPort)
        {
            tap.Tells("""
                83 00:00:49.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/27 dsts=10 dport=80 frames=10 answeredBy=10.1.2.12,10.1.2.18 dur=9 ttl=51 flags=S
                    stride=sport unseen=9 answered=2 silent=3 dark=5 site=ward #1 5100: tcp port 80 sweep of
                    10.1.2.0/27 by 203.0.113.66: 10 hosts in 9.00 s, in address order, by one tool
                83 00:01:00.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/26 dsts=21 dport=80 frames=21 answeredBy=10.1.2.12,10.1.2.18 dur=20 ttl=51
                    flags=S stride=sport unseen=20 answered=2 silent=7 dark=12 site=ward #2 6100: tcp port 80
                    sweep of 10.1.2.0/26 by 203.0.113.66: 21 hosts in 20 s, in address order, by one tool
                83 00:01:03.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/26 dsts=24 dport=80 frames=24 answeredBy=10.1.2.12,10.1.2.18 dur=23 ttl=51
                    flags=S stride=sport unseen=23 answered=2 silent=8 dark=14 site=ward #3 10000: tcp port 80
                    sweep of 10.1.2.0/26 by 203.0.113.66: 24 hosts in 23 s, in address order, by one tool
                """);
        }
        else
        {
            tap.Tells("""
                83 00:00:49.000 sweep id=1 state=open severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/27 dsts=10 dport=80 frames=10 answeredBy=10.1.2.12,10.1.2.18 dur=9 ttl=51 flags=S
                    sport=3000 stride=ipid unseen=9 answered=2 silent=3 dark=5 site=ward #1 5100: tcp port 80
                    sweep of 10.1.2.0/27 by 203.0.113.66: 10 hosts in 9.00 s, in address order
                83 00:01:00.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/26 dsts=21 dport=80 frames=21 answeredBy=10.1.2.12,10.1.2.18 dur=20 ttl=51
                    flags=S sport=3000 stride=ipid unseen=20 answered=2 silent=7 dark=12 site=ward #2 6100: tcp
                    port 80 sweep of 10.1.2.0/26 by 203.0.113.66: 21 hosts in 20 s, in address order
                83 00:01:03.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=203.0.113.66 srcs=1
                    dst=10.1.2.0/26 dsts=24 dport=80 frames=24 answeredBy=10.1.2.12,10.1.2.18 dur=23 ttl=51
                    flags=S sport=3000 stride=ipid unseen=23 answered=2 silent=8 dark=14 site=ward #3 10000: tcp
                    port 80 sweep of 10.1.2.0/26 by 203.0.113.66: 24 hosts in 23 s, in address order
                """);
        }
    }

    [TestMethod]
    public void RepeatedAttemptsOfTwoSuspicionsAreCountedOnce()
    {
        Tapped tap = Live(new Tapped());
        for (int round = 0; round < 3; round++)
        {
            for (int host = 0; host < 6; host++)
            {
                for (int port = 0; port < 7; port++)
                {
                    tap.Syn(40 + (round * 20) + (host * 2) + (port * 0.2), Tapped.Actor, Tapped.Home(10 + host), 80 + port, 3000 + round);
                }
            }
        }

        for (int i = 0; i < 8; i++)
        {
            tap.Syn(110 + i, Tapped.Actor, Tapped.Home(30 + i), 80, 3000);
        }

        tap.Until(200).Finish();
        tap.Tells("""
            84 00:00:46.000 scan id=1 state=open severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29
                dsts=4 dport=0 frames=22 dur=6 ttl=51 flags=S silent=4 dports=80,81,82,83,84,85,86 site=ward #1 4880:
                tcp sweep of 10.1.2.8/29 by 203.0.113.66: 4 hosts in 6.00 s, severity 2+3-2
            84 00:01:00.200 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29
                dsts=6 dport=0 frames=44 dur=20 ttl=51 flags=S silent=5 dark=1 dports=80,81,82,83,84,85,86 site=ward
                #2 6280: tcp sweep of 10.1.2.8/29 by 203.0.113.66: 6 hosts in 20 s, severity 2+3-2
            84 00:01:20.600 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29
                dsts=6 dport=0 frames=88 dur=40 ttl=51 flags=S silent=5 dark=1 dports=80,81,82,83,84,85,86 site=ward
                #3 8320: tcp sweep of 10.1.2.8/29 by 203.0.113.66: 6 hosts in 40 s, severity 2+3-2
            84 00:01:55.000 scan id=1 state=update severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=12 dport=0 frames=132 dur=75 ttl=51 flags=S silent=7 dark=5 dports=80,81,82,83,84,85,86 site=ward
                #4 11700: tcp sweep of 10.1.2.0/26 by 203.0.113.66: 12 hosts in 75 s, severity 2+3-2
            84 00:01:57.000 scan id=1 state=closed severity=3 sid=0 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26
                dsts=14 dport=0 frames=134 dur=77 ttl=51 flags=S silent=7 dark=7 dports=80,81,82,83,84,85,86 site=ward
                #5 20000: tcp sweep of 10.1.2.0/26 by 203.0.113.66: 14 hosts in 77 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void PolledBySixItNamesTheOneThatIsKnown()
    {
        Tapped tap = new Tapped(Six).Heard(1, 200, 201);
        tap.At(1, Tapped.Lan.Ip(Inside(0x200), Inside(0x201)).Udp(4000, 161, new byte[20]))
            .At(1.1, Tapped.Lan.Ip(Inside(0x201), Inside(0x200)).Udp(161, 4000, new byte[20]));
        for (int round = 0; round < 6; round++)
        {
            for (int host = 0; host < 3; host++)
            {
                double at = 100 + (round * 100) + (host * 20);
                tap.At(at, Tapped.Lan.Ip(Inside(0x200), Inside(0x10 + host)).Udp(4000 + host, 53, new byte[20])).Until(at + 4);
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:03:40.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=2001:db8:1::200 srcs=1
                dst=2001:db8:1::10/126 dsts=3 dport=53 frames=5 hosts=2001:db8:1::11+ dur=120 ttl=64 dark=3 site=ward
                #1 22000: 2001:db8:1::200 keeps asking 3 hosts that never spoke: 5 udp port 53 attempts, severity
                2+2-2
            85 00:06:40.000 dark-host id=1 state=update severity=2 sid=0 proto=udp src=2001:db8:1::200 srcs=1
                dst=2001:db8:1::10/126 dsts=3 dport=53 frames=10 hosts=2001:db8:1::11+ dur=300 ttl=64 dark=3 site=ward
                #2 40000: 2001:db8:1::200 keeps asking 3 hosts that never spoke: 10 udp port 53 attempts, severity
                2+2-2
            85 00:10:40.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=2001:db8:1::200 srcs=1
                dst=2001:db8:1::10/126 dsts=3 dport=53 frames=18 hosts=2001:db8:1::11+ dur=540 ttl=64 dark=3 site=ward
                #3 200000: 2001:db8:1::200 keeps asking 3 hosts that never spoke: 18 udp port 53 attempts, severity
                2+2-2
            """);
    }

    [TestMethod]
    public void AMixOfLivingAndDarkHostsIsPolled()
    {
        Tapped tap = Live(new Tapped());
        for (int round = 0; round < 6; round++)
        {
            for (int host = 0; host < 5; host++)
            {
                double at = 100 + (round * 100) + (host * 15);
                tap.At(at, Tapped.Lan.Ip("10.1.2.200", Tapped.Home(host < 2 ? 63 + host : 5 + (3 * host)))
                    .Udp(4000 + host, 53, new byte[20])).Until(at + 4);
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:03:35.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.0/25
                dsts=2 dport=53 frames=4 hosts=10.1.2.63,10.1.2.64 dur=115 ttl=64 dark=2 site=ward #1 21500:
                10.1.2.200 keeps asking 2 hosts that never spoke: 4 udp port 53 attempts, severity 2+2-2
            85 00:06:55.000 dark-host id=1 state=update severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1
                dst=10.1.2.0/25 dsts=2 dport=53 frames=8 hosts=10.1.2.63,10.1.2.64 dur=315 ttl=64 dark=2 site=ward #2
                41500: 10.1.2.200 keeps asking 2 hosts that never spoke: 8 udp port 53 attempts, severity 2+2-2
            85 00:10:15.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1
                dst=10.1.2.0/25 dsts=2 dport=53 frames=12 hosts=10.1.2.63,10.1.2.64 dur=515 ttl=64 dark=2 site=ward #3
                200000: 10.1.2.200 keeps asking 2 hosts that never spoke: 12 udp port 53 attempts, severity 2+2-2
            """);
    }

    [TestMethod]
    public void ANetworkSweepCountsEachOfItsSources()
    {
        Tapped tap = Live(new Tapped());
        for (int i = 0; i < 20; i++)
        {
            tap.Syn(40 + (i * 4), Invariant($"198.51.100.{7 + (i % 7)}"), Tapped.Home(10 + i), 80, 3000 + i);
            if (i is 3 or 6)
            {
                tap.At(40.1 + (i * 4), Tapped.Lan.Ip(Tapped.Home(10 + i), Invariant($"198.51.100.{7 + (i % 7)}"))
                    .Tcp(80, 3000 + i, "SA", 500, 1));
            }
        }

        tap.Until(200).Finish();
        tap.TellsByItsKeys("""
            84 00:01:28.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=5
                dst=10.1.2.0/27 dsts=10 dport=80 frames=10 dur=44 ttl=51 flags=S silent=3 dark=7 site=ward #1 8800:
                tcp port 80 sweep of 10.1.2.0/27 by 198.51.100.0/24: 10 hosts in 44 s, severity 2+3-2
            84 00:01:56.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=7
                dst=10.1.2.0/27 dsts=18 dport=80 frames=18 dur=72 ttl=51 flags=S silent=7 dark=11 site=ward #2 20000:
                tcp port 80 sweep of 10.1.2.0/27 by 198.51.100.0/24: 18 hosts in 72 s, severity 2+3-2
            """);
    }

    // One in three of the hosts from 10 to 69 lives, and both directions are seen.
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

    private static void Step(Tapped tap, double seconds, int host, int sourcePort, int identification) =>
        tap.At(seconds, (Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(host)) with { TimeToLive = 51, Identification = identification })
            .Tcp(sourcePort, 80, "S", (uint)(1000 + (host * 0x10001))));

    private static string Inside(int host) => Invariant($"2001:db8:1::{host:x}");
}
