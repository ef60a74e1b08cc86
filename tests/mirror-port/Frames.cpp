#include "Frames.h"

namespace frames
{

namespace
{

void Put16(Octets &out, unsigned value)
{
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value));
}

void PutEthernet(Octets &out, unsigned type, int tags)
{
    out.insert(out.end(), {0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x02, 0x00, 0x00, 0x00, 0x00, 0x02});
    for (int tag = 0; tag < tags; tag++)
    {
        Put16(out, tag == 0 && tags > 1 ? 0x88a8 : 0x8100);
        Put16(out, 3);
    }

    Put16(out, type);
}

void PutIpv4(Octets &out, unsigned protocol, std::size_t length)
{
    out.insert(out.end(), {0x45, 0});
    Put16(out, static_cast<unsigned>(20 + length));
    out.insert(out.end(), {0, 7, 0x40, 0, 64, static_cast<std::uint8_t>(protocol), 0, 0, 10, 0, 0, 1, 10, 0, 0, 2});
}

void PutTcp(Octets &out, unsigned sourcePort, unsigned destinationPort, std::uint8_t flags, std::size_t payload)
{
    Put16(out, sourcePort);
    Put16(out, destinationPort);
    out.insert(out.end(), {0, 0, 0, 1, 0, 0, 0, 2, 0x50, flags, 4, 0, 0, 0, 0, 0});
    for (std::size_t i = 0; i < payload; i++)
    {
        out.push_back(static_cast<std::uint8_t>(i));
    }
}

} // namespace

Octets Tcp4(std::uint16_t sourcePort, std::uint16_t destinationPort, std::uint8_t flags, std::size_t payload, int tags)
{
    Octets out;
    PutEthernet(out, 0x0800, tags);
    PutIpv4(out, 6, 20 + payload);
    PutTcp(out, sourcePort, destinationPort, flags, payload);
    return out;
}

Octets Tcp6(std::uint16_t sourcePort, std::uint16_t destinationPort, std::uint8_t flags, std::size_t payload, int tags)
{
    Octets out;
    PutEthernet(out, 0x86dd, tags);
    out.insert(out.end(), {0x60, 0, 0, 0});
    Put16(out, static_cast<unsigned>(20 + payload));
    out.insert(out.end(), {6, 64});
    for (int end = 1; end <= 2; end++)
    {
        out.insert(out.end(), {0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(end)});
    }

    PutTcp(out, sourcePort, destinationPort, flags, payload);
    return out;
}

Octets Udp4(std::uint16_t sourcePort, std::uint16_t destinationPort, std::size_t payload)
{
    Octets out;
    PutEthernet(out, 0x0800, 0);
    PutIpv4(out, 17, 8 + payload);
    Put16(out, sourcePort);
    Put16(out, destinationPort);
    Put16(out, static_cast<unsigned>(8 + payload));
    Put16(out, 0);
    out.resize(out.size() + payload);
    return out;
}

Octets Arp()
{
    Octets out;
    PutEthernet(out, 0x0806, 0);
    out.insert(out.end(), {0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2});
    out.resize(60);
    return out;
}

Octets Section(const std::vector<std::uint16_t> &ranges, std::uint16_t rate)
{
    Octets out(32);
    Put16(out, rate);
    for (const std::uint16_t port : ranges)
    {
        Put16(out, port);
    }

    return out;
}

Octets Opening(std::uint16_t low, std::uint16_t high, std::uint16_t least, std::uint16_t most, const Octets &octets)
{
    Octets out;
    for (const unsigned number : {unsigned{low}, unsigned{high}, unsigned{least}, unsigned{most}, (1U << octets.size()) - 1U})
    {
        Put16(out, number);
    }

    out.insert(out.end(), octets.begin(), octets.end());
    out.resize(22);
    return out;
}

Octets Openings()
{
    Octets out;
    const auto add = [&out](Octets opening, unsigned which)
    {
        opening[8] = static_cast<std::uint8_t>(which >> 8U);
        opening[9] = static_cast<std::uint8_t>(which);
        out.insert(out.end(), opening.begin(), opening.end());
    };
    add(Opening(0, 0xffff, 74, 0xffff, {1, 0, 0, 0, 0, 0, 0, 1, 0, 0}), 0x83cf);
    add(Opening(0, 0xffff, 74, 0xffff, {2, 0, 0, 0, 0, 0, 0, 1, 0, 0}), 0x83cf);
    add(Opening(0, 0xffff, 68, 1024, {0, 1, 0, 0}), 0x0f);
    add(Opening(0, 0xffff, 6, 10, {3, 0, 0, 0, 0, 4}), 0x3f);
    add(Opening(0, 0xffff, 4, 4, {0, 0, 1, 7}), 0x0d);
    add(Opening(0, 0xffff, 10, 10, {7, 0, 0, 0, 0, 4, 0, 0}), 0xff);
    add(Opening(0, 0xffff, 8, 0xffff, {0x0b, 'M', 'S', 'H'}), 0x0f);
    add(Opening(0, 0xffff, 8, 0xffff, {'M', 'S', 'H', '|'}), 0x0f);
    add(Opening(0, 0xffff, 11, 0xffff, {0x16, 3, 0, 0, 0, 2}), 0x23);
    add(Opening(0, 0xffff, 39, 1024, {0, 0, 0, 0, 0xff, 'S', 'M', 'B', 0x72}), 0x1f3);
    add(Opening(0, 0xffff, 11, 19, {3, 0, 0, 0, 0, 0xd0}), 0x27);
    add(Opening(5900, 5999, 2, 2, {1, 1}), 0x3);
    add(Opening(5900, 5999, 3, 3, {2}), 0x1);
    add(Opening(5900, 5999, 4, 4, {3}), 0x1);
    add(Opening(5900, 5999, 5, 5, {4}), 0x1);
    add(Opening(5900, 5999, 12, 12, {'R', 'F', 'B', ' ', '0', '0', '3', '.', '0', '0'}), 0x3ff);
    add(Opening(5900, 5999, 4, 4, {0, 0, 0, 1}), 0xf);
    add(Opening(23, 23, 3, 1460, {0xff}), 0x1);
    return out;
}

} // namespace frames
