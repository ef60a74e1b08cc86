using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;

namespace Appliance.Notices;

/// <summary>Something of others that is handed out with a program or an image.</summary>
/// <param name="Name">Name of the package or project.</param>
/// <param name="Version">Version, or commit.</param>
/// <param name="License">An SPDX identifier or expression.</param>
/// <param name="Holder">Who holds the rights, as it says itself; empty where it says nothing.</param>
/// <param name="Place">Where it comes from.</param>
public sealed record Part(string Name, string Version, string License, string Holder, string Place)
{
    /// <summary>The packages that a project brings, its own and those behind them.</summary>
    /// <param name="folder">The project's folder; its lock file is read, and each package's description in NuGet's
    /// folder.</param>
    /// <returns>The packages.</returns>
    /// <exception cref="InvalidDataException">A package is not restored, or does not say its licence.</exception>
    public static IEnumerable<Part> OfProject(string folder)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "packages.lock.json")));
        foreach (JsonProperty framework in locked.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (JsonProperty package in framework.Value.EnumerateObject())
            {
                if (package.Value.GetProperty("type").GetString() != "Project")
                {
                    yield return OfPackage(package.Name, package.Value.GetProperty("resolved").GetString()!);
                }
            }
        }
    }

    /// <summary>The components of a CycloneDX bill.</summary>
    /// <param name="path">The bill.</param>
    /// <returns>The components.</returns>
    public static IEnumerable<Part> OfBill(string path)
    {
        using var bill = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement component in bill.RootElement.GetProperty("components").EnumerateArray())
        {
            IEnumerable<string> licenses = component.GetProperty("licenses").EnumerateArray().Select(l =>
                l.TryGetProperty("expression", out JsonElement expression) ? expression.GetString()!
                : l.GetProperty("license").GetProperty("id").GetString()!);
            yield return new Part(component.GetProperty("name").GetString()!, component.GetProperty("version").GetString()!,
                string.Join(", ", licenses), "", component.GetProperty("purl").GetString()!);
        }
    }

    private static Part OfPackage(string name, string version)
    {
        string root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string id = name.ToLowerInvariant();
        string path = Path.Combine(root, id, version, $"{id}.nuspec");
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: no such file; restore the solution first");
        }

        XElement metadata = XDocument.Load(path).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        string Value(string element) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value.Trim() ?? "";
        string license = metadata.Elements().Any(e => e.Name.LocalName == "license" && e.Attribute("type")?.Value == "expression")
            ? Value("license") : throw new InvalidDataException($"{path}: names no licence by an SPDX expression");
        string holder = Value("copyright") is { Length: > 0 } copyright ? copyright : Value("authors");
        return new Part(name, version, license, holder, Value("projectUrl"));
    }
}
