using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Bench.Cost;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>What sigtab says that a table will cost is what it costs.</summary>
[TestClass]
public sealed class LoadModelTests
{
    /// <summary>How far the model may be off: a table that it calls fit is loaded within the limit all the same.</summary>
    private const double Tolerance = 0.15;

    private const string Site = """
        [site]
        name = "imaging-vlan-3"
        home = ["128.231.212.0/23"]
        [groups]
        DNS_SERVERS = ["128.231.212.53", "128.231.213.53"]
        """;

    public static IEnumerable<object[]> Tables => new (string Name, Func<int, string> Rule, int Count)[]
    {
        ("one port each", i => $"alert tcp $EXTERNAL_NET any -> $HOME_NET {3000 + i} ( msg:\"Filler {i}\"; flags:S,CE; sid:{i + 1}; )", 200),
        ("two ports each, suspect",
            i => $"alert tcp $EXTERNAL_NET any -> $HOME_NET [{1000 + (7 * i)},{2001 + (7 * i)}] ( msg:\"Filler {i}\"; flags:S; metadata:suspect yes; sid:{i + 1}; )",
            150),
        ("udp", i => $"alert udp any any -> $DNS_SERVERS {100 + i} ( msg:\"A longer name, {i}\"; dsize:>{i}; sid:{i + 1}; )", 100),
        ("content", i => $"alert tcp any {80 + (i % 3)} -> any any ( msg:\"Content {i}\"; content:\"abcdef{i:000}\"; sid:{i + 1}; )", 120),
        ("flags in turn", i => $"alert tcp any any -> any {7 + i} ( msg:\"Flags {i}\"; flags:{(i % 2 == 0 ? "S" : "SF")}; sid:{i + 1}; )", 60),
        ("addresses of its own", i => $"alert tcp 10.{i}.0.0/16 any -> $HOME_NET {5000 + i} ( msg:\"From {i}\"; flags:S; sid:{i + 1}; )", 100),
    }.Select(t => new object[] { t.Name, string.Join('\n', Enumerable.Range(0, t.Count).Select(t.Rule)) });

    [TestMethod]
    [DataRow("skipped: TCP data", TableCost.DataFrame)]
    [DataRow("SYN, tracked and judged: silent", TableCost.Syn)]
    public void What_inspect_says_of_a_frame_is_what_is_counted(string name, int said)
    {
        long counted = FrameMeasurement.Measure(name).Single().Cost;
        Assert.IsTrue(Math.Abs(((double)said / counted) - 1) <= 0.03, $"{name}: {said:N0} is said, {counted:N0} are counted");
    }

    [TestMethod]
    [DynamicData(nameof(Tables))]
    public void The_model_is_near_the_count(string name, string rules)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", Site));
        byte[] file = compiled.Table ?? throw new InvalidDataException(string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        long counted = FrameMeasurement.MeasureLoad(file);
        double ratio = (double)TableCost.LoadOf(table) / counted;
        Assert.IsTrue(Math.Abs(ratio - 1) <= Tolerance, $"{name}: the model says {TableCost.LoadOf(table):N0}, counted are {counted:N0}: {ratio:0.00}");
    }
}
