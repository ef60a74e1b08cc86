using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What an answer takes back that comes after its attempt was judged.</summary>
[TestClass]
public sealed class LateAnswersTests
{
    [TestMethod]
    public void AHostThatAnswersLateAtTwoPortsIsOne()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.Syn(1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 80).Syn(1.1 + (i * 0.2), Tapped.Actor, Tapped.Home(10 + i), 443);
        }

        tap.Until(10).Answer(11, Tapped.Actor, Tapped.Home(12), 80).Answer(12, Tapped.Actor, Tapped.Home(12), 443)
            .Answer(13, Tapped.Actor, Tapped.Home(14), 443).Until(20).Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=1 dsts=10 answered=2 silent=8 answeredBy=10.1.2.12,10.1.2.14");
    }

    [TestMethod]
    public void ALateAnswerToASweepIsTakenFromTheSilent()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        tap.Answer(10, Tapped.Actor, Tapped.Home(12), 80);
        Tapped.Has(tap.Last, "sweep", "state=update answered=1 silent=7 answeredBy=10.1.2.12");
        tap.Answer(11, Tapped.Actor, Tapped.Home(12), 80).Finish();
        Tapped.Has(tap.Last, "sweep", "state=closed answered=1 silent=7");
    }

    [TestMethod]
    public void ALateRefusalLikewise()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6);
        tap.Answer(10, Tapped.Actor, Tapped.Home(12), 80, "RA").Answer(12, Tapped.Actor, Tapped.Home(13), 80, "RA").Finish();
        Tapped.Has(tap.Last, "sweep", "refused=2 silent=6 answered=");
    }

    [TestMethod]
    public void OfAHostThatWasDarkItIsTakenFromTheDark()
    {
        Tapped tap = new Tapped().Heard(1, 200, 201).Sweep(60, 80, 10, 8).Until(70);
        Tapped.Has(tap.Last, "sweep", "silent= dark=8");
        tap.Answer(75, Tapped.Actor, Tapped.Home(15), 80).Finish();
        Tapped.Has(tap.Last, "sweep", "silent= dark=7 answered=1");
    }

    [TestMethod]
    public void OfAHostThatWasDarkItIsTakenFromTheDarkWhereOthersAreSilent()
    {
        Tapped tap = new Tapped().Heard(1, 10, 11, 12, 13).Sweep(60, 80, 10, 8).Until(70);
        Tapped.Has(tap.Last, "sweep", "silent=4 dark=4");
        tap.Answer(75, Tapped.Actor, Tapped.Home(15), 80).Answer(76, Tapped.Actor, Tapped.Home(12), 80).Finish();
        Tapped.Has(tap.Last, "sweep", "silent=3 dark=3 answered=2");
    }

    [TestMethod]
    public void OfOneThatJoinedARunningSweepToo()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 8).Until(6).Sweep(7, 80, 30, 6).Until(8);
        tap.Answer(9, Tapped.Actor, Tapped.Home(32), 80).Answer(9.1, Tapped.Actor, Tapped.Home(33), 80, "RA").Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=14 answered=1 refused=1 silent=12");
    }

    [TestMethod]
    public void AnAnswerBeforeTheIncidentTakesTheWalkBack()
    {
        // Seven failures, of which one is answered late: two more steps are needed.
        Tapped tap = new Tapped().Heard(0.5, 10, 11, 12, 13, 14, 15, 16).Sweep(1, 80, 10, 7).Until(6);
        tap.Answer(7, Tapped.Actor, Tapped.Home(12), 80).Sweep(8, 80, 30, 2).Until(15);
        Assert.IsEmpty(tap.Lines);
        tap.Sweep(16, 80, 40, 1).Until(20);
        Tapped.Has(tap.Last, "sweep", "dsts=10 answered=1 silent=9");
    }

    [TestMethod]
    public void ANewcomersLateAnswerForgetsIt()
    {
        Tapped tap = new Tapped().Sweep(1, 80, 10, 1).Until(6).Answer(7, Tapped.Actor, Tapped.Home(10), 80);
        tap.Sweep(8, 80, 20, 7).Until(15);
        Assert.IsEmpty(tap.Lines, "seven failures");
        tap.Sweep(16, 80, 40, 1).Until(20);
        Tapped.Has(tap.Last, "sweep", "silent=8");
    }

    [TestMethod]
    public void ALateAnswerToAPortScanNamesThePort()
    {
        var tap = new Tapped();
        for (int i = 0; i < 8; i++)
        {
            tap.Syn(1 + (i * 0.1), Tapped.Actor, Tapped.Home(10), 100 + i);
        }

        tap.Until(6).Answer(7, Tapped.Actor, Tapped.Home(10), 103).Finish();
        Tapped.Has(tap.Last, "port-scan", "answered=1 silent=7 answeredBy=103");
    }
}
