using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which datagrams are questions: whole lines.</summary>
[TestClass]
public sealed class EvidenceLinesTests
{
    [TestMethod]
    public void DatagramsToClientsPortsAreAnswers()
    {
        var tap = new Tapped();
        for (int i = 0; i < 20; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Udp(4000, 32768 + i, new byte[20]));
            tap.At(1.5 + i, Tapped.Lan.Ip("203.0.113.7", Tapped.Home(10)).Udp(1023, 1024 + i, new byte[20]));
        }

        tap.Until(60).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void OthersAreAPortScan()
    {
        Tapped tap = new Tapped().Heard(0.5, 200, 201);
        for (int i = 0; i < 12; i++)
        {
            tap.At(60 + i, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Udp(4000, 32760 + (i % 8), new byte[20]));
            tap.At(60.3 + i, Tapped.Lan.Ip("203.0.113.7", Tapped.Home(11)).Udp(1024, 1024 + i, new byte[20]));
            tap.At(60.6 + i, Tapped.Lan.Ip("203.0.113.8", Tapped.Home(12)).Udp(1023, 1012 + i, new byte[20]));
        }

        tap.Until(100).Finish();
        tap.Tells("""
            84 00:01:07.000 port-scan id=1 state=open severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=64 sport=4000 silent=8 dports=32760,32761,32762,32763,32764,32765,32766,32767 site=ward
                #1 6960: port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.66, all from source port 4000, severity 2+3-2
            84 00:01:07.300 port-scan id=2 state=open severity=3 sid=0 proto=udp src=203.0.113.7 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=8 dur=7 ttl=64 sport=1024 silent=8 dports=1024,1025,1026,1027,1028,1029,1030,1031 site=ward #2
                7000: port scan of 10.1.2.11: 8 ports in 7.00 s, by 203.0.113.7, all from source port 1024, severity 2+3-2
            84 00:01:07.600 port-scan id=3 state=open severity=3 sid=0 proto=udp src=203.0.113.8 srcs=1 dst=10.1.2.12 dsts=1
                dport=0 frames=8 dur=7 ttl=64 sport=1023 silent=8 dports=1012,1013,1014,1015,1016,1017,1018,1019 site=ward #3
                7030: port scan of 10.1.2.12: 8 ports in 7.00 s, by 203.0.113.8, all from source port 1023, severity 2+3-2
            84 00:01:11.000 port-scan id=1 state=closed severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=12 dur=11 ttl=64 sport=4000 silent=8 dports=32760,32761,32762,32763,32764,32765,32766,32767
                site=ward #4 10000: port scan of 10.1.2.10: 8 ports in 11 s, by 203.0.113.66, all from source port 4000, severity
                2+3-2
            84 00:01:11.300 port-scan id=2 state=closed severity=3 sid=0 proto=udp src=203.0.113.7 srcs=1 dst=10.1.2.11 dsts=1
                dport=0 frames=12 dur=11 ttl=64 sport=1024 silent=12
                dports=1024,1025,1026,1027,1028,1029,1030,1031,1032,1033,1034,1035 site=ward #5 10000: port scan of 10.1.2.11: 12
                ports in 11 s, by 203.0.113.7, all from source port 1024, severity 2+3-2
            84 00:01:11.600 port-scan id=3 state=closed severity=3 sid=0 proto=udp src=203.0.113.8 srcs=1 dst=10.1.2.12 dsts=1
                dport=0 frames=12 dur=11 ttl=64 sport=1023 silent=12
                dports=1012,1013,1014,1015,1016,1017,1018,1019,1020,1021,1022,1023 site=ward #6 10000: port scan of 10.1.2.12: 12
                ports in 11 s, by 203.0.113.8, all from source port 1023, severity 2+3-2
            """);
    }

    [TestMethod]
    public void RefusedOnesAreQuestions()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            byte[] frame = Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Udp(4000, 33434 + i, new byte[20]);
            tap.At(1 + i, frame).At(1.1 + i, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).PortUnreachable(frame));
        }

        tap.Until(60).Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=8 dur=7 ttl=64 sport=4000 refused=8 dports=33434,33435,33436,33437,33438,33439,33440,33441
                site=ward #1 1000: port scan of 10.1.2.10: 8 ports in 7.00 s, by 203.0.113.66, all from source port 4000, severity
                2+3-2
            84 00:00:12.000 port-scan id=1 state=closed severity=3 sid=0 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10 dsts=1
                dport=0 frames=12 dur=11 ttl=64 sport=4000 refused=12
                dports=33434,33435,33436,33437,33438,33439,33440,33441,33442,33443,33444,33445 site=ward #2 6000: port scan of
                10.1.2.10: 12 ports in 11 s, by 203.0.113.66, all from source port 4000, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AMonitorThatPollsLivingAndDeadHosts()
    {
        var tap = new Tapped();
        for (int i = 0; i < 14; i++)
        {
            tap.Heard(1 + (i * 0.1), 10 + i);
        }

        tap.Heard(5, 200);
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 17; i++)
            {
                double at = 100 + (round * 60) + i;
                tap.At(at, Tapped.Lan.Ip("10.1.2.200", Tapped.Home(10 + i)).Udp(4000 + i, 161, new byte[20]));
            }

            tap.Until(140 + (round * 60));
        }

        tap.Until(2000).Finish();
        tap.Tells("""
            85 00:03:55.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.24/30 dsts=3
                dport=161 frames=5 hosts=10.1.2.24,10.1.2.25,10.1.2.26 dur=135 ttl=64 dark=3 site=ward #1 23600: 10.1.2.200 keeps
                asking 3 hosts that never spoke: 5 udp port 161 attempts, severity 2+2-2
            85 00:05:54.000 dark-host id=1 state=update severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.24/30 dsts=3
                dport=161 frames=10 hosts=10.1.2.24,10.1.2.25,10.1.2.26 dur=254 ttl=64 dark=3 site=ward #2 35600: 10.1.2.200 keeps
                asking 3 hosts that never spoke: 10 udp port 161 attempts, severity 2+2-2
            85 00:05:56.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=10.1.2.200 srcs=1 dst=10.1.2.24/30 dsts=3
                dport=161 frames=12 hosts=10.1.2.24,10.1.2.25,10.1.2.26 dur=256 ttl=64 dark=3 site=ward #3 200000: 10.1.2.200
                keeps asking 3 hosts that never spoke: 12 udp port 161 attempts, severity 2+2-2
            """);
    }
}
