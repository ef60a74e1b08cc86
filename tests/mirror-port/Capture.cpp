#include "Capture.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace frames
{

std::vector<Octets> ReadCapture(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    const Octets all{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    constexpr std::size_t FileHeader = 24;
    constexpr std::size_t RecordHeader = 16;
    if (all.size() < FileHeader || all[0] != 0xd4)
    {
        throw std::runtime_error(path + " is no little-endian pcap file");
    }

    std::vector<Octets> result;
    for (std::size_t at = FileHeader; at + RecordHeader <= all.size();)
    {
        std::uint32_t captured = 0;
        std::memcpy(&captured, &all[at + 8], sizeof captured);
        at += RecordHeader;
        result.emplace_back(
            all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(at + captured));
        at += captured;
    }

    return result;
}

std::vector<Octets> AllDetects()
{
    std::vector<Octets> result;
    for (int detect = 1; detect <= 10; detect++)
    {
        const std::string number = (detect < 10 ? "0" : "") + std::to_string(detect);
        const std::vector<Octets> frames = ReadCapture(std::string(CAPTURES) + "/detect" + number + ".pcap");
        result.insert(result.end(), frames.begin(), frames.end());
    }

    return result;
}

} // namespace frames
