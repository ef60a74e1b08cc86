using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Appliance.Playback.Alerts;

/// <summary>
/// A line that a collector wrote as a JSON object: with the message as it came in one of its members (rsyslog's <c>rawmsg</c>),
/// or taken apart: the configurations of tools/Collector, rsyslog's <c>jsonmesg</c>, syslog-ng's <c>format-json</c>.
/// </summary>
public static class JsonLine
{
    private static readonly string[] Elements = ["incident", "heartbeat", "health", "table", "inventory"];
    private static readonly string[] Times = ["timestamp", "@timestamp", "time", "isodate", "date", "timereported"];
    private static readonly string[] Hosts = ["host", "hostname"];
    private static readonly string[] Programs = ["program", "app-name", "appname", "app", "programname"];
    private static readonly string[] Processes = ["boot", "procid", "pid"];
    private static readonly string[] Kinds = ["kind", "msgid"];
    private static readonly string[] Messages = ["message", "msg"];
    private static readonly string[] HeaderMembers =
        ["timestamp", "host", "program", "boot", "kind", "level", "element", "message", "sequenceId", "sysUpTime"];

    private static readonly string[] Data = ["structured-data", "structured_data", "structureddata"];

    /// <summary>Reads an object.</summary>
    /// <param name="octets">The line.</param>
    /// <param name="why">Why it tells nothing, or that it is cut.</param>
    public static AlertLine? Read(ReadOnlySpan<byte> octets, out Unread why)
    {
        var reader = new Utf8JsonReader(octets);
        why = Unread.Foreign;
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return ReadObject(document.RootElement, out why);
        }
        catch (JsonException)
        {
            // An object without its end: it was a box's when one of its elements stands in it.
            why = IsOfBox(octets) ? Unread.Cut : Unread.Foreign;
            return null;
        }
    }

    private static bool IsOfBox(ReadOnlySpan<byte> octets)
    {
        string text = Encoding.UTF8.GetString(octets);
        return text.Contains("\"tap\"", StringComparison.Ordinal)
            || Array.Exists(Elements, e => text.Contains(e + "@", StringComparison.Ordinal));
    }

    private static AlertLine? ReadObject(JsonElement root, out Unread why)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in root.EnumerateObject())
        {
            members[member.Name] = member.Value;
            if (member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is { Length: > 8 } text
                && text[0] == '<'
                && text.IndexOf(">1 ", StringComparison.Ordinal) is > 1 and < 5)
            {
                return LogForm.ReadMessage(Encoding.UTF8.GetBytes(text), out why);
            }
        }

        string Text(string[] names, string missing) => names.Select(n => members.TryGetValue(n, out JsonElement e) ? Plain(e)
            : null)
            .FirstOrDefault(t => t is { Length: > 0 }) ?? missing;

        string program = Text(Programs, AlertLine.Application);
        if (program != AlertLine.Application)
        {
            why = Unread.Foreign;
            return null;
        }

        if (Text(Data, "") is { Length: > 2 } data)
        {
            string header = $"<85>1 {Text(Times, "-")} {Text(Hosts, "-")} {program} {Text(Processes, "-")} {Text(Kinds, "-")} ";
            return LogForm.ReadMessage(Encoding.UTF8.GetBytes(header + data + " " + Text(Messages, "").TrimStart()), out why);
        }

        if (Text(["element"], "") is { Length: > 0 } flat && Array.IndexOf(Elements, flat) >= 0)
        {
            return Flat(root, flat, new AlertHeader(85, Text(Times, "-"), Text(Hosts, "-"), program, Text(Processes, "-"),
                Text(Kinds, flat),
                long.TryParse(Text(["sequenceId"], "0"), NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : 0),
                    Text(Messages, ""), out why);
        }

        IEnumerable<JsonProperty> places = members.TryGetValue("SDATA", out JsonElement sdata)
            && sdata.ValueKind == JsonValueKind.Object
            ? sdata.EnumerateObject() : root.EnumerateObject();
        long sequence = 0;
        bool isUndated = false;
        JsonProperty? own = null;
        foreach (JsonProperty place in places.Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            own = Elements.Contains(NameOf(place)) ? place : own;
            if (place.Name == "meta" && place.Value.TryGetProperty("sequenceId", out JsonElement number))
            {
                sequence = long.TryParse(Plain(number), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
                    : 0;
            }
            else if (place.Name == "timeQuality" && place.Value.TryGetProperty("isSynced", out JsonElement synced))
            {
                isUndated = Plain(synced) == "0";
            }
        }

        if (own is not { } element)
        {
            why = members.ContainsKey("program") || members.ContainsKey("app-name") ? Unread.WithoutData : Unread.Foreign;
            return null;
        }

        why = Unread.None;
        var taken = new AlertHeader(85, Text(Times, "-"), Text(Hosts, "-"), program, Text(Processes, "-"),
            Text(Kinds, NameOf(element)), sequence)
        {
            IsUndated = isUndated,
        };
        return AlertLine.Of(taken, NameOf(element),
            element.Value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Plain(p.Value))),
                Text(Messages, "").TrimStart());
    }

    /// <summary>All parameters beside the header's members, as tools/Collector's rsyslog configuration writes them.</summary>
    private static AlertLine Flat(JsonElement root, string element, AlertHeader header, string message, out Unread why)
    {
        why = Unread.None;
        return AlertLine.Of(header, element,
            root.EnumerateObject().Where(m => !HeaderMembers.Contains(m.Name, StringComparer.OrdinalIgnoreCase))
            .Select(m => KeyValuePair.Create(m.Name, Plain(m.Value))), message.TrimStart());
    }

    private static string NameOf(JsonProperty member)
    {
        int at = member.Name.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? member.Name : member.Name[..at];
    }

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Plain)),
        _ => "",
    };
}
