#pragma once

#include <cstddef>
#include <cstdint>

/// What RunCore.cpp needs of the machine that it runs on: the emulated core by QEMU's semihosting, the workstation by its files.
namespace host
{

/// Reads from standard input until there is so much, or the end.
/// @return octets read.
std::size_t Read(std::uint8_t *octets, std::size_t length);

/// Writes to standard output.
void Write(const char *text, std::size_t length);

/// A number that grows by `TicksOfHundred` in a hundred instructions; 0 where nothing counts them.
std::uint32_t Ticks();

/// Ticks of a hundred instructions. QEMU with `-icount shift=10` takes 1,024 ns of its time for an instruction, and the core's
/// counter has
/// 40 MHz.
constexpr std::uint32_t TicksOfHundred = 4096;

} // namespace host
