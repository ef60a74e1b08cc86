#include "HookFace.h"

#include "../core/TableCheck.h"
#include "MirrorDriver.h"

namespace mirror
{

namespace
{

constexpr std::int32_t Code(Problem problem) { return static_cast<std::int32_t>(problem); }

// HookCounter.cs.
enum Number : std::int32_t
{
    Received,
    Kept,
    Skipped,
    Lost,
    Octets,
    Missed,
    Overflowed,
    Transmitted,
    Resets,
    LinkUps,
    Waiting,
    MostWaiting,
    Unicast,
    Wrapped,
    WrappedAs,
    Truncated,
    LostBefore,
    Unreadable,
    UnreadableType,
    Copied,
    FullSeconds,
    Sampled,
    Unseen,
    Wholes,
    Halves,
    Speed,
};

} // namespace

std::int32_t HookFace::Open(std::int32_t slots) { return Code(MirrorDriver::Instance().Open(slots)); }

std::int32_t HookFace::ReadBatch(
    ByteArray bytes, Array<std::int32_t> words, Array<std::int32_t> lengths, Array<std::int64_t> stamps, std::int32_t max)
{
    const std::int64_t count = max;
    if (!bytes.Has(0, count * static_cast<std::int64_t>(SlotOctets))
        || !words.Has(0, count * static_cast<std::int64_t>(SlotWords)) || !lengths.Has(0, count) || !stamps.Has(0, count))
    {
        return Code(Problem::Arrays);
    }

    return static_cast<std::int32_t>(MirrorDriver::Instance().Intake().Read(
        bytes.items, words.items, lengths.items, stamps.items, static_cast<std::uint32_t>(max)));
}

std::int32_t HookFace::SetInterest(
    ByteArray table, std::int32_t at, std::int32_t ranges, std::int32_t openingsAt, std::int32_t openings)
{
    const auto openingOctets = static_cast<std::int64_t>(InterestMask::OpeningOctets);
    if (ranges < 0 || !table.Has(at, 0) || openings < 0 || !table.Has(openingsAt, openings * openingOctets))
    {
        return Code(Problem::Arrays);
    }

    const auto from = static_cast<std::size_t>(at);
    switch (MirrorDriver::Instance().Intake().Mask().Set(table.items + from, table.length - from,
        static_cast<std::size_t>(ranges), table.items + static_cast<std::size_t>(openingsAt), static_cast<std::size_t>(openings)))
    {
    case InterestMask::Verdict::Accepted:
        return Code(Problem::None);
    case InterestMask::Verdict::BackwardRange:
        return Code(Problem::Ranges);
    case InterestMask::Verdict::BadOpening:
        return Code(Problem::Openings);
    default:
        return Code(Problem::Arrays);
    }
}

std::int64_t HookFace::Counter(std::int32_t which)
{
    MirrorDriver &driver = MirrorDriver::Instance();
    switch (which)
    {
    case Received:
        return static_cast<std::int64_t>(driver.Intake().Received());
    case Kept:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Kept));
    case Skipped:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Skipped));
    case Lost:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Lost));
    case Octets:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Octets));
    case Missed:
        return static_cast<std::int64_t>(driver.Missed());
    case Overflowed:
        return static_cast<std::int64_t>(driver.Overflowed());
    case Transmitted:
        return static_cast<std::int64_t>(driver.Transmitted());
    case Resets:
        return driver.Resets();
    case LinkUps:
        return driver.LinkUps();
    case Waiting:
        return driver.Intake().Waiting();
    case MostWaiting:
        return driver.Intake().MostWaiting();
    case Unicast:
        return static_cast<std::int64_t>(driver.Intake().Unicast());
    case Wrapped:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Wrapped));
    case WrappedAs:
        return driver.Intake().WrappedAs();
    case Truncated:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Truncated));
    case LostBefore:
        return static_cast<std::int64_t>(driver.Intake().LostBefore());
    case Unreadable:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Unreadable));
    case UnreadableType:
        return driver.Intake().UnreadableType();
    case Copied:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Copied));
    case FullSeconds:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::FullSeconds));
    case Sampled:
        return static_cast<std::int64_t>(driver.Intake().Sampled());
    case Unseen:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Unseen));
    case Wholes:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Wholes));
    case Halves:
        return static_cast<std::int64_t>(driver.Intake().Value(FrameIntake::Halves));
    case Speed:
        return driver.Intake().Speed();
    default:
        return -1;
    }
}

bool HookFace::LinkUp() { return MirrorDriver::Instance().IsLinkUp(); }

std::int32_t HookFace::ResetReceiver() { return Code(MirrorDriver::Instance().ResetReceiver()); }

bool HookFace::CheckSignature(ByteArray octets, std::int32_t length, ByteArray publicKey, ByteArray signature, std::int32_t at)
{
    return octets.Has(0, length) && publicKey.Has(0, KeyOctets) && signature.Has(at, SignatureOctets)
           && mirror::CheckSignature(
               octets.items, static_cast<std::size_t>(length), publicKey.items, signature.items + static_cast<std::size_t>(at));
}

bool HookFace::IsPublicKey(ByteArray octets, std::int32_t at)
{
    return octets.Has(at, KeyOctets) && mirror::IsPublicKey(octets.items + static_cast<std::size_t>(at));
}

bool HookFace::Hash(ByteArray octets, std::int32_t at, std::int32_t length, ByteArray hash)
{
    return octets.Has(at, length) && hash.Has(0, HashOctets)
           && Sha256(octets.items + static_cast<std::size_t>(at), static_cast<std::size_t>(length), hash.items);
}

} // namespace mirror
