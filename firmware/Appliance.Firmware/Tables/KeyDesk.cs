using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Tables;

/// <summary>
/// Looks after the file that offers a box its keys: a box without keys takes them with its first table, one that has some refuses
/// others. Tells what became of it.
/// </summary>
public sealed class KeyDesk
{
    /// <summary>A damaged file may be one that is still on its way: it is refused when it has lain there for so long.</summary>
    private const long SettleTime = 5000000;

    /// <summary>How long the light says that keys were refused: until the technician has looked.</summary>
    private const long RefusedTime = 600000000;

    // By what is told: a sentence.
    private const int SayOffered = 0;
    private const int SayTaken = 1;
    private const int SaySame = 2;
    private const int SayDamaged = 3;
    private const int SayHasOthers = 4;
    private const int SayHasName = 5;
    private const int SayBadKey = 6;
    private const int SayNothing = -1;

    private readonly TableStore _store;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    // The file that lies there can't be read as one of keys, since when.
    private bool _isBroken;
    private string? _path;
    private long _since;
    private int _told = SayNothing;

    /// <summary>Makes a desk.</summary>
    /// <param name="store">The tables and keys.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public KeyDesk(TableStore store, MessageWriter writer, StatusLight light)
    {
        _store = store;
        _writer = writer;
        _light = light;
    }

    /// <summary>
    /// The file is one that may be on its way still: it has to be looked at again, and a box without keys judges no table before,
    /// since it would refuse the one that these keys signed.
    /// </summary>
    public bool IsUnsure => _isBroken && _told != SayDamaged;

    /// <summary>Deals with the file that the last look into the inbox found.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isLast">No later look comes: what lies there is whole.</param>
    public void Tend(long now, bool isLast)
    {
        string? path = _store.KeyPath;
        if (path == null || path != _path)
        {
            Forget();
            _path = path;
        }

        if (path == null)
        {
            return;
        }

        KeyOffer? offer = _store.ReadOffer(path);
        if (offer == null)
        {
            if (!_isBroken)
            {
                _isBroken = true;
                _since = now;
            }

            if (isLast || now - _since >= SettleTime)
            {
                Refuse(MessageWord.Damaged, SayDamaged, path, now);
            }

            return;
        }

        _isBroken = false;
        if (offer.HasBadKey)
        {
            // Its checksum is right: it is not on its way any more.
            Refuse(MessageWord.BadKey, SayBadKey, path, now);
        }
        else if (_store.IsKeyless)
        {
            Tell(MessageWord.Offered, SayOffered, offer.Keys.Length);
        }
        else if (!_store.Trusts(offer))
        {
            Refuse(MessageWord.HasKeys, SayHasOthers, path, now);
        }
        else if (!_store.IsNamedBy(offer))
        {
            // A mark would make the tool print a label with a name that none of this box's lines has.
            Refuse(MessageWord.HasName, SayHasName, path, now);
        }
        else
        {
            Tell(MessageWord.Unchanged, SaySame, offer.Keys.Length);
            Drop(path, true);
        }
    }

    /// <summary>The first table is in use, and with it the keys that were offered.</summary>
    public void NoteTaken()
    {
        _light.Set(LightCode.NoKeys, false);
        Tell(MessageWord.Taken, SayTaken, _store.KeyCount());
        if (_store.KeyPath != null)
        {
            _store.DropOffer(_store.KeyPath, true);
        }

        Forget();
    }

    private void Forget()
    {
        _path = null;
        _isBroken = false;
        _told = SayNothing;
    }

    // The next file is another one, whatever its name.
    private void Drop(string path, bool isTaken)
    {
        if (_store.DropOffer(path, isTaken))
        {
            Forget();
        }
    }

    // A file that can't be deleted is met again, and told once.
    private void Refuse(int reason, int sentence, string path, long now)
    {
        if (_told != sentence)
        {
            _told = sentence;
            Begin(MessageWord.Refused, SyslogSeverity.Warning);
            _writer.Word(MessageWord.Reason, reason);
            End(sentence);
            _light.SetUntil(LightCode.TableRefused, now + RefusedTime);
        }

        Drop(path, false);
    }

    private void Tell(int state, int sentence, int keys)
    {
        if (_told == sentence)
        {
            return;
        }

        _told = sentence;
        Begin(state, SyslogSeverity.Notice);
        _writer.Number(MessageWord.Keys, keys);
        End(sentence);
    }

    private void Begin(int state, int severity)
    {
        _writer.BeginHealth(MessageWord.Keys, state, severity);
    }

    private void End(int sentence)
    {
        _writer.Meta();
        _writer.Say(SentenceOf(sentence));
        _writer.Send();
    }

    // Not held as octets: see VerdictWords.
    private static string SentenceOf(int sentence)
    {
        return sentence switch
        {
            SayOffered => "keys are offered; they are taken with the first table that one of them signed",
            SayTaken => "this box has its keys; only a table that one of them signed changes them",
            SaySame => "this box has these keys already",
            SayDamaged => "the file of keys is damaged, or none: provision the box once more",
            SayHasOthers => "not taken: this box has other keys, which only a table of theirs changes",
            SayHasName => "not taken: this box has these keys and another name; provision it with that name",
            _ => "not taken: a key of the file is no point of the curve P-256, or stands there twice",
        };
    }
}
