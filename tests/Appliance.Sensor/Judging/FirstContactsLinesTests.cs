using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Whose contacts say nothing: whole lines.</summary>
[TestClass]
public sealed class FirstContactsLinesTests
{
    [TestMethod]
    public void WhoWasTalkedWithIsSwitchedOff()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Talk(1 + i, "10.1.2.9", Tapped.Home(20 + i), 80);
        }

        for (int i = 0; i < 10; i++)
        {
            tap.Syn(4000 + i, "10.1.2.9", Tapped.Home(20 + i), 81).Syn(4000.5 + i, "10.1.2.8", Tapped.Home(20 + i), 82);
        }

        tap.Until(4100).Finish();
        tap.Tells("""
            84 01:06:47.500 sweep id=1 state=open severity=3 sid=0 proto=tcp src=10.1.2.8 srcs=1 dst=10.1.2.16/28 dsts=8 dport=82
                frames=8 dur=7 ttl=51 flags=S silent=8 site=ward #1 400950: tcp port 82 sweep of 10.1.2.16/28 by 10.1.2.8: 8 hosts
                in 7.00 s, severity 2+3-2
            84 01:06:49.500 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=10.1.2.8 srcs=1 dst=10.1.2.16/28 dsts=10
                dport=82 frames=10 dur=9 ttl=51 flags=S silent=10 site=ward #2 410000: tcp port 82 sweep of 10.1.2.16/28 by
                10.1.2.8: 10 hosts in 9.00 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void EightDaysLaterItIsASweep()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Talk(1 + i, "10.1.2.9", Tapped.Home(20 + i), 80);
        }

        tap.Until(8 * 86_400).Until(15 * 86_400);
        for (int i = 0; i < 10; i++)
        {
            tap.Syn((15 * 86_400) + i, "10.1.2.9", Tapped.Home(20 + i), 81);
        }

        tap.Until((15 * 86_400) + 100).Finish();
        tap.Tells("""
            84 1970-01-16T00:00:07.000 sweep id=1 state=open severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.16/28
                dsts=8 dport=81 frames=8 dur=7 ttl=51 flags=S silent=8 site=ward #1 129600900: tcp port 81 sweep of 10.1.2.16/28
                by 10.1.2.9: 8 hosts in 7.00 s, severity 2+3-2
            84 1970-01-16T00:00:09.000 sweep id=1 state=closed severity=3 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.16/28
                dsts=10 dport=81 frames=10 dur=9 ttl=51 flags=S silent=10 site=ward #2 129610000: tcp port 81 sweep of
                10.1.2.16/28 by 10.1.2.9: 10 hosts in 9.00 s, severity 2+3-2
            """);
    }

    [TestMethod]
    public void PingsOfALivingNetworkAreTold()
    {
        var tap = new Tapped();
        for (int i = 0; i < 42; i++)
        {
            tap.At(1 + i, Tapped.Lan.Ip("10.1.2.9", Tapped.Home(20 + i)).Echo(false, 7, i));
            tap.At(1.1 + i, Tapped.Lan.Ip(Tapped.Home(20 + i), "10.1.2.9").Echo(true, 7, i));
        }

        tap.Until(100).Finish();
        tap.Tells("""
            86 00:00:40.000 sweep id=1 state=open severity=1 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.0/26 dsts=40 dport=0
                frames=40 answeredBy=10.1.2.20,10.1.2.21,10.1.2.22,10.1.2.23,10.1.2.24,10.1.2.25,10.1.2.26,10.1.2.27+ dur=39
                ttl=64 answered=40 site=ward #1 4200: icmp sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 39 s, 40 answered,
                severity 2+3-2
            86 00:00:42.000 sweep id=1 state=closed severity=1 sid=0 proto=icmp src=10.1.2.9 srcs=1 dst=10.1.2.0/26 dsts=42
                dport=0 frames=42
                answeredBy=10.1.2.20,10.1.2.21,10.1.2.22,10.1.2.23,10.1.2.24,10.1.2.25,10.1.2.26,10.1.2.27,10.1.2.60,10.1.2.61+
                dur=41 ttl=64 answered=42 site=ward #2 10000: icmp sweep of 10.1.2.0/26 by 10.1.2.9: 42 hosts in 41 s, 42 answered
            """);
    }

    [TestMethod]
    public void ABrowserOfTwoHundredServersIsNone()
    {
        var tap = new Tapped();
        for (int i = 0; i < 240; i++)
        {
            tap.Talk(1 + i, "10.1.2.9", Invariant($"198.18.{i / 100}.{1 + (i % 100)}"), 443);
        }

        tap.Until(300).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void AMonitorsFirstDayIsLow()
    {
        var tap = new Tapped();
        for (int i = 0; i < 60; i++)
        {
            tap.Talk(1 + i, "10.1.2.9", Tapped.Home(20 + i), 80);
        }

        tap.Until(90).Sweep(100, 80, 100, 4, actor: "10.1.2.9").Until(120).Finish();
        tap.Tells("""
            86 00:00:40.000 sweep id=1 state=open severity=1 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/26 dsts=40 dport=80
                frames=40 answeredBy=10.1.2.20,10.1.2.21,10.1.2.22,10.1.2.23,10.1.2.24,10.1.2.25,10.1.2.26,10.1.2.27+ dur=39
                ttl=51 flags=S answered=40 site=ward #1 4200: tcp port 80 sweep of 10.1.2.0/26 by 10.1.2.9: 40 hosts in 39 s, 40
                answered
            85 00:01:40.300 sweep id=1 state=closed severity=2 sid=0 proto=tcp src=10.1.2.9 srcs=1 dst=10.1.2.0/25 dsts=64
                dport=80 frames=64
                answeredBy=10.1.2.20,10.1.2.21,10.1.2.22,10.1.2.23,10.1.2.24,10.1.2.25,10.1.2.26,10.1.2.27,10.1.2.60,10.1.2.61+
                dur=99 ttl=51 flags=S answered=60 dark=4 site=ward #2 12000: tcp port 80 sweep of 10.1.2.0/25 by 10.1.2.9: 64
                hosts in 99 s
            """);
    }
}
