using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware;

/// <summary>A public key that tables may be signed with. A box has at most two, so that one can follow the other.</summary>
public sealed class TrustedKey
{
    /// <summary>Octets of a key's id.</summary>
    public const int IdLength = 8;

    /// <summary>Octets of a key's point.</summary>
    public const int PointLength = 64;

    /// <summary>Octets of a hash, of which an id is the beginning.</summary>
    private const int HashLength = 32;

    /// <summary>Keys that a box can have at most.</summary>
    public const int Most = TableFormat.MostTrusted;

    /// <summary>The first 8 octets of the SHA-256 of <see cref="Point"/>.</summary>
    public readonly byte[] Id;

    /// <summary>X and Y, 32 octets each in network byte order.</summary>
    public readonly byte[] Point;

    /// <summary>Makes a key.</summary>
    /// <param name="id">Its id, 8 octets.</param>
    /// <param name="point">Its point, 64 octets.</param>
    public TrustedKey(byte[] id, byte[] point)
    {
        Id = id;
        Point = point;
    }

    /// <summary>Makes a key of a point that stands somewhere.</summary>
    /// <param name="octets">Where it stands.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="check">Makes the hash of which the id is the beginning.</param>
    public TrustedKey(byte[] octets, int at, IKeyCheck check)
    {
        var hash = new byte[HashLength];
        check.Hash(octets, at, PointLength, hash);
        Id = new byte[IdLength];
        Array.Copy(hash, 0, Id, 0, IdLength);
        Point = new byte[PointLength];
        Array.Copy(octets, at, Point, 0, PointLength);
    }
}
