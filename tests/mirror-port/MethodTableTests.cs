using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Appliance.MirrorPort.Tests;

/// <summary>
/// The generated files of the native side belong to the managed face as it is compiled: nanoFramework calls natives by their
/// place in the
/// table and checks no more than a checksum.
/// </summary>
[TestClass]
public sealed class MethodTableTests
{
    private const string Interop = "Appliance_MirrorPort";
    private const string Class = "Appliance_MirrorPort_MirrorHook";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["System.Void"] = "VOID",
        ["System.Boolean"] = "BOOLEAN",
        ["System.Byte"] = "U1",
        ["System.Int32"] = "I4",
        ["System.Int64"] = "I8",
    };

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

        CollectionAssert.AreEqual(Methods().Select(StubOf).ToArray(), table);
    }

    [TestMethod]
    public void TheHeaderAndTheMarshallingHaveThemAll()
    {
        string header = Native($"{Interop}.h");
        string marshalling = Native($"{Interop}_{Class}_mshl.cpp");
        string bridge = Native($"{Interop}_{Class}.cpp");
        foreach (MethodDefinition method in Methods())
        {
            Assert.Contains($"NANOCLR_NATIVE_DECLARE({StubOf(method)});", header);
            Assert.Contains($"::{StubOf(method)}( CLR_RT_StackFrame& stack )", marshalling);
            Assert.Contains($" MirrorHook::{method.Name}(", bridge);
        }
    }

    [TestMethod]
    public void TheChecksumIsThatOfTheMembers()
    {
        // As the metadata processor forms it: CRC-32, highest bit first, from 0 and without a last inversion, over assembly,
        // class and stub
        // name of each native method; until the first one is done it begins at 0 each time.
        uint checksum = 0;
        bool isFirst = true;
        foreach (MethodDefinition method in Methods())
        {
            foreach (string part in new[] { "Appliance.MirrorPort", Class, StubOf(method) })
            {
                checksum = Crc32(part, isFirst ? 0 : checksum);
            }

            isFirst = false;
        }

        string source = Native($"{Interop}.cpp");
        Assert.Contains("0x" + checksum.ToString("X8", CultureInfo.InvariantCulture) + ",", source);
    }

    [TestMethod]
    public void TheNativeVersionIsThatOfTheProject()
    {
        string project = File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "Appliance.MirrorPort.nfproj"));
        string[] version = Regex.Match(project, @"AssemblyNativeVersion\(&quot;([\d.]+)&quot;\)").Groups[1].Value.Split('.');

        Assert.Contains($"{{ {string.Join(", ", version)} }}", Native($"{Interop}.cpp"));
    }

    private static AssemblyDefinition Face() => AssemblyDefinition.ReadAssembly(typeof(MirrorHook).Assembly.Location);

    private static List<MethodDefinition> Methods() =>
        [.. Face().MainModule.Types.Single(type => type.Name == "MirrorHook").Methods];

    private static string Native(string file) =>
        File.ReadAllText(Repository.PathOf("hardware", "mirror-port", "native", "interop", file));

    private static string StubOf(MethodDefinition method) => method.Name + "___STATIC__"
        + string.Join("__", method.Parameters.Select(parameter => parameter.ParameterType)
            .Prepend(method.ReturnType).Select(NameOf));

    private static string NameOf(TypeReference type) =>
        type is ArrayType array ? "SZARRAY_" + NameOf(array.ElementType) : Names[type.FullName];

    private static uint Crc32(string text, uint checksum)
    {
        foreach (byte octet in Encoding.ASCII.GetBytes(text))
        {
            checksum ^= (uint)octet << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum << 1) ^ ((checksum & 0x80000000) != 0 ? 0x04c11db7u : 0);
            }
        }

        return checksum;
    }
}
