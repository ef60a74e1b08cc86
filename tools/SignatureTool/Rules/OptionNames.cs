using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.SignatureTool.Rules;

/// <summary>Which options there are: those that rules may have here, and those of others, which are no slip of the
/// finger.</summary>
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
        "activated_by", "asn1", "logto", "resp", "hostbits", "geoip", "dataset", "datarep", "decode-event", "stream-event", "bsize",
            "endswith", "startswith",
        "dotprefix", "absent", "entropy", "filesize", "fileext", "filename", "filestore",
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
        bool isFamily = ForeignFamilies.Any(f => option.StartsWith(f, StringComparison.Ordinal));
        return Foreign.Contains(option) || isFamily
            ? "is an option of Snort that the sensor does not have" + WhyNot(option, isFamily) + "; a rule must do without it"
            : "unknown option" + Suggestion.For(option, [.. NumberField.Options, .. Once, .. Repeatable]);
    }

    // What it would need, so that whoever knows Snort sees what may be said otherwise.
    private static string WhyNot(string option, bool isFamily) => option switch
    {
        "pcre" or "regex" or "sd_pattern" => " (regular expressions are more than it can search in time; what is fixed in them can be "
            + "a content)",
        "byte_test" or "byte_jump" or "byte_extract" or "byte_math" or "ber_data" or "ber_skip" or "asn1" =>
            " (it reads no numbers out of a payload; a fixed one can be a content)",
        "flowbits" or "flowint" or "xbits" or "activated_by" or "stream_size" or "pkt_num" or "hostbits" =>
            " (it asks what earlier frames were, and a signature looks at one)",
        "noalert" => " (a rule that never alerts only serves others)",
        "distance" or "within" => " (it counts from a match, and a signature's contents have their own places: offset and depth)",
        "sameip" or "ipopts" or "fragoffset" or "tos" or "icmp_id" or "icmp_seq" or "mss" or "rpc" or "ttl_eq" =>
            " (a table has no condition on that field)",
        "ip_rep" or "iprep" or "geoip" or "dataset" or "datarep" => " (it asks a list that lies outside the table)",
        "lua" or "luajit" or "so" or "cvs" => " (it is a program)",
        "md5" or "sha256" or "sha512" or "base64_data" or "base64_decode" or "js_data" or "vba_data" or "file_data" or "file.data" =>
            " (it looks into what is put together from many frames or unpacked)",
        "uricontent" or "urilen" => " (it looks into what is put together from many frames; the request's first octets can be a content)",
        "decode-event" or "stream-event" => " (it asks Suricata's decoder)",
        _ when isFamily => " (it looks into what is put together from many frames, and a signature looks at the first octets of one)",
        _ => "",
    };
}
