using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Firmware;
using Appliance.Firmware.Tables;

namespace Appliance.SignatureTool.Keys;

/// <summary>The file by which a new box is offered its keys and its name, as <see cref="KeyOffer"/> reads it.</summary>
public static class KeyOfferFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="name">The box's name: letters, digits and hyphens, at most <see cref="KeyOffer.MostName"/>.</param>
    /// <param name="keys">One or two keys.</param>
    public static byte[] Of(string name, IReadOnlyList<PublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, TrustedKey.Most);
        byte[] file = new byte[KeyOffer.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, KeyOffer.Magic);
        file[KeyOffer.VersionAt] = KeyOffer.Version;
        file[KeyOffer.CountAt] = (byte)keys.Count;
        Encoding.ASCII.GetBytes(name).CopyTo(file, KeyOffer.NameAt);
        for (int i = 0; i < keys.Count; i++)
        {
            keys[i].Point.ToArray().CopyTo(file, KeyOffer.PointsAt + (i * TrustedKey.PointLength));
        }

        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(KeyOffer.ChecksumAt), Crc32.Of(file, KeyOffer.ChecksumAt));
        return file;
    }

    /// <summary>Why a box can't have a name; null when it can.</summary>
    /// <param name="name">The name.</param>
    public static string? Obstacle(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is 0 or > KeyOffer.MostName || !name.All(c => KeyOffer.IsOfName(c)) || name[0] == '-' || name[^1] == '-'
            ? $"'{name}' is no name for a box; it has at most {KeyOffer.MostName} letters, digits and hyphens, no hyphen at an end, "
                + $"since it stands in every line"
            : null;
    }
}
