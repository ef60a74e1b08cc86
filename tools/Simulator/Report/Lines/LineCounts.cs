using System;
using System.Collections.Generic;
using System.Globalization;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Lines;

/// <summary>What came of the lines: every one is counted, and of each sort of bad ones the first is named.</summary>
internal sealed class LineCounts
{
    private static readonly (Unread Why, string What)[] Sorts =
    [
        (Unread.Cut, "end in the middle; what stands before the cut was used"),
        (Unread.WithoutData, "of a box came without structured data: the collector's template drops it (tools/Collector has one "
            + "that keeps it)"),
        (Unread.Foreign, "are of another program"),
    ];

    private readonly Dictionary<Unread, (long Count, string First)> _bad = [];

    /// <summary>Lines that are not empty.</summary>
    public long All { get; private set; }

    /// <summary>Lines of boxes.</summary>
    public long Read { get; private set; }

    /// <summary>Lines that came twice: a stream that breaks is sent again under the same sequenceId.</summary>
    public long Repeated { get; set; }

    // Lines of starts that are not followed, and the first of them.
    private (long Count, string First) _unfollowed;

    /// <summary>Counts a line of one start of a box too many.</summary>
    /// <param name="place">File and line.</param>
    public void AddUnfollowed(string place)
    {
        _unfollowed = (_unfollowed.Count + 1, _unfollowed.Count == 0 ? place : _unfollowed.First);
    }

    /// <summary>Counts a line.</summary>
    /// <param name="why">Why it tells nothing.</param>
    /// <param name="isUsed">It tells something.</param>
    /// <param name="place">File and line.</param>
    public void Add(Unread why, bool isUsed, string place)
    {
        if (why == Unread.Empty)
        {
            return;
        }

        All++;
        Read += isUsed ? 1 : 0;
        if (why != Unread.None)
        {
            (long count, string first) = _bad.GetValueOrDefault(why, (0, place));
            _bad[why] = (count + 1, first);
        }
    }

    /// <summary>How many lines were of a sort.</summary>
    public long Of(Unread why) => _bad.GetValueOrDefault(why).Count;

    /// <summary>A sentence for each sort of line that was not whole or not a box's.</summary>
    public IEnumerable<string> Notes()
    {
        foreach ((Unread why, string what) in Sorts)
        {
            if (_bad.TryGetValue(why, out (long Count, string First) bad))
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{bad.Count:N0} {(bad.Count == 1 ? "line" : "lines")} {what}; the first is {bad.First}");
            }
        }

        if (_unfollowed.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_unfollowed.Count:N0} {(_unfollowed.Count == 1 ? "line" : "lines")} "
                + $"are of more boxes, or more starts of them, than a report follows, and are left out; the first is {_unfollowed.First}: are "
                + $"the names forged?");
        }

        if (Repeated > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Repeated:N0} {(Repeated == 1 ? "line" : "lines")} came "
                + $"twice and count once");
        }
    }
}
