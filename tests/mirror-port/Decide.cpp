// decide FILE: the hook's decisions about frames, for comparison with the simulator's. FILE holds numbers of 4 octets,
// little-endian: length of the mask, how many ranges, how many openings, the section of the mask and that of the openings; then until the end a frame: octets captured, octets
// on the wire, the octets. Where ffffffff stands for the octets captured, another mask follows as at the beginning. Prints a letter a
// frame: s skipped, k kept, l sign of life.

#include <core/InterestMask.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace
{

constexpr std::uint32_t AnotherMask = 0xffffffff;

class Reader
{
public:
    explicit Reader(std::vector<std::uint8_t> octets) : _octets(std::move(octets)) {}

    bool IsAtEnd() const { return _at == _octets.size(); }

    std::uint32_t Number()
    {
        std::uint32_t value = 0;
        std::memcpy(&value, Take(sizeof value), sizeof value);
        return value;
    }

    const std::uint8_t *Take(std::size_t count)
    {
        const std::uint8_t *from = _octets.data() + _at;
        _at += count;
        return from;
    }

private:
    std::vector<std::uint8_t> _octets;
    std::size_t _at = 0;
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
    {
        std::fputs("usage: decide FILE\n", stderr);
        return 1;
    }

    std::ifstream file(argv[1], std::ios::binary);
    Reader reader({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    auto mask = std::make_unique<mirror::InterestMask>();
    std::uint32_t captured = AnotherMask;
    while (!reader.IsAtEnd())
    {
        if (captured == AnotherMask)
        {
            const std::uint32_t length = reader.Number();
            const std::uint32_t ranges = reader.Number();
            const std::uint32_t openings = reader.Number();
            const std::uint8_t *section = reader.Take(length);
            const std::size_t at = mirror::InterestMask::HeaderOctets + ranges * mirror::InterestMask::RangeOctets;
            if (mask->Set(section, at, ranges, section + at, openings) != mirror::InterestMask::Verdict::Accepted)
            {
                std::fputs("the mask is refused\n", stderr);
                return 2;
            }
        }

        captured = reader.Number();
        if (captured == AnotherMask)
        {
            continue;
        }

        const std::uint32_t wire = reader.Number();
        const std::uint8_t *octets = reader.Take(captured);
        // A copy of just that length, so that the sanitizer sees a read behind it.
        const std::vector<std::uint8_t> frame(octets, octets + captured);
        constexpr char Letters[] = {'s', 'k', 'l'};
        std::putchar(Letters[static_cast<int>(mask->Decide(frame.data(), captured, wire))]);
    }

    return 0;
}
