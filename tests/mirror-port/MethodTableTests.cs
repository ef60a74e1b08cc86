using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.SignatureTool.Flashing;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.MirrorPort.Tests;

/// <summary>
/// The generated files of the native side belong to the managed face as it is compiled: nanoFramework calls natives by their
/// place in the table and checks no more than a checksum.
/// </summary>
[TestClass]
public sealed class MethodTableTests
{
    private const string Interop = "Appliance_MirrorPort";
    private const string Class = "Appliance_MirrorPort_MirrorHook";

    [TestMethod]
    public void OnlyTheHookHasMethodsAndAllOfThemAreNative()
    {
        using AssemblyDefinition assembly = Face();
        foreach (TypeDefinition type in assembly.MainModule.Types.Where(type => type.HasMethods))
        {
            Assert.AreEqual("MirrorHook", type.Name, "a method of another class would stand in the native method table");
            Assert.IsTrue(type.Methods.All(method => method is { IsInternalCall: true, IsStatic: true }));
        }

        Assert.IsFalse(
            assembly.MainModule.Types.Any(type => type.Namespace.StartsWith("System", System.StringComparison.Ordinal)),
            "the compiler has put attribute types of its own into the assembly: they change the native method table");
    }

    [TestMethod]
    public void TheTableHasTheMembersInTheirOrder()
    {
        string source = Native($"{Interop}.cpp");
        string[] table = [.. Regex.Matches(source, $@"Library_{Interop}_{Class}::(\w+),").Select(match => match.Groups[1].Value)];

        CollectionAssert.AreEqual(Methods().Select(NativeMethods.StubOf).ToArray(), table);
    }

    [TestMethod]
    public void TheHeaderAndTheMarshallingHaveThemAll()
    {
        string header = Native($"{Interop}.h");
        string marshalling = Native($"{Interop}_{Class}_mshl.cpp");
        string bridge = Native($"{Interop}_{Class}.cpp");
        foreach (MethodDefinition method in Methods())
        {
            Assert.Contains($"NANOCLR_NATIVE_DECLARE({NativeMethods.StubOf(method)});", header);
            Assert.Contains($"::{NativeMethods.StubOf(method)}( CLR_RT_StackFrame& stack )", marshalling);
            Assert.Contains($" MirrorHook::{method.Name}(", bridge);
        }
    }

    [TestMethod]
    public void TheChecksumIsThatOfTheMembers()
    {
        string source = Native($"{Interop}.cpp");
        Assert.Contains("0x" + NativeMethods.Checksum(Methods()).ToString("X8", CultureInfo.InvariantCulture) + ",", source);
    }

    [TestMethod]
    public void TheNativeVersionIsThatOfTheProject()
    {
        string project = File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "Appliance.MirrorPort.nfproj"));
        string[] version = Regex.Match(project, @"AssemblyNativeVersion\(&quot;([\d.]+)&quot;\)").Groups[1].Value.Split('.');

        Assert.Contains($"{{ {string.Join(", ", version)} }}", Native($"{Interop}.cpp"));
    }

    [TestMethod]
    public void TheToolProvisionsBoxesWithThisHook()
    {
        string project = File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "Appliance.MirrorPort.nfproj"));
        Assert.Contains($"AssemblyNativeVersion(&quot;{HookOfImage.Version}&quot;)", project);
        Assert.AreEqual(HookOfImage.Checksum, "0x" + NativeMethods.Checksum(Methods()).ToString("X8", CultureInfo.InvariantCulture));
    }

    private static AssemblyDefinition Face() => AssemblyDefinition.ReadAssembly(typeof(MirrorHook).Assembly.Location);

    private static List<MethodDefinition> Methods() => NativeMethods.Of(Face().MainModule);

    private static string Native(string file) =>
        File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "native", "interop", file));
}
