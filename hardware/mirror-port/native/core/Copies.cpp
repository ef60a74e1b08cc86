#include "Copies.h"

#include "Unwrapping.h"

namespace mirror
{

MIRROR_HOT bool Copies::IsSame(const Slot &slot, const Unwrapped &frame) noexcept
{
    constexpr std::uint32_t ArpPacket = 28;
    const std::uint32_t slotCaptured = (slot.lengths >> CapturedShift) & CapturedMask;
    if (slotCaptured < Least || frame.captured < Least)
    {
        return false;
    }

    const std::uint32_t slotAt = NetworkOf(slot.octets);
    const std::uint32_t at = NetworkOf(frame.octets);
    const unsigned type = Read16(frame.octets + at - 2);
    if (Read16(slot.octets + slotAt - 2) != type)
    {
        return false;
    }

    // As far as both are there. What IP does not say is padding, which a tag leaves less of.
    const std::uint8_t *one = slot.octets + slotAt;
    const std::uint8_t *other = frame.octets + at;
    const std::uint32_t slotLeft = (slot.lengths & WireLengthMask) - slotAt;
    const std::uint32_t left = (frame.wire < WireLengthMask ? frame.wire : WireLengthMask) - at;
    const std::uint32_t length = type == TypeIpv4   ? Read16(other + 2)
                                 : type == TypeIpv6 ? Ipv6Header + Read16(other + 4)
                                 : type == TypeArp  ? ArpPacket
                                                    : left;
    const std::uint32_t captured = frame.captured < SlotOctets ? frame.captured : static_cast<std::uint32_t>(SlotOctets);
    std::uint32_t count = captured - at < slotCaptured - slotAt ? captured - at : slotCaptured - slotAt;
    count = length < count ? length : count;
    if (length == left && slotLeft != left)
    {
        return false;
    }

    for (std::uint32_t i = 0; i < count; i++)
    {
        const bool isAside = type == TypeIpv4 ? i == 8 || i == 10 || i == 11 : type == TypeIpv6 && i == 7;
        if (one[i] != other[i] && !isAside)
        {
            return false;
        }
    }

    return true;
}

} // namespace mirror
