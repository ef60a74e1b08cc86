using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The tables of the box: two slots on its storage, the newest valid one in use, and the inbox from which a new one is taken.
/// Nothing that goes wrong here (a bad table, a failing storage, power that fails at any moment) leaves the box without a table
/// or takes a sequence number back: the slot in use is never written.
/// </summary>
public sealed class TableStore
{
    /// <summary>Where a technician's tool puts new tables.</summary>
    public const string Inbox = "inbox";

    /// <summary>How the name of a new table ends.</summary>
    public const string Ending = ".sigtab";

    /// <summary>How the name of a file ends that offers a box its keys.</summary>
    public const string KeyEnding = ".keys";

    /// <summary>
    /// How the name of a file ends that only shall be noticed: a small table takes no block of the flash, so that what is free
    /// does not show it.
    /// </summary>
    public const string BellEnding = ".bell";

    /// <summary>
    /// Written when a table is in use that lay in the inbox. A tool at the cable can delete files and not read any: that it could
    /// delete this one tells it what became of its table.
    /// </summary>
    public const string TableMark = "taken.sigtab";

    /// <summary>The same for a file of keys that are trusted.</summary>
    public const string KeyMark = "taken.keys";

    /// <summary>Octets of a table's hash that the heartbeat tells.</summary>
    public const int HashOctets = 4;

    private const int WholeHash = 32;

    /// <summary>
    /// Octets of the heap that must be left beside a table on trial. The interpreter takes the frames of its calls from the same
    /// heap: with less, an ordinary turn of the loop ran out of it.
    /// </summary>
    public const int Headroom = 4096;

    /// <summary>A table of which more than one frame in so many matches is refused.</summary>
    public const int MatchShare = 4;

    /// <summary>Highest sequence number of the first table of a key: enough are left above it for a mistake or two.</summary>
    public const uint HighestFirst = 3000000000;

    /// <summary>
    /// How far a sequence number may lie above the one before. A number at the top, by a slip of the keyboard, would leave its
    /// key none for any later table. Three years of seconds and a century of numbered days (2026112401) are less.
    /// </summary>
    public const uint FarthestStep = 100000000;

    /// <summary>The table in use.</summary>
    public SignatureTable Running = new SignatureTable();

    /// <summary>The slot files.</summary>
    public readonly SlotFiles Slots;

    /// <summary>The trial that is being held; null when none is.</summary>
    public TableTrial? Trial;

    /// <summary>The file that was decided about is still in the inbox: the storage failed.</summary>
    public bool IsKept;

    /// <summary>Made of the length and the octets of the file that was looked at: one that still changes is known by
    /// it.</summary>
    public int FileMark;

    /// <summary>The storage failed when it was last needed.</summary>
    public bool IsStorageBad;

    /// <summary>The table that the last verdict is about, loaded only when its signature is right; null when it could not be
    /// read.</summary>
    public SignatureTable? Tried;

    /// <summary>What is wrong with a damaged table, a constant of <see cref="TableProblem"/>.</summary>
    public int Problem;

    /// <summary>The box has no keys: it takes no table before it was offered some.</summary>
    public bool IsKeyless;

    /// <summary>The file that offers keys, as the last look into the inbox found it; null for none.</summary>
    public string? KeyPath;

    /// <summary>The SHA-256 of the table in use.</summary>
    public readonly byte[] Hash = new byte[WholeHash];

    /// <summary>Frames that the table of the last verdict matched.</summary>
    public int Matched;

    /// <summary>Frames over which it was tried.</summary>
    public int MatchedOf;

    private readonly byte[] _mark = new byte[1];
    private readonly byte[] _nothing = new byte[0];
    private readonly IStorage _storage;
    private readonly KeyRing _keys;
    private readonly TapSettings _settings;
    private readonly IKeyCheck _check;
    private string _path = Inbox;
    private int _verdict;

    /// <summary>Makes a store.</summary>
    /// <param name="storage">The files.</param>
    /// <param name="check">Checks signatures.</param>
    /// <param name="settings">Keys, built-in table and largest table.</param>
    public TableStore(IStorage storage, IKeyCheck check, TapSettings settings)
    {
        _storage = storage;
        _settings = settings;
        _check = check;
        _keys = new KeyRing(settings.Keys, check);
        Slots = new SlotFiles(storage, settings, _keys);
    }

    /// <summary>Finds the table to start with: that of the newest valid slot, else the built-in one.</summary>
    /// <returns>0, or what is wrong with the built-in table (<see cref="TableProblem"/>): an image that can't work.</returns>
    public int Start()
    {
        SignatureTable? table = Slots.Start();
        IsStorageBad = Slots.IsCopyBad;
        IsKeyless = _settings.NeedsKeys && _keys.Keys.Length == 0;
        int problem = TableProblem.None;
        if (table != null)
        {
            Running = table;
        }
        else
        {
            Running = new SignatureTable();
            byte[] octets = _settings.BuiltIn();
            problem = Running.Load(octets, octets.Length);
        }

        _check.Hash(Running.Bytes, 0, Running.Length, Hash);
        return problem;
    }

    /// <summary>A number for the table in use: the first octets of its hash.</summary>
    public int Fingerprint()
    {
        return BigEndian.Read32(Hash, 0);
    }

    /// <summary>Keys that the box trusts, or that it is being offered.</summary>
    public int KeyCount()
    {
        return _keys.Keys.Length;
    }

    /// <summary>An offer's keys are those that are trusted, all of them and no others.</summary>
    /// <param name="offer">The offer.</param>
    public bool Trusts(KeyOffer offer)
    {
        // Else a box that also trusts a key which nobody offered would be said to be as its label says.
        if (offer.Keys.Length != _keys.Keys.Length)
        {
            return false;
        }

        for (int i = 0; i < offer.Keys.Length; i++)
        {
            if (_keys.Find(offer.Keys[i].Id, 0) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The box was given the name of an offer.</summary>
    /// <param name="offer">The offer.</param>
    public bool IsNamedBy(KeyOffer offer)
    {
        byte[] name = Slots.Memory.BoxName();
        return name.Length == offer.Name.Length && IsSame(name, 0, offer.Name, 0, name.Length);
    }

    /// <summary>Reads the file that offers keys.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>null when it is no such file, or a damaged one, or can't be read; without keys when it has a bad one.</returns>
    public KeyOffer? ReadOffer(string path)
    {
        var octets = new byte[KeyOffer.Length];
        var offer = new KeyOffer();
        return _storage.LengthOf(path) == KeyOffer.Length && _storage.Read(path, 0, octets) == octets.Length
            && (offer.Read(octets, _check) || offer.HasBadKey) ? offer : null;
    }

    /// <summary>Deletes a file that offered keys.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="isTaken">They are trusted: that is left for the tool at the cable to see.</param>
    /// <returns>False when it is there still: the storage failed.</returns>
    public bool DropOffer(string path, bool isTaken)
    {
        if (isTaken)
        {
            _storage.Write(KeyMark, _mark, _nothing);
        }

        return _storage.Delete(path);
    }

    /// <summary>Octets of the storage that are free: another number than before when a file came or went. -1 where nobody
    /// knows.</summary>
    public long FreeStorage()
    {
        return _storage.Free();
    }

    /// <summary>The path of a new table; null when there is none. What else lies in the inbox is noticed:
    /// <see cref="KeyPath"/>.</summary>
    /// <param name="last">A file that is taken only when there is no other; null for none.</param>
    public string? FindNew(string? last)
    {
        string[] files = _storage.List(Inbox);
        string? found = null;
        KeyPath = null;
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].EndsWith(Ending))
            {
                if (found == null || (last != null && found == last))
                {
                    found = files[i];
                }
            }
            else if (files[i].EndsWith(KeyEnding))
            {
                KeyPath = files[i];
            }
            else if (files[i].EndsWith(BellEnding))
            {
                _storage.Delete(files[i]);
            }
        }

        return found;
    }

    /// <summary>
    /// Reads a new table and says what can be said without a trial. The file stays: <see cref="Conclude"/> is to follow, at once
    /// or, for a file that may not be whole yet, after another look.
    /// </summary>
    /// <param name="path">Where it is.</param>
    /// <returns>A constant of <see cref="TableVerdict"/>; with <see cref="TableVerdict.OnTrial"/> <see cref="Trial"/> is to see
    /// frames.</returns>
    public int Look(string path)
    {
        Tried = null;
        Trial = null;
        Problem = TableProblem.None;
        Matched = 0;
        MatchedOf = 0;
        FileMark = -1;
        _path = path;
        try
        {
            LookForOffer();
            _verdict = Read(path);
            if (_verdict == TableVerdict.OnTrial)
            {
                Trial = new TableTrial(Tried!, Running);
                // Refused now, and not by a call that fails somewhere in the loop.
                _ = new byte[Headroom];
                Trial.JoinInterest();
            }
        }
        catch (OutOfMemoryException)
        {
            // The heap has no room for a second table of that size, or for its trial.
            Tried = null;
            Trial = null;
            _verdict = TableVerdict.TooLarge;
        }
        catch (Exception)
        {
            // Nobody knows how; but the same file would do it again after each restart.
            Tried = null;
            Trial = null;
            _verdict = TableVerdict.Failed;
        }

        return _verdict;
    }

    /// <summary>Gives a new table up unread: the box may have hung over it. <see cref="Conclude"/> is to follow.</summary>
    /// <param name="path">Where it is.</param>
    public void Discard(string path)
    {
        Tried = null;
        Trial = null;
        MatchedOf = 0;
        FileMark = -1;
        _path = path;
        _verdict = TableVerdict.Failed;
    }

    /// <summary>
    /// Decides about the table that was looked at, with what <see cref="Trial"/> has seen, and puts an accepted one into the
    /// other slot.
    /// Then the file is deleted, unless it was the storage that failed.
    /// </summary>
    /// <returns>A constant of <see cref="TableVerdict"/>; when it is <see cref="TableVerdict.Accepted"/>, <see cref="Running"/>
    /// is the new table.</returns>
    public int Conclude()
    {
        TableTrial? trial = Trial;
        Trial = null;
        IsStorageBad = false;
        if (_verdict == TableVerdict.OnTrial)
        {
            try
            {
                _verdict = trial == null ? TableVerdict.Failed : Decide(Tried!, trial);
                trial = null;
                if (_verdict == TableVerdict.Accepted)
                {
                    Install(Tried!);
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

        if (_verdict == TableVerdict.Accepted || _verdict == TableVerdict.Same)
        {
            _storage.Write(TableMark, _mark, _nothing);
        }

        // Not before the verdict: power that fails now only makes the box decide once more, and find the table in use already.
        IsKept = _verdict == TableVerdict.StorageFailed || !_storage.Delete(_path);
        IsStorageBad = IsKept || Slots.IsCopyBad;
        return _verdict;
    }

    // A box without keys judges by those that it is being offered, as long as they lie in the inbox beside the table.
    private void LookForOffer()
    {
        if (IsKeyless)
        {
            FindNew(null);
            KeyOffer? offer = KeyPath == null ? null : ReadOffer(KeyPath);
            Slots.Offer = offer == null || offer.HasBadKey ? null : offer;
            _keys.Keys = Slots.Offer == null ? new TrustedKey[0] : Slots.Offer.Keys;
        }
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
        if (_storage.Read(path, 0, octets) != octets.Length)
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

    // Everything that can be said of a table before it is tried. Nothing that somebody else wrote is followed: what is in the
    // file comes behind its signature.
    private int Judge(byte[] octets)
    {
        var table = new SignatureTable();
        Problem = table.Open(octets, octets.Length);
        if (Problem != TableProblem.None)
        {
            return TableVerdict.Damaged;
        }

        Tried = table;
        int verdict = _keys.Judge(table, Slots.Memory);
        if (verdict != TableVerdict.Accepted)
        {
            return verdict;
        }

        Problem = table.LoadContents();
        Problem = Problem == TableProblem.None ? OpeningCheck.Of(table) : Problem;
        if (Problem != TableProblem.None)
        {
            return TableVerdict.Damaged;
        }

        if (TableMemory.OctetsOf(table) > _settings.LargestTableMemory)
        {
            return TableVerdict.TooLarge;
        }

        if (IsRunning(table))
        {
            return TableVerdict.Same;
        }

        if (table.Board != BoardClass.Any && _settings.Board != BoardClass.Any && table.Board != _settings.Board)
        {
            return TableVerdict.OtherBoard;
        }

        if (_keys.After(table, Slots.Memory) == null)
        {
            return TableVerdict.NoKeyPlace;
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
        long before = Slots.Memory.SequenceOf(table.Bytes, table.KeyIdAt);
        if (table.Sequence < before)
        {
            return TableVerdict.Older;
        }

        if (table.Sequence == before)
        {
            // A record that knows the table, and no whole slot that holds it: a write that power cut short, or rot, is mended.
            return !Slots.Knows(table) ? TableVerdict.SameSequence
                : Slots.Holds(table) ? TableVerdict.UsedBefore : TableVerdict.Accepted;
        }

        return table.Sequence > (before < 0 ? HighestFirst : before + FarthestStep) ? TableVerdict.SequenceTooHigh
            : TableVerdict.Accepted;
    }

    private int Decide(SignatureTable table, TableTrial trial)
    {
        Matched = trial.Matched;
        MatchedOf = trial.Count;
        return (table.Flags & TableFlags.ForceDryRun) == 0 && Matched * MatchShare > MatchedOf
            ? TableVerdict.MatchesTooMuch : TableVerdict.Accepted;
    }

    private void Install(SignatureTable table)
    {
        if (Slots.Install(table))
        {
            Running = table;
            IsKeyless = false;
            _check.Hash(table.Bytes, 0, table.Length, Hash);
        }
        else
        {
            _verdict = TableVerdict.StorageFailed;
        }
    }

    private bool IsRunning(SignatureTable table)
    {
        return Slots.InUse != SlotFiles.BuiltIn && table.Length == Running.Length && IsSame(table.Bytes, 0, Running.Bytes, 0, table.Length);
    }

    // The built-in table is for no site; it makes way for any site's first table, and for later ones of that site.
    private bool IsForThisSite(SignatureTable table)
    {
        if (Slots.InUse == SlotFiles.BuiltIn)
        {
            return Slots.Memory.IsForSite(table);
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
