using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Collector.Formats;
using Appliance.Playback.Alerts;
using Tomlyn;
using Tomlyn.Model;

namespace Appliance.Collector;

/// <summary>A MSGID.</summary>
/// <param name="Msgid">The MSGID.</param>
/// <param name="Element">The element that it carries.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="IsPlanned">Boxes of this version do not write it yet.</param>
internal sealed record AlertKind(string Msgid, string Element, string Meaning, bool IsPlanned)
{
    /// <summary>Techniques of MITRE ATT&amp;CK where the actor is at home.</summary>
    public IReadOnlyList<string> Inside => KindTechniques.Of(Msgid, true);

    /// <summary>Techniques of MITRE ATT&amp;CK where the actor is not at home.</summary>
    public IReadOnlyList<string> Outside => KindTechniques.Of(Msgid, false);

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Techniques => KindTechniques.Of(Msgid);

    /// <summary>There are some.</summary>
    public bool IsAttack => Techniques.Count > 0;

    /// <summary>The fields of the Elastic Common Schema for an actor at home, as JSON.</summary>
    public string InsideEcs => EcsFormat.Technique(Inside).ToJsonString();

    /// <summary>The same for one who is not.</summary>
    public string OutsideEcs => EcsFormat.Technique(Outside).ToJsonString();
}

/// <summary>A parameter of an element.</summary>
/// <param name="Element">The element's name, without the enterprise number.</param>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">number, decimal, text, address or list.</param>
/// <param name="Unit">What it counts; empty for none.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Values">The words that it may be; empty for any.</param>
/// <param name="PlannedValues">Words that boxes of this version do not write yet.</param>
/// <param name="Ecs">The field of the Elastic Common Schema; empty for none.</param>
/// <param name="IsPlanned">Boxes of this version do not write it yet.</param>
/// <param name="Rises">It is counted since the box started.</param>
/// <param name="HasNoZero">It is left out where it is 0, so that its absence is a number too.</param>
internal sealed record AlertParameter(
    string Element, string Name, string Type, string Unit, string Meaning, IReadOnlyList<string> Values,
        IReadOnlyList<string> PlannedValues,
    string Ecs, bool IsPlanned, bool Rises, bool HasNoZero)
{
    /// <summary>It is a number, whole or not.</summary>
    public bool IsNumber => Type is "number" or "decimal";

    /// <summary>It is a whole number.</summary>
    public bool IsWhole => Type == "number";

    /// <summary>The function of PostgreSQL's schema that reads it, null where the text is no number; none for a text.</summary>
    public string Cast => Type switch { "number" => "tap.whole", "decimal" => "tap.number", _ => "" };

    /// <summary>The field type of Elasticsearch.</summary>
    public string Elastic => Type switch { "number" => "long", "decimal" => "double", _ => "keyword" };

    /// <summary>The field of Elasticsearch: the schema's own, or one of the box's.</summary>
    public string Field => Ecs.Length > 0 ? Ecs : $"tap.{Element}.{Name}";

    /// <summary>The words, for a page.</summary>
    public string Words => string.Join(", ", Values.Concat(PlannedValues.Select(v => v + "*")));

    /// <summary>Grafana's name of the unit.</summary>
    public string Grafana => Unit switch { "s" => "s", "octets" => "bytes", "%" => "percent", _ => "short" };

    /// <summary>The name as part of a metric's name.</summary>
    public string Metric => string.Concat(Name.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>A state of a part of the box in which it is not well.</summary>
/// <param name="Part">The part: <c>part</c> of a health message.</param>
/// <param name="State">The state that begins it.</param>
/// <param name="Ends">The only state that ends it; a start of the box does too.</param>
internal sealed record AlertFault(string Part, string State, string Ends);

/// <summary>The definition of all that a box's lines say.</summary>
internal sealed class AlertFormat
{
    /// <summary>The elements, in the order of the page.</summary>
    public static readonly IReadOnlyList<string> Elements = ["incident", "heartbeat", "table", "health", "inventory"];

    private AlertFormat(string enterprise, IReadOnlyList<AlertKind> kinds, IReadOnlyList<AlertParameter> parameters,
        IReadOnlyList<AlertFault> faults)
    {
        Faults = faults;
        Enterprise = enterprise;
        Kinds = kinds;
        Parameters = parameters;
    }

    /// <summary>The enterprise number behind an element's name.</summary>
    public string Enterprise { get; }

    /// <summary>Every MSGID.</summary>
    public IReadOnlyList<AlertKind> Kinds { get; }

    /// <summary>Every parameter.</summary>
    public IReadOnlyList<AlertParameter> Parameters { get; }

    /// <summary>What may be wrong with a part, and what ends it.</summary>
    public IReadOnlyList<AlertFault> Faults { get; }

    /// <summary>The parameters of an element.</summary>
    public IEnumerable<AlertParameter> Of(string element) => Parameters.Where(p => p.Element == element);

    /// <summary>Reads the definition that the program carries.</summary>
    /// <param name="enterprise">The site's enterprise number; null for the one of the definition.</param>
    public static AlertFormat Read(string? enterprise = null)
    {
        TomlTable root = TomlSerializer.Deserialize<TomlTable>(Resource.Read("alerts.toml"))
            ?? throw new InvalidDataException("alerts.toml is empty");
        List<AlertKind> kinds = [.. Tables(root, "kind")
            .Select(t => new AlertKind(Text(t, "msgid"), Text(t, "element"), Text(t, "meaning"), Flag(t, "planned")))];
        List<AlertParameter> parameters = [.. Tables(root, "parameter")
            .Select(t => new AlertParameter(Text(t, "element"), Text(t, "name"), Text(t, "type"),
            Text(t, "unit"), Text(t, "meaning"), List(t, "values"), List(t, "planned_values"), Text(t, "ecs"),
                Flag(t, "planned"), Flag(t, "rises"), Flag(t, "no_zero")))];
        List<AlertFault> faults = [.. Tables(root, "fault").Select(t =>
            new AlertFault(Text(t, "part"), Text(t, "state"), Text(t, "ends")))];
        return new AlertFormat(enterprise ?? Text(root, "enterprise"), kinds, parameters, faults);
    }

    private static IEnumerable<TomlTable> Tables(TomlTable root, string name) => ((TomlTableArray)root[name]).OfType<TomlTable>();

    private static string Text(TomlTable table, string key) => table.TryGetValue(key, out object? value) ? (string)value : "";

    private static bool Flag(TomlTable table, string key) => table.TryGetValue(key, out object? value) && (bool)value;

    private static List<string> List(TomlTable table, string key) => table.TryGetValue(key, out object? value)
        ? [.. ((TomlArray)value).OfType<string>()] : [];
}
