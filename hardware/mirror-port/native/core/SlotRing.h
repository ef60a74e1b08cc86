#pragma once

#include "Slot.h"

#include <atomic>
#include <cstdint>

namespace mirror
{

/// A ring of fixed slots between one producer (the MAC's receive task) and one consumer (the managed loop), without locks. A full
/// ring refuses the newest frame: the slots that the consumer may be reading are never touched.
class SlotRing
{
public:
    static constexpr std::uint32_t FewestSlots = 16;
    static constexpr std::uint32_t MostSlots = 4096;

    /// Whether a ring can have so many slots. Any number between the bounds: memory is short, and a power of two would be 256 or
    /// 512.
    static constexpr bool IsSize(std::int32_t slots)
    {
        return slots >= static_cast<std::int32_t>(FewestSlots) && slots <= static_cast<std::int32_t>(MostSlots);
    }

    SlotRing() = default;
    SlotRing(const SlotRing &) = delete;
    SlotRing &operator=(const SlotRing &) = delete;

    /// Takes the memory; before either side runs.
    void Attach(Slot *slots, std::uint32_t count)
    {
        _slots = slots;
        _count = count;
    }

    /// Producer: the slot to fill, or null when the ring is full.
    Slot *Reserve()
    {
        const std::uint32_t head = _head.load(std::memory_order_relaxed);
        if (head - _tailSeen >= _count)
        {
            // Only a ring that looked full costs a look at the consumer's position.
            _tailSeen = _tail.load(std::memory_order_acquire);
            if (head - _tailSeen >= _count)
            {
                return nullptr;
            }
        }

        return &_slots[_next];
    }

    /// Producer: hands the reserved slot over.
    void Publish()
    {
        _next = Wrap(_next + 1);
        _head.store(_head.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }

    /// Consumer: how many slots can be read now.
    std::uint32_t Waiting() const { return _head.load(std::memory_order_acquire) - _tail.load(std::memory_order_relaxed); }

    /// Consumer: the oldest slot but `index`; there must be that many.
    const Slot &Peek(std::uint32_t index) const { return _slots[Wrap(_oldest + index)]; }

    /// Consumer: gives the oldest slots back.
    void Release(std::uint32_t count)
    {
        _oldest = Wrap(_oldest + count);
        _tail.store(_tail.load(std::memory_order_relaxed) + count, std::memory_order_release);
    }

private:
    std::uint32_t Wrap(std::uint32_t place) const { return place >= _count ? place - _count : place; }

    Slot *_slots = nullptr;
    std::uint32_t _count = 0;

    // The places of the producer's next slot and of the consumer's oldest one, each its own; head and tail count on for ever.
    std::uint32_t _next = 0;
    std::uint32_t _oldest = 0;

    // The producer's own copy of the consumer's position, at most too old: then the ring looks fuller than it is.
    std::uint32_t _tailSeen = 0;

    std::atomic<std::uint32_t> _head{0};
    std::atomic<std::uint32_t> _tail{0};
};

} // namespace mirror
