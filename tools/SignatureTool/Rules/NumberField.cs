using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Rules;

/// <summary>A number of a frame that rules set limits to.</summary>
/// <param name="Option">The option that does so.</param>
/// <param name="Number">The range's number in <see cref="Condition"/>.</param>
/// <param name="Checked">The largest value that Snort allows in a rule; null when it doesn't check.</param>
/// <param name="Most">The largest value that a frame can have.</param>
/// <param name="Protocol">The protocol that alone has it, a constant of <see cref="RuleProtocol"/>; null for IP.</param>
internal sealed record NumberField(string Option, int Number, long? Checked, uint Most, int? Protocol)
{
    // A field of 16 bits is 32 bits wide in IPv6: the fragment header's id.
    private static readonly NumberField[] All =
    [
        new("dsize", Condition.PayloadSize, 65535, 65535, null),
        new("ttl", Condition.TimeToLive, 255, 255, null),
        new("id", Condition.Identification, null, uint.MaxValue, null),
        new("seq", Condition.Sequence, null, uint.MaxValue, RuleProtocol.Tcp),
        new("ack", Condition.Acknowledgment, null, uint.MaxValue, RuleProtocol.Tcp),
        new("window", Condition.Window, 65535, 65535, RuleProtocol.Tcp),
        new("itype", Condition.IcmpType, 255, 255, RuleProtocol.Icmp),
        new("icode", Condition.IcmpCode, 255, 255, RuleProtocol.Icmp),
    ];

    private static readonly Dictionary<string, NumberField> ByOption = All.ToDictionary(f => f.Option, StringComparer.Ordinal);

    /// <summary>The options' names.</summary>
    public static IEnumerable<string> Options => ByOption.Keys;

    /// <summary>The field of an option; null when it has none.</summary>
    public static NumberField? Named(string option)
    {
        return ByOption.GetValueOrDefault(option);
    }

    /// <summary>The field of a condition.</summary>
    public static NumberField Of(RangeCondition condition)
    {
        return All.First(f => f.Number == condition.Field);
    }
}
