using System;
using System.Buffers.Binary;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A clock that goes when a test says so, and a time server that is right, wrong, or away.</summary>
internal sealed class FakeClock : IClock
{
    private readonly Random _random = new(1);
    private readonly byte[] _answer = new byte[48];
    private byte[]? _server;
    private bool _isAnswered;
    private long _askedAt;
    private long _answeredAt;

    /// <summary>Microseconds since the start.</summary>
    public long Micros { get; set; }

    /// <summary>As the box believes.</summary>
    public long Known { get; set; } = ClockOffset.Unknown;

    /// <summary>As the server believes; null when it does not answer.</summary>
    public long? Server { get; set; }

    /// <summary>Changes an answer before it is given.</summary>
    public Action<byte[]>? Spoil { get; set; }

    /// <summary>Requests that were sent.</summary>
    public int Asked { get; private set; }

    /// <summary>Microseconds that a request takes, and its answer.</summary>
    public long Trip { get; set; }

    /// <summary>Microseconds that the lookup of the server's name takes, in which the program waits.</summary>
    public long Lookup { get; set; }

    public long Now() => Micros;

    public long Offset() => Known;

    public void SetOffset(long offset) => Known = offset;

    /// <summary>Whom the box asked.</summary>
    public System.Collections.Generic.HashSet<string> Servers { get; } = [];

    public bool Ask(byte[] server, byte[] request)
    {
        Asked++;
        if (!ReferenceEquals(server, _server))
        {
            _server = server;
            Servers.Add(System.Text.Encoding.ASCII.GetString(server));
        }

        _isAnswered = false;
        Micros += Lookup;
        _askedAt = Micros;
        if (Server is not { } offset)
        {
            return true;
        }

        byte[] answer = _answer;
        Array.Clear(answer);
        answer[0] = 0x24;
        answer[1] = 2;
        request.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
        long time = Micros + Trip + offset;
        Write(answer, 32, time);
        Write(answer, 40, time);
        Spoil?.Invoke(answer);
        _isAnswered = true;
        _answeredAt = Micros + (2 * Trip);
        return true;
    }

    public int Answer(byte[] answer)
    {
        if (!_isAnswered || Micros < _answeredAt)
        {
            return 0;
        }

        _answer.CopyTo(answer, 0);
        int length = _answer.Length;
        _isAnswered = false;
        return length;
    }

    public long AskedAt() => _askedAt;

    public long AnsweredAt() => _answeredAt;

    public int Random() => _random.Next();

    /// <summary>Writes an NTP timestamp (RFC 5905 section 6).</summary>
    public static void Write(byte[] answer, int at, long unixMicroseconds)
    {
        long seconds = Math.DivRem(unixMicroseconds, 1_000_000, out long rest);
        if (rest < 0)
        {
            seconds--;
            rest += 1_000_000;
        }

        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(at), unchecked((uint)(seconds + 2208988800)));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(at + 4), (uint)(((rest << 32) + 500_000) / 1_000_000));
    }
}
