using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The two slot files and the copy of the newest record: which table the box starts with, how another takes its place, and what
/// is remembered of keys and site. The slot in use is never written, so that power may fail at any moment. README.md, "The
/// slots".
/// </summary>
public sealed class SlotFiles
{
    /// <summary>Neither slot is in use: the built-in table is.</summary>
    public const int BuiltIn = -1;

    /// <summary>A copy of the newest record, so that a rotten slot takes no number or retirement back.</summary>
    private const string CopyName = "keys.tap";

    /// <summary>Octets that are read at once when a written table is compared: there is no room for it twice.</summary>
    private const int Piece = 512;

    private static readonly string[] Names = { "slot0.tap", "slot1.tap" };

    /// <summary>The slot that is in use, or <see cref="BuiltIn"/>.</summary>
    public int InUse = BuiltIn;

    /// <summary>Slot files that are there and can't be used.</summary>
    public int Damaged;

    /// <summary>The copy could not be written.</summary>
    public bool IsCopyBad;

    /// <summary>The keys and the name that the box takes with the next table; null when it has its keys.</summary>
    public KeyOffer? Offer;

    /// <summary>All that the box remembers of its keys, of whatever file, and the site of its newest table.</summary>
    public readonly SlotRecord Memory = new SlotRecord();

    private readonly IStorage _storage;
    private readonly TapSettings _settings;
    private readonly KeyRing _keys;

    // A record at work.
    private readonly SlotRecord _scratch = new SlotRecord();

    // By slot, and of the copy: the table that the record was written for.
    private readonly byte[] _tables = new byte[SlotRecord.NameLength * 3];
    private readonly uint[] _installs = new uint[2];
    private readonly bool[] _isValid = new bool[2];

    /// <summary>Makes the slots of a storage.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="settings">The largest table.</param>
    /// <param name="keys">Judges signatures.</param>
    public SlotFiles(IStorage storage, TapSettings settings, KeyRing keys)
    {
        _storage = storage;
        _settings = settings;
        _keys = keys;
    }

    /// <summary>
    /// Finds the table of the newest valid slot. What a record remembers of the keys counts even when the table behind it does
    /// not.
    /// </summary>
    /// <returns>null when neither slot has one.</returns>
    public SignatureTable? Start()
    {
        SignatureTable? newest = null;
        Damaged = 0;
        InUse = BuiltIn;
        Memory.Clear();
        Array.Clear(_tables, 0, _tables.Length);
        FindKeys();
        for (int slot = 0; slot < Names.Length; slot++)
        {
            _isValid[slot] = false;
            _installs[slot] = 0;
            if (!_storage.Exists(Names[slot]))
            {
                continue;
            }

            SignatureTable? table = TryRead(slot);
            Note(slot);
            _installs[slot] = _scratch.Install;
            if (table == null)
            {
                Damaged++;
                continue;
            }

            _isValid[slot] = true;
            if (InUse == BuiltIn || _scratch.Install > _installs[InUse])
            {
                InUse = slot;
                newest = table;
            }
        }

        ReadCopy();
        if (Memory.Install != 0 && !_scratch.IsSame(Memory))
        {
            // Power was cut before it could be written, or it is rotten: it must be right before a slot rots.
            WriteCopy();
        }

        return newest;
    }

    /// <summary>A record was written for a table.</summary>
    /// <param name="table">A loaded table.</param>
    public bool Knows(SignatureTable table)
    {
        return SlotsOf(table) >= 0;
    }

    /// <summary>A slot that checked out holds a table.</summary>
    /// <param name="table">A loaded table.</param>
    public bool Holds(SignatureTable table)
    {
        int slots = SlotsOf(table);
        return slots > 0 && (((slots & 1) != 0 && _isValid[0]) || ((slots & 2) != 0 && _isValid[1]));
    }

    /// <summary>Writes a table into the slot that is not in use, reads it back, and uses it.</summary>
    /// <param name="table">A table that may take the place of the one in use.</param>
    /// <returns>False when the storage did not take it or did not give it back; the table in use stays.</returns>
    public bool Install(SignatureTable table)
    {
        TrustedKey[]? after = _keys.After(table, Memory);
        if (after == null)
        {
            return false;
        }

        Describe(table, after);
        byte[] octets = table.Bytes;
        int slot = InUse == 0 ? 1 : InUse == 1 ? 0 : _installs[0] <= _installs[1] ? 0 : 1;
        if (!_storage.Write(Names[slot], _scratch.Octets(), octets))
        {
            DropUnlessWhole(slot);
            return false;
        }

        _isValid[slot] = false;
        if (!IsWritten(slot, octets) || _keys.Judge(table, _scratch) != TableVerdict.Accepted)
        {
            _storage.Delete(Names[slot]);
            return false;
        }

        Note(slot);
        _installs[slot] = Memory.Install;
        _isValid[slot] = true;
        InUse = slot;
        Offer = null;
        _keys.Keys = after;
        WriteCopy();
        return true;
    }

    // Which keys are trusted the newest record says, of whatever file; then the tables can be judged.
    private void FindKeys()
    {
        var newest = new SlotRecord();
        for (int file = 0; file <= Names.Length; file++)
        {
            if (TryReadRecord(file < Names.Length ? Names[file] : CopyName))
            {
                newest.Merge(_scratch, _keys.Keys);
            }
        }

        _keys.UseStored(newest);
    }

    private bool TryReadRecord(string name)
    {
        try
        {
            var head = new byte[SlotRecord.Length];
            return _storage.Exists(name) && _storage.Read(name, 0, head) == head.Length && _scratch.Read(head, head.Length);
        }
        catch (Exception)
        {
            return false;
        }
    }

    // The record of a table that is about to be used.
    private void Describe(SignatureTable table, TrustedKey[] after)
    {
        TrustedKey[] keys = _keys.Keys;
        _scratch.Clear();
        _scratch.Merge(Memory, keys);
        _scratch.Install = Memory.Install + 1;
        _scratch.Describe(table);
        if (Offer != null || table.TrustedCount != 0)
        {
            _scratch.Trust(after);
        }

        if (Offer != null)
        {
            _scratch.NameBox(Offer.Name);
        }

        _scratch.Raise(table.Bytes, table.KeyIdAt, table.Sequence, keys);
        for (int i = 0; i < table.RetiredCount; i++)
        {
            // A key that the box does not trust is remembered too: it may be brought later.
            _scratch.Retire(table.Bytes, table.RetiredAt + (i * TrustedKey.IdLength), keys);
        }
    }

    // What reads back is what was to be written; the record, as read, is in _scratch.
    private bool IsWritten(int slot, byte[] octets)
    {
        var head = new byte[SlotRecord.Length];
        if (_storage.LengthOf(Names[slot]) != SlotRecord.Length + octets.Length
            || _storage.Read(Names[slot], 0, head) != head.Length || !_scratch.Read(head, head.Length))
        {
            return false;
        }

        var piece = new byte[Piece];
        for (int at = 0; at < octets.Length; at += Piece)
        {
            int length = octets.Length - at < Piece ? octets.Length - at : Piece;
            if (_storage.Read(Names[slot], SlotRecord.Length + at, piece) != length)
            {
                return false;
            }

            for (int i = 0; i < length; i++)
            {
                if (piece[i] != octets[at + i])
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Which records were written for a table, a bit each; -1 for none.
    private int SlotsOf(SignatureTable table)
    {
        int found = 0;
        var name = new byte[SlotRecord.NameLength];
        _scratch.Describe(table);
        _scratch.CopyName(name, 0);
        for (int i = 0; i < 3; i++)
        {
            bool isSame = true;
            for (int k = 0; k < SlotRecord.NameLength && isSame; k++)
            {
                isSame = _tables[(i * SlotRecord.NameLength) + k] == name[k];
            }

            found |= isSame ? 1 << i : 0;
        }

        return found == 0 ? -1 : found;
    }

    // A write that failed may have left the file before, or a part of the new one, which only takes room that the next one needs.
    private void DropUnlessWhole(int slot)
    {
        var head = new byte[SlotRecord.Length];
        _isValid[slot] = _isValid[slot] && _storage.Read(Names[slot], 0, head) == head.Length && _scratch.Read(head, head.Length)
            && _scratch.Install == _installs[slot]
            && _storage.LengthOf(Names[slot]) == SlotRecord.Length + _scratch.TableLength();
        if (!_isValid[slot])
        {
            _storage.Delete(Names[slot]);
        }
    }

    // Remembers what the record in _scratch says, and which table it was written for.
    private void Note(int file)
    {
        Memory.Merge(_scratch, _keys.Keys);
        _scratch.CopyName(_tables, file * SlotRecord.NameLength);
    }

    private void ReadCopy()
    {
        var head = new byte[SlotRecord.Length];
        _scratch.Clear();
        if (_storage.Exists(CopyName) && _storage.Read(CopyName, 0, head) == head.Length)
        {
            _scratch.Read(head, head.Length);
        }

        Note(Names.Length);
    }

    private void WriteCopy()
    {
        IsCopyBad = !_storage.Write(CopyName, Memory.Octets(), new byte[0]);
        Memory.CopyName(_tables, Names.Length * SlotRecord.NameLength);
    }

    // A slot that takes more memory than there is must not keep the box from starting.
    private SignatureTable? TryRead(int slot)
    {
        try
        {
            return Read(slot);
        }
        catch (Exception)
        {
            return null;
        }
    }

    // A slot's table when everything about it is right, else null; with its record, if that is right, in _scratch.
    private SignatureTable? Read(int slot)
    {
        _scratch.Clear();
        var head = new byte[SlotRecord.Length];
        long length = _storage.LengthOf(Names[slot]) - SlotRecord.Length;
        if (_storage.Read(Names[slot], 0, head) != head.Length || !_scratch.Read(head, head.Length)
            || length != _scratch.TableLength() || length > _settings.LargestTable)
        {
            return null;
        }

        var octets = new byte[(int)length];
        if (_storage.Read(Names[slot], SlotRecord.Length, octets) != octets.Length || !_scratch.IsOf(octets))
        {
            return null;
        }

        var table = new SignatureTable();
        return table.Open(octets, octets.Length) == TableProblem.None && _keys.Judge(table, _scratch) == TableVerdict.Accepted
            && table.LoadContents() == TableProblem.None ? table : null;
    }
}
