#pragma once

#include "Placement.h"
#include "Slot.h"

#include <cstdint>

namespace mirror
{

// Ethernet, IEEE 802.3 and 802.1Q.
constexpr std::uint32_t EthernetHeader = 14;
constexpr std::uint32_t TypeAt = 12;
constexpr std::uint32_t TagLength = 4;
constexpr unsigned TypeVlan = 0x8100;
constexpr unsigned TypeServiceVlan = 0x88a8;
constexpr unsigned TypeOldQinQ = 0x9100;
constexpr unsigned TypeIpv4 = 0x0800;
constexpr unsigned TypeIpv6 = 0x86dd;

// RFC 791 3.1, RFC 8200 3, RFC 9293 3.1.
constexpr std::uint32_t Ipv4Header = 20;
constexpr std::uint32_t Ipv6Header = 40;
constexpr std::uint32_t TcpHeader = 20;
constexpr unsigned ProtocolTcp = 6;

/// A number of two octets in network order. The compiler for Xtensa takes its usual form for a swap of octets, for which the
/// processor has no instruction, and makes ten of four: so it is kept from seeing that.
MIRROR_INLINE unsigned Read16(const std::uint8_t *at)
{
    unsigned high = at[0];
    __asm__("" : "+r"(high));
    return (high << 8U) | at[1];
}

/// Where the TCP header of a frame stands and how many octets IP leaves from there (fewer than none when its lengths lie). At 0
/// there is none that can be read: group address, no TCP, a fragment, a packet longer than its frame.
struct Segment
{
    std::uint32_t at;
    std::int32_t length;
};

constexpr bool IsTag(unsigned type) { return type == TypeVlan || type == TypeServiceVlan || type == TypeOldQinQ; }

/// The hook looks through two tags; a frame with more is kept, and the sensor judges it.
constexpr unsigned MostTags = 2;

/// The least frame with a TCP header. It also holds the IPv4 header behind two tags, so that those octets need no check of their
/// own.
constexpr std::uint32_t LeastSegment = EthernetHeader + Ipv4Header + TcpHeader;
static_assert(LeastSegment >= EthernetHeader + MostTags * TagLength + Ipv4Header, "an IPv4 header behind two tags");

/// Finds the TCP header, whole within `end`, of a frame.
/// @param end octets that may be read, at most a slot's; `wireLength` those that the wire carried.
MIRROR_INLINE Segment FindSegment(const std::uint8_t *frame, std::uint32_t end, std::uint32_t wireLength)
{
    constexpr Segment None{};
    if (end < LeastSegment || wireLength < LeastSegment || (frame[0] & 1U) != 0)
    {
        return None;
    }

    std::uint32_t network = EthernetHeader;
    unsigned type = Read16(frame + TypeAt);
    for (unsigned tags = 0; type != TypeIpv4 && IsTag(type); tags++)
    {
        if (tags == MostTags)
        {
            return None;
        }

        network += TagLength;
        type = Read16(frame + network - 2);
    }

    const std::uint8_t *ip = frame + network;
    Segment segment = None;
    if (type == TypeIpv4)
    {
        // Version 4 with a header of at least 20 octets is 45 to 4f. More fragments, or an offset, is a fragment; the two other
        // bits don't matter.
        const std::uint32_t header = (ip[0] & 15U) << 2U;
        const std::uint32_t total = Read16(ip + 2);
        if (ip[0] - 0x45U > 0x4fU - 0x45U || ip[9] != ProtocolTcp || ((ip[6] & 0x3fU) | ip[7]) != 0
            || total > wireLength - network)
        {
            return None;
        }

        segment = {network + header, static_cast<std::int32_t>(total) - static_cast<std::int32_t>(header)};
    }
    else if (type == TypeIpv6 && end >= network + Ipv6Header && ip[0] >> 4U == 6 && ip[6] == ProtocolTcp)
    {
        const std::uint32_t transport = network + Ipv6Header;
        const std::uint32_t length = Read16(ip + 4);
        segment = transport + length > wireLength ? None : Segment{transport, static_cast<std::int32_t>(length)};
    }

    segment.at = segment.at + TcpHeader > end ? 0 : segment.at;
    return segment;
}

} // namespace mirror
