using System.Collections.Generic;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>A name and its value.</summary>
internal sealed record Pair(string Name, string Value);

/// <summary>Something that somebody has to do today.</summary>
/// <param name="Anchor">Where the page says more.</param>
/// <param name="Severity">1 to 5.</param>
/// <param name="Word">The word for it.</param>
/// <param name="What">What happened, in a sentence.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record TodayItem(string Anchor, int Severity, string Word, string What, string Action);

/// <summary>What is otherwise than in the last report.</summary>
/// <param name="Anchor">Where the page says more; empty for nowhere.</param>
/// <param name="What">What, in a sentence.</param>
internal sealed record ChangeItem(string Anchor, string What);

/// <summary>A box in the table of boxes.</summary>
internal sealed record BoxRow(
    string Host, string Site, string State, string Table, string Heard, string Frames, string Incidents,
        IReadOnlyList<Sentence> Notes);

/// <summary>A campaign.</summary>
internal sealed record CampaignRow(
    int Number, int Severity, string Word, string Summary, string Ties, string Path, IReadOnlyList<IncidentRow> Incidents,
        string More);

/// <summary>An incident in a table.</summary>
internal sealed record IncidentRow(
    string Anchor, string Name, int Severity, string Word, string Kind, string What, string Who, string Whom, string Service,
        string First, string Last,
    string State)
{
    /// <summary>The page has all its headings too.</summary>
    public bool IsWhole { get; init; } = true;
}

/// <summary>A kept line under an incident.</summary>
internal sealed record LineRow(string Anchor, string Place, string Text);

/// <summary>An incident with its six headings.</summary>
internal sealed record IncidentModel(
    IncidentRow Row, string Title, IReadOnlyList<Passage> Passages, IReadOnlyList<Pair> Facts, IReadOnlyList<string> Frames,
        Chart? Order,
    IReadOnlyList<LineRow> Lines, string LinesSaid);

/// <summary>A rule that an incident names.</summary>
internal sealed record RuleRow(string Anchor, string Name, string Text, string References);

/// <summary>A bar of the timeline; positions in thousandths of the width.</summary>
internal sealed record BarRow(string Anchor, int Severity, string Label, string X, string Width, IReadOnlyList<string> Told,
    string Title);

/// <summary>The timeline.</summary>
internal sealed record Timeline(IReadOnlyList<BarRow> Bars, string From, string To, string More);

/// <summary>A cell of a map.</summary>
internal sealed record Cell(string X, string Y, string Class, string Title);

/// <summary>A /24 with what happened to its addresses.</summary>
internal sealed record MapModel(string Network, string Box, string Said, IReadOnlyList<Cell> Covered, IReadOnlyList<Cell> Cells);

/// <summary>A small chart: points in a box of 300 by 90.</summary>
internal sealed record Chart(string Said, string Line, IReadOnlyList<Cell> Points, string Left, string Right, string Top,
    string Bottom);

/// <summary>A time of the light.</summary>
internal sealed record PanelRow(string At, string For, string Colour, string Picture, string Look, string Says, string Action);

/// <summary>The front panel of a box over time.</summary>
internal sealed record Panel(IReadOnlyList<PanelRow> Rows, string More);

/// <summary>Everything that a template may show.</summary>
internal sealed record PageModel
{
    /// <summary>The style sheet.</summary>
    public required string Style { get; init; }

    /// <summary>The first sentence.</summary>
    public required string Lead { get; init; }

    /// <summary>The front panel; null where no light was watched.</summary>
    public Panel? Panel { get; init; }

    /// <summary>The word for the gravest severity, and its number.</summary>
    public required IncidentRow? Gravest { get; init; }

    /// <summary>Sources, times, tables, the date of making.</summary>
    public required IReadOnlyList<Pair> About { get; init; }

    /// <summary>The newest time of the lines, for the next report's --since.</summary>
    public required string Newest { get; init; }

    /// <summary>What a reader has to know of the input.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What needs somebody today.</summary>
    public required IReadOnlyList<TodayItem> Today { get; init; }

    /// <summary>What of it the list has no room for.</summary>
    public required string TodayMore { get; init; }

    /// <summary>Since when changes are told; empty for not at all.</summary>
    public required string Since { get; init; }

    /// <summary>What changed.</summary>
    public required IReadOnlyList<ChangeItem> Changes { get; init; }

    /// <summary>The boxes.</summary>
    public required IReadOnlyList<BoxRow> Boxes { get; init; }

    /// <summary>Boxes that the table has no room for; empty for none.</summary>
    public required string BoxesMore { get; init; }

    /// <summary>A sentence about all boxes.</summary>
    public required string BoxesSaid { get; init; }

    /// <summary>The campaigns.</summary>
    public required IReadOnlyList<CampaignRow> Campaigns { get; init; }

    /// <summary>The timeline; null where no time is known.</summary>
    public required Timeline? Timeline { get; init; }

    /// <summary>The maps.</summary>
    public required IReadOnlyList<MapModel> Maps { get; init; }

    /// <summary>All incidents in a table.</summary>
    public required IReadOnlyList<IncidentRow> Rows { get; init; }

    /// <summary>Incidents that no table shows.</summary>
    public required string RowsMore { get; init; }

    /// <summary>Incidents with all their headings.</summary>
    public required IReadOnlyList<IncidentModel> Incidents { get; init; }

    /// <summary>The rules that they name.</summary>
    public required IReadOnlyList<RuleRow> Rules { get; init; }
}
