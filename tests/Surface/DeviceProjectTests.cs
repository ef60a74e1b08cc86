using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Surface.Tests;

/// <summary>
/// Each device project builds what the workstation's builds, in the language that the device takes, and the solution keeps the
/// two apart.
/// </summary>
[TestClass]
public sealed class DeviceProjectTests
{
    private const string FolderType = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";
    private const string NanoFrameworkType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

    public static IEnumerable<object[]> DeviceProjects =>
        Directory.GetFiles(Repository.Root, "*.nfproj", SearchOption.AllDirectories).Order()
            .Select(path => new object[] { Path.GetRelativePath(Repository.Root, path) });

    [TestMethod]
    [DynamicData(nameof(DeviceProjects))]
    public void ItBuildsTheSourcesOfTheProjectBesideIt(string project)
    {
        // The real evaluation of both, by MSBuild.
        string[] device = CompileItems(project);
        string[] workstation = CompileItems(Path.ChangeExtension(project, ".csproj"));
        CollectionAssert.AreEqual(workstation, device);
        Assert.IsTrue(device.Length > 0, "no sources");
    }

    [TestMethod]
    [DynamicData(nameof(DeviceProjects))]
    public void ItNamesTheDevicesPackagesAndLanguage(string project)
    {
        string path = Repository.PathOf(project);
        XElement device = XElement.Load(path);
        Assert.AreEqual("10", Property(device, "LangVersion"));
        Assert.AreEqual("v1.0", Property(device, "TargetFrameworkVersion"));
        StringAssert.StartsWith(Property(device, "ProjectTypeGuids"), NanoFrameworkType);

        // Each reference stands where the package that packages.config names is unpacked.
        string[] packages = [.. XElement.Load(Path.Combine(Path.GetDirectoryName(path)!, "packages.config")).Elements("package")
            .Select(p => $"{(string?)p.Attribute("id")}.{(string?)p.Attribute("version")}").Order()];
        string[] hints = [.. device.Descendants().Where(e => e.Name.LocalName == "HintPath")
            .Select(e => Regex.Match(e.Value, @"\\packages\\([^\\]+)\\lib\\").Groups[1].Value).Distinct().Order()];
        CollectionAssert.AreEqual(packages, hints);
    }

    [TestMethod]
    public void TheSolutionBuildsDeviceProjectsInItsDeviceConfigurationOnly()
    {
        string solution = File.ReadAllText(Repository.PathOf("Appliance.sln"));
        var projects = Regex.Matches(solution, """^Project\("([^"]*)"\) = "[^"]*", "([^"]*)", "([^"]*)"$""", RegexOptions.Multiline)
            .Where(match => match.Groups[1].Value != FolderType)
            .Select(match => (Type: match.Groups[1].Value, Path: match.Groups[2].Value, Id: match.Groups[3].Value)).ToList();
        foreach ((string type, string path, string id) in projects)
        {
            bool isDevice = path.EndsWith(".nfproj", StringComparison.Ordinal);
            Assert.AreEqual(isDevice, type == NanoFrameworkType, path);
            foreach (string configuration in new[] { "Debug", "Release", "Device" })
            {
                bool isBuilt = solution.Contains($"{id}.{configuration}|Any CPU.Build.0", StringComparison.Ordinal);
                Assert.AreEqual(isDevice == (configuration == "Device"), isBuilt, $"{path} in {configuration}");
            }
        }

        string[] there = [.. new[] { "*.csproj", "*.nfproj" }
            .SelectMany(pattern => Directory.GetFiles(Repository.Root, pattern, SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('/', '\\')).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(there, projects.Select(project => project.Path).Order(StringComparer.Ordinal).ToArray());
    }

    private static string[] CompileItems(string project)
    {
        string json = ToolRun.Output("dotnet", "msbuild", Repository.PathOf(project), "-getItem:Compile");
        return [.. JsonNode.Parse(json)!["Items"]!["Compile"]!.AsArray().Select(item => (string)item!["FullPath"]!)
            .Order(StringComparer.Ordinal)];
    }

    private static string? Property(XElement project, string name) =>
        project.Descendants().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
