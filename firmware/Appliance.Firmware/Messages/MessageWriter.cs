using Appliance.Sensor;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Writes what the box says of itself: an RFC 5424 message with one element of parameters, and a sentence for a person.
/// </summary>
public sealed class MessageWriter
{
    private readonly SyslogLine _line;
    private readonly LineBuffer _text;
    private readonly IAlertSink _sink;
    private readonly bool _isQuiet;
    private bool _isSent;
    private long _now;
    private long _offset = ClockOffset.Unknown;
    private int _severity;

    /// <summary>Makes a writer.</summary>
    /// <param name="origin">Who speaks: the sensor's, since one row of sequence numbers counts the messages of both.</param>
    /// <param name="sink">Where messages go.</param>
    /// <param name="isQuiet">Nothing is sent, and no sequenceId drawn, but where <see cref="Insist"/> is called.</param>
    public MessageWriter(LineOrigin origin, IAlertSink sink, bool isQuiet)
    {
        _line = new SyslogLine(origin, new Words(MessageWord.Texts));
        _text = _line.Text;
        _sink = sink;
        _isQuiet = isQuiet;
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
    /// <param name="severity">A constant of <see cref="SyslogSeverity"/>.</param>
    public void Begin(int kind, int severity)
    {
        _severity = severity;
        _isSent = !_isQuiet;
        _line.Begin(severity, _offset == ClockOffset.Unknown ? SyslogLine.NoTime : _now + _offset);
        _text.PutWord(kind);
        _text.PutOctet(' ');
        _text.PutOctet('[');
        _text.PutWord(kind);
        _line.PutEnterprise();
        // The space that the enterprise number ends with comes before each parameter.
        _text.Length--;
    }

    /// <summary>Begins a <c>health</c> message.</summary>
    /// <param name="part">What it is about, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="state">How that is, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="severity">A constant of <see cref="SyslogSeverity"/>.</param>
    public void BeginHealth(int part, int state, int severity)
    {
        Begin(MessageWord.Health, severity);
        Word(MessageWord.Part, part);
        Word(MessageWord.State, state);
    }

    /// <summary>This message goes out though the box is quiet: without it the alerts beside it mislead.</summary>
    public void Insist()
    {
        _isSent = true;
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value.</param>
    public void Number(int name, long value)
    {
        int mark = BeginParameter(name);
        LongNumber.Put(_text, value);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value, a word too.</param>
    public void Word(int name, int value)
    {
        int mark = BeginParameter(name);
        _text.PutWord(value);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="values">Where its value stands.</param>
    /// <param name="number">Its number there.</param>
    public void Word(int name, Phrases values, int number)
    {
        int mark = BeginParameter(name);
        values.Put(_text, number);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter; octets are made of its value, which is for what is told seldom.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="value">Its value: ASCII without quotation mark, backslash and bracket.</param>
    public void Word(int name, string value)
    {
        int mark = BeginParameter(name);
        _text.Put(LineBuffer.Word(value));
        EndParameter(mark);
    }

    /// <summary>Adds a parameter of several words with a blank between them.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="values">Where the words stand.</param>
    /// <param name="which">A bit for each word that is to be added.</param>
    /// <param name="count">How many words are looked at, from the first on.</param>
    public void Words(int name, Phrases values, int which, int count)
    {
        int mark = BeginParameter(name);
        bool isFirst = true;
        for (int i = 0; i < count; i++)
        {
            if ((which >> i & 1) != 0)
            {
                if (!isFirst)
                {
                    _text.PutOctet(' ');
                }

                isFirst = false;
                values.Put(_text, i);
            }
        }

        EndParameter(mark);
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="from">Where its value stands: ASCII without quotation mark, backslash and bracket.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Octets of it.</param>
    public void Text(int name, byte[] from, int at, int length)
    {
        int mark = BeginParameter(name);
        _text.PutFrom(from, at, length);
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
            PutDigits(from[i], 4);
        }

        EndParameter(mark);
    }

    /// <summary>Adds a parameter such as <c>0x88e5</c>.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="type">16 bits.</param>
    public void EtherType(int name, int type)
    {
        int mark = BeginParameter(name);
        _text.PutOctet('0');
        _text.PutOctet('x');
        PutDigits(type, 12);
        EndParameter(mark);
    }

    /// <summary>Adds a parameter such as <c>2.1-3.4</c>.</summary>
    /// <param name="name">Its name, a constant of <see cref="MessageWord"/>.</param>
    /// <param name="low">Its lower end, in tenths.</param>
    /// <param name="high">Its upper end.</param>
    public void Tenths(int name, long low, long high)
    {
        int mark = BeginParameter(name);
        PutTenths(low);
        _text.PutOctet('-');
        PutTenths(high);
        EndParameter(mark);
    }

    /// <summary>Ends the parameters and writes meta; words for a person follow.</summary>
    public void Meta()
    {
        if (_isSent)
        {
            _line.PutMeta((int)(_now / 10000));
        }
    }

    /// <summary>Adds words of the sentence.</summary>
    /// <param name="words">A constant of <see cref="MessageWord"/>, with the space between it and the next.</param>
    public void Say(int words)
    {
        _text.PutWord(words);
    }

    /// <summary>Adds words of the sentence.</summary>
    /// <param name="phrases">Where they stand.</param>
    /// <param name="number">Their number there.</param>
    public void Say(Phrases phrases, int number)
    {
        phrases.Put(_text, number);
    }

    /// <summary>Adds words of the sentence; octets are made of them, which is for what is told seldom.</summary>
    /// <param name="words">ASCII.</param>
    public void Say(string words)
    {
        _text.Put(LineBuffer.Word(words));
    }

    /// <summary>Adds a number to the sentence.</summary>
    /// <param name="value">The number.</param>
    public void SayNumber(long value)
    {
        LongNumber.Put(_text, value);
    }

    /// <summary>Sends the message.</summary>
    public void Send()
    {
        if (_isSent)
        {
            int length = _line.End();
            _sink.Alert(_text.Bytes, length, _severity);
        }
    }

    /// <summary>Ends the message with meta and one sentence, and sends it.</summary>
    /// <param name="sentences">Where it stands.</param>
    /// <param name="sentence">Its number there.</param>
    public void End(Phrases sentences, int sentence)
    {
        Meta();
        Say(sentences, sentence);
        Send();
    }

    private void PutTenths(long value)
    {
        LongNumber.Put(_text, value / 10);
        _text.PutOctet('.');
        _text.PutOctet((int)(value % 10) + '0');
    }

    // Hexadecimal digits, the first of them so many bits from the right.
    private void PutDigits(int value, int shift)
    {
        for (; shift >= 0; shift -= 4)
        {
            int digit = (value >> shift) & 15;
            _text.PutOctet(digit < 10 ? digit + '0' : digit + 'a' - 10);
        }
    }

    private int BeginParameter(int name)
    {
        int mark = _text.Length;
        _text.PutOctet(' ');
        _text.PutWord(name);
        _text.PutWord(MessageWord.EqualsQuote);
        return mark;
    }

    private void EndParameter(int mark)
    {
        if (_line.Fits(mark))
        {
            _text.PutOctet('"');
        }
    }
}
