using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// Looks for new tables, gives each the time that its trial needs, and tells the verdict by message and light.
/// </summary>
public sealed class TableDesk
{
    /// <summary>Microseconds between two looks into the inbox.</summary>
    private const long LookPause = 1000000;

    /// <summary>
    /// A damaged file may be one that is still on its way. It is looked at again until its octets have been the same for so
    /// long: tools
    /// send a file in pieces over a serial line, which follow each other within a second.
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

    private readonly byte[] _kind = LineBuffer.Word("table");
    private readonly byte[] _verdict = LineBuffer.Word("verdict");
    private readonly byte[] _reason = LineBuffer.Word("reason");
    private readonly byte[] _sequence = LineBuffer.Word("sequence");
    private readonly byte[] _site = LineBuffer.Word("site");
    private readonly byte[] _key = LineBuffer.Word("key");
    private readonly byte[] _signatures = LineBuffer.Word("signatures");
    private readonly byte[] _source = LineBuffer.Word("source");
    private readonly byte[] _problem = LineBuffer.Word("problem");
    private readonly byte[] _matched = LineBuffer.Word("matched");
    private readonly byte[] _of = LineBuffer.Word("of");
    private readonly byte[] _damagedSlots = LineBuffer.Word("damagedSlots");
    private readonly byte[] _runningSequence = LineBuffer.Word("running");
    private readonly byte[] _inUse = LineBuffer.Word("in-use");
    private readonly byte[] _accepted = LineBuffer.Word("accepted");
    private readonly byte[] _refused = LineBuffer.Word("refused");
    private readonly byte[] _unchanged = LineBuffer.Word("unchanged");
    private readonly byte[] _builtIn = LineBuffer.Word("built-in");
    private readonly byte[] _slot = LineBuffer.Word("slot");
    private readonly byte[] _sayBuiltIn = LineBuffer.Word("the built-in table is in use");
    private readonly byte[] _sayDamaged = LineBuffer.Word(
        "the built-in table is in use, no slot can be used: flash the newest again");
    private readonly byte[] _sayInUse = LineBuffer.Word("this table is in use");

    // By verdict: a word, and a sentence. What is not taken leaves the table before in use.
    private readonly Phrases _reasons = new Phrases(
        "new|in-use-already|damaged|too-large|not-signed|unknown-key|retired-key|bad-signature|other-site|older-sequence|same-sequence|"
        + "matches-too-much|storage-failed|no-signatures|sequence-too-high|used-before|failed|");

    private readonly Phrases _sentences = new Phrases(
        "the new table is in use|"
        + "the table is in use already|"
        + "not taken: it is damaged, or no table at all|"
        + "not taken: the box has no room for it|"
        + "not taken: it is not signed|"
        + "not taken: this box does not know its key|"
        + "not taken: its key was retired|"
        + "not taken: its signature is wrong; it was changed|"
        + "not taken: it is for another site, and not made for moving|"
        + "not taken: it is older than one that this box has had|"
        + "not taken: another table had its number; give it a higher one|"
        + "not taken: it matches more than a quarter of the newest frames|"
        + "not taken: the storage failed; it is tried again later|"
        + "not taken: it has no signatures|"
        + "not taken: its number is too far above the last|"
        + "not taken: another key's table followed it|"
        + "not taken: the box failed to deal with it; flash it once more|");

    private readonly byte[] _untried = LineBuffer.Word("untried");

    private readonly TableStore _store;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;
    private readonly byte[] _slotDigit = LineBuffer.Word("slot0");
    private string _path = TableStore.Inbox;
    private long _nextLook;

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
    }

    /// <summary>Tells which table the box started with.</summary>
    public void TellStart()
    {
        bool isBuiltIn = _store.Slots.InUse == SlotFiles.BuiltIn;
        bool isDamaged = _store.Slots.Damaged > 0;
        _writer.Begin(_kind, isDamaged ? MessageWriter.Warning : MessageWriter.Notice);
        _writer.Word(_verdict, _inUse);
        _slotDigit[4] = (byte)('0' + (isBuiltIn ? 0 : _store.Slots.InUse));
        _writer.Word(_source, isBuiltIn ? _builtIn : _slotDigit);
        PutTable(_store.Running);
        if (isDamaged)
        {
            _writer.Number(_damagedSlots, _store.Slots.Damaged);
        }

        _writer.Meta();
        _writer.Say(!isBuiltIn ? _sayInUse : isDamaged ? _sayDamaged : _sayBuiltIn);
        _writer.Send();
    }

    /// <summary>
    /// Gives up what lies in the inbox unread, since the box started after it had hung or crashed: whatever it was doing, no file may make it do so
    /// again for ever.
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
        string? path = _store.FindNew(_kept);
        if (path == null)
        {
            _kept = null;
            Forget();
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
        _writer.Begin(_kind, isWell ? MessageWriter.Notice : MessageWriter.Warning);
        _writer.Word(_verdict,
            verdict == TableVerdict.Accepted ? _accepted : verdict == TableVerdict.Same ? _unchanged : _refused);
        bool isUntried = verdict == TableVerdict.Accepted && _store.MatchedOf < TableTrial.Enough;
        if (isUntried)
        {
            _writer.Word(_reason, _untried);
        }
        else
        {
            _writer.Word(_reason, _reasons, verdict);
        }

        if (verdict == TableVerdict.Damaged)
        {
            _writer.Number(_problem, _store.Problem);
        }

        if (_store.Tried != null)
        {
            PutTable(_store.Tried);
        }

        if (!isWell)
        {
            _writer.Number(_runningSequence, _store.Running.Sequence);
        }

        if (_store.MatchedOf > 0)
        {
            _writer.Number(_matched, _store.Matched);
            _writer.Number(_of, _store.MatchedOf);
        }

        if (verdict == TableVerdict.Accepted)
        {
            _writer.Number(_slot, _store.Slots.InUse);
        }

        _writer.Meta();
        _writer.Say(_sentences, verdict);
        _writer.Send();
    }

    private void PutTable(SignatureTable table)
    {
        _writer.Number(_sequence, table.Sequence);
        int site = table.SiteNameAt;
        if (site != 0)
        {
            _writer.Text(_site, table.Bytes, site + 1, table.Bytes[site]);
        }

        if (table.SignaturesAt != 0)
        {
            _writer.Number(_signatures, table.Count);
        }

        if ((table.Flags & TableFlags.Signed) != 0)
        {
            _writer.Hexadecimal(_key, table.Bytes, table.KeyIdAt, TrustedKey.IdLength);
        }
    }
}
