using System.Globalization;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Rules;

/// <summary><c>ip_proto</c>: a number or a name, perhaps with <c>!</c>, <c>&lt;</c> or <c>&gt;</c> before it.</summary>
internal static class ProtocolOption
{
    /// <summary>Reads the option; null when it is wrong.</summary>
    public static ProtocolCondition? Read(RuleOption option)
    {
        if (option.Single() is not { } token)
        {
            return null;
        }

        string text = RuleOption.Plain(token);
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
            option.Report(token.Position, $"'{text}' is no protocol; possible are numbers from 0 to 255 and names as igmp, with ! < or > "
                + $"before");
            return null;
        }

        return new ProtocolCondition(comparison, number);
    }
}
