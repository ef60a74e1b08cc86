#pragma once

#include <cstddef>
#include <cstdint>

namespace mirror
{

/// Octets of a slot: no more of a frame is copied (design: "The box").
constexpr std::size_t SlotOctets = 128;

/// Words of a slot in the managed batch: they reach to the end of a TCP header behind two tags.
constexpr std::size_t SlotWords = 16;

/// Bits of `Slot::lengths`, as SlotBatch.cs of the sensor has them.
constexpr std::uint32_t WireLengthMask = 0xffff;
constexpr unsigned CapturedShift = 16;
constexpr std::uint32_t CapturedMask = 0xff;
constexpr std::uint32_t SignOfLifeBit = 1U << 24U;
constexpr std::uint32_t ShapeMask = 3U << 25U;
constexpr std::uint32_t ShapeSegment = 1U << 25U;
constexpr std::uint32_t ShapeTcp = 2U << 25U;
constexpr std::uint32_t ShapeUdp = 3U << 25U;
constexpr std::uint32_t TaggedBit = 1U << 27U;
constexpr unsigned WrappingShift = 28;

/// A frame in the ring.
struct Slot
{
    /// Microseconds since the chip started.
    std::uint64_t stamp;

    /// Wire length, octets captured, sign of life, what was taken off (Wrapping.h).
    std::uint32_t lengths;

    /// The frame's first octets; those behind the captured ones are whatever was there before.
    std::uint8_t octets[SlotOctets];
};

} // namespace mirror
