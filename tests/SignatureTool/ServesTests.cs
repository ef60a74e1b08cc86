using System;
using System.Buffers.Binary;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Who serves a suspect port in good faith, from the profile to the sensor's question.</summary>
[TestClass]
public sealed class ServesTests
{
    private const int Agent = 0x0a010209;
    private const int Other = 0x0a01020a;
    private const string Rule = "alert tcp any any -> any 5555 ( msg:\"x\"; metadata:suspect yes; sid:1; )\n";

    private const string Site = """
        [site]
        name = "w"
        home = ["10.1.0.0/16", "2001:db8::/64"]
        [[serves]]
        name = "backup agent"
        hosts = ["10.1.2.9", "2001:db8::9"]
        port = 5555
        [[expected]]
        name = "console"
        source = "10.1.2.9"
        [[serves]]
        name = "name server"
        hosts = "10.1.2.53"
        proto = "udp"
        port = [31337, 1600]
        """;

    [TestMethod]
    public void TheSensorKnowsWhoServesWhat()
    {
        SignatureTable table = Load(Site);
        byte[] none = [];
        Assert.IsTrue(table.IsServed(4, Agent, none, 0, 6, 5555));
        Assert.IsFalse(table.IsServed(4, Other, none, 0, 6, 5555), "another host");
        Assert.IsFalse(table.IsServed(4, Agent, none, 0, 6, 5556), "another port");
        Assert.IsFalse(table.IsServed(4, Agent, none, 0, 17, 5555), "another protocol");
        Assert.IsTrue(table.IsServed(4, 0x0a010235, none, 0, 17, 1600));
        byte[] six = Convert.FromHexString("20010DB8000000000000000000000009");
        Assert.IsTrue(table.IsServed(6, 0, six, 0, 6, 5555));
        six[15] = 8;
        Assert.IsFalse(table.IsServed(6, 0, six, 0, 6, 5555));
    }

    [TestMethod]
    public void AServiceExplainsNoFrame()
    {
        SignatureTable table = Load(Site);
        Assert.AreEqual(1, table.ExpectedOfAttempt(4, Agent, Other, [], 0, 0, 6, 5555), "the console");
        Assert.AreEqual(-1, table.ExpectedOfAttempt(4, Other, Agent, [], 0, 0, 6, 5555));
        Assert.AreEqual(-1, table.ExpectedOfAttempt(4, Other, Agent, [], 0, 0, 256, 0), "ARP has no service");
    }

    [TestMethod]
    public void InspectAndDiffTellThem()
    {
        using var folder = new TemporaryFolder();
        string one = folder.Write("one.sigtab", Compile(Site));
        string other = folder.Write("other.sigtab", Compile(Site.Replace("10.1.2.53", "10.1.2.54", StringComparison.Ordinal)));
        string text = SigtabRun.Of("inspect", one).Output;
        StringAssert.Contains(text, "serves 'backup agent': protocol 6, [10.1.2.9,2001:db8::9] [5555]\n", StringComparison.Ordinal);
        StringAssert.Contains(text, "serves 'name server': protocol 17, [10.1.2.53] [1600,31337]\n", StringComparison.Ordinal);
        StringAssert.Contains(text, "expected 'console': protocol any, [10.1.2.9] -> any any\n", StringComparison.Ordinal);
        StringAssert.Contains(SigtabRun.Of("diff", one, other).Output,
            "~ serves 'name server': protocol 17, [10.1.2.53] [1600,31337] -> protocol 17, [10.1.2.54] [1600,31337]\n",
                StringComparison.Ordinal);
    }

    [TestMethod]
    public void AServiceWithoutAPortOrOfAnotherProtocolIsRefused()
    {
        byte[] file = Compile(Site);
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        int at = Enumerable.Range(0, file.Length - 10).Single(i => file[i + 8] == 1 && file[i + 9] == 6 && file[i] == 0
            && file[i + 2] == 0 && file[i + 3] == 0);
        Assert.AreEqual(TableProblem.Site, LoadChanged(file, at + 9, 1), "ICMP");
        Assert.AreEqual(TableProblem.Site, LoadChanged(file, at + 7, 0, at + 6), "any port");
    }

    private static int LoadChanged(byte[] file, int at, byte value, int andZero = -1)
    {
        byte[] changed = [.. file];
        changed[at] = value;
        if (andZero >= 0)
        {
            changed[andZero] = 0;
        }

        var table = new SignatureTable();
        uint checksum = table.ChecksumOf(changed, changed.Length - TableFormat.SignaturePlace);
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(TableFormat.ChecksumAt), checksum);
        return table.Load(changed, changed.Length);
    }

    private static SignatureTable Load(string site)
    {
        byte[] file = Compile(site);
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        return table;
    }

    private static byte[] Compile(string site) => TableCompiler.CompileText([("t.rules", Rule)], ("site.toml", site)).Table!;
}
