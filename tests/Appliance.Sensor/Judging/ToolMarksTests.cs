using System;
using System.Buffers.Binary;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Marks as the tools' sources set them, in frames built by hand after these.</summary>
[TestClass]
public sealed class ToolMarksTests
{
    private const int EthernetLength = 14;
    private const string SegmentSize = "020405B4";

    [TestMethod]
    // target 10.20.0.31 = 0a14001f, port 23 = 0017, sequence 12345678: 001f ^ 0017 ^ 5678 = 5670.
    [DataRow("4500002800000000FF060000C6336401" + "0A14001F" + "C000001712345678000000005002040100000000", 0, DisplayName = "id 0")]
    [DataRow("4500002856700000FF060000C6336401" + "0A14001F" + "C000001712345678000000005002040100000000", ToolMarks.Masscan,
        DisplayName = "masscan")]
    [DataRow("45000028D4310000FF060000C6336401" + "0A14001F" + "C00000171234567800000000500" + "2FFFF00000000", ToolMarks.Zmap,
        DisplayName = "zmap")]
    [DataRow("450000281A2B000040060000C6336401" + "0A14001F" + "C00000170A14001F0000000050021A2B00000000", ToolMarks.Mirai,
        DisplayName = "Mirai")]
    [DataRow("4500002C1A2B00002A060000C6336401" + "0A14001F" + "C000001712345678000000006002040000000000" + SegmentSize,
        ToolMarks.Nmap, DisplayName = "nmap -sS")]
    [DataRow("4500002C1A2B000040060000C6336401" + "0A14001F" + "C000001712345678000000006002040000000000" + SegmentSize, 0,
        DisplayName = "TTL 64")]
    [DataRow("450000301A2B00002A060000C6336401" + "0A14001F" + "C000001712345678000000007002040000000000" + SegmentSize
        + "01010402", 0, DisplayName = "more options")]
    [DataRow("4500002C1A2B00002A060000C6336401" + "0A14001F" + "C00000171234567800000000600220000000" + "0000" + SegmentSize, 0,
        DisplayName = "window 8192")]
    public void AMarkIsReadFromTheHeader(string datagram, int mark)
    {
        Assert.AreEqual(mark, new ToolMarks().Of(ProbeOf([.. new byte[EthernetLength], .. Convert.FromHexString(datagram)])));
    }

    [TestMethod]
    public void OrdinaryClientsHaveNone()
    {
        var marks = new ToolMarks();
        int marked = 0;
        for (int client = 1; client <= 2_000; client++)
        {
            byte[] frame = new Ip("10.20.0.21", "10.20.0.10") { Identification = (client * 7) & 0xffff }
                .Tcp(30_000 + client, 104, "S", client * 2_654_435_761u & 0xffffffff, window: 64_240);
            marked += marks.Of(ProbeOf(frame)) != ToolMarks.None ? 1 : 0;
        }

        Assert.AreEqual(0, marked);
    }

    private static Probe ProbeOf(byte[] frame)
    {
        ReadOnlySpan<byte> ip = frame.AsSpan(EthernetLength);
        ReadOnlySpan<byte> tcp = ip[20..];
        return new Probe
        {
            Identification = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]),
            Ttl = ip[8],
            Target = BinaryPrimitives.ReadInt32BigEndian(ip[16..]),
            Port = BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]),
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(tcp[6..]),
            SizeAndWindow = BinaryPrimitives.ReadInt32BigEndian(tcp[12..]),
        };
    }
}
