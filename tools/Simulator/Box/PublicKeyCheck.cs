using System;
using System.Security.Cryptography;
using Appliance.Firmware;

namespace Appliance.Simulator.Box;

/// <summary>The native signature check of the device, by .NET's cryptography.</summary>
internal sealed class PublicKeyCheck : IKeyCheck
{
    private const int CoordinateLength = 32;

    /// <inheritdoc/>
    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        using ECDsa? key = KeyOf(publicKey, 0);
        return key is not null && key.VerifyData(octets.AsSpan(0, length), signature.AsSpan(at, 2 * CoordinateLength), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    public bool IsKey(byte[] octets, int at)
    {
        using ECDsa? key = KeyOf(octets, at);
        return key is not null;
    }

    /// <inheritdoc/>
    public void Hash(byte[] octets, int at, int length, byte[] hash) => SHA256.HashData(octets.AsSpan(at, length), hash);

    // As the device's mbedTLS, refuses what is no point of the curve.
    private static ECDsa? KeyOf(byte[] octets, int at)
    {
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = octets.AsSpan(at, CoordinateLength).ToArray(),
                    Y = octets.AsSpan(at + CoordinateLength, CoordinateLength).ToArray(),
                },
            });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
