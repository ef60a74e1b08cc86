using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>The table in the image is what the shipped rules and firmware/tables/built-in.toml compile to.</summary>
[TestClass]
public sealed class BuiltInTableTests
{
    private const int OctetsOfALine = 20;

    [TestMethod]
    public void It_is_what_the_shipped_rules_compile_to()
    {
        string folder = Repository.PathOf("firmware", "tables");
        string[] rules = [.. Directory.GetFiles(folder, "*.rules").Order(StringComparer.Ordinal)];
        var options = new CompileOptions { Built = DateTimeOffset.UnixEpoch };
        CompiledTable compiled = TableCompiler.Compile(rules, Path.Combine(folder, "built-in.toml"), options);
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));

        string expected = Source(compiled.Table);
        string path = Repository.PathOf("firmware", "Appliance.Firmware", "Device", "BuiltInTable.cs");
        if (File.ReadAllText(path) != expected)
        {
            string made = Path.Combine(AppContext.BaseDirectory, "BuiltInTable.cs");
            File.WriteAllText(made, expected);
            Assert.Fail($"the rules have changed since: copy {made} over {path}");
        }
    }

    private static string Source(byte[] table)
    {
        string lines = string.Join('\n', table.Chunk(OctetsOfALine).Select(
            line => "            " + string.Join(' ', line.Select(o => string.Create(CultureInfo.InvariantCulture, $"0x{o:x2},")))));
        return $$"""
            namespace Appliance.Firmware.Device;

            /// <summary>
            /// The table that every box begins with, made of firmware/tables by tests/Appliance.Firmware/BuiltInTableTests.cs,
            /// which says when it is no
            /// longer what they compile to.
            /// </summary>
            public static class BuiltInTable
            {
                /// <summary>The table's octets, in an array of their own: a static one would keep its 3 KB while a table of a slot is in use.</summary>
                public static byte[] Octets()
                {
                    return new byte[]
                    {
            {{lines}}
                    };
                }
            }

            """;
    }
}
