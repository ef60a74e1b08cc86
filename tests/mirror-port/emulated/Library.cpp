// What the compiler takes from a C library, for the emulated core. Memory is copied a word at a time where both ends allow it, as
// the
// ESP32's ROM does it.

#include <cstdint>
#include <cstring>

namespace
{

constexpr std::uint32_t WordMask = 3;

bool AreWords(const void *to, const void *from)
{
    return ((reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from)) & WordMask) == 0;
}

} // namespace

void *memcpy(void *to, const void *from, std::size_t length)
{
    auto *target = static_cast<std::uint8_t *>(to);
    const auto *source = static_cast<const std::uint8_t *>(from);
    if (AreWords(to, from))
    {
        for (; length >= 16; length -= 16, target += 16, source += 16)
        {
            auto *words = reinterpret_cast<std::uint32_t *>(target);
            const auto *read = reinterpret_cast<const std::uint32_t *>(source);
            const std::uint32_t a = read[0];
            const std::uint32_t b = read[1];
            const std::uint32_t c = read[2];
            const std::uint32_t d = read[3];
            words[0] = a;
            words[1] = b;
            words[2] = c;
            words[3] = d;
        }
    }

    for (; length > 0; length--)
    {
        *target++ = *source++;
    }

    return to;
}

void *memset(void *to, int octet, std::size_t length)
{
    auto *target = static_cast<std::uint8_t *>(to);
    for (; length > 0; length--)
    {
        *target++ = static_cast<std::uint8_t>(octet);
    }

    return to;
}

// The LX106 has no instruction to divide; the ESP32 has one.
extern "C" std::uint32_t __udivsi3(std::uint32_t value, std::uint32_t by)
{
    std::uint32_t quotient = 0;
    std::uint32_t rest = 0;
    for (unsigned bit = 32; bit-- > 0;)
    {
        rest = rest << 1U | (value >> bit & 1U);
        if (rest >= by)
        {
            rest -= by;
            quotient |= 1U << bit;
        }
    }

    return quotient;
}

extern "C" std::uint32_t __umodsi3(std::uint32_t value, std::uint32_t by) { return value - __udivsi3(value, by) * by; }
