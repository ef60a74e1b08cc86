using Appliance.Sensor.Frames;
using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>What a frame's octets mean.</summary>
[TestClass]
public class DecodeTests
{
    [TestMethod]
    public void TcpIsDecoded()
    {
        Frame frame = Decode(TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn));
        Assert.AreEqual(Undecodable.None, frame.Problem);
        Assert.AreEqual(4, frame.IpVersion);
        Assert.AreEqual(6, frame.Protocol);
        Assert.AreEqual(40000, frame.SourcePort);
        Assert.AreEqual(12345, frame.DestinationPort);
        Assert.AreEqual(TestFrame.Syn, frame.TcpFlags);
        Assert.AreEqual(0, frame.Tags);
    }

    [TestMethod]
    public void ATagIsLookedThrough()
    {
        Frame frame = Decode(TestFrame.Tagged(TestFrame.Tcp(0x090909, 0x010102, 40000, 65535, TestFrame.Ack)));
        Assert.AreEqual(Undecodable.None, frame.Problem);
        Assert.AreEqual(1, frame.Tags);
        Assert.AreEqual(65535, frame.DestinationPort);
    }

    [TestMethod]
    public void UdpAndArpAreDecoded()
    {
        Frame udp = Decode(TestFrame.Udp(0x090909, 0x010102, 53, 31337, "ping"));
        Assert.AreEqual(17, udp.Protocol);
        Assert.AreEqual(4, udp.PayloadLength);
        Frame arp = Decode(TestFrame.Arp(0x010101, 0x010102));
        Assert.AreEqual(1, arp.ArpOperation);
        Assert.IsTrue(arp.IsBroadcast);
    }

    [TestMethod]
    public void AFrameThatIsCutAnywhereIsToldAndNeverThrows()
    {
        byte[] whole = TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn);
        var frame = new Frame();
        for (int length = 0; length < whole.Length; length++)
        {
            var slot = new byte[128];
            System.Array.Copy(whole, 0, slot, 0, length);
            frame.Decode(slot, 0, length, length);
            Assert.IsTrue(frame.Problem != Undecodable.None, "cut to " + length);
        }
    }

    [TestMethod]
    public void ALengthThatLiesIsTold()
    {
        byte[] octets = TestFrame.Tcp(0x090909, 0x010102, 40000, 12345, TestFrame.Syn);
        octets[TestFrame.Link + 3] = 200;
        Assert.AreEqual(Undecodable.IpLengthLies, Decode(octets).Problem);
    }

    private static Frame Decode(byte[] octets)
    {
        var slot = new byte[128];
        System.Array.Copy(octets, 0, slot, 0, octets.Length);
        var frame = new Frame();
        frame.Decode(slot, 0, octets.Length, octets.Length);
        return frame;
    }
}
