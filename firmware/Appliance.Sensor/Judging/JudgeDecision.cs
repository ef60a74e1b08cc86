using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>What a judged try is evidence of, and when the evidence is enough.</summary>
public sealed partial class Judge
{
    /// <summary>Decides on a judged try.</summary>
    /// <returns>False when it was of no interest.</returns>
    private bool Decide(Probe probe)
    {
        int outcome = probe.Outcome;
        // A suspect port with a conversation on it is a service; one that merely answers is what the prober hopes for.
        bool isGood = outcome == Outcome.Open || (outcome == Outcome.Answered && !probe.IsSuspect);
        int sweepKey = SweepKey(probe);
        int sweep = Live(_suspicions.Find(sweepKey), probe);
        if (probe.IsRestricted)
        {
            DecideRestricted(probe, sweep);
        }

        if (Join(sweep, probe, true))
        {
            return true;
        }

        int scanKey = 0;
        int scan = -1;
        bool countsPorts = probe.Port != 0 && (probe.Protocol != IpProtocol.Udp || probe.IsSuspect || !LooksLikeAnswer(probe));
        if (countsPorts)
        {
            scanKey = PortScanKey(probe);
            scan = Live(_suspicions.Find(scanKey), probe);
        }

        if (Join(scan, probe, false))
        {
            return true;
        }

        if (isGood && sweep < 0 && scan < 0)
        {
            if (!probe.IsRestricted)
            {
                NoteOther(probe);
            }

            return false;
        }

        int network = -1;
        bool isOfNetwork = probe.IsSuspect && !isGood && !probe.IsRestricted && probe.Version == 4;
        if (isOfNetwork)
        {
            network = Live(_suspicions.Find(NetworkKey(probe)), probe);
            if (network >= 0 && _suspicions.Cells[network + Suspicions.Incident] != 0)
            {
                JoinNetwork(network, probe);
                return true;
            }
        }

        bool beganSweep = !isGood && sweep < 0;
        if (beganSweep)
        {
            sweep = Begin(sweepKey, probe, true, scan);
        }

        bool beganScan = !isGood && scan < 0 && countsPorts;
        if (beganScan)
        {
            scan = Begin(scanKey, probe, false, sweep);
        }

        if (sweep >= 0)
        {
            if (!beganSweep)
            {
                Write(sweep, probe, probe.Number);
            }

            if (!probe.IsRestricted && _suspicions.Cells[sweep + Suspicions.Targets] > 1)
            {
                NoteOther(probe);
            }

            if (!isGood && Conclude(sweep, probe, true))
            {
                return true;
            }
        }

        if (scan >= 0)
        {
            if (!beganScan)
            {
                Write(scan, probe, probe.Port);
            }

            if (!isGood && Conclude(scan, probe, false))
            {
                return true;
            }
        }

        if (isOfNetwork && ConcludeNetwork(network, probe, sweep))
        {
            return true;
        }

        if (probe.IsSuspect && !isGood && probe.LivingBit >= 0)
        {
            _shared.Add(probe);
        }

        return true;
    }

    /// <summary>A datagram to a client's port, or from a server's: it answers a question that the tap did not see.</summary>
    private bool LooksLikeAnswer(Probe probe)
    {
        return probe.Port >= Limits.EphemeralPort || (probe.SourcePort < Limits.ServerPort && probe.Port >= Limits.ServerPort);
    }

    private int SweepKey(Probe probe)
    {
        return _hash.Of(probe.Actor, (probe.Port << 9) | probe.Protocol, (probe.Version << 4) | KeySweep);
    }

    private int PortScanKey(Probe probe)
    {
        return _hash.Of(probe.Actor, probe.Target, (probe.Version << 4) | KeyPortScan);
    }

    /// <summary>A suspicion whose story is over is none.</summary>
    private int Live(int at, Probe probe)
    {
        if (at < 0)
        {
            return -1;
        }

        int[] cells = _suspicions.Cells;
        int gap = probe.Protocol == Probe.Arp ? Limits.ArpGap : Limits.StoryGap;
        if (cells[at + Suspicions.Incident] == 0 && probe.Now - cells[at + Suspicions.Last] > gap)
        {
            _suspicions.Remove(at);
            return -1;
        }

        return at;
    }

    private bool Conclude(int at, Probe probe, bool byPort)
    {
        if (IsWalk(at, probe.Protocol))
        {
            Promote(at, probe, byPort ? Kind.Sweep : Kind.PortScan, false);
            return true;
        }

        if (byPort && IsDarkPolling(at, probe))
        {
            Promote(at, probe, Kind.DarkHost, false);
            return true;
        }

        return false;
    }

    private bool IsWalk(int at, int protocol)
    {
        int counts = _suspicions.Cells[at + Suspicions.Counts];
        int targets = _suspicions.Cells[at + Suspicions.Targets];
        int least = protocol == Probe.Arp && !_sawArpReply ? Limits.ArpTargetsUnanswered : Limits.PlainTargets;
        return ((counts >> 16) & 255) >= Limits.SuspectTargets || (targets >= least && (counts & 255) * 2 >= targets);
    }
}
