using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The tables of the box: two slots on its storage, the newest valid one in use, and the inbox from which a new one is taken.
/// Nothing that goes wrong
/// here (a bad table, a failing storage, power that fails at any moment) leaves the box without a table or takes a sequence
/// number back: the
/// slot in use is never written.
/// </summary>
public sealed class TableStore
{
    /// <summary>Where a technician's tool puts new tables.</summary>
    public const string Inbox = "inbox";

    /// <summary>How the name of a new table ends.</summary>
    public const string Ending = ".sigtab";

    /// <summary>Neither slot is in use: the built-in table is.</summary>
    public const int BuiltIn = -1;

    /// <summary>A table of which more than one frame in so many matches is refused.</summary>
    public const int MatchShare = 4;

    private static readonly string[] SlotNames = { "slot0.tap", "slot1.tap" };

    /// <summary>The table in use.</summary>
    public SignatureTable Running = new SignatureTable();

    /// <summary>The slot that it came from, or <see cref="BuiltIn"/>.</summary>
    public int Slot = BuiltIn;

    /// <summary>Slot files that are there and can't be used.</summary>
    public int DamagedSlots;

    /// <summary>The storage failed when it was last needed.</summary>
    public bool IsStorageBad;

    /// <summary>The table that the last verdict is about; null when it could not be read.</summary>
    public SignatureTable? Tried;

    /// <summary>What is wrong with a damaged table, a constant of <see cref="TableProblem"/>.</summary>
    public int Problem;

    /// <summary>Slots that the table of the last verdict matched, and how many there were.</summary>
    public int Matched;

    /// <summary>Slots over which it was tried.</summary>
    public int MatchedOf;

    private readonly IStorage _storage;
    private readonly IKeyCheck _check;
    private readonly TapSettings _settings;
    private readonly SlotRecord _record = new SlotRecord();
    private readonly SlotRecord _scratch = new SlotRecord();

    /// <summary>Makes a store.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="check">Checks signatures.</param>
    /// <param name="settings">Keys, built-in table and largest table.</param>
    public TableStore(IStorage storage, IKeyCheck check, TapSettings settings)
    {
        _storage = storage;
        _check = check;
        _settings = settings;
    }

    /// <summary>Finds the table to start with: that of the newest valid slot, else the built-in one.</summary>
    /// <returns>0, or what is wrong with the built-in table (<see cref="TableProblem"/>): an image that can't work.</returns>
    public int Start()
    {
        DamagedSlots = 0;
        Slot = BuiltIn;
        _record.Clear();
        for (int slot = 0; slot < SlotNames.Length; slot++)
        {
            if (!_storage.Exists(SlotNames[slot]))
            {
                continue;
            }

            SignatureTable? table = ReadSlot(slot);
            if (table == null)
            {
                DamagedSlots++;
            }
            else if (Slot == BuiltIn || _scratch.Install > _record.Install)
            {
                Slot = slot;
                Running = table;
                _record.Remember(_scratch);
                _record.Install = _scratch.Install;
            }
        }

        _record.KeepOnly(_settings.Keys);
        if (Slot != BuiltIn)
        {
            return TableProblem.None;
        }

        Running = new SignatureTable();
        return Running.Load(_settings.BuiltIn, _settings.BuiltInLength);
    }

    /// <summary>The path of a new table; null when there is none.</summary>
    public string? FindNew()
    {
        string[] files = _storage.List(Inbox);
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].EndsWith(Ending))
            {
                return files[i];
            }
        }

        return null;
    }

    /// <summary>Decides about a new table, and puts an accepted one into the other slot. It is deleted from the inbox in any
    /// case.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="history">The frames that it is tried over.</param>
    /// <returns>A constant of <see cref="TableVerdict"/>; when it is <see cref="TableVerdict.Accepted"/>, <see cref="Running"/>
    /// is the new table.</returns>
    public int Take(string path, SlotHistory history)
    {
        Tried = null;
        Problem = TableProblem.None;
        Matched = 0;
        MatchedOf = 0;
        int verdict;
        try
        {
            verdict = Decide(path, history);
        }
        catch (OutOfMemoryException)
        {
            // The heap has no room for a second table of that size: the one in use stays, and the file goes, or the next start
            // would fail again.
            Tried = null;
            verdict = TableVerdict.TooLarge;
        }

        IsStorageBad = verdict == TableVerdict.StorageFailed;
        // Not before the verdict: power that fails now only makes the box decide once more, and find the table in use already.
        if (!_storage.Delete(path))
        {
            IsStorageBad = true;
        }

        return verdict;
    }

    private int Decide(string path, SlotHistory history)
    {
        long length = _storage.LengthOf(path);
        if (length < 0)
        {
            return TableVerdict.StorageFailed;
        }

        if (length > _settings.LargestTable)
        {
            return TableVerdict.TooLarge;
        }

        var octets = new byte[(int)length];
        if (_storage.Read(path, octets) != octets.Length)
        {
            return TableVerdict.StorageFailed;
        }

        int verdict = Judge(octets, history);
        return verdict == TableVerdict.Accepted ? Install(octets) : verdict;
    }

    // Everything that can be said of a table before it is written.
    private int Judge(byte[] octets, SlotHistory history)
    {
        var table = new SignatureTable();
        Problem = table.Load(octets, octets.Length);
        if (Problem != TableProblem.None)
        {
            return TableVerdict.Damaged;
        }

        Tried = table;
        int verdict = Authenticate(table, _record);
        if (verdict != TableVerdict.Accepted)
        {
            return verdict;
        }

        if (IsRunning(table))
        {
            return TableVerdict.Same;
        }

        long before = _record.SequenceOf(octets, table.KeyIdAt);
        if (table.Sequence <= before)
        {
            return table.Sequence == before ? TableVerdict.SameSequence : TableVerdict.Older;
        }

        if ((table.Flags & TableFlags.Rehome) == 0 && !IsForThisSite(table))
        {
            return TableVerdict.OtherSite;
        }

        Matched = history.MatchesOf(table, Running);
        MatchedOf = history.Count;
        return (table.Flags & TableFlags.ForceDryRun) == 0 && MatchedOf >= SlotHistory.Enough && Matched * MatchShare > MatchedOf
            ? TableVerdict.MatchesTooMuch : TableVerdict.Accepted;
    }

    // Who signed it, and whether they may.
    private int Authenticate(SignatureTable table, SlotRecord record)
    {
        if ((table.Flags & TableFlags.Signed) == 0 || table.SignatureAt == 0)
        {
            return TableVerdict.NotSigned;
        }

        byte[] octets = table.Bytes;
        TrustedKey[] keys = _settings.Keys;
        for (int i = 0; i < keys.Length; i++)
        {
            if (IsSame(octets, table.KeyIdAt, keys[i].Id, 0, TrustedKey.IdLength))
            {
                return record.IsKeyRetired(octets, table.KeyIdAt) ? TableVerdict.RetiredKey
                    : _check.Check(octets, table.SignatureAt, keys[i].Point, octets, table.SignatureAt) ? TableVerdict.Accepted
                    : TableVerdict.BadSignature;
            }
        }

        return TableVerdict.UnknownKey;
    }

    private bool IsRunning(SignatureTable table)
    {
        return Slot != BuiltIn && table.Length == Running.Length && IsSame(table.Bytes, 0, Running.Bytes, 0, table.Length);
    }

    // The built-in table is for no site; it makes way for any site's first table.
    private bool IsForThisSite(SignatureTable table)
    {
        if (Slot == BuiltIn)
        {
            return true;
        }

        int here = Running.SiteNameAt;
        int there = table.SiteNameAt;
        if (here == 0 || there == 0)
        {
            return here == there;
        }

        int length = Running.Bytes[here];
        return table.Bytes[there] == length && IsSame(Running.Bytes, here, table.Bytes, there, length + 1);
    }

    // Writes the table into the slot that is not in use, reads it back, and uses what was read.
    private int Install(byte[] octets)
    {
        SignatureTable table = Tried!;
        int length = SlotRecord.Length + octets.Length;
        var file = new byte[length];
        Array.Copy(octets, 0, file, SlotRecord.Length, octets.Length);
        _scratch.Clear();
        _scratch.Remember(_record);
        _scratch.Install = _record.Install + 1;
        _scratch.Raise(octets, table.KeyIdAt, table.Sequence);
        for (int i = 0; i < table.RetiredCount; i++)
        {
            int at = table.RetiredAt + (i * TrustedKey.IdLength);
            if (IsTrusted(octets, at))
            {
                _scratch.Retire(octets, at);
            }
        }

        _scratch.Write(file, length);
        int slot = Slot == 0 ? 1 : 0;
        if (!_storage.Write(SlotNames[slot], file, length))
        {
            // A half written file is no table; but it may hold room that the next one needs.
            _storage.Delete(SlotNames[slot]);
            return TableVerdict.StorageFailed;
        }

        Array.Clear(file, 0, length);
        if (_storage.LengthOf(SlotNames[slot]) != length || _storage.Read(SlotNames[slot], file) != length
            || !_scratch.Read(file, length) || !IsSame(file, SlotRecord.Length, octets, 0, octets.Length)
            || Authenticate(table, _scratch) != TableVerdict.Accepted)
        {
            _storage.Delete(SlotNames[slot]);
            return TableVerdict.StorageFailed;
        }

        _record.Remember(_scratch);
        _record.Install = _scratch.Install;
        Slot = slot;
        Running = table;
        return TableVerdict.Accepted;
    }

    // A slot's table when everything about it is right, with its record in _scratch; else null.
    private SignatureTable? ReadSlot(int slot)
    {
        long length = _storage.LengthOf(SlotNames[slot]);
        if (length < SlotRecord.Length || length > SlotRecord.Length + _settings.LargestTable)
        {
            return null;
        }

        var file = new byte[(int)length];
        _scratch.Clear();
        if (_storage.Read(SlotNames[slot], file) != file.Length || !_scratch.Read(file, file.Length))
        {
            return null;
        }

        var octets = new byte[file.Length - SlotRecord.Length];
        Array.Copy(file, SlotRecord.Length, octets, 0, octets.Length);
        var table = new SignatureTable();
        return table.Load(octets, octets.Length) == TableProblem.None && Authenticate(table,
            _scratch) == TableVerdict.Accepted ? table : null;
    }

    private bool IsTrusted(byte[] id, int at)
    {
        TrustedKey[] keys = _settings.Keys;
        for (int i = 0; i < keys.Length; i++)
        {
            if (IsSame(id, at, keys[i].Id, 0, TrustedKey.IdLength))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSame(byte[] first, int at, byte[] second, int secondAt, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (first[at + i] != second[secondAt + i])
            {
                return false;
            }
        }

        return true;
    }
}
