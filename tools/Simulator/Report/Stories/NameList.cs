using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>Names that lines of an incident give, in the order of the lines, whatever the order in which these are
/// read.</summary>
internal sealed class NameList
{
    /// <summary>Names kept: a reader looks through a list of so many at most.</summary>
    private const int Most = 256;

    private readonly List<(string Name, LineOrder Order, int Place)> _entries = [];
    private string[]? _names;

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => _names ??= [.. _entries.Select(e => e.Name)];

    /// <summary>The line that gave the first of them; null for none.</summary>
    public LineOrder? First => _entries.Count == 0 ? null : _entries[0].Order;

    /// <summary>Takes a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="order">The line that gives it.</param>
    /// <param name="place">Its place in the line.</param>
    public void Add(string name, LineOrder order, int place)
    {
        if (name.Length == 0)
        {
            return;
        }

        int known = _entries.FindIndex(e => e.Name == name);
        if (known >= 0 && !IsBefore(order, place, _entries[known]))
        {
            return;
        }

        if (known >= 0)
        {
            _entries.RemoveAt(known);
        }

        int at = _entries.Count;
        while (at > 0 && IsBefore(order, place, _entries[at - 1]))
        {
            at--;
        }

        _entries.Insert(at, (name, order, place));
        if (_entries.Count > Most)
        {
            _entries.RemoveAt(Most);
        }

        _names = null;
    }

    private static bool IsBefore(LineOrder order, int place, (string Name, LineOrder Order, int Place) entry)
    {
        int compared = order.CompareTo(entry.Order);
        return compared < 0 || (compared == 0 && place < entry.Place);
    }
}
