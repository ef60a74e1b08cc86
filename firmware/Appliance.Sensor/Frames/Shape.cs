namespace Appliance.Sensor.Frames;

/// <summary>
/// The kinds of frames that <see cref="Frame.Decode"/> knows a shortcut for, told by what is alike in all of a kind.
/// </summary>
internal static class Shape
{
    /// <summary>No shortcut: each part of the decoder sets its fields.</summary>
    public const int Any = 0;

    /// <summary>Untagged unicast IPv4 without options, not a fragment, TCP or UDP.</summary>
    public const int Plain = 1;

    /// <summary>The same behind one 802.1Q tag.</summary>
    public const int Tagged = 2;

    /// <summary>Octets captured of an untagged frame that reach to the end of a TCP header without options.</summary>
    public const int LeastCaptured = Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength;
}
