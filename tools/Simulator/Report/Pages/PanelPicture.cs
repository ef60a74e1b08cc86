using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Simulator.Light;

namespace Appliance.Simulator.Report.Pages;

/// <summary>The front panel of the box: what its light showed, for how long, and what a technician does then.</summary>
internal static class PanelPicture
{
    /// <summary>Changes shown: a light that changes all day says the same few things.</summary>
    private const int Most = 40;

    /// <summary>Makes the rows; null where no light was watched.</summary>
    /// <param name="light">The light of a run.</param>
    public static Panel? Of(LightTimeline? light)
    {
        if (light is null || light.Changes.Count == 0)
        {
            return null;
        }

        List<LightChange> changes = [.. light.Changes];
        IEnumerable<TimeSpan> ends = changes.Skip(1).Select(c => c.At).Append(light.End);
        return new Panel([.. changes.Zip(ends, RowOf).Take(Most)],
            changes.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"{changes.Count - Most} more changes.") : "");
    }

    private static PanelRow RowOf(LightChange change, TimeSpan end)
    {
        LightMeaning meaning = LightPage.Of(change.Code);
        string colour = change.Colour switch
        {
            Colour.Red => "red",
            Colour.Green => "green",
            Colour.Yellow => "yellow",
            Colour.Blue => "blue",
            _ => "white",
        };
        return new PanelRow(LightText.Clock(change.At), LightText.Clock(end - change.At), colour, LightText.Picture(change.Rhythm), meaning.Look,
            meaning.Says, meaning.Action);
    }
}
