#pragma once

#include "Placement.h"
#include "Segment.h"
#include "Slot.h"
#include "Wrapping.h"

#include <cstddef>
#include <cstdint>

namespace mirror
{

/// Notices copies: a switch that mirrors both directions of both ports sends each frame twice, and one on two VLANs, or before
/// and behind a
/// router, in two dresses. A copy has the same packet, octet by octet as far as a slot holds it, time to live and what depends on
/// it aside,
/// within two milliseconds; addresses and tags of its frame don't matter. The same as tools/Playback/Copies.cs.
class Copies
{
public:
    static constexpr std::size_t Places = 32;
    static constexpr std::size_t None = Places;

    /// A switch's buffer for a port of 100 Mb/s is some 100 kB, which takes longer; but frames that wait in it wait both, and
    /// nothing
    /// repeats a packet on purpose so soon: TCP waits 200 ms at the least (RFC 6298), a scanner that does not wants no answer.
    static constexpr std::uint32_t Window = 2000;

    /// Where a frame is looked for and remembered.
    MIRROR_INLINE static std::size_t PlaceOf(const Unwrapped &frame)
    {
        if (frame.captured < Least)
        {
            return None;
        }

        const std::uint8_t *packet = frame.octets + NetworkOf(frame.octets);
        return (packet[5] ^ packet[19] ^ packet[packet[0] >> 4U == 6 ? 33 : 27]) % Places;
    }

    /// Whether the slot that is remembered there holds this frame and is no older than two milliseconds. A slot that was filled
    /// again
    /// since holds another.
    MIRROR_INLINE bool IsCopy(std::size_t place, const Unwrapped &frame, std::int64_t now) const noexcept
    {
        const Slot *slot = _slots[place];
        return slot != nullptr && static_cast<std::uint32_t>(now) - static_cast<std::uint32_t>(slot->stamp) <= Window
               && IsSame(*slot, frame);
    }

    /// The frame got a slot.
    MIRROR_INLINE void Remember(std::size_t place, const Slot *slot) { _slots[place] = slot; }

private:
    // The shortest frame that is looked at holds, behind two tags, the octets that decide where it is looked for: the last ones
    // of
    // identification and address, and of sequence number or checksum; in IPv6 of the address.
    static constexpr std::uint32_t Least = EthernetHeader + MostTags * TagLength + 34;

    MIRROR_INLINE static std::uint32_t NetworkOf(const std::uint8_t *frame)
    {
        std::uint32_t at = EthernetHeader;
        unsigned type = Read16(frame + TypeAt);
        for (unsigned tags = 0; type != TypeIpv4 && tags < MostTags && IsTag(type); tags++)
        {
            at += TagLength;
            type = Read16(frame + at - 2);
        }

        return at;
    }

    static bool IsSame(const Slot &slot, const Unwrapped &frame) noexcept;

    // The last is the place of frames that are too short, which are the same as none.
    const Slot *_slots[Places + 1]{};
};

} // namespace mirror
