#pragma once

#include "MirrorSessions.h"
#include "Segment.h"
#include "Wrapping.h"

#include <cstdint>

namespace mirror
{

constexpr unsigned TypeArp = 0x0806;
constexpr unsigned ProtocolUdp = 17;
constexpr unsigned ProtocolGre = 47;

// Ports: IANA's; VXLAN's before it had one, which VMware and Linux used; TZSP's as all its senders have it.
constexpr unsigned PortVxlan = 4789;
constexpr unsigned PortOldVxlan = 8472;
constexpr unsigned PortVxlanGpe = 4790;
constexpr unsigned PortGeneve = 6081;
constexpr unsigned PortTzsp = 37008;

constexpr bool IsTunnelPort(unsigned port)
{
    return port == PortVxlan || port == PortOldVxlan || port == PortVxlanGpe || port == PortGeneve || port == PortTzsp;
}

/// Takes off what a switch put around the frames that it mirrors, or around those of a trunk, so that the mask and the sensor see
/// the
/// frame itself: shims between its addresses and its type, then one tunnel, then the shims of the frame in the tunnel; nothing
/// recursive. The same, octet by octet, as tools/Playback/Unwrapping.cs.
class Unwrapping
{
public:
    /// What else a wrapping said.
    struct Finding
    {
        /// The ERSPAN header says that the mirror cut the frame.
        bool isTruncated;

        /// The frame is one of those that had not come before.
        bool isLate;

        /// Frames that the mirror numbered and that did not come before this one.
        std::uint32_t gap;

        /// The EtherType of a frame to one host, or of its wrapping, that can't be read; 0 when it can. 0x001b is Marvell's DSA
        /// tag, which has no type of its own
        /// (Linux's number for it).
        unsigned unreadable;
    };

    /// Whether unwrapping a frame can find anything: a quick no for the ARP and IP of every day, of which there are many.
    MIRROR_INLINE static bool IsWorthIt(const std::uint8_t *frame, std::uint32_t length)
    {
        if (length < LeastSegment)
        {
            return true;
        }

        const std::uint8_t *ip = frame + EthernetHeader;
        const unsigned type = Read16(frame + TypeAt);
        if (type == TypeIpv4 && ip[0] == 0x45)
        {
            return ip[9] == ProtocolUdp ? IsTunnelPort(Read16(ip + Ipv4Header + 2)) : ip[9] == ProtocolGre;
        }

        return type != TypeArp;
    }

    /// Unwraps a frame. One whose headers are malformed stays as it is.
    /// @param frame comes as the MAC handed it over; the octets in front of the inner frame may be changed.
    Finding Unwrap(Unwrapped &frame) noexcept;

private:
    MirrorSessions _sessions;
};

} // namespace mirror
