namespace Appliance.Playback.Captures;

/// <summary>Link-layer types of captures (the registry at tcpdump.org), so that a refusal can name what was found.</summary>
public static class LinkType
{
    /// <summary>Ethernet, the only one that a mirror port delivers.</summary>
    public const int Ethernet = 1;

    /// <summary>The registry's name for a link type.</summary>
    public static string NameOf(int linkType) => linkType switch
    {
        0 => "BSD loopback",
        1 => "Ethernet",
        3 => "AX.25",
        6 => "Token Ring",
        7 => "ARCNET",
        8 => "SLIP",
        9 => "PPP",
        10 => "FDDI",
        12 or 14 or 101 => "raw IP",
        50 => "PPP in HDLC framing",
        51 => "PPPoE",
        100 => "ATM RFC 1483",
        104 => "Cisco HDLC",
        105 => "IEEE 802.11",
        107 => "Frame Relay",
        108 => "OpenBSD loopback",
        113 => "Linux cooked capture v1",
        117 => "OpenBSD pflog",
        119 => "IEEE 802.11 with Prism header",
        122 => "IP over Fibre Channel",
        127 => "IEEE 802.11 with radiotap header",
        129 => "Linux ARCNET",
        138 => "Apple IP over IEEE 1394",
        140 => "MTP2 with pseudo-header",
        141 => "MTP3",
        143 => "DOCSIS",
        163 => "IEEE 802.11 with AVS header",
        187 => "Bluetooth HCI H4",
        189 or 220 => "Linux USB",
        192 => "PPI",
        195 or 215 or 230 => "IEEE 802.15.4",
        201 => "Bluetooth HCI H4 with pseudo-header",
        224 => "Fibre Channel FC-2",
        227 => "SocketCAN",
        228 => "raw IPv4",
        229 => "raw IPv6",
        239 => "Linux netfilter log",
        240 => "netANALYZER",
        242 => "IP over InfiniBand",
        247 => "InfiniBand",
        249 => "USBPcap",
        251 => "Bluetooth Low Energy link layer",
        252 => "Wireshark upper PDU",
        253 => "Linux netlink",
        256 => "Bluetooth LE link layer with pseudo-header",
        266 => "macOS USB",
        274 => "IEEE 802.3br mPackets",
        276 => "Linux cooked capture v2",
        >= 147 and <= 162 => "reserved for private use",
        _ => "a type that has no name here",
    };

    /// <summary>The sentence with which a file is refused.</summary>
    /// <param name="file">What messages call it.</param>
    /// <param name="linkType">The link type that it has.</param>
    public static string Refusal(string file, int linkType)
    {
        return $"{file}: has link type {linkType} ({NameOf(linkType)}); the tap sees Ethernet (link type {Ethernet}) only";
    }
}
