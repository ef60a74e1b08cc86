#include "ChipFacts.h"

#include <esp_littlefs.h>
#include <esp_system.h>
#include <esp_task_wdt.h>
#include <esp_timer.h>

#include <atomic>

namespace mirror
{

namespace
{

// The partition that nanoFramework mounts as I:\ (its partition table for the ESP32).
constexpr char StorageLabel[] = "config";

constexpr std::int32_t ShortestWatch = 1000;
constexpr std::int32_t LongestWatch = 60000;

// ResetCause.cs.
enum Cause : std::int32_t
{
    Unknown,
    PowerOn,
    External,
    Software,
    Panic,
    TaskWatchdog,
    OtherWatchdog,
    Brownout,
    DeepSleep,
};

// How often is looked whether a debugger holds the program: twice within the shortest time of the watchdog.
constexpr std::uint64_t HoldPeriodMicros = 500'000;

// Read by the timer task too. A user that was deleted meanwhile is not found, and no harm is done.
std::atomic<esp_task_wdt_user_handle_t> watched{nullptr};
std::atomic<bool (*)()> isProgramHeld{nullptr};
esp_timer_handle_t holdTimer = nullptr;

void FeedWhileHeld(void * /*nothing*/)
{
    if (isProgramHeld.load()())
    {
        ChipFacts::WatchdogFeed();
    }
}

} // namespace

std::int32_t ChipFacts::ResetReason()
{
    switch (esp_reset_reason())
    {
    case ESP_RST_POWERON:
        return PowerOn;
    case ESP_RST_EXT:
    case ESP_RST_JTAG:
    case ESP_RST_USB:
        return External;
    case ESP_RST_SW:
        return Software;
    case ESP_RST_PANIC:
    case ESP_RST_CPU_LOCKUP:
        return Panic;
    case ESP_RST_TASK_WDT:
        return TaskWatchdog;
    case ESP_RST_INT_WDT:
    case ESP_RST_WDT:
        return OtherWatchdog;
    case ESP_RST_BROWNOUT:
    case ESP_RST_PWR_GLITCH:
        return Brownout;
    case ESP_RST_DEEPSLEEP:
        return DeepSleep;
    default:
        return Unknown;
    }
}

std::int64_t ChipFacts::FreeStorage()
{
    std::size_t total = 0;
    std::size_t used = 0;
    return esp_littlefs_info(StorageLabel, &total, &used) == ESP_OK ? static_cast<std::int64_t>(total - used) : -1;
}

Problem ChipFacts::WatchdogStart(std::int32_t milliseconds, bool (*isHeld)())
{
    if (milliseconds < ShortestWatch || milliseconds > LongestWatch)
    {
        return Problem::Number;
    }

    // A panic restarts the chip, and the reset reason then names the watchdog. The idle tasks are not watched: the interpreter
    // may use a whole core for long.
    esp_task_wdt_config_t config{};
    config.timeout_ms = static_cast<std::uint32_t>(milliseconds);
    config.trigger_panic = true;
    esp_err_t result = esp_task_wdt_init(&config);
    if (result == ESP_ERR_INVALID_STATE)
    {
        result = esp_task_wdt_reconfigure(&config);
    }

    isProgramHeld.store(isHeld);
    if (result == ESP_OK && holdTimer == nullptr)
    {
        esp_timer_create_args_t hold{};
        hold.callback = FeedWhileHeld;
        hold.name = "mirror_hold";
        hold.skip_unhandled_events = true;
        result = esp_timer_create(&hold, &holdTimer);
        if (result == ESP_OK)
        {
            result = esp_timer_start_periodic(holdTimer, HoldPeriodMicros);
        }
    }

    // A user of its own, not a task: the managed loop may move between the interpreter's threads.
    if (result == ESP_OK && watched.load() == nullptr)
    {
        esp_task_wdt_user_handle_t user = nullptr;
        result = esp_task_wdt_add_user("appliance", &user);
        watched.store(user);
    }

    return result == ESP_OK ? Problem::None : Problem::Refused;
}

void ChipFacts::WatchdogFeed()
{
    const esp_task_wdt_user_handle_t user = watched.load();
    if (user != nullptr)
    {
        static_cast<void>(esp_task_wdt_reset_user(user));
    }
}

void ChipFacts::WatchdogStop()
{
    if (holdTimer != nullptr)
    {
        static_cast<void>(esp_timer_stop(holdTimer));
        static_cast<void>(esp_timer_delete(holdTimer));
        holdTimer = nullptr;
    }

    const esp_task_wdt_user_handle_t user = watched.exchange(nullptr);
    if (user != nullptr)
    {
        static_cast<void>(esp_task_wdt_delete_user(user));
    }
}

} // namespace mirror
