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

    /// <summary>Highest sequence number of the first table of a key: enough are left above it for a mistake or two.</summary>
    public const uint HighestFirst = 3000000000;

    /// <summary>
    /// How far a sequence number may lie above the one before. A number at the top, by a slip of the keyboard, would leave its
    /// key none for
    /// any later table. Three years of seconds and a century of numbered days (2026112401) are less.
    /// </summary>
    public const uint FarthestStep = 100000000;

    /// <summary>A copy of the newest record, so that a rotten slot takes no number or retirement back.</summary>
    private const string KeysName = "keys.tap";

    private static readonly string[] SlotNames = { "slot0.tap", "slot1.tap" };

    /// <summary>The table in use.</summary>
    public SignatureTable Running = new SignatureTable();

    /// <summary>The slot that it came from, or <see cref="BuiltIn"/>.</summary>
    public int Slot = BuiltIn;

    /// <summary>Slot files that are there and can't be used.</summary>
    public int DamagedSlots;

    /// <summary>The frames of the trial that is being held; null when none is, since they take 9 KB.</summary>
    public SlotHistory? History;

    /// <summary>The interest mask of that trial; null when none is held.</summary>
    public InterestUnion? TrialInterest;

    /// <summary>The file that was decided about is still in the inbox: the storage failed.</summary>
    public bool IsKept;

    /// <summary>Made of the length and the octets of the file that was looked at: one that still changes is known by
    /// it.</summary>
    public int FileMark;

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

    // All that the box remembers of its keys, of whatever file; and a record at work.
    private readonly SlotRecord _record = new SlotRecord();
    private readonly SlotRecord _scratch = new SlotRecord();

    // By slot, and of the copy: the table that the record was written for.
    private readonly byte[] _names = new byte[SlotRecord.NameLength * 3];
    private readonly uint[] _installs = new uint[2];
    private readonly bool[] _isValid = new bool[2];
    private string _path = Inbox;
    private int _verdict;

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

    /// <summary>
    /// Finds the table to start with: that of the newest valid slot, else the built-in one. What a record remembers of the keys
    /// counts
    /// even when the table behind it does not.
    /// </summary>
    /// <returns>0, or what is wrong with the built-in table (<see cref="TableProblem"/>): an image that can't work.</returns>
    public int Start()
    {
        DamagedSlots = 0;
        Slot = BuiltIn;
        _record.Clear();
        Array.Clear(_names, 0, _names.Length);
        for (int slot = 0; slot < SlotNames.Length; slot++)
        {
            _isValid[slot] = false;
            _installs[slot] = 0;
            if (!_storage.Exists(SlotNames[slot]))
            {
                continue;
            }

            SignatureTable? table = TryReadSlot(slot);
            NoteRecord(slot);
            _installs[slot] = _scratch.Install;
            if (table == null)
            {
                DamagedSlots++;
                continue;
            }

            _isValid[slot] = true;
            if (Slot == BuiltIn || _scratch.Install > _installs[Slot])
            {
                Slot = slot;
                Running = table;
            }
        }

        ReadCopy();
        if (DamagedSlots > 0 && !_scratch.IsSame(_record))
        {
            // The next table may be written over the only record that remembers it.
            WriteCopy();
        }

        if (Slot != BuiltIn)
        {
            return TableProblem.None;
        }

        Running = new SignatureTable();
        return Running.Load(_settings.BuiltIn, _settings.BuiltInLength);
    }

    /// <summary>The path of a new table; null when there is none.</summary>
    /// <param name="last">A file that is taken only when there is no other; null for none.</param>
    public string? FindNew(string? last)
    {
        string[] files = _storage.List(Inbox);
        string? found = null;
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].EndsWith(Ending))
            {
                found = files[i];
                if (last == null || !(found == last))
                {
                    return found;
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Reads a new table and says what can be said without a trial. The file stays: <see cref="Conclude"/> is to follow, at
    /// once or, for a
    /// file that may not be whole yet, after another look.
    /// </summary>
    /// <param name="path">Where it is.</param>
    /// <returns>A constant of <see cref="TableVerdict"/>; with <see cref="TableVerdict.OnTrial"/> <see cref="History"/> is to be
    /// filled.</returns>
    public int Look(string path)
    {
        Tried = null;
        History = null;
        TrialInterest = null;
        Problem = TableProblem.None;
        Matched = 0;
        MatchedOf = 0;
        FileMark = -1;
        _path = path;
        try
        {
            _verdict = Read(path);
            if (_verdict == TableVerdict.OnTrial)
            {
                TrialInterest = new InterestUnion(Running, Tried!);
                History = new SlotHistory();
            }
        }
        catch (OutOfMemoryException)
        {
            // The heap has no room for a second table of that size, or for its trial.
            Tried = null;
            _verdict = TableVerdict.TooLarge;
        }
        catch (Exception)
        {
            // Nobody knows how; but the same file would do it again after each restart.
            Tried = null;
            _verdict = TableVerdict.Failed;
        }

        return _verdict;
    }

    /// <summary>
    /// Decides about the table that was looked at, with what <see cref="History"/> holds, and puts an accepted one into the
    /// other slot.
    /// Then the file is deleted, unless it was the storage that failed.
    /// </summary>
    /// <returns>A constant of <see cref="TableVerdict"/>; when it is <see cref="TableVerdict.Accepted"/>, <see cref="Running"/>
    /// is the new table.</returns>
    public int Conclude()
    {
        SlotHistory? history = History;
        History = null;
        TrialInterest = null;
        IsStorageBad = false;
        if (_verdict == TableVerdict.OnTrial)
        {
            try
            {
                _verdict = history == null ? TableVerdict.Failed : Try(Tried!, history);
                history = null;
                if (_verdict == TableVerdict.Accepted)
                {
                    _verdict = Install(Tried!);
                }
            }
            catch (OutOfMemoryException)
            {
                _verdict = TableVerdict.TooLarge;
            }
            catch (Exception)
            {
                _verdict = TableVerdict.Failed;
            }
        }

        // Not before the verdict: power that fails now only makes the box decide once more, and find the table in use already.
        IsKept = _verdict == TableVerdict.StorageFailed || !_storage.Delete(_path);
        IsStorageBad |= IsKept;
        return _verdict;
    }

    private int Read(string path)
    {
        long length = _storage.LengthOf(path);
        FileMark = (int)length;
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

        int verdict = Judge(octets);
        if (verdict == TableVerdict.Damaged || verdict == TableVerdict.BadSignature)
        {
            int mark = octets.Length;
            for (int i = 0; i < octets.Length; i++)
            {
                mark = (mark * 31) + octets[i];
            }

            FileMark = mark;
        }

        return verdict;
    }

    // Everything that can be said of a table before it is tried.
    private int Judge(byte[] octets)
    {
        var table = new SignatureTable();
        Problem = table.Load(octets, octets.Length);
        if (Problem != TableProblem.None)
        {
            return TableVerdict.Damaged;
        }

        Tried = table;
        if (table.MemoryOctets() > _settings.LargestTableMemory)
        {
            return TableVerdict.TooLarge;
        }

        int verdict = Authenticate(table, _record);
        if (verdict != TableVerdict.Accepted)
        {
            return verdict;
        }

        if (IsRunning(table))
        {
            return TableVerdict.Same;
        }

        if ((table.Flags & TableFlags.Rehome) == 0 && !IsForThisSite(table))
        {
            return TableVerdict.OtherSite;
        }

        verdict = JudgeSequence(table);
        return verdict != TableVerdict.Accepted ? verdict
            : table.Count == 0 && (table.Flags & TableFlags.ForceDryRun) == 0 ? TableVerdict.NoSignatures
            : TableVerdict.OnTrial;
    }

    private int JudgeSequence(SignatureTable table)
    {
        long before = _record.SequenceOf(table.Bytes, table.KeyIdAt);
        if (table.Sequence < before)
        {
            return TableVerdict.Older;
        }

        if (table.Sequence == before)
        {
            // A record that knows the table, and no whole slot that holds it: a write that power cut short, or rot, is mended.
            int known = FindName(table);
            return known < 0 ? TableVerdict.SameSequence
                : (known & 1) != 0 && _isValid[0] || (known & 2) != 0 && _isValid[1] ? TableVerdict.UsedBefore
                : TableVerdict.Accepted;
        }

        return table.Sequence > (before < 0 ? HighestFirst : before + FarthestStep) ? TableVerdict.SequenceTooHigh
            : TableVerdict.Accepted;
    }

    // Which records were written for a table, a bit each; -1 for none.
    private int FindName(SignatureTable table)
    {
        int found = 0;
        var name = new byte[SlotRecord.NameLength];
        _scratch.Describe(table);
        _scratch.CopyName(name, 0);
        for (int i = 0; i * SlotRecord.NameLength < _names.Length; i++)
        {
            if (IsSame(_names, i * SlotRecord.NameLength, name, 0, SlotRecord.NameLength))
            {
                found |= 1 << i;
            }
        }

        return found == 0 ? -1 : found;
    }

    private int Try(SignatureTable table, SlotHistory history)
    {
        Matched = history.MatchesOf(table, Running);
        MatchedOf = history.Count;
        return (table.Flags & TableFlags.ForceDryRun) == 0 && Matched * MatchShare > MatchedOf
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
    private int Install(SignatureTable table)
    {
        byte[] octets = table.Bytes;
        int length = SlotRecord.Length + octets.Length;
        var file = new byte[length];
        Array.Copy(octets, 0, file, SlotRecord.Length, octets.Length);
        TrustedKey[] keys = _settings.Keys;
        _scratch.Clear();
        _scratch.Merge(_record, keys);
        _scratch.Install = _record.Install + 1;
        _scratch.Describe(table);
        _scratch.Raise(octets, table.KeyIdAt, table.Sequence, keys);
        for (int i = 0; i < table.RetiredCount; i++)
        {
            // A key that the image does not know is remembered too: a later image may.
            _scratch.Retire(octets, table.RetiredAt + (i * TrustedKey.IdLength), keys);
        }

        _scratch.Write(file);
        int slot = Slot == 0 ? 1 : Slot == 1 ? 0 : _installs[0] <= _installs[1] ? 0 : 1;
        if (!_storage.Write(SlotNames[slot], file, length))
        {
            DropUnlessWhole(slot);
            return TableVerdict.StorageFailed;
        }

        _isValid[slot] = false;
        Array.Clear(file, 0, length);
        if (_storage.LengthOf(SlotNames[slot]) != length || _storage.Read(SlotNames[slot], file) != length
            || !_scratch.Read(file, length) || !IsSame(file, SlotRecord.Length, octets, 0, octets.Length)
            || Authenticate(table, _scratch) != TableVerdict.Accepted)
        {
            _storage.Delete(SlotNames[slot]);
            return TableVerdict.StorageFailed;
        }

        NoteRecord(slot);
        _installs[slot] = _record.Install;
        _isValid[slot] = true;
        Slot = slot;
        Running = table;
        WriteCopy();
        return TableVerdict.Accepted;
    }

    // A write that failed may have left the file before, or a part of the new one, which only takes room that the next one needs.
    private void DropUnlessWhole(int slot)
    {
        var head = new byte[SlotRecord.Length];
        _isValid[slot] = _isValid[slot] && _storage.Read(SlotNames[slot], head) == head.Length && _scratch.Read(head, head.Length)
            && _scratch.Install == _installs[slot]
            && _storage.LengthOf(SlotNames[slot]) == SlotRecord.Length + _scratch.TableLength();
        if (!_isValid[slot])
        {
            _storage.Delete(SlotNames[slot]);
        }
    }

    // Remembers what the record in _scratch says, and which table it was written for.
    private void NoteRecord(int file)
    {
        _record.Merge(_scratch, _settings.Keys);
        _scratch.CopyName(_names, file * SlotRecord.NameLength);
    }

    private void ReadCopy()
    {
        var head = new byte[SlotRecord.Length];
        _scratch.Clear();
        if (_storage.Exists(KeysName) && _storage.Read(KeysName, head) == head.Length)
        {
            _scratch.Read(head, head.Length);
        }

        NoteRecord(SlotNames.Length);
    }

    private void WriteCopy()
    {
        var head = new byte[SlotRecord.Length];
        _record.Write(head);
        _record.CopyName(_names, SlotNames.Length * SlotRecord.NameLength);
        IsStorageBad |= !_storage.Write(KeysName, head, head.Length);
    }

    // A slot that takes more memory than there is must not keep the box from starting.
    private SignatureTable? TryReadSlot(int slot)
    {
        try
        {
            return ReadSlot(slot);
        }
        catch (Exception)
        {
            return null;
        }
    }

    // A slot's table when everything about it is right, else null; with its record, if that is right, in _scratch.
    private SignatureTable? ReadSlot(int slot)
    {
        _scratch.Clear();
        var head = new byte[SlotRecord.Length];
        long length = _storage.LengthOf(SlotNames[slot]);
        if (_storage.Read(SlotNames[slot], head) != head.Length || !_scratch.Read(head, head.Length)
            || length > SlotRecord.Length + _settings.LargestTable)
        {
            return null;
        }

        var file = new byte[(int)length];
        if (_storage.Read(SlotNames[slot], file) != file.Length
            || !_scratch.IsOf(file, SlotRecord.Length, file.Length - SlotRecord.Length))
        {
            return null;
        }

        var octets = new byte[file.Length - SlotRecord.Length];
        Array.Copy(file, SlotRecord.Length, octets, 0, octets.Length);
        var table = new SignatureTable();
        return table.Load(octets, octets.Length) == TableProblem.None
            && Authenticate(table, _scratch) == TableVerdict.Accepted ? table : null;
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
