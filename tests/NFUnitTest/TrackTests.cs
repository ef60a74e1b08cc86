using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>What trackers conclude.</summary>
[TestClass]
public class TrackTests
{
    [TestMethod]
    public void TheSamePortOnManyHostsIsASweep()
    {
        var rig = new Rig();
        for (int host = 1; host <= 40; host++)
        {
            rig.Take(TestFrame.Tcp(0x090909, 0x010100 + host, 40000 + host, 12345, TestFrame.Syn), 5000);
        }

        rig.Sensor.Finish();
        Assert.AreEqual(1, rig.Lines.With("state=\"open\""));
        Assert.AreEqual(1, rig.Lines.With("state=\"closed\""));
        Assert.IsTrue(rig.Lines.At(rig.Lines.Count - 1).IndexOf(" sweep ") > 0, rig.Lines.At(rig.Lines.Count - 1));
        Assert.AreEqual(1, rig.Lines.With("dsts=\"40\" dport=\"12345\" frames=\"40\""));
        Assert.AreEqual(rig.Lines.Count, rig.Lines.With("src=\"10.9.9.9\""));
        Assert.AreEqual(rig.Lines.Count, rig.Lines.With("sid=\"1000101\""));
    }

    [TestMethod]
    public void ManyPortsOnOneHostAreAPortScan()
    {
        var rig = new Rig();
        for (int port = 1; port <= 60; port++)
        {
            rig.Take(TestFrame.Tcp(0x090909, 0x010102, 40000 + port, port * 7, TestFrame.Syn), 5000);
        }

        rig.Sensor.Finish();
        Assert.IsTrue(rig.Lines.With(" port-scan ") > 0, "no port-scan");
        Assert.AreEqual(1, rig.Lines.With("state=\"closed\""));
    }

    [TestMethod]
    public void AnAnsweredConnectionIsNoIncident()
    {
        var rig = new Rig();
        rig.Take(TestFrame.Tcp(0x010103, 0x010102, 40000, 104, TestFrame.Syn), 1000);
        rig.Take(TestFrame.Tcp(0x010102, 0x010103, 104, 40000, TestFrame.Syn | TestFrame.Ack), 1000);
        for (int i = 0; i < 20; i++)
        {
            rig.Take(TestFrame.Tcp(0x010103, 0x010102, 40000, 104, TestFrame.Ack), 1000);
            rig.Take(TestFrame.Tcp(0x010102, 0x010103, 104, 40000, TestFrame.Ack), 1000);
        }

        rig.Sensor.Finish();
        Assert.AreEqual(0, rig.Lines.Count, rig.Lines.Count > 0 ? rig.Lines.At(0) : "");
    }
}
