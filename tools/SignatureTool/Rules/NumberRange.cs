using System;
using System.Globalization;
using System.Linq;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// Reads Snort 3's intervals: <c>5</c>, <c>=5</c>, <c>!5</c>, <c>!=5</c>, <c>&lt;5</c>, <c>&lt;=5</c>, <c>&gt;5</c>,
/// <c>&gt;=5</c>, <c>1&lt;&gt;5</c> (without the ends) and <c>1&lt;=&gt;5</c> (with them). Numbers are decimal, hexadecimal with
/// 0x or octal with 0.
/// </summary>
internal static class NumberRange
{
    private static readonly TextParser<string> Number =
        from sign in Character.In('+', '-').OptionalOrDefault()
        from digits in Character.Matching(c => c == 'x' || Uri.IsHexDigit(c), "a number").AtLeastOnce()
        from blank in Character.EqualTo(' ').Many()
        select (sign == '\0' ? "" : sign.ToString()) + new string(digits);

    private static readonly TextParser<(string Low, string Sign, string High)> Interval =
        from blank in Character.EqualTo(' ').Many()
        from low in Number.OptionalOrDefault("")
        from sign in Character.In('=', '!', '<', '>').Many()
        from blanks in Character.EqualTo(' ').Many()
        from high in Number.OptionalOrDefault("")
        select (low, new string(sign), high);

    /// <summary>Reads an interval.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">The range's number in <see cref="Sensor.Signatures.Condition"/>.</param>
    /// <param name="most">The largest number that Snort allows; null when it doesn't check.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    public static RangeCondition? Read(string text, int field, long? most, out string problem)
    {
        Result<(string Low, string Sign, string High)> result = Interval.AtEnd().TryParse(text);
        problem = $"'{text}' is no number and no range; write 5, !5, <5, <=5, >5, >=5, 1<>5 or 1<=>5";
        if (!result.HasValue)
        {
            return null;
        }

        (string lowText, string sign, string highText) = result.Value;
        bool between = sign is "<>" or "<=>";
        bool known = sign is "" or "=" or "!" or "!=" or "<" or "<=" or ">" or ">=" || between;
        bool alone = sign.Length == 0 ? lowText.Length > 0 && highText.Length == 0 : lowText.Length == 0 && highText.Length > 0;
        if (!known || (between ? lowText.Length == 0 || highText.Length == 0 : !alone))
        {
            return null;
        }

        long low = 0;
        if (!TryNumber(sign.Length == 0 ? lowText : highText, out long high) || (between && !TryNumber(lowText, out low)))
        {
            return null;
        }

        if (between && low > high)
        {
            problem = $"'{text}' ends before it begins";
            return null;
        }

        long last = most ?? uint.MaxValue;
        if (high < 0 || high > last || low < 0)
        {
            problem = $"'{text}' is out of bounds; possible are 0 to {last.ToString(CultureInfo.InvariantCulture)}";
            return null;
        }

        problem = "";
        return sign switch
        {
            "!" or "!=" => Make(field, high, high, true),
            "<" => Make(field, 0, high - 1, false),
            "<=" => Make(field, 0, high, false),
            ">" => Make(field, high + 1, uint.MaxValue, false),
            ">=" => Make(field, high, uint.MaxValue, false),
            "<>" => Make(field, low + 1, high - 1, false),
            "<=>" => Make(field, low, high, false),
            _ => Make(field, high, high, false),
        };
    }

    /// <summary>Reads a number as C's <c>strtoll</c> does with base 0.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    public static bool TryNumber(string text, out long number)
    {
        number = 0;
        bool minus = text.StartsWith('-');
        string digits = minus || text.StartsWith('+') ? text[1..] : text;
        if (digits.StartsWith("0x", StringComparison.Ordinal))
        {
            if (!long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number))
            {
                return false;
            }
        }
        else if (digits.Length > 1 && digits[0] == '0')
        {
            if (digits.Length > 20 || digits.Any(c => c is < '0' or > '7'))
            {
                return false;
            }

            foreach (char c in digits)
            {
                number = (number << 3) | (uint)(c - '0');
            }
        }
        else if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        number = minus ? -number : number;
        return true;
    }

    // Nothing matches an empty range; every one of them is written the same way.
    private static RangeCondition Make(int field, long low, long high, bool outside)
    {
        return low > high || low > uint.MaxValue
            ? new RangeCondition(field, 1, 0, outside)
            : new RangeCondition(field, (uint)low, (uint)high, outside);
    }
}
