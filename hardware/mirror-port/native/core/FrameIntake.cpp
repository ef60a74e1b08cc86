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

/// SlotBatch.Established: an untagged IPv4 datagram, whole and without options, that carries a TCP segment with ACK and
/// without SYN, FIN
/// and RST. Said here for a few instructions, it saves the interpreter two thousand a frame.
bool IsEstablished(const std::int32_t *words, std::uint32_t captured)
{
    constexpr std::uint32_t HeadersEnd = 14 + 20 + 20;
    const auto word = [words](std::size_t k)
    {
        return static_cast<std::uint32_t>(words[k]);
    };
    return captured >= HeadersEnd && (word(3) & 0xffffU) == 0x0800U && word(4) >> 24U == 0x45U && (word(5) & 0x3fffU) == 0
           && (word(6) >> 16U & 0xffU) == 6U && (word(12) >> 16U & 0x17U) == 0x10U;
}

} // namespace

// Skipped frames are most of all: their way needs no register saved, since what a kept one needs stands in a function of its own.
MIRROR_HOT void FrameIntake::Take(const std::uint8_t *frame, std::uint32_t length) noexcept
{
    Add(Octets, length);
    const Interest interest = _mask.Decide(frame, length, length);
    if (interest == Interest::Skip)
    {
        Add(Skipped, 1);
        return;
    }

    Keep(frame, length, interest);
}

MIRROR_HOT void FrameIntake::Keep(const std::uint8_t *frame, std::uint32_t length, Interest interest) noexcept
{
    Slot *slot = _ring.Reserve();
    if (slot == nullptr)
    {
        Add(Lost, 1);
        return;
    }

    slot->stamp = static_cast<std::uint64_t>(_clock());
    const std::uint32_t wire = length < WireLengthMask ? length : WireLengthMask;
    const std::uint32_t life = interest == Interest::SignOfLife ? SignOfLifeBit : 0;
    if (length >= SlotOctets)
    {
        // A fixed length, which becomes a few wide moves where the processor has them. The image is built with -fno-builtin,
        // under which only the compiler's own name is more than a call.
        __builtin_memcpy(slot->octets, frame, SlotOctets);
        slot->lengths = wire | (static_cast<std::uint32_t>(SlotOctets) << CapturedShift) | life;
    }
    else
    {
        std::memcpy(slot->octets, frame, length);
        slot->lengths = wire | (length << CapturedShift) | life;
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
        lengths[i] = static_cast<std::int32_t>(slot.lengths | (IsEstablished(words, captured) ? EstablishedBit : 0U));
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
