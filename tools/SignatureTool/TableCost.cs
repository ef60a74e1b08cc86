using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>What a table takes: octets by section, memory of a device, and what it makes a frame cost.</summary>
public static class TableCost
{
    /// <summary>
    /// A data frame of an established connection, in instructions of the device's interpreter, of which an ESP32 runs some 50 to
    /// 160 million a second; counted by tools/Bench with the shipped rules, whose tests hold it to that.
    /// </summary>
    public const int DataFrame = 1_087;

    /// <summary>A SYN with the judgement that nobody answered it; counted likewise.</summary>
    public const int Syn = 55_135;

    // What loading takes, fitted to what tools/Bench counts for tables of 58 to 450 signatures of many shapes, 8 % below to 11 %
    // above.
    private const long LoadOfAny = 400_000;
    private const long LoadOfOctet = 325;
    private const long LoadOfTextOctet = 744;
    private const long LoadOfSignature = 51_000;
    private const long LoadOfKey = 5_500;
    private const long LoadOfPortRange = 6_600;
    private const long LoadOfConditionOctet = 850;
    private const long LoadOfAddressOctet = 1_000;

    // The 256 combinations of flags are tested again whenever a signature asks for others than the one before it.
    private const long LoadOfFlags = 199_000;

    private static readonly string[] Sections =
    [
        "site", "texts", "address lists", "IPv4 ranges", "IPv6 ranges", "port lists", "signatures", "conditions", "groups", "explanations",
        "interest mask", "retired keys", "authority", "tag", "box", "openings", "callers",
    ];

    /// <summary>A few lines for people.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static string Of(SignatureTable table)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{table.Length} octets: "
                + $"{string.Join(", ", SizesOf(table).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} {s.Octets}")))}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{MemoryOf(table)} octets of the device's memory, its matcher included (planned: {TableCompiler.MostMemory}); loading: "
                + $"about {LoadOf(table):N0} instructions (planned: {TableCompiler.MostLoad:N0}; a model fitted to counts of "
                + $"tools/Bench)\n");

        SignatureIndex index = table.Index;
        text.Append(CultureInfo.InvariantCulture,
            $"signatures tried with every frame: tcp {index.TcpAlways.Length}, udp {index.UdpAlways.Length}, icmp "
                + $"{index.IcmpAlways.Length}, of any IP frame {index.IpAlways.Length}; the others only where a port or type leads to them");
        text.Append('\n');
        if (index.Keys.Length > 0)
        {
            IGrouping<int, int> most = index.Keys.GroupBy(k => k).MaxBy(k => k.Count() + AlwaysOf(index, k.Key))!;
            IGrouping<int, int> bucket = index.Keys.GroupBy(index.BucketOf).MaxBy(b => b.Count())!;
            text.Append(CultureInfo.InvariantCulture,
                $"dearest frame: {NameOf(most.Key)}, {most.Count() + AlwaysOf(index, most.Key)} signatures decoded in full; fullest of "
                    + $"{SignatureIndex.Buckets} buckets: {bucket.Count()} entries compared by number, for {bucket.Distinct().Count()} "
                    + $"ports or types (both counted in this table's index)\n");
        }

        int ports = Enumerable.Range(0, table.InterestRanges).Sum(i => PortsOf(table, i));
        bool data = new TableReader(table).InterestFlags().Any(f => f is 0x10 or 0x18);
        text.Append(CultureInfo.InvariantCulture, $"data frames of TCP: {(data ? "all kept, a signature asks for their flags"
            : ports == 0 ? "skipped by the mirror port, at no cost"
            : $"those of {ports} ports kept, the others skipped by the mirror port, at no cost")}");
        text.Append(CultureInfo.InvariantCulture,
            $"; a kept one costs {DataFrame:N0} instructions, a SYN {Syn:N0} with its judgement (counted by tools/Bench with the shipped "
                + $"rules, whose signatures it looks up; each more that is decoded in full comes on top)\n");
        return text.ToString();
    }

    /// <summary>Octets of the device's heap that a table takes, with the arrays of its index and its matcher.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static int MemoryOf(SignatureTable table)
    {
        // The matcher's seven fields and its list of matches; its filter's two arrays, where a rule asks for a rate.
        int filter = table.Filters > 0 ? 12 + (2 * (12 + 20)) + (((RateFilter.Places * RateFilter.Width) + 4) * 4) : 0;
        return TableMemory.OctetsOf(table) + 12 + (12 * 7) + 20 + (table.Count * 4) + filter;
    }

    /// <summary>About how many instructions of the device's interpreter loading a table takes.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static long LoadOf(SignatureTable table)
    {
        Dictionary<string, int> sizes = SizesOf(table).GroupBy(s => s.Name).ToDictionary(g => g.Key, g => g.Sum(s => s.Octets));
        var reader = new TableReader(table);
        long flags = 0;
        FlagsCondition? before = null;
        foreach (TableSignature s in reader.Signatures().Where(s => s.Protocol == RuleProtocol.Tcp))
        {
            FlagsCondition asked = s.Conditions.OfType<FlagsCondition>().FirstOrDefault() ?? new FlagsCondition(Condition.None, 0, 0);
            flags += asked.Equals(before) ? 0 : 1;
            before = asked;
        }

        // A list of ports has an octet for their number, and nearly all have one range.
        int Octets(string name) => sizes.TryGetValue(name, out int octets) ? octets : 0;
        return LoadOfAny + (LoadOfOctet * table.Length) + (LoadOfTextOctet * Octets("texts")) + (LoadOfSignature * table.Count)
            + (LoadOfKey * table.Index.Keys.Length) + (LoadOfPortRange * (Octets("port lists") / 5))
            + (LoadOfConditionOctet * Octets("conditions")) + (LoadOfAddressOctet * (Octets("IPv4 ranges") + Octets("address lists")))
            + (LoadOfFlags * flags);
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

    // The signatures that a frame of a key's kind meets besides those that the key leads to.
    private static int AlwaysOf(SignatureIndex index, int key)
    {
        return (key & ~0xffff) switch
        {
            SignatureIndex.TcpDestination or SignatureIndex.TcpSource => index.TcpAlways.Length + index.IpAlways.Length,
            SignatureIndex.UdpDestination or SignatureIndex.UdpSource => index.UdpAlways.Length + index.IpAlways.Length,
            SignatureIndex.IcmpType => index.IcmpAlways.Length + index.IpAlways.Length,
            _ => 0,
        };
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
