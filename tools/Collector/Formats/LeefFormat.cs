using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>
/// QRadar's Log Event Extended Format, version 2.0, with tabs between attributes: incidents, and what a box says of itself and of
/// its table.
/// </summary>
/// <param name="format">The definition.</param>
internal sealed class LeefFormat(AlertFormat format)
{
    private static readonly int[] Severities = [1, 1, 3, 5, 8, 10];

    /// <summary>Parameters that LEEF has names for.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["src"] = "src",
        ["dst"] = "dst",
        ["sport"] = "srcPort",
        ["dport"] = "dstPort",
        ["proto"] = "proto",
        ["frames"] = "totalPackets",
    };

    /// <summary>Converts a line; heartbeats and inventories are no events.</summary>
    public string? Convert(AlertLine line)
    {
        BoxEvent? said = BoxEvent.Of(line, format.Faults);
        if (!line.IsIncident && said is null)
        {
            return null;
        }

        int severity = said?.Severity ?? Severities[(int)Math.Clamp(line.Number("severity"), 0, 5)];

        var pairs = new List<(string Key, string Value)>
        {
            ("devTime", line.Time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                ?? ""),
            ("devTimeFormat", line.Time is null ? "" : "yyyy-MM-dd'T'HH:mm:ss.SSSX"),
            ("cat", line.Kind),
            ("sev", severity.ToString(CultureInfo.InvariantCulture)),
            ("identHostName", line.HostName),
            ("incident", line.IsIncident ? LineFacts.NameOf(line) : ""),
        };
        foreach ((string name, string value) in line.Parameters)
        {
            bool isWide = name is "src" or "dst" && !LineFacts.IsAddress(value);
            bool isNone = name is "dport" && value == "0";
            pairs.Add((isNone || name is "severity" ? "" : isWide ? name + "Network" : Names.GetValueOrDefault(name, name),
                value));
        }

        pairs.Add(("attack", line.IsIncident ? string.Join(',', LineFacts.Techniques(line)) : ""));
        pairs.Add(("msg", line.Message));
        string id = said is not null ? said.Id : line["sid"] is "" or "0" ? line.Kind : line["sid"];
        return $"LEEF:2.0|{LineFacts.Vendor}|{LineFacts.Product}|{LineFacts.Version}|{id}|x09|"
            + string.Join('\t', pairs.Where(p => p.Key.Length > 0 && p.Value.Length > 0)
                .Select(p => $"{p.Key}={Plain(p.Value)}"));
    }

    private static string Plain(string value) => value.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ');
}
