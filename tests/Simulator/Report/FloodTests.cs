using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>More incidents than a report keeps whole: each counts once, and what becomes grave is told after all.</summary>
[TestClass]
public sealed class FloodTests
{
    /// <summary>More than twice what is kept whole.</summary>
    private const int Incidents = 13_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public void EachIncidentCountsOnceAndWhatBecomesGraveIsToldWhole()
    {
        var box = new BoxLines("tap-000001", "ward-3");
        foreach (string state in new[] { "open", "update", "closed" })
        {
            for (int i = 0; i < Incidents; i++)
            {
                // One of the first, counted long ago, goes on to be critical.
                bool isGrave = i == 3 && state == "closed";
                box.Told(Start.AddSeconds(i), i + 1, 60, state, "sweep", isGrave ? 5 : 2, string.Create(CultureInfo.InvariantCulture,
                    $"sid=\"0\" proto=\"tcp\" src=\"198.51.{i >> 8}.{i & 255}\" srcs=\"1\" dst=\"10.1.7.0/24\" dsts=\"9\" dport=\"445\" ")
                    + "frames=\"9\"", "words");
            }
        }

        ReportText report = ReportText.Of(box.Lines);
        StringAssert.Contains(report.Run.Expect(0).Output,
            $"**{Incidents.ToString("N0", CultureInfo.InvariantCulture)} incidents, the gravest critical.**");
        StringAssert.Contains(report.Heading("tap-000001/1/4", "Targeting"), "198.51.0.3 asked 9 hosts");
        StringAssert.Contains(report.Section("What needs somebody today"), "198.51.0.3");
    }

    [TestMethod]
    public void OfVeryManyBoxesThoseThatNeedSomebodyAreListedAndTheOthersCounted()
    {
        var lines = new List<string>();
        for (int i = 0; i < 350; i++)
        {
            var box = new BoxLines(string.Create(CultureInfo.InvariantCulture, $"tap-{i:x6}"), "ward");
            box.Watch(Start, Start.AddMinutes(2));
            if (i >= 338)
            {
                box.Health(Start.AddMinutes(1), "mirror", "foreign");
            }

            lines.AddRange(box.Lines);
        }

        ReportText report = ReportText.Of(lines);
        string boxes = report.Section("Which boxes saw");
        StringAssert.Contains(boxes, "338 of 350 boxes watch; blind or unheard now: tap-000152, ");
        StringAssert.Contains(boxes, "- **tap-00015d**: blind;");
        StringAssert.Contains(boxes, "50 more boxes are not listed: 50 watching.");
        StringAssert.Contains(report.Section("What needs somebody today"), "2 more below.");
    }
}
