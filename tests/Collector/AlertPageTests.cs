using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Lines;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>What boxes write is what the page says, and what the page says boxes can write.</summary>
[TestClass]
public sealed class AlertPageTests
{
    private static readonly Dictionary<string, List<string[]>> Tables = ReadPage();

    [TestMethod]
    public void EveryMessageOfABoxStandsOnThePage()
    {
        using var folder = new TemporaryFolder();
        int seen = 0;
        var kinds = new HashSet<string>();
        foreach (string line in Sample.Detects.Concat(Runs(folder).SelectMany(r => r)))
        {
            AlertLine read = Sample.Read(line);
            string element = Tables["MSGID"].SingleOrDefault(r => r[0] == read.Kind)?[1] ?? "";
            kinds.Add(read.Kind);
            Assert.AreNotEqual("", element, $"MSGID {read.Kind} is not on the page: {line}");
            StringAssert.Contains(line, $"[{element}@32473 ");
            foreach ((string name, string value) in read.Parameters)
            {
                string[]? row = Tables[element].SingleOrDefault(r => r[0] == name);
                Assert.IsNotNull(row, $"{element} {name} is not on the page: {line}");
                CheckValue(row, value, line);
            }

            seen++;
        }

        Assert.IsGreaterThan(100, seen);
        CollectionAssert.IsSubsetOf(new[] { "inventory", "heartbeat", "health", "table", "sweep" }, kinds.ToList());
    }

    [TestMethod]
    public void EveryKindThatTheSensorCanTellStandsOnThePage()
    {
        // Also one that no capture of these tests brings about.
        string[] kinds = [.. AlertWord.Texts.Split('|').Take(Kind.Count).Select(w => w.Replace(" [incident", "", StringComparison.Ordinal))];
        CollectionAssert.Contains(kinds, "suspect-service");
        Assert.AreEqual("", string.Join(' ', kinds.Where(k => !Tables["MSGID"].Any(r => r[0] == k && r[1] == "incident"))), "not on the page");
    }

    [TestMethod]
    public void ParametersOfAnIncidentStandInTheOrderOfThePage()
    {
        List<string> order = [.. Tables["incident"].Select(r => r[0])];
        foreach (string line in Sample.Detects.Where(l => l.Contains("[incident@", StringComparison.Ordinal)))
        {
            List<int> places = [.. Sample.Read(line).Parameters.Keys.Select(name => order.IndexOf(name))];
            CollectionAssert.AreEqual(places.Order().ToList(), places, line);
            CollectionAssert.AreEqual(Enumerable.Range(0, 11).ToList(), places.Take(11).ToList(), line);
        }
    }

    [TestMethod]
    public void EveryWordOfThePageStandsInTheBoxesCode()
    {
        string code = string.Concat(Directory.GetFiles(Repository.PathOf("firmware"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
                .Select(File.ReadAllText));
        foreach (AlertParameter parameter in AlertFormat.Read().Parameters.Where(p => !p.IsPlanned))
        {
            // A name is followed by what ends it in the code: a bar between packed words, or an equals sign.
            Assert.IsTrue(Regex.IsMatch(code, $@"(\||""| |^){Regex.Escape(parameter.Name)}(\||=)"),
                $"{parameter.Element} {parameter.Name} stands in no code");
            foreach (string word in parameter.Values)
            {
                Assert.IsTrue(Regex.IsMatch(code, $@"(\||""|-){Regex.Escape(word)}(\||"")"),
                    $"{parameter.Element} {parameter.Name}={word} stands in no code");
            }
        }
    }

    [TestMethod]
    public void EveryFaultBeginsAndEndsWithStatesOfThePage()
    {
        AlertFormat format = AlertFormat.Read();
        IReadOnlyList<string> parts = format.Of("health").Single(p => p.Name == "part").Values;
        IReadOnlyList<string> states = format.Of("health").Single(p => p.Name == "state").Values;
        IReadOnlyList<string> verdicts = format.Of("table").Single(p => p.Name == "verdict").Values;
        foreach (AlertFault fault in format.Faults)
        {
            CollectionAssert.Contains(parts.ToList(), fault.Part);
            // A table's slot is damaged by a number of a table message, and a table message's verdict ends what is wrong with
            // one.
            string[] said = fault.Part != "table" ? [fault.State, fault.Ends] : fault.State == "damaged" ? [] : [fault.State];
            CollectionAssert.IsSubsetOf(said, states.ToList(), fault.State);
            Assert.AreEqual(fault.Part == "table", verdicts.Contains(fault.Ends), fault.State);
        }
    }

    [TestMethod]
    public void WhatIsMadeFromTheDefinitionIsWhatStandsHere()
    {
        foreach ((string file, string text) in Generator.Make(AlertFormat.Read()))
        {
            Assert.AreEqual(text, File.ReadAllText(Repository.PathOf("tools", "Collector", file)),
                $"{file}: make it again (dotnet run --project tools/Collector -- write --out tools/Collector)");
        }
    }

    [TestMethod]
    public void AnotherEnterpriseNumberReachesEveryConfiguration()
    {
        foreach ((string file, string text) in Generator.Make(AlertFormat.Read("4711")))
        {
            Assert.IsFalse(text.Contains("@32473", StringComparison.Ordinal), file);
        }
    }

    private static void CheckValue(string[] row, string value, string line)
    {
        bool isRight = row[1] switch
        {
            "number" => Regex.IsMatch(value, "^-?[0-9]+$"),
            "decimal" => decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            "address" => Regex.IsMatch(value, "^([0-9a-f.:]+(/[0-9]+)?|various)$"),
            "list" => Regex.IsMatch(value, @"^[0-9a-f.:,]+\+?$"),
            _ => value.Length > 0,
        };
        Assert.IsTrue(isRight, $"{row[0]}=\"{value}\" is no {row[1]}: {line}");
        if (row[4].Length > 0)
        {
            CollectionAssert.Contains(row[4].Split(", ").Select(w => w.TrimEnd('*')).ToList(), value, line);
        }
    }

    /// <summary>What a box says when things fail, and when tables come.</summary>
    private static IEnumerable<IReadOnlyList<string>> Runs(TemporaryFolder folder)
    {
        string storage = folder.File("storage");
        Directory.CreateDirectory(Path.Combine(storage, "inbox"));
        File.WriteAllBytes(Path.Combine(storage, "inbox", "x.sigtab"), new byte[3000]);
        yield return Replay(9, "--storage", storage);
        yield return TapsimRun.Run("replay", Repository.PathOf("tests", "captures", "imaging", "dcmtk.pcap"), "--messages", "all",
            "--alerts", "-").Expect(0).Lines;
        yield return Replay(6, "--fault-link", "flap@20-60", "--fault-clock", "step:500@200");
        yield return Replay(6, "--fault-clock", "silent@0-4000");
        yield return Replay(6, "--fault-ring", "stall@5");
        yield return Replay(6, "--fault-uplink", "down@60-600");
    }

    private static string[] Replay(int detect, params string[] options)
    {
        return TapsimRun.Run(["replay", TapsimRun.Detect(detect), "--messages", "all", "--alerts", "-", .. options]).Expect(0)
            .Lines;
    }

    /// <summary>The tables of the page by their heading: cells without marks of code and of what is planned.</summary>
    private static Dictionary<string, List<string[]>> ReadPage()
    {
        var tables = new Dictionary<string, List<string[]>>();
        string heading = "";
        foreach (string line in File.ReadLines(Repository.PathOf("tools", "Collector", "ALERTS.md")))
        {
            heading = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : heading;
            if (line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = [.. line.Trim('|').Split('|').Select(c => c.Trim())];
                cells[0] = cells[0].Replace("`", "", StringComparison.Ordinal).TrimEnd('*');
                tables.TryAdd(heading, []);
                tables[heading].Add(cells);
            }
        }

        return tables;
    }
}
