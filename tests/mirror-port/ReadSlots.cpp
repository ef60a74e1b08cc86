// read_slots FILE: the slots that the hook makes of frames, for comparison with SlotMaking.Put. FILE holds numbers of 4 octets,
// little-endian, until the end a frame: octets on the wire, of which all are there, and the octets. Prints a line a frame: the slot's
// length number, its words and its octets, in hexadecimal digits.

#include <core/FrameIntake.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace
{

// Each frame so far behind the one before that it is no copy of it.
std::int64_t Clock()
{
    static std::int64_t now = 0;
    return now += 3000;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
    {
        std::fputs("usage: read_slots FILE\n", stderr);
        return 1;
    }

    std::ifstream file(argv[1], std::ios::binary);
    const std::vector<char> octets({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    constexpr std::uint32_t Slots = 16;
    std::vector<mirror::Slot> memory(Slots);
    auto intake = std::make_unique<mirror::FrameIntake>(Clock);
    intake->Attach(memory.data(), Slots);
    // What was there before must not come through.
    std::memset(memory.data(), 0xa5, Slots * sizeof(mirror::Slot));
    std::vector<std::uint8_t> bytes(mirror::SlotOctets, 0x5a);
    std::vector<std::int32_t> words(mirror::SlotWords);
    std::int32_t length = 0;
    std::int64_t stamp = 0;
    for (std::size_t at = 0; at < octets.size();)
    {
        std::uint32_t wire = 0;
        std::memcpy(&wire, octets.data() + at, sizeof wire);
        at += sizeof wire;
        std::vector<std::uint8_t> frame(octets.begin() + static_cast<std::ptrdiff_t>(at),
            octets.begin() + static_cast<std::ptrdiff_t>(at + wire));
        at += wire;
        intake->Take(frame.data(), wire);
        if (intake->Read(bytes.data(), words.data(), &length, &stamp, 1) != 1)
        {
            std::fputs("no slot\n", stderr);
            return 2;
        }

        std::printf("%08x ", static_cast<unsigned>(length));
        for (const std::int32_t word : words)
        {
            std::printf("%08x", static_cast<unsigned>(word));
        }

        std::putchar(' ');
        for (const std::uint8_t octet : bytes)
        {
            std::printf("%02x", octet);
        }

        std::putchar('\n');
    }

    return 0;
}
