#include "InterestMask.h"

#include "Placement.h"
#include "Slot.h"

namespace mirror
{

namespace
{

// Ethernet, IEEE 802.3 and 802.1Q.
constexpr std::uint32_t EthernetHeader = 14;
constexpr std::uint32_t TypeAt = 12;
constexpr std::uint32_t TagLength = 4;
constexpr unsigned TypeVlan = 0x8100;
constexpr unsigned TypeServiceVlan = 0x88a8;
constexpr unsigned TypeOldQinQ = 0x9100;
constexpr unsigned TypeIpv4 = 0x0800;
constexpr unsigned TypeIpv6 = 0x86dd;

// The hook looks through two tags; a frame with more is kept, and the sensor judges it.
constexpr unsigned MostTags = 2;

// RFC 791 3.1, RFC 8200 3, RFC 9293 3.1.
constexpr std::uint32_t Ipv4Header = 20;
constexpr std::uint32_t Ipv6Header = 40;
constexpr std::uint32_t TcpHeader = 20;
constexpr unsigned ProtocolTcp = 6;
constexpr unsigned Fin = 0x01;
constexpr unsigned Syn = 0x02;
constexpr unsigned Rst = 0x04;
constexpr unsigned Ack = 0x10;

inline unsigned Read16(const std::uint8_t *at) { return (static_cast<unsigned>(at[0]) << 8U) | at[1]; }

constexpr bool IsTag(unsigned type) { return type == TypeVlan || type == TypeServiceVlan || type == TypeOldQinQ; }

constexpr bool IsEstablished(unsigned flags) { return (flags & (Ack | Syn | Fin | Rst)) == Ack; }

// The least frame that can be dull. It also holds the IPv4 header behind two tags, so that those octets need no check of their
// own.
constexpr std::uint32_t LeastDull = EthernetHeader + Ipv4Header + TcpHeader;
static_assert(LeastDull >= EthernetHeader + MostTags * TagLength + Ipv4Header, "an IPv4 header behind two tags");

// Where the TCP header of a data frame stands and how many octets IP leaves from there (fewer than none when its lengths lie). At
// 0 the frame has to be kept whatever the mask says: group address, no TCP, a fragment, a packet longer than its frame.
struct Segment
{
    std::uint32_t at;
    std::int32_t length;
};

inline Segment FindSegment(const std::uint8_t *frame, std::uint32_t end, std::uint32_t wireLength)
{
    constexpr Segment None{0, 0};
    if (end < LeastDull || wireLength < LeastDull || (frame[0] & 1U) != 0)
    {
        return None;
    }

    std::uint32_t network = EthernetHeader;
    unsigned type = Read16(frame + TypeAt);
    for (unsigned tags = 0; type != TypeIpv4 && IsTag(type); tags++)
    {
        if (tags == MostTags)
        {
            return None;
        }

        network += TagLength;
        type = Read16(frame + network - 2);
    }

    const std::uint8_t *ip = frame + network;
    if (type == TypeIpv4)
    {
        // Version 4 with a header of at least 20 octets is 45 to 4f. More fragments, or an offset, is a fragment; the two other
        // bits don't matter.
        const std::uint32_t header = (ip[0] & 15U) << 2U;
        const std::uint32_t total = Read16(ip + 2);
        if (ip[0] - 0x45U > 0x4fU - 0x45U || ip[9] != ProtocolTcp || (Read16(ip + 6) & 0x3fffU) != 0
            || total > wireLength - network)
        {
            return None;
        }

        return {network + header, static_cast<std::int32_t>(total) - static_cast<std::int32_t>(header)};
    }

    if (type == TypeIpv6 && end >= network + Ipv6Header && ip[0] >> 4U == 6 && ip[6] == ProtocolTcp)
    {
        const std::uint32_t transport = network + Ipv6Header;
        const std::uint32_t length = Read16(ip + 4);
        return transport + length > wireLength ? None : Segment{transport, static_cast<std::int32_t>(length)};
    }

    return None;
}

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

inline bool InterestMask::IsWanted(unsigned flags, unsigned sourcePort, unsigned destinationPort) const
{
    return ((_flags[flags / 32].load(std::memory_order_acquire) >> (flags % 32)) & 1U) != 0
           || ((_ports[sourcePort / 32].load(std::memory_order_acquire) >> (sourcePort % 32)) & 1U) != 0
           || ((_ports[destinationPort / 32].load(std::memory_order_acquire) >> (destinationPort % 32)) & 1U) != 0;
}

MIRROR_HOT Interest InterestMask::Decide(const std::uint8_t *frame, std::uint32_t captured, std::uint32_t wireLength) noexcept
{
    const std::uint32_t end = captured < SlotOctets ? captured : static_cast<std::uint32_t>(SlotOctets);
    const Segment segment = FindSegment(frame, end, wireLength);
    if (segment.at == 0 || segment.at + TcpHeader > end)
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
    if ((generation & 1U) != 0 || IsWanted(tcp[13], Read16(tcp), Read16(tcp + 2)))
    {
        return Interest::Keep;
    }

    const std::uint32_t rate = _rate.load(std::memory_order_acquire);
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
