using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>
/// The Elastic Common Schema, as the ingest pipeline of elasticsearch/ makes it; what the schema has no field for stands under
/// <c>tap</c>.
/// </summary>
/// <param name="format">The definition.</param>
internal sealed class EcsFormat(AlertFormat format)
{
    private readonly Dictionary<string, AlertParameter> _parameters = format.Parameters.ToDictionary(p => p.Element + " "
        + p.Name);

    /// <summary>Converts a line.</summary>
    public string? Convert(AlertLine line)
    {
        string element = line.IsIncident ? "incident" : line.Kind;
        var root = new JsonObject();
        Put(root, "ecs.version", "8.11.0");
        if (line.Time is { } time)
        {
            Put(root, "@timestamp",
                time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }

        Put(root, "event.kind", line.IsIncident ? "alert" : element == "heartbeat" ? "metric" : "state");
        Put(root, "event.category", line.IsIncident ? new JsonArray("network", "intrusion_detection") : new JsonArray("host"));
        Put(root, "event.type", new JsonArray("info"));
        Put(root, "event.module", "tap");
        Put(root, "event.provider", "tap");
        Put(root, "event.dataset", "tap." + element);
        Put(root, "event.action", line.Kind);
        Put(root, "event.sequence", line.Sequence);
        Put(root, "observer.name", line.HostName);
        Put(root, "observer.type", "ids");
        Put(root, "observer.product", "tap");
        Put(root, "host.name", line.HostName);
        Put(root, "log.syslog.procid", line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-");
        Put(root, "log.syslog.appname", line.Program);
        Put(root, "message", line.Message);
        if (line.IsIncident)
        {
            Put(root, "event.id", LineFacts.NameOf(line));
            if (LineFacts.Techniques(line) is { Count: > 0 } techniques)
            {
                Put(root, "threat.framework", "MITRE ATT&CK");
                Put(root, "threat.technique", Technique(techniques));
            }

            if (LineFacts.Addresses(line) is { Length: > 0 } addresses)
            {
                Put(root, "related.ip", Texts(addresses));
            }

            string[] cut = [.. line.Parameters.Where(p => IsList(p.Key) && p.Value.EndsWith('+')).Select(p => p.Key)];
            if (cut.Length > 0)
            {
                Put(root, "tap.incident.more", Texts(cut));
            }
        }

        foreach ((string name, string value) in line.Parameters)
        {
            PutParameter(root, element, name, value);
        }

        return root.ToJsonString();
    }

    private void PutParameter(JsonObject root, string element, string name, string value)
    {
        AlertParameter? parameter = _parameters.GetValueOrDefault(element + " " + name);
        if (element == "incident" && (name, value) is ("dport", "0") or ("sid", "0"))
        {
            return;
        }

        if (name == "dur" && element == "incident" && long.TryParse(value, out long seconds))
        {
            // The schema counts nanoseconds.
            Put(root, "event.duration", seconds * 1_000_000_000);
            return;
        }

        if (element == "incident" && IsList(name))
        {
            Put(root, parameter!.Field, Texts(LineFacts.List(value)));
            return;
        }

        bool isText = parameter is null || !parameter.IsNumber || parameter.Ecs == "rule.id";
        JsonNode? node = isText ? value : decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture,
            out decimal number) ? JsonValue.Create(number) : null;
        if (node is not null)
        {
            Put(root, parameter?.Field ?? $"tap.{element}.{name}", node);
        }

        if (name is "src" or "dst" && LineFacts.IsAddress(value))
        {
            Put(root, name == "src" ? "source.ip" : "destination.ip", value);
        }
    }

    private bool IsList(string name) => _parameters.GetValueOrDefault("incident " + name)?.Type == "list";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    /// <summary>The schema's fields below <c>threat.technique</c>: of a subtechnique both numbers.</summary>
    /// <param name="numbers">Techniques by number.</param>
    public static JsonObject Technique(IReadOnlyList<string> numbers)
    {
        string[] whole = [.. numbers.Select(n => n.Split('.')[0]).Distinct()];
        string[] parts = [.. numbers.Where(n => n.Contains('.', StringComparison.Ordinal))];
        var technique = new JsonObject { ["id"] = Texts(whole), ["name"] = Texts(whole.Select(AttackTechnique.NameOf)) };
        if (parts.Length > 0)
        {
            technique["subtechnique"] = new JsonObject
            {
                ["id"] = Texts(parts),
                ["name"] = Texts(parts.Select(n => AttackTechnique.NameOf(n).Split(": ")[^1])),
            };
        }

        return technique;
    }

    private static void Put(JsonObject root, string field, JsonNode value)
    {
        string[] path = field.StartsWith('@') ? [field] : field.Split('.');
        JsonObject at = root;
        foreach (string part in path[..^1])
        {
            if (at[part] is not JsonObject next)
            {
                next = [];
                at[part] = next;
            }

            at = next;
        }

        at[path[^1]] = value;
    }
}
