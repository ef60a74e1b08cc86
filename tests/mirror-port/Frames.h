#pragma once

#include <cstdint>
#include <vector>

namespace frames
{

using Octets = std::vector<std::uint8_t>;

constexpr std::uint8_t Fin = 1;
constexpr std::uint8_t Syn = 2;
constexpr std::uint8_t Rst = 4;
constexpr std::uint8_t Psh = 8;
constexpr std::uint8_t Ack = 16;

/// A TCP segment in IPv4: no options, `payload` octets of data, behind so many 802.1Q tags.
Octets Tcp4(std::uint16_t sourcePort, std::uint16_t destinationPort, std::uint8_t flags, std::size_t payload = 100, int tags = 0);

/// The same in IPv6.
Octets Tcp6(std::uint16_t sourcePort, std::uint16_t destinationPort, std::uint8_t flags, std::size_t payload = 100, int tags = 0);

/// A UDP datagram in IPv4.
Octets Udp4(std::uint16_t sourcePort, std::uint16_t destinationPort, std::size_t payload = 100);

/// An ARP request, 60 octets.
Octets Arp();

/// Section 11 of a table: no flags asked for, ranges as pairs of first and last port.
Octets Section(const std::vector<std::uint16_t> &ranges, std::uint16_t rate = 0);

/// Section 16 of a table: what the imaging eyes ask for.
Octets Openings();

/// An opening of so many octets, all of them compared, of these ports and lengths.
Octets Opening(std::uint16_t low, std::uint16_t high, std::uint16_t least, std::uint16_t most, const Octets &octets);

} // namespace frames
