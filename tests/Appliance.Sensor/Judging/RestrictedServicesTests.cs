using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Services that a site keeps to itself: one attempt is enough.</summary>
[TestClass]
public sealed class RestrictedServicesTests
{
    [TestMethod]
    public void OneAttemptIsEnough()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5);
        Tapped.Has(tap.Last, "restricted-service", "state=open sid=3 dsts=1 frames=1 dport=5900 silent=1 name=VNC group=SERVERS");
    }

    [TestMethod]
    public void OfAHostTheBestOutcomeCounts()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5);
        tap.Syn(20, Tapped.Actor, Tapped.Home(5), 5900).Answer(20.1, Tapped.Actor, Tapped.Home(5), 5900, "RA").Until(25).Finish();
        Tapped.Has(tap.Last, "restricted-service", "state=closed dsts=1 frames=2 refused=1 silent=");
    }

    [TestMethod]
    public void FurtherHostsAreCountedAndNamed()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5)
            .Syn(6, Tapped.Actor, Tapped.Home(6), 5900).Answer(6.1, Tapped.Actor, Tapped.Home(6), 5900).Until(20).Finish();
        Tapped.Has(tap.Last, "restricted-service", "dsts=2 frames=2 answered=1 silent=1 answeredBy=10.1.2.6 hosts=10.1.2.5,10.1.2.6");
    }

    [TestMethod]
    public void ALateAnswerImprovesIt()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5)
            .Answer(8, Tapped.Actor, Tapped.Home(5), 5900).Finish();
        Tapped.Has(tap.Last, "restricted-service", "answered=1 silent=");
    }

    [TestMethod]
    public void ASweepOverItsPortTakesItIn()
    {
        Tapped tap = new Tapped().Syn(1, Tapped.Actor, Tapped.Home(5), 5900).Until(5).Sweep(6, 5900, 10, 8).Until(12);
        Tapped.Has(tap.Lines[0], "restricted-service", "state=open id=1");
        Tapped.Has(tap.Lines[1], "restricted-service", "state=folded id=1 into=2");
        Tapped.Has(tap.Lines[2], "sweep", "state=open id=2 dport=5900");
        Assert.HasCount(3, tap.Lines);
    }
}
