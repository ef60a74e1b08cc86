using System;
using System.Security.Cryptography;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Checks signatures by .NET's cryptography, and counts the checks.</summary>
internal sealed class DotNetKeyCheck : IKeyCheck
{
    public int Checks { get; private set; }

    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        Checks++;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[..32], Y = publicKey[32..] },
        });
        return key.VerifyData(octets.AsSpan(0, length), signature.AsSpan(at, 64), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public bool IsKey(byte[] octets, int at)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = octets[at..(at + 32)], Y = octets[(at + 32)..(at + 64)] },
            });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public void Hash(byte[] octets, int at, int length, byte[] hash) => SHA256.HashData(octets.AsSpan(at, length), hash);
}
