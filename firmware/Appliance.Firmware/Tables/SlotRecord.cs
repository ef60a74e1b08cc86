using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// What the box writes before a table in a slot file: how new it is, the keys that the box trusts, and what it has to remember of
/// others. It is written with the table in one file, so that both hold or neither does. README.md, "The slots", says every octet.
/// </summary>
public sealed class SlotRecord
{
    /// <summary>Octets of a record.</summary>
    public const int Length = ChecksumAt + 4;

    /// <summary>Octets that tell a table from any other: its length, its checksum and the end of its signature.</summary>
    public const int NameLength = 16;

    /// <summary>Keys that are remembered: those that the box trusts, and some that it trusted before or may trust
    /// later.</summary>
    public const int Keys = 6;

    /// <summary>"TAPR".</summary>
    private const int Magic = 0x54415052;
    private const int Version = 4;

    private const int VersionAt = 4;
    private const int InstallAt = 8;
    private const int NameAt = 12;
    private const int NameChecksum = 4;
    private const int ChecksumLength = 4;
    private const int NameEnd = 8;
    private const int EndLength = 8;
    private const int KeysAt = 28;
    private const int KeyOctets = 16;
    private const int KeysEnd = KeysAt + (Keys * KeyOctets);
    private const int KeySequence = 8;
    private const int KeyBits = 12;
    private const int SiteAt = KeysEnd;
    private const int PointsAt = SiteAt + 4;
    private const int BoxAt = PointsAt + (TrustedKey.Most * TrustedKey.PointLength);
    private const int ChecksumAt = BoxAt + KeyOffer.MostName;

    private const int HasSequence = 1;
    private const int IsRetired = 2;

    /// <summary>Counts the tables that the box took; the highest is the newest.</summary>
    public uint Install;

    private readonly byte[] _octets = new byte[Length];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_octets, 0, Length);
        Install = 0;
    }

    /// <summary>
    /// Takes what another record remembers: of each key the highest number, and every retirement. The install counter, the table,
    /// its site, the keys that the box trusts and its name are those of the newer record.
    /// </summary>
    /// <param name="other">The other record.</param>
    /// <param name="trusted">The keys that the box trusts.</param>
    public void Merge(SlotRecord other, TrustedKey[] trusted)
    {
        if (other.Install >= Install)
        {
            Install = other.Install;
            Array.Copy(other._octets, NameAt, _octets, NameAt, NameLength);
            Array.Copy(other._octets, SiteAt, _octets, SiteAt, ChecksumAt - SiteAt);
        }

        for (int key = KeysAt; key < KeysEnd; key += KeyOctets)
        {
            int bits = other._octets[key + KeyBits];
            if ((bits & HasSequence) != 0)
            {
                Raise(other._octets, key, (uint)other.Number(key + KeySequence), trusted);
            }

            if ((bits & IsRetired) != 0)
            {
                Retire(other._octets, key, trusted);
            }
        }
    }

    /// <summary>Both remember the same of the same table.</summary>
    /// <param name="other">The other record.</param>
    public bool IsSame(SlotRecord other)
    {
        for (int i = NameAt; i < ChecksumAt; i++)
        {
            if (_octets[i] != other._octets[i])
            {
                return false;
            }
        }

        return Install == other.Install;
    }

    /// <summary>Reads a record.</summary>
    /// <param name="file">The beginning of a file.</param>
    /// <param name="length">Octets that were read of it.</param>
    /// <returns>False when it is no record, or a damaged one; it is empty then.</returns>
    public bool Read(byte[] file, int length)
    {
        Clear();
        if (length < Length)
        {
            return false;
        }

        Array.Copy(file, 0, _octets, 0, Length);
        if (Number(0) != Magic || _octets[VersionAt] != Version || Number(ChecksumAt) != Crc32.Of(_octets, ChecksumAt))
        {
            Clear();
            return false;
        }

        Install = (uint)Number(InstallAt);
        return true;
    }

    /// <summary>It was written for this table, and not for one that a torn write left behind it.</summary>
    /// <param name="table">Its octets.</param>
    public bool IsOf(byte[] table)
    {
        int length = table.Length;
        if (TableLength() != length || length < TableFormat.DirectoryAt + EndLength)
        {
            return false;
        }

        for (int i = 0; i < EndLength; i++)
        {
            if ((i < ChecksumLength && _octets[NameAt + NameChecksum + i] != table[TableFormat.ChecksumAt + i])
                || _octets[NameAt + NameEnd + i] != table[length - EndLength + i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A table is for the site of the table that the record was written for, or of that table's record no site is
    /// known.</summary>
    /// <param name="table">A loaded table.</param>
    public bool IsForSite(SignatureTable table)
    {
        int site = Number(SiteAt);
        return site == 0 || site == SiteOf(table);
    }

    /// <summary>Octets of the table that it was written for.</summary>
    public int TableLength()
    {
        return Number(NameAt);
    }

    /// <summary>Keys that the record holds: those that the box was given, by a file or by a table.</summary>
    /// <param name="check">Makes their ids.</param>
    public TrustedKey[] Trusted(IKeyCheck check)
    {
        int count = 0;
        while (count < TrustedKey.Most && HasPoint(count))
        {
            count++;
        }

        var keys = new TrustedKey[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = new TrustedKey(_octets, PointsAt + (i * TrustedKey.PointLength), check);
        }

        return keys;
    }

    /// <summary>Holds from now on these keys.</summary>
    /// <param name="keys">At most <see cref="TrustedKey.Most"/>.</param>
    public void Trust(TrustedKey[] keys)
    {
        Array.Clear(_octets, PointsAt, TrustedKey.Most * TrustedKey.PointLength);
        for (int i = 0; i < keys.Length; i++)
        {
            Array.Copy(keys[i].Point, 0, _octets, PointsAt + (i * TrustedKey.PointLength), TrustedKey.PointLength);
        }
    }

    /// <summary>The box's name; empty when it was given none.</summary>
    public byte[] BoxName()
    {
        int length = 0;
        while (length < KeyOffer.MostName && _octets[BoxAt + length] != 0)
        {
            length++;
        }

        var name = new byte[length];
        Array.Copy(_octets, BoxAt, name, 0, length);
        return name;
    }

    /// <summary>Gives the box a name.</summary>
    /// <param name="name">ASCII, at most <see cref="KeyOffer.MostName"/> octets.</param>
    public void NameBox(byte[] name)
    {
        Array.Clear(_octets, BoxAt, KeyOffer.MostName);
        Array.Copy(name, 0, _octets, BoxAt, name.Length);
    }

    /// <summary>Copies what tells the record's table from any other.</summary>
    /// <param name="into">Gets <see cref="NameLength"/> octets.</param>
    /// <param name="at">Where.</param>
    public void CopyName(byte[] into, int at)
    {
        Array.Copy(_octets, NameAt, into, at, NameLength);
    }

    /// <summary>Becomes the record of a table.</summary>
    /// <param name="table">A loaded table.</param>
    public void Describe(SignatureTable table)
    {
        byte[] bytes = table.Bytes;
        Put(NameAt, table.Length);
        Array.Copy(bytes, TableFormat.ChecksumAt, _octets, NameAt + NameChecksum, ChecksumLength);
        Array.Copy(bytes, table.Length - EndLength, _octets, NameAt + NameEnd, EndLength);
        Put(SiteAt, SiteOf(table));
    }

    /// <summary>A number for a site's name; 0 for none.</summary>
    /// <param name="table">A loaded table of the site.</param>
    public static int SiteOf(SignatureTable table)
    {
        int at = table.SiteNameAt;
        if (at == 0)
        {
            return 0;
        }

        var name = new byte[table.Bytes[at]];
        Array.Copy(table.Bytes, at + 1, name, 0, name.Length);
        int number = Crc32.Of(name, name.Length);
        return number == 0 ? 1 : number;
    }

    /// <summary>The octets of the record, as they stand in a file.</summary>
    public byte[] Octets()
    {
        Put(0, Magic);
        Put(VersionAt, 0);
        _octets[VersionAt] = Version;
        Put(InstallAt, (int)Install);
        Put(ChecksumAt, Crc32.Of(_octets, ChecksumAt));
        return _octets;
    }

    /// <summary>The highest sequence number that was accepted of a key.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">Where it begins.</param>
    /// <returns>-1 when none was.</returns>
    public long SequenceOf(byte[] id, int at)
    {
        int key = Find(id, at);
        return key < 0 || (_octets[key + KeyBits] & HasSequence) == 0 ? -1 : (uint)Number(key + KeySequence);
    }

    /// <summary>A table retired a key.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">Where it begins.</param>
    public bool IsKeyRetired(byte[] id, int at)
    {
        int key = Find(id, at);
        return key >= 0 && (_octets[key + KeyBits] & IsRetired) != 0;
    }

    /// <summary>Remembers a key's sequence number, unless a higher one is remembered.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="trusted">The keys that the box trusts, which are never forgotten.</param>
    public void Raise(byte[] id, int at, uint sequence, TrustedKey[] trusted)
    {
        int key = FindOrAdd(id, at, trusted);
        if ((_octets[key + KeyBits] & HasSequence) == 0 || (uint)Number(key + KeySequence) < sequence)
        {
            Put(key + KeySequence, (int)sequence);
            _octets[key + KeyBits] |= HasSequence;
        }
    }

    /// <summary>Remembers that a key is retired.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="trusted">The keys that the box trusts, which are never forgotten.</param>
    public void Retire(byte[] id, int at, TrustedKey[] trusted)
    {
        _octets[FindOrAdd(id, at, trusted) + KeyBits] |= IsRetired;
    }

    // A point of zeros is no point of the curve.
    private bool HasPoint(int key)
    {
        int any = 0;
        for (int i = PointsAt + (key * TrustedKey.PointLength); i < PointsAt + ((key + 1) * TrustedKey.PointLength); i++)
        {
            any |= _octets[i];
        }

        return any != 0;
    }

    private int Find(byte[] id, int at)
    {
        for (int key = KeysAt; key < KeysEnd; key += KeyOctets)
        {
            if (_octets[key + KeyBits] != 0 && IsId(key, id, at))
            {
                return key;
            }
        }

        return -1;
    }

    private int FindOrAdd(byte[] id, int at, TrustedKey[] trusted)
    {
        int key = Find(id, at);
        if (key < 0)
        {
            key = Spare(trusted);
            Array.Clear(_octets, key, KeyOctets);
            Array.Copy(id, at, _octets, key, TrustedKey.IdLength);
        }

        return key;
    }

    // A free place; else that of a key that the box does not trust, one that is not retired before one that is.
    private int Spare(TrustedKey[] trusted)
    {
        int spare = KeysAt;
        int worth = 4;
        for (int key = KeysAt; key < KeysEnd; key += KeyOctets)
        {
            int bits = _octets[key + KeyBits];
            int cost = bits == 0 ? 0 : IsTrusted(key, trusted) ? 3 : (bits & IsRetired) == 0 ? 1 : 2;
            if (cost < worth)
            {
                worth = cost;
                spare = key;
            }
        }

        return spare;
    }

    private bool IsTrusted(int key, TrustedKey[] trusted)
    {
        for (int i = 0; i < trusted.Length; i++)
        {
            if (IsId(key, trusted[i].Id, 0))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsId(int key, byte[] id, int at)
    {
        for (int i = 0; i < TrustedKey.IdLength; i++)
        {
            if (_octets[key + i] != id[at + i])
            {
                return false;
            }
        }

        return true;
    }

    private int Number(int at)
    {
        return (_octets[at] << 24) | (_octets[at + 1] << 16) | (_octets[at + 2] << 8) | _octets[at + 3];
    }

    private void Put(int at, int value)
    {
        _octets[at] = (byte)(value >> 24);
        _octets[at + 1] = (byte)(value >> 16);
        _octets[at + 2] = (byte)(value >> 8);
        _octets[at + 3] = (byte)value;
    }
}
