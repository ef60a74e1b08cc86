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
    private readonly SiteView _site;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public Conclusions(WalkThreshold threshold, DarkPolling dark, Promotion promotion, RestrictedServices restricted,
        SharedTargets shared,
        SiteView site, Teller teller)
    {
        _threshold = threshold;
        _dark = dark;
        _promotion = promotion;
        _restricted = restricted;
        _shared = shared;
        _site = site;
        _teller = teller;
    }

    /// <summary>Makes an incident of a suspicion if it is enough.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt, which failed.</param>
    /// <param name="byPort">It is of a port; else of a host.</param>
    /// <returns>Whether it was enough.</returns>
    public bool Conclude(int at, Probe probe, bool byPort)
    {
        if (_threshold.IsWalk(at, probe.Protocol))
        {
            Open(at, probe, byPort ? Kind.Sweep : Kind.PortScan, false);
            return true;
        }

        if (byPort && _dark.IsPolling(at, probe, _site.CanTellDark(probe.Now)))
        {
            Open(at, probe, Kind.DarkHost, false);
            return true;
        }

        return false;
    }

    /// <summary>Makes an incident of a network's suspicion.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">Its newest attempt.</param>
    public void ConcludeNetwork(int at, Probe probe)
    {
        Open(at, probe, Kind.Sweep, true);
    }

    private void Open(int at, Probe probe, int kind, bool isNetwork)
    {
        int record = _promotion.Promote(at, probe, kind, isNetwork);
        if (kind != Kind.DarkHost)
        {
            // What its actor did elsewhere is told here.
            _shared.Forget(probe.Actor);
        }

        _restricted.Fold(record, probe, kind);
        _teller.Consider(record);
    }
}
