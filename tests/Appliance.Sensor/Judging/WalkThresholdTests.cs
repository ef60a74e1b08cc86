using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a suspicion is a walk: three suspect targets, or first contacts whose outcomes no client has.</summary>
[TestClass]
public sealed class WalkThresholdTests
{
    private const int Tcp = 6;
    private const int Udp = 17;

    [TestMethod]
    [DataRow(2, false)]
    [DataRow(3, true)]
    public void ThreeSuspectTargetsAreAWalk(int targets, bool isWalk) =>
        Assert.AreEqual(isWalk, IsWalk(new string('D', targets), Tcp, isSuspect: true));

    [TestMethod]
    [DataRow("RRRRRRR", false, DisplayName = "seven refusals")]
    [DataRow("RRRRRRRR", true, DisplayName = "eight")]
    [DataRow("RORORORORORORORORORO", false, DisplayName = "half of them talked with")]
    [DataRow("RARARARARARARARA", true, DisplayName = "half of them accepted, and no word said")]
    [DataRow("OOOOOOOORRRRRRRRRRRR", true, DisplayName = "a good past hides four")]
    public void PlainTargetsByWhatCameOfThem(string outcomes, bool isWalk) => Assert.AreEqual(isWalk, IsWalk(outcomes, Tcp));

    [TestMethod]
    public void WhoIsAskedEveryDayIsNoFirstContact() => Assert.IsFalse(IsWalk("RRRRRRRRRRRRRRRRRRRR", Tcp, contacts: 0));

    [TestMethod]
    public void TheSilenceOfACompanionIsExcusedAndARefusalIsNot()
    {
        Assert.IsFalse(IsWalk("SSSSSSSSSSSS", Tcp, isExcused: true));
        Assert.IsTrue(IsWalk("RRRRRRRR", Tcp, isExcused: true));
    }

    [TestMethod]
    public void ManySilentPortsOfOneHostAreAScanThoughOneDatagramWithoutAnAnswerIsNothing()
    {
        Assert.IsFalse(IsWalk("SSSSSSSSSSSS", Udp, isExcused: true));
        Assert.IsTrue(IsWalk("SSSSSSSS", Udp, isExcused: true, byPort: false));
    }

    [TestMethod]
    public void WhoHasNeedsTwentyFourWhereNoReplyWasEverSeen()
    {
        Assert.IsFalse(IsWalk(new string('D', 23), Probe.Arp));
        Assert.IsTrue(IsWalk(new string('D', 24), Probe.Arp));
        Assert.IsTrue(IsWalk("DDDDDDDD", Probe.Arp, sawReply: true), "replies reach the tap, so that their absence means something");
    }

    [TestMethod]
    public void ALateAnswerTakesAFailureBackAndCountsAsAnAnswer()
    {
        (WalkThreshold threshold, Suspicions suspicions, int at, Probe probe) = Walked("RRRRRRRR", Tcp, 1, false, false, true);
        Assert.IsTrue(threshold.IsWalk(at, probe));
        threshold.TakeBack(at);
        Assert.IsFalse(threshold.IsWalk(at, probe));
        Assert.AreEqual(8, suspicions.Cells[at + Suspicions.Targets]);
    }

    private static bool IsWalk(string outcomes, int protocol, int contacts = 1, bool isSuspect = false, bool isExcused = false,
        bool byPort = true, bool sawReply = false)
    {
        (WalkThreshold threshold, _, int at, Probe probe) = Walked(outcomes, protocol, contacts, isSuspect, isExcused, byPort);
        if (sawReply)
        {
            threshold.SeeArpReply();
        }

        return threshold.IsWalk(at, probe);
    }

    // D dark, S silent, R refused, A answered, O open.
    private static (WalkThreshold Threshold, Suspicions Suspicions, int At, Probe Probe) Walked(string outcomes, int protocol, int contacts,
        bool isSuspect, bool isExcused, bool byPort)
    {
        var hash = new KeyedHash(1);
        var suspicions = new Suspicions(hash);
        var threshold = new WalkThreshold(suspicions, new SiteView(new SignatureTable(), hash, new Hosts(hash)));
        int at = suspicions.Add(77, 1, 0, -1);
        var probe = new Probe { Version = 4, Protocol = protocol, IsSuspect = isSuspect, IsExcused = isExcused, Contacts = contacts, Signature = -1 };
        for (int i = 0; i < outcomes.Length; i++)
        {
            probe.Target = 0x0a140000 + i;
            probe.Number = i;
            probe.Port = byPort ? 80 : 1_000 + i;
            probe.Now = i;
            probe.Outcome = outcomes[i] switch
            {
                'D' => Outcome.Dark,
                'S' => Outcome.Silent,
                'R' => Outcome.Refused,
                'A' => Outcome.Answered,
                _ => Outcome.Open,
            };
            threshold.Write(at, probe, byPort);
        }

        return (threshold, suspicions, at, probe);
    }
}
