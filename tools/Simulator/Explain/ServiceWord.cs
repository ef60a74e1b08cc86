using System.Globalization;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>A protocol and a port as lines write them.</summary>
internal static class ServiceWord
{
    /// <summary>The words.</summary>
    /// <param name="protocol">IP protocol number, or a constant of <see cref="Probe"/>.</param>
    /// <param name="port">The port; 0 without one.</param>
    public static string Of(int protocol, int port)
    {
        string word = protocol switch
        {
            IpProtocol.Icmp or IpProtocol.Icmpv6 => "icmp",
            IpProtocol.Tcp => "tcp",
            IpProtocol.Udp => "udp",
            IpProtocol.Sctp => "sctp",
            Probe.Arp => "arp",
            _ => "ip",
        };
        bool hasPort = port != 0 && protocol != Probe.Arp && protocol is not (IpProtocol.Icmp or IpProtocol.Icmpv6);
        return hasPort ? string.Create(CultureInfo.InvariantCulture, $"{word}/{port}") : word;
    }

    /// <summary>The word of an outcome.</summary>
    /// <param name="outcome">A constant of <see cref="Outcome"/>.</param>
    public static string OutcomeOf(int outcome) => outcome switch
    {
        Outcome.Silent => "silent",
        Outcome.Dark => "dark",
        Outcome.Refused => "refused",
        Outcome.Answered => "answered",
        Outcome.Open => "open",
        _ => "unknown",
    };
}
