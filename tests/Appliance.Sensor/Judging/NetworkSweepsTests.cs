using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a /24 is one actor: whole lines.</summary>
[TestClass]
public sealed class NetworkSweepsTests
{
    [TestMethod]
    public void ThreeSourcesWithOtherTtlsAndOutcomes()
    {
        var tap = new Tapped();
        for (int i = 0; i < 6; i++)
        {
            tap.Syn(1 + (i * 5), Invariant($"198.51.100.{7 + (i * 40)}"), Tapped.Home(10 + i), 12345, 3000 + i, 50 + i);
            if (i is 1 or 4)
            {
                tap.At(1.1 + (i * 5), Tapped.Lan.Ip(Tapped.Home(10 + i), Invariant($"198.51.100.{7 + (i * 40)}"))
                    .Tcp(12345, 3000 + i, i == 1 ? "RA" : "SA", i == 1 ? 0 : 500, 1));
            }

            tap.Until(5 + (i * 5));
        }

        tap.Finish();
        tap.Tells("""
            85 00:00:11.000 sweep id=1 state=open severity=2 sid=1 proto=tcp src=198.51.100.0/24 srcs=3 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=10 ttl=50-52 flags=S refused=1 silent=2 site=ward #1 1100: NetBus sweep of
                10.1.2.8/29 by 198.51.100.0/24: 3 hosts in 10 s, severity 2+2-2
            84 00:00:21.000 sweep id=1 state=update severity=3 sid=1 proto=tcp src=198.51.100.0/24 srcs=5 dst=10.1.2.8/29 dsts=5
                dport=12345 frames=5 name=NetBus answeredBy=10.1.2.14 dur=20 ttl=50-54 flags=S answered=1 refused=1 silent=3
                site=ward #2 2100: NetBus sweep of 10.1.2.8/29 by 198.51.100.0/24: 5 hosts in 20 s, 1 answered, severity 2+2-2+1
                answered
            84 00:00:26.000 sweep id=1 state=closed severity=3 sid=1 proto=tcp src=198.51.100.0/24 srcs=6 dst=10.1.2.8/29 dsts=6
                dport=12345 frames=6 name=NetBus answeredBy=10.1.2.14 dur=25 ttl=50-55 flags=S answered=1 refused=1 silent=4
                site=ward #3 3000: NetBus sweep of 10.1.2.8/29 by 198.51.100.0/24: 6 hosts in 25 s, 1 answered, severity 2+2-2+1
                answered
            """);
    }

    [TestMethod]
    public void PlainPortsNeedTheWalk()
    {
        var tap = new Tapped();
        for (int i = 0; i < 14; i++)
        {
            tap.Syn(1 + (i * 4), Invariant($"198.51.100.{7 + (i % 5)}"), Tapped.Home(10 + i), 80, 3000 + i);
        }

        tap.Until(80).Finish();
        tap.Tells("""
            84 00:00:37.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=5 dst=10.1.2.0/27 dsts=10
                dport=80 frames=10 dur=32 ttl=51 flags=S silent=10 site=ward #1 3700: tcp port 80 sweep of 10.1.2.0/27 by
                198.51.100.0/24: 10 hosts in 32 s, severity 2+3-2
            84 00:00:53.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=198.51.100.0/24 srcs=5 dst=10.1.2.0/27 dsts=14
                dport=80 frames=14 dur=48 ttl=51 flags=S silent=14 site=ward #2 8000: tcp port 80 sweep of 10.1.2.0/27 by
                198.51.100.0/24: 14 hosts in 48 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void OneSourceMoreOfAKnownNetwork()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            tap.Syn(1 + i, Invariant($"198.51.100.{7 + i}"), Tapped.Home(10 + i), 12345);
        }

        tap.Until(10).Syn(20, "198.51.100.7", Tapped.Home(10), 12345, 9000).Until(30)
            .Syn(31, "198.51.100.8", Tapped.Home(99), 12345).Until(40).Finish();
        tap.Tells("""
            85 00:00:03.000 sweep id=1 state=open severity=2 sid=1 proto=tcp src=198.51.100.0/24 srcs=3 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=2 ttl=51 flags=S silent=3 site=ward #1 300: NetBus sweep of 10.1.2.8/29 by
                198.51.100.0/24: 3 hosts in 2.00 s, severity 2+2-2
            85 00:00:31.000 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=198.51.100.0/24 srcs=3 dst=10.1.2.0/25 dsts=4
                dport=12345 frames=5 name=NetBus dur=30 ttl=51 flags=S silent=4 site=ward #2 4000: NetBus sweep of 10.1.2.0/25 by
                198.51.100.0/24: 4 hosts in 30 s, severity 2+2-2
            """);
    }
}
