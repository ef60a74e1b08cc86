using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// What a judged attempt is evidence of: it joins its actor's incident, or a suspicion of the port, of the host or of the network
/// that may become one.
/// </summary>
public sealed class Evidence
{
    private readonly Suspicions _suspicions;
    private readonly SuspicionStart _start;
    private readonly Joining _joining;
    private readonly Conclusions _conclusions;
    private readonly NetworkSweeps _networks;
    private readonly RestrictedServices _restricted;
    private readonly DistributedProbes _distributed;

    /// <summary>Makes it of what it works on.</summary>
    public Evidence(Suspicions suspicions, SuspicionStart start, Joining joining, Conclusions conclusions, NetworkSweeps networks,
        RestrictedServices restricted, DistributedProbes distributed)
    {
        _suspicions = suspicions;
        _start = start;
        _joining = joining;
        _conclusions = conclusions;
        _networks = networks;
        _restricted = restricted;
        _distributed = distributed;
    }

    /// <summary>Decides on a judged attempt.</summary>
    /// <param name="probe">The attempt; its outcome is known.</param>
    /// <returns>False when it was of no interest.</returns>
    public bool Take(Probe probe)
    {
        bool isGood = IsGood(probe);
        int sweep;
        int scan;
        int sweepKey = _suspicions.Keys.OfSweep(probe);
        sweep = _start.Living(sweepKey, probe);
        if (probe.IsRestricted)
        {
            _restricted.Decide(probe, sweep);
        }

        if (_joining.Wide.Join(probe) || _joining.Join(sweep, probe, true) != Joining.No)
        {
            return true;
        }

        // What looks like an answer counts where its ports are walked over already: a scan of UDP asks at high ports too.
        int scanKey = _suspicions.Keys.OfPortScan(probe);
        bool hasPort = probe.Port != 0 && probe.Protocol != Probe.Arp;
        scan = hasPort ? _start.Living(scanKey, probe) : -1;
        bool countsPorts = hasPort
            && (probe.Protocol != IpProtocol.Udp || probe.IsSuspect || probe.Outcome == Outcome.Refused
            || !LooksLikeAnswer(probe) || (scan >= 0 && !isGood));
        scan = countsPorts ? scan : -1;

        if (_joining.Join(scan, probe, false) != Joining.No)
        {
            return true;
        }

        bool isCrowd = _conclusions.IsCrowd(probe);
        if (isGood && sweep < 0 && scan < 0 && !isCrowd)
        {
            if (!probe.IsRestricted)
            {
                _restricted.NoteOther(probe);
            }

            return false;
        }

        bool isOfNetwork = !isGood && !probe.IsRestricted && probe.Version == 4
            && (probe.IsSuspect || (probe.Contacts != 0 && _networks.IsOutside(probe)));
        if (isOfNetwork && _networks.Join(probe))
        {
            return true;
        }

        // Who asks again whom he asked before goes on with what is suspected of him, and else tells nothing new: twenty devices
        // that send for ever to one who never answers would push each other out for ever, and a slow scan with them.
        bool isNews = probe.Contacts != 0 || probe.IsSuspect || probe.IsRestricted || probe.Outcome == Outcome.Unknown;
        bool beganSweep = (!isGood || isCrowd) && sweep < 0 && isNews;
        if (beganSweep)
        {
            sweep = _start.Begin(sweepKey, probe, true, scan);
        }

        bool beganScan = !isGood && scan < 0 && countsPorts && isNews;
        if (beganScan)
        {
            scan = _start.Begin(scanKey, probe, false, sweep);
        }

        if (GoesOn(sweep, probe, beganSweep, true) || GoesOn(scan, probe, beganScan, false))
        {
            return true;
        }

        if (!isGood && countsPorts && _joining.Wide.Conclude(probe))
        {
            return true;
        }

        if (isOfNetwork)
        {
            int concluded = _networks.Note(probe, sweep);
            if (concluded >= 0)
            {
                _conclusions.ConcludeNetwork(concluded, probe);
                return true;
            }
        }

        if (probe.IsSuspect && !isGood && probe.LivingBit >= 0)
        {
            _distributed.Add(probe);
        }

        return true;
    }

    /// <summary>
    /// Whether an attempt came to what its actor wanted in good faith. A suspect port with a conversation on it is a service; one
    /// that merely answers is what the prober hopes for.
    /// </summary>
    /// <param name="probe">The attempt; its outcome is known.</param>
    public bool IsGood(Probe probe)
    {
        return probe.Outcome == Outcome.Open || (probe.Outcome == Outcome.Answered && !probe.IsSuspect);
    }

    // Writes an attempt into a suspicion; true when that was enough for an incident.
    private bool GoesOn(int at, Probe probe, bool isWritten, bool byPort)
    {
        if (at < 0)
        {
            return false;
        }

        if (!isWritten)
        {
            _conclusions.Write(at, probe, byPort);
        }

        if (byPort && !probe.IsRestricted && _suspicions.Cells[at + Suspicions.Targets] > 1)
        {
            _restricted.NoteOther(probe);
        }

        return (!IsGood(probe) || (byPort && _conclusions.IsCrowd(probe))) && _conclusions.Conclude(at, probe, byPort);
    }

    /// <summary>A datagram to a client's port, or from a server's: it answers a question that the tap did not see.</summary>
    private bool LooksLikeAnswer(Probe probe)
    {
        return probe.Port >= Limits.EphemeralPort || (probe.SourcePort < Limits.ServerPort && probe.Port >= Limits.ServerPort);
    }
}
