using System;
using System.Collections.Generic;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// Where rules begin, and the settings of Snort's own files that stand between them. After an error the next beginning is where
/// the reading goes on, so that a rule takes no other one with it.
/// </summary>
internal static class Statement
{
    /// <summary>What Snort can do about a match.</summary>
    public static readonly string[] Actions = [
        "alert", "drop", "block", "log", "pass", "reject", "react", "rewrite", "file_id", "sdrop", "rejectsrc", "rejectdst",
            "rejectboth", "activate",
        "dynamic",
    ];

    /// <summary>Protocols of Snort 2, Snort 3 and Suricata, whether the sensor has them or not.</summary>
    public static readonly HashSet<string> Protocols = new(StringComparer.Ordinal)
    {
        "tcp", "udp", "icmp", "ip", "eth", "icmpv6", "ipv4", "ip4", "ipv6", "ip6", "sctp", "tcp-pkt", "tcp-stream", "pkthdr", "file",
            "user", "http", "http1",
            "http2",
        "http3", "tls", "ssl", "dns", "mdns", "doh2", "smb", "smtp", "imap", "pop3", "ftp", "ftp-data", "ssh", "dcerpc", "modbus", "dnp3",
            "enip",
        "cip", "nfs", "ike", "ikev2", "krb5", "ntp", "dhcp", "rfb", "rdp", "snmp", "tftp", "sip", "sdp", "mqtt", "pgsql", "telnet",
            "websocket",
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

    // A protocol, addresses and ports.
    private const int MostBeforeArrow = 3;

    private const string Rate = "a rate stands in its rule: detection_filter:track by_src, count N, seconds N";
    private const string Foreign = "is a setting of Snort that the sensor does not have; the line can go";

    /// <summary>A rule begins at a word: an action that is the first of its line and has behind it what an action has.</summary>
    /// <param name="word">The word.</param>
    /// <param name="place">Where it stands.</param>
    public static bool BeginsRule(TextSpan word, StatementPlace place)
    {
        if (Array.IndexOf(Actions, word.ToStringValue()) < 0 || !IsFirst(word))
        {
            return false;
        }

        switch (place)
        {
            case StatementPlace.Outside:
                return word.Position.Column == 1 || Protocols.Contains(WordBehind(word));
            case StatementPlace.OptionName:
                // Snort had options of these names, with a colon or a semicolon behind them.
                return WordsBehind(word, 1, out char end).Count > 0 || end is '(' or '"' or '\0';
            default:
                // A value may be wrapped before any word, but no value looks like the header of a rule.
                List<string> header = WordsBehind(word, MostBeforeArrow + 1, out char behind);
                return header.FindIndex(w => w is "->" or "<>" or "<-") > 0
                    || (behind == '(' && header.Count == 1 && Protocols.Contains(header[0]));
        }
    }

    /// <summary>A line that begins with a word is a setting.</summary>
    /// <param name="word">The word.</param>
    /// <param name="place">Where it stands.</param>
    public static bool BeginsSetting(TextSpan word, StatementPlace place)
    {
        // An option is followed by a colon or a semicolon, a setting by what it sets.
        if (!Settings.ContainsKey(word.ToStringValue()) || !IsFirst(word) || WordBehind(word) is [] or [':' or ';' or ',' or ')', ..])
        {
            return false;
        }

        // A wrapped value comes to its end, but behind an option that is cut stands the next rule, or nothing any more.
        return place != StatementPlace.OptionValue || !IsEndedBehind(word);
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

    // What stands behind a word in its line, and in the next when a backslash joins them.
    private static string WordBehind(TextSpan word)
    {
        string source = word.Source!;
        int from = word.Position.Absolute + word.Length;
        while (from < source.Length && (source[from] is ' ' or '\t' || JoinsLines(source, from)))
        {
            from = JoinsLines(source, from) ? source.IndexOf('\n', from) + 1 : from + 1;
        }

        int to = from;
        while (to < source.Length && !char.IsWhiteSpace(source[to]))
        {
            to++;
        }

        return source[from..to];
    }

    // The words behind a word up to a sign that no header has, which is also told; line ends only separate, and a list is one
    // word.
    private static List<string> WordsBehind(TextSpan word, int most, out char end)
    {
        string source = word.Source!;
        var words = new List<string>();
        int at = word.Position.Absolute + word.Length;
        end = '\0';
        while (at < source.Length && words.Count < most)
        {
            char c = source[at];
            if (char.IsWhiteSpace(c) || JoinsLines(source, at))
            {
                at++;
            }
            else if (c == '#')
            {
                int line = source.IndexOf('\n', at);
                at = line < 0 ? source.Length : line;
            }
            else if (c is '(' or ')' or ';' or '"' || (c is ':' or ',' && words.Count == 0))
            {
                end = c;
                break;
            }
            else
            {
                int from = at;
                for (int depth = 0; at < source.Length && source[at] is not ('(' or ')' or ';' or '"')
                    && (depth > 0 || !char.IsWhiteSpace(source[at])); at++)
                {
                    depth += source[at] == '[' ? 1 : source[at] == ']' ? -1 : 0;
                }

                words.Add(source[from..at]);
            }
        }

        return words;
    }

    private static bool IsEndedBehind(TextSpan word)
    {
        string source = word.Source!;
        for (int at = word.Position.Absolute + word.Length; at < source.Length && source[at] != '('; at++)
        {
            if (source[at] is ';' or ')')
            {
                return true;
            }

            // What stands in a comment or a text ends nothing.
            bool text = source[at] == '"';
            if (text || (source[at] == '#' && char.IsWhiteSpace(source[at - 1])))
            {
                int end = source.AsSpan(at + 1).IndexOfAny('\n', text ? '"' : '\n');
                at = end < 0 ? source.Length : at + 1 + end;
            }
        }

        return false;
    }

    private static bool JoinsLines(string source, int at)
    {
        return source[at] == '\\' && (source.AsSpan(at + 1).StartsWith("\n") || source.AsSpan(at + 1).StartsWith("\r\n"));
    }
}

/// <summary>Where a word stands that may begin a rule or a setting.</summary>
internal enum StatementPlace
{
    /// <summary>Outside the parentheses of a rule.</summary>
    Outside,

    /// <summary>Inside them, where an option begins.</summary>
    OptionName,

    /// <summary>Inside them and inside an option.</summary>
    OptionValue,
}
