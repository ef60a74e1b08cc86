using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>
/// Follows one actor through the sensor's memories: what each turn of the program has changed there. It reads what the sensor
/// decides by, and decides nothing itself.
/// </summary>
internal sealed class ActorWatch
{
    // Numbers of an address's last octet: the networks that act as one.
    private const int NetworkMask = ~255;

    private readonly Actor _actor;
    private readonly int _number;
    private readonly FrameTally _tally;
    private readonly PendingAttempts _pending;
    private readonly Connections _connections;
    private readonly Suspicions _suspicions;
    private readonly Newcomers _newcomers;
    private readonly Acquaintances _acquaintances;
    private readonly IncidentTable _incidents;
    private readonly SiteView _site;
    private readonly int[] _suspicionKeys;
    private readonly Dictionary<int, Suspected> _suspected = [];
    private readonly Dictionary<int, Standing> _standings = [];
    private readonly List<Attempt> _waiting = [];
    private readonly Dictionary<int, int> _frames = [];
    private readonly HashSet<(int Key, int Target)> _metSince = [];
    private readonly HashSet<(int Version, int Protocol, int Target, int Port)> _sent = [];

    // Whom its lone failure asked, which waits and is no acquaintance yet.
    private (int Key, int Target) _waitingFailure;
    private int _end;
    private bool _isNewcomer;
    private int _suspicionEvictions;
    private int _newcomerEvictions;

    /// <summary>Watches an actor.</summary>
    /// <param name="actor">The actor.</param>
    /// <param name="parts">The sensor's parts; nothing has gone through it.</param>
    /// <param name="tally">Its frames.</param>
    public ActorWatch(Actor actor, SensorParts parts, FrameTally tally)
    {
        _actor = actor;
        _tally = tally;
        _number = actor.NumberIn(parts.Get<KeyedHash>());
        _pending = parts.Get<PendingAttempts>();
        _connections = parts.Get<Connections>();
        _suspicions = parts.Get<Suspicions>();
        _newcomers = parts.Get<Newcomers>();
        _acquaintances = parts.Get<Acquaintances>();
        _incidents = parts.Get<IncidentTable>();
        _site = parts.Get<SiteView>();
        _suspicionKeys = SensorParts.ArrayOf<int[]>(_suspicions, "_keys");
        tally.Sent = NoteSent;
        if (actor.Version == 4)
        {
            Suspect(_suspicions.Keys.OfInverseMap(_number & NetworkMask, 4), SuspectedKind.InverseMap,
                "answers of its /24 that nobody asked for", false);
        }
    }

    /// <summary>What happened, in order of time.</summary>
    public List<Step> Steps { get; } = [];

    /// <summary>The attempts that were taken in, in order of time.</summary>
    public List<Attempt> Attempts { get; } = [];

    /// <summary>How many frames joined an open incident at once, without waiting for their outcome.</summary>
    public int JoinedAtOnce { get; private set; }

    /// <summary>Numbers of the incidents that it has a part in.</summary>
    public HashSet<int> Incidents { get; } = [];

    /// <summary>By which number the trackers know it.</summary>
    public int Number => _number;

    /// <summary>What it is suspected of now, each with how that stands.</summary>
    public IEnumerable<(Suspected What, Standing Standing)> Standings => _standings.Select(s => (_suspected[s.Key], s.Value));

    /// <summary>It has failed once, and that waits for a second time.</summary>
    public bool IsNewcomer => _isNewcomer;

    /// <summary>The sensor's time, centiseconds.</summary>
    public int Now { get; private set; }

    /// <summary>Looks at what a turn of the program has changed.</summary>
    /// <param name="stamp">The time, microseconds since the first frame.</param>
    public void Look(long stamp)
    {
        Now = (int)(stamp / 10000);
        long wall = stamp + _site.ClockOffset;
        bool isNew = NoteNew(wall);
        var judged = new List<Step>();
        NoteJudged(judged);
        List<string> effects = CompareSuspicions();
        CompareNewcomer(effects, judged);
        NoteIncidents(wall, isNew, judged, effects);
        if (judged.Count == 0 && effects.Count > 0)
        {
            judged.Add(new Step(wall, null, _tally.IsToActor
                ? string.Create(CultureInfo.InvariantCulture, $"frame {_tally.Number}: an answer to it") : "as time passed"));
        }

        if (judged.Count > 0)
        {
            judged[^1].Effects.AddRange(effects);
            Steps.AddRange(judged);
        }

        foreach (Attempt attempt in _waiting)
        {
            attempt.State = StateOf(attempt);
        }

        _suspicionEvictions = _suspicions.Evictions;
        _newcomerEvictions = _newcomers.Evictions;
    }

    // What an answer alone shows (an ACK scan's segments are not copied) is no attempt in the queue, and a suspicion all the
    // same.
    private void NoteSent(int version, int protocol, int target, int port)
    {
        if (!_sent.Add((version, protocol, target, port)))
        {
            return;
        }

        var probe = new Probe
        {
            Version = version,
            Actor = _number,
            Target = target,
            Port = port,
            Protocol = protocol,
        };
        string text = version == 6 ? _tally.SixOf(target) : AddressOf(target);
        bool isOutward = version == 4 && _site.LivingBitOf(target) < 0;
        Suspect(_suspicions.Keys.OfSweep(probe), SuspectedKind.Sweep, $"{ServiceWord.Of(protocol, port)} over hosts", isOutward);
        Suspect(_suspicions.Keys.OfPortScan(probe), SuspectedKind.PortScan, $"ports of {text}", isOutward);
    }

    private bool NoteNew(long wall)
    {
        int end = (_pending.First + _pending.Count) & (Limits.RememberedAttempts - 1);
        bool isNew = false;
        for (; _end != end; _end = (_end + 1) & (Limits.RememberedAttempts - 1))
        {
            if (_pending.Cells[(_end * PendingAttempts.Width) + PendingAttempts.Actor] == _number)
            {
                isNew = true;
                Note(_end, wall);
            }
        }

        return isNew;
    }

    private void Note(int place, long wall)
    {
        int[] cells = _pending.Cells;
        int at = place * PendingAttempts.Width;
        int marks = cells[at + PendingAttempts.Marks];
        int entry = cells[at + PendingAttempts.Entry];
        int target = cells[at + PendingAttempts.Target];
        int port = (ushort)cells[at + PendingAttempts.Ports];
        int protocol = marks & PendingAttempts.ProtocolMask;
        int version = (marks & PendingAttempts.IsSix) != 0 ? 6 : 4;
        int key = _suspicions.Keys.OfSweep(version, _number, port, protocol);
        int bit = ((entry >> PendingAttempts.LivingShift) & PendingAttempts.LivingMask) - 1;
        string text = version == 6 ? _tally.SixOf(target) : AddressOf(target);
        int signature = (cells[at + PendingAttempts.Facts] & PendingAttempts.SignatureBits) - 1;
        var attempt = new Attempt
        {
            Frame = _tally.Number,
            Wall = wall,
            Now = cells[at],
            Version = version,
            Protocol = protocol,
            Port = port,
            Target = target,
            TargetText = text,
            LivingBit = bit,
            Signature = signature,
            IsSuspect = (marks & PendingAttempts.Suspect) != 0,
            IsRestricted = (marks & PendingAttempts.Restricted) != 0,
            Place = place,
            Connection = (entry & PendingAttempts.EntryMask, cells[at + PendingAttempts.EntryKey]),
            SweepKey = key,
            IsKnown = version == 4 && _acquaintances.Knows(key, target),
        };
        Attempts.Add(attempt);
        _waiting.Add(attempt);
        SuspectAll(attempt);
    }

    // All that an attempt can make its actor suspected of.
    private void SuspectAll(Attempt attempt)
    {
        bool isOutward = attempt.LivingBit < 0;
        SuspicionKeys keys = _suspicions.Keys;
        var probe = new Probe
        {
            Version = attempt.Version,
            Actor = _number,
            Target = attempt.Target,
            Port = attempt.Port,
            Protocol = attempt.Protocol,
        };
        Suspect(attempt.SweepKey, SuspectedKind.Sweep, $"{attempt.Service} over hosts", isOutward);
        Suspect(keys.OfPortScan(probe), SuspectedKind.PortScan, $"ports of {attempt.TargetText}", isOutward);
        Suspect(keys.OfSuspectService(probe), SuspectedKind.SuspectService, $"conversations on {attempt.Service}", isOutward);
        if (attempt.Version == 4)
        {
            Suspect(keys.OfNetwork(probe), SuspectedKind.Network, $"{attempt.Service} over hosts, by its whole /24", isOutward);
        }

        if (attempt.IsRestricted)
        {
            Suspect(keys.OfRestricted(probe, _site.Table.Sid(attempt.Signature)), SuspectedKind.Restricted,
                $"the restricted service of {attempt.Service}", isOutward);
        }
    }

    private void Suspect(int key, SuspectedKind kind, string label, bool isOutward) =>
        _suspected.TryAdd(key, new Suspected(kind, label, isOutward));

    private void NoteJudged(List<Step> judged)
    {
        int judgedCount = 0;
        while (judgedCount < _waiting.Count && !IsWaiting(_waiting[judgedCount]))
        {
            Attempt attempt = _waiting[judgedCount++];
            attempt.Outcome = OutcomeOf(attempt);
            attempt.IsKnown |= _isNewcomer && _waitingFailure == (attempt.SweepKey, attempt.Target);
            if (attempt.LivingBit >= 0 || attempt.Outcome < Outcome.Answered)
            {
                // Of the outside only failures are remembered.
                attempt.IsKnown |= !_metSince.Add((attempt.SweepKey, attempt.Target));
            }

            judged.Add(new Step(attempt.Wall, attempt, Weight(attempt)));
        }

        _waiting.RemoveRange(0, judgedCount);
        if (_waiting.Count == 0)
        {
            // Whoever comes now is asked for in the sensor's own memory.
            _metSince.Clear();
        }
    }

    private bool IsWaiting(Attempt attempt) =>
        ((attempt.Place - _pending.First) & (Limits.RememberedAttempts - 1)) < _pending.Count;

    private int StateOf(Attempt attempt) => _connections.Keys[attempt.Connection.Entry] == attempt.Connection.Key
        ? _connections.States[attempt.Connection.Entry] & Connections.StateMask : -1;

    // What Judge reads of the connection, and what Weigh makes of it; the state is that of the turn before, in which it was
    // judged.
    private int OutcomeOf(Attempt attempt)
    {
        int state = attempt.State;
        if (state < 0 || (state & (Connections.Opening | Connections.Accepted)) == 0)
        {
            return attempt.IsSuspect && state >= 0 ? Outcome.Silent : Outcome.Unknown;
        }

        if ((state & Connections.Accepted) != 0)
        {
            return (state & Connections.BothWays) != 0 ? Outcome.Open : Outcome.Answered;
        }

        if ((state & Connections.WasRefused) != 0)
        {
            return Outcome.Refused;
        }

        // As its line counts them: before enough was heard of the network, who never spoke is called silent.
        bool isDark = attempt.LivingBit >= 0 && !_site.Lives(attempt.LivingBit);
        return isDark ? (_site.CanTellDark(attempt.Now) ? Outcome.Dark : Outcome.Silent)
            : attempt.Protocol == Probe.Arp ? Outcome.Answered : Outcome.Silent;
    }

    // What an attempt is worth as evidence, before it moves anything.
    private static string Weight(Attempt attempt)
    {
        if (attempt.Outcome == Outcome.Unknown)
        {
            return "the connection memory had to forget it, so it says nothing";
        }

        string mark = attempt.IsSuspect ? "on a port that a signature calls suspect; " : attempt.IsRestricted ? "a restricted service; "
            : "";
        return mark + (attempt.IsKnown ? "no first contact: it asked this host for this before" : "a first contact");
    }

    private List<string> CompareSuspicions()
    {
        var effects = new List<string>();
        var seen = new HashSet<int>();
        int[] cells = _suspicions.Cells;
        for (int i = 0; i < _suspicionKeys.Length; i++)
        {
            int key = _suspicionKeys[i];
            int at = i * Suspicions.Width;
            if (key == 0 || !IsOurs(cells[at + Suspicions.Actor]) || !_suspected.TryGetValue(key, out Suspected? what))
            {
                continue;
            }

            seen.Add(key);
            int record = cells[at + Suspicions.Incident] - 1;
            var now = Standing.Of(cells, at, record < 0 ? 0 : _incidents.Cells[(record * Column.Count) + Column.Id]);
            if (!_standings.TryGetValue(key, out Standing before))
            {
                effects.Add($"suspected from now on: {what.Label} ({StandingWords.Of(what, now)})");
                before = default;
            }
            else if (before != now && StandingWords.Change(what, before, now) is { Length: > 0 } change)
            {
                effects.Add($"{what.Label}: {change}");
            }

            if (now.Incident != 0 && now.Incident != before.Incident)
            {
                effects.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{what.Label}: {EnoughOf(what, now, record * Column.Count)}; part of incident #{now.Incident}"));
                Incidents.Add(now.Incident);
            }

            _standings[key] = now;
        }

        foreach (int key in _standings.Keys.Where(k => !seen.Contains(k)).ToList())
        {
            effects.Add($"forgotten: {_suspected[key].Label}, {WhyForgotten(_standings[key])}");
            _standings.Remove(key);
        }

        return effects;
    }

    // Which test was met.
    private string EnoughOf(Suspected what, Standing now, int row)
    {
        int[] cells = _incidents.Cells;
        bool isWalked = what.Kind is SuspectedKind.Sweep or SuspectedKind.PortScan or SuspectedKind.Network;
        return !isWalked ? StandingWords.Of(what, now) + ", which is enough"
            : cells[row + Column.IsWide] != 0 ? "the walk over all services together is enough"
            : now.Suspects >= Limits.SuspectTargets ? $"suspect {now.Suspects} of {Limits.SuspectTargets} is enough"
            : now.Walk >= StandingWords.TopOf(what) ? $"walk {now.Walk} of {StandingWords.TopOf(what)} is enough"
            : cells[row + Column.ByNumber] != 0
                ? $"so many first contacts ({(what.IsOutward ? FirstContacts.OutwardCrowd : Acquaintances.Crowd)}) are enough by their "
                    + "number"
            : cells[row + Column.Kind] == Kind.DarkHost ? "hosts that never spoke were asked again and again, which is enough"
            : "its actor has a larger incident";
    }

    private bool IsOurs(int actor) => actor == _number || (_actor.Version == 4 && (actor & NetworkMask) == (_number & NetworkMask));

    private string WhyForgotten(Standing standing)
    {
        if (standing.Incident != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"since incident #{standing.Incident} is closed");
        }

        int silent = Now - standing.Last;
        if (_suspicions.Evictions != _suspicionEvictions)
        {
            int other = _suspicions.Cells[standing.At + Suspicions.Actor];
            return $"pushed out by a newer suspicion{(_actor.Version == 4 ? $", of {AddressOf(other)}" : "")}, since its set of "
                + $"{Limits.SuspicionWays} was full and it had {StandingWords.Targets(standing)}; {StandingWords.Duration(silent)} silent";
        }

        return silent > Limits.ArpGap ? $"after {StandingWords.Duration(silent)} of silence, the story was over"
            : "the sensor took it back";
    }

    private void CompareNewcomer(List<string> effects, List<Step> judged)
    {
        bool isNewcomer = _newcomers.Find(_number, Now) >= 0;
        if (isNewcomer && !_isNewcomer)
        {
            Attempt? failure = judged.Count > 0 ? judged[^1].Attempt : null;
            _waitingFailure = failure is null ? default : (failure.SweepKey, failure.Target);
            effects.Add("its first failure: it waits for a second one, since ordinary networks are full of lone failures");
        }
        else if (!isNewcomer && _isNewcomer && judged.Count == 0)
        {
            effects.Add(_newcomers.Evictions != _newcomerEvictions
                ? "forgotten: its lone failure, pushed out by another actor's"
                : $"forgotten: its lone failure, which was answered late or is {StandingWords.Duration(Limits.StoryGap)} old");
        }

        _isNewcomer = isNewcomer;
    }

    // Incidents that are its own, and what joined one.
    private void NoteIncidents(long wall, bool isAttempt, List<Step> judged, List<string> effects)
    {
        int grown = 0;
        for (int row = 0; row < _incidents.Cells.Length; row += Column.Count)
        {
            int id = _incidents.Cells[row + Column.Id];
            if (id == 0 || !(Incidents.Contains(id) || _incidents.Cells[row + Column.Actor] == _number))
            {
                continue;
            }

            int frames = _incidents.Cells[row + Column.Frames];
            int before = _frames.GetValueOrDefault(id);
            if (Incidents.Add(id))
            {
                effects.Add(string.Create(CultureInfo.InvariantCulture, $"incident #{id} opens"));
            }

            grown = frames > before && before > 0 ? id : grown;
            _frames[id] = frames;
        }

        if (grown == 0)
        {
            return;
        }

        if (judged.Count == 0 && !isAttempt && _tally.IsOpener)
        {
            JoinedAtOnce++;
            Steps.Add(new Step(wall, null, Step.Joined));
        }

        for (int i = 0; i < judged.Count && effects.Count == 0; i++)
        {
            judged[i].Attempt!.Incident = grown;
            judged[i] = judged[i] with
            {
                What = string.Create(CultureInfo.InvariantCulture,
                $"{judged[i].What}; it joined incident #{grown}")
            };
        }
    }

    /// <summary>An IPv4 address, or a station, as the trackers know it.</summary>
    public static string AddressOf(int address) => Stations.IsStation(address)
        ? string.Create(CultureInfo.InvariantCulture, $"the station ..{address:x6}")
        : string.Create(CultureInfo.InvariantCulture, $"{address >> 24 & 255}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
}
