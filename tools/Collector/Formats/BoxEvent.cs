using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>What a box says of itself or of its table, for forms that know events alone.</summary>
/// <param name="Id">The part and its state, or "table" and the verdict: the same for all events of a sort.</param>
/// <param name="Action">The state, or the verdict.</param>
/// <param name="Severity">0 to 10, as CEF and LEEF count.</param>
internal sealed record BoxEvent(string Id, string Action, int Severity)
{
    private const int Gravest = 10;
    private const int Blind = 8;
    private const int Wrong = 6;
    private const int Well = 3;
    private const int Told = 1;

    /// <summary>Of a health or table message; null of any other, heartbeats and inventories among them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="faults">What may be wrong.</param>
    public static BoxEvent? Of(AlertLine line, IReadOnlyList<AlertFault> faults)
    {
        if (line.IsIncident || line.Kind is not ("health" or "table"))
        {
            return null;
        }

        (string part, string state) = line.Kind == "table" ? ("table", line["verdict"]) : (line["part"], line["state"]);
        int severity = (line.Priority & 7) switch { <= 3 => Gravest, 4 => Wrong, 5 => Well, _ => Told };
        if (faults.Any(f => f.Part == part && f.State == state))
        {
            severity = part is "mirror" or "detector" ? Blind : Wrong;
        }
        else if (severity == Wrong && faults.Any(f => f.Part == part && f.Ends == state))
        {
            // That a link is back, or the collector is reached again, is told as loudly as that it was lost.
            severity = Well;
        }

        return new BoxEvent($"{part}-{state}", state, severity);
    }
}
