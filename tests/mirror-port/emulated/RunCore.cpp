// The hook's core, fed by standard input: the same source for the emulated Xtensa core and the workstation, so that what they
// write can
// be compared octet by octet.
//
// Input, numbers of 32 bits, little-endian: a command, then what belongs to it.
//   1 mask: octets of the section, port ranges, the section
//   2 frame: microseconds, octets, the frame. Written: a line with its verdict, s skipped, k kept, c copy, l lost
//   3 read: written: a line with stamp, lengths, words and octets of each slot that waits
//   4 measure: octets, the frame. Written: the instructions that it takes, on the average of a thousand
//   6 measure a transfer: as 4, but each frame, TCP in IPv4 without tags and options, begins where the one before ended
//   5 counters: written: a line with the intake's own, and one with those that tapsim's intake has (IntakeCounter.cs)
// Exit: 0 done, 1 an input that ends early or has an unknown command.

#include "Host.h"

#include <core/FrameIntake.h>

#include <cstring>

namespace
{

using mirror::FrameIntake;

constexpr std::uint32_t Slots = 1024;
constexpr std::uint32_t Batch = 32;
constexpr std::uint32_t MostOctets = 70000;
constexpr std::uint32_t Measured = 1000;

std::int64_t now = 0;

std::int64_t Clock() { return now; }

mirror::Slot memory[Slots];
std::uint8_t input[MostOctets];

// Made when it is asked for first: nothing on the emulated core runs constructors before main.
FrameIntake &Intake()
{
    static FrameIntake intake(Clock);
    return intake;
}

// Written line by line: a call into the host is slow.
char text[8192];
std::size_t used = 0;

void Flush()
{
    host::Write(text, used);
    used = 0;
}

void Put(char letter)
{
    text[used++] = letter;
    if (used == sizeof text)
    {
        Flush();
    }
}

void PutHex(std::uint32_t value, unsigned digits)
{
    for (unsigned digit = digits; digit-- > 0;)
    {
        Put("0123456789abcdef"[(value >> (4 * digit)) & 15U]);
    }
}

void PutDecimal(std::uint32_t value)
{
    char digits[10];
    std::size_t count = 0;
    do
    {
        digits[count++] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);

    while (count-- > 0)
    {
        Put(digits[count]);
    }
}

bool Number(std::uint32_t &value)
{
    std::uint8_t octets[4];
    if (host::Read(octets, sizeof octets) != sizeof octets)
    {
        return false;
    }

    value = octets[0] | static_cast<std::uint32_t>(octets[1]) << 8U | static_cast<std::uint32_t>(octets[2]) << 16U
            | static_cast<std::uint32_t>(octets[3]) << 24U;
    return true;
}

bool Octets(std::uint32_t length) { return length <= MostOctets && host::Read(input, length) == length; }

bool UseMask()
{
    std::uint32_t length = 0;
    std::uint32_t ranges = 0;
    std::uint32_t openings = 0;
    if (!Number(length) || !Number(ranges) || !Number(openings) || !Octets(length))
    {
        return false;
    }

    // Behind the port ranges stand the openings.
    const std::size_t at = mirror::InterestMask::HeaderOctets + ranges * mirror::InterestMask::RangeOctets;
    return Intake().Mask().Set(input, at, ranges, input + at, openings) == mirror::InterestMask::Verdict::Accepted;
}

bool TakeFrame()
{
    std::uint32_t stamp = 0;
    std::uint32_t length = 0;
    if (!Number(stamp) || !Number(length) || !Octets(length))
    {
        return false;
    }

    now = stamp;
    const std::uint64_t skipped = Intake().Value(FrameIntake::Skipped);
    const std::uint64_t kept = Intake().Value(FrameIntake::Kept);
    const std::uint64_t copied = Intake().Value(FrameIntake::Copied);
    Intake().Take(input, length);
    Put(Intake().Value(FrameIntake::Skipped) != skipped  ? 's'
        : Intake().Value(FrameIntake::Kept) != kept      ? 'k'
        : Intake().Value(FrameIntake::Copied) != copied ? 'c'
                                                         : 'l');
    Put('\n');
    return true;
}

bool ReadSlots()
{
    static std::uint8_t bytes[Batch * mirror::SlotOctets];
    static std::int32_t words[Batch * mirror::SlotWords];
    static std::int32_t lengths[Batch];
    static std::int64_t stamps[Batch];
    for (std::uint32_t count = Intake().Read(bytes, words, lengths, stamps, Batch); count > 0;
         count = Intake().Read(bytes, words, lengths, stamps, Batch))
    {
        for (std::uint32_t i = 0; i < count; i++)
        {
            PutHex(static_cast<std::uint32_t>(stamps[i]), 8);
            Put(' ');
            PutHex(static_cast<std::uint32_t>(lengths[i]), 8);
            Put(' ');
            for (std::size_t word = 0; word < mirror::SlotWords; word++)
            {
                PutHex(static_cast<std::uint32_t>(words[i * mirror::SlotWords + word]), 8);
            }

            Put(' ');
            for (std::size_t at = 0; at < mirror::SlotOctets; at++)
            {
                PutHex(bytes[i * mirror::SlotOctets + at], 2);
            }

            Put('\n');
        }
    }

    return true;
}

// The ring has room for all, and is emptied before: what is counted is the way of a frame that is taken.
bool Measure(bool isTransfer)
{
    std::uint32_t length = 0;
    if (!Number(length) || !Octets(length))
    {
        return false;
    }

    FrameIntake &intake = Intake();
    constexpr std::uint32_t SequenceAt = 14 + 20 + 4;
    constexpr std::uint32_t HeadersEnd = 14 + 20 + 20;
    static std::uint8_t frame[MostOctets];
    std::uint32_t between = host::Ticks();
    between = host::Ticks() - between;
    std::uint32_t ticks = 0;
    for (std::uint32_t i = 0; i < Measured; i++)
    {
        // Far enough behind each other that none is a copy.
        std::memcpy(frame, input, length);
        now += 3000;
        if (isTransfer)
        {
            const std::uint32_t sequence = i * (length - HeadersEnd);
            for (std::uint32_t octet = 0; octet < 4; octet++)
            {
                frame[SequenceAt + octet] = static_cast<std::uint8_t>(sequence >> (24 - 8 * octet));
            }
        }

        const std::uint32_t before = host::Ticks();
        intake.Take(frame, length);
        ticks += host::Ticks() - before - between;
    }

    PutDecimal(ticks / Measured * 100 / host::TicksOfHundred);
    Put('\n');

    static std::uint8_t bytes[Slots * mirror::SlotOctets];
    static std::int32_t words[Slots * mirror::SlotWords];
    static std::int32_t lengths[Slots];
    static std::int64_t stamps[Slots];
    Intake().Read(bytes, words, lengths, stamps, Slots);
    return true;
}

bool PutCounters()
{
    for (std::uint32_t which = 0; which < FrameIntake::Counts; which++)
    {
        PutDecimal(static_cast<std::uint32_t>(Intake().Value(static_cast<FrameIntake::Count>(which))));
        Put(which + 1 == FrameIntake::Counts ? '\n' : ' ');
    }

    FrameIntake &intake = Intake();
    const std::uint64_t told[] = {intake.Unicast(), intake.Value(FrameIntake::Wrapped), intake.WrappedAs(),
        intake.Value(FrameIntake::Truncated), intake.LostBefore(), intake.Value(FrameIntake::Unreadable), intake.UnreadableType(),
        intake.Value(FrameIntake::Copied), intake.Value(FrameIntake::FullSeconds), intake.Sampled(), intake.Value(FrameIntake::Unseen),
        intake.Value(FrameIntake::Wholes), intake.Value(FrameIntake::Halves), intake.Speed()};
    constexpr std::size_t Told = sizeof told / sizeof told[0];
    for (std::size_t which = 0; which < Told; which++)
    {
        PutDecimal(static_cast<std::uint32_t>(told[which]));
        Put(which + 1 == Told ? '\n' : ' ');
    }

    return true;
}

bool Run(std::uint32_t command)
{
    switch (command)
    {
    case 1:
        return UseMask();
    case 2:
        return TakeFrame();
    case 3:
        return ReadSlots();
    case 4:
        return Measure(false);
    case 5:
        return PutCounters();
    case 6:
        return Measure(true);
    default:
        return false;
    }
}

} // namespace

int main()
{
    Intake().Attach(memory, Slots);
    std::uint32_t command = 0;
    bool isRight = true;
    while (isRight && Number(command))
    {
        isRight = Run(command);
    }

    Flush();
    return isRight ? 0 : 1;
}
