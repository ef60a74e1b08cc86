using System.Collections.Generic;

namespace Appliance.SignatureTool.Rules;

/// <summary>A set of ports as ascending ranges, both ends included; null ranges mean every port.</summary>
/// <param name="Ranges">The ranges.</param>
public sealed record PortSet(IReadOnlyList<(int Low, int High)>? Ranges)
{
    /// <summary>Every port.</summary>
    public static readonly PortSet Any = new((IReadOnlyList<(int, int)>?)null);

    /// <summary>How many ports the set has.</summary>
    public int Count
    {
        get
        {
            if (Ranges is null)
            {
                return 65536;
            }

            int count = 0;
            foreach ((int low, int high) in Ranges)
            {
                count += high - low + 1;
            }

            return count;
        }
    }
}

/// <summary>Where a rule, an option or a value stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public readonly record struct Place(string File, int Line, int Column);

/// <summary>A rule that was read without errors.</summary>
public sealed record Rule
{
    /// <summary>Where it begins.</summary>
    public required Place Place { get; init; }

    /// <summary>A constant of <see cref="Sensor.Signatures.RuleProtocol"/>.</summary>
    public required int Protocol { get; init; }

    /// <summary>The addresses on the left.</summary>
    public required AddressList Source { get; init; }

    /// <summary>The ports on the left.</summary>
    public required PortSet SourcePorts { get; init; }

    /// <summary>The addresses on the right.</summary>
    public required AddressList Destination { get; init; }

    /// <summary>The ports on the right.</summary>
    public required PortSet DestinationPorts { get; init; }

    /// <summary><c>&lt;&gt;</c> stands between them.</summary>
    public required bool BothWays { get; init; }

    /// <summary>Generator, 1 unless the rule says otherwise.</summary>
    public int Gid { get; init; } = 1;

    /// <summary>The signature's number.</summary>
    public int Sid { get; init; }

    /// <summary>Revision, 0 unless the rule says otherwise, as in Snort.</summary>
    public int Rev { get; init; }

    /// <summary>The message; empty when the rule has none.</summary>
    public string Message { get; init; } = "";

    /// <summary>The name for the table, at most 24 ASCII octets.</summary>
    public string Name { get; init; } = "";

    /// <summary>Class, e.g. <c>trojan-activity</c>; empty when the rule has none.</summary>
    public string ClassType { get; init; } = "";

    /// <summary>Priority, which is lethality from 1 to 5; 0 when the rule gives none.</summary>
    public int Priority { get; init; }

    /// <summary>References as scheme and id, e.g. <c>url,example.org</c>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>All metadata but those that have a field here.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary><c>metadata:mitre_technique_id</c>, each time it stands there.</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    /// <summary><c>metadata:intent</c></summary>
    public string Intent { get; init; } = "";

    /// <summary><c>metadata:advice</c></summary>
    public string Advice { get; init; } = "";

    /// <summary><c>metadata:suspect yes</c></summary>
    public bool Suspect { get; init; }

    /// <summary><c>metadata:kind restricted-service</c></summary>
    public bool RestrictedService { get; init; }

    /// <summary><c>metadata:conversation suspect</c></summary>
    public bool TalkIsSuspect { get; init; }

    /// <summary><c>metadata:conversation service</c></summary>
    public bool TalkIsService { get; init; }

    /// <summary>What a frame has to satisfy besides the header, in the order of the table.</summary>
    public IReadOnlyList<RuleCondition> Conditions { get; init; } = [];
}

/// <summary>A condition of a rule on a frame.</summary>
public abstract record RuleCondition;

/// <summary><c>flags</c></summary>
/// <param name="Mode">A mode of <see cref="Sensor.Signatures.Condition"/>.</param>
/// <param name="Test">The flags to test.</param>
/// <param name="Ignore">The flags to leave out.</param>
public sealed record FlagsCondition(int Mode, int Test, int Ignore) : RuleCondition;

/// <summary>A number in a range: dsize, ttl, id, seq, ack, window, itype, icode.</summary>
/// <param name="Field">A range number of <see cref="Sensor.Signatures.Condition"/>.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value; below the lowest when nothing matches.</param>
/// <param name="Outside">What lies outside matches.</param>
public sealed record RangeCondition(int Field, uint Low, uint High, bool Outside) : RuleCondition;

/// <summary><c>ip_proto</c></summary>
/// <param name="Comparison">A comparison of <see cref="Sensor.Signatures.Condition"/>.</param>
/// <param name="Number">The protocol number.</param>
public sealed record ProtocolCondition(int Comparison, int Number) : RuleCondition;

/// <summary><c>fragbits</c></summary>
/// <param name="Mode">A mode of <see cref="Sensor.Signatures.Condition"/>.</param>
/// <param name="Bits">4 reserved, 2 don't fragment, 1 more fragments.</param>
public sealed record FragmentCondition(int Mode, int Bits) : RuleCondition;

/// <summary><c>content</c></summary>
/// <param name="Pattern">The octets; in upper case when case doesn't matter. Compared by value through
/// <see cref="Text"/>.</param>
/// <param name="Absent">They must not be there.</param>
/// <param name="NoCase">Case doesn't matter.</param>
/// <param name="Offset">Where the search begins.</param>
/// <param name="Depth">How many octets are searched; null for all.</param>
public sealed record ContentCondition(IReadOnlyList<byte> Pattern, bool Absent, bool NoCase, int Offset, int? Depth) : RuleCondition
{
    // Ethernet, and the smallest header of IPv4.
    private const int LeastHeaders = 14 + 20;

    /// <summary>How much of a payload is at most in the part of a frame that the sensor keeps.</summary>
    /// <param name="protocol">A constant of <see cref="Sensor.Signatures.RuleProtocol"/>.</param>
    internal static int RoomOf(int protocol)
    {
        int header = protocol switch
        {
            Sensor.Signatures.RuleProtocol.Tcp => 20,
            Sensor.Signatures.RuleProtocol.Udp => 8,
            // Behind 4 octets, when it is neither an echo nor an error.
            Sensor.Signatures.RuleProtocol.Icmp => 4,
            _ => 0,
        };
        return Sensor.SlotBatch.SlotLength - LeastHeaders - header;
    }

    /// <summary>The octet that stands for both cases of a letter.</summary>
    /// <param name="octet">An octet.</param>
    internal static byte Upper(byte octet)
    {
        return octet is >= (byte)'a' and <= (byte)'z' ? (byte)(octet - 32) : octet;
    }

    /// <summary>The octets in hexadecimal.</summary>
    public string Text => System.Convert.ToHexString([.. Pattern]);

    /// <inheritdoc/>
    public bool Equals(ContentCondition? other)
    {
        return other is not null && Text == other.Text && Absent == other.Absent && NoCase == other.NoCase && Offset == other.Offset
            && Depth == other.Depth;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        return System.HashCode.Combine(Text, Absent, NoCase, Offset, Depth);
    }
}

/// <summary><c>detection_filter</c></summary>
/// <param name="BySource">By source address, else by destination.</param>
/// <param name="Count">More than so many ...</param>
/// <param name="Seconds">... within so many seconds.</param>
public sealed record FilterCondition(bool BySource, int Count, int Seconds) : RuleCondition;

/// <summary><c>ethertype</c></summary>
/// <param name="Type">The EtherType.</param>
public sealed record EtherTypeCondition(int Type) : RuleCondition;

/// <summary><c>llc</c></summary>
/// <param name="Dsap">Destination service access point.</param>
/// <param name="Ssap">Source service access point.</param>
public sealed record LlcCondition(int Dsap, int Ssap) : RuleCondition;

/// <summary><c>snap</c></summary>
/// <param name="Organization">Organization code.</param>
/// <param name="Protocol">Protocol number.</param>
public sealed record SnapCondition(int Organization, int Protocol) : RuleCondition;
