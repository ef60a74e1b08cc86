#include "FrameIntake.h"

#include "Placement.h"

#include <cstring>

namespace mirror
{

namespace
{

// The sensor reads header fields as 32-bit numbers: word k holds octets 4k-2 to 4k+1 (SlotBatch.cs, `Words`).
void Spell(const std::uint8_t *octets, std::int32_t *words)
{
    words[0] = (octets[0] << 8) | octets[1];
    octets += 2;
    for (std::size_t word = 1; word < SlotWords; word++, octets += 4)
    {
        const std::uint32_t value = (static_cast<std::uint32_t>(octets[0]) << 24U)
                                    | (static_cast<std::uint32_t>(octets[1]) << 16U)
                                    | (static_cast<std::uint32_t>(octets[2]) << 8U) | octets[3];
        words[word] = static_cast<std::int32_t>(value);
    }
}

/// SlotBatch.ShapeOf: unicast IPv4 without options, whole, its lengths true, TCP or UDP, tagged at most once, its headers
/// captured. Said here for some thirty instructions, it saves the interpreter two thousand a frame.
std::uint32_t ShapeOf(const std::int32_t *words, std::uint32_t captured, std::uint32_t wire)
{
    constexpr std::uint32_t Ipv4Length = 20;
    constexpr std::uint32_t TcpLength = 20;
    constexpr std::uint32_t UdpLength = 8;
    const auto word = [words](std::size_t k) { return static_cast<std::uint32_t>(words[k]); };
    // Word 3 ends with the type, word 4 begins the IP header.
    std::size_t ip = 4;
    std::uint32_t offset = 14;
    std::uint32_t tagged = 0;
    if ((word(3) & 0xffffU) == 0x8100U)
    {
        ip = 5;
        offset = 18;
        tagged = TaggedBit;
    }

    const std::uint32_t total = word(ip) & 0xffffU;
    if ((word(0) & 0x100U) != 0 || captured < offset + Ipv4Length + TcpLength || (word(ip - 1) & 0xffffU) != 0x0800U
        || word(ip) >> 24U != 0x45U || (word(ip + 1) & 0x3fffU) != 0 || total + offset > wire || total < Ipv4Length)
    {
        return 0;
    }

    const std::uint32_t length = total - Ipv4Length;
    const std::uint32_t protocol = word(ip + 2) >> 16U & 0xffU;
    if (protocol == 17)
    {
        return word(ip + 6) >> 16U == length && length >= UdpLength ? ShapeUdp | tagged : 0;
    }

    const std::uint32_t header = word(ip + 8) >> 26U & 0x3cU;
    if (protocol != 6 || header < TcpLength || header > length)
    {
        return 0;
    }

    return ((word(ip + 8) >> 16U & 0x17U) == 0x10U ? ShapeSegment : ShapeTcp) | tagged;
}

} // namespace

MIRROR_INLINE void FrameIntake::TakeCounted(std::uint8_t *frame, std::uint32_t length) noexcept
{
    const std::uint32_t end = length < SlotOctets ? length : static_cast<std::uint32_t>(SlotOctets);
    const Segment segment = FindSegment(frame, end, length);
    if (segment.at == 0)
    {
        TakeOther(frame, length);
        return;
    }

    const unsigned tag = LossSample::TagOf(frame + segment.at);
    if (_sample.Has(tag))
    {
        TakeSampled(frame, length, segment.at, segment.length, tag);
        return;
    }

    const Interest interest = _mask.Decide(frame, end, segment);
    if (interest == Interest::Skip)
    {
        Add(Skipped, 1);
        return;
    }

    KeepSegment(frame, length, segment.at, segment.length, interest);
}

// Skipped frames are most of all: their way saves no register and calls nothing; what the others need stands in functions behind
// it.
MIRROR_HOT void FrameIntake::Take(std::uint8_t *frame, std::uint32_t length) noexcept
{
    Add(Octets, length);
    if (_load.Pass(length))
    {
        TakeAtWindowEnd(frame, length);
        return;
    }

    TakeCounted(frame, length);
}

MIRROR_HOT void FrameIntake::TakeAtWindowEnd(std::uint8_t *frame, std::uint32_t length) noexcept
{
    if (_load.Close(_clock()))
    {
        Add(FullSeconds, 1);
    }

    _sample.Age();
    TakeCounted(frame, length);
}

// A segment of a connection that is sampled. Numbers are handed over, not the structures that they come from: those would keep
// each
// skipped frame's in memory.
MIRROR_HOT void FrameIntake::TakeSampled(
    std::uint8_t *frame, std::uint32_t length, std::uint32_t at, std::int32_t segmentLength, unsigned tag) noexcept
{
    _sample.See(frame, {at, segmentLength}, tag);
    const std::uint32_t end = length < SlotOctets ? length : static_cast<std::uint32_t>(SlotOctets);
    const Interest interest = _mask.Decide(frame, end, {at, segmentLength});
    if (interest == Interest::Skip)
    {
        Add(Skipped, 1);
        return;
    }

    KeepSegment(frame, length, at, segmentLength, interest);
}

MIRROR_HOT void FrameIntake::KeepSegment(std::uint8_t *frame, std::uint32_t length, std::uint32_t at, std::int32_t segmentLength,
    Interest interest) noexcept
{
    const std::int64_t now = _clock();
    _sample.Consider(frame, {at, segmentLength}, now);
    Keep({frame, length, length, Wrapping::None}, interest, now);
}

MIRROR_HOT void FrameIntake::TakeUnwrapped(const Unwrapped &frame, Segment segment) noexcept
{
    const unsigned tag = LossSample::TagOf(frame.octets + segment.at);
    if (_sample.Has(tag))
    {
        _sample.See(frame.octets, segment, tag);
    }

    const std::uint32_t end = frame.captured < SlotOctets ? frame.captured : static_cast<std::uint32_t>(SlotOctets);
    const Interest interest = _mask.Decide(frame.octets, end, segment);
    if (interest == Interest::Skip)
    {
        Add(Skipped, 1);
        return;
    }

    const std::int64_t now = _clock();
    _sample.Consider(frame.octets, segment, now);
    Keep(frame, interest, now);
}

// A frame without a TCP segment that can be read: it may be a wrapped one.
MIRROR_HOT void FrameIntake::TakeOther(std::uint8_t *frame, std::uint32_t length) noexcept
{
    Unwrapped inner{frame, length, length, Wrapping::None};
    if (Unwrapping::IsWorthIt(frame, length))
    {
        Note(_unwrapping.Unwrap(inner));
        if (inner.wrapping != Wrapping::None)
        {
            Add(Wrapped, 1);
            _wrappedAs.store(static_cast<std::uint32_t>(inner.wrapping), std::memory_order_relaxed);
            const std::uint32_t end = inner.captured < SlotOctets ? inner.captured : static_cast<std::uint32_t>(SlotOctets);
            const Segment segment = FindSegment(inner.octets, end, inner.wire);
            if (segment.at != 0)
            {
                TakeUnwrapped(inner, segment);
                return;
            }
        }
    }

    Keep(inner, Interest::Keep, _clock());
}

MIRROR_HOT void FrameIntake::Note(const Unwrapping::Finding &finding) noexcept
{
    // Enough for a type to be told, and few enough for another to take its place within a second of a hundred frames.
    constexpr std::uint32_t FarthestAhead = 64;
    if (finding.isTruncated)
    {
        Add(Truncated, 1);
    }

    if (finding.isLate)
    {
        Add(Late, 1);
    }

    if (finding.gap != 0)
    {
        Add(Gaps, finding.gap);
    }

    if (finding.unreadable == 0)
    {
        return;
    }

    Add(Unreadable, 1);
    if (finding.unreadable == _unreadableType.load(std::memory_order_relaxed))
    {
        _unreadableAhead += _unreadableAhead < FarthestAhead ? 1 : 0;
    }
    else if (_unreadableAhead != 0)
    {
        _unreadableAhead--;
    }
    else
    {
        _unreadableType.store(finding.unreadable, std::memory_order_relaxed);
        _unreadableAhead = 1;
    }
}

MIRROR_HOT void FrameIntake::Keep(const Unwrapped &frame, Interest interest, std::int64_t now) noexcept
{
    const std::size_t place = Copies::PlaceOf(frame);
    if (_copies.IsCopy(place, frame, now))
    {
        Add(Copied, 1);
        return;
    }

    if (frame.captured != 0 && (frame.octets[0] & 1U) == 0)
    {
        Add(KeptUnicast, 1);
    }

    Slot *slot = _ring.Reserve();
    if (slot == nullptr)
    {
        Add(Lost, 1);
        return;
    }

    _copies.Remember(place, slot);
    slot->stamp = static_cast<std::uint64_t>(now);
    const std::uint32_t wire = frame.wire < WireLengthMask ? frame.wire : WireLengthMask;
    const std::uint32_t marks =
        static_cast<std::uint32_t>(frame.wrapping) << WrappingShift | (interest == Interest::SignOfLife ? SignOfLifeBit : 0);
    if (frame.captured >= SlotOctets)
    {
        // A fixed length, which becomes a few wide moves where the processor has them. The image is built with -fno-builtin,
        // under which only the compiler's own name is more than a call.
        __builtin_memcpy(slot->octets, frame.octets, SlotOctets);
        slot->lengths = wire | (static_cast<std::uint32_t>(SlotOctets) << CapturedShift) | marks;
    }
    else
    {
        std::memcpy(slot->octets, frame.octets, frame.captured);
        slot->lengths = wire | (frame.captured << CapturedShift) | marks;
    }

    _ring.Publish();
    Add(Kept, 1);
}

std::uint32_t FrameIntake::Read(
    std::uint8_t *bytes, std::int32_t *words, std::int32_t *lengths, std::int64_t *stamps, std::uint32_t max)
{
    Widen();
    const std::uint32_t waiting = _ring.Waiting();
    _mostWaiting = waiting > _mostWaiting ? waiting : _mostWaiting;
    const std::uint32_t count = waiting < max ? waiting : max;
    for (std::uint32_t i = 0; i < count; i++)
    {
        const Slot &slot = _ring.Peek(i);
        const std::uint32_t captured = (slot.lengths >> CapturedShift) & CapturedMask;
        std::memcpy(bytes, slot.octets, captured);
        std::memset(bytes + captured, 0, SlotOctets - captured);
        Spell(bytes, words);
        lengths[i] = static_cast<std::int32_t>(slot.lengths | ShapeOf(words, captured, slot.lengths & WireLengthMask));
        stamps[i] = static_cast<std::int64_t>(slot.stamp);
        bytes += SlotOctets;
        words += SlotWords;
    }

    _ring.Release(count);
    return count;
}

std::uint64_t FrameIntake::Value(Count which)
{
    Widen();
    return _wide[which];
}

void FrameIntake::Widen()
{
    for (std::size_t i = 0; i < Counts; i++)
    {
        const std::uint32_t now = _counts[i].load(std::memory_order_relaxed);
        _wide[i] += now - _seen[i];
        _seen[i] = now;
    }
}

} // namespace mirror
