using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.SignatureTool;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>Puts together what a report shows, for whichever template.</summary>
internal sealed class PageBuilder
{
    /// <summary>Incidents with all headings, and rows of the table: a person reads neither more.</summary>
    private const int MostIncidents = 150;
    private const int MostRows = 1500;

    /// <summary>Lines of "today": what does not fit on a first page is read by nobody today.</summary>
    private const int MostToday = 10;
    private const int MostChanges = 20;

    /// <summary>Rows of boxes: more than a chain of hospitals has, and few enough for a page.</summary>
    private const int MostBoxes = 300;

    private static readonly string[] GravestFirst = ["transmitted", "blind", "unheard", "unknown", "watching"];

    /// <summary>From this severity on somebody has to look today.</summary>
    private const int TodaySeverity = 3;

    private readonly StoryBook _book;
    private readonly WordSources _sources;
    private readonly Practical _practical;
    private readonly Recommendation _recommendation;
    private readonly Dictionary<BoxLog, int> _incidents;
    private readonly List<Story> _told;
    private readonly List<Campaign> _campaigns;

    /// <summary>Makes a builder.</summary>
    /// <param name="book">All that the lines tell, finished.</param>
    /// <param name="sources">Words of the rules, and the site profile.</param>
    public PageBuilder(StoryBook book, WordSources sources)
    {
        _book = book;
        _sources = sources;
        _campaigns = CampaignFinder.Find(book.Stories, book.IsOneNetwork);
        _practical = new Practical(book, sources);
        _recommendation = new Recommendation(sources);
        _told = [.. book.Stories.Where(s => !s.IsFolded).OrderByDescending(s => s.Severity)
            .ThenBy(s => s.First ?? DateTimeOffset.MaxValue)
            .ThenBy(s => s.Name, StringComparer.Ordinal)];
        _incidents = _told.GroupBy(s => s.Box).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>The campaigns, the widest first.</summary>
    public IReadOnlyList<Campaign> Campaigns => _campaigns;

    /// <summary>Builds the model.</summary>
    /// <param name="about">Sources, tables and what else is to be said of the input.</param>
    /// <param name="notes">What a reader has to know of the input.</param>
    /// <param name="since">Since when changes are told; null for not at all.</param>
    public PageModel Build(IReadOnlyList<Pair> about, IReadOnlyList<string> notes, DateTimeOffset? since)
    {
        List<Story> whole = [.. _told.Take(MostIncidents)];
        List<TodayItem> today = Today(out int all);
        return new PageModel
        {
            Style = TemplateFile.Read("page.css"),
            Lead = Lead(),
            Gravest = _told.Count == 0 ? null : RowOf(_told[0]),
            About = about,
            Newest = _book.Newest?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture) ?? "",
            Notes = [.. notes, .. _sources.EndsOfEntries(DateOnly.FromDateTime(DateTime.UtcNow))],
            Today = [.. today.Take(MostToday)],
            TodayMore = all > MostToday ? string.Create(CultureInfo.InvariantCulture, $"{all - MostToday:N0} more below.") : "",
            Since = since is null ? "" : Phrase.Minute(since) + " UTC",
            Changes = since is { } time ? Changes(time) : [],
            Boxes = [.. ShownBoxes().Select(BoxOf)],
            BoxesMore = BoxesMore(),
            BoxesSaid = BoxesSaid(),
            Campaigns = [.. _campaigns.Where(c => c.Boxes.Count > 1 || c.Stories.Count > 2).Select(CampaignOf)],
            Timeline = TimelinePicture.Of(_told, _book.Boxes.Count > 1),
            Maps = MapPicture.Of(whole),
            Hosts = HostTable.Rows(_book.Boxes),
            HostMaps = HostTable.Maps(_book.Boxes),
            Legacy = HostTable.Legacy(_book.Boxes),
            Rows = [.. _told.Take(MostRows).Select((s, i) => RowOf(s) with { IsWhole = i < MostIncidents })],
            RowsMore = More(),
            Incidents = [.. whole.Select(IncidentOf)],
            Rules = [.. whole.Select(s => _sources.RuleOf(s)).OfType<CatalogueEntry>().DistinctBy(r => r.Sid).OrderBy(r => r.Sid)
                .Select(RuleOf)],
        };
    }

    private string Lead()
    {
        long all = _told.Count + _book.Tally.All;
        string boxes = _book.Boxes.Count > 1 ? $" on {Phrase.Count(_book.Boxes.Count, "box", "boxes")}" : "";
        return all == 0 ? "No incidents" + boxes : Phrase.Count(all, "incident") + boxes;
    }

    private string More()
    {
        long hidden = Math.Max(0, _told.Count - MostRows);
        string tally = _book.Tally.All == 0 ? "" : $"{Phrase.Count(_book.Tally.All, "incident")} of low severity or old are "
            + "counted only: "
            + Phrase.List([.. _book.Tally.Counts.GroupBy(c => (c.Key.Kind, c.Key.Severity))
                .OrderByDescending(g => g.Sum(c => c.Value.Count))
                .Select(g => $"{g.Sum(c => c.Value.Count)} {g.Key.Kind} ({Phrase.Severity(g.Key.Severity)})")], 12) + ".";
        return hidden == 0 ? tally
            : $"{Phrase.Count(hidden, "more incident")} of the lowest severity are not listed. {tally}".Trim();
    }

    private static int SeverityOf(string state) => state is "transmitted" ? 5 : state is "blind" or "unheard" ? 4 : 3;

    private TodayItem ItemOf(BoxLog box, int severity) => new("b-" + box.Host, severity, Phrase.Severity(severity),
        $"{box.Host}{(box.Site.Length > 0 ? " (" + box.Site + ")" : "")}: " + BoxWords.Today(box, _book.NewestHeartbeat),
        BoxWords.StateOf(box, _book.NewestHeartbeat) switch
        {
            "transmitted" => "Unplug the mirror port and call whoever built the image.",
            "unheard" => "See whether it has power and reaches the collector.",
            "blind" => "Look at the switch's mirror and the cable, or for what floods the network; hardware/boards/LIGHT.md has the light's codes.",
            _ => "Flash a new table.",
        });

    // The items that the list has room for, and some more; count is how many there are in all.
    private List<TodayItem> Today(out int count)
    {
        var items = new List<TodayItem>();
        foreach (Campaign campaign in _campaigns.Where(c => c.Boxes.Count > 1))
        {
            items.Add(new TodayItem(string.Create(CultureInfo.InvariantCulture, $"c-{campaign.Number}"), campaign.Severity,
                Phrase.Severity(campaign.Severity),
                CampaignSaid(campaign), _recommendation.Short(campaign.Stories.MaxBy(s => s.Severity)!)));
        }

        var wide = _campaigns.Where(c => c.Boxes.Count > 1).SelectMany(c => c.Stories).ToHashSet();
        foreach (Story story in _told.Where(s => s.Severity >= TodaySeverity && !s.IsExpected && !wide.Contains(s)))
        {
            string where = _book.Boxes.Count > 1 ? $" "
                + $"({story.Box.Host}{(story.Box.Site.Length > 0 ? ", " + story.Box.Site : "")})" : "";
            items.Add(new TodayItem(story.Anchor, story.Severity, Phrase.Severity(story.Severity), Saying(story) + where + ".",
                _recommendation.Short(story)));
        }

        // Of very many boxes only those get their words that the list has room for.
        var boxes = _book.Boxes.Where(b => b.Transmitted > 0 || BoxWords.IsBlindNow(b, _book.NewestHeartbeat) || BoxWords.IsTableOld(b))
            .Select(b => (Box: b, Severity: SeverityOf(BoxWords.StateOf(b, _book.NewestHeartbeat)))).OrderByDescending(b =>
                b.Severity).ToList();
        items.AddRange(boxes.Take(MostToday).Select(b => ItemOf(b.Box, b.Severity)));
        count = items.Count + Math.Max(0, boxes.Count - MostToday);
        return [.. items.OrderByDescending(i => i.Severity)];
    }

    /// <summary>Each grave incident and each box by itself, the others by number: the first page is for a manager.</summary>
    private List<ChangeItem> Changes(DateTimeOffset since)
    {
        List<Story> fresh = [.. _told.Where(s => s.Opened > since)];
        List<Story> going = [.. _told.Where(s => !(s.Opened > since) && (s.Last > since || s.Growth.Any(g => g.Time > since)))];
        var changes = new List<ChangeItem>();
        foreach (Story story in fresh.Concat(going).Where(s => s.Severity >= TodaySeverity).Take(MostChanges))
        {
            string word = story.Opened > since ? "New" : story.FirstSeverity < story.Severity ? "Goes on, graver than before"
                : "Goes on";
            changes.Add(new ChangeItem(story.Anchor, $"{word}: {story.Kind} {story.Name} ({Phrase.Severity(story.Severity)}), "
                + $"{Phrase.Actor(story)} to {Phrase.Target(story)}."));
        }

        AddCounts(changes, "New", fresh);
        AddCounts(changes, "Go on", going);
        foreach (BoxLog box in ShownBoxes())
        {
            foreach (BoxCondition condition in box.Conditions.Where(c => c.From > since || (c.IsOver && c.To > since))
                .TakeLast(3))
            {
                string over = condition.IsOver ? ", over since " + Phrase.Minute(condition.To) : "";
                changes.Add(new ChangeItem("b-" + box.Host, $"{box.Host}: {condition.Part} {condition.State}{over}."));
            }

            if (box.First > since)
            {
                changes.Add(new ChangeItem("b-" + box.Host, $"{box.Host}: heard for the first time."));
            }
        }

        return changes;
    }

    private static void AddCounts(List<ChangeItem> changes, string word, List<Story> stories)
    {
        List<Story> rest = [.. stories.Where(s => s.Severity >= TodaySeverity).Skip(MostChanges),
            .. stories.Where(s => s.Severity < TodaySeverity)];
        if (rest.Count > 0)
        {
            string kinds = Phrase.List([.. rest.GroupBy(s => (s.Kind, s.Severity)).OrderByDescending(g => g.Count())
                .Select(g => $"{g.Count()} {g.Key.Kind} ({Phrase.Severity(g.Key.Severity)})")], 6);
            changes.Add(new ChangeItem("", $"{word}: {Phrase.Count(rest.Count, "incident")} besides: {kinds}."));
        }
    }

    private string BoxesSaid()
    {
        List<BoxLog> boxes = [.. _book.Boxes];
        List<BoxLog> blind = [.. boxes.Where(b => BoxWords.IsBlindNow(b, _book.NewestHeartbeat))];
        List<BoxLog> unknown = [.. boxes.Where(b => b.Heartbeats == 0)];
        if (boxes.Count == 0)
        {
            return "No box was heard.";
        }

        if (unknown.Count == boxes.Count)
        {
            return "There is no heartbeat here: whether anybody watched all the time is not known, and silence means nothing.";
        }

        string seeing = $"{boxes.Count - blind.Count - unknown.Count} of {Phrase.Count(boxes.Count, "box", "boxes")} watch";
        string not = blind.Count > 0 ? $"; blind or unheard now: {Phrase.List([.. blind.Select(b => b.Host)], 12)}" : "";
        return seeing + not + (unknown.Count > 0 ? $"; of {unknown.Count} there is no heartbeat, so that their silence means "
            + "nothing" : "") + ".";
    }

    /// <summary>All boxes; of very many those that need somebody first.</summary>
    private IEnumerable<BoxLog> ShownBoxes() => _book.Boxes.Count <= MostBoxes ? _book.Boxes
        : _book.Boxes.OrderBy(b => Array.IndexOf(GravestFirst, BoxWords.StateOf(b, _book.NewestHeartbeat))).Take(MostBoxes);

    private string BoxesMore()
    {
        List<BoxLog> hidden = [.. ShownBoxes().Count() == _book.Boxes.Count ? [] : _book.Boxes.Except(ShownBoxes())];
        return hidden.Count == 0 ? "" : $"{Phrase.Count(hidden.Count, "more box", "more boxes")} are not listed: "
            + Phrase.List([.. hidden.GroupBy(b => BoxWords.StateOf(b, _book.NewestHeartbeat)).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Count()} {g.Key}")]) + ".";
    }

    private BoxRow BoxOf(BoxLog box)
    {
        string age = box.TableAge >= 0 ? $", {Phrase.Duration(box.TableAge)} old" : "";
        string table = box.Table < 0 ? "not told" : box.Table == 0 ? "built-in"
            : string.Create(CultureInfo.InvariantCulture, $"{box.Table}{age}");
        string signatures = box.Signatures > 0 ? $" ({box.Signatures} signatures)" : "";
        string frames = box.Heartbeats == 0 ? "not told"
            : string.Create(CultureInfo.InvariantCulture, $"{box.Total("frames"):N0}, lost "
                + $"{box.Total("lost") + box.Total("missed"):N0}");
        return new BoxRow(box.Host, box.Site, BoxWords.StateOf(box, _book.NewestHeartbeat), table + signatures,
            $"{Phrase.Minute(box.First)} to {Phrase.Minute(box.Last)}", frames,
            _incidents.GetValueOrDefault(box).ToString(CultureInfo.InvariantCulture), BoxWords.Of(box, _book.NewestHeartbeat));
    }

    private static string CampaignSaid(Campaign campaign)
    {
        string sources = campaign.Sources.Count > 0 ? Phrase.List([.. campaign.Sources], 4) : "One actor";
        string kinds = Phrase.List([.. campaign.Stories.Select(s => s.Kind).Distinct()]);
        string services = Phrase.List([.. campaign.Stories.Select(s => Phrase.ShortService(s.Facts)).Distinct()], 4);
        return $"{sources} came to {Phrase.Count(campaign.Boxes.Count, "box", "boxes")} in "
            + $"{Phrase.Count(campaign.Stories.Count, "incident")} ({kinds}; {services}), "
            + $"{Phrase.Count(campaign.HostCount, "host")} in all, {Phrase.Minute(campaign.First)} to "
                + $"{Phrase.Minute(campaign.Last)}.";
    }

    private static CampaignRow CampaignOf(Campaign campaign)
    {
        const int Most = 40;
        List<string> path = [.. campaign.Boxes.Select(b => b.Site.Length > 0 ? b.Site : b.Host)];
        return new CampaignRow(campaign.Number, campaign.Severity, Phrase.Severity(campaign.Severity), CampaignSaid(campaign),
            Phrase.List([.. campaign.Ties]),
            campaign.Boxes.Count > 1 ? Phrase.List(path) : "", [.. campaign.Stories.Take(Most).Select(RowOf)],
            campaign.Stories.Count > Most ? $"{campaign.Stories.Count - Most} more incidents." : "");
    }

    /// <summary>An incident in a sentence without its end.</summary>
    private static string Saying(Story story)
    {
        string name = story.Facts["name"].Length > 0 ? story.Facts["name"] + ": " : "";
        return $"{name}{story.Kind} by {Phrase.Actor(story)} at {Phrase.Target(story)}";
    }

    private static IncidentRow RowOf(Story story) => new(story.Anchor, story.Name, story.Severity,
        Phrase.Severity(story.Severity), story.Kind, story.Facts["name"],
        Phrase.Actor(story), Phrase.Target(story), Phrase.ShortService(story.Facts), Phrase.Time(story.First),
            Phrase.Time(story.Last),
        story.IsExpected ? "expected" : story.State);

    private IncidentModel IncidentOf(Story story)
    {
        List<Pair> facts =
        [
            new("box", story.Box.Host + (story.Box.Site.Length > 0 ? $" ({story.Box.Site})" : "")
                + (story.Boot >= 0 ? string.Create(CultureInfo.InvariantCulture, $", start {story.Boot}") : "")),
            new("table", story.Box.Table < 0 ? "" : story.Box.Table == 0 ? "built-in"
                : story.Box.Table.ToString(CultureInfo.InvariantCulture)),
            new("rule", _sources.RuleOf(story) is { } rule
                ? string.Create(CultureInfo.InvariantCulture, $"{rule.Gid}:{rule.Sid}:{rule.Rev} {rule.Msg}") : ""),
        ];
        string title = story.Facts["name"].Length > 0 ? $"{story.Kind}: {story.Facts["name"]}" : story.Kind;
        List<LineRow> lines = [.. story.Lines.Select((l, i) => new LineRow(Passage.AnchorOf(story, i), l.Place, l.Text))];
        string said = story.Told == lines.Count ? Phrase.Count(lines.Count, "line") : $"{lines.Count} of {story.Told} lines";
        return new IncidentModel(RowOf(story), title, _practical.Of(story), [.. facts.Where(f => f.Value.Length > 0)],
            story.Evidence?.Frames ?? [], OrderPicture.Of(story), lines, said);
    }

    private static RuleRow RuleOf(CatalogueEntry rule) => new(string.Create(CultureInfo.InvariantCulture, $"r-{rule.Sid}"),
        string.Create(CultureInfo.InvariantCulture, $"{rule.Gid}:{rule.Sid}:{rule.Rev} {rule.Msg}"),
        $"{rule.ClassType}, priority {rule.Priority}. {rule.Intent} {rule.Advice}", string.Join("; ", rule.References));
}
