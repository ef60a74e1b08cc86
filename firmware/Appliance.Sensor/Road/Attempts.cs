using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>
/// Which attempts concern this VLAN, which of them nobody makes in good faith, and whether they wait for their outcome.
/// </summary>
public sealed class Attempts
{
    private readonly Suspicions _suspicions;
    private readonly RunningSweeps _running;
    private readonly Judge _judge;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public Attempts(Suspicions suspicions, RunningSweeps running, Judge judge, SiteView site)
    {
        _suspicions = suspicions;
        _running = running;
        _judge = judge;
        _site = site;
    }

    /// <summary>
    /// Takes in a bare reset of a home host that ends no connection that was seen: it answers a segment of none, as ACK, window
    /// and Maimon scans send it. The segment itself is not copied to the tap, since it looks like one of an established
    /// connection.
    /// </summary>
    /// <param name="reset">The reset.</param>
    /// <param name="flags">What the segment's flags were, as far as that is known.</param>
    public void TakeStray(Probe reset, int flags)
    {
        if (!reset.FromHome || (reset.Flags & (Tcp.Rst | Tcp.Ack)) != Tcp.Rst || reset.Sequence == 0 || LooksLikeAnswer(reset))
        {
            return;
        }

        _judge.TakeRefused(reset, flags);
    }

    // A client that has gone resets what its server still sends to its port.
    private bool LooksLikeAnswer(Probe reset)
    {
        return (reset.Port < Limits.ServerPort && reset.SourcePort >= Limits.ServerPort)
            || (reset.Port < Limits.EphemeralPort && reset.SourcePort >= Limits.EphemeralPort);
    }

    /// <summary>Takes in an attempt.</summary>
    /// <param name="probe">The attempt, its connection just made or made anew.</param>
    /// <param name="isImpossible">No stack sends such a frame.</param>
    public void Take(Probe probe, bool isImpossible)
    {
        // An outside host that is asked from outside is no concern of this VLAN's; a local machine that sweeps others is.
        if (!probe.ToHome && !(probe.FromHome && probe.Protocol == IpProtocol.Tcp))
        {
            return;
        }

        int signature = probe.Signature;
        bool isSuspect = isImpossible || probe.IsSplit;
        bool isRestricted = false;
        if (signature >= 0)
        {
            int traits = _site.Table.Traits(signature);
            bool isTrap = (traits & Traits.Suspect) != 0
                || ((traits & Traits.TalkIsSuspect) != 0 && !(probe.FromHome && probe.ToHome));
            isSuspect |= isTrap && !_site.Table.IsServed(probe.Version, probe.Target, probe.Addresses, probe.DestinationAt,
                probe.Protocol, probe.Port);
            isRestricted = (traits & Traits.RestrictedService) != 0;
        }

        probe.IsSuspect = isSuspect;
        probe.IsRestricted = isRestricted;
        int slot = _suspicions.SlotOf(probe.Actor);
        if (_suspicions.OfActors[slot] == 0 || !_running.Join(slot, probe))
        {
            _judge.Await(probe);
        }
    }
}
