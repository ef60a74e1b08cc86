using Appliance.Sensor;
using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Writes what the box says of itself, as RFC 5424 messages of at most 480 octets: header, one element of parameters, meta, and
/// a sentence for a
/// person. What does not fit is left out from the end. Values never need escaping.
/// </summary>
public sealed class MessageWriter
{
    /// <summary>Syslog's severities (RFC 5424 section 6.2.1).</summary>
    public const int Error = 3;

    /// <summary>A technician is needed, or somebody is to be asked.</summary>
    public const int Warning = 4;

    /// <summary>Worth knowing.</summary>
    public const int Notice = 5;

    /// <summary>Ordinary.</summary>
    public const int Informational = 6;

    /// <summary>Octets that timeQuality, meta and their ends take at most, for which room is kept.</summary>
    private const int MetaLength = 54;

    /// <summary>Octets of timeQuality, which only a message without a time has.</summary>
    private const int TimeQualityLength = 38;

    private readonly LineBuffer _line = new LineBuffer(new Words(MessageWord.Texts));
    private readonly TapSensor _sensor;
    private readonly IAlertSink _sink;
    private readonly bool _isQuiet;
    private byte[] _host = new byte[0];
    private long _now;
    private long _offset = ClockOffset.Unknown;
    private int _room;

    /// <summary>Makes a writer.</summary>
    /// <param name="sensor">Counts the messages of both: sequenceId.</param>
    /// <param name="sink">Where messages go.</param>
    /// <param name="isQuiet">Nothing is sent, and no sequenceId drawn.</param>
    public MessageWriter(TapSensor sensor, IAlertSink sink, bool isQuiet)
    {
        _sensor = sensor;
        _sink = sink;
        _isQuiet = isQuiet;
    }

    /// <summary>Sets HOSTNAME.</summary>
    /// <param name="name">ASCII.</param>
    public void UseHostName(byte[] name)
    {
        _host = name;
    }

    /// <summary>Sets the time of the next messages.</summary>
    /// <param name="now">Microseconds since the box started.</param>
    /// <param name="offset">To be added for those since 1970, or <see cref="ClockOffset.Unknown"/>.</param>
    public void SetTime(long now, long offset)
    {
        _now = now;
        _offset = offset;
    }

    /// <summary>Begins a message.</summary>
    /// <param name="kind">MSGID, and the element's name: a constant of <see cref="MessageWord"/>.</param>
    /// <param name="severity">A constant of this class.</param>
    public void Begin(int kind, int severity)
    {
        LineBuffer line = _line;
        line.Length = 0;
        line.PutOctet('<');
        // Facility 10 (security).
        line.PutNumber((10 << 3) + severity);
        line.PutOctet('>');
        line.PutOctet('1');
        line.PutOctet(' ');
        _room = LineBuffer.Limit - MetaLength;
        if (_offset == ClockOffset.Unknown)
        {
            line.PutOctet('-');
            _room -= TimeQualityLength;
        }
        else
        {
            long milliseconds = (_now + _offset) / 1000;
            long seconds = milliseconds / 1000;
            int days = (int)(seconds / 86400);
            line.PutTime(days, (int)(seconds - (days * 86400L)), (int)(milliseconds - (seconds * 1000)));
        }

        line.PutOctet(' ');
        line.Put(_host);
        line.PutWord(MessageWord.App);
        line.PutWord(kind);
        line.PutOctet(' ');
        line.PutOctet('[');
        line.PutWord(kind);
        line.PutWord(MessageWord.Element);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value.</param>
    public void Number(int name, long value)
    {
        int mark = BeginParameter(name);
        PutNumber(value);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value, a word too.</param>
    public void Word(int name, int value)
    {
        int mark = BeginParameter(name);
        _line.PutWord(value);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="values">Where its value stands.</param>
    /// <param name="number">Its number there.</param>
    public void Word(int name, Phrases values, int number)
    {
        values.Find(number);
        Text(name, values.Octets, values.At, values.Length);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="from">Where its value stands: ASCII without quotation mark, backslash and bracket.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Octets of it.</param>
    public void Text(int name, byte[] from, int at, int length)
    {
        int mark = BeginParameter(name);
        _line.PutFrom(from, at, length);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter of octets in hexadecimal.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="from">Where the octets are.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="length">How many.</param>
    public void Hexadecimal(int name, byte[] from, int at, int length)
    {
        int mark = BeginParameter(name);
        for (int i = at; i < at + length; i++)
        {
            int high = from[i] >> 4;
            int low = from[i] & 15;
            _line.PutOctet(high < 10 ? high + '0' : high + 'a' - 10);
            _line.PutOctet(low < 10 ? low + '0' : low + 'a' - 10);
        }

        EndParameter(mark);
    }

    /// <summary>Ends the parameters and writes meta; words for a person follow.</summary>
    public void Meta()
    {
        LineBuffer line = _line;
        if (_isQuiet)
        {
            return;
        }

        if (_offset == ClockOffset.Unknown)
        {
            line.PutOctet(']');
            line.PutWord(MessageWord.TimeQuality);
        }
        else
        {
            line.PutOctet(']');
        }

        line.PutWord(MessageWord.Meta);
        line.PutNumber(_sensor.NextSequence());
        line.PutWord(MessageWord.UpTime);
        line.PutNumber((int)(_now / 10000) & 0x7fffffff);
        line.PutWord(MessageWord.EndOfElement);
        line.PutOctet(' ');
    }

    /// <summary>Adds words of the sentence.</summary>
    /// <param name="words">A constant of <see cref="MessageWord"/>, with the space between it and the next.</param>
    public void Say(int words)
    {
        _line.PutWord(words);
    }

    /// <summary>Adds words of the sentence.</summary>
    /// <param name="phrases">Where they stand.</param>
    /// <param name="number">Their number there.</param>
    public void Say(Phrases phrases, int number)
    {
        phrases.Find(number);
        _line.PutFrom(phrases.Octets, phrases.At, phrases.Length);
    }

    /// <summary>Adds a number to the sentence.</summary>
    /// <param name="value">The number.</param>
    public void SayNumber(long value)
    {
        PutNumber(value);
    }

    /// <summary>Sends the message.</summary>
    public void Send()
    {
        if (_isQuiet)
        {
            return;
        }

        _line.CutWords(0);
        _sink.Alert(_line.Bytes, _line.Length);
    }

    private int BeginParameter(int name)
    {
        int mark = _line.Length;
        _line.PutOctet(' ');
        _line.PutWord(name);
        _line.PutWord(MessageWord.EqualsQuote);
        return mark;
    }

    private void EndParameter(int mark)
    {
        if (_line.Length >= _room)
        {
            _line.Length = mark;
            _room = 0;
            return;
        }

        _line.PutOctet('"');
    }

    private void PutNumber(long value)
    {
        LineBuffer line = _line;
        if (value < 0)
        {
            if (value == long.MinValue)
            {
                line.PutWord(MessageWord.Minimum);
                return;
            }

            line.PutOctet('-');
            value = -value;
        }

        if (value <= int.MaxValue)
        {
            line.PutNumber((int)value);
            return;
        }

        long billions = value / 1000000000;
        if (billions <= int.MaxValue)
        {
            line.PutNumber((int)billions);
        }
        else
        {
            line.PutNumber((int)(billions / 1000000000));
            line.PutDigits((int)(billions % 1000000000), 9);
        }

        line.PutDigits((int)(value % 1000000000), 9);
    }
}
