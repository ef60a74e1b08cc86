#include "InterestMask.h"

namespace mirror
{

namespace
{

constexpr unsigned Fin = 0x01;
constexpr unsigned Syn = 0x02;
constexpr unsigned Rst = 0x04;
constexpr unsigned Ack = 0x10;

constexpr bool IsEstablished(unsigned flags) { return (flags & (Ack | Syn | Fin | Rst)) == Ack; }

} // namespace

InterestMask::Verdict InterestMask::Set(const std::uint8_t *section, std::size_t length, std::size_t ranges)
{
    if (section == nullptr || length < HeaderOctets || (length - HeaderOctets) / RangeOctets < ranges)
    {
        return Verdict::TooShort;
    }

    const std::uint8_t *range = section + HeaderOctets;
    for (std::size_t i = 0; i < ranges; i++, range += RangeOctets)
    {
        if (Read16(range) > Read16(range + 2))
        {
            return Verdict::BackwardRange;
        }
    }

    // Each store below releases, each load in IsWanted acquires: who reads one new word sees this odd number afterwards.
    const std::uint32_t generation = _generation.load(std::memory_order_relaxed) | 1U;
    _generation.store(generation, std::memory_order_relaxed);

    for (std::size_t word = 0; word < FlagWords; word++)
    {
        std::uint32_t bits = 0;
        for (unsigned bit = 0; bit < 32; bit++)
        {
            const unsigned flags = static_cast<unsigned>(word) * 32 + bit;
            const bool isAskedFor = (section[flags >> 3U] & (0x80U >> (flags & 7U))) != 0;
            bits |= static_cast<std::uint32_t>(isAskedFor || !IsEstablished(flags)) << bit;
        }

        _flags[word].store(bits, std::memory_order_release);
    }

    for (auto &word : _ports)
    {
        word.store(0, std::memory_order_release);
    }

    range = section + HeaderOctets;
    for (std::size_t i = 0; i < ranges; i++, range += RangeOctets)
    {
        const unsigned last = Read16(range + 2);
        for (unsigned port = Read16(range); port <= last;)
        {
            // A whole word at a time: one range may be all 65,536 ports.
            const unsigned word = port / 32;
            const unsigned from = port % 32;
            const unsigned to = last / 32 == word ? last % 32 : 31;
            const std::uint32_t bits = (0xffffffffU >> (31 - (to - from))) << from;
            _ports[word].store(_ports[word].load(std::memory_order_relaxed) | bits, std::memory_order_release);
            port += to - from + 1;
        }
    }

    _rate.store(Read16(section + 32), std::memory_order_release);
    _generation.store(generation + 1, std::memory_order_release);
    return Verdict::Accepted;
}

} // namespace mirror
