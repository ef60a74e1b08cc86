using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.DryRun;

/// <summary>What of two runs over the same captures differs.</summary>
/// <param name="Gained">Incidents that only the new table tells.</param>
/// <param name="Lost">Incidents that only the old table told.</param>
/// <param name="Changed">Incidents of the same actor, target and service that are told otherwise.</param>
/// <param name="Same">How many are told alike.</param>
internal sealed record Comparison(
    IReadOnlyList<Incident> Gained, IReadOnlyList<Incident> Lost, IReadOnlyList<(Incident Old, Incident New)> Changed, int Same)
{
    /// <summary>Compares.</summary>
    public static Comparison Of(IReadOnlyList<Incident> old, IReadOnlyList<Incident> fresh)
    {
        // First what is told alike, so that of several incidents between the same hosts the right ones are paired.
        var oldLeft = old.ToList();
        var freshLeft = fresh.ToList();
        int same = Pair(oldLeft, freshLeft, Told).Count;
        List<(Incident, Incident)> changed = Pair(oldLeft, freshLeft, i => $"{i.Newest["src"]} {i.Newest["dst"]} {i.Service}");
        changed.AddRange(Pair(oldLeft, freshLeft, i => $"{i.Newest["src"]} {i.Service}"));
        return new Comparison(freshLeft, oldLeft, changed, same);
    }

    /// <summary>How an incident is told: what it is, how severe, by which signature.</summary>
    public static string Told(Incident i)
    {
        return $"{i.Kind}, {i.SeverityWord}: {i.Actor} -> {i.Target}, {i.Service}, {i.Extent}"
            + (i.Sid == 0 ? "" : $", sid {i.Sid} '{i.Newest["name"]}'") + (i.Newest["expected"].Length > 0 ? ", expected" : "");
    }

    private static List<(Incident Old, Incident New)> Pair(List<Incident> old, List<Incident> fresh, Func<Incident, string> key)
    {
        ILookup<string, Incident> byKey = fresh.ToLookup(key);
        var used = new HashSet<Incident>();
        var pairs = new List<(Incident, Incident)>();
        foreach (Incident incident in old)
        {
            if (byKey[key(incident)].FirstOrDefault(f => !used.Contains(f)) is { } partner)
            {
                used.Add(partner);
                pairs.Add((incident, partner));
            }
        }

        old.RemoveAll(o => pairs.Any(p => p.Item1 == o));
        fresh.RemoveAll(used.Contains);
        return pairs;
    }
}
