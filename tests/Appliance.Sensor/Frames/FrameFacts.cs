using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Tests.Frames;

/// <summary>All that a decoded frame says, offsets counted from its start. What is not given is what a frame without it
/// says.</summary>
internal sealed record FrameFacts
{
    public int Problem { get; init; }

    public bool IsMulticast { get; init; }

    public bool IsBroadcast { get; init; }

    public int Tags { get; init; }

    public int EtherType { get; init; } = -1;

    public int ServiceAccessPoints { get; init; } = -1;

    public int SnapOrganization { get; init; } = -1;

    public int SnapProtocol { get; init; } = -1;

    public int IpVersion { get; init; }

    public int ArpOperation { get; init; }

    public int Source { get; init; }

    public int Destination { get; init; }

    public bool IsFragment { get; init; }

    public int FragmentOffset { get; init; }

    public bool SplitsHeader { get; init; }

    public int Protocol { get; init; } = IpProtocol.None;

    public int TransportLength { get; init; }

    public bool HasPorts { get; init; }

    public int SourcePort { get; init; }

    public int DestinationPort { get; init; }

    public int TcpFlags { get; init; }

    public int IcmpType { get; init; } = -1;

    public int IcmpCode { get; init; }

    public int PayloadLength { get; init; }

    public int CapturedEnd { get; init; }

    public int WireEnd { get; init; }

    public int NetworkAt { get; init; }

    public int SourceAt { get; init; }

    public int DestinationAt { get; init; }

    public int TimeToLive { get; init; }

    public int Identification { get; init; }

    public int FragmentBits { get; init; }

    public int TransportAt { get; init; }

    public int Sequence { get; init; }

    public int Acknowledgment { get; init; }

    public int PayloadAt { get; init; }

    /// <summary>Reads a frame's every public member.</summary>
    public static FrameFacts Of(Frame frame)
    {
        int start = frame.Start;
        return new FrameFacts
        {
            Problem = frame.Problem,
            IsMulticast = frame.IsMulticast,
            IsBroadcast = frame.IsBroadcast,
            Tags = frame.Tags,
            EtherType = frame.EtherType,
            ServiceAccessPoints = frame.ServiceAccessPoints,
            SnapOrganization = frame.SnapOrganization,
            SnapProtocol = frame.SnapProtocol,
            IpVersion = frame.IpVersion,
            ArpOperation = frame.ArpOperation,
            Source = frame.Source,
            Destination = frame.Destination,
            IsFragment = frame.IsFragment,
            FragmentOffset = frame.FragmentOffset,
            SplitsHeader = frame.SplitsHeader,
            Protocol = frame.Protocol,
            TransportLength = frame.TransportLength,
            HasPorts = frame.HasPorts,
            SourcePort = frame.SourcePort,
            DestinationPort = frame.DestinationPort,
            TcpFlags = frame.TcpFlags,
            IcmpType = frame.IcmpType,
            IcmpCode = frame.IcmpCode,
            PayloadLength = frame.PayloadLength,
            CapturedEnd = frame.CapturedEnd - start,
            WireEnd = frame.WireEnd - start,
            NetworkAt = FromStart(frame.NetworkAt, start),
            SourceAt = FromStart(frame.SourceAt, start),
            DestinationAt = FromStart(frame.DestinationAt, start),
            TimeToLive = frame.TimeToLive,
            Identification = frame.Identification,
            FragmentBits = frame.FragmentBits,
            TransportAt = FromStart(frame.TransportAt, start),
            Sequence = frame.Sequence,
            Acknowledgment = frame.Acknowledgment,
            PayloadAt = frame.PayloadAt - start,
        };
    }

    /// <summary>The same frame behind so many more octets of tags.</summary>
    public FrameFacts Shifted(int octets)
    {
        return this with
        {
            CapturedEnd = CapturedEnd + octets,
            WireEnd = WireEnd + octets,
            NetworkAt = FromStart(NetworkAt, -octets),
            SourceAt = FromStart(SourceAt, -octets),
            DestinationAt = FromStart(DestinationAt, -octets),
            TransportAt = FromStart(TransportAt, -octets),
            PayloadAt = TransportAt == 0 ? PayloadAt : PayloadAt + octets,
        };
    }

    // 0 says that there is none.
    private static int FromStart(int offset, int start) => offset == 0 ? 0 : offset - start;
}
