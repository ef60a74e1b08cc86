using System;
using System.Net;

namespace Appliance.Playback.Alerts;

/// <summary>
/// By what an incident is known besides its number, which two boxes of one name both give: its only actor, its sort, its rule,
/// its beginning and its end.
/// </summary>
public sealed class IncidentIdentity
{
    /// <summary>Lines tell durations in whole seconds, and a box's clock may be set by less than a second unnoticed.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(3);

    private string _actor = "";
    private string _station = "";
    private string _prefix = "";
    private string _sort = "";
    private string _sid = "";
    private string _port = "";
    private (DateTimeOffset? Time, bool IsUndated, long Sequence)? _opening;
    private (DateTimeOffset? Time, bool IsUndated, long Sequence)? _end;

    /// <summary>The time of its oldest frame; null without a clock.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>Takes a line of the incident.</summary>
    /// <param name="line">The line.</param>
    public void Take(AlertLine line)
    {
        First = BeginningBy(line) is { } first && (First is null || first < First) ? first : First;
        string actor = OnlyActorOf(line);
        bool isStation = IsMac(actor);
        _station = _station.Length == 0 && isStation ? actor : _station;
        _actor = _actor.Length == 0 && !isStation ? actor : _actor;
        _prefix = line["src"].Contains('/') ? line["src"] : _prefix;
        _sort = _sort.Length == 0 || SortOf(line) != "walk" ? SortOf(line) : _sort;
        _sid = _sid.Length == 0 && line.Number("sid") > 0 ? line["sid"] : _sid;
        _port = _port.Length == 0 && line.Number("dport") > 0 ? line["dport"] : _port;
        _opening ??= line["state"] == "open" ? (line.Time, line.IsUndated, line.Sequence) : null;
        _end ??= IsEnd(line) ? (line.Time, line.IsUndated, line.Sequence) : null;
    }

    /// <summary>Whether a line with the incident's number can be of it: nothing that it says is against that.</summary>
    /// <param name="line">The line.</param>
    public bool Fits(AlertLine line)
    {
        string actor = OnlyActorOf(line);
        bool isStation = IsMac(actor);
        string known = isStation ? _station : _actor;
        if ((actor.Length > 0 && known.Length > 0 && actor != known) || !AreOfOneNetwork(line)
            || !AreOneSort(_sort, SortOf(line)) || IsOther(_opening, line["state"] == "open", line) || IsOther(_end, IsEnd(line), line))
        {
            return false;
        }

        // An incident loses its rule and its port as it grows, and gets no others; one actor from one moment on is one incident
        // anyway.
        return (DistanceTo(line) <= SameStart && actor.Length > 0 && actor == known)
            || (!Differ(_sid, line["sid"]) && !Differ(_port, line["dport"]));
    }

    /// <summary>How far the beginning that a line tells lies from this incident's.</summary>
    /// <param name="line">A line with the incident's number.</param>
    public TimeSpan DistanceTo(AlertLine line) => First is { } first && BeginningBy(line) is { } begun ? (begun - first).Duration()
        : TimeSpan.MaxValue;

    private static DateTimeOffset? BeginningBy(AlertLine line) => line.Time - TimeSpan.FromSeconds(line.Number("dur"));

    // An incident opens once and ends once; the very line may come twice where a relay cut one of the two.
    private static bool IsOther((DateTimeOffset? Time, bool IsUndated, long Sequence)? known, bool isSuch, AlertLine line) => isSuch && known is { } other
        && ((!line.IsUndated && !other.IsUndated && other.Time != line.Time) || (other.Sequence > 0 && line.Sequence > 0 && other.Sequence != line.Sequence));

    private static bool IsEnd(AlertLine line) => line["state"] is "closed" or "folded";

    // Empty where it has several, or is told as a network.
    private static string OnlyActorOf(AlertLine line) => line.Number("srcs") == 1 && line["src"] is { Length: > 0 } source
        && source != "various" && !source.Contains('/') ? source : "";

    // The sources of an incident that has grown are covered by its prefix, and so is the first of them.
    private bool AreOfOneNetwork(AlertLine line)
    {
        return line["src"].Contains('/') ? Covers(line["src"], _actor) : Covers(_prefix, OnlyActorOf(line));
    }

    private static bool Covers(string prefix, string actor) => !IPNetwork.TryParse(prefix, out IPNetwork network)
        || !IPAddress.TryParse(actor, out IPAddress? address) || network.Contains(address);

    private static bool IsMac(string actor) => actor.Length == 17 && actor[2] == ':' && actor[5] == ':';

    private static bool Differ(string known, string said) => known.Length > 0 && said is not ("" or "0") && known != said;

    private static bool AreOneSort(string known, string said) => known.Length == 0 || known == said
        || (known is "walk" or "port-scan" or "dark-host" && said is "walk" or "port-scan" or "dark-host" && (known == "walk" || said == "walk"));

    // What grows changes its kind within its sort: a port scan and the polling of dark hosts become sweeps, a sweep a scan.
    private static string SortOf(AlertLine line) => line.Kind is "sweep" or "scan" ? "walk" : line.Kind;
}
