#include "Host.h"

#include <cstdio>

std::size_t host::Read(std::uint8_t *octets, std::size_t length) { return std::fread(octets, 1, length, stdin); }

void host::Write(const char *text, std::size_t length) { std::fwrite(text, 1, length, stdout); }

std::uint32_t host::Ticks() { return 0; }
