using System.Linq;
using Appliance.Sensor.Judging;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

[TestClass]
public sealed class OutcomeWalkTests
{
    [TestMethod]
    [DataRow("FFFFFFFF", 8, DisplayName = "eight failures in a row")]
    [DataRow("FFFFFFF", -1, DisplayName = "seven are a list that is out of date")]
    [DataRow("FAFFFAFFFFFFF", 12, DisplayName = "two answers take two more failures each")]
    [DataRow("FAFAFAFAFAFAFAFAFAFAFAFAFAFAFA", -1, DisplayName = "half failed is no evidence by itself")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAFFFFFFFFFFFF", 32, DisplayName = "a long good past hides four failures at most")]
    [DataRow("AAAAAAAAAAAAAAAAAAAAFFFFFFFFFFF", -1, DisplayName = "and eleven are not twelve")]
    public void Inwards(string outcomes, int contacts) => Assert.AreEqual(contacts, ContactsToScan(outcomes, false));

    [TestMethod]
    [DataRow("FFFFFFFFFFFFFFF", 15, DisplayName = "a closed firewall")]
    [DataRow("FFFFFFFFFFFF", -1, DisplayName = "a console that asks twelve servers")]
    [DataRow("FFFFAFFFFAFFFFAFFFFAFFFFAFFFFAFFFFA", -1, DisplayName = "a client of whose peers four in five are gone")]
    [DataRow("FFFFFFFFFAFFFFFFFFFF", 20, DisplayName = "one answer is four failures")]
    public void Outwards(string outcomes, int contacts) => Assert.AreEqual(contacts, ContactsToScan(outcomes, true));

    [TestMethod]
    public void AWalkFitsInASignedOctet()
    {
        var walk = new OutcomeWalk();
        int step = Enumerable.Range(0, 1_000).Aggregate(0, (at, _) => walk.Step(at, true, false));
        Assert.AreEqual(127, step);
        Assert.AreEqual(-4, Enumerable.Range(0, 1_000).Aggregate(0, (at, _) => walk.Step(at, false, true)));
    }

    private static int ContactsToScan(string outcomes, bool isOutward)
    {
        var walk = new OutcomeWalk();
        int at = 0;
        for (int i = 0; i < outcomes.Length; i++)
        {
            at = walk.Step(at, outcomes[i] == 'F', isOutward);
            if (walk.IsScan(at, isOutward))
            {
                return i + 1;
            }
        }

        return -1;
    }
}
