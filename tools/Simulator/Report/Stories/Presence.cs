using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Simulator.Report.Stories;

/// <summary>The times in which a box was heard without a pause, from times that come in any order.</summary>
internal sealed class Presence
{
    /// <summary>
    /// Times kept apart. A month of heartbeats in random order has some 5,000 meanwhile; of more the shortest pauses are
    /// forgotten.
    /// </summary>
    private const int Most = 16384;

    private readonly TimeSpan _patience;
    private List<(DateTimeOffset From, DateTimeOffset To)> _spans = [];

    /// <summary>Hears nothing yet.</summary>
    /// <param name="patience">A longer time without a word is a pause.</param>
    public Presence(TimeSpan patience)
    {
        _patience = patience;
    }

    /// <summary>When it was last heard; null for never.</summary>
    public DateTimeOffset? Last => _spans.Count == 0 ? null : _spans[^1].To;

    /// <summary>The pauses, oldest first.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Pauses => _spans.Zip(_spans.Skip(1), (a, b) => (a.To, b.From));

    /// <summary>It was heard.</summary>
    public void Take(DateTimeOffset time)
    {
        // Most lines come in order.
        int at = _spans.Count - 1;
        if (at >= 0 && time < _spans[at].From)
        {
            at = Before(time);
        }

        bool joinsLeft = at >= 0 && time - _spans[at].To <= _patience;
        bool joinsRight = at + 1 < _spans.Count && _spans[at + 1].From - time <= _patience;
        if (joinsLeft && joinsRight)
        {
            _spans[at] = (_spans[at].From, _spans[at + 1].To);
            _spans.RemoveAt(at + 1);
        }
        else if (joinsLeft)
        {
            _spans[at] = (_spans[at].From, time > _spans[at].To ? time : _spans[at].To);
        }
        else if (joinsRight)
        {
            _spans[at + 1] = (time, _spans[at + 1].To);
        }
        else
        {
            _spans.Insert(at + 1, (time, time));
            ForgetShortest();
        }
    }

    // The last span that begins at a time or before; -1 for none.
    private int Before(DateTimeOffset time)
    {
        int low = 0;
        int high = _spans.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_spans[middle].From <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private void ForgetShortest()
    {
        if (_spans.Count <= Most)
        {
            return;
        }

        TimeSpan median = Pauses.Select(p => p.To - p.From).Order().ElementAt(Most / 2);
        var kept = new List<(DateTimeOffset From, DateTimeOffset To)>(Most);
        foreach ((DateTimeOffset from, DateTimeOffset to) in _spans)
        {
            if (kept.Count > 0 && from - kept[^1].To <= median)
            {
                kept[^1] = (kept[^1].From, to);
            }
            else
            {
                kept.Add((from, to));
            }
        }

        _spans = kept;
    }
}
