using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>
/// When each incident was seen first and last, over one axis of time, with a mark each time that the box told of it.
/// </summary>
internal static class TimelinePicture
{
    /// <summary>Bars of a picture that can still be read; of more the gravest are drawn.</summary>
    private const int MostBars = 40;

    /// <summary>Thousandths of the width that are still seen on paper.</summary>
    private const double LeastWidth = 4;

    /// <summary>The part of the width from which on marks can stand in a bar.</summary>
    private const double WideEnough = 0.02;

    /// <summary>Draws; null when no incident has a time.</summary>
    /// <param name="told">The incidents.</param>
    /// <param name="areMany">Boxes are named too.</param>
    public static Timeline? Of(IReadOnlyList<Story> told, bool areMany)
    {
        List<Story> timed = [.. told.Where(s => s.First is not null && s.Last is not null)];
        if (timed.Count == 0)
        {
            return null;
        }

        List<Story> drawn = [.. timed.OrderByDescending(s => s.Severity).Take(MostBars).OrderBy(s => s.First)];
        DateTimeOffset first = drawn.Min(s => s.First!.Value);
        DateTimeOffset last = drawn.Max(s => s.Last!.Value);
        double span = Math.Max((last - first).TotalSeconds, 1);
        string At(DateTimeOffset time) => (Math.Clamp((time - first).TotalSeconds / span, 0, 1) * 996)
            .ToString("0.#", CultureInfo.InvariantCulture);
        var bars = drawn.Select(s => new BarRow(s.Anchor, s.Severity, (areMany ? s.Box.Host + " " : "") + $"#{s.Id} {s.Kind}",
            At(s.First!.Value),
            Math.Max(LeastWidth, (s.Last!.Value - s.First.Value).TotalSeconds / span * 996)
                .ToString("0.#", CultureInfo.InvariantCulture),
            (s.Last.Value - s.First.Value).TotalSeconds / span < WideEnough ? []
                : [.. s.Growth.Select(g => At(g.Time)).Distinct()], $"{s.Kind}: {Phrase.Time(s.First)} to {Phrase.Time(s.Last)} "
                    + "UTC")).ToList();
        return new Timeline(bars, Phrase.Time(first), Phrase.Time(last) + " UTC",
            timed.Count > drawn.Count ? $"The {drawn.Count} gravest of {timed.Count} are drawn." : "");
    }
}
