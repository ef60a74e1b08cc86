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

void Measure(const char *name, const frames::Octets &frame)
{
    // The counters that decide about reading are not part of it: the ring has room for all.
    for (int i = 0; i < Frames; i++)
    {
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
    driver.Intake().Mask().Set(section.data(), section.size(), 2);
    CALLGRIND_DUMP_STATS_AT("start");
    Measure("skipped: TCP data", frames::Tcp4(104, 40000, frames::Ack, 1400));
    Measure("skipped: TCP data behind a tag", frames::Tcp4(104, 40000, frames::Ack, 1400, 1));
    Measure("skipped: TCP data in IPv6", frames::Tcp6(104, 40000, frames::Ack, 1400));
    Measure("kept: SYN", frames::Tcp4(40000, 104, frames::Syn, 6));
    Measure("kept: TCP data that a rule wants", frames::Tcp4(22, 40000, frames::Ack, 1400));
    Measure("kept: UDP", frames::Udp4(40000, 53, 60));
    Measure("kept: ARP", frames::Arp());
    return 0;
}
