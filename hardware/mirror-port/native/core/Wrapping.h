#pragma once

#include <cstdint>

namespace mirror
{

/// What was taken off a frame, as bits of a slot's lengths and as a counter tell it (SlotBatch.cs, WrappingKind.cs). Where
/// several were,
/// the innermost that is not a tag.
enum class Wrapping : std::uint8_t
{
    None,

    /// Tags of IEEE 802.1Q, 802.1ad and their forerunners (0x8100, 0x88a8, 0x9100, 0x9200): more than two, or of the last kind.
    Tags,

    /// Cisco VN-Tag, 0x8926.
    VnTag,

    /// IEEE 802.1BR E-tag, 0x893f.
    ETag,

    /// Cisco CMD, which carries a security group tag, 0x8909.
    Cmd,

    /// PPP over Ethernet, RFC 2516.
    Pppoe,

    /// MPLS with an IP packet (RFC 3032), and with an Ethernet frame, with and without control word (RFC 4448).
    Mpls,
    MplsEthernet,

    /// GRE with an Ethernet frame (RFC 1701, 2784, 2890; NVGRE, RFC 7637).
    GreTap,

    /// Cisco ERSPAN of types I, II and III (draft-foschiano-erspan-03).
    Erspan1,
    Erspan2,
    Erspan3,

    /// VXLAN (RFC 7348), also at VMware's port 8472, and its generic extension.
    Vxlan,

    /// GENEVE, RFC 8926.
    Geneve,

    /// TaZmen Sniffer Protocol, of MikroTik and Aruba.
    Tzsp,
};

/// A frame within the octets that the MAC handed over.
struct Unwrapped
{
    std::uint8_t *octets;

    /// Octets that are there, and those that the frame had where it was mirrored: more when the mirror cut it.
    std::uint32_t captured;
    std::uint32_t wire;

    Wrapping wrapping;
};

} // namespace mirror
