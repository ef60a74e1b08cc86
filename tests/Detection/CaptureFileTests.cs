using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.CaptureWriter;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>The committed captures are what the program writes, and what tshark, which shares no line with it, reads.</summary>
[TestClass]
public sealed class CaptureFileTests
{
    /// <summary>What each file must hold: frames, TCP flag sets with their counts, UDP and ICMP datagrams.</summary>
    private static readonly string[] Facts =
    [
        "16 frames: 6 SYN, 6 RST+ACK, 2 udp, 2 icmp",
        "25 frames: 25 FIN+SYN, 0 udp, 0 icmp",
        "14 frames: 2 SYN, 2 SYN+ACK, 6 ACK, 4 FIN+ACK, 0 udp, 0 icmp",
        "8 frames: 4 SYN, 4 RST+ACK, 0 udp, 0 icmp",
        "3 frames: 3 SYN, 0 udp, 0 icmp",
        "135 frames: 135 udp, 0 icmp",
        "22 frames: 22 RST+ACK, 0 udp, 0 icmp",
        "13 frames: 13 udp, 0 icmp",
        "40 frames: 40 SYN, 0 udp, 0 icmp",
        "27 frames: 27 SYN, 0 udp, 0 icmp",
    ];

    private const int HeaderLength = 24;

    private static readonly Lazy<string[][]> Dissected = new(Dissect);

    public static IEnumerable<object[]> Numbers => Enumerable.Range(1, Detects.Count).Select(number => new object[] { number });

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void CommittedFileIsWhatTheProgramWrites(int number)
    {
        using var written = new MemoryStream();
        PcapFile.Write(written, Detects.Build(number));
        byte[] committed = File.ReadAllBytes(PathOf(number));
        CollectionAssert.AreEqual(written.ToArray(), committed,
            $"{Detects.FileName(number)} is stale; run: dotnet run --project tests/captures/Writer tests/captures");
    }

    [TestMethod]
    [NeedsTool("tshark")]
    [DynamicData(nameof(Numbers))]
    public void TsharkFindsChecksumsRightAndTheFlagsOfTheTrace(int number)
    {
        string[][] rows = [.. Dissected.Value.Skip(Enumerable.Range(1, number - 1).Sum(FramesOf)).Take(FramesOf(number))];
        foreach (string[] row in rows)
        {
            Assert.AreEqual("1", row[0], "IP header checksum of " + string.Join(' ', row));
            string upper = row[5] switch { "6" => row[1], "17" => row[2], _ => row[3] };
            bool isNoneComputed = number == 8 && row[6] == "0x0000" && upper == "3";
            Assert.IsTrue(upper == "1" || isNoneComputed, "upper-layer checksum of " + string.Join(' ', row));
            Assert.AreEqual(string.Empty, row[7], "malformed: " + string.Join(' ', row));
        }

        string flags = string.Concat(rows.Where(row => row[5] == "6").GroupBy(row => Convert.ToInt32(row[4], 16))
            .OrderBy(group => group.Key == 0x10 ? 0x13 : group.Key == 0x11 ? 0x14 : group.Key)
            .Select(group => $"{group.Count()} {Name(group.Key)}, "));
        int udp = rows.Count(row => row[5] == "17");
        string facts = $"{rows.Length} frames: {flags}{udp} udp, {rows.Count(row => row[5] == "1")} icmp";
        Assert.AreEqual(Facts[number - 1], facts);
    }

    [TestMethod]
    [NeedsTool("tshark")]
    public void TsharkReadsTheDumpsOfDetect8AsPrinted()
    {
        string output = ToolRun.Output("tshark", "-n", "-r", PathOf(8), "-Y", "frame.number >= 10", "-T", "fields",
            "-e", "ip.id", "-e", "ip.checksum", "-e", "ip.ttl", "-e", "udp.srcport", "-e", "eth.dst");
        string[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
        string[] printed =
        [
            "0x60ee\t0x72e1\t60\t3701\tff:ff:ff:ff:ff:ff",
            "0x60ef\t0x72e0\t60\t3702\tff:ff:ff:ff:ff:ff",
            "0x60f1\t0x72de\t60\t3704\tff:ff:ff:ff:ff:ff",
            "0x60f2\t0x72dd\t60\t3705\tff:ff:ff:ff:ff:ff",
        ];
        CollectionAssert.AreEqual(printed, lines);
    }

    [TestMethod]
    [NeedsTool("capinfos")]
    [DataRow(false, false, false)]
    [DataRow(false, true, false)]
    [DataRow(false, false, true)]
    [DataRow(false, true, true)]
    [DataRow(true, false, false)]
    [DataRow(true, true, false)]
    [DataRow(true, false, true)]
    [DataRow(true, true, true)]
    public void WiresharkReadsEachKindOfFile(bool isNg, bool isBigEndian, bool isNanosecond)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(path))
            {
                if (isNg)
                {
                    PcapFile.WriteNg(file, Detects.Build(9), isBigEndian, isNanosecond);
                }
                else
                {
                    PcapFile.Write(file, Detects.Build(9), isBigEndian, isNanosecond);
                }
            }

            // Wireshark's reader of files alone: tshark takes a second to get its dissectors ready.
            string[] facts = ToolRun.Output("capinfos", "-T", "-r", "-m", "-c", "-a", "-e", "-S", path).Trim().Split(',');
            Assert.AreEqual("40", facts[1]);
            Assert.AreEqual("955084927.758726", facts[2][..16]);
            Assert.AreEqual("955084927.964650", facts[3][..16]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // All ten in one run of tshark, which takes a second to get its dissectors ready: behind the first file's header the packets
    // of each.
    private static string[][] Dissect()
    {
        using var folder = new TemporaryFolder();
        IEnumerable<byte> packets = Enumerable.Range(1, Detects.Count).SelectMany(number => File.ReadAllBytes(PathOf(number))[HeaderLength..]);
        string all = folder.Write("all.pcap", [.. File.ReadAllBytes(PathOf(1))[..HeaderLength], .. packets]);
        string output = ToolRun.Output("tshark", "-n", "-r", all, "-o", "ip.check_checksum:TRUE",
            "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-T", "fields", "-E", "occurrence=f",
            "-e", "ip.checksum.status", "-e", "tcp.checksum.status", "-e", "udp.checksum.status", "-e", "icmp.checksum.status",
            "-e", "tcp.flags", "-e", "ip.proto", "-e", "udp.checksum", "-e", "_ws.malformed");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split('\t'))];
    }

    private static int FramesOf(int number) => int.Parse(Facts[number - 1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static string PathOf(int number) => Repository.PathOf("tests", "captures", Detects.FileName(number));

    private static string Name(int flags)
    {
        string[] names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];
        return string.Join('+', names.Where((_, bit) => (flags & (1 << bit)) != 0));
    }
}
