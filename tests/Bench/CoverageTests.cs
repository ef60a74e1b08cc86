using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Bench.Coverage;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>What the coverage table says is what the sensor sees.</summary>
[TestClass]
public sealed class CoverageTests
{
    /// <summary>One cell in so many is run again; a prime to the nine cells of a row and the six rows of a technique.</summary>
    private const int Sample = 37;

    private const int Runs = 60;

    /// <summary>At most one scan of sixty may be missed.</summary>
    private const int RunsSeen = 59;

    [TestMethod]
    [DataRow(20, 20, 0.8389, 1.0)]
    [DataRow(0, 20, 0.0, 0.1611)]
    [DataRow(10, 20, 0.2993, 0.7007)]
    [DataRow(59, 60, 0.9114, 0.9971)]
    public void TheIntervalIsWilsons(int seen, int runs, double low, double high)
    {
        (double isLow, double isHigh) = CoverageTable.Wilson(seen, runs);
        Assert.AreEqual(low, isLow, 0.0001);
        Assert.AreEqual(high, isHigh, 0.0001);
    }

    [TestMethod]
    public void ACellHasTheRunsAndTheInterval() => Assert.AreEqual("59/60 (91-100)", CoverageTable.Cell(59, 60));

    [TestMethod]
    public void WhatIsPlainToSeeIsSeenAndWhatNeverArrivesIsNot()
    {
        byte[] table = BenchTable.Shipped();
        Technique sweep = Technique.All.Single(technique => technique.Name == "SYN sweep");
        Assert.AreEqual(12, CoverageTable.Seen(table, sweep, new Scene(10, 100_000, 0), 12));
        Assert.AreEqual(12, CoverageTable.Seen(table, sweep, new Scene(10, 60_000_000, 5), 12));
        Assert.AreEqual(0, CoverageTable.Seen(table, sweep, new Scene(10, 100_000, 100), 12));
    }

    [TestMethod]
    [DataRow("SYN sweep")]
    [DataRow("ARP sweep")]
    [DataRow("echo sweep")]
    [DataRow("UDP sweep")]
    public void ASweepIsSeenAtEveryDensity(string name)
    {
        byte[] table = BenchTable.Shipped();
        Technique technique = Technique.All.Single(technique => technique.Name == name);
        var blind = new List<string>();
        foreach (int density in new[] { 10, 30, 50, 70, 80, 90, 95 })
        {
            foreach (bool isInOrder in new[] { false, true })
            {
                int seen = CoverageTable.Seen(table, technique, new Scene(density, 100_000, 0, isInOrder), Runs);
                if (seen < RunsSeen)
                {
                    blind.Add($"{density} %, {(isInOrder ? "in order" : "at random")}: {seen} of {Runs}");
                }
            }
        }

        Assert.IsEmpty(blind, string.Join("; ", blind));
    }

    [TestMethod]
    public void WhatIsWrittenIsReadBack()
    {
        var page = new StringWriter();
        CoverageTable.Write(1, "SYN sweep of a trojan's port", page);
        IReadOnlyList<(Technique Technique, long Gap, string[] Cells)> rows = CoverageTable.Read(page.ToString().Split('\n'));
        Assert.HasCount(6, rows);
        Assert.AreEqual(1_000, rows[0].Gap);
        Assert.AreEqual(259_200_000_000, rows[5].Gap);
        CollectionAssert.AreEqual(Enumerable.Repeat("1/1 (20-100)", 9).ToArray(), rows[1].Cells);
    }

    [TestMethod]
    public void ThePageSaysWhatTheSensorSees()
    {
        string page = Path.Combine(Root(), "firmware", "Appliance.Sensor", "README.md");
        (Technique Technique, long Gap, string Cell, int Column)[] cells = [.. CoverageTable.Read(File.ReadLines(page))
            .SelectMany(row => row.Cells.Select((cell, column) => (row.Technique, row.Gap, cell, column)))];
        Assert.IsNotEmpty(cells, "the sensor's page has a coverage table, made by tools/Bench, coverage");

        byte[] table = BenchTable.Shipped();
        for (int i = 0; i < cells.Length; i += Sample)
        {
            int runs = int.Parse(cells[i].Cell.Split('/', ' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            int density = CoverageTable.Densities[cells[i].Column / CoverageTable.Losses.Length];
            int lost = CoverageTable.Losses[cells[i].Column % CoverageTable.Losses.Length];
            int seen = CoverageTable.Seen(table, cells[i].Technique, new Scene(density, cells[i].Gap, lost), runs);
            Assert.AreEqual(cells[i].Cell, CoverageTable.Cell(seen, runs),
                $"{cells[i].Technique.Name}, {cells[i].Gap} us, {density} % answer, {lost} % lost: make the table anew");
        }
    }

    [TestMethod]
    public void ThePageSaysWhichDetectsAreSeen()
    {
        var now = new StringWriter();
        DetectCoverage.Write(Path.Combine(Root(), "tests", "captures"), 20, now);
        string[] rows = [.. now.ToString().Split('\n').Select(line => line.TrimEnd())
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.HasCount(11, rows, "the ten, below their heads");
        string[] page = File.ReadAllLines(Path.Combine(Root(), "firmware", "Appliance.Sensor", "README.md"));
        Assert.IsEmpty(rows.Except(page), "make the table anew: " + string.Join(Environment.NewLine, rows.Except(page)));
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Appliance.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no Appliance.sln above the tests");
        }

        return folder;
    }
}
