namespace Appliance.Firmware.Tables;

/// <summary>
/// The file by which a box without keys is offered its keys, and its name: <c>TAPK</c> (4 octets), version 1 (1), how many keys
/// (1), two zeros, the name (10, zeros behind it), X and Y of each key (2 times 64, a free place is zeros), and a CRC-32 over all
/// of that (4). Big-endian. Nothing of it is secret, and nothing of it is believed before a table that one of the keys signed has
/// been taken.
/// </summary>
public sealed class KeyOffer
{
    /// <summary>Octets of a file.</summary>
    public const int Length = ChecksumAt + 4;

    /// <summary>Octets of the longest name: what HOSTNAME has without one, so that no line gets longer by it.</summary>
    public const int MostName = 10;

    /// <summary>Offset of the version.</summary>
    public const int VersionAt = 4;

    /// <summary>The only version.</summary>
    public const int Version = 1;

    /// <summary>Offset of the number of keys.</summary>
    public const int CountAt = 5;

    /// <summary>Offset of the name.</summary>
    public const int NameAt = 8;

    /// <summary>Offset of the first key.</summary>
    public const int PointsAt = NameAt + MostName;

    /// <summary>Offset of the checksum.</summary>
    public const int ChecksumAt = PointsAt + (TrustedKey.Most * TrustedKey.PointLength);

    /// <summary>"TAPK", as a file begins.</summary>
    public const int Magic = 0x5441504b;

    /// <summary>The keys that are offered.</summary>
    public TrustedKey[] Keys = new TrustedKey[0];

    /// <summary>The name that the box shall have; empty for the one that it makes itself.</summary>
    public byte[] Name = new byte[0];

    /// <summary>The file is whole, and a key of it is no point of the curve or stands there twice.</summary>
    public bool HasBadKey;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its octets.</param>
    /// <param name="check">Makes the ids of the keys.</param>
    /// <returns>False when it is no such file, or a damaged one, or a key of it is none or stands there twice.</returns>
    public bool Read(byte[] file, IKeyCheck check)
    {
        if (file.Length != Length || Number(file, 0) != Magic || file[VersionAt] != Version || file[CountAt] < 1
            || file[CountAt] > TrustedKey.Most || file[CountAt + 1] != 0 || file[CountAt + 2] != 0
            || Number(file, ChecksumAt) != Crc32.Of(file, ChecksumAt))
        {
            return false;
        }

        int length = NameLength(file);
        HasBadKey = length >= 0 && !ArePlacesRight(file, check);
        if (length < 0 || HasBadKey)
        {
            return false;
        }

        Name = new byte[length];
        System.Array.Copy(file, NameAt, Name, 0, length);
        Keys = new TrustedKey[file[CountAt]];
        for (int i = 0; i < Keys.Length; i++)
        {
            Keys[i] = new TrustedKey(file, PointsAt + (i * TrustedKey.PointLength), check);
        }

        return true;
    }

    /// <summary>An octet may stand in a box's name: it is part of every line as HOSTNAME, and of a label.</summary>
    /// <param name="octet">The octet.</param>
    public static bool IsOfName(int octet)
    {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') || octet == '-';
    }

    // What is no point of the curve signs nothing, and a key that stands there twice is no spare: with either the box has fewer
    // keys than it says.
    private bool ArePlacesRight(byte[] file, IKeyCheck check)
    {
        for (int i = 0; i < TrustedKey.Most; i++)
        {
            int at = PointsAt + (i * TrustedKey.PointLength);
            bool isFree = i >= file[CountAt];
            if (isFree ? !IsZeros(file, at) : !check.IsKey(file, at))
            {
                return false;
            }

            for (int before = 0; before < i && !isFree; before++)
            {
                if (IsSamePlace(file, before, i))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsZeros(byte[] file, int at)
    {
        for (int k = at; k < at + TrustedKey.PointLength; k++)
        {
            if (file[k] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSamePlace(byte[] file, int first, int second)
    {
        for (int k = 0; k < TrustedKey.PointLength; k++)
        {
            if (file[PointsAt + (first * TrustedKey.PointLength) + k] != file[PointsAt + (second * TrustedKey.PointLength) + k])
            {
                return false;
            }
        }

        return true;
    }

    // -1 when it has an octet that a name can't have, or a hyphen at an end.
    private int NameLength(byte[] file)
    {
        int length = 0;
        while (length < MostName && file[NameAt + length] != 0)
        {
            if (!IsOfName(file[NameAt + length]))
            {
                return -1;
            }

            length++;
        }

        for (int i = length; i < MostName; i++)
        {
            if (file[NameAt + i] != 0)
            {
                return -1;
            }
        }

        return length > 0 && (file[NameAt] == '-' || file[NameAt + length - 1] == '-') ? -1 : length;
    }

    private int Number(byte[] file, int at)
    {
        return (file[at] << 24) | (file[at + 1] << 16) | (file[at + 2] << 8) | file[at + 3];
    }
}
