using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Appliance.Playback.Captures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Playback.Tests;

/// <summary>Both capture formats in all their forms, and what damage in them is called.</summary>
[TestClass]
public sealed class CaptureReaderTests
{
    private const uint Seconds = 955084927;
    private const ulong Time = Seconds * 1_000_000ul;

    private static readonly byte[] Small = Frame(60);
    private static readonly byte[] Large = Frame(1514);

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(false, 0xa1b2c3d4u, 758726u)]
    [DataRow(true, 0xa1b2c3d4u, 758726u)]
    [DataRow(false, 0xa1b23c4du, 758726999u)]
    [DataRow(true, 0xa1b23c4du, 758726999u)]
    public void ClassicCapture(bool bigEndian, uint magic, uint fraction)
    {
        Read read = ReadAll(new OctetWriter(bigEndian).PcapHeader(magic).PcapPacket(Seconds, fraction, Small)
            .PcapPacket(Seconds + 1, 0, Large, 9000).ToArray());
        Assert.AreEqual(2, read.Packets.Count);
        Assert.AreEqual(new Packet((long)Time + 758726, 60, 60, Sum(Small)), read.Packets[0]);
        Assert.AreEqual(new Packet((long)Time + 1_000_000, 1514, 9000, Sum(Large)), read.Packets[1]);
        Assert.IsNull(read.Truncation);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ClassicCaptureWithKuznetzovsPacketHeader(bool bigEndian)
    {
        Read read = ReadAll(new OctetWriter(bigEndian).PcapHeader(0xa1b2cd34)
            .U32(Seconds).U32(7).U32(60).U32(60).U32(2).U16(0x800).U8(0, 0).U8(Small)
            .U32(Seconds).U32(8).U32(60).U32(60).U32(2).U16(0x800).U8(0, 0).U8(Small).ToArray());
        CollectionAssert.AreEqual(new[] { (long)Time + 7, (long)Time + 8 }, read.Packets.Select(p => p.Time).ToArray());
    }

    [TestMethod]
    public void FrameCheckSequenceThatTheHeaderAnnouncesIsNoPartOfTheFrame()
    {
        // f bit and a length of two units of 16 bits.
        Read read = ReadAll(new OctetWriter(false).PcapHeader(linkType: 0x24000001).PcapPacket(1, 0, Frame(64)).ToArray());
        Assert.AreEqual((60, 60), (read.Packets[0].Captured, read.Packets[0].WireLength));

        // A slot that was cut before the check sequence loses nothing.
        read = ReadAll(new OctetWriter(false).PcapHeader(linkType: 0x24000001).PcapPacket(1, 0, Frame(64), 1518).ToArray());
        Assert.AreEqual((64, 1514), (read.Packets[0].Captured, read.Packets[0].WireLength));
    }

    [TestMethod]
    public void WireLengthIsNeverLessThanWhatWasCaptured()
    {
        Read read = ReadAll(new OctetWriter(false).PcapHeader().PcapPacket(1, 0, Small, 10).ToArray());
        Assert.AreEqual(60, read.Packets[0].WireLength);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void NewerCaptureWithEachPacketBlock(bool bigEndian)
    {
        Read read = ReadAll(new OctetWriter(bigEndian).Section().Interface(snapLength: 100)
            .Enhanced(0, Time + 5, Small, 70).Simple(Frame(100), 1514).Obsolete(0, Time + 9, Frame(61)).ToArray());
        Assert.AreEqual(3, read.Packets.Count);
        Assert.AreEqual(new Packet((long)Time + 5, 60, 70, Sum(Small)), read.Packets[0]);
        Assert.AreEqual(new Packet((long)Time + 5, 100, 1514, Sum(Frame(100))), read.Packets[1]);
        Assert.AreEqual(new Packet((long)Time + 9, 61, 61, Sum(Frame(61))), read.Packets[2]);
    }

    [TestMethod]
    [DataRow((byte)6, 1_000_000ul)]
    [DataRow((byte)9, 1_000_000_000ul)]
    [DataRow((byte)3, 1_000ul)]
    [DataRow((byte)0, 1ul)]
    [DataRow((byte)0x8a, 1024ul)]
    [DataRow((byte)0xa0, 1ul << 32)]
    public void TimeStampResolution(byte option, ulong unitsASecond)
    {
        ulong ticks = (Seconds * unitsASecond) + (unitsASecond / 4);
        Read read = ReadAll(new OctetWriter(false).Section().Interface(1, 0, (9, [option])).Enhanced(0, ticks, Small).ToArray());
        Assert.AreEqual((long)Time + (unitsASecond == 1 ? 0 : 250_000), read.Packets[0].Time);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void EachInterfaceHasItsOwnResolutionAndOffset(bool bigEndian)
    {
        byte[] offset = new OctetWriter(bigEndian).U64(3600).ToArray();
        Read read = ReadAll(new OctetWriter(bigEndian).Section().Interface(1, 0, (9, [9])).Interface(1, 0, (2, "eth1"u8.ToArray()), (14, offset))
            .Enhanced(1, Time, Small).Enhanced(0, Time * 1000, Small).ToArray());
        CollectionAssert.AreEqual(new[] { (long)Time + 3_600_000_000, (long)Time }, read.Packets.Select(p => p.Time).ToArray());
    }

    [TestMethod]
    [DataRow((byte)4)]
    [DataRow((byte)32)]
    public void FrameCheckSequenceOfAnInterface(byte length)
    {
        Read read = ReadAll(new OctetWriter(false).Section().Interface(1, 0, (13, [length])).Enhanced(0, Time, Frame(64)).ToArray());
        Assert.AreEqual((60, 60), (read.Packets[0].Captured, read.Packets[0].WireLength));
    }

    [TestMethod]
    public void SectionsOfBothByteOrdersWithInterfacesOfTheirOwn()
    {
        byte[] first = new OctetWriter(true).Section().Interface(1, 0, (9, [9])).Enhanced(0, Time * 1000, Small).ToArray();
        byte[] second = new OctetWriter(false).Section().Interface().Enhanced(0, Time + 1, Large).ToArray();
        Read read = ReadAll([.. first, .. second]);
        CollectionAssert.AreEqual(new[] { (long)Time, (long)Time + 1 }, read.Packets.Select(p => p.Time).ToArray());
    }

    [TestMethod]
    public void ASectionOfAnotherVersionIsLeftOutAndSaid()
    {
        byte[] foreign = new OctetWriter(false)
            .Block(0x0a0d0d0a, new OctetWriter(false).U32(0x1a2b3c4d).U16(2).U16(0).U64(ulong.MaxValue).ToArray())
            .Interface().Enhanced(0, Time, Small).ToArray();
        byte[] own = new OctetWriter(true).Section().Interface().Enhanced(0, Time, Large).ToArray();
        Read read = ReadAll([.. own, .. foreign, .. own]);
        Assert.AreEqual(2, read.Packets.Count);
        StringAssert.Contains(read.Note, $"the section at offset {own.Length} has version 2, 1 was expected; it is left out");
        StringAssert.Contains(Refusal(foreign), "the section at offset 0 has version 2");
    }

    [TestMethod]
    public void BlocksOfOtherTypesArePassedOverHoweverLong()
    {
        Read read = ReadAll(new OctetWriter(false).Section().Block(5, new byte[40]).Interface().Block(0x0bad, new byte[3_000_000])
            .Enhanced(0, Time, Small).Block(4, new byte[12]).ToArray());
        Assert.AreEqual(1, read.Packets.Count);
        Assert.IsNull(read.Truncation);
    }

    [TestMethod]
    public void OtherInterfacesOfAMixedCaptureAreLeftOutAndCounted()
    {
        Read read = ReadAll(new OctetWriter(false).Section().Interface(113).Interface(1)
            .Enhanced(0, Time, Small).Enhanced(1, Time, Large).Enhanced(0, Time, Small).ToArray());
        Assert.AreEqual(1, read.Packets.Count);
        Assert.AreEqual((3L, 2L), (read.Number, read.Skipped));
        Assert.AreEqual("link type 113 (Linux cooked capture v1)", read.OtherLinkType);
    }

    [TestMethod]
    public void CaptureWithoutEthernetIsRefusedByName()
    {
        string expected = "has link type 101 (raw IP); the tap sees Ethernet (link type 1) only";
        StringAssert.Contains(Refusal(new OctetWriter(true).PcapHeader(linkType: 101).ToArray()), expected);
        StringAssert.Contains(Refusal(new OctetWriter(true).Section().Interface(101).Enhanced(0, 0, Small).ToArray()), expected);
    }

    [TestMethod]
    public void PacketsAcrossReadBlocksStayWhole()
    {
        // 1,000 packets of 1,514 octets: several of the reader's blocks, whose ends fall within packets and within headers.
        var classic = new OctetWriter(false).PcapHeader();
        var newer = new OctetWriter(true).Section().Interface();
        for (int i = 0; i < 1000; i++)
        {
            classic.PcapPacket(Seconds, (uint)i, Large);
            newer.Enhanced(0, Time + (ulong)i, Large);
        }

        foreach (byte[] file in new[] { classic.ToArray(), newer.ToArray() })
        {
            Read read = ReadAll(file);
            Assert.AreEqual(1000, read.Packets.Count);
            for (int i = 0; i < 1000; i++)
            {
                Assert.AreEqual(new Packet((long)Time + i, 1514, 1514, Sum(Large)), read.Packets[i]);
            }
        }
    }

    [TestMethod]
    public void GzipIsExpandedOnTheWay()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(new OctetWriter(false).PcapHeader().PcapPacket(Seconds, 0, Large).ToArray());
        }

        Assert.AreEqual(Sum(Large), ReadAll(packed.ToArray()).Packets[0].Sum);
    }

    [TestMethod]
    public void EachPlaceToEndAtIsSaidAndNeverThrows()
    {
        byte[][] files =
        [
            new OctetWriter(false).PcapHeader().PcapPacket(Seconds, 0, Small).PcapPacket(Seconds, 0, Small).ToArray(),
            new OctetWriter(true).Section().Interface(1, 0, (9, [9])).Enhanced(0, Time, Small).Block(5, new byte[20]).Simple(Small).ToArray(),
        ];
        int[] headers = [24, 28];
        int[][] ends = [[24, 100, 176], [28, 60, 152, 184, 260]];
        for (int f = 0; f < files.Length; f++)
        {
            for (int length = headers[f]; length <= files[f].Length; length++)
            {
                Read read = ReadAll(files[f][..length]);
                bool isWhole = ends[f].Contains(length);
                Assert.AreEqual(isWhole, read.Truncation is null, $"file {f} cut to {length} octets: {read.Truncation}");
                if (!isWhole)
                {
                    StringAssert.Contains(read.Truncation, "replayed up to there");
                    StringAssert.Contains(read.Truncation, "offset " + ends[f].Last(end => end <= length));
                }
            }
        }
    }

    [TestMethod]
    public void TruncationSaysWhichPacketAndWhere()
    {
        byte[] file = new OctetWriter(false).PcapHeader().PcapPacket(Seconds, 0, Small).PcapPacket(Seconds, 0, Large).ToArray();
        Read read = ReadAll(file[..^500]);
        Assert.AreEqual(1, read.Packets.Count);
        StringAssert.Contains(read.Truncation, "ends in the middle of packet 2 at offset 100: 1014 of its 1514 octets are there");
    }

    [TestMethod]
    public void DamageInAClassicCaptureSaysWhere()
    {
        byte[] file = new OctetWriter(true).PcapHeader().PcapPacket(Seconds, 0, Small)
            .U32(1).U32(0).U32(262_145).U32(60).U8(new byte[300_000]).ToArray();
        Read read = ReadAll(file, expectDamage: true);
        Assert.AreEqual(1, read.Packets.Count);
        StringAssert.Contains(read.Damage, "is damaged at offset 100: packet 2 claims 262145 octets");
    }

    [TestMethod]
    public void DamageInANewerCaptureSaysWhere()
    {
        byte[] start = new OctetWriter(false).Section().Interface().Enhanced(0, Time, Small).ToArray();
        string offset = $"offset {start.Length}, behind packet 1: ";
        var cases = new Dictionary<string, byte[]>
        {
            ["a block claims a length of 30 octets"] = new OctetWriter(false).U32(6).U32(30).U8(new byte[40]).ToArray(),
            ["a block claims a length of 8 octets"] = new OctetWriter(false).U32(99).U32(8).U8(new byte[40]).ToArray(),
            ["a block begins with a length of 32 octets and ends with 36"] =
                new OctetWriter(false).U32(6).U32(32).U8(new byte[20]).U32(36).ToArray(),
            ["a block begins with a length of 16 octets and ends with 20"] = new OctetWriter(false).U32(77).U32(16).U32(0).U32(20).ToArray(),
            ["a block of type 6 claims 2147483648 octets"] = new OctetWriter(false).U32(6).U32(0x80000000).U8(new byte[40]).ToArray(),
            ["packet 2 names interface 3, the section describes 1"] = new OctetWriter(false).Enhanced(3, 0, Small).ToArray(),
            ["packet 2 claims 600 octets, its block has room for 0"] =
                new OctetWriter(false).Block(6, new OctetWriter(false).U64(0).U32(0).U32(600).U32(600).ToArray()).ToArray(),
            ["an enhanced packet block of 16 octets"] = new OctetWriter(false).Block(6, new byte[4]).ToArray(),
            ["a packet block of 28 octets"] = new OctetWriter(false).Block(2, new byte[16]).ToArray(),
            ["a simple packet block of 12 octets"] = new OctetWriter(false).Block(3, []).ToArray(),
            ["an interface description of 16 octets"] = new OctetWriter(false).Block(1, new byte[4]).ToArray(),
            ["option 9 of an interface description is longer than the block"] =
                new OctetWriter(false).Block(1, new OctetWriter(false).U16(1).U16(0).U32(0).U16(9).U16(200).ToArray()).ToArray(),
            ["an interface has time stamps of resolution 7f"] = new OctetWriter(false).Interface(1, 0, (9, [0x7f])).ToArray(),
            ["an interface has time stamps of resolution c0"] = new OctetWriter(false).Interface(1, 0, (9, [0xc0])).ToArray(),
            ["a section header has no byte-order magic"] = new OctetWriter(false).Block(0x0a0d0d0a, new byte[16]).ToArray(),
        };
        foreach ((string expected, byte[] rest) in cases)
        {
            Read read = ReadAll([.. start, .. rest], expectDamage: true);
            Assert.AreEqual(1, read.Packets.Count, expected);
            StringAssert.Contains(read.Damage, offset + expected);
        }
    }

    [TestMethod]
    public void WhatIsNoCaptureIsRefused()
    {
        StringAssert.Contains(Refusal([]), "is empty; a pcap or pcapng capture was expected");
        StringAssert.Contains(Refusal([1, 2, 3]), "has 3 octets only");
        StringAssert.Contains(Refusal("PK\u0003\u0004 and more"u8.ToArray()), "is not a pcap or pcapng capture: it begins with octets 504b0304");
        StringAssert.Contains(Refusal(new OctetWriter(false).PcapHeader().ToArray()[..20]), "ends within the pcap file header");
        StringAssert.Contains(Refusal(new OctetWriter(false).PcapHeader(version: 1).ToArray()), "pcap capture of version 1 (offset 4)");
    }

    [TestMethod]
    public void RandomDamageNeverThrowsAnythingElse()
    {
        byte[][] files =
        [
            new OctetWriter(false).PcapHeader().PcapPacket(Seconds, 0, Small).PcapPacket(Seconds, 0, Large).PcapPacket(1, 1, Small).ToArray(),
            new OctetWriter(true).Section().Interface(1, 0, (9, [9]), (14, new byte[8])).Enhanced(0, Time, Small).Simple(Small)
                .Section().Interface(1, 96).Obsolete(0, 1, Large).Block(5, new byte[20]).ToArray(),
        ];
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] file = [.. files[i & 1]];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                file[random.Next(4, file.Length)] = (byte)(random.Next(2) == 0 ? 0xff : random.Next(256));
            }

            string path = _folder.Write("damaged", file[..random.Next(4, file.Length + 1)]);
            try
            {
                using CaptureReader reader = CaptureReader.Open(path);
                while (reader.Read())
                {
                    Assert.IsTrue(reader.Captured >= 0 && reader.Captured <= reader.WireLength);
                    Assert.IsTrue(reader.At + reader.Captured <= reader.Buffer.Length);
                }
            }
            catch (CaptureException e)
            {
                StringAssert.StartsWith(e.Message, path);
            }
        }
    }

    private static byte[] Frame(int length)
    {
        var frame = new byte[length];
        for (int i = 0; i < length; i++)
        {
            frame[i] = (byte)((i * 7) + length);
        }

        return frame;
    }

    private static long Sum(ReadOnlySpan<byte> octets)
    {
        long sum = 17;
        foreach (byte octet in octets)
        {
            sum = (sum * 31) + octet;
        }

        return sum;
    }

    private string Refusal(byte[] file)
    {
        Read read = ReadAll(file, expectDamage: true);
        Assert.AreEqual(0, read.Packets.Count);
        return read.Damage!;
    }

    private Read ReadAll(byte[] file, bool expectDamage = false)
    {
        string path = _folder.Write("capture", file);
        var packets = new List<Packet>();
        try
        {
            using CaptureReader reader = CaptureReader.Open(path);
            try
            {
                while (reader.Read())
                {
                    long sum = Sum(reader.Buffer.AsSpan(reader.At, reader.Captured));
                    packets.Add(new Packet(reader.Time, reader.Captured, reader.WireLength, sum));
                }
            }
            catch (CaptureException e) when (expectDamage)
            {
                return new Read(packets, reader.Number, reader.Skipped, null, reader.OtherLinkType, e.Message, null);
            }

            Assert.IsFalse(expectDamage, "the damage was not noticed");
            return new Read(packets, reader.Number, reader.Skipped, reader.Truncation, reader.OtherLinkType, null, reader.Note);
        }
        catch (CaptureException e) when (expectDamage)
        {
            return new Read(packets, 0, 0, null, null, e.Message, null);
        }
    }

    private sealed record Packet(long Time, int Captured, int WireLength, long Sum);

    private sealed record Read(
        List<Packet> Packets, long Number, long Skipped, string? Truncation, string? OtherLinkType, string? Damage, string? Note);
}
