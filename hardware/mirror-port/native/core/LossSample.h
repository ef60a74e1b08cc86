#pragma once

#include "Placement.h"
#include "Segment.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace mirror
{

/// Estimates what is lost before the box, as Zeek's capture-loss does: on sixteen TCP connections it looks for octets that were
/// acknowledged
/// and never seen. What the network itself loses is sent again, and seen; what the mirror loses is not. Such octets are counted
/// as segments
/// of the mean length of those seen, so that the share of segments is that of frames lost, however long they are. Of the same
/// connections it is counted whether both sides come or one only, as behind a mirror that lacks a member of a link aggregation. The
/// same as tools/Playback/LossSample.cs.
class LossSample
{
public:
    static constexpr std::size_t Flows = 16;

    /// @param seen the counter of segments seen; the next ones are those of segments not seen, of whole connections and of halves.
    explicit LossSample(std::atomic<std::uint32_t> *seen) : _seen(seen[0]), _unseen(seen[1]), _wholes(seen[2]), _halves(seen[3]) {}

    /// A connection's number, the same in both directions.
    MIRROR_INLINE static unsigned TagOf(const std::uint8_t *tcp) { return static_cast<unsigned>(tcp[1] ^ tcp[3]); }

    /// Whether a connection of that number is sampled.
    MIRROR_INLINE bool Has(unsigned tag) const { return _flows[tag % Flows].tag == tag; }

    /// A segment of a sampled connection, or of another of its number.
    /// @param frame the frame; `segment` its segment.
    MIRROR_INLINE void See(const std::uint8_t *frame, Segment segment, unsigned tag) noexcept;

    /// A segment that gets a slot: its connection may become one of the sampled, when its place is free.
    MIRROR_INLINE void Consider(const std::uint8_t *frame, Segment segment, std::int64_t now) noexcept
    {
        _now = static_cast<std::uint32_t>(now >> UnitShift);
        if ((frame[segment.at + 13] & (Ack | Rst)) == Ack)
        {
            Flow &flow = _flows[TagOf(frame + segment.at) % Flows];
            if (flow.tag == Free || _now - flow.last >= Idle)
            {
                Adopt(frame, segment, flow);
            }
        }
    }

    /// Forgets old lengths slowly; called now and then.
    void Age() noexcept
    {
        if (_octets >= ManyOctets)
        {
            const std::uint32_t seen = _seen.load(std::memory_order_relaxed);
            _octets >>= 1U;
            _seenBefore += (seen - _seenBefore) >> 1U;
        }
    }

private:
    static constexpr unsigned Fin = 0x01;
    static constexpr unsigned Syn = 0x02;
    static constexpr unsigned Rst = 0x04;
    static constexpr unsigned Ack = 0x10;

    // No number of a connection.
    static constexpr std::uint32_t Free = 256;

    // A larger step is another connection of the same ports, or a box that was away: no window of a hospital's is larger.
    static constexpr std::uint32_t LargestGap = 1U << 20U;

    // 256 MB: the mean length is that of the last gigabyte or so, far from what 32 bits hold.
    static constexpr std::uint32_t ManyOctets = 1U << 28U;

    // A connection silent for so long gives up its place; one that never sends data, much sooner, so that a scan's answers can't
    // fill the
    // places. In units of 2^20 microseconds, about a second.
    static constexpr unsigned UnitShift = 20;
    static constexpr std::uint32_t Idle = 30;
    static constexpr std::uint32_t IdleAtFirst = 5;

    // Octets that were passed over, and behind which number.
    struct Gap
    {
        std::uint32_t octets;
        std::uint32_t end;
    };

    // Why a segment of the other side is looked at closely: a gap of this side waits for its acknowledgement; the other was not seen
    // yet.
    static constexpr std::uint32_t GapWaits = 1;
    static constexpr std::uint32_t OtherUnseen = 2;

    // Besides, at the first side: the connection was counted as a half.
    static constexpr std::uint32_t Judged = 4;

    // One direction. The first gap waits for its acknowledgement; what is passed over meanwhile gathers in the second.
    struct Side
    {
        std::uint32_t next;

        // The highest acknowledgement since there is a gap.
        std::uint32_t acknowledged;
        Gap first;
        Gap second;
        std::uint32_t care;
    };

    struct Flow
    {
        std::uint32_t tag = Free;
        std::uint32_t port = 0;
        std::uint32_t ports = 0;
        std::uint32_t hosts = 0;
        std::uint32_t last = 0;

        // Both sides' next numbers at first: a half that never got on is no conversation but an answer to nothing.
        std::uint32_t start = 0;

        // The first is that of the segment by which the connection came into the sample.
        Side sides[2]{};
    };

    MIRROR_INLINE static std::uint32_t Read32(const std::uint8_t *at) { return Read16(at) << 16U | Read16(at + 2); }

    static constexpr std::uint32_t Turned(std::uint32_t ports) { return ports >> 16U | ports << 16U; }

    // What both addresses end with, the same in both directions: connections of the same two ports are seldom between such.
    // Behind IP
    // options, and in IPv6 behind tags, it is something else and differs between the directions: such connections are not
    // sampled.
    MIRROR_INLINE static std::uint32_t HostsOf(const std::uint8_t *frame, const std::uint8_t *tcp)
    {
        return static_cast<std::uint32_t>(tcp[-1] ^ (frame[TypeAt] == TypeIpv6 >> 8U ? tcp[-17] : tcp[-5]));
    }

    MIRROR_INLINE void Count(std::uint32_t octets)
    {
        _octets += octets;
        Add(_seen);
    }

    void Adopt(const std::uint8_t *frame, Segment segment, Flow &flow) noexcept;
    void SeeOdd(const std::uint8_t *frame, Segment segment, Flow &flow) noexcept;
    void Follow(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept;
    void Repeat(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept;
    void Fill(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept;
    void Acknowledge(Side &side, std::uint32_t number, bool isSeen) noexcept;
    void Judge(Flow &flow) noexcept;
    void Miss(std::uint32_t octets) noexcept;
    static void PassOver(Side &side, std::uint32_t octets, std::uint32_t end) noexcept;
    static void Settle(Side &side) noexcept;

    static void Add(std::atomic<std::uint32_t> &counter)
    {
        counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

    std::atomic<std::uint32_t> &_seen;
    std::atomic<std::uint32_t> &_unseen;
    std::atomic<std::uint32_t> &_wholes;
    std::atomic<std::uint32_t> &_halves;
    std::uint32_t _now = 0;

    // Octets of the segments seen since the counter of these stood so, and octets not seen that don't make a segment yet.
    std::uint32_t _octets = 0;
    std::uint32_t _seenBefore = 0;
    std::uint32_t _missing = 0;

    Flow _flows[Flows]{};
};

// In the plain case the two directions are told apart by one port, and the number that was expected is proof enough that the
// segment is of
// the connection; whoever does more looks at all that is known of it.
inline void LossSample::See(const std::uint8_t *frame, Segment segment, unsigned tag) noexcept
{
    // The compiler would reckon the places of these anew at each use.
    Flow *flow = &_flows[tag % Flows];
    const std::uint8_t *tcp = frame + segment.at;
    Side *own = Read16(tcp) == flow->port ? flow->sides : flow->sides + 1;
    __asm__("" : "+r"(flow), "+r"(own));
    const std::int32_t data = segment.length - ((tcp[12] >> 4) << 2);
    if (data >= 0 && (tcp[13] & (Fin | Syn | Rst | Ack)) == Ack)
    {
        const Side *other = own == flow->sides ? own + 1 : own - 1;
        if (data == 0)
        {
            if (other->care == 0 && other->next - Read32(tcp + 8) < LargestGap)
            {
                return;
            }
        }
        else if (Read32(tcp + 4) == own->next)
        {
            own->next += static_cast<std::uint32_t>(data);
            Count(static_cast<std::uint32_t>(data));
            flow->last = _now;
            if (other->care == 0)
            {
                return;
            }
        }
    }

    SeeOdd(frame, segment, *flow);
}

} // namespace mirror
