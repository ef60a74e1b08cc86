using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// What rules of others say in words that the sensor has otherwise, or does not need: read where <c>--lenient</c> asks for it, with a note
/// for each rule, so that nobody takes the result for the same rule.
/// </summary>
internal sealed class Dialect
{
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
    };

    // What flow says of a connection that a single frame shows too, or that the header's ports say.
    private static readonly string[] Directions = ["to_server", "from_client", "to_client", "from_server"];
    private static readonly string[] Harmless = ["stateless", "not_established", "no_stream", "only_stream", "no_frag", "only_frag"];

    private readonly List<string> _notes = [];
    private bool _isEstablished;

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

        return option.Name == "flow" && TakesFlow(option);
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
        if (flags is not null || !_isEstablished || protocol != RuleProtocol.Tcp)
        {
            return flags;
        }

        _notes.Add("flow:established became flags:A+: signatures look at single frames, and those of a connection have ACK");
        return new FlagsCondition(Condition.All, 16, 0);
    }

    private bool TakesFlow(RuleOption option)
    {
        string[] words = [.. option.Values.SelectMany(v => v).Select(t => t.ToStringValue())];
        if (words.Any(w => w != "established" && !Directions.Contains(w) && !Harmless.Contains(w)))
        {
            return false;
        }

        _isEstablished = words.Contains("established");
        if (words.Any(w => Directions.Contains(w)))
        {
            _notes.Add("the direction in flow is dropped: the header's ports say it");
        }

        return true;
    }
}
