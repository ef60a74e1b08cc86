namespace Appliance.Firmware;

/// <summary>A public key that tables may be signed with. The image has at most two, so that one can follow the other.</summary>
public sealed class TrustedKey
{
    /// <summary>Octets of a key's id.</summary>
    public const int IdLength = 8;

    /// <summary>Octets of a key's point.</summary>
    public const int PointLength = 64;

    /// <summary>Keys that an image can have at most.</summary>
    public const int Most = 2;

    /// <summary>The first 8 octets of the SHA-256 of <see cref="Point"/>; given, since the device has no SHA-256.</summary>
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
}
