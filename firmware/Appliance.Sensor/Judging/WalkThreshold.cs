using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// When a suspicion is enough: three suspect targets, or eight of which half failed, are a walk over hosts (a sweep) or over
/// ports (a port scan).
/// </summary>
public sealed class WalkThreshold
{
    private readonly Suspicions _suspicions;
    private bool _sawArpReply;

    /// <summary>Makes the threshold.</summary>
    /// <param name="suspicions">The suspicions that it is held against.</param>
    public WalkThreshold(Suspicions suspicions)
    {
        _suspicions = suspicions;
    }

    /// <summary>ARP replies reach the tap, so that their absence means something.</summary>
    public void SeeArpReply()
    {
        _sawArpReply = true;
    }

    /// <summary>Whether a suspicion is a walk.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="protocol">Its protocol.</param>
    public bool IsWalk(int at, int protocol)
    {
        int counts = _suspicions.Cells[at + Suspicions.Counts];
        int targets = _suspicions.Cells[at + Suspicions.Targets];
        int least = protocol == Probe.Arp && !_sawArpReply ? Limits.ArpTargetsUnanswered : Limits.PlainTargets;
        return ((counts >> 16) & 255) >= Limits.SuspectTargets || (targets >= least && (counts & 255) * 2 >= targets);
    }
}
