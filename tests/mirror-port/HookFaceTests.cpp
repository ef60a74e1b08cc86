#include "Frames.h"
#include "MirrorFixture.h"

#include <chip/HookFace.h>
#include <core/Slot.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace
{

using frames::Octets;
using mirror::Array;
using mirror::ByteArray;
using mirror::HookFace;
using mirror::Problem;

constexpr std::int32_t Most = std::numeric_limits<std::int32_t>::max();

template <class T> Array<T> Of(std::vector<T> &items) { return {items.data(), items.size()}; }

class HookFaceTest : public MirrorFixture
{
protected:
    static bool Is(Problem problem, std::int32_t code) { return static_cast<std::int32_t>(problem) == code; }

    std::int32_t Read(std::int32_t max) { return HookFace::ReadBatch(Of(_bytes), Of(_words), Of(_lengths), Of(_stamps), max); }

    std::vector<std::uint8_t> _bytes = std::vector<std::uint8_t>(8 * mirror::SlotOctets);
    std::vector<std::int32_t> _words = std::vector<std::int32_t>(8 * mirror::SlotWords);
    std::vector<std::int32_t> _lengths = std::vector<std::int32_t>(8);
    std::vector<std::int64_t> _stamps = std::vector<std::int64_t>(8);
};

TEST_F(HookFaceTest, ReadsABatch)
{
    EXPECT_EQ(HookFace::Open(16), 0);
    fake::SetCable(true);
    fake::Pass(2'000'000);
    EXPECT_TRUE(HookFace::LinkUp());
    const Octets frame = frames::Arp();
    for (int i = 0; i < 10; i++)
    {
        // Far enough behind each other that none is a copy.
        fake::Pass(3000);
        fake::Receive(frame.data(), frame.size());
    }

    EXPECT_EQ(Read(8), 8);
    EXPECT_EQ(Read(8), 2);
    EXPECT_EQ(Read(8), 0);
    EXPECT_EQ(HookFace::Counter(0), 10);
    EXPECT_EQ(HookFace::Counter(1), 10);
    EXPECT_EQ(HookFace::Counter(4), 600);
    EXPECT_EQ(HookFace::Counter(11), 10);
}

TEST_F(HookFaceTest, ArraysThatAreTooShortAreRefused)
{
    ASSERT_EQ(HookFace::Open(16), 0);
    EXPECT_TRUE(Is(Problem::Arrays, Read(9)));
    EXPECT_TRUE(Is(Problem::Arrays, Read(-1)));
    EXPECT_TRUE(Is(Problem::Arrays, Read(Most)));
    _words.pop_back();
    EXPECT_TRUE(Is(Problem::Arrays, Read(8)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::ReadBatch({nullptr, 0}, Of(_words), Of(_lengths), Of(_stamps), 1)));
    EXPECT_EQ(Read(0), 0);
}

TEST_F(HookFaceTest, APortThatIsNotOpenHasNoFrames)
{
    EXPECT_EQ(Read(8), 0);
    EXPECT_TRUE(Is(Problem::Closed, HookFace::ResetReceiver()));
}

TEST_F(HookFaceTest, AMaskIsTakenFromWithinATable)
{
    Octets table(100, 0xff);
    const Octets section = frames::Section({80, 80, 90, 89});
    table.insert(table.end(), section.begin(), section.end());
    EXPECT_EQ(HookFace::SetInterest(Of(table), 100, 1, 0, 0), 0);
    EXPECT_TRUE(Is(Problem::Ranges, HookFace::SetInterest(Of(table), 100, 2, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, 3, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, -1, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, Most, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), -1, 0, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 143, 0, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), Most, 0, 0, 0)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest({nullptr, 0}, 0, 0, 0, 0)));
    const Octets openings = frames::Openings();
    const auto openingsAt = static_cast<std::int32_t>(table.size());
    table.insert(table.end(), openings.begin(), openings.end());
    EXPECT_EQ(HookFace::SetInterest(Of(table), 100, 1, openingsAt, 18), 0);
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, 1, openingsAt, 19)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, 1, openingsAt, -1)));
    EXPECT_TRUE(Is(Problem::Arrays, HookFace::SetInterest(Of(table), 100, 1, -1, 0)));
    EXPECT_TRUE(Is(Problem::Openings, HookFace::SetInterest(Of(table), 100, 1, openingsAt - 1, 18)));
}

TEST_F(HookFaceTest, AnUnknownCounterIsMinusOne)
{
    EXPECT_EQ(HookFace::Counter(-1), -1);
    EXPECT_EQ(HookFace::Counter(26), -1);
    EXPECT_EQ(HookFace::Counter(25), 100) << "megabits";
    for (int which = 0; which < 25; which++)
    {
        EXPECT_EQ(HookFace::Counter(which), 0) << which;
    }
}

TEST_F(HookFaceTest, SignatureArgumentsThatMakeNoSenseAreFalse)
{
    Octets octets(200);
    Octets key(64);
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 201, Of(key), Of(octets), 0));
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), -1, Of(key), Of(octets), 0));
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 136, Of(key), Of(octets), 137));
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 136, Of(key), Of(octets), -1));
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 136, Of(key), Of(octets), Most));
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 136, Of(key), Of(octets), 136));
    EXPECT_FALSE(HookFace::IsPublicKey(Of(key), 0));
    EXPECT_FALSE(HookFace::IsPublicKey(Of(key), 1));
    EXPECT_FALSE(HookFace::IsPublicKey(Of(key), -1));
    EXPECT_FALSE(HookFace::IsPublicKey(Of(key), Most));
    key.pop_back();
    EXPECT_FALSE(HookFace::CheckSignature(Of(octets), 136, Of(key), Of(octets), 136));
    Octets hash(31);
    EXPECT_FALSE(HookFace::Hash(Of(octets), 0, 200, Of(hash)));
    hash.push_back(0);
    EXPECT_FALSE(HookFace::Hash(Of(octets), 1, 200, Of(hash)));
    EXPECT_TRUE(HookFace::Hash(Of(octets), 0, 200, Of(hash)));
}

} // namespace
