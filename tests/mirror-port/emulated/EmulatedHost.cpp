#include "Host.h"

extern "C"
{
    int HostCall(int number, int a, int b, int c);
    std::uint32_t CycleCount();
}

namespace
{

// QEMU's target/xtensa/xtensa-semi.c.
constexpr int SysRead = 3;
constexpr int SysWrite = 4;

int Address(const void *memory) { return static_cast<int>(reinterpret_cast<std::uintptr_t>(memory)); }

} // namespace

std::size_t host::Read(std::uint8_t *octets, std::size_t length)
{
    std::size_t read = 0;
    while (read < length)
    {
        const int more = HostCall(SysRead, 0, Address(octets + read), static_cast<int>(length - read));
        if (more <= 0)
        {
            break;
        }

        read += static_cast<std::size_t>(more);
    }

    return read;
}

void host::Write(const char *text, std::size_t length)
{
    for (std::size_t written = 0; written < length;)
    {
        const int more = HostCall(SysWrite, 1, Address(text + written), static_cast<int>(length - written));
        if (more <= 0)
        {
            return;
        }

        written += static_cast<std::size_t>(more);
    }
}

std::uint32_t host::Ticks() { return CycleCount(); }
