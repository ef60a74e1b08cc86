#pragma once

#include <cstddef>
#include <cstdint>

namespace mirror
{

/// Octets of a SHA-256 hash, of a public key (X and Y) and of a signature (r and s), all big-endian.
constexpr std::size_t HashOctets = 32;
constexpr std::size_t KeyOctets = 64;
constexpr std::size_t SignatureOctets = 64;

/// SHA-256 (FIPS 180-4).
/// @return whether `hash` was written.
bool Sha256(const std::uint8_t *octets, std::size_t length, std::uint8_t *hash);

/// Whether X and Y are a point of the curve P-256, as a public key has to be (SP 800-56A 5.6.2.3.3).
bool IsPublicKey(const std::uint8_t *publicKey);

/// Whether a signature (ECDSA over P-256 and SHA-256, FIPS 186-5; raw r and s, IEEE P1363) is the key's over these octets. A key
/// that is not a point of the curve has none.
bool CheckSignature(const std::uint8_t *octets, std::size_t length, const std::uint8_t *publicKey, const std::uint8_t *signature);

} // namespace mirror
