using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Simulator;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests;

/// <summary>What the sensor's objects take of a device's heap, by the figures that were measured on the interpreter.</summary>
[TestClass]
public sealed class MemoryTests
{
    /// <summary>Parts that are no trackers: the signatures, and the alert writer, most of which are its words.</summary>
    private static readonly string[] Besides = ["table", "matching", "writer"];

    [TestMethod]
    public void TrackersAndIncidentsTakeAtMost48KB()
    {
        IReadOnlyList<(string Part, int Octets)> parts = PartsWith(200);
        Assert.IsTrue(Besides.All(name => parts.Any(part => part.Part == name)), Listed(parts));
        int octets = parts.Where(part => !Besides.Contains(part.Part)).Sum(part => part.Octets);
        Assert.IsLessThanOrEqualTo(48 * 1024, octets, Listed(parts));
    }

    [TestMethod]
    public void ATableOf200SignaturesTakesAtMost16KB()
    {
        IReadOnlyList<(string Part, int Octets)> parts = PartsWith(200);
        Assert.IsLessThanOrEqualTo(16 * 1024, parts.Single(part => part.Part == "table").Octets, Listed(parts));
    }

    private static string Listed(IEnumerable<(string Part, int Octets)> parts) =>
        string.Join(", ", parts.OrderByDescending(part => part.Octets).Select(part => $"{part.Part} {part.Octets}"));

    private static IReadOnlyList<(string Part, int Octets)> PartsWith(int signatures)
    {
        var table = new SignatureTable();
        byte[] file = Compile(signatures);
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        Assert.AreEqual(signatures, table.Count);
        return DeviceMemory.Of(new TapSensor(table, new Silence(), 1));
    }

    /// <summary>The shipped rules that are active at the example site, filled up with probes of trojans' ports.</summary>
    private static byte[] Compile(int signatures)
    {
        string folder = Repository.PathOf("firmware", "tables");
        var rules = new StringBuilder();
        foreach (string path in Directory.EnumerateFiles(folder, "*.rules").Order(StringComparer.Ordinal))
        {
            rules.AppendLine(File.ReadAllText(path));
        }

        string site = File.ReadAllText(Path.Combine(folder, "example-site.toml"));
        int shipped = CountOf(TableCompiler.CompileText([("shipped.rules", rules.ToString())], ("site.toml", site)));
        for (int i = shipped; i < signatures; i++)
        {
            rules.AppendLine(
                $"alert tcp $EXTERNAL_NET any -> $HOME_NET {30000 + i} ( msg:\"Trojan {i} probe\"; flags:S,CE; flow:stateless; "
                + $"priority:2; metadata:suspect yes; sid:{1900000 + i}; rev:1; )");
        }

        return TableCompiler.CompileText([("filled.rules", rules.ToString())], ("site.toml", site)).Table!;
    }

    private static int CountOf(CompiledTable compiled)
    {
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table.Count;
    }

    private sealed class Silence : IAlertSink
    {
        public void Alert(byte[] line, int length, int severity)
        {
        }
    }
}
