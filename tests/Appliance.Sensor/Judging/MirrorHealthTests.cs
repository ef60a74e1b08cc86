using Appliance.Sensor.Judging;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>When a mirror is called one-sided, and when it is believed again. Times are centiseconds.</summary>
[TestClass]
public sealed class MirrorHealthTests
{
    private readonly MirrorHealth _mirror = new();

    [TestMethod]
    [DataRow(3, false)]
    [DataRow(4, true)]
    public void FourConversationsWithoutTheOtherSideAreEnough(int flows, bool isOneSided)
    {
        for (int i = 0; i < flows; i++)
        {
            _mirror.SeeOneWay();
        }

        Assert.AreEqual(isOneSided, _mirror.LooksOneSided());
        _mirror.Judge(6000, false);
        Assert.AreEqual(isOneSided, _mirror.IsOneSided);
    }

    [TestMethod]
    public void SoAreThreeServersThatAnswerNothing()
    {
        _mirror.MissQuestion(1);
        _mirror.MissQuestion(2);
        Assert.IsFalse(_mirror.LooksOneSided());
        _mirror.MissQuestion(3);
        Assert.IsTrue(_mirror.LooksOneSided());
    }

    [TestMethod]
    public void TheSameServerAgainIsNoOther()
    {
        foreach (int server in new[] { 1, 1, 2, 1, 2, 2, 1 })
        {
            _mirror.MissQuestion(server);
        }

        Assert.IsFalse(_mirror.LooksOneSided());
        _mirror.MissQuestion(0);
        Assert.IsTrue(_mirror.LooksOneSided());
    }

    [TestMethod]
    public void OneFlowOfBothSidesIsEnoughToBelieve()
    {
        for (int server = 1; server < 9; server++)
        {
            _mirror.MissQuestion(server);
            _mirror.SeeOneWay();
        }

        _mirror.SeeBothWays();
        Assert.IsFalse(_mirror.LooksOneSided());
        _mirror.Judge(6000, false);
        Assert.IsFalse(_mirror.IsOneSided);
    }

    [TestMethod]
    public void AWindowIsAMinute()
    {
        MakeOneSided();
        _mirror.Judge(5999, false);
        Assert.IsFalse(_mirror.IsOneSided);
        _mirror.Judge(6000, false);

        // The next one ends a minute after.
        _mirror.SeeBothWays();
        _mirror.Judge(11999, false);
        Assert.IsTrue(_mirror.IsOneSided);
        _mirror.Judge(12000, false);
        Assert.IsFalse(_mirror.IsOneSided);
    }

    [TestMethod]
    public void AReplayThatEndsEndsTheWindow()
    {
        MakeOneSided();
        _mirror.Judge(10, true);
        Assert.IsTrue(_mirror.IsOneSided);
    }

    [TestMethod]
    public void AWindowBeginsWithNothing()
    {
        MakeOneSided();
        _mirror.MissQuestion(1);
        _mirror.MissQuestion(2);
        _mirror.Judge(6000, false);
        Assert.IsFalse(_mirror.LooksOneSided());
        _mirror.MissQuestion(3);
        Assert.IsFalse(_mirror.LooksOneSided(), "one server in this window");
        _mirror.Judge(12000, false);
        Assert.IsTrue(_mirror.IsOneSided, "a quiet window changes no verdict");
    }

    [TestMethod]
    public void WhetherAnyFlowIsSeenIsOfTwoWindows()
    {
        Assert.IsTrue(_mirror.SeesNoFlow());
        _mirror.SeeBothWays();
        Assert.IsFalse(_mirror.SeesNoFlow());
        _mirror.Judge(6000, false);
        Assert.IsFalse(_mirror.SeesNoFlow());
        _mirror.Judge(12000, false);
        Assert.IsTrue(_mirror.SeesNoFlow());
    }

    private void MakeOneSided()
    {
        for (int i = 0; i < 4; i++)
        {
            _mirror.SeeOneWay();
        }
    }
}
