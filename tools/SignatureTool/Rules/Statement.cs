using System;
using System.Collections.Generic;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// Where rules begin, and the settings of Snort's own files that stand between them. After an error the next beginning is where the
/// reading goes on, so that a rule takes no other one with it.
/// </summary>
internal static class Statement
{
    /// <summary>What Snort can do about a match.</summary>
    public static readonly string[] Actions = ["alert", "drop", "block", "log", "pass", "reject", "react", "rewrite", "file_id"];

    // Those of Snort 2, Snort 3 and Suricata, whether the sensor has them or not.
    private static readonly HashSet<string> Protocols = new(StringComparer.Ordinal)
    {
        "tcp", "udp", "icmp", "ip", "eth", "icmpv6", "ipv4", "ipv6", "tcp-pkt", "tcp-stream", "pkthdr", "file", "user", "http", "http1", "http2",
        "http3", "tls", "ssl", "dns", "mdns", "doh2", "smb", "smtp", "imap", "pop3", "ftp", "ftp-data", "ssh", "dcerpc", "modbus", "dnp3", "enip",
        "cip", "nfs", "ike", "ikev2", "krb5", "ntp", "dhcp", "rfb", "rdp", "snmp", "tftp", "sip", "sdp", "mqtt", "pgsql", "telnet", "websocket",
        "ldap", "quic", "bittorrent-dht", "pop", "netflow", "s7commplus", "iec104", "mms", "opcua", "wizard",
    };

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["include"] = "sigtab follows no reference to another file; name that file on the command line too",
        ["portvar"] = "there are no variables for ports; write the ports into the rules",
        ["suppress"] = "leave the rule out, or explain what is benign in the site profile: [[expected]]",
        ["event_filter"] = Rate,
        ["rate_filter"] = Rate,
        ["threshold"] = Rate,
        ["config"] = Foreign,
        ["output"] = Foreign,
        ["preprocessor"] = Foreign,
        ["ruletype"] = Foreign,
        ["attribute_table"] = Foreign,
        ["dynamicpreprocessor"] = Foreign,
        ["dynamicengine"] = Foreign,
        ["dynamicdetection"] = Foreign,
        ["var"] = "",
        ["ipvar"] = "",
    };

    private const string Rate = "a rate stands in its rule: detection_filter:track by_src, count N, seconds N";
    private const string Foreign = "is a setting of Snort that the sensor does not have; the line can go";

    /// <summary>A rule begins at a word: an action that is the first of its line and has a protocol behind it, or nothing at all before it.</summary>
    /// <param name="word">The word.</param>
    public static bool BeginsRule(TextSpan word)
    {
        return IsFirst(word) && Array.IndexOf(Actions, word.ToStringValue()) >= 0
            && (word.Position.Column == 1 || Protocols.Contains(WordBehind(word)));
    }

    /// <summary>A line that begins with a word is a setting.</summary>
    /// <param name="word">The word.</param>
    public static bool BeginsSetting(TextSpan word)
    {
        // An option is followed by a colon or a semicolon, a setting by what it sets.
        return IsFirst(word) && Settings.ContainsKey(word.ToStringValue()) && WordBehind(word) is not ([] or [':' or ';' or ',' or ')', ..]);
    }

    /// <summary>What somebody has to know who finds a setting in a rule file.</summary>
    /// <param name="setting">The whole line.</param>
    public static (string Word, string Lesson) LessonOf(TextSpan setting)
    {
        string[] words = setting.ToStringValue().Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        string lesson = Settings[words[0]];
        string name = words.Length > 1 ? words[1] : "NAME";
        return (words[0], lesson.Length > 0 ? lesson
            : name == "HOME_NET" ? "belongs into the site profile: [site] home = [\"10.1.2.0/24\"]"
            : name == "EXTERNAL_NET" ? "is made from what 'home' in the site profile leaves; the line can go"
            : $"addresses belong into the site profile: [groups] {name} = [\"10.1.2.0/24\"]");
    }

    private static bool IsFirst(TextSpan word)
    {
        for (int i = word.Position.Absolute - 1; i >= 0 && word.Source![i] != '\n'; i--)
        {
            if (!char.IsWhiteSpace(word.Source[i]) && word.Source[i] != '\ufeff')
            {
                return false;
            }
        }

        return true;
    }

    private static string WordBehind(TextSpan word)
    {
        string source = word.Source!;
        int from = word.Position.Absolute + word.Length;
        while (from < source.Length && source[from] is ' ' or '\t')
        {
            from++;
        }

        int to = from;
        while (to < source.Length && !char.IsWhiteSpace(source[to]))
        {
            to++;
        }

        return source[from..to];
    }
}
