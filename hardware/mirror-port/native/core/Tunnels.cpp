#include "Tunnels.h"

#include "Placement.h"
#include "Segment.h"

namespace mirror
{

namespace
{

// EtherTypes.
constexpr unsigned TypePppoe = 0x8864;
constexpr unsigned TypeMpls = 0x8847;
constexpr unsigned TypeMplsMulticast = 0x8848;

// GRE's protocols.
constexpr unsigned GreEthernet = 0x6558;
constexpr unsigned GreErspan2 = 0x88be;
constexpr unsigned GreErspan3 = 0x22eb;

constexpr std::uint32_t UdpHeader = 8;

// An MPLS stack of more labels is none that a hospital has.
constexpr unsigned MostLabels = 8;

// A short packet is padded to Ethernet's least payload.
constexpr std::uint32_t MostPadding = 46;

MIRROR_INLINE bool Has(const Unwrapped &frame, std::uint32_t at, std::uint32_t count)
{
    return at <= frame.captured && count <= frame.captured - at;
}

// RFC 1071. It tells a packet from an Ethernet frame whose address begins with a 4.
MIRROR_HOT bool IsChecksumRight(const std::uint8_t *header, std::uint32_t length)
{
    std::uint32_t sum = 0;
    for (std::uint32_t at = 0; at < length; at += 2)
    {
        sum += Read16(header + at);
    }

    sum = (sum & 0xffffU) + (sum >> 16U);
    return (sum & 0xffffU) + (sum >> 16U) == 0xffffU;
}

// How surely an Ethernet frame begins there: 2 when its type and what follows it fit each other, 1 when its length is right, else
// 0.
MIRROR_HOT unsigned LikelinessOfEthernet(const Unwrapped &frame, std::uint32_t at, std::uint32_t end)
{
    if (!Has(frame, at, EthernetHeader + 2) || at + EthernetHeader > end)
    {
        return 0;
    }

    const std::uint8_t *behind = frame.octets + at + EthernetHeader;
    const std::uint32_t left = end - at - EthernetHeader;
    const unsigned type = Read16(behind - 2);
    switch (type)
    {
    case TypeIpv4:
        return behind[0] - 0x45U <= 0x4fU - 0x45U ? 2 : 0;
    case TypeIpv6:
        return behind[0] >> 4U == 6 ? 2 : 0;
    case TypeArp:
        return Read16(behind) == 1 ? 2 : 0;
    default:
        return IsTag(type) ? 2 : type < 0x600 && (type == left || (type < left && left <= MostPadding)) ? 1 : 0;
    }
}

MIRROR_HOT bool FindInMpls(const Unwrapped &frame, const Layer &outer, Layer &inner)
{
    std::uint32_t at = outer.at;
    bool isBottom = false;
    for (unsigned labels = 0; !isBottom; labels++, at += 4)
    {
        if (labels == MostLabels || !Has(frame, at, 4))
        {
            return false;
        }

        isBottom = (frame.octets[at + 2] & 1U) != 0;
    }

    if (!Has(frame, at, Ipv4Header) || at + Ipv4Header > outer.end)
    {
        return false;
    }

    const std::uint8_t *payload = frame.octets + at;
    const std::uint32_t left = outer.end - at;
    const std::uint32_t header = (payload[0] & 15U) << 2U;
    if (payload[0] - 0x45U <= 0x4fU - 0x45U && Has(frame, at, header) && Read16(payload + 2) >= header && Read16(payload + 2) <= left
        && IsChecksumRight(payload, header))
    {
        inner = {at, outer.end, TypeIpv4, Wrapping::Mpls, false};
        return true;
    }

    if (payload[0] >> 4U == 6)
    {
        const std::uint32_t length = Ipv6Header + Read16(payload + 4);
        if (length <= left && left - length < MostPadding)
        {
            inner = {at, outer.end, TypeIpv6, Wrapping::Mpls, false};
            return true;
        }
    }

    // RFC 4385: a control word begins with four zero bits, as many an address does.
    const unsigned without = LikelinessOfEthernet(frame, at, outer.end);
    const unsigned with = payload[0] >> 4U == 0 ? LikelinessOfEthernet(frame, at + 4, outer.end) : 0;
    const bool hasControlWord = with > without || (with == without && Read16(payload) == 0);
    inner = {hasControlWord ? at + 4 : at, outer.end, 0, Wrapping::MplsEthernet, false};
    return with + without != 0;
}

MIRROR_HOT bool FindInPppoe(const Unwrapped &frame, const Layer &outer, Layer &inner)
{
    constexpr std::uint32_t Header = 6;
    constexpr unsigned PppIpv4 = 0x0021;
    constexpr unsigned PppIpv6 = 0x0057;
    if (!Has(frame, outer.at, Header + 2))
    {
        return false;
    }

    // Version 1, type 1, a session's data.
    const std::uint8_t *header = frame.octets + outer.at;
    const std::uint32_t length = Read16(header + 4);
    const unsigned protocol = Read16(header + Header);
    if (header[0] != 0x11 || header[1] != 0 || length < 2 || length > outer.end - outer.at - Header
        || (protocol != PppIpv4 && protocol != PppIpv6))
    {
        return false;
    }

    inner = {outer.at + Header + 2, outer.at + Header + length, protocol == PppIpv4 ? TypeIpv4 : TypeIpv6, Wrapping::Pppoe, false};
    return true;
}

// A packet without an Ethernet header, by the version in its first octet.
unsigned TypeOfPacket(const Unwrapped &frame, std::uint32_t at)
{
    const unsigned version = Has(frame, at, 1) ? frame.octets[at] >> 4U : 0;
    return version == 4 ? TypeIpv4 : version == 6 ? TypeIpv6 : 0;
}

MIRROR_HOT bool FindInErspan(const Unwrapped &frame, Layer &inner, Unwrapping::Finding &finding, unsigned version)
{
    const std::uint32_t header = version == 1 ? 8 : 12;
    if (!Has(frame, inner.at, header) || frame.octets[inner.at] >> 4U != version)
    {
        return false;
    }

    const std::uint8_t *erspan = frame.octets + inner.at;
    finding.isTruncated = (erspan[2] & 4U) != 0;
    inner.isCut |= finding.isTruncated;
    inner.wrapping = version == 1 ? Wrapping::Erspan2 : Wrapping::Erspan3;
    if (version == 2)
    {
        // Type III says what it carries, 0 a frame and 2 a packet, and whether eight octets of its platform follow.
        const unsigned kind = (erspan[10] >> 2U) & 31U;
        inner.at += (erspan[11] & 1U) != 0 ? 8 : 0;
        inner.type = kind == 2 ? TypeOfPacket(frame, inner.at + header) : 0;
        if (kind != 0 && inner.type == 0)
        {
            return false;
        }
    }

    inner.at += header;
    return true;
}

MIRROR_HOT bool FindInGre(
    const Unwrapped &frame, std::uint32_t source, Layer &inner, Unwrapping::Finding &finding, MirrorSessions &sessions)
{
    constexpr unsigned HasChecksum = 0x8000;
    constexpr unsigned HasRouting = 0x4000;
    constexpr unsigned HasKey = 0x2000;
    constexpr unsigned HasSequence = 0x1000;
    constexpr unsigned Version = 7;
    const std::uint32_t begin = inner.at;
    if (!Has(frame, begin, 4))
    {
        return false;
    }

    const unsigned flags = Read16(frame.octets + begin);
    const unsigned protocol = Read16(frame.octets + begin + 2);
    if ((flags & (HasRouting | Version)) != 0)
    {
        return false;
    }

    inner.at += 4 + ((flags & HasChecksum) != 0 ? 4 : 0) + ((flags & HasKey) != 0 ? 4 : 0);
    const std::uint32_t sequenceAt = inner.at;
    inner.at += (flags & HasSequence) != 0 ? 4 : 0;
    if (!Has(frame, sequenceAt, inner.at - sequenceAt))
    {
        return false;
    }

    if (protocol == GreEthernet)
    {
        inner.wrapping = Wrapping::GreTap;
        return true;
    }

    if (protocol == GreErspan2 && (flags & HasSequence) == 0)
    {
        inner.wrapping = Wrapping::Erspan1;
        return true;
    }

    if (protocol != GreErspan2 && protocol != GreErspan3)
    {
        return false;
    }

    const std::uint32_t erspan = inner.at;
    if (!FindInErspan(frame, inner, finding, protocol == GreErspan2 ? 1 : 2))
    {
        finding.unreadable = protocol;
        return false;
    }

    if ((flags & HasSequence) != 0)
    {
        const std::uint8_t *at = frame.octets + sequenceAt;
        const std::uint32_t session = Read16(frame.octets + erspan + 2) & 0x3ffU;
        finding.isLate = sessions.See(session << 16U | source, Read16(at) << 16U | Read16(at + 2), finding.gap);
    }

    return true;
}

MIRROR_HOT bool FindInTzsp(const Unwrapped &frame, Layer &inner)
{
    constexpr std::uint32_t Header = 4;
    constexpr unsigned MostFields = 16;
    const std::uint8_t *header = frame.octets + inner.at;
    if (!Has(frame, inner.at, Header) || header[0] != 1 || header[1] > 1 || Read16(header + 2) != 1)
    {
        return false;
    }

    // Fields: 0 is padding, 1 the end, others have a length.
    inner.at += Header;
    for (unsigned field = 0; field < MostFields && Has(frame, inner.at, 2); field++)
    {
        const unsigned tag = frame.octets[inner.at];
        inner.at += tag > 1 ? 2U + frame.octets[inner.at + 1] : 1;
        if (tag == 1)
        {
            inner.wrapping = Wrapping::Tzsp;
            return true;
        }
    }

    return false;
}

MIRROR_HOT bool FindInVxlan(const Unwrapped &frame, Layer &inner, bool isGeneric)
{
    constexpr std::uint32_t Header = 8;
    constexpr unsigned HasNetwork = 0x08;
    constexpr unsigned HasProtocol = 0x04;
    constexpr unsigned NextIpv4 = 1;
    constexpr unsigned NextIpv6 = 2;
    constexpr unsigned NextEthernet = 3;
    const std::uint8_t *header = frame.octets + inner.at;
    if (!Has(frame, inner.at, Header) || (header[0] & HasNetwork) == 0)
    {
        return false;
    }

    inner.at += Header;
    inner.wrapping = Wrapping::Vxlan;
    if (isGeneric && (header[0] & HasProtocol) != 0)
    {
        inner.type = header[3] == NextIpv4 ? TypeIpv4 : header[3] == NextIpv6 ? TypeIpv6 : 0;
        return inner.type != 0 || header[3] == NextEthernet;
    }

    return true;
}

MIRROR_HOT bool FindInGeneve(const Unwrapped &frame, Layer &inner)
{
    constexpr std::uint32_t Header = 8;
    const std::uint8_t *header = frame.octets + inner.at;
    if (!Has(frame, inner.at, Header) || header[0] >> 6U != 0)
    {
        return false;
    }

    const unsigned protocol = Read16(header + 2);
    inner.at += Header + 4 * (header[0] & 63U);
    inner.wrapping = Wrapping::Geneve;
    inner.type = protocol == GreEthernet ? 0 : protocol;
    return protocol == GreEthernet || protocol == TypeIpv4 || protocol == TypeIpv6;
}

MIRROR_HOT bool FindInUdp(const Unwrapped &frame, Layer &inner)
{
    if (!Has(frame, inner.at, UdpHeader))
    {
        return false;
    }

    const unsigned port = Read16(frame.octets + inner.at + 2);
    inner.at += UdpHeader;
    switch (port)
    {
    case PortVxlan:
    case PortOldVxlan:
    case PortVxlanGpe:
        return FindInVxlan(frame, inner, port == PortVxlanGpe);
    case PortGeneve:
        return FindInGeneve(frame, inner);
    case PortTzsp:
        return FindInTzsp(frame, inner);
    default:
        return false;
    }
}

MIRROR_HOT bool FindInIp(const Unwrapped &frame, const Layer &outer, Layer &inner, Unwrapping::Finding &finding, MirrorSessions &sessions)
{
    const std::uint8_t *ip = frame.octets + outer.at;
    const bool isOld = outer.type == TypeIpv4;
    const std::uint32_t least = isOld ? Ipv4Header : Ipv6Header;
    if (!Has(frame, outer.at, least))
    {
        return false;
    }

    // Of a fragmented tunnel the first part has the headers.
    const std::uint32_t header = isOld ? (ip[0] & 15U) << 2U : Ipv6Header;
    const std::uint32_t total = isOld ? Read16(ip + 2) : Ipv6Header + Read16(ip + 4);
    if (ip[0] >> 4U != (isOld ? 4U : 6U) || header < least || total < header || total > outer.end - outer.at
        || (isOld && (Read16(ip + 6) & 0x1fffU) != 0))
    {
        return false;
    }

    inner = {outer.at + header, outer.at + total, 0, Wrapping::None, isOld && (ip[6] & 0x20U) != 0};
    const unsigned protocol = isOld ? ip[9] : ip[6];
    const std::uint32_t source = Read16(ip + (isOld ? 14 : 22));
    return protocol == ProtocolGre   ? FindInGre(frame, source, inner, finding, sessions)
           : protocol == ProtocolUdp ? FindInUdp(frame, inner)
                                     : false;
}

} // namespace

MIRROR_HOT bool FindInner(
    const Unwrapped &frame, const Layer &outer, Layer &inner, Unwrapping::Finding &finding, MirrorSessions &sessions) noexcept
{
    bool isFound = false;
    switch (outer.type)
    {
    case TypeIpv4:
    case TypeIpv6:
        isFound = FindInIp(frame, outer, inner, finding, sessions);
        break;
    case TypeMpls:
    case TypeMplsMulticast:
        isFound = FindInMpls(frame, outer, inner);
        finding.unreadable = isFound ? 0 : outer.type;
        break;
    case TypePppoe:
        isFound = FindInPppoe(frame, outer, inner);
        break;
    default:
        break;
    }

    // An inner frame has an Ethernet header at the least, a packet something.
    const std::uint32_t least = inner.type == 0 ? EthernetHeader : 1;
    return isFound && inner.at + least <= inner.end && Has(frame, inner.at, least);
}

} // namespace mirror
