using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Simulator.Report.Stories;

/// <summary>Incidents of one actor, on any box.</summary>
internal sealed class Campaign
{
    /// <summary>Ties incidents.</summary>
    /// <param name="number">Its number in the report.</param>
    /// <param name="stories">Its incidents.</param>
    /// <param name="ties">What ties them.</param>
    public Campaign(int number, IEnumerable<Story> stories, IReadOnlyList<string> ties)
    {
        Number = number;
        Stories = [.. stories.OrderBy(s => s.First ?? DateTimeOffset.MaxValue).ThenBy(s => s.Name, StringComparer.Ordinal)];
        Ties = ties;
        foreach (Story story in Stories)
        {
            story.Campaign = this;
        }
    }

    /// <summary>Its number in the report.</summary>
    public int Number { get; }

    /// <summary>Its incidents, oldest first.</summary>
    public IReadOnlyList<Story> Stories { get; }

    /// <summary>What ties them.</summary>
    public IReadOnlyList<string> Ties { get; }

    /// <summary>The boxes that saw it, in the order in which it came to them.</summary>
    public IReadOnlyList<BoxLog> Boxes => [.. Stories.Select(s => s.Box).Distinct()];

    /// <summary>Its sources, as far as they are named.</summary>
    public IReadOnlyList<string> Sources => [.. Stories.SelectMany(s => s.Sources.Count > 0 ? s.Sources : [s.Facts["src"]])
        .Where(s => s.Length > 0).Distinct()];

    /// <summary>Hosts that it asked, over all boxes.</summary>
    public long HostCount => Stories.Sum(s => Math.Max(1, s.Facts.Number("dsts")));

    /// <summary>When it began; null without a clock.</summary>
    public DateTimeOffset? First => Stories.Min(s => s.First);

    /// <summary>When it was last seen; null without a clock.</summary>
    public DateTimeOffset? Last => Stories.Max(s => s.Last);

    /// <summary>
    /// The gravest of its incidents, and one more where it walks from box to box: what comes to three places is no accident.
    /// </summary>
    public int Severity => Math.Min(5, Stories.Max(s => s.Severity) + (Boxes.Count >= 3 ? 1 : 0));
}
