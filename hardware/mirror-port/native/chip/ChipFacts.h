#pragma once

#include "Problem.h"

#include <cstdint>

namespace mirror
{

/// The few things of the chip that nanoFramework has no API for; see MirrorHook.cs.
class ChipFacts
{
public:
    /// The numbers of ResetCause.cs.
    static std::int32_t ResetReason();

    static std::int64_t FreeStorage();

    /// Starts the watchdog, or changes its time.
    /// @param isHeld whether a debugger holds the program now; then it is fed, since nobody else does. Called in the timer task.
    static Problem WatchdogStart(std::int32_t milliseconds, bool (*isHeld)());
    static void WatchdogFeed();

    /// Ends it: the program ends, and the next one, which may be another, starts its own.
    static void WatchdogStop();
};

} // namespace mirror
