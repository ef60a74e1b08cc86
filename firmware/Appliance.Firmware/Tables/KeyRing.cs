using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>The keys that the box trusts: who signed a table, and whether they may.</summary>
public sealed class KeyRing
{
    /// <summary>The keys; none on a box that was not provisioned.</summary>
    public TrustedKey[] Keys;

    private readonly IKeyCheck _check;

    /// <summary>Makes a ring.</summary>
    /// <param name="keys">Its keys.</param>
    /// <param name="check">Checks signatures.</param>
    public KeyRing(TrustedKey[] keys, IKeyCheck check)
    {
        Keys = keys;
        _check = check;
    }

    /// <summary>Trusts from now on the keys that a record holds, where it holds any.</summary>
    /// <param name="record">The newest record.</param>
    public void UseStored(SlotRecord record)
    {
        TrustedKey[] stored = record.Trusted(_check);
        if (stored.Length != 0)
        {
            Keys = stored;
        }
    }

    /// <summary>Judges the signature of a table of which nothing but the header needs to have been looked at.</summary>
    /// <param name="table">An opened table.</param>
    /// <param name="record">Remembers which keys were retired.</param>
    /// <returns>A constant of <see cref="TableVerdict"/>; <see cref="TableVerdict.Accepted"/> when a trusted key signed
    /// it.</returns>
    public int Judge(SignatureTable table, SlotRecord record)
    {
        if (table.SignatureAt == 0)
        {
            return TableVerdict.NotSigned;
        }

        if (Keys.Length == 0)
        {
            return TableVerdict.NoKeys;
        }

        byte[] octets = table.Bytes;
        int key = Find(octets, table.KeyIdAt);
        return key < 0 ? TableVerdict.UnknownKey
            : record.IsKeyRetired(octets, table.KeyIdAt) ? TableVerdict.RetiredKey
            : _check.Check(octets, table.SignatureAt, Keys[key].Point, octets, table.SignatureAt) ? TableVerdict.Accepted
            : TableVerdict.BadSignature;
    }

    /// <summary>The number of a key.</summary>
    /// <param name="id">Where its id stands.</param>
    /// <param name="at">Where it begins.</param>
    /// <returns>-1 when it is not trusted.</returns>
    public int Find(byte[] id, int at)
    {
        for (int i = 0; i < Keys.Length; i++)
        {
            if (IsKey(id, at, Keys[i].Id))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The keys that the box trusts once a table is in use: those that it brings, and of the others those that are not
    /// retired.</summary>
    /// <param name="table">A loaded table that a trusted key signed.</param>
    /// <param name="record">Remembers which keys were retired.</param>
    /// <returns>null when there are more than it has places for, or when the table brings one that was retired or is
    /// none.</returns>
    public TrustedKey[]? After(SignatureTable table, SlotRecord record)
    {
        if (table.TrustedCount == 0)
        {
            return Keys;
        }

        var places = new TrustedKey[Keys.Length + table.TrustedCount];
        int count = 0;
        for (int i = 0; i < Keys.Length; i++)
        {
            if (!record.IsKeyRetired(Keys[i].Id, 0) && !IsRetiredBy(table, Keys[i].Id))
            {
                places[count++] = Keys[i];
            }
        }

        for (int i = 0; i < table.TrustedCount; i++)
        {
            int at = table.TrustedAt + (i * TrustedKey.PointLength);
            var key = new TrustedKey(table.Bytes, at, _check);
            if (!_check.IsKey(table.Bytes, at) || record.IsKeyRetired(key.Id, 0) || IsRetiredBy(table, key.Id))
            {
                return null;
            }

            bool isThere = false;
            for (int k = 0; k < count && !isThere; k++)
            {
                isThere = IsKey(key.Id, 0, places[k].Id);
            }

            if (!isThere)
            {
                places[count++] = key;
            }
        }

        if (count > TrustedKey.Most)
        {
            return null;
        }

        var keys = new TrustedKey[count];
        System.Array.Copy(places, 0, keys, 0, count);
        return keys;
    }

    private bool IsRetiredBy(SignatureTable table, byte[] id)
    {
        for (int i = 0; i < table.RetiredCount; i++)
        {
            if (IsKey(table.Bytes, table.RetiredAt + (i * TrustedKey.IdLength), id))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKey(byte[] octets, int at, byte[] id)
    {
        for (int i = 0; i < TrustedKey.IdLength; i++)
        {
            if (octets[at + i] != id[i])
            {
                return false;
            }
        }

        return true;
    }
}
