using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// Looks for new tables, gives each the time that its trial needs, and tells the verdict by message and light.
/// </summary>
public sealed class TableDesk
{
    /// <summary>Microseconds between two looks at what is free on the storage, which takes neither memory nor many
    /// instructions.</summary>
    private const long LookPause = 1000000;

    /// <summary>
    /// Microseconds between two looks into the inbox where nobody knows what is free: each takes 2.4 KB of the heap and a
    /// million instructions.
    /// </summary>
    private const long BlindPause = 300000000;

    /// <summary>
    /// A damaged file may be one that is still on its way. It is looked at again until its octets have been the same for so long:
    /// tools send a file in pieces over a serial line, which follow each other within a second.
    /// </summary>
    private const long SettleTime = 5000000;

    /// <summary>So long a trial waits for all its frames, when there are enough to judge by.</summary>
    private const long TrialTime = 10000000;

    /// <summary>So long it waits when there are not: a VLAN at night has few.</summary>
    private const long LongTrialTime = 30000000;

    /// <summary>After the storage failed a file is tried again; each time later, since every try may wear the flash.</summary>
    private const long FirstRetry = 10000000;
    private const long LastRetry = 120000000;

    /// <summary>How long the light says that a table was accepted, and refused: until the technician has looked.</summary>
    private const long AcceptedTime = 60000000;
    private const long RefusedTime = 600000000;

    /// <summary>Files that are given up at once; one that can't be deleted is met again.</summary>
    private const int MostDiscarded = 8;

    private readonly TableStore _store;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;
    private readonly KeyDesk _keys;
    private readonly byte[] _slotDigit = LineBuffer.Word("slot0");
    private string _path = TableStore.Inbox;
    private long _nextLook;

    // What was free when the inbox was last looked into and nothing was left to do; the next look that sees another number looks
    // again.
    private long _freeSeen = long.MinValue;
    private long _lookedAt;

    // Since when a trial is held, or a file is the same that may be on its way still.
    private long _since;
    private string? _unsure;
    private int _unsureMark;

    // The file that stays in the inbox because the storage failed.
    private string? _kept;
    private int _keptMark;
    private int _keptVerdict;
    private long _retryPause;
    private long _retryAt;

    /// <summary>Makes a desk.</summary>
    /// <param name="store">The tables.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public TableDesk(TableStore store, MessageWriter writer, StatusLight light)
    {
        _store = store;
        _writer = writer;
        _light = light;
        _keys = new KeyDesk(store, writer, light);
    }

    /// <summary>Tells which table the box started with.</summary>
    public void TellStart()
    {
        bool isBuiltIn = _store.Slots.InUse == SlotFiles.BuiltIn;
        bool isDamaged = _store.Slots.Damaged > 0;
        _writer.Begin(MessageWord.Table, isDamaged ? SyslogSeverity.Warning : SyslogSeverity.Notice);
        _writer.Word(MessageWord.Verdict, MessageWord.InUse);
        if (isBuiltIn)
        {
            _writer.Word(MessageWord.Source, MessageWord.BuiltIn);
        }
        else
        {
            _slotDigit[4] = (byte)('0' + _store.Slots.InUse);
            _writer.Text(MessageWord.Source, _slotDigit, 0, _slotDigit.Length);
        }

        PutTable(_store.Running);
        if (isDamaged)
        {
            _writer.Number(MessageWord.DamagedSlots, _store.Slots.Damaged);
        }

        _writer.Meta();
        _writer.Say(!isBuiltIn ? MessageWord.SayInUse : isDamaged ? MessageWord.SayDamaged : MessageWord.SayBuiltIn);
        _writer.Send();
    }

    /// <summary>
    /// Gives up what lies in the inbox unread, since the box started after it had hung or crashed: whatever it was doing, no file
    /// may make it do so again for ever.
    /// </summary>
    /// <param name="now">Microseconds.</param>
    public void Discard(long now)
    {
        for (int left = MostDiscarded; left > 0; left--)
        {
            string? path = _store.FindNew(null);
            if (path == null)
            {
                return;
            }

            _store.Discard(path);
            _path = path;
            Conclude(now);
        }
    }

    /// <summary>Looks for a new table, and decides about it when its trial can be held.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isLast">There is no more time: it is decided now.</param>
    /// <returns>True when <see cref="TableStore.Running"/> is another table.</returns>
    public bool Tend(long now, bool isLast)
    {
        if (_store.Trial != null)
        {
            int count = _store.Trial.Count;
            return (isLast || count >= TableTrial.Slots
                || now - _since >= (count < TableTrial.Enough ? LongTrialTime : TrialTime)) && Conclude(now);
        }

        if (now < _nextLook && !isLast)
        {
            return false;
        }

        _nextLook = now + LookPause;
        long free = _store.FreeStorage();
        if (!isLast && free == _freeSeen && (free >= 0 || now - _lookedAt < BlindPause))
        {
            return false;
        }

        _lookedAt = now;
        string? path = _store.FindNew(_kept);
        _keys.Tend(now, isLast);
        if (path == null)
        {
            _kept = null;
            Forget();
            // A file of keys that waits for its table changes nothing by lying there.
            _freeSeen = _keys.IsUnsure ? long.MinValue : free;
            return false;
        }

        _freeSeen = long.MinValue;
        if (_store.IsKeyless && _keys.IsUnsure)
        {
            return false;
        }

        if (_kept != null && path == _kept && now < _retryAt)
        {
            return false;
        }

        int verdict = _store.Look(path);
        if (!isLast && MayChange(verdict) && !IsSettled(path, now))
        {
            return false;
        }

        _unsure = null;
        _path = path;
        if (verdict != TableVerdict.OnTrial || isLast)
        {
            return Conclude(now);
        }

        _since = now;
        _light.Set(LightCode.Working, true);
        return false;
    }

    // A table whose octets are not all there yet looks like one of these.
    private bool MayChange(int verdict)
    {
        return verdict == TableVerdict.Damaged || verdict == TableVerdict.BadSignature || verdict == TableVerdict.TooLarge
            || verdict == TableVerdict.StorageFailed;
    }

    private bool IsSettled(string path, long now)
    {
        if (_unsure != null && path == _unsure && _store.FileMark == _unsureMark)
        {
            return now - _since >= SettleTime;
        }

        _unsure = path;
        _unsureMark = _store.FileMark;
        _since = now;
        _light.Set(LightCode.Working, true);
        return false;
    }

    // A file that was on its way is gone.
    private void Forget()
    {
        if (_unsure != null)
        {
            _unsure = null;
            _light.Set(LightCode.Working, false);
        }
    }

    private bool Conclude(long now)
    {
        bool wasKeyless = _store.IsKeyless;
        int verdict = _store.Conclude();
        _nextLook = now;
        bool isNews = true;
        if (_store.IsKept)
        {
            // Told once, however often it is tried.
            isNews = !(_kept != null && _kept == _path) || verdict != _keptVerdict || _store.FileMark != _keptMark;
            _retryPause = isNews ? FirstRetry : _retryPause < LastRetry / 2 ? _retryPause * 2 : LastRetry;
            _retryAt = now + _retryPause;
            _kept = _path;
            _keptMark = _store.FileMark;
            _keptVerdict = verdict;
        }
        else if (_kept != null && _kept == _path)
        {
            _kept = null;
        }

        _light.Set(LightCode.Working, false);
        if (!isNews)
        {
            return verdict == TableVerdict.Accepted;
        }

        _light.Set(LightCode.TableAccepted, false);
        _light.Set(LightCode.TableRefused, false);
        Tell(verdict);
        if (wasKeyless && !_store.IsKeyless)
        {
            _keys.NoteTaken();
        }

        if (verdict == TableVerdict.Accepted || verdict == TableVerdict.Same)
        {
            _light.SetUntil(LightCode.TableAccepted, now + AcceptedTime);
        }
        else
        {
            _light.SetUntil(LightCode.TableRefused, now + RefusedTime);
        }

        return verdict == TableVerdict.Accepted;
    }

    private void Tell(int verdict)
    {
        bool isWell = verdict == TableVerdict.Accepted || verdict == TableVerdict.Same;
        _writer.Begin(MessageWord.Table, isWell ? SyslogSeverity.Notice : SyslogSeverity.Warning);
        _writer.Word(MessageWord.Verdict,
            verdict == TableVerdict.Accepted ? MessageWord.Accepted : verdict == TableVerdict.Same ? MessageWord.Unchanged : MessageWord.Refused);
        bool isUntried = verdict == TableVerdict.Accepted && _store.MatchedOf < TableTrial.Enough;
        if (isUntried)
        {
            _writer.Word(MessageWord.Reason, MessageWord.Untried);
        }
        else
        {
            _writer.Word(MessageWord.Reason, VerdictWords.ReasonOf(verdict));
        }

        if (verdict == TableVerdict.Damaged)
        {
            _writer.Number(MessageWord.Problem, _store.Problem);
        }

        if (_store.Tried != null)
        {
            PutTable(_store.Tried);
        }

        if (!isWell)
        {
            _writer.Number(MessageWord.Running, _store.Running.Sequence);
        }

        if (_store.MatchedOf > 0)
        {
            _writer.Number(MessageWord.Matched, _store.Matched);
            _writer.Number(MessageWord.Of, _store.MatchedOf);
        }

        if (verdict == TableVerdict.Accepted)
        {
            _writer.Number(MessageWord.Slot, _store.Slots.InUse);
        }

        _writer.Meta();
        _writer.Say(VerdictWords.SentenceOf(verdict));
        _writer.Send();
    }

    private void PutTable(SignatureTable table)
    {
        _writer.Number(MessageWord.Sequence, table.Sequence);
        int site = table.SiteNameAt;
        if (site != 0)
        {
            _writer.Text(MessageWord.Site, table.Bytes, site + 1, table.Bytes[site]);
        }

        if (table.SignaturesAt != 0)
        {
            _writer.Number(MessageWord.Signatures, table.Count);
        }

        if ((table.Flags & TableFlags.Signed) != 0)
        {
            _writer.Hexadecimal(MessageWord.Key, table.Bytes, table.KeyIdAt, TrustedKey.IdLength);
        }
    }
}
