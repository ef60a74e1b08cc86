using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>A signature as the table holds it.</summary>
/// <param name="Protocol">A constant of <see cref="RuleProtocol"/>.</param>
/// <param name="Gid">Generator.</param>
/// <param name="Sid">The signature's number.</param>
/// <param name="Rev">Its revision.</param>
/// <param name="Lethality">1 to 5, 0 when the rule gives none.</param>
/// <param name="Traits">Bits of <see cref="Sensor.Signatures.Traits"/>.</param>
/// <param name="Name">The name.</param>
/// <param name="Source">The addresses on the left.</param>
/// <param name="SourcePorts">The ports on the left.</param>
/// <param name="Destination">The addresses on the right.</param>
/// <param name="DestinationPorts">The ports on the right.</param>
/// <param name="Conditions">The conditions.</param>
public sealed record TableSignature(
    int Protocol, int Gid, int Sid, int Rev, int Lethality, int Traits, string Name, AddressSet Source, PortSet SourcePorts,
    AddressSet Destination, PortSet DestinationPorts, IReadOnlyList<RuleCondition> Conditions);

/// <summary>Reads a table back, for people and for tests; the sensor has its own reader.</summary>
public sealed class TableReader
{
    private readonly byte[] _bytes;
    private readonly SignatureTable _table;

    /// <summary>Makes a reader of a table that was accepted.</summary>
    /// <param name="table">The table.</param>
    public TableReader(SignatureTable table)
    {
        _table = table;
        _bytes = table.Bytes;
    }

    /// <summary>The signatures, in the table's order.</summary>
    public IReadOnlyList<TableSignature> Signatures()
    {
        return [.. Enumerable.Range(0, _table.Count).Select(Signature)];
    }

    /// <summary>The addresses of a list.</summary>
    /// <param name="number">The list's number.</param>
    public AddressSet List(int number)
    {
        int at = SectionAt(TableFormat.ListSection) + number * TableFormat.ListRecord;
        int ranges4 = SectionAt(TableFormat.Range4Section) + U16(at) * TableFormat.Range4Record;
        int ranges6 = SectionAt(TableFormat.Range6Section) + U16(at + 4) * TableFormat.Range6Record;
        var ranges = new List<AddressRange>();
        for (int i = 0; i < U16(at + 2); i++)
        {
            int range = ranges4 + i * TableFormat.Range4Record;
            ranges.Add(new AddressRange(4, U32(range), U32(range + 4)));
        }

        for (int i = 0; i < U16(at + 6); i++)
        {
            int range = ranges6 + i * TableFormat.Range6Record;
            ranges.Add(new AddressRange(6, BinaryPrimitives.ReadUInt128BigEndian(_bytes.AsSpan(range)),
                BinaryPrimitives.ReadUInt128BigEndian(_bytes.AsSpan(range + 16))));
        }

        return new AddressSet(ranges);
    }

    /// <summary>A text; empty for offset 0.</summary>
    /// <param name="at">The offset of its length.</param>
    public string Text(int at)
    {
        return at == 0 ? "" : Encoding.ASCII.GetString(_bytes, at + 1, _bytes[at]);
    }

    /// <summary>A key's id.</summary>
    /// <param name="at">Its offset.</param>
    public KeyId Key(int at)
    {
        return new KeyId(_bytes.AsSpan(at, TableFormat.KeyIdLength));
    }

    /// <summary>The keys that the table retires.</summary>
    public IReadOnlyList<KeyId> Retired()
    {
        return [.. Enumerable.Range(0, _table.RetiredCount).Select(k => Key(_table.RetiredAt + k * TableFormat.KeyIdLength))];
    }

    /// <summary>The keys that the table brings.</summary>
    public IReadOnlyList<PublicKey> Trusted()
    {
        return [.. Enumerable.Range(0, _table.TrustedCount)
            .Select(k => PublicKey.Of(_bytes.AsSpan(_table.TrustedAt + k * TableFormat.KeyPoint, TableFormat.KeyPoint)))];
    }

    /// <summary>The collector's certificate authority as DER; empty when there is none.</summary>
    public byte[] Authority()
    {
        return [.. _bytes.AsSpan(_table.AuthorityAt, _table.AuthorityLength)];
    }

    /// <summary>The home network.</summary>
    public AddressSet Home()
    {
        return List(U16(SectionAt(TableFormat.SiteSection) + TableFormat.SiteHome));
    }

    /// <summary>The groups: name, addresses, criticality.</summary>
    public IReadOnlyList<(string Name, AddressSet Members, int Criticality)> Groups()
    {
        int first = SectionAt(TableFormat.GroupSection);
        return [.. Enumerable.Range(0, _table.Groups).Select(g => first + g * TableFormat.GroupRecord)
            .Select(at => (Text(U16(at)), List(U16(at + 2)), (int)_bytes[at + 4]))];
    }

    /// <summary>The explanations: name, source, destination, ports, protocol number (<see cref="TableFormat.AnyProtocol"/> for
    /// any).</summary>
    public IReadOnlyList<(string Name, AddressSet Source, AddressSet Destination, PortSet Ports, int Protocol)> Explanations()
    {
        return [.. ExpectedRecords().Where(at => !IsService(at))
            .Select(at => (Text(U16(at)), List(U16(at + 2)), List(U16(at + 4)), Ports(U16(at + 6)), U16(at + 8)))];
    }

    /// <summary>Who serves a suspect port in good faith: name, hosts, ports, protocol number.</summary>
    public IReadOnlyList<(string Name, AddressSet Hosts, PortSet Ports, int Protocol)> Services()
    {
        return [.. ExpectedRecords().Where(IsService)
            .Select(at => (Text(U16(at)), List(U16(at + 4)), Ports(U16(at + 6)), U16(at + 8) & 255))];
    }

    private IEnumerable<int> ExpectedRecords()
    {
        int first = SectionAt(TableFormat.ExpectedSection);
        return Enumerable.Range(0, _table.Expected).Select(e => first + e * TableFormat.ExpectedRecord);
    }

    private bool IsService(int at)
    {
        return U16(at + 8) != TableFormat.AnyProtocol && (U16(at + 8) & TableFormat.Serves) != 0;
    }

    /// <summary>The port ranges of the interest mask.</summary>
    public IReadOnlyList<(int Low, int High)> InterestPorts()
    {
        int first = _table.InterestAt + TableFormat.InterestHeader;
        return [.. Enumerable.Range(0, _table.InterestRanges).Select(i => (U16(first + 4 * i), U16(first + 4 * i + 2)))];
    }

    /// <summary>The imaging devices that the table lists: which, and from where they may call.</summary>
    public IReadOnlyList<(string Name, AddressSet From, int Protocol)> Callers()
    {
        return [.. Enumerable.Range(0, (_table.CallersEnd - _table.CallersAt) / TableFormat.CallerRecord)
            .Select(i => _table.CallersAt + (i * TableFormat.CallerRecord))
            .Select(at => (Text(U16(at)), List(U16(at + TableFormat.CallerList)), (int)_bytes[at + TableFormat.CallerProtocol]))];
    }

    /// <summary>The openings: ports, lengths and octets, two dots for one that is not compared.</summary>
    public IReadOnlyList<string> Openings()
    {
        return [.. Enumerable.Range(0, _table.Openings).Select(i => OpeningAt(_table.OpeningsAt + (i * TableFormat.OpeningRecord)))];
    }

    private string OpeningAt(int at)
    {
        int bits = U16(at + TableFormat.OpeningWhich);
        int which = bits & ~TableFormat.OpeningSized;
        string sized = bits == which ? "" : ", a PDU of that length or longer";
        IEnumerable<string> octets = Enumerable.Range(0, 32 - BitOperations.LeadingZeroCount((uint)which)).Select(i =>
            (which >> i & 1) == 0 ? ".." : _bytes[at + TableFormat.OpeningOctets + i].ToString("x2", CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"ports {TableText.Ports(new PortSet([(U16(at), U16(at + 2))]))}, "
            + $"{U16(at + TableFormat.OpeningLengths)} to {U16(at + TableFormat.OpeningLengths + 2)} octets: {string.Join(' ', octets)}{sized}");
    }

    /// <summary>The flag octets of the interest mask.</summary>
    public IReadOnlyList<int> InterestFlags()
    {
        return [.. Enumerable.Range(0, 256).Where(f => (_bytes[_table.InterestAt + (f >> 3)] & (0x80 >> (f & 7))) != 0)];
    }

    private TableSignature Signature(int s)
    {
        int at = _table.SignaturesAt + s * TableFormat.SignatureRecord;
        return new TableSignature(
            _bytes[at + TableFormat.SignatureProtocol], _table.Gid(s), _table.Sid(s), _table.RevOf(s), _table.Lethality(s), _table.Traits(s),
            Text(U16(at + TableFormat.SignatureName)), List(U16(at + TableFormat.SignatureSource)),
            Ports(U16(at + TableFormat.SignatureSourcePorts)), List(U16(at + TableFormat.SignatureDestination)),
            Ports(U16(at + TableFormat.SignatureDestinationPorts)), Conditions(U16(at + TableFormat.SignatureConditions)));
    }

    private PortSet Ports(int at)
    {
        return at == 0 ? PortSet.Any
            : new PortSet([.. Enumerable.Range(0, _bytes[at]).Select(i => (U16(at + 1 + 4 * i), U16(at + 3 + 4 * i)))]);
    }

    private List<RuleCondition> Conditions(int at)
    {
        var conditions = new List<RuleCondition>();
        while (_bytes[at] != Condition.End)
        {
            int code = _bytes[at];
            if ((code & Condition.Range) != 0)
            {
                bool wide = (code & Condition.Wide) != 0;
                conditions.Add(new RangeCondition(code & 15, wide ? U32(at + 1) : (uint)U16(at + 1), wide ? U32(at + 5) : (uint)U16(at + 3),
                    (code & Condition.Outside) != 0));
                at += wide ? 9 : 5;
                continue;
            }

            (RuleCondition condition, int length) = code switch
            {
                Condition.Flags => ((RuleCondition)new FlagsCondition(_bytes[at + 1], _bytes[at + 2], _bytes[at + 3]), 4),
                Condition.IpProto => (new ProtocolCondition(_bytes[at + 1], _bytes[at + 2]), 3),
                Condition.FragmentBits => (new FragmentCondition(_bytes[at + 1], _bytes[at + 2]), 3),
                Condition.Content => (new ContentCondition([.. _bytes.AsSpan(at + Condition.ContentHead, _bytes[at + 6])],
                    (_bytes[at + 1] & Condition.Absent) != 0, (_bytes[at + 1] & Condition.NoCase) != 0, U16(at + 2),
                    (_bytes[at + 1] & Condition.HasDepth) != 0 ? U16(at + 4) : null), Condition.ContentHead + _bytes[at + 6]),
                Condition.Filter => (new FilterCondition(_bytes[at + 1] == 0, (int)U32(at + 2), (int)U32(at + 6)), 10),
                Condition.EtherType => (new EtherTypeCondition(U16(at + 1)), 3),
                Condition.Llc => (new LlcCondition(_bytes[at + 1], _bytes[at + 2]), 3),
                _ => (new SnapCondition((_bytes[at + 1] << 16) | U16(at + 2), U16(at + 4)), 6),
            };
            conditions.Add(condition);
            at += length;
        }

        return conditions;
    }

    private int SectionAt(int section)
    {
        int at = TableFormat.DirectoryAt;
        while (U16(at) != section)
        {
            at += TableFormat.DirectoryEntry;
        }

        return U16(at + 4);
    }

    private int U16(int at)
    {
        return BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));
    }

    private uint U32(int at)
    {
        return BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(at));
    }
}
