using System;
using System.Collections.Generic;

namespace Appliance.SignatureTool.Rules;

/// <summary>The classes that Snort 3 and Suricata ship (snort_defaults.lua, classification.config).</summary>
internal static class ClassTypes
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "not-suspicious", "unknown", "bad-unknown", "attempted-recon", "successful-recon-limited", "successful-recon-largescale",
            "attempted-dos",
        "successful-dos", "attempted-user", "unsuccessful-user", "successful-user", "attempted-admin", "successful-admin",
            "rpc-portmap-decode",
        "shellcode-detect", "string-detect", "suspicious-filename-detect", "suspicious-login", "system-call-detect", "tcp-connection",
        "trojan-activity", "unusual-client-port-connection", "network-scan", "denial-of-service", "non-standard-protocol",
            "protocol-command-decode",
        "web-application-activity", "web-application-attack", "misc-activity", "misc-attack", "icmp-event", "inappropriate-content",
        "policy-violation", "default-login-attempt", "sdf", "file-format", "malware-cnc", "client-side-exploit", "kickass-porn",
            "targeted-activity",
        "exploit-kit", "external-ip-check", "domain-c2", "pup-activity", "credential-theft", "social-engineering", "coin-mining",
            "command-and-control",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Reads <c>classtype</c>; one that nobody ships is warned of and taken as it is.</summary>
    public static string Read(RuleOption option)
    {
        string type = option.Single() is { } token ? RuleOption.Plain(token) : "";
        if (type.Length > 0 && !Known.Contains(type))
        {
            option.Warn(option.Values[0][0].Position, $"'{type}' is no class that Snort or Suricata comes with"
                + Suggestion.For(type, Known)
                + "; it goes into the catalogue as it is");
        }

        return type;
    }
}
