using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>The example at the end of FORMAT.md is what the compiler makes of the rule and the profile that stand
/// there.</summary>
[TestClass]
public sealed partial class FormatExampleTests
{
    private static readonly string[] Blocks = Fence().Matches(Example()).Select(m => m.Groups[1].Value).ToArray();

    [TestMethod]
    public void TheDumpIsTheTable()
    {
        byte[] expected = Table();
        var octets = new List<byte>();
        foreach (Match line in Line().Matches(Blocks[2]))
        {
            Assert.AreEqual(octets.Count, int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture), line.Value);
            Assert.IsGreaterThan(2, line.Groups[3].Value.Trim().Length, "each line says what it is");
            octets.AddRange(Convert.FromHexString(line.Groups[2].Value.Replace(" ", "", StringComparison.Ordinal)));
        }

        // The signature's place of 64 zeros is one line, not eight.
        octets.AddRange(new byte[TableFormat.SignaturePlace]);
        Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString([.. octets]));
    }

    [TestMethod]
    public void EachSectionBeginsALineThatNamesIt()
    {
        byte[] table = Table();
        Dictionary<int, string> lines = Line().Matches(Blocks[2]).ToDictionary(
            m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m => m.Groups[3].Value);
        int sections = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(TableFormat.SectionCountAt));
        for (int entry = TableFormat.DirectoryAt; entry < TableFormat.DirectoryAt
            + (sections * TableFormat.DirectoryEntry); entry += TableFormat.DirectoryEntry)
        {
            int section = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(entry));
            int at = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(entry + 4));
            int length = BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(entry + 6));
            Assert.IsTrue(length == 0 || lines[at].Contains($"section {section}", StringComparison.Ordinal), $"section {section} at {at}");
        }
    }

    private static byte[] Table()
    {
        CompiledTable compiled = TableCompiler.CompileText([("example.rules", Blocks[0])], ("example.toml", Blocks[1]),
            new CompileOptions { Sequence = 7, Built = DateTimeOffset.FromUnixTimeSeconds(955084927) });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled.Table;
    }

    private static string Example()
    {
        string format = File.ReadAllText(Repository.PathOf("firmware", "Appliance.Sensor", "Signatures",
            "FORMAT.md")).ReplaceLineEndings("\n");
        return format[format.IndexOf("## An example", StringComparison.Ordinal)..];
    }

    [GeneratedRegex("```[a-z]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^ *(\\d+)  ((?:[0-9a-f]{2} )*[0-9a-f]{2})  +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
