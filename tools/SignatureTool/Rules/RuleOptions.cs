using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>Collects the options of one rule and puts the rule together. What an option may say is the matter of a type for each
/// kind.</summary>
internal sealed class RuleOptions
{
    // What Snort's own modules allow for gid; the table's fields hold 16 bits.
    private const int MostGid = 8129;
    private const int MostRev = 65535;
    private const int MostPriority = 5;

    // Suricata's highest; Snort's classes go to 4.
    private const int MostForeignPriority = 255;

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;
    private readonly int _protocol;
    private readonly bool _lenient;
    private readonly Dictionary<string, Position> _seen = new(StringComparer.Ordinal);
    private readonly List<RuleCondition> _conditions = [];
    private readonly List<string> _references = [];
    private readonly RuleMetadata _metadata = new();
    private readonly Dialect _dialect = new();
    private ContentCursor _cursor = ContentCursor.None;
    private FlagsCondition? _flags;
    private FilterCondition? _filter;
    private RuleCondition? _link;
    private int _gid = 1;
    private int _sid;
    private int _rev;
    private int _priority;
    private string _message = "";
    private string _classType = "";

    public RuleOptions(string file, List<Diagnostic> diagnostics, int protocol, bool lenient)
    {
        _lenient = lenient;
        _file = file;
        _diagnostics = diagnostics;
        _protocol = protocol;
    }

    /// <summary>Reads an option.</summary>
    /// <param name="tokens">Its name, and the colon and the values if it has them, without the semicolon.</param>
    public void Read(Token<RuleToken>[] tokens)
    {
        if (RuleOption.Of(tokens, _file, _diagnostics) is not { } option)
        {
            return;
        }

        if (OptionNames.StandsOnce(option.Name) && !_seen.TryAdd(option.Name, option.Place))
        {
            Position first = _seen[option.Name];
            option.Report(option.Place, $"stands twice in this rule; the first is at {first.Line}:{first.Column}");
        }
        else if (_lenient && ContentOption.IsOlderModifier(option.Name) && _conditions.LastOrDefault() is ContentCondition content)
        {
            _conditions[^1] = ContentOption.Modify(option, content, _protocol, _cursor);
            if (option.Name == "fast_pattern")
            {
                _dialect.Takes(option);
            }
        }
        else if (_lenient && _dialect.Takes(option))
        {
            // It says nothing that the sensor would do otherwise.
        }
        else if (option.Values.Count == 0)
        {
            option.Report(option.Place,
                option.Name is "nocase" or "offset" or "depth" or "distance" or "within" or "fast_pattern"
                    ? $"stands inside content in Snort 3: content:\"...\",{option.Name}"
                : OptionNames.IsKnown(option.Name) ? $"needs a value: {option.Name}:..." : OptionNames.Unknown(option.Name));
        }
        else
        {
            Read(option);
        }
    }

    private void Read(RuleOption option)
    {
        switch (option.Name)
        {
            case "msg":
                _message = option.Text();
                break;
            case "classtype":
                _classType = ClassTypes.Read(option);
                break;
            case "flags":
                _flags = BitOptions.Flags(option);
                break;
            case "flow":
                ReadFlow(option);
                break;
            case "ip_proto":
                Add(ProtocolOption.Read(option));
                break;
            case "fragbits":
                Add(BitOptions.FragmentBits(option));
                break;
            case "tcp.flags" when _lenient:
                _flags = BitOptions.Flags(option);
                break;
            case "isdataat" when _lenient:
                Add(_dialect.Size(option));
                break;
            case "content":
                _cursor = _lenient ? ContentCursor.Behind(_conditions) : ContentCursor.Strict;
                Add(ContentOption.Read(option, _protocol, _cursor));
                if (_lenient && option.Values.Skip(1).Any(v => v[0].ToStringValue().StartsWith("fast_pattern", StringComparison.Ordinal)))
                {
                    _dialect.Say(Dialect.FirstLook);
                }

                break;
            case "detection_filter":
                _filter = FilterOption.Read(option);
                break;
            case "sid":
                _sid = option.Number(1, int.MaxValue);
                break;
            case "gid":
                _gid = option.Number(1, MostGid);
                break;
            case "rev":
                _rev = option.Number(1, MostRev);
                break;
            case "threshold" when _lenient:
                _filter = _dialect.Threshold(option) ?? _filter;
                break;
            case "priority" when _lenient:
                _priority = option.Number(1, MostForeignPriority);
                break;
            case "priority":
                _priority = option.Number(1, MostPriority);
                break;
            case "reference":
                ReadReference(option);
                break;
            case "metadata":
                _metadata.Read(option);
                if (_lenient && option.Values.Any(v => v[0].ToStringValue() is "policy" or "ruleset"))
                {
                    _dialect.Say("policy and ruleset in metadata are dropped: what a table has is chosen by its files");
                }

                break;
            case "ethertype" or "llc" or "snap" when _link is not null:
                option.Report(option.Place, "an eth rule has one of ethertype, llc and snap");
                break;
            case "ethertype" or "llc" or "snap":
                _link = LinkOption.Read(option);
                break;
            case "offset" or "depth" or "nocase":
                option.Report(option.Place, $"stands inside content in Snort 3: content:\"...\",{option.Name} ...");
                break;
            default:
                ReadNumber(option);
                break;
        }
    }

    /// <summary>Adds to the rule's note what its header became.</summary>
    /// <param name="changes">What was changed.</param>
    /// <param name="ipProtocol">A protocol of IP that the header named and a rule has as a condition; 0 for none.</param>
    public void Became(IEnumerable<string> changes, int ipProtocol)
    {
        foreach (string change in changes)
        {
            _dialect.Say(change);
        }

        if (ipProtocol != 0)
        {
            _conditions.Add(new ProtocolCondition(Condition.Equal, ipProtocol));
        }
    }

    private void Add(RuleCondition? condition)
    {
        if (condition is not null)
        {
            _conditions.Add(condition);
        }
    }

    private void ReadNumber(RuleOption option)
    {
        if (NumberField.Named(option.Name) is not { } field)
        {
            option.Report(option.Place, OptionNames.Unknown(option.Name));
        }
        else if (option.Single() is { } token)
        {
            RangeCondition? range = NumberRange.Read(RuleOption.Plain(token), field.Number, field.Checked, out string problem);
            if (range is null)
            {
                option.Report(token.Position, problem);
            }

            // What was wrong counts as a condition all the same: an eth rule could have none.
            _conditions.Add(range ?? new RangeCondition(field.Number, 0, 0, false));
        }
    }

    private static void ReadFlow(RuleOption option)
    {
        foreach (Token<RuleToken> token in option.Values.SelectMany(v => v))
        {
            if (token.ToStringValue() != "stateless")
            {
                option.Report(token.Position, $"only 'stateless' is possible, not '{token.ToStringValue()}': signatures look at single "
                    + $"frames");
            }
        }
    }

    private void ReadReference(RuleOption option)
    {
        string text = option.Raw();
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma <= 0 || comma == text.Length - 1)
        {
            option.Report(option.Values[0][0].Position, "is written 'scheme,id', e.g. reference:url,example.org");
            return;
        }

        _references.Add(text[..comma].Trim() + "," + text[(comma + 1)..].Trim());
    }

    /// <summary>Puts the rule together after all its options.</summary>
    /// <param name="head">Its header.</param>
    /// <param name="place">Where it begins.</param>
    public Rule Finish(RuleHeader head, Place place)
    {
        if (_sid == 0 && !_seen.ContainsKey("sid"))
        {
            Report(place, "sid", "is missing; every rule needs its own");
        }

        CheckLink(head, place);
        if (_lenient)
        {
            _flags = _dialect.Flags(_flags, head.Protocol);
            // Who says what an incident means writes for this sensor.
            bool isOwn = _metadata.Suspect || _metadata.RestrictedService || _metadata.Intent.Length + _metadata.Advice.Length > 0;
            _priority = isOwn || _priority == 0 ? Math.Min(_priority, MostPriority) : _dialect.Lethality(_priority);
            if (_dialect.Note.Length > 0)
            {
                _diagnostics.Add(new Diagnostic(Severity.Note, place.File, place.Line, place.Column, null, _dialect.Note
                    + $" [sid {_sid}]"));
            }
        }

        return new Rule
        {
            Place = place,
            Protocol = head.Protocol,
            Source = head.Source,
            SourcePorts = head.Protocol is RuleProtocol.Tcp or RuleProtocol.Udp ? head.SourcePorts : PortSet.Any,
            Destination = head.Destination,
            DestinationPorts = head.Protocol is RuleProtocol.Tcp or RuleProtocol.Udp ? head.DestinationPorts : PortSet.Any,
            BothWays = head.BothWays,
            Gid = _gid,
            Sid = _sid,
            Rev = _rev,
            Message = _message,
            Name = _metadata.Name.Length > 0 ? _metadata.Name : RuleName.Of(_message, _gid, _sid),
            ClassType = _classType,
            Priority = _priority,
            References = _references,
            Metadata = _metadata.Others,
            Techniques = _metadata.Techniques,
            Intent = _metadata.Intent,
            Advice = _metadata.Advice,
            Suspect = _metadata.Suspect,
            RestrictedService = _metadata.RestrictedService,
            TalkIsSuspect = _metadata.TalkIsSuspect,
            TalkIsService = _metadata.TalkIsService,
            Conditions = InOrder(),
        };
    }

    // An eth rule is about the link layer alone, and no other rule is.
    private void CheckLink(RuleHeader head, Place place)
    {
        if (_protocol != RuleProtocol.Ethernet)
        {
            if (_link is not null)
            {
                Report(place, null, "ethertype, llc and snap belong to 'alert eth'");
            }

            return;
        }

        if (!LinkOption.Names.Any(_seen.ContainsKey))
        {
            Report(place, null, "an eth rule needs ethertype, llc or snap");
        }

        if (_flags is not null || _conditions.Count > 0 || _filter is not null)
        {
            Report(place, null, "an eth rule can have ethertype, llc or snap, and no conditions on what lies above");
        }

        if (!head.Source.Any || !head.Destination.Any || head.SourcePorts.Ranges is not null || head.DestinationPorts.Ranges is not null)
        {
            Report(place, null, "an eth rule is 'alert eth any -> any': its frames have no IP addresses and no ports");
        }
    }

    // What costs least comes first; a content is searched, and a rate counts only what satisfies everything else.
    // An ICMP type that is asked for leads to the rule by itself when it comes first.
    private RuleCondition[] InOrder()
    {
        return
        [
            .. new RuleCondition?[] { _flags, _link }.OfType<RuleCondition>(),
            .. _conditions.Where(c => c is not ContentCondition)
                .OrderBy(c => c is RangeCondition { Field: Condition.IcmpType, Outside: false } r && r.Low == r.High ? 0 : 1),
            .. _conditions.Where(c => c is ContentCondition),
            .. new[] { _filter }.OfType<RuleCondition>(),
        ];
    }

    private void Report(Place place, string? option, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, option, message));
    }
}
