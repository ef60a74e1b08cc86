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
    static std::int64_t FreeMemory();
    static Problem WatchdogStart(std::int32_t milliseconds);
    static void WatchdogFeed();
};

} // namespace mirror
