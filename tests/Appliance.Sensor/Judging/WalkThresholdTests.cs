using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a suspicion is a walk: three suspect targets, or eight of which half failed.</summary>
[TestClass]
public sealed class WalkThresholdTests
{
    private const int Tcp = 6;

    [TestMethod]
    [DataRow(2, false)]
    [DataRow(3, true)]
    public void ThreeSuspectTargetsAreAWalk(int targets, bool isWalk)
    {
        Assert.AreEqual(isWalk, IsWalk(targets, targets, targets, 0, Tcp, false));
    }

    [TestMethod]
    [DataRow(7, 7, false)]
    [DataRow(8, 8, true)]
    [DataRow(8, 4, true)]
    [DataRow(8, 3, false)]
    [DataRow(30, 15, true)]
    [DataRow(30, 14, false)]
    public void EightPlainTargetsOfWhichHalfFailedAreAWalk(int targets, int failed, bool isWalk)
    {
        Assert.AreEqual(isWalk, IsWalk(targets, failed, 0, targets - failed, Tcp, false));
    }

    [TestMethod]
    public void WhoHasNeedsTwentyFourWhereNoReplyWasEverSeen()
    {
        Assert.IsFalse(IsWalk(23, 23, 0, 0, 256, false));
        Assert.IsTrue(IsWalk(24, 24, 0, 0, 256, false));
        Assert.IsTrue(IsWalk(8, 8, 0, 0, 256, true), "replies reach the tap, so that their absence means something");
        Assert.IsTrue(IsWalk(8, 8, 0, 0, Tcp, false));
    }

    private static bool IsWalk(int targets, int failed, int suspect, int answered, int protocol, bool sawReply)
    {
        var suspicions = new Suspicions(new KeyedHash(1));
        int at = suspicions.Add(77, 1, 0, -1);
        suspicions.Cells[at + Suspicions.Targets] = targets;
        suspicions.Cells[at + Suspicions.Counts] = failed | (answered << 8) | (suspect << 16);
        var threshold = new WalkThreshold(suspicions);
        if (sawReply)
        {
            threshold.SeeArpReply();
        }

        return threshold.IsWalk(at, protocol);
    }
}
