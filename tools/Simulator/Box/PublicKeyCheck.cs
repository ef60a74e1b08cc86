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
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[..CoordinateLength], Y = publicKey[CoordinateLength..] },
        });
        return key.VerifyData(octets.AsSpan(0, length), signature.AsSpan(at, 2 * CoordinateLength), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
