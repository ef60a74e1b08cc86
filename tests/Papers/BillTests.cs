using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Notices;
using Appliance.Traffic;
using CycloneDX;
using CycloneDX.Json;
using CycloneDX.Models;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>Bills of materials in CycloneDX: the device's, kept by hand, and the tools', made by CycloneDX's own
/// program.</summary>
[TestClass]
public sealed class BillTests
{
    private static string DevicePath => Repository.PathOf(".github", "sbom", "device.cdx.json");

    [TestMethod]
    public void TheDevicesBillIsValidAndNamesWhatTheRecipeNames()
    {
        string bill = File.ReadAllText(DevicePath);
        AssertValid(bill, SpecificationVersion.v1_6);
        string[] urls = [.. Part.OfBill(DevicePath).Select(p => p.Place)];
        string recipe = File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "README.md"));
        foreach (string url in new[] { "nanoframework/nf-interpreter", "espressif/esp-idf", "joltwallet/esp_littlefs" })
        {
            string commit = Regex.Match(recipe, $"{url}[^|]*?([0-9a-f]{{40}})|{url} v[^|]*\\(([0-9a-f]{{40}})\\)").Groups.Values.Skip(1)
                .Single(g => g.Success).Value;
            CollectionAssert.Contains(urls, $"pkg:github/{url}@{commit}", url);
        }
    }

    [TestMethod]
    public void TheDevicesBillHasTheProgramsPackages()
    {
        string[] packages = [.. XDocument.Load(Repository.PathOf("firmware", "Appliance.Firmware", "packages.config"))
            .Descendants("package").Select(p => $"pkg:nuget/{p.Attribute("id")!.Value}@{p.Attribute("version")!.Value}")];
        Assert.HasCount(10, packages);
        CollectionAssert.AreEquivalent(packages,
            Part.OfBill(DevicePath).Select(p => p.Place).Where(p => p.StartsWith("pkg:nuget/", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void ABillThatIsWrongIsFound() => Assert.IsFalse(Validator.Validate(
        File.ReadAllText(DevicePath).Replace("\"type\": \"platform\"", "\"type\": \"plattform\"", StringComparison.Ordinal),
        SpecificationVersion.v1_6).Valid);

    [TestMethod]
    [DataRow("Simulator", "tapsim")]
    [DataRow("SignatureTool", "sigtab")]
    public void TheToolsBillsAreValidAndHaveEveryPackage(string project, string name)
    {
        using var folder = new TemporaryFolder();
        string tool = typeof(BillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "CycloneDxFolder").Value!;
        (int code, string output, string errors) = ToolRun.Ended("dotnet", Path.Combine(tool, "CycloneDX.dll"),
            Repository.PathOf("tools", project, $"{project}.csproj"),
            "-o", folder.Path, "-fn", "bill.json", "-F", "Json", "--recursive", "--disable-package-restore", "--set-name", name);
        Assert.AreEqual(0, code, output + errors);
        string bill = File.ReadAllText(Path.Combine(folder.Path, "bill.json"));
        AssertValid(bill, SpecificationVersion.v1_7);
        using var document = JsonDocument.Parse(bill);
        Dictionary<string, string> components = document.RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("version").GetString()!);
        List<Part> parts = [.. Part.OfProject(Repository.PathOf("tools", project))];
        Assert.IsGreaterThan(3, parts.Count);
        foreach (Part part in parts)
        {
            Assert.AreEqual(part.Version, components.GetValueOrDefault(part.Name), part.Name);
        }
    }

    private static void AssertValid(string bill, SpecificationVersion version)
    {
        ValidationResult result = Validator.Validate(bill, version);
        Assert.IsTrue(result.Valid, string.Join('\n', result.Messages ?? []));
    }
}
