#include <core/TableCheck.h>

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace
{

using Octets = std::vector<std::uint8_t>;

Octets Hex(const std::string &text)
{
    Octets result;
    for (std::size_t i = 0; i < text.size(); i += 2)
    {
        result.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
    }

    return result;
}

Octets Text(const char *text) { return {text, text + std::strlen(text)}; }

bool Check(const Octets &octets, const Octets &key, const Octets &signature)
{
    return mirror::CheckSignature(octets.data(), octets.size(), key.data(), signature.data());
}

// RFC 6979 A.2.5: curve P-256, SHA-256.
const Octets Key = Hex("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                       "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
const Octets OfSample = Hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                            "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
const Octets OfTest = Hex("F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
                          "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");

// The order of P-256, FIPS 186-5 / SP 800-186 3.2.1.3.
const Octets Order = Hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

TEST(TableCheck, AcceptsTheSignaturesOfTheStandard)
{
    EXPECT_TRUE(Check(Text("sample"), Key, OfSample));
    EXPECT_TRUE(Check(Text("test"), Key, OfTest));
}

TEST(TableCheck, RefusesTheSignatureOfOtherOctets)
{
    EXPECT_FALSE(Check(Text("sample"), Key, OfTest));
    EXPECT_FALSE(Check(Text("sampl"), Key, OfSample));
    EXPECT_FALSE(Check({}, Key, OfSample));
}

TEST(TableCheck, RefusesEverySingleBitFlipped)
{
    const Octets octets = Text("sample");
    for (std::size_t bit = 0; bit < 8 * OfSample.size(); bit++)
    {
        Octets signature = OfSample;
        signature[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(Check(octets, Key, signature)) << bit;
        // Such a key is no point of the curve, or another one.
        Octets key = Key;
        key[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(Check(octets, key, OfSample)) << bit;
    }

    for (std::size_t bit = 0; bit < 8 * octets.size(); bit++)
    {
        Octets other = octets;
        other[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(Check(other, Key, OfSample)) << bit;
    }
}

TEST(TableCheck, RefusesNumbersOutsideOfTheirRange)
{
    Octets zeroR = OfSample;
    std::fill(zeroR.begin(), zeroR.begin() + 32, 0);
    EXPECT_FALSE(Check(Text("sample"), Key, zeroR));
    Octets zeroS = OfSample;
    std::fill(zeroS.begin() + 32, zeroS.end(), 0);
    EXPECT_FALSE(Check(Text("sample"), Key, zeroS));
    Octets orderS = OfSample;
    std::copy(Order.begin(), Order.end(), orderS.begin() + 32);
    EXPECT_FALSE(Check(Text("sample"), Key, orderS));
    EXPECT_FALSE(Check(Text("sample"), Key, Octets(64, 0xff)));
    EXPECT_FALSE(Check(Text("sample"), Key, Octets(64, 0)));
}

TEST(TableCheck, RefusesAKeyThatIsNoPoint)
{
    EXPECT_FALSE(Check(Text("sample"), Octets(64, 0), OfSample));
    EXPECT_FALSE(Check(Text("sample"), Octets(64, 0xff), OfSample));
}

TEST(TableCheck, KnowsAKeyByTheCurve)
{
    EXPECT_TRUE(mirror::IsPublicKey(Key.data()));
    EXPECT_FALSE(mirror::IsPublicKey(Octets(64, 0).data()));
    EXPECT_FALSE(mirror::IsPublicKey(Octets(64, 0xff).data()));
    // For an X at most two of the 2^256 values are its Y, and these two differ in more than a bit.
    for (std::size_t bit = 8 * 32; bit < 8 * Key.size(); bit++)
    {
        Octets key = Key;
        key[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(mirror::IsPublicKey(key.data())) << bit;
    }
}

// FIPS 180-4, the example "abc".
TEST(TableCheck, HashesAsTheStandard)
{
    const Octets abc = Text("abc");
    Octets hash(mirror::HashOctets);
    ASSERT_TRUE(mirror::Sha256(abc.data(), abc.size(), hash.data()));
    EXPECT_EQ(hash, Hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

} // namespace
