using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.DeviceBuild.Tests;

/// <summary>What the device projects are compiled against here is nanoFramework's, as far as it can be known.</summary>
[TestClass]
public sealed class ReferenceTests
{
    private const string Package = "nanoFramework.CoreLibrary";

    [TestMethod]
    public void TheCoreLibraryIsTheOneThatTheDeviceProjectsName()
    {
        string restored = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(CoreLibrary.Path)!)!);
        foreach (string project in DeviceTree.Projects())
        {
            string config = Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, "packages.config");
            Assert.AreEqual(restored, Version(config, Package), project);
        }
    }

    [TestMethod]
    public void EventsAreAsNewAsTheNetworkNeedsThem()
    {
        // The dependencies that nanoFramework.System.Net 1.11.54 and nanoFramework.Hardware.Esp32 1.6.40 name; an older one warns
        // (MSB3277).
        string config = Repository.PathOf("firmware", "Appliance.Firmware", "packages.config");
        Assert.IsGreaterThanOrEqualTo(new Version(1, 11, 37), new Version(Version(config, "nanoFramework.Runtime.Events")));
    }

    [TestMethod]
    public void EachPublicMemberIsNanoFrameworks()
    {
        string path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "nanoframework", "api.tsv"));
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"the full list of nanoFramework's members is not beside the repository: {path}");
        }

        var known = new HashSet<string>(File.ReadLines(path), StringComparer.Ordinal);
        string[] unknown = [.. ReferenceAssemblies.Names.SelectMany(Rows).Where(row => !known.Contains(row))];
        Assert.IsEmpty(unknown, string.Join(Environment.NewLine, unknown));
        Assert.IsGreaterThan(50, ReferenceAssemblies.Names.SelectMany(Rows).Count());
    }

    private static string Version(string config, string package) =>
        XElement.Load(config).Elements("package").Single(element => (string?)element.Attribute("id") == package)
            .Attribute("version")!.Value;

    // As the list has them: assembly, kind, signature. An abstract or overridden member is told by its type alone, which inherits
    // it there.
    private static IEnumerable<string> Rows(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(ReferenceAssemblies.Of(assembly)));
        return [.. module.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic).SelectMany(Members)
            .Select(row => $"{assembly}\t{row}")];
    }

    private static IEnumerable<string> Members(TypeDefinition type)
    {
        foreach (MethodDefinition method in type.Methods.Where(m => m.IsPublic && !m.IsVirtual && !IsSilent(m)))
        {
            yield return "M\t" + (method.IsStatic ? "static " : "") + method.FullName;
        }

        foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic && field.HasConstant))
        {
            yield return $"F\tstatic {field.FullName} = {field.Constant}";
        }
    }

    // Constructors without parameters, which the compiler adds.
    private static bool IsSilent(MethodDefinition method) => method.IsConstructor && method.Parameters.Count == 0;
}
