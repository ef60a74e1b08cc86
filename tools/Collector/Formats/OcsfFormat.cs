using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>OCSF's Detection Finding (class 2004), schema 1.3.0: incidents only.</summary>
/// <param name="format">The definition.</param>
internal sealed class OcsfFormat(AlertFormat format)
{
    private const int Category = 2;
    private const int Class = 2004;
    private static readonly string[] Severities = ["Unknown", "Informational", "Low", "Medium", "High", "Critical"];
    private readonly Dictionary<string, AlertParameter> _parameters = format.Of("incident").ToDictionary(p => p.Name);

    /// <summary>Converts an incident's line.</summary>
    public string? Convert(AlertLine line)
    {
        if (!line.IsIncident)
        {
            return null;
        }

        int activity = line["state"] switch { "open" => 1, "closed" or "folded" => 3, _ => 2 };
        int severity = (int)Math.Clamp(line.Number("severity"), 0, 5);
        var root = new JsonObject
        {
            ["activity_id"] = activity,
            ["activity_name"] = activity switch { 1 => "Create", 2 => "Update", _ => "Close" },
            ["category_uid"] = Category,
            ["category_name"] = "Findings",
            ["class_uid"] = Class,
            ["class_name"] = "Detection Finding",
            ["type_uid"] = (Class * 100) + activity,
            ["severity_id"] = severity,
            ["severity"] = Severities[severity],
            ["status_id"] = line["expected"].Length > 0 ? 3 : activity == 3 ? 4 : 1,
            ["status"] = line["expected"].Length > 0 ? "Suppressed" : activity == 3 ? "Resolved" : "New",
            ["is_alert"] = activity == 1,
            ["message"] = line.Message,
            ["metadata"] = new JsonObject
            {
                ["version"] = "1.3.0",
                ["sequence"] = line.Sequence,
                ["log_name"] = line.Kind,
                ["product"] = new JsonObject
                {
                    ["name"] = LineFacts.Product,
                    ["vendor_name"] = LineFacts.Vendor,
                    ["version"] = LineFacts.Version
                },
            },
            ["finding_info"] = Finding(line),
            ["evidences"] = new JsonArray(Evidence(line)),
            ["unmapped"] = Unmapped(line),
        };
        if (line.Time is { } time)
        {
            root["time"] = time.ToUnixTimeMilliseconds();
            root["start_time"] = LineFacts.First(line)!.Value.ToUnixTimeMilliseconds();
            root["end_time"] = time.ToUnixTimeMilliseconds();
        }

        return root.ToJsonString();
    }

    private JsonObject Finding(AlertLine line)
    {
        var info = new JsonObject
        {
            ["uid"] = LineFacts.NameOf(line),
            ["title"] = LineFacts.Title(line),
            ["desc"] = line.Message,
            ["types"] = new JsonArray(line.Kind),
            ["analytic"] = new JsonObject
            {
                // A rule named it, or the sensor's own judgement of behaviour.
                ["type_id"] = line["sid"] is "" or "0" ? 2 : 1,
                ["uid"] = line["sid"] is "" or "0" ? line.Kind : line["sid"],
                ["name"] = line["name"].Length > 0 ? line["name"] : line.Kind,
            },
        };
        if (line.Time is { } time)
        {
            info["first_seen_time"] = LineFacts.First(line)!.Value.ToUnixTimeMilliseconds();
            info["last_seen_time"] = time.ToUnixTimeMilliseconds();
        }

        if (LineFacts.Techniques(line) is { Count: > 0 } techniques)
        {
            info["attacks"] = new JsonArray([.. techniques.Select(Attack)]);
        }

        return info;
    }

    /// <summary>A technique, and the subtechnique where the number names one.</summary>
    private static JsonNode Attack(string number)
    {
        string whole = number.Split('.')[0];
        var attack = new JsonObject { ["technique"] = new JsonObject { ["uid"] = whole, ["name"] = AttackTechnique.NameOf(whole) } };
        if (whole != number)
        {
            attack["sub_technique"] = new JsonObject { ["uid"] = number, ["name"] = AttackTechnique.NameOf(number).Split(": ")[^1] };
        }

        return attack;
    }

    private static JsonObject Evidence(AlertLine line)
    {
        var evidence = new JsonObject
        {
            ["src_endpoint"] = Endpoint(line["src"], line["sport"]),
            ["dst_endpoint"] = Endpoint(line["dst"], line["dport"] == "0" ? "" : line["dport"]),
            ["connection_info"] = new JsonObject { ["protocol_name"] = line["proto"], ["direction_id"] = 0 },
        };
        return evidence;
    }

    private static JsonObject Endpoint(string address, string port)
    {
        var endpoint = new JsonObject { [LineFacts.IsAddress(address) ? "ip" : "name"] = address };
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            endpoint["port"] = number;
        }

        return endpoint;
    }

    private JsonObject Unmapped(AlertLine line)
    {
        var rest = new JsonObject { ["host"] = line.HostName };
        var more = new JsonArray();
        foreach ((string name, string value) in line.Parameters.Where(p =>
            p.Key is not ("src" or "dst" or "proto" or "name" or "sid" or "severity")))
        {
            // By the definition, not by what it looks like: a port that answered is one of a list, and a TTL of 53 is a text as
            // 53-55 is.
            AlertParameter? parameter = _parameters.GetValueOrDefault(name);
            rest[name] = parameter?.Type == "list" ? new JsonArray([.. LineFacts.List(value).Select(v => (JsonNode)v)])
                : parameter is { IsNumber: true }
                    && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                        ? number : value;
            if (parameter?.Type == "list" && value.EndsWith('+'))
            {
                more.Add(name);
            }
        }

        if (more.Count > 0)
        {
            rest["more"] = more;
        }

        return rest;
    }
}
