using System.Linq;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What is known of an attempt beside its frame.</summary>
[TestClass]
public sealed class SiteViewTests
{
    private const string TwoHomes = """
        [site]
        name = "two"
        home = ["10.1.2.0/25", "10.1.4.0/24"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        """;

    private const string Wider = """
        [site]
        name = "wide"
        home = ["10.1.2.0/23"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        """;

    private readonly Parts _parts = new();

    [TestMethod]
    [DataRow(0x0a0101ff, -1)]
    [DataRow(0x0a010200, 0)]
    [DataRow(0x0a0102ff, 255)]
    [DataRow(0x0a010300, -1)]
    public void AHomeAddressHasItsBit(int address, int bit) =>
        Assert.AreEqual(bit, _parts.Tap.Part<SiteView>().LivingBitOf(address));

    [TestMethod]
    [DataRow(0x0a0101ff, -1)]
    [DataRow(0x0a010200, 0)]
    [DataRow(0x0a01027f, 127)]
    [DataRow(0x0a010280, -1)]
    [DataRow(0x0a010400, 128)]
    [DataRow(0x0a0104ff, 383)]
    [DataRow(0x0a010500, -1)]
    public void OfTwoRangesTheBitsCountOn(int address, int bit) =>
        Assert.AreEqual(bit, new Tapped(TwoHomes).Part<SiteView>().LivingBitOf(address));

    [TestMethod]
    public void TheTimeOfDayIsTheStampsAndTheClocks()
    {
        var site = _parts.Tap.Part<SiteView>();
        site.SetWallClock(5_000_000, 700);
        Assert.AreEqual((5_000_000L, 5_000_700L), (site.ClockOffset, site.WallOffset));
        Assert.AreEqual(5_000_700L + 1_230_000 + 450, site.WallOf(new Probe { Now = 123, Fine = 45 }));
        Probe probe = Parts.Attempt(now: 123);
        probe.Number = 0;
        site.Complete(probe);
        Assert.AreEqual((6_230_700L, Parts.NumberOf(10), -1), (probe.Wall, probe.Number, probe.Expected));
    }

    [TestMethod]
    public void TheProfileExplainsWhatItNames()
    {
        Probe probe = Parts.Attempt(actor: unchecked((int)0xcb007105));
        _parts.Tap.Part<SiteView>().Complete(probe);
        Assert.AreEqual(0, probe.Expected);
    }

    [TestMethod]
    public void AHostThatSpokeIsNotDarkAnyMore()
    {
        var site = _parts.Tap.Part<SiteView>();
        Probe probe = Parts.Attempt(0);
        Assert.IsTrue(site.IsDark(probe));
        Assert.IsTrue(site.IsStillDark(Parts.NumberOf(0), Parts.Attempt(9)));
        _parts.Tap.Heard(1, 0);
        Assert.IsFalse(site.IsDark(probe));
        Assert.IsFalse(site.IsStillDark(Parts.NumberOf(0), Parts.Attempt(9)));
        Assert.IsTrue(site.Lives(0));
        Assert.IsFalse(site.Lives(1));
        probe.LivingBit = -1;
        Assert.IsFalse(site.IsDark(probe), "who is not at home is not known to be silent");
        probe.Version = 6;
        Assert.IsTrue(site.IsStillDark(Parts.NumberOf(0), probe), "a number gives no IPv6 address back");
    }

    [TestMethod]
    [DataRow("one", true)]
    [DataRow(Wider, false)]
    [DataRow(TwoHomes, false)]
    public void WhereTheLastOctetSaysWhichHostItIs(string profile, bool isOne)
    {
        SiteView site = (profile == "one" ? new Tapped() : new Tapped(profile)).Part<SiteView>();
        Assert.AreEqual(isOne, site.IsOneNetwork(Parts.Attempt(10)));
        Assert.AreEqual(isOne, site.IsOneNetwork(Parts.Attempt(255)));
        Assert.IsFalse(site.IsOneNetwork(Parts.Attempt(256)), "of another network than the home's");
        Probe six = Parts.Attempt(10);
        six.Version = 6;
        Assert.IsFalse(site.IsOneNetwork(six), "IPv6 has no such home");
    }

    [TestMethod]
    public void OneSignatureIsOfAGroup()
    {
        var site = _parts.Tap.Part<SiteView>();
        Assert.IsFalse(site.IsOfGroup(-1));
        Assert.AreEqual(3, Enumerable.Range(0, 3).Where(site.IsOfGroup).Select(signature => site.Table.Sid(signature)).Single());
    }

    [TestMethod]
    public void UptimeIsSinceListeningBegan()
    {
        var site = _parts.Tap.Part<SiteView>();
        site.Hosts.Listen(300);
        Assert.AreEqual(700, site.UptimeAt(1000));
    }
}
