namespace Appliance.Playback;

/// <summary>
/// What was taken off a frame, as bits of a slot's lengths and a counter of the mirror port tell it (the hook's core/Wrapping.h
/// names the sources). Where several were, the innermost that is not a tag.
/// </summary>
public enum Wrapping
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>More than two tags, or one of type 0x9200.</summary>
    Tags,

    /// <summary>Cisco VN-Tag, 0x8926.</summary>
    VnTag,

    /// <summary>IEEE 802.1BR E-tag, 0x893f.</summary>
    ETag,

    /// <summary>Cisco CMD with a security group tag, 0x8909.</summary>
    Cmd,

    /// <summary>PPP over Ethernet.</summary>
    Pppoe,

    /// <summary>MPLS with an IP packet.</summary>
    Mpls,

    /// <summary>MPLS with an Ethernet frame.</summary>
    MplsEthernet,

    /// <summary>GRE with an Ethernet frame.</summary>
    GreTap,

    /// <summary>ERSPAN of type I.</summary>
    Erspan1,

    /// <summary>ERSPAN of type II.</summary>
    Erspan2,

    /// <summary>ERSPAN of type III.</summary>
    Erspan3,

    /// <summary>VXLAN and its generic extension.</summary>
    Vxlan,

    /// <summary>GENEVE.</summary>
    Geneve,

    /// <summary>TaZmen Sniffer Protocol.</summary>
    Tzsp,
}
