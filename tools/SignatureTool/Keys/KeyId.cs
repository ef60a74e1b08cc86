using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Keys;

/// <summary>The id by which a table names a key: the first 8 octets of SHA-256 over the public key's X and Y, 32 octets each,
/// big-endian.</summary>
public sealed class KeyId : IEquatable<KeyId>
{
    private readonly byte[] _octets;

    /// <summary>Takes an id.</summary>
    /// <param name="octets">Its <see cref="TableFormat.KeyIdLength"/> octets.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public KeyId(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != TableFormat.KeyIdLength)
        {
            throw new ArgumentException($"A key id has {TableFormat.KeyIdLength} octets, not {octets.Length}.", nameof(octets));
        }

        _octets = octets.ToArray();
    }

    /// <summary>Its octets.</summary>
    public IReadOnlyList<byte> Octets => _octets;

    /// <summary>The id of a public key.</summary>
    /// <param name="point">X and Y, 64 octets.</param>
    public static KeyId Of(ReadOnlySpan<byte> point)
    {
        return new KeyId(SHA256.HashData(point).AsSpan(0, TableFormat.KeyIdLength));
    }

    /// <inheritdoc />
    public bool Equals(KeyId? other)
    {
        return other is not null && _octets.SequenceEqual(other._octets);
    }

    /// <inheritdoc />
    public override bool Equals(object? obj)
    {
        return Equals(obj as KeyId);
    }

    /// <inheritdoc />
    public override int GetHashCode()
    {
        return BitConverter.ToInt32(_octets);
    }

    /// <summary>16 hexadecimal digits, in lower case.</summary>
    public override string ToString()
    {
        return Convert.ToHexStringLower(_octets);
    }
}
