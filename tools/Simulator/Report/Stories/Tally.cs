using System;
using System.Collections.Generic;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Incidents that are told by number only, since a report has no room for them all: of one box, kind, actor and service.
/// </summary>
/// <param name="Box">The box.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Actor">src; empty where that is one of too many.</param>
/// <param name="Severity">1 to 5.</param>
internal sealed record TallyKey(string Box, string Kind, string Actor, int Severity);

/// <summary>How many there were, and when.</summary>
internal sealed class Tally
{
    /// <summary>Actors that are told apart; a flood with forged sources has more.</summary>
    private const int MostKeys = 20000;

    private readonly HashSet<TallyKey> _known = [];
    private readonly Dictionary<TallyKey, (long Count, DateTimeOffset? First, DateTimeOffset? Last)> _counts = [];

    /// <summary>Incidents told by number only.</summary>
    public long All { get; private set; }

    /// <summary>The counts.</summary>
    public IReadOnlyDictionary<TallyKey, (long Count, DateTimeOffset? First, DateTimeOffset? Last)> Counts => _counts;

    /// <summary>Takes back an incident that is told whole after all.</summary>
    /// <param name="key">Under which it was counted.</param>
    public void Remove(TallyKey key)
    {
        All--;
        (long count, DateTimeOffset? first, DateTimeOffset? last) = _counts[key];
        if (count > 1)
        {
            _counts[key] = (count - 1, first, last);
        }
        else
        {
            _counts.Remove(key);
        }
    }

    /// <summary>Counts an incident.</summary>
    /// <returns>Under which key, the same object for all of one.</returns>
    public TallyKey Add(Story story)
    {
        All++;
        var key = new TallyKey(story.Box.Host, story.Kind, story.Facts["src"], story.Severity);
        if (!_counts.ContainsKey(key) && _counts.Count >= MostKeys)
        {
            key = key with { Actor = "" };
        }

        (long count, DateTimeOffset? first, DateTimeOffset? last) = _counts.GetValueOrDefault(key);
        _counts[key] = (count + 1, first is null || story.First < first ? story.First : first, last is null || story.Last > last
            ? story.Last : last);
        return Known(key);
    }

    // One object a key, since a million incidents may refer to it.
    private TallyKey Known(TallyKey key)
    {
        if (_known.TryGetValue(key, out TallyKey? known))
        {
            return known;
        }

        _known.Add(key);
        return key;
    }
}
