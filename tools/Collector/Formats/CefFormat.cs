using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>ArcSight's Common Event Format, version 0: incidents, and what a box says of itself and of its table.</summary>
/// <param name="format">The definition.</param>
internal sealed class CefFormat(AlertFormat format)
{
    /// <summary>Severity 1 to 5 as CEF's 0 to 10: 7 and above is high there, 9 and above very high.</summary>
    private static readonly int[] Severities = [0, 1, 3, 5, 8, 10];

    /// <summary>Converts a line; heartbeats and inventories are no events.</summary>
    public string? Convert(AlertLine line)
    {
        if (!line.IsIncident)
        {
            return BoxEvent.Of(line, format.Faults) is { } said
                ? $"{Header(said.Id, said.Id.Replace('-', ' '))}|{said.Severity.ToString(CultureInfo.InvariantCulture)}|{Extension(line, said)}" : null;
        }

        int severity = Severities[(int)Math.Clamp(line.Number("severity"), 0, 5)];
        string id = line["sid"] is "" or "0" ? line.Kind : line["sid"];
        return $"{Header(id, LineFacts.Title(line))}|{severity.ToString(CultureInfo.InvariantCulture)}|{Extension(line)}";
    }

    private static string Header(string id, string title) => "CEF:0|"
        + string.Join('|', new[] { LineFacts.Vendor, LineFacts.Product, LineFacts.Version, id, title }
            .Select(f => f.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)));

    /// <summary>What CEF has no key for stands in one text: name and value of each.</summary>
    private static string Extension(AlertLine line, BoxEvent said)
    {
        var pairs = new List<(string Key, string Value)>
        {
            ("rt", line.Time is { } time ? LineFacts.Milliseconds(time) : ""),
            ("dvchost", line.HostName),
            ("cat", line.Kind),
            ("act", said.Action),
            ("reason", line["reason"]),
        };
        Labelled(pairs, "cs5", "Site", line["site"]);
        Labelled(pairs, "cs6", "Parameters", string.Join(' ', line.Parameters
            .Where(p => p.Key is not ("part" or "state" or "verdict" or "reason" or "site")).Select(p => $"{p.Key}={p.Value}")));
        pairs.Add(("msg", line.Message));
        return Joined(pairs);
    }

    private static string Extension(AlertLine line)
    {
        var pairs = new List<(string Key, string Value)>
        {
            ("rt", line.Time is { } time ? LineFacts.Milliseconds(time) : ""),
            ("start", LineFacts.First(line) is { } first ? LineFacts.Milliseconds(first) : ""),
            ("end", line.Time is { } last ? LineFacts.Milliseconds(last) : ""),
            ("dvchost", line.HostName),
            ("externalId", LineFacts.NameOf(line)),
            ("cat", line.Kind),
            ("act", line["state"]),
            ("proto", line["proto"]),
            ("dpt", line["dport"] == "0" ? "" : line["dport"]),
            ("spt", line["sport"]),
            ("cnt", line["frames"]),
            ("reason", line["expected"]),
        };
        Address(pairs, line["src"], "src", "c6a2", "Source IPv6 Address", "cs1", "Source network");
        Address(pairs, line["dst"], "dst", "c6a3", "Destination IPv6 Address", "cs2", "Destination network");
        Labelled(pairs, "cn1", "Hosts", line["dsts"]);
        Labelled(pairs, "cn2", "Sources", line["srcs"]);
        Labelled(pairs, "cn3", "Answered", line["answered"]);
        Labelled(pairs, "cs3", "Ports", line["dports"]);
        Labelled(pairs, "cs4", "Answered by", line["answeredBy"]);
        Labelled(pairs, "cs5", "Site", line["site"]);
        Labelled(pairs, "cs6", "Tool", line["tool"]);
        Labelled(pairs, "flexString1", "Hosts named", line["hosts"]);
        Labelled(pairs, "flexString2", "ATT&CK", string.Join(',', LineFacts.Techniques(line)));
        pairs.Add(("msg", line.Message));
        return Joined(pairs);
    }

    private static string Joined(List<(string Key, string Value)> pairs) =>
        string.Join(' ', pairs.Where(p => p.Value.Length > 0).Select(p => $"{p.Key}={Escape(p.Value)}"));

    /// <summary>CEF has keys for single addresses of each version; what covers many stands in a text of its own.</summary>
    private static void Address(List<(string, string)> pairs, string value, string four, string six, string sixLabel, string text,
        string textLabel)
    {
        if (LineFacts.IsVersion6(value))
        {
            Labelled(pairs, six, sixLabel, value);
        }
        else if (LineFacts.IsAddress(value))
        {
            pairs.Add((four, value));
        }
        else
        {
            Labelled(pairs, text, textLabel, value);
        }
    }

    private static void Labelled(List<(string, string)> pairs, string key, string label, string value)
    {
        if (value.Length > 0)
        {
            pairs.Add((key + "Label", label));
            pairs.Add((key, value));
        }
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
