using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Answers to nothing.</summary>
[TestClass]
public sealed class InverseMapsTests
{
    private const string Outside = "198.18.77.8";

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, 1)]
    public void ThreeHostsThatAskedNothingAreEnough(int hosts, int lines)
    {
        Tapped tap = Warm();
        for (int i = 0; i < hosts; i++)
        {
            Unasked(tap, 100 + i, 10 + i);
        }

        tap.Until(110);
        Assert.HasCount(lines, tap.Lines);
        if (lines > 0)
        {
            Tapped.Has(tap.Last, "inverse-map", "state=open src=198.18.77.8 srcs=1 dsts=3 frames=3 sport=80 flags=SA");
        }
    }

    [TestMethod]
    public void TheSameHostAgainIsOne()
    {
        Tapped tap = Warm();
        for (int i = 0; i < 6; i++)
        {
            Unasked(tap, 100 + i, 10 + (i & 1));
        }

        tap.Until(120);
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void AFurtherAnswerJoins()
    {
        Tapped tap = Warm();
        for (int i = 0; i < 6; i++)
        {
            Unasked(tap, 100 + i, 10 + i);
        }

        tap.Until(120).Finish();
        Tapped.Has(tap.Last, "inverse-map", "state=closed dsts=6 frames=6");
    }

    [TestMethod]
    public void SourcesOfANetworkActAsOne()
    {
        Tapped tap = Warm();
        for (int i = 0; i < 4; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip($"198.18.77.{8 + i}", Tapped.Home(10 + i)).Tcp(80, 3000 + i, "SA", 77, 88));
        }

        tap.Until(110).Finish();
        Tapped.Has(tap.Last, "inverse-map", "src=198.18.77.0/24 srcs=4 dsts=4 frames=4");
    }

    [TestMethod]
    [DataRow(59.9, 0)]
    [DataRow(60.0, 1)]
    public void InTheFirstMinuteASynAckMayAnswerWhatWasNotSeen(double start, int lines)
    {
        Tapped tap = Warm();
        for (int i = 0; i < 3; i++)
        {
            Unasked(tap, start + (i * 0.001), 10 + i);
        }

        tap.Until(start + 10);
        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    public void AResetOfNumberZeroAnswersASynAndNeedsNoWait()
    {
        Tapped tap = Warm();
        for (int i = 0; i < 3; i++)
        {
            tap.At(10 + i, Tapped.Lan.Ip(Outside, Tapped.Home(10 + i)).Tcp(80, 3000 + i, "RA", 0, 88));
        }

        tap.Until(20);
        Tapped.Has(tap.Last, "inverse-map", "dsts=3 flags=RA");
    }

    [TestMethod]
    [DataRow(599.0, 0)]
    [DataRow(601.0, 1)]
    public void AnyOtherResetMayEndAConnectionOfBefore(double start, int lines)
    {
        Tapped tap = Warm();
        for (int i = 0; i < 3; i++)
        {
            tap.At(start + (i * 0.1), Tapped.Lan.Ip(Outside, Tapped.Home(10 + i)).Tcp(80, 3000 + i, "RA", 5, 88));
        }

        tap.Until(start + 10);
        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    [DataRow(74.99, 0)]
    [DataRow(75.0, 1)]
    public void LostFramesMayHaveHeldTheQuestion(double later, int lines)
    {
        Tapped tap = Warm().At(200, Tapped.Lan.WhoHas(Tapped.Home(1), Tapped.Home(2))).Lose(1);
        for (int i = 0; i < 3; i++)
        {
            Unasked(tap, 200 + later + (i * 0.001), 10 + i);
        }

        tap.Until(300);
        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    [DataRow(72.0, 1)]
    [DataRow(72.1, 0)]
    public void ThreeHostsInThreeDaysAreOneStory(double hours, int lines)
    {
        Tapped tap = Warm();
        Unasked(tap, 1000, 10);
        Unasked(tap, 1001, 11);
        tap.Until(1010);
        Unasked(tap, 1001 + (hours * 3600), 12);
        tap.Until(1010 + (hours * 3600));
        Assert.HasCount(lines, tap.Lines);
    }

    [TestMethod]
    public void AQuestionThatComesAfterItsAnswerIsOne()
    {
        Tapped tap = Warm();
        for (int i = 0; i < 3; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip(Outside, Tapped.Home(10 + i)).Tcp(80, 3000 + i, "SA", 77, 88));
            tap.At(100.001 + i, Tapped.Lan.Ip(Tapped.Home(10 + i), Outside).Tcp(3000 + i, 80, "S", 87));
        }

        tap.Until(120).Finish();
        Assert.IsEmpty(tap.Lines);
    }

    [TestMethod]
    public void WhereOneDirectionIsMissingNothingIsConcluded()
    {
        var tap = new Tapped();
        for (int i = 0; i < 12; i++)
        {
            tap.At(100 + i, Tapped.Lan.Ip($"198.{18 + i}.77.8", Tapped.Home(10 + i)).Tcp(80, 3000 + i, "SA", 77, 88));
        }

        tap.Until(130).Until(180);
        Assert.IsEmpty(tap.Lines);
        Assert.IsTrue(tap.IsMirrorOneSided);
    }

    private static void Unasked(Tapped tap, double seconds, int host) =>
        tap.At(seconds, Tapped.Lan.Ip(Outside, Tapped.Home(host)).Tcp(80, 3000 + host, "SA", 77, 88));

    // Both directions of a flow are seen.
    private static Tapped Warm() => new Tapped()
        .At(1, Tapped.Lan.Ip(Tapped.Home(200), Tapped.Home(201)).Udp(4000, 161, new byte[20]))
        .At(1.1, Tapped.Lan.Ip(Tapped.Home(201), Tapped.Home(200)).Udp(161, 4000, new byte[20]));
}
