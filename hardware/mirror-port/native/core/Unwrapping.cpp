#include "Unwrapping.h"

#include "Placement.h"
#include "Segment.h"
#include "Tunnels.h"

namespace mirror
{

namespace
{

constexpr unsigned TypeOldTag = 0x9200;
constexpr unsigned TypeVnTag = 0x8926;
constexpr unsigned TypeETag = 0x893f;
constexpr unsigned TypeCmd = 0x8909;
constexpr unsigned TypeDsa = 0x001b;

// More shims are malformed; the sensor looks through as many tags.
constexpr unsigned MostShims = 8;

// Octets of a shim, its type included, before the next type. A Cisco CMD says in its third octet how many words of options it
// has.
std::uint32_t LengthOfShim(const std::uint8_t *type)
{
    constexpr unsigned MostCmdWords = 4;
    switch (Read16(type))
    {
    case TypeVlan:
    case TypeServiceVlan:
    case TypeOldQinQ:
    case TypeOldTag:
        return TagLength;
    case TypeVnTag:
        return 6;
    case TypeETag:
        return 8;
    case TypeCmd:
        return type[2] == 1 && type[3] >= 1 && type[3] <= MostCmdWords ? 4 + 4U * type[3] : 0;
    default:
        return 0;
    }
}

Wrapping WrappingOf(unsigned type)
{
    return type == TypeVnTag ? Wrapping::VnTag : type == TypeETag ? Wrapping::ETag : type == TypeCmd ? Wrapping::Cmd : Wrapping::Tags;
}

// Passes the shims of a frame. `layer` gets what follows them; its wrapping stays None when the shims are at most two tags that
// the mask
// and the sensor look through themselves.
MIRROR_HOT bool PassShims(const Unwrapped &frame, Layer &layer)
{
    layer = {TypeAt, frame.wire, 0, Wrapping::None, false};
    for (unsigned shims = 0; shims <= MostShims; shims++)
    {
        // The type, and the two octets that say how long a CMD is.
        if (layer.at + 4 > frame.captured)
        {
            return false;
        }

        const std::uint8_t *type = frame.octets + layer.at;
        const std::uint32_t length = LengthOfShim(type);
        if (length == 0)
        {
            layer.type = Read16(type);
            layer.at += 2;
            return true;
        }

        const Wrapping wrapping = WrappingOf(Read16(type));
        if (wrapping != Wrapping::Tags)
        {
            layer.wrapping = wrapping;
        }
        else if (layer.wrapping == Wrapping::None && (shims >= MostTags || Read16(type) == TypeOldTag))
        {
            layer.wrapping = Wrapping::Tags;
        }

        layer.at += length;
    }

    return false;
}

void Shift(Unwrapped &frame, std::uint32_t by, std::uint32_t end)
{
    frame.octets += by;
    frame.wire = end - by;
    frame.captured -= by;
    frame.captured = frame.captured < frame.wire ? frame.captured : frame.wire;
}

// Puts the frame's addresses and a type right in front of the packet. From the last octet on, since both places may overlap.
MIRROR_HOT void MoveHeader(Unwrapped &frame, const Layer &layer)
{
    std::uint8_t *packet = frame.octets + layer.at;
    packet[-1] = static_cast<std::uint8_t>(layer.type);
    packet[-2] = static_cast<std::uint8_t>(layer.type >> 8U);
    for (std::uint32_t at = TypeAt; at-- > 0;)
    {
        packet[static_cast<std::int32_t>(at) - static_cast<std::int32_t>(EthernetHeader)] = frame.octets[at];
    }

    Shift(frame, layer.at - EthernetHeader, layer.end);
    frame.wrapping = layer.wrapping;
}

// How long the frame was before it was cut, as far as its packet says.
std::uint32_t WireOf(const Unwrapped &frame)
{
    Layer layer{};
    if (PassShims(frame, layer) && layer.at + 6 <= frame.captured)
    {
        const std::uint8_t *packet = frame.octets + layer.at;
        const std::uint32_t length = layer.type == TypeIpv4   ? Read16(packet + 2)
                                     : layer.type == TypeIpv6 ? Ipv6Header + Read16(packet + 4)
                                                              : 0;
        return layer.at + length > frame.wire ? layer.at + length : frame.wire;
    }

    return frame.wire;
}

// IP, ARP, LLC, and what the rules of old imaging networks can name (FORMAT.md): all else is nothing that the sensor reads.
bool IsRead(unsigned type)
{
    return type < 0x0600 || type == TypeIpv4 || type == TypeIpv6 || type == TypeArp
           // XNS, VINES, DEC's own, RARP, SNA, AppleTalk, IPX, PPPoE.
           || type == 0x0600 || type == 0x0bad || (type >= 0x6000 && type <= 0x6009) || type == 0x8035 || type == 0x80d5
           || type == 0x809b || type == 0x80f3 || type == 0x8137 || type == 0x8138 || type == 0x8863 || type == 0x8864;
}

// What can't be read, by its type. A DSA tag stands where the type does and can't be told from one, but by the type behind it.
MIRROR_HOT unsigned Unreadable(const Unwrapped &frame, const Layer &layer)
{
    const unsigned type = layer.type;
    if (type == TypeIpv4 || type == TypeIpv6 || type == TypeArp)
    {
        return 0;
    }

    if (layer.at + 6 <= frame.captured)
    {
        const std::uint8_t *behind = frame.octets + layer.at + 4;
        const unsigned next = Read16(behind - 2);
        if ((next == TypeIpv4 && behind[0] - 0x45U <= 0x4fU - 0x45U) || (next == TypeIpv6 && behind[0] >> 4U == 6)
            || (next == TypeArp && Read16(behind) == 1))
        {
            return TypeDsa;
        }
    }

    return IsRead(type) ? 0 : type;
}

} // namespace

MIRROR_HOT Unwrapping::Finding Unwrapping::Unwrap(Unwrapped &frame) noexcept
{
    Finding finding{};
    Layer outer{};
    if (!PassShims(frame, outer))
    {
        return finding;
    }

    Layer inner{};
    if (!FindInner(frame, outer, inner, finding, _sessions))
    {
        finding.unreadable = (frame.octets[0] & 1U) != 0 ? 0 : finding.unreadable != 0 ? finding.unreadable : Unreadable(frame, outer);
        if (outer.wrapping != Wrapping::None)
        {
            MoveHeader(frame, outer);
        }

        return finding;
    }

    if (inner.type != 0)
    {
        MoveHeader(frame, inner);
    }
    else
    {
        Shift(frame, inner.at, inner.end);
        Layer shims{};
        if (PassShims(frame, shims) && shims.wrapping != Wrapping::None)
        {
            MoveHeader(frame, shims);
        }

        frame.wrapping = inner.wrapping;
    }

    frame.wire = inner.isCut ? WireOf(frame) : frame.wire;
    return finding;
}

} // namespace mirror
