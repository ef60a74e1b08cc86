using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>The polling of hosts that never spoke: whole lines.</summary>
[TestClass]
public sealed class DarkPollingTests
{
    [TestMethod]
    public void PollingWithATimer()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int round = 0; round < 4; round++)
        {
            for (int host = 0; host < 3; host++)
            {
                for (int again = 0; again < 3; again++)
                {
                    double at = 100 + (round * 300) + (host * 20) + (again * 5);
                    tap.At(at, Tapped.Lan.Ip("10.1.2.200", Tapped.Home(10 + host)).Udp(4000 + host, 53, new byte[20])).Until(at + 4);
                }
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:02:05.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=53 frames=5 hosts=10.1.2.10,10.1.2.11 dur=25 ttl=64 dark=2 site=ward #1 12500: 10.1.2.200 keeps asking 2
                hosts that never spoke: 5 udp port 53 attempts, severity 2+2-2
            85 00:06:40.000 dark-host id=1 state=update severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=53 frames=10 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=300 ttl=64 dark=3 period=5 site=ward #2 40000:
                10.1.2.200 keeps asking 3 hosts that never spoke, in runs of 3, 5 s apart: a resolver's retry timer, severity
                2+2-2
            85 00:11:45.000 dark-host id=1 state=update severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=53 frames=20 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=605 ttl=64 dark=3 period=5 site=ward #3 70500:
                10.1.2.200 keeps asking 3 hosts that never spoke, in runs of 3, 5 s apart: a resolver's retry timer, severity
                2+2-2
            85 00:17:30.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=53 frames=36 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=950 ttl=64 dark=3 period=5 site=ward #4 200000:
                10.1.2.200 keeps asking 3 hosts that never spoke, in runs of 3, 5 s apart: a resolver's retry timer, severity
                2+2-2
            """);
    }

    [TestMethod]
    public void PollingByTcpOfHostsThatWakeUp()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int round = 0; round < 6; round++)
        {
            for (int host = 0; host < 3; host++)
            {
                double at = 100 + (round * 100) + (host * 10);
                if (round == 3 + host)
                {
                    tap.Heard(at - 1, 10 + host);
                }

                tap.Syn(at, "10.1.2.200", Tapped.Home(10 + host), 104, 3000 + (round * 7) + host).Until(at + 5);
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:03:30.000 dark-host id=1 state=open severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=104 frames=5 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=110 ttl=51 flags=S dark=3 site=ward #1 21000:
                10.1.2.200 keeps asking 3 hosts that never spoke: 5 tcp port 104 attempts, severity 2+2-2
            85 00:06:50.000 dark-host id=1 state=update severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=104 frames=10 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=310 ttl=51 flags=S silent=1 dark=2 site=ward #2 41000:
                10.1.2.200 keeps asking 3 hosts that were silent, 1 of them live now: 10 tcp port 104 attempts, severity 2+2-2
            85 00:08:40.000 dark-host id=1 state=update severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=104 frames=12 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=420 ttl=51 flags=S silent=3 site=ward #3 62500:
                10.1.2.200 keeps asking 3 hosts that never answered: 12 tcp port 104 attempts, severity 2+2-2
            85 00:08:40.000 dark-host id=1 state=closed severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=104 frames=12 hosts=10.1.2.10,10.1.2.11,10.1.2.12 dur=420 ttl=51 flags=S silent=3 site=ward #4 200000:
                10.1.2.200 keeps asking 3 hosts that never answered: 12 tcp port 104 attempts, severity 2+2-2
            """);
    }

    [TestMethod]
    public void PollingThatWalksIsASweep()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int i = 0; i < 16; i++)
        {
            tap.Syn(100 + (i * 10), "10.1.2.200", Tapped.Home(10 + (i < 6 ? i % 2 : i)), 104, 3000 + (i * 7)).Until(105 + (i * 10));
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:02:10.000 dark-host id=1 state=open severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.10/31 dsts=2
                dport=104 frames=4 hosts=10.1.2.10,10.1.2.11 dur=30 ttl=51 flags=S dark=2 site=ward #1 13000: 10.1.2.200 keeps
                asking 2 hosts that never spoke: 4 tcp port 104 attempts, severity 2+2-2
            85 00:02:50.000 dark-host id=1 state=update severity=2 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.0/27 dsts=4
                dport=104 frames=8 hosts=10.1.2.10,10.1.2.11,10.1.2.16,10.1.2.17 dur=70 ttl=51 flags=S dark=4 site=ward #2 17000:
                10.1.2.200 keeps asking 4 hosts that never spoke: 8 tcp port 104 attempts, severity 2+2-2
            84 00:03:30.000 sweep id=1 state=update severity=3 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.0/27 dsts=8
                dport=104 frames=12 dur=110 ttl=51 flags=S dark=8 site=ward #3 21000: tcp port 104 sweep of 10.1.2.0/27 by
                10.1.2.200: 8 hosts in 110 s, severity 2+3-2
            84 00:04:10.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=10.1.2.200 srcs=1 dst=10.1.2.0/27 dsts=12
                dport=104 frames=16 dur=150 ttl=51 flags=S dark=12 site=ward #4 200000: tcp port 104 sweep of 10.1.2.0/27 by
                10.1.2.200: 12 hosts in 2 minutes, severity 2+3-2
            """);
    }

    [TestMethod]
    public void WhereNobodyElseIsHeardFourSilentHostsArePolled()
    {
        var tap = new Tapped();
        for (int round = 0; round < 5; round++)
        {
            for (int host = 0; host < 4; host++)
            {
                double at = 100 + (round * 60) + (host * 10);
                tap.At(at, Tapped.Lan.Ip("10.1.2.200", Tapped.Home(10 + host)).Udp(4000 + host, 53, new byte[20])).Until(at + 4);
            }
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:04:10.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=4
                dport=53 frames=12 hosts=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13 dur=150 ttl=64 silent=4 site=ward #1 25000:
                10.1.2.200 keeps asking 4 hosts that never answered: 12 udp port 53 attempts, severity 2+2-2
            85 00:06:10.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.8/29 dsts=4
                dport=53 frames=20 hosts=10.1.2.10,10.1.2.11,10.1.2.12,10.1.2.13 dur=270 ttl=64 silent=4 site=ward #2 200000:
                10.1.2.200 keeps asking 4 hosts that never answered: 20 udp port 53 attempts, severity 2+2-2
            """);
    }
}
