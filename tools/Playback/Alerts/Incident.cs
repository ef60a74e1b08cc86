using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Appliance.Playback.Alerts;

/// <summary>An incident as far as its lines have told it, put into words.</summary>
public sealed class Incident
{
    private static readonly string[] Severities = ["?", "info", "low", "medium", "high", "critical"];

    private static readonly string[] Outcomes = ["answered", "refused", "silent", "dark"];

    private Incident(AlertLine line)
    {
        Newest = line;
    }

    /// <summary>The newest line.</summary>
    public AlertLine Newest { get; private set; }

    /// <summary>The capture in which it was first seen; null where nobody noted that.</summary>
    public string? FirstSeenIn { get; set; }

    /// <summary>Its number.</summary>
    public long Id => Newest.Number("id");

    /// <summary>What it is now; an incident may become another kind as it grows.</summary>
    public string Kind => Newest.Kind;

    /// <summary>1 to 5.</summary>
    public int Severity => (int)Math.Clamp(Newest.Number("severity"), 0, 5);

    /// <summary>The word for <see cref="Severity"/>.</summary>
    public string SeverityWord => Severities[Severity];

    /// <summary>The rule that says what it means; 0 when no rule does.</summary>
    public long Sid => Newest.Number("sid");

    /// <summary>It went into another one and is told there.</summary>
    public bool IsFolded => Newest["state"] == "folded";

    /// <summary>The newest frame's time.</summary>
    public string Time => TimeOf(Newest);

    /// <summary>Who did it.</summary>
    public string Actor => Many(Newest["src"], Newest.Number("srcs"), "sources");

    /// <summary>To whom.</summary>
    public string Target => Many(Newest["dst"], Newest.Number("dsts"), "hosts");

    /// <summary>By what protocol and to which port.</summary>
    public string Service
    {
        get
        {
            string ports = Newest["dports"] is { Length: > 0 } list ? list : Newest["dport"];
            return ports is "" or "0" ? Newest["proto"] : $"{Newest["proto"]}/{ports}";
        }
    }

    /// <summary>How much of it, over how long.</summary>
    public string Extent
    {
        get
        {
            long frames = Newest.Number("frames");
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{frames:N0} {(frames == 1 ? "frame" : "frames")}");
            if (Newest.Number("dur") is long seconds and > 0)
            {
                text.Append(" in ").Append(Duration(seconds));
            }

            return text.ToString();
        }
    }

    /// <summary>How many targets answered, refused, were silent, or have never spoken; empty when nothing is known.</summary>
    public string Answers => string.Join(", ", Outcomes.Where(o => Newest.Number(o) > 0).Select(o => $"{Newest[o]} {o}"));

    /// <summary>What ties it to other incidents, and what of it the tap did not see; empty for nothing.</summary>
    public string Ties
    {
        get
        {
            var ties = new List<string>();
            if (Newest.Number("unseen") > 0)
            {
                ties.Add($"{Newest["unseen"]} between them not seen");
            }

            if (Newest.Number("related") > 0)
            {
                ties.Add($"by the actor of #{Newest["related"]}");
            }

            if (Newest.Number("list") > 0)
            {
                ties.Add($"along the same list as #{Newest["list"]}");
            }

            return string.Join(", ", ties);
        }
    }

    /// <summary>
    /// Why a search for a service is not graver than it is: nothing answered, or nothing but refusals. Empty where something did,
    /// where it is grave all the same, and of hosts that were only asked whether they live.
    /// </summary>
    public string Grounds => (Kind is "sweep" or "scan" or "port-scan") && (Newest["proto"] is "tcp" or "udp" or "ip")
        && Severity is > 1 and < 4 && Newest.Number("answered") == 0
        ? $"{SeverityWord}, since {(Newest.Number("refused") > 0 ? "no service" : "nothing")} answered: an answer would raise it"
        : string.Empty;

    /// <summary>Follows an incident's lines.</summary>
    /// <param name="known">The incidents so far, by number.</param>
    /// <param name="line">The next line.</param>
    /// <param name="isNew">Whether this is its first.</param>
    public static Incident Follow(IDictionary<long, Incident> known, AlertLine line, out bool isNew)
    {
        long id = line.Number("id");
        isNew = !known.TryGetValue(id, out Incident? incident);
        if (incident is null)
        {
            incident = new Incident(line);
            known[id] = incident;
        }

        incident.Newest = line;
        return incident;
    }

    /// <summary>A line's time, to the second.</summary>
    public static string TimeOf(AlertLine line)
    {
        return line.Time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "no clock";
    }

    private static string Many(string address, long count, string what)
    {
        return count > 1 ? $"{address} ({count.ToString(CultureInfo.InvariantCulture)} {what})" : address;
    }

    private static string Duration(long seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(seconds);
        return span switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
            { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        };
    }
}
