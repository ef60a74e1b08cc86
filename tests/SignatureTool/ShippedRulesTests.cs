using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>firmware/tables: compiles everywhere, and says the right thing about the practical's frames.</summary>
[TestClass]
public sealed class ShippedRulesTests
{
    private static readonly string[] Rules =
    [
        Repository.PathOf("firmware", "tables", "imaging.rules"), Repository.PathOf("firmware", "tables", "legacy.rules"),
    ];

    private static string Text => string.Concat(Rules.Select(File.ReadAllText));

    private static string Site => File.ReadAllText(Repository.PathOf("firmware", "tables", "example-site.toml"));

    [TestMethod]
    public void CompileWithAProfileThatNamesHomeAlone()
    {
        CompiledTable compiled = TableCompiler.CompileText([("imaging.rules", Text)],
            ("site.toml", "[site]\nhome = [\"10.0.0.0/8\"]\n[collector]\naddress = \"udp://192.0.2.10:514\"\n"));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        Assert.IsTrue(compiled.Diagnostics.All(d => d.Severity == Severity.Note), string.Join('\n', compiled.Diagnostics));
    }

    [TestMethod]
    public void EveryRuleHasPriorityClassIntentAndAdvice()
    {
        CompiledTable compiled = TableCompiler.CompileText([("imaging.rules", Text)], ("site.toml", """
            [site]
            home = ["10.0.0.0/8"]
            [groups]
            DNS_SERVERS = ["10.0.0.1"]
            PACS = ["10.0.0.2"]
            MODALITIES = ["10.0.0.3"]
            [collector]
            address = "udp://192.0.2.10:514"
            """));
        Assert.AreEqual(0, compiled.Diagnostics.Count, string.Join('\n', compiled.Diagnostics));
        foreach (CatalogueEntry entry in compiled.Catalogue.Entries)
        {
            Assert.IsTrue(entry.Priority > 0 && entry.ClassType.Length > 0 && entry.Intent.Length > 0 && entry.Advice.Length > 0,
                entry.Msg);
            Assert.IsTrue(entry.Msg.Length <= 24, $"'{entry.Msg}' would be cut");
            Assert.IsTrue(entry.Advice.EndsWith('.') && entry.Intent.EndsWith('.'), entry.Msg);
        }
    }

    [TestMethod]
    public void EveryRuleOfImagingNamesATechniqueThatIsKnown()
    {
        string groups = "[groups]\nDNS_SERVERS = [\"10.0.0.1\"]\nPACS = [\"10.0.0.2\"]\nMODALITIES = [\"10.0.0.3\"]\n";
        CompiledTable compiled = TableCompiler.CompileText([("imaging.rules", File.ReadAllText(Rules[0]))],
            ("site.toml", "[site]\nhome = [\"10.0.0.0/8\"]\n" + groups));
        foreach (CatalogueEntry entry in compiled.Catalogue.Entries)
        {
            Assert.IsTrue(entry.Techniques is { Count: > 0 } && entry.Techniques.All(AttackTechnique.IsKnown),
                $"{entry.Sid} {entry.Msg}: {string.Join(' ', entry.Techniques ?? [])}");

            // Discovery is what somebody inside does; from outside the same search is reconnaissance (T1595).
            string rule = Regex.Split(File.ReadAllText(Rules[0]), "(?m)^(?=alert )").Single(r => r.Contains($"sid:{entry.Sid};",
                StringComparison.Ordinal));
            Assert.IsFalse(rule.Contains("$EXTERNAL_NET any ->", StringComparison.Ordinal)
                && entry.Techniques!.Intersect(["T1016", "T1018", "T1046", "T1124", "T1135", "T1021"]).Any(), entry.Msg);
        }

        CatalogueEntry again = Catalogue.FromJson(compiled.Catalogue.ToJson()).Find(1, 1000101)!;
        CollectionAssert.AreEqual(new[] { "T1219" }, again.Techniques!.ToArray());
        StringAssert.Contains(compiled.Catalogue.ToCsv(), ",references,techniques\r\n");
        Assert.AreEqual("T1046 Network Service Discovery", AttackTechnique.Text("T1046"));
    }

    [TestMethod]
    public void OrdinaryTriesAreFoundByTheirPortsAlone()
    {
        var bench = new Workbench(Text, Site);
        Assert.AreEqual(0, bench.Table.Index.TcpAlways.Length - 5, "only the impossible flags have no port");
        Assert.AreEqual(0, bench.Table.Index.UdpAlways.Length);
        Assert.AreEqual(0, bench.Table.Index.IcmpAlways.Length);
        Assert.AreEqual(0, bench.Table.Index.IpAlways.Length);
        Assert.AreEqual(0, bench.Table.Index.FlagsWanted[0x02] & Sensor.Signatures.SignatureIndex.WantedAlways);
        Assert.IsFalse(bench.Table.WantsSegments, "data of standing connections needs no look");
    }

    [TestMethod]
    [DataRow("detect01.pcap", "1000101:1 1000103:5 1000501:2")]
    [DataRow("detect02.pcap", "1000201:25")]
    [DataRow("detect04.pcap", "1000103:1 1000401:2 1000402:1")]
    [DataRow("detect06.pcap", "")]
    [DataRow("detect07.pcap", "")]
    [DataRow("detect08.pcap", "1000108:13")]
    [DataRow("detect09.pcap", "1000901:40")]
    [DataRow("detect10.pcap", "1000320:27")]
    public void SayTheRightThingAboutThePractical(string file, string counts)
    {
        var bench = new Workbench(Text, Site);
        IEnumerable<string> found = Frames(Repository.PathOf("tests", "captures", file)).SelectMany(f => bench.Sids(f))
            .GroupBy(sid => sid).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}");
        Assert.AreEqual(counts, string.Join(' ', found));
    }

    [TestMethod]
    public void TelnetToANameServerIsARestrictedServiceOfSeverityFour()
    {
        var bench = new Workbench(Text, Site);
        Assert.IsTrue(bench.Sids(new Ip("194.90.83.130", "128.231.212.53").Tcp(1023, 23, "S")).Contains(1000301));
        int s = Enumerable.Range(0, bench.Table.Count).Single(i => bench.Table.Sid(i) == 1000301);
        Assert.AreEqual(Sensor.Signatures.Traits.RestrictedService,
            bench.Table.Traits(s) & (Sensor.Signatures.Traits.RestrictedService | Sensor.Signatures.Traits.Suspect));
        Assert.AreEqual(4, bench.Table.GroupCriticality(bench.Table.Group(s)) + bench.Table.Lethality(s) - bench.Table.Countermeasures);

        // Inside clients and the server's own connections are nobody's business.
        Assert.AreEqual(0, bench.Sids(new Ip("128.231.212.9", "128.231.212.53").Tcp(1023, 23, "S")).Length);
        Assert.AreEqual(0, bench.Sids(new Ip("128.231.212.53", "128.231.212.9").Tcp(1023, 23, "S")).Length);
        Assert.AreEqual(0, bench.Sids(new Ip("194.90.83.130", "128.231.212.53").Tcp(1023, 23, "A")).Length);
    }

    [TestMethod]
    [DataRow(8080)]
    [DataRow(3128)]
    [DataRow(1080)]
    [DataRow(104)]
    [DataRow(445)]
    public void WhatIsOrdinaryInsideIsSilentInside(int port)
    {
        var bench = new Workbench(Text, Site);
        Assert.AreEqual(0, bench.Sids(new Ip("128.231.212.9", "128.231.213.9").Tcp(40000, port, "S")).Length);
        Assert.AreEqual(1, bench.Sids(new Ip("192.0.2.1", "128.231.213.9").Tcp(40000, port, "S")).Length);
    }

    [TestMethod]
    public void TheConsoleIsExpected()
    {
        var bench = new Workbench(Text, Site);
        var frame = new Sensor.Frames.Frame();
        byte[] poll = new Ip("128.231.213.4", "128.231.212.0").Udp(3701, 1600, new byte[46]);
        frame.Decode(poll, 0, poll.Length, poll.Length);
        int expected = bench.Table.ExpectedOf(frame);
        Assert.AreEqual("GE AdvantageNet master console", System.Text.Encoding.ASCII.GetString(
            bench.Table.Bytes, bench.Table.ExpectedNameAt(expected), bench.Table.Bytes[bench.Table.ExpectedNameAt(expected) - 1]));
        byte[] other = new Ip("128.231.213.5", "128.231.212.0").Udp(3701, 1600, new byte[46]);
        frame.Decode(other, 0, other.Length, other.Length);
        Assert.AreEqual(-1, bench.Table.ExpectedOf(frame));
    }

    // The captures of this repository are little-endian pcap with microseconds.
    private static IEnumerable<byte[]> Frames(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        for (int at = 24; at < bytes.Length;)
        {
            int length = BitConverter.ToInt32(bytes, at + 8);
            yield return bytes[(at + 16)..(at + 16 + length)];
            at += 16 + length;
        }
    }
}
