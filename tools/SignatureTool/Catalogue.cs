using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>What the collector needs to turn a sid into words, since the device's table has no room for prose.</summary>
/// <param name="Gid">Generator.</param>
/// <param name="Sid">The signature's number.</param>
/// <param name="Rev">Its revision.</param>
/// <param name="Name">The name that alerts carry.</param>
/// <param name="Msg">The rule's message.</param>
/// <param name="Priority">Lethality 1 to 5, 0 when the rule gives none.</param>
/// <param name="ClassType">Class, e.g. <c>trojan-activity</c>.</param>
/// <param name="Suspect">Nobody does this in good faith.</param>
/// <param name="Intent">What somebody who does this wants.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="References">References as <c>scheme,id</c>.</param>
/// <param name="Techniques">Techniques of MITRE ATT&amp;CK by number; null in a catalogue that an older sigtab wrote.</param>
public sealed record CatalogueEntry(
    int Gid, int Sid, int Rev, string Name, string Msg, int Priority, string ClassType, bool Suspect, string Intent, string Advice,
    IReadOnlyList<string> References, IReadOnlyList<string>? Techniques = null);

/// <summary>The catalogue of a table, one entry for each of its signatures, in the table's order.</summary>
/// <param name="Entries">The entries.</param>
public sealed partial record Catalogue(IReadOnlyList<CatalogueEntry> Entries)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The entry of a signature; null when there is none.</summary>
    /// <param name="gid">Generator.</param>
    /// <param name="sid">The signature's number.</param>
    public CatalogueEntry? Find(int gid, int sid)
    {
        return Entries.FirstOrDefault(e => e.Gid == gid && e.Sid == sid);
    }

    /// <summary>The catalogue as a JSON array.</summary>
    public string ToJson()
    {
        return JsonSerializer.Serialize(Entries, Json) + "\n";
    }

    /// <summary>Reads a catalogue that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">A JSON array.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static Catalogue FromJson(string json)
    {
        return new Catalogue(JsonSerializer.Deserialize<List<CatalogueEntry>>(json,
            Json) ?? throw new JsonException("null is no catalogue"));
    }

    /// <summary>Why a text is no catalogue, and where: for people, who know nothing of the types that it is read into.</summary>
    /// <param name="json">The text.</param>
    /// <param name="problem">What reading it came to.</param>
    public static string WhyNot(string json, JsonException problem)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return $"it is one {document.RootElement.ValueKind.ToString().ToLowerInvariant()}, and a catalogue is a list of entries";
            }
        }
        catch (JsonException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, octet {e.BytePositionInLine + 1}: what stands there is no JSON")
                + (json.Trim().Length == 0 ? " (the file is empty)" : "");
        }

        Match place = Place().Match(problem.Path ?? "");
        return !place.Success ? "an entry can't be read"
            : string.Create(CultureInfo.InvariantCulture, $"entry {int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) + 1}")
                + (place.Groups[2].Length > 0 ? $": its {place.Groups[2].Value} is of another type (a number, a text, a list) than a catalogue has there"
                    : " is none: it is no object with gid, sid, rev, msg, intent, advice");
    }

    /// <summary>The catalogue as CSV (RFC 4180) with a line of titles.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("gid,sid,rev,name,msg,priority,classtype,suspect,intent,advice,references,techniques\r\n");
        foreach (CatalogueEntry e in Entries)
        {
            string[] fields =
            [
                Number(e.Gid), Number(e.Sid), Number(e.Rev), e.Name, e.Msg, Number(e.Priority), e.ClassType, e.Suspect ? "yes" : "no",
                e.Intent, e.Advice, string.Join(' ', e.References), string.Join(' ', e.Techniques ?? []),
            ];
            csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");
        }

        return csv.ToString();
    }

    /// <summary>Makes the entry of a rule.</summary>
    /// <param name="rule">The rule.</param>
    internal static CatalogueEntry Of(Rule rule)
    {
        return new CatalogueEntry(rule.Gid, rule.Sid, rule.Rev, rule.Name, rule.Message, rule.Priority, rule.ClassType, rule.Suspect,
            rule.Intent, rule.Advice, rule.References, rule.Techniques);
    }

    [GeneratedRegex(@"^\$\[(\d{1,9})\](?:\.(\w+))?")]
    private static partial Regex Place();

    private static string Number(int number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Field(string text)
    {
        return text.IndexOfAny([',', '"', '\r', '\n']) < 0 ? text
            : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
