using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Keys;

/// <summary>Puts a signature onto a table: ECDSA P-256 over SHA-256 of all octets before the signature's place.</summary>
public static class TableSigner
{
    /// <summary>Signs.</summary>
    /// <param name="table">A table that the sensor accepts; a signature that it has is replaced. It is not changed.</param>
    /// <param name="key">The private key, on P-256.</param>
    /// <param name="sequence">Another sequence number; null to leave that of the table.</param>
    /// <returns>The signed table.</returns>
    public static byte[] Sign(byte[] table, ECDsa key, uint? sequence = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(key);
        byte[] signed = [.. table];
        int end = signed.Length - TableFormat.SignaturePlace;
        signed[TableFormat.FlagsAt] |= TableFlags.Signed;
        if (sequence is { } number)
        {
            BinaryPrimitives.WriteUInt32BigEndian(signed.AsSpan(TableFormat.SequenceAt), number);
        }

        PublicKey.Of(key).Id.Octets.CopyTo(signed, TableFormat.KeyIdAt);
        BinaryPrimitives.WriteUInt32BigEndian(signed.AsSpan(TableFormat.ChecksumAt), new SignatureTable().ChecksumOf(signed, end));
        byte[] signature = key.SignData(
            signed.AsSpan(0, end), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        signature.CopyTo(signed, end);
        return signed;
    }

    private static void CopyTo(this System.Collections.Generic.IReadOnlyList<byte> octets, byte[] target, int at)
    {
        for (int i = 0; i < octets.Count; i++)
        {
            target[at + i] = octets[i];
        }
    }
}
