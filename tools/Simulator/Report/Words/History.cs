using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>What did this actor, this target, this service do before, on any box.</summary>
internal sealed class History
{
    /// <summary>Others named in one sentence; more are counted.</summary>
    private const int MostNamed = 5;

    private readonly bool _isOneNetwork;
    private readonly Dictionary<string, List<Story>> _byActor = [];
    private readonly Dictionary<string, List<Story>> _byTarget = [];
    private readonly Dictionary<string, List<Story>> _byService = [];

    /// <summary>Makes a writer.</summary>
    /// <param name="book">All that the lines tell.</param>
    public History(StoryBook book)
    {
        _isOneNetwork = book.IsOneNetwork;
        foreach (Story story in book.Stories.Where(s => !s.IsFolded))
        {
            foreach (string actor in ActorsOf(story))
            {
                Add(_byActor, actor, story);
            }

            foreach (string host in story.Hosts)
            {
                Add(_byTarget, At(story, host), story);
            }

            Add(_byService, Phrase.ShortService(story.Facts), story);
        }
    }

    /// <summary>Writes the passage.</summary>
    public Passage Of(Story story)
    {
        var passage = new Passage("History", story);
        passage.Say(story.First is null ? "The box had no clock: when it was is not known."
            : $"First seen {Phrase.Time(story.First)}, last {Phrase.Time(story.Last)} UTC; told in "
                + $"{Phrase.Count(story.Told, "line")}{StateOf(story)}.", "first", "state", "dur", "into");
        bool isKnown = false;
        if (story.Campaign is { } campaign)
        {
            isKnown = true;
            string over = campaign.Boxes.Count > 1 ? $" on {Phrase.Count(campaign.Boxes.Count, "box", "boxes")}" : "";
            string text = $"Part of campaign {campaign.Number}: {Phrase.Count(campaign.Stories.Count, "incident")} of one "
                + $"actor{over}, {Phrase.Minute(campaign.First)} to {Phrase.Minute(campaign.Last)}"
                + $" ({Phrase.List([.. campaign.Ties], 3)}).";
            passage.SayByStory(text, campaign.Stories.First(s => s != story), "src");
        }

        isKnown |= SayOthers(passage, story, Others(_byActor, ActorsOf(story), story), "This actor");
        SayOthers(passage, story, Others(_byTarget, story.Hosts.Select(h => At(story, h)), story), story.Hosts.Count == 1
            ? "This target" : "One of these targets");
        Service(passage, story);
        if (story.Facts.Number("related") > 0 && !isKnown)
        {
            passage.Say(string.Create(CultureInfo.InvariantCulture, $"The box says that incident {story.Facts.Number("related")} "
                + $"was by the same actor; its lines are not here."), "related");
        }
        else if (!isKnown)
        {
            passage.Say(story.Kind == "inverse-map" && story.Facts.Number("srcs") > 1
                ? $"{story.Facts["srcs"]} sources of {story.Facts["src"]}, one network; nothing else of it is in these lines."
                : "Nothing else by this actor is in these lines. Who owns the address is to be looked up elsewhere (whois): the "
                    + "tap asks nobody.", "src", "srcs");
        }

        return passage;
    }

    private void Service(Passage passage, Story story)
    {
        List<Story> same = [.. _byService.GetValueOrDefault(Phrase.ShortService(story.Facts), []).Where(s => s != story
            && s.First < story.First)];
        if (same.Count > 0)
        {
            Story last = same.MaxBy(s => s.First)!;
            passage.SayByStory($"{Phrase.ShortService(story.Facts)} was asked for before in "
                + $"{Phrase.Count(same.Count, "incident")} on "
                + $"{Phrase.Count(same.Select(s => s.Box).Distinct().Count(), "box", "boxes")}, last {Phrase.Minute(last.First)} "
                    + $"by {Phrase.Actor(last)}.", last, "dport", "dports");
        }
    }

    private static bool SayOthers(Passage passage, Story story, List<Story> others, string who)
    {
        foreach (Story other in others.Take(MostNamed))
        {
            string where = other.Box == story.Box ? "here" : $"at "
                + $"{other.Box.Host}{(other.Box.Site.Length > 0 ? " (" + other.Box.Site + ")" : "")}";
            passage.SayByStory($"{who} "
                + $"{(who == "This actor" ? $"was also seen {where}" : $"was asked {where} by {Phrase.Actor(other)}")}, "
                    + $"{Phrase.Minute(other.First)}: "
                + $"{other.Kind} of {Phrase.Count(Math.Max(1, other.Facts.Number("dsts")), "host")}, "
                    + $"{Phrase.ShortService(other.Facts)}.", other, "src");
        }

        if (others.Count > MostNamed)
        {
            passage.Say($"{Phrase.Count(others.Count - MostNamed, "more incident")} of {(who == "This actor" ? "its" : "them")} "
                + "are in these lines.", "src");
        }

        return others.Count > 0;
    }

    private static List<Story> Others(Dictionary<string, List<Story>> by, IEnumerable<string> keys, Story story)
    {
        return [.. keys.SelectMany(k => by.GetValueOrDefault(k, [])).Distinct().Where(s => s != story).OrderBy(s => s.First
            ?? DateTimeOffset.MaxValue)];
    }

    /// <summary>A private address is another machine behind another box, unless the sites share their addresses.</summary>
    private IEnumerable<string> ActorsOf(Story story)
    {
        IEnumerable<string> sources = story.Sources.Count > 0 ? story.Sources : story.Facts["src"] is "" or "various" ? []
            : [story.Facts["src"]];
        return sources.Where(s => !Network.NamesNobody(s)).Select(s => At(story, s));
    }

    private string At(Story story, string address) => Network.IsPrivate(address) && !_isOneNetwork ? story.Box.Host + " " + address
        : address;

    private static string StateOf(Story story) => story.State switch
    {
        "closed" => ", and closed",
        "folded" when story.IsTargetLost => $", and went into incident {story.Facts["into"]}, whose lines are not here",
        "folded" => ", and told in another incident since",
        _ => ", and not closed yet",
    };

    private static void Add(Dictionary<string, List<Story>> by, string key, Story story)
    {
        if (!by.TryGetValue(key, out List<Story>? stories))
        {
            stories = [];
            by[key] = stories;
        }

        stories.Add(story);
    }
}
