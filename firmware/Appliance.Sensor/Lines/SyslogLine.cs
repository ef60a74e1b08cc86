using System;

namespace Appliance.Sensor.Lines;

/// <summary>
/// An RFC 5424 message under construction, of at most 480 octets whatever its values: header, one structured data element of our
/// own, the elements timeQuality and meta, a sentence for a person. What does not fit is left out from the end: the sentence's
/// words first, then parameters. Values never need escaping.
/// </summary>
public sealed class SyslogLine
{
    /// <summary>The time of a line whose box does not know the time of day.</summary>
    public const long NoTime = long.MinValue;

    // Octets from the end of the element of our own to the sentence, for which room is kept: "]", and meta with numbers of ten
    // digits.
    private const int MetaLength = 54;

    // Octets of timeQuality, which only a line without a time has.
    private const int TimeQualityLength = 26;

    // By how much it is longer than the time that the line has not: 24 octets, for which a hyphen stands.
    private const int MoreUndated = TimeQualityLength - 23;

    // Where the severity's digit stands: facility 10 (security) fills the digit before it.
    private const int SeverityAt = 2;

    private static readonly byte[] Priority = LineBuffer.Word("<80>1 ");
    private static readonly byte[] Meta = LineBuffer.Word("][meta sequenceId=\"");

    // The zone is known, it is UTC: only the time is not.
    private static readonly byte[] UndatedMeta = LineBuffer.Word("][timeQuality isSynced=\"0\"][meta sequenceId=\"");
    private static readonly byte[] UpTime = LineBuffer.Word("\" sysUpTime=\"");
    private static readonly byte[] EndOfMeta = LineBuffer.Word("\"] ");

    /// <summary>The octets.</summary>
    public readonly LineBuffer Text;

    private readonly LineOrigin _origin;

    private bool _hasTime;
    private int _room;

    // Where the parameter that says least begins and ends; 0 for none.
    private int _leastAt;
    private int _leastEnd;
    private int _sentenceAt;

    /// <summary>Makes an empty line.</summary>
    /// <param name="origin">Who speaks.</param>
    /// <param name="words">The words that <see cref="Text"/> writes by number.</param>
    public SyslogLine(LineOrigin origin, Words words)
    {
        _origin = origin;
        Text = new LineBuffer(words, origin.Pairs);
    }

    /// <summary>Begins a line with PRI, VERSION, TIMESTAMP, HOSTNAME, APP-NAME and PROCID; MSGID is to follow.</summary>
    /// <param name="severity">A constant of <see cref="SyslogSeverity"/>.</param>
    /// <param name="time">Microseconds since 1970, or <see cref="NoTime"/>.</param>
    public void Begin(int severity, long time)
    {
        LineBuffer text = Text;
        text.Length = 0;
        text.Put(Priority);
        text.Bytes[SeverityAt] = (byte)('0' + severity);
        _hasTime = time != NoTime;
        _leastEnd = 0;
        _room = LineBuffer.Limit - MetaLength;
        if (_hasTime)
        {
            long milliseconds = time / 1000;
            long seconds = milliseconds / 1000;
            int days = (int)(seconds / 86400);
            text.PutTime(days, (int)(seconds - (days * 86400L)), (int)(milliseconds - (seconds * 1000)));
        }
        else
        {
            text.PutOctet('-');
            _room -= TimeQualityLength;
        }

        text.Put(_origin.Head);
    }

    /// <summary>Writes the enterprise number behind the name of the element of our own, and a space.</summary>
    public void PutEnterprise()
    {
        Text.Put(_origin.Enterprise);
    }

    /// <summary>Keeps room for a parameter that must not be left out.</summary>
    /// <param name="octets">Its octets, 0 to give the room back to it.</param>
    public void Reserve(int octets)
    {
        _room -= octets;
    }

    /// <summary>Octets that a parameter may still take, its closing quotation mark not counted.</summary>
    public int RoomLeft()
    {
        return _room - 1 - Text.Length;
    }

    /// <summary>
    /// Ends a parameter, whose closing quotation mark is to follow: takes it back where it does not fit, and all behind it.
    /// </summary>
    /// <param name="mark">Where it began.</param>
    /// <returns>Whether it stays.</returns>
    public bool Fits(int mark)
    {
        if (Text.Length < _room)
        {
            return true;
        }

        Text.Length = mark;
        _room = 0;
        return false;
    }

    /// <summary>
    /// Marks the parameter that says least, if none after it does: where a line has no time it goes before words do that
    /// a line with one has.
    /// </summary>
    /// <param name="mark">Where it began; it ends here.</param>
    public void MarkLeast(int mark)
    {
        if (!_hasTime && _leastEnd == 0)
        {
            // What goes for the words goes for further parameters too.
            _room += MoreUndated;
        }

        _leastAt = mark;
        _leastEnd = Text.Length;
    }

    /// <summary>
    /// Ends the element of our own, whose last value is closed, and writes timeQuality and meta; the sentence is to follow.
    /// </summary>
    /// <param name="upTime">Centiseconds since the start.</param>
    public void PutMeta(int upTime)
    {
        LineBuffer text = Text;
        text.Put(_hasTime ? Meta : UndatedMeta);
        text.PutNumber(_origin.NextSequence());
        text.Put(UpTime);
        text.PutNumber(upTime & 0x7fffffff);
        text.Put(EndOfMeta);
        _sentenceAt = text.Length;
    }

    /// <summary>Where the sentence is cut: what goes for it without a time is taken away behind that.</summary>
    public int SentenceEnd()
    {
        return _hasTime ? LineBuffer.Limit : LineBuffer.Limit + MoreUndated;
    }

    /// <summary>Ends the line: what stands behind the limit is cut, so that no word is halved.</summary>
    /// <returns>Octets of the line.</returns>
    public int End()
    {
        LineBuffer text = Text;
        // The space before the sentence goes with its first word.
        int words = _sentenceAt - 1;
        if (!_hasTime)
        {
            text.CutWords(words, SentenceEnd());
            if (text.Length > LineBuffer.Limit && _leastEnd != 0)
            {
                int gone = _leastEnd - _leastAt;
                Array.Copy(text.Bytes, _leastEnd, text.Bytes, _leastAt, text.Length - _leastEnd);
                text.Length -= gone;
                words -= gone;
            }
        }

        text.CutWords(words, LineBuffer.Limit);
        return text.Length;
    }
}
