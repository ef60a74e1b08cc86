using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool;

/// <summary>What a table takes: octets by section, memory of a device, and what it makes a frame cost.</summary>
internal static class TableCost
{
    // Instructions of the device's interpreter as tools/Bench counts them with the shipped rules (firmware/Appliance.Sensor/README.md);
    // an ESP32 runs some 50 to 160 million a second.
    private const int DataFrame = 2_978;
    private const int Syn = 40_453;
    private const int LoadOfSignature = 84_000;

    private static readonly string[] Sections =
    [
        "site", "texts", "address lists", "IPv4 ranges", "IPv6 ranges", "port lists", "signatures", "conditions", "groups", "explanations",
        "interest mask", "retired keys", "authority",
    ];

    /// <summary>A few lines for people.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static string Of(SignatureTable table)
    {
        var text = new StringBuilder();
        var matcher = new SignatureMatcher(table);
        text.Append(CultureInfo.InvariantCulture,
            $"{table.Length} octets: {string.Join(", ", SizesOf(table).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Octets}")))}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{table.MemoryOctets()} octets of the device's memory, and {matcher.MemoryOctets()} for its matcher; loading: about {table.Count * LoadOfSignature:N0} instructions\n");

        SignatureIndex index = table.Index;
        text.Append(CultureInfo.InvariantCulture,
            $"signatures tried with every frame: tcp {index.TcpAlways.Length}, udp {index.UdpAlways.Length}, icmp {index.IcmpAlways.Length}, of any IP frame {index.IpAlways.Length}; the others only where a port or type leads to them");
        if (index.Keys.Length > 0)
        {
            IGrouping<int, int> most = index.Keys.GroupBy(k => k).MaxBy(k => k.Count())!;
            text.Append(CultureInfo.InvariantCulture, $", at most {most.Count()} ({NameOf(most.Key)})");
        }

        text.Append('\n');
        int ports = Enumerable.Range(0, table.InterestRanges).Sum(i => PortsOf(table, i));
        bool data = new TableReader(table).InterestFlags().Any(f => f is 0x10 or 0x18);
        text.Append(CultureInfo.InvariantCulture, $"data frames of TCP: {(data ? "all kept, a signature asks for their flags"
            : ports == 0 ? "skipped by the mirror port, at no cost"
            : $"those of {ports} ports kept, the others skipped by the mirror port, at no cost")}");
        text.Append(CultureInfo.InvariantCulture,
            $"; a kept one costs {DataFrame:N0} instructions, a SYN {Syn:N0} until it is judged (counted by tools/Bench with the shipped rules)\n");
        return text.ToString();
    }

    /// <summary>Octets by part of the file, header and signature's place included.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static IReadOnlyList<(string Name, int Octets)> SizesOf(SignatureTable table)
    {
        byte[] b = table.Bytes;
        int count = (b[TableFormat.SectionCountAt] << 8) | b[TableFormat.SectionCountAt + 1];
        var sizes = new List<(string, int)> { ("header and directory", TableFormat.DirectoryAt + (count * TableFormat.DirectoryEntry)) };
        for (int i = 0; i < count; i++)
        {
            int at = TableFormat.DirectoryAt + (i * TableFormat.DirectoryEntry);
            int section = (b[at] << 8) | b[at + 1];
            sizes.Add((section <= Sections.Length ? Sections[section - 1] : $"section {section}", (b[at + 6] << 8) | b[at + 7]));
        }

        sizes.Add(("signature", TableFormat.SignaturePlace));
        return sizes;
    }

    private static int PortsOf(SignatureTable table, int range)
    {
        int at = table.InterestAt + TableFormat.InterestHeader + (range * TableFormat.PortRecord);
        return ((table.Bytes[at + 2] << 8) | table.Bytes[at + 3]) - ((table.Bytes[at] << 8) | table.Bytes[at + 1]) + 1;
    }

    private static string NameOf(int key)
    {
        int number = key & 0xffff;
        return (key & ~0xffff) switch
        {
            SignatureIndex.TcpDestination => $"to tcp port {number}",
            SignatureIndex.TcpSource => $"from tcp port {number}",
            SignatureIndex.UdpDestination => $"to udp port {number}",
            SignatureIndex.UdpSource => $"from udp port {number}",
            SignatureIndex.IcmpType => $"icmp type {number}",
            SignatureIndex.EtherType => $"EtherType {number:x4}",
            SignatureIndex.Llc => $"LLC {number:x4}",
            _ => $"SNAP {number:x4}",
        };
    }
}
