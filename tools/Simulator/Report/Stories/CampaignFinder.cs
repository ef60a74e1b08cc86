using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Ties the incidents of one actor, within a box and over boxes. What only one machine has (a public address, a MAC address, the
/// box's own word that two incidents are of one actor) ties by itself; what many may have in common (a network, a service, a
/// tool, the hosts asked, an order, a hop count) ties when enough of it agrees.
/// </summary>
internal sealed class CampaignFinder
{
    /// <summary>What it takes: below it two actors that do the same fashionable thing on one day would be one.</summary>
    private const int Enough = 10;

    /// <summary>Neighbours in time that a story is compared with in each bucket: a month of a busy service stays quick.</summary>
    private const int Neighbours = 8;

    /// <summary>Actors that share a prefix change owner: an ISP lends an address for days.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromDays(2);

    private readonly bool _isOneNetwork;
    private readonly Dictionary<Story, Story> _parents = [];
    private readonly Dictionary<(Story, Story), string> _ties = [];

    private CampaignFinder(bool isOneNetwork)
    {
        _isOneNetwork = isOneNetwork;
    }

    /// <summary>Finds the campaigns.</summary>
    /// <param name="stories">All incidents; those that are folded or expected are no part of any.</param>
    /// <param name="isOneNetwork">The sites share their addresses: a private address is one machine at all of them.</param>
    /// <returns>Campaigns of at least two incidents, the gravest first.</returns>
    public static List<Campaign> Find(IEnumerable<Story> stories, bool isOneNetwork)
    {
        var finder = new CampaignFinder(isOneNetwork);
        List<Story> all = [.. stories.Where(s => !s.IsFolded && !s.IsExpected)
            .OrderBy(s => s.First ?? DateTimeOffset.MaxValue).ThenBy(s => s.Name, StringComparer.Ordinal)];
        finder.TieAll(all);
        var sets = all.GroupBy(finder.RootOf).Where(g => g.Count() > 1).Select(g => g.ToList())
            .OrderByDescending(g => g.Select(s => s.Box).Distinct().Count()).ThenByDescending(g => g.Max(s => s.Severity))
                .ToList();
        return [.. sets.Select((set, i) => new Campaign(i + 1, set, finder.TiesOf(set)))];
    }

    private void TieAll(List<Story> all)
    {
        foreach (Story story in all)
        {
            _parents[story] = story;
        }

        var buckets = new Dictionary<string, List<Story>>();
        foreach (Story story in all)
        {
            foreach (string key in KeysOf(story).Distinct())
            {
                if (!buckets.TryGetValue(key, out List<Story>? bucket))
                {
                    bucket = [];
                    buckets[key] = bucket;
                }

                foreach (Story other in bucket.AsEnumerable().Reverse().Take(Neighbours))
                {
                    Compare(story, other);
                }

                bucket.Add(story);
            }
        }
    }

    /// <summary>What a story may share with others of its actor.</summary>
    private static IEnumerable<string> KeysOf(Story story)
    {
        foreach (string source in story.Sources.Where(s => !Network.NamesNobody(s)))
        {
            yield return "address " + source;
            if (!Network.IsPrivate(source) && Network.PrefixOf(source) is { Length: > 0 } prefix)
            {
                yield return "network " + prefix;
            }
        }

        if (Network.PrefixOf(story.Facts["src"]) is { Length: > 0 } whole && !Network.IsPrivate(whole.Split('/')[0]))
        {
            yield return "network " + whole;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"own {story.Box.Host}/{story.Boot}/{story.Id}");
        foreach (string name in new[] { "related", "list" })
        {
            if (story.Facts.Number(name) > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"own {story.Box.Host}/{story.Boot}/{story.Facts.Number(name)}");
            }
        }

        if (story.Facts["tool"].Length > 0)
        {
            yield return $"tool {story.Facts["tool"]} {ServiceOf(story)}";
        }

        if (HostParts(story) is { Length: > 0 } parts)
        {
            yield return $"hosts {parts} {ServiceOf(story)}";
        }
    }

    private void Compare(Story one, Story other)
    {
        if (RootOf(one) == RootOf(other))
        {
            return;
        }

        var ties = new List<string>();
        int weight = Certain(one, other, ties);
        if (weight < Enough && (one.Box == other.Box || (CanTravel(one) && CanTravel(other))))
        {
            weight += Likely(one, other, ties);
        }

        if (weight >= Enough)
        {
            _parents[RootOf(one)] = RootOf(other);
            _ties[(one, other)] = string.Join(", ", ties);
        }
    }

    // Whoever is inside one site is inside no other: thirty monitors that do the same thing are of one make, and no actor.
    private bool CanTravel(Story story) => _isOneNetwork || (story.Sources.Count > 0 ? story.Sources : [story.Facts["src"].Split('/')[0]])
        .Any(s => !Network.IsPrivate(s));

    private int Certain(Story one, Story other, List<string> ties)
    {
        bool isOneBox = one.Box == other.Box && one.Boot == other.Boot;
        foreach (string word in new[] { "related", "list" })
        {
            if (isOneBox && (one.Facts.Number(word) == other.Id || other.Facts.Number(word) == one.Id))
            {
                ties.Add(word == "related" ? "the box says: one actor" : "the box says: the same list of targets");
                return Enough;
            }
        }

        foreach (string source in one.Sources.Intersect(other.Sources).Where(s => !Network.NamesNobody(s)))
        {
            // A private address is one machine behind one box only: hospitals number their networks alike, and tags of sites may
            // be alike too.
            if (_isOneNetwork || !Network.IsPrivate(source) || one.Box == other.Box)
            {
                ties.Add(Network.IsMac(source) ? "one MAC address" : "one address");
                return Enough;
            }
        }

        return 0;
    }

    private static int Likely(Story one, Story other, List<string> ties)
    {
        int weight = 0;
        void Add(bool agrees, int points, string what)
        {
            if (agrees)
            {
                weight += points;
                ties.Add(what);
            }
        }

        Add(one.Sources.Intersect(other.Sources).Any(s => !Network.NamesNobody(s)), 3, "the same private address");
        Add(PrefixesOf(one).Intersect(PrefixesOf(other)).Any(), 5, "one network");
        Add(ServiceOf(one) == ServiceOf(other), 2, "the same service");
        Add(one.Facts["tool"].Length > 0 && one.Facts["tool"] == other.Facts["tool"], 3, "the same tool");
        Add(HostParts(one) is { Length: > 0 } parts && parts == HostParts(other), 3, "the same hosts of each network");
        Add(one.Facts["stride"].Length > 0 && one.Facts["stride"] == other.Facts["stride"], 1, "the same order");
        Add(one.Facts["sport"].Length > 0 && one.Facts["sport"] == other.Facts["sport"], 2, "one source port");
        Add(one.Facts["flags"].Length > 0 && one.Facts["flags"] != "S" && one.Facts["flags"] == other.Facts["flags"], 2,
            "the same unusual flags");
        Add(one.Facts["ttl"].Length > 0 && Math.Abs(Ttl(one) - Ttl(other)) <= 1, 1, "the same hop count");
        Add(one.First is { } a && other.First is { } b && (a - b).Duration() <= Near, 2, "close in time");
        return weight;
    }

    private List<string> TiesOf(List<Story> set)
    {
        var members = set.ToHashSet();
        return [.. _ties.Where(t => members.Contains(t.Key.Item1) && members.Contains(t.Key.Item2)).Select(t => t.Value)
            .GroupBy(t => t).OrderByDescending(g => g.Count()).Select(g => g.Key)];
    }

    private Story RootOf(Story story)
    {
        while (_parents[story] != story)
        {
            _parents[story] = _parents[_parents[story]];
            story = _parents[story];
        }

        return story;
    }

    private static IEnumerable<string> PrefixesOf(Story story) => story.Sources.Append(story.Facts["src"])
        .Where(s => !Network.IsPrivate(s.Split('/')[0])).Select(Network.PrefixOf).Where(p => p.Length > 0);

    private static string ServiceOf(Story story) => $"{story.Facts["proto"]} "
        + $"{(story.Facts["dport"] is "" or "0" ? story.Facts["dports"] : story.Facts["dport"])}";

    /// <summary>
    /// The last octets of the hosts that were asked, where they are few and named: who asks for .53 and .104 everywhere has a
    /// list.
    /// </summary>
    private static string HostParts(Story story) => story.Hosts.Count is 0 or > 8
        || story.Hosts.Count < story.Facts.Number("dsts") ? ""
        : string.Join(',', story.Hosts.Select(Network.HostPart).Where(p => p >= 0).Order());

    private static int Ttl(Story story) => int.TryParse(story.Facts["ttl"].Split('-')[0], NumberStyles.None,
        CultureInfo.InvariantCulture, out int ttl) ? ttl : -9;
}
