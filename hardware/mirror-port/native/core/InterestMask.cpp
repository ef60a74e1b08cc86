#include "InterestMask.h"

#include "Placement.h"

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

// As the sensor's table check has it: an octet that is compared is there in the shortest payload.
bool InterestMask::IsWellFormed(const std::uint8_t *opening)
{
    const unsigned least = Read16(opening + 4);
    const unsigned bits = Read16(opening + 8);
    const unsigned which = bits & ~OpeningSized;
    return (bits == which || least >= OpeningHead) && Read16(opening) <= Read16(opening + 2) && least <= Read16(opening + 6) && (which & 1U) != 0 && which >> OpeningReach == 0
           && (least >= OpeningReach || which >> least == 0);
}

InterestMask::Verdict InterestMask::Set(const std::uint8_t *section, std::size_t length, std::size_t ranges,
    const std::uint8_t *openings, std::size_t openingCount)
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

    if (openingCount > MostOpenings)
    {
        return Verdict::BadOpening;
    }

    for (std::size_t i = 0; i < openingCount; i++)
    {
        if (!IsWellFormed(openings + i * OpeningOctets))
        {
            return Verdict::BadOpening;
        }
    }

    // Each store below releases, and a barrier stands between what Decide reads and its second look at this number: who read one
    // new word sees it odd then.
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

    for (std::size_t octet = 0; octet < 256; octet++)
    {
        _longest[octet].store(0, std::memory_order_release);
        _firstOpening[octet].store(0, std::memory_order_release);
    }

    for (std::size_t i = 0; i < openingCount * OpeningOctets; i++)
    {
        _openings[i].store(openings[i], std::memory_order_release);
    }

    for (std::size_t i = openingCount; i > 0; i--)
    {
        const std::uint8_t octet = openings[(i - 1) * OpeningOctets + 10];
        const auto most = static_cast<std::uint16_t>(Read16(openings + (i - 1) * OpeningOctets + 6));
        auto &longest = _longest[octet];
        longest.store(most > longest.load(std::memory_order_relaxed) ? most : longest.load(std::memory_order_relaxed),
            std::memory_order_release);
        auto &first = _firstOpening[octet];
        _nextOpening[i].store(first.load(std::memory_order_relaxed), std::memory_order_release);
        first.store(static_cast<std::uint8_t>(i), std::memory_order_release);
    }

    _rate.store(Read16(section + 32), std::memory_order_release);
    _generation.store(generation + 1, std::memory_order_release);
    return Verdict::Accepted;
}

MIRROR_HOT bool InterestMask::BeginsSo(const std::uint8_t *tcp, const std::uint8_t *payload, std::uint32_t there,
    std::uint32_t length) const
{
    const auto number = [](const std::atomic<std::uint8_t> *octets)
    {
        return static_cast<unsigned>(octets[0].load(std::memory_order_relaxed)) << 8U
               | octets[1].load(std::memory_order_relaxed);
    };
    const unsigned source = Read16(tcp);
    const unsigned destination = Read16(tcp + 2);

    // As many turns as there are openings: a chain that is being written may lead anywhere.
    std::uint8_t next = _firstOpening[payload[0]].load(std::memory_order_relaxed);
    for (std::size_t turn = 0; next != 0 && turn < MostOpenings; turn++)
    {
        const std::atomic<std::uint8_t> *opening = _openings + (next - 1) * OpeningOctets;
        next = _nextOpening[next].load(std::memory_order_relaxed);
        if (length > number(opening + 6) || length < number(opening + 4))
        {
            continue;
        }

        const unsigned bits = number(opening + 8);
        unsigned which = bits & ~OpeningSized;
        std::uint32_t octet = 0;
        while (which != 0 && ((which & 1U) == 0
                   || (octet < there && payload[octet] == opening[10 + octet].load(std::memory_order_relaxed))))
        {
            which >>= 1U;
            octet++;
        }

        // Images of small numbers look like a request now and then, and not like one of that length.
        if (which != 0 || ((bits & OpeningSized) != 0 && (there < OpeningHead || Read16(payload + OpeningHead - 2) + OpeningHead < length)))
        {
            continue;
        }

        const unsigned low = number(opening);
        const unsigned high = number(opening + 2);
        if ((source >= low && source <= high) || (destination >= low && destination <= high))
        {
            return true;
        }
    }

    return false;
}

} // namespace mirror
