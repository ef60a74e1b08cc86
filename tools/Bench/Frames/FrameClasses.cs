using System.Collections.Generic;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Frames;

/// <summary>The kinds of frames that are measured, in the order of the table.</summary>
internal static class FrameClasses
{
    private const uint Modality = 0x0a010203;
    private const uint Pacs = 0x0a010204;

    /// <summary>All of them, freshly made.</summary>
    public static IReadOnlyList<FrameClass> All()
    {
        return
        [
            new DecodeClass("TCP data", FrameBuilder.Tcp(Modality, 50000, Pacs, 11112, Tcp.Ack | Tcp.Psh, 1, 1, 1400)),
            new DecodeClass("TCP SYN", FrameBuilder.Tcp(Modality, 50000, Pacs, 11112, Tcp.Syn, 1, 0, 0)),
            new DecodeClass("TCP SYN, tagged", FrameBuilder.Tagged(FrameBuilder.Tcp(Modality, 50000, Pacs, 11112, Tcp.Syn, 1, 0, 0), 7)),
            new DecodeClass("TCP SYN over IPv6", FrameBuilder.TcpOverIpv6(Modality, 50000, Pacs, 11112, Tcp.Syn)),
            new DecodeClass("UDP", FrameBuilder.Udp(Modality, 50000, Pacs, 53, 40)),
            new DecodeClass("ICMP echo", FrameBuilder.Echo(Modality, Pacs, 8, 1, 1)),
            new DecodeClass("ARP", FrameBuilder.Arp(Modality, Pacs, 1)),
            new DecodeClass("LLC", FrameBuilder.SpanningTree()),
            new DecodeClass("cut short", FrameBuilder.Tcp(Modality, 50000, Pacs, 11112, Tcp.Syn, 1, 0, 0)[..40], Undecodable.IpLengthLies),
        ];
    }
}
