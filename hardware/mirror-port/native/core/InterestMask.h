#pragma once

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
/// The same decision, frame by frame, as tools/Simulator/InterestMask.cs. One thread decides; another may change the mask at the
/// same time: while it does, every frame is kept.
class InterestMask
{
public:
    /// Octets of the section before its port ranges.
    static constexpr std::size_t HeaderOctets = 34;

    /// Octets of a port range.
    static constexpr std::size_t RangeOctets = 4;

    /// What `Set` says.
    enum class Verdict : std::uint8_t
    {
        Accepted,
        TooShort,
        BackwardRange,
    };

    InterestMask() = default;
    InterestMask(const InterestMask &) = delete;
    InterestMask &operator=(const InterestMask &) = delete;

    /// Puts a table's mask into use; the one before stays when it is refused.
    /// @param section the section's first octet, `length` octets that may be read from there, and how many port ranges it has.
    Verdict Set(const std::uint8_t *section, std::size_t length, std::size_t ranges);

    /// Decides about a frame.
    /// @param frame its octets, `captured` of them; `wireLength` is its length on the wire without the frame check sequence.
    Interest Decide(const std::uint8_t *frame, std::uint32_t captured, std::uint32_t wireLength) noexcept;

private:
    static constexpr std::size_t FlagWords = 256 / 32;
    static constexpr std::size_t PortWords = 65536 / 32;

    bool IsWanted(unsigned flags, unsigned sourcePort, unsigned destinationPort) const;

    // Odd while the mask is being written, and before there is one. A decision that meets an odd or changed number keeps the
    // frame.
    std::atomic<std::uint32_t> _generation{1};
    std::atomic<std::uint32_t> _rate{0};
    std::atomic<std::uint32_t> _flags[FlagWords]{};
    std::atomic<std::uint32_t> _ports[PortWords]{};

    // Dull frames since the last sign of life; the deciding thread's own.
    std::uint32_t _skipped = 0;
};

} // namespace mirror
