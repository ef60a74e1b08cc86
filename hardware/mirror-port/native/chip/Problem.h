#pragma once

#include <cstdint>

namespace mirror
{

/// Why something was not done; the numbers of HookProblem.cs.
enum class Problem : std::int32_t
{
    None = 0,
    Number = -1,
    Arrays = -2,
    Ranges = -3,
    Memory = -4,
    Driver = -5,
    Transmitter = -6,
    Closed = -7,
    Refused = -8,
    Openings = -9,
};

} // namespace mirror
