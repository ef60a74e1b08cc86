// The bridge from the generated marshalling to the hook: arrays and numbers, nothing else.

// The types that the next header takes for granted.
#include "Appliance_MirrorPort.h"

#include "Appliance_MirrorPort_Appliance_MirrorPort_MirrorHook.h"

#include "../chip/ChipFacts.h"
#include "../chip/HookFace.h"

#include <type_traits>

using namespace Appliance_MirrorPort::Appliance_MirrorPort;

namespace
{

// The managed heap does not move while native code runs, so that its arrays are used in place.
template <class Typed> auto View(Typed &array)
{
    return mirror::Array<std::remove_pointer_t<decltype(array.GetBuffer())>>{array.GetBuffer(), array.GetSize()};
}

// The interpreter's int and __int64 are int32_t and int64_t of another name on some compilers.
mirror::Array<std::int32_t> View32(CLR_RT_TypedArray_INT32 &array)
{
    return {reinterpret_cast<std::int32_t *>(array.GetBuffer()), array.GetSize()};
}

mirror::Array<std::int64_t> View64(CLR_RT_TypedArray_INT64 &array)
{
    return {reinterpret_cast<std::int64_t *>(array.GetBuffer()), array.GetSize()};
}

// A debugger has stopped the program at a breakpoint, or holds it for a deployment.
bool IsHeld() { return CLR_EE_DBG_IS(Stopped); }

} // namespace

signed int MirrorHook::Open(signed int slots, HRESULT & /*hr*/) { return mirror::HookFace::Open(slots); }

signed int MirrorHook::ReadBatch(CLR_RT_TypedArray_UINT8 bytes, CLR_RT_TypedArray_INT32 words, CLR_RT_TypedArray_INT32 lengths,
    CLR_RT_TypedArray_INT64 stamps, signed int max, HRESULT & /*hr*/)
{
    return mirror::HookFace::ReadBatch(View(bytes), View32(words), View32(lengths), View64(stamps), max);
}

signed int MirrorHook::SetInterest(CLR_RT_TypedArray_UINT8 table, signed int at, signed int ranges, HRESULT & /*hr*/)
{
    return mirror::HookFace::SetInterest(View(table), at, ranges);
}

int64_t MirrorHook::Counter(signed int which, HRESULT & /*hr*/) { return mirror::HookFace::Counter(which); }

bool MirrorHook::LinkUp(HRESULT & /*hr*/) { return mirror::HookFace::LinkUp(); }

signed int MirrorHook::ResetReceiver(HRESULT & /*hr*/) { return mirror::HookFace::ResetReceiver(); }

bool MirrorHook::CheckSignature(CLR_RT_TypedArray_UINT8 octets, signed int length, CLR_RT_TypedArray_UINT8 publicKey,
    CLR_RT_TypedArray_UINT8 signature, signed int at, HRESULT & /*hr*/)
{
    return mirror::HookFace::CheckSignature(View(octets), length, View(publicKey), View(signature), at);
}

bool MirrorHook::IsPublicKey(CLR_RT_TypedArray_UINT8 octets, signed int at, HRESULT & /*hr*/)
{
    return mirror::HookFace::IsPublicKey(View(octets), at);
}

bool MirrorHook::Hash(
    CLR_RT_TypedArray_UINT8 octets, signed int at, signed int length, CLR_RT_TypedArray_UINT8 hash, HRESULT & /*hr*/)
{
    return mirror::HookFace::Hash(View(octets), at, length, View(hash));
}

signed int MirrorHook::WatchdogStart(signed int milliseconds, HRESULT & /*hr*/)
{
    // A restart of the interpreter alone, as a deployment makes one, ends the program and not the chip's watchdog. The same
    // handler given again is kept once.
    HAL_AddSoftRebootHandler(mirror::ChipFacts::WatchdogStop);
    return static_cast<signed int>(mirror::ChipFacts::WatchdogStart(milliseconds, IsHeld));
}

void MirrorHook::WatchdogFeed(HRESULT & /*hr*/) { mirror::ChipFacts::WatchdogFeed(); }

signed int MirrorHook::ResetReason(HRESULT & /*hr*/) { return mirror::ChipFacts::ResetReason(); }

int64_t MirrorHook::FreeStorage(HRESULT & /*hr*/) { return mirror::ChipFacts::FreeStorage(); }
