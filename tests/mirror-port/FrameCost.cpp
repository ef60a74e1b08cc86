// Under callgrind with --collect-atstart=no: what a frame costs from the driver's call to the freed buffer, one dump a class.

#include "FakeChip.h"
#include "Frames.h"

#include <chip/MirrorDriver.h>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace
{

constexpr int Frames = 1000;

// A connection that is sampled from now on, and keeps another of its place from being.
void Open(std::uint16_t sourcePort, std::uint16_t destinationPort)
{
    const frames::Octets frame = frames::Tcp4(sourcePort, destinationPort, frames::Syn | frames::Ack, 0);
    fake::Receive(frame.data(), frame.size());
}

// A transfer: each frame begins where the one before ended.
void Measure(const char *name, frames::Octets frame, bool isTransfer = false)
{
    constexpr std::size_t SequenceAt = 14 + 20 + 4;
    constexpr std::size_t HeadersEnd = 14 + 20 + 20;
    // The counters that decide about reading are not part of it: the ring has room for all.
    for (int i = 0; i < Frames; i++)
    {
        // Far enough behind each other that none is a copy.
        fake::TheChip().now += 3000;
        if (isTransfer)
        {
            // The number that Open began with, and its SYN.
            const std::size_t sequence = 2 + static_cast<std::size_t>(i) * (frame.size() - HeadersEnd);
            for (std::size_t octet = 0; octet < 4; octet++)
            {
                frame[SequenceAt + octet] = static_cast<std::uint8_t>(sequence >> (24 - 8 * octet));
            }
        }

        fake::Receive(frame.data(), frame.size());
    }

    std::vector<std::uint8_t> bytes(Frames * mirror::SlotOctets);
    std::vector<std::int32_t> words(Frames * mirror::SlotWords);
    std::vector<std::int32_t> lengths(Frames);
    std::vector<std::int64_t> stamps(Frames);
    mirror::MirrorDriver::Instance().Intake().Read(bytes.data(), words.data(), lengths.data(), stamps.data(), Frames);
    CALLGRIND_DUMP_STATS_AT(name);
}

} // namespace

int main()
{
    mirror::MirrorDriver &driver = mirror::MirrorDriver::Instance();
    if (driver.Open(1024) != mirror::Problem::None)
    {
        return 1;
    }

    fake::SetCable(true);
    fake::Pass(2'000'000);
    const frames::Octets section = frames::Section({22, 23, 6000, 6063});
    // What the imaging eyes ask for, and a class of skipped frames for which one of them is looked at.
    const frames::Octets openings = frames::Openings();
    driver.Intake().Mask().Set(
        section.data(), section.size(), 2, openings.data(), openings.size() / mirror::InterestMask::OpeningOctets);
    CALLGRIND_DUMP_STATS_AT("start");
    Measure("skipped: TCP data", frames::Tcp4(104, 40000, frames::Ack, 1400));
    Measure("skipped: TCP data behind a tag", frames::Tcp4(104, 40000, frames::Ack, 1400, 1));
    Measure("skipped: TCP data in IPv6", frames::Tcp6(104, 40000, frames::Ack, 1400));
    frames::Octets almost = frames::Tcp4(104, 40000, frames::Ack, 1400);
    almost[14 + 20 + 20] = 1;
    Measure("skipped: TCP data with an opening's first octet", almost);
    Measure("kept: SYN", frames::Tcp4(40000, 104, frames::Syn, 6));
    Open(104, 41000);
    Measure("sampled: TCP data", frames::Tcp4(104, 41000, frames::Ack, 1400), true);
    Open(104, 40238);
    Measure("kept: TCP data that a rule wants", frames::Tcp4(22, 40000, frames::Ack, 1400));
    Measure("kept: UDP", frames::Udp4(40000, 53, 60));
    Measure("kept: ARP", frames::Arp());
    return 0;
}
