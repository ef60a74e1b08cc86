using System;
using System.Diagnostics;
using System.Threading;
using Appliance.Firmware;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Simulator.Faults;

namespace Appliance.Simulator.Box;

/// <summary>
/// The mirror port of a simulated box: takes the packets of captures, counts them, passes those that the interest mask lets
/// through into the slots of a batch, and tells the time, which is the capture's.
/// </summary>
internal sealed class ReplayPort : IMirrorPort
{
    /// <summary>The program hears of the time at least so often, in microseconds of the capture, as it does on the
    /// device.</summary>
    private const long TickTime = 1_000_000;

    /// <summary>
    /// Quiet time of a run that the program lives through second by second, in microseconds; what lies beyond is passed in one
    /// turn. Two days are what a long capture is quiet, and damaged times can't make a run last for ever.
    /// </summary>
    private const long LongestQuiet = 2L * 24 * 3600 * TickTime;

    private readonly Timeline _timeline = new();
    private readonly PortFaults _faults;
    private readonly Losses _losses;
    private readonly long[] _numbers;
    private readonly int _slots;
    private readonly double _speed;
    private readonly FrameIntake _intake = new();
    private CaptureReader? _reader;
    private Pending _pending;
    private long _numberBase;
    private long _nextTick;
    private long _quiet;
    private long _started;
    private long _leapt;
    private long _missed;
    private bool _hasBegun;

    // Reads without a frame that the program gets for its look once a second, as on the device, where a second has at least
    // twenty.
    private int _emptyReads;

    /// <summary>Makes a port without a capture.</summary>
    /// <param name="options">Ring, speed and losses.</param>
    /// <param name="faults">What fails when.</param>
    public ReplayPort(ReplayOptions options, PortFaults faults)
    {
        _faults = faults;
        _losses = new Losses(options.Drop);
        Span = options.Span is { } rate ? new MirrorSpan(rate) : null;
        _slots = options.Ring;
        _numbers = new long[_slots];
        _speed = options.Speed;
    }

    // What is known of the packet that was read last.
    private enum Pending
    {
        // It was dealt with.
        None,

        // It lies in another time: the clock turns before it.
        Turn,

        // It comes later: the program lives through the time until then.
        Later,

        // It has its stamp and waits for a slot.
        Slot,
    }

    /// <summary>Looks at each frame for the site's home network; null where nobody asks.</summary>
    public HomeWatch? Home { get; init; }

    /// <summary>The switch's port in front of this one; null for one that carries all.</summary>
    public MirrorSpan? Span { get; }

    /// <summary>Looks at every frame; null where nobody asks.</summary>
    public IFrameWatch? Watch { get; set; }

    /// <summary>A slot of the batch: the number of its frame, from 1 over all captures.</summary>
    public long[] Numbers => _numbers;

    /// <summary>Microseconds since the first frame.</summary>
    public long Stamp => _timeline.Stamp;

    /// <summary>Microseconds to add to a stamp to get the capture's Unix time.</summary>
    public long WallClock => _timeline.WallClock;

    /// <summary>The capture is at its end, or damaged, and all of its frames were handed over.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Why the capture could not be read to its end; null when nothing was wrong.</summary>
    public CaptureException? Damage { get; private set; }

    /// <summary>Frames that reached the port; without a link none does.</summary>
    public long Frames { get; private set; }

    /// <summary>Octets of those frames.</summary>
    public long Octets { get; private set; }

    /// <summary>Frames that the interest mask let through, lost ones included.</summary>
    public long Kept { get; private set; }

    /// <summary>Frames that were let through and found no slot, or were lost on purpose.</summary>
    public long Lost { get; private set; }

    /// <summary>Set to end the replay before its time.</summary>
    public volatile bool Stop;

    /// <summary>Begins a capture: its first packet sets the time.</summary>
    /// <returns>False when there is none.</returns>
    public bool Begin(CaptureReader reader)
    {
        _reader = reader;
        IsAtEnd = false;
        Damage = null;
        _timeline.BeginFile();
        if (!Next())
        {
            return false;
        }

        if (_hasBegun)
        {
            Follow(reader.Time);
            return true;
        }

        // Nobody has asked for the time yet.
        _hasBegun = true;
        _timeline.Turn(reader.Time);
        _nextTick = _timeline.Stamp + TickTime;
        _pending = Pending.Slot;
        return true;
    }

    /// <summary>A second passes between two captures.</summary>
    public void Rest()
    {
        _timeline.Pass(_timeline.Stamp + TickTime);
        _leapt += TickTime;
        PassTick();
    }

    /// <summary>Ends a capture.</summary>
    public void End(CaptureReader reader)
    {
        _numberBase += reader.Number;
        _reader = null;
        _pending = Pending.None;
    }

    /// <inheritdoc/>
    public long Read(SlotBatch batch)
    {
        if (_reader is null || Stop)
        {
            IsAtEnd = true;
            return _timeline.Stamp;
        }

        if (_emptyReads > 0)
        {
            _emptyReads--;
            return _timeline.Stamp;
        }

        if (_pending == Pending.Turn)
        {
            // The program sees the other time before any frame of it.
            long before = _timeline.Stamp;
            _timeline.Turn(_reader.Time);
            _leapt += _timeline.Stamp - before;
            _pending = Pending.Slot;
            PassTick();
            return _timeline.Stamp;
        }

        if (_pending == Pending.Later)
        {
            Pass(_timeline.StampOf(_reader.Time));
            return _timeline.Stamp;
        }

        if (_pending == Pending.Slot)
        {
            _pending = Pending.None;
            Take(_reader, batch);
        }

        while ((_speed > 0 || batch.Count < _slots) && Next() && Follow(_reader.Time))
        {
            // At a given speed frames that became due while the sensor was busy wait in the ring; when it is full the newest is
            // lost, as on the device.
            Take(_reader, batch);
        }

        return _timeline.Stamp;
    }

    /// <inheritdoc/>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings) =>
        _intake.UseInterest(octets, at, ranges, openingsAt, openings);

    /// <inheritdoc/>
    public long Counter(int which) => which switch
    {
        PortCounter.Received => Frames - _missed,
        PortCounter.Kept => Kept,
        PortCounter.Lost => Lost,
        PortCounter.Missed => _missed,
        PortCounter.Transmitted => 0,
        _ => _intake.Counter(which - PortCounter.Unicast),
    };

    /// <inheritdoc/>
    public bool IsLinkUp() => _faults.Link.IsUp(_timeline.Stamp);

    /// <inheritdoc/>
    public bool IsReady() => true;

    /// <inheritdoc/>
    public void ResetReceiver() => _faults.Reset(_timeline.Stamp);

    /// <inheritdoc/>
    public void StartWatchdog(int milliseconds)
    {
    }

    /// <inheritdoc/>
    public void FeedWatchdog()
    {
    }

    /// <inheritdoc/>
    public int RestartReason() => Firmware.RestartReason.PowerOn;

    /// <inheritdoc/>
    public long Memory(int which) => -1;

    private bool Next()
    {
        try
        {
            if (!Stop && _reader!.Read())
            {
                return true;
            }
        }
        catch (CaptureException e)
        {
            Damage = e;
        }

        IsAtEnd = true;
        return false;
    }

    // False when the program has to hear of the time before the frame goes into a slot.
    private bool Follow(long time)
    {
        long stamp = _timeline.StampOf(time);
        if (stamp > _nextTick || (_speed > 0 && stamp > Due()))
        {
            _pending = Pending.Later;
            return false;
        }

        if (!_timeline.Follow(time))
        {
            _pending = Pending.Turn;
            return false;
        }

        if (_timeline.Stamp >= _nextTick)
        {
            _pending = Pending.Slot;
            PassTick();
            return false;
        }

        return true;
    }

    // Lets time pass on the way to a frame: a second, or less where so much has not passed by the clock.
    private void Pass(long stamp)
    {
        long until = stamp;
        if (_quiet < LongestQuiet)
        {
            until = Math.Min(stamp, _nextTick);
        }

        if (_speed > 0)
        {
            until = Math.Min(until, Wait(until));
        }

        _quiet += until - _timeline.Stamp;
        _timeline.Pass(until);
        PassTick();
        if (until == stamp)
        {
            _pending = Pending.Slot;
        }
    }

    private void PassTick()
    {
        if (_timeline.Stamp >= _nextTick)
        {
            _nextTick = _timeline.Stamp + TickTime;
            _emptyReads = TapProgram.LookTurns;
        }
    }

    /// <summary>What the hook does with a frame.</summary>
    private void Take(CaptureReader reader, SlotBatch batch)
    {
        if (Span?.Passes(_timeline.Stamp, reader.WireLength) == false)
        {
            return;
        }

        FrameFate fate = _faults.IsAny ? _faults.FateAt(_timeline.Stamp) : FrameFate.Delivered;
        if (fate == FrameFate.Unseen)
        {
            return;
        }

        Frames++;
        Octets += reader.WireLength;
        if (fate == FrameFate.Missed)
        {
            _missed++;
            return;
        }

        Interest interest = _intake.Take(reader.Buffer, reader.At, reader.Captured, reader.WireLength, _timeline.Stamp);
        Home?.See(_intake.Frame);
        Watch?.See(_intake.Frame, interest, Math.Max(_intake.Frame.Length, reader.WireLength), _numberBase + reader.Number);
        if (interest is Interest.Skip or Interest.Copy)
        {
            return;
        }

        Kept++;
        if (_losses.Takes() || batch.Count == _slots)
        {
            Lost++;
            return;
        }

        _numbers[batch.Count] = _numberBase + reader.Number;
        _intake.Put(batch);
    }

    // Waits for a frame, but not for long; then the time that it is.
    private long Wait(long stamp)
    {
        double milliseconds = (stamp - Due()) / 1000.0 / _speed;
        if (milliseconds > 0)
        {
            Thread.Sleep((int)Math.Min(Math.Ceiling(milliseconds), TapProgram.WaitMicroseconds / 1000));
        }

        return Math.Max(Due(), _timeline.Stamp);
    }

    /// <summary>What time it is at the given speed: frames up to here are due. Nobody waits for what lies between
    /// captures.</summary>
    private long Due()
    {
        if (_started == 0)
        {
            _started = Stopwatch.GetTimestamp();
        }

        return _leapt + (long)(Stopwatch.GetElapsedTime(_started).TotalMicroseconds * _speed);
    }
}
