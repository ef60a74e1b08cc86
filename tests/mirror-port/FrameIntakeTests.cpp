#include "Capture.h"
#include "Frames.h"

#include <core/FrameIntake.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace
{

using frames::Ack;
using frames::Octets;
using mirror::FrameIntake;
using mirror::ShapeSegment;
using mirror::Slot;
using mirror::SlotOctets;
using mirror::SlotWords;

std::int64_t now = 0;

std::int64_t Clock() { return now; }

class FrameIntakeTest : public testing::Test
{
protected:
    static constexpr std::uint32_t Slots = 64;
    static constexpr std::uint32_t Batch = 32;

    FrameIntakeTest()
    {
        now = 0;
        _intake->Attach(_memory.data(), Slots);
    }

    void Take(Octets frame) { _intake->Take(frame.data(), static_cast<std::uint32_t>(frame.size())); }

    std::uint32_t Read() { return _intake->Read(_bytes.data(), _words.data(), _lengths.data(), _stamps.data(), Batch); }

    void UseMask(const Octets &section)
    {
        ASSERT_EQ(_intake->Mask().Set(section.data(), section.size(), 0), mirror::InterestMask::Verdict::Accepted);
    }

    std::vector<Slot> _memory{Slots};
    std::unique_ptr<FrameIntake> _intake = std::make_unique<FrameIntake>(Clock);
    std::vector<std::uint8_t> _bytes = std::vector<std::uint8_t>(Batch * SlotOctets, 0xee);
    std::vector<std::int32_t> _words = std::vector<std::int32_t>(Batch * SlotWords);
    std::vector<std::int32_t> _lengths = std::vector<std::int32_t>(Batch);
    std::vector<std::int64_t> _stamps = std::vector<std::int64_t>(Batch);
};

TEST_F(FrameIntakeTest, AFrameComesOutAsItCameIn)
{
    // Far behind what 32 bits hold: 71.6 minutes.
    now = 0x1'2345'6789;
    const Octets frame = frames::Udp4(514, 514, 300);
    Take(frame);
    ASSERT_EQ(Read(), 1U);
    EXPECT_TRUE(std::equal(frame.begin(), frame.begin() + SlotOctets, _bytes.begin()));
    EXPECT_EQ(_lengths[0], static_cast<std::int32_t>(frame.size() | (SlotOctets << 16U) | mirror::ShapeUdp));
    EXPECT_EQ(_stamps[0], 0x1'2345'6789);
}

TEST_F(FrameIntakeTest, BehindAShortFrameStandZeros)
{
    Take(frames::Udp4(514, 514, 300));
    Take(frames::Arp());
    ASSERT_EQ(Read(), 2U);
    const auto second = _bytes.begin() + SlotOctets;
    EXPECT_TRUE(std::all_of(second + 60, second + SlotOctets, [](std::uint8_t octet) { return octet == 0; }));
    EXPECT_EQ(_lengths[1], 60 | (60 << 16));
}

// SlotBatch.cs: number k holds octets 4k-2 to 4k+1.
TEST_F(FrameIntakeTest, WordsAreTheOctetsInNetworkOrder)
{
    Octets frame(128);
    for (std::size_t i = 0; i < frame.size(); i++)
    {
        frame[i] = static_cast<std::uint8_t>(0xf0 + i);
    }

    Take(frame);
    ASSERT_EQ(Read(), 1U);
    EXPECT_EQ(_words[0], 0xf0f1);
    for (std::size_t word = 1; word < SlotWords; word++)
    {
        const std::size_t at = 4 * word - 2;
        const std::uint32_t expected = static_cast<std::uint32_t>(frame[at]) << 24U
                                       | static_cast<std::uint32_t>(frame[at + 1]) << 16U
                                       | static_cast<std::uint32_t>(frame[at + 2]) << 8U | frame[at + 3];
        EXPECT_EQ(static_cast<std::uint32_t>(_words[word]), expected) << word;
    }
}

TEST_F(FrameIntakeTest, ASignOfLifeIsMarked)
{
    UseMask(frames::Section({}, 2));
    const Octets dull = frames::Tcp4(104, 40000, Ack);
    Take(dull);
    Take(dull);
    ASSERT_EQ(Read(), 1U);
    EXPECT_EQ(_lengths[0], static_cast<std::int32_t>(dull.size() | (128U << 16U) | (1U << 24U) | ShapeSegment));
}

// SlotBatch.cs: a plain frame's shape. That both definitions agree on any frame is a test of its own (SlotAgreementTests.cs).
TEST_F(FrameIntakeTest, APlainFrameHasAShape)
{
    const Octets plain = frames::Tcp4(104, 40000, Ack);
    const auto with = [&plain](std::size_t at, std::uint8_t octet) {
        Octets changed = plain;
        changed[at] = octet;
        return changed;
    };
    const auto shape = [this](const Octets &frame) {
        Take(frame);
        EXPECT_EQ(Read(), 1U);
        return static_cast<std::uint32_t>(_lengths[0]) & (mirror::ShapeMask | mirror::TaggedBit);
    };
    // A group address; a tag without room, options, more fragments, an offset, ICMP, version 6, a TCP header too short and one too long.
    for (const Octets &other : {with(0, 1), with(14, 0x46), with(20, 0x20), with(21, 1), with(23, 1), with(14, 0x65), with(46, 0x40),
                                with(16, 0xff)})
    {
        EXPECT_EQ(shape(other), 0U);
    }

    EXPECT_EQ(shape(plain), mirror::ShapeSegment);
    EXPECT_EQ(shape(with(47, 0x18)), mirror::ShapeSegment);
    for (const std::uint8_t flags : {0x12, 0x11, 0x14, 0x02, 0x00})
    {
        EXPECT_EQ(shape(with(47, flags)), mirror::ShapeTcp);
    }

    EXPECT_EQ(shape(frames::Udp4(514, 514, 300)), mirror::ShapeUdp);
    Octets cut = plain;
    cut.resize(53);
    EXPECT_EQ(shape(cut), 0U) << "its header is cut short";
}

TEST_F(FrameIntakeTest, ALengthBeyondSixteenBitsIsToldAsTheLargest)
{
    Take(Octets(70000, 0xff));
    ASSERT_EQ(Read(), 1U);
    EXPECT_EQ(_lengths[0], 0xffff | (128 << 16));
}

TEST_F(FrameIntakeTest, AFullRingDropsTheNewestAndEveryFrameIsCountedOnce)
{
    UseMask(frames::Section({}));
    std::uint64_t octets = 0;
    const std::vector<Octets> detects = frames::AllDetects();
    for (const Octets &frame : detects)
    {
        Take(frame);
        Take(frames::Tcp4(104, 40000, Ack));
        octets += frame.size() + frames::Tcp4(104, 40000, Ack).size();
        now++;
    }

    ASSERT_GT(detects.size(), Slots);
    EXPECT_EQ(_intake->Received(), 2 * detects.size());
    EXPECT_EQ(_intake->Value(FrameIntake::Octets), octets);
    EXPECT_EQ(_intake->Value(FrameIntake::Kept), Slots);
    EXPECT_EQ(_intake->Value(FrameIntake::Lost), 2 * detects.size() - Slots - _intake->Value(FrameIntake::Skipped));
    EXPECT_GE(_intake->Value(FrameIntake::Skipped), detects.size());

    // The oldest are there, in order.
    ASSERT_EQ(Read(), Batch);
    EXPECT_TRUE(std::equal(_stamps.begin() + 1, _stamps.end(), _stamps.begin(), std::greater<>()));
    EXPECT_EQ(_intake->MostWaiting(), Slots);
    EXPECT_EQ(_intake->Waiting(), Slots - Batch);
}

TEST_F(FrameIntakeTest, CountersGoOnBehindThirtyTwoBits)
{
    constexpr std::uint32_t Big = 0xf000'0000;
    Octets frame = frames::Arp();
    std::uint64_t expected = 0;
    for (int i = 0; i < 3; i++)
    {
        // Only the first octets are read, whatever the length says.
        frame.resize(SlotOctets);
        _intake->Take(frame.data(), Big);
        expected += Big;
        EXPECT_EQ(_intake->Value(FrameIntake::Octets), expected);
    }
}

// A tenth of the octets fills a line of a tenth of the speed.
TEST_F(FrameIntakeTest, AFullLineIsThatOfItsSpeed)
{
    UseMask(frames::Section({}));
    const Octets dull = frames::Tcp4(104, 40000, Ack, 1250 - 24 - 54);
    const auto send = [&](int micros)
    {
        const std::uint64_t before = _intake->Value(FrameIntake::FullSeconds);
        for (int i = 0; i < 500; i++)
        {
            now += micros;
            Take(dull);
        }

        return _intake->Value(FrameIntake::FullSeconds) - before;
    };
    EXPECT_EQ(send(100), 1U);
    EXPECT_EQ(send(1000), 0U);
    now += 2'000'000;
    _intake->SetSpeed(10);
    EXPECT_EQ(send(1000), 1U);
    now += 2'000'000;
    EXPECT_EQ(send(1100), 0U);
}

TEST_F(FrameIntakeTest, ACopyIsCountedAsSuchAndAmongTheReceived)
{
    Take(frames::Arp());
    now += 500;
    Take(frames::Arp());
    EXPECT_EQ(_intake->Value(FrameIntake::Kept), 1U);
    EXPECT_EQ(_intake->Value(FrameIntake::Copied), 1U);
    EXPECT_EQ(_intake->Received(), 2U);
    EXPECT_EQ(Read(), 1U);
}

// The receive task and the managed loop at once: what is read is what was kept, and nothing is torn.
TEST_F(FrameIntakeTest, TwoThreadsAgreeOnWhatWasKept)
{
    constexpr int Frames = 100'000;
    std::atomic<bool> isOver{false};
    std::thread receiver(
        [&]
        {
            Octets frame = frames::Udp4(1, 2, 80);
            for (int i = 0; i < Frames; i++)
            {
                std::fill(frame.begin() + 42, frame.end(), static_cast<std::uint8_t>(i));
                now += 3000;
                Take(frame);
                if (i % 64 == 0)
                {
                    std::this_thread::yield();
                }
            }

            isOver.store(true);
        });

    std::uint64_t read = 0;
    for (bool isLast = false; !isLast;)
    {
        isLast = isOver.load();
        for (std::uint32_t count = Read(); count > 0; count = Read())
        {
            for (std::uint32_t i = 0; i < count; i++)
            {
                const std::uint8_t *octets = &_bytes[i * SlotOctets];
                ASSERT_EQ(octets[42], octets[121]);
            }

            read += count;
        }
    }

    receiver.join();
    EXPECT_EQ(read, _intake->Value(FrameIntake::Kept));
    EXPECT_EQ(_intake->Received(), static_cast<std::uint64_t>(Frames));
    EXPECT_EQ(_intake->Value(FrameIntake::Kept) + _intake->Value(FrameIntake::Lost), static_cast<std::uint64_t>(Frames));
}

} // namespace
