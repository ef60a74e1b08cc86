using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>What an ARP message says: a who-has is an attempt at its target, a reply its answer.</summary>
public sealed class ArpMessages
{
    // What stands for the port of a question that gives the target's address as the sender's.
    private const int Announcement = Probe.Announcement;

    private readonly Connections _connections;
    private readonly WalkThreshold _threshold;
    private readonly Flows _flows;
    private readonly Stations _stations;

    /// <summary>Makes it of what it works on.</summary>
    public ArpMessages(Connections connections, WalkThreshold threshold, Flows flows, Stations stations)
    {
        _connections = connections;
        _threshold = threshold;
        _flows = flows;
        _stations = stations;
    }

    /// <summary>Takes in an ARP message for IPv4 over Ethernet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        probe.BeOnLink();
        int sender = frame.Start + Ethernet.Source;
        if (frame.ArpOperation == Arp.Request)
        {
            // Who gives no address of his own probes for one, or hides. An announcement (sender is target) is a question only
            // where somebody answers.
            bool isAnnouncement = probe.Actor == probe.Target;
            probe.Port = isAnnouncement ? Announcement : 0;
            probe.Actor = _stations.ActorOf(frame.Bytes, sender, isAnnouncement ? 0 : probe.Actor,
                isAnnouncement || probe.Actor == 0 ? probe.Target : 0);
            _flows.AskDecoded(probe);
            return;
        }

        if (probe.Target == 0 || probe.Target == probe.Actor)
        {
            // The reply to one who gave no address of his own.
            probe.SourcePort = probe.Target == probe.Actor ? Announcement : 0;
            probe.Target = _stations.ActorOf(frame.Bytes, frame.Start + Ethernet.Destination, 0, 0);
        }

        _connections.Seek(probe);
        if (probe.Connection < 0 && frame.ArpOperation == Arp.Reply)
        {
            // To one who gives another address in each question.
            probe.Target = _stations.ActorOf(frame.Bytes, frame.Start + Ethernet.Destination, 0, 0);
            _connections.Seek(probe);
        }

        if (frame.ArpOperation == Arp.Reply && _flows.Answer(probe))
        {
            _threshold.SeeArpReply();
        }
    }
}
