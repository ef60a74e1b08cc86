using System;
using System.Buffers.Binary;
using Appliance.Firmware;
using Appliance.Firmware.Time;
using Appliance.Simulator.Faults;

namespace Appliance.Simulator.Box;

/// <summary>
/// The clock of a simulated box: stamps are the port's, the time of day is the capture's or the workstation's, and a time server
/// answers at once that agrees with it, until a fault makes it disagree.
/// </summary>
/// <param name="now">Microseconds since the start.</param>
/// <param name="wallClock">Microseconds to add for Unix time.</param>
/// <param name="faults">What is wrong with the time server.</param>
internal sealed class CaptureClock(Func<long> now, Func<long> wallClock, ClockFaults faults) : IClock
{
    /// <summary>Times outside of what an NTP timestamp means without doubt (RFC 4330 section 3: 1968 to 2104) can't be told by
    /// one.</summary>
    private const long Earliest = -63_000_000L * 1_000_000;
    private const long Latest = 4_230_000_000L * 1_000_000;

    private const long SecondsTo1970 = 2208988800;

    private readonly Random _random = new(20000407);
    private readonly byte[] _answer = new byte[SntpExchange.Length];
    private long _correction;
    private bool _isUnset = faults.IsUnset();
    private bool _isAnswered;
    private long _askedAt;

    /// <inheritdoc/>
    public long Now() => now();

    /// <inheritdoc/>
    public long Offset() => _isUnset ? ClockOffset.Unknown : wallClock() + _correction;

    /// <inheritdoc/>
    public void SetOffset(long offset)
    {
        _isUnset = false;
        _correction = offset - wallClock();
    }

    /// <inheritdoc/>
    public bool Ask(byte[] server, byte[] request)
    {
        _askedAt = now();
        long time = _askedAt + wallClock();
        _isAnswered = time is > Earliest and < Latest && faults.Answers(now());
        if (_isAnswered)
        {
            time += faults.Error(now());
            Array.Clear(_answer);
            _answer[0] = 0x24;
            _answer[1] = 2;
            request.AsSpan(40, 8).CopyTo(_answer.AsSpan(24));
            Write(32, time);
            Write(40, time);
        }

        return true;
    }

    /// <inheritdoc/>
    public int Answer(byte[] answer)
    {
        if (!_isAnswered)
        {
            return 0;
        }

        _isAnswered = false;
        _answer.CopyTo(answer, 0);
        return _answer.Length;
    }

    /// <inheritdoc/>
    public long AskedAt() => _askedAt;

    /// <inheritdoc/>
    public long AnsweredAt() => now();

    /// <inheritdoc/>
    public int Random() => _random.Next(int.MinValue, int.MaxValue);

    private void Write(int at, long time)
    {
        long seconds = Math.DivRem(time, 1_000_000, out long rest);
        if (rest < 0)
        {
            seconds--;
            rest += 1_000_000;
        }

        BinaryPrimitives.WriteUInt32BigEndian(_answer.AsSpan(at), unchecked((uint)(seconds + SecondsTo1970)));
        BinaryPrimitives.WriteUInt32BigEndian(_answer.AsSpan(at + 4), (uint)(((rest << 32) + 500_000) / 1_000_000));
    }
}
