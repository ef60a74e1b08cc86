using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>What an ARP message says: a who-has is an attempt at its target, a reply its answer.</summary>
public sealed class ArpMessages
{
    private readonly Connections _connections;
    private readonly WalkThreshold _threshold;
    private readonly Flows _flows;

    /// <summary>Makes it of what it works on.</summary>
    public ArpMessages(Connections connections, WalkThreshold threshold, Flows flows)
    {
        _connections = connections;
        _threshold = threshold;
        _flows = flows;
    }

    /// <summary>Takes in an ARP message for IPv4 over Ethernet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        probe.Protocol = Probe.Arp;
        probe.SourcePort = 0;
        probe.Port = 0;
        probe.Ttl = 0;
        probe.Identification = 0;
        probe.Flags = 0;
        // An address probe (sender 0) or an announcement (sender is target) asks for nobody else.
        if (probe.Actor == 0 || probe.Actor == probe.Target)
        {
            return;
        }

        _connections.Seek(probe);
        if (frame.ArpOperation == Arp.Request)
        {
            _flows.Ask(probe);
        }
        else if (frame.ArpOperation == Arp.Reply && probe.Connection >= 0 && !probe.FromOpener)
        {
            _threshold.SeeArpReply();
            _flows.Answer(probe);
        }
    }
}
