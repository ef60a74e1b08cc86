using System.Net;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>The same by IPv6: whole lines.</summary>
[TestClass]
public sealed class SixLinesTests
{
    private const string Outside = "2001:db8:ffff::7";

    private const string Six = """
        [site]
        name = "ward"
        home = ["10.1.2.0/24", "2001:db8:1::/64"]
        [groups]
        SERVERS = ["10.1.2.4/30", "2001:db8:1::4/126"]
        """;

    [TestMethod]
    public void ASweep()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 12; i++)
        {
            tap.SynSix(1 + i, Outside, Inside(16 + i), 80, 3000 + (i * 77), 50 + (i % 2));
            if (i is 5 or 10)
            {
                tap.At(1.1 + i, Tapped.Lan.Ip(Inside(16 + i), Outside).Tcp(80, 3000 + (i * 77), i == 5 ? "RA" : "SA", i == 5 ? 0 : 500, 1));
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/125
                dsts=8 dport=80 frames=8 dur=7 ttl=50-51 flags=S refused=1 silent=7 site=ward #1 1000: tcp port 80 sweep of
                2001:db8:1::10/125 by 2001:db8:ffff::7: 8 hosts in 7.00 s, severity 2+3-2
            83 00:00:11.000 sweep id=1 state=update severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/124
                dsts=9 dport=80 frames=9 answeredBy=2001:db8:1::1a dur=10 ttl=50-51 flags=S answered=1 refused=1 silent=7
                site=ward #2 1100: tcp port 80 sweep of 2001:db8:1::10/124 by 2001:db8:ffff::7: 9 hosts in 10 s, 1 answered,
                severity 2+3-2+1 answered
            83 00:00:12.000 sweep id=1 state=closed severity=4 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/124
                dsts=12 dport=80 frames=12 answeredBy=2001:db8:1::1a dur=11 ttl=50-51 flags=S answered=1 refused=1 silent=10
                site=ward #3 3000: tcp port 80 sweep of 2001:db8:1::10/124 by 2001:db8:ffff::7: 12 hosts in 11 s, 1 answered,
                severity 2+3-2+1 answered
            """);
    }

    [TestMethod]
    public void WhoHasNoAddressAndLooksForOneNeighbourAfterTheOtherSweeps()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 30; i++)
        {
            tap.At(1 + i, Solicitation([2, 0, 0, 0, 0, 9], "::", Inside(16 + i)));
            if (i == 5)
            {
                tap.At(1.1 + i, Advertisement(Inside(16 + i), "ff02::1"));
            }
        }

        tap.Until(60).Finish();
        tap.Tells("""
            84 00:00:24.000 sweep id=1 state=open severity=3 sid=0 proto=ndp src=02:00:00:00:00:09 srcs=1 dst=2001:db8:1::/122
                dsts=24 dport=0 frames=24 dur=23 answered=1 silent=23 site=ward #1 2600: ndp sweep of 2001:db8:1::/122 by
                02:00:00:00:00:09: 24 hosts in 23 s, 1 answered, severity 2+3-2
            84 00:00:30.000 sweep id=1 state=closed severity=3 sid=0 proto=ndp src=02:00:00:00:00:09 srcs=1
                dst=2001:db8:1::/122 dsts=30 dport=0 frames=30 dur=29 answered=1 silent=29 site=ward #2 6000: ndp sweep of
                2001:db8:1::/122 by 02:00:00:00:00:09: 30 hosts in 29 s, 1 answered, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TheNetworkOfAFastSweepCoversWhoWasAsked()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 30; i++)
        {
            tap.At(1 + (0.2 * i), Solicitation([2, 0, 0, 0, 0, 9], "fe80::9", Inside(16 + i)));
            if (i % 4 == 0)
            {
                tap.At(1.01 + (0.2 * i), Advertisement(Inside(16 + i), "fe80::9"));
            }
        }

        tap.Until(60).Finish();
        Tapped.Has(tap.Last, "sweep", "src=fe80::9 dst=2001:db8:1::/122 dsts=30 proto=ndp");
    }

    [TestMethod]
    public void HostsThatComeUpLookWhetherTheirAddressesAreFree()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 40; i++)
        {
            foreach (string own in new[] { Invariant($"fe80::{i + 16:x}"), Inside(16 + i), Inside(1_016 + i), Inside(2_016 + i) })
            {
                tap.At(1 + i, Solicitation([2, 0, 0, 0, 1, (byte)i], "::", own));
            }
        }

        tap.Until(100).Finish();
        tap.Tells(string.Empty);
    }

    [TestMethod]
    public void APortScan()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 12; i++)
        {
            tap.SynSix(1 + i, Outside, Inside(16), 80 + i, 3000, 50);
            if (i is 5 or 10)
            {
                tap.At(1.1 + i, Tapped.Lan.Ip(Inside(16), Outside).Tcp(80 + i, 3000, i == 5 ? "RA" : "SA", i == 5 ? 0 : 500, 1));
            }
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 port-scan id=1 state=open severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10
                dsts=1 dport=0 frames=8 dur=7 ttl=50 flags=S sport=3000 refused=1 silent=7 dports=80,81,82,83,84,85,86,87
                site=ward #1 1000: port scan of 2001:db8:1::10: 8 ports in 7.00 s, by 2001:db8:ffff::7, all from source port 3000,
                severity 2+3-2
            84 00:00:12.000 port-scan id=1 state=closed severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10
                dsts=1 dport=0 frames=12 answeredBy=90 dur=11 ttl=50 flags=S sport=3000 answered=1 refused=1 silent=10
                dports=90,80,81,82,83,84,85,86,87,88,89,91 site=ward #2 3000: port scan of 2001:db8:1::10: 12 ports in 11 s, by
                2001:db8:ffff::7
            """);
    }

    [TestMethod]
    public void TwoWalksAtOnce()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 12; i++)
        {
            tap.SynSix(1 + i, Outside, Inside(16 + i), 80, 3000, 50).SynSix(1.5 + i, Outside, Inside(16 + i), 443, 3000, 50);
        }

        tap.Until(30).Finish();
        tap.Tells("""
            84 00:00:08.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/125
                dsts=8 dport=80 frames=8 dur=7 ttl=50 flags=S sport=3000 silent=8 site=ward #1 1050: tcp port 80 sweep of
                2001:db8:1::10/125 by 2001:db8:ffff::7: 8 hosts in 7.00 s, all from source port 3000, severity 2+3-2
            84 00:00:11.000 scan id=1 state=update severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/124
                dsts=9 dport=0 frames=17 dur=10 ttl=50 flags=S sport=3000 silent=9 dports=80,443 site=ward #2 1100: tcp sweep of
                2001:db8:1::10/124 by 2001:db8:ffff::7: 9 hosts in 10 s, all from source port 3000, severity 2+3-2
            84 00:00:12.500 scan id=1 state=closed severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1 dst=2001:db8:1::10/124
                dsts=12 dport=0 frames=24 dur=11 ttl=50 flags=S sport=3000 silent=12 dports=80,443 site=ward #3 3000: tcp sweep of
                2001:db8:1::10/124 by 2001:db8:ffff::7: 12 hosts in 11 s, all from source port 3000, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ATrojanInUse()
    {
        Tapped tap = new Tapped(Six).SynSix(1, Outside, Inside(16), 12345, 3000, 50);
        tap.At(1.1, Tapped.Lan.Ip(Inside(16), Outside).Tcp(12345, 3000, "SA", 500, 1001));
        tap.At(2, Tapped.Lan.Ip(Outside, Inside(16)).Tcp(3000, 12345, "PA", 1001, 501, payload: new byte[9]));
        tap.At(2.1, Tapped.Lan.Ip(Inside(16), Outside).Tcp(12345, 3000, "FA", 501, 2000)).Until(10).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void ADistributedProbe()
    {
        Tapped tap = new Tapped(Six);
        for (int i = 0; i < 5; i++)
        {
            tap.SynSix(1 + (i * 5), Invariant($"2001:db8:{51 + i}::7"), Inside(16), 12345, 3000, 50 + i).Until(5 + (i * 5));
        }

        tap.Until(100).Finish();
        tap.Tells("""
            85 00:00:11.000 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=various srcs=3 dst=2001:db8:1::10
                dsts=1 dport=0 frames=3 name=NetBus dur=10 ttl=50-52 flags=S dports=12345 site=ward #1 1100: 3 sources probe
                unserved ports of 2001:db8:1::10, hop counts spread (separate places), severity 2+2-2
            85 00:00:16.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=2001:db8:54::7 srcs=4
                dst=2001:db8:1::10 dsts=1 dport=0 frames=4 name=NetBus dur=15 ttl=50-53 flags=S dports=12345 site=ward #2 1600:
                2001:db8:54::7 joins: 4 sources probe unserved ports of 2001:db8:1::10, hop counts spread (separate places),
                severity 2+2-2
            85 00:00:21.000 distributed-probe id=1 state=update severity=2 sid=1 proto=tcp src=2001:db8:55::7 srcs=5
                dst=2001:db8:1::10 dsts=1 dport=0 frames=5 name=NetBus dur=20 ttl=50-54 flags=S dports=12345 site=ward #3 2100:
                2001:db8:55::7 joins: 5 sources probe unserved ports of 2001:db8:1::10, hop counts spread (separate places),
                severity 2+2-2
            85 00:00:21.000 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=various srcs=5 dst=2001:db8:1::10
                dsts=1 dport=0 frames=5 name=NetBus dur=20 ttl=50-54 flags=S dports=12345 site=ward #4 10000: 5 sources probe
                unserved ports of 2001:db8:1::10, hop counts spread (separate places), severity 2+2-2
            """);
    }

    [TestMethod]
    public void AnInverseMap()
    {
        Tapped tap = new Tapped(Six).At(1, Tapped.Lan.Ip(Inside(1), Inside(2)).Udp(4000, 161, new byte[20]))
            .At(1.1, Tapped.Lan.Ip(Inside(2), Inside(1)).Udp(161, 4000, new byte[20]));
        for (int i = 0; i < 4; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip(i == 3 ? "2001:db8:ffff::9" : Outside, Inside(16 + i)).Tcp(80, 3000 + i, "RA", 0, 88));
        }

        tap.Until(120).Finish();
        tap.Tells("""
            84 00:01:42.000 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::10/126 dsts=3 dport=0 frames=3 dur=2 ttl=64 flags=RA sport=80 site=ward #1 10300: 3 resets from
                2001:db8:ffff::7 port 80 to 3 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs
                them, severity 2+3-2
            84 00:01:43.000 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=2001:db8:ffff::/64 srcs=2
                dst=2001:db8:1::10/126 dsts=4 dport=0 frames=4 dur=3 ttl=64 flags=RA sport=80 site=ward #2 12000: 4 resets from
                2001:db8:ffff::/64 port 80 to 4 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs
                them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void TheRestrictedService()
    {
        Tapped tap = new Tapped(Six).SynSix(1, Outside, Inside(5), 5900, 3000, 50).Until(6).SynSix(7, Outside, Inside(6), 5900, 3000, 50);
        tap.At(7.1, Tapped.Lan.Ip(Inside(6), Outside).Tcp(5900, 3000, "SA", 500, 1)).Until(12);
        tap.At(13, Tapped.Lan.Ip(Inside(5), Outside).Tcp(5900, 3000, "SA", 500, 1)).Until(20).Finish();
        tap.Tells("""
            84 00:00:01.000 restricted-service id=1 state=open severity=3 sid=3 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::5 dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=50 flags=S sport=3000 silent=1 group=SERVERS
                site=ward #1 100: 2001:db8:ffff::7 asked 1 SERVERS host and no others: no scan, somebody chose them, severity
                3+2-2
            84 00:00:07.000 restricted-service id=1 state=update severity=3 sid=3 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::4/126 dsts=2 dport=5900 frames=2 name=VNC answeredBy=2001:db8:1::6
                hosts=2001:db8:1::5,2001:db8:1::6 dur=6 ttl=50 flags=S sport=3000 answered=1 silent=1 group=SERVERS site=ward #2
                1200: 2001:db8:ffff::7 asked 2 SERVERS hosts
            84 00:00:07.000 restricted-service id=1 state=closed severity=3 sid=3 proto=tcp src=2001:db8:ffff::7 srcs=1
                dst=2001:db8:1::4/126 dsts=2 dport=5900 frames=2 name=VNC answeredBy=2001:db8:1::6,2001:db8:1::5 dur=6 ttl=50
                flags=S sport=3000 answered=2 group=SERVERS site=ward #3 2000: 2001:db8:ffff::7 asked 2 SERVERS hosts and no
                others: no scan
            """);
    }

    [TestMethod]
    public void ThePollingOfDarkHosts()
    {
        Tapped tap = new Tapped(Six);
        foreach (int host in new[] { 1, 2 })
        {
            tap.At(1, Tapped.Lan.Ip(Inside(host), Inside(3)).Udp(4000, 53, new byte[20]));
        }

        for (int i = 0; i < 9; i++)
        {
            tap.At(60 + (i * 10), Tapped.Lan.Ip(Inside(1), Inside(16 + (i % 3))).Udp(4000 + i, 53, new byte[20])).Until(65 + (i * 10));
        }

        tap.Until(200).Finish();
        tap.Tells("""
            85 00:01:40.000 dark-host id=1 state=open severity=2 sid=0 proto=udp src=2001:db8:1::1 srcs=1 dst=2001:db8:1::/123
                dsts=4 dport=53 frames=6 hosts=2001:db8:1::11+ dur=99 ttl=64 dark=4 site=ward #1 10000: 2001:db8:1::1 keeps asking
                4 hosts that never spoke: 6 udp port 53 attempts, severity 2+2-2
            85 00:02:20.000 dark-host id=1 state=closed severity=2 sid=0 proto=udp src=2001:db8:1::1 srcs=1 dst=2001:db8:1::/123
                dsts=4 dport=53 frames=10 hosts=2001:db8:1::11+ dur=139 ttl=64 dark=4 site=ward #2 20000: 2001:db8:1::1 keeps
                asking 4 hosts that never spoke: 10 udp port 53 attempts, severity 2+2-2
            """);
    }

    private static byte[] Solicitation(byte[] mac, string source, string target)
    {
        byte[] octets = IPAddress.Parse(target).GetAddressBytes();
        string group = Invariant($"ff02::1:ff{octets[13]:x2}:{octets[14]:x2}{octets[15]:x2}");
        return (Tapped.Lan.Ip(source, group) with { SourceMac = mac, TimeToLive = 255 })
            .Icmp(135, 0, new Octets().U32(0).Add(octets).ToArray());
    }

    private static byte[] Advertisement(string source, string target) => (Tapped.Lan.Ip(source, target) with { TimeToLive = 255 })
        .Icmp(136, 0, new Octets().U32(0x20000000).Add(IPAddress.Parse(source).GetAddressBytes()).ToArray());

    private static string Inside(int host) => Invariant($"2001:db8:1::{host:x}");
}
