#pragma once

#include <cstddef>
#include <cstdint>

namespace mirror
{

/// An array of the managed side.
template <class T> struct Array
{
    T *items;
    std::size_t length;

    /// Whether items `at` to `at + count` are there.
    bool Has(std::int64_t at, std::int64_t count) const
    {
        return items != nullptr && at >= 0 && count >= 0 && at + count <= static_cast<std::int64_t>(length);
    }
};

using ByteArray = Array<std::uint8_t>;

/// MirrorHook.cs in C++: every argument is checked here, since the managed side hands over what it likes.
class HookFace
{
public:
    static std::int32_t Open(std::int32_t slots);
    static std::int32_t ReadBatch(
        ByteArray bytes, Array<std::int32_t> words, Array<std::int32_t> lengths, Array<std::int64_t> stamps, std::int32_t max);
    static std::int32_t SetInterest(ByteArray table, std::int32_t at, std::int32_t ranges);
    static std::int64_t Counter(std::int32_t which);
    static bool LinkUp();
    static std::int32_t ResetReceiver();
    static bool CheckSignature(ByteArray octets, std::int32_t length, ByteArray publicKey, ByteArray signature, std::int32_t at);
    static bool IsPublicKey(ByteArray octets, std::int32_t at);
    static bool Hash(ByteArray octets, std::int32_t at, std::int32_t length, ByteArray hash);
};

} // namespace mirror
