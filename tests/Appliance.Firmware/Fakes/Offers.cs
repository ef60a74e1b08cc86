using System;
using System.Buffers.Binary;
using System.Text;
using Appliance.Firmware.Tables;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Files that offer a box its keys, octet by octet as the page of the firmware says.</summary>
internal static class Offers
{
    public const string Path = "inbox\\new.keys";

    public static byte[] Of(string name, params TrustedKey[] keys)
    {
        byte[] file = new byte[150];
        Encoding.ASCII.GetBytes("TAPK").CopyTo(file, 0);
        file[4] = 1;
        file[5] = (byte)keys.Length;
        Encoding.ASCII.GetBytes(name).CopyTo(file, 8);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i].Point.CopyTo(file, 18 + (64 * i));
        }

        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(146), Crc32.Of(file, 146));
        return file;
    }

    /// <summary>The same file with an octet changed and its checksum made right again.</summary>
    public static byte[] With(byte[] file, int at, byte value)
    {
        byte[] changed = [.. file];
        changed[at] = value;
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(146), Crc32.Of(changed, 146));
        return changed;
    }
}
