#pragma once

#include "Copies.h"
#include "InterestMask.h"
#include "LossSample.h"
#include "MirrorLoad.h"
#include "SlotRing.h"
#include "Unwrapping.h"

#include <atomic>
#include <cstdint>

namespace mirror
{

/// The clock of the stamps: microseconds since the chip started.
using Clock = std::int64_t (*)();

/// What happens to a frame between the MAC and the managed loop: it is judged, copied into the ring or not, and counted. The
/// frame's buffer stays the caller's.
class FrameIntake
{
public:
    /// Counters.
    enum Count : std::uint8_t
    {
        Kept,
        Skipped,
        Lost,
        Octets,

        /// Kept frames, lost ones included, to one host.
        KeptUnicast,

        /// Frames that were unwrapped; of these, those that the mirror had cut.
        Wrapped,
        Truncated,

        /// Frames that the mirror numbered and that did not come, and those of them that came late.
        Gaps,
        Late,

        /// Frames to one host that are of a kind that can't be read.
        Unreadable,

        /// Frames that would have been kept, and are copies of one that was.
        Copied,

        /// Seconds in which the mirror was full.
        FullSeconds,

        /// Segments of sampled connections that were seen, and that were acknowledged and not seen.
        Seen,
        Unseen,

        /// Of these connections, those of which both sides came, and those of which one side only did.
        Wholes,
        Halves,
        Counts,
    };

    explicit FrameIntake(Clock clock) : _clock(clock), _sample(&_counts[Seen]) {}
    FrameIntake(const FrameIntake &) = delete;
    FrameIntake &operator=(const FrameIntake &) = delete;

    /// Takes the ring's memory; before frames come.
    void Attach(Slot *slots, std::uint32_t count) { _ring.Attach(slots, count); }

    /// Producer: a frame from the MAC. Its octets may be changed.
    void Take(std::uint8_t *frame, std::uint32_t length) noexcept;

    /// The line's speed, in megabits a second; from any task.
    void SetSpeed(std::uint32_t megabits) { _load.SetSpeed(megabits); }

    /// The line's speed.
    std::uint32_t Speed() const { return _load.Speed(); }

    /// Producer: a frame that the MAC received and that could not be handed over.
    void Lose() noexcept { Add(Lost, 1); }

    /// Consumer: the mask in use.
    InterestMask &Mask() { return _mask; }

    /// Consumer: copies the oldest frames into the managed arrays and gives their slots back.
    /// @return how many.
    std::uint32_t Read(std::uint8_t *bytes, std::int32_t *words, std::int32_t *lengths, std::int64_t *stamps, std::uint32_t max);

    /// Consumer: a counter's value since the start.
    std::uint64_t Value(Count which);

    /// Consumer: frames from the MAC. Not a counter of its own: whatever happened to a frame is counted once.
    std::uint64_t Received() { return Value(Kept) + Value(Skipped) + Value(Lost) + Value(Copied); }

    /// Consumer: frames to one host; all that the mask skips are such.
    std::uint64_t Unicast() { return Value(Skipped) + Value(KeptUnicast); }

    /// Consumer: frames that were lost before the box, by the numbers that the mirror gave them.
    std::uint64_t LostBefore() { return Value(Gaps) - Value(Late); }

    /// Consumer: segments of sampled connections, seen and not.
    std::uint64_t Sampled() { return Value(Seen) + Value(Unseen); }

    /// Consumer: what was taken off the frame that was unwrapped last.
    std::uint32_t WrappedAs() const { return _wrappedAs.load(std::memory_order_relaxed); }

    /// Consumer: the type of most of the frames that can't be read, of late.
    std::uint32_t UnreadableType() const { return _unreadableType.load(std::memory_order_relaxed); }

    std::uint32_t Waiting() const { return _ring.Waiting(); }

    std::uint32_t MostWaiting() const { return _mostWaiting; }

private:
    // One writer: no read-modify-write needed, which would cost the hot path a bus lock.
    void Add(Count which, std::uint32_t more)
    {
        _counts[which].store(_counts[which].load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }

    void TakeCounted(std::uint8_t *frame, std::uint32_t length) noexcept;
    void TakeAtWindowEnd(std::uint8_t *frame, std::uint32_t length) noexcept;
    void TakeSampled(
        std::uint8_t *frame, std::uint32_t length, std::uint32_t at, std::int32_t segmentLength, unsigned tag) noexcept;
    void KeepSegment(std::uint8_t *frame, std::uint32_t length, std::uint32_t at, std::int32_t segmentLength, Interest interest) noexcept;
    void TakeUnwrapped(const Unwrapped &frame, Segment segment) noexcept;
    void TakeOther(std::uint8_t *frame, std::uint32_t length) noexcept;
    void Note(const Unwrapping::Finding &finding) noexcept;
    void Keep(const Unwrapped &frame, Interest interest, std::int64_t now) noexcept;
    void Widen();

    // The mask stands last: what each frame touches is within reach of one instruction then.
    Clock _clock;
    MirrorLoad _load;
    SlotRing _ring;

    // 32 bits, since the chip has no wider atomics: octets wrap after 343 s at line rate. The consumer widens them with each
    // batch.
    std::atomic<std::uint32_t> _counts[Counts]{};

    LossSample _sample;
    Copies _copies;
    Unwrapping _unwrapping;
    std::atomic<std::uint32_t> _wrappedAs{0};
    std::atomic<std::uint32_t> _unreadableType{0};

    // By how many the type above is ahead of all others, at most so many that another takes its place within a second.
    std::uint32_t _unreadableAhead = 0;

    // The consumer's own.
    std::uint32_t _seen[Counts]{};
    std::uint64_t _wide[Counts]{};
    std::uint32_t _mostWaiting = 0;

    InterestMask _mask;
};

} // namespace mirror
