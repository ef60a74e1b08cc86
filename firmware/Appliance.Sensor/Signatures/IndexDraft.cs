using System;

namespace Appliance.Sensor.Signatures;

/// <summary>What is noted while an index is made: keys and entries in the order of the signatures. Garbage afterwards.</summary>
internal sealed class IndexDraft
{
    // Most signatures have one key.
    private const int Spare = 16;

    /// <summary>Kinds and numbers, as in <see cref="SignatureIndex.Keys"/>.</summary>
    public int[] Keys;

    /// <summary>Their entries, as in <see cref="SignatureIndex.Entries"/>.</summary>
    public short[] Entries;

    /// <summary>How many of both there are.</summary>
    public int Count;

    /// <summary>Signatures without a key.</summary>
    public short[] Always;

    /// <summary>Their protocols.</summary>
    public byte[] AlwaysOf;

    /// <summary>How many of both there are.</summary>
    public int AlwaysCount;

    /// <summary>The question about flags that was asked last.</summary>
    public int LastFlags = -1;

    /// <summary>Makes a draft.</summary>
    /// <param name="signatures">How many signatures there are.</param>
    public IndexDraft(int signatures)
    {
        Keys = new int[signatures + Spare];
        Entries = new short[signatures + Spare];
        Always = new short[signatures];
        AlwaysOf = new byte[signatures];
    }

    /// <summary>Makes room for as many keys again.</summary>
    public void Grow()
    {
        var keys = new int[Count * 2];
        Array.Copy(Keys, 0, keys, 0, Count);
        Keys = keys;
        var entries = new short[Count * 2];
        Array.Copy(Entries, 0, entries, 0, Count);
        Entries = entries;
    }
}
