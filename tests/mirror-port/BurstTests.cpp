#include "Frames.h"
#include "MirrorFixture.h"

#include <sdkconfig.h>

#include <vector>

namespace
{

using frames::Octets;
using mirror::FrameIntake;

// What the emulated image had (ESP-IDF's most, 30 of 512 octets), and what is left of its native memory at the least.
constexpr fake::ReceivePath Before{30, 512};
constexpr std::size_t LeastFree = 58'572;

constexpr fake::ReceivePath Image{CONFIG_ETH_DMA_RX_BUFFER_NUM, CONFIG_ETH_DMA_BUFFER_SIZE};

// Boards without external memory; hardware/boards and Board.cs have the same number.
constexpr std::uint32_t Ring = 304;
constexpr std::uint32_t RingBefore = 128;

// A kept frame takes so many instructions more in the hook.
constexpr std::uint32_t Kept = 200;

constexpr std::uint32_t Frames = 300;

class BurstTest : public MirrorFixture
{
protected:
    void SetUp() override
    {
        OpenWithLink(Ring);
        const Octets section = frames::Section({});
        ASSERT_EQ(Driver().Intake().Mask().Set(section.data(), section.size(), 0), mirror::InterestMask::Verdict::Accepted);
    }

    static std::uint64_t Count(FrameIntake::Count which) { return Driver().Intake().Value(which); }

    const Octets _data = frames::Tcp4(104, 40000, frames::Ack, 6);
    const Octets _probe = frames::Tcp4(40000, 104, frames::Syn, 6);
};

// The model is worth what it says of what was measured: of a burst of 300 kept frames of the shortest kind 168 were missed, and
// of a
// stream of them some 56,000 a second taken.
TEST_F(BurstTest, TheModelSaysWhatWasMeasured)
{
    fake::Burst(Before, _probe, Frames, 100);
    EXPECT_NEAR(static_cast<double>(Driver().Missed()), 168, 8);

    constexpr std::uint32_t Half = 148'810 / 2;
    const std::uint64_t before = Driver().Missed();
    fake::Burst(Before, _data, Half, 0);
    EXPECT_NEAR(static_cast<double>(2 * (Half - (Driver().Missed() - before))), 56'000, 1'500);
}

TEST_F(BurstTest, ThreeHundredSkippedFramesAtLineRateAreTakenWhole)
{
    fake::Burst(Image, _data, Frames, 0);
    EXPECT_EQ(Driver().Missed(), 0U);
    EXPECT_EQ(Count(FrameIntake::Skipped), Frames);
}

// The loop may be at work on something else meanwhile: nobody reads the ring.
TEST_F(BurstTest, ThreeHundredKeptFramesAtLineRateAreTakenWhole)
{
    fake::Burst(Image, _probe, Frames, Kept);
    EXPECT_EQ(Driver().Missed(), 0U);
    EXPECT_EQ(Count(FrameIntake::Kept), Frames);
    EXPECT_EQ(Count(FrameIntake::Lost), 0U);

    constexpr std::uint32_t More = 10;
    fake::Burst(Image, _probe, More, Kept);
    EXPECT_EQ(Count(FrameIntake::Kept), Ring);
    EXPECT_EQ(Count(FrameIntake::Lost), Frames + More - Ring) << "what the ring has no slot for is counted";
}

TEST_F(BurstTest, FullFramesAtLineRateLeaveBuffersFree)
{
    constexpr std::uint32_t Many = 4'000;
    fake::Burst(Image, frames::Tcp4(104, 40000, frames::Ack, 1460), Many, 0);
    EXPECT_EQ(Driver().Missed(), 0U);
    EXPECT_EQ(Count(FrameIntake::Skipped), Many);
}

// lwIP's packets, the W5500's frames and the storage's caches take a few kilobytes each; TLS is for boards with external memory.
TEST_F(BurstTest, BuffersAndRingLeaveSixteenThousandOctetsOfTheMemoryThatWasFree)
{
    const std::size_t more = Image.buffers * fake::BufferCost(Image) - Before.buffers * fake::BufferCost(Before)
                             + (Ring - RingBefore) * sizeof(mirror::Slot);
    EXPECT_GE(LeastFree - more, 16'000U) << more << " octets more";
}

} // namespace
