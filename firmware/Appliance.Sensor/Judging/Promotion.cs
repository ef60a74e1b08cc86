using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>How a suspicion becomes an incident, or a part of one that its actor has already.</summary>
public sealed class Promotion
{
    // Where several addresses of a network act as one.
    private const int NetworkBits = 24;

    private readonly Suspicions _suspicions;
    private readonly int[] _cells;
    private readonly IncidentTable _incidents;
    private readonly Merging _merging;
    private readonly TargetReplay _replay;
    private readonly OutcomeCounts _counts;
    private readonly SiteView _site;
    private readonly Teller _teller;
    private readonly OutwardFailures _outward;

    /// <summary>Makes it of what it works on.</summary>
    public Promotion(Suspicions suspicions, IncidentTable incidents, Merging merging, TargetReplay replay, OutcomeCounts counts,
        SiteView site, OutwardFailures outward)
    {
        _outward = outward;
        _suspicions = suspicions;
        _cells = suspicions.Cells;
        _incidents = incidents;
        _merging = merging;
        _replay = replay;
        _counts = counts;
        _site = site;
        _teller = outward.Teller;
    }

    /// <summary>Makes an incident of a suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt that was enough.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="isNetwork">The suspicion is of a network.</param>
    /// <param name="isByNumber">The number of first contacts was enough, not what came of them.</param>
    /// <returns>The incident's record; nothing of it is told yet.</returns>
    public int Promote(int at, Probe probe, int kind, bool isNetwork, bool isByNumber)
    {
        // The device addresses the first four locals for less than the others.
        int[] incidents = _incidents.Cells;
        int record;
        int row;
        bool isMerged;
        int[] cells = _cells;
        bool byPort = kind != Kind.PortScan;
        bool isWalk = kind != Kind.DarkHost && !isNetwork;
        bool isOutward = isWalk && byPort && _outward.Are(at, probe);
        record = !isWalk ? -1 : isOutward ? _outward.RecordOf(probe) : _merging.Overlapping(at, probe, kind == Kind.PortScan);
        bool isChorus = record < 0 && kind == Kind.PortScan && (record = _merging.Chorus(at, probe)) >= 0;
        bool isCrowd = record < 0 && isWalk && !isOutward && (record = _merging.Crowd(probe, kind)) >= 0;
        isMerged = record >= 0;
        if (!isMerged)
        {
            record = isOutward ? _outward.Open(probe) : _teller.Open(kind, probe);
        }

        cells[at + Suspicions.Incident] = record + 1;
        row = record * Column.Count;
        if (isMerged && (isChorus || isCrowd || isOutward))
        {
            _merging.AddSource(record, at, probe);
        }

        if (isMerged && !isChorus)
        {
            _merging.Merge(record, at, probe, kind);
        }
        else if (!isMerged)
        {
            Describe(row, at, probe, byPort, isNetwork);
            incidents[row + Column.ByNumber] = isByNumber ? 1 : 0;
            incidents[row + Column.Tool] = _suspicions.Notes.ToolOf(at);
        }

        _incidents.AbsorbTtls(row, cells[at + Suspicions.Cover]);
        incidents[row + Column.Frames] += _replay.AttemptsOf(at, record, probe, kind, isMerged);
        int sizeBefore = incidents[row + Column.Size];
        int known = isMerged && byPort && incidents[row + Column.Kind] == Kind.Sweep ? _counts.AnswerKnown(record, at, probe) : 0;
        int unlistedDark = _replay.Run(at, record, probe, kind, isMerged, isNetwork);
        int grown = incidents[row + Column.Size] - sizeBefore;
        if (byPort && incidents[row + Column.Frames] < incidents[row + Column.Size])
        {
            // Of each of those from before the suspicion one attempt at least is known.
            incidents[row + Column.Frames] = incidents[row + Column.Size];
        }

        if (kind == Kind.DarkHost)
        {
            // Nobody is dark where nobody else is heard.
            incidents[row + (_site.CanTellDark(probe.Now) ? Column.Dark : Column.Silent)] = incidents[row + Column.Size];
            // The gap to the next attempt is one between attempts at this host.
            incidents[row + Column.TargetLast] = probe.Number;
        }
        else
        {
            // Outcomes are counted a host, or of a port scan a port: those of what was counted before are not counted again.
            incidents[row + Column.MayBeWorse] = 1;
            if (isMerged && !byPort && incidents[row + Column.Kind] == Kind.Sweep)
            {
                CountHost(at, record, probe, grown);
            }
            else if (grown > 0)
            {
                int dark = byPort && _site.CanTellDark(probe.Now) ? _suspicions.Notes.DarkOf(at) + unlistedDark : 0;
                CountTargets(at, row, grown, dark, isMerged, known);
                _counts.NameListed(record, at, probe, byPort);
            }
        }

        if (isNetwork)
        {
            Gather(record, row, probe);
        }
        else if (byPort)
        {
            // A port scan of one of them, hours later, is none that began with the sweep.
            _suspicions.ForgetHosts(probe.Actor, probe.Port);
        }

        _teller.Relate(record);
        return record;
    }

    // What each source of a network did by itself is told here, and what it does from now on.
    private void Gather(int record, int row, Probe probe)
    {
        int[] cells = _cells;
        int[] incidents = _incidents.Cells;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            int actor = cells[at + Suspicions.Actor];
            if (cells[at + Suspicions.Incident] != 0 || (actor ^ probe.Actor) >> (32 - NetworkBits) != 0
                || _suspicions.Find(_suspicions.Keys.OfSweep(4, actor, probe.Port, probe.Protocol)) != at)
            {
                continue;
            }

            cells[at + Suspicions.Incident] = record + 1;
            _incidents.CountSource(record, (byte)actor);
            int known = _counts.AnswerKnown(record, at, probe);
            int grown = -incidents[row + Column.Size];
            for (int i = 0; i < _suspicions.Notes.ListedOf(at); i++)
            {
                _incidents.AddNew(record, (int)((uint)cells[at + Suspicions.Target + i] >> 16));
            }

            grown += incidents[row + Column.Size];
            incidents[row + Column.Frames] += grown;
            _incidents.CoverIpv4(row, cells[at + Suspicions.FirstTarget]);
            int cover = (byte)cells[at + Suspicions.Cover];
            if (cover < incidents[row + Column.DestinationLength])
            {
                incidents[row + Column.DestinationLength] = cover;
            }

            if (grown > 0)
            {
                CountTargets(at, row, grown, _site.CanTellDark(probe.Now) ? _suspicions.Notes.DarkOf(at) : 0, true, known);
                _counts.NameListed(record, at, probe, true);
            }
        }

        _incidents.BreakOrder(record);
    }

    // A port scan that is a part of a sweep over several ports is one host of it.
    private void CountHost(int at, int record, Probe probe, int grown)
    {
        int[] cells = _cells;
        int walked = (byte)(cells[at + Suspicions.Counts] >> 8);
        if (grown > 0)
        {
            probe.Outcome = walked > 0 ? Outcome.Answered : probe.Outcome;
            _counts.Count(record * Column.Count, probe, 1);
            cells[at + Suspicions.Facts] |= walked > 0 ? Suspicions.HasAnswered : 0;
        }
        else if (walked > 0)
        {
            _counts.AnswerElsewhere(record, probe);
        }
    }

    private void CountTargets(int at, int row, int grown, int dark, bool isMerged, int known)
    {
        int[] cells = _cells;
        int[] incidents = _incidents.Cells;
        int targets = cells[at + Suspicions.Targets];
        int walked = (byte)(cells[at + Suspicions.Counts] >> 8);
        int refused = (int)((uint)cells[at + Suspicions.Counts] >> 24);
        if (!isMerged && grown > targets)
        {
            // Whom its actor asked before the first failure answered.
            int before = _suspicions.Notes.BeforeOf(at);
            walked += before < grown - targets ? before : grown - targets;
        }

        if (isMerged)
        {
            // Those that were counted before have their answers already.
            walked = (walked - (known >> 16)) * grown / (targets - (ushort)known);
            refused = refused * grown / targets;
            dark = dark * grown / targets;
        }

        // What is left of those that it grew by was silent, however many the suspicion could tell apart.
        int unanswered = grown - walked - refused;
        unanswered = unanswered < 0 ? 0 : unanswered;
        dark = dark < unanswered ? dark : unanswered;
        incidents[row + Column.Answered] += walked;
        incidents[row + Column.Refused] += refused;
        incidents[row + Column.Dark] += dark;
        incidents[row + Column.Silent] += unanswered - dark;
    }

    // A new incident says of itself what its suspicion knows.
    private void Describe(int row, int at, Probe probe, bool byPort, bool isNetwork)
    {
        int[] cells = _cells;
        int[] incidents = _incidents.Cells;
        int facts = cells[at + Suspicions.Facts];
        int cover = cells[at + Suspicions.Cover];
        incidents[row + Column.First] = cells[at + Suspicions.First];
        incidents[row + Column.Fine] = (((cells[at + Suspicions.Flags] >> 8) & 1023) << 16) | probe.Fine;
        incidents[row + Column.Owner] = at;
        cells[at + Suspicions.Facts] = facts | Suspicions.IsOwner;
        incidents[row + Column.Port] = byPort ? probe.Port : 0;
        // One port's name does not name a scan of many, nor a group's service a sweep over others.
        int signature = (ushort)facts - 1;
        incidents[row + Column.Signature] =
            (facts & Suspicions.NameDiffers) != 0 && (!byPort || _site.IsOfGroup(signature)) ? -1 : signature;
        incidents[row + Column.Expected] = (byte)(facts >> 16) - 1;
        incidents[row + Column.Flags] = (facts & Suspicions.FlagsDiffer) != 0 ? -1 : probe.Flags;
        incidents[row + Column.SourcePort] = (facts & Suspicions.PortDiffers) != 0 ? -1 : probe.SourcePort;
        if (incidents[row + Column.Kind] != Kind.DarkHost || probe.Version != 4)
        {
            incidents[row + Column.DestinationLength] = (byte)cover;
        }

        incidents[row + Column.Destinations] = 1;
        if (isNetwork)
        {
            incidents[row + Column.Actor] = probe.Actor & ~255;
            incidents[row + Column.Source] = probe.Actor & ~255;
            incidents[row + Column.SourceLength] = NetworkBits;
            incidents[row + Column.SourcePort] = -1;
            incidents[row + Column.Sources] = 0;
        }
    }
}
