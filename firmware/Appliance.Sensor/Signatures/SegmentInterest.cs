namespace Appliance.Sensor.Signatures;

/// <summary>Which established segments the sensor must decode; every one until the table's interest ranges are read.</summary>
public sealed partial class SignatureTable
{
    /// <summary>Some signature or a suspect port wants established segments.</summary>
    public bool WantsSegments = true;

    /// <summary>Whether a segment between two ports may be wanted; a superset test.</summary>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="destinationPort">Destination port.</param>
    public bool WantsSegmentOf(int sourcePort, int destinationPort)
    {
        return WantsSegments && (sourcePort | destinationPort) >= 0;
    }
}
