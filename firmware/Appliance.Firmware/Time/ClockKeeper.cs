using System;

namespace Appliance.Firmware.Time;

/// <summary>
/// Keeps the time of day by the site's own SNTP server. Only the times in messages hang on it: trackers run on the slots' stamps.
/// Until the time is known messages say so; a large step needs two answers that agree, since one may be a mistake.
/// </summary>
public sealed class ClockKeeper
{
    /// <summary>The table names no server.</summary>
    public const int NoServer = 0;

    /// <summary>There is a server that has not answered yet.</summary>
    public const int Waiting = 1;

    /// <summary>The server has answered within a day.</summary>
    public const int Synchronized = 2;

    /// <summary>It has not answered for a day; the clock runs on by itself.</summary>
    public const int Silent = 3;

    /// <summary>How long an answer is waited for, in microseconds.</summary>
    private const long AnswerTime = 3000000;

    /// <summary>First pause between two requests; RFC 4330 section 10 allows no less than 15 s.</summary>
    private const long ShortestPause = 16000000;

    /// <summary>Pause once the time is known: a crystal of 40 ppm goes 40 ms wrong in it.</summary>
    private const long LongestPause = 1024000000;

    /// <summary>A smaller difference, in microseconds, is left alone: what waits in the sensor is judged early when the clock
    /// moves.</summary>
    private const long SmallDifference = 20000;

    /// <summary>A larger difference is a step: it needs two answers.</summary>
    private const long Step = 1000000;

    /// <summary>Crystals drift: after a day without an answer a clock may be some seconds wrong.</summary>
    private const long SilentTime = 86400000000;

    /// <summary>How the time is known: a constant of this class.</summary>
    public int Status;

    /// <summary>What was wrong with the last answer, a constant of <see cref="SntpExchange"/>; 0 for nothing.</summary>
    public int Problem;

    /// <summary>Steps made, the first setting not counted.</summary>
    public int Steps;

    /// <summary>The last step, in seconds.</summary>
    public long LastStep;

    /// <summary>A request is under way.</summary>
    public bool IsAsking;

    private readonly IClock _clock;
    private readonly SntpExchange _exchange = new SntpExchange();
    private byte[] _server = new byte[0];
    private bool _hasCandidate;
    private long _candidate;
    private long _nextAt;
    private long _answeredAt;
    private long _pause = ShortestPause;

    /// <summary>Makes a keeper without a server.</summary>
    /// <param name="clock">The clock.</param>
    public ClockKeeper(IClock clock)
    {
        _clock = clock;
    }

    /// <summary>The site's server from now on.</summary>
    /// <param name="text">Where its name or address stands.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Octets of it; 0 for no server.</param>
    public void UseServer(byte[] text, int at, int length)
    {
        if (IsServer(text, at, length))
        {
            return;
        }

        _server = new byte[length];
        Array.Copy(text, at, _server, 0, length);
        IsAsking = false;
        _hasCandidate = false;
        _pause = ShortestPause;
        _nextAt = 0;
        Status = length == 0 ? NoServer : Waiting;
    }

    /// <summary>Asks, listens, and sets the clock; called about once a second, and each turn while
    /// <see cref="IsAsking"/>.</summary>
    /// <param name="now">Microseconds of the clock.</param>
    public void Tend(long now)
    {
        if (_server.Length == 0)
        {
            return;
        }

        if (IsAsking)
        {
            Listen(now);
        }
        else if (now >= _nextAt)
        {
            _exchange.Prepare(_clock.Random(), _clock.Random());
            IsAsking = _clock.Ask(_server, _exchange.Request);
            if (IsAsking)
            {
                // Not the turn's time: frames or the lookup of a name may have taken longer than the way to the server.
                _exchange.AskedAt = _clock.AskedAt();
                // It may have come already: a simulated server takes no time.
                Listen(now);
            }
            else
            {
                Wait(now);
            }
        }

        if (Status == Synchronized && now - _answeredAt > SilentTime)
        {
            Status = Silent;
        }
    }

    private bool IsServer(byte[] text, int at, int length)
    {
        if (length != _server.Length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (text[at + i] != _server[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Listen(long now)
    {
        int length = _clock.Answer(_exchange.Answer);
        if (length == 0)
        {
            if (now - _exchange.AskedAt > AnswerTime)
            {
                IsAsking = false;
                Wait(now);
            }

            return;
        }

        Problem = _exchange.Judge(length, _clock.AnsweredAt());
        if (Problem == SntpExchange.NotOurs || Problem == SntpExchange.NotAnAnswer || Problem == SntpExchange.TooShort)
        {
            // Somebody else's: ours may still come.
            return;
        }

        IsAsking = false;
        if (Problem == SntpExchange.Accepted)
        {
            Accept(now, _exchange.Offset);
            return;
        }

        if (Problem == SntpExchange.KissOfDeath)
        {
            _pause = LongestPause;
        }

        Wait(now);
    }

    private void Accept(long now, long offset)
    {
        long before = _clock.Offset();
        long difference = before == ClockOffset.Unknown ? 0 : offset - before;
        long size = difference < 0 ? -difference : difference;
        if (size >= Step)
        {
            long disagreement = offset - _candidate;
            if (!_hasCandidate || disagreement > Step || disagreement < -Step)
            {
                _hasCandidate = true;
                _candidate = offset;
                _nextAt = now + ShortestPause;
                return;
            }

            Steps++;
            LastStep = difference / 1000000;
        }

        if (before == ClockOffset.Unknown || size >= SmallDifference)
        {
            _clock.SetOffset(offset);
        }

        _hasCandidate = false;
        _answeredAt = now;
        Status = Synchronized;
        _pause = ShortestPause;
        _nextAt = now + LongestPause;
    }

    private void Wait(long now)
    {
        _nextAt = now + _pause;
        _pause = _pause < LongestPause ? _pause << 1 : LongestPause;
    }
}
