using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.MirrorPort.Tests;
using Appliance.Surface.Tests;
using Appliance.Traffic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.DeviceBuild.Tests;

/// <summary>
/// Each device project makes an assembly of its folder's types, in its own place, by the project's own and the solution's build,
/// of a size that the device takes; and says so when it can't.
/// </summary>
[TestClass]
public sealed class DeviceProjectTests
{
    private const string Solution = "Appliance.sln";
    private const string Missing = "The device build needs the .NET nanoFramework project system";

    // Offsets in an assembly of the device have 16 bits; the metadata processor refuses a larger one.
    private const int Most = 65_535;

    private static DeviceTree _tree = null!;
    private static DeviceTree _solution = null!;
    private static Lazy<(int Code, string Output)> _debug = null!;
    private static Lazy<(int Code, string Output)> _rebuilt = null!;
    private static Lazy<(int Code, string Output)> _withoutSystem = null!;

    public static IEnumerable<object[]> Projects => DeviceTree.Projects().Select(project => new object[] { project });

    [ClassInitialize]
    public static void Copy(TestContext context)
    {
        _tree = new DeviceTree();
        _solution = new DeviceTree();
        _debug = new(() => _tree.BuildEach("Build", "Debug"));
        _rebuilt = new(RebuildOverWhatLooksNewer);
        _withoutSystem = new(() => _tree.BuildEach("Rebuild", "Debug", hasProjectSystem: false));
    }

    [ClassCleanup]
    public static void Remove()
    {
        _tree.Dispose();
        _solution.Dispose();
    }

    [TestMethod]
    public void ThereAreFive() => CollectionAssert.AreEqual(
        new[]
        {
            "firmware/Appliance.Firmware/Appliance.Firmware.nfproj",
            "firmware/Appliance.Imaging/Appliance.Imaging.nfproj",
            "firmware/Appliance.Sensor/Appliance.Sensor.nfproj",
            "hardware/mirror-port/Appliance.MirrorPort.nfproj",
            "tests/NFUnitTest/NFUnitTest.nfproj",
        },
        DeviceTree.Projects());

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ItMakesAnAssemblyOfItsFoldersTypes(string project)
    {
        (int code, string output) = _debug.Value;
        Assert.AreEqual(0, code, output);
        CollectionAssert.AreEqual(TypesOfFolder(project), TypesOfAssembly(_tree.AssemblyOf(project, "Debug")));
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ItFitsIntoAnAssemblyOfTheDevice(string project)
    {
        (int code, string output) = _debug.Value;
        Assert.AreEqual(0, code, output);
        using ModuleDefinition module = ModuleDefinition.ReadModule(_tree.AssemblyOf(project, "Debug"));
        int bytecode = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .Sum(method => Bytecode.SizeOf(method.Body));
        int constants = module.GetTypes().SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length);
        Console.WriteLine($"{module.Name}: {bytecode} octets of bytecode, {constants} of constants");
        Assert.IsLessThanOrEqualTo(Most, bytecode, "octets of bytecode");
        Assert.IsLessThanOrEqualTo(Most, constants, "octets of constant arrays");
    }

    [TestMethod]
    public void TheHooksFaceHasTheMethodTableOfItsNativeSide()
    {
        string project = "hardware/mirror-port/Appliance.MirrorPort.nfproj";
        (int code, string output) = _debug.Value;
        Assert.AreEqual(0, code, output);
        using ModuleDefinition face = ModuleDefinition.ReadModule(_tree.AssemblyOf(project, "Debug"));
        string native = File.ReadAllText(Repository.PathOf("hardware/mirror-port/native/interop/Appliance_MirrorPort.cpp"));
        string checksum = NativeMethods.Checksum(NativeMethods.Of(face)).ToString("X8", CultureInfo.InvariantCulture);
        StringAssert.Contains(native, $"0x{checksum},");

        // Types that the compiler adds of its own accord would move the table's rows, which no checksum shows.
        Assert.IsFalse(face.Types.Any(type => type.Namespace is not ("" or "Appliance.MirrorPort")));
        string version = (string)face.Assembly.CustomAttributes
            .Single(attribute => attribute.AttributeType.Name == "AssemblyNativeVersionAttribute").ConstructorArguments[0].Value;
        StringAssert.Contains(native, $"{{ {version.Replace(".", ", ", StringComparison.Ordinal)} }}");
    }

    // The solution's Device configuration makes each project's Release.
    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void TheSolutionsDeviceConfigurationRebuildsAlsoWhatLooksNewerThanItsSources(string project)
    {
        (int code, string output) = _rebuilt.Value;
        Assert.AreEqual(0, code, output);
        CollectionAssert.AreEqual(TypesOfFolder(project), TypesOfAssembly(_solution.AssemblyOf(project, "Release")));
    }

    [TestMethod]
    public void TheSolutionsDeviceConfigurationMakesNothingElse()
    {
        (int code, string output) = _rebuilt.Value;
        Assert.AreEqual(0, code, output);

        // Where the workstation's builds look for their own, nothing stands.
        string[] outputs = [.. Directory.GetDirectories(_solution.PathOf(""), "bin", SearchOption.AllDirectories)
            .SelectMany(Directory.GetDirectories).Select(folder => Path.GetFileName(folder)).Distinct()];
        CollectionAssert.AreEqual(new[] { "device" }, outputs);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void WithoutTheProjectSystemItSaysSo(string project)
    {
        (int code, string output) = _withoutSystem.Value;
        Assert.AreNotEqual(0, code, project);
        AssertSays(output, project);
    }

    [TestMethod]
    public void WithoutTheProjectSystemTheSolutionSaysSo()
    {
        (int code, string output) = _tree.Build(Solution, "Build", "Device", hasProjectSystem: false);
        Assert.AreNotEqual(0, code);
        foreach (string project in DeviceTree.Projects())
        {
            AssertSays(output, project);
        }
    }

    // What the four did once: the target takes the place of the project system's, and its condition then skips it.
    [TestMethod]
    public void ATargetOfTheProjectSystemsNameWouldBuildNothing()
    {
        using var tree = new DeviceTree();
        string project = "firmware/Appliance.Sensor/Appliance.Sensor.nfproj";
        string xml = File.ReadAllText(tree.PathOf(project));
        File.WriteAllText(tree.PathOf(project), xml.Replace(
            "  <ProjectExtensions>",
            """
              <Target Name="Build" Condition="!Exists('$(NanoFrameworkProjectSystemPath)NFProjectSystem.CSharp.targets')" />
              <ProjectExtensions>
            """,
            StringComparison.Ordinal));
        (int code, string output) = tree.Build(project, "Build", "Debug");
        Assert.AreEqual(0, code, output);
        Assert.IsFalse(File.Exists(tree.AssemblyOf(project, "Debug")));
    }

    private static (int Code, string Output) RebuildOverWhatLooksNewer()
    {
        foreach (string project in DeviceTree.Projects())
        {
            string assembly = _solution.AssemblyOf(project, "Release");
            Directory.CreateDirectory(Path.GetDirectoryName(assembly)!);
            File.WriteAllText(assembly, "not an assembly");
            File.SetLastWriteTimeUtc(assembly, DateTime.UtcNow.AddDays(1));
        }

        return _solution.Build(Solution, "Rebuild", "Device");
    }

    private static void AssertSays(string output, string project) =>
        Assert.IsTrue(Regex.IsMatch(output, $@"{Missing}.*{Regex.Escape(project)}\]"), $"{project} in:{output}");

    private static string[] TypesOfFolder(string project) =>
        [.. DeviceSources.Of(Path.GetDirectoryName(project)!)
            .SelectMany(path => DeviceSources.Parse(path).GetRoot().DescendantNodes())
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).Select(NameOf).Distinct()
            .Order(StringComparer.Ordinal)];

    // As Cecil writes it: a nested type behind its outer one's name and a slash.
    private static string NameOf(SyntaxNode type)
    {
        string name = type is DelegateDeclarationSyntax callable
            ? callable.Identifier.Text
            : ((BaseTypeDeclarationSyntax)type).Identifier.Text;
        return type.Parent switch
        {
            BaseTypeDeclarationSyntax outer => $"{NameOf(outer)}/{name}",
            BaseNamespaceDeclarationSyntax space => $"{space.Name}.{name}",
            _ => name,
        };
    }

    private static string[] TypesOfAssembly(string path)
    {
        Assert.IsTrue(File.Exists(path), $"no {path}");
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        return [.. module.GetTypes().Where(type => !IsCompilers(type)).Select(type => type.FullName)
            .Order(StringComparer.Ordinal)];
    }

    // What the compiler adds: the module itself, constant arrays, closures, and the attributes of nullable annotations.
    private static bool IsCompilers(TypeDefinition type) => type.FullName.Contains('<', StringComparison.Ordinal)
        || type.Namespace is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices";
}
