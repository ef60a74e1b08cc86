using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>Targets that a line names one by one.</summary>
[TestClass]
public sealed class NamedTargetsTests
{
    private readonly NamedTargets _names = new();

    [TestMethod]
    public void SixteenNumbersAreNamedEachOnce()
    {
        for (int i = 0; i < 16; i++)
        {
            Assert.IsTrue(_names.NameNumber(2, unchecked((int)0xc0a80a01) + i));
            Assert.IsFalse(_names.NameNumber(2, unchecked((int)0xc0a80a01) + i));
        }

        Assert.IsFalse(_names.NameNumber(2, 7), "no room");
        Assert.AreEqual(16, _names.CountOf(2));
        Assert.AreEqual(unchecked((int)0xc0a80a01), _names.NumberAt(2, 0));
        Assert.AreEqual(unchecked((int)0xc0a80a10), _names.NumberAt(2, 15));
        Assert.IsTrue(_names.Holds(2, unchecked((int)0xc0a80a10)));
        Assert.IsFalse(_names.Holds(2, 7));
    }

    [TestMethod]
    public void RecordsStandApart()
    {
        _names.NameNumber(0, 10);
        _names.NameNumber(1, 20);
        _names.NameNumber(11, 30);
        Assert.AreEqual((10, 20, 30), (_names.NumberAt(0, 0), _names.NumberAt(1, 0), _names.NumberAt(11, 0)));
        _names.Clear(1);
        Assert.AreEqual((1, 0, 1), (_names.CountOf(0), _names.CountOf(1), _names.CountOf(11)));
    }

    [TestMethod]
    public void FourIPv6AddressesAreNamedEachOnce()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.IsTrue(_names.Name(3, Six((byte)i)));
            Assert.IsFalse(_names.Name(3, Six((byte)i)));
        }

        Assert.IsFalse(_names.Name(3, Six(9)), "no room");
        Assert.AreEqual(4, _names.CountOf(3));
        Assert.AreEqual(2, _names.Octets[_names.At(3, 2) + 15]);
        Assert.AreEqual(0x20, _names.Octets[_names.At(3, 2)]);
    }

    [TestMethod]
    public void AnIPv4TargetIsNamedByItsAddress()
    {
        Assert.IsTrue(_names.Name(0, new Probe { Version = 4, Target = 0x0a000005 }));
        Assert.AreEqual(0x0a000005, _names.NumberAt(0, 0));
    }

    private static Probe Six(byte last) => new()
    {
        Version = 6,
        Addresses = [0xff, .. Enumerable.Repeat((byte)0x20, 15), last, 0xff],
        DestinationAt = 1,
    };
}
