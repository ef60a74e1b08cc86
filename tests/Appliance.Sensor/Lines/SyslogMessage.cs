using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Lines;

/// <summary>A message read character by character as RFC 5424 section 6 has it; what is no message fails the test that reads
/// it.</summary>
internal sealed class SyslogMessage
{
    private readonly string _text;
    private int _at;

    private SyslogMessage(string text) => _text = text;

    public int Priority { get; private set; }

    public string Timestamp { get; private set; } = string.Empty;

    public string HostName { get; private set; } = string.Empty;

    public string ProcessId { get; private set; } = string.Empty;

    public string MessageId { get; private set; } = string.Empty;

    public string Message { get; private set; } = string.Empty;

    /// <summary>Elements in their order, each with its parameters in theirs.</summary>
    public List<(string Id, List<(string Name, string Value)> Parameters)> Elements { get; } = [];

    public static SyslogMessage Read(byte[] octets, int length)
    {
        Assert.IsLessThanOrEqualTo(480, length);
        string text = Encoding.Latin1.GetString(octets, 0, length);
        foreach (char character in text)
        {
            Assert.IsTrue(character is >= ' ' and <= '~', $"'{(int)character:x}' is not printable ASCII: {text}");
        }

        var message = new SyslogMessage(text);
        message.Read();
        return message;
    }

    public override string ToString() => _text;

    private void Read()
    {
        Expect('<');
        string priority = Take(char.IsAsciiDigit, 1, 3);
        Assert.IsTrue(priority.Length == 1 || priority[0] != '0', _text);
        Priority = int.Parse(priority, null);
        Assert.IsLessThanOrEqualTo(191, Priority, _text);
        Expect('>');
        Expect('1');
        Timestamp = Field(64);
        if (Timestamp != "-")
        {
            Assert.IsTrue(
                DateTime.TryParseExact(Timestamp,
                    "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null, System.Globalization.DateTimeStyles.None, out _),
                $"{Timestamp} is no time: {_text}");
        }

        HostName = Field(255);
        Assert.AreEqual("tap", Field(48), _text);
        ProcessId = Field(128);
        MessageId = Field(32);
        Expect(' ');
        if (Peek() == '-')
        {
            _at++;
        }
        else
        {
            do
            {
                ReadElement();
            }
            while (Peek() == '[');
        }

        if (_at < _text.Length)
        {
            Expect(' ');
            Message = _text[_at..];
            Assert.AreNotEqual('[', Message.Length > 0 ? Message[0] : ' ', $"an element behind a space is text: {_text}");
        }
    }

    private void ReadElement()
    {
        Expect('[');
        var parameters = new List<(string, string)>();
        Elements.Add((Name(), parameters));
        while (Peek() == ' ')
        {
            _at++;
            string name = Name();
            Expect('=');
            Expect('"');
            // A value that needs no escapes.
            string value = Take(c => c is not ('"' or '\\' or ']'), 0, int.MaxValue);
            Expect('"');
            parameters.Add((name, value));
        }

        Expect(']');
    }

    private string Name() => Take(c => c is > ' ' and <= '~' and not ('=' or ']' or '"'), 1, 32);

    private string Field(int most)
    {
        Expect(' ');
        return Take(c => c is > ' ' and <= '~', 1, most);
    }

    private string Take(Predicate<char> isOne, int least, int most)
    {
        int start = _at;
        while (_at < _text.Length && _at - start < most && isOne(_text[_at]))
        {
            _at++;
        }

        Assert.IsGreaterThanOrEqualTo(least, _at - start, $"at {start}: {_text}");
        return _text[start.._at];
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void Expect(char character)
    {
        Assert.AreEqual(character, Peek(), $"at {_at}: {_text}");
        _at++;
    }
}
