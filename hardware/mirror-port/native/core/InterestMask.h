#pragma once

#include "Segment.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace mirror
{

/// What the hook does with a frame.
enum class Interest : std::uint8_t
{
    /// Counted, not copied.
    Skip,

    /// Copied into a slot.
    Keep,

    /// Would be skipped, but is copied as a sign of life: one in so many.
    SignOfLife,
};

/// The interest mask of a signature table (FORMAT.md, section 11), expanded into a bit a port, and the decision that it asks for.
/// The same decision, frame by frame, as tools/Playback/InterestMask.cs. One thread decides; another may change the mask at the
/// same time: while it does, every frame is kept.
class InterestMask
{
public:
    /// Octets of the section before its port ranges.
    static constexpr std::size_t HeaderOctets = 34;

    /// Octets of a port range.
    static constexpr std::size_t RangeOctets = 4;

    /// Octets of an opening (FORMAT.md, section 16), and how many there are at most: those of two tables, during a trial, of
    /// which most are the same.
    static constexpr std::size_t OpeningOctets = 22;
    static constexpr std::size_t MostOpenings = 40;

    /// What `Set` says.
    enum class Verdict : std::uint8_t
    {
        Accepted,
        TooShort,
        BackwardRange,
        BadOpening,
    };

    InterestMask() = default;
    InterestMask(const InterestMask &) = delete;
    InterestMask &operator=(const InterestMask &) = delete;

    /// Puts a table's mask into use; the one before stays when it is refused.
    /// @param section the section's first octet, `length` octets that may be read from there, and how many port ranges it has.
    /// @param openings so many openings, `OpeningOctets` each.
    Verdict Set(const std::uint8_t *section, std::size_t length, std::size_t ranges, const std::uint8_t *openings = nullptr,
        std::size_t openingCount = 0);

    /// Decides about a frame.
    /// @param frame its octets, `captured` of them; `wireLength` is its length on the wire without the frame check sequence.
    MIRROR_INLINE Interest Decide(const std::uint8_t *frame, std::uint32_t captured, std::uint32_t wireLength) noexcept
    {
        const std::uint32_t end = captured < SlotOctets ? captured : static_cast<std::uint32_t>(SlotOctets);
        return Decide(frame, end, FindSegment(frame, end, wireLength));
    }

    /// The same where the segment has been looked for.
    /// @param end octets of the frame that may be read, at most a slot's.
    MIRROR_INLINE Interest Decide(const std::uint8_t *frame, std::uint32_t end, Segment segment) noexcept;

private:
    static constexpr std::size_t FlagWords = 256 / 32;
    static constexpr std::size_t PortWords = 65536 / 32;

    // Of a payload an opening is about so many octets.
    static constexpr std::size_t OpeningReach = 12;

    // Beside the bits of the octets: the payload is a PDU whose length, the last two octets of its head, is no less than what the segment has.
    static constexpr unsigned OpeningSized = 0x8000;
    static constexpr std::uint32_t OpeningHead = 6;

    MIRROR_INLINE static bool Has(std::uint32_t bits, unsigned bit) { return (bits >> (bit & 31U) & 1U) != 0; }

    // A port from its two octets: together they would only be taken apart again.
    MIRROR_INLINE bool IsPortWanted(const std::uint8_t *port) const
    {
        return Has(_ports[port[0] * (256 / 32) + port[1] / 32].load(std::memory_order_relaxed), port[1]);
    }

    MIRROR_INLINE bool IsWanted(const std::uint8_t *tcp) const
    {
        return Has(_flags[tcp[13] / 32].load(std::memory_order_relaxed), tcp[13]) || IsPortWanted(tcp) || IsPortWanted(tcp + 2);
    }

    // Nearly every frame of bulk data ends here: none of its openings begins with that octet.
    MIRROR_INLINE bool IsOpening(const std::uint8_t *frame, std::uint32_t end, Segment segment, std::int32_t offset) const
    {
        const std::uint32_t at = segment.at + static_cast<std::uint32_t>(offset);
        if (segment.length <= offset || at >= end)
        {
            return false;
        }

        // Of black pixels none is looked at further: what begins so is shorter than bulk data.
        const std::uint8_t first = frame[at];
        const auto length = static_cast<std::uint32_t>(segment.length - offset);
        return length <= _longest[first].load(std::memory_order_relaxed)
               && BeginsSo(frame + segment.at, frame + at, end - at, length);
    }

    // Whether a payload of so many octets, `there` of which may be read, begins as an opening of these ports has it.
    bool BeginsSo(const std::uint8_t *tcp, const std::uint8_t *payload, std::uint32_t there, std::uint32_t length) const;

    static bool IsWellFormed(const std::uint8_t *opening);

    // Odd while the mask is being written, and before there is one. A decision that meets an odd or changed number keeps the
    // frame.
    std::atomic<std::uint32_t> _generation{1};
    std::atomic<std::uint32_t> _rate{0};
    std::atomic<std::uint32_t> _flags[FlagWords]{};
    std::atomic<std::uint32_t> _ports[PortWords]{};

    // For each first octet the longest payload of an opening, 0 for none, and the number of one, from 1. From each opening the
    // next one with the same octet.
    std::atomic<std::uint16_t> _longest[256]{};
    std::atomic<std::uint8_t> _firstOpening[256]{};
    std::atomic<std::uint8_t> _nextOpening[MostOpenings + 1]{};
    std::atomic<std::uint8_t> _openings[MostOpenings * OpeningOctets]{};

    // Dull frames since the last sign of life; the deciding thread's own.
    std::uint32_t _skipped = 0;
};

inline Interest InterestMask::Decide(const std::uint8_t *frame, std::uint32_t end, Segment segment) noexcept
{
    if (segment.at == 0)
    {
        return Interest::Keep;
    }

    const std::uint8_t *tcp = frame + segment.at;
    const std::int32_t offset = (tcp[12] >> 4) << 2;
    if (offset < static_cast<std::int32_t>(TcpHeader) || offset > segment.length)
    {
        return Interest::Keep;
    }

    const std::uint32_t generation = _generation.load(std::memory_order_acquire);
    if ((generation & 1U) != 0 || IsWanted(tcp) || IsOpening(frame, end, segment, offset))
    {
        return Interest::Keep;
    }

    // One barrier behind all that was read, in place of one behind each: a frame that is skipped reads six words.
    const std::uint32_t rate = _rate.load(std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_acquire);
    if (_generation.load(std::memory_order_relaxed) != generation)
    {
        return Interest::Keep;
    }

    if (rate == 0 || ++_skipped < rate)
    {
        return Interest::Skip;
    }

    _skipped = 0;
    return Interest::SignOfLife;
}

} // namespace mirror
