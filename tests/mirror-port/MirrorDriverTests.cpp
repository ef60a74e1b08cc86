#include "Capture.h"
#include "MirrorFixture.h"

#include <chip/TransmitGuard.h>

#include <algorithm>
#include <vector>

namespace
{

using fake::TheChip;
using frames::Octets;
using mirror::FrameIntake;
using mirror::MirrorDriver;
using mirror::Problem;

class MirrorDriverTest : public MirrorFixture
{
protected:
    static std::size_t LoggedAt(const std::string &what)
    {
        const std::vector<std::string> &log = TheChip().log;
        return static_cast<std::size_t>(std::find(log.begin(), log.end(), what) - log.begin());
    }

    static std::ptrdiff_t Logged(const std::string &what) { return std::count(TheChip().log.begin(), TheChip().log.end(), what); }
};

TEST_F(MirrorDriverTest, TheTransmitPinsAreTakenBeforeTheMacStarts)
{
    OpenWithLink();
    // Before the MAC object takes the pads, which then reaches none of them, and once more before the MAC starts.
    EXPECT_LT(LoggedAt("mac new"), LoggedAt("mac init"));
    for (const char *hold : {"hold 19", "hold 21", "hold 22"})
    {
        EXPECT_LT(LoggedAt(hold), LoggedAt("mac new"));
        EXPECT_EQ(Logged(hold), 2);
    }

    EXPECT_FALSE(TheChip().wasTransmitPadTaken);
    for (const int pin : {19, 21, 22})
    {
        EXPECT_EQ(TheChip().pads[pin].function, PIN_FUNC_GPIO);
        EXPECT_EQ(TheChip().pads[pin].atPad, 0U);
        EXPECT_TRUE(TheChip().pads[pin].isHeld);
    }
}

TEST_F(MirrorDriverTest, TheTransmitterIsOffAfterEveryLinkUpAndNothingReachesTheWire)
{
    OpenWithLink();
    for (int flap = 0; flap < 5; flap++)
    {
        EXPECT_EQ(EMAC_MAC.gmacconfig.tx, 0U);
        EXPECT_EQ(EMAC_DMA.dmaoperation_mode.start_stop_transmission_command, 0U);
        EXPECT_EQ(EMAC_MAC.gmacconfig.rx, 1U);
        fake::SetCable(false);
        fake::Pass(2'000'000);
        EXPECT_FALSE(Driver().IsLinkUp());
        fake::SetCable(true);
        fake::Pass(2'000'000);
        EXPECT_TRUE(Driver().IsLinkUp());
    }

    EXPECT_EQ(Driver().LinkUps(), 6U);
    EXPECT_EQ(TheChip().transmitStarts, 0);
    EXPECT_EQ(TheChip().wireFrames, 0);
    EXPECT_EQ(Driver().Transmitted(), 0U);
}

TEST_F(MirrorDriverTest, WhatSoftwareGivesToTheMacIsRefusedAndCounted)
{
    OpenWithLink();
    std::uint8_t frame[60]{};
    EXPECT_EQ(fake::Mac()->transmit(fake::Mac(), frame, sizeof frame), ESP_ERR_NOT_SUPPORTED);
    EXPECT_EQ(fake::Mac()->transmit(fake::Mac(), frame, sizeof frame), ESP_ERR_NOT_SUPPORTED);
    EXPECT_EQ(TheChip().wireFrames, 0);
    EXPECT_EQ(Driver().Transmitted(), 2U);
}

TEST_F(MirrorDriverTest, FlowControlStaysOffWhateverTheOtherSideOffers)
{
    OpenWithLink();
    EXPECT_NE(fake::Mac()->enable_flow_ctrl(fake::Mac(), true), ESP_OK);
    EXPECT_EQ(fake::Mac()->enable_flow_ctrl(fake::Mac(), false), ESP_OK);
    EXPECT_EQ(fake::Mac()->set_peer_pause_ability(fake::Mac(), 1), ESP_OK);
    EXPECT_EQ(EMAC_MAC.gmacfc.tfce, 0U);
    EXPECT_EQ(EMAC_MAC.gmacfc.rfce, 0U);
}

TEST_F(MirrorDriverTest, ATransmitterThatSomethingSwitchedOnIsToldAndSwitchedOff)
{
    OpenWithLink();
    EMAC_MAC.gmacconfig.tx = 1;
    EXPECT_EQ(Driver().Transmitted(), 1U);
    EXPECT_EQ(EMAC_MAC.gmacconfig.tx, 0U);
    EMAC_DMA.dmaoperation_mode.start_stop_transmission_command = 1;
    EXPECT_EQ(Driver().Transmitted(), 2U);
    EXPECT_EQ(Driver().Transmitted(), 2U);
}

// The MAC object switches the transmitter on for a moment when the link comes up, while its pins lead nowhere.
TEST_F(MirrorDriverTest, ALookWhileTheLinkComesUpFindsNothing)
{
    OpenWithLink();
    fake::TheChip().atTransmitterLook = []
    {
        fake::SetCable(false);
        fake::Pass(2'000'000);
        fake::SetCable(true);
        fake::Pass(2'000'000);
    };
    EXPECT_EQ(Driver().Transmitted(), 0U);
    fake::TheChip().atTransmitterLook = [] {
    };
    EXPECT_EQ(Driver().Transmitted(), 1U) << "without a change of the link it is one";
}

TEST_F(MirrorDriverTest, APinThatSomethingGaveBackToTheMacIsToldAndTakenAgain)
{
    OpenWithLink();
    fake::Pad &pad = TheChip().pads[21];
    pad.function = 5;
    // The latch still holds the pad low.
    EXPECT_EQ(pad.atPad, 0U);
    EXPECT_EQ(Driver().Transmitted(), 1U);
    EXPECT_EQ(pad.function, PIN_FUNC_GPIO);
    EXPECT_TRUE(mirror::TransmitGuard::ArePinsHeld());

    pad.isOutput = false;
    EXPECT_EQ(Driver().Transmitted(), 2U);
    pad.signal = 0;
    EXPECT_EQ(Driver().Transmitted(), 3U);
    EXPECT_EQ(Driver().Transmitted(), 3U);
}

TEST_F(MirrorDriverTest, APinThatCantBeTakenAgainStopsTheMac)
{
    OpenWithLink();
    TheChip().pads[21].function = 5;
    TheChip().canHold = false;
    EXPECT_EQ(Driver().Transmitted(), 1U);
    EXPECT_EQ(EMAC_MAC.gmacconfig.rx, 0U);
    EXPECT_FALSE(Driver().IsLinkUp());
    EXPECT_EQ(Driver().ResetReceiver(), Problem::Transmitter);
}

TEST_F(MirrorDriverTest, WithoutTheLatchThePortIsNotOpened)
{
    TheChip().canHold = false;
    EXPECT_EQ(Driver().Open(64), Problem::Transmitter);
    EXPECT_EQ(Logged("mac init"), 0);
    EXPECT_EQ(TheChip().heap, 200000U);
}

TEST_F(MirrorDriverTest, TheReceiverPassesWhatTheWireCarries)
{
    OpenWithLink();
    EXPECT_EQ(EMAC_MAC.gmacff.pmode, 1U);
    EXPECT_EQ(EMAC_MAC.gmacff.pcf, EMAC_LL_CONTROL_FRAME_FORWARDALL);
    EXPECT_EQ(EMAC_MAC.gmacconfig.rxipcoffload, 0U);
    EXPECT_EQ(EMAC_DMA.dmaoperation_mode.dis_drop_tcpip_err_fram, 1U);
}

TEST_F(MirrorDriverTest, TheBoardsPinsAndClockAreUsed)
{
    OpenWithLink();
    EXPECT_EQ(TheChip().macConfig.smi_gpio.mdc_num, 23);
    EXPECT_EQ(TheChip().macConfig.smi_gpio.mdio_num, 18);
    EXPECT_EQ(TheChip().macConfig.clock_config.rmii.clock_mode, EMAC_CLK_EXT_IN);
    EXPECT_EQ(TheChip().phyConfig.phy_addr, 1);
    EXPECT_EQ(TheChip().phyConfig.reset_gpio_num, 16);
    EXPECT_LT(LoggedAt("phy reset"), LoggedAt("mac init"));
    EXPECT_EQ(Logged("speed 100"), 1);
    EXPECT_EQ(Logged("full duplex"), 1);
}

// The detects through MAC, hook and ring; each buffer is freed once (the sanitizer tells), and what comes out is what came in.
TEST_F(MirrorDriverTest, FramesOfTheCapturesComeOutWhole)
{
    TheChip().heap = 1'000'000;
    OpenWithLink(4096);
    const std::vector<Octets> detects = frames::AllDetects();
    for (const Octets &frame : detects)
    {
        ASSERT_TRUE(fake::Receive(frame.data(), frame.size()));
        fake::Pass(10);
    }

    FrameIntake &intake = Driver().Intake();
    EXPECT_EQ(intake.Value(FrameIntake::Kept), detects.size());
    std::vector<std::uint8_t> bytes(mirror::SlotOctets);
    std::vector<std::int32_t> words(mirror::SlotWords);
    std::int32_t length = 0;
    std::int64_t stamp = 0;
    std::int64_t last = 0;
    for (const Octets &frame : detects)
    {
        ASSERT_EQ(intake.Read(bytes.data(), words.data(), &length, &stamp, 1), 1U);
        const std::size_t captured = std::min(frame.size(), mirror::SlotOctets);
        EXPECT_TRUE(std::equal(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(captured), bytes.begin()));
        EXPECT_EQ(static_cast<std::uint32_t>(length) & ~(mirror::ShapeMask | mirror::TaggedBit), frame.size() | captured << 16U);
        EXPECT_GT(stamp, last);
        last = stamp;
    }
}

TEST_F(MirrorDriverTest, BuffersAreFreedWhenTheRingIsFullAndWhenTheMaskSkips)
{
    OpenWithLink(16);
    const Octets section = frames::Section({});
    Driver().Intake().Mask().Set(section.data(), section.size(), 0);
    const Octets dull = frames::Tcp4(104, 40000, frames::Ack);
    for (int i = 0; i < 100; i++)
    {
        const Octets arp = frames::Arp();
        fake::Pass(3000);
        ASSERT_TRUE(fake::Receive(arp.data(), arp.size()));
        ASSERT_TRUE(fake::Receive(dull.data(), dull.size()));
    }

    EXPECT_EQ(Driver().Intake().Value(FrameIntake::Kept), 16U);
    EXPECT_EQ(Driver().Intake().Value(FrameIntake::Lost), 84U);
    EXPECT_EQ(Driver().Intake().Value(FrameIntake::Skipped), 100U);
}

// ESP-IDF's receive task drops a frame that it has no memory for, and tells nobody.
TEST_F(MirrorDriverTest, AFrameThatThereIsNoMemoryForIsCountedAsLost)
{
    OpenWithLink();
    const frames::Octets frame = frames::Arp();
    fake::Receive(frame.data(), frame.size());
    fake::TheChip().isReceiveMemoryThere = false;
    fake::Receive(frame.data(), frame.size());
    fake::Receive(frame.data(), frame.size());
    EXPECT_EQ(Driver().Intake().Value(mirror::FrameIntake::Lost), 2U);
    EXPECT_EQ(Driver().Intake().Value(mirror::FrameIntake::Kept), 1U);
    EXPECT_EQ(Driver().Intake().Received(), 3U);
}

TEST_F(MirrorDriverTest, AnAllocationThatFailsInAnotherTaskIsNoFrame)
{
    OpenWithLink();
    fake::FailAllocation(1514);
    EXPECT_EQ(Driver().Intake().Received(), 0U);
}

TEST_F(MirrorDriverTest, TheMacsOwnLossCountersAreAddedUp)
{
    OpenWithLink();
    EMAC_DMA.dmamissedfr.val = 5U | 7U << 17U;
    EXPECT_EQ(Driver().Missed(), 5U);
    EXPECT_EQ(Driver().Overflowed(), 7U);
    EXPECT_EQ(Driver().Missed(), 5U);
    // Both wrapped: the bits above them say so.
    EMAC_DMA.dmamissedfr.val = 1U | 1U << 16U | 2U << 17U | 1U << 28U;
    EXPECT_EQ(Driver().Missed(), 6U + 65536U);
    EXPECT_EQ(Driver().Overflowed(), 9U + 2048U);
}

TEST_F(MirrorDriverTest, AStalledReceiverIsRestartedAtOnce)
{
    OpenWithLink();
    TheChip().log.clear();
    EXPECT_EQ(Driver().ResetReceiver(), Problem::None);
    EXPECT_EQ(Driver().ResetReceiver(), Problem::None);
    fake::Pass(1000);
    EXPECT_EQ(Driver().Resets(), 1U);
}

TEST_F(MirrorDriverTest, AReceiverThatStallsAgainRenegotiatesItsLink)
{
    OpenWithLink();
    TheChip().log.clear();
    EXPECT_EQ(Driver().ResetReceiver(), Problem::None);
    fake::Pass(1000);
    EXPECT_EQ(TheChip().log, (std::vector<std::string>{"mac down", "mac up"}));
    EXPECT_TRUE(Driver().IsLinkUp());

    // As soon as the firmware asks again, and somewhat later.
    fake::Pass(40'000'000);
    TheChip().log.clear();
    EXPECT_EQ(Driver().ResetReceiver(), Problem::None);
    fake::Pass(1000);
    EXPECT_EQ(TheChip().log, (std::vector<std::string>{"mac down", "negotiate"}));
    EXPECT_FALSE(Driver().IsLinkUp());
    fake::Pass(2'000'000);
    EXPECT_TRUE(Driver().IsLinkUp());

    // Long after that, gently again.
    fake::Pass(200'000'000);
    TheChip().log.clear();
    EXPECT_EQ(Driver().ResetReceiver(), Problem::None);
    fake::Pass(1000);
    EXPECT_EQ(TheChip().log, (std::vector<std::string>{"mac down", "mac up"}));
    EXPECT_EQ(Driver().Resets(), 3U);
    EXPECT_EQ(Driver().Transmitted(), 0U);
}

TEST_F(MirrorDriverTest, WithoutItsClockOrPhyTheDriverSaysSoAndGivesItsMemoryBack)
{
    TheChip().isClockThere = false;
    EXPECT_EQ(Driver().Open(64), Problem::Driver);
    EXPECT_EQ(TheChip().heap, 200000U);
    TheChip().isClockThere = true;
    TheChip().isPhyThere = false;
    EXPECT_EQ(Driver().Open(64), Problem::Driver);
    TheChip().isPhyThere = true;
    // What failed once may work later: a PHY that needs long to wake.
    OpenWithLink();
}

TEST_F(MirrorDriverTest, TooManySlotsForTheMemoryAreRefused)
{
    TheChip().heap = 10000;
    EXPECT_EQ(Driver().Open(256), Problem::Memory);
    EXPECT_EQ(Driver().Open(8), Problem::Number);
    EXPECT_EQ(Driver().Open(64), Problem::None);
    EXPECT_EQ(Driver().Open(64), Problem::None);
    EXPECT_EQ(Logged("mac new"), 1);
}

TEST_F(MirrorDriverTest, AMacThatCantBeMadeLeavesThePinsHeldAllTheSame)
{
    TheChip().isMacMemoryThere = false;
    EXPECT_EQ(Driver().Open(64), Problem::Driver);
    EXPECT_TRUE(mirror::TransmitGuard::ArePinsHeld());
}

TEST_F(MirrorDriverTest, AClosedPortCountsNothingAndResetsNothing)
{
    EXPECT_EQ(Driver().ResetReceiver(), Problem::Closed);
    EXPECT_EQ(Driver().Transmitted(), 0U);
    EXPECT_EQ(Driver().Missed(), 0U);
    EXPECT_FALSE(Driver().IsLinkUp());
}

} // namespace
