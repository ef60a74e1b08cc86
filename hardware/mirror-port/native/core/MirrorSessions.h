#pragma once

#include <cstdint>

namespace mirror
{

/// The sequence numbers of mirrors that number their frames (ERSPAN of types II and III, by GRE's sequence number, RFC 2890): a
/// number that
/// is left out is a frame that was lost before the box. The same as tools/Playback/MirrorSessions.cs.
class MirrorSessions
{
public:
    /// Sessions that are told apart: a switch has two to four; more take each other's place and are not counted.
    static constexpr std::uint32_t Sessions = 4;

    /// A larger step is a session that began anew, not a loss: at a million frames a second it would be a gap of 65 ms.
    static constexpr std::uint32_t LargestGap = 65536;

    /// Takes a frame's number.
    /// @param key the session: its number and the lower half of its source.
    /// @param gap gets the numbers that were left out before it.
    /// @return whether the frame is one of those that had been counted as left out, and came late.
    bool See(std::uint32_t key, std::uint32_t sequence, std::uint32_t &gap)
    {
        Session &session = _sessions[(key ^ key >> 16U) % Sessions];
        gap = 0;
        const std::uint32_t ahead = sequence - session.next;
        if (!session.isUsed || session.key != key)
        {
            session = {key, sequence + 1, 0, true};
            return false;
        }

        if (ahead < LargestGap)
        {
            gap = ahead;
            session.missing += ahead;
            session.next = sequence + 1;
            return false;
        }

        if (0U - ahead < LargestGap)
        {
            const bool isLate = session.missing > 0;
            session.missing -= isLate ? 1 : 0;
            return isLate;
        }

        session.next = sequence + 1;
        return false;
    }

private:
    struct Session
    {
        std::uint32_t key;
        std::uint32_t next;
        std::uint32_t missing;
        bool isUsed;
    };

    Session _sessions[Sessions]{};
};

} // namespace mirror
