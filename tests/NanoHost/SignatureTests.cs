using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.NanoHost.Tests;

/// <summary>Every type and member that NanoHost declares is one that nanoFramework, or the hook's face, has.</summary>
[TestClass]
public sealed class SignatureTests
{
    private const string HookNamespace = "Appliance.MirrorPort";

    [TestMethod]
    public void Each_public_member_is_nanoFrameworks()
    {
        string path = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "nanoframework", "api.tsv"));
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"the full list of nanoFramework's members is not beside the repository: {path}");
        }

        var known = new HashSet<string>(File.ReadLines(path).Select(line => line.Split('\t')).Where(c => c.Length == 3)
            .Select(c => c[1] == "T" ? "T" + NameOfType(c[2]) : c[1] + Plain(c[2])), StringComparer.Ordinal);
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "NanoHost.dll"));

        // Besides nanoFramework's types stand the hook's and how a slot is made, which the hook does on the device.
        TypeDefinition[] types = [.. module.Types.Where(t => t.IsPublic && t.Namespace != HookNamespace
            && t.FullName != "Appliance.Playback.SlotMaking")];
        var unknown = new List<string>();
        foreach (TypeDefinition type in types)
        {
            unknown.AddRange(Keys(type).Where(key => !known.Contains(key)));
        }

        Assert.IsGreaterThan(5, types.Length);
        Assert.IsEmpty(unknown, string.Join(Environment.NewLine, unknown));
    }

    [TestMethod]
    public void The_hooks_face_is_the_hooks()
    {
        string path = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "NanoHost"), Path.Combine("hardware",
            "mirror-port"),
            StringComparison.Ordinal), "Appliance.MirrorPort.dll");
        using ModuleDefinition face = ModuleDefinition.ReadModule(path);
        using ModuleDefinition standIn = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "NanoHost.dll"));
        CollectionAssert.AreEqual(Members(face), Members(standIn));
    }

    private static string[] Members(ModuleDefinition module) =>
        [.. module.Types.Where(t => t.IsPublic && t.Namespace == HookNamespace)
            .SelectMany(t => t.Methods.Where(m => m.IsPublic).Select(m => m.FullName)
                .Concat(t.Fields.Where(f => f.IsPublic).Select(f =>
                    $"{f.FullName} = {f.Constant}"))).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Keys(TypeDefinition type)
    {
        yield return "T" + type.FullName;

        // What every type of .NET has by itself says nothing of what the device offers.
        foreach (MethodDefinition method in type.Methods.Where(m => (m.IsPublic || m.IsFamily) && !m.IsVirtual && !IsSilent(m)))
        {
            yield return "M" + (method.IsStatic ? "static " : "") + method.FullName;
        }

        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic && !f.IsSpecialName))
        {
            yield return $"Fstatic {field.FullName} = {field.Constant}";
        }
    }

    private static bool IsSilent(MethodDefinition method) => method.IsConstructor && method.Parameters.Count == 0;

    private static string NameOfType(string row)
    {
        string[] words = row.Split(' ');
        return words[^1] is var last && words.Length > 2 ? words[Array.IndexOf(words,
            ":") is var colon and > 0 ? colon - 1 : words.Length - 1] : last;
    }

    private static string Plain(string row) => row.Trim();
}
