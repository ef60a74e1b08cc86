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
    /// <summary>Microseconds between two looks into the inbox; a look costs the storage some reads.</summary>
    private const long LookPause = 10000000;

    /// <summary>A new table waits at most so long for the frames of its trial: a VLAN at night has few.</summary>
    private const long TrialTime = 30000000;

    /// <summary>How long the light says that a table was accepted, and refused: until the technician has looked.</summary>
    private const long AcceptedTime = 60000000;
    private const long RefusedTime = 600000000;

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
    private readonly byte[] _sayDamaged = LineBuffer.Word("the built-in table is in use, since no slot holds a table that can be used: flash the newest again");
    private readonly byte[] _sayInUse = LineBuffer.Word("this table is in use");

    // By verdict: a word, and a sentence.
    private readonly byte[][] _reasons =
    {
        LineBuffer.Word("new"), LineBuffer.Word("in-use-already"), LineBuffer.Word("damaged"), LineBuffer.Word("too-large"),
        LineBuffer.Word("not-signed"), LineBuffer.Word("unknown-key"), LineBuffer.Word("retired-key"),
            LineBuffer.Word("bad-signature"),
        LineBuffer.Word("other-site"), LineBuffer.Word("older-sequence"), LineBuffer.Word("same-sequence"),
            LineBuffer.Word("matches-too-much"),
        LineBuffer.Word("storage-failed"),
    };

    private readonly byte[][] _sentences =
    {
        LineBuffer.Word("the new table is in use"),
        LineBuffer.Word("the table is in use already"),
        LineBuffer.Word("the new table is damaged or none at all; the one before stays in use"),
        LineBuffer.Word("the new table is larger than the box has room for; the one before stays in use"),
        LineBuffer.Word("the new table is not signed; the one before stays in use"),
        LineBuffer.Word("the new table is signed with a key that this box does not know; the one before stays in use"),
        LineBuffer.Word("the new table is signed with a key that was retired; the one before stays in use"),
        LineBuffer.Word("the new table's signature is wrong: it was changed, or signed by somebody else; the one before stays in use"),
        LineBuffer.Word("the new table is for another site, and not made for moving; the one before stays in use"),
        LineBuffer.Word("the new table is older than one that this box has had; the one before stays in use"),
        LineBuffer.Word("the new table has the sequence number of the one before and other contents; give it a higher number"),
        LineBuffer.Word("the new table matches more than a quarter of the newest frames; the one before stays in use"),
        LineBuffer.Word("the storage failed; the table before stays in use"),
    };

    private readonly TableStore _store;
    /// <summary>The newest slots, kept while a new table waits for its trial; null when none does, since they take 9
    /// KB.</summary>
    public SlotHistory? History;

    private readonly MessageWriter _writer;
    private readonly StatusLight _light;
    private readonly byte[] _slotDigit = LineBuffer.Word("slot0");
    private string? _path;
    private bool _isStuck;
    private long _waitingSince;
    private long _nextLook;

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
        bool isBuiltIn = _store.Slot == TableStore.BuiltIn;
        bool isDamaged = _store.DamagedSlots > 0;
        _writer.Begin(_kind, isDamaged ? MessageWriter.Warning : MessageWriter.Notice);
        _writer.Word(_verdict, _inUse);
        _slotDigit[4] = (byte)('0' + (isBuiltIn ? 0 : _store.Slot));
        _writer.Word(_source, isBuiltIn ? _builtIn : _slotDigit);
        PutTable(_store.Running);
        if (isDamaged)
        {
            _writer.Number(_damagedSlots, _store.DamagedSlots);
        }

        _writer.Meta();
        _writer.Say(!isBuiltIn ? _sayInUse : isDamaged ? _sayDamaged : _sayBuiltIn);
        _writer.Send();
    }

    /// <summary>Looks for a new table, and decides about it when its trial can be held.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isLast">There is no more time: it is decided now.</param>
    /// <returns>True when <see cref="TableStore.Running"/> is another table.</returns>
    public bool Tend(long now, bool isLast)
    {
        if (_path == null)
        {
            if (_isStuck || (now < _nextLook && !isLast))
            {
                return false;
            }

            _nextLook = now + LookPause;
            _path = _store.FindNew();
            if (_path == null)
            {
                return false;
            }

            _waitingSince = now;
            History = new SlotHistory();
            _light.Set(LightCode.Working, true);
        }

        if (!isLast && History!.Count < SlotHistory.Slots && now - _waitingSince < TrialTime)
        {
            return false;
        }

        int verdict = _store.Take(_path, History!);
        History = null;
        // What can't be deleted would be decided about for ever.
        _isStuck = _store.IsStorageBad;
        _path = null;
        _nextLook = now;
        _light.Set(LightCode.Working, false);
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
        _writer.Word(_reason, _reasons[verdict]);
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
            _writer.Number(_slot, _store.Slot);
        }

        _writer.Meta();
        _writer.Say(_sentences[verdict]);
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

        _writer.Number(_signatures, table.Count);
        if ((table.Flags & TableFlags.Signed) != 0)
        {
            _writer.Hexadecimal(_key, table.Bytes, table.KeyIdAt, TrustedKey.IdLength);
        }
    }
}
