using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Ports that nobody serves in good faith, in use: whole lines.</summary>
[TestClass]
public sealed class SuspectServicesTests
{
    [TestMethod]
    public void ATalkIsToldAndItsHostsAreCounted()
    {
        Tapped tap = new Tapped().Talk(1, Tapped.Actor, Tapped.Home(10), 12345, 3000).Until(9)
            .Talk(100, Tapped.Actor, Tapped.Home(11), 12345, 3001)
            .Until(109).Talk(200, Tapped.Actor, Tapped.Home(10), 12345, 3002).Until(209).Finish();
        tap.Tells("""
            83 00:00:01.000 suspect-service id=1 state=open severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=12345 frames=1 name=NetBus answeredBy=10.1.2.10 dur=0 ttl=51 flags=S sport=3000 answered=1 site=ward
                #1 100: NetBus: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            83 00:01:40.000 suspect-service id=1 state=update severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10/31
                dsts=2 dport=12345 frames=2 name=NetBus answeredBy=10.1.2.10,10.1.2.11 dur=99 ttl=51 flags=S answered=2 site=ward
                #2 10000: NetBus: 203.0.113.66 talks with 10.1.2.10/31, 2 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            83 00:03:20.000 suspect-service id=1 state=closed severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10/31
                dsts=2 dport=12345 frames=3 name=NetBus answeredBy=10.1.2.10,10.1.2.11 dur=199 ttl=51 flags=S answered=2 site=ward
                #3 20900: NetBus: 203.0.113.66 talks with 10.1.2.10/31, 2 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            """);
    }

    [TestMethod]
    public void AHostInsideThatTalksWithATrojanOutside()
    {
        Tapped tap = new Tapped().Talk(1, Tapped.Home(9), "198.18.77.8", 12345, 3000).Until(9).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void ATalkThatBeginsAfterTheAttemptWasJudged()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(10), 12345, 3000).Until(6);
        tap.At(7, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "SA", 500, 1));
        tap.At(8, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Tcp(3000, 12345, "PA", 66538, 501, payload: new byte[9]));
        tap.At(8.1, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "PA", 501, 66547, payload: new byte[9]));
        tap.At(8.2, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Tcp(12345, 3000, "FA", 510, 66547)).Until(15).Finish();
        tap.Tells("""
            83 00:00:08.199 suspect-service id=1 state=open severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=12345 frames=1 name=NetBus answeredBy=10.1.2.10 dur=0 flags=S sport=3000 answered=1 site=ward #1 800:
                NetBus: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use, severity
                2+4-2
            83 00:00:08.199 suspect-service id=1 state=closed severity=4 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=12345 frames=1 name=NetBus answeredBy=10.1.2.10 dur=0 flags=S sport=3000 answered=1 site=ward #2
                1500: NetBus: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            """);
    }

    [TestMethod]
    public void ATalkByDatagrams()
    {
        Tapped tap = new Tapped().At(100, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Udp(31337, 31337, new byte[20]))
            .At(100.1, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Udp(31337, 31337, new byte[20])).Until(110);
        tap.At(200, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(12)).Udp(4000, 31337, new byte[20]))
            .At(200.1, Tapped.Lan.Ip(Tapped.Home(12), Tapped.Actor).Udp(31337, 4000, new byte[20])).Until(210).Finish();
        tap.Tells("""
            83 00:01:40.000 suspect-service id=1 state=open severity=4 sid=2 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 ttl=64 sport=31337 answered=1 site=ward #1
                10000: BackOrifice: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            83 00:03:20.000 suspect-service id=1 state=update severity=4 sid=2 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.8/29
                dsts=2 dport=31337 frames=2 name=BackOrifice answeredBy=10.1.2.10,10.1.2.12 dur=100 ttl=64 answered=2 site=ward #2
                20000: BackOrifice: 203.0.113.66 talks with 10.1.2.8/29, 2 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            83 00:03:20.000 suspect-service id=1 state=closed severity=4 sid=2 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.8/29
                dsts=2 dport=31337 frames=2 name=BackOrifice answeredBy=10.1.2.10,10.1.2.12 dur=100 ttl=64 answered=2 site=ward #3
                21000: BackOrifice: 203.0.113.66 talks with 10.1.2.8/29, 2 host(s): a port that nobody serves in good faith is in
                use, severity 2+4-2
            """);
    }

    [TestMethod]
    public void ADatagramThatIsAnsweredLate()
    {
        Tapped tap = new Tapped().At(100, Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Udp(4000, 31337, new byte[20])).Until(106)
            .At(107, Tapped.Lan.Ip(Tapped.Home(10), Tapped.Actor).Udp(31337, 4000, new byte[20])).Until(110).Finish();
        tap.Tells("""
            83 00:01:47.000 suspect-service id=1 state=open severity=4 sid=2 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 sport=4000 answered=1 site=ward #1 10700:
                BackOrifice: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            83 00:01:47.000 suspect-service id=1 state=closed severity=4 sid=2 proto=udp src=203.0.113.66 srcs=1 dst=10.1.2.10
                dsts=1 dport=31337 frames=1 name=BackOrifice answeredBy=10.1.2.10 dur=0 sport=4000 answered=1 site=ward #2 11000:
                BackOrifice: 203.0.113.66 talks with 10.1.2.10, 1 host(s): a port that nobody serves in good faith is in use,
                severity 2+4-2
            """);
    }
}
