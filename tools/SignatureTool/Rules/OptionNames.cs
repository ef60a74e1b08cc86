using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.SignatureTool.Rules;

/// <summary>Which options there are: those that rules may have here, and those of others, which are no slip of the finger.</summary>
internal static class OptionNames
{
    private static readonly string[] Once =
    [
        "msg", "flags", "flow", "classtype", "priority", "sid", "gid", "rev", "detection_filter", "ethertype", "llc", "snap",
    ];

    // Options of Snort 2, Snort 3 and Suricata that look at more than a frame, or at more of it than the sensor keeps.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal)
    {
        "appid", "appids", "base64_data", "base64_decode", "ber_data", "ber_skip", "bufferlen", "byte_extract", "byte_jump", "byte_math",
        "byte_test", "cvs", "distance", "dns.query", "enip_command", "fast_pattern", "file.data", "file_data", "file_id", "file_meta",
            "file_type",
        "filemagic", "flowbits", "flowint", "fragoffset", "ftpbounce", "icmp_id", "icmp_seq", "ipopts", "isdataat", "ip_rep", "iprep",
            "js_data",
        "lua", "luajit", "mss", "noalert", "pcre", "pkt_data", "pkt_num", "rawbytes", "raw_data", "regex", "rem", "replace", "rpc",
            "sameip",
        "sd_pattern", "service", "session", "so", "soid", "ssl_state", "ssl_version", "stickybuffer", "stream_reassemble", "stream_size",
            "tag",
        "target", "threshold", "tos", "ttl_eq", "uricontent", "urilen", "vba_data", "within", "xbits", "md5", "sha256", "sha512",
            "activates",
        "activated_by", "asn1", "logto", "resp",
    };

    // Protocols whose options all begin alike: http_uri, dce_iface, tls.sni, modbus_func ...
    private static readonly string[] ForeignFamilies =
    [
        "app-layer", "cip_", "dce_", "dcerpc", "dnp3_", "dns", "enip", "file_", "file.", "ftp", "gtp_", "http", "iec104", "ja3", "ja4",
            "krb5",
        "mms_", "modbus", "mqtt", "nfs", "quic", "rfb", "s7comm", "sip", "smb", "snmp", "ssh", "ssl", "tcp.", "tls", "udp.", "ipv4.",
            "ipv6.",
        "icmpv4.", "icmpv6.",
    ];

    private static readonly string[] Repeatable = ["ip_proto", "fragbits", "content", "reference", "metadata"];

    /// <summary>A rule has the option once at most.</summary>
    public static bool StandsOnce(string option)
    {
        return Once.Contains(option);
    }

    /// <summary>A rule may have the option.</summary>
    public static bool IsKnown(string option)
    {
        return NumberField.Named(option) is not null || Once.Contains(option) || Repeatable.Contains(option);
    }

    /// <summary>What is said of an option that a rule can't have.</summary>
    public static string Unknown(string option)
    {
        return Foreign.Contains(option) || ForeignFamilies.Any(f => option.StartsWith(f, StringComparison.Ordinal))
            ? "is an option of Snort that the sensor does not have; a rule must do without it"
            : "unknown option" + Suggestion.For(option, [.. NumberField.Options, .. Once, .. Repeatable]);
    }
}
