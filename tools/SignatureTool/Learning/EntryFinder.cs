using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Learning;

/// <summary>
/// Which incidents a profile may explain without somebody's word: what talks with nearly all whom it asks, again on another day,
/// and broadcasts of the site's own machines. Nothing that a signature calls suspect, and nobody from outside.
/// </summary>
internal sealed class EntryFinder
{
    /// <summary>A poller talks with nearly all whom it asks; of a scanner's first contacts four in five fail.</summary>
    private const double TalksWith = 0.8;

    /// <summary>Days on which it must have been seen: what a worm does on its one day is no habit.</summary>
    private const int LeastDays = 2;

    /// <summary>Of the captures' days it must have been seen on this share: what an intruder does on two days of ten is none
    /// either.</summary>
    private const double OfDays = 0.75;

    /// <summary>An incident of this severity, low, wants a look; a mere note does not.</summary>
    private const int LeastSuspect = 2;

    /// <summary>Hosts that a habit of which nobody is told has to ask before it is shown: half of those that are told for their
    /// number alone. Some more machines that are on at night, and it is an incident.</summary>
    private const int NearlyTold = Acquaintances.Crowd / 2;

    /// <summary>Services by which an intruder who has a password goes from host to host: his success looks like an
    /// administrator's.</summary>
    private static readonly int[] Lateral = [22, 23, 135, 139, 445, 512, 513, 514, 3389, 5900, 5985, 5986];

    private readonly Func<uint, string?> _homeOf;
    private readonly IReadOnlySet<long> _suspectSids;
    private readonly Census? _census;

    /// <summary>Makes it of what is known.</summary>
    /// <param name="homeOf">The home network of an address, empty where its size is not known; null when it is not at
    /// home.</param>
    /// <param name="suspectSids">Signatures that nobody satisfies in good faith.</param>
    /// <param name="census">Who talked with whom; null where only lines are known.</param>
    public EntryFinder(Func<uint, string?> homeOf, IReadOnlySet<long> suspectSids, Census? census)
    {
        _homeOf = homeOf;
        _suspectSids = suspectSids;
        _census = census;
    }

    /// <summary>Decides about an incident.</summary>
    public Decision Decide(Told told)
    {
        AlertLine line = told.Line;
        string reason = line["expected"].Length > 0 ? "the profile expects it already"
            : IsSuspect(line) ? "a signature calls it suspect, and only somebody who knows may say otherwise"
            : told.Source is not { } source ? "it has several sources, or one without an IPv4 address"
            : _homeOf(source) is null ? "its source is outside: nobody from there is admitted unasked"
            : line.Kind == "broadcast" ? ""
            : line.Kind is not "sweep" ? $"a {line.Kind} is nothing that a profile explains unasked"
            : told.Service is not { } service ? $"{line["proto"]} has no port by which the profile could tell it from a scan"
            : Lateral.Contains(service.Port) ? $"by {service} intruders go from host to host, too"
            : Habit(told, source, service);
        return reason.Length > 0 ? new Decision(told, null, reason) : new Decision(told, Make(told), "");
    }

    /// <summary>Makes the entry that explains an incident, whatever speaks against it.</summary>
    /// <param name="told">The incident.</param>
    /// <param name="problem">Why none can be written; null when one is.</param>
    public Entry? MakeAsked(Told told, out string? problem)
    {
        AlertLine line = told.Line;
        problem = null;
        bool isService = line.Kind == "suspect-service";
        if (line["src"] is "" or "various" || line["dst"] is "" or "various")
        {
            problem = "its line names no source and target that a profile could name";
        }
        else if (IsMac(line["src"]))
        {
            problem = "its source is known by its MAC address alone, and a profile names addresses";
        }
        else if (isService && told.Service is null)
        {
            problem = "its line names no one port that is served";
        }
        else if (ProtocolOf(line) is null)
        {
            // Without a protocol the entry would explain whatever else that source does to those targets.
            problem = line["proto"] is "arp" or "ndp"
                ? $"it was told for {line["proto"]}, which [[expected]] can't name: without a protocol the entry would explain all that "
                    + $"{line["src"]} sends to {line["dst"]}, its attacks too"
                : $"'{line["proto"]}' is no protocol that [[expected]] could name, and without one the entry would explain all that "
                    + $"{line["src"]} sends to {line["dst"]}, its attacks too";
        }
        else if (line["src"].EndsWith("/0", StringComparison.Ordinal))
        {
            problem = "its sources have no network in common: the entry would explain the same of everybody; write one for each source that "
                + "you know";
        }

        return problem is null ? Make(told) : null;
    }

    /// <summary>Whether a signature calls an incident suspect.</summary>
    public bool IsSuspect(AlertLine line) => line.Kind is "suspect-service" or "distributed-probe"
        || _suspectSids.Contains(line.Number("sid"));

    /// <summary>Whether an incident is a search that mostly failed: over ports, or for a service by which its source talked, in
    /// all the captures, with fewer than four in five of those that it asked. ARP says nothing: an archive looks at night for
    /// what is off.</summary>
    /// <param name="told">The incident.</param>
    public bool HasFailed(Told told)
    {
        AlertLine line = told.Line;
        Relation[] relations = [.. _census?.Relations.Where(r => r.Client == told.Source && r.Service == told.Service) ?? []];
        return line.Kind is "scan" or "port-scan"
            || (line.Kind == "sweep" && relations.Count(r => r.Conversations > 0) < relations.Length * TalksWith);
    }

    /// <summary>Sources of incidents that only an intruder, or somebody whom nobody knows yet, gives reason for, and that nothing
    /// explains: nobody of them becomes a member of a group unasked.</summary>
    /// <param name="decisions">What became of each incident.</param>
    /// <returns>The gravest incident of each, as a reason.</returns>
    public static IReadOnlyDictionary<uint, string> SuspectsOf(IEnumerable<Decision> decisions) => decisions
        .Where(d => d.Entry is null && d.Told.Source is not null && d.Told.Line["expected"].Length == 0
            && (d.Told.Line.Kind is "dicom-guess" or "dicom-caller" or "suspect-service" || d.Told.Line.Number("severity") >= LeastSuspect))
        .GroupBy(d => d.Told.Source!.Value)
        .ToDictionary(g => g.Key, g => SuspicionBy(g.MaxBy(d => d.Told.Line.Number("severity"))!.Told.Line));

    private static string SuspicionBy(AlertLine line) =>
        $"it is the source of #{line["id"]} {line.Kind}, severity {line["severity"]}, which nothing explains";

    /// <summary>Habits of home hosts of which nobody was told, and nearly would have been. Nothing of it needs an entry, and a
    /// patient intruder may be one: they are for a reader who knows them.</summary>
    /// <param name="decisions">What became of each incident.</param>
    public IReadOnlyList<Entry> Untold(IReadOnlyList<Decision> decisions)
    {
        var habits = new List<Entry>();
        foreach (IGrouping<(uint Client, Service Service), Relation> asked in _census!.Relations
            .Where(r => _homeOf(r.Server) is not null).GroupBy(r => (r.Client, r.Service))
            .OrderBy(g => g.Key.Client).ThenBy(g => g.Key.Service.Port))
        {
            (uint client, Service service) = asked.Key;
            string by = Words.Address(client);
            int talked = asked.Count(r => r.Conversations > 0);
            if (_homeOf(client) is { } home && !Lateral.Contains(service.Port) && talked >= NearlyTold
                && NoHabit([.. asked]).Length == 0
                && !decisions.Any(d => d.Told.Source == client && d.Told.Line["proto"] != "arp"
                    && (d.Entry is null || d.Told.Service == service)))
            {
                habits.Add(new Entry(false,
                    [
                        ("name", Quoted($"{service} poll by {by}", $"{service} by {by}")), ("source", $"\"{by}\""),
                        ("destination", $"\"{home}\""), ("proto", service.Protocol == 6 ? "\"tcp\"" : "\"udp\""),
                        ("port", service.Port.ToString(CultureInfo.InvariantCulture)),
                    ],
                    [Talked([.. asked])]));
            }
        }

        return habits;
    }

    private static string Talked(Relation[] relations) =>
        $"it talked with {relations.Count(r => r.Conversations > 0)} of the {Words.Count(relations.Length, "host")} that it asked, on "
            + Words.Count(relations.SelectMany(r => r.Days).Distinct().Count(), "day");

    // Why it is no habit; empty where it is one.
    private string Habit(Told told, uint source, Service service)
    {
        long asked = Math.Max(told.Line.Number("dsts"), 1);
        if (_census is null)
        {
            double answered = told.Line.Number("answered") / (double)asked;
            return answered < TalksWith ? $"only {told.Line.Number("answered")} of {asked} hosts answered"
                : told.Days < LeastDays ? "it was told on one day only; what it does again may be a habit" : "";
        }

        return NoHabit([.. _census.Relations.Where(r => r.Client == source && r.Service == service)]);
    }

    private string NoHabit(Relation[] relations)
    {
        int talked = relations.Count(r => r.Conversations > 0);
        int days = relations.SelectMany(r => r.Days).Distinct().Count();
        return talked < relations.Length * TalksWith ? $"it talked with only {talked} of the {relations.Length} hosts that it asked"
            : days < LeastDays || days < _census!.Days.Count * OfDays
                ? $"the captures show it on {Words.Count(days, "day")} of {_census!.Days.Count}; what it does every day may be a habit"
                : "";
    }

    private Entry Make(Told told)
    {
        AlertLine line = told.Line;
        var keys = new List<(string, string)>();
        var reasons = new List<string> { "explains " + told.Text };
        string service = told.Service?.ToString() ?? line["proto"];
        bool isService = line.Kind == "suspect-service";
        if (isService)
        {
            keys.Add(("name", Quoted($"{service} of {line["dst"]}", $"{service} {line["dst"]}", service)));
            keys.Add(("hosts", HostsOf(line)));
        }
        else
        {
            string what = line.Kind == "broadcast" ? "broadcast" : line.Kind == "sweep" ? "poll" : line.Kind;
            keys.Add(("name", Quoted($"{service} {what} by {line["src"]}", $"{service} by {line["src"]}", $"{service} {line["src"]}",
                $"{service} {what}")));
            keys.Add(("source", $"\"{line["src"]}\""));
            // A habit is one of the whole network: which hosts are on decides how much of it one incident covers.
            string home = line.Kind == "sweep" && _census is not null && told.Source is { } at ? _homeOf(at) ?? "" : "";
            keys.Add(("destination", $"\"{(home.Length > 0 ? home : line["dst"])}\""));
        }

        if (told.Service is { } one)
        {
            keys.Add(("proto", one.Protocol == 6 ? "\"tcp\"" : "\"udp\""));
            keys.Add(("port", one.Port.ToString(CultureInfo.InvariantCulture)));
        }
        else if (ProtocolOf(line) is { } protocol)
        {
            keys.Add(("proto", protocol));
        }

        if (_census is not null && told.Source is { } source && told.Service is { } asked && line.Kind == "sweep")
        {
            Relation[] relations = [.. _census.Relations.Where(r => r.Client == source && r.Service == asked)];
            reasons.Add(Talked(relations));
        }
        else if (line.Kind == "sweep" && line.Number("answered") > 0)
        {
            reasons.Add($"{line["answered"]} of {line["dsts"]} hosts answered; the like was told on {Words.Count(told.Days, "day")}");
        }

        return new Entry(isService, keys, reasons);
    }

    // As a profile writes it; null for what is none of IP, or for more than one.
    private static string? ProtocolOf(AlertLine line) => line["proto"] switch
    {
        "tcp" or "udp" => $"\"{line["proto"]}\"",
        "icmp" => line["src"].Contains(':', StringComparison.Ordinal) ? "\"icmpv6\"" : "\"icmp\"",
        "sctp" => "132",
        string other => other.StartsWith("ip-", StringComparison.Ordinal) && byte.TryParse(other.AsSpan(3), NumberStyles.None,
            CultureInfo.InvariantCulture, out byte number) ? number.ToString(CultureInfo.InvariantCulture) : null,
    };

    // Those that the line names; else all that its prefix covers.
    private static string HostsOf(AlertLine line)
    {
        string named = line["answeredBy"].Length > 0 && !line["answeredBy"].EndsWith('+') ? line["answeredBy"] : line["dst"];
        return "[" + string.Join(", ", named.Split(',').Select(h => $"\"{h}\"")) + "]";
    }

    private static bool IsMac(string text) => text.Split(':').Length == 6 && !text.Contains("::", StringComparison.Ordinal)
        && text.Split(':').All(part => part.Length == 2);

    // The first that a table has room for; half an address would name another machine.
    private static string Quoted(params string[] names) => $"\"{names.First(n => n.Length <= TableFormat.MostExpectedName)}\"";
}
