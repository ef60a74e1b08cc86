namespace Appliance.Sensor.Signatures;

/// <summary>Which segments of established TCP connections some signature may match: the others need not be decoded.</summary>
public sealed partial class SignatureTable
{
    /// <summary>Some signature may match a segment with ACK and without SYN, FIN and RST.</summary>
    public bool WantsSegments;

    // Ports don't tell which segments are wanted.
    private bool _wantsAllSegments;

    /// <summary>Some signature may match a segment between two ports; there can be none that does.</summary>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destinationPort">Destination port.</param>
    public bool WantsSegmentOf(int sourcePort, int destinationPort)
    {
        return _wantsAllSegments || Index.HasKey(SignatureIndex.TcpDestination | destinationPort)
            || (Index.HasTcpSource && Index.HasKey(SignatureIndex.TcpSource | sourcePort));
    }

    private void FindSegmentInterest()
    {
        int wanted = 0;
        for (int flags = 0; flags < 256; flags++)
        {
            if ((flags & (Frames.Tcp.Ack | Frames.Tcp.Syn | Frames.Tcp.Fin | Frames.Tcp.Rst)) == Frames.Tcp.Ack)
            {
                wanted |= Index.FlagsWanted[flags];
            }
        }

        WantsSegments = wanted != 0;
        _wantsAllSegments = (wanted & (SignatureIndex.WantedAlways | SignatureIndex.WantedByIp)) != 0;
    }
}
