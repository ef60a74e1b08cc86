using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary><c>content</c> with its modifiers, which stand inside it in Snort 3 and behind it in Snort 2 and Suricata.</summary>
internal static class ContentOption
{
    private static readonly string[] Modifiers = ["nocase", "offset", "depth", "fast_pattern", "distance", "within", "startswith"];

    /// <summary>An option stands behind a content in older dialects.</summary>
    public static bool IsOlderModifier(string option)
    {
        return Modifiers.Contains(option);
    }

    /// <summary>Reads the option; null when it is wrong.</summary>
    /// <param name="option">The option.</param>
    /// <param name="protocol">The rule's protocol, which says how much of a payload the sensor keeps.</param>
    /// <param name="cursor">From where distance and within count.</param>
    public static ContentCondition? Read(RuleOption option, int protocol, ContentCursor cursor)
    {
        Token<RuleToken> token = option.Values[0][0];
        if (token.Kind != RuleToken.Text || option.Values[0].Length > 1)
        {
            option.Report(option.Values[0][^1].Position, "needs a text in quotation marks first");
            return null;
        }

        string raw = token.ToStringValue();
        bool absent = raw[0] == '!';
        List<byte>? pattern = RuleText.Octets(raw[(absent ? 2 : 1)..^1], out int wrong, out string problem);
        if (pattern is null)
        {
            option.Report(RuleOption.In(token, wrong + (absent ? 2 : 1)), problem);
            return null;
        }

        bool noCase = false;
        int offset = 0;
        int? depth = null;
        var relative = new List<(Token<RuleToken> Where, string Key, int Number)>();
        foreach (Token<RuleToken>[] value in option.Values.Skip(1))
        {
            string key = value[0].ToStringValue();
            if (key == "nocase" && value.Length == 1)
            {
                noCase = true;
            }
            else if (key is "offset" or "depth" && value.Length == 2)
            {
                if (!int.TryParse(RuleOption.Plain(value[1]), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    || number > 65535)
                {
                    option.Report(value[1].Position, $"'{RuleOption.Plain(value[1])}' is no {key}; it must be a number from 0 to 65535");
                    return null;
                }

                offset = key == "offset" ? number : offset;
                depth = key == "depth" ? number : depth;
            }
            else if (key is "fast_pattern" && value.Length == 1)
            {
                // Says which content Snort looks for first; what matches is the same.
            }
            else if (cursor != ContentCursor.Strict && (key is "fast_pattern_offset" or "fast_pattern_length") && value.Length == 2)
            {
                // Likewise: of which part of it.
            }
            else if (cursor != ContentCursor.Strict && (key is "distance" or "within") && value.Length == 2
                && int.TryParse(RuleOption.Plain(value[1]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int far)
                && far is > -65536 and < 65536)
            {
                relative.Add((value[0], key, far));
            }
            else
            {
                option.Report(value[0].Position, $"'{key}' is not possible here; possible are nocase, offset N and depth N"
                    + Suggestion.For(key, ["nocase", "offset", "depth"]));
                return null;
            }
        }

        pattern = noCase ? [.. pattern.Select(ContentCondition.Upper)] : pattern;
        var content = new ContentCondition(pattern, absent, noCase, offset, depth);
        foreach ((Token<RuleToken> where, string key, int number) in relative)
        {
            if (cursor.Change(content, key, number, out problem) is not { } changed)
            {
                option.Report(where.Position, problem);
                return null;
            }

            content = changed;
        }

        return Fits(option, token.Position, content, protocol) ? content : null;
    }

    /// <summary>Changes a content as an option behind it says.</summary>
    /// <param name="option">The option, for which <see cref="IsOlderModifier"/> holds.</param>
    /// <param name="content">The content before it.</param>
    /// <param name="protocol">The rule's protocol.</param>
    /// <param name="cursor">From where distance and within count.</param>
    public static ContentCondition Modify(RuleOption option, ContentCondition content, int protocol, ContentCursor cursor)
    {
        switch (option.Name)
        {
            case "nocase":
                return content with { NoCase = true, Pattern = [.. content.Pattern.Select(ContentCondition.Upper)] };
            case "distance" or "within" or "startswith":
                return Moved(option, content, protocol, cursor);
            case "offset" or "depth" when option.Values.Count == 0:
                option.Report(option.Place, "needs a number");
                return content;
            case "offset" or "depth":
                int number = option.Number(0, 65535);
                content = option.Name == "offset" ? content with { Offset = number } : content with { Depth = number };
                Fits(option, option.Place, content, protocol);
                return content;
            default:
                // fast_pattern says which content Snort looks for first; what matches is the same.
                return content;
        }
    }

    private static ContentCondition Moved(RuleOption option, ContentCondition content, int protocol, ContentCursor cursor)
    {
        int number = 0;
        if (option.Name != "startswith" && (option.Values.Count != 1
            || !int.TryParse(RuleOption.Plain(option.Values[0][0]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            || number is <= -65536 or >= 65536))
        {
            option.Report(option.Place, "needs a number");
            return content;
        }

        if (cursor.Change(content, option.Name, number, out string problem) is not { } changed)
        {
            option.Report(option.Place, problem);
            return content;
        }

        Fits(option, option.Place, changed, protocol);
        return changed;
    }

    private static bool Fits(RuleOption option, Position where, ContentCondition content, int protocol)
    {
        int length = content.Pattern.Count;
        if (content.Depth is { } depth && depth < length)
        {
            option.Report(where, $"a depth of {depth} can't hold these {length} octets");
            return false;
        }

        int room = ContentCondition.RoomOf(protocol);
        if (content.Offset + length > room)
        {
            option.Report(where, $"lies beyond the {Sensor.SlotBatch.SlotLength} octets of a frame that the sensor keeps, of which at "
                + $"most {room} are payload");
            return false;
        }

        return true;
    }
}
