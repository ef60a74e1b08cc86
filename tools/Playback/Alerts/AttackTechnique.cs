using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Appliance.Playback.Alerts;

/// <summary>Techniques of MITRE ATT&amp;CK for Enterprise (version 17, 2025), by number.</summary>
public static partial class AttackTechnique
{
    // Those that the shipped rules and the kinds of incidents name.
    private static readonly Dictionary<string, string> Names = new()
    {
        ["T1016"] = "System Network Configuration Discovery",
        ["T1018"] = "Remote System Discovery",
        ["T1021"] = "Remote Services",
        ["T1040"] = "Network Sniffing",
        ["T1046"] = "Network Service Discovery",
        ["T1090"] = "Proxy",
        ["T1078"] = "Valid Accounts",
        ["T1110"] = "Brute Force",
        ["T1114.002"] = "Email Collection: Remote Email Collection",
        ["T1124"] = "System Time Discovery",
        ["T1133"] = "External Remote Services",
        ["T1135"] = "Network Share Discovery",
        ["T1190"] = "Exploit Public-Facing Application",
        ["T1200"] = "Hardware Additions",
        ["T1210"] = "Exploitation of Remote Services",
        ["T1213"] = "Data from Information Repositories",
        ["T1219"] = "Remote Access Tools",
        ["T1498"] = "Network Denial of Service",
        ["T1557"] = "Adversary-in-the-Middle",
        ["T1571"] = "Non-Standard Port",
        ["T1590"] = "Gather Victim Network Information",
        ["T1595"] = "Active Scanning",
        ["T1595.001"] = "Active Scanning: Scanning IP Blocks",
        ["T1602.001"] = "Data from Configuration Repository: SNMP (MIB Dump)",
        ["T1602.002"] = "Data from Configuration Repository: Network Device Configuration Dump",
    };

    /// <summary>Whether a text has the form of a technique's number, <c>T1046</c> or <c>T1595.001</c>.</summary>
    public static bool IsNumber(string text) => Number().IsMatch(text);

    /// <summary>A technique's number with its name, where that is known here.</summary>
    public static string Text(string number) => Names.TryGetValue(number, out string? name) ? $"{number} {name}" : number;

    /// <summary>A technique's name; its number where the name is not known here.</summary>
    public static string NameOf(string number) => Names.GetValueOrDefault(number, number);

    /// <summary>Whether its name is known here.</summary>
    public static bool IsKnown(string number) => Names.ContainsKey(number);

    [GeneratedRegex(@"^T\d{4}(\.\d{3})?$")]
    private static partial Regex Number();
}
