using System.Linq;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>Options whose letters each stand for a bit: <c>flags</c> and <c>fragbits</c>.</summary>
internal static class BitOptions
{
    /// <summary>Reads <c>flags</c>; null when it is wrong.</summary>
    public static FlagsCondition? Flags(RuleOption option)
    {
        if (option.Values.Count > 2 || option.Values.Any(v => v.Length != 1))
        {
            option.Report(option.Values[^1][^1].Position, "is written flags:S or, with flags to leave out, flags:S,CE");
            return null;
        }

        int mode = Condition.Exactly;
        int test = 0;
        int ignore = 0;
        for (int v = 0; v < option.Values.Count; v++)
        {
            Token<RuleToken> token = option.Values[v][0];
            string text = RuleOption.Plain(token);
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
                    option.Report(RuleOption.In(token, i), v == 0
                        ? $"'{text[i]}' is no flag; possible are FSRPAUCE, 0 for none, and + * ! for all, any, none of them"
                        : $"'{text[i]}' is no flag; possible are FSRPAUCE");
                    return null;
                }
            }
        }

        return new FlagsCondition(mode, test, ignore);
    }

    /// <summary>Reads <c>fragbits</c>; null when it is wrong.</summary>
    public static FragmentCondition? FragmentBits(RuleOption option)
    {
        if (option.Single() is not { } token)
        {
            return null;
        }

        string text = RuleOption.Plain(token);
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
                    option.Report(RuleOption.In(token, i), $"'{text[i]}' is no fragment bit; possible are R, D and M, and + * !");
                    return null;
            }
        }

        return new FragmentCondition(mode, bits);
    }
}
