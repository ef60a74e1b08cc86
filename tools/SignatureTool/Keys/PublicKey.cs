using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Keys;

/// <summary>A public key on the curve P-256, as a device trusts it.</summary>
public sealed class PublicKey
{
    /// <summary>Octets of X and of Y.</summary>
    public const int CoordinateLength = 32;

    private readonly byte[] _point;

    private PublicKey(byte[] point)
    {
        _point = point;
        Id = KeyId.Of(point);
    }

    /// <summary>X and Y, 32 octets each, big-endian: what a device's image holds.</summary>
    public IReadOnlyList<byte> Point => _point;

    /// <summary>The key's id.</summary>
    public KeyId Id { get; }

    /// <summary>The public part of a key.</summary>
    /// <param name="key">A key on P-256.</param>
    public static PublicKey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECPoint q = key.ExportParameters(false).Q;
        return new PublicKey([.. q.X!, .. q.Y!]);
    }

    /// <summary>A key as a table or a device holds it; whether the point lies on the curve shows at its first
    /// signature.</summary>
    /// <param name="point">X and Y, 64 octets.</param>
    /// <exception cref="ArgumentException">There are more or fewer octets.</exception>
    public static PublicKey Of(ReadOnlySpan<byte> point)
    {
        return point.Length == 2 * CoordinateLength ? new PublicKey(point.ToArray())
            : throw new ArgumentException($"A key has {2 * CoordinateLength} octets, not {point.Length}.", nameof(point));
    }

    /// <summary>A signature is this key's, over these octets.</summary>
    /// <param name="octets">The octets that were signed.</param>
    /// <param name="signature">r and s, 32 octets each, big-endian (IEEE P1363).</param>
    public bool Check(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != TableFormat.SignaturePlace)
        {
            return false;
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = _point[..CoordinateLength], Y = _point[CoordinateLength..] },
        });
        return key.VerifyData(octets, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
