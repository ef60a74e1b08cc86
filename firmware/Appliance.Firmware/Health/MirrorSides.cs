using Appliance.Firmware.Messages;
using Appliance.Sensor;

namespace Appliance.Firmware.Health;

/// <summary>Whether conversations show both sides: all of them one only, or some.</summary>
public sealed class MirrorSides
{
    private const long Second = 1000000;

    /// <summary>Fewer conversations say nothing of a share.</summary>
    private const int FewConversations = 20;

    /// <summary>And fewer halves than these may be frames that got lost.</summary>
    private const int FewHalves = 3;

    /// <summary>In tenths of a percent: one direction of one port of a switch of 24 is one conversation in 24 or more; of a
    /// mirror that loses a third of its frames, so few lose all of a side.</summary>
    private const int PartialShare = 20;

    /// <summary>So many whole ones without a half end it, though the share may still be one in twenty.</summary>
    private const int ManyWholes = 60;

    /// <summary>A share that so many can't decide is the limit's own; they are counted anew.</summary>
    private const int ManyConversations = 300;

    /// <summary>So long the sensor may take to tell a mirror of one direction; two of its minutes.</summary>
    private const long OneSidedTime = 150 * Second;

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private readonly MirrorFaults _faults;

    // The counters' values when the count of conversations began; it began with a half, since whole ones came before.
    private long _wholesThen;
    private long _halvesThen;
    private bool _isFirstAwaited;

    // The last whole conversation: when, and how many halves there were.
    private long _wholes;
    private long _wholeAt;
    private long _halvesAtWhole;

    // The last half: how many there were, and how many whole ones.
    private long _halves;
    private long _wholesAtHalf;
    private bool _isPartial;

    /// <summary>Makes one.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="sensor">Takes no evidence from answers while conversations show one side only.</param>
    /// <param name="faults">Has <see cref="MirrorFaults.OneSided"/> and <see cref="MirrorFaults.Partial"/>.</param>
    public MirrorSides(IMirrorPort port, TapSensor sensor, MirrorFaults faults)
    {
        _port = port;
        _sensor = sensor;
        _faults = faults;
    }

    /// <summary>Begins a count of conversations.</summary>
    public void Begin()
    {
        _wholesThen = _port.Counter(PortCounter.Wholes);
        _halvesThen = _port.Counter(PortCounter.Halves);
    }

    /// <summary>Judges once a second.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isEnd">A replay ends: what was counted so far must do.</param>
    public void Look(long now, bool isEnd)
    {
        JudgeAll(now, isEnd);
        NoteLast(now);
        if (_sensor.IsMirrorOneSided())
        {
            // A mirror that shows one direction and nothing else has no share.
            Begin();
            return;
        }

        if (_isPartial)
        {
            // A question may have been on the side that is missing.
            _sensor.NoteLost(0);
        }

        JudgeSome(now, isEnd);
    }

    // The sensor judges once a minute, and trusts no answer from the first doubt on.
    private void JudgeAll(long now, bool isEnd)
    {
        if (!_sensor.IsMirrorOneSided() && !(isEnd && _sensor.Mirror.LooksOneSided()))
        {
            _faults.Over(MirrorFaults.OneSided);
        }
        else if (_faults.IsDue(MirrorFaults.OneSided, now))
        {
            _faults.Begin(MirrorFaults.OneSided, now);
            _faults.End(MirrorFaults.OneSided);
        }
    }

    private void NoteLast(long now)
    {
        long wholes = _port.Counter(PortCounter.Wholes);
        long halves = _port.Counter(PortCounter.Halves);
        if (wholes != _wholes)
        {
            _wholes = wholes;
            _wholeAt = now;
            _halvesAtWhole = halves;
        }

        if (halves != _halves)
        {
            _halves = halves;
            _wholesAtHalf = wholes;
        }
    }

    // What lies between the limits goes on being counted.
    private void JudgeSome(long now, bool isEnd)
    {
        long halves = _halves - _halvesThen;
        long all = _wholes - _wholesThen + halves;
        if (!_isPartial && halves == 0)
        {
            // Counted from the first half on: whole ones of before would hide what share it is.
            _isFirstAwaited = _isFirstAwaited || all != 0;
            Begin();
            return;
        }

        if (_isFirstAwaited)
        {
            // Where it was waited for it is no evidence.
            halves--;
            all--;
        }

        bool isWhole = _isPartial && _wholes - _wholesAtHalf >= ManyWholes;
        if (!isWhole && (halves == 0 || (all < FewConversations && !isEnd)))
        {
            return;
        }

        if (isWhole || LossInterval.High(halves, all) < PartialShare)
        {
            _isPartial = false;
            _faults.Over(MirrorFaults.Partial);
        }
        else if (halves >= FewHalves && !IsOneSide(now) && LossInterval.Low(halves, all) >= PartialShare)
        {
            _isPartial = true;
            TellSome(now, halves, all);
        }
        else if (all < ManyConversations)
        {
            return;
        }

        _isFirstAwaited = false;
        Begin();
    }

    // Halves without a whole one behind them may be the first of a mirror of one direction.
    private bool IsOneSide(long now)
    {
        return _halves != _halvesAtWhole && now - _wholeAt < OneSidedTime;
    }

    private void TellSome(long now, long halves, long all)
    {
        if (_faults.IsDue(MirrorFaults.Partial, now))
        {
            _faults.Begin(MirrorFaults.Partial, now);
            _faults.Teller.Number(MessageWord.Share, halves * 100 / all);
            _faults.Teller.Number(MessageWord.Of, all);
            _faults.End(MirrorFaults.Partial);
        }
    }
}
