using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// Datagrams that are neither TCP, UDP nor ICMP. SCTP opens associations at ports as TCP opens connections; of the others each is
/// a question to the host whether it knows the protocol, whose number stands for a port.
/// </summary>
public sealed class OtherProtocols
{
    private readonly Connections _connections;
    private readonly Flows _flows;

    /// <summary>Makes it of what it works on.</summary>
    public OtherProtocols(Connections connections, Flows flows)
    {
        _connections = connections;
        _flows = flows;
    }

    /// <summary>Takes in a unicast datagram, or the first fragment of one.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Its ends are known.</param>
    public void Take(Frame frame, Probe probe)
    {
        probe.Flags = 0;
        if (frame.Protocol == IpProtocol.Sctp)
        {
            TakeSctp(frame, probe);
            return;
        }

        int protocol = frame.Protocol;
        probe.Protocol = Probe.AnyIp;
        // A tunnel's other direction has a port of its own kind too.
        if (!IsKnown(probe, 0, protocol) && !IsKnown(probe, protocol, 0))
        {
            IsKnown(probe, 0, protocol);
        }

        _flows.Ask(probe);
    }

    private bool IsKnown(Probe probe, int sourcePort, int port)
    {
        probe.SourcePort = sourcePort;
        probe.Port = port;
        _connections.Seek(probe);
        return probe.Connection >= 0;
    }

    private void TakeSctp(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int at = frame.TransportAt;
        if (frame.CapturedEnd - at <= Sctp.FirstChunk)
        {
            return;
        }

        int chunk = bytes[at + Sctp.FirstChunk];
        probe.SourcePort = BigEndian.Read16(bytes, at + Sctp.SourcePort);
        probe.Port = BigEndian.Read16(bytes, at + Sctp.DestinationPort);
        _connections.Seek(probe);
        // Where a fragment ends before its first chunk there is padding, and an association is opened in hiding.
        if (chunk == Sctp.Init || chunk == Sctp.CookieEcho || (chunk == 0 && frame.IsFragment))
        {
            _flows.Ask(probe);
        }
        else if (chunk == Sctp.InitAck)
        {
            _flows.Answer(probe);
        }
        else if (chunk == Sctp.Abort)
        {
            _flows.Refuse(probe);
        }
    }
}
