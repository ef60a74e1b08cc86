using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// What a neighbour message says (RFC 4861): a solicitation is IPv6's who-has, an attempt at the address that it asks for; an
/// advertisement is its answer. Both are made on the link itself, so whom they name is at home whatever the profile says.
/// </summary>
public sealed class NeighbourMessages
{
    private readonly Connections _connections;
    private readonly Identities _identities;
    private readonly WalkThreshold _threshold;
    private readonly Flows _flows;

    /// <summary>Makes it of what it works on.</summary>
    public NeighbourMessages(Connections connections, Identities identities, WalkThreshold threshold, Flows flows)
    {
        _connections = connections;
        _identities = identities;
        _threshold = threshold;
        _flows = flows;
    }

    /// <summary>Takes in an ICMPv6 message of the two types, to one or to all.</summary>
    /// <param name="frame">The frame, its message long enough for the type.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        int about = frame.TransportAt + Icmp.NeighbourTarget;
        if (frame.CapturedEnd - about < Ipv6.AddressLength)
        {
            return;
        }

        probe.BeOnLink();
        if (frame.IcmpType == Icmp.NeighbourSolicitation)
        {
            byte[] bytes = frame.Bytes;
            if (bytes[probe.SourceAt] == 0)
            {
                // Who has no address yet (of ::/8 only the unspecified one sends) asks whether somebody has the one that it is
                // about to take, or hides. It is known by its MAC, which stands in the unspecified address.
                Array.Copy(bytes, frame.Start + Ethernet.Source, bytes, probe.SourceAt + Ipv6.MacAt,
                    Ethernet.Type - Ethernet.Source);
                probe.Actor = _identities.Of(bytes, probe.SourceAt, 6);
            }

            probe.DestinationAt = about;
            _identities.ReadOnLink(probe, false);
            _flows.AskDecoded(probe);
            return;
        }

        probe.SourceAt = about;
        _identities.ReadOnLink(probe, true);
        _connections.Seek(probe);
        if (_flows.Answer(probe))
        {
            _threshold.SeeArpReply();
        }
    }
}
