using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>
/// Whether the receiver delivers what comes: it frees one that has stalled, and knows of each frame that was missed whether a
/// burst took it or a stall.
/// </summary>
public sealed class ReceiverWatch
{
    private const long Second = 1000000;

    /// <summary>A receiver with work to do that delivers nothing for so long is stalled.</summary>
    private const long Stall = 5 * Second;

    /// <summary>Looks in which frames were missed and none was delivered, before that is a stall: a single one may be a burst's
    /// end.</summary>
    private const int StallLooks = 2;

    /// <summary>Between two resets of the receiver: each costs some milliseconds of frames.</summary>
    private const long ResetPause = 30 * Second;

    /// <summary>A receiver that delivers nothing after so many resets needs more than those.</summary>
    private const int VainResets = 2;

    private readonly IMirrorPort _port;
    private readonly HealthTeller _teller;

    private long _received;
    private long _receivedAt;
    private long _missed;

    // Since when nothing has come, neither delivered nor missed.
    private long _quietSince;

    // Up to which value of the missed counter a burst or a reset has told: what is missed while nothing is delivered may be a
    // stall's.
    private long _missedTold;

    // The missed counter at the first look that saw nothing delivered, -1 while something is: above it is what a stall would
    // miss, below it what a burst before a quiet time missed.
    private long _stallFrom = -1;

    // Looks since then, or since the last reset, that saw the missed counter rise.
    private int _stallLooks;

    // Resets since the receiver last delivered something.
    private int _vainResets;
    private int _resets;
    private long _resetAt;

    /// <summary>Frames that bursts took: missed while others were delivered.</summary>
    public long Burst;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Link, counters, and the reset.</param>
    /// <param name="teller">Tells what it sees.</param>
    public ReceiverWatch(IMirrorPort port, HealthTeller teller)
    {
        _port = port;
        _teller = teller;
    }

    /// <summary>Frames were missed of which the next look knows whether a burst took them or a stall that begins.</summary>
    public bool IsUndecided()
    {
        return _missed != _missedTold;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _receivedAt = now;
        _quietSince = now;
        _resetAt = now - ResetPause;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        bool hasLink = _port.IsLinkUp();
        long received = _port.Counter(PortCounter.Received);
        long missed = _port.Counter(PortCounter.Missed);
        if (received != _received || !hasLink)
        {
            if (_vainResets != 0)
            {
                // The end of a stall, which has been told. Behind a quiet time what this look missed is none of its frames.
                _vainResets = 0;
                _missedTold = now - _quietSince >= Stall ? _missed : missed;
            }
            else if (received != _received)
            {
                GiveToBurst(_missed);
            }

            _received = received;
            _receivedAt = now;
            _stallFrom = -1;
        }
        else if (_stallFrom < 0)
        {
            _stallFrom = missed;
            _stallLooks = 0;
        }
        else if (missed != _missed)
        {
            _stallLooks++;
            if (_stallLooks >= StallLooks && now - _receivedAt >= Stall && now - _resetAt >= ResetPause)
            {
                // There are frames, and the receiver delivers none of them.
                Reset(now, missed);
            }
        }
        else if (now - _quietSince >= Stall && _stallFrom > _missedTold)
        {
            // Nothing was missed any more: a burst, and then a quiet time.
            GiveToBurst(_stallFrom);
        }

        if (_receivedAt == now || missed != _missed)
        {
            _quietSince = now;
        }

        _missed = missed;
        _teller.Show(LightCode.Broken, !_port.IsReady() || _vainResets >= VainResets);
    }

    private void Reset(long now, long missed)
    {
        _port.ResetReceiver();
        _resetAt = now;
        _resets++;
        _vainResets++;
        _teller.Begin(MessageWord.Receiver, MessageWord.Reset, SyslogSeverity.Warning);
        _teller.Number(MessageWord.Missed, missed - _missedTold);
        _teller.Number(MessageWord.Resets, _resets);
        _teller.End(HealthSentence.Reset);
        _missedTold = missed;
        _stallFrom = missed;
        _stallLooks = 0;
    }

    // What was missed up to a value of the counter was a burst's.
    private void GiveToBurst(long until)
    {
        Burst += until - _missedTold;
        _missedTold = until;
    }
}
