using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HandlebarsDotNet;

namespace Appliance.Collector;

/// <summary>Makes the page and the configurations of this folder from the definition.</summary>
internal static class Generator
{
    /// <summary>What is made: the file, and the template that it is made from.</summary>
    public static readonly IReadOnlyList<(string File, string Template)> Files =
    [
        ("ALERTS.md", "alerts.md.hbs"),
        ("rsyslog/tap-receive.conf", "rsyslog-receive.hbs"),
        ("rsyslog/tap-json.conf", "rsyslog-json.hbs"),
        ("rsyslog/tap-postgresql.conf", "rsyslog-postgresql.hbs"),
        ("syslog-ng/tap.conf", "syslog-ng.hbs"),
        ("postgresql/schema.sql", "postgresql.hbs"),
        ("prometheus/tap.mtail", "mtail.hbs"),
        ("prometheus/tap-rules.yml", "prometheus-rules.hbs"),
        ("grafana/tap-dashboard.json", "grafana.hbs"),
        ("elasticsearch/ingest-pipeline.json", "elastic-pipeline.hbs"),
        ("elasticsearch/index-template.json", "elastic-index.hbs"),
        ("wazuh/decoders.xml", "wazuh-decoders.hbs"),
        ("wazuh/rules.xml", "wazuh-rules.hbs"),
        ("splunk/props.conf", "splunk-props.hbs"),
        ("splunk/transforms.conf", "splunk-transforms.hbs"),
        ("sigma/tap.yml", "sigma.hbs"),
    ];

    /// <summary>What templates can't say: braces of other templates, places in a dashboard.</summary>
    private static void Help(IHandlebars handlebars)
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        handlebars.RegisterHelper("leftBraces", (writer, _, _) => writer.Write("{{"));
        handlebars.RegisterHelper("rightBraces", (writer, _, _) => writer.Write("}}"));
        handlebars.RegisterHelper("rightBrace", (writer, _, _) => writer.Write("}"));
        handlebars.RegisterHelper("leftTriple", (writer, _, _) => writer.Write("{{{"));
        handlebars.RegisterHelper("rightTriple", (writer, _, _) => writer.Write("}}}"));
        handlebars.RegisterHelper("lower", (writer, _, a) => writer.Write(Text(a[0]).ToLowerInvariant()));
        handlebars.RegisterHelper("two", (writer, _, a) => writer.Write(Number(a[0]).ToString("00", c)));
        handlebars.RegisterHelper("number", (writer, _, a) => writer.Write((Number(a[0]) + Number(a[1])).ToString(c)));
        handlebars.RegisterHelper("column", (writer, _, a) => writer.Write((Number(a[0]) % 3 * 8).ToString(c)));
        handlebars.RegisterHelper("row", (writer, _, a) => writer.Write((26 + (Number(a[0]) / 3 * 6)).ToString(c)));
        handlebars.RegisterHelper("isWord", (_, a) => Text(a[0]) == Text(a[1]));
    }

    private static string Text(object? argument) => argument?.ToString() ?? "";

    private static int Number(object? argument) => Convert.ToInt32(argument, CultureInfo.InvariantCulture);

    /// <summary>Makes all files.</summary>
    /// <param name="format">The definition.</param>
    /// <returns>Each file's name and its text.</returns>
    public static IEnumerable<(string File, string Text)> Make(AlertFormat format)
    {
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            NoEscape = true,
            ThrowOnUnresolvedBindingExpression = true
        });
        Help(handlebars);
        var elements = AlertFormat.Elements
            .Select(e => new { Name = e, Numbers = format.Of(e).Where(p => p.IsNumber).ToList() }).ToList();
        var model = new
        {
            format.Enterprise,
            Elements = elements,
            OwnElements = elements.Where(e => e.Name != "incident").ToList(),
            Incident = format.Of("incident").ToList(),
            Heartbeat = format.Of("heartbeat").ToList(),
            Table = format.Of("table").ToList(),
            Health = format.Of("health").ToList(),
            Inventory = format.Of("inventory").ToList(),
            Counters = format.Of("heartbeat").Where(p => p.IsNumber).ToList(),
            Faults = format.Faults,
            MirrorWell = format.Faults.Where(f => f.Part == "mirror").Select(f => f.Ends).Distinct().ToList(),
            Kinds = format.Kinds,
            Incidents = format.Kinds.Where(k => k.Element == "incident").ToList(),
            Numbers = format.Parameters.Where(p => p.IsNumber).ToList(),
            All = format.Parameters.ToList(),
            Attacks = format.Kinds.Where(k => k.IsAttack).ToList(),
            Lists = format.Of("incident").Where(p => p.Type == "list").ToList(),
            Moved = format.Of("incident").Where(p => p.Ecs.Length > 0 && p.Name != "dur").ToList(),
            Kept = format.Of("incident").Where(p => p.Ecs.Length == 0).ToList(),
            Names = format.Parameters.Select(p => p.Name).Distinct().ToList(),
            Distinct = format.Parameters.DistinctBy(p => p.Name).ToList(),
        };
        foreach ((string file, string template) in Files)
        {
            yield return (file, handlebars.Compile(Resource.Read("Templates/" + template)
                .Replace("\r", "", StringComparison.Ordinal))(model));
        }
    }
}
