#include "LossSample.h"

namespace mirror
{

namespace
{

// An assumption for the very first gap; Ethernet's usual.
constexpr std::uint32_t UsualSegment = 1460;

} // namespace

// All but data in its place: an acknowledgement, or data that is not what was expected, or data in its place that also
// acknowledges.
MIRROR_HOT void LossSample::SeeOdd(const std::uint8_t *frame, Segment segment, Flow &flow) noexcept
{
    const std::uint8_t *tcp = frame + segment.at;
    const std::uint32_t ports = Read32(tcp);
    const bool isBack = ports != flow.ports;
    const std::int32_t data = segment.length - ((tcp[12] >> 4) << 2);
    if ((isBack && Turned(ports) != flow.ports) || data < 0 || HostsOf(frame, tcp) != flow.hosts)
    {
        return;
    }

    Side &own = flow.sides[isBack ? 1 : 0];
    Side &other = flow.sides[isBack ? 0 : 1];
    if ((other.care & OtherUnseen) != 0)
    {
        other.care &= ~(OtherUnseen | Judged);
        Add(_wholes);
    }

    const unsigned flags = tcp[13];
    if ((flags & (Syn | Rst | Ack)) != Ack)
    {
        // It ends, or begins anew.
        Judge(flow);
        flow.tag = Free;
        return;
    }

    // What a half says behind its end must not keep its place from others.
    flow.last = (flow.sides[0].care & Judged) != 0 ? flow.last : _now;
    const std::uint32_t sequence = Read32(tcp + 4);
    const auto octets = static_cast<std::uint32_t>(data);

    // Data in its place was counted before it came here, and is the newest.
    if (octets != 0 && sequence + octets != own.next)
    {
        Follow(own, sequence, octets);
    }
    else if (octets != 0)
    {
        Repeat(own, sequence, octets);
    }

    Acknowledge(other, Read32(tcp + 8), (own.care & OtherUnseen) == 0);
    if ((flags & Fin) != 0)
    {
        Judge(flow);

        // A FIN has a number too.
        own.next += sequence + octets == own.next ? 1 : 0;
        flow.last = _now - Idle + IdleAtFirst;
    }
}

// A segment that does not follow the one before.
MIRROR_HOT void LossSample::Follow(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept
{
    const std::uint32_t ahead = sequence - side.next;
    const std::uint32_t end = sequence + octets;
    if (ahead < LargestGap)
    {
        if (ahead != 0)
        {
            PassOver(side, ahead, sequence);
        }

        side.next = end;
        Count(octets);
    }
    else if (0U - ahead >= LargestGap)
    {
        side = {end, end, {}, {}, side.care & ~GapWaits};
    }
    else if (static_cast<std::int32_t>(end - side.next) > 0)
    {
        side.next = end;
        Count(octets);
    }
    else
    {
        Fill(side, sequence, octets);
    }
}

// The newest segment again: a copy, or sent twice; or it was acknowledged before it came.
MIRROR_HOT void LossSample::Repeat(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept
{
    const std::uint32_t end = sequence + octets;
    if ((side.first.octets != 0 && side.first.end == end) || (side.second.octets != 0 && side.second.end == end))
    {
        Fill(side, sequence, octets);
    }
}

// A segment comes that was passed over: late, or sent again since the network had lost it.
MIRROR_HOT void LossSample::Fill(Side &side, std::uint32_t sequence, std::uint32_t octets) noexcept
{
    Gap &gap = static_cast<std::int32_t>(sequence - side.first.end) < 0 ? side.first : side.second;
    if (gap.octets != 0)
    {
        gap.octets -= gap.octets < octets ? gap.octets : octets;
        Count(octets);
        Settle(side);
    }
}

// Octets count as lost when the second acknowledgement behind them comes, and they have not: the first may have overtaken them. Those
// of a side of which nothing comes are not lost: the mirror does not have them.
MIRROR_HOT void LossSample::Acknowledge(Side &side, std::uint32_t number, bool isSeen) noexcept
{
    if (side.first.octets != 0 && static_cast<std::int32_t>(number - side.acknowledged) > 0)
    {
        while (side.first.octets != 0 && static_cast<std::int32_t>(side.acknowledged - side.first.end) >= 0)
        {
            Miss(side.first.octets);
            side.first.octets = 0;
            Settle(side);
        }

        side.acknowledged = number;
    }

    const std::uint32_t ahead = number - side.next;
    if (ahead != 0 && ahead < LargestGap)
    {
        if (isSeen)
        {
            PassOver(side, ahead, number);
        }

        side.next = number;
        side.acknowledged = number;
    }
}

// What is known of a connection that ends, or gives its place to another: a half one that went on is told once.
MIRROR_HOT void LossSample::Judge(Flow &flow) noexcept
{
    if (flow.tag != Free && (flow.sides[0].care & (OtherUnseen | Judged)) == OtherUnseen
        && flow.sides[0].next + flow.sides[1].next != flow.start)
    {
        flow.sides[0].care |= Judged;
        Add(_halves);
    }
}

MIRROR_HOT void LossSample::Miss(std::uint32_t octets) noexcept
{
    const std::uint32_t seen = _seen.load(std::memory_order_relaxed) - _seenBefore;
    const std::uint32_t mean = _octets < seen || seen == 0 ? UsualSegment : _octets / seen;
    _missing += octets;
    const std::uint32_t segments = _missing / mean;
    _missing -= segments * mean;
    _unseen.store(_unseen.load(std::memory_order_relaxed) + segments, std::memory_order_relaxed);
}

MIRROR_HOT void LossSample::PassOver(Side &side, std::uint32_t octets, std::uint32_t end) noexcept
{
    if (side.first.octets == 0)
    {
        side.acknowledged = end - octets;
    }

    Gap &gap = side.first.octets == 0 ? side.first : side.second;
    gap.octets += octets;
    gap.end = end;
    side.care |= GapWaits;
}

MIRROR_HOT void LossSample::Settle(Side &side) noexcept
{
    if (side.first.octets == 0)
    {
        side.first = side.second;
        side.second = {};
        side.care = side.first.octets == 0 ? side.care & ~GapWaits : side.care;
    }
}

MIRROR_HOT void LossSample::Adopt(const std::uint8_t *frame, Segment segment, Flow &flow) noexcept
{
    const std::uint8_t *tcp = frame + segment.at;
    const std::int32_t data = segment.length - ((tcp[12] >> 4) << 2);
    if (data < 0 || Read16(tcp) == Read16(tcp + 2))
    {
        return;
    }

    Judge(flow);
    const std::uint32_t next = Read32(tcp + 4) + static_cast<std::uint32_t>(data) + ((tcp[13] & (Syn | Fin)) != 0 ? 1 : 0);
    const std::uint32_t other = Read32(tcp + 8);
    flow = {TagOf(tcp), Read16(tcp), Read32(tcp), HostsOf(frame, tcp), _now - Idle + IdleAtFirst, next + other,
        {{next, next, {}, {}, OtherUnseen}, {other, other, {}, {}, 0}}};
}

} // namespace mirror
