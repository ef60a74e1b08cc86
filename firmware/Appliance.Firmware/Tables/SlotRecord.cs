using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// What the box writes before a table in a slot file: how new it is, and what it has to remember of its keys. It is written with
/// the table in one
/// file, so that both hold or neither does. README.md, "The slots", says every octet.
/// </summary>
public sealed class SlotRecord
{
    /// <summary>Octets of a record.</summary>
    public const int Length = 64;

    /// <summary>"TAPR".</summary>
    private const int Magic = 0x54415052;
    private const int Version = 1;

    private const int VersionAt = 4;
    private const int InstallAt = 8;
    private const int TableLengthAt = 12;
    private const int TableChecksumAt = 16;
    private const int KeysAt = 20;
    private const int KeyOctets = 16;
    private const int KeySequence = 8;
    private const int KeyBits = 12;
    private const int SignatureEndAt = 52;
    private const int SignatureEndLength = 8;
    private const int ChecksumAt = 60;

    private const int HasSequence = 1;
    private const int IsRetired = 2;

    /// <summary>Counts the tables that the box took; the highest is the newest.</summary>
    public uint Install;

    private readonly byte[] _octets = new byte[Length];
    private readonly Crc32 _crc = new Crc32();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_octets, 0, Length);
        Install = 0;
    }

    /// <summary>Takes what another record remembers of the keys.</summary>
    /// <param name="other">The other record.</param>
    public void Remember(SlotRecord other)
    {
        Array.Copy(other._octets, KeysAt, _octets, KeysAt, KeyOctets * TrustedKey.Most);
    }

    /// <summary>Reads the record of a slot file.</summary>
    /// <param name="file">The file, a table behind the record.</param>
    /// <param name="length">Octets of it.</param>
    /// <returns>False when it is no record, is damaged, or is not the record of this table.</returns>
    public bool Read(byte[] file, int length)
    {
        if (length < Length + TableFormat.DirectoryAt + SignatureEndLength)
        {
            return false;
        }

        Array.Copy(file, 0, _octets, 0, Length);
        if (Number(0) != Magic || _octets[VersionAt] != Version || Number(ChecksumAt) != _crc.Of(_octets, ChecksumAt)
            || Number(TableLengthAt) != length - Length)
        {
            return false;
        }

        // The record of one table before another, as a torn write over an older file might leave them.
        for (int i = 0; i < 4; i++)
        {
            if (_octets[TableChecksumAt + i] != file[Length + TableFormat.ChecksumAt + i])
            {
                return false;
            }
        }

        for (int i = 0; i < SignatureEndLength; i++)
        {
            if (_octets[SignatureEndAt + i] != file[length - SignatureEndLength + i])
            {
                return false;
            }
        }

        Install = (uint)Number(InstallAt);
        return true;
    }

    /// <summary>Writes the record before a table.</summary>
    /// <param name="file">Gets it; the table stands behind it already.</param>
    /// <param name="length">Octets of both.</param>
    public void Write(byte[] file, int length)
    {
        Put(0, Magic);
        Put(VersionAt, 0);
        _octets[VersionAt] = Version;
        Put(InstallAt, (int)Install);
        Put(TableLengthAt, length - Length);
        Array.Copy(file, Length + TableFormat.ChecksumAt, _octets, TableChecksumAt, 4);
        Array.Copy(file, length - SignatureEndLength, _octets, SignatureEndAt, SignatureEndLength);
        Put(ChecksumAt, _crc.Of(_octets, ChecksumAt));
        Array.Copy(_octets, 0, file, 0, Length);
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
    public void Raise(byte[] id, int at, uint sequence)
    {
        int key = FindOrAdd(id, at);
        if (SequenceOf(id, at) < sequence)
        {
            Put(key + KeySequence, (int)sequence);
            _octets[key + KeyBits] |= HasSequence;
        }
    }

    /// <summary>Remembers that a key is retired.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="at">Where it begins.</param>
    public void Retire(byte[] id, int at)
    {
        _octets[FindOrAdd(id, at) + KeyBits] |= IsRetired;
    }

    /// <summary>Forgets keys that the image no longer trusts, so that there is room for those that it does.</summary>
    /// <param name="keys">The image's keys.</param>
    public void KeepOnly(TrustedKey[] keys)
    {
        for (int key = KeysAt; key < KeysAt + (KeyOctets * TrustedKey.Most); key += KeyOctets)
        {
            bool isKnown = false;
            for (int i = 0; i < keys.Length; i++)
            {
                isKnown |= IsId(key, keys[i].Id, 0);
            }

            if (!isKnown)
            {
                Array.Clear(_octets, key, KeyOctets);
            }
        }
    }

    private int Find(byte[] id, int at)
    {
        for (int key = KeysAt; key < KeysAt + (KeyOctets * TrustedKey.Most); key += KeyOctets)
        {
            if (_octets[key + KeyBits] != 0 && IsId(key, id, at))
            {
                return key;
            }
        }

        return -1;
    }

    private int FindOrAdd(byte[] id, int at)
    {
        int key = Find(id, at);
        if (key < 0)
        {
            // There is a place for each trusted key, and no others are remembered.
            key = _octets[KeysAt + KeyBits] == 0 ? KeysAt : KeysAt + KeyOctets;
            Array.Clear(_octets, key, KeyOctets);
            Array.Copy(id, at, _octets, key, TrustedKey.IdLength);
        }

        return key;
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
