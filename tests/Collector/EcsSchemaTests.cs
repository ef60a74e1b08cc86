using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Collector.Formats;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>
/// Whatever is called a field of the Elastic Common Schema is one, and of its type: compared with the names and types of the
/// published list (ecs-8.11.0.tsv).
/// </summary>
[TestClass]
public sealed class EcsSchemaTests
{
    /// <summary>What the schema allows for event.kind, .category and .type, of which it has closed lists; those that are used
    /// here among them.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["event.kind"] = ["alert", "asset", "enrichment", "event", "metric", "state", "pipeline_error", "signal"],
        ["event.category"] =
        [
            "api", "authentication", "configuration", "database", "driver", "email", "file", "host", "iam", "intrusion_detection",
                "library",
            "malware", "network", "package", "process", "registry", "session", "threat", "vulnerability", "web",
        ],
        ["event.type"] =
        [
            "access", "admin", "allowed", "change", "connection", "creation", "deletion", "denied", "device", "end", "error", "group",
            "indicator", "info", "installation", "protocol", "start", "user",
        ],
    };

    private static readonly Dictionary<string, (string Type, bool IsArray)> Fields = File
        .ReadLines(Repository.PathOf("tests", "Collector", "ecs-8.11.0.tsv")).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))
        .ToDictionary(f => f[0], f => (f[1], f.Length > 2 && f[2] == "array"));

    [TestMethod]
    public void TheDefinitionNamesFieldsOfTheSchemaWithTheirTypes()
    {
        AlertParameter[] mapped = [.. AlertFormat.Read().Parameters.Where(p => p.Ecs.Length > 0)];
        Assert.IsGreaterThan(10, mapped.Length);
        foreach (AlertParameter parameter in mapped)
        {
            Assert.IsTrue(Fields.TryGetValue(parameter.Ecs, out (string Type, bool IsArray) field),
                $"{parameter.Name}: {parameter.Ecs} is no field");

            // A rule's number is text in the schema, and duration nanoseconds, which convert and the pipeline make of it.
            bool isNumber = field.Type == "long";
            Assert.IsTrue(parameter.IsNumber == isNumber || parameter.Ecs == "rule.id",
                $"{parameter.Name}: {parameter.Ecs} is {field.Type}");
        }
    }

    [TestMethod]
    public void WhatConvertWritesIsOfTheSchemaOrUnderTap()
    {
        foreach (string line in new[] { Sample.Incident, Sample.Heartbeat, Sample.Health, Sample.Table })
        {
            string text = LineFormats.Of("ecs", AlertFormat.Read())(Sample.Read(line))!;
            foreach ((string name, JsonElement value) in Leaves(JsonDocument.Parse(text).RootElement, ""))
            {
                Holds(name, value);
            }
        }
    }

    [TestMethod]
    public void TheIndexTemplateHasTheSchemasTypes()
    {
        JsonElement template = Read("index-template.json").GetProperty("template").GetProperty("mappings").GetProperty("properties");
        int count = 0;
        foreach ((string name, string type) in Types(template, "").Where(t => !t.Name.StartsWith("tap.", StringComparison.Ordinal)))
        {
            count++;
            Assert.IsTrue(Fields.TryGetValue(name, out (string Type, bool IsArray) field), $"{name} is no field of the schema");
            Assert.AreEqual(field.Type, type, name);
        }

        Assert.IsGreaterThan(12, count);
    }

    [TestMethod]
    public void ThePipelinePutsThingsIntoFieldsOfTheSchema()
    {
        string text = File.ReadAllText(Repository.PathOf("tools", "Collector", "elasticsearch", "ingest-pipeline.json"));
        var targets = Read("ingest-pipeline.json").GetProperty("processors").EnumerateArray().SelectMany(p => p.EnumerateObject())
            .Where(p => p.Name is "set" or "rename" or "split" or "convert")
            .Select(p => p.Value.TryGetProperty("target_field", out JsonElement target) ? target : p.Value.GetProperty("field"))
            .Select(f => f.GetString()!).Where(f => !f.StartsWith("tap.", StringComparison.Ordinal))
            .Concat(Regex.Matches(text, @"ctx\.((?:event|host|destination|rule|related|threat)\.[a-z]+) = ")
                .Select(m => m.Groups[1].Value)).Distinct()
                .ToArray();
        Assert.IsGreaterThan(18, targets.Length);
        Assert.AreEqual("", string.Join(", ", targets.Where(t => !Fields.ContainsKey(t) && t != "threat.technique")),
            "these are no fields of the schema");
    }

    private static void Holds(string name, JsonElement value)
    {
        if (name.StartsWith("tap.", StringComparison.Ordinal))
        {
            return;
        }

        Assert.IsTrue(Fields.TryGetValue(name, out (string Type, bool IsArray) field), $"{name} is no field of the schema");
        JsonElement[] values = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        Assert.AreEqual(field.IsArray, value.ValueKind == JsonValueKind.Array, $"{name}: several values, or one");
        foreach (JsonElement one in values)
        {
            Assert.AreEqual(field.Type == "long" ? JsonValueKind.Number : JsonValueKind.String, one.ValueKind, $"{name} is {field.Type}");
            if (Allowed.TryGetValue(name, out string[]? words))
            {
                CollectionAssert.Contains(words, one.GetString(), name);
            }
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Leaves(JsonElement at, string name) => at.ValueKind == JsonValueKind.Object
        ? at.EnumerateObject().SelectMany(m => Leaves(m.Value, name.Length == 0 ? m.Name : $"{name}.{m.Name}")) : [(name, at)];

    private static IEnumerable<(string Name, string Type)> Types(JsonElement properties, string prefix) => properties.EnumerateObject()
        .SelectMany(m => m.Value.TryGetProperty("properties", out JsonElement inner) ? Types(inner, prefix + m.Name + ".")
            : [(prefix + m.Name, m.Value.GetProperty("type").GetString()!)]);

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "elasticsearch", file))).RootElement;
}
