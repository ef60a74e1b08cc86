using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>A table as text for people.</summary>
public static class TableText
{
    private static readonly string[] Fields = ["dsize", "ttl", "id", "seq", "ack", "window", "itype", "icode"];

    /// <summary>Writes a table that was accepted.</summary>
    /// <param name="table">The table.</param>
    public static string Of(SignatureTable table)
    {
        var reader = new TableReader(table);
        var text = new StringBuilder();
        text.Append(HeadOf(table));
        text.Append('\n').Append(TableCost.Of(table));
        text.Append(CultureInfo.InvariantCulture,
            $"site {reader.Text(table.SiteNameAt)}: home {Addresses(reader.Home())}, criticality {table.HomeCriticality}, "
                + $"countermeasures {table.Countermeasures}\n");
        foreach ((string name, AddressSet members, int criticality) in reader.Groups())
        {
            text.Append(CultureInfo.InvariantCulture, $"group {name}: {Addresses(members)}, criticality {criticality}\n");
        }

        foreach ((string name, string what) in reader.Explanations().Select(Explanation))
        {
            text.Append(CultureInfo.InvariantCulture, $"expected '{name}': {what}\n");
        }

        foreach ((string name, string what) in reader.Services().Select(Service))
        {
            text.Append(CultureInfo.InvariantCulture, $"serves '{name}': {what}\n");
        }

        foreach ((string name, string what) in reader.Callers().Select(Caller))
        {
            text.Append(CultureInfo.InvariantCulture, $"caller '{name}': {what}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"collector "
            + $"{Or(reader.Text(table.CollectorAt))}{(table.AuthorityAt == 0 ? "" : " with its authority's certificate")}, clock "
            + $"{Or(reader.Text(table.ClockServerAt))}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"alerts name the site by {Or(reader.Text(table.TagAt))}, enterprise number {table.Enterprise}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"interest: flags {FlagsInWords(reader.InterestFlags())}; ports {Ports(new PortSet(reader.InterestPorts()))}; 1 in "
                + $"{table.InterestRate} as sign of life\n");
        foreach (string opening in reader.Openings())
        {
            text.Append(CultureInfo.InvariantCulture, $"opening: {opening}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{table.Count} signatures\n");
        foreach (TableSignature s in reader.Signatures())
        {
            text.Append(RuleOf(s)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What the header says, in one line.</summary>
    /// <param name="table">The table.</param>
    public static string HeadOf(SignatureTable table)
    {
        var reader = new TableReader(table);
        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"sequence {table.Sequence}"),
            string.Create(CultureInfo.InvariantCulture, $"built {DateTimeOffset.FromUnixTimeSeconds(table.BuildTime):u}"),
            table.SiteNameAt == 0 ? "no site" : "site " + reader.Text(table.SiteNameAt),
            table.KeyIdAt == 0 ? "not signed" : "signed by " + reader.Key(table.KeyIdAt),
        };
        parts.AddRange(reader.Retired().Select(key => "retires " + key));
        parts.AddRange(reader.Trusted().Select(key => "brings key " + key.Id));
        if (table.Board != BoardClass.Any)
        {
            parts.Add("for " + BoardsOf(table.Board));
        }

        if (table.LastDay != 0)
        {
            parts.Add(TableAge.TextOf(table.LastDay));
        }

        parts.Add("hash " + HashOf(table));
        if ((table.Flags & TableFlags.Rehome) != 0)
        {
            parts.Add("rehome");
        }

        if ((table.Flags & TableFlags.ForceDryRun) != 0)
        {
            parts.Add("force-dry-run");
        }

        if ((table.Flags & TableFlags.TestAlert) != 0)
        {
            parts.Add("test-alert");
        }

        return string.Join(", ", parts);
    }

    /// <summary>The first octets of a table's SHA-256, as a box tells them in its heartbeat.</summary>
    /// <param name="table">The table.</param>
    public static string HashOf(SignatureTable table)
    {
        byte[] hash = SHA256.HashData(table.Bytes.AsSpan(0, table.Length));
        return Convert.ToHexStringLower(hash, 0, TableStore.HashOctets);
    }

    /// <summary>The boards of a class, in words.</summary>
    /// <param name="board">A constant of <see cref="BoardClass"/>.</param>
    public static string BoardsOf(int board)
    {
        return board switch
        {
            BoardClass.Small => "boards without external memory",
            BoardClass.Large => "boards with external memory",
            _ => "all boards",
        };
    }

    private static string Or(string text)
    {
        return text.Length == 0 ? "not set" : text;
    }

    /// <summary>An explanation's name, and what it explains.</summary>
    public static (string Name, string Text) Explanation(
        (string Name, AddressSet Source, AddressSet Destination, PortSet Ports, int Protocol) e)
    {
        string protocol = e.Protocol == TableFormat.AnyProtocol ? "any" : e.Protocol.ToString(CultureInfo.InvariantCulture);
        return (e.Name, $"protocol {protocol}, {Addresses(e.Source)} -> {Addresses(e.Destination)} {Ports(e.Ports)}");
    }

    /// <summary>The name of a service in good faith, and where it is.</summary>
    public static (string Name, string Text) Service((string Name, AddressSet Hosts, PortSet Ports, int Protocol) s)
    {
        return (s.Name, $"protocol {s.Protocol.ToString(CultureInfo.InvariantCulture)}, {Addresses(s.Hosts)} {Ports(s.Ports)}");
    }

    /// <summary>The name of an imaging device that the profile lists, and from where it may call.</summary>
    public static (string Name, string Text) Caller((string Name, AddressSet From, int Protocol) c)
    {
        return (c.Name, $"{c.Protocol switch { 0 => "DICOM from", 1 => "HL7 from", 2 => "accepted of", _ => "hosts" }} {Addresses(c.From)}");
    }

    /// <summary>What a signature's rule says of a conversation.</summary>
    public static string ConversationOf(TableSignature s)
    {
        return (s.Traits & Traits.TalkIsSuspect) != 0 ? "suspect" : (s.Traits & Traits.TalkIsService) != 0 ? "service" : "";
    }

    /// <summary>A signature's protocol, as rules name it.</summary>
    public static string ProtocolOf(TableSignature s)
    {
        return s.Protocol switch { 1 => "tcp", 2 => "udp", 3 => "icmp", 4 => "ip", _ => "eth" };
    }

    /// <summary>The sign between a signature's sides.</summary>
    public static string ArrowOf(TableSignature s)
    {
        return (s.Traits & Traits.BothWays) != 0 ? "<>" : "->";
    }

    /// <summary>Conditions, as options of a rule.</summary>
    public static string Options(IEnumerable<RuleCondition> conditions)
    {
        return string.Join("; ", conditions.Select(Option));
    }

    /// <summary>TCP flags, as rules write them.</summary>
    public static string Flags(int flags)
    {
        return Letters(flags, "FSRPAUEC");
    }

    /// <summary>Combinations of TCP flags, each as rules write it; nobody reads all 256.</summary>
    /// <param name="combinations">The octets of the flags.</param>
    public static string FlagsInWords(IReadOnlyCollection<int> combinations)
    {
        const int All = 256;
        const int Most = 32;
        string more = combinations.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {combinations.Count - Most} more")
            : "";
        return combinations.Count == All ? "any" : string.Join(' ', combinations.Take(Most).Select(Flags)) + more;
    }

    /// <summary>A signature as a rule.</summary>
    public static string RuleOf(TableSignature s)
    {
        var options = new List<string> { $"msg:\"{s.Name}\"" };
        options.AddRange(s.Conditions.Select(Option));
        if (s.Lethality > 0)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"priority:{s.Lethality}"));
        }

        string metadata = string.Join(", ", new[]
        {
            (s.Traits & Traits.RestrictedService) != 0 ? "kind restricted-service" : "", (s.Traits & Traits.Suspect) != 0 ? "suspect yes"
                : "",
            (s.Traits & (Traits.TalkIsSuspect | Traits.TalkIsService)) != 0 ? "conversation " + ConversationOf(s) : "",
        }.Where(m => m.Length > 0));
        if (metadata.Length > 0)
        {
            options.Add("metadata:" + metadata);
        }

        options.Add(string.Create(CultureInfo.InvariantCulture,
            $"gid:{s.Gid}; sid:{s.Sid}{(s.Rev == 0 ? "" : "; rev:")}{(s.Rev == 0 ? "" : s.Rev)}"));
        return $"alert {ProtocolOf(s)} {Addresses(s.Source)} {Ports(s.SourcePorts)} {ArrowOf(s)} {Addresses(s.Destination)} "
            + $"{Ports(s.DestinationPorts)}"
            + $" ( {string.Join("; ", options)}; )";
    }

    private static string Option(RuleCondition condition)
    {
        return condition switch
        {
            FlagsCondition c => "flags:" + Mode(c.Mode) + Flags(c.Test) + (c.Ignore == 0 ? "" : "," + Flags(c.Ignore)),
            RangeCondition c => Fields[c.Field] + ":" + Interval(c),
            ProtocolCondition c => string.Create(CultureInfo.InvariantCulture, $"ip_proto:{"=!><"[c.Comparison]}{c.Number}").Replace("=",
                "", StringComparison.Ordinal),
            FragmentCondition c => "fragbits:" + Mode(c.Mode) + Letters(c.Bits, "MDR"),
            ContentCondition c => "content:" + (c.Absent ? "!" : "") + "\"" + Pattern(c.Pattern) + "\"" + (c.NoCase ? ",nocase" : "")
                + (c.Offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",offset {c.Offset}"))
                + (c.Depth is null ? "" : string.Create(CultureInfo.InvariantCulture, $",depth {c.Depth}")),
            FilterCondition c => string.Create(CultureInfo.InvariantCulture,
                $"detection_filter:track {(c.BySource ? "by_src" : "by_dst")},count {c.Count},seconds {c.Seconds}"),
            EtherTypeCondition c => string.Create(CultureInfo.InvariantCulture, $"ethertype:0x{c.Type:x4}"),
            LlcCondition c => string.Create(CultureInfo.InvariantCulture, $"llc:0x{c.Dsap:x2},0x{c.Ssap:x2}"),
            SnapCondition c => string.Create(CultureInfo.InvariantCulture, $"snap:0x{c.Organization:x6},0x{c.Protocol:x4}"),
            _ => "?",
        };
    }

    // As Snort prints it: text as text, the other octets in hex; what means something in a rule is among these.
    private static string Pattern(IReadOnlyList<byte> octets)
    {
        var text = new StringBuilder();
        bool isHex = false;
        foreach (byte octet in octets)
        {
            bool isText = octet is >= (byte)' ' and <= (byte)'~' && !"\"\\|:;".Contains((char)octet);
            text.Append(isText == isHex ? "|" : isText ? "" : " ");
            text.Append(isText ? ((char)octet).ToString() : octet.ToString("x2", CultureInfo.InvariantCulture));
            isHex = !isText;
        }

        return text.Append(isHex ? "|" : "").ToString();
    }

    private static string Interval(RangeCondition c)
    {
        string text = c.Low == c.High ? c.Low.ToString(CultureInfo.InvariantCulture)
            : c.High == uint.MaxValue ? string.Create(CultureInfo.InvariantCulture, $">={c.Low}")
            : string.Create(CultureInfo.InvariantCulture, $"{c.Low}<=>{c.High}");
        return c.Outside ? "!" + text : text;
    }

    private static string Mode(int mode)
    {
        return mode switch { Condition.All => "+", Condition.Any => "*", Condition.None => "!", _ => "" };
    }

    private static string Letters(int bits, string letters)
    {
        string text = string.Concat(letters.Where((_, i) => (bits & (1 << i)) != 0));
        return text.Length == 0 ? "0" : text;
    }

    /// <summary>Ports, as rules write them.</summary>
    public static string Ports(PortSet ports)
    {
        return ports.Ranges is null ? "any" : "[" + string.Join(',', ports.Ranges.Select(r => r.Low == r.High
            ? r.Low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{r.Low}:{r.High}"))) + "]";
    }

    /// <summary>Addresses, as rules write them.</summary>
    public static string Addresses(AddressSet set)
    {
        return set.IsAll ? "any" : "[" + string.Join(',', set.Ranges4.Concat(set.Ranges6).Select(r => r.ToString())) + "]";
    }
}
