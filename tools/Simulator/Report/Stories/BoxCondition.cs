using System;

namespace Appliance.Simulator.Report.Stories;

/// <summary>A time in which a box was not well, or did not see.</summary>
/// <param name="Part">Which part of it.</param>
/// <param name="State">In which state.</param>
/// <param name="From">Since when; null without a clock.</param>
/// <param name="Line">The line that said so.</param>
internal sealed record BoxCondition(string Part, string State, DateTimeOffset? From, StoryLine Line)
{
    /// <summary>Which detectors were blind meanwhile, with a blank between them; empty for another fault.</summary>
    public string Which { get; set; } = "";

    /// <summary>Until when; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>It is over.</summary>
    public bool IsOver { get; set; }
}
