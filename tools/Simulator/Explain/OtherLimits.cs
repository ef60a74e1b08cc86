using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Imaging;
using Appliance.Imaging.Stories;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>
/// The tests that weigh no outcomes, each with its limit and how near the actor came: broadcasts at a period, answers that nobody
/// asked for, a host that many ask for what it does not serve, and what the imaging network's own protocols tell.
/// </summary>
internal sealed class OtherLimits
{
    private readonly Actor _actor;
    private readonly ActorWatch _watch;
    private readonly FrameTally _tally;
    private readonly SensorParts _parts;
    private readonly ImagingEyes? _imaging;
    private readonly IReadOnlyList<Incident> _named;

    /// <summary>Looks at a run, which must not have closed its incidents yet.</summary>
    /// <param name="actor">Whose limits.</param>
    /// <param name="watch">What it did.</param>
    /// <param name="tally">Its frames.</param>
    /// <param name="parts">The sensor's parts.</param>
    /// <param name="imaging">What looks at DICOM and HL7; null where nothing does.</param>
    /// <param name="named">The incidents of which a line names it as the source.</param>
    public OtherLimits(Actor actor, ActorWatch watch, FrameTally tally, SensorParts parts, ImagingEyes? imaging,
        IReadOnlyList<Incident> named)
    {
        _named = named;
        _actor = actor;
        _watch = watch;
        _tally = tally;
        _parts = parts;
        _imaging = imaging;
    }

    /// <summary>A line for each test that it was held against.</summary>
    public IEnumerable<string> Lines() => OfBroadcasts().Concat(OfSharedTargets()).Concat(OfAnswers()).Concat(OfImaging());

    private IEnumerable<string> OfBroadcasts()
    {
        Broadcasts broadcasts = _parts.Get<Broadcasts>();
        int[] cells = SensorParts.ArrayOf<int[]>(broadcasts, "_cells");
        int width = SensorParts.ConstantOf<Broadcasts>("Width");
        KeyedHash hash = _parts.Get<KeyedHash>();
        foreach ((int actor, int target, int port, int protocol) in _tally.Broadcasts)
        {
            int key = hash.Of(actor, target, (port << 9) | (protocol & 511));
            int place = Enumerable.Range(0, Limits.BroadcastSenders).FirstOrDefault(i => cells[i * width] == key, -1);
            string what = protocol < 0 ? string.Create(CultureInfo.InvariantCulture,
                $"Broadcasts of {(protocol == -1 ? "eth" : "llc")}-0x{port:x4}")
                : $"Broadcasts of {ServiceWord.Of(protocol, port)} to {ActorWatch.AddressOf(target)}";
            if (place < 0)
            {
                yield return $"{what}: ordinary ones, which are not followed, or pushed out by {broadcasts.Evictions} newer senders "
                    + $"(room for {Limits.BroadcastSenders}).";
                continue;
            }

            string period = broadcasts.PeriodOf(place) > 0 ? $" of {StandingWords.Duration(broadcasts.PeriodOf(place))}" : "";
            int record = broadcasts.IncidentOf(place);
            if (record >= 0)
            {
                // Its line may name the sender otherwise than it was asked for: by its IP address.
                _watch.Incidents.Add(int.Parse(IdOf(record), CultureInfo.InvariantCulture));
            }

            yield return record >= 0 ? $"{what}: {Limits.Broadcasts} of {Limits.Broadcasts} at one period{period} (2 % apart at most) were "
                    + $"enough; part of incident #{IdOf(record)}."
                : $"{what}: {broadcasts.InPeriodOf(place)} of {Limits.Broadcasts} at one period{period} (2 % apart at most) in a row "
                    + $"(broadcast).";
        }
    }

    private IEnumerable<string> OfSharedTargets()
    {
        // Who was told is not kept by the tracker any more.
        foreach (Incident incident in _named.Where(i => i.Kind == "distributed-probe"))
        {
            yield return $"{incident.Newest["dst"]}: {incident.Newest["srcs"]} of {Limits.DistributedActors} actors on suspect ports "
                + $"that it "
                + $"does not serve (distributed-probe); part of incident #{incident.Id}.";
        }

        SharedTargets shared = _parts.Get<SharedTargets>();
        for (int at = 0; at < shared.Cells.Length; at += SharedTargets.Width)
        {
            if (shared.Cells[at + SharedTargets.Version] == 0 || !Knocked(shared, at))
            {
                continue;
            }

            if (shared.Cells[at + SharedTargets.Incident] != 0 && _named.Any(i => i.Kind == "distributed-probe"))
            {
                continue;
            }

            int target = shared.Cells[at];
            string text = _watch.Attempts.Find(a => a.Target == target)?.TargetText ?? "a host";
            int record = shared.Cells[at + SharedTargets.Incident] - 1;
            string came = record >= 0 ? $"; part of incident #{IdOf(record)}" : "";
            yield return $"{text}: {shared.ActorsOf(at, _watch.Now + 1)} of {Limits.DistributedActors} actors on suspect ports that it "
                + $"does not "
                + $"serve (distributed-probe){came}.";
        }
    }

    private IEnumerable<string> OfAnswers()
    {
        foreach ((Suspected what, Standing standing) in _watch.Standings.Where(s => s.What.Kind == SuspectedKind.InverseMap))
        {
            string came = standing.Incident == 0 ? ""
                : string.Create(CultureInfo.InvariantCulture, $"; part of incident #{standing.Incident}");
            yield return $"{what.Label}: {standing.Targets} of {Limits.InverseHosts} home hosts (inverse-map){came}.";
        }

        string? blind = WhyNoAnswerCounts();
        if (blind is not null && _tally.From > 0)
        {
            yield return $"An answer that nobody asked for would not count now: {blind} (inverse-map).";
        }
    }

    // The same questions that the tracker asks before it takes an answer for evidence.
    private string? WhyNoAnswerCounts()
    {
        int now = _watch.Now;
        int lost = now - _parts.Get<InverseMaps>().LostAt;
        int forgot = now - _parts.Get<Connections>().ForgotYoung;
        return lost < Limits.LossWait ? $"frames were lost {StandingWords.Duration(lost)} ago, of "
            + $"{StandingWords.Duration(Limits.LossWait)} to wait"
            : forgot < Limits.ConnectTimeout ? $"the connection memory forgot a young entry {StandingWords.Duration(forgot)} ago, of "
                + $"{StandingWords.Duration(Limits.ConnectTimeout)} to wait"
            : now < Limits.UptimeForSynAck ? $"the tap is up for {StandingWords.Duration(now)}, of "
                + $"{StandingWords.Duration(Limits.UptimeForSynAck)}"
            : _parts.Get<MirrorHealth>().IsOneSided ? "the mirror shows one direction only" : null;
    }

    private IEnumerable<string> OfImaging()
    {
        if (_imaging is null || _actor.Number4 is not { } client)
        {
            yield break;
        }

        StoryTable stories = SensorParts.ArrayOf<StoryTable>(_imaging, "_stories");
        int needed = SensorParts.ConstantOf<Imaging.Judging.Associations>("GuessedTitles");
        int refused = SensorParts.ConstantOf<Imaging.Judging.Associations>("RefusedTitles");
        int repetitions = SensorParts.ConstantOf<Imaging.Judging.Associations>("Repetitions");
        for (int row = 0; row < stories.Cells.Length; row += Fact.Count)
        {
            ReadOnlySpan<int> facts = stories.Cells.AsSpan(row, Fact.Count);
            if (facts[Fact.IsUsed] == 0 || facts[Fact.Client] != client || facts[Fact.Version] != 4)
            {
                continue;
            }

            string came = facts[Fact.Id] == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; part of incident #{facts[Fact.Id]}");
            string whom = $"{ActorWatch.AddressOf(facts[Fact.Server])} tcp/{facts[Fact.Port].ToString(CultureInfo.InvariantCulture)}";
            yield return facts[Fact.Reason] switch
            {
                Reason.None or Reason.Guess or Reason.WrongTitle =>
                    $"{whom}: {facts[Fact.Titles]} of {needed} distinct called titles rejected, "
                    + (facts[Fact.Others] == 0 ? ""
                        : $"{facts[Fact.Titles] + facts[Fact.Others]} of {refused} with those for another reason, ")
                    + $"{facts[Fact.Rejected]} rejections, {facts[Fact.Accepted]} accepted (dicom-guess; {repetitions} rejections of each "
                    + $"title are a wrong setting instead){came}.",
                >= Reason.Smb1 => $"{whom}: one conversation by a weak protocol, of 1 that is enough (weak-service){came}.",
                _ => $"{whom}: {facts[Fact.Frames]} of 1 association or message that is enough ({ReasonOf(facts[Fact.Reason])}: "
                    + $"dicom-caller){came}.",
            };
        }
    }

    private static string ReasonOf(int reason) => reason switch
    {
        Reason.Tool => "a scanner's script asks",
        Reason.Unlisted or Reason.SenderUnlisted => "the profile does not list who calls",
        Reason.Moved or Reason.SenderMoved => "the name called from another address before",
        _ => "in the clear across the site's boundary",
    };

    private bool Knocked(SharedTargets shared, int at)
    {
        for (int place = at + SharedTargets.FirstProbe; place < at + SharedTargets.Width; place += SharedTargets.ProbeWidth)
        {
            if (shared.Cells[place + SharedTargets.When] != 0 && shared.Cells[place + SharedTargets.Actor] == _watch.Number)
            {
                return true;
            }
        }

        return false;
    }

    private string IdOf(int record) => _parts.Get<IncidentTable>().Cells[(record * Column.Count)
        + Column.Id].ToString(CultureInfo.InvariantCulture);
}
