#include "TableCheck.h"

// Calls that mbedTLS 2.28 (Debian) and 3.6 (ESP-IDF 5.5) have alike.
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>
#include <mbedtls/md.h>

#include <cstring>

namespace mirror
{

namespace
{

// Frees what mbedTLS allocates, whichever way out is taken.
struct Numbers
{
    Numbers()
    {
        mbedtls_ecp_group_init(&group);
        mbedtls_ecp_point_init(&key);
        mbedtls_mpi_init(&r);
        mbedtls_mpi_init(&s);
    }

    ~Numbers()
    {
        mbedtls_mpi_free(&s);
        mbedtls_mpi_free(&r);
        mbedtls_ecp_point_free(&key);
        mbedtls_ecp_group_free(&group);
    }

    Numbers(const Numbers &) = delete;
    Numbers &operator=(const Numbers &) = delete;

    mbedtls_ecp_group group{};
    mbedtls_ecp_point key{};
    mbedtls_mpi r{};
    mbedtls_mpi s{};
};

// mbedTLS itself refuses a point off the curve, and the point at infinity.
bool ReadKey(Numbers &numbers, const std::uint8_t *publicKey)
{
    // SEC 1 2.3.4: an uncompressed point is 4, X, Y.
    std::uint8_t point[1 + KeyOctets] = {4};
    std::memcpy(point + 1, publicKey, KeyOctets);
    return mbedtls_ecp_group_load(&numbers.group, MBEDTLS_ECP_DP_SECP256R1) == 0
           && mbedtls_ecp_point_read_binary(&numbers.group, &numbers.key, point, sizeof point) == 0
           && mbedtls_ecp_check_pubkey(&numbers.group, &numbers.key) == 0;
}

} // namespace

bool Sha256(const std::uint8_t *octets, std::size_t length, std::uint8_t *hash)
{
    const mbedtls_md_info_t *sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    return sha256 != nullptr && mbedtls_md(sha256, octets, length, hash) == 0;
}

bool IsPublicKey(const std::uint8_t *publicKey)
{
    Numbers numbers;
    return ReadKey(numbers, publicKey);
}

bool CheckSignature(const std::uint8_t *octets, std::size_t length, const std::uint8_t *publicKey, const std::uint8_t *signature)
{
    std::uint8_t hash[HashOctets];
    if (!Sha256(octets, length, hash))
    {
        return false;
    }

    // mbedTLS refuses r and s outside of 1 to n-1 too.
    Numbers numbers;
    return ReadKey(numbers, publicKey)
           && mbedtls_mpi_read_binary(&numbers.r, signature, SignatureOctets / 2) == 0
           && mbedtls_mpi_read_binary(&numbers.s, signature + SignatureOctets / 2, SignatureOctets / 2) == 0
           && mbedtls_ecdsa_verify(&numbers.group, hash, sizeof hash, &numbers.key, &numbers.r, &numbers.s) == 0;
}

} // namespace mirror
