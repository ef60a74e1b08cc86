using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.MirrorPort.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.DeviceBuild.Tests;

/// <summary>hardware/mirror-port/README.md: steps that name files of this repository, and numbers that can be computed
/// here.</summary>
[TestClass]
public sealed class ImageRecipeTests
{
    private static readonly string Room = Repository.PathOf("hardware", "mirror-port");
    private static readonly string Page = File.ReadAllText(Path.Combine(Room, "README.md"));

    // A row each: assembly, package, checksum, native version.
    private static readonly string[][] Table = [.. Regex
        .Matches(Page, @"^\| ([\w.]+) \| ([^|]+) \| (0x[0-9A-F]{8}) \| ([\d.]+) \|$", RegexOptions.Multiline)
        .Select(match => match.Groups.Values.Skip(1).Select(group => group.Value).ToArray())];

    [TestMethod]
    public void TheLibrarysChecksumIsThatOfItsPackage() => Assert.AreEqual(Hex(CoreLibrary.NativeChecksum()), Row("mscorlib")[2]);

    [TestMethod]
    public void TheHooksChecksumAndVersionAreThoseOfItsFace()
    {
        byte[] face = ReferenceAssemblies.Compile(
            "Appliance.MirrorPort",
            DeviceSources.Of("hardware/mirror-port").Select(DeviceSources.Parse),
            [],
            Microsoft.CodeAnalysis.NullableContextOptions.Disable);
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(face));
        List<MethodDefinition> methods = NativeMethods.Of(module);
        string[] row = Row("Appliance.MirrorPort");
        Assert.AreEqual(Hex(NativeMethods.Checksum(methods)), row[2]);
        string project = File.ReadAllText(Path.Combine(Room, "Appliance.MirrorPort.nfproj"));
        StringAssert.Contains(project, $"AssemblyNativeVersion(&quot;{row[3]}&quot;)");
        StringAssert.Contains(Page, $"{methods.Count.ToString(CultureInfo.InvariantCulture)} native members");
    }

    [TestMethod]
    public void EachPackageIsTheOneThatTheProgramNames()
    {
        XElement config = XElement.Load(Repository.PathOf("firmware/Appliance.Firmware/packages.config"));
        string[] named = [.. config.Elements("package")
            .Select(package => $"{(string?)package.Attribute("id")} {(string?)package.Attribute("version")}")
            .Where(package => !HasNoNativeSide(package)).Order(StringComparer.Ordinal)];
        string[] told = [.. Table.Select(row => row[1]).Where(package => package != "this room").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(named, told);
    }

    [TestMethod]
    public void EachFileOfTheStepsIsThere()
    {
        string steps = Section("Build the image");
        string[] files = [.. Regex.Matches(steps, @"`((?:native|image)/[\w./-]*)`").Select(match => match.Groups[1].Value)];
        CollectionAssert.IsSubsetOf(
            new[] { "native/", "native/interop/FindINTEROP-Appliance.MirrorPort.cmake", "image/target_lwip_sntp_opts.h" }, files);
        foreach (string file in files)
        {
            Assert.IsTrue(Path.Exists(Path.Combine(Room, file)), file);
        }
    }

    [TestMethod]
    public void TheCommitsAreNamed()
    {
        // The parent of the commit that changed System.Net's native side; the only one that the packages fit and that an image
        // was built from.
        string steps = Section("Build the image");
        StringAssert.Contains(steps, "git -C nf-interpreter checkout 3367392a0a94b0f43c15672e88417c8496599d7b");
        StringAssert.Contains(steps, "`47ef80bdf`");
        StringAssert.Contains(steps, "ESP-IDF v5.5.4");
        string compiled = Section("What it was compiled with");
        StringAssert.Contains(compiled, "nf-interpreter 3367392a0a94b0f43c15672e88417c8496599d7b");
        StringAssert.Contains(compiled, "esp-idf v5.5.4 (735507283d5b2f9fb363a1901172dbd9e847945d)");
    }

    [TestMethod]
    public void WhatWasMeasuredSaysWhereAndThatNoBoardWasThere()
    {
        StringAssert.Contains(Section("What it was compiled with"), "Measured on an emulated ESP32");
        foreach (string page in new[] { "README.md", "hardware/README.md", "hardware/mirror-port/README.md" })
        {
            string text = string.Join(' ', File.ReadAllLines(Repository.PathOf(page)));
            StringAssert.Contains(text, "emulated ESP32", page);
            Assert.IsTrue(Regex.IsMatch(text, "has not run on a board"), page);
        }

        // In the first screen.
        Assert.IsLessThan(15, Array.FindIndex(File.ReadAllLines(Repository.PathOf("README.md")),
            line => line.Contains("has not run on a board", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheBoxAsksNoTimeServerButTheProfiles()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Room, "image", "target_lwip_sntp_opts.h"));
        foreach (int server in new[] { 0, 1 })
        {
            string name = $"SNTP_SERVER{server.ToString(CultureInfo.InvariantCulture)}_DEFAULT_ADDRESS";
            int taken = Array.IndexOf(lines, $"#undef {name}");
            Assert.IsGreaterThanOrEqualTo(0, taken, name);
            Assert.IsGreaterThan(taken, Array.IndexOf(lines, $"#define {name} NULL"), name);
        }

        string packets = File.ReadAllText(Repository.PathOf("hardware/README.md"));
        StringAssert.Contains(packets, "| SNTP: UDP 123 | the profile's time server, nobody else |");
    }

    private static bool HasNoNativeSide(string package) =>
        package.StartsWith("nanoFramework.System.IO.Streams ", StringComparison.Ordinal)
        || package.StartsWith("nanoFramework.System.Threading ", StringComparison.Ordinal);

    private static string[] Row(string assembly) => Table.Single(row => row[0] == assembly);

    private static string Hex(uint checksum) => "0x" + checksum.ToString("X8", CultureInfo.InvariantCulture);

    private static string Section(string title)
    {
        string pattern = $@"^## {Regex.Escape(title)}$(.*?)(?=^## |\z)";
        return Regex.Match(Page, pattern, RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
    }
}
