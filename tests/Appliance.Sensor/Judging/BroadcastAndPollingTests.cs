using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Rhythms: broadcasts that nothing explains, and the polling of hosts that never spoke.</summary>
[TestClass]
public sealed class BroadcastAndPollingTests
{
    [TestMethod]
    [DataRow(4, 0)]
    [DataRow(5, 1)]
    public void FiveBeatsAtOnePeriodAreEnough(int beats, int lines)
    {
        var tap = new Tapped();
        for (int i = 0; i < beats; i++)
        {
            Beat(tap, 1 + (i * 30), 1600);
        }

        Assert.HasCount(lines, tap.Lines);
        if (lines > 0)
        {
            Tapped.Has(tap.Last, "broadcast", "state=open period=30 frames=5 src=10.1.2.9 dst=255.255.255.255 dsts=1 dport=1600");
        }
    }

    [TestMethod]
    public void NotAtAnOrdinaryPort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 9; i++)
        {
            Beat(tap, 1 + (i * 30), 137);
        }

        Assert.IsEmpty(tap.Finish().Lines);
    }

    [TestMethod]
    [DataRow(0.5, 1)]
    [DataRow(0.7, 0)]
    public void APeriodIsKeptToTwoPercent(double slack, int lines)
    {
        var tap = new Tapped();
        for (int i = 0; i < 5; i++)
        {
            Beat(tap, 1 + (i * 30) + (i >= 3 ? slack : 0), 1600);
        }

        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    public void TwoDarkHostsThatAreAskedTwiceArePolled()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        Poll(tap, 60, 10);
        Poll(tap, 61, 11);
        Poll(tap, 70, 10);
        tap.Until(80);
        Assert.IsEmpty(tap.Lines);
        Poll(tap, 81, 11);
        tap.Until(90);
        Tapped.Has(tap.Last, "dark-host", "state=open dsts=2 frames=4 dark=2 dport=53 proto=udp hosts=10.1.2.10,10.1.2.11");
    }

    [TestMethod]
    public void OneDarkHostIsATypingError()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int i = 0; i < 20; i++)
        {
            Poll(tap, 60 + (i * 5), 10);
        }

        Assert.IsEmpty(tap.Until(200).Finish().Lines);
    }

    [TestMethod]
    public void ALivingHostThatIsSilentIsNotDark()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201, 11);
        for (int i = 0; i < 5; i++)
        {
            Poll(tap, 60 + (i * 10), 10);
            Poll(tap, 61 + (i * 10), 11);
        }

        Assert.IsEmpty(tap.Until(200).Finish().Lines);
    }

    [TestMethod]
    public void WhoSpeaksNowIsCalledDarkNoMore()
    {
        Tapped tap = Polled();
        tap.Heard(100, 10);
        Poll(tap, 101, 10);
        tap.Until(110).Finish();
        Tapped.Has(tap.Last, "dark-host", "dsts=2 dark=1 silent=1");
    }

    [TestMethod]
    [DataRow(5.0, "5")]
    [DataRow(5.5, "5")]
    [DataRow(5.6, "")]
    public void ARetryTimerGivesItselfAway(double gap, string period)
    {
        Tapped tap = Polled();
        Poll(tap, 200, 10);
        Poll(tap, 205, 10);
        Poll(tap, 205 + gap, 10);
        tap.Until(230).Finish();
        Tapped.Has(tap.Last, "dark-host", $"period={period}");
    }

    private static Tapped Polled()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201);
        for (int i = 0; i < 2; i++)
        {
            Poll(tap, 60 + (i * 10), 10);
            Poll(tap, 61 + (i * 10), 11);
        }

        tap.Until(80);
        Tapped.Has(tap.Last, "dark-host", "state=open dsts=2 dark=2");
        return tap;
    }

    private static void Poll(Tapped tap, double seconds, int host) =>
        tap.At(seconds, Tapped.Lan.Ip("10.1.2.200", Tapped.Home(host)).Udp(4000 + host, 53, new byte[20])).Until(seconds + 0.1);

    private static void Beat(Tapped tap, double seconds, int port) =>
        tap.At(seconds, (Tapped.Lan.Ip("10.1.2.9", "255.255.255.255") with { DestinationMac = Lan.Broadcast })
            .Udp(2000, port, new byte[20]));
}
