using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>How the targets and attempts that a suspicion remembers come into the incident that it becomes.</summary>
public sealed class TargetReplay
{
    // Bits of an IPv6 prefix whose addresses differ in the last octet alone.
    private const int AllButOneOctet = 120;

    private readonly Suspicions _suspicions;
    private readonly int[] _cells;
    private readonly IncidentTable _incidents;
    private readonly EarlierAttempts _earlier;
    private readonly PolledHosts _polled;
    private readonly SiteView _site;
    private readonly FirstContacts _contacts;

    /// <summary>Makes it of what it works on.</summary>
    public TargetReplay(Suspicions suspicions, IncidentTable incidents, EarlierAttempts earlier, PolledHosts polled,
        SiteView site,
        FirstContacts contacts)
    {
        _suspicions = suspicions;
        _cells = suspicions.Cells;
        _incidents = incidents;
        _earlier = earlier;
        _polled = polled;
        _site = site;
        _contacts = contacts;
    }

    /// <summary>How many attempts of a suspicion its incident has not counted yet.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="record">The incident's record.</param>
    /// <param name="probe">The newest attempt.</param>
    /// <param name="kind">What the suspicion has become.</param>
    /// <param name="isMerged">The incident was there before.</param>
    public int AttemptsOf(int at, int record, Probe probe, int kind, bool isMerged)
    {
        if (kind == Kind.DarkHost)
        {
            return _polled.AttemptsOf(at, probe);
        }

        int attempts = _cells[at + Suspicions.Attempts] - (isMerged ? CountedAlready(at, record, probe,
            kind != Kind.PortScan) : 0);
        return attempts < 0 ? 0 : attempts;
    }

    /// <summary>Counts the targets that a suspicion lists into its incident.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="record">The incident's record.</param>
    /// <param name="probe">The newest attempt.</param>
    /// <param name="kind">What the suspicion has become.</param>
    /// <param name="isMerged">The incident was there before.</param>
    /// <param name="isNetwork">The suspicion is of a network.</param>
    /// <returns>How many of those that it does not list are dark.</returns>
    public int Run(int at, int record, Probe probe, int kind, bool isMerged, bool isNetwork)
    {
        bool byPort = kind != Kind.PortScan;
        int kept = _incidents.Cells[(record * Column.Count) + Column.Kind];
        int count = _cells[at + Suspicions.Targets];
        int listed = _suspicions.Notes.ListedOf(at);
        for (int i = 0; i < listed; i++)
        {
            if (!byPort)
            {
                RunPort(at, record, probe, kept, i);
            }
            else if (kept != Kind.PortScan)
            {
                RunHost(at, record, probe, i, isMerged, isNetwork);
            }
        }

        if (byPort && isMerged)
        {
            _incidents.ListPort(record, probe.Port);
        }

        if (isMerged || kind == Kind.DarkHost)
        {
            return 0;
        }

        if (kind == Kind.Sweep && !isNetwork && IsInOneOctet(at, probe) && _contacts.IsStranger(probe))
        {
            return RunAcquaintances(at, record, probe, count - listed);
        }

        return count == listed ? 0 : RunUnlisted(at, record, probe, byPort, count - listed);
    }

    // Whether the last octet says which target it is: of IPv6 where all that were written down share the rest.
    private bool IsInOneOctet(int at, Probe probe)
    {
        return probe.Version == 6 ? (byte)_cells[at + Suspicions.Cover] >= AllButOneOctet : _site.IsOneNetwork(probe);
    }

    /// <summary>
    /// Counts the targets that its actor asked in all, where it is new to this network of at most 256 addresses: each by its
    /// number, so that none is missed and none counted twice. Those that answered before the first failure are among them.
    /// </summary>
    /// <returns>How many of those that the suspicion does not list are dark; of IPv6 in the proportion of the listed
    /// ones.</returns>
    private int RunAcquaintances(int at, int record, Probe probe, int unlisted)
    {
        bool isSix = probe.Version == 6;
        // Of an IPv6 address the digest has the last bits alone.
        int before = isSix ? 96 : 0;
        int[] incidents = _incidents.Cells;
        int length = (record * Column.Count) + Column.DestinationLength;
        // First those whose order is remembered.
        int dark = unlisted > 0 ? RunEarlier(record, probe, true, probe.Now - Limits.StoryGap, true) : 0;
        int unnamed = 0;
        int newest = _contacts.TargetOf(probe);
        for (int host = 0; host < 256; host++)
        {
            int target = (newest & ~255) | host;
            if (_contacts.HasAsked(probe, target) && _incidents.AddNew(record, (ushort)(probe.Number + target - newest)) > 0)
            {
                incidents[length] = Prefix.Shared(newest, target, incidents[length] - before) + before;
                _incidents.MissOrder(record);
                int bit = isSix ? -1 : _site.LivingBitOf(target);
                dark += bit >= 0 && !_site.Lives(bit) ? 1 : 0;
                unnamed++;
            }
        }

        return isSix ? dark + (unnamed * _suspicions.Notes.DarkOf(at) / Suspicions.ListedTargets) : dark;
    }

    private void RunPort(int at, int record, Probe probe, int kept, int place)
    {
        int number = (int)((uint)_cells[at + Suspicions.Target + place] >> 16);
        if (kept == Kind.Sweep && place == 0 && _incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.BreakOrder(record);
        }

        if (kept == Kind.PortScan)
        {
            _incidents.AddNew(record, number);
        }

        _incidents.ListPort(record, number);
    }

    private void RunHost(int at, int record, Probe probe, int place, bool isMerged, bool isNetwork)
    {
        IncidentTable incidents = _incidents;
        int[] cells = _cells;
        int row = record * Column.Count;
        int target = cells[at + Suspicions.Target + place];
        int number = (int)((uint)target >> 16);
        bool isPolling = incidents.Cells[row + Column.Kind] == Kind.DarkHost;
        if (isPolling && (((cells[at + Suspicions.Cover] >> (24 + place)) & 1) == 0 || !_site.IsStillDark(number, probe)))
        {
            // The living ones that are polled beside are not its targets.
            return;
        }

        if (isNetwork)
        {
            incidents.CountSource(record, (byte)target);
            incidents.AddNew(record, number);
            return;
        }

        if (incidents.AddNew(record, number) == 0)
        {
            return;
        }

        if (isPolling && probe.Version == 4)
        {
            incidents.CoverIpv4(row, probe.AddressOf(number, probe.Target));
            incidents.Asked.NameNumber(record, probe.AddressOf(number, probe.Target));
        }
        else if (isPolling && number == probe.Number)
        {
            // A number does not give an IPv6 address back.
            incidents.Asked.Name(record, probe);
        }

        if (isMerged)
        {
            // Another walk beside the first: their numbers together are nobody's order.
            incidents.BreakOrder(record);
            return;
        }

        bool holdsIds = (cells[at + Suspicions.Facts] & Suspicions.HoldsIds) != 0;
        int first = cells[at + Suspicions.FirstPort];
        int port = holdsIds ? (ushort)first : (ushort)target;
        int id = !holdsIds ? -1 : place == 0 ? (int)((uint)first >> 16) : (ushort)target;
        incidents.FollowOrder(record, number, port, id);
    }

    /// <summary>
    /// Counts the targets beyond the listed ones: by number as far as the last attempts are remembered, so that a retry is not a
    /// further target; the others by their count.
    /// </summary>
    /// <returns>How many of them are dark, those without a number in the proportion of the listed ones.</returns>
    private int RunUnlisted(int at, int record, Probe probe, bool byPort, int count)
    {
        int[] incidents = _incidents.Cells;
        int size = (record * Column.Count) + Column.Size;
        count += incidents[size];
        int dark = RunEarlier(record, probe, byPort, _cells[at + Suspicions.First], false);
        count -= incidents[size];
        if (count > 0)
        {
            incidents[size] += count;
            incidents[size - Column.Size + Column.Unnumbered] = count;
            _incidents.MissOrder(record);
            dark += count * _suspicions.Notes.DarkOf(at) / Suspicions.ListedTargets;
        }

        return dark;
    }

    // Adds the targets of an actor's earlier attempts that are remembered, in their order; how many of those hosts are dark.
    private int RunEarlier(int record, Probe probe, bool byPort, int since, bool areMet)
    {
        int dark = 0;
        Probe attempt = _earlier.Current;
        int next = _earlier.NextAttempt(0, probe, byPort, since);
        while (next >= 0)
        {
            int number = byPort ? _site.NumberOf(attempt, attempt.Target, attempt.DestinationAt) : attempt.Port;
            if (attempt.Now - probe.Now <= 0 && (!areMet || _contacts.HasAsked(probe, _contacts.TargetOf(attempt)))
                && _incidents.AddNew(record, number) > 0 && byPort)
            {
                _incidents.CoverDestination(record, attempt);
                _incidents.FollowOrder(record, number, attempt.SourcePort, attempt.Identification);
                dark += _site.IsDark(attempt) ? 1 : 0;
            }

            next = _earlier.NextAttempt(next, probe, byPort, since);
        }

        return dark;
    }

    /// <summary>
    /// How many attempts of a suspicion its actor's incident has counted already. Each lies in two, that of its port and that of
    /// its host:
    /// where the other became a part of the incident, it brought its attempts along.
    /// </summary>
    private int CountedAlready(int at, int record, Probe probe, bool byPort)
    {
        int[] cells = _cells;
        if (byPort && probe.Version != 4)
        {
            // A number does not give an IPv6 address back.
            return 0;
        }

        int count = _suspicions.Notes.ListedOf(at);
        int attempts = 0;
        for (int i = 0; i < count; i++)
        {
            int number = (int)((uint)cells[at + Suspicions.Target + i] >> 16);
            int other = _suspicions.Find(byPort
                ? _suspicions.Keys.OfPortScan(probe, probe.AddressOf(number, probe.Target))
                : _suspicions.Keys.OfSweep(probe, number));
            if (other >= 0 && cells[other + Suspicions.Incident] == record + 1)
            {
                attempts += (cells[at + Suspicions.AttemptsEach] >> (i << 2)) & 15;
            }
        }

        return attempts;
    }
}
