using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>Which signatures a frame satisfies.</summary>
[TestClass]
public class MatchTests
{
    [TestMethod]
    public void ASynToTheTrojansPortMatches()
    {
        Assert.AreEqual(SmallTable.NetBus, Match(TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn)));
        byte[] tagged = TestFrame.Tagged(TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn));
        Assert.AreEqual(SmallTable.NetBus, Match(tagged));
    }

    [TestMethod]
    public void OtherFlagsAndOtherPortsDoNot()
    {
        Assert.AreEqual(0, Match(TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn | TestFrame.Ack)));
        Assert.AreEqual(0, Match(TestFrame.Tcp(0x090909, 0x010102, 12345, 40000, TestFrame.Syn)));
        Assert.AreEqual(0, Match(TestFrame.Tcp(0x090909, 0x010102, 40000, 12346, TestFrame.Syn)));
        Assert.AreEqual(0, Match(TestFrame.Udp(0x090909, 0x010102, 40000, 12345, "ping")));
    }

    [TestMethod]
    public void ContentMatchesInEitherCase()
    {
        Assert.AreEqual(SmallTable.BackOrifice, Match(TestFrame.Udp(0x090909, 0x010102, 40000, 31337, "xxPiNGxx")));
        Assert.AreEqual(0, Match(TestFrame.Udp(0x090909, 0x010102, 40000, 31337, "xxPiNxGx")));
        Assert.AreEqual(0, Match(TestFrame.Udp(0x090909, 0x010102, 40000, 31338, "ping")));
    }

    // The sid of the only match, 0 for none.
    private static int Match(byte[] octets)
    {
        var table = new SignatureTable();
        byte[] file = SmallTable.Octets();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        var matcher = new SignatureMatcher(table);
        var slot = new byte[128];
        System.Array.Copy(octets, 0, slot, 0, octets.Length);
        var frame = new Frame();
        frame.Decode(slot, 0, octets.Length, octets.Length);
        int count = matcher.Match(frame, 0);
        Assert.IsTrue(count <= 1, "more than one match");
        return count == 0 ? 0 : table.Sid(matcher.Matches[0]);
    }
}
