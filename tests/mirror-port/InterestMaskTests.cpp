#include "Capture.h"
#include "Frames.h"

#include <core/InterestMask.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

namespace
{

using frames::Ack;
using frames::Fin;
using frames::Octets;
using frames::Psh;
using frames::Rst;
using frames::Section;
using frames::Syn;
using frames::Tcp4;
using frames::Tcp6;
using mirror::Interest;
using mirror::InterestMask;

Interest Decide(InterestMask &mask, const Octets &frame)
{
    const auto length = static_cast<std::uint32_t>(frame.size());
    return mask.Decide(frame.data(), length, length);
}

class InterestMaskTest : public testing::Test
{
protected:
    void Use(const Octets &section)
    {
        const std::size_t ranges = (section.size() - InterestMask::HeaderOctets) / InterestMask::RangeOctets;
        ASSERT_EQ(_mask->Set(section.data(), section.size(), ranges), InterestMask::Verdict::Accepted);
    }

    void Keeps(const Octets &frame) { EXPECT_EQ(Decide(*_mask, frame), Interest::Keep); }

    void Skips(const Octets &frame) { EXPECT_EQ(Decide(*_mask, frame), Interest::Skip); }

    std::unique_ptr<InterestMask> _mask = std::make_unique<InterestMask>();
};

TEST_F(InterestMaskTest, WithoutAMaskEveryFrameIsKept)
{
    Keeps(Tcp4(104, 40000, Ack));
    Keeps(frames::Arp());
}

TEST_F(InterestMaskTest, EstablishedDataThatNobodyAsksForIsSkipped)
{
    Use(Section({}));
    Skips(Tcp4(104, 40000, Ack));
    Skips(Tcp4(104, 40000, Ack | Psh, 0));
    Skips(Tcp4(104, 40000, Ack, 1400, 2));
    Skips(Tcp6(104, 40000, Ack));
    Skips(Tcp6(104, 40000, Ack, 50, 1));
}

TEST_F(InterestMaskTest, WhatTheTrackersNeedIsKept)
{
    Use(Section({}));
    for (const int flags : {0, +Syn, Syn | Ack, Fin | Ack, +Rst, Rst | Ack, +Psh, Fin | Psh | 32, 0xff})
    {
        Keeps(Tcp4(104, 40000, static_cast<std::uint8_t>(flags)));
    }

    Keeps(Tcp4(104, 40000, Ack, 100, 3));
    Keeps(frames::Udp4(53, 40000));
    Keeps(frames::Arp());

    Octets group = Tcp4(104, 40000, Ack);
    group[0] |= 1U;
    Keeps(group);
}

TEST_F(InterestMaskTest, FragmentsAndLengthsThatLieAreKept)
{
    Use(Section({}));
    constexpr std::size_t Ip = 14;
    Octets more = Tcp4(104, 40000, Ack);
    more[Ip + 6] = 0x20;
    Keeps(more);
    Octets offset = Tcp4(104, 40000, Ack);
    offset[Ip + 7] = 1;
    Keeps(offset);
    Octets beyond = Tcp4(104, 40000, Ack);
    beyond[Ip + 3]++;
    Keeps(beyond);
    Octets shorter = Tcp4(104, 40000, Ack);
    shorter[Ip + 2] = 0;
    shorter[Ip + 3] = 39;
    Keeps(shorter);
    Octets header = Tcp4(104, 40000, Ack);
    header[Ip] = 0x44;
    Keeps(header);
    Octets data = Tcp4(104, 40000, Ack, 0);
    data[Ip + 20 + 12] = 0x60;
    Keeps(data);
    Octets nothing = Tcp4(104, 40000, Ack);
    nothing[Ip + 20 + 12] = 0x40;
    Keeps(nothing);
}

TEST_F(InterestMaskTest, FlagBitsThatARuleAsksForAreKept)
{
    Octets section = Section({});
    constexpr unsigned Asked = Ack | Psh | 0x80;
    section[Asked / 8] = static_cast<std::uint8_t>(0x80U >> (Asked % 8));
    Use(section);
    Keeps(Tcp4(104, 40000, Asked));
    Skips(Tcp4(104, 40000, Ack | Psh));
}

TEST_F(InterestMaskTest, PortsOfARangeAreKeptAtEitherEndAndTheirNeighboursAreNot)
{
    Use(Section({22, 23, 31, 32, 63, 64, 6000, 6063, 65535, 65535}));
    for (const int port : {22, 23, 31, 32, 63, 64, 6000, 6001, 6031, 6032, 6062, 6063, 65535})
    {
        Keeps(Tcp4(static_cast<std::uint16_t>(port), 40000, Ack));
        Keeps(Tcp4(40000, static_cast<std::uint16_t>(port), Ack));
    }

    for (const int port : {0, 21, 24, 30, 33, 62, 65, 5999, 6064, 65534})
    {
        Skips(Tcp4(static_cast<std::uint16_t>(port), 40000, Ack));
        Skips(Tcp4(40000, static_cast<std::uint16_t>(port), Ack));
    }
}

TEST_F(InterestMaskTest, ARangeOfAllPortsKeepsEverything)
{
    Use(Section({0, 65535}));
    for (int port = 0; port < 65536; port += 251)
    {
        Keeps(Tcp4(static_cast<std::uint16_t>(port), 1, Ack));
    }
}

TEST_F(InterestMaskTest, TheNextTableForgetsThePortsOfTheLast)
{
    Use(Section({1000, 2000}));
    Use(Section({3000, 3000}));
    Skips(Tcp4(1500, 40000, Ack));
    Keeps(Tcp4(3000, 40000, Ack));
}

TEST_F(InterestMaskTest, EveryNthDullFrameIsASignOfLife)
{
    Use(Section({}, 5));
    const Octets dull = Tcp4(104, 40000, Ack);
    for (int round = 0; round < 3; round++)
    {
        for (int i = 0; i < 4; i++)
        {
            Skips(dull);
            Keeps(frames::Arp());
        }

        EXPECT_EQ(Decide(*_mask, dull), Interest::SignOfLife);
    }
}

TEST_F(InterestMaskTest, ARefusedMaskLeavesTheOneInUse)
{
    Use(Section({3000, 3000}));
    const Octets backwards = Section({80, 79});
    EXPECT_EQ(_mask->Set(backwards.data(), backwards.size(), 1), InterestMask::Verdict::BackwardRange);
    const Octets fine = Section({80, 80});
    EXPECT_EQ(_mask->Set(fine.data(), fine.size(), 2), InterestMask::Verdict::TooShort);
    EXPECT_EQ(_mask->Set(fine.data(), 33, 0), InterestMask::Verdict::TooShort);
    EXPECT_EQ(_mask->Set(nullptr, 0, 0), InterestMask::Verdict::TooShort);
    Keeps(Tcp4(3000, 40000, Ack));
    Skips(Tcp4(80, 40000, Ack));
}

// The data of a segment; its ports are 104 and 40000.
Octets Data(const Octets &payload, int tags = 0)
{
    Octets frame = Tcp4(104, 40000, Ack, payload.size(), tags);
    std::copy(payload.begin(), payload.end(), frame.end() - static_cast<std::ptrdiff_t>(payload.size()));
    return frame;
}

TEST_F(InterestMaskTest, DataThatBeginAsAnOpeningAreKept)
{
    Octets openings = frames::Opening(100, 110, 3, 5, {1, 2, 3});
    for (const Octets &more : {frames::Opening(40000, 40000, 4, 4, {1, 9}), frames::Opening(7, 9, 2, 9, {5})})
    {
        openings.insert(openings.end(), more.begin(), more.end());
    }

    const Octets section = Section({});
    ASSERT_EQ(_mask->Set(section.data(), section.size(), 0, openings.data(), 3), InterestMask::Verdict::Accepted);
    Keeps(Data({1, 2, 3}));
    Keeps(Data({1, 2, 3, 4, 5}, 2));
    Keeps(Data({1, 9, 0, 0}));
    Skips(Data({1, 2, 4}));
    Skips(Data({1, 2}));
    Skips(Data({1, 2, 3, 4, 5, 6}));
    Skips(Data({1, 9, 0}));
    Skips(Data({5, 5}));
    Skips(Data({}));

    // Another mask has other openings.
    Use(section);
    Skips(Data({1, 2, 3}));

    // What the length of a PDU says is no less than what is there.
    Octets sized = frames::Opening(0, 0xffff, 6, 9, {1});
    sized[8] = 0x80;
    ASSERT_EQ(_mask->Set(section.data(), section.size(), 0, sized.data(), 1), InterestMask::Verdict::Accepted);
    Keeps(Data({1, 0, 0, 0, 0, 3, 7, 7, 7}));
    Keeps(Data({1, 0, 0, 0, 1, 0, 7, 7, 7}, 2));
    Skips(Data({1, 0, 0, 0, 0, 2, 7, 7, 7}));
}

TEST_F(InterestMaskTest, AnOpeningThatIsWrongIsRefused)
{
    const Octets section = Section({});
    const auto verdict = [&](Octets opening, std::size_t count = 1)
    {
        opening.resize(opening.size() * count);
        for (std::size_t i = InterestMask::OpeningOctets; i < opening.size(); i++)
        {
            opening[i] = opening[i - InterestMask::OpeningOctets];
        }

        return _mask->Set(section.data(), section.size(), 0, opening.data(), count);
    };
    const Octets fine = frames::Opening(1, 1, 2, 2, {1, 2});
    EXPECT_EQ(verdict(fine), InterestMask::Verdict::Accepted);
    EXPECT_EQ(verdict(fine, 40), InterestMask::Verdict::Accepted);
    EXPECT_EQ(verdict(fine, 41), InterestMask::Verdict::BadOpening);
    EXPECT_EQ(verdict(frames::Opening(2, 1, 2, 2, {1, 2})), InterestMask::Verdict::BadOpening);
    EXPECT_EQ(verdict(frames::Opening(1, 1, 3, 2, {1, 2})), InterestMask::Verdict::BadOpening);
    EXPECT_EQ(verdict(frames::Opening(1, 1, 1, 2, {1, 2})), InterestMask::Verdict::BadOpening);
    Octets without = fine;
    without[9] = 2;
    EXPECT_EQ(verdict(without), InterestMask::Verdict::BadOpening);
    Octets sized = frames::Opening(1, 1, 6, 9, {1, 2});
    sized[8] = 0x80;
    EXPECT_EQ(verdict(sized), InterestMask::Verdict::Accepted);
    sized[5] = 5;
    EXPECT_EQ(verdict(sized), InterestMask::Verdict::BadOpening);
    Octets beyond = fine;
    beyond[8] = 0x10;
    EXPECT_EQ(verdict(beyond), InterestMask::Verdict::BadOpening);
}

// Every frame of the detects, cut at every length: never read behind the cut (the sanitizer tells), and a cut frame is kept.
TEST_F(InterestMaskTest, CutFramesAreNeverReadBehindTheirEnd)
{
    Use(Section({}));
    for (const Octets &frame : frames::AllDetects())
    {
        const Octets section = Section({});
        const Octets openings = frames::Openings();
        _mask->Set(section.data(), section.size(), 0, openings.data(), openings.size() / InterestMask::OpeningOctets);
        for (std::size_t length = 0; length <= frame.size(); length++)
        {
            const Octets cut(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(length));
            _mask->Decide(cut.data(), static_cast<std::uint32_t>(length), static_cast<std::uint32_t>(frame.size()));
        }
    }

    const Octets request = Data({1, 0, 0, 0, 0, 99, 0, 1, 0, 0, 'C', 'T'});
    for (std::size_t length = 0; length <= request.size(); length++)
    {
        const Octets cut(request.begin(), request.begin() + static_cast<std::ptrdiff_t>(length));
        _mask->Decide(cut.data(), static_cast<std::uint32_t>(length), 200);
    }

    const Octets whole = Tcp4(104, 40000, Ack);
    for (std::size_t length = 0; length < 54; length++)
    {
        const Octets cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_EQ(_mask->Decide(cut.data(), static_cast<std::uint32_t>(length), 154), Interest::Keep) << length;
    }
}

// One thread judges, the other changes between two masks that both want port 3000 and neither 104. At no moment is 3000 skipped.
TEST_F(InterestMaskTest, AFrameThatBothMasksWantIsKeptWhileTheyChange)
{
    const Octets first = Section({3000, 3000, 5000, 60000});
    const Octets second = Section({20, 21, 3000, 3000});
    Use(first);
    const Octets wanted = Tcp4(40001, 3000, Ack);
    const Octets dull = Tcp4(104, 4000, Ack);
    std::atomic<bool> isOver{false};
    std::thread changer(
        [&]
        {
            for (int i = 0; i < 2000; i++)
            {
                const Octets &next = i % 2 == 0 ? second : first;
                _mask->Set(next.data(), next.size(), 2);
                std::this_thread::yield();
            }

            isOver.store(true);
        });

    int skipped = 0;
    while (!isOver.load())
    {
        ASSERT_EQ(Decide(*_mask, wanted), Interest::Keep);
        skipped += Decide(*_mask, dull) == Interest::Skip ? 1 : 0;
    }

    changer.join();
    Skips(dull);
    EXPECT_GE(skipped, 0);
}

} // namespace
