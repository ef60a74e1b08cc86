using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The hook's mask and that of the workstation decide alike, frame by frame, with masks that sigtab compiled.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class MaskAgreementTests
{
    private const string Site = "[site]\nhome = [\"128.231.212.0/23\"]\n";
    private const string Tcp = "alert tcp any any -> any ";

    private const uint AnotherMask = 0xffffffff;
    private const int TablesEvery = 1000;

    private static readonly Lazy<List<byte[]>> Frames = new(() => [.. AllFrames()]);

    [TestMethod]
    [DataRow("", DisplayName = "no rule")]
    [DataRow(Tcp + "[5556,12345:12346] ( msg:\"ports\"; sid:1; )", DisplayName = "ports")]
    [DataRow(Tcp + "[104,443,1024:1100] ( msg:\"busy ports\"; sid:1; )", DisplayName = "busy ports")]
    [DataRow(Tcp + "any ( msg:\"flags\"; flags:AP; sid:1; )", DisplayName = "flags")]
    [DataRow(Tcp + "any ( msg:\"flags\"; flags:*UCE; sid:1; )", DisplayName = "rare flags")]
    [DataRow(Tcp + "any ( msg:\"all\"; sid:1; )", DisplayName = "everything")]
    [DataRow(Tcp + "104 ( content:\"|04 00|\",depth 2; content:\"|03|\",offset 10,depth 1; sid:1; )\n" + Tcp + "[80,8080] ( content:\"GET \",depth 4; dsize:4<>90; "
        + "sid:2; )\nalert tcp any 25:26 -> any any ( content:\"EHLO\",depth 4,nocase; content:\"1\",offset 3,depth 1; sid:3; )", DisplayName = "openings")]
    [DataRow("imaging", DisplayName = "the shipped rules")]
    public void BothDecideAlike(string rules)
    {
        string text = rules == "imaging" ? File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules")) : rules;
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", text)], ("site.toml", Site),
            new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));

        var mask = new InterestMask(table);
        var expected = new StringBuilder();
        using var folder = new TemporaryFolder();
        string path = folder.File("frames");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            WriteMask(writer, table);
            int frames = 0;
            foreach ((byte[] frame, int wire) in Frames.Value.SelectMany(Variants))
            {
                if (++frames % TablesEvery == 0)
                {
                    // As when a new table comes: the count of skipped frames goes on.
                    writer.Write(AnotherMask);
                    WriteMask(writer, table);
                    mask = new InterestMask(
                        table.Bytes, table.InterestAt, table.InterestRanges, table.OpeningsAt, table.Openings, mask);
                }

                int captured = Math.Min(frame.Length, SlotBatch.SlotLength);
                expected.Append(mask.Decide(frame, 0, captured, wire) switch
                {
                    Interest.Skip => 's',
                    Interest.Keep => 'k',
                    _ => 'l',
                });
                writer.Write(captured);
                writer.Write(wire);
                writer.Write(frame, 0, captured);
            }
        }

        (int code, string output) = NativeBuild.Run(Path.Combine(NativeBuild.Folder("address"), "decide"), path);

        Assert.AreEqual(0, code, output);
        Assert.AreEqual(expected.Length, output.Length);
        string decisions = expected.ToString();
        int at = Enumerable.Range(0, decisions.Length).FirstOrDefault(i => decisions[i] != output[i], -1);
        Assert.AreEqual(-1, at, at < 0 ? "" : $"frame {at}: the workstation says {decisions[at]}, the hook {output[at]}: "
            + Convert.ToHexString(Frames.Value.SelectMany(Variants).ElementAt(at).Frame));
        if (rules.Length == 0)
        {
            foreach (char decision in "skl")
            {
                Assert.Contains(decision, decisions, "a kind of decision never happened");
            }
        }
    }

    private static void WriteMask(BinaryWriter writer, SignatureTable table)
    {
        int section = TableFormat.InterestHeader + (table.InterestRanges * TableFormat.PortRecord);
        int openings = table.Openings * TableFormat.OpeningRecord;
        writer.Write(section + openings);
        writer.Write(table.InterestRanges);
        writer.Write(table.Openings);
        writer.Write(table.Bytes, table.InterestAt, section);
        writer.Write(table.Bytes, table.OpeningsAt, openings);
    }

    // The ten detects, an hour of ordinary traffic, and IPv6.
    private static IEnumerable<byte[]> AllFrames()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "captures"), "*.pcap")
            .Order(StringComparer.Ordinal))
        {
            using CaptureReader reader = CaptureReader.Open(file);
            while (reader.Read())
            {
                yield return reader.Buffer[reader.At..(reader.At + reader.Captured)];
            }
        }

        foreach (TimedFrame frame in new OrdinaryTraffic(new Hospital(), 7).Hour(0).Build().Frames.Take(3000))
        {
            yield return frame.Bytes;
        }

        byte[] stamps = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        foreach (byte[] payload in Payloads())
        {
            foreach ((string source, string destination) in new[] { ("10.0.0.1", "10.0.0.2"), ("2001:db8::1", "2001:db8::2") })
            {
                foreach ((int from, int to) in new[] { (40000, 104), (80, 40000), (25, 40000), (40000, 8080), (27, 9), (5901, 40000) })
                {
                    yield return new Ip(source, destination).Tcp(from, to, "PA", payload: payload);
                    yield return new Ip(source, destination).Tcp(from, to, "A", options: stamps, payload: payload);
                }
            }
        }

        foreach (string flags in new[] { "A", "PA", "S", "FA", "AU", "AEC", "" })
        {
            yield return new Ip("2001:db8::1", "2001:db8::2").Tcp(104, 40000, flags, payload: new byte[20]);
        }
    }

    // What openings are about, and the shortest and longest of them.
    private static IEnumerable<byte[]> Payloads()
    {
        byte[] request = Dicom.Request("CT1", "WS1");
        return
        [
            request, request[..73], request[..74], [.. request, 0], Dicom.Request("CT1", "WS1", length: 1400), Dicom.Accept("CT1", "WS1"), Dicom.Reject(), Dicom.Abort(), [.. Dicom.Reject(), 0],
            Hl7.Message("LAB", "A", "RIS", "B"), [0x16, 3, 1, 0, 90, 2, 0, 0, 86, 3, 3], [0x16], [4, 0, 0, 0, 9, 9, 1, 1, 1, 1, 3], [1],
            [4, 0, 0, 0, 9, 9, 1, 1, 1, 1, 4], "GET /index.html"u8.ToArray(), "GET"u8.ToArray(), [.. "GET "u8, .. new byte[90]],
            request[6..], request[6..73], request[6..74], [.. request[6..], .. new byte[824]], [.. request[6..], .. new byte[825]],
            Dicom.Reject()[..6], Dicom.Reject()[6..], Hl7.Message("LAB", "A", "RIS", "B")[1..], "RFB 003.008\n"u8.ToArray(), [2, 1, 16],
            "ehl1 there"u8.ToArray(), "ehlo there"u8.ToArray(),
        ];
    }

    // A frame as it is, and its near misses: tags, IP options, octets of its headers changed, cut, longer or shorter on the
    // wire than captured.
    private static IEnumerable<(byte[] Frame, int Wire)> Variants(byte[] frame)
    {
        yield return (frame, frame.Length);
        var random = new Random(frame.Length * 31 + frame[^1]);
        yield return (Change.Tagged(frame, (0x8100, 3)), frame.Length + 4);
        yield return (Change.Tagged(frame, (0x9100, 3), (0x88a8, 4)), frame.Length + 8);
        yield return (Change.Tagged(frame, (0x8100, 3), (0x8100, 4), (0x8100, 5)), frame.Length + 12);
        for (int i = 0; i < 12; i++)
        {
            byte[] changed = [.. frame];
            changed[random.Next(Math.Min(frame.Length, 78))] ^= (byte)(1 << random.Next(8));
            yield return (changed, frame.Length);
        }

        yield return (frame[..random.Next(frame.Length)], frame.Length);
        yield return (frame, frame.Length + random.Next(1500));
        yield return (frame, random.Next(frame.Length));
    }
}
