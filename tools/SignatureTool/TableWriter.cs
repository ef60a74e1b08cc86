using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool;

/// <summary>Writes rules and a site profile as the table that firmware/Appliance.Sensor/Signatures/FORMAT.md specifies.</summary>
internal sealed class TableWriter
{
    private readonly List<AddressSet> _lists = [AddressSet.All];
    private readonly RangePool _ranges4 = new(AddressRange.All4);
    private readonly RangePool _ranges6 = new(AddressRange.All6);
    private readonly List<byte> _listBytes = [];
    private readonly Dictionary<string, int> _listNumbers = new(StringComparer.Ordinal);
    private readonly List<byte> _texts = [];
    private readonly Dictionary<string, int> _textAt = new(StringComparer.Ordinal);
    private readonly List<byte> _ports = [];
    private readonly Dictionary<string, int> _portsAt = new(StringComparer.Ordinal);
    private readonly List<byte> _conditions = [];
    private readonly Dictionary<string, int> _conditionsAt = new(StringComparer.Ordinal);
    private int _portLists;

    /// <summary>Writes a table without a signature.</summary>
    /// <param name="rules">The active rules.</param>
    /// <param name="site">The site.</param>
    /// <param name="interest">What the mirror port has to keep.</param>
    /// <param name="options">What the header says.</param>
    /// <returns>The file; null when it would be longer than offsets can say.</returns>
    public byte[]? Write(IReadOnlyList<Rule> rules, SiteProfile site, Interest interest, CompileOptions options)
    {
        HostGroup[] groups = [.. site.Groups.OrderByDescending(g => g.Criticality)];

        // Offsets of texts, ports and conditions are counted from their sections' beginnings first, marked by their section.
        _listBytes.AddRange(Pack16(0, 1, 0, 1));
        _listNumbers[KeyOf(AddressSet.All)] = 0;
        int home = ListOf(site.Home.Resolve());
        var signatures = new List<(int[] Head, int Name, int Source, int Destination, int SourcePorts, int DestinationPorts,
            int Conditions)>();
        foreach (Rule rule in rules)
        {
            if (IsTooLong(signatures.Count))
            {
                return null;
            }

            signatures.Add((HeadOf(rule, groups), TextOf(rule.Name), ListOf(rule.Source.Resolve()), ListOf(rule.Destination.Resolve()),
                PortsOf(rule.SourcePorts), PortsOf(rule.DestinationPorts), ConditionsOf(rule.Conditions)));
        }

        var groupRecords = groups.Select(g => (Name: TextOf(g.Name), List: ListOf(g.Members.Resolve()), g.Criticality)).ToList();
        var expectedRecords = site.Expected.Select(e => (Name: TextOf(e.Name), Source: ListOf(e.Source.Resolve()),
            Destination: ListOf(e.Destination.Resolve()), Ports: PortsOf(e.Ports),
            Protocol: e.Serves ? TableFormat.Serves | e.Protocol!.Value : e.Protocol ?? TableFormat.AnyProtocol)).ToList();
        var callers = site.Callers.Select(c => (Name: TextOf(c.Name), List: ListOf(c.Addresses.Resolve()), c.Protocol)).ToList();
        int[] siteTexts = [OptionalText(site.Name), OptionalText(site.Collector), OptionalText(site.Clock)];
        int tag = OptionalText(site.Tag);

        byte[] retired = [.. options.Retired.SelectMany(k => k.Octets)];
        byte[] authority = [.. site.Authority];
        bool hasNames = tag >= 0 || site.Enterprise != TableFormat.DocumentationEnterprise;
        int board = CompileOptions.BoardOf(site);
        byte[] box = board == BoardClass.Any && options.Trusted.Count == 0 ? []
            : [(byte)board, (byte)options.Trusted.Count, .. options.Trusted.SelectMany(k => k.Point)];
        byte[] openings = [.. interest.Openings.SelectMany(o => o.Pack())];
        int needless = new[] { retired, authority, box, openings }.Count(s => s.Length > 0) + (hasNames ? 1 : 0)
            + (callers.Count > 0 ? 1 : 0);
        int directory = TableFormat.LastNeededSection + needless;
        int first = TableFormat.DirectoryAt + directory * TableFormat.DirectoryEntry;
        int textsAt = first + TableFormat.SiteRecord;
        int listsAt = textsAt + _texts.Count;
        int ranges4At = listsAt + _listBytes.Count;
        int ranges6At = ranges4At + _ranges4.Ranges.Count * TableFormat.Range4Record;
        int portsAt = ranges6At + _ranges6.Ranges.Count * TableFormat.Range6Record;
        int signaturesAt = portsAt + _ports.Count;
        int conditionsAt = signaturesAt + rules.Count * TableFormat.SignatureRecord;
        int groupsAt = conditionsAt + _conditions.Count;
        int expectedAt = groupsAt + groups.Length * TableFormat.GroupRecord;
        int interestAt = expectedAt + site.Expected.Count * TableFormat.ExpectedRecord;
        int retiredAt = interestAt + TableFormat.InterestHeader + interest.Ports.Count * TableFormat.PortRecord;
        int authorityAt = retiredAt + retired.Length;
        int namesAt = authorityAt + authority.Length;
        int openingsAt = namesAt + (hasNames ? TableFormat.NameRecord : 0);
        int callersAt = openingsAt + openings.Length;
        int boxAt = callersAt + callers.Count * TableFormat.CallerRecord;
        int end = boxAt + box.Length;
        int length = end + TableFormat.SignaturePlace;
        if (length > TableFormat.MostOctets)
        {
            return null;
        }

        var file = new List<byte>(length);
        file.AddRange(Pack32(TableFormat.Magic));
        file.AddRange([TableFormat.Version, (byte)options.Flags]);
        file.AddRange(Pack16(directory));
        file.AddRange(Pack32((uint)length));
        file.AddRange(Pack32(options.Sequence));
        DateTimeOffset built = options.Built ?? DateTimeOffset.UtcNow;
        long seconds = options.IsBuiltIn ? 0 : built.ToUnixTimeSeconds();
        file.AddRange(Pack32((uint)(seconds >> 32)));
        file.AddRange(Pack32((uint)seconds));
        file.AddRange(new byte[12]);
        file.AddRange(Pack16(TableFormat.SignaturePlace, TableAge.DaysOf(options.LastDayOf(site, built))));
        (int Section, int Items, int At, int End)[] sections =
        [
            (TableFormat.SiteSection, 1, first, textsAt),
            (TableFormat.TextSection, _textAt.Count, textsAt, listsAt),
            (TableFormat.ListSection, _lists.Count, listsAt, ranges4At),
            (TableFormat.Range4Section, _ranges4.Ranges.Count, ranges4At, ranges6At),
            (TableFormat.Range6Section, _ranges6.Ranges.Count, ranges6At, portsAt),
            (TableFormat.PortSection, _portLists, portsAt, signaturesAt),
            (TableFormat.SignatureSection, rules.Count, signaturesAt, conditionsAt),
            (TableFormat.ConditionSection, _conditionsAt.Count, conditionsAt, groupsAt),
            (TableFormat.GroupSection, groups.Length, groupsAt, expectedAt),
            (TableFormat.ExpectedSection, site.Expected.Count, expectedAt, interestAt),
            (TableFormat.InterestSection, interest.Ports.Count, interestAt, retiredAt),
            (TableFormat.RetiredSection, options.Retired.Count, retiredAt, authorityAt),
            (TableFormat.AuthoritySection, 1, authorityAt, namesAt),
            (TableFormat.NameSection, 1, namesAt, openingsAt),
            (TableFormat.BoxSection, 1, boxAt, end),
            (TableFormat.OpeningSection, interest.Openings.Count, openingsAt, callersAt),
            (TableFormat.CallerSection, callers.Count, callersAt, boxAt),
        ];

        // The last sections are there when they say something.
        foreach ((int section, int items, int at, int sectionEnd) in
            sections.Where(s => s.Section <= TableFormat.LastNeededSection || s.End > s.At))
        {
            file.AddRange(Pack16(section, items, at, sectionEnd - at));
        }

        file.AddRange(Pack16(home));
        file.AddRange([(byte)site.HomeCriticality, (byte)site.Countermeasures]);
        file.AddRange(Pack16([.. siteTexts.Select(t => t < 0 ? 0 : t + textsAt)]));
        file.AddRange(_texts);
        file.AddRange(_listBytes);
        foreach (AddressRange range in _ranges4.Ranges)
        {
            file.AddRange(Pack32((uint)range.Low));
            file.AddRange(Pack32((uint)range.High));
        }

        foreach (AddressRange range in _ranges6.Ranges)
        {
            file.AddRange(Pack128(range.Low));
            file.AddRange(Pack128(range.High));
        }

        file.AddRange(_ports);
        foreach ((int[] head, int name, int source, int destination, int sourcePorts, int destinationPorts, int conditions) in signatures)
        {
            file.AddRange(Pack32((uint)head[0]));
            file.AddRange(Pack16(head[1], head[2]));
            file.AddRange([(byte)head[3], (byte)head[4], (byte)head[5], (byte)head[6]]);
            file.AddRange(Pack16(source, destination, sourcePorts < 0 ? 0 : sourcePorts + portsAt,
                destinationPorts < 0 ? 0 : destinationPorts + portsAt, conditions + conditionsAt, name + textsAt));
        }

        file.AddRange(_conditions);
        foreach ((int name, int list, int criticality) in groupRecords)
        {
            file.AddRange(Pack16(name + textsAt, list));
            file.AddRange([(byte)criticality, 0]);
        }

        foreach ((int name, int source, int destination, int ports, int protocol) in expectedRecords)
        {
            file.AddRange(Pack16(name + textsAt, source, destination, ports < 0 ? 0 : ports + portsAt, protocol));
        }

        byte[] flags = new byte[32];
        for (int f = 0; f < 256; f++)
        {
            flags[f >> 3] |= (byte)(interest.Flags[f] ? 0x80 >> (f & 7) : 0);
        }

        file.AddRange(flags);
        file.AddRange(Pack16(interest.Rate));
        foreach ((int low, int high) in interest.Ports)
        {
            file.AddRange(Pack16(low, high));
        }

        file.AddRange(retired);
        file.AddRange(authority);
        if (hasNames)
        {
            file.AddRange(Pack16(tag < 0 ? 0 : tag + textsAt));
            file.AddRange(Pack32((uint)site.Enterprise));
        }

        file.AddRange(openings);
        foreach ((int name, int list, int protocol) in callers)
        {
            file.AddRange(Pack16(name + textsAt, list, protocol << 8));
        }

        file.AddRange(box);
        file.AddRange(new byte[TableFormat.SignaturePlace]);
        byte[] table = [.. file];
        uint checksum = new SignatureTable().ChecksumOf(table, table.Length - TableFormat.SignaturePlace);
        BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(TableFormat.ChecksumAt), checksum);
        return table;
    }

    // Before numbers get too large for their two octets.
    private bool IsTooLong(int signatures)
    {
        return (signatures * TableFormat.SignatureRecord) + _texts.Count + _listBytes.Count
            + (_ranges4.Ranges.Count * TableFormat.Range4Record)
            + (_ranges6.Ranges.Count * TableFormat.Range6Record) + _ports.Count + _conditions.Count > TableFormat.MostOctets;
    }

    private static int[] HeadOf(Rule rule, HostGroup[] groups)
    {
        int traits = (rule.Suspect ? Traits.Suspect : 0) | (rule.RestrictedService ? Traits.RestrictedService : 0)
            | (rule.TalkIsSuspect ? Traits.TalkIsSuspect : 0) | (rule.TalkIsService ? Traits.TalkIsService : 0)
            | (rule.Conditions.Any(c => c is FlagsCondition) ? Traits.AsksFlags : 0) | (rule.BothWays ? Traits.BothWays : 0)
            | (rule.Conditions.Any(c => c is FilterCondition) ? Traits.AsksRate : 0);
        int group = Array.FindIndex(groups, g => rule.Destination.Groups.Contains(g.Name));
        return [rule.Sid, rule.Gid, rule.Rev, rule.Protocol, traits, rule.Priority, group < 0 ? 255 : group];
    }

    private static string KeyOf(AddressSet set)
    {
        return string.Join(' ', set.Ranges4.Concat(set.Ranges6));
    }

    private int ListOf(AddressSet set)
    {
        string key = KeyOf(set);
        if (_listNumbers.TryGetValue(key, out int number))
        {
            return number;
        }

        number = _lists.Count;
        _listNumbers[key] = number;
        _lists.Add(set);
        _listBytes.AddRange(Pack16(_ranges4.Place(set.Ranges4), set.Ranges4.Count, _ranges6.Place(set.Ranges6), set.Ranges6.Count));
        return number;
    }

    private int OptionalText(string text)
    {
        return text.Length == 0 ? -1 : TextOf(text);
    }

    private int TextOf(string text)
    {
        if (!_textAt.TryGetValue(text, out int at))
        {
            at = _texts.Count;
            _textAt[text] = at;
            _texts.Add((byte)text.Length);
            _texts.AddRange(Encoding.ASCII.GetBytes(text));
        }

        return at;
    }

    private int PortsOf(PortSet ports)
    {
        if (ports.Ranges is null)
        {
            return -1;
        }

        byte[] bytes = [(byte)ports.Ranges.Count, .. ports.Ranges.SelectMany(r => Pack16(r.Low, r.High))];
        string key = Convert.ToHexString(bytes);
        if (!_portsAt.TryGetValue(key, out int at))
        {
            at = _ports.Count;
            _portsAt[key] = at;
            _ports.AddRange(bytes);
            _portLists++;
        }

        return at;
    }

    private int ConditionsOf(IReadOnlyList<RuleCondition> conditions)
    {
        byte[] bytes = [.. conditions.SelectMany(BytesOf), Condition.End];
        string key = Convert.ToHexString(bytes);
        if (!_conditionsAt.TryGetValue(key, out int at))
        {
            at = _conditions.Count;
            _conditionsAt[key] = at;
            _conditions.AddRange(bytes);
        }

        return at;
    }

    private static byte[] BytesOf(RuleCondition condition)
    {
        switch (condition)
        {
            case FlagsCondition c:
                return [Condition.Flags, (byte)c.Mode, (byte)c.Test, (byte)c.Ignore];
            case RangeCondition c:
                bool wide = c.High > 65535 || c.Low > 65535;
                byte code = (byte)(Condition.Range | c.Field | (wide ? Condition.Wide : 0) | (c.Outside ? Condition.Outside : 0));
                return wide ? [code, .. Pack32(c.Low), .. Pack32(c.High)] : [code, .. Pack16((int)c.Low, (int)c.High)];
            case ProtocolCondition c:
                return [Condition.IpProto, (byte)c.Comparison, (byte)c.Number];
            case FragmentCondition c:
                return [Condition.FragmentBits, (byte)c.Mode, (byte)c.Bits];
            case ContentCondition c:
                int bits = (c.Absent ? Condition.Absent : 0) | (c.NoCase ? Condition.NoCase : 0) | (c.Depth is null ? 0
                    : Condition.HasDepth);
                return [Condition.Content, (byte)bits, .. Pack16(c.Offset, c.Depth ?? 0), (byte)c.Pattern.Count, .. c.Pattern];
            case FilterCondition c:
                return [Condition.Filter, (byte)(c.BySource ? 0 : 1), .. Pack32((uint)c.Count), .. Pack32((uint)c.Seconds)];
            case EtherTypeCondition c:
                return [Condition.EtherType, .. Pack16(c.Type)];
            case LlcCondition c:
                return [Condition.Llc, (byte)c.Dsap, (byte)c.Ssap];
            case SnapCondition c:
                return [Condition.Snap, (byte)(c.Organization >> 16), .. Pack16(c.Organization & 0xffff, c.Protocol)];
            default:
                throw new ArgumentException($"No encoding for {condition}.", nameof(condition));
        }
    }

    private static byte[] Pack16(params int[] numbers)
    {
        byte[] bytes = new byte[numbers.Length * 2];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), checked((ushort)numbers[i]));
        }

        return bytes;
    }

    private static byte[] Pack32(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Pack128(UInt128 number)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return bytes;
    }
}
