using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Follows the sequenceId of one start of a box, in whatever order its lines come: which came twice, how many never came, and
/// whether two boxes count under one name.
/// </summary>
internal sealed class SequenceWatch
{
    private readonly PagePool _pool;
    // Most starts of a flood have one page.
    private SequencePage? _page;
    private Dictionary<long, SequencePage>? _pages;
    private long _first;
    private long _last;
    private long _taken;

    /// <summary>Follows a start.</summary>
    /// <param name="pool">Lends pages.</param>
    public SequenceWatch(PagePool pool)
    {
        _pool = pool;
    }

    /// <summary>A line came whose number another line had.</summary>
    public bool HasConflict { get; private set; }

    /// <summary>Numbers between the first and the last that no line had.</summary>
    public long Missing => HasConflict || _taken == 0 ? 0 : Math.Max(0, _last - _first + 1 - _taken);

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isConflict">Another line had its number.</param>
    /// <returns>False when the very line came already.</returns>
    public bool Take(AlertLine line, out bool isConflict)
    {
        isConflict = false;
        long number = line.Sequence;
        if (number <= 0)
        {
            return true;
        }

        SequencePage page = PageOf(number / SequencePage.Size);
        int hash = HashOf(line);
        if (page[number] == hash)
        {
            return false;
        }

        if (page[number] != 0)
        {
            isConflict = HasConflict = true;
            return true;
        }

        page[number] = hash;
        // An incident's line has the time of its newest frame, which may be long ago.
        if (!line.IsIncident && line.Time is { } time)
        {
            page.Note(time.UtcTicks);
        }

        _first = _taken == 0 ? number : Math.Min(_first, number);
        _last = Math.Max(_last, number);
        _taken++;
        return true;
    }

    /// <summary>Whether lines with lower numbers are newer than lines with higher ones, which one box whose clock goes on can't
    /// write.</summary>
    /// <param name="patience">By how much a clock is set back without a word.</param>
    public bool AreTimesMixed(TimeSpan patience)
    {
        if (_pages is null)
        {
            return false;
        }

        long newest = long.MinValue;
        foreach (SequencePage page in _pages.Values.Where(p => p.Oldest <= p.Newest).OrderBy(p => p.Number))
        {
            if (newest > long.MinValue && newest - page.Oldest > patience.Ticks)
            {
                return true;
            }

            newest = Math.Max(newest, page.Newest);
        }

        return false;
    }

    /// <summary>A page is needed elsewhere.</summary>
    /// <param name="number">Which.</param>
    public void Forget(long number)
    {
        _pages?.Remove(number);
        _page = _page?.Number == number ? null : _page;
    }

    private SequencePage PageOf(long number)
    {
        if (_page?.Number == number)
        {
            return _page;
        }

        SequencePage? known = null;
        if (_pages?.TryGetValue(number, out known) != true)
        {
            known = _pool.Lend(this, number);
            if (_page is not null)
            {
                _pages ??= new Dictionary<long, SequencePage> { [_page.Number] = _page };
                _pages[number] = known;
            }
        }

        _page = known!;
        return _page;
    }

    // By what the line says, since relays put words before it and collectors write it in several forms; a line without a clock
    // has another time each time that a relay receives it.
    private static int HashOf(AlertLine line)
    {
        int hash = HashCode.Combine(line.Kind, line.IsUndated ? null : line.Time);
        foreach ((string name, string value) in line.Parameters)
        {
            hash += HashCode.Combine(name, value);
        }

        return hash == 0 ? 1 : hash;
    }
}
