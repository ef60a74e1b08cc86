#pragma once

#include "MirrorSessions.h"
#include "Unwrapping.h"
#include "Wrapping.h"

#include <cstdint>

namespace mirror
{

/// Where an inner frame, or the packet behind a type, begins and ends.
struct Layer
{
    std::uint32_t at;

    /// Octets that the wire carried, counted as `at` from the frame's first.
    std::uint32_t end;

    /// The type of a packet that has no Ethernet header of its own; 0 for a frame.
    unsigned type;

    Wrapping wrapping;

    /// The frame in it does not end where its wrapping does.
    bool isCut;
};

/// Finds the frame or packet that a tunnel carries.
/// @param frame the frame; `outer` the packet in it.
/// @return whether there is one; then `inner` has it.
bool FindInner(
    const Unwrapped &frame, const Layer &outer, Layer &inner, Unwrapping::Finding &finding, MirrorSessions &sessions) noexcept;

} // namespace mirror
