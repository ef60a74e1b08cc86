using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Checks signatures by .NET's cryptography, and counts the checks.</summary>
internal sealed class DotNetKeyCheck : IKeyCheck
{
    // A start checks the slots' tables, and the tests start boxes a hundred thousand times over a few tables.
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    public int Checks { get; private set; }

    public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at)
    {
        Checks++;
        ReadOnlySpan<byte> said = octets.AsSpan(0, length);
        ReadOnlySpan<byte> proof = signature.AsSpan(at, 64);
        string question = Convert.ToHexString([.. SHA256.HashData(said), .. publicKey, .. proof]);
        if (!Known.TryGetValue(question, out bool holds))
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = publicKey[..32], Y = publicKey[32..] },
            });
            holds = key.VerifyData(said, proof, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            Known[question] = holds;
        }

        return holds;
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
