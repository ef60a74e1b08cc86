using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Another table while stories go on: what was named keeps its name by its sid.</summary>
[TestClass]
public sealed class TableChangeTests
{
    [TestMethod]
    public void TwoProbesBeforeAndOneBehind()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 2).Until(10).UseOtherRules().Sweep(20, 12345, 12, 1).Until(30).Finish();
        tap.Tells("""
            85 00:00:20.000 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=19 ttl=51 flags=S silent=3 site=ward #1 2000: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 19 s, severity 2+2-2
            85 00:00:20.000 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=19 ttl=51 flags=S silent=3 site=ward #2 3000: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 19 s, severity 2+2-2
            """);
    }

    [TestMethod]
    public void KnocksBeforeAndBehind()
    {
        Tapped tap = new Tapped().Syn(1, "198.51.0.7", Tapped.Home(10), 12345).Syn(2, "198.52.0.7", Tapped.Home(10), 12345).Until(10)
            .UseOtherRules().Syn(20, "198.53.0.7", Tapped.Home(10), 12345).Until(30).Until(100).Finish();
        tap.Tells("""
            85 00:00:20.000 distributed-probe id=1 state=open severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus dur=19 ttl=51 flags=S dports=12345 site=ward #1 3000: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2
            85 00:00:20.000 distributed-probe id=1 state=closed severity=2 sid=1 proto=tcp src=198.48.0.0/13 srcs=3 dst=10.1.2.10
                dsts=1 dport=0 frames=3 name=NetBus dur=19 ttl=51 flags=S dports=12345 site=ward #2 10000: 3 sources, hop counts
                alike, probe unserved ports of 10.1.2.10: 198.51.0.7, 198.52.0.7, 198.53.0.7, severity 2+2-2
            """);
    }

    [TestMethod]
    public void AnOpenIncidentOfEachSid()
    {
        // The other rules know no sid 3.
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 3).Until(5).Syn(6, "203.0.113.7", Tapped.Home(5), 5900).Until(10).UseOtherRules();
        tap.Sweep(20, 12345, 30, 4).Until(30).Finish();
        tap.Tells("""
            85 00:00:01.200 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #1 100: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            84 00:00:06.000 restricted-service id=2 state=open severity=3 sid=3 proto=tcp src=203.0.113.7 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 name=VNC dur=0 ttl=51 flags=S sport=2695 silent=1 group=SERVERS site=ward #2 600:
                203.0.113.7 asked 1 SERVERS host and no others: no scan, somebody chose them, severity 3+2-2
            85 00:00:20.200 sweep id=1 state=update severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=6
                dport=12345 frames=6 name=NetBus dur=19 ttl=51 flags=S silent=6 site=ward #3 2000: NetBus sweep of 10.1.2.0/26 by
                203.0.113.66: 6 hosts in 19 s, severity 2+2-2
            85 00:00:20.300 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/26 dsts=7
                dport=12345 frames=7 name=NetBus dur=19 ttl=51 flags=S silent=7 site=ward #4 3000: NetBus sweep of 10.1.2.0/26 by
                203.0.113.66: 7 hosts in 19 s, severity 2+2-2
            85 00:00:06.000 restricted-service id=2 state=closed severity=2 sid=0 proto=tcp src=203.0.113.7 srcs=1 dst=10.1.2.5
                dsts=1 dport=5900 frames=1 dur=0 ttl=51 flags=S sport=2695 silent=1 site=ward #5 3000: tcp port 5900: 203.0.113.7
                asked 1 host and no others: no scan, somebody chose them, severity 2+2-2
            """);
    }

    [TestMethod]
    public void WhatWaitsIsJudgedByTheOldOne()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 3).UseOtherRules().Until(30).Finish();
        tap.Tells("""
            85 00:00:01.200 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #1 100: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            85 00:00:01.200 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #2 3000: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            """);
    }

    [TestMethod]
    public void ARunningSweepGoesOn()
    {
        Tapped tap = new Tapped().Sweep(1, 12345, 10, 4).Until(6).Sweep(7, 12345, 14, 2).UseOtherRules()
            .Sweep(8, 12345, 16, 4).Until(30).Finish();
        tap.Tells("""
            85 00:00:01.200 sweep id=1 state=open severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=12345 frames=3 name=NetBus dur=0 ttl=51 flags=S silent=3 site=ward #1 130: NetBus sweep of 10.1.2.8/29 by
                203.0.113.66: 3 hosts in 0.20 s, severity 2+2-2
            85 00:00:08.300 sweep id=1 state=update severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=12345 frames=10 name=NetBus dur=7 ttl=51 flags=S silent=10 site=ward #2 3000: NetBus sweep of 10.1.2.0/27 by
                203.0.113.66: 10 hosts in 7.30 s, severity 2+2-2
            85 00:00:08.300 sweep id=1 state=closed severity=2 sid=1 proto=tcp src=203.0.113.66 srcs=1 dst=10.1.2.0/27 dsts=10
                dport=12345 frames=10 name=NetBus dur=7 ttl=51 flags=S silent=10 site=ward #3 3000: NetBus sweep of 10.1.2.0/27 by
                203.0.113.66: 10 hosts in 7.30 s, severity 2+2-2
            """);
    }
}
