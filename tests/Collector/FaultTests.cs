using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>What the definition says of faults is what the report makes of them: each ends with its own state, and with no
/// other.</summary>
[TestClass]
public sealed class FaultTests
{
    [TestMethod]
    public void EachFaultLastsInTheReportUntilTheStateThatEndsIt()
    {
        IReadOnlyList<AlertFault> faults = AlertFormat.Read().Faults;
        var lines = new List<string>();
        for (int i = 0; i < faults.Count; i++)
        {
            AlertFault fault = faults[i];

            // The box "lasts" hears the ends of all other faults of the part, "ends" its own.
            lines.AddRange(Lines($"lasts-{i}", fault, faults.Where(f => f.Part == fault.Part && f.Ends != fault.Ends).Select(f => f.Ends)));
            lines.AddRange(Lines($"ends-{i}", fault, [fault.Ends]));
            lines.AddRange(Lines($"starts-{i}", fault, ["passed"]));
        }

        using var folder = new TemporaryFolder();
        string file = folder.Write("lines.log", Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        string report = TapsimRun.Run(["report", file, "--markdown", "-"]).Expect(0).Output.Replace("\\", "", StringComparison.Ordinal);
        for (int i = 0; i < faults.Count; i++)
        {
            string said = faults[i].Part + " " + faults[i].State;
            StringAssert.Contains(Of(report, $"lasts-{i}"), "and still so", said);
            Assert.DoesNotContain("still so", Of(report, $"ends-{i}"), said);
            StringAssert.Contains(Of(report, $"ends-{i}"), "until 2026-04-08 04:10", said);
            Assert.DoesNotContain("still so", Of(report, $"starts-{i}"), said);
        }
    }

    private static IEnumerable<string> Lines(string host, AlertFault fault, IEnumerable<string> later)
    {
        yield return Line(host, 1, 5, fault.Part, fault.State);
        int number = 1;
        foreach (string state in later.Distinct())
        {
            yield return Line(host, ++number, 10, state == "passed" ? "self-test" : fault.Part, state);
        }
    }

    private static string Line(string host, int number, int minute, string part, string state) =>
        state == "accepted" ? Accepted(host, number, minute) : string.Create(CultureInfo.InvariantCulture,
        $"<84>1 2026-04-08T04:{minute:00}:00.000Z {host} tap 12 health [health@32473 part=\"{part}\" state=\"{state}\"]"
            + $"[meta sequenceId=\"{number}\" sysUpTime=\"{number}\"] words");

    private static string Accepted(string host, int number, int minute) => string.Create(CultureInfo.InvariantCulture,
        $"<85>1 2026-04-08T04:{minute:00}:00.000Z {host} tap 12 table [table@32473 verdict=\"accepted\" reason=\"new\" sequence=\"9\"]"
            + $"[meta sequenceId=\"{number}\" sysUpTime=\"{number}\"] words");

    private static string Of(string report, string host)
    {
        string[] lines = report.Split('\n');
        int at = Array.FindIndex(lines, l => l.StartsWith($"- **{host}**", StringComparison.Ordinal));
        Assert.IsGreaterThan(0, at, $"{host} is in no line: {report}");
        return string.Join('\n', lines.Skip(at).TakeWhile((l, i) => i == 0 || !l.StartsWith("- **", StringComparison.Ordinal))
            .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal)));
    }
}
