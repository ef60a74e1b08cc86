using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>What is built is built from known packages, and has one version.</summary>
[TestClass]
public sealed class PackageTests
{
    private static IEnumerable<string> Projects => Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Where(p => !Path.GetRelativePath(Repository.Root, p).Split('/', '\\').Any(f => f is "bin" or "obj" or "ProjectSystem"));

    [TestMethod]
    public void EveryProjectLocksItsPackages()
    {
        Assert.IsGreaterThan(25, Projects.Count(), "projects were not found");
        Assert.AreEqual("", string.Join('\n', Projects
            .Where(p => !File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json")))));
        Assert.AreEqual("true", Property("RestorePackagesWithLockFile"));
        StringAssert.Contains(File.ReadAllText(Repository.PathOf(".ci", "run")), "dotnet restore Appliance.sln --locked-mode");
    }

    [TestMethod]
    public void AKnownVulnerabilityIsAnError()
    {
        Assert.AreEqual("true", Property("NuGetAudit"));
        Assert.AreEqual("true", Property("TreatWarningsAsErrors"));
        CollectionAssert.AreEqual(new[] { "NU1603", "NU1900" }, Property("WarningsNotAsErrors").Split(';'));
    }

    [TestMethod]
    public void NoProjectHasAVersionOfItsOwn()
    {
        string[] own = [.. Projects.Where(p => Path.GetRelativePath(Repository.Root, p).StartsWith("tools", StringComparison.Ordinal))
            .Where(p => XDocument.Load(p).Descendants().Any(e => e.Name.LocalName is "Version" or "VersionPrefix" or "PackageVersion"))];
        Assert.AreEqual("", string.Join('\n', own), "the version stands in .build/Version.props");
        string version = XDocument.Load(Repository.PathOf(".build", "Version.props")).Descendants("Version").Single().Value;
        StringAssert.Contains(File.ReadAllText(Repository.PathOf(".github", "CHANGELOG.md")), $"\n## {version}");
    }

    private static string Property(string name) =>
        XDocument.Load(Repository.PathOf(".build", "Common.props")).Descendants(name).Single().Value;
}
