using System.Linq;

namespace Appliance.SignatureTool.Rules;

/// <summary>What an eth rule is about: <c>ethertype</c>, <c>llc</c> or <c>snap</c>.</summary>
internal static class LinkOption
{
    /// <summary>The options' names.</summary>
    public static readonly string[] Names = ["ethertype", "llc", "snap"];

    /// <summary>Reads the option; null when it is wrong.</summary>
    public static RuleCondition? Read(RuleOption option)
    {
        int wanted = option.Name == "ethertype" ? 1 : 2;
        if (option.Values.Count != wanted || option.Values.Any(v => v.Length != 1))
        {
            option.Report(option.Values[0][0].Position, option.Name == "ethertype" ? "has one number, e.g. ethertype:0x6003"
                : option.Name == "llc" ? "has two numbers, DSAP and SSAP, e.g. llc:0x42,0x42"
                : "has two numbers, organization and protocol, e.g. snap:0x00000c,0x2000");
            return null;
        }

        int[] most = option.Name == "ethertype" ? [0xffff] : option.Name == "llc" ? [0xff, 0xff] : [0xffffff, 0xffff];
        int[] numbers = new int[wanted];
        for (int i = 0; i < wanted; i++)
        {
            if (!NumberRange.TryNumber(RuleOption.Plain(option.Values[i][0]), out long number) || number < 0 || number > most[i])
            {
                option.Report(option.Values[i][0].Position,
                    $"'{RuleOption.Plain(option.Values[i][0])}' is not a number from 0 to 0x{most[i]:x}");
                return null;
            }

            numbers[i] = (int)number;
        }

        if (option.Name == "ethertype" && (numbers[0] < 0x600 || numbers[0] is 0x0800 or 0x86dd or 0x8100 or 0x88a8 or 0x9100))
        {
            option.Report(option.Values[0][0].Position, numbers[0] < 0x600 ? "below 0x600 the field is a length; use llc or snap"
                : numbers[0] is 0x0800 or 0x86dd ? "frames of IP are for 'alert ip'" : "tags are skipped; name the type behind them");
            return null;
        }

        if (option.Name == "snap" && numbers[0] == 0 && numbers[1] >= 0x600)
        {
            option.Report(option.Values[0][0].Position, $"organization 0 carries EtherTypes; write ethertype:0x{numbers[1]:x4}");
            return null;
        }

        return option.Name == "ethertype" ? new EtherTypeCondition(numbers[0])
            : option.Name == "llc" ? new LlcCondition(numbers[0], numbers[1]) : new SnapCondition(numbers[0], numbers[1]);
    }
}
