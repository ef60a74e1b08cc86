#include "FakeChip.h"
#include "MirrorFixture.h"

#include <chip/ChipFacts.h>

#include <utility>

namespace
{

using mirror::ChipFacts;
using mirror::Problem;

class ChipFactsTest : public MirrorFixture
{
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
    EXPECT_EQ(ChipFacts::WatchdogStart(999), Problem::Number);
    EXPECT_EQ(ChipFacts::WatchdogStart(60001), Problem::Number);
    EXPECT_EQ(ChipFacts::WatchdogStart(10000), Problem::None);
    EXPECT_TRUE(fake::TheChip().watchdog.config.trigger_panic);
    EXPECT_EQ(fake::TheChip().watchdog.config.idle_core_mask, 0U);
    EXPECT_EQ(fake::TheChip().watchdog.users, 1);
    ChipFacts::WatchdogFeed();
    EXPECT_EQ(fake::TheChip().watchdog.feeds, 1);
    // Again: only the time changes.
    EXPECT_EQ(ChipFacts::WatchdogStart(20000), Problem::None);
    EXPECT_EQ(fake::TheChip().watchdog.config.timeout_ms, 20000U);
    EXPECT_EQ(fake::TheChip().watchdog.users, 1);
}

} // namespace
