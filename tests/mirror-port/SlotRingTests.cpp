#include <core/SlotRing.h>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace
{

using mirror::Slot;
using mirror::SlotRing;

TEST(SlotRing, TakesAnySizeInItsRange)
{
    for (const int size : {16, 17, 304, 4095, 4096})
    {
        EXPECT_TRUE(SlotRing::IsSize(size)) << size;
    }

    for (const int size : {-16, 0, 1, 8, 15, 4097, 8192})
    {
        EXPECT_FALSE(SlotRing::IsSize(size)) << size;
    }
}

TEST(SlotRing, ASlotTakesAHundredAndFortyFourOctets) { EXPECT_EQ(sizeof(Slot), 144U); }

TEST(SlotRing, AFullRingRefusesTheNewestAndKeepsTheOldest)
{
    std::vector<Slot> memory(16);
    SlotRing ring;
    ring.Attach(memory.data(), 16);
    for (std::uint64_t i = 0; i < 16; i++)
    {
        Slot *slot = ring.Reserve();
        ASSERT_NE(slot, nullptr);
        slot->stamp = i;
        ring.Publish();
    }

    EXPECT_EQ(ring.Reserve(), nullptr);
    EXPECT_EQ(ring.Waiting(), 16U);
    for (std::uint32_t i = 0; i < 16; i++)
    {
        EXPECT_EQ(ring.Peek(i).stamp, i);
    }

    ring.Release(1);
    Slot *slot = ring.Reserve();
    ASSERT_NE(slot, nullptr);
    slot->stamp = 99;
    ring.Publish();
    EXPECT_EQ(ring.Reserve(), nullptr);
    EXPECT_EQ(ring.Peek(15).stamp, 99U);
}

// Round and round, with so many waiting as there may be: each comes out once and in order, whatever the ring's size.
TEST(SlotRing, OfAnySizeGoesRoundWithoutAGap)
{
    for (const std::uint32_t size : {16U, 17U, 31U, 304U})
    {
        std::vector<Slot> memory(size);
        SlotRing ring;
        ring.Attach(memory.data(), size);
        std::uint64_t written = 0;
        std::uint64_t read = 0;
        for (std::uint32_t turn = 0; turn < 10 * size; turn++)
        {
            for (std::uint32_t i = 0; i < 1 + turn % size; i++)
            {
                Slot *slot = ring.Reserve();
                ASSERT_EQ(slot == nullptr, written - read == size) << size;
                if (slot != nullptr)
                {
                    slot->stamp = written++;
                    ring.Publish();
                }
            }

            ASSERT_EQ(ring.Waiting(), written - read);
            const std::uint32_t taken = ring.Waiting() - turn % 3 % (ring.Waiting() + 1);
            for (std::uint32_t i = 0; i < taken; i++)
            {
                ASSERT_EQ(ring.Peek(i).stamp, read + i) << size;
            }

            ring.Release(taken);
            read += taken;
        }
    }
}

TEST(SlotRing, AReservedSlotIsNotSeenBeforeItIsPublished)
{
    std::vector<Slot> memory(16);
    SlotRing ring;
    ring.Attach(memory.data(), 16);
    ring.Reserve()->stamp = 1;
    EXPECT_EQ(ring.Waiting(), 0U);
    ring.Publish();
    EXPECT_EQ(ring.Waiting(), 1U);
}

// Two threads, a ring that is often full and often empty: what comes out is whole, in order, and what was refused is missing.
TEST(SlotRing, TwoThreadsLoseNothingThatWasPublished)
{
    constexpr std::uint64_t Frames = 200'000;
    std::vector<Slot> memory(21);
    SlotRing ring;
    ring.Attach(memory.data(), 21);
    std::uint64_t refused = 0;
    std::thread producer(
        [&]
        {
            for (std::uint64_t i = 1; i <= Frames; i++)
            {
                Slot *slot = ring.Reserve();
                if (slot == nullptr)
                {
                    refused++;
                    std::this_thread::yield();
                    continue;
                }

                slot->stamp = i;
                slot->lengths = static_cast<std::uint32_t>(i);
                for (std::uint8_t &octet : slot->octets)
                {
                    octet = static_cast<std::uint8_t>(i);
                }

                ring.Publish();
            }

            // The end, which must get in.
            Slot *slot = nullptr;
            while ((slot = ring.Reserve()) == nullptr)
            {
                std::this_thread::yield();
            }

            slot->stamp = 0;
            ring.Publish();
        });

    std::uint64_t last = 0;
    std::uint64_t seen = 0;
    for (bool isOver = false; !isOver;)
    {
        const std::uint32_t waiting = ring.Waiting();
        for (std::uint32_t i = 0; i < waiting; i++)
        {
            const Slot &slot = ring.Peek(i);
            isOver = slot.stamp == 0;
            if (!isOver)
            {
                ASSERT_GT(slot.stamp, last);
                last = slot.stamp;
                seen++;
                ASSERT_EQ(slot.lengths, static_cast<std::uint32_t>(slot.stamp));
                ASSERT_EQ(slot.octets[0], static_cast<std::uint8_t>(slot.stamp));
                ASSERT_EQ(slot.octets[mirror::SlotOctets - 1], static_cast<std::uint8_t>(slot.stamp));
            }
        }

        ring.Release(waiting);
        std::this_thread::yield();
    }

    producer.join();
    EXPECT_EQ(seen + refused, Frames);
    EXPECT_GT(seen, 0U);
}

} // namespace
