using System;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// By what an incident is known besides its number, which two boxes of one name both give: its only actor, its sort, its rule, its
/// beginning and its end.
/// </summary>
internal sealed class StoryIdentity
{
    /// <summary>Lines tell durations in whole seconds, and a box's clock may be set by less than a second unnoticed.</summary>
    public static readonly TimeSpan SameStart = TimeSpan.FromSeconds(3);

    private string _actor = "";
    private string _station = "";
    private string _prefix = "";
    private string _sort = "";
    private string _sid = "";
    private string _port = "";
    private (DateTimeOffset? Time, long Sequence)? _opening;
    private (DateTimeOffset? Time, long Sequence)? _end;

    /// <summary>Takes a line of the incident.</summary>
    public void Take(AlertLine line)
    {
        string actor = OnlyActorOf(line);
        bool isStation = Network.IsMac(actor);
        _station = _station.Length == 0 && isStation ? actor : _station;
        _actor = _actor.Length == 0 && !isStation ? actor : _actor;
        _prefix = line["src"].Contains('/') ? line["src"] : _prefix;
        _sort = _sort.Length == 0 || SortOf(line) != "walk" ? SortOf(line) : _sort;
        _sid = _sid.Length == 0 && line.Number("sid") > 0 ? line["sid"] : _sid;
        _port = _port.Length == 0 && line.Number("dport") > 0 ? line["dport"] : _port;
        _opening ??= line["state"] == "open" ? (line.Time, line.Sequence) : null;
        _end ??= IsEnd(line) ? (line.Time, line.Sequence) : null;
    }

    /// <summary>Whether a line with the incident's number can be of it: nothing that it says is against that.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isSameStart">It says that the incident began when it did.</param>
    public bool Fits(AlertLine line, bool isSameStart)
    {
        string actor = OnlyActorOf(line);
        bool isStation = Network.IsMac(actor);
        string known = isStation ? _station : _actor;
        if ((actor.Length > 0 && known.Length > 0 && actor != known) || !AreOfOneNetwork(line)
            || !AreOneSort(_sort, SortOf(line)) || IsOther(_opening, line["state"] == "open", line) || IsOther(_end, IsEnd(line), line))
        {
            return false;
        }

        // An incident loses its rule and its port as it grows, and gets no others; one actor from one moment on is one incident anyway.
        return (isSameStart && actor.Length > 0 && actor == known)
            || (!Differ(_sid, line["sid"]) && !Differ(_port, line["dport"]));
    }

    // An incident opens once and ends once; the very line may come twice where a relay cut one of the two.
    private static bool IsOther((DateTimeOffset? Time, long Sequence)? known, bool isSuch, AlertLine line) => isSuch && known is { } other
        && (other.Time != line.Time || (other.Sequence > 0 && line.Sequence > 0 && other.Sequence != line.Sequence));

    private static bool IsEnd(AlertLine line) => line["state"] is "closed" or "folded";

    // Empty where it has several, or is told as a network.
    private static string OnlyActorOf(AlertLine line) => line.Number("srcs") == 1 && line["src"] is { Length: > 0 } source
        && source != "various" && !source.Contains('/') ? source : "";

    // The sources of an incident that has grown are covered by its prefix, and so is the first of them.
    private bool AreOfOneNetwork(AlertLine line)
    {
        return line["src"].Contains('/') ? Covers(line["src"], _actor) : Covers(_prefix, OnlyActorOf(line));
    }

    private static bool Covers(string prefix, string actor) => !Network.TryRange(prefix, out uint first, out uint last)
        || !Network.TryRange(actor, out uint address, out _) || (address >= first && address <= last);

    private static bool Differ(string known, string said) => known.Length > 0 && said is not ("" or "0") && known != said;

    private static bool AreOneSort(string known, string said) => known.Length == 0 || known == said
        || (known is "walk" or "port-scan" or "dark-host" && said is "walk" or "port-scan" or "dark-host" && (known == "walk" || said == "walk"));

    // What grows changes its kind within its sort: a port scan and the polling of dark hosts become sweeps, a sweep a scan.
    private static string SortOf(AlertLine line) => line.Kind is "sweep" or "scan" ? "walk" : line.Kind;
}
