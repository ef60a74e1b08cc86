using Microsoft.VisualStudio.TestTools.UnitTesting;
using static System.FormattableString;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Answers to nothing: whole lines.</summary>
[TestClass]
public sealed class InverseMapsLinesTests
{
    [TestMethod]
    public void ResetsFromPartsOfANetwork()
    {
        Tapped tap = Tapped.Warm();
        for (int i = 0; i < 6; i++)
        {
            tap.At(100 + i, (Tapped.Lan.Ip(Invariant($"198.18.77.{8 + (i % 2)}"), Tapped.Home(10 + i)) with { TimeToLive = 60 + i })
                .Tcp(80, 3000 + i, "RA", 0, 88 + i));
        }

        tap.Until(120).Finish();
        tap.Tells("""
            84 00:01:42.000 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29
                dsts=3 dport=0 frames=3 dur=2 ttl=60-62 flags=RA sport=80 site=ward #1 10400: 3 resets from 198.18.77.0/24 port 80
                to 3 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:01:45.000 inverse-map id=1 state=update severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29
                dsts=6 dport=0 frames=6 dur=5 ttl=60-65 flags=RA sport=80 site=ward #2 12000: 6 resets from 198.18.77.0/24 port 80
                to 6 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:01:45.000 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.0/24 srcs=2 dst=10.1.2.8/29
                dsts=6 dport=0 frames=6 dur=5 ttl=60-65 flags=RA sport=80 site=ward #3 12000: 6 resets from 198.18.77.0/24 port 80
                to 6 hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void SynAcksOfOtherPorts()
    {
        Tapped tap = Tapped.Warm();
        for (int i = 0; i < 5; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10 + (i * 20))).Tcp(80 + i, 3000 + i, "SA", 7, 88 + i));
        }

        tap.Until(120).Finish();
        tap.Tells("""
            84 00:01:42.000 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/26 dsts=3
                dport=0 frames=3 dur=2 ttl=64 flags=SA site=ward #1 10400: 3 answers from 198.18.77.8 to 3 hosts that asked
                nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:01:44.000 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.0/25 dsts=5
                dport=0 frames=5 dur=4 ttl=64 flags=SA site=ward #2 12000: 5 answers from 198.18.77.8 to 5 hosts that asked
                nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void AnswersOfTwoForms()
    {
        Tapped tap = Tapped.Warm();
        for (int i = 0; i < 5; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10 + i))
                .Tcp(80, 3000 + i, i == 1 ? "RA" : "SA", i == 1 ? 0 : 9, 88 + i));
        }

        tap.Until(120).Finish();
        tap.Tells("""
            84 00:01:42.000 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=0 frames=3 dur=2 ttl=64 sport=80 site=ward #1 10400: 3 answers from 198.18.77.8 port 80 to 3 hosts that
                asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:01:44.000 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.8 srcs=1 dst=10.1.2.8/29 dsts=5
                dport=0 frames=5 dur=4 ttl=64 sport=80 site=ward #2 12000: 5 answers from 198.18.77.8 port 80 to 5 hosts that
                asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }

    [TestMethod]
    public void ThreeDaysApartIsTooLong()
    {
        Tapped tap = Tapped.Warm();
        foreach (double hours in new[] { 1, 2, 75.0, 76 })
        {
            tap.At(hours * 3600, Tapped.Lan.Ip("198.18.77.8", Tapped.Home((int)hours)).Tcp(80, 3000, "RA", 0, 88))
                .Until((hours * 3600) + 10);
        }

        tap.Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void NothingIsConcludedSoonAfterALoss()
    {
        Tapped tap = Tapped.Warm().Until(99).Lose(1);
        for (int i = 0; i < 3; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip("198.18.77.8", Tapped.Home(10 + i)).Tcp(80, 3000 + i, "SA", 9, 88 + i));
        }

        tap.Until(170);
        for (int i = 0; i < 3; i++)
        {
            tap.At(175 + i, Tapped.Lan.Ip("198.18.77.9", Tapped.Home(10 + i)).Tcp(80, 3000 + i, "SA", 9, 88 + i));
        }

        tap.Until(190).Finish();
        tap.Tells("""
            84 00:02:57.000 inverse-map id=1 state=open severity=3 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=0 frames=3 dur=2 ttl=64 flags=SA sport=80 site=ward #1 17700: 3 answers from 198.18.77.9 port 80 to 3 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            84 00:02:57.000 inverse-map id=1 state=closed severity=3 sid=0 proto=tcp src=198.18.77.9 srcs=1 dst=10.1.2.8/29 dsts=3
                dport=0 frames=3 dur=2 ttl=64 flags=SA sport=80 site=ward #2 19000: 3 answers from 198.18.77.9 port 80 to 3 hosts
                that asked nothing: inverse mapping, or backscatter of a scan that spoofs them, severity 2+3-2
            """);
    }
}
