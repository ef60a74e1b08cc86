using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>The table that the device tests carry is what the compiler makes of the rules that stand above it.</summary>
[TestClass]
public sealed class DeviceTestTableTests
{
    [TestMethod]
    public void ItIsTheCompilers()
    {
        string source = System.IO.File.ReadAllText(Repository.PathOf("tests", "NFUnitTest", "SmallTable.cs"));
        string rules = Regex.Match(source, @"<code>\s*(.*?)/// </code>", RegexOptions.Singleline).Groups[1].Value
            .Replace("/// ", "", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        byte[] committed = Convert.FromHexString(string.Concat(
            Regex.Matches(source, "\"([0-9a-f]+)\"").Select(m => m.Groups[1].Value)));
        long built = BinaryPrimitives.ReadInt64BigEndian(committed.AsSpan(TableFormat.BuildTimeAt));

        CompiledTable compiled = TableCompiler.CompileText(
            [("t.rules", rules)], ("site.toml", "[site]\nhome = [\"10.1.0.0/16\"]\n"),
            new CompileOptions { Sequence = 7, Built = DateTimeOffset.FromUnixTimeSeconds(built) });

        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        Assert.AreEqual(Convert.ToHexString(compiled.Table), Convert.ToHexString(committed),
            "the compiler has changed: put the expected octets into tests/NFUnitTest/SmallTable.cs");
    }
}
