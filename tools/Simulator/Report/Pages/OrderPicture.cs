using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>The order of a sweep: its targets' numbers one after the other, where frames are at hand; else how it grew.</summary>
internal static class OrderPicture
{
    private const double Width = 300;
    private const double Height = 90;

    /// <summary>Points that can be told apart at this width.</summary>
    private const int MostPoints = 150;

    /// <summary>Draws; null where there is nothing to see.</summary>
    public static Chart? Of(Story story)
    {
        if (story.Kind is "sweep" && story.Evidence is { Targets.Count: > 2 } evidence)
        {
            return OfTargets(evidence);
        }

        return story.Growth.Select(g => g.Hosts).Distinct().Count() < 3 ? null : OfGrowth(story);
    }

    private static Chart? OfTargets(Evidence evidence)
    {
        List<(uint Number, string Name)> targets = [.. evidence.Targets.Where(t => Network.TryRange(t, out _, out _))
            .Select(t => (Network.TryRange(t, out uint a, out _) ? a : 0, t)).Take(MostPoints)];
        if (targets.Count < 3)
        {
            return null;
        }

        uint low = targets.Min(t => t.Number);
        uint high = targets.Max(t => t.Number);
        List<Cell> points = [.. targets.Select((t, i) => new Cell(X(i, targets.Count - 1),
            Y(t.Number - low, Math.Max(1, high - low)),
            evidence.Answered.Contains(t.Name) ? "answered" : "asked", $"{i + 1}: {t.Name}"))];
        return new Chart("The order of its targets: each point an address, from the first asked at the left.", LineOf(points),
            points, "first", "last",
            Network.Address(high), Network.Address(low));
    }

    private static Chart OfGrowth(Story story)
    {
        DateTimeOffset first = story.Growth[0].Time;
        double span = Math.Max(0.001, (story.Growth[^1].Time - first).TotalSeconds);
        long most = story.Growth.Max(g => g.Hosts);
        List<Cell> points = [.. story.Growth.Select(g => new Cell(X((g.Time - first).TotalSeconds, span), Y(g.Hosts, most),
            "asked",
            string.Create(CultureInfo.InvariantCulture, $"{Phrase.Time(g.Time)}: {g.Hosts}")))];
        string what = story.Kind == "distributed-probe" ? "sources" : "hosts";
        return new Chart($"How it grew: {what} each time that the box told of it.", LineOf(points), points, Phrase.Minute(first),
            Phrase.Minute(story.Growth[^1].Time),
            most.ToString(CultureInfo.InvariantCulture) + " " + what, "0");
    }

    private static string LineOf(List<Cell> points) => string.Join(' ', points.Select(p => p.X + "," + p.Y));

    private static string X(double value, double most) => (4 + (value / Math.Max(most, 1e-9) * (Width - 8)))
        .ToString("0.#", CultureInfo.InvariantCulture);

    private static string Y(double value, double most) => (Height - 4 - (value / most * (Height - 8)))
        .ToString("0.#", CultureInfo.InvariantCulture);
}
