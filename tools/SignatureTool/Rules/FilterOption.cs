using System.Globalization;
using System.Linq;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary><c>detection_filter</c>: how often, by whom and in which time.</summary>
internal static class FilterOption
{
    /// <summary>Reads the option; null when it is wrong.</summary>
    public static FilterCondition? Read(RuleOption option)
    {
        bool? bySource = null;
        int count = 0;
        int seconds = 0;
        foreach (Token<RuleToken>[] value in option.Values)
        {
            string key = value[0].ToStringValue();
            string text = value.Length == 2 ? RuleOption.Plain(value[1]) : "";
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
                option.Report(value[0].Position, $"'{string.Join(' ', value.Select(v => v.ToStringValue()))}' is not possible; write "
                    + $"track by_src|by_dst, count N, seconds N");
                return null;
            }
        }

        if (bySource is null || count == 0 || seconds == 0)
        {
            option.Report(option.Place, "needs all three: track by_src|by_dst, count N, seconds N");
            return null;
        }

        return new FilterCondition(bySource.Value, count, seconds);
    }
}
