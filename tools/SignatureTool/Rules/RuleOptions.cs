using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>Reads the options of one rule and puts the rule together.</summary>
internal sealed class RuleOptions
{
    // What Snort's own modules allow for gid; the table's fields hold 16 bits.
    private const int MostGid = 8129;
    private const int MostRev = 65535;
    private const int MostPriority = 5;

    // Nothing behind this octet of a frame gets into a slot.
    private const int SlotLength = Sensor.SlotBatch.SlotLength;

    private static readonly string[] Once =
    [
        "msg", "flags", "flow", "classtype", "priority", "sid", "gid", "rev", "detection_filter", "ethertype", "llc", "snap",
    ];

    // Metadata that means something here; what resembles one of them is a slip of the finger.
    private static readonly string[] Steering = ["suspect", "kind", "intent", "advice", "name"];

    // The classes that Snort 3 and Suricata ship (snort_defaults.lua, classification.config).
    private static readonly HashSet<string> ClassTypes = new(StringComparer.Ordinal)
    {
        "not-suspicious", "unknown", "bad-unknown", "attempted-recon", "successful-recon-limited", "successful-recon-largescale", "attempted-dos",
        "successful-dos", "attempted-user", "unsuccessful-user", "successful-user", "attempted-admin", "successful-admin", "rpc-portmap-decode",
        "shellcode-detect", "string-detect", "suspicious-filename-detect", "suspicious-login", "system-call-detect", "tcp-connection",
        "trojan-activity", "unusual-client-port-connection", "network-scan", "denial-of-service", "non-standard-protocol", "protocol-command-decode",
        "web-application-activity", "web-application-attack", "misc-activity", "misc-attack", "icmp-event", "inappropriate-content",
        "policy-violation", "default-login-attempt", "sdf", "file-format", "malware-cnc", "client-side-exploit", "kickass-porn", "targeted-activity",
        "exploit-kit", "external-ip-check", "domain-c2", "pup-activity", "credential-theft", "social-engineering", "coin-mining", "command-and-control",
    };

    // Options of Snort 2, Snort 3 and Suricata that look at more than a frame, or at more of it than the sensor keeps.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "appid", "appids", "base64_data", "base64_decode", "ber_data", "ber_skip", "bufferlen", "byte_extract", "byte_jump", "byte_math",
        "byte_test", "cvs", "distance", "dns.query", "enip_command", "fast_pattern", "file.data", "file_data", "file_id", "file_meta", "file_type",
        "filemagic", "flowbits", "flowint", "fragoffset", "ftpbounce", "icmp_id", "icmp_seq", "ipopts", "isdataat", "ip_rep", "iprep", "js_data",
        "lua", "luajit", "mss", "noalert", "pcre", "pkt_data", "pkt_num", "rawbytes", "raw_data", "regex", "rem", "replace", "rpc", "sameip",
        "sd_pattern", "service", "session", "so", "soid", "ssl_state", "ssl_version", "stickybuffer", "stream_reassemble", "stream_size", "tag",
        "target", "threshold", "tos", "ttl_eq", "uricontent", "urilen", "vba_data", "within", "xbits", "md5", "sha256", "sha512", "activates",
        "activated_by", "asn1", "logto", "resp",
    };

    // Protocols whose options all begin alike: http_uri, dce_iface, tls.sni, modbus_func ...
    private static readonly string[] ForeignFamilies =
    [
        "app-layer", "cip_", "dce_", "dcerpc", "dnp3_", "dns", "enip", "file_", "file.", "ftp", "gtp_", "http", "iec104", "ja3", "ja4", "krb5",
        "mms_", "modbus", "mqtt", "nfs", "quic", "rfb", "s7comm", "sip", "smb", "snmp", "ssh", "ssl", "tcp.", "tls", "udp.", "ipv4.", "ipv6.",
        "icmpv4.", "icmpv6.",
    ];

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;
    private readonly int _protocol;
    private readonly bool _lenient;
    private readonly Dictionary<string, Position> _seen = new(StringComparer.Ordinal);
    private readonly List<RuleCondition> _conditions = [];
    private readonly List<string> _references = [];
    private readonly List<KeyValuePair<string, string>> _metadata = [];
    private FlagsCondition? _flags;
    private FilterCondition? _filter;
    private RuleCondition? _link;
    private int _gid = 1;
    private int _sid;
    private int _rev;
    private int _priority;
    private string _message = "";
    private string _classType = "";
    private string _name = "";
    private string _intent = "";
    private string _advice = "";
    private bool _suspect;
    private bool _restricted;

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
        string option = tokens[0].ToStringValue();
        if (tokens[0].Kind != RuleToken.Word)
        {
            Report(tokens[0].Position, null, $"'{option}' is no option");
            return;
        }

        foreach (Token<RuleToken> token in tokens)
        {
            string? wrong = token.Kind switch
            {
                RuleToken.OpenText => "'\"' is missing at the end of this text",
                RuleToken.OpenList => "']' is missing at the end of this list",
                RuleToken.Backslash => "a backslash stands only at the end of a line or in a text",
                _ => null,
            };
            if (wrong is not null)
            {
                Report(token.Position, option, wrong);
                return;
            }
        }

        if (Once.Contains(option) && !_seen.TryAdd(option, tokens[0].Position))
        {
            Report(tokens[0].Position, option, $"stands twice in this rule; the first is at {_seen[option].Line}:{_seen[option].Column}");
            return;
        }

        List<Token<RuleToken>[]> values = [];
        if (tokens.Length > 1)
        {
            if (tokens[1].Kind != RuleToken.Colon)
            {
                Report(tokens[1].Position, option, $"':' is missing before '{tokens[1].ToStringValue()}'");
                return;
            }

            if (tokens.Length == 2)
            {
                Report(tokens[1].Position, option, "a value is missing behind ':'");
                return;
            }

            values = Split(tokens[2..]);
            int empty = values.FindIndex(v => v.Length == 0);
            if (empty >= 0)
            {
                Token<RuleToken> comma = tokens.Where(t => t.Kind == RuleToken.Comma).ElementAt(Math.Max(0, empty - 1));
                Report(comma.Position, option, "a value is missing beside ','");
                return;
            }
        }

        if (_lenient && option is "nocase" or "offset" or "depth" or "fast_pattern" && _conditions.LastOrDefault() is ContentCondition)
        {
            ReadOlderModifier(option, tokens[0], values);
            return;
        }

        if (values.Count == 0)
        {
            string message = option is "nocase" or "offset" or "depth" or "distance" or "within" or "fast_pattern"
                ? $"stands inside content in Snort 3: content:\"...\",{option}"
                : IsKnown(option) ? "needs a value: " + option + ":..." : Unknown(option);
            Report(tokens[0].Position, option, message);
            return;
        }

        Read(option, tokens[0], values);
    }

    private static bool IsKnown(string option)
    {
        return NumberField.Named(option) is not null || Once.Contains(option) || option is "ip_proto" or "fragbits" or "content" or "reference" or "metadata";
    }

    private static string Unknown(string option)
    {
        return Foreign.Contains(option) || ForeignFamilies.Any(f => option.StartsWith(f, StringComparison.Ordinal))
            ? "is an option of Snort that the sensor does not have; a rule must do without it"
            : "unknown option" + Suggestion.For(option, [.. NumberField.Options, .. Once, "ip_proto", "fragbits", "content", "reference", "metadata"]);
    }

    private void Read(string option, Token<RuleToken> name, List<Token<RuleToken>[]> values)
    {
        if (NumberField.Named(option) is { } field)
        {
            if (Single(option, values) is { } range)
            {
                _conditions.Add(ReadRange(field, range) ?? new RangeCondition(field.Number, 0, 0, false));
            }

            return;
        }

        switch (option)
        {
            case "msg":
                _message = TextOf(option, values);
                break;
            case "classtype":
                _classType = Single(option, values) is { } type ? Plain(type) : "";
                if (_classType.Length > 0 && !ClassTypes.Contains(_classType))
                {
                    Warn(values[0][0].Position, option, $"'{_classType}' is no class that Snort or Suricata comes with"
                        + Suggestion.For(_classType, ClassTypes) + "; it goes into the catalogue as it is");
                }

                break;
            case "flags":
                ReadFlags(values);
                break;
            case "flow":
                ReadFlow(values);
                break;
            case "ip_proto":
                if (Single(option, values) is { } protocol)
                {
                    ReadProtocol(protocol);
                }

                break;
            case "fragbits":
                if (Single(option, values) is { } bits)
                {
                    ReadFragmentBits(bits);
                }

                break;
            case "content":
                ReadContent(values);
                break;
            case "detection_filter":
                ReadFilter(name, values);
                break;
            case "sid":
                _sid = ReadNumber(option, values, 1, int.MaxValue);
                break;
            case "gid":
                _gid = ReadNumber(option, values, 1, MostGid);
                break;
            case "rev":
                _rev = ReadNumber(option, values, 1, MostRev);
                break;
            case "priority":
                _priority = ReadNumber(option, values, 1, MostPriority);
                break;
            case "reference":
                ReadReference(values);
                break;
            case "metadata":
                ReadMetadata(values);
                break;
            case "ethertype":
            case "llc":
            case "snap":
                ReadLink(option, name, values);
                break;
            case "offset" or "depth" or "nocase":
                Report(name.Position, option, $"stands inside content in Snort 3: content:\"...\",{option} ...");
                break;
            default:
                Report(name.Position, option, Unknown(option));
                break;
        }
    }

    /// <summary>Puts the rule together after all its options.</summary>
    /// <param name="head">Its header.</param>
    /// <param name="place">Where it begins.</param>
    public Rule Finish(RuleHeader head, Place place)
    {
        if (_sid == 0 && !_seen.ContainsKey("sid"))
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, "sid", "is missing; every rule needs its own"));
        }

        if (_protocol == RuleProtocol.Ethernet)
        {
            if (!_seen.Keys.Any(o => o is "ethertype" or "llc" or "snap"))
            {
                _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, null,
                    "an eth rule needs ethertype, llc or snap"));
            }

            if (_flags is not null || _conditions.Count > 0 || _filter is not null)
            {
                _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, null,
                    "an eth rule can have ethertype, llc or snap, and no conditions on what lies above"));
            }

            if (!head.Source.Any || !head.Destination.Any || head.SourcePorts.Ranges is not null || head.DestinationPorts.Ranges is not null)
            {
                _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, null,
                    "an eth rule is 'alert eth any -> any': its frames have no IP addresses and no ports"));
            }
        }
        else if (_link is not null)
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, place.Line, place.Column, null,
                "ethertype, llc and snap belong to 'alert eth'"));
        }

        List<RuleCondition> conditions = [];
        if (_flags is not null)
        {
            conditions.Add(_flags);
        }

        if (_link is not null)
        {
            conditions.Add(_link);
        }

        // What costs least comes first; a content is searched, and a rate counts only what satisfies everything else.
        // An ICMP type that is asked for leads to the rule by itself when it comes first.
        conditions.AddRange(_conditions.Where(c => c is not ContentCondition)
            .OrderBy(c => c is RangeCondition { Field: Condition.IcmpType, Outside: false } r && r.Low == r.High ? 0 : 1));
        conditions.AddRange(_conditions.Where(c => c is ContentCondition));
        if (_filter is not null)
        {
            conditions.Add(_filter);
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
            Name = _name.Length > 0 ? _name : RuleName.Of(_message, _gid, _sid),
            ClassType = _classType,
            Priority = _priority,
            References = _references,
            Metadata = _metadata,
            Intent = _intent,
            Advice = _advice,
            Suspect = _suspect,
            RestrictedService = _restricted,
            Conditions = conditions,
        };
    }

    private void Warn(Position where, string? option, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Warning, _file, where.Line, where.Column, option, message));
    }

    private void Report(Position where, string? option, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Error, _file, where.Line, where.Column, option, message));
    }

    private static List<Token<RuleToken>[]> Split(Token<RuleToken>[] tokens)
    {
        List<Token<RuleToken>[]> values = [];
        int first = 0;
        for (int i = 0; i <= tokens.Length; i++)
        {
            if (i == tokens.Length || tokens[i].Kind == RuleToken.Comma)
            {
                values.Add(tokens[first..i]);
                first = i + 1;
            }
        }

        return values;
    }

    // The one token of an option that has one value.
    private Token<RuleToken>? Single(string option, List<Token<RuleToken>[]> values)
    {
        if (values.Count > 1 || values[0].Length > 1)
        {
            Token<RuleToken> extra = values[0].Length > 1 ? values[0][1] : values[1][0];
            Report(extra.Position, option, $"has one value; '{extra.ToStringValue()}' is too much");
            return null;
        }

        return values[0][0];
    }

    private static string Plain(Token<RuleToken> token)
    {
        return token.Kind == RuleToken.Text ? RuleText.Unescape(token.ToStringValue().Trim('!')[1..^1]) : token.ToStringValue();
    }

    private string TextOf(string option, List<Token<RuleToken>[]> values)
    {
        Token<RuleToken>? token = Single(option, values);
        if (token is null)
        {
            return "";
        }

        if (token.Value.Kind != RuleToken.Text)
        {
            Report(token.Value.Position, option, "needs a text in quotation marks");
            return "";
        }

        return Plain(token.Value);
    }

    private int ReadNumber(string option, List<Token<RuleToken>[]> values, int least, int most)
    {
        Token<RuleToken>? token = Single(option, values);
        if (token is null)
        {
            return 0;
        }

        if (!int.TryParse(Plain(token.Value), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
        {
            Report(token.Value.Position, option, $"'{Plain(token.Value)}' is not a number from {least} to {most}");
            return 0;
        }

        return number;
    }

    private void ReadReference(List<Token<RuleToken>[]> values)
    {
        string text = RawOf(values[0][0], values[^1][^1]);
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma <= 0 || comma == text.Length - 1)
        {
            Report(values[0][0].Position, "reference", "is written 'scheme,id', e.g. reference:url,example.org");
            return;
        }

        _references.Add(text[..comma].Trim() + "," + text[(comma + 1)..].Trim());
    }

    private static string RawOf(Token<RuleToken> first, Token<RuleToken> last)
    {
        int length = last.Position.Absolute + last.Span.Length - first.Position.Absolute;
        return first.Span.Source!.Substring(first.Position.Absolute, length);
    }

    private void ReadMetadata(List<Token<RuleToken>[]> values)
    {
        foreach (Token<RuleToken>[] pair in values)
        {
            string key = pair[0].ToStringValue();
            string value = string.Join(' ', pair.Skip(1).Select(Plain));
            switch (key)
            {
                case "suspect":
                    if (value is not ("yes" or "no"))
                    {
                        Report(pair[0].Position, "metadata", $"suspect is 'yes' or 'no', not '{value}'" + Suggestion.For(value, ["yes", "no"]));
                    }

                    _suspect = value == "yes";
                    break;
                case "kind":
                    if (value != "restricted-service")
                    {
                        Report(pair[0].Position, "metadata", $"the only kind is 'restricted-service', not '{value}'" + Suggestion.For(value, ["restricted-service"]));
                    }

                    _restricted = true;
                    break;
                case "intent":
                    _intent = NotEmpty(pair, value);
                    break;
                case "advice":
                    _advice = NotEmpty(pair, value);
                    break;
                case "name":
                    _name = NotEmpty(pair, value);
                    if (_name.Length > TableFormat.MostName || !RuleName.IsClean(_name))
                    {
                        Report(pair[^1].Position, "metadata",
                            $"name has at most {TableFormat.MostName} ASCII characters and no '\"', '\\' or ']'");
                    }

                    break;
                default:
                    if (Suggestion.For(key, Steering) is { Length: > 0 } meant)
                    {
                        Warn(pair[0].Position, "metadata", $"'{key}' steers nothing{meant}");
                    }

                    _metadata.Add(new KeyValuePair<string, string>(key, value));
                    break;
            }
        }
    }

    private string NotEmpty(Token<RuleToken>[] pair, string value)
    {
        if (value.Length == 0)
        {
            Report(pair[0].Position, "metadata", $"{pair[0].ToStringValue()} needs a text");
        }

        return value;
    }

    private void ReadFlow(List<Token<RuleToken>[]> values)
    {
        foreach (Token<RuleToken> token in values.SelectMany(v => v))
        {
            if (token.ToStringValue() != "stateless")
            {
                Report(token.Position, "flow", $"only 'stateless' is possible, not '{token.ToStringValue()}': signatures look at single frames");
            }
        }
    }

    private void ReadFlags(List<Token<RuleToken>[]> values)
    {
        if (values.Count > 2 || values.Any(v => v.Length != 1))
        {
            Report(values[^1][^1].Position, "flags", "is written flags:S or, with flags to leave out, flags:S,CE");
            return;
        }

        int mode = Condition.Exactly;
        int test = 0;
        int ignore = 0;
        for (int v = 0; v < values.Count; v++)
        {
            Token<RuleToken> token = values[v][0];
            string text = Plain(token);
            for (int i = 0; i < text.Length; i++)
            {
                char c = char.ToUpperInvariant(text[i]);
                int flag = c switch
                {
                    'F' => 1,
                    'S' => 2,
                    'R' => 4,
                    'P' => 8,
                    'A' => 16,
                    'U' => 32,
                    'E' or '2' => 64,
                    'C' or '1' => 128,
                    _ => 0,
                };
                if (flag != 0)
                {
                    if (v == 0)
                    {
                        test |= flag;
                    }
                    else
                    {
                        ignore |= flag;
                    }
                }
                else if (v == 0 && c == '0')
                {
                    test = 0;
                }
                else if (v == 0 && c is '+' or '*' or '!')
                {
                    mode = c == '+' ? Condition.All : c == '*' ? Condition.Any : Condition.None;
                }
                else
                {
                    Report(In(token, i), "flags", v == 0
                        ? $"'{text[i]}' is no flag; possible are FSRPAUCE, 0 for none, and + * ! for all, any, none of them"
                        : $"'{text[i]}' is no flag; possible are FSRPAUCE");
                    return;
                }
            }
        }

        _flags = new FlagsCondition(mode, test, ignore);
    }

    // The place of a character in a token on one line.
    private static Position In(Token<RuleToken> token, int index)
    {
        Position p = token.Position;
        return new Position(p.Absolute + index, p.Line, p.Column + index);
    }

    private RangeCondition? ReadRange(NumberField field, Token<RuleToken> token)
    {
        RangeCondition? range = NumberRange.Read(Plain(token), field.Number, field.Checked, out string problem);
        if (range is null)
        {
            Report(token.Position, field.Option, problem);
        }

        return range;
    }

    private void ReadProtocol(Token<RuleToken> token)
    {
        string text = Plain(token);
        int comparison = text.Length == 0 ? 0 : text[0] switch
        {
            '!' => Condition.NotEqual,
            '>' => Condition.Greater,
            '<' => Condition.Less,
            _ => Condition.Equal,
        };
        string name = comparison == Condition.Equal ? text : text[1..];
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            number = name switch
            {
                "ip" => 0,
                "icmp" => 1,
                "igmp" => 2,
                "ipencap" => 4,
                "tcp" => 6,
                "egp" => 8,
                "udp" => 17,
                "ipv6" => 41,
                "rsvp" => 46,
                "gre" => 47,
                "esp" => 50,
                "ah" => 51,
                "ipv6-icmp" => 58,
                "eigrp" => 88,
                "ospf" => 89,
                "pim" => 103,
                "vrrp" => 112,
                "l2tp" => 115,
                "sctp" => 132,
                _ => -1,
            };
        }

        if (number is < 0 or > 255)
        {
            Report(token.Position, "ip_proto", $"'{text}' is no protocol; possible are numbers from 0 to 255 and names as igmp, with ! < or > before");
            return;
        }

        _conditions.Add(new ProtocolCondition(comparison, number));
    }

    private void ReadFragmentBits(Token<RuleToken> token)
    {
        string text = Plain(token);
        int mode = Condition.Exactly;
        int bits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (char.ToUpperInvariant(text[i]))
            {
                case 'R':
                    bits |= 4;
                    break;
                case 'D':
                    bits |= 2;
                    break;
                case 'M':
                    bits |= 1;
                    break;
                case '+':
                case '*':
                    // In Snort 3 "+" is satisfied by any of the bits, as "*" is.
                    mode = Condition.Any;
                    break;
                case '!':
                    mode = Condition.None;
                    break;
                case ' ':
                    break;
                default:
                    Report(In(token, i), "fragbits", $"'{text[i]}' is no fragment bit; possible are R, D and M, and + * !");
                    return;
            }
        }

        _conditions.Add(new FragmentCondition(mode, bits));
    }

    private void ReadContent(List<Token<RuleToken>[]> values)
    {
        Token<RuleToken> token = values[0][0];
        if (token.Kind != RuleToken.Text || values[0].Length > 1)
        {
            Report(values[0][^1].Position, "content", "needs a text in quotation marks first");
            return;
        }

        string raw = token.ToStringValue();
        bool absent = raw[0] == '!';
        List<byte>? pattern = RuleText.Octets(raw[(absent ? 2 : 1)..^1], out int wrong, out string problem);
        if (pattern is null)
        {
            Report(In(token, wrong + (absent ? 2 : 1)), "content", problem);
            return;
        }

        bool noCase = false;
        int offset = 0;
        int? depth = null;
        foreach (Token<RuleToken>[] value in values.Skip(1))
        {
            string key = value[0].ToStringValue();
            if (key == "nocase" && value.Length == 1)
            {
                noCase = true;
            }
            else if (key is "offset" or "depth" && value.Length == 2)
            {
                if (!int.TryParse(Plain(value[1]), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 65535)
                {
                    Report(value[1].Position, "content", $"'{Plain(value[1])}' is no {key}; it must be a number from 0 to 65535");
                    return;
                }

                offset = key == "offset" ? number : offset;
                depth = key == "depth" ? number : depth;
            }
            else if (key is "fast_pattern" && value.Length == 1)
            {
                // Says which content Snort looks for first; what matches is the same.
            }
            else
            {
                Report(value[0].Position, "content", $"'{key}' is not possible here; possible are nocase, offset N and depth N"
                    + Suggestion.For(key, ["nocase", "offset", "depth"]));
                return;
            }
        }

        if (Fits(token.Position, pattern.Count, offset, depth))
        {
            pattern = noCase ? [.. pattern.Select(ContentCondition.Upper)] : pattern;
            _conditions.Add(new ContentCondition(pattern, absent, noCase, offset, depth));
        }
    }

    private bool Fits(Position where, int length, int offset, int? depth)
    {
        if (depth < length)
        {
            Report(where, "content", $"a depth of {depth} can't hold these {length} octets");
            return false;
        }

        int room = ContentCondition.RoomOf(_protocol);
        if (offset + length > room)
        {
            Report(where, "content", $"lies beyond the {SlotLength} octets of a frame that the sensor keeps, of which at most {room} are payload");
            return false;
        }

        return true;
    }

    // Snort 2 and Suricata write the modifiers of a content as options behind it.
    private void ReadOlderModifier(string option, Token<RuleToken> name, List<Token<RuleToken>[]> values)
    {
        var content = (ContentCondition)_conditions[^1];
        if (option is "offset" or "depth")
        {
            int number = values.Count == 0 ? 0 : ReadNumber(option, values, 0, 65535);
            content = option == "offset" ? content with { Offset = number } : content with { Depth = number };
            if (values.Count == 0)
            {
                Report(name.Position, option, "needs a number");
            }
            else
            {
                Fits(name.Position, content.Pattern.Count, content.Offset, content.Depth);
            }
        }
        else if (option == "nocase")
        {
            content = content with { NoCase = true, Pattern = [.. content.Pattern.Select(ContentCondition.Upper)] };
        }

        _conditions[^1] = content;
    }

    private void ReadFilter(Token<RuleToken> name, List<Token<RuleToken>[]> values)
    {
        bool? bySource = null;
        int count = 0;
        int seconds = 0;
        foreach (Token<RuleToken>[] value in values)
        {
            string key = value[0].ToStringValue();
            string text = value.Length == 2 ? Plain(value[1]) : "";
            if (key == "track" && text is "by_src" or "by_dst")
            {
                bySource = text == "by_src";
            }
            else if (key is "count" or "seconds"
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
            {
                count = key == "count" ? number : count;
                seconds = key == "seconds" ? number : seconds;
            }
            else
            {
                Report(value[0].Position, "detection_filter",
                    $"'{string.Join(' ', value.Select(v => v.ToStringValue()))}' is not possible; write track by_src|by_dst, count N, seconds N");
                return;
            }
        }

        if (bySource is null || count == 0 || seconds == 0)
        {
            Report(name.Position, "detection_filter", "needs all three: track by_src|by_dst, count N, seconds N");
            return;
        }

        _filter = new FilterCondition(bySource.Value, count, seconds);
    }

    private void ReadLink(string option, Token<RuleToken> name, List<Token<RuleToken>[]> values)
    {
        if (_link is not null)
        {
            Report(name.Position, option, "an eth rule has one of ethertype, llc and snap");
            return;
        }

        int wanted = option == "ethertype" ? 1 : 2;
        if (values.Count != wanted || values.Any(v => v.Length != 1))
        {
            Report(values[0][0].Position, option, option == "ethertype" ? "has one number, e.g. ethertype:0x6003"
                : option == "llc" ? "has two numbers, DSAP and SSAP, e.g. llc:0x42,0x42"
                : "has two numbers, organization and protocol, e.g. snap:0x00000c,0x2000");
            return;
        }

        int[] most = option == "ethertype" ? [0xffff] : option == "llc" ? [0xff, 0xff] : [0xffffff, 0xffff];
        int[] numbers = new int[wanted];
        for (int i = 0; i < wanted; i++)
        {
            if (!NumberRange.TryNumber(Plain(values[i][0]), out long number) || number < 0 || number > most[i])
            {
                Report(values[i][0].Position, option, $"'{Plain(values[i][0])}' is not a number from 0 to 0x{most[i]:x}");
                return;
            }

            numbers[i] = (int)number;
        }

        if (option == "ethertype" && (numbers[0] < 0x600 || numbers[0] is 0x0800 or 0x86dd or 0x8100 or 0x88a8 or 0x9100))
        {
            Report(values[0][0].Position, option, numbers[0] < 0x600 ? "below 0x600 the field is a length; use llc or snap"
                : numbers[0] is 0x0800 or 0x86dd ? "frames of IP are for 'alert ip'" : "tags are skipped; name the type behind them");
            return;
        }

        if (option == "snap" && numbers[0] == 0 && numbers[1] >= 0x600)
        {
            Report(values[0][0].Position, option, $"organization 0 carries EtherTypes; write ethertype:0x{numbers[1]:x4}");
            return;
        }

        _link = option == "ethertype" ? new EtherTypeCondition(numbers[0])
            : option == "llc" ? new LlcCondition(numbers[0], numbers[1]) : new SnapCondition(numbers[0], numbers[1]);
    }
}
