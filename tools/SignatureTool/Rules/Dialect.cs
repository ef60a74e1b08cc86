using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// What rules of others say in words that the sensor has otherwise, or does not need: read where <c>--lenient</c> asks for it,
/// with a note for each rule, so that nobody takes the result for the same rule.
/// </summary>
internal sealed class Dialect
{
    /// <summary>What is said of <c>fast_pattern</c>, inside a content or behind it.</summary>
    public const string FirstLook = "fast_pattern is dropped: says what is looked for first";

    // Options that change what Snort or Suricata do with an alert, or how fast they look, not which frame matches.
    private static readonly Dictionary<string, string> Idle = new(StringComparer.Ordinal)
    {
        ["fast_pattern"] = "says what is looked for first",
        ["rawbytes"] = "the sensor's octets are the raw ones",
        ["tag"] = "the sensor keeps no frames",
        ["logto"] = "the sensor keeps no log",
        ["session"] = "the sensor keeps no frames",
        ["resp"] = "the sensor never sends",
        ["react"] = "the sensor never sends",
        ["service"] = "the rule's ports say which service",
        ["target"] = "the line names both sides",
        ["soid"] = "groups rules only",
        ["rem"] = "a remark",
        ["prefilter"] = "says what is looked for first",
        ["replace"] = "the sensor never sends",
        ["filestore"] = "the sensor keeps no files",
        ["stream_reassemble"] = "the sensor looks at single frames anyway",
        ["nfq_set_mark"] = "the sensor passes nothing on",
        ["requires"] = "asks for a version of Suricata",
        ["pkt_data"] = "a content looks into the frame's payload anyway",
        ["raw_data"] = "a content looks into the frame's payload anyway",
    };

    // What these do after a match changes only what another rule finds.
    private static readonly string[] States = ["flowbits", "flowint", "xbits", "hostbits"];

    /// <summary>Actions that do something about a match beside telling of it, which a passive box can't.</summary>
    private static readonly string[] Interfering =
        ["drop", "sdrop", "block", "reject", "rejectsrc", "rejectdst", "rejectboth", "react", "rewrite"];

    // Ports that Suricata's and Snort's own configurations give these names, where a site changes nothing.
    private static readonly Dictionary<string, string> PortGroups = new(StringComparer.Ordinal)
    {
        ["HTTP_PORTS"] = "80",
        ["SHELLCODE_PORTS"] = "!80",
        ["ORACLE_PORTS"] = "1521",
        ["SSH_PORTS"] = "22",
        ["FTP_PORTS"] = "21",
        ["SIP_PORTS"] = "[5060,5061,5600]",
        ["DNP3_PORTS"] = "20000",
        ["MODBUS_PORTS"] = "502",
        ["VXLAN_PORTS"] = "4789",
        ["TEREDO_PORTS"] = "3544",
        ["GENEVE_PORTS"] = "6081",
    };

    // Groups that those configurations make of all that is at home.
    private static readonly string[] HomeGroups =
    [
        "HTTP_SERVERS", "SMTP_SERVERS", "SQL_SERVERS", "TELNET_SERVERS", "SSH_SERVERS", "FTP_SERVERS", "SIP_SERVERS", "SNMP_SERVERS",
            "DC_SERVERS",
        "DNP3_SERVER", "DNP3_CLIENT", "MODBUS_SERVER", "MODBUS_CLIENT", "ENIP_SERVER", "ENIP_CLIENT",
    ];

    // What flow says of a connection that a single frame shows too, or that the header's ports say.
    private static readonly string[] Directions = ["to_server", "from_client", "to_client", "from_server"];
    private static readonly string[] Harmless = ["stateless", "no_frag", "only_frag"];
    private static readonly string[] Streams = ["no_stream", "only_stream"];

    private readonly List<string> _notes = [];
    private bool _isEstablished;
    private RuleOption? _unestablished;

    /// <summary>The group that stands for a group of others which the profile has not; null for none.</summary>
    /// <param name="name">The group's name.</param>
    public static string? GroupFor(string name) => HomeGroups.Contains(name) ? "HOME_NET" : null;

    /// <summary>The ports that a name of others stands for; null for an unknown one.</summary>
    /// <param name="name">The name, without <c>$</c>.</param>
    public static string? PortsFor(string name) => PortGroups.GetValueOrDefault(name);

    /// <summary>What becomes of an action that is no <c>alert</c>: a note for one that is read as an alert, else why it is
    /// not.</summary>
    /// <param name="action">The action.</param>
    public static (string? Note, string Reason) Action(string action) => action switch
    {
        _ when Interfering.Contains(action) => ($"{action} became alert: the box only tells, and never sends", ""),
        "pass" => (null, "a pass rule keeps others from telling; what is benign is explained in the site profile: [[expected]]"),
        "log" or "activate" or "dynamic" => (null, $"a rule of the action {action} keeps frames and tells nothing; the sensor keeps none"),
        "file_id" => (null, "a rule of the action file_id names files, which the sensor does not put together"),
        _ => (null, ""),
    };

    /// <summary>Why a protocol of others is none of a signature's; empty for a word that is no protocol.</summary>
    /// <param name="protocol">The word behind the action.</param>
    public static string WhyNot(string protocol) => protocol switch
    {
        "tcp-stream" => "; a stream is put together from many frames, and a signature looks at one",
        "pkthdr" or "decoder" => "; it asks Suricata's decoder, and the sensor counts what can't be decoded itself",
        "file" or "user" => "; it looks at files, which the sensor does not put together",
        _ when Statement.Protocols.Contains(protocol) => $"; a conversation of {protocol} is put together from many frames, and a "
            + $"signature looks at one: "
            + "name its ports, and what its first octets are by content",
        _ => "",
    };

    /// <summary>Adds to the rule's note.</summary>
    /// <param name="text">What was changed.</param>
    public void Say(string text) => _notes.Add(text);

    /// <summary>What was changed, for the rule's note; empty for nothing.</summary>
    public string Note => string.Join("; ", _notes.Distinct(StringComparer.Ordinal));

    /// <summary>Takes an option that means nothing here, or means something else.</summary>
    /// <param name="option">The option.</param>
    /// <returns>False when it is none of these.</returns>
    public bool Takes(RuleOption option)
    {
        if (Idle.TryGetValue(option.Name, out string? reason))
        {
            _notes.Add($"{option.Name} is dropped: {reason}");
            return true;
        }

        if (States.Contains(option.Name) && IsMerelyKept(option))
        {
            _notes.Add($"{option.Name} is dropped: the rule keeps something in mind for others, which are not asked here");
            return true;
        }

        return option.Name == "flow" && TakesFlow(option);
    }

    /// <summary>Whether a rule keeps something in mind only, and asks for nothing that an earlier frame was.</summary>
    private static bool IsMerelyKept(RuleOption option)
    {
        string[] words = [.. option.Values.SelectMany(v => v).Select(t => t.ToStringValue())];
        return words.Length > 1 && words[0] is "set" or "unset" or "toggle" or "setx" or "reset"
            || (option.Name == "flowint" && words.Length > 1 && words[1] is "+" or "-" or "=");
    }

    /// <summary>
    /// <c>isdataat:N</c>, counted from the payload's beginning, as the size that it asks for; null where it counts from
    /// elsewhere.
    /// </summary>
    /// <param name="option">The option <c>isdataat</c>.</param>
    public RangeCondition? Size(RuleOption option)
    {
        string text = option.Values[0].Length == 1 ? RuleOption.Plain(option.Values[0][0]) : "";
        bool isAbsent = text.StartsWith('!');
        if (!int.TryParse(text.TrimStart('!'), NumberStyles.None, CultureInfo.InvariantCulture, out int at)
            || option.Values.Skip(1).Any(v => v[0].ToStringValue() != "rawbytes"))
        {
            option.Report(option.Values[^1][0].Position, "is possible with a number from the payload's beginning alone, not relative "
                + "to a match");
            return null;
        }

        string size = isAbsent ? $"<{at + 1}" : $">{at}";
        RangeCondition? range = NumberRange.Read(size, Condition.PayloadSize, 65535, out string problem);
        if (range is null)
        {
            option.Report(option.Values[0][0].Position, problem);
        }

        _notes.Add($"isdataat:{text} became dsize:{size}");
        return range;
    }

    /// <summary>A threshold as the filter that it is; null when it only thins alerts out, which incidents do.</summary>
    /// <param name="option">The option <c>threshold</c>.</param>
    public FilterCondition? Threshold(RuleOption option)
    {
        Dictionary<string, string> values = option.Values.Where(v => v.Length == 2)
            .GroupBy(v => v[0].ToStringValue(), v => RuleOption.Plain(v[1])).ToDictionary(g => g.Key, g => g.Last());
        string type = values.GetValueOrDefault("type", "");
        bool isWhole = values.GetValueOrDefault("track") is "by_src" or "by_dst"
            & int.TryParse(values.GetValueOrDefault("count"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) & count > 0
            & int.TryParse(values.GetValueOrDefault("seconds"), NumberStyles.None, CultureInfo.InvariantCulture,
                out int seconds) & seconds > 0;
        if (!isWhole || type is not ("limit" or "threshold" or "both"))
        {
            option.Report(option.Place, "is written type limit|threshold|both, track by_src|by_dst, count N, seconds N");
            return null;
        }

        if (type == "limit" || count == 1)
        {
            _notes.Add("threshold is dropped: it thins alerts out, which incidents do by themselves");
            return null;
        }

        // A threshold is met by the Nth frame, a filter by the first beyond N.
        _notes.Add($"threshold became detection_filter:track {values["track"]}, count {count - 1}, seconds {seconds}");
        return new FilterCondition(values["track"] == "by_src", count - 1, seconds);
    }

    /// <summary>
    /// Lethality from the priority of others, whose gravest is 1 (Snort 2 and 3, Suricata: 1 to 4, lower is graver).
    /// </summary>
    /// <param name="priority">1 to 255.</param>
    public int Lethality(int priority)
    {
        int lethality = Math.Max(1, 5 - priority);
        _notes.Add($"priority {priority} became {lethality}: here 5 is the gravest, there 1");
        return lethality;
    }

    /// <summary>The flags of a rule that wants established connections: those of their segments all have ACK.</summary>
    /// <param name="flags">What the rule says itself; null for nothing.</param>
    /// <param name="protocol">A constant of <see cref="RuleProtocol"/>.</param>
    public FlagsCondition? Flags(FlagsCondition? flags, int protocol)
    {
        if (_unestablished is { } option)
        {
            // Without it the rule would look at every segment of every connection, of which all but the first have ACK and no
            // SYN.
            var index = new SignatureIndex();
            if (flags is null || Enumerable.Range(0, 256).Any(f => (f & 0x12) == 0x10 && index.Wants(flags.Mode, flags.Test, f & ~flags.Ignore)))
            {
                option.Report(option.Place, "not_established asks what earlier frames were, and a signature looks at one; flags:S asks for "
                    + "the first segments of connections");
            }
            else
            {
                _notes.Add("not_established in flow is dropped: the rule's flags say it");
            }
        }

        if (!_isEstablished)
        {
            return flags;
        }

        if (flags is not null || protocol != RuleProtocol.Tcp)
        {
            _notes.Add(protocol == RuleProtocol.Tcp ? "flow:established is dropped: the rule's own flags say which segments are meant"
                : "flow:established is dropped: without TCP there is no connection");
            return flags;
        }

        _notes.Add("flow:established became flags:A+: signatures look at single frames, and those of a connection have ACK");
        return new FlagsCondition(Condition.All, 16, 0);
    }

    private bool TakesFlow(RuleOption option)
    {
        string[] words = [.. option.Values.SelectMany(v => v).Select(t => t.ToStringValue())];
        if (words.Any(w => w is not ("established" or "not_established") && !Directions.Contains(w) && !Harmless.Contains(w) && !Streams.Contains(w)))
        {
            return false;
        }

        _isEstablished = words.Contains("established");
        _unestablished = words.Contains("not_established") ? option : null;
        if (words.Any(w => Directions.Contains(w)))
        {
            _notes.Add("the direction in flow is dropped: the header's ports say it");
        }

        foreach (string word in words.Where(w => Streams.Contains(w)))
        {
            _notes.Add($"{word} in flow is dropped: the sensor puts no stream together, and looks at each segment as it comes");
        }

        return true;
    }
}
