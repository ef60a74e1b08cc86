using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>The keys that the image trusts: who signed a table, and whether they may.</summary>
public sealed class KeyRing
{
    private readonly TrustedKey[] _keys;
    private readonly IKeyCheck _check;

    /// <summary>Makes a ring.</summary>
    /// <param name="keys">The image's keys.</param>
    /// <param name="check">Checks signatures.</param>
    public KeyRing(TrustedKey[] keys, IKeyCheck check)
    {
        _keys = keys;
        _check = check;
    }

    /// <summary>Judges the signature of a table of which nothing but the header needs to have been looked at.</summary>
    /// <param name="table">An opened table.</param>
    /// <param name="record">Remembers which keys were retired.</param>
    /// <returns>A constant of <see cref="TableVerdict"/>; <see cref="TableVerdict.Accepted"/> when a trusted key signed it.</returns>
    public int Judge(SignatureTable table, SlotRecord record)
    {
        if (table.SignatureAt == 0)
        {
            return TableVerdict.NotSigned;
        }

        byte[] octets = table.Bytes;
        for (int i = 0; i < _keys.Length; i++)
        {
            if (IsKey(octets, table.KeyIdAt, _keys[i].Id))
            {
                return record.IsKeyRetired(octets, table.KeyIdAt) ? TableVerdict.RetiredKey
                    : _check.Check(octets, table.SignatureAt, _keys[i].Point, octets, table.SignatureAt) ? TableVerdict.Accepted
                    : TableVerdict.BadSignature;
            }
        }

        return TableVerdict.UnknownKey;
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
