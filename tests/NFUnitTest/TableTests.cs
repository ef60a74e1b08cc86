using Appliance.Sensor.Signatures;
using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>Loading a table.</summary>
[TestClass]
public class TableTests
{
    [TestMethod]
    public void AGoodTableIsLoaded()
    {
        var table = new SignatureTable();
        byte[] octets = SmallTable.Octets();
        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));
        Assert.AreEqual(2, table.Count);
        Assert.AreEqual(7, (int)table.Sequence);
        Assert.AreEqual(SmallTable.NetBus, table.Sid(0));
        Assert.AreEqual(SmallTable.BackOrifice, table.Sid(1));
    }

    // Each seventh octet: all of them take a board too long, and tests on the workstation try every one.
    [TestMethod]
    public void ADamagedTableIsRefused()
    {
        byte[] octets = SmallTable.Octets();
        var table = new SignatureTable();
        for (int at = 0; at < octets.Length - TableFormat.SignaturePlace; at += 7)
        {
            octets[at] ^= 1;
            Assert.IsTrue(table.Load(octets, octets.Length) != TableProblem.None, "octet " + at);
            octets[at] ^= 1;
        }

        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));
    }

    [TestMethod]
    public void ACutTableIsRefused()
    {
        byte[] octets = SmallTable.Octets();
        for (int length = 0; length < octets.Length; length += 13)
        {
            Assert.IsTrue(new SignatureTable().Load(octets, length) != TableProblem.None, "cut to " + length);
        }
    }
}
