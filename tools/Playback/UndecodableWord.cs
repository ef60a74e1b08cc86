using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>The words for the numbers of <see cref="Undecodable"/>; the device, which says the number, has no room for
/// them.</summary>
public static class UndecodableWord
{
    /// <summary>The word for a reason, as statistics print it.</summary>
    /// <param name="reason">A constant of <see cref="Undecodable"/>.</param>
    public static string Of(int reason) => reason switch
    {
        Undecodable.LinkCutShort => "link-cut-short",
        Undecodable.TooManyTags => "too-many-tags",
        Undecodable.ArpCutShort => "arp-cut-short",
        Undecodable.IpCutShort => "ip-cut-short",
        Undecodable.IpHeaderInvalid => "ip-header-invalid",
        Undecodable.IpLengthLies => "ip-length-lies",
        Undecodable.TooManyExtensions => "too-many-extensions",
        Undecodable.TransportCutShort => "transport-cut-short",
        Undecodable.TcpLengthLies => "tcp-length-lies",
        Undecodable.UdpLengthLies => "udp-length-lies",
        Undecodable.IcmpLengthLies => "icmp-length-lies",
        _ => "none",
    };
}
