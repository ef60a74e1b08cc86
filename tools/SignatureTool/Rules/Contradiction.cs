using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Rules;

/// <summary>Why no frame can satisfy a rule. Each is looked for in what one field of a frame can be; none is invented.</summary>
/// <param name="Option">The option that asks for too much; null for the header.</param>
/// <param name="Reason">What is the matter with it.</param>
internal sealed record Contradiction(string? Option, string Reason)
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private const int Icmp = 1;
    private const int Icmpv6 = 58;

    private static readonly int[] Numbers = [.. Enumerable.Range(0, 256)];

    /// <summary>All that is found in a rule; empty when some frame may satisfy it.</summary>
    /// <param name="rule">The rule.</param>
    public static IEnumerable<Contradiction> Of(Rule rule)
    {
        return new[] { Addresses(rule), Flags(rule), Protocols(rule), FragmentBits(rule) }.OfType<Contradiction>()
            .Concat(Values(rule)).Concat(Contents(rule));
    }

    private static Contradiction? Addresses(Rule rule)
    {
        AddressSet source = rule.Source.Resolve();
        AddressSet destination = rule.Destination.Resolve();

        // A side without members has its own message, since a site can give it some.
        bool apart = !source.IsEmpty && !destination.IsEmpty
            && (source.Ranges4.Count == 0 || destination.Ranges4.Count == 0)
                && (source.Ranges6.Count == 0 || destination.Ranges6.Count == 0);
        return apart ? new Contradiction(null, "one side has only IPv4 addresses and the other only IPv6") : null;
    }

    private static Contradiction? Flags(Rule rule)
    {
        if (rule.Conditions.OfType<FlagsCondition>().FirstOrDefault() is not { } asked)
        {
            return null;
        }

        var index = new SignatureIndex();
        if (Numbers.Any(f => index.Wants(asked.Mode, asked.Test, f & ~asked.Ignore)))
        {
            return null;
        }

        int both = asked.Test & asked.Ignore;
        return new Contradiction("flags", asked.Test == 0 ? "asks for any of no flags"
            : $"{TableText.Flags(both)} is asked for and, behind the comma, left out");
    }

    // The protocols that are left are those of the header, less what each option takes away.
    private static Contradiction? Protocols(Rule rule)
    {
        var before = new List<Demand>();
        if (rule.Protocol != RuleProtocol.Ip)
        {
            before.Add(new Demand(NameOf(rule.Protocol), NameOf(rule.Protocol), rule.Protocol, p => IsOf(rule.Protocol, p)));
        }

        List<int> left = rule.Protocol switch
        {
            RuleProtocol.Tcp => [Tcp],
            RuleProtocol.Udp => [Udp],
            RuleProtocol.Icmp => [Icmp, Icmpv6],
            _ => [.. Numbers],
        };
        foreach (Demand demand in rule.Conditions.Select(DemandOf).OfType<Demand>())
        {
            left.RemoveAll(p => !demand.Allows(p));
            if (left.Count > 0)
            {
                before.Add(demand);
                continue;
            }

            string culprit = before.Where(b => !Numbers.Any(p => b.Allows(p) && demand.Allows(p))).Select(b => b.Text)
                .FirstOrDefault("what else it asks for");
            return new Contradiction(demand.Option, !Numbers.Any(demand.Allows) ? "no protocol satisfies it"
                : demand.Owner is { } owner && rule.Protocol != RuleProtocol.Ip
                    ? $"{NameOf(rule.Protocol)} has no {demand.Option}, {NameOf(owner)} has"
                : $"no protocol is left together with {culprit}");
        }

        return null;
    }

    private static Demand? DemandOf(RuleCondition condition)
    {
        if (condition is ProtocolCondition asked)
        {
            return new Demand("ip_proto", TableText.Options([asked]), null, p => Holds(asked, p));
        }

        (string option, int? owner) = condition switch
        {
            FlagsCondition => ("flags", RuleProtocol.Tcp),
            RangeCondition range => (NumberField.Of(range).Option, NumberField.Of(range).Protocol),
            _ => ("", (int?)null),
        };
        return owner is { } one ? new Demand(option, option, one, p => IsOf(one, p)) : null;
    }

    private static string NameOf(int protocol)
    {
        return protocol switch { RuleProtocol.Tcp => "tcp", RuleProtocol.Udp => "udp", RuleProtocol.Icmp => "icmp", _ => "ip" };
    }

    private static bool IsOf(int protocol, int number)
    {
        return protocol switch
        {
            RuleProtocol.Tcp => number == Tcp,
            RuleProtocol.Udp => number == Udp,
            RuleProtocol.Icmp => number is Icmp or Icmpv6,
            _ => true,
        };
    }

    private static bool Holds(ProtocolCondition asked, int protocol)
    {
        return asked.Comparison switch
        {
            Condition.Equal => protocol == asked.Number,
            Condition.NotEqual => protocol != asked.Number,
            Condition.Greater => protocol > asked.Number,
            _ => protocol < asked.Number,
        };
    }

    private static Contradiction? FragmentBits(Rule rule)
    {
        FragmentCondition[] asked = [.. rule.Conditions.OfType<FragmentCondition>()];
        var index = new SignatureIndex();
        return asked.Length == 0 || Enumerable.Range(0, 8).Any(bits => asked.All(a => index.Wants(a.Mode, a.Bits, bits))) ? null
            : new Contradiction("fragbits", asked.Length == 1 ? "asks for any of no bits"
                : $"no bits satisfy all of {TableText.Options(asked)}");
    }

    private static IEnumerable<Contradiction> Values(Rule rule)
    {
        foreach (IGrouping<int, RangeCondition> alike in rule.Conditions.OfType<RangeCondition>().GroupBy(r => r.Field))
        {
            if (Left([.. alike]).Count == 0)
            {
                yield return new Contradiction(NumberField.Of(alike.First()).Option,
                    alike.Count() == 1 ? "no value satisfies it" : $"no value satisfies all of {TableText.Options(alike)}");
            }
        }
    }

    // The values of a field that satisfy all of its conditions, as ranges.
    private static List<(long Low, long High)> Left(RangeCondition[] asked)
    {
        List<(long Low, long High)> left = [(0, NumberField.Of(asked[0]).Most)];
        foreach (RangeCondition range in asked.Where(r => !r.Outside || r.Low <= r.High))
        {
            left =
            [
                .. left.SelectMany(l => range.Outside
                    ? new[] { (l.Low, High: Math.Min(l.High, range.Low - 1L)), (Low: Math.Max(l.Low, range.High + 1L), l.High) }
                    : [(Math.Max(l.Low, range.Low), Math.Min(l.High, range.High))]).Where(l => l.Low <= l.High),
            ];
        }

        return left;
    }

    private static IEnumerable<Contradiction> Contents(Rule rule)
    {
        ContentCondition[] contents = [.. rule.Conditions.OfType<ContentCondition>()];
        ContentCondition[] present = [.. contents.Where(c => !c.Absent)];
        RangeCondition[] sizes = [.. rule.Conditions.OfType<RangeCondition>().Where(r => r.Field == Condition.PayloadSize)];
        if (present.Length == 0)
        {
            yield break;
        }

        int needed = present.Max(c => c.Offset + c.Pattern.Count);
        if (sizes.Length > 0 && Left(sizes) is { Count: > 0 } left && left[^1].High < needed)
        {
            yield return new Contradiction("content", string.Create(CultureInfo.InvariantCulture,
                $"needs {needed} octets of payload, and dsize allows {left[^1].High}"));
        }

        // An ip rule is about more protocols than it seems when it names flags or ip_proto.
        int room = new[] { RuleProtocol.Tcp, RuleProtocol.Udp, RuleProtocol.Icmp }.Where(p =>
            IsOnlyOf(rule, p)).Select(ContentCondition.RoomOf)
            .FirstOrDefault(ContentCondition.RoomOf(RuleProtocol.Ip));
        if (needed > room)
        {
            yield return new Contradiction("content", string.Create(CultureInfo.InvariantCulture,
                $"needs {needed} octets of payload, and the sensor keeps at most {room} of such a frame"));
        }

        if (contents.Where(c => c.Absent).Any(absent => present.Any(p => Excludes(absent, p))))
        {
            yield return new Contradiction("content", "what must be there is also what must not be there");
        }

        if (Pinned(present) is { } place)
        {
            yield return new Contradiction("content",
                string.Create(CultureInfo.InvariantCulture, $"two texts would have to stand at octet {place} of the payload"));
        }
    }

    private static bool IsOnlyOf(Rule rule, int protocol)
    {
        return rule.Protocol == protocol || (rule.Protocol == RuleProtocol.Ip && rule.Conditions.Any(c => c switch
        {
            FlagsCondition => protocol == RuleProtocol.Tcp,
            RangeCondition range => NumberField.Of(range).Protocol == protocol,
            ProtocolCondition { Comparison: Condition.Equal } asked => protocol != RuleProtocol.Ip && IsOf(protocol, asked.Number),
            _ => false,
        }));
    }

    // Wherever the one is found, the other is too.
    private static bool Excludes(ContentCondition absent, ContentCondition present)
    {
        bool within = absent.Offset <= present.Offset
            && (absent.Depth is not { } depth || (present.Depth is { } own && present.Offset + own <= absent.Offset + depth));
        if (!within || (present.NoCase && !absent.NoCase))
        {
            return false;
        }

        byte[] whole = [.. absent.NoCase ? present.Pattern.Select(ContentCondition.Upper) : present.Pattern];
        return whole.AsSpan().IndexOf([.. absent.Pattern]) >= 0;
    }

    // The first octet for which two contents that can stand at one place only want different values.
    private static int? Pinned(IEnumerable<ContentCondition> present)
    {
        var wanted = new Dictionary<int, (byte Octet, bool NoCase)>();
        foreach (ContentCondition content in present.Where(c => c.Depth == c.Pattern.Count))
        {
            for (int i = 0; i < content.Pattern.Count; i++)
            {
                byte octet = content.Pattern[i];
                if (!wanted.TryAdd(content.Offset + i, (octet, content.NoCase)))
                {
                    (byte other, bool noCase) = wanted[content.Offset + i];
                    bool differ = noCase || content.NoCase ? ContentCondition.Upper(other) != ContentCondition.Upper(octet)
                        : other != octet;
                    if (differ)
                    {
                        return content.Offset + i;
                    }
                }
            }
        }

        return null;
    }

    // What an option says about the protocol: its name, how it stands in the rule, and whose it is.
    private sealed record Demand(string Option, string Text, int? Owner, Func<int, bool> Allows);
}
