using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>The octets of alert lines.</summary>
[TestClass]
public class AlertTests
{
    [TestMethod]
    public void ALineIsAnRfc5424Message()
    {
        var rig = new Rig();
        Sweep(rig);

        Assert.IsTrue(rig.Lines.Count >= 1, "no line");
        string line = rig.Lines.At(0);
        Assert.AreEqual(0, line.IndexOf("<8"), line);
        Assert.AreEqual(4, line.IndexOf("1 2000-04-07T05:22:07.0"), line);
        Assert.AreEqual(30, line.IndexOf(" tap tap - sweep "), line);
        Assert.IsTrue(line.IndexOf(" [incident@32473 id=\"1\" state=\"open\" severity=\"") > 0, line);
        Assert.IsTrue(line.IndexOf(" sid=\"1000101\" proto=\"tcp\" src=\"10.9.9.9\" srcs=\"1\" dst=\"10.1.1.0/") > 0, line);
        Assert.IsTrue(line.IndexOf("][meta sequenceId=\"1\" ") > 0, line);
    }

    [TestMethod]
    public void LinesArePrintableAndAtMost480Octets()
    {
        var rig = new Rig();
        for (int host = 1; host <= 100; host++)
        {
            rig.Take(TestFrame.Tcp(0x090909, 0x010100 + host, 40000, 12345, TestFrame.Syn), 300000);
            rig.Take(TestFrame.Udp(0x070707, 0x010100 + host, 40000, 31337, "PING"), 1000);
        }

        rig.Sensor.Finish();
        Assert.IsTrue(rig.Lines.IsPrintable, "an octet that is not printable");
        Assert.IsTrue(rig.Lines.Longest <= 480, "a line of " + rig.Lines.Longest);
        Assert.IsTrue(rig.Lines.Longest > 200, "no whole line");
    }

    [TestMethod]
    public void WithoutAClockThereIsNoTime()
    {
        var rig = new Rig();
        rig.Sensor.LoseWallClock();
        Sweep(rig);
        Assert.IsTrue(rig.Lines.Count >= 1, "no line");
        Assert.AreEqual(4, rig.Lines.At(0).IndexOf("1 - tap tap - "), rig.Lines.At(0));
    }

    // Ten hosts within a tenth of a second.
    private static void Sweep(Rig rig)
    {
        for (int host = 1; host <= 10; host++)
        {
            rig.Take(TestFrame.Tcp(0x090909, 0x010100 + host, 40000 + host, 12345, TestFrame.Syn), 10000);
        }

        rig.Sensor.Finish();
    }
}
