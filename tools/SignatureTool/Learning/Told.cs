using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>An incident that a proposal looks at, by its newest line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Days">Days, since 1970, on which the same actor was told of at the same service.</param>
internal sealed record Told(AlertLine Line, int Days)
{
    /// <summary>The one source; null where there are several, or it is no IPv4 address.</summary>
    public uint? Source => Words.NumberOf(Line["src"]);

    /// <summary>The service; null where it is not one TCP or UDP port.</summary>
    public Service? Service => Line.Number("dport") is > 0 and <= 65535 and long port && Line["proto"] is "tcp" or "udp"
        ? new Service(Line["proto"] == "tcp" ? 6 : 17, (int)Line.Number("dport")) : null;

    /// <summary>What a person reads of it in a comment.</summary>
    public string Text
    {
        get
        {
            string when = Line.Time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm",
                System.Globalization.CultureInfo.InvariantCulture) ?? "no clock";
            string text = new([.. Line.Message.Where(c => c is >= ' ' and <= '~')]);
            return $"#{Line["id"]} {Line.Kind}, severity {Line["severity"]}, {when}: {text}";
        }
    }

    /// <summary>Gathers incidents from lines in any order of boxes: the newest line of each, and on how many days the like was
    /// told.</summary>
    public static List<Told> Of(IEnumerable<AlertLine> newest)
    {
        AlertLine[] lines = [.. newest.Where(l => l["state"] != "folded")];
        Dictionary<string, int> days = lines.GroupBy(Like).ToDictionary(g => g.Key, g => g.Where(l => l.Time is not null)
            .Select(l => l.Time!.Value.UtcDateTime.Date).Distinct().Count());
        return [.. lines.Select(l => new Told(l, days[Like(l)]))];
    }

    private static string Like(AlertLine line) => string.Join(' ', line.HostName, line.Kind, line["src"], line["proto"], line["dport"]);
}
