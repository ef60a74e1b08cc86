using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.CaptureWriter;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Regex = System.Text.RegularExpressions.Regex;

namespace Appliance.Detection.Tests;

/// <summary>What the sentences of the ten detects must say, with the longest tag that a site can have, with and without a
/// time.</summary>
[TestClass]
public sealed class LineWordsTests
{
    private const string Tag = "imaging-vlan";

    private static readonly string[][] Words =
    [
        ["7 sources probe unserved ports of 24.3.21.199", "hop counts spread (separate places)"],
        ["SYN-FIN scan sweep of 128.231.212.0/27 by 194.112.42.193: 25 hosts in 0.48 s", "impossible flags SF", "source port 53"],
        ["194.90.83.130 asked 2 DNS_SERVERS hosts and no others"],
        ["4 sources, hop counts spread, probe unserved ports of 24.3.21.199: 24.129.24.105, 212.49.226.251, 24.6.118.9, 1 more"],
        ["NetBus sweep of 128.231.212.200/29 by 38.31.117.17: 3 hosts", "in address order, by one tool"],
        ["keeps asking 4 hosts that never spoke", "in runs of 3, 1.5 s apart"],
        ["22 resets from 212.108.4.0/24 port 80 to 14 hosts that asked nothing", "inverse mapping, or backscatter"],
        ["128.231.213.4 broadcasts to 128.231.212.0 udp port 1600 every 120 s"],
        ["BackOrifice 5556 sweep of 128.231.212.0/23 by 209.235.11.254: 40 hosts in 0.21 s"],
        ["POP3 from outside sweep of 128.231.212.0/23 by 209.235.11.254: 27 hosts in 0.15 s"],
    ];

    public static IEnumerable<object[]> Numbers => Enumerable.Range(1, Detects.Count).Select(number => new object[] { number });

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void TheWordsThatCountStand(int number)
    {
        AlertLine closing = Lines(number, hasClock: true)[^1];
        Assert.AreEqual("closed", closing.State, closing.Text);
        Assert.AreEqual(Tag, closing["site"], closing.Text);
        foreach (string words in Words[number - 1])
        {
            StringAssert.Contains(closing.Message, words, closing.Text);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void ALineWithoutATimeKeepsItsWords(int number)
    {
        IReadOnlyList<AlertLine> dated = Lines(number, hasClock: true);
        IReadOnlyList<AlertLine> undated = Lines(number, hasClock: false);
        Assert.AreEqual(dated.Count, undated.Count);
        for (int i = 0; i < dated.Count; i++)
        {
            Assert.AreEqual("-", undated[i].Time, undated[i].Text);
            StringAssert.Contains(undated[i].Text, "][timeQuality isSynced=\"0\"][meta ", undated[i].Text);
            Assert.AreEqual(dated[i].Message, undated[i].Message, undated[i].Text);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Numbers))]
    public void AndItsParametersButForTheOneThatSaysLeastWhereRoomEnds(int number)
    {
        IReadOnlyList<AlertLine> dated = Lines(number, hasClock: true);
        IReadOnlyList<AlertLine> undated = Lines(number, hasClock: false);
        for (int i = 0; i < dated.Count; i++)
        {
            string[] gone = [.. Parameters(dated[i]).Except(Parameters(undated[i]))];
            if (gone.Length == 0)
            {
                continue;
            }

            string least = dated[i]["dur"] == "0" || dated[i]["proto"] != "tcp" || dated[i]["flags"] != "S" ? $"dur=\"{dated[i]["dur"]}\"" : "flags=\"S\"";
            CollectionAssert.AreEqual(new[] { least }, gone, $"{dated[i].Text}\n{undated[i].Text}");
            Assert.IsGreaterThan(480, dated[i].Text.Length + 3, $"there was room for {least}: {undated[i].Text}");
        }
    }

    [TestMethod]
    public void OfTheTenDetectsSomeLinesHaveNoRoomForAll()
    {
        int[] shortened = [.. Enumerable.Range(1, Detects.Count).Where(number => Lines(number, true).Zip(Lines(number, false))
            .Any(pair => Parameters(pair.First).Except(Parameters(pair.Second)).Any()))];
        Assert.IsNotEmpty(shortened, "else nothing is tested");
    }

    // The fourth detect names its four sources: those that find no room are counted, however long the line is before them.
    [TestMethod]
    [DataRow(1, "24.129.24.105, 212.49.226.251, 24.6.118.9, 12.77.12.140")]
    [DataRow(11, "24.129.24.105, 212.49.226.251, 24.6.118.9, 1 more")]
    [DataRow(12, "24.129.24.105, 212.49.226.251, 24.6.118.9, 1 more")]
    public void SourcesThatFindNoRoomAreCounted(int tagLength, string sources)
    {
        foreach (bool hasClock in new[] { true, false })
        {
            AlertLine closing = Lines(4, hasClock, new string('v', tagLength))[^1];
            Assert.AreEqual("4 sources, hop counts spread, probe unserved ports of 24.3.21.199: " + sources, closing.Message, closing.Text);
        }
    }

    [TestMethod]
    public void SeverityIsTheSumOfWhatIsSaid()
    {
        StringAssert.EndsWith(Lines(7, hasClock: true)[^1].Message, ", severity 2+3-2");
    }

    // The parameters of the element of our own, as they stand in the line.
    private static string[] Parameters(AlertLine line) =>
        [.. Regex.Matches(line.Text[..line.Text.IndexOf(']', StringComparison.Ordinal)], "[A-Za-z]+=\"[^\"]*\"").Select(match => match.Value)];

    // The lines of a detect's incidents, with the shipped rules and the example's groups.
    private static List<AlertLine> Lines(int number, bool hasClock, string tag = Tag)
    {
        string tables = Path.Combine(AppContext.BaseDirectory, "tables");
        string site = File.ReadAllText(Path.Combine(tables, "example-site.toml"));
        site = string.Join('\n', site.Split('\n').Select(
            line => line.StartsWith("tag = ", StringComparison.Ordinal) ? $"tag = \"{tag}\"" : line));
        CompiledTable compiled = TableCompiler.CompileText(
            [.. new[] { "imaging.rules", "legacy.rules" }.Select(name => (name, File.ReadAllText(Path.Combine(tables, name))))],
            ("site.toml", site));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        var sink = new Sink();
        var sensor = new TapSensor(table, sink, 1);
        sensor.Origin.UseBoot(12);
        TimedFrame[] frames = [.. Detects.Build(number).Frames];
        long start = frames[0].Time - Capture.Second;
        if (hasClock)
        {
            sensor.SetWallClock(start);
        }
        else
        {
            sensor.LoseWallClock();
        }

        var batch = new SlotBatch(1);
        long tick = 0;
        foreach (TimedFrame frame in frames)
        {
            for (; tick < frame.Time - start; tick += Math.Max(Capture.Second, (frame.Time - start - tick) / 50))
            {
                sensor.Tick(tick);
            }

            batch.Count = 0;
            batch.Put(frame.Bytes, 0, frame.Bytes.Length, frame.Bytes.Length, false, frame.Time - start);
            sensor.Process(batch);
        }

        sensor.Finish();
        return [.. sink.Lines.Select(AlertLine.Parse).Where(line => line.IsIncident)];
    }

    private sealed class Sink : IAlertSink
    {
        public List<string> Lines { get; } = [];

        public void Alert(byte[] line, int length, int severity) => Lines.Add(Encoding.ASCII.GetString(line, 0, length));
    }
}
