using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Simulator.Explain;

/// <summary>What came of the actor in the end: told, or not told and what was missing.</summary>
internal sealed class Verdict
{
    /// <summary>Services and hosts that are gone through one by one.</summary>
    private const int MostServices = 12;
    private const int MostNames = 8;
    private const int MostHosts = 6;

    /// <summary>First contacts from which on their number is worth a word.</summary>
    private const int LeastLevel = 4;

    private static readonly string[] OutcomeOrder = ["open", "answered", "refused", "silent", "dark", "unknown"];

    private readonly Actor? _target;
    private readonly ActorWatch _watch;
    private readonly FrameTally _tally;
    private readonly SensorParts _parts;
    private readonly OtherLimits _others;
    private readonly IReadOnlyDictionary<long, Incident> _incidents;
    private readonly IReadOnlySet<long> _named;
    private readonly List<Attempt> _attempts;

    /// <summary>Judges a run, which must not have closed its incidents yet.</summary>
    /// <param name="target">Only what it did to this one; null for all.</param>
    /// <param name="watch">What it did.</param>
    /// <param name="tally">Its frames.</param>
    /// <param name="parts">The sensor's parts.</param>
    /// <param name="incidents">What was told, by number.</param>
    /// <param name="named">Numbers of the incidents of which a line names it as the source; both grow until the run is
    /// closed.</param>
    /// <param name="others">The tests that weigh no outcomes.</param>
    public Verdict(Actor? target, ActorWatch watch, FrameTally tally, SensorParts parts, IReadOnlyDictionary<long, Incident> incidents,
        IReadOnlySet<long> named, OtherLimits others)
    {
        _others = others;
        _target = target;
        _watch = watch;
        _tally = tally;
        _parts = parts;
        _incidents = incidents;
        _named = named;
        _attempts = [.. watch.Attempts.Where(IsOfTarget)];
    }

    /// <summary>Whether an attempt is of the target that was asked for.</summary>
    public bool IsOfTarget(Attempt attempt) => _target is null || attempt.TargetText == _target.Text;

    /// <summary>The incidents in which it has a part, in words; none when it was not told.</summary>
    public IEnumerable<string> Told()
    {
        foreach (Incident incident in _incidents.Values.Where(HasPartIn).OrderBy(i => i.Id))
        {
            string folded = incident.IsFolded ? $", told with #{incident.Newest["into"]}" : "";
            string expected = incident.Newest["expected"] is { Length: > 0 } name
                ? $". The site profile expects it ('{name}'): once a day, as info" : "";
            yield return $"#{incident.Id} {incident.Kind}, {incident.SeverityWord} ({incident.Severity} of 5){folded}: "
                + $"{incident.Newest.Message}{expected}";
        }
    }

    /// <summary>Why nothing could come of it: nothing was asked, or nothing that concerns this network. Empty where something
    /// could.</summary>
    public string NothingToJudge()
    {
        CultureInfo c = CultureInfo.InvariantCulture;
        if (_tally.From == 0)
        {
            return _tally.To == 0 ? "No frame is from it or to it." : string.Create(c,
                $"It sent nothing; {_tally.To:N0} frames are to it.");
        }

        if (_attempts.Count > 0 || _watch.JoinedAtOnce > 0 || _watch.Incidents.Count > 0 || _watch.Standings.Any())
        {
            return "";
        }

        if (_watch.Attempts.Count > 0)
        {
            return $"It asked others, but never {_target?.Text}, as far as the sensor took it in.";
        }

        if (_tally.Openers == 0)
        {
            return string.Create(c,
                $"It asked nobody: its {_tally.From:N0} frames answer others, or carry on conversations whose beginning was not seen.");
        }

        if (_tally.Unaddressed == _tally.Openers)
        {
            return string.Create(c, $"It asked only whether somebody has the address that it is about to take ({_tally.Openers:N0} neighbour "
                + $"solicitations from ::), which the sensor passes over.");
        }

        return _tally.OpenersToHome > 0
            ? "None of what it asked was taken in as an attempt: broadcasts, fragments, or frames that can't be decoded."
            : _tally.IsHome ? "It is at home and asked outside hosts only; there the sensor follows TCP alone."
            : "Neither it nor any host that it asked is of the home network, so nothing of it concerns this network.";
    }

    /// <summary>Each test that it was held against, and how near it came.</summary>
    public IEnumerable<string> Tests()
    {
        IGrouping<int, Attempt>[] services = [.. _attempts.GroupBy(a => a.SweepKey).OrderByDescending(g => g.Count())];
        // A scan of many ports says the same of each: told once, with their names.
        var alike = services.Select(service => (service.First().Service, Text: string.Join('\n', OfService([.. service])
            .Prepend(Summary([.. service])))))
            .GroupBy(s => s.Text).ToList();
        foreach (IGrouping<string, (string Service, string Text)> group in alike.Take(MostServices))
        {
            string[] lines = group.Key.Split('\n');
            string[] names = [.. group.Select(g => g.Service)];
            yield return string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more"
                : "")
                + (names.Length > 1 ? ", each: " : ": ") + lines[0];
            foreach (string line in lines.Skip(1))
            {
                yield return "  " + line;
            }
        }

        if (alike.Count > MostServices)
        {
            yield return $"... and {alike.Skip(MostServices).Sum(g => g.Count())} more services.";
        }

        foreach (string line in OfAnswersAlone().Concat(OfHosts()).Concat(OfAll()).Concat(_others.Lines()))
        {
            yield return line;
        }
    }

    // Some tests keep their own memory and not the watched one: there the line's own word counts. What the /24 did is of no host
    // that sent nothing.
    private bool HasPartIn(Incident incident) => _named.Contains(incident.Id)
        || (_tally.From > 0 && _watch.Incidents.Contains((int)incident.Id));

    private static string Summary(List<Attempt> attempts)
    {
        int hosts = attempts.Select(a => a.Target).Distinct().Count();
        string outcomes = string.Join(", ", attempts.Where(a => a.Outcome >= 0).GroupBy(a => ServiceWord.OutcomeOf(a.Outcome))
            .OrderBy(g => Array.IndexOf(OutcomeOrder, g.Key)).Select(g => $"{g.Count()} {g.Key}"));
        return $"{Count(attempts.Count, "attempt")} at {Count(hosts, "host")}: {outcomes}.";
    }

    private IEnumerable<string> OfService(List<Attempt> attempts)
    {
        int known = attempts.Count(a => a.IsKnown);
        int first = attempts.Count - known;
        yield return known == 0 ? $"{(first == 1 ? "It was a first contact" : $"All {first} were first contacts")}: only these are weighed."
            : $"{Count(first, "first contact")}; {known} asked hosts that it had asked before, which says nothing of it.";
        if (ServedNote(attempts) is { Length: > 0 } served)
        {
            yield return served;
        }

        string service = attempts[0].Service;
        bool isOutward = attempts[0].LivingBit < 0;
        (Suspected What, Standing Standing)[] standings =
            [.. _watch.Standings.Where(s => s.What.Label.StartsWith(service + " over", StringComparison.Ordinal))];
        foreach ((Suspected what, Standing standing) in standings)
        {
            foreach (string line in OfStanding(what, standing, attempts))
            {
                yield return line;
            }
        }

        bool hasFailed = attempts.Exists(a => a.Outcome is Outcome.Silent or Outcome.Dark or Outcome.Refused);
        if (attempts.Find(a => a.Incident != 0) is { } joined)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{attempts.Count(a => a.Incident != 0):N0} of them joined incident #{joined.Incident}.");
        }
        else if (standings.Length == 0)
        {
            yield return !hasFailed ? "Nothing of it failed, so that it raises no suspicion by its outcomes."
                : _watch.IsNewcomer ? $"One failure alone raises no suspicion: it waits {StandingWords.Duration(Limits.StoryGap)} for "
                    + "a second of this actor."
                : "No suspicion of it is left; the story says what ended it.";
        }

        int level = LevelOf(attempts[0].SweepKey);
        int crowd = isOutward ? FirstContacts.OutwardCrowd : Acquaintances.Crowd;
        if (level >= LeastLevel && level < crowd)
        {
            yield return $"{level} first contacts of it are not yet forgotten; {crowd} would be told by their number alone.";
        }
    }

    // The profile serves what a signature calls suspect.
    private string ServedNote(List<Attempt> attempts)
    {
        SignatureTable table = _parts.Get<SiteView>().Table;
        Attempt? served = attempts.Find(a => a.Signature >= 0 && !a.IsSuspect && (table.Traits(a.Signature) & Traits.Suspect) != 0);
        return served is null ? ""
            : $"A signature calls {served.Service} suspect, but the site profile says that {served.TargetText} serves it.";
    }

    private IEnumerable<string> OfStanding(Suspected what, Standing standing, List<Attempt> attempts)
    {
        if (standing.Incident != 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"It is part of incident #{standing.Incident}.");
            yield break;
        }

        string kind = what.Kind == SuspectedKind.PortScan ? "port-scan" : "sweep";
        string unit = what.Kind == SuspectedKind.PortScan ? "port" : "host";
        int top = StandingWords.TopOf(what);
        int missing = top - standing.Walk;
        string whose = what.Kind == SuspectedKind.Network ? " of its whole /24" : "";
        yield return $"The walk over outcomes{whose} stands at {standing.Walk} of {top}: "
            + (missing > 0 ? $"{Count(missing, "more failed first contact")}, with no answer between, would have been told as a {kind}"
                + (what.Kind == SuspectedKind.Network ? $" where {Limits.NetworkSources} sources failed." : ".") : Unanswered(standing));
        if (standing.Suspects > 0)
        {
            yield return $"Suspect {unit}s{whose}: {standing.Suspects} of {Limits.SuspectTargets}; "
                + $"{Count(Limits.SuspectTargets - standing.Suspects, "more " + unit)} would have been told as a {kind}"
                + (what.Kind == SuspectedKind.Network ? $" where {Limits.NetworkSources} sources came." : ".");
        }

        if (what.Kind == SuspectedKind.Sweep && attempts.Count > 0 && attempts[0].Protocol != Probe.Arp && Polled(standing,
            attempts[0]) is { Length: > 0 } polled)
        {
            yield return polled;
        }
    }

    private string Unanswered(Standing standing) =>
        $"enough, but no ARP reply was ever seen, so that {Limits.ArpTargetsUnanswered} hosts are needed and {standing.Targets} were "
            + "asked.";

    private string Polled(Standing standing, Attempt attempt)
    {
        PolledHosts polled = _parts.Get<PolledHosts>();
        var probe = new Probe
        {
            Version = attempt.Version,
            Target = attempt.Target,
            Protocol = attempt.Protocol,
            Now = _watch.Now
        };
        int dark = polled.CountOf(standing.At, probe, 2);
        return dark == 0 ? "" : polled.CanTellDark(_watch.Now)
            ? $"Dark hosts that it asked twice or more: {dark} of {Limits.DarkHosts} (dark-host)."
            : $"Silent hosts that it asked {Limits.LonePolls} times or more: {polled.CountOf(standing.At, probe, Limits.LonePolls)} of "
                + $"{Limits.LonePolledHosts} (dark-host; nobody else was heard, so nobody is called dark).";
    }

    // A segment of no connection is data, which is not copied: what is weighed of it is the reset that it gets.
    private IEnumerable<string> OfAnswersAlone()
    {
        foreach ((Suspected what, Standing standing) in _watch.Standings.Where(s => _target is null
            && s.What.Kind == SuspectedKind.Sweep
            && !_attempts.Exists(a => s.What.Label.StartsWith(a.Service + " over", StringComparison.Ordinal))))
        {
            foreach (string line in OfStanding(what, standing, []))
            {
                yield return $"{what.Label}, known by refusals alone: {StandingWords.Targets(standing)}. {line}";
            }
        }
    }

    private IEnumerable<string> OfHosts()
    {
        (Suspected What, Standing Standing)[] hosts =
        [
            .. _watch.Standings.Where(s => s.What.Kind == SuspectedKind.PortScan && (s.Standing.Targets > 1 || _target is not null))
                .Where(s => _target is null || s.What.Label == $"ports of {_target.Text}").OrderByDescending(s => s.Standing.Walk),
        ];
        foreach ((Suspected what, Standing standing) in hosts.Take(MostHosts))
        {
            foreach (string line in OfStanding(what, standing, _attempts))
            {
                yield return $"{what.Label}: {StandingWords.Targets(standing, what.Kind)}. {line}";
            }
        }

        if (hosts.Length > MostHosts)
        {
            yield return $"... and the ports of {Count(hosts.Length - MostHosts, "more host")}.";
        }
    }

    // What is weighed over all services, or with other actors.
    private IEnumerable<string> OfAll()
    {
        if (_watch.Incidents.Count == 0 && _attempts.Exists(a => a.LivingBit >= 0 && a.Version == 4))
        {
            byte[] walks = SensorParts.ArrayOf<byte[]>(_parts.Get<FirstContacts>(), "_walks");
            int walk = (sbyte)walks[_parts.Get<Suspicions>().Keys.OfPair(_watch.Number, 0) & (walks.Length - 1)];
            int hosts = _watch.Standings.Count(s => s.What.Kind == SuspectedKind.PortScan && s.Standing.Incident == 0);
            int ports = _watch.Standings.Count(s => s.What.Kind == SuspectedKind.Sweep && s.Standing.Incident == 0);
            yield return $"All services together: walk {walk} of {OutcomeWalk.Top}, at {Count(hosts, "host")} and "
                + $"{Count(ports, "port")} that failed and are in no "
                + $"incident; {OutcomeWalk.Top} at {SensorParts.ConstantOf<WideScans>("LeastHosts")} hosts and "
                + $"{SensorParts.ConstantOf<WideScans>("LeastPorts")} ports would have been told as a scan.";
        }
    }

    // How many first contacts the actor made lately at a service, as the sensor remembers it.
    private int LevelOf(int key)
    {
        Acquaintances acquaintances = _parts.Get<Acquaintances>();
        int row = Array.IndexOf(SensorParts.ArrayOf<int[]>(acquaintances, "_keys"), key);
        if (row < 0)
        {
            return 0;
        }

        int shift = SensorParts.ConstantOf<Acquaintances>("LevelShift");
        int level = SensorParts.ArrayOf<int[]>(acquaintances, "_facts")[row] & SensorParts.ConstantOf<Acquaintances>("LevelMask");
        return (level + (1 << shift) - 1) >> shift;
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture,
        $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
