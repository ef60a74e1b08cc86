using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Judging;

/// <summary>How a suspicion becomes an incident, or a part of one that its actor has already.</summary>
public sealed partial class Judge
{
    private void Promote(int at, Probe probe, int kind, bool isNetwork)
    {
        int[] cells = _suspicions.Cells;
        bool byPort = kind != Kind.PortScan;
        int record = kind == Kind.DarkHost || isNetwork ? -1 : Overlapping(at, probe, kind);
        bool isMerged = record >= 0;
        if (!isMerged)
        {
            record = _teller.Open(kind, probe);
        }

        cells[at + Suspicions.Incident] = record + 1;
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int cover = cells[at + Suspicions.Cover];
        if (isMerged)
        {
            if (kind == Kind.Sweep && incidents[row + Column.Kind] == Kind.PortScan && probe.Version == 4
                && incidents[row + Column.Size] <= 2 * cells[at + Suspicions.Targets])
            {
                BecomeSweep(record, row, probe);
            }

            Merge(row, at, probe, kind);
            // What is of several ports from now on has no short way.
            _running.Forget();
        }
        else
        {
            Describe(row, at, probe, byPort, isNetwork);
        }

        _incidents.AbsorbTtl(row, (cover >> 8) & 255);
        _incidents.AbsorbTtl(row, (cover >> 16) & 255);
        incidents[row + Column.Frames] += kind == Kind.DarkHost ? DarkPolled(at, probe, true)
            : Positive(cells[at + Suspicions.Tries] - (isMerged ? TriesCounted(at, record, probe, byPort) : 0));
        int sizeBefore = incidents[row + Column.Size];
        int unlistedDark = Replay(at, record, probe, kind, isMerged, isNetwork);
        int grown = incidents[row + Column.Size] - sizeBefore;
        int targets = cells[at + Suspicions.Targets];
        int walked = (cells[at + Suspicions.Counts] >> 8) & 255;
        int refused = (cells[at + Suspicions.Counts] >> 24) & 255;
        if (kind == Kind.DarkHost)
        {
            incidents[row + Column.Dark] = incidents[row + Column.Size];
            // The gap to the next try is one between tries at this host.
            incidents[row + Column.TargetLast] = probe.Number;
        }
        else
        {
            // Outcomes are counted a host, or of a port scan a port: those of what was counted before are not counted again.
            incidents[row + Column.MayBeWorse] = 1;
            _shared.Forget(probe.Actor);
            if (isMerged && !byPort && incidents[row + Column.Kind] == Kind.Sweep)
            {
                if (grown > 0)
                {
                    probe.Outcome = walked > 0 ? Outcome.Answered : probe.Outcome;
                    CountOutcome(row, probe, 1);
                    cells[at + Suspicions.Facts] |= walked > 0 ? Suspicions.HasAnswered : 0;
                }
                else if (walked > 0)
                {
                    AnswerElsewhere(record, at);
                }
            }
            else if (grown > 0)
            {
                int dark = byPort && _hosts.CanTellDark(probe.Now) ? BitsOf((cover >> 24) & 255) + unlistedDark : 0;
                if (isMerged)
                {
                    walked = walked * grown / targets;
                    refused = refused * grown / targets;
                    dark = dark * grown / targets;
                }

                // What is left of those that it grew by was silent, however many the suspicion could tell apart.
                int unanswered = Positive(grown - walked - refused);
                dark = dark < unanswered ? dark : unanswered;
                incidents[row + Column.Answered] += walked;
                incidents[row + Column.Refused] += refused;
                incidents[row + Column.Dark] += dark;
                incidents[row + Column.Silent] += unanswered - dark;
            }
        }

        _teller.Relate(record);
        FoldRestricted(record, probe, kind);
        _teller.Consider(record);
    }

    // A new incident says of itself what its suspicion knows.
    private void Describe(int row, int at, Probe probe, bool byPort, bool isNetwork)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int facts = cells[at + Suspicions.Facts];
        int cover = cells[at + Suspicions.Cover];
        incidents[row + Column.First] = cells[at + Suspicions.First];
        incidents[row + Column.Fine] = (((cells[at + Suspicions.Flags] >> 8) & 1023) << 16) | probe.Fine;
        incidents[row + Column.Owner] = at;
        cells[at + Suspicions.Facts] = facts | Suspicions.IsOwner;
        incidents[row + Column.Port] = byPort ? probe.Port : 0;
        // One port's name does not name a scan of many, nor a group's service a sweep over others.
        int signature = (facts & 0xffff) - 1;
        incidents[row + Column.Signature] =
            (facts & Suspicions.NameDiffers) != 0 && (!byPort || IsOfGroup(signature)) ? -1 : signature;
        incidents[row + Column.Expected] = ((facts >> 16) & 255) - 1;
        incidents[row + Column.Flags] = (facts & Suspicions.FlagsDiffer) != 0 ? -1 : probe.Flags;
        incidents[row + Column.SourcePort] = (facts & Suspicions.PortDiffers) != 0 ? -1 : probe.SourcePort;
        if (incidents[row + Column.Kind] != Kind.DarkHost || probe.Version != 4)
        {
            incidents[row + Column.DestinationLength] = cover & 255;
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

    private void Merge(int row, int at, Probe probe, int kind)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int record = row / Column.Count;
        if ((cells[at + Suspicions.Facts] & Suspicions.PortDiffers) != 0
            || (cells[at + Suspicions.FirstPort] & 0xffff) != incidents[row + Column.SourcePort])
        {
            incidents[row + Column.SourcePort] = -1;
        }

        if ((cells[at + Suspicions.Facts] & Suspicions.FlagsDiffer) != 0
            || (cells[at + Suspicions.Flags] & 255) != incidents[row + Column.Flags])
        {
            incidents[row + Column.Flags] = -1;
        }

        if (incidents[row + Column.Kind] == Kind.Sweep && incidents[row + Column.Port] != 0)
        {
            _incidents.ListPort(record, incidents[row + Column.Port]);
            incidents[row + Column.Port] = 0;
            // One port's name does not name a sweep over several.
            incidents[row + Column.Signature] = -1;
        }

        if (incidents[row + Column.Protocol] != probe.Protocol)
        {
            incidents[row + Column.Protocol] = 0;
        }

        if (kind == Kind.PortScan && incidents[row + Column.Kind] == Kind.PortScan)
        {
            incidents[row + Column.Destinations]++;
            if (incidents[row + Column.Group] != _teller.GroupOf(kind, probe))
            {
                // One host's group does not name a scan of several.
                incidents[row + Column.Group] = -1;
            }
        }

        if (probe.Now - incidents[row + Column.Last] > 0)
        {
            incidents[row + Column.Last] = probe.Now;
            _incidents.Wall[record] = probe.Wall;
        }

        _incidents.CoverDestination(record, probe);
    }

    /// <summary>Counts the targets that a suspicion lists into its incident.</summary>
    /// <returns>How many of those that it does not list are dark.</returns>
    private int Replay(int at, int record, Probe probe, int kind, bool isMerged, bool isNetwork)
    {
        int[] cells = _suspicions.Cells;
        int row = record * Column.Count;
        bool byPort = kind != Kind.PortScan;
        int kept = _incidents.Cells[row + Column.Kind];
        int count = cells[at + Suspicions.Targets];
        int listed = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        bool holdsIds = (cells[at + Suspicions.Facts] & Suspicions.HoldsIds) != 0;
        int firstPort = cells[at + Suspicions.FirstPort];
        for (int i = 0; i < listed; i++)
        {
            int target = cells[at + Suspicions.Target + i];
            int number = (target >> 16) & 0xffff;
            if (kind == Kind.DarkHost
                && (((cells[at + Suspicions.Cover] >> (24 + i)) & 1) == 0 || !IsStillDark(number, probe)))
            {
                continue;
            }

            if (!byPort)
            {
                if (kept == Kind.Sweep && i == 0 && _incidents.AddNew(record, probe.Number) > 0)
                {
                    _incidents.BreakOrder(record);
                }

                if (kept == Kind.PortScan)
                {
                    _incidents.AddNew(record, number);
                }

                _incidents.ListPort(record, number);
                continue;
            }

            if (kept == Kind.PortScan)
            {
                continue;
            }

            if (isNetwork)
            {
                _incidents.CountSource(record, target & 255);
                _incidents.AddNew(record, number);
            }
            else if (_incidents.AddNew(record, number) > 0)
            {
                if (kind == Kind.DarkHost && probe.Version == 4)
                {
                    // The living ones that are polled beside are not its targets.
                    _incidents.CoverIpv4(row, probe.AddressOf(number, probe.Target));
                }

                if (isMerged)
                {
                    // Another walk beside the first: their numbers together are nobody's order.
                    _incidents.BreakOrder(record);
                    continue;
                }

                int port = holdsIds ? firstPort & 0xffff : target & 0xffff;
                int id = !holdsIds ? -1 : i == 0 ? (firstPort >> 16) & 0xffff : target & 0xffff;
                _incidents.FollowOrder(record, number, port, id);
            }
        }

        if (byPort && isMerged)
        {
            _incidents.ListPort(record, probe.Port);
        }

        if (isMerged || kind == Kind.DarkHost || count == listed)
        {
            return 0;
        }

        return ReplayUnlisted(at, record, probe, byPort, count - listed);
    }

    /// <summary>
    /// Counts the targets beyond the listed ones: by number as far as the last tries are remembered, so that a retry is not a further target; the
    /// others by their count.
    /// </summary>
    /// <returns>How many of them are dark, those without a number in the proportion of the listed ones.</returns>
    private int ReplayUnlisted(int at, int record, Probe probe, bool byPort, int count)
    {
        int[] cells = _suspicions.Cells;
        int dark = 0;
        Probe tried = _earlier;
        int next = _pending.NextTried(0, probe, byPort, cells[at + Suspicions.First], tried);
        while (next >= 0)
        {
            int number = byPort ? NumberOf(tried, tried.Target, tried.DestinationAt) : tried.Port;
            if (_incidents.AddNew(record, number) > 0)
            {
                count--;
                if (byPort)
                {
                    _incidents.FollowOrder(record, number, tried.SourcePort, tried.Identification);
                }

                dark += byPort && tried.LivingBit >= 0 && !_hosts.Lives(tried.LivingBit) ? 1 : 0;
            }

            next = _pending.NextTried(next, probe, byPort, cells[at + Suspicions.First], tried);
        }

        if (count > 0)
        {
            _incidents.Cells[(record * Column.Count) + Column.Size] += count;
            _incidents.MissOrder(record);
            dark += count * BitsOf((cells[at + Suspicions.Cover] >> 24) & 255) / Suspicions.ListedTargets;
        }

        return dark;
    }

    /// <summary>
    /// Hosts and ports both: what began as a port scan of a host or two is told as a sweep over several ports, which counts hosts.
    /// </summary>
    private void BecomeSweep(int record, int row, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        _incidents.BecomeSweep(record);
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            // Of a port scan the prefix is the one host.
            if (cells[at + Suspicions.Incident] == record + 1 && (cells[at + Suspicions.Cover] & 255) == 32)
            {
                _incidents.AddNew(record, probe.NumberOf(cells[at + Suspicions.FirstTarget]));
            }
        }

        // A host that answered at one port is one that answered.
        int left = incidents[row + Column.Size];
        left -= Cap(row + Column.Answered, left);
        left -= Cap(row + Column.Refused, left);
        left -= Cap(row + Column.Dark, left);
        Cap(row + Column.Silent, left);
    }

    private int Cap(int cell, int most)
    {
        int[] incidents = _incidents.Cells;
        if (incidents[cell] > most)
        {
            incidents[cell] = most;
        }

        return incidents[cell];
    }

    /// <summary>
    /// How many tries of a suspicion its actor's incident has counted already. Each try lies in two, that of its port and that of its host:
    /// where the other became a part of the incident, it brought its tries along.
    /// </summary>
    private int TriesCounted(int at, int record, Probe probe, bool byPort)
    {
        int[] cells = _suspicions.Cells;
        if (byPort && probe.Version != 4)
        {
            // A number does not give an IPv6 address back.
            return 0;
        }

        int count = cells[at + Suspicions.Targets];
        count = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        int tries = 0;
        for (int i = 0; i < count; i++)
        {
            int number = (cells[at + Suspicions.Target + i] >> 16) & 0xffff;
            int other = _suspicions.Find(byPort
                ? _hash.Of(probe.Actor, probe.AddressOf(number, probe.Target), (probe.Version << 4) | KeyPortScan)
                : _hash.Of(probe.Actor, (number << 9) | probe.Protocol, (probe.Version << 4) | KeySweep));
            if (other >= 0 && cells[other + Suspicions.Incident] == record + 1)
            {
                tries += (cells[at + Suspicions.TriesEach] >> (i << 2)) & 15;
            }
        }

        return tries;
    }

    /// <summary>
    /// The record of a walk of the same actor that is still going on: a tool that tries several ports at many hosts at once is one incident.
    /// Walks one after the other are incidents of their own, until an actor has <see cref="Limits.SweepsOfOneActor"/>.
    /// </summary>
    private int Overlapping(int at, Probe probe, int kind)
    {
        int[] incidents = _incidents.Cells;
        int first = _suspicions.Cells[at + Suspicions.First];
        int expected = ((_suspicions.Cells[at + Suspicions.Facts] >> 16) & 255) - 1;
        int count = 0;
        int newest = -1;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Id] == 0 || incidents[row + Column.Actor] != probe.Actor
                || incidents[row + Column.Kind] > Kind.PortScan || incidents[row + Column.Version] != probe.Version
                || (incidents[row + Column.Protocol] == Probe.Arp) != (probe.Protocol == Probe.Arp)
                // What the profile explains must not carry along what it does not.
                || incidents[row + Column.Expected] != expected)
            {
                continue;
            }

            if (first - incidents[row + Column.Last] <= 0)
            {
                return record;
            }

            count++;
            if (newest < 0 || incidents[row + Column.Last] - incidents[(newest * Column.Count) + Column.Last] > 0)
            {
                newest = record;
            }
        }

        return count >= Limits.SweepsOfOneActor ? newest : -1;
    }

    /// <summary>Whether a signature names the service of a group.</summary>
    private bool IsOfGroup(int signature)
    {
        return signature >= 0 && (_table.Traits(signature) & Traits.RestrictedService) != 0;
    }

    private int Positive(int value)
    {
        return value < 0 ? 0 : value;
    }

    private int BitsOf(int value)
    {
        int count = 0;
        while (value != 0)
        {
            value &= value - 1;
            count++;
        }

        return count;
    }
}
