using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// What an ICMP message says of a flow: an echo opens or answers one, an unreachable refuses the one that it quotes.
/// </summary>
public sealed class IcmpMessages
{
    /// <summary>What speaks of the protocols that ICMP refuses by name.</summary>
    public readonly OtherProtocols Others;

    /// <summary>What ICMPv6 has in place of ARP.</summary>
    public readonly NeighbourMessages Neighbours;

    private readonly CallsToAll _calls;
    private readonly Connections _connections;
    private readonly Identities _identities;
    private readonly Flows _flows;

    /// <summary>Makes it of what it works on.</summary>
    public IcmpMessages(Connections connections, Identities identities, Flows flows, NeighbourMessages neighbours,
        CallsToAll calls)
    {
        _calls = calls;
        Neighbours = neighbours;
        _connections = connections;
        _identities = identities;
        _flows = flows;
        Others = new OtherProtocols(connections, flows);
    }

    /// <summary>Takes in an ICMP or ICMPv6 message.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int type = frame.IcmpType;
        bool isSix = frame.IpVersion == 6;
        int at = frame.TransportAt;
        // Both versions' echoes share one protocol number here, as both count as one kind of sweep.
        probe.Protocol = IpProtocol.Icmp;
        probe.Flags = 0;
        if (IsQuestion(type, isSix))
        {
            probe.SourcePort = BigEndian.Read16(bytes, at + Icmp.Identifier);
            probe.Port = 0;
            _flows.AskDecoded(probe);
        }
        else if (IsAnswer(type, isSix))
        {
            probe.SourcePort = 0;
            probe.Port = BigEndian.Read16(bytes, at + Icmp.Identifier);
            _connections.Seek(probe);
            if (probe.Connection < 0)
            {
                _calls.Answer(probe);
            }
            else
            {
                _flows.Answer(probe);
            }
        }
        else if (type == (isSix ? Icmp.UnreachableV6 : Icmp.Unreachable))
        {
            TakeUnreachable(frame, probe, isSix);
        }
        else if (IsNeighbour(frame))
        {
            Neighbours.Take(frame, probe);
        }
    }

    /// <summary>Takes in a message to all, or to a group.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void TakeToAll(Frame frame, Probe probe)
    {
        if (IsNeighbour(frame))
        {
            Neighbours.Take(frame, probe);
        }
        else if (IsQuestion(frame.IcmpType, frame.IpVersion == 6))
        {
            probe.Protocol = IpProtocol.Icmp;
            probe.Flags = 0;
            probe.SourcePort = 0;
            probe.Port = 0;
            probe.Ttl = frame.TimeToLive;
            _calls.Ask(probe);
        }
    }

    private bool IsNeighbour(Frame frame)
    {
        return frame.IpVersion == 6
            && (frame.IcmpType == Icmp.NeighbourSolicitation || frame.IcmpType == Icmp.NeighbourAdvertisement);
    }

    // Who asks for the time or the address mask asks whether somebody is there.
    private bool IsQuestion(int type, bool isSix)
    {
        return isSix ? type == Icmp.EchoRequestV6 : type == Icmp.EchoRequest || type == Icmp.TimestampRequest
            || type == Icmp.MaskRequest;
    }

    private bool IsAnswer(int type, bool isSix)
    {
        return isSix ? type == Icmp.EchoReplyV6 : type == Icmp.EchoReply || type == Icmp.TimestampReply || type == Icmp.MaskReply;
    }

    /// <summary>
    /// An ICMP error quotes the datagram that it is about: that attempt was refused. It speaks for the target, whoever sent it.
    /// </summary>
    private void TakeUnreachable(Frame frame, Probe probe, bool isSix)
    {
        byte[] bytes = frame.Bytes;
        int at = frame.PayloadAt;
        int protocol;
        int headerLength = isSix ? Ipv6.HeaderLength : Ipv4.HeaderLength;
        int captured = frame.CapturedEnd - at;
        if (captured < headerLength + 8 || frame.PayloadLength < headerLength + 8)
        {
            return;
        }

        if (!isSix)
        {
            headerLength = (bytes[at] & 15) << 2;
            if (headerLength < Ipv4.HeaderLength || captured < headerLength + 8)
            {
                return;
            }
        }

        protocol = bytes[at + (isSix ? Ipv6.NextHeader : Ipv4.Protocol)];
        int sourceAt = at + (isSix ? Ipv6.Source : Ipv4.Source);
        int targetAt = at + (isSix ? Ipv6.Destination : Ipv4.Destination);
        int asked = 0;
        int asking = 0;
        int ports = at + headerLength;
        if (protocol == IpProtocol.Tcp || protocol == IpProtocol.Udp || protocol == IpProtocol.Sctp)
        {
            asking = BigEndian.Read16(bytes, ports);
            asked = BigEndian.Read16(bytes, ports + 2);
        }
        else if (protocol == IpProtocol.Icmp || protocol == IpProtocol.Icmpv6)
        {
            protocol = IpProtocol.Icmp;
            asking = BigEndian.Read16(bytes, ports + Icmp.Identifier);
        }
        else
        {
            asked = protocol;
            protocol = Probe.AnyIp;
        }

        probe.Actor = _identities.Of(bytes, targetAt, probe.Version);
        probe.Target = _identities.Of(bytes, sourceAt, probe.Version);
        probe.Protocol = protocol;
        probe.SourcePort = asked;
        probe.Port = asking;
        probe.Addresses = bytes;
        probe.SourceAt = targetAt;
        probe.DestinationAt = sourceAt;
        _connections.Seek(probe);
        _flows.Refuse(probe);
    }
}
