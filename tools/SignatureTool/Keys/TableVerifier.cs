using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Keys;

/// <summary>What a device would think of a table file by itself.</summary>
/// <param name="Table">The loaded table; null when its format is wrong.</param>
/// <param name="Key">The key that signed it; null when it is refused.</param>
/// <param name="Reason">Why it is refused; null when it is accepted.</param>
public sealed record TableVerdict(SignatureTable? Table, PublicKey? Key, string? Reason)
{
    /// <summary>The table is whole and one of the keys signed it.</summary>
    public bool IsAccepted => Reason is null;
}

/// <summary>
/// Judges table files as a device does: format, then key, then signature. What depends on a device's past (its site, the sequence
/// numbers that it saw, keys that were retired) only the device knows.
/// </summary>
public static class TableVerifier
{
    /// <summary>Judges a file.</summary>
    /// <param name="file">Its octets.</param>
    /// <param name="keys">The keys that are trusted.</param>
    public static TableVerdict Verify(byte[] file, IReadOnlyList<PublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(keys);
        int problem = TableFile.Load(file, out SignatureTable table);
        if (problem != TableProblem.None)
        {
            return new TableVerdict(null, null, TableDamage.Describe(file, problem));
        }

        if (table.KeyIdAt == 0)
        {
            return new TableVerdict(table, null, "not signed: sign it with sigtab sign");
        }

        var id = new KeyId(file.AsSpan(table.KeyIdAt, TableFormat.KeyIdLength));
        PublicKey? key = keys.FirstOrDefault(k => k.Id.Equals(id));
        if (key is null)
        {
            return new TableVerdict(table, null, $"unknown key: it is signed by {id}, and trusted {(keys.Count == 1 ? "is" : "are")} "
                + string.Join(" and ", keys.Select(k => k.Id)));
        }

        if (!key.Check(file.AsSpan(0, table.SignatureAt), file.AsSpan(table.SignatureAt, TableFormat.SignaturePlace)))
        {
            return new TableVerdict(table, null, $"bad signature: these octets are not what key {id} signed");
        }

        return new TableVerdict(table, key, null);
    }
}
