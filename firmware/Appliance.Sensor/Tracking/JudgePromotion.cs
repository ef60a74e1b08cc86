using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Tracking;

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
            Merge(row, at, probe, kind);
        }
        else
        {
            Describe(row, at, probe, byPort, isNetwork);
        }

        _incidents.AbsorbTtl(row, (cover >> 8) & 255);
        _incidents.AbsorbTtl(row, (cover >> 16) & 255);
        // What an actor tried at one host is in its sweep already, but for the newest.
        bool isCounted = isMerged && kind == Kind.PortScan && incidents[row + Column.Kind] == Kind.Sweep;
        incidents[row + Column.Frames] += kind == Kind.DarkHost ? DarkPolled(at, probe, true) : isCounted ? 1 : cells[at + Suspicions.Tries];
        int sizeBefore = incidents[row + Column.Size];
        Replay(at, record, probe, kind, isMerged, isNetwork);
        isCounted |= isMerged && incidents[row + Column.Size] == sizeBefore;
        int walked = (cells[at + Suspicions.Counts] >> 8) & 255;
        int refused = (cells[at + Suspicions.Counts] >> 24) & 255;
        if (kind == Kind.DarkHost)
        {
            incidents[row + Column.Dark] = incidents[row + Column.Size];
            // The gap to the next try is one between tries at this host.
            incidents[row + Column.TargetLast] = probe.Number;
        }
        else if (isCounted)
        {
            // Another port at hosts that are counted: outcomes are counted a host.
            incidents[row + Column.MayBeWorse] = 1;
            _shared.Forget(probe.Actor);
        }
        else
        {
            int dark = _hosts.CanTellDark(probe.Now) ? BitsOf((cover >> 24) & 255) : 0;
            incidents[row + Column.Answered] += walked;
            incidents[row + Column.MayBeWorse] = 1;
            incidents[row + Column.Refused] += refused;
            incidents[row + Column.Dark] += byPort ? dark : 0;
            incidents[row + Column.Silent] += Positive((cells[at + Suspicions.Counts] & 255) - refused - (byPort ? dark : 0));
            _shared.Forget(probe.Actor);
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
        incidents[row + Column.DestinationLength] = cover & 255;
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
    private void Replay(int at, int record, Probe probe, int kind, bool isMerged, bool isNetwork)
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

        if (!isMerged && kind != Kind.DarkHost && count > listed)
        {
            _incidents.Cells[row + Column.Size] += count - listed;
            _incidents.MissOrder(record);
        }
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
