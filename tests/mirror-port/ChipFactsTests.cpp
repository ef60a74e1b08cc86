#include "FakeChip.h"
#include "MirrorFixture.h"

#include <chip/ChipFacts.h>

#include <utility>

namespace
{

using mirror::ChipFacts;
using mirror::Problem;

bool isHeld = false;

class ChipFactsTest : public MirrorFixture
{
protected:
    ChipFactsTest() { isHeld = false; }

    // The next test's chip knows nothing of this one's.
    ~ChipFactsTest() override { ChipFacts::WatchdogStop(); }

    static Problem Start(std::int32_t milliseconds)
    {
        return ChipFacts::WatchdogStart(milliseconds, [] { return isHeld; });
    }
};

// The numbers of ResetCause.cs.
TEST_F(ChipFactsTest, EveryResetReasonHasItsNumber)
{
    const std::pair<esp_reset_reason_t, int> expected[] = {{ESP_RST_UNKNOWN, 0}, {ESP_RST_POWERON, 1}, {ESP_RST_EXT, 2},
        {ESP_RST_JTAG, 2}, {ESP_RST_USB, 2}, {ESP_RST_SW, 3}, {ESP_RST_PANIC, 4}, {ESP_RST_CPU_LOCKUP, 4}, {ESP_RST_TASK_WDT, 5},
        {ESP_RST_INT_WDT, 6}, {ESP_RST_WDT, 6}, {ESP_RST_BROWNOUT, 7}, {ESP_RST_PWR_GLITCH, 7}, {ESP_RST_DEEPSLEEP, 8},
        {ESP_RST_SDIO, 0}, {ESP_RST_EFUSE, 0}};
    for (const auto &[reason, number] : expected)
    {
        fake::TheChip().resetReason = reason;
        EXPECT_EQ(ChipFacts::ResetReason(), number) << reason;
    }
}

TEST_F(ChipFactsTest, FreeStorageIsThatOfTheFileSystem)
{
    EXPECT_EQ(ChipFacts::FreeStorage(), 262144 - 40960);
    fake::TheChip().isStorageThere = false;
    EXPECT_EQ(ChipFacts::FreeStorage(), -1);
}

TEST_F(ChipFactsTest, TheWatchdogRestartsTheChipUnlessItIsFed)
{
    ChipFacts::WatchdogFeed();
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 0);
    EXPECT_EQ(Start(999), Problem::Number);
    EXPECT_EQ(Start(60001), Problem::Number);
    EXPECT_EQ(Start(10000), Problem::None);
    EXPECT_TRUE(fake::TheChip().watchdog.config.trigger_panic);
    EXPECT_EQ(fake::TheChip().watchdog.config.idle_core_mask, 0U);
    EXPECT_EQ(fake::TheChip().watchdog.users, 1);
    ChipFacts::WatchdogFeed();
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 1);
    // Again: only the time changes.
    EXPECT_EQ(Start(20000), Problem::None);
    EXPECT_EQ(fake::TheChip().watchdog.config.timeout_ms, 20000U);
    EXPECT_EQ(fake::TheChip().watchdog.users, 1);
}

// A deployment restarts the interpreter and not the chip: the program that would feed the watchdog is no more.
TEST_F(ChipFactsTest, AProgramThatEndsTakesItsWatchdogWithItAndTheNextOneHasItsOwn)
{
    EXPECT_EQ(Start(10000), Problem::None);
    ChipFacts::WatchdogStop();
    EXPECT_EQ(fake::TheChip().watchdog.users, 0) << "nobody is watched, and the chip does not restart";
    ChipFacts::WatchdogFeed();
    ChipFacts::WatchdogStop();
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 0);
    EXPECT_EQ(Start(10000), Problem::None);
    ChipFacts::WatchdogFeed();
    EXPECT_EQ(fake::TheChip().watchdog.users, 1);
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 1);
}

TEST_F(ChipFactsTest, WhileADebuggerHoldsTheProgramTheWatchdogIsFed)
{
    EXPECT_EQ(Start(1000), Problem::None);
    fake::Pass(3'000'000);
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 0) << "a program that hangs is not held";
    isHeld = true;
    fake::Pass(3'000'000);
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 6);
    isHeld = false;
    fake::Pass(3'000'000);
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 6);
}

} // namespace
