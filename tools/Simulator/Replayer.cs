using System;
using System.Diagnostics;
using System.Threading;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator;

/// <summary>
/// The mirror port of a workstation: takes the packets of captures, counts them, passes those that the interest mask lets through
/// into the ring of slots, and hands the ring to the sensor.
/// </summary>
internal sealed class Replayer
{
    /// <summary>The sensor hears of the time at least so often, in microseconds of the capture, as it does on the device.</summary>
    private const long TickTime = 1_000_000;

    /// <summary>Keys the hashes and the losses of --drop: the same replay gives the same lines.</summary>
    private const int Seed = 20000407;

    private readonly TapSensor _sensor;
    private readonly InterestMask _mask;
    private readonly SlotBatch _ring;
    private readonly int _slots;
    private readonly long[] _numbers;
    private readonly AlertOutputs _outputs;
    private readonly Timeline _timeline = new();
    private readonly double _drop;
    private readonly Random _losses = new(Seed);
    private readonly double _speed;
    private long _started;
    private long _nextTick;
    private long _numberBase;

    /// <summary>Makes a replayer with a sensor of its own.</summary>
    /// <param name="table">The signatures.</param>
    /// <param name="mask">What the mirror port lets through.</param>
    /// <param name="outputs">Where alerts go.</param>
    /// <param name="matches">Where matches go; null for nowhere.</param>
    /// <param name="options">Ring, speed and losses.</param>
    public Replayer(SignatureTable table, InterestMask mask, AlertOutputs outputs, MatchFile? matches, ReplayOptions options)
    {
        _mask = mask;
        _outputs = outputs;
        _slots = options.Ring;
        _ring = new SlotBatch(_slots);
        _numbers = new long[_slots];
        _drop = options.Drop;
        _speed = options.Speed;
        _sensor = new TapSensor(table, outputs, Seed);
        if (matches is not null)
        {
            matches.Attach(table, _numbers);
            _sensor.Matches = matches;
        }
    }

    /// <summary>The sensor, for its counters.</summary>
    public TapSensor Sensor => _sensor;

    /// <summary>The ring.</summary>
    public SlotBatch Ring => _ring;

    /// <summary>Captures begun.</summary>
    public int Files { get; private set; }

    /// <summary>Lines that the sensor wrote.</summary>
    public long Alerts => _outputs.Count;

    /// <summary>Frames seen on the wire.</summary>
    public long Frames { get; private set; }

    /// <summary>Octets of those frames.</summary>
    public long Octets { get; private set; }

    /// <summary>Frames that the interest mask let through, lost ones included.</summary>
    public long Kept { get; private set; }

    /// <summary>Frames that the interest mask counted only.</summary>
    public long Skipped => Frames - Kept;

    /// <summary>Frames that were let through and found no slot, or were lost on purpose.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets left out because their interface is not Ethernet.</summary>
    public long OtherLinkTypes { get; private set; }

    /// <summary>Set to end the replay before its time; what is open is closed all the same.</summary>
    public volatile bool Stop;

    /// <summary>Replays one capture to its end.</summary>
    /// <exception cref="CaptureException">It is damaged; the frames before that are replayed.</exception>
    public void Run(CaptureReader reader)
    {
        Files++;
        _timeline.BeginFile();
        try
        {
            if (_speed > 0)
            {
                RunPaced(reader);
            }
            else
            {
                RunAtOnce(reader);
            }
        }
        finally
        {
            _numberBase += reader.Number;
            OtherLinkTypes += reader.Skipped;
            HandOver();
        }
    }

    /// <summary>Closes what is open. No capture can follow.</summary>
    public void Finish()
    {
        HandOver();
        _sensor.Finish();
        _outputs.Flush();
    }

    private void RunAtOnce(CaptureReader reader)
    {
        while (!Stop && reader.Read())
        {
            MoveClock(reader.Time);
            Interest interest = Wanted(reader);
            if (interest != Interest.Skip)
            {
                if (_ring.Count == _slots)
                {
                    HandOver();
                }

                Put(reader, interest);
            }
        }
    }

    /// <summary>
    /// At a given speed frames arrive when they are due. Those that became due while the sensor was busy wait in the ring; when
    /// it is full the newest is lost, as on the device.
    /// </summary>
    private void RunPaced(CaptureReader reader)
    {
        while (!Stop && reader.Read())
        {
            MoveClock(reader.Time);
            if (_started == 0)
            {
                _started = Stopwatch.GetTimestamp();
            }

            if (Remaining() > 0)
            {
                HandOver();
                Wait();
            }

            Interest interest = Wanted(reader);
            if (interest != Interest.Skip)
            {
                if (_ring.Count == _slots)
                {
                    Lose();
                }
                else
                {
                    Put(reader, interest);
                }
            }
        }
    }

    private void MoveClock(long time)
    {
        if (!_timeline.Follow(time))
        {
            HandOver();
            _timeline.Turn(time);
            _sensor.SetWallClock(_timeline.WallClock);
        }

        if (_timeline.Stamp >= _nextTick)
        {
            HandOver();
            _sensor.Tick(_timeline.Stamp);
            _nextTick = _timeline.Stamp + TickTime;
        }
    }

    /// <summary>What the hook does with a frame.</summary>
    private Interest Wanted(CaptureReader reader)
    {
        Frames++;
        Octets += reader.WireLength;
        Interest interest = _mask.Decide(reader.Buffer, reader.At, reader.Captured, reader.WireLength);
        if (interest == Interest.Skip)
        {
            return interest;
        }

        Kept++;
        if (_drop > 0 && _losses.NextDouble() < _drop)
        {
            Lose();
            return Interest.Skip;
        }

        return interest;
    }

    private void Put(CaptureReader reader, Interest interest)
    {
        SlotBatch ring = _ring;
        _numbers[ring.Count] = _numberBase + reader.Number;
        ring.Put(reader.Buffer, reader.At, reader.Captured, reader.WireLength, interest == Interest.SignOfLife, _timeline.Stamp);
    }

    private void Lose()
    {
        Lost++;
        _sensor.NoteLost(1);
    }

    private void HandOver()
    {
        if (_ring.Count > 0)
        {
            _sensor.Process(_ring);
            _ring.Count = 0;
            _outputs.Flush();
            Stop |= _outputs.IsAbandoned;
        }
    }

    private void Wait()
    {
        double milliseconds;
        while (!Stop && (milliseconds = Remaining()) > 0)
        {
            // Short sleeps, so that the end of a long one can't hold up an interrupt by more than that.
            Thread.Sleep((int)Math.Min(Math.Ceiling(milliseconds), 100));
        }
    }

    /// <summary>Milliseconds until the newest frame is due.</summary>
    private double Remaining()
    {
        return (_timeline.Stamp / 1000.0 / _speed) - Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
    }
}
