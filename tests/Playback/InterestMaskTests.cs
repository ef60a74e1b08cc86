using System;
using System.Linq;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Playback.Tests;

/// <summary>The mirror port's mask: what it skips no signature and no tracker needs.</summary>
[TestClass]
public sealed class InterestMaskTests
{
    private const string Site = "[site]\nhome = [\"10.1.0.0/16\"]\n";

    private static readonly string[] Flags = ["A", "PA", "FA", "S", "SA", "R", "RA", "F", "", "P", "U", "PAU", "AEC", "SF", "FPU", "SRA"];

    private static SignatureTable Load(string rules)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", Site),
            new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table;
    }

    private static Interest Decide(string rules, byte[] frame)
    {
        return new InterestMask(Load(rules)).Decide(frame, 0, Math.Min(frame.Length, SlotBatch.SlotLength), frame.Length);
    }

    private static byte[] Tcp(string flags, int from = 40000, int to = 104)
    {
        return new Ip("10.1.0.1", "10.1.0.2").Tcp(from, to, flags, payload: new byte[40]);
    }

    [TestMethod]
    [DataRow("A")]
    [DataRow("PA")]
    [DataRow("PAU")]
    [DataRow("AEC")]
    public void DataOfAStandingConnectionIsSkipped(string flags)
    {
        Assert.AreEqual(Interest.Skip, Decide("", Tcp(flags)));
        Assert.AreEqual(Interest.Skip, Decide("", Change.Tagged(Tcp(flags), (0x88a8, 1), (0x8100, 2))));
        Assert.AreEqual(Interest.Skip, Decide("", Change.WithOptions(Tcp(flags), [1, 1, 1, 0])));
        Assert.AreEqual(Interest.Skip, Decide("", new Ip("2001:db8::1", "2001:db8::2").Tcp(1, 2, flags)));
    }

    [TestMethod]
    [DataRow("S")]
    [DataRow("SA")]
    [DataRow("FA")]
    [DataRow("RA")]
    [DataRow("R")]
    [DataRow("")]
    [DataRow("P")]
    [DataRow("FPU")]
    public void EverythingElseOfTcpIsKept(string flags)
    {
        Assert.AreEqual(Interest.Keep, Decide("", Tcp(flags)));
    }

    [TestMethod]
    public void WhatIsNotPlainTcpIsKept()
    {
        var lan = new Lan("10.1.0.0/16");
        var ip = new Ip("10.1.0.1", "10.1.0.2");
        byte[][] frames =
        [
            lan.WhoHas("10.1.0.1", "10.1.0.2"), ip.Udp(1, 2, new byte[30]), ip.Echo(false, 1, 1), ip.Datagram(47, new byte[40]),
            Lan.LlcFrame(Lan.Broadcast, lan.RouterMac, new byte[40]), (ip with { DestinationMac = Lan.Broadcast }).Tcp(1, 2, "A"),
            .. Change.Fragmented(Tcp("A"), 24), Tcp("A")[..50], Change.Tagged(Tcp("A"), (0x8100, 1), (0x8100, 2), (0x8100, 3)),
        ];
        foreach (byte[] frame in frames)
        {
            Assert.AreEqual(Interest.Keep, Decide("", frame), Convert.ToHexString(frame));
        }
    }

    [TestMethod]
    public void LengthsThatLieAreTheSensorsToCount()
    {
        byte[] total = Tcp("A");
        total[16] = 0xff;
        byte[] offset = Tcp("A");
        offset[46] = 0x40;
        byte[] beyond = new Ip("10.1.0.1", "10.1.0.2").Tcp(1, 2, "A");
        beyond[46] = 0xf0;
        foreach (byte[] frame in new[] { total, offset, beyond })
        {
            Assert.AreEqual(Interest.Keep, Decide("", frame));
        }
    }

    [TestMethod]
    public void OneInSixtyFourIsASignOfLife()
    {
        var mask = new InterestMask(Load(""));
        byte[] frame = Tcp("A");
        Interest[] decisions = [.. Enumerable.Range(1, 640).Select(_ => mask.Decide(frame, 0, frame.Length, frame.Length))];
        Assert.AreEqual(10, decisions.Count(d => d == Interest.SignOfLife));
        Assert.AreEqual(Interest.SignOfLife, decisions[63]);
        Assert.AreEqual(0, decisions.Count(d => d == Interest.Keep));
    }

    [TestMethod]
    public void ShippedRulesNeedNoDataOfStandingConnections()
    {
        string rules = System.IO.File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules"));
        Assert.AreEqual(Interest.Keep, Decide(rules, Tcp("PA", to: 5556)), "a trojan's port: is there a service?");
        foreach (int port in new[] { 104, 445, 11112, 23 })
        {
            Assert.AreEqual(Interest.Skip, Decide(rules, Tcp("PA", to: port)));
            Assert.AreEqual(Interest.Skip, Decide(rules, Tcp("A", from: port)));
        }
    }

    [TestMethod]
    [DataRow("10.1.0.1", "10.1.0.2")]
    [DataRow("2001:db8::1", "2001:db8::2")]
    public void TheFirstWordsOfAnAssociationAreKeptOnEveryPort(string one, string other)
    {
        byte[][] openings =
        [
            Dicom.Request("CT1", "WS1"), Dicom.Accept("CT1", "WS1"), Dicom.Reject(), Dicom.Abort(), Hl7.Message("LAB", "A", "RIS", "B"),
            [0x16, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3], Dicom.Request("CT1", "WS1")[6..], Dicom.Reject()[..6], Dicom.Reject()[6..],
            Hl7.Message("LAB", "A", "RIS", "B")[1..],
        ];
        foreach (byte[] payload in openings)
        {
            byte[] frame = new Ip(one, other).Tcp(40000, 11113, "PA", payload: payload);
            Assert.AreEqual(Interest.Keep, Decide("", frame), Convert.ToHexString(payload));
            Assert.AreEqual(Interest.Keep, Decide("", Change.Tagged(frame, (0x8100, 3))));
            frame = new Ip(one, other).Tcp(40000, 11113, "PA", payload: [0x80, .. payload]);
            Assert.AreEqual(Interest.Skip, Decide("", frame), "behind the beginning");
        }
    }

    // A mask of an image's pixels, 0 and 1, begins like a request once in a hundred segments; its "length" is 257 at most.
    [TestMethod]
    public void ImagesOfSmallNumbersAreNoRequests()
    {
        byte[] pixels = new byte[1448];
        "\u0001\0\0\0\u0001\u0001\0\u0001\0\0"u8.CopyTo(pixels);
        Assert.AreEqual(Interest.Skip, Decide("", To(11112, pixels)));
        Assert.AreEqual(Interest.Keep, Decide("", To(11112, Dicom.Request("CT1", "WS1", length: 1442))));

        // Of a request longer than a segment the first one says more than it holds.
        Assert.AreEqual(Interest.Keep, Decide("", To(11112, Dicom.Request("CT1", "WS1", length: 9609)[..1448])));
    }

    [TestMethod]
    public void ARuleOnTheBeginningOfDataAsksForNoBulkData()
    {
        const string Rule = "alert tcp any any -> any 104 ( content:\"|01 00|\",depth 2; content:\"EVIL\",offset 10,depth 4; sid:1; )";
        Assert.AreEqual(Interest.Keep, Decide(Rule, To(104, Dicom.Request("EVIL", "X"))));
        Assert.AreEqual(Interest.Keep, Decide(Rule, To(104, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "EVIL"u8])), "no request of DICOM's");
        Assert.AreEqual(Interest.Skip, Decide(Rule, To(105, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "EVIL"u8])));
        Assert.AreEqual(Interest.Skip, Decide(Rule, To(104, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. "GOOD"u8])));
        Assert.AreEqual(Interest.Skip, Decide(Rule, To(104, [4, 0, 0, 0, 0, 0])));

        // What may stand anywhere needs the whole conversation.
        Assert.AreEqual(Interest.Keep, Decide(Rule.Replace(",depth 2", "", StringComparison.Ordinal), To(104, [4, 0, 0, 0, 0, 0])));
        Assert.AreEqual(Interest.Keep, Decide(Rule.Replace("depth 2", "depth 3", StringComparison.Ordinal), To(104, [4, 0, 0, 0, 0, 0])));
    }

    [TestMethod]
    public void OfBulkDataFewerThanOneSegmentInAHundredThousandIsKept()
    {
        const int Segments = 300000;
        var random = new Random(11);
        var mask = new InterestMask(Load(System.IO.File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules"))));
        byte[] frame = new Ip("10.1.0.1", "10.1.0.2").Tcp(104, 40000, "A", payload: new byte[1460]);
        int kept = 0;
        for (int i = 0; i < Segments; i++)
        {
            // Compressed pixels; sixteen bits of smooth tissue, most of them small; the black around it with noise of a few
            // units.
            Span<byte> pixels = frame.AsSpan(54, 80);
            random.NextBytes(pixels);
            int level = random.Next(1200);
            for (int at = 0; at < pixels.Length && i % 3 != 0; at += 2)
            {
                int value = i % 3 == 1 ? Math.Max(0, level += random.Next(-8, 9)) : random.Next(8) / 5;
                (pixels[at], pixels[at + 1]) = ((byte)value, (byte)(value >> 8));
            }

            if (i % 5 == 0)
            {
                // A command or a data element of its own begins the segment (PS3.8 9.3.5).
                new byte[] { 4, 0, 0, 0, 5, 0xb4, 0, 0, 5, 0xb0, 1, (byte)(i & 3) }.CopyTo(pixels);
            }

            kept += mask.Decide(frame, 0, SlotBatch.SlotLength, frame.Length) == Interest.Keep ? 1 : 0;
        }

        Assert.IsLessThanOrEqualTo(Segments / 100000, kept);
    }

    private static byte[] To(int port, byte[] payload)
    {
        return new Ip("10.1.0.1", "10.1.0.2").Tcp(40000, port, "PA", payload: payload);
    }

    [TestMethod]
    public void NoFrameThatASignatureMatchesIsSkipped()
    {
        var random = new Random(5);
        string[] headers =
        [
            "tcp any any -> any 104", "tcp any 104 -> any any", "tcp any [80,104] <> any 40000", "tcp any any -> any any", "ip any any -> any any",
            "tcp any :100 -> any 1024:", "tcp $HOME_NET any -> $HOME_NET !80", "udp any any -> any any", "icmp any any -> any any",
        ];
        string[] options = ["", "content:\"|00|\",depth 1; ", "content:\"|00 00|\",offset 1,depth 2; content:\"|00|\",depth 1; ", "content:\"|01|\",depth 1; ", "flags:A; ", "flags:PA,CE; ", "flags:*AP; ", "flags:+A; ", "flags:!S; ", "dsize:>0; ", "ttl:<65; "];
        int skipped = 0;
        int matched = 0;
        for (int round = 0; round < 200; round++)
        {
            string rules = string.Concat(Enumerable.Range(1, random.Next(1, 4)).Select(sid =>
                $"alert {headers[random.Next(headers.Length)]} ( {options[random.Next(options.Length)]}sid:{sid}; )\n"));
            SignatureTable table = Load(rules);
            var mask = new InterestMask(table);
            var matcher = new SignatureMatcher(table);
            var frame = new Frame();
            foreach (string flags in Flags)
            {
                int[] ports = [80, 104, 40000, random.Next(65536)];
                byte[] bytes = Tcp(flags, ports[random.Next(4)], ports[random.Next(4)]);
                frame.Decode(bytes, 0, bytes.Length, bytes.Length);
                bool matches = matcher.Match(frame, 0) > 0;
                Interest interest = mask.Decide(bytes, 0, bytes.Length, bytes.Length);
                Assert.IsFalse(matches && interest != Interest.Keep, $"{rules}{flags} {frame.SourcePort} {frame.DestinationPort}");
                matched += matches ? 1 : 0;
                skipped += interest == Interest.Skip ? 1 : 0;
            }
        }

        Assert.IsTrue(matched > 500 && skipped > 100, $"{matched} {skipped}");
    }
}
