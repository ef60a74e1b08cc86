using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>When a suspicion is more than that, and what an incident that opens takes with it.</summary>
public sealed class Conclusions
{
    private readonly WalkThreshold _threshold;
    private readonly DarkPolling _dark;
    private readonly Promotion _promotion;
    private readonly RestrictedServices _restricted;
    private readonly SharedTargets _shared;
    private readonly FirstContacts _contacts;
    private readonly Teller _teller;
    private readonly IncidentTable _incidents;
    private readonly ArpBursts _arp;

    /// <summary>Makes it of what it works on.</summary>
    public Conclusions(WalkThreshold threshold, DarkPolling dark, Promotion promotion, RestrictedServices restricted,
        SharedTargets shared, FirstContacts contacts, ArpBursts arp)
    {
        _incidents = arp.Incidents;
        _arp = arp;
        _threshold = threshold;
        _dark = dark;
        _promotion = promotion;
        _restricted = restricted;
        _shared = shared;
        _contacts = contacts;
        _teller = arp.Teller;
    }

    /// <summary>Whether an attempt is one of so many first contacts that their number is evidence.</summary>
    /// <param name="probe">The attempt.</param>
    public bool IsCrowd(Probe probe)
    {
        return _contacts.IsCrowd(probe);
    }

    /// <summary>Writes an attempt into a suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <param name="byPort">It is of a port; else of a host.</param>
    public void Write(int at, Probe probe, bool byPort)
    {
        _threshold.Write(at, probe, byPort);
    }

    /// <summary>Makes an incident of a suspicion if it is enough.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt, which failed or is one of a crowd.</param>
    /// <param name="byPort">It is of a port; else of a host.</param>
    /// <returns>Whether it was enough.</returns>
    public bool Conclude(int at, Probe probe, bool byPort)
    {
        bool isWalk = _threshold.IsWalk(at, probe);
        if (isWalk || (byPort && _contacts.IsCrowd(probe)))
        {
            Open(at, probe, byPort ? Kind.Sweep : Kind.PortScan, false, !isWalk);
            return true;
        }

        if (byPort && _dark.IsPolling(at, probe))
        {
            Open(at, probe, Kind.DarkHost, false, false);
            return true;
        }

        return false;
    }

    /// <summary>Makes an incident of a network's suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public void ConcludeNetwork(int at, Probe probe)
    {
        Open(at, probe, Kind.Sweep, true, false);
    }

    private void Open(int at, Probe probe, int kind, bool isNetwork, bool isByNumber)
    {
        int record = _promotion.Promote(at, probe, kind, isNetwork, isByNumber);
        if (kind != Kind.DarkHost)
        {
            // What its actor did elsewhere is told here.
            _shared.Forget(probe.Actor);
        }

        // What its actor did so far is told; the next scan is weighed by itself.
        _contacts.Forgive(probe.Actor);
        _restricted.Fold(record, probe, kind);
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        if (cells[row + Column.Form] == IncidentForm.Crowd && cells[row + Column.Sources] > 1)
        {
            _teller.NameSource(record, probe, true);
            return;
        }

        _teller.Consider(record);
        if (kind == Kind.Sweep)
        {
            _arp.Fold(record, probe);
        }
        else if (kind == Kind.PortScan && cells[row + Column.Sources] > 1)
        {
            FoldDistributed(record, probe);
        }
    }

    // Decoys that asked for a suspect port of the host first were taken for strangers.
    private void FoldDistributed(int record, Probe probe)
    {
        int[] cells = _incidents.Cells;
        for (int other = 0; other < Limits.Incidents; other++)
        {
            int row = other * Column.Count;
            if (cells[row + Column.Id] != 0 && cells[row + Column.Kind] == Kind.DistributedProbe
                && cells[row + Column.Destination] == probe.Target && cells[row + Column.Version] == probe.Version
                && probe.Now - cells[row + Column.Last] < Limits.Minute)
            {
                _teller.Fold(other, record);
            }
        }
    }
}
