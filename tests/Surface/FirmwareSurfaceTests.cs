using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Surface.Tests;

/// <summary>Every firmware assembly, as built for the workstation, is one that the device can load and run.</summary>
[TestClass]
public sealed class FirmwareSurfaceTests
{
    private const string ListName = "used-members.tsv";

    private static readonly string Root = FindRoot();
    private static readonly NanoApi Used = NanoApi.Parse(File.ReadLines(Path.Combine(AppContext.BaseDirectory, ListName)), ListName);

    /// <summary>The names of the firmware's projects, which are those of their assemblies.</summary>
    public static IEnumerable<object[]> Assemblies =>
        Directory.EnumerateFiles(Path.Combine(Root, "firmware"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => new object[] { Path.GetFileNameWithoutExtension(p) });

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void An_assembly_stays_inside_nanoFramework(string assembly)
    {
        SurfaceScan scan = Scan(assembly);

        string findings = string.Join(Environment.NewLine, scan.Findings);
        string rows = string.Join(Environment.NewLine, MissingRows(scan));
        Assert.IsEmpty(
            scan.Findings,
            $"{Environment.NewLine}{findings}{Environment.NewLine}"
            + (rows.Length == 0 ? "" : $"The device has these; if they are meant, add them to "
            + $"tests/Surface/{ListName}:{Environment.NewLine}{rows}"));
        Assert.IsGreaterThan(0, scan.CodeSize, "an assembly without code proves nothing");
    }

    [TestMethod]
    public void The_sensor_needs_CoreLibrary_and_nothing_else()
    {
        // The interpreter that it is measured on has no network or file system.
        Dictionary<string, string> assemblyByKey = Used.Rows.ToDictionary(NanoApi.KeyOf, r => r.Split('\t')[0], StringComparer.Ordinal);
        string[] others = Scan("Appliance.Sensor").Used
            .Where(k => assemblyByKey.TryGetValue(k, out string? assembly) && assembly != "mscorlib")
            .ToArray();

        Assert.IsEmpty(others, string.Join(Environment.NewLine, others));
    }

    [TestMethod]
    public void The_list_names_nothing_that_the_firmware_does_not_use()
    {
        var used = new HashSet<string>(Assemblies.SelectMany(a => Scan((string)a[0]).Used), StringComparer.Ordinal);

        string[] stale = Used.Rows.Where(r => !used.Contains(NanoApi.KeyOf(r))).ToArray();

        Assert.IsEmpty(stale, $"remove from tests/Surface/{ListName}:{Environment.NewLine}{string.Join(Environment.NewLine, stale)}");
    }

    [TestMethod]
    public void The_list_names_nothing_that_nanoFramework_lacks()
    {
        NanoApi full = FullList();
        var rows = new HashSet<string>(full.Rows, StringComparer.Ordinal);

        string[] wrong = Used.Rows.Where(r => !rows.Contains(r)).ToArray();

        Assert.IsEmpty(wrong, $"not in the full list:{Environment.NewLine}{string.Join(Environment.NewLine, wrong)}");
        Assert.IsGreaterThan(3000, rows.Count, "the full list is not full");
    }

    private static SurfaceScan Scan(string assembly) =>
        SurfaceScan.OfFile(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), Used);

    // Rows of the full list, where it is there, for what the scan missed in the project's own.
    private static IEnumerable<string> MissingRows(SurfaceScan scan)
    {
        string path = FullListPath();
        if (!File.Exists(path))
        {
            return [];
        }

        var known = new HashSet<string>(Used.Rows.Select(NanoApi.KeyOf), StringComparer.Ordinal);
        var missing = new HashSet<string>(scan.Used.Where(k => !known.Contains(k)), StringComparer.Ordinal);
        return FullList().Rows.Where(r => missing.Contains(NanoApi.KeyOf(r)));
    }

    private static NanoApi FullList()
    {
        string path = FullListPath();
        if (!File.Exists(path))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail($"CI has the full list of nanoFramework's members beside the repository: {path} is missing");
            }

            Assert.Inconclusive($"the full list of nanoFramework's members is not beside the repository: {path}");
        }

        return NanoApi.Parse(File.ReadLines(path), path);
    }

    private static string FullListPath() => Path.GetFullPath(Path.Combine(Root, "..", "shared", "nanoframework", "api.tsv"));

    private static string FindRoot()
    {
        string? at = AppContext.BaseDirectory;
        while (at != null && !File.Exists(Path.Combine(at, "Appliance.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new InvalidOperationException($"no Appliance.sln above {AppContext.BaseDirectory}");
    }
}
