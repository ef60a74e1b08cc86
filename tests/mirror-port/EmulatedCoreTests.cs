using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Playback.Captures;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The hook's core on an emulated Xtensa core does what it does here, and what a frame costs there.</summary>
[TestClass]
[NeedsNativeTools]
[NeedsTool("xtensa-lx106-elf-g++")]
[NeedsTool("qemu-system-xtensa")]
public sealed class EmulatedCoreTests
{
    // The ring of the program has 1,024 slots: it overflows once.
    private const int FramesBetweenReads = 1500;

    private static readonly (string Class, byte[] Frame, int Most)[] Classes =
    [
        ("skipped: TCP data", Data(104), 150),
        ("skipped: TCP data behind a tag", Change.Tagged(Data(104), (0x8100, 3)), 160),
        ("skipped: TCP data in IPv6", new Ip("fd00::1", "fd00::2").Tcp(104, 40000, "A", payload: new byte[1400]), 150),
        ("kept: SYN", new Ip("10.0.0.1", "10.0.0.2").Tcp(40000, 104, "S", payload: new byte[6]), 400),
        ("kept: TCP data that a rule wants", Data(5556), 430),
        ("kept: UDP", new Ip("10.0.0.1", "10.0.0.2").Udp(40000, 53, new byte[60]), 400),
        ("kept: ARP", Arp(), 400),
        ("skipped: TCP data in ERSPAN II", Wrap.Erspan2(Data(104), 1), 700),
        ("kept: SYN in ERSPAN II", Wrap.Erspan2(new Ip("10.0.0.1", "10.0.0.2").Tcp(40000, 104, "S", payload: new byte[6]), 1), 1200),
        ("kept: SYN behind a VN-Tag", Wrap.VnTag(new Ip("10.0.0.1", "10.0.0.2").Tcp(40000, 104, "S", payload: new byte[6])), 1200),
    ];

    // The register saves of a call, which the ESP32 does not have, are in it.
    private const int MostSampled = 260;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void TheEmulatedCoreDecidesCountsAndCopiesAsThisMachine()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("commands");
        int frames = 0;
        using (var input = new CoreInput(path))
        {
            UseShippedMask(input);
            foreach (byte[] frame in Detects().Concat(CoreInput.RandomFrames(1000)).Concat(Wrapped()))
            {
                input.Frame((uint)frames * 997, frame);
                if (++frames % FramesBetweenReads == 0)
                {
                    input.Read();
                }
            }

            input.Read();
            input.Counters();
        }

        string emulated = EmulatedCore.Run(path);
        (int code, string here) = NativeBuild.RunWith(path, Path.Combine(NativeBuild.Folder("address"), "run_core"));

        Assert.AreEqual(0, code, here);
        string[] lines = here.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEqual(lines, emulated.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.IsGreaterThan(1300, frames);
        foreach (string verdict in new[] { "s", "k" })
        {
            Assert.IsGreaterThan(20, lines.Count(line => line == verdict), $"frames with the verdict {verdict}");
        }

        // Each kept frame came out once, with its stamp, lengths, words and octets.
        int slots = lines.Count(line => line.Split(' ') is { Length: 4 } parts && parts[3].Length == 256);
        Assert.AreEqual(lines.Count(line => line == "k"), slots);
    }

    [TestMethod]
    public void ASkippedFrameCostsAtMost150InstructionsThere()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("commands");
        using (var input = new CoreInput(path))
        {
            UseShippedMask(input, withSignsOfLife: false);
            foreach ((string name, byte[] frame, _) in Classes)
            {
                if (name.EndsWith("that a rule wants", StringComparison.Ordinal))
                {
                    // Another connection has the place in the sample that this one would get.
                    input.Frame(0, new Ip("10.0.0.1", "10.0.0.2").Tcp(104, 40076, "SA"));
                }

                input.Measure(frame);
            }

            // A connection that is sampled from its second frame on; its transfer begins with number 0.
            input.Frame(200_000_000, new Ip("10.0.0.2", "10.0.0.1").Tcp(41003, 104, "SA", sequence: 7));
            input.MeasureTransfer(Data(104, 41003));
            input.Counters();
        }

        // Without the verdicts on the frames that open connections.
        List<string> lines = [.. EmulatedCore.Run(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "k")];
        int sampled = int.Parse(lines[Classes.Length], CultureInfo.InvariantCulture);
        TestContext.WriteLine($"skipped: TCP data of a sampled connection: {sampled}");
        Assert.IsTrue(sampled is > 180 and <= MostSampled, $"{sampled} instructions");
        lines.RemoveAt(Classes.Length);

        Assert.HasCount(Classes.Length + 2, lines);
        Assert.AreEqual("1000", lines[^1].Split(' ')[9], "segments sampled");
        int[] counters = [.. lines[^2].Split(' ').Take(3).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        CollectionAssert.AreEqual(new[] { 6002, 5000, 0 }, counters, "kept, skipped, lost: each class is of its kind");
        foreach (((string name, _, int most), string line) in Classes.Zip(lines))
        {
            TestContext.WriteLine($"{name}: {line}");
            int cost = int.Parse(line, CultureInfo.InvariantCulture);
            Assert.IsTrue(cost > 20 && cost <= most, $"{name}: {cost} instructions, {most} at most");
        }
    }

    [TestMethod]
    [DataRow(0, 30, DisplayName = "data that begins like nothing that is looked for")]
    [DataRow(1, 130, DisplayName = "data with the first octet of a DICOM request: one in 256 of random data")]
    public void LookingForOpeningsCostsASkippedFrameLittleThere(int first, int most)
    {
        int[] costs = [.. new[] { false, true }.Select(hasOpenings =>
        {
            using var folder = new TemporaryFolder();
            string path = folder.File("commands");
            using (var input = new CoreInput(path))
            {
                UseShippedMask(input, withSignsOfLife: false, hasOpenings);
                byte[] frame = Data(104);
                frame[54] = (byte)first;
                frame[55] = 0xff;
                input.Measure(frame);
            }

            return int.Parse(EmulatedCore.Run(path).Split('\n', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
        })];
        TestContext.WriteLine($"{costs[0]} without openings, {costs[1]} with");
        Assert.IsTrue(costs[0] > 100 && costs[1] - costs[0] <= most, $"{costs[0]} instructions without openings, {costs[1]} with");
    }

    private static byte[] Data(int port, int other = 40000) => new Ip("10.0.0.1", "10.0.0.2").Tcp(port, other, "A", payload: new byte[1400]);

    private static byte[] Arp()
    {
        byte[] frame = new byte[60];
        Convert.FromHexString("020000000001020000000002080600010800060400010200000000020A0000010000000000000A000002").CopyTo(frame, 0);
        return frame;
    }

    private static IEnumerable<byte[]> Detects()
    {
        for (int detect = 1; detect <= 10; detect++)
        {
            using CaptureReader reader = CaptureReader.Open(
                Repository.PathOf("tests", "captures", string.Create(CultureInfo.InvariantCulture, $"detect{detect:00}.pcap")));
            while (reader.Read())
            {
                yield return reader.Buffer[reader.At..(reader.At + reader.Captured)];
            }
        }
    }

    private static IEnumerable<byte[]> Wrapped()
    {
        byte[] syn = new Ip("10.0.0.1", "10.0.0.2").Tcp(40000, 5556, "S", payload: new byte[6]);
        uint number = 0;
        foreach (byte[] frame in new[] { syn, Data(104), Arp() })
        {
            yield return Wrap.Erspan2(frame, number);
            yield return Wrap.Erspan3(Wrap.VnTag(frame), number += 2, isTruncated: true);
            yield return Wrap.ETag(frame);
            yield return Wrap.Cmd(frame);
            yield return Wrap.MplsEthernet(frame, hasControlWord: true);
            yield return Wrap.Mpls(syn, 2);
            yield return Wrap.Pppoe(syn);
            yield return Wrap.Vxlan(frame);
            yield return Wrap.Geneve(frame, 3);
            yield return Wrap.Tzsp(frame, hasFields: true);
            yield return Wrap.Dsa(frame);
        }
    }

    private static void UseShippedMask(CoreInput input, bool withSignsOfLife = true, bool withOpenings = true)
    {
        string rules = File.ReadAllText(Repository.PathOf("firmware", "tables", "imaging.rules"));
        CompiledTable compiled = TableCompiler.CompileText(
            [("imaging.rules", rules)], ("site.toml", "[site]\nhome = [\"128.231.212.0/23\"]\n"), new CompileOptions());
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        int length = TableFormat.InterestHeader + (table.InterestRanges * TableFormat.PortRecord);
        byte[] section = table.Bytes.AsSpan(table.InterestAt, length).ToArray();
        if (!withSignsOfLife)
        {
            section.AsSpan(TableFormat.InterestRate, 2).Clear();
        }

        input.Mask(section, table.InterestRanges,
            table.Bytes.AsSpan(table.OpeningsAt, withOpenings ? table.Openings * TableFormat.OpeningRecord : 0));
    }
}
