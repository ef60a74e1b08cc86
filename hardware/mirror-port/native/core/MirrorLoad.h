#pragma once

#include "Placement.h"

#include <atomic>
#include <cstdint>

namespace mirror
{

/// Whether the mirror is full: then the switch drops frames that no counter here sees. A window ends with the octets that 95 % of
/// the line
/// carries in ten milliseconds, so that the clock is read once a window and not once a frame: one that took no longer was full.
/// The
/// same as tools/Playback/MirrorLoad.cs.
class MirrorLoad
{
public:
    /// Preamble and start of a frame, frame check sequence, and the gap behind it (IEEE 802.3, 3.1.1, 4.4.2).
    static constexpr std::uint32_t Overhead = 8 + 4 + 12;

    /// At 95 % bursts that the switch has no buffer for are lost already, and frames of one length never fill a line wholly.
    static constexpr std::uint32_t FullPercent = 95;
    static constexpr std::uint32_t WindowMicros = 10'000;
    static constexpr std::int64_t Second = 1'000'000;

    /// The line's speed, in megabits a second.
    void SetSpeed(std::uint32_t megabits)
    {
        _speed.store(megabits, std::memory_order_relaxed);
        _window.store(megabits * (WindowMicros / 8) * FullPercent / 100, std::memory_order_relaxed);
    }

    /// What was set; that of Fast Ethernet at first.
    std::uint32_t Speed() const { return _speed.load(std::memory_order_relaxed); }

    /// A frame of so many octets, frame check sequence not among them.
    /// @return whether the window is over: then `Close` has to be called.
    MIRROR_INLINE bool Pass(std::uint32_t length)
    {
        _left -= static_cast<std::int32_t>(length + Overhead);
        return _left <= 0;
    }

    /// Ends a window.
    /// @return whether it was full and in a second that had no such window yet.
    bool Close(std::int64_t now)
    {
        const bool isFull = now - _begun <= static_cast<std::int64_t>(WindowMicros);
        _begun = now;
        _left = static_cast<std::int32_t>(_window.load(std::memory_order_relaxed));
        if (!isFull || (_hasSecond && now - _second < Second))
        {
            return false;
        }

        _second = now;
        _hasSecond = true;
        return true;
    }

private:
    static constexpr std::uint32_t FastEthernetSpeed = 100;
    static constexpr std::uint32_t FastEthernet = FastEthernetSpeed * (WindowMicros / 8) * FullPercent / 100;
    std::atomic<std::uint32_t> _window{FastEthernet};
    std::atomic<std::uint32_t> _speed{FastEthernetSpeed};
    std::int32_t _left = FastEthernet;

    // Long before any frame: the first window is not full.
    std::int64_t _begun = -Second;
    std::int64_t _second = 0;
    bool _hasSecond = false;
};

} // namespace mirror
