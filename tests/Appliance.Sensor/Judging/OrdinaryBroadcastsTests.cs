using System.Linq;
using Appliance.Sensor.Judging;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Broadcasts that every network has.</summary>
[TestClass]
public sealed class OrdinaryBroadcastsTests
{
    [TestMethod]
    [DataRow(7)]
    [DataRow(67)]
    [DataRow(68)]
    [DataRow(123)]
    [DataRow(137)]
    [DataRow(138)]
    [DataRow(1900)]
    [DataRow(3702)]
    [DataRow(5246)]
    [DataRow(24005)]
    [DataRow(47808)]
    [DataRow(57621)]
    public void APortThatEveryNetworkHas(int port) => Assert.IsTrue(OrdinaryBroadcasts.IsUdp(port));

    [TestMethod]
    [DataRow(0)]
    [DataRow(6)]
    [DataRow(8)]
    [DataRow(139)]
    [DataRow(1600)]
    [DataRow(31337)]
    [DataRow(57622)]
    [DataRow(65535)]
    public void APortThatNobodyExplains(int port) => Assert.IsFalse(OrdinaryBroadcasts.IsUdp(port));

    [TestMethod]
    [DataRow(0x0806, true)]
    [DataRow(0x88cc, true)]
    [DataRow(0x9000, true)]
    [DataRow(0x8035, true)]
    [DataRow(0x886f, true)]
    [DataRow(0x8ffd, true)]
    [DataRow(0x0805, false)]
    [DataRow(0x9001, false)]
    [DataRow(0x88b5, false)]
    public void EtherTypes(int type, bool isOrdinary) => Assert.AreEqual(isOrdinary, OrdinaryBroadcasts.IsLink(type, -1));

    [TestMethod]
    [DataRow(0x4242, true)]
    [DataRow(0xe0e0, true)]
    [DataRow(0xf0f0, true)]
    [DataRow(0xffff, true)]
    [DataRow(0xaaaa, false)]
    [DataRow(0x4243, false)]
    public void AccessPoints(int points, bool isOrdinary) => Assert.AreEqual(isOrdinary, OrdinaryBroadcasts.IsLink(-1, points));

    [TestMethod]
    public void TheListsAreShort()
    {
        Assert.IsInRange(30, 70, Enumerable.Range(0, 65536).Count(OrdinaryBroadcasts.IsUdp));
        Assert.IsInRange(10, 30, Enumerable.Range(0, 65536).Count(type => OrdinaryBroadcasts.IsLink(type, -1)));
        Assert.IsInRange(4, 6, Enumerable.Range(0, 65536).Count(points => OrdinaryBroadcasts.IsLink(-1, points)));
    }
}
